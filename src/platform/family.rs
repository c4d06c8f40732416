//! Databases in parts by the names that apps and images use: `DB_HOST`, `POSTGRES_USER`, `MYSQL_DATABASE` and the like.
//!
//! A family is all variables of one prefix; parts of two families are never mixed. A family is complete if its host and its
//! database are set, or its database and the variable of its engine. All complete families must agree in what they both give;
//! the first that names an engine, by its prefix, by a variable or by its port, is used. A family without a host whose prefix
//! alone names the engine (what the images of Postgres and MySQL read) is used only where nothing else is set.

use crate::bytes::contains;
use crate::config::tls_name::is_tls_name;
use crate::database::{Database, DatabaseParts, by_caller};
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::platform::extended::extended;
use crate::platform::parts::{config_var, given};
use crate::sorted::Starts;
use crate::source::{Provenance, Source};
use crate::span::Component;
use crate::sqlite;
use crate::vars::Vars;
use crate::warning::{Warning, WarningCode};

type Row = (&'static str, Option<&'static str>);

/// The prefixes in order, each with the scheme that it names.
pub(super) const FAMILIES: &[Row] = &[
    ("DB_", None),
    ("DATABASE_", None),
    ("POSTGRES_", Some("postgres")),
    ("POSTGRESQL_", Some("postgres")),
    ("MYSQL_", Some("mysql")),
    ("MARIADB_", Some("mariadb")),
];
const STARTS: Starts = Starts::of(FAMILIES);

const ENGINE: &[&str] = &[
    "CONNECTION",
    "ADAPTER",
    "ENGINE",
    "DRIVER",
    "DIALECT",
    "CLIENT",
    "TYPE",
];
const HOST: &[&str] = &["HOST", "HOSTNAME", "SERVER"];
const PORT: &[&str] = &["PORT"];
const USER: &[&str] = &["USER", "USERNAME"];
const PASSWORD: &[&str] = &["PASSWORD", "PASS"];
const DATABASE: &[&str] = &["DATABASE", "NAME", "DB", "DBNAME", "DB_NAME"];
const TLS: &[&str] = &["SSLMODE", "SSL_MODE", "SSL"];
/// Of the images of MySQL and MariaDB: what `root` logs in with where no other user is named.
const ROOT_PASSWORD: &[&str] = &["ROOT_PASSWORD"];

/// What schemes are called elsewhere, after `django.db.backends.` and `pdo_`.
const SPELLINGS: &[(&str, &str)] = &[
    ("mysqli", "mysql"),
    ("psycopg2", "postgres"),
    ("better-sqlite3", "sqlite"),
];

/// A part, and the variable that gives it.
struct Part<'v> {
    name: String,
    value: &'v str,
}

/// The variables of one prefix.
struct Family<'v> {
    prefix: &'static str,
    /// The scheme that the prefix, a variable or the port names.
    scheme: Option<&'static str>,
    engine: Option<Part<'v>>,
    host: Option<Part<'v>>,
    port: Option<Part<'v>>,
    user: Option<Part<'v>>,
    password: Option<Part<'v>>,
    database: Option<Part<'v>>,
    tls: Option<Part<'v>>,
    /// The variable of a port that holds a link.
    link: Option<String>,
    vars: &'v Vars,
}

/// A database of a family.
pub(crate) struct Found {
    /// The variable that represents the family: its host's, else its database's.
    pub(crate) source: Source,
    pub(crate) content: Result<Content, Error>,
}

/// The database, the variable of each of its fields, and what to know of the choice.
pub(crate) struct Content {
    pub(crate) database: Database,
    pub(crate) fields: Vec<(&'static str, Provenance)>,
    pub(crate) warnings: Vec<Warning>,
}

/// What the complete families give; `None` where there is none. `wanted` passes over those of another engine.
pub(crate) fn complete(vars: &Vars, wanted: Option<Engine>) -> Option<Found> {
    found(vars, wanted, tried(vars), is_complete)
}

/// The families that there are variables of.
fn there(vars: &Vars) -> impl Iterator<Item = &'static Row> {
    let mut set = [false; FAMILIES.len()];
    for (name, _) in vars.iter() {
        if STARTS.may_begin(name.as_bytes()) {
            for ((prefix, _), set) in FAMILIES.iter().zip(&mut set) {
                *set |= name.starts_with(prefix);
            }
        }
    }
    let families = FAMILIES.iter().zip(set);
    families.filter_map(|(family, set)| set.then_some(family))
}

