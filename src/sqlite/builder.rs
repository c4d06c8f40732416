//! A builder with a method for each part of an `SQLite` URL.

use std::fmt;

use crate::config::store::Store;
use crate::config::{self, Location};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::span::{Component, Span};
use crate::sqlite::config::{Cache, Config, Family, MEMORY, Mode, NAME, PASSWORD};
use crate::sqlite::parse;
use crate::warning::{WarningCode, WarningSet};

/// A config in the making, as a family writes it: [`build`](Self::build) reports all that is wrong. A later value of a part
/// replaces an earlier one. Nothing needs escaping.
///
/// ```
/// use database_url::sqlite::{Config, Family, Mode};
///
/// let config = Config::builder(Family::Uri).path("/srv/app.db").mode(Mode::ReadOnly).build()?;
/// assert_eq!(config.to_url()?.expose(), "file:/srv/app.db?mode=ro");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Builder {
    family: Family,
    path: Secret,
    password: Option<Secret>,
    params: Vec<(Secret, Secret)>,
}

impl Config {
    /// A config of a path, or of `:memory:`.
    ///
    /// # Errors
    ///
    /// If the path is empty or holds a NUL byte, or is one that the family cannot write.
    pub fn from_path(family: Family, path: &str) -> Result<Self, Error> {
        Self::builder(family).path(path).build()
    }

    /// A builder for a URL of a family, with nothing set.
    pub fn builder(family: Family) -> Builder {
        Builder {
            family,
            path: Secret::from(""),
            password: None,
            params: Vec::new(),
        }
    }
}

impl Builder {
    /// Sets the path of the file, or `:memory:`.
    pub fn path(mut self, path: &str) -> Self {
        self.path = path.into();
        self
    }

    /// Sets the database in memory: [`path`](Self::path) is `:memory:`.
    pub fn memory(self) -> Self {
        self.path(MEMORY)
    }

    /// Sets the passphrase of `SQLCipher`, which only [`Family::Python`] has in its URL.
    pub fn password(mut self, password: &str) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Sets `mode`: whether the file is written, and created.
    pub fn mode(self, mode: Mode) -> Self {
        self.set("mode", mode.as_str())
    }

    /// Sets `cache`: whether the connections of a process share one.
    pub fn cache(self, cache: Cache) -> Self {
        self.set("cache", cache.as_str())
    }

    /// Sets `immutable`, as `1` or `0`: whether no one changes the file, so that it is neither locked nor watched.
    pub fn immutable(self, immutable: bool) -> Self {
        self.set("immutable", if immutable { "1" } else { "0" })
    }

    /// Sets `vfs`: the name of the operating system's interface.
    pub fn vfs(self, name: &str) -> Self {
        self.set("vfs", name)
    }

    /// Sets `journal_mode`, a pragma that drivers take from the query.
    pub fn journal_mode(self, mode: &str) -> Self {
        self.set("journal_mode", mode)
    }

    /// Adds a parameter, such as a pragma of a driver (`_pragma`, which may be given several times).
    pub fn param(mut self, name: &str, value: &str) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.params.retain(|(known, _)| known.expose() != name);
        self.param(name, value)
    }

    /// The config.
    ///
    /// # Errors
    ///
    /// If the path is empty, holds a NUL byte, or is one that the family cannot write; if the family has no passphrase; or if a
    /// parameter has no name, or a value that it does not take. All of these are one error: see [`Error::iter`].
    pub fn build(self) -> Result<Config, Error> {
        let mut failures = Vec::new();
        if let Some(password) = &self.password {
            failures.extend(self.takes_password(password.expose()).err());
        }
        let params = self.params.iter();
        let params = params.map(|(name, value)| (name.expose(), value.expose()));
        let mut valid = Vec::new();
        for (name, value) in params {
            match check_param(name, value) {
                Ok(()) => valid.push((name, value)),
                Err(error) => failures.push(error),
            }
        }
        let built = self.config(&valid);
        failures.extend(built.as_ref().err().cloned());
        Error::together(failures).and(built)
    }

    fn takes_password(&self, password: &str) -> Result<(), Error> {
        Location::Caller.check_nul(|| Component::Password, password)?;
        let (detail, help) = if self.family != Family::Python {
            let help = "give it as the parameter that the driver has for it, such as `key`";
            ("only URLs of Python's programs have one", help)
        } else if password.is_empty() {
            ("expected a passphrase", "leave it out")
        } else {
            return Ok(());
        };
        let error = Error::new(ErrorKind::InvalidValue, detail).of(Component::Password);
        Err(error.with_help(help))
    }

    /// The config of what is valid by itself. What a path means is the family's rule.
    fn config(&self, params: &[(&str, &str)]) -> Result<Config, Error> {
        let password = self.password.as_ref().map(Secret::expose);
        let password = password.filter(|text| self.takes_password(text).is_ok());
        let scheme = match self.family {
            Family::Python if password.is_some() => "sqlite+pysqlcipher",
            Family::Python | Family::Sqlx => "sqlite",
            Family::Rails => "sqlite3",
            Family::Uri => "file",
        };
        let is_repeated = parse::repeated(params.iter().copied())
            .map_err(|error| error.with_detail("these parameters cannot be used together"))?;
        let path = self.path.expose();
        let path = Location::Caller
            .check_nul(|| Component::Database, path)
            .and_then(|()| parse::check_path(self.family, path, Span::default()))
            .map_err(|error| error.without_span().with_detail("this path cannot be used"))?;
        let mut values = vec![(NAME, path)];
        values.extend(password.map(|text| (PASSWORD, text)));
        let mut warnings = WarningSet::default();
        if is_repeated {
            warnings.insert(WarningCode::RepeatedSetting);
        }
        let config = Config {
            store: Store::build(scheme, &values, params),
            scheme: Span::new(0, scheme.len()),
            family: self.family,
            warnings,
        };
        // A URL is bounded.
        config.to_url()?;
        Ok(config)
    }
}

fn check_param(name: &str, value: &str) -> Result<(), Error> {
    if name.contains('\0') || value.contains('\0') {
        return Err(config::nul().of(Component::Query));
    }
    if name.is_empty() {
        let error = Error::new(ErrorKind::InvalidName, "a parameter needs a name");
        return Err(error.of(Component::Query));
    }
    parse::check(name, value, Span::default()).map_err(Error::without_span)
}

/// How many parameters there are, and no value.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("family", &self.family)
            .field("params", &self.params.len())
            .finish_non_exhaustive()
    }
}
