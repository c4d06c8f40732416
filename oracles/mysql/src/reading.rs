//! What a string comes to, in a form that ours and a peer's reading have in common.

use std::fmt;

use support::compare::Fields;

/// Values by field. What is not given, and has no default in the peer, is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading(Fields);

impl Reading {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field, if there is a value for it.
    #[must_use]
    pub fn with(mut self, field: &'static str, value: Option<impl fmt::Display>) -> Self {
        if let Some(value) = value {
            self.0.insert(field, value.to_string());
        }
        self
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// The values by field.
    #[must_use]
    pub fn into_fields(self) -> Fields {
        self.0
    }
}

/// The texts are the tests' own, so nothing needs masking.
impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (field, value) in &self.0 {
            write!(f, "{separator}{field}={value:?}")?;
            separator = " ";
        }
        Ok(())
    }
}
