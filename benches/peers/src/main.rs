//! `database-url` compared with tokio-postgres, libpq 18, mysql, `mysql_async`, sqlx, `url` and a plain copy of the input; for
//! templates
//! with shellexpand, subst and envsubst.
//!
//! ```console
//! $ cargo run --release                 # every measure; a few minutes
//! $ cargo run --release -- time growth  # some of: time, instructions, allocations, growth
//! $ valgrind --tool=callgrind target/release/bench-peers run ours heroku 2000   # where one peer's instructions go
//! ```
//!
//! Run it in this folder. It needs a C compiler (libpq is built from source) and, for everything but `time`, valgrind.
//!
//! *What an operation is*: the text is parsed into the peer's own type, and that is dropped. `copy` is `to_owned` and a
//! drop, the least that a config with an owner can cost. The peers do not do the same work: libpq copies its table of 50
//! options, checks none of them and fills in no defaults; `url` splits, and looks at every character of the host; sqlx
//! also reads the environment and requests the process's user, for Postgres. A string that a peer does not accept is `refused`,
//! not measured; mysql and `mysql_async` reject every parameter that is not theirs.
//!
//! *Time* is wall clock: every peer in turn runs a short batch, many times over, so that a slow moment of the machine
//! hits all alike; the figure is the median batch. Only ratios are printed. *Instructions* and *allocations* come from
//! valgrind by difference ([`bench_support::valgrind`]) and hardly vary; they depend on the compiler and the C library.

mod measure;
mod peer;

use std::hint::black_box;
use std::process::ExitCode;

use bench_support::inputs;
use peer::{Peer, Text};

type Outcome = Result<(), Box<dyn std::error::Error>>;
type Make = fn(usize) -> String;

/// Peers, and the texts that they are measured on.
struct Engine {
    peers: &'static [Peer],
    /// The fixed texts, by the names under which the figures are listed; no two engines have a name in common.
    inputs: &'static [(&'static str, &'static str)],
    /// The texts of any length.
    growth: &'static [(&'static str, Make)],
}

const ENGINES: [Engine; 3] = [
    Engine {
        peers: peer::POSTGRES,
        inputs: &[
            ("heroku", inputs::HEROKU),
            ("params", inputs::PARAMS),
            ("encoded", inputs::ENCODED),
            ("hosts", inputs::HOSTS),
            ("conninfo", inputs::CONNINFO),
        ],
        growth: &[
            ("long-password", inputs::long_password),
            ("many-hosts", inputs::many_hosts),
        ],
    },
    Engine {
        peers: peer::MYSQL,
        inputs: &[
            ("mysql", inputs::MYSQL),
            ("cleardb", inputs::CLEARDB),
            ("mysql-params", inputs::MYSQL_PARAMS),
            ("mysql-encoded", inputs::MYSQL_ENCODED),
        ],
        growth: &[],
    },
    Engine {
        peers: peer::TEMPLATES,
        inputs: &[("template", inputs::TEMPLATE)],
        growth: &[("templates", inputs::template)],
    },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args[..] {
        [] => ["time", "instructions", "allocations", "growth"]
            .into_iter()
            .try_for_each(report),
        ["run", peer, input, n] => run(peer, input, n),
        _ => args.into_iter().try_for_each(report),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn report(measure: &str) -> Outcome {
    match measure {
        "time" => measure::time(),
        "instructions" => measure::instructions()?,
        "allocations" => measure::allocations()?,
        "growth" => measure::growth()?,
        _ => return Err("expected time, instructions, allocations or growth".into()),
    }
    Ok(())
}

/// The part that runs under valgrind: one peer, one input (`heroku`, or `many-hosts:65536`), `n` times.
fn run(peer: &str, input: &str, n: &str) -> Outcome {
    let found = ENGINES
        .iter()
        .find_map(|engine| Some((engine, engine.text(input)?)));
    let (engine, text) = found.ok_or("no such input")?;
    let known = engine.peers.iter().find(|known| known.name == peer);
    repeat(known.ok_or("no such peer")?, &text, n.parse()?);
    Ok(())
}

impl Engine {
    fn text(&self, input: &str) -> Option<Text> {
        let text = if let Some((name, len)) = input.split_once(':') {
            let (_, make) = self.growth.iter().find(|(known, _)| *known == name)?;
            make(len.parse().ok()?)
        } else {
            let (_, text) = self.inputs.iter().find(|(known, _)| *known == input)?;
            (*text).to_owned()
        };
        Some(Text::new(text))
    }
}

fn repeat(peer: &Peer, text: &Text, n: u32) {
    for _ in 0..n {
        black_box((peer.parse)(black_box(text)));
    }
}
