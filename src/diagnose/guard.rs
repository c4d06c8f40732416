//! Whether a database is what a destructive script expects.

use std::net::IpAddr;

use crate::config::value::Host;
use crate::database::Database;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::postgres::Keyword;
use crate::secret::SecretStr;
use crate::span::Component;
use crate::vars::Vars;

/// What a database has to be before a script may drop it, empty it or fill it with test data.
///
/// ```
/// use database_url::{Database, Guard, Vars};
///
/// let guard = Guard::new().local().test();
/// let database: Database = "postgres://app@localhost/shop_test".parse()?;
/// guard.check(&database, &Vars::new())?;
/// let production: Database = "postgres://app:hunter2@db.example/shop".parse()?;
/// let error = guard.check(&production, &Vars::new()).unwrap_err();
/// assert_eq!(error.to_string(), "unexpected database in host: expected this machine, found `db.example`");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Guard {
    is_local: bool,
    is_test: bool,
    names: Vec<Name>,
    also: Vec<String>,
}

/// One database by its host, with or without a port, and its name.
#[derive(Clone)]
struct Name {
    host: String,
    port: Option<u16>,
    database: String,
}

/// It is typed by people, and may be a URL by mistake.
impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Name").finish_non_exhaustive()
    }
}

impl Guard {
    /// Expects nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects every host to be this machine: a loopback address, `localhost`, a socket, a file, or one that
    /// [`also`](Self::also) names.
    pub const fn local(mut self) -> Self {
        self.is_local = true;
        self
    }

    /// Expects the database's name to have the word `test`, split at `_` and `-`: `shop_test`, and not `latest`.
    pub const fn test(mut self) -> Self {
        self.is_test = true;
        self
    }

    /// Expects one database: `local`, `test`, or `HOST/DATABASE`, where the host may have a port. All that is expected has to
    /// be met.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidValue`], if it is not one of the three.
    pub fn expect(mut self, expected: &str) -> Result<Self, Error> {
        match expected {
            "local" => return Ok(self.local()),
            "test" => return Ok(self.test()),
            _ => {}
        }
        let name = expected.rsplit_once('/').filter(|(host, database)| {
            !database.is_empty() && !host.contains(['@', '?']) && !host.contains("//")
        });
        let Some((host, database)) = name else {
            let detail = "expected `local`, `test` or HOST/DATABASE";
            let help = "give the host and the name of the database, without scheme and credentials";
            return Err(Error::new(ErrorKind::InvalidValue, detail)
                .of(Component::Setting("expect"))
                .with_help(help));
        };
        let port = host
            .rsplit_once(':')
            .filter(|(host, _)| !host.contains(':') || host.ends_with(']'));
        let port = port.and_then(|(host, port)| Some((host, port.parse().ok()?)));
        let (host, port) = port.map_or((host, None), |(host, port)| (host, Some(port)));
        let host = host.trim_start_matches('[').trim_end_matches(']');
        self.names.push(Name {
            host: host.to_ascii_lowercase(),
            port,
            database: database.to_owned(),
        });
        Ok(self)
    }

    /// A host that counts as this machine, such as the name of a container.
    pub fn also(mut self, host: &str) -> Self {
        self.also.push(host.to_ascii_lowercase());
        self
    }

    /// Whether the database is what is expected. The variables are those that a driver would also read: with `PGHOSTADDR` set,
    /// libpq connects elsewhere than the config says.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnexpectedDatabase`], if it is not.
    pub fn check(&self, database: &Database, vars: &Vars) -> Result<(), Error> {
        if let Some(name) = redirection(database, vars) {
            let detail = format!("{name} is set, and drivers connect to what it names");
            let help = format!("unset {name}, or pass `--complete`");
            return Err(unexpected(Component::Host, detail, help));
        }
        if self.is_local {
            self.check_local(database)?;
        }
        if self.is_test && !has_word_test(database) {
            let found = database.target().masked_database().into_owned();
            let detail = format!("expected a name with the word `test`, found `{found}`");
            let help = "split at `_` and `-`, as in `shop_test`";
            return Err(unexpected(Component::Database, detail, help.to_owned()));
        }
        self.names.iter().try_for_each(|name| name.check(database))
    }

    fn check_local(&self, database: &Database) -> Result<(), Error> {
        let error = |found: &str| {
            let detail = format!("expected this machine, found {found}");
            let help = "use a database on this machine, or pass `--also HOST` for a host that counts as it";
            unexpected(Component::Host, detail, help.to_owned())
        };
        if is_elsewhere(database) {
            return Err(error("a server that the connection string does not name"));
        }
        let stranger = database.hosts().find(|host| !self.is_local(host));
        stranger.map_or(Ok(()), |host| Err(error(&shown_host(&host))))
    }