/// Those of them that look complete, whatever their variables hold.
fn tried(vars: &Vars) -> impl Iterator<Item = &'static Row> {
    there(vars).filter(|(prefix, _)| is_tried(vars, prefix))
}

/// Every complete family by itself, as far as they are good: what may be listed and named.
pub(crate) fn each(vars: &Vars) -> impl Iterator<Item = Found> {
    tried(vars).filter_map(
        |&(prefix, scheme)| match Family::read(vars, prefix, scheme) {
            Ok(family) => is_complete(&family).then(|| Found {
                source: config_var(family.representative()),
                content: family.load(None),
            }),
            Err(error) => Some(Found {
                source: error.origin().cloned()?,
                content: Err(error),
            }),
        },
    )
}

/// The family that a variable represents.
pub(crate) fn represented(vars: &Vars, source: &Source) -> Option<Found> {
    each(vars).find(|found| found.source == *source)
}

/// The same for families that name no host, only the server's own variables.
pub(crate) fn of_image(vars: &Vars, wanted: Option<Engine>) -> Option<Found> {
    found(vars, wanted, there(vars), is_of_image)
}

fn found(
    vars: &Vars,
    wanted: Option<Engine>,
    there: impl Iterator<Item = &'static Row>,
    is_meant: fn(&Family<'_>) -> bool,
) -> Option<Found> {
    let mut families = Vec::new();
    for &(prefix, scheme) in there {
        match Family::read(vars, prefix, scheme) {
            Ok(family) if is_meant(&family) && family.is_of(wanted) => families.push(family),
            Ok(_) => {}
            // What is not complete is not used, and need not be good.
            Err(_) if !is_tried(vars, prefix) => {}
            Err(error) => {
                let source = error.origin().cloned();
                let source = source.unwrap_or_else(|| config_var(prefix));
                return Some(Found {
                    source,
                    content: Err(error),
                });
            }
        }
    }
    let source = config_var(families.first()?.representative());
    let differing = families
        .iter()
        .find_map(|other| Some((other, other.difference(&families[0])?)));
    if let Some((other, part)) = differing {
        let content = Err(ambiguous(&families[0], other, part));
        return Some(Found { source, content });
    }
    let family = families.iter().find(|family| family.scheme.is_some());
    let family = family.unwrap_or(&families[0]);
    Some(Found {
        source: config_var(family.representative()),
        content: family.load(wanted),
    })
}

fn is_complete(family: &Family<'_>) -> bool {
    family.database.is_some() && (family.host.is_some() || family.engine.is_some())
}

fn is_of_image(family: &Family<'_>) -> bool {
    family.database.is_some() && family.scheme.is_some()
}

/// Whether the variables of a prefix look like a complete family, whatever they hold.
fn is_tried(vars: &Vars, prefix: &str) -> bool {
    let is_set = |suffix: &&str| vars.is_set(&format!("{prefix}{suffix}"));
    DATABASE.iter().any(&is_set) && [HOST, ENGINE].concat().iter().any(is_set)
}

impl<'v> Family<'v> {
    fn read(
        vars: &'v Vars,
        prefix: &'static str,
        scheme: Option<&'static str>,
    ) -> Result<Self, Error> {
        let read = |suffixes, component| part(vars, prefix, suffixes, component);
        let is_link = |part: &Part<'_>| {
            ["tcp://", "udp://"]
                .iter()
                .any(|link| part.value.starts_with(link))
        };
        let port = read(PORT, Component::Port)?;
        let link = port.as_ref().filter(|port| is_link(port));
        let link = link.map(|port| port.name.clone());
        let mut family = Self {
            prefix,
            scheme,
            engine: read(ENGINE, Component::Scheme)?,
            host: read(HOST, Component::Host)?,
            port: port.filter(|port| !is_link(port)),
            user: read(USER, Component::User)?,
            password: read(PASSWORD, Component::Password)?,
            database: read(DATABASE, Component::Database)?,
            tls: read(TLS, Component::Setting("sslmode"))?,
            link,
            vars,
        };
        if family.user.is_none() && matches!(scheme, Some("mysql" | "mariadb")) {
            if let Some(root) = read(ROOT_PASSWORD, Component::Password)? {
                family.user = Some(Part {
                    name: root.name.clone(),
                    value: "root",
                });
                family.password = Some(root);
            }
        }
        family.scheme = scheme.or_else(|| family.named_scheme());
        Ok(family)
    }

    /// The scheme that the variable of the engine names, else the port.
    fn named_scheme(&self) -> Option<&'static str> {
        let by_port = || match self.port.as_ref()?.value {
            "5432" => Some("postgres"),
            "3306" => Some("mysql"),
            _ => None,
        };
        match &self.engine {
            None => by_port(),
            Some(part) => {
                let name = part.value.rsplit('.').next().unwrap_or_default();
                let name = name.strip_prefix("pdo_").unwrap_or(name);
                let known = SPELLINGS.iter().find(|(other, _)| *other == name);
                Some(Scheme::find(known.map_or(name, |(_, scheme)| scheme))?.name)
            }
        }
    }

    fn is_of(&self, wanted: Option<Engine>) -> bool {
        let own = self.scheme.and_then(Scheme::find).map(|row| row.engine);
        own.is_none() || wanted.is_none() || own == wanted
    }

    fn representative(&self) -> &str {
        let part = self.host.as_ref().or(self.database.as_ref());
        part.map_or(self.prefix, |part| &part.name)
    }

    /// The names of the variables that are used, in order.
    fn names(&self) -> String {
        let parts = [
            &self.engine,
            &self.host,
            &self.port,
            &self.user,
            &self.password,
            &self.database,
            &self.tls,
        ];
        let mut names: Vec<_> = parts
            .into_iter()
            .flatten()
            .map(|part| part.name.as_str())
            .collect();
        names.dedup();
        names.join(", ")
    }

    /// The part that both give, and give differently.
    fn difference(&self, other: &Self) -> Option<&'static str> {
        let engine = |family: &Self| Some(Scheme::find(family.scheme?)?.engine);
        if engine(self).zip(engine(other)).is_some_and(|(a, b)| a != b) {
            return Some("engine");
        }
        let parts = [
            ("host", &self.host, &other.host),
            ("port", &self.port, &other.port),
            ("database", &self.database, &other.database),
            ("user", &self.user, &other.user),
            ("password", &self.password, &other.password),
        ];
        let differs = |(_, a, b): &(_, &Option<Part<'_>>, &Option<Part<'_>>)| {
            let both = a.as_ref().zip(b.as_ref());
            both.is_some_and(|(a, b)| a.value != b.value)
        };
        parts
            .iter()
            .find(|part| differs(part))
            .map(|(name, ..)| *name)
    }

    fn load(&self, wanted: Option<Engine>) -> Result<Content, Error> {
        let scheme = match (self.scheme, wanted) {
            (Some(scheme), _) => scheme,
            (None, Some(Engine::Postgres)) => "postgres",
            (None, Some(Engine::MySql)) => "mysql",
            (None, _) => return Err(self.without_engine()),
        };
        let is_file = Scheme::find(scheme).is_some_and(|row| row.engine == Engine::Sqlite);
        let database = if is_file {
            self.file()
        } else {
            self.server(scheme)
        };
        let database = database.map_err(|error| {
            let part = error.component().and_then(|component| self.part(component));
            let name = part.map_or(self.representative(), |part| &part.name);
            error.without_span().with_source(&config_var(name))
        })?;
        let fields = database
            .fields()
            .into_iter()
            .filter_map(|(field, component)| {
                let part = match (field, component) {
                    ("sslmode" | "ssl_mode", _) => self.tls.as_ref(),
                    ("socket", _) => self.host.as_ref(),
                    (_, component) => self.part(component),
                };
                let source = config_var(&part?.name);
                Some((field, Provenance::new(source, None)))
            });
        Ok(Content {
            fields: fields.collect(),
            warnings: self.warnings(),
            database,
        })
    }

    fn part(&self, component: Component) -> Option<&Part<'v>> {
        match component {
            Component::Host => self.host.as_ref(),
            Component::Port => self.port.as_ref(),
            Component::User => self.user.as_ref(),
            Component::Password => self.password.as_ref(),
            Component::Database => self.database.as_ref(),
            Component::Setting("sslmode" | "ssl_mode") => self.tls.as_ref(),
            _ => None,
        }
    }

    fn server(&self, scheme: &str) -> Result<Database, Error> {
        let value = |part: &Option<Part<'v>>| part.as_ref().map(|part| part.value);
        let host = value(&self.host).unwrap_or_default();
        no_address(host)?;
        let database = DatabaseParts {
            scheme,
            host: by_caller(host),
            is_list: false,
            port: value(&self.port).map(by_caller),
            user: value(&self.user).map(by_caller),
            password: value(&self.password).map(by_caller),
            database: value(&self.database).map(by_caller),
        };
        let database = database.assemble()?;
        let mode = match value(&self.tls) {
            Some("true" | "1" | "yes" | "on") => Some("require"),
            Some("false" | "0" | "no" | "off") => None,
            mode => mode,
        };
        extended(database, None, None, mode)
    }

    fn file(&self) -> Result<Database, Error> {
        let path = self.database.as_ref().map_or("", |part| part.value);
        let config = sqlite::Config::from_path(sqlite::Family::Sqlx, path);
        config
            .map(Database::Sqlite)
            .map_err(|error| error.of(Component::Database))
    }

    fn warnings(&self) -> Vec<Warning> {
        let names = self.names();
        let message = format!("DATABASE_URL is not set; the database of {names} is used");
        let mut warnings = vec![Warning::new(
            WarningCode::PartsUsed,
            message,
            "set DATABASE_URL",
        )];
        if let Some(link) = &self.link {
            let message =
                format!("{link} holds a link that Kubernetes or Docker set, and is ignored");
            let help = "rename the service, or set `enableServiceLinks: false`";
            warnings.push(Warning::new(WarningCode::ServiceLink, message, help));
        }
        for name in unread(self.vars, self.prefix) {
            let message = format!("{name} looks like a TLS setting, but is not read");
            let help = format!(
                "set {}SSLMODE, or DATABASE_URL with the setting in its query",
                self.prefix
            );
            warnings.push(Warning::new(WarningCode::UnknownTlsName, message, help));
        }
        warnings
    }

    fn without_engine(&self) -> Error {
        if let Some(engine) = &self.engine {
            let detail = "expected an engine, such as `pgsql` or `mysql`";
            return Error::new(ErrorKind::InvalidValue, detail)
                .with_source(&config_var(&engine.name))
                .with_help("name the engine, or set DATABASE_URL");
        }
        let (prefix, names) = (self.prefix, self.names());
        let detail = format!("{prefix}CONNECTION, which names the engine of {names}");
        let help = format!("set {prefix}CONNECTION to `pgsql` or `mysql`, or set DATABASE_URL");
        Error::new(ErrorKind::UnsetVariable, detail).with_help(help)
    }
}

