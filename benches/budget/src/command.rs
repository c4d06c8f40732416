//! The command `dburl`, as a user runs it: what a line of its input costs, and what starting it does.

use std::path::{Path, PathBuf};
use std::process::Command;

use bench_support::inputs::HEROKU;
use bench_support::{table, valgrind};

/// One way to run the command, and what it may cost.
pub struct Row {
    pub name: &'static str,
    arguments: &'static [&'static str],
    unit: Unit,
    /// Instructions.
    pub limit: f64,
}

/// What a figure is of.
enum Unit {
    /// Each line of standard input.
    Line,
    /// A run on this input, over `dburl --version`.
    Run(&'static str),
}

#[rustfmt::skip] // a table: one row per line
pub const ROWS: &[Row] = &[
    row("command-text-line", &["parse", "-"],           Unit::Line,         9_000.0), // goal: 5,000
    row("command-json-line", &["parse", "--json", "-"], Unit::Line,        18_000.0), // goal: 8,000
    row("command-encode",    &["encode"],               Unit::Run("p@s/"), 50_000.0),
];

const fn row(
    name: &'static str,
    arguments: &'static [&'static str],
    unit: Unit,
    limit: f64,
) -> Row {
    Row {
        name,
        arguments,
        unit,
        limit,
    }
}

/// Builds the command next to this program.
///
/// # Errors
/// If it does not build.
pub fn build() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let program = std::env::current_exe()?;
    let folder = program.parent().ok_or("a program is in a folder")?;
    let target = folder.parent().ok_or("a profile is in a folder")?;
    let built = Command::new("cargo")
        .args([
            "build",
            "--quiet",
            "--locked",
            "--release",
            "--bin",
            "dburl",
        ])
        .args(["--features", "cli", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .status()?;
    if built.success() {
        Ok(folder.join("dburl"))
    } else {
        Err("the command does not build".into())
    }
}

/// The instructions of a row.
///
/// # Errors
/// If valgrind is missing or the command fails under it.
pub fn instructions(row: &Row, dburl: &Path) -> Result<f64, valgrind::Error> {
    let run = |arguments: &[&str], input: &str| valgrind::of_command(dburl, arguments, input);
    match row.unit {
        Unit::Line => {
            const LINES: u16 = 1_000;
            let input = format!("{HEROKU}\n");
            let once = run(row.arguments, &input.repeat(LINES.into()))?;
            let twice = run(row.arguments, &input.repeat(2 * usize::from(LINES)))?;
            Ok((twice - once) / f64::from(LINES))
        }
        Unit::Run(input) => Ok(run(row.arguments, input)? - run(&["--version"], "")?),
    }
}

/// A figure of a row.
pub fn show(figure: f64) -> String {
    if figure < 0.0 {
        format!("-{}", table::count(-figure))
    } else {
        table::count(figure)
    }
}