    fn is_local(&self, host: &Host<'_>) -> bool {
        let is_also = |name: &str| self.also.iter().any(|also| also.eq_ignore_ascii_case(name));
        // libpq connects to the address, whatever the host is.
        let connected = host
            .hostaddr()
            .filter(|address| !address.is_empty())
            .or(host.host());
        host.is_socket() || connected.is_none_or(|name| is_this_machine(name) || is_also(name))
    }
}

impl Name {
    fn check(&self, database: &Database) -> Result<(), Error> {
        let target = database.target();
        if target.engine() == Engine::Sqlite {
            let path = format!("{}/{}", self.host, self.database);
            return if target.database().eq_ignore_ascii_case(&path) {
                Ok(())
            } else {
                Err(another(database, Component::Database))
            };
        }
        let is_host = |(host, port): (&str, u16)| {
            host.eq_ignore_ascii_case(&self.host)
                && self.port.is_none_or(|expected| expected == port)
        };
        let is_redirected = database.hosts().any(|host| {
            host.hostaddr().is_some_and(|address| {
                host.host().is_some() && !address.eq_ignore_ascii_case(&self.host)
            })
        });
        if is_redirected || is_elsewhere(database) || !target.hosts().all(is_host) {
            return Err(another(database, Component::Host));
        }
        if target.database() != self.database {
            return Err(another(database, Component::Database));
        }
        Ok(())
    }
}

/// What was expected may be a secret by mistake, so only what was found is shown.
fn another(database: &Database, component: Component) -> Error {
    let found = match component {
        Component::Host => database
            .hosts()
            .next()
            .map_or_else(|| "no host".to_owned(), |host| shown_host(&host)),
        _ => format!("`{}`", database.target().masked_database()),
    };
    let detail = format!("expected another one, found {found}");
    let help = "run `dburl explain` to see where it comes from";
    unexpected(component, detail, help.to_owned())
}

fn unexpected(component: Component, detail: String, help: String) -> Error {
    Error::new(ErrorKind::UnexpectedDatabase, detail)
        .of(component)
        .with_help(help)
}

fn shown_host(host: &Host<'_>) -> String {
    let name = host.masked_hostaddr().or(host.masked_host());
    format!("`{}`", name.unwrap_or_default())
}

/// Whether the connection is made to what neither the hosts nor a socket name: a section of a service file, or a network of a
/// program's own.
fn is_elsewhere(database: &Database) -> bool {
    match database {
        Database::Postgres(config) => config
            .get(Keyword::Service)
            .is_some_and(|service| !service.is_empty()),
        Database::MySql(config) => config.address().is_some(),
        _ => false,
    }
}

/// A variable that is set, and that decides which server or database a driver connects to.
fn redirection(database: &Database, vars: &Vars) -> Option<&'static str> {
    const DECIDING: &[&str] = &[
        "PGHOST",
        "PGHOSTADDR",
        "PGDATABASE",
        "PGSERVICE",
        "MYSQL_HOST",
        "MYSQL_UNIX_PORT",
    ];
    let ambient = database.ambient().into_iter();
    let mut applying = ambient.filter(|(name, applies)| *applies && DECIDING.contains(name));
    let is_unset = |name: &str| {
        vars.get(name)
            .is_ok_and(|value| value.is_none_or(SecretStr::is_empty))
    };
    applying
        .find(|(name, _)| !is_unset(name))
        .map(|(name, _)| name)
}

fn has_word_test(database: &Database) -> bool {
    let target = database.target();
    let name = target.database();
    // Of a file its name without folder and extension.
    let name = if target.engine() == Engine::Sqlite {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    } else {
        name
    };
    name.split(['_', '-'])
        .any(|word| word.eq_ignore_ascii_case("test"))
}

/// A name or an address of the loopback interface; an empty one is the driver's default, which is this machine.
pub(crate) fn is_this_machine(name: &str) -> bool {
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    let is_loopback = |address: IpAddr| match address {
        IpAddr::V4(address) => address.is_loopback(),
        IpAddr::V6(address) => {
            let mapped = address.to_ipv4_mapped();
            address.is_loopback() || mapped.is_some_and(|address| address.is_loopback())
        }
    };
    name.is_empty()
        || name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(is_loopback)
}
