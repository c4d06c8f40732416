//! One question: a string, and the variables that it is read with.

use std::collections::BTreeMap;
use std::fmt;

/// A template or a settings file, with its variables. All of it is the tests' own, so it may be shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// The template, or the file; no file at all is `None`.
    pub text: Option<String>,
    /// What is set. Everything else is not.
    pub vars: BTreeMap<String, String>,
    /// The environment that is requested.
    pub environment: Option<String>,
    /// The connection that is requested, of several.
    pub connection: Option<String>,
}

/// What is made of a string, by field. A template has one, `text`; a field that has nothing is not there.
pub use support::compare::{Fields as Reading, Theirs as Answer};

impl Case {
    /// A template or a file with these variables.
    #[must_use]
    pub fn new(text: &str, vars: &[(&str, &str)]) -> Self {
        let pair = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            text: Some(text.to_owned()),
            vars: vars.iter().map(pair).collect(),
            ..Self::default()
        }
    }

    /// The text, empty if there is none.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} with {:?}", self.text, self.vars)?;
        for (name, value) in [
            ("environment", &self.environment),
            ("connection", &self.connection),
        ] {
            if let Some(value) = value {
                write!(f, ", {name} {value}")?;
            }
        }
        Ok(())
    }
}
