//! Files of variables and of settings as text: read whole, held in one buffer that is wiped.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::MAX_LEN;
use crate::error::{Error, ErrorKind};
use crate::place::Position;
use crate::secret::{Secret, wipe};

/// A text with more failures is most likely of another kind altogether.
pub(super) const MAX_FAILURES: usize = 100;

/// Reads a file of at most 1 MiB. The error has no source: whoever calls knows under which name the file may be shown.
pub(crate) fn read(path: &Path) -> Result<Secret, Error> {
    // One byte more, so that a longer file shows; the buffer never moves, since pieces of it would stay behind.
    let mut bytes = Vec::with_capacity(MAX_LEN + 1);
    let limit = MAX_LEN as u64 + 1;
    let read = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    let refused = match read {
        Err(error) => Some(unreadable(error.kind())),
        Ok(len) if len > MAX_LEN => Some(Error::new(
            ErrorKind::TooLong,
            "expected a file of at most 1 MiB",
        )),
        Ok(_) => None,
    };
    if let Some(refused) = refused {
        wipe(bytes);
        return Err(refused);
    }
    let text = std::str::from_utf8(&bytes).map(Secret::from);
    let text = text.map_err(|_| Error::new(ErrorKind::InvalidUtf8, "expected a text in UTF-8"));
    wipe(bytes);
    text
}

fn unreadable(kind: io::ErrorKind) -> Error {
    Error::new(ErrorKind::Unreadable, kind.to_string())
        .with_help("check the path, and who may read the file")
}

/// A path in messages.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Whether a text is too long, or holds a NUL byte, which no variable can.
pub(super) fn check(text: &str) -> Result<(), (Error, Position)> {
    if text.len() > MAX_LEN {
        let refused = Error::new(ErrorKind::TooLong, "expected at most 1 MiB");
        return Err((refused, Position::new(1, 1)));
    }
    match text.find('\0') {
        None => Ok(()),
        Some(at) => Err((
            Error::new(ErrorKind::NulByte, "no variable can hold one"),
            Place::default().of(text, at),
        )),
    }
}

/// Counts lines up to an offset, and goes on from there with the next.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    line: u32,
    start: usize,
    counted: usize,
}

impl Place {
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
