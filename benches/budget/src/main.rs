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

use std::process::ExitCode;

use bench_support::{table, valgrind};
use cases::{CASES, Case, DRIVERS, PARSES, Text};

type Outcome = Result<bool, Box<dyn std::error::Error>>;

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

/// The part that runs under valgrind.
fn run(name: &str, n: &str) -> Outcome {
    let case = CASES
        .iter()
        .chain(DRIVERS)
        .find(|case| case.name == name)
        .ok_or("no such case")?;
    (case.work)(&case.text.get(), n.parse()?);
    Ok(true)
}

/// Prints the table; whether every limit is kept.
fn check(prefix: &str) -> Outcome {
    let head = ["case", "instr", "limit", "allocs", "limit", "ok"]
        .map(str::to_owned)
        .to_vec();
    let mut rows = vec![head];
    let mut kept = true;
    let cases = CASES.iter().chain(DRIVERS);
    for case in cases.filter(|case| case.name.starts_with(prefix)) {
        let (instructions, allocations) = (instructions(case)?, allocations(case));
        let ok = instructions <= case.instructions && allocations <= case.allocations;
        kept &= ok;
        rows.push(vec![
            case.name.to_owned(),
            show(case, instructions),
            show(case, case.instructions),
            allocations.to_string(),
            case.allocations.to_string(),
            if ok { "yes" } else { "OVER" }.to_owned(),
        ]);
    }
    kept &= check_command(prefix, &mut rows)?;
    kept &= check_parses(prefix)?;
    if rows.len() == 1 {
        return Err(format!("no case starts with `{prefix}`").into());
    }
    print!("{}", table::render(&rows));
    if !kept {
        eprintln!("bench-budget: over the limit; see benches/budget/src/cases.rs");
    }
    Ok(kept)
}

/// Whether connection strings are parsed where there is one, and nowhere else.
fn check_parses(prefix: &str) -> Outcome {
    let mut kept = true;
    for (name, parses) in PARSES.iter().filter(|(name, _)| name.starts_with(prefix)) {
        let spent = valgrind::within(&[name], "*ParseOptions::parse*")?;
        if (spent > 0) != *parses {
            eprintln!("bench-budget: {name} spends {spent} instructions in ParseOptions::parse");
            kept = false;
        }
    }
    Ok(kept)
}

/// The rows of the command, which is built if any of them is to be checked.
fn check_command(prefix: &str, table: &mut Vec<Vec<String>>) -> Outcome {
    let rows = command::ROWS.iter();
    let mut rows = rows.filter(|row| row.name.starts_with(prefix)).peekable();
    if rows.peek().is_none() {
        return Ok(true);
    }
    let dburl = command::build()?;
    let mut kept = true;
    for row in rows {
        let instructions = command::instructions(row, &dburl)?;
        let ok = instructions <= row.limit;
        kept &= ok;
        let figures = [command::show(instructions), command::show(row.limit)];
        let [figure, limit] = figures;
        let none = String::new;
        let ok = if ok { "yes" } else { "OVER" }.to_owned();
        table.push(vec![row.name.to_owned(), figure, limit, none(), none(), ok]);
    }
    Ok(kept)
}

/// In the unit of the case's limit.
fn instructions(case: &Case) -> Result<f64, valgrind::Error> {
    match case.text {
        Text::Fixed(_) => valgrind::instructions(&[case.name], 500),
        // A MiB is work enough for one run, and callgrind is some fifty times slower than the processor.
        Text::Growing(_, len) => valgrind::instructions_per_byte(&[case.name], 2, len),
    }
}

/// Of one warm operation, by difference as well, for what the work itself sets up once.
fn allocations(case: &Case) -> u64 {
    let text = case.text.get();
    let during = |n| {
        let before = allocator::count();
        (case.work)(&text, n);
        allocator::count() - before
    };
    let once = during(1);
    during(2).saturating_sub(once)
}

fn show(case: &Case, figure: f64) -> String {
    match case.text {
        Text::Fixed(_) => table::count(figure),
        Text::Growing(..) => format!("{figure:.2}/B"),
    }
}
