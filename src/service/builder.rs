//! A builder with a method for each part of a service's URL.

use std::fmt;

use crate::config::Location;
use crate::config::url::{DATABASE, PASSWORD, SOCKET, USER};
use crate::engine::Path;
use crate::error::Error;
use crate::secret::Secret;
use crate::service::assembly::Assembly;
use crate::service::config::Config;

/// A config in the making, of the service that a scheme names: every part of a URL has a method, and [`build`](Self::build)
/// reports all that is wrong. A later value of a part replaces an earlier one. Nothing needs escaping.
///
/// ```
/// use database_url::service::Config;
///
/// let config = Config::builder("mongodb")
///     .hosts([("db1.example", Some(27018)), ("db2.example", None)])
///     .user("app")
///     .password("p@ss/word")
///     .dbname("shop")
///     .param("replicaSet", "rs0")
///     .build()?;
/// assert_eq!(
///     config.to_url()?.expose(),
///     "mongodb://app:p%40ss%2Fword@db1.example:27018,db2.example/shop?replicaSet=rs0",
/// );
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Builder {
    scheme: Secret,
    parts: Vec<(Part, Secret)>,
    hosts: Vec<(Secret, Option<u16>)>,
    port: Option<u16>,
    params: Vec<(Secret, Secret)>,
}

/// What a value is of.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Slot(usize),
    Name(Path),
}

impl Config {
    /// A builder for the service of a scheme, such as `rediss` or `mongodb+srv`, with nothing set.
    pub fn builder(scheme: &str) -> Builder {
        Builder {
            scheme: Secret::from(scheme.to_ascii_lowercase()),
            parts: Vec::new(),
            hosts: Vec::new(),
            port: None,
            params: Vec::new(),
        }
    }
}

impl Builder {
    /// Sets the user.
    pub fn user(self, user: &str) -> Self {
        self.part(Part::Slot(USER), user)
    }

    /// Sets the password; where there is no user, the empty one is set, too.
    pub fn password(self, password: &str) -> Self {
        self.part(Part::Slot(PASSWORD), password)
    }

    /// Sets the only server: a name or an address without brackets.
    pub fn host(mut self, host: &str) -> Self {
        self.hosts = vec![(host.into(), None)];
        self
    }

    /// Sets the port of every server that has none of its own.
    pub const fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Sets the servers, in order, as [`Config::with_hosts`] takes them.
    pub fn hosts<'h>(mut self, hosts: impl IntoIterator<Item = (&'h str, Option<u16>)>) -> Self {
        let hosts = hosts.into_iter();
        self.hosts = hosts.map(|(host, port)| (host.into(), port)).collect();
        self
    }

    /// Sets the path of a Unix socket, which is used instead of servers.
    pub fn socket(self, path: &str) -> Self {
        self.part(Part::Slot(SOCKET), path)
    }

    /// Sets the database: a name, a number of Redis, a vhost of AMQP.
    #[doc(alias = "database name")]
    pub fn dbname(self, name: &str) -> Self {
        self.part(Part::Slot(DATABASE), name)
    }

    /// Redis Sentinel: sets the name of the service.
    pub fn sentinel_service(self, name: &str) -> Self {
        self.part(Part::Name(Path::Sentinel), name)
    }

    /// SQL Server: sets the instance, the path of `sqlserver://`.
    pub fn instance(self, name: &str) -> Self {
        self.part(Part::Name(Path::Instance), name)
    }

    /// Adds a parameter by the name that the service's drivers have for it, as in a query. One that drivers take for another
    /// part of the URL (`db` of Redis) sets that part.
    pub fn param(mut self, name: &str, value: &str) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    fn part(mut self, part: Part, text: &str) -> Self {
        self.parts.retain(|(known, _)| *known != part);
        self.parts.push((part, text.into()));
        self
    }

    /// The config.
    ///
    /// # Errors
    ///
    /// If the scheme is not one of a service. Else all that the service does not take, as one error: see [`Error::iter`]. With TLS
    /// a contradiction is an error as in a URL: of `redis` with a parameter of TLS, say.
    pub fn build(self) -> Result<Config, Error> {
        let mut config = Assembly::new(self.scheme.expose()).map_err(Error::without_span)?;
        let mut failures = Vec::new();
        let has = |slot| self.parts.iter().any(|(part, _)| *part == Part::Slot(slot));
        if has(PASSWORD) && !has(USER) {
            failures.extend(config.set(USER, "", Location::Caller).err());
        }
        for (part, text) in &self.parts {
            let set = match *part {
                Part::Slot(slot) => config.set(slot, text.expose(), Location::Caller),
                Part::Name(path) => config.name(text.expose(), path),
            };
            failures.extend(set.err());
        }
        failures.extend(self.servers(&mut config).err());
        for (name, value) in &self.params {
            failures.extend(config.param(name.expose(), value.expose()).err());
        }
        let finished = config.finish();
        failures.extend(finished.as_ref().err().cloned());
        Error::together(failures).and(finished)
    }

    fn servers<'a>(&'a self, config: &mut Assembly<'a>) -> Result<(), Error> {
        let number = |port: Option<u16>| port.map_or_else(String::new, |port| port.to_string());
        if self.hosts.is_empty() {
            return self.port.map_or(Ok(()), |port| {
                config.server("", &port.to_string(), Default::default())
            });
        }
        let ports = self
            .hosts
            .iter()
            .map(|(_, port)| number(port.or(self.port)));
        let ports: Vec<_> = ports.collect();
        let hosts = self.hosts.iter().zip(&ports);
        let hosts: Vec<_> = hosts
            .map(|((host, _), port)| (host.expose(), &**port))
            .collect();
        config.server_list(&hosts, Default::default())
    }
}

/// How many parts there are, and no value.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("parts", &(self.parts.len() + self.hosts.len()))
            .field("params", &self.params.len())
            .finish_non_exhaustive()
    }
}
