//! What `heroku config --json` and `heroku config --shell` print.
//!
//! The second is no shell's text: Heroku's own quoting writes line ends as `\n` and `!` as `\!` between double quotes, and
//! doubles backslashes between single ones, which no shell reads back. It is undone here exactly.

use std::collections::HashMap;
use std::path::Path;

use super::file::{self, LineCounter};
use super::{HeldVariable, Vars, is_name};
use crate::document::{NodeValue, Scalar, Style, json};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::source::{FileLocation, Source};

impl Vars {
    /// The variables of an app, from a file that `heroku config --shell` or `heroku config --json` has written; the text tells
    /// which of them it is.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is longer than 1 MiB, and as [`from_heroku_shell_str`](Self::from_heroku_shell_str).
    pub fn from_heroku_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let (shown, text) = file::read_named(path.as_ref())?;
        let text = text.expose();
        let content = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        if content.starts_with('{') {
            return Self::from_heroku_json_str(&shown, text);
        }
        Self::from_heroku_shell_str(&shown, text)
    }

    /// The variables that `heroku config --shell` has printed, a line each; `path` is the text's name in messages.
    ///
    /// # Errors
    ///
    /// All lines that Heroku does not write (the first hundred), together ([`Error::iter`]), each with its location.
    pub fn from_heroku_shell_str(path: &str, text: &str) -> Result<Self, Error> {
        file::check(path, text)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (mut variables, mut failures) = (HashMap::new(), Vec::new());
        let (mut counter, mut start) = (LineCounter::default(), 0);
        for line in text.split('\n') {
            if failures.len() == file::MAX_FAILURES {
                break;
            }
            let position = counter.of(text, start);
            match read(line.strip_suffix('\r').unwrap_or(line)) {
                Ok(None) => {}
                Ok(Some((name, value))) => {
                    let origin = FileLocation::new(path, Some(position), "");
                    let variable = HeldVariable::new(Ok(value), Some(Source::File(origin)));
                    if variables.insert(name.to_owned(), variable).is_some() {
                        let error =
                            Error::new(ErrorKind::DuplicateKey, "a variable is given twice");
                        failures.push(error.with_source(&super::location(path, position, name)));
                    }
                }
                Err((error, name, at)) => {
                    let position = counter.of(text, start + at);
                    failures.push(error.with_source(&super::location(path, position, name)));
                }
            }
            start += line.len() + 1;
        }
        Error::together(failures).map(|()| Self::of(variables))
    }

    /// The variables that `heroku config --json` has printed: one object, from names to strings. `path` is the text's name in
    /// messages.
    ///
    /// # Errors
    ///
    /// If it is not such an object.
    pub fn from_heroku_json_str(path: &str, text: &str) -> Result<Self, Error> {
        file::check(path, text)?;
        let help = "write the file with `heroku config --json`";
        let document = json::parse(&Secret::from(text).into()).map_err(|failure| {
            let location = super::location(path, failure.position, &failure.key);
            failure.error.with_help(help).with_source(&location)
        })?;
        let whole = Source::whole_file(path);
        let rejected = |detail| {
            let error = Error::new(ErrorKind::InvalidDocument, detail).with_help(help);
            error.with_source(&whole)
        };
        let NodeValue::Map(entries) = document.value else {
            return Err(rejected("expected an object of strings"));
        };
        // `heroku config:get NAME --json` prints these two, and no variable's name is in lower case there.
        if matches!(&*entries, [first, second] if [&*first.key, &*second.key] == ["key", "value"]) {
            return Err(rejected("expected all variables, but this is a single one"));
        }
        let mut variables = HashMap::new();
        for entry in entries.into_vec() {
            if !is_name(&entry.key) {
                return Err(rejected("expected the names of variables as keys"));
            }
            let NodeValue::Scalar(Scalar {
                text,
                style: Style::Quoted,
                ..
            }) = entry.node.value
            else {
                return Err(rejected("expected a string for each variable"));
            };
            let variable = HeldVariable::new(Ok(text.to_secret()), Some(whole.clone()));
            variables.insert(entry.key.to_string(), variable);
        }
        Ok(Self::of(variables))
    }
}

/// What is wrong with a line, the variable that it is of, and where in the line that is.
type Rejected<'t> = (Error, &'t str, usize);

/// A line of `--shell`; nothing for an empty one.
fn read(line: &str) -> Result<Option<(&str, Secret)>, Rejected<'_>> {
    if line.trim().is_empty() {
        return Ok(None);
    }
    let rejected = |kind, detail| {
        let help = "write the file with `heroku config --shell` or `heroku config --json`";
        Error::new(kind, detail).with_help(help)
    };
    let Some((name, quoted)) = line.split_once('=').filter(|(name, _)| is_name(name)) else {
        let error = rejected(ErrorKind::InvalidName, "expected NAME=value");
        return Err((error, "", 0));
    };
    match unquote(quoted) {
        Ok(value) => Ok(Some((name, value))),
        Err((kind, detail, at)) => Err((rejected(kind, detail), name, name.len() + 1 + at)),
    }
}

type Fault = (ErrorKind, &'static str, usize);

/// Undoes Heroku's quoting.
fn unquote(quoted: &str) -> Result<Secret, Fault> {
    let is_special = |c: char| c.is_whitespace() || "\"#!$&'()*,:;<=>?@[\\]^`{|}".contains(c);
    let mut value = String::with_capacity(quoted.len());
    let read = match quoted.chars().next() {
        Some(mark @ ('\'' | '"')) => inside(&quoted[1..], mark, &mut value),
        _ => quoted.find(is_special).map_or_else(
            || {
                value.push_str(quoted);
                Ok(())
            },
            |at| {
                let detail = "expected quotation marks round a value with special characters";
                Err((ErrorKind::InvalidDocument, detail, at))
            },
        ),
    };
    let value = Secret::new(value);
    read.map(|()| value)
}

/// What follows an opening quotation mark.
fn inside(quoted: &str, mark: char, value: &mut String) -> Result<(), Fault> {
    let escapes = if mark == '"' { "\"\\$`!n" } else { "'\\" };
    let mut rest = quoted.char_indices();
    while let Some((at, c)) = rest.next() {
        match c {
            '\\' => match rest
                .next()
                .filter(|(_, escaped)| escapes.contains(*escaped))
            {
                Some((_, 'n')) => value.push('\n'),
                Some((_, itself)) => value.push(itself),
                None => {
                    let detail = "expected an escape as Heroku writes it";
                    return Err((ErrorKind::InvalidDocument, detail, at + 1));
                }
            },
            c if c == mark && rest.next().is_none() => return Ok(()),
            c if c == mark => {
                let detail = "expected nothing after the closing quotation mark";
                return Err((ErrorKind::InvalidDocument, detail, at + 2));
            }
            c => value.push(c),
        }
    }
    let detail = "expected a closing quotation mark";
    Err((ErrorKind::UnterminatedQuote, detail, 0))
}
