//! The password file of libpq (`passwordFromFile`, `pwdfMatchesString`): a password for each host, port, database and user.
//!
//! ```text
//! # host:port:database:user:password
//! db.internal:5432:shop:app:hunter2
//! *:*:*:admin:p\:ss\\word
//! ```
//!
//! The first line that matches wins, even with an empty password. `*` alone matches everything in its field. `\` takes the next
//! character as it is, in the first four fields and in the password, which ends at the next `:`. A `#` in the first column
//! begins a comment; other whitespace is data. Field and wanted value are compared character by character, so that an IPv6
//! address needs no escapes. The port is compared as it is written.
//!
//! The file is ignored, with a warning, if it is no regular file, or if the group or others may do anything with it (not on
//! Windows). A file that is not there is ignored; with a warning, if something named it.

use std::io;

use zeroize::Zeroizing;

use super::file::{NamedFile, permits, value};
use crate::error::Error;
use crate::secret::Secret;
use crate::source::Source;
use crate::vars::file::{self, read_bytes};
use crate::warning::{Warning, WarningCode};

/// An open password file.
pub(super) struct Passfile {
    file: NamedFile,
    text: Zeroizing<Vec<u8>>,
}

/// What a password is looked up by.
pub(super) struct PasswordKey<'k> {
    pub(super) host: &'k str,
    pub(super) port: &'k str,
    pub(super) database: &'k str,
    pub(super) user: &'k str,
}

impl Passfile {
    /// Reads a password file; `None` where it is missing or ignored.
    pub(super) fn open(file: NamedFile, warnings: &mut Vec<Warning>) -> Option<Self> {
        let mut ignored = |why: &str, help: &'static str| {
            // The path of a file that is there is no secret; another may be one in the wrong variable.
            let subject = match &file.by {
                Some(by) if file.path.metadata().is_err() => by.to_string(),
                _ => file.whole().to_string(),
            };
            let message = format!("{subject}: the password file is ignored: {why}");
            warnings.push(Warning::new(
                WarningCode::PasswordFileIgnored,
                message,
                help,
            ));
        };
        let open = match file.open() {
            Ok(open) => open,
            Err(error) => {
                match error.kind() {
                    io::ErrorKind::NotFound if file.by.is_none() => {}
                    io::ErrorKind::InvalidInput => {
                        ignored("it is not a regular file", "name a regular file");
                    }
                    kind => {
                        let (why, help) = file::why(kind);
                        ignored(&why, help);
                    }
                }
                return None;
            }
        };
        if permits(&open, 0o077) {
            ignored(
                "the group or others have access to it",
                "run `chmod 600` on it",
            );
            return None;
        }
        match read_bytes(&open) {
            Ok(text) => Some(Self { file, text }),
            Err(error) => {
                ignored(&error.to_string(), "split it, or remove what is not needed");
                None
            }
        }
    }

    /// The password of the first line that matches, and the line.
    pub(super) fn find(&self, key: &PasswordKey<'_>) -> Result<Option<(Secret, Source)>, Error> {
        let lines = self.text.split(|&byte| byte == b'\n').enumerate();
        for (index, line) in lines {
            let line = without_line_end(line);
            if line.is_empty() || line[0] == b'#' {
                continue;
            }
            if let Some(rest) = password_of(line, key) {
                let source = Source::Passfile(self.file.line(index + 1, 1, String::new()));
                let password = unescaped(rest).map_err(|error| error.with_source(&source))?;
                return Ok(Some((password, source)));
            }
        }
        Ok(None)
    }
}

fn without_line_end(mut line: &[u8]) -> &[u8] {
    while let [rest @ .., b'\r'] = line {
        line = rest;
    }
    line
}

/// What follows the four fields of a line that matches.
fn password_of<'l>(line: &'l [u8], key: &PasswordKey<'_>) -> Option<&'l [u8]> {
    let mut rest = line;
    for wanted in [key.host, key.port, key.database, key.user] {
        rest = after_field(rest, wanted.as_bytes())?;
    }
    Some(rest)
}

/// What follows a field that matches (`pwdfMatchesString`).
fn after_field<'l>(field: &'l [u8], wanted: &[u8]) -> Option<&'l [u8]> {
    if let [b'*', b':', rest @ ..] = field {
        return Some(rest);
    }
    let (mut field, mut wanted) = (field, wanted);
    loop {
        let is_escaped = field.first() == Some(&b'\\');
        if is_escaped {
            field = &field[1..];
        }
        match (field, wanted) {
            ([b':', rest @ ..], []) if !is_escaped => return Some(rest),
            ([byte, rest @ ..], [first, others @ ..]) if byte == first => {
                (field, wanted) = (rest, others);
            }
            _ => return None,
        }
    }
}

/// The password at the start of `rest`: up to the next `:`, `\` taking the next character as it is.
fn unescaped(rest: &[u8]) -> Result<Secret, Error> {
    let mut password = Zeroizing::new(Vec::with_capacity(rest.len()));
    let mut bytes = rest.iter().copied().peekable();
    while let Some(byte) = bytes.next().filter(|&byte| byte != b':') {
        let escaped = (byte == b'\\').then(|| bytes.next()).flatten();
        password.push(escaped.unwrap_or(byte));
    }
    value(&password, "expected a password in UTF-8")
}
