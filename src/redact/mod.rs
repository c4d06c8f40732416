//! Masks passwords in the output of other programs: in prose, logs and JSON, as a stream.
//!
//! Two searches run over each line. One finds connection strings by what only they have (`://`, `@tcp(`, `password=`), and
//! masks the password where it is; the [finder](find) has the grammar. The other finds the [secrets](secrets) that the
//! variables of a process hold, wherever they are. Every other byte is copied.
//!
//! A line is decided as a whole, so the result does not depend on how the input was cut into chunks. Memory is bounded: of a
//! line longer than 64 KiB the first 64 KiB are decided with 16 KiB of context after them.

mod find;
mod secrets;
mod token;

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::secret::MASK;
use crate::vars::Vars;
use find::Found;
use secrets::Secrets;

/// What of a line is held at most.
const WINDOW: usize = 64 << 10;
/// How much of a long line is read after what is written, so that nothing is cut within a password.
const AHEAD: usize = 16 << 10;
/// How far before the end a better location for a cut is searched.
const BACK: usize = 4 << 10;

/// Masks passwords in arbitrary output: those of connection strings of every engine, and the secrets that are known.
///
/// ```
/// use database_url::{Redactor, Vars};
///
/// let vars = Vars::from([("DATABASE_URL", "postgres://app:correct%20horse@db.example/shop")]);
/// let redactor = Redactor::of(&vars);
/// let line = r#"{"msg":"login failed","url":"mysql://app:hunter2@h/shop","tried":"correct horse"}"#;
/// let shown = r#"{"msg":"login failed","url":"mysql://app:****@h/shop","tried":"****"}"#;
/// assert_eq!(redactor.redact(line), shown);
/// ```
///
/// # What is masked
///
/// * The password of a URL with any scheme, of keyword/value strings (`password=`, `Pwd=`), of a Go DSN, of JDBC URLs, and
///   of a JSON member such as `"password"`; in the URL of a database also parameters that hold a secret, such as `key`.
/// * Secrets of at least eight characters, as they are, percent-encoded and JSON-escaped, each character in either way.
///
/// A connection string that cannot be read may have a password with unescaped delimiters: it is masked up to the last `@`
/// that can be its own, so a host may be masked with it, but no half of a password is left.
#[derive(Clone, Default)]
pub struct Redactor {
    secrets: Arc<Secrets>,
}

impl Redactor {
    /// Without known secrets: connection strings only.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With the secrets that variables hold: passwords of connection strings, and values of variables that are named after
    /// a secret, such as `PGPASSWORD`.
    #[must_use]
    pub fn of(vars: &Vars) -> Self {
        Self {
            secrets: Arc::new(Secrets::of(vars)),
        }
    }

    /// Also masks this secret. One of fewer than eight characters is ignored: it would mask ordinary words.
    #[must_use]
    pub fn with_secret(mut self, secret: &str) -> Self {
        Arc::make_mut(&mut self.secrets).add(secret);
        self
    }

    /// The text with every secret as `****`.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let mut out = self.writer(Vec::with_capacity(text.len()));
        // A vector takes everything.
        let bytes = out.push(text.as_bytes()).and_then(|()| out.finish());
        let bytes = bytes.unwrap_or_default();
        // Whole characters are masked, so this copies only what was no UTF-8 before.
        String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// A writer that masks what is written to it, and hands it on by the line.
    pub fn writer<W: Write>(&self, out: W) -> RedactingWriter<W> {
        RedactingWriter {
            secrets: Arc::clone(&self.secrets),
            out,
            line: Zeroizing::new(Vec::new()),
            skips: false,
        }
    }
}

/// Holds secrets, and shows none.
impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

/// A [`Write`] that masks secrets: see [`Redactor::writer`].
///
/// A line is written when its end is known, so [`finish`](Self::finish) has to be called after the last one.
pub struct RedactingWriter<W> {
    secrets: Arc<Secrets>,
    out: W,
    /// The line so far.
    line: Zeroizing<Vec<u8>>,
    /// Whether a password goes on that is longer than what is held.
    skips: bool,
}

