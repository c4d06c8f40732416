//! A config of any engine, by the scheme of its URL.

mod ambient;
mod iter;
mod parse;
mod parts;
pub(crate) mod pool;
mod target;

use std::fmt;

use crate::config::extra::Extra;
use crate::config::tls_name::is_tls_name;
use crate::config::value::Host;
use crate::database::pool::Pool;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::postgres::{self, Keyword};
use crate::secret::{Secret, SecretStr};
use crate::service;
use crate::span::Component;
use crate::sqlite;
use crate::warning::Warning;

use iter::Iter;
pub use parse::ParseOptions;
pub(crate) use parts::{DatabaseParts, by_caller};
pub use target::Target;

/// A database of any engine that this crate reads.
#[doc(alias = "dsn")]
#[doc(alias = "connection string")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Database {
    /// Postgres, and what speaks its protocol.
    Postgres(postgres::Config),
    /// MySQL and MariaDB.
    MySql(mysql::Config),
    /// SQLite.
    Sqlite(sqlite::Config),
    /// Redis, MongoDB, AMQP, Neo4j, and the other services that platforms hand out.
    Service(service::Config),
}

/// One expression for the config of whichever engine.
macro_rules! each {
    ($database:expr, $config:ident => iter $value:expr) => {
        match $database {
            Database::Postgres($config) => Iter::Postgres($value),
            Database::MySql($config) => Iter::MySql($value),
            Database::Sqlite($config) => Iter::Sqlite($value),
            Database::Service($config) => Iter::Service($value),
        }
    };
    ($database:expr, $config:ident => $value:expr) => {
        match $database {
            Database::Postgres($config) => $value,
            Database::MySql($config) => $value,
            Database::Sqlite($config) => $value,
            Database::Service($config) => $value,
        }
    };
}

