//! A config as JSON. It is written while it is read: no map is made for it, and no copy of a secret is left in memory.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use database_url::postgres::{Config, Keyword};
use database_url::{Component, Database, Extra, Host, SecretStr, Warning, mysql};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

/// A config: what the string does not give is left out.
pub(crate) struct Shown<'c> {
    pub(crate) database: &'c Database,
    pub(crate) warnings: &'c [Warning],
    pub(crate) secrets: bool,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("ok", &true)?;
        object.serialize_entry("engine", self.database.engine().as_str())?;
        match self.database {
            Database::Postgres(config) => of_postgres(config, self.secrets, &mut object)?,
            Database::MySql(config) => of_mysql(config, self.secrets, &mut object)?,
            Database::Sqlite(config) => of_url(
                self.database,
                [("instance", None), ("service", None)],
                |component, text| config.mask(component, text),
                |name| config.is_list(name),
                self.secrets,
                &mut object,
            )?,
            Database::Service(config) => of_url(
                self.database,
                [
                    ("instance", config.instance()),
                    ("service", config.sentinel_service()),
                ],
                |component, text| config.mask(component, text),
                |name| config.is_list(name),
                self.secrets,
                &mut object,
            )?,
            _ => {}
        }
        let warnings: Vec<_> = self.warnings.iter().map(warning).collect();
        object.serialize_entry("warnings", &warnings)?;
        object.end()
    }
}

/// Writes what is left out if it is not given.
fn put<M: SerializeMap>(
    object: &mut M,
    name: &str,
    value: Option<impl Serialize>,
) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| object.serialize_entry(name, &value))
}

/// Writes what is left out if there is none of it.
fn put_members<M: SerializeMap>(
    object: &mut M,
    name: &str,
    members: &Members<'_>,
) -> Result<(), M::Error> {
    let given = (!members.0.is_empty()).then_some(members);
    put(object, name, given)
}

/// The members of an object in order, with names of which none is there twice.
struct Members<'c>(Vec<(&'c str, Member<'c>)>);

enum Member<'c> {
    Text(Cow<'c, str>),
    List(Vec<&'c str>),
    Other(Value),
}

impl<'c> Members<'c> {
    /// Parameters, as they are or masked. One that may be given several times `is_list`; of another one that is, the last
    /// value counts.
    fn params(
        params: impl Iterator<Item = Extra<'c>>,
        secrets: bool,
        is_list: impl Fn(&str) -> bool,
    ) -> Self {
        let mut members: Vec<(_, Member<'c>)> = Vec::new();
        let mut known = HashMap::new();
        for param in params {
            let (name, value) = of_extra(param, secrets);
            let at = match known.entry(name) {
                Entry::Occupied(at) => *at.get(),
                Entry::Vacant(free) => {
                    let none = Member::List(Vec::new());
                    members.push((name, none));
                    *free.insert(members.len() - 1)
                }
            };
            match &mut members[at].1 {
                Member::List(values) if is_list(name) => values.push(value),
                member => *member = Member::Text(value.into()),
            }
        }
        Self(members)
    }
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, member)| (name, member)))
    }
}

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => serializer.collect_seq(values),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

fn of_postgres<M: SerializeMap>(
    config: &Config,
    secrets: bool,
    object: &mut M,
) -> Result<(), M::Error> {
    let shown = |keyword: Keyword, text| shown(text, secrets, |text| keyword.mask(text));
    let part = |keyword| {
        config
            .get(keyword)
            .map(|text| shown(keyword, text.expose()))
    };
    put(object, "scheme", config.scheme())?;
    put(object, "user", part(Keyword::User))?;
    put(object, "password", part(Keyword::Password))?;
    hosts(config.hosts(), secrets, object)?;
    put(object, "database", part(Keyword::Dbname))?;
    let members = || {
        let keywords = config.keywords();
        keywords.map(|(keyword, text)| {
            (
                keyword.as_str(),
                Member::Text(shown(keyword, text.expose())),
            )
        })
    };
    let locations = ["user", "password", "host", "hostaddr", "port", "dbname"];
    let params = members().filter(|(name, _)| !locations.contains(name));
    put_members(object, "params", &Members(params.collect()))?;
    let extras = Members::params(config.extras(), secrets, |_| false);
    put_members(object, "extra", &extras)?;
    // Most configs have no more.
    let mut keywords = Vec::with_capacity(8);
    keywords.extend(members());
    object.serialize_entry("keywords", &Members(keywords))
}

