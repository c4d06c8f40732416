//! Files of variables and of settings as text: read whole, held in one buffer that is wiped.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};
use crate::limits::MAX_LEN;
use crate::secret::{Secret, wipe};
use crate::source::Source;
use crate::span::Position;

/// A string with more failures is most likely of another kind altogether.
pub(super) const MAX_FAILURES: usize = 100;

/// Reads a file of at most 1 MiB. The error has no source: the caller knows under which name the file may be shown.
pub(crate) fn read(path: &Path) -> Result<Secret, Error> {
    let file = File::open(path).map_err(|error| unreadable(error.kind()))?;
    Secret::read_from(file)
}

impl Secret {
    /// Reads UTF-8 of at most 1 MiB to its end, such as a URL or a file of variables from standard input. No more than that is
    /// read of a longer input, and no copy stays in memory.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::TooLong`], [`ErrorKind::InvalidUtf8`], or [`ErrorKind::Unreadable`] with the reason that the system gives.
    pub fn read_from(input: impl Read) -> Result<Self, Error> {
        let bytes = std::mem::take(&mut *read_bytes(input)?);
        String::from_utf8(bytes).map(Self::from).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            wipe(error.into_bytes());
            let detail = format!("expected UTF-8, found another byte at byte {at}");
            let help = "convert it to UTF-8, such as with `iconv`; a binary file is not read";
            Error::new(ErrorKind::InvalidUtf8, detail).with_help(help)
        })
    }
}

/// Reads bytes of any encoding, as [`Secret::read_from`] does.
pub(crate) fn read_bytes(input: impl Read) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut input = input.take(MAX_LEN as u64 + 1);
    let mut bytes = Zeroizing::new(Vec::with_capacity(FIRST_READ));
    loop {
        if bytes.len() == bytes.capacity() {
            grow(&mut bytes);
        }
        let room = (bytes.capacity() - bytes.len()) as u64;
        match input.by_ref().take(room).read_to_end(&mut bytes) {
            Ok(0) => return Ok(bytes),
            Ok(_) if bytes.len() > MAX_LEN => {
                return Err(Error::new(ErrorKind::TooLong, "expected at most 1 MiB"));
            }
            Ok(_) => {}
            Err(error) => return Err(unreadable(error.kind())),
        }
    }
}

/// The first buffer of [`read_bytes`]: capacity for the usual file.
const FIRST_READ: usize = 4 << 10;

/// Doubles a full buffer. The old one is wiped, which a reallocation would not do.
fn grow(bytes: &mut Vec<u8>) {
    let mut larger = Vec::with_capacity(2 * bytes.capacity());
    larger.extend_from_slice(bytes);
    wipe(std::mem::replace(bytes, larger));
}

/// Why a file cannot be read, and what to do.
pub(crate) fn why(kind: io::ErrorKind) -> (String, &'static str) {
    match kind {
        io::ErrorKind::NotFound => ("no such file".to_owned(), "check the path"),
        io::ErrorKind::IsADirectory => ("it is a directory".to_owned(), "name a file in it"),
        kind => (kind.to_string(), "check who may read the file"),
    }
}

pub(crate) fn unreadable(kind: io::ErrorKind) -> Error {
    let (detail, help) = why(kind);
    Error::new(ErrorKind::Unreadable, detail).with_help(help)
}

/// A path in messages.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The same of a file of variables that the caller names, with its name in messages.
pub(super) fn read_named(path: &Path) -> Result<(String, Secret), Error> {
    let shown = shown(path);
    let text = read(path).map_err(|error| error.with_source(&Source::whole_file(&shown)))?;
    Ok((shown, text))
}

/// Whether a string is too long, or holds a NUL byte, which no variable can.
pub(super) fn check(path: &str, text: &str) -> Result<(), Error> {
    let (error, position) = if text.len() > MAX_LEN {
        let error = Error::new(ErrorKind::TooLong, "expected at most 1 MiB");
        (error, Position::new(1, 1))
    } else if let Some(at) = text.find('\0') {
        let error = Error::new(ErrorKind::NulByte, "no variable can hold one");
        (error, LineCounter::default().of(text, at))
    } else {
        return Ok(());
    };
    Err(error.with_source(&super::location(path, position, "")))
}

/// Counts lines up to an offset, and goes on from there with the next.
#[derive(Clone, Copy, Default)]
pub(super) struct LineCounter {
    line: u32,
    start: usize,
    counted: usize,
}

impl LineCounter {
    /// Offsets have to come in order.
    pub(super) fn of(&mut self, text: &str, at: usize) -> Position {
        let passed = text.as_bytes().get(self.counted..at).unwrap_or_default();
        for (index, _) in passed
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
        {
            self.line += 1;
            self.start = self.counted + index + 1;
        }
        self.counted = self.counted.max(at);
        let before = text.get(self.start..at).unwrap_or_default();
        let before = before.trim_start_matches('\u{feff}');
        let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
        Position::new(self.line + 1, column.saturating_add(1))
    }
}