/// A part by its spellings; those that are set must agree.
fn part<'v>(
    vars: &'v Vars,
    prefix: &str,
    suffixes: &[&str],
    component: Component,
) -> Result<Option<Part<'v>>, Error> {
    let mut found: Option<Part<'v>> = None;
    for suffix in suffixes {
        let name = format!("{prefix}{suffix}");
        let Some(value) = given(vars, &name, component)? else {
            continue;
        };
        match &found {
            Some(first) if first.value != value && !first.value.is_empty() => {
                let detail = format!("{} and {name} differ", first.name);
                let error = Error::new(ErrorKind::Conflict, detail).of(component);
                return Err(error
                    .with_source(&config_var(&name))
                    .with_help("unset one of them"));
            }
            Some(first) if !first.value.is_empty() => {}
            _ => found = Some(Part { name, value }),
        }
    }
    Ok(found)
}

/// The variables of a prefix that request TLS, but that are no part of a family.
fn unread(vars: &Vars, prefix: &str) -> Vec<String> {
    const NO: [&str; 6] = ["", "false", "0", "no", "off", "none"];
    let is_unread = |name: &&str| {
        let suffix = name.strip_prefix(prefix);
        suffix.is_some_and(|suffix| !TLS.contains(&suffix) && is_tls_name(suffix))
    };
    let requests = |name: &&str| {
        let value = vars.get(name).ok().flatten();
        value.is_some_and(|value| !NO.contains(&value.expose()))
    };
    let names = vars.names().filter(is_unread).filter(requests);
    names.map(str::to_owned).collect()
}

/// A host is neither a URL, nor a host with its port.
fn no_address(host: &str) -> Result<(), Error> {
    let rejected = |detail: &'static str, help: &'static str| {
        let error = Error::new(ErrorKind::InvalidValue, detail).of(Component::Host);
        Err(error.with_help(help))
    };
    if contains(host, "://") {
        let detail = "expected a host, found a URL";
        let help = "give the URL as DATABASE_URL";
        return rejected(detail, help);
    }
    let port = host.split_once(':').map(|(_, port)| port);
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    if port.is_some_and(is_port) {
        let detail = "expected a host, found a host with a port";
        let help = "give the port in its own variable";
        return rejected(detail, help);
    }
    Ok(())
}

fn ambiguous(first: &Family<'_>, other: &Family<'_>, part: &str) -> Error {
    let detail = format!(
        "DATABASE_URL is not set, and {} and {} give another {part}",
        first.names(),
        other.names()
    );
    let help = format!(
        "set DATABASE_URL to the one that is meant, or choose one by name (`--var {}`)",
        first.representative()
    );
    Error::new(ErrorKind::Ambiguous, detail).with_help(help)
}
