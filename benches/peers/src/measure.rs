//! The measures, each printed as one table.

use std::time::{Duration, Instant};

use bench_support::{table, valgrind};

use crate::peer::{Peer, Text};
use crate::{ENGINES, Engine, Make, Outcome, repeat};

/// The lengths of the growing texts.
const LENGTHS: [usize; 3] = [64 << 10, 256 << 10, 1 << 20];

const REJECTED: &str = "refused";

/// Wall clock, as a multiple of ours.
pub fn time() {
    ENGINES.iter().for_each(time_of);
}

fn time_of(engine: &Engine) {
    const ROUNDS: usize = 101;
    const BATCH: u32 = 500;
    let mut rows = vec![head(engine)];
    for (name, text) in engine.inputs {
        let text = Text::new((*text).to_owned());
        let mut batches = vec![Vec::with_capacity(ROUNDS); engine.peers.len()];
        for _ in 0..ROUNDS {
            for (peer, batches) in engine.peers.iter().zip(&mut batches) {
                let start = Instant::now();
                repeat(peer, &text, BATCH);
                batches.push(start.elapsed());
            }
        }
        let medians: Vec<Duration> = batches.into_iter().map(median).collect();
        let ratios = engine.peers.iter().zip(&medians).map(|(peer, median)| {
            if (peer.parse)(&text) {
                format!("{:.2}", median.as_secs_f64() / medians[0].as_secs_f64())
            } else {
                REJECTED.to_owned()
            }
        });
        rows.push(row(name, ratios));
    }
    print(
        &format!("time, as a multiple of ours (median of {ROUNDS} batches of {BATCH})"),
        &rows,
    );
}

fn median(mut batches: Vec<Duration>) -> Duration {
    batches.sort_unstable();
    batches[batches.len() / 2]
}

pub fn instructions() -> Outcome {
    compare("instructions per operation (callgrind)", |peer, input| {
        valgrind::instructions(&[peer, input], 500)
    })
}

pub fn allocations() -> Outcome {
    compare("allocations per operation (memcheck)", |peer, input| {
        valgrind::allocations(&[peer, input], 200)
    })
}

/// A table of inputs by peers.
fn compare(title: &str, figure: impl Fn(&str, &str) -> Result<f64, valgrind::Error>) -> Outcome {
    for engine in &ENGINES {
        let mut rows = vec![head(engine)];
        for (name, text) in engine.inputs {
            let text = Text::new((*text).to_owned());
            let cell = |peer: &Peer| {
                if (peer.parse)(&text) {
                    figure(peer.name, name).map(table::count)
                } else {
                    Ok(REJECTED.to_owned())
                }
            };
            let cells: Vec<String> = engine.peers.iter().map(cell).collect::<Result<_, _>>()?;
            rows.push(row(name, cells));
        }
        print(title, &rows);
    }
    Ok(())
}

/// Instructions per byte as the texts grow: the same figure along a row means linear.
pub fn growth() -> Outcome {
    let growing =
        |engine: &'static Engine| engine.growth.iter().map(move |growth| (engine, growth));
    for (engine, (name, make)) in ENGINES.iter().flat_map(growing) {
        let lengths = LENGTHS.iter().map(|len| format!("{} KiB", len >> 10));
        let mut rows = vec![row("peer", lengths)];
        for peer in engine.peers {
            let cell = |&len| per_byte(peer, name, *make, len);
            let cells: Vec<String> = LENGTHS.iter().map(cell).collect::<Result<_, _>>()?;
            rows.push(row(peer.name, cells));
        }
        print(
            &format!("instructions per byte as the text grows: {name} (callgrind)"),
            &rows,
        );
    }
    Ok(())
}

fn per_byte(peer: &Peer, name: &str, make: Make, len: usize) -> Result<String, valgrind::Error> {
    if !(peer.parse)(&Text::new(make(len))) {
        return Ok(REJECTED.to_owned());
    }
    let case = [peer.name, &format!("{name}:{len}")];
    let figure = valgrind::instructions_per_byte(&case, 2, len)?;
    Ok(format!("{figure:.1}"))
}

fn head(engine: &Engine) -> Vec<String> {
    row(
        "input",
        engine.peers.iter().map(|peer| peer.name.to_owned()),
    )
}

fn row(first: &str, others: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut cells = vec![first.to_owned()];
    cells.extend(others);
    cells
}

fn print(title: &str, rows: &[Vec<String>]) {
    println!("{title}\n\n{}", table::render(rows));
}
