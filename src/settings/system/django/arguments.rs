//! The arguments of dj-database-url.

use std::fmt;

use crate::config::value::Setting;
use crate::error::{Error, ErrorKind};
use crate::shown;

/// The arguments of `dj_database_url.config()`, without its default.
///
/// ```
/// use database_url::Vars;
/// use database_url::settings::{DjangoArguments, Settings, System};
///
/// let vars = Vars::from([("REPORTS_URL", "postgres://app:hunter2@db.example/shop")]);
/// let arguments = DjangoArguments::new().env("REPORTS_URL").ssl_require(true).conn_max_age(600);
/// let db = Settings::without_file(System::Django).with_django(arguments).resolve(&vars)?;
/// assert_eq!(db.to_string(), "postgres://app:****@db.example/shop?sslmode=require (from REPORTS_URL)");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Arguments {
    pub(super) env: Option<String>,
    pub(super) engine: Option<String>,
    pub(super) ssl_require: bool,
    pub(super) settings: Vec<(&'static str, Setting)>,
}

/// No name that is no identifier is shown.
impl fmt::Debug for Arguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arguments")
            .field("env", &self.env.as_deref().map(shown::name))
            .field("engine", &self.engine.as_deref().map(shown::name))
            .field("ssl_require", &self.ssl_require)
            .field("settings", &self.settings)
            .finish()
    }
}

impl Arguments {
    /// None given.
    pub fn new() -> Self {
        Self::default()
    }

    /// `env`: the variable that holds the URL, in place of `DATABASE_URL`.
    pub fn env(mut self, name: &str) -> Self {
        self.env = Some(name.to_owned());
        self
    }

    /// `engine`: the backend, in place of the one that the scheme means. It has to be of the same engine.
    pub fn engine(mut self, backend: &str) -> Self {
        self.engine = Some(backend.to_owned());
        self
    }

    /// `conn_max_age`, in seconds; kept for Django.
    pub fn conn_max_age(self, seconds: i64) -> Self {
        self.setting("CONN_MAX_AGE", Setting::Integer(seconds))
    }

    /// `conn_health_checks`; kept for Django.
    pub fn conn_health_checks(self, is_on: bool) -> Self {
        self.setting("CONN_HEALTH_CHECKS", Setting::Bool(is_on))
    }

    /// `disable_server_side_cursors`; kept for Django.
    pub fn disable_server_side_cursors(self, is_on: bool) -> Self {
        self.setting("DISABLE_SERVER_SIDE_CURSORS", Setting::Bool(is_on))
    }

    /// `test_options`; kept for Django.
    pub fn test_options(self, options: Setting) -> Self {
        self.setting("TEST", options)
    }

    /// `ssl_require`: TLS is demanded.
    pub const fn ssl_require(mut self, is_on: bool) -> Self {
        self.ssl_require = is_on;
        self
    }

    /// An argument by its name in Python, from a string: `ssl_require=true`, `conn_max_age=600`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownKey`] or [`ErrorKind::InvalidValue`].
    pub fn with(self, name: &str, text: &str) -> Result<Self, Error> {
        let truth = || match text {
            "true" | "True" | "1" => Ok(true),
            "false" | "False" | "0" => Ok(false),
            _ => Err(Error::new(
                ErrorKind::InvalidValue,
                "expected `true` or `false`",
            )),
        };
        match name {
            "env" => Ok(self.env(text)),
            "engine" => Ok(self.engine(text)),
            "ssl_require" => Ok(self.ssl_require(truth()?)),
            "conn_health_checks" => Ok(self.conn_health_checks(truth()?)),
            "disable_server_side_cursors" => Ok(self.disable_server_side_cursors(truth()?)),
            "conn_max_age" => {
                let seconds = text.parse().map_err(|_| {
                    Error::new(ErrorKind::InvalidValue, "expected a whole number of seconds")
                })?;
                Ok(self.conn_max_age(seconds))
            }
            _ => Err(Error::new(ErrorKind::UnknownKey, "expected an argument of dj-database-url")
                .with_help("env, engine, ssl_require, conn_max_age, conn_health_checks or disable_server_side_cursors")),
        }
    }

    fn setting(mut self, name: &'static str, setting: Setting) -> Self {
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, setting));
        self
    }
}
