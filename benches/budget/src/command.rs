//! The command `dburl`, as a user runs it: what a line of its input costs, and what starting it does.

use std::path::{Path, PathBuf};
use std::process::Command;

use bench_support::inputs::HEROKU;
use bench_support::{table, valgrind};

use crate::cases;

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
    /// Each of so many more variables of the process, over `dburl --version`, which has them, too.
    Variable(fn(usize) -> String, [usize; 2]),
    /// A run with a `.env` file of one line, over the same with that line in the environment.
    EnvFile,
    /// A run on this input by itself.
    Start(&'static str),
}

/// Where names are in a `HashMap`, figures vary from run to run by up to 1.3 %: limits are 3 % above the highest that was seen.
/// From one machine to another `parse -` varies by as much, so what is asked has to be kept with 5 % to spare.
#[rustfmt::skip] // a table: one row per line
pub const ROWS: &[Row] = &[
    row("command-text-line", &["parse", "-"],           Unit::Line,         9_000.0), // goal: 5,000
    row("command-json-line", &["parse", "--json", "-"], Unit::Line,        16_570.0), // goal: 8,000
    row("command-encode",    &["encode"],               Unit::Run("p@s/"), 50_000.0),
    row("command-encode-start", &["encode"],            Unit::Start("p@s/"), 403_000.0),
    row("command-stdin",     &["parse", "-"],           Unit::Run("postgres://h/d\n"), 194_000.0),
    row("command-variable",  &["resolve"],              UNRELATED,          1_250.0), // of which 680 are std's copy
    row("command-address",   &["resolve"],              ADDRESSES,          1_350.0), // their names and values look like a database's
    row("command-address-explain", &["explain"],        ADDRESSES,          1_350.0),
    row("command-address-list", &["list"],              ADDRESSES,          1_310.0),
    row("command-attachment-resolve", &["resolve"],     ATTACHMENTS,        26_300.0),
    row("command-attachment-explain", &["explain"],     ATTACHMENTS,        44_000.0), // each is read once
    row("command-attachment-check",   &["check"],       ATTACHMENTS,        56_100.0), // each is read once
    row("command-attachment-list",    &["list"],        ATTACHMENTS,        29_900.0),
    row("command-alias-resolve",      &["resolve"],     ALIASES,            24_000.0),
    row("command-alias-explain",      &["explain"],     ALIASES,            40_000.0),
    row("command-alias-list",         &["list"],        ALIASES,            52_000.0),
    row("command-env-file",  &["resolve"],              Unit::EnvFile,     52_000.0),
    row("command-version",   &["--version"],            Unit::Start(""),   585_000.0), // of which 110,000 are `/bin/true`
];

const UNRELATED: Unit = Unit::Variable(cases::environment, [0, 1_000]);
const ADDRESSES: Unit = Unit::Variable(cases::addresses, [0, 1_000]);
const ATTACHMENTS: Unit = Unit::Variable(cases::attachments, [100, 200]);
const ALIASES: Unit = Unit::Variable(cases::aliases, [100, 200]);

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
        Unit::Variable(lines, [few, many]) => {
            let more = |count| {
                let environment = environment(&lines(count));
                let version = run(&["--version"], &environment, "")?;
                run(row.arguments, &environment, "").map(|figure| figure - version)
            };
            #[expect(
                clippy::cast_precision_loss,
                reason = "there are some thousands of them"
            )]
            let variables = (many - few) as f64;
            Ok((more(many)? - more(few)?) / variables)
        }
        Unit::EnvFile => {
            let file = dburl.with_file_name("budget.env");
            std::fs::write(&file, format!("DATABASE_URL={HEROKU}\n"))
                .map_err(valgrind::Error::Start)?;
            let path = file.to_string_lossy();
            let arguments = [row.arguments, &["--env-file", &path]].concat();
            let with_file = run(&arguments, &[], "")?;
            Ok(with_file - run(row.arguments, &environment(""), "")?)
        }
        Unit::Start(input) => of_input(row.arguments, input),
    }
}

/// The database of a process, and the variables of these lines.
fn environment(lines: &str) -> Vec<(String, String)> {
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
