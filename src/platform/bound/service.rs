//! A service of a platform's document.

use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;
use crate::source::Source;

/// A service that is a database, or was meant to be.
pub(crate) struct Service {
    pub(crate) source: Source,
    /// The engine it says it is of, whether or not the rest can be read.
    pub(crate) engine: Option<Engine>,
    pub(crate) content: Result<Database, Error>,
    /// Whether it may be used where nothing is named: a replica may not.
    pub(crate) is_unasked: bool,
}

/// Whether a service's name can be shown: no text with a password in it looks so. `/` joins it to its variable.
pub(crate) fn is_name(name: &str) -> bool {
    let valid = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' ');
    !name.is_empty() && name.len() <= 128 && name.chars().all(valid)
}
