//! `.env` files, in the dialect of Docker Compose.
//!
//! There is no grammar of `.env` files: of eight readers no two agree on everything. This one takes Compose's side, since
//! most of what it does is done by half of the others, too. It is no other crate's: dotenvy, the one that is kept up, rejects
//! unquoted spaces and byte-order marks, turns `\n` into a line end without quotation marks, takes `$A_B` for `$A` and text, and
//! reports no locations; nothing is depended on, so it needs no feature.
//!
//! | written | read |
//! |---|---|
//! | `K=a b`, `K = a b`, `K: a b`, `export K=a b` | `a b`, without the spaces around it |
//! | `K=a#b`, `K=a #b` | `a#b`, and `a`: a space and `#` begin a comment |
//! | `K='a $B \n'` | as written, over several lines if need be; only `\'` is a `'` |
//! | `K="a $B\n"` | with variables filled in, and `\n \r \t \a \b \f \v \" \\ \$` replaced |
//! | `K=x$B`, `K=x${B}` | with the variable's value, from the process before the file |
//! | `${B:-w}` `${B-w}` `${B:?w}` `${B?w}` `${B:+w}` `${B+w}` | as in a shell; words may be nested |
//! | `$$`, `\$` | a `$`; a `$` before anything else is itself |
//! | `K` | nothing: the process may have it |
//!
//! Of a name that is given twice the last line counts, as everywhere. A byte-order mark and line ends of Windows are accepted.
//!
//! # Deliberate differences
//!
//! Where Compose loses data in silence, this reader does not:
//!
//! * A variable that is not set is empty for Compose. In what goes to a database or may be a secret (by its name or its
//!   scheme), it is an error for the reader of the value: a password `pa$w0rd` must not become `pa`.
//! * Unquoted, `\$` is a `$`, as for shells and five of the readers; Compose expands the variable after the backslash.
//! * Text after a closing quotation mark is an error; Compose takes it for the next name.
//! * A `:` stands for `=` only before a space, so that a URL without a name is an error, and not a variable `postgres`.
//! * A tab and `#` begin a comment as well, and so does a `#` with spaces alone between it and the `=`.
//! * Octal escapes stay as they are.
//!
//! A value that goes to a database or may be a secret, and that another reader would take for something else, is warned of
//! ([`WarningCode::ReadersDisagree`]).

mod lines;
mod readers;
mod reference;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use self::lines::{Line, LineReader, Quote, Written};
use self::reference::{Budget, Layers, Stop};
use super::file;
use super::{HeldVariable, Vars};
use crate::bytes::contains;
use crate::engine::Scheme;
use crate::error::Error;
use crate::grammar::raw_at;
use crate::secret::Secret;
use crate::source::{FileLocation, Source};
use crate::warning::{Warning, WarningCode};

impl Vars {
    /// These variables, and below them those of a `.env` file: what is set already stays, and is what the file's `$NAME`
    /// means.
    ///
    /// The file is read as Docker Compose does, but data that Compose would lose is kept, or is an error. What other readers take
    /// for something else is among the [`warnings`](Self::warnings): single quotes are read the same by nearly all.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is longer than 1 MiB, and as [`with_dotenv_str`](Self::with_dotenv_str).
    pub fn with_dotenv_path(self, path: impl AsRef<Path>) -> Result<Self, Error> {
        let (shown, text) = file::read_named(path.as_ref())?;
        self.with_dotenv_str(&shown, text.expose())
    }

    /// As [`with_dotenv_path`](Self::with_dotenv_path), of a string that has been read; `path` is its name in messages.
    ///
    /// # Errors
    ///
    /// All lines that cannot be read (the first hundred), together ([`Error::iter`]), each with its location. A value that needs
    /// a variable that is not set is no such error: it is one of [`get`](Self::get), and of that variable alone.
    pub fn with_dotenv_str(self, path: &str, text: &str) -> Result<Self, Error> {
        let below = Self::of_dotenv(&self, path, text)?;
        Ok(self.or(below))
    }

    /// The variables of a `.env` file alone; those of `above` are what the file's `$NAME` means.
    pub(crate) fn of_dotenv(above: &Self, path: &str, text: &str) -> Result<Self, Error> {
        file::check(path, text)?;
        let mut file = File {
            path,
            above,
            below: HashMap::new(),
            warnings: Vec::new(),
            failures: Vec::new(),
            budget: Budget::new(),
        };
        for line in LineReader::new(text) {
            if file.failures.len() == file::MAX_FAILURES {
                break;
            }
            match line {
                Ok(line) => file.take(&line),
                Err(failure) => {
                    let location = super::location(path, failure.position, failure.name);
                    file.failures.push(failure.error.with_source(&location));
                }
            }
        }
        Error::together(file.failures)?;
        Ok(Self {
            variables: file.below,
            warnings: file.warnings,
        })
    }
}

