//! Figures per operation from valgrind, by difference.
//!
//! The program that asks runs *itself* under valgrind as `<program> run <case…> <n>`, which has to do the case's work
//! `n` times. It does so for `n` and for `2n`; what the two runs have in common (start-up, the loader, making the
//! input) cancels out, and what is left is the cost of `n` warm operations.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fmt, io};

/// Instructions per operation of `<program> run <case…>`, as callgrind counts them.
///
/// # Errors
/// If valgrind is missing or the program fails under it.
pub fn instructions(case: &[&str], n: u32) -> Result<f64, Error> {
    let count = |n| {
        let report = report(
            &["--tool=callgrind", "--callgrind-out-file=/dev/null"],
            case,
            n,
        )?;
        number_after(&report, "Collected :")
    };
    difference(count, n)
}

/// Instructions of one operation within functions of this name (a pattern): none if none of them is called.
///
/// # Errors
/// If valgrind is missing or the program fails under it.
pub fn within(case: &[&str], function: &str) -> Result<u64, Error> {
    let toggle = format!("--toggle-collect={function}");
    let report = report(
        &[
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            &toggle,
        ],
        case,
        1,
    )?;
    number_after(&report, "Collected :")
}

/// As [`instructions`], per byte of a string of `len` bytes.
///
/// # Errors
/// If valgrind is missing or the program fails under it.
pub fn instructions_per_byte(case: &[&str], n: u32, len: usize) -> Result<f64, Error> {
    #[expect(clippy::cast_precision_loss, reason = "texts stay far below 2^52")]
    let bytes = len as f64;
    Ok(instructions(case, n)? / bytes)
}

/// Instructions of one run of another program in this environment and on this standard input, as callgrind counts them.
///
/// # Errors
/// If valgrind is missing or the program fails under it.
pub fn of_command(
    program: &Path,
    arguments: &[&str],
    environment: &[(String, String)],
    input: &str,
) -> Result<f64, Error> {
    let mut child = valgrind()
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Error::Start)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that reads nothing has gone before all is written.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(Error::Start)?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(Error::Failed(report));
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of instructions stay far below 2^52"
    )]
    number_after(&report, "Collected :").map(|count| count as f64)
}

/// Calls of `malloc` and its kin per operation of `<program> run <case…>`, from Rust and from C alike; a `realloc`
/// counts as one.
///
/// # Errors
/// If valgrind is missing or the program fails under it.
pub fn allocations(case: &[&str], n: u32) -> Result<f64, Error> {
    let count = |n| {
        let report = report(
            &[
                "--tool=memcheck",
                "--leak-check=no",
                "--undef-value-errors=no",
            ],
            case,
            n,
        )?;
        number_after(&report, "total heap usage:")
    };
    difference(count, n)
}

fn difference(count: impl Fn(u32) -> Result<u64, Error>, n: u32) -> Result<f64, Error> {
    let (once, twice) = (count(n)?, count(2 * n)?);
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of instructions stay far below 2^52"
    )]
    let extra = twice.saturating_sub(once) as f64;
    Ok(extra / f64::from(n))
}

/// What valgrind wrote about one run.
fn report(tool: &[&str], case: &[&str], n: u32) -> Result<String, Error> {
    let output = valgrind()
        .args(tool)
        .arg(env::current_exe().map_err(Error::Start)?)
        .arg("run")
        .args(case)
        .arg(n.to_string())
        .output()
        .map_err(Error::Start)?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        Ok(report)
    } else {
        Err(Error::Failed(report))
    }
}

/// valgrind in an empty environment: drivers read `PG*` and `HOME` while they parse, and its size moves the stack.
fn valgrind() -> Command {
    #[expect(
        clippy::disallowed_methods,
        reason = "to find programs, not a database"
    )]
    let path = env::var_os("PATH").unwrap_or_default();
    let mut valgrind = Command::new("valgrind");
    valgrind.env_clear().env("PATH", path);
    valgrind
}

/// The number, written as `1,234` or `1234`, that follows `label`.
fn number_after(report: &str, label: &str) -> Result<u64, Error> {
    let number = report.split_once(label).and_then(|(_, rest)| {
        let word = rest.split_whitespace().next()?;
        word.replace(',', "").parse().ok()
    });
    number.ok_or_else(|| Error::Failed(report.to_owned()))
}

/// Why there is no figure.
#[derive(Debug)]
pub enum Error {
    /// valgrind did not start.
    Start(io::Error),
    /// The program failed, or valgrind printed something unexpected; this is what was written.
    Failed(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => write!(f, "valgrind does not start (is it installed?): {error}"),
            Self::Failed(report) => write!(f, "no figure from valgrind, which wrote:\n{report}"),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::number_after;

    #[test]
    fn numbers_of_both_tools() {
        let callgrind = "==7== Events    : Ir\n==7== Collected : 1482190\n";
        assert_eq!(number_after(callgrind, "Collected :").unwrap(), 1_482_190);
        let memcheck =
            "==7==   total heap usage: 1,012 allocs, 1,011 frees, 84,120 bytes allocated\n";
        assert_eq!(number_after(memcheck, "total heap usage:").unwrap(), 1_012);
        assert!(number_after("==7== Killed\n", "Collected :").is_err());
    }
}
