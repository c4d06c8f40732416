//! `NAME_FILE`: a variable that names a file with the value of `NAME`, as Docker and Kubernetes hand secrets over.

use std::path::Path;

use super::{HeldVariable, Vars, file};
use crate::error::{Error, ErrorKind};
use crate::secret::{Secret, SecretStr};
use crate::source::Source;

const SUFFIX: &str = "_FILE";

impl Vars {
    /// These variables, and for every `NAME_FILE` the variable `NAME`, with what is in the file of that path; one line
    /// end at its end is no part of it.
    ///
    /// Nothing fails here: plenty of variables end in `_FILE` and name a log or a certificate. A file that cannot be read, is
    /// empty, or is longer than 1 MiB is an error of [`get`](Self::get) for that `NAME` alone, and so is a `NAME` that is
    /// set next to its `NAME_FILE`. Of a `.env` file and the variables above it, the upper one wins, however it is given.
    #[must_use]
    pub fn with_secret_files(mut self) -> Self {
        let named: Vec<_> = self
            .names()
            .filter_map(|name| name.strip_suffix(SUFFIX))
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        for name in named {
            if let Some(variable) = self.of_file(&name) {
                self.variables.insert(name, variable);
            }
        }
        self
    }

    /// What the file gives a variable; nothing if the variable is set above it.
    fn of_file(&self, name: &str) -> Option<HeldVariable> {
        let by = format!("{name}{SUFFIX}");
        let pointer = self.variables.get(&by)?;
        let source = Source::ConfigVar(by.clone());
        let value = match self.variables.get(name) {
            Some(set) if set.layer < pointer.layer => return None,
            // Read already: the path itself is not kept.
            Some(set) if set.origin.as_deref() == Some(&source) => return None,
            Some(set) if set.layer == pointer.layer => {
                let detail = format!("expected one of {name} and {name}{SUFFIX}, but both are set");
                Err(Error::new(ErrorKind::Conflict, detail).with_help("unset one of them"))
            }
            _ => pointer.text(&by).and_then(read),
        };
        let value = value.map_err(|error| error.with_source(&source));
        Some(HeldVariable {
            layer: pointer.layer,
            ..HeldVariable::new(value, Some(source))
        })
    }
}

/// Errors name the variable only: what it holds may be the secret itself, misplaced.
fn read(path: SecretStr<'_>) -> Result<Secret, Error> {
    let path = path.expose();
    if path.is_empty() {
        let error = Error::new(ErrorKind::EmptyVariable, "expected the path of a file");
        return Err(error.with_help("set it to a path, or unset it"));
    }
    let path = Path::new(path);
    // A pipe would be waited for, without end if no one writes.
    if path.metadata().is_ok_and(|file| !file.is_file()) {
        return Err(Error::new(
            ErrorKind::Unreadable,
            "expected the path of a regular file",
        ));
    }
    let text = file::read(path)?;
    let value = text.expose();
    let value = value.strip_suffix('\n').unwrap_or(value);
    let value = value.strip_suffix('\r').unwrap_or(value);
    if value.is_empty() {
        let error = Error::new(ErrorKind::Empty, "expected a value in the file it names");
        return Err(error.with_help("write the value into the file, or unset the variable"));
    }
    if value.contains('\0') {
        return Err(Error::new(ErrorKind::NulByte, "no value can hold one"));
    }
    Ok(Secret::from(value))
}
