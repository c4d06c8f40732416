//! A config as JSON. It is written while it is read: no map is made for it, and no copy of a secret is left in memory.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

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
        let (database, secrets) = (self.database, self.secrets);
        let fields = fields(database, secrets);
        let part = |name: &str| text_of(&fields, name);
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("ok", &true)?;
        object.serialize_entry("engine", database.engine().as_str())?;
        put(&mut object, "scheme", database.scheme())?;
        put(&mut object, "user", part("user"))?;
        put(&mut object, "password", part("password"))?;
        let hosts = database.hosts().map(|host| ShownHost(host, secrets));
        let hosts: Vec<_> = hosts.collect();
        put(&mut object, "hosts", (!hosts.is_empty()).then_some(hosts))?;
        put(&mut object, "socket", part("socket"))?;
        // `tcp4` and `tcp6` are TCP; their address is among the hosts.
        if matches!(database, Database::MySql(config) if config.address().is_some()) {
            put(&mut object, "net", part("net"))?;
            put(&mut object, "address", part("address"))?;
        }
        let name = part("database").or_else(|| part("dbname"));
        put(&mut object, "database", name)?;
        put_members(&mut object, "params", &Members::params(database, &fields))?;
        let extras = Members::extras(database.extras(), secrets, |name| match database {
            Database::Sqlite(config) => config.is_list(name),
            Database::Service(config) => config.is_list(name),
            _ => false,
        });
        put_members(&mut object, "extra", &extras)?;
        let keywords = match database {
            Database::Postgres(_) => Members::texts(&fields, |_| true),
            Database::MySql(config) => Members::extras(config.written(), secrets, |_| false),
            // Their parameters are kept as they were written.
            _ => extras,
        };
        object.serialize_entry("keywords", &keywords)?;
        object.serialize_entry("warnings", &warnings(self.warnings))?;
        object.end()
    }
}

/// A field by its name: that of a keyword, or of a part of a URL.
type Field<'c> = (&'static str, Cow<'c, str>);

/// What is given, as it may be shown.
pub(crate) fn fields(database: &Database, secrets: bool) -> Vec<Field<'_>> {
    match database {
        Database::Postgres(config) => {
            let keywords = config.keywords();
            let fields = keywords.map(|(keyword, text)| {
                let text = shown(text.expose(), secrets, |text| keyword.mask(text));
                (keyword.as_str(), text)
            });
            fields.collect()
        }
        Database::MySql(config) => {
            let keywords = config.keywords();
            let fields = keywords.map(|(keyword, text)| {
                let text = shown(text.expose(), secrets, |text| keyword.mask(text));
                (keyword.as_str(), text)
            });
            fields.collect()
        }
        Database::Sqlite(config) => of_url(database, [None; 2], |component, text| {
            shown(text, secrets, |text| config.mask(component, text))
        }),
        Database::Service(config) => {
            let settings = [config.instance(), config.sentinel_service()];
            let mut fields = of_url(database, settings, |component, text| {
                shown(text, secrets, |text| config.mask(component, text))
            });
            fields.push(("tls", config.tls().as_str().into()));
            fields
        }
        _ => Vec::new(),
    }
}

/// The parts of a URL, with an instance and the name of a service.
fn of_url<'c>(
    database: &'c Database,
    [instance, service]: [Option<&'c str>; 2],
    shown: impl Fn(Component, &'c str) -> Cow<'c, str>,
) -> Vec<Field<'c>> {
    // Shown with its port; here it only has its location.
    let host = database.hosts().next().map(|_| "");
    let password = database.password().map(SecretStr::expose);
    let given = [
        (Component::User, database.user()),
        (Component::Password, password),
        (Component::Host, host),
        (Component::Setting("socket"), database.socket()),
        (Component::Database, database.dbname()),
        (Component::Setting("instance"), instance),
        (Component::Setting("service"), service),
    ];
    let given = given.into_iter();
    given
        .filter_map(|(part, text)| Some((part.as_str(), shown(part, text?))))
        .collect()
}

fn text_of<'c>(fields: &'c [Field<'_>], name: &str) -> Option<&'c str> {
    let found = fields.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| &**text)
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
    Text(&'c str),
    List(Vec<&'c str>),
    Other(Value),
}

impl<'c> Members<'c> {
    /// The fields of some names.
    fn texts(fields: &'c [Field<'_>], is_one: impl Fn(&str) -> bool) -> Self {
        let found = fields.iter().filter(|(name, _)| is_one(name));
        Self(
            found
                .map(|(name, text)| (*name, Member::Text(text)))
                .collect(),
        )
    }

    /// The settings that do not say where and as whom to connect.
    fn params(database: &'c Database, fields: &'c [Field<'_>]) -> Self {
        let config = match database {
            Database::MySql(config) => config,
            Database::Postgres(_) => {
                let locations = ["user", "password", "host", "hostaddr", "port", "dbname"];
                return Self::texts(fields, |name| !locations.contains(&name));
            }
            _ => return Self::texts(fields, |name| ["instance", "service"].contains(&name)),
        };
        let params = config.params().map(|(keyword, value)| {
            let name = keyword.as_str();
            let member = match value {
                mysql::Value::Text(_) => Member::Text(text_of(fields, name).unwrap_or_default()),
                mysql::Value::Number(number) => Member::Other(number.into()),
                mysql::Value::Bool(value) => Member::Other(value.into()),
                _ => Member::Other(Value::Null),
            };
            (name, member)
        });
        Self(params.collect())
    }

    /// Parameters, as they are or masked. One that may be given several times `is_list`; of another one that is, the last
    /// value counts.
    fn extras(
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
                member => *member = Member::Text(value),
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

/// A parameter's name and value as they are, or masked.
pub(crate) fn of_extra(extra: Extra<'_>, secrets: bool) -> (&str, &str) {
    if secrets {
        (extra.name(), extra.value().expose())
    } else {
        (extra.masked_name(), extra.masked_value())
    }
}

/// A value as it is, or masked.
fn shown<'t>(text: &'t str, secrets: bool, mask: impl Fn(&'t str) -> Cow<'t, str>) -> Cow<'t, str> {
    if secrets {
        Cow::Borrowed(text)
    } else {
        mask(text)
    }
}

struct ShownHost<'c>(Host<'c>, bool);

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

pub(crate) fn warnings(warnings: &[Warning]) -> Value {
    let object = |warning: &Warning| json!({ "code": warning.code().as_str(), "message": warning.message(), "help": warning.help() });
    warnings.iter().map(object).collect()
}