impl<W: Write> RedactingWriter<W> {
    /// Writes the rest of an unfinished line, and gives the inner writer back.
    ///
    /// # Errors
    ///
    /// Those of the inner writer.
    pub fn finish(mut self) -> io::Result<W> {
        let line = std::mem::take(&mut *self.line);
        let line = Zeroizing::new(line);
        self.whole(&line)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn push(&mut self, mut chunk: &[u8]) -> io::Result<()> {
        while !chunk.is_empty() {
            let end = memchr::memchr(b'\n', chunk).map(|end| end + 1);
            let piece = &chunk[..end.unwrap_or(chunk.len())];
            if self.line.is_empty() && end.is_some() && piece.len() <= WINDOW {
                self.whole(piece)?;
                chunk = &chunk[piece.len()..];
                continue;
            }
            let taken = piece.len().min(WINDOW - self.line.len());
            self.hold(&piece[..taken]);
            chunk = &chunk[taken..];
            if self.line.ends_with(b"\n") {
                let line = Zeroizing::new(std::mem::take(&mut *self.line));
                self.whole(&line)?;
            } else if self.line.len() == WINDOW {
                self.part()?;
            }
        }
        Ok(())
    }

    /// Appends to the line. A larger buffer is a new one, so that the old one is wiped.
    fn hold(&mut self, piece: &[u8]) {
        let len = self.line.len() + piece.len();
        if len > self.line.capacity() {
            let capacity = len.next_power_of_two().clamp(256, WINDOW);
            let mut larger = Zeroizing::new(Vec::with_capacity(capacity));
            larger.extend_from_slice(&self.line);
            self.line = larger;
        }
        self.line.extend_from_slice(piece);
    }

    /// Writes a line to its end.
    fn whole(&mut self, line: &[u8]) -> io::Result<()> {
        let line = &line[self.skipped(line)..];
        let found = self.found(line);
        self.masked(line, found)
    }

    /// Writes what is decided of a line that is longer than the window.
    fn part(&mut self) -> io::Result<()> {
        let mut line = Zeroizing::new(std::mem::take(&mut *self.line));
        let skipped = self.skipped(&line);
        if skipped > 0 {
            line.drain(..skipped);
            self.line = line;
            return Ok(());
        }
        let found = self.found(&line);
        let cut = cut(&line, &found);
        if let Some(secret) = cut.open {
            self.skips = true;
            self.masked(&line, vec![secret])?;
        } else {
            let before = found.into_iter().filter(|found| found.secret.end <= cut.at);
            self.masked(&line[..cut.at], before.collect())?;
        }
        line.drain(..cut.at);
        self.line = line;
        Ok(())
    }

    /// How much at the start of a line belongs to a password that was masked already.
    fn skipped(&mut self, line: &[u8]) -> usize {
        if !self.skips {
            return 0;
        }
        let is_end =
            |byte: &u8| byte.is_ascii_whitespace() || byte.is_ascii_control() || *byte == b'"';
        let end = line.iter().position(is_end);
        self.skips = end.is_none();
        end.unwrap_or(line.len())
    }

    fn found(&self, line: &[u8]) -> Vec<Found> {
        let mut found = find::connections(line);
        self.secrets.search(line, &mut found);
        found
    }

    /// Writes a line with each secret masked; of those that overlap, all of it.
    fn masked(&mut self, line: &[u8], found: Vec<Found>) -> io::Result<()> {
        let secrets = found.into_iter().map(|found| found.secret);
        let mut written = 0;
        for Range { start, end } in united(secrets.filter(|secret| !secret.is_empty())) {
            self.out.write_all(&line[written..start])?;
            self.out.write_all(MASK.as_bytes())?;
            written = end;
        }
        self.out.write_all(&line[written..])
    }
}

/// Masks what is written; a line is handed on when its end is known.
impl<W: Write> Write for RedactingWriter<W> {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        self.push(chunk)?;
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The line that is held may have secrets.
impl<W> fmt::Debug for RedactingWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedactingWriter").finish_non_exhaustive()
    }
}

/// Where a line that is longer than the window is cut.
struct Cut {
    at: usize,
    /// What fills the window from its start, and may go on.
    open: Option<Found>,
}

/// A cut before [`AHEAD`], where nothing that was found is cut in two.
fn cut(line: &[u8], found: &[Found]) -> Cut {
    let end = line.len() - AHEAD;
    let is_boundary = |byte: &u8| byte.is_ascii_whitespace() || b"\"',".contains(byte);
    let boundary = line[end - BACK..end].iter().rposition(is_boundary);
    let at = boundary.map_or(end, |boundary| end - BACK + boundary);
    let closed = |at| Cut { at, open: None };
    match across(found, at) {
        None => closed(at),
        Some(whole) if whole.start > 0 => closed(whole.start),
        Some(whole) if whole.end < line.len() => closed(whole.end),
        Some(_) => {
            let secrets = found.iter().filter(|found| !found.secret.is_empty());
            match secrets.map(|found| found.secret.start).min() {
                None => closed(at),
                Some(start) => Cut {
                    at: line.len(),
                    open: Some(Found::new(0..line.len(), start..line.len())),
                },
            }
        }
    }
}

/// What was found and goes on across a position, with all that overlaps it.
fn across(found: &[Found], at: usize) -> Option<Range<usize>> {
    let wholes = found.iter().map(|found| found.whole.clone());
    united(wholes).find(|whole| whole.start < at && at < whole.end)
}

/// Ranges in order, those that overlap as one.
fn united(ranges: impl Iterator<Item = Range<usize>>) -> impl Iterator<Item = Range<usize>> {
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by_key(|range| range.start);
    let mut ranges = ranges.into_iter().peekable();
    std::iter::from_fn(move || {
        let Range { start, mut end } = ranges.next()?;
        while let Some(next) = ranges.next_if(|next| next.start < end) {
            end = end.max(next.end);
        }
        Some(start..end)
    })
}
