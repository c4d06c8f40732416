//! Variables within a value of a `.env` file: a template of Compose, filled in once.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::error::{Error, ErrorKind};
use crate::limits::MAX_LEN;
use crate::secret::{Secret, SecretStr};
use crate::template::{Lookup, expand_compose};
use crate::vars::{HeldVariable, Vars, is_conventional};

/// How much a file may insert: each value may hold the one before twice.
pub(super) struct Budget(usize);

impl Budget {
    pub(super) const fn new() -> Self {
        Self(MAX_LEN)
    }
}

/// Why a value cannot be filled in.
pub(super) enum Stop {
    /// The file is at fault.
    File(Error),
    /// The value lacks a variable, which is an error where the value is used.
    Value(Error),
    /// The value needs another that cannot be read, whose error this is.
    Other(Error),
}

/// The variables that a value may use: those that were set before the file was read, else those of its earlier lines.
pub(super) struct Layers<'a> {
    pub(super) above: &'a Vars,
    pub(super) below: &'a HashMap<String, HeldVariable>,
    /// The error of the first variable that cannot be read.
    pub(super) failure: RefCell<Option<Error>>,
}

impl Lookup for Layers<'_> {
    fn get(&self, name: &str) -> Result<Option<SecretStr<'_>>, Error> {
        let variable = self.above.variables.get(name);
        let Some(variable) = variable.or_else(|| self.below.get(name)) else {
            return Ok(None);
        };
        variable.text(name).map(Some).inspect_err(|error| {
            self.failure.borrow_mut().get_or_insert(error.clone());
        })
    }
}

/// Fills in the variables of a value; what is `$$` in it becomes `$`. `demanding`: one that is not set is an error.
pub(super) fn fill(
    text: &str,
    layers: &Layers<'_>,
    demanding: bool,
    budget: &mut Budget,
) -> Result<Secret, Stop> {
    let filled = expand_compose(text, layers);
    if let Some(error) = layers.failure.take() {
        return Err(Stop::Other(error));
    }
    let filled = filled.map_err(|error| match error.kind() {
        ErrorKind::TooLong => too_much(),
        _ => Stop::File(error),
    })?;
    if let Some(name) = filled.unset().next().filter(|_| demanding) {
        return Err(Stop::Value(unset(name)));
    }
    let value = filled.into_value().unwrap_or_default();
    let inserted = value.expose().len().saturating_sub(text.len());
    budget.0 = budget.0.checked_sub(inserted).ok_or_else(too_much)?;
    Ok(value)
}

fn too_much() -> Stop {
    Stop::File(Error::new(
        ErrorKind::LimitExceeded,
        "expected variables that fill in at most 1 MiB",
    ))
}

fn unset(name: &str) -> Error {
    // What follows a `$` may be a piece of a password.
    let name = Some(name).filter(|name| is_conventional(name));
    let name = name.unwrap_or("the variable after `$`");
    let detail = format!("{name} is not set, and this value would lose what it stands for");
    let help = "set it, or write the value in single quotes if the `$` is meant as it is";
    Error::new(ErrorKind::UnsetVariable, detail).with_help(help)
}