/// What is read of a file, so far.
struct File<'a> {
    path: &'a str,
    above: &'a Vars,
    below: HashMap<String, HeldVariable>,
    warnings: Vec<Warning>,
    failures: Vec<Error>,
    budget: Budget,
}

impl File<'_> {
    fn take(&mut self, line: &Line<'_>) {
        let Some(written) = &line.value else {
            if is_of_database(line.name, "") {
                self.warn(
                    line,
                    &["all take nothing for a value, or the process's"],
                    "give it a value, or remove the line",
                );
            }
            return;
        };
        let location = super::location(self.path, written.position, line.name);
        let value = match self.value(line.name, written) {
            Ok(_) if line.habits.cuts => Err(raw_at::cut().with_source(&location)),
            Ok(value) => Ok(value),
            Err(Stop::Value(error)) => Err(error.with_source(&location)),
            Err(Stop::Other(error)) => Err(error),
            Err(Stop::File(error)) => return self.failures.push(error.placed_in(&location)),
        };
        let text = value.as_ref().map_or("", Secret::expose);
        if is_of_database(line.name, text) || is_of_database(line.name, written.text) {
            let (reasons, help) = readers::disagreements(written, line.habits);
            if !reasons.is_empty() {
                self.warn(line, &reasons, help);
            }
        }
        let origin = FileLocation::new(self.path, Some(line.position), "");
        let variable = HeldVariable::new(value, Some(Source::File(origin)));
        self.below.insert(line.name.to_owned(), variable);
    }

    fn value(&mut self, name: &str, written: &Written<'_>) -> Result<Secret, Stop> {
        let unescaped = unescape(written);
        if written.quote == Quote::Single {
            return Ok(unescaped);
        }
        let layers = Layers {
            above: self.above,
            below: &self.below,
            failure: RefCell::new(None),
        };
        let demanding = is_of_database(name, unescaped.expose());
        reference::fill(unescaped.expose(), &layers, demanding, &mut self.budget)
    }

    fn warn(&mut self, line: &Line<'_>, reasons: &[&str], help: &'static str) {
        let location = super::location(self.path, line.position, line.name);
        let message = format!(
            "{location}: read differently by other readers: {}",
            reasons.join("; ")
        );
        let warning = Warning::new(WarningCode::ReadersDisagree, message, help);
        self.warnings.push(warning);
    }
}

/// Whether a value goes to a database, or may be a secret: nothing of it may be lost in silence.
fn is_of_database(name: &str, value: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let ends = ["URL", "URI", "DSN", "PWD", "_PW"];
    let parts = [
        "PASS", "SECRET", "TOKEN", "DATABASE", "POSTGRES", "MYSQL", "MARIADB", "REDIS", "MONGO",
    ];
    let starts = ["PG", "DB_"];
    let scheme = value.split_once(':').map(|(scheme, _)| scheme);
    ends.iter().any(|end| name.ends_with(end))
        || starts.iter().any(|start| name.starts_with(start))
        || parts.iter().any(|part| contains(&name, part))
        || scheme.is_some_and(|scheme| scheme == "jdbc" || Scheme::find(scheme).is_some())
}

/// The text between the quotation marks, with its escapes replaced; what is to stay a `$` is `$$`. It is no longer than what
/// was written.
fn unescape(written: &Written<'_>) -> Secret {
    let mut unescaped = String::with_capacity(written.text.len());
    let mut rest = written.text;
    while let Some(at) = rest.find(['\\', '\r']) {
        unescaped.push_str(&rest[..at]);
        let (this, after) = rest[at..].split_at(1);
        let next = after.bytes().next();
        let replaced = match (this, written.quote, next) {
            // A line end of Windows within a value is a line end.
            ("\r", _, Some(b'\n')) => {
                rest = after;
                continue;
            }
            ("\r", ..) => None,
            (_, Quote::None | Quote::Double, Some(b'$')) => Some("$$"),
            (_, Quote::Single, Some(b'\'')) => Some("'"),
            (_, Quote::Double, Some(next)) => escape(next),
            _ => None,
        };
        unescaped.push_str(replaced.unwrap_or(this));
        rest = &after[usize::from(replaced.is_some())..];
    }
    unescaped.push_str(rest);
    Secret::new(unescaped)
}

fn escape(letter: u8) -> Option<&'static str> {
    Some(match letter {
        b'n' => "\n",
        b'r' => "\r",
        b't' => "\t",
        b'a' => "\x07",
        b'b' => "\x08",
        b'f' => "\x0c",
        b'v' => "\x0b",
        b'"' => "\"",
        b'\\' => "\\",
        _ => return None,
    })
}