impl Database {
    /// Which engine it is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Postgres(_) => Engine::Postgres,
            Self::MySql(_) => Engine::MySql,
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Service(config) => config.engine(),
        }
    }

    /// The scheme as written, in lower case; `None` for a string that has none.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        each!(self, config => config.scheme())
    }

    /// The user's name.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        each!(self, config => config.user())
    }

    /// The password.
    #[must_use]
    pub fn password(&self) -> Option<SecretStr<'_>> {
        each!(self, config => config.password())
    }

    /// The servers to try, in order. Empty if none is given.
    pub fn hosts(&self) -> impl Iterator<Item = Host<'_>> + Clone {
        each!(self, config => iter config.hosts())
    }

    /// The path of a socket, where the engine keeps it apart from the hosts; Postgres does not.
    #[must_use]
    pub fn socket(&self) -> Option<&str> {
        match self {
            Self::Postgres(_) | Self::Sqlite(_) => None,
            Self::MySql(config) => config.socket(),
            Self::Service(config) => config.socket(),
        }
    }

    /// The database's name: what the path of a URL means for its engine.
    #[doc(alias = "database name")]
    #[must_use]
    pub fn dbname(&self) -> Option<&str> {
        each!(self, config => config.dbname())
    }

    /// The config as a URL, secrets included.
    ///
    /// # Errors
    ///
    /// If a URL cannot say it, as with a network of a Go DSN, or is longer than [`MAX_LEN`](crate::MAX_LEN).
    pub fn to_url(&self) -> Result<Secret, Error> {
        each!(self, config => config.to_url())
    }

    /// The config as a URL, secrets included, with the settings of MySQL under their canonical names.
    ///
    /// # Errors
    ///
    /// As [`to_url`](Self::to_url).
    pub fn to_canonical_url(&self) -> Result<Secret, Error> {
        match self {
            Self::MySql(config) => config.to_canonical_url(),
            other => other.to_url(),
        }
    }

    /// What was accepted, but may not be meant.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> + use<> {
        let warnings: Vec<_> = each!(self, config => config.warnings().collect());
        warnings.into_iter()
    }

    /// The same servers and settings with another database, such as one for each test.
    ///
    /// # Errors
    ///
    /// If the engine does not take the name. The database of SQLite is a file, so it takes none: use
    /// [`from_path`](sqlite::Config::from_path).
    pub fn with_dbname(self, dbname: &str) -> Result<Self, Error> {
        match self {
            Self::Postgres(config) => config.with_dbname(dbname).map(Self::Postgres),
            Self::MySql(config) => config.with_dbname(dbname).map(Self::MySql),
            Self::Service(config) => config.with_dbname(dbname).map(Self::Service),
            Self::Sqlite(_) => {
                let detail = "the database of SQLite is its file";
                let error = Error::new(ErrorKind::InvalidValue, detail).of(Component::Database);
                Err(error
                    .with_help("build a config of the other file with `sqlite::Config::from_path`"))
            }
        }
    }

    /// What the settings ask of a pool of connections.
    ///
    /// # Errors
    ///
    /// As [`postgres::Config::pool`].
    pub fn pool(&self) -> Result<Pool, Error> {
        each!(self, config => config.pool())
    }

    /// Which database it is, however its URL is spelled.
    #[must_use]
    pub fn target(&self) -> Target {
        each!(self, config => config.target())
    }

    /// The parameters that the engine knows nothing of, in order.
    pub fn extras(&self) -> impl Iterator<Item = Extra<'_>> {
        each!(self, config => iter config.extras())
    }

    /// The [`extras`](Self::extras) as names and values.
    pub(crate) fn extra_pairs(&self) -> impl Iterator<Item = (&str, SecretStr<'_>)> {
        each!(self, config => iter config.extra_pairs())
    }

    /// The fields that are given, with the part of the text that gave each.
    pub(crate) fn fields(&self) -> Vec<(&'static str, Component)> {
        match self {
            Self::Postgres(config) => config
                .keywords()
                .map(|(keyword, _)| (keyword.component().as_str(), config.component(keyword)))
                .collect(),
            Self::MySql(config) => config
                .keywords()
                .map(|(keyword, _)| (keyword.component().as_str(), config.component(keyword)))
                .collect(),
            Self::Sqlite(config) => config.fields().collect(),
            Self::Service(config) => config.fields().collect(),
        }
    }

    /// Whether both are reached with the same user and password.
    pub(crate) fn has_credentials_of(&self, other: &Self) -> bool {
        self.user() == other.user() && self.password() == other.password()
    }

    /// Whether both request the same TLS and, of Postgres, the same authentication and `options`.
    pub(crate) fn has_session_of(&self, other: &Self) -> bool {
        let of_tls = |database: &Self| -> Vec<_> {
            let extras = database.extra_pairs().filter(|(name, _)| is_tls_name(name));
            extras
                .map(|(name, value)| (name.to_owned(), value.expose().to_owned()))
                .collect()
        };
        if of_tls(self) != of_tls(other) {
            return false;
        }
        match (self, other) {
            (Self::Postgres(one), Self::Postgres(other)) => {
                let counts = |keyword: &Keyword| match keyword {
                    Keyword::SslMode => false,
                    Keyword::Options => true,
                    keyword => keyword.guards_connection(),
                };
                let mut counted = Keyword::ALL.iter().filter(|keyword| counts(keyword));
                let value = |config: &'_ postgres::Config, keyword: &Keyword| {
                    let given = config.get(*keyword).map(|value| value.expose().to_owned());
                    given.or_else(|| keyword.row().default.map(str::to_owned))
                };
                one.effective_sslmode() == other.effective_sslmode()
                    && counted.all(|keyword| value(one, keyword) == value(other, keyword))
            }
            (Self::MySql(one), Self::MySql(other)) => {
                let is_tls = |keyword: &mysql::Keyword| {
                    let name = keyword.as_str();
                    name.starts_with("ssl_") || name.starts_with("tls_")
                };
                let mut counted = mysql::Keyword::ALL.iter().filter(|keyword| is_tls(keyword));
                counted.all(|keyword| one.get(*keyword) == other.get(*keyword))
            }
            (Self::Service(one), Self::Service(other)) => one.tls() == other.tls(),
            _ => true,
        }
    }

    /// Whether both are reached by the same user, but with different passwords: one of them is an old copy.
    pub(crate) fn is_stale_against(&self, other: &Self) -> bool {
        self.user() == other.user() && self.password() != other.password()
    }
}

macro_rules! from {
    ($($engine:ident: $variant:ident),*) => {
        $(impl From<$engine::Config> for Database {
            fn from(config: $engine::Config) -> Self {
                Self::$variant(config)
            }
        })*
    };
}

from!(postgres: Postgres, mysql: MySql, sqlite: Sqlite, service: Service);

impl TryFrom<&str> for Database {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        text.parse()
    }
}

/// The URL, masked.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        each!(self, config => config.fmt(f))
    }
}
