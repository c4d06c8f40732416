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
    /// Each of a thousand variables of the process that are no database, over `dburl --version`, which has them, too.
    Variable,
    /// A run with a `.env` file of one line, over the same with that line in the environment.
    EnvFile,
    /// A run by itself.
    Start,
}

#[rustfmt::skip] // a table: one row per line
pub const ROWS: &[Row] = &[
    row("command-text-line", &["parse", "-"],           Unit::Line,         9_000.0), // goal: 5,000
    row("command-json-line", &["parse", "--json", "-"], Unit::Line,        18_000.0), // goal: 8,000
    row("command-encode",    &["encode"],               Unit::Run("p@s/"), 50_000.0),
    row("command-stdin",     &["parse", "-"],           Unit::Run("postgres://h/d\n"), 208_000.0),
    row("command-variable",  &["resolve"],              Unit::Variable,     2_950.0), // goal: 1,500; the map of the variables takes 2,000
    row("command-env-file",  &["resolve"],              Unit::EnvFile,     52_000.0),
    row("command-version",   &["--version"],            Unit::Start,    1_420_000.0), // of which 110,000 are `/bin/true`
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
    let run = |arguments: &[&str], environment: &[(String, String)], input: &str| {
        valgrind::of_command(dburl, arguments, environment, input)
    };
    let of_input = |arguments: &[&str], input: &str| run(arguments, &[], input);
    match row.unit {
        Unit::Line => {
            const LINES: u16 = 1_000;
            let input = format!("{HEROKU}\n");
            let once = of_input(row.arguments, &input.repeat(LINES.into()))?;
            let twice = of_input(row.arguments, &input.repeat(2 * usize::from(LINES)))?;
            Ok((twice - once) / f64::from(LINES))
        }
        Unit::Run(input) => Ok(of_input(row.arguments, input)? - of_input(&["--version"], "")?),
        Unit::Variable => {
            const VARIABLES: u16 = 1_000;
            let more = |environment: &[_]| {
                let version = run(&["--version"], environment, "")?;
                run(row.arguments, environment, "").map(|figure| figure - version)
            };
            let (few, many) = (environment(0), environment(VARIABLES));
            Ok((more(&many)? - more(&few)?) / f64::from(VARIABLES))
        }
        Unit::EnvFile => {
            let file = dburl.with_file_name("budget.env");
            std::fs::write(&file, format!("DATABASE_URL={HEROKU}\n"))
                .map_err(valgrind::Error::Start)?;
            let path = file.to_string_lossy();
            let arguments = [row.arguments, &["--env-file", &path]].concat();
            let with_file = run(&arguments, &[], "")?;
            Ok(with_file - run(row.arguments, &environment(0), "")?)
        }
        Unit::Start => of_input(row.arguments, ""),
    }
}

/// The database of a process and so many variables that are none.
fn environment(variables: u16) -> Vec<(String, String)> {
    let lines = crate::cases::environment(usize::from(variables) * 100);
    let others = lines.lines().filter_map(|line| line.split_once('='));
    let all = others.chain([("DATABASE_URL", HEROKU)]);
    all.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// A figure of a row.
pub fn show(figure: f64) -> String {
    if figure < 0.0 {
        format!("-{}", table::count(-figure))
    } else {
        table::count(figure)
    }
}
