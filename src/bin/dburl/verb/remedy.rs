//! The input of an error with carets under the location, and what to do about it.

use std::fs;
use std::io;
use std::sync::OnceLock;

use database_url::{Error, MAX_LEN, Secret, Source};

/// What messages call standard input where they name a file.
pub(super) const STDIN: &str = "standard input";

/// Standard input that was read as a file: it cannot be read again for an excerpt.
static INPUT: OnceLock<Secret> = OnceLock::new();

/// All of standard input, as a settings file or a file of variables.
pub(super) fn read_file_on_stdin() -> Result<Secret, Error> {
    let input = Secret::read_from(io::stdin())?;
    Ok(INPUT.get_or_init(|| input).clone())
}

/// The excerpt and the help of an error; `input` is the connection string that it is about.
pub(crate) fn of(error: &Error, input: Option<&str>) -> Option<String> {
    let excerpt = match input {
        Some(input) => error.excerpt(input),
        None => excerpt_of_file(error),
    };
    let help = error.help().map(str::to_owned);
    match (excerpt, help) {
        (Some(excerpt), Some(help)) => Some(format!("{excerpt}\n{help}")),
        (excerpt, help) => excerpt.or(help),
    }
}

/// How many of several failures have an excerpt, for which their file is read.
const MAX_EXCERPTS: usize = 50;

/// Each of several failures with its excerpt and help; `input` gives the connection string that a failure is about.
pub(super) fn each<'e, 'i>(
    error: &'e Error,
    input: impl Fn(&Error) -> Option<&'i str>,
) -> impl Iterator<Item = (&'e Error, Option<String>)> {
    let failures = error.iter().enumerate();
    failures.map(move |(index, error)| {
        let remedy = match index {
            0..MAX_EXCERPTS => of(error, input(error)),
            _ => error.help().map(str::to_owned),
        };
        (error, remedy)
    })
}

fn excerpt_of_file(error: &Error) -> Option<String> {
    let path = error.origin().and_then(Source::file)?.path();
    if path == STDIN {
        return error.excerpt_of_file(INPUT.get()?.expose());
    }
    // A pipe gives its content once.
    let metadata = fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_LEN as u64 {
        return None;
    }
    let text = Secret::from(fs::read_to_string(path).ok()?);
    error.excerpt_of_file(text.expose())
}
