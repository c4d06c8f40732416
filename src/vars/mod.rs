//! A snapshot of config vars: the process environment, files of variables, or a map of a test's own.

mod dotenv;
pub(crate) mod file;
mod heroku;
mod secret_file;

use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt;

use crate::error::{Error, ErrorKind};
use crate::secret::{Secret, SecretBytes, SecretStr};
use crate::shown;
use crate::sorted;
use crate::source::{FileLocation, Source};
use crate::template::Lookup;
use crate::warning::Warning;

pub(crate) use crate::template::{is_conventional, is_name};

/// Environment variables, as they were when the snapshot was taken.
///
/// It holds every secret of a process: values are masked in `Debug` and wiped on drop. A variable that cannot be read, such
/// as one whose value is not Unicode, is kept and reported by name, never dropped.
///
/// ```
/// use database_url::Vars;
///
/// let vars = Vars::from([("DATABASE_URL", "postgres://app:hunter2@db.example/shop")]);
/// assert_eq!(format!("{vars:?}"), r#"{"DATABASE_URL": ****}"#);
/// ```
///
/// # Files of variables
///
/// Nothing is read unasked. [`with_dotenv_path`](Self::with_dotenv_path) puts a `.env` file below the variables that there are
/// already, which win; [`from_heroku_path`](Self::from_heroku_path) reads what `heroku config --json` or `--shell` has
/// printed; [`with_secret_files`](Self::with_secret_files) reads the files that `NAME_FILE` names.
/// [`origin`](Self::origin) tells which file a variable is from, [`warnings`](Self::warnings) what other readers of the
/// same file would make of it.
///
/// ```
/// use database_url::{Vars, postgres};
///
/// let process = Vars::from([("DB_PASSWORD", "hunter2")]);
/// let file = "export DB_USER=app # inline\nDATABASE_URL=\"postgres://$DB_USER:${DB_PASSWORD}@db.example/shop\"\n";
/// let vars = process.with_dotenv_str(".env", file)?;
/// let db = postgres::Config::resolve(&vars)?;
/// assert_eq!(db.to_string(), "postgres://app:****@db.example/shop (from DATABASE_URL)");
/// assert_eq!(vars.origin("DATABASE_URL").expect("a file").to_string(), ".env:2:1");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Vars {
    variables: HashMap<String, HeldVariable>,
    warnings: Vec<Warning>,
}

/// A variable's value, and where it is from.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct HeldVariable {
    /// Whether it is text is found out by the reader of the value: most variables of a process have none. An error is reported to
    /// the reader, too.
    value: Result<SecretBytes, Error>,
    /// `None`: the variable was handed over as it is.
    origin: Option<Box<Source>>,
    /// How many layers are above: of a name and its `NAME_FILE`, the upper one wins.
    layer: usize,
}

impl HeldVariable {
    fn new(value: Result<Secret, Error>, origin: Option<Source>) -> Self {
        Self {
            value: value.map(SecretBytes::from),
            origin: origin.map(Box::new),
            layer: 0,
        }
    }

