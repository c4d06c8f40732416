//! A source that may give the database. Who finds candidates lists them in order; the resolver uses the first that is set, and
//! records what became of the others.

use std::fmt;

use crate::database::Database;
use crate::error::{Error, ErrorKind};
use crate::resolution::{Outcome, Resolved};
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::secret::SecretStr;
use crate::source::Source;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::vars::Vars;

/// The database that a source gives, or why it gives none.
pub(crate) type Answer = Result<Resolved<Database>, Error>;

/// Reads the database of a candidate.
type Read<'c> = dyn FnOnce() -> Answer + 'c;

/// A source that is looked at, and what it would give.
pub(crate) struct Candidate<'c> {
    pub(crate) source: Source,
    /// What becomes of it where another one is used.
    pub(crate) otherwise: Outcome,
    /// `None`: it gives no database by itself.
    pub(crate) read: Option<Box<Read<'c>>>,
}

impl<'c> Candidate<'c> {
    /// It holds something, which is read only if it is used.
    pub(crate) fn new(source: Source, read: impl FnOnce() -> Answer + 'c) -> Self {
        Self {
            source,
            otherwise: Outcome::Shadowed,
            read: Some(Box::new(read)),
        }
    }

    /// What it holds is known before it is used.
    pub(crate) fn known<T: 'c>(
        source: Source,
        content: Result<T, Error>,
        read: impl FnOnce(Result<T, Error>) -> Answer + 'c,
    ) -> Self {
        let otherwise = match &content {
            Ok(_) => Outcome::Shadowed,
            Err(error) if error.kind() == ErrorKind::EmptyVariable => Outcome::Empty,
            Err(_) => Outcome::Invalid,
        };
        Self {
            otherwise,
            ..Self::new(source, || read(content))
        }
    }

    pub(crate) fn unset(source: Source) -> Self {
        Self {
            source,
            otherwise: Outcome::Unset,
            read: None,
        }
    }

    /// It adds to the database that is used, whichever that is.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn part(source: Source) -> Self {
        Self {
            source,
            otherwise: Outcome::Used,
            read: None,
        }
    }

    /// A variable by its name; set but empty is not unset.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn variable(
        vars: &'c Vars,
        name: &str,
        read: impl FnOnce(SecretStr<'c>, Source) -> Answer + 'c,
    ) -> Self {
        let source = Source::ConfigVar(name.to_owned());
        let Some(value) = vars.get(name).transpose() else {
            return Self::unset(source);
        };
        let otherwise = match &value {
            Ok(value) if value.is_empty() => Outcome::Empty,
            Ok(_) => Outcome::Shadowed,
            Err(_) => Outcome::Invalid,
        };
        let own = source.clone();
        Self {
            otherwise,
            ..Self::new(source, move || read(value?, own))
        }
    }

    /// Whether it gives a database, or an error, by itself.
    pub(crate) fn is_set(&self) -> bool {
        self.read.is_some()
    }
}

impl fmt::Debug for Candidate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidate")
            .field("source", &self.source)
            .field("otherwise", &self.otherwise)
            .finish_non_exhaustive()
    }
}
