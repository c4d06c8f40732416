//! Holds the work of `database-url` to a table of limits, [`cases::CASES`].
//!
//! ```console
//! $ cargo run --release -- check            # every case, and the command, which is built; needs valgrind
//! $ cargo run --release -- check heroku     # the cases whose name starts so
//! $ cargo run --release --features drivers -- check driver-   # what a config costs as a driver's options
//! $ valgrind --tool=callgrind target/release/bench-budget run heroku 2000   # where the instructions go
//! $ callgrind_annotate callgrind.out.*
//! ```
//!
//! Run it in this folder. The exit status is 1 if a limit is exceeded. The figures are instructions, as callgrind counts
//! them, and allocations, as the [`allocator`] counts them: both are the same from run to run and on a busy machine, so a
//! limit can be close. They do move, by a few per cent, with the compiler, with the C library (`malloc`, `memcpy`) and
//! with what the processor's vector instructions are: after such a change look at all rows before blaming one.

mod allocator;
mod cases;
mod command;
mod growth;
mod sections;

use std::iter;
use std::process::ExitCode;

use bench_support::{table, valgrind};
use cases::{CASES, Case, Comparison, DRIVERS, MORE, PARSES, TIMES, Text};

type Error = Box<dyn std::error::Error>;
type Outcome = Result<bool, Error>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args[..] {
        ["check"] => check(""),
        ["check", prefix] => check(prefix),
        ["run", name, n] => run(name, n),
        _ => Err("expected `check [PREFIX]` or `run CASE N`".into()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench-budget: {error}");
            ExitCode::from(2)
        }
    }
}

/// The part that runs under valgrind: a case, or one of parts (`variable:100`), so many times.
fn run(name: &str, n: &str) -> Outcome {
    let (name, parts) = name.split_once(':').unwrap_or((name, "0"));
    let case = find(name).ok_or("no such case")?;
    (case.work)(&case.text.get(parts.parse()?), n.parse()?);
    Ok(true)
}

fn find(name: &str) -> Option<&'static Case> {
    let mut cases = CASES.iter().chain(DRIVERS);
    cases.find(|case| case.name == name)
}

/// Prints the table; whether every limit is kept.
fn check(prefix: &str) -> Outcome {
    let mut rows = cases(prefix)?;
    rows.extend(compared(prefix)?);
    rows.extend(commands(prefix)?);
    rows.extend(growths(prefix)?);
    if rows.is_empty() {
        return Err(format!("no case starts with `{prefix}`").into());
    }
    let head = ["case", "instr", "limit", "allocs", "limit", "ok"].map(str::to_owned);
    let lines = rows.into_iter().map(Row::cells);
    let mut table: Vec<_> = iter::once(head.to_vec()).chain(lines).collect();
    print!("{}", table::render(&table));
    let parses_kept = check_parses(prefix)?;
    // Once more at the end, for a log of which only the end is seen.
    table.retain(|cells| cells.last().is_some_and(|ok| ok != KEPT));
    let rows_kept = table.len() == 1;
    if !rows_kept {
        eprint!("{}", table::render(&table));
    }
    let kept = rows_kept && parses_kept;
    if !kept {
        eprintln!("bench-budget: over the limit; see benches/budget/src/cases.rs");
    }
    Ok(kept)
}

/// What the last column has where the limits are kept.
const KEPT: &str = "yes";

/// A row of the table that is printed.
struct Row {
    name: String,
    /// The figure and its limit.
    instructions: [String; 2],
    allocations: [String; 2],
    ok: bool,
}

impl Row {
    fn new(name: &str, figure: f64, limit: f64, show: impl Fn(f64) -> String) -> Self {
        Self {
            name: name.to_owned(),
            instructions: [show(figure), show(limit)],
            allocations: [const { String::new() }; 2],
            ok: figure <= limit,
        }
    }

    fn cells(self) -> Vec<String> {
        let ok = if self.ok { KEPT } else { "OVER" }.to_owned();
        let figures = self.instructions.into_iter().chain(self.allocations);
        iter::once(self.name).chain(figures).chain([ok]).collect()
    }
}

fn cases(prefix: &str) -> Result<Vec<Row>, Error> {
    let cases = CASES.iter().chain(DRIVERS);
    let row = |case: &Case| {
        let (instructions, allocations) = (instructions(case)?, allocations(case));
        let row = Row::new(case.name, instructions, case.instructions, |figure| {
            show(case, figure)
        });
        Ok(Row {
            allocations: [allocations, case.allocations].map(|count| count.to_string()),
            ok: row.ok && allocations <= case.allocations,
            ..row
        })
    };
    cases
        .filter(|case| case.name.starts_with(prefix))
        .map(row)
        .collect()
}

