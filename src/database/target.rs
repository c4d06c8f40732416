//! Which database it is: engine, servers and name.

use std::borrow::Cow;
use std::fmt;

use crate::config::value::Host;
use crate::engine::Engine;
use crate::mysql;
use crate::postgres::{self, Keyword};
use crate::secret::SecretStr;
use crate::service;
use crate::shown;
use crate::span::Component;
use crate::sqlite;

/// The identity of a database: its engine, its servers with their ports, and its name, defaults filled in. The spelling
/// of the scheme, the credentials and the other settings do not matter.
///
/// ```
/// use database_url::Database;
///
/// let one: Database = "postgres://app:hunter2@db.example/shop".parse()?;
/// let other: Database = "postgresql://admin@DB.example:5432/shop?sslmode=require".parse()?;
/// assert_eq!(one.target(), other.target());
/// assert_eq!(one.target().database(), "shop");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    engine: Engine,
    hosts: Vec<(String, u16)>,
    database: String,
    /// What else says where the database is: a section of libpq's service file, or a network of a Go program.
    other: String,
}

/// What looks like a misplaced password is masked.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts: Vec<_> = self.masked_hosts().collect();
        f.debug_struct("Target")
            .field("engine", &self.engine.as_str())
            .field("hosts", &hosts)
            .field("database", &self.masked_database())
            .finish_non_exhaustive()
    }
}

fn masked(component: Component, text: &str) -> Cow<'_, str> {
    shown::masked(text, shown::misplaced(component, text))
}

fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

fn owned(text: Option<&str>) -> String {
    given(text).unwrap_or_default().to_owned()
}

macro_rules! targets {
    ($($engine:ident: $of:ident;)*) => {
        $(
            impl $engine::Config {
                /// Which database it is, however its URL is spelled.
                #[must_use]
                pub fn target(&self) -> Target {
                    Target::$of(self)
                }
            }
        )*
    };
}

targets! {
    postgres: of_postgres;
    mysql: of_mysql;
    sqlite: of_sqlite;
    service: of_service;
}

impl Target {
    fn of_postgres(config: &postgres::Config) -> Self {
        let database = given(config.dbname()).or_else(|| given(config.user()));
        Self {
            engine: Engine::Postgres,
            hosts: servers(config.hosts(), None, config.default_port()),
            database: owned(database),
            other: owned(config.get(Keyword::Service).map(SecretStr::expose)),
        }
    }

    fn of_mysql(config: &mysql::Config) -> Self {
        Self {
            engine: Engine::MySql,
            hosts: servers(config.hosts(), config.socket(), config.default_port()),
            database: owned(config.dbname()),
            other: [config.net(), config.address()]
                .map(Option::unwrap_or_default)
                .concat(),
        }
    }

    fn of_service(config: &service::Config) -> Self {
        Self {
            engine: config.engine(),
            hosts: servers(config.hosts(), config.socket(), config.default_port()),
            database: config.database_meant(),
            other: owned(config.instance().or(config.sentinel_service())),
        }
    }

    /// A file is reached through no server.
    fn of_sqlite(config: &sqlite::Config) -> Self {
        Self {
            engine: Engine::Sqlite,
            hosts: Vec::new(),
            database: owned(config.dbname()),
            other: String::new(),
        }
    }

    /// The engine.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The servers, each a host in lower case (empty: the driver's default) and a port.
    pub fn hosts(&self) -> impl Iterator<Item = (&str, u16)> {
        self.hosts.iter().map(|(host, port)| (host.as_str(), *port))
    }

    /// The [`hosts`](Self::hosts) as they may be shown to anyone: each is `****` if one looks like a misplaced
    /// password, since a comma of the password may have split it.
    pub fn masked_hosts(&self) -> impl Iterator<Item = (&str, u16)> {
        let is_hidden = shown::hides_hosts(self.hosts().map(|(host, _)| host));
        self.hosts()
            .map(move |(host, port)| (shown::host(host, is_hidden), port))
    }

    /// The database's name; for Postgres the user's where none is given.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The database's name as it may be shown to everyone: what looks like a misplaced password is `****`.
    #[must_use]
    pub fn masked_database(&self) -> Cow<'_, str> {
        // Postgres' database is the user's where none is given.
        if self.engine == Engine::Sqlite {
            return shown::masked(&self.database, shown::misplaced_in_path(&self.database));
        }
        match masked(Component::User, &self.database) {
            user @ Cow::Owned(_) if self.engine == Engine::Postgres => user,
            _ => masked(Component::Database, &self.database),
        }
    }
}

/// Names of hosts are of no case, paths of sockets are. A socket comes before the hosts.
fn servers<'h>(
    hosts: impl Iterator<Item = Host<'h>>,
    socket: Option<&str>,
    default_port: u16,
) -> Vec<(String, u16)> {
    if let Some(socket) = socket {
        return vec![(socket.to_owned(), default_port)];
    }
    let mut servers: Vec<_> = hosts
        .map(|host| {
            let name = owned(given(host.host()).or_else(|| given(host.hostaddr())));
            let name = if host.is_socket() {
                name
            } else {
                name.to_ascii_lowercase()
            };
            (name, host.port().unwrap_or(default_port))
        })
        .collect();
    if servers.is_empty() {
        servers.push((String::new(), default_port));
    }
    servers
}
