//! Uses of variables in a settings file, in its order.

use std::collections::BTreeSet;

use crate::document::Node;
use crate::document::node_ref::Located;
use crate::error::Error;
use crate::source::FileLocation;
use crate::span::Position;

/// A variable, at one of its uses in a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct VariableUse {
    name: String,
    has_default: bool,
    required: bool,
    location: FileLocation,
}

impl VariableUse {
    /// Its name. One that may be a password instead, as Conduit's syntax cannot tell, is `?`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the file has a default for it.
    #[must_use]
    pub const fn has_default(&self) -> bool {
        self.has_default
    }

    /// Whether what uses it fails without it.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// Where it is used; the key is empty where the file has none there, as in a condition.
    #[must_use]
    pub const fn location(&self) -> &FileLocation {
        &self.location
    }
}

/// What is found in a file, as one reads it.
#[derive(Default)]
pub(super) struct Uses {
    found: Vec<VariableUse>,
    errors: Vec<Error>,
    /// What an anchor names is in the tree as often as it is used.
    seen: BTreeSet<Position>,
}

impl Uses {
    pub(super) fn in_order(mut self) -> Result<Vec<VariableUse>, Error> {
        let location = |error: &Error| error.origin()?.file()?.position();
        self.errors.sort_by_key(location);
        Error::together(self.errors)?;
        self.found.sort_by_key(|one| one.location.position());
        Ok(self.found)
    }

    pub(super) fn push(
        &mut self,
        name: &str,
        has_default: bool,
        required: bool,
        location: FileLocation,
    ) {
        let name = name.to_owned();
        self.found.push(VariableUse {
            name,
            has_default,
            required,
            location,
        });
    }

    pub(super) fn is_seen(&mut self, node: &Node) -> bool {
        !self.seen.insert(node.position)
    }

    /// A variable that a value names, once.
    pub(super) fn add(&mut self, name: &str, has_default: bool, required: bool, at: &Located<'_>) {
        if !self.is_seen(at.node) {
            self.push(name, has_default, required, at.location());
        }
    }

    pub(super) fn fail(&mut self, error: Error) {
        self.errors.push(error);
    }
}