fn of_mysql<M: SerializeMap>(
    config: &mysql::Config,
    secrets: bool,
    object: &mut M,
) -> Result<(), M::Error> {
    let shown = |keyword: mysql::Keyword, text| shown(text, secrets, |text| keyword.mask(text));
    let part = |keyword| {
        config
            .get(keyword)
            .map(|text| shown(keyword, text.expose()))
    };
    put(object, "scheme", config.scheme())?;
    put(object, "user", part(mysql::Keyword::User))?;
    put(object, "password", part(mysql::Keyword::Password))?;
    hosts(config.hosts(), secrets, object)?;
    put(object, "socket", part(mysql::Keyword::Socket))?;
    // `tcp4` and `tcp6` are TCP; their address is among the hosts.
    if config.address().is_some() {
        put(object, "net", part(mysql::Keyword::Net))?;
        put(object, "address", part(mysql::Keyword::Address))?;
    }
    put(object, "database", part(mysql::Keyword::Database))?;
    let params = config.params().map(|(keyword, value)| {
        let member = match value {
            mysql::Value::Text(text) => Member::Text(shown(keyword, text.expose())),
            mysql::Value::Number(number) => Member::Other(number.into()),
            mysql::Value::Bool(value) => Member::Other(value.into()),
            _ => Member::Other(Value::Null),
        };
        (keyword.as_str(), member)
    });
    put_members(object, "params", &Members(params.collect()))?;
    let extras = Members::params(config.extras(), secrets, |_| false);
    put_members(object, "extra", &extras)?;
    let written = Members::params(config.written(), secrets, |_| false);
    object.serialize_entry("keywords", &written)
}

/// A config whose parameters are kept as they were written: of SQLite, or of a service, with the settings that only services have.
fn of_url<'c, M: SerializeMap>(
    database: &'c Database,
    settings: [(&'static str, Option<&'c str>); 2],
    mask: impl Fn(Component, &'c str) -> Cow<'c, str>,
    is_list: impl Fn(&str) -> bool,
    secrets: bool,
    object: &mut M,
) -> Result<(), M::Error> {
    let part = |component, text: Option<&'c str>| {
        text.map(|text| shown(text, secrets, |text| mask(component, text)))
    };
    put(object, "scheme", database.scheme())?;
    put(object, "user", part(Component::User, database.user()))?;
    let password = database.password().map(SecretStr::expose);
    put(object, "password", part(Component::Password, password))?;
    hosts(database.hosts(), secrets, object)?;
    let socket = part(Component::Setting("socket"), database.socket());
    put(object, "socket", socket)?;
    put(
        object,
        "database",
        part(Component::Database, database.dbname()),
    )?;
    let params = settings.into_iter().filter_map(|(name, text)| {
        let text = part(Component::Setting(name), text)?;
        Some((name, Member::Text(text)))
    });
    put_members(object, "params", &Members(params.collect()))?;
    let written = Members::params(database.extras(), secrets, is_list);
    put_members(object, "extra", &written)?;
    object.serialize_entry("keywords", &written)
}

/// A parameter's name and value as they are, or masked.
pub(crate) fn of_extra(extra: Extra<'_>, secrets: bool) -> (&str, &str) {
    if secrets {
        (extra.name(), extra.value().expose())
    } else {
        (extra.masked_name(), extra.masked_value())
    }
}

/// A value as it is, or masked.
pub(crate) fn shown<'t>(
    text: &'t str,
    secrets: bool,
    mask: impl Fn(&'t str) -> Cow<'t, str>,
) -> Cow<'t, str> {
    if secrets {
        Cow::Borrowed(text)
    } else {
        mask(text)
    }
}

struct ShownHost<'c>(Host<'c>, bool);

fn hosts<'c, M: SerializeMap>(
    hosts: impl Iterator<Item = Host<'c>>,
    secrets: bool,
    object: &mut M,
) -> Result<(), M::Error> {
    let hosts: Vec<_> = hosts.map(|host| ShownHost(host, secrets)).collect();
    put(object, "hosts", (!hosts.is_empty()).then_some(hosts))
}

/// The name and the address of a host as they are, or masked.
pub(crate) fn names<'h>(host: &Host<'h>, secrets: bool) -> [Option<&'h str>; 2] {
    if secrets {
        [host.host(), host.hostaddr()]
    } else {
        [host.masked_host(), host.masked_hostaddr()]
    }
}

impl Serialize for ShownHost<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(host, secrets) = self;
        let [name, address] = names(host, *secrets);
        let mut object = serializer.serialize_map(None)?;
        put(&mut object, "host", name)?;
        put(&mut object, "hostaddr", address)?;
        put(&mut object, "port", host.port())?;
        put(&mut object, "priority", host.priority())?;
        object.end()
    }
}

pub(crate) fn warning(warning: &Warning) -> Value {
    json!({ "code": warning.code().as_str(), "message": warning.message(), "help": warning.help() })
}
