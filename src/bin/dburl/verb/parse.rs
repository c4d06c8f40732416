//! `dburl parse`: connection strings to configs, one object or line each, in order, whatever fails.

use std::io::{self, BufRead};

use database_url::{Database, Error, MAX_LEN, ParseOptions};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::Status;
use crate::args::Input;
use crate::verb::{Ended, holds_secret, remedy};
use crate::view::config::Shown;
use crate::view::{Out, json, text};

pub(crate) fn run(input: &Input, out: &mut Out) -> Ended {
    let mut verb = Parse {
        options: options(input),
        out,
        count: 0,
    };
    for text in &input.texts {
        if text == "-" {
            verb.stream(io::stdin().lock(), if input.null { 0 } else { b'\n' })?;
        } else {
            verb.one(text.as_encoded_bytes(), true)?;
        }
    }
    Ok(())
}

fn options(input: &Input) -> ParseOptions {
    let options = ParseOptions::new()
        .dialect(input.dialect)
        .format(input.format);
    input
        .sqlite
        .map_or(options, |family| options.sqlite_family(family))
}

/// The first buffer for a line: capacity for the usual one.
const FIRST_LINE: usize = 4 << 10;

/// Appends to a line. A larger buffer is a new one, so that the old one is wiped.
fn append(line: &mut Zeroizing<Vec<u8>>, piece: &[u8]) {
    let len = line.len() + piece.len();
    if len > line.capacity() {
        let mut larger = Zeroizing::new(Vec::with_capacity(len.max(2 * line.capacity())));
        larger.extend_from_slice(line);
        *line = larger;
    }
    line.extend_from_slice(piece);
}

struct Parse<'o> {
    options: ParseOptions,
    out: &'o mut Out,
    count: usize,
}

impl Parse<'_> {
    /// Reads inputs that end with a separator; one after the last separator adds nothing if it is empty. No more of an
    /// input is kept than may be read at all, so memory is bounded whatever comes.
    fn stream(&mut self, mut input: impl BufRead, separator: u8) -> io::Result<()> {
        let mut text = Zeroizing::new(Vec::with_capacity(FIRST_LINE));
        loop {
            let available = input.fill_buf()?;
            if available.is_empty() {
                break;
            }
            let end = memchr::memchr(separator, available);
            let piece = &available[..end.unwrap_or(available.len())];
            let room = (MAX_LEN + 1).saturating_sub(text.len());
            append(&mut text, &piece[..piece.len().min(room)]);
            let consumed = piece.len() + usize::from(end.is_some());
            let may_wait = consumed == available.len();
            input.consume(consumed);
            if end.is_some() {
                // Files of Windows end their lines with two characters.
                if separator == b'\n' && text.ends_with(b"\r") {
                    text.pop();
                }
                self.one(&text, false)?;
                text.clear();
            }
            if may_wait {
                self.out.flush()?;
            }
        }
        if text.is_empty() {
            Ok(())
        } else {
            self.one(&text, false)
        }
    }

    fn one(&mut self, text: &[u8], in_arguments: bool) -> io::Result<()> {
        self.count += 1;
        let Ok(text) = std::str::from_utf8(text) else {
            return self.not_utf8();
        };
        match self.options.parse(text) {
            Ok(database) => self.accepted(&database, in_arguments),
            Err(error) => self.rejected(&error, text),
        }
    }

    fn accepted(&mut self, database: &Database, in_arguments: bool) -> io::Result<()> {
        let warnings: Vec<_> = database.warnings().collect();
        let warnings =
            text::with_argument_warning(warnings, in_arguments && holds_secret(database));
        if self.out.json {
            let secrets = self.out.secrets;
            return self.out.object(&Shown {
                database,
                warnings: &warnings,
                secrets,
            });
        }
        if self.out.secrets {
            self.out.line(text::url(database, true).expose())?;
        } else {
            self.out.line(database)?;
        }
        if warnings.is_empty() {
            return Ok(());
        }
        self.out
            .warnings(&format!("input {}: ", self.count), &warnings)
    }

    fn rejected(&mut self, error: &Error, input: &str) -> io::Result<()> {
        if self.out.json {
            let error = json::error(error);
            return self.out.reject(Status::Rejected, &error, "", None);
        }
        let message = format!("input {}: {error}", self.count);
        let help = remedy::of(error, Some(input));
        self.out
            .reject(Status::Rejected, &Value::Null, &message, help.as_deref())
    }

    fn not_utf8(&mut self) -> io::Result<()> {
        let message = "invalid UTF-8: a connection string is text";
        let error = json!({ "kind": "invalid-utf-8", "stage": "parse", "component": "text", "message": message });
        let message = format!("input {}: {message}", self.count);
        self.out.reject(Status::Rejected, &error, &message, None)
    }
}
