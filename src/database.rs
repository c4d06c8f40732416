//! A config of any engine, by the scheme of its URL.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::place::Component;
use crate::postgres::{self, Keyword};
use crate::scheme::Engine;
use crate::secret::SecretStr;
use crate::warning::Warning;

/// A database of any engine that this crate reads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Database {
    /// Postgres, and what speaks its protocol.
    Postgres(postgres::Config),
}

impl Database {
    /// Which engine it is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// What was accepted, but may not be meant.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> + use<> {
        match self {
            Self::Postgres(config) => config.warnings(),
        }
    }

    /// Which database it is, whoever asks for it and however its URL is spelt.
    #[must_use]
    pub fn target(&self) -> Target {
        match self {
            Self::Postgres(config) => Target::of_postgres(config),
        }
    }

    /// The fields that are given, with the part of the text that gave each.
    pub(crate) fn fields(&self) -> Vec<(&'static str, Component)> {
        match self {
            Self::Postgres(config) => config
                .keywords()
                .map(|(keyword, _)| (keyword.component().as_str(), config.component(keyword)))
                .collect(),
        }
    }

    /// The environment variables that a driver of the engine reads by itself, each with whether it does so beside this
    /// config, which is where the config does not say the same thing.
    pub(crate) fn ambient(&self) -> impl Iterator<Item = (&'static str, bool)> {
        /// Read by libpq, but no keywords of their own (fe-connect.c, fe-protocol3.c).
        const OTHERS: &[&str] = &[
            "PGSERVICEFILE",
            "PGSYSCONFDIR",
            "PGREQUIRESSL",
            "PGDATESTYLE",
            "PGTZ",
            "PGGEQO",
        ];
        let Self::Postgres(config) = self;
        let keywords = Keyword::ALL
            .iter()
            .filter_map(|&keyword| Some((keyword.env()?, config.get(keyword).is_none())));
        keywords.chain(OTHERS.iter().map(|&name| (name, true)))
    }

    /// Whether both are reached with the same user and password.
    pub(crate) fn has_credentials_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Postgres(one), Self::Postgres(other)) => {
                one.user() == other.user() && one.password() == other.password()
            }
        }
    }

    /// Whether both are reached by the same user, but with different passwords: one of them is an old copy.
    pub(crate) fn is_stale_against(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Postgres(one), Self::Postgres(other)) => {
                one.user() == other.user() && one.password() != other.password()
            }
        }
    }
}

/// The identity of a database: its engine, its servers with their ports, and its name, defaults filled in. The spelling
/// of the scheme, the credentials and the other settings do not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    engine: &'static str,
    hosts: Vec<(String, u16)>,
    database: String,
    /// A section of libpq's service file may say anything that the text does not.
    service: String,
}

impl Target {
    fn of_postgres(config: &postgres::Config) -> Self {
        let port = config.default_port();
        let given = |text: Option<&'_ str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        let mut hosts: Vec<_> = config
            .hosts()
            .map(|host| {
                // Names of hosts are of no case, paths of sockets are.
                let name = given(host.host())
                    .or_else(|| given(host.hostaddr()))
                    .unwrap_or_default();
                let name = if host.is_socket() {
                    name
                } else {
                    name.to_ascii_lowercase()
                };
                (name, host.port().unwrap_or(port))
            })
            .collect();
        if hosts.is_empty() {
            hosts.push((String::new(), port));
        }
        let database = given(config.dbname())
            .or_else(|| given(config.user()))
            .unwrap_or_default();
        Self {
            engine: Engine::Postgres.as_str(),
            hosts,
            database,
            service: given(config.get(Keyword::Service).map(SecretStr::expose)).unwrap_or_default(),
        }
    }

    /// The servers, each a host in lower case (empty: the driver's default) and a port.
    pub fn hosts(&self) -> impl Iterator<Item = (&str, u16)> {
        self.hosts.iter().map(|(host, port)| (host.as_str(), *port))
    }

    /// The database's name; the user's where none is given.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.database
    }
}

impl From<postgres::Config> for Database {
    fn from(config: postgres::Config) -> Self {
        Self::Postgres(config)
    }
}

impl FromStr for Database {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self::Postgres)
    }
}

impl TryFrom<&str> for Database {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        text.parse()
    }
}

/// The URL, masked.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Postgres(config) => config.fmt(f),
        }
    }
}