    /// The value, be it text or not; nothing of one that cannot be read.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.value.as_ref().map_or(&[], SecretBytes::expose)
    }

    /// The value of the variable that has this name.
    pub(crate) fn text(&self, name: &str) -> Result<SecretStr<'_>, Error> {
        let value = self.value.as_ref().map_err(Clone::clone)?;
        value.text().ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidUtf8,
                "the variable's value is not Unicode",
            )
            .with_source(&Source::ConfigVar(name.to_owned()))
            .with_help(
                "set the variable again; a password with other bytes is written with percent escapes",
            )
        })
    }
}

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
        reason = "nothing else reads the process environment"
    )]
    pub fn from_process() -> Self {
        Self::from_environ(std::env::vars_os())
    }

    /// The variables of an environment, in its order. Where a name is there twice, the first counts, as for `getenv`, which
    /// is what the program's driver asks.
    fn from_environ(environ: impl Iterator<Item = (OsString, OsString)>) -> Self {
        let mut variables = HashMap::with_capacity(environ.size_hint().0);
        for (name, value) in environ {
            let lossy = |name: OsString| name.to_string_lossy().into_owned();
            let name = name.into_string().unwrap_or_else(lossy);
            let value = SecretBytes::new(value.into_encoded_bytes());
            variables.entry(name).or_insert(HeldVariable {
                value: Ok(value),
                origin: None,
                layer: 0,
            });
        }
        Self::of(variables)
    }

    const fn of(variables: HashMap<String, HeldVariable>) -> Self {
        Self {
            variables,
            warnings: Vec::new(),
        }
    }

    /// A source as messages name it, with the file and line that a variable was read from: `DATABASE_URL (.env:3)`.
    pub(crate) fn label(&self, source: &Source) -> String {
        let origin = match source {
            Source::ConfigVar(name) => self.origin(name),
            _ => None,
        };
        let Some(origin) = origin else {
            return source.to_string();
        };
        let location = origin.file().map(|location| match location.position() {
            Some(position) => format!("{}:{}", location.path(), position.line()),
            None => location.path().to_owned(),
        });
        let location = location.unwrap_or_else(|| origin.to_string());
        format!("{source} ({location})")
    }

    /// These variables, and below them others: of a variable that both have, the value of `below` is dropped.
    #[must_use]
    pub fn or(mut self, below: Self) -> Self {
        let layers = self.layers();
        for (name, mut variable) in below.variables {
            variable.layer += layers;
            self.variables.entry(name).or_insert(variable);
        }
        self.warnings.extend(below.warnings);
        self
    }

    fn layers(&self) -> usize {
        let layers = self.variables.values().map(|variable| variable.layer + 1);
        layers.max().unwrap_or(0)
    }

    /// A variable's value; set but empty is `Some("")`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidUtf8`] if the value is not Unicode; of a variable of a file, why it has no value.
    pub fn get(&self, name: &str) -> Result<Option<SecretStr<'_>>, Error> {
        let variable = self.variables.get(name);
        variable.map(|variable| variable.text(name)).transpose()
    }

    /// Sets a variable, or why it has no value, and where that is from.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn set(&mut self, name: &str, value: Result<Secret, Error>, origin: Source) {
        let variable = HeldVariable::new(value, Some(origin));
        self.variables.insert(name.to_owned(), variable);
    }

    /// Gives variables the values that they have in `newer`, but for those that `upper` has.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn replace(&mut self, newer: &Self, upper: &Self) {
        let newer = newer.variables.iter();
        let newer = newer.filter(|(name, _)| !upper.is_set(name));
        let newer = newer.map(|(name, variable)| (name.clone(), variable.clone()));
        self.variables.extend(newer);
    }

    /// Takes a variable out.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn remove(&mut self, name: &str) {
        self.variables.remove(name);
    }

    /// Whether a variable is set, be it empty or not readable.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    /// Whether there is a variable whose name begins so.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn has_prefix(&self, prefix: &str) -> bool {
        self.variables.keys().any(|name| name.starts_with(prefix))
    }

    /// The names of all variables, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.variables.keys().map(String::as_str).collect();
        sorted::by(names, &Ord::cmp).into_iter()
    }

    /// All variables, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &HeldVariable)> {
        let variables = self.variables.iter();
        variables.map(|(name, variable)| (name.as_str(), variable))
    }

    /// Where a variable is from: its location in a file of variables, or the `NAME_FILE` that named a file with its value.
    /// `None` for one of the process, and for one that is not set.
    #[must_use]
    pub fn origin(&self, name: &str) -> Option<&Source> {
        self.variables.get(name)?.origin.as_deref()
    }

    /// What was accepted in files of variables, but may not be meant, or is not what other readers of such files take it
    /// for.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// What a location in a file of variables is called in messages: the name itself is no secret only if it is a conventional one,
/// since a value can be in the place of a name.
fn location(path: &str, position: crate::span::Position, name: &str) -> Source {
    let name = if is_conventional(name) { name } else { "" };
    Source::File(FileLocation::new(path, Some(position), name))
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Vars {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(vars: I) -> Self {
        let variable = |(name, value): (K, V)| {
            let value = Secret::from(value.into());
            (name.into(), HeldVariable::new(Ok(value), None))
        };
        Self::of(vars.into_iter().map(variable).collect())
    }
}

impl<K: Into<String>, V: Into<String>, const N: usize> From<[(K, V); N]> for Vars {
    fn from(vars: [(K, V); N]) -> Self {
        vars.into_iter().collect()
    }
}

impl Lookup for Vars {
    fn get(&self, name: &str) -> Result<Option<SecretStr<'_>>, Error> {
        self.get(name)
    }
}

impl fmt::Debug for Vars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(
                self.names()
                    .map(|name| (shown::name(name), SecretStr::new(""))),
            )
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `execve` takes any list of strings, and programs hand duplicates on.
    #[test]
    fn of_a_name_that_is_there_twice_the_first_counts() {
        let environ = [("A", "1"), ("B", "2"), ("A", "3"), ("B", "2"), ("A", "")];
        let environ = environ.map(|(name, value)| (name.into(), value.into()));
        let vars = Vars::from_environ(environ.into_iter());
        let value = |name| {
            vars.get(name)
                .ok()
                .flatten()
                .map(|value| value.expose().to_owned())
        };
        assert_eq!(value("A").as_deref(), Some("1"));
        assert_eq!(value("B").as_deref(), Some("2"));
        assert_eq!(vars.names().collect::<Vec<_>>(), ["A", "B"]);
    }
}