/// Cases as multiples of others, and what they cost in addition to others.
fn compared(prefix: &str) -> Result<Vec<Row>, Error> {
    let figure = |name| find(name).map_or(Ok(f64::NAN), instructions);
    let of = |rows: &[Comparison], compare: fn(f64, f64) -> f64, show: fn(f64) -> String| {
        let rows = rows.iter().filter(|(name, ..)| name.starts_with(prefix));
        let row = |&(name, case, other, limit): &Comparison| {
            let compared = compare(figure(case)?, figure(other)?);
            Ok(Row::new(name, compared, limit, show))
        };
        rows.map(row).collect::<Result<Vec<_>, Error>>()
    };
    let mut rows = of(TIMES, |figure, other| figure / other, multiple)?;
    rows.extend(of(MORE, |figure, other| figure - other, table::count)?);
    Ok(rows)
}

/// Whether connection strings are parsed where there is one, and nowhere else.
fn check_parses(prefix: &str) -> Outcome {
    let mut kept = true;
    for (name, parses) in PARSES.iter().filter(|(name, _)| name.starts_with(prefix)) {
        let spent = valgrind::within(&[&format!("{name}:4")], "*ParseOptions::parse*")?;
        if (spent > 0) != *parses {
            eprintln!("bench-budget: {name} spends {spent} instructions in ParseOptions::parse");
            kept = false;
        }
    }
    Ok(kept)
}

/// The rows of the command, which is built if any of them is to be checked.
fn commands(prefix: &str) -> Result<Vec<Row>, Error> {
    let rows = command::ROWS.iter();
    let rows: Vec<_> = rows.filter(|row| row.name.starts_with(prefix)).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let dburl = command::build()?;
    let row = |row: &command::Row| {
        let instructions = command::instructions(row, &dburl)?;
        Ok(Row::new(row.name, instructions, row.limit, command::show))
    };
    rows.into_iter().map(row).collect()
}

/// The rows of what grows, by the command as well.
fn growths(prefix: &str) -> Result<Vec<Row>, Error> {
    let mut rows = growth::rows();
    rows.retain(|row| row.name.starts_with(prefix));
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ratios = growth::ratios(&rows, &command::build()?)?;
    let rows = rows.iter().zip(ratios);
    let row =
        |(row, ratio): (&growth::Growth, _)| Row::new(&row.name, ratio, growth::BOUND, multiple);
    Ok(rows.map(row).collect())
}

/// In the unit of the case's limit.
fn instructions(case: &Case) -> Result<f64, valgrind::Error> {
    match case.text {
        Text::Fixed(_) => valgrind::instructions(&[case.name], 500),
        // A MiB is work enough for one run, and callgrind is some fifty times slower than the processor.
        Text::Growing(_, len) => valgrind::instructions_per_byte(&[case.name], 2, len),
        Text::Parts(_, few, many) => {
            // So many that `malloc` has what the next one frees and takes.
            let of = |parts| valgrind::instructions(&[&format!("{}:{parts}", case.name)], 20);
            #[expect(
                clippy::cast_precision_loss,
                reason = "there are some thousands of parts"
            )]
            let more = (many - few) as f64;
            Ok((of(many)? - of(few)?) / more)
        }
    }
}

/// Of one warm operation, by difference as well, for what the work itself sets up once.
fn allocations(case: &Case) -> u64 {
    let of = |parts| {
        let text = case.text.get(parts);
        let during = |n| {
            let before = allocator::count();
            (case.work)(&text, n);
            allocator::count() - before
        };
        let once = during(1);
        during(2).saturating_sub(once)
    };
    match case.text {
        Text::Fixed(_) | Text::Growing(..) => of(0),
        Text::Parts(_, few, many) => (of(many) - of(few)).div_ceil((many - few) as u64),
    }
}

fn show(case: &Case, figure: f64) -> String {
    match case.text {
        Text::Fixed(_) => table::count(figure),
        Text::Growing(..) => format!("{figure:.2}/B"),
        Text::Parts(..) => format!("{}/part", table::count(figure)),
    }
}

fn multiple(figure: f64) -> String {
    format!("{figure:.2}x")
}
