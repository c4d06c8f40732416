//! Files of credentials: which one is meant, and whether its path may be shown.

use std::fs::File;
use std::io;
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::source::{FileLocation, Source};
use crate::span::Position;
use crate::vars::file;
use crate::warning::{Warning, WarningCode};

/// A file, and the variable or the setting that names it; `None` for one that is looked for unasked.
pub(super) struct NamedFile {
    pub(super) path: PathBuf,
    pub(super) by: Option<Source>,
}

impl NamedFile {
    pub(super) fn named(path: &str, by: Source) -> Self {
        Self {
            path: PathBuf::from(path),
            by: Some(by),
        }
    }

    pub(super) const fn unasked(path: PathBuf) -> Self {
        Self { path, by: None }
    }

    /// Opens a regular file: a pipe would be waited for, without end if nothing writes to it.
    pub(super) fn open(&self) -> io::Result<File> {
        if !self.path.metadata()?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        File::open(&self.path)
    }

    /// Why it cannot be read. A path that names no file may be a secret in the wrong variable, and is not shown.
    pub(super) fn unreadable(&self, error: &io::Error, is_of: fn(FileLocation) -> Source) -> Error {
        let failure = match error.kind() {
            io::ErrorKind::InvalidInput => {
                Error::new(ErrorKind::Unreadable, "expected a regular file")
            }
            kind => file::unreadable(kind),
        };
        match &self.by {
            Some(by) => failure.with_source(by),
            None => failure.with_source(&is_of(self.whole())),
        }
    }

    /// The file as a whole.
    pub(super) fn whole(&self) -> FileLocation {
        FileLocation::whole(&file::shown(&self.path))
    }

    /// One line of the file.
    pub(super) fn line(&self, line: usize, column: usize, key: String) -> FileLocation {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let position = Position::new(number(line), number(column));
        FileLocation::new(file::shown(&self.path), Some(position), key)
    }

    /// A path that depends on the working directory.
    pub(super) fn relative(&self) -> Option<Warning> {
        let by = self.by.as_ref()?;
        if Path::new(&self.path).has_root() {
            return None;
        }
        let message = format!("{by}: the path of the file is relative to the working directory");
        let help = "write an absolute path; `~` is not expanded";
        Some(Warning::new(WarningCode::RelativePath, message, help))
    }
}

/// A key in messages, of its parts that are plain: another may be a secret in the wrong line.
pub(super) fn key(section: &str, name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let mut parts = vec![section, name];
    parts.retain(|part| (1..=64).contains(&part.len()) && part.bytes().all(is_plain));
    parts.join(".")
}

/// A value of the file, which has to be UTF-8.
pub(super) fn value(bytes: &[u8], detail: &'static str) -> Result<Secret, Error> {
    let text = std::str::from_utf8(bytes).map(Secret::from);
    text.map_err(|_| Error::new(ErrorKind::InvalidUtf8, detail))
}

/// Whether a file's mode has any of these bits. On Windows the directory is protected, and the file is not checked.
pub(super) fn permits(file: &File, bits: u32) -> bool {
    #[cfg(unix)]
    let mode = file.metadata().map_or(0, |metadata| metadata.mode());
    #[cfg(not(unix))]
    let mode = file.metadata().map_or(0, |_| 0);
    mode & bits != 0
}
