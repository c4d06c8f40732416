//! A snapshot of config vars: the process environment, or a map of a test's own.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

use crate::error::{Error, ErrorKind};
use crate::provenance::Source;
use crate::secret::{Secret, SecretStr, wipe};

/// Environment variables, as they were when the snapshot was taken.
///
/// It holds every secret of a process: values are masked in `Debug` and wiped on drop. A variable whose value is not
/// Unicode is kept and reported by name, never dropped.
///
/// ```
/// use database_url::Vars;
///
/// let vars = Vars::from([("DATABASE_URL", "postgres://app:hunter2@db.example/shop")]);
/// assert_eq!(format!("{vars:?}"), r#"{"DATABASE_URL": ****}"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Vars(BTreeMap<String, Option<Secret>>);

impl Vars {
    /// No variables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The variables of this process. Nothing else in this crate reads the process environment.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the process environment"
    )]
    pub fn from_process() -> Self {
        let name = |name: OsString| name.to_string_lossy().into_owned();
        Self(
            std::env::vars_os()
                .map(|(var, value)| (name(var), text(value)))
                .collect(),
        )
    }

    /// A variable's value; set but empty is `Some("")`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidUtf8`] if the value is not Unicode.
    pub fn get(&self, name: &str) -> Result<Option<SecretStr<'_>>, Error> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Some(value)) => Ok(Some(value.view())),
            Some(None) => Err(Error::new(ErrorKind::InvalidUtf8, "the variable's value is not Unicode")
                .said_by(&Source::ConfigVar(name.to_owned()))
                .with_help("set the variable again; a password with other bytes is written with percent escapes")),
        }
    }

    /// Whether a variable is set, be it empty or not Unicode.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The names of all variables, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// A value as text; one that is not Unicode is not kept.
fn text(value: OsString) -> Option<Secret> {
    match value.into_string() {
        Ok(text) => Some(Secret::from(text)),
        Err(value) => {
            wipe(value.into_encoded_bytes());
            None
        }
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Vars {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(vars: I) -> Self {
        Self(
            vars.into_iter()
                .map(|(name, value)| (name.into(), Some(Secret::from(value.into()))))
                .collect(),
        )
    }
}

impl<K: Into<String>, V: Into<String>, const N: usize> From<[(K, V); N]> for Vars {
    fn from(vars: [(K, V); N]) -> Self {
        vars.into_iter().collect()
    }
}

impl fmt::Debug for Vars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.0.keys().map(|name| (name, SecretStr::new(""))))
            .finish()
    }
}

/// Whether a text that is no variable may be repeated in a message: a password has lower-case letters, a name has not.
pub(crate) fn is_conventional(name: &str) -> bool {
    is_name(name) && !name.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether a text can be a variable's name. A URL given by mistake cannot, and is then not repeated in any message.
pub(crate) fn is_name(text: &str) -> bool {
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !text.is_empty() && text.bytes().all(valid) && !text.as_bytes()[0].is_ascii_digit()
}
