//! The command's JSON: stable, and the same for every verb that shows a database.

use database_url::postgres::{Config, Keyword};
use database_url::settings::VariableUse;
use database_url::{
    Attachment, Component, Database, Error, Host, Provenance, Resolved, SecretStr, Setting, Source,
    Target, Vars, Warning, mysql, service, sqlite,
};
use serde_json::{Map, Value, json};

/// A config: what the text does not give is left out.
pub(crate) fn database(database: &Database, warnings: &[Warning], secrets: bool) -> Value {
    let mut object = Map::new();
    object.insert("ok".into(), true.into());
    object.insert("engine".into(), database.engine().as_str().into());
    match database {
        Database::Postgres(config) => of_postgres(config, secrets, &mut object),
        Database::MySql(config) => of_mysql(config, secrets, &mut object),
        Database::Sqlite(config) => of_sqlite(config, secrets, &mut object),
        Database::Service(config) => of_service(config, secrets, &mut object),
        _ => {}
    }
    object.insert("warnings".into(), warnings.iter().map(warning).collect());
    Value::Object(object)
}

/// What is left out if there is none of it.
fn put(object: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    let is_empty = |value: &Value| match value {
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    if let Some(value) = value.filter(|value| !is_empty(value)) {
        object.insert(name.to_owned(), value);
    }
}

/// Parameters, as they are or masked.
fn texts<'p>(
    exposed: impl Iterator<Item = (&'p str, SecretStr<'p>)>,
    masked: impl Iterator<Item = (&'p str, &'p str)>,
    secrets: bool,
) -> Map<String, Value> {
    let object = |(name, text): (&str, &str)| (name.to_owned(), text.into());
    if secrets {
        let exposed = exposed.map(|(name, text)| (name, text.expose()));
        exposed.map(object).collect()
    } else {
        masked.map(object).collect()
    }
}

/// The parameters of a query; one that may be given several times is a list.
fn of_query<'p, E, M>(
    exposed: impl Fn() -> E,
    masked: impl Fn() -> M,
    is_list: impl Fn(&str) -> bool,
    secrets: bool,
) -> Map<String, Value>
where
    E: Iterator<Item = (&'p str, SecretStr<'p>)>,
    M: Iterator<Item = (&'p str, &'p str)>,
{
    let mut members = texts(exposed(), masked(), secrets);
    for (name, member) in &mut members {
        if is_list(name) {
            let exposed = exposed().filter(|(known, _)| known == name);
            let exposed = exposed.map(|(_, value)| value.expose());
            let masked = masked().filter(|(known, _)| known == name);
            let masked = masked.map(|(_, value)| value);
            *member = if secrets {
                exposed.collect()
            } else {
                masked.collect()
            };
        }
    }
    members
}

fn of_postgres(config: &Config, secrets: bool, object: &mut Map<String, Value>) {
    let shown = |keyword| {
        config
            .get(keyword)
            .map(|text| shown(keyword, text.expose(), secrets))
    };
    put(object, "scheme", config.scheme().map(Value::from));
    put(object, "user", shown(Keyword::User));
    put(object, "password", shown(Keyword::Password));
    let hosts: Vec<_> = config.hosts().map(|one| host(&one, secrets)).collect();
    put(object, "hosts", Some(hosts.into()));
    put(object, "database", shown(Keyword::Dbname));
    let keywords = config
        .keywords()
        .filter_map(|(keyword, _)| Some((keyword.as_str().to_owned(), shown(keyword)?)));
    let keywords: Map<_, _> = keywords.collect();
    let is_param =
        |name: &str| !["user", "password", "host", "hostaddr", "port", "dbname"].contains(&name);
    let params: Map<_, _> = keywords
        .clone()
        .into_iter()
        .filter(|(name, _)| is_param(name))
        .collect();
    put(object, "params", Some(params.into()));
    let extras = texts(config.extras(), config.masked_extras(), secrets);
    put(object, "extra", Some(extras.into()));
    object.insert("keywords".to_owned(), keywords.into());
}

fn of_mysql(config: &mysql::Config, secrets: bool, object: &mut Map<String, Value>) {
    let shown = |keyword: mysql::Keyword, text: &str| -> Value {
        if secrets {
            text.into()
        } else {
            keyword.mask(text).into()
        }
    };
    let place = |keyword| {
        config
            .get(keyword)
            .map(|text| shown(keyword, text.expose()))
    };
    put(object, "scheme", config.scheme().map(Value::from));
    put(object, "user", place(mysql::Keyword::User));
    put(object, "password", place(mysql::Keyword::Password));
    let hosts: Vec<_> = config.hosts().map(|one| host(&one, secrets)).collect();
    put(object, "hosts", Some(hosts.into()));
    put(object, "socket", place(mysql::Keyword::Socket));
    // `tcp4` and `tcp6` are TCP; their address is among the hosts.
    if config.address().is_some() {
        put(object, "net", place(mysql::Keyword::Net));
        put(object, "address", place(mysql::Keyword::Address));
    }
    put(object, "database", place(mysql::Keyword::Database));
    let params = config.params().map(|(keyword, value)| {
        let value = match value {
            mysql::Value::Text(text) => shown(keyword, text.expose()),
            mysql::Value::Number(number) => number.into(),
            mysql::Value::Bool(said) => said.into(),
            _ => Value::Null,
        };
        (keyword.as_str().to_owned(), value)
    });
    put(object, "params", Some(params.collect::<Map<_, _>>().into()));
    let extras = texts(config.extras(), config.masked_extras(), secrets);
    put(object, "extra", Some(extras.into()));
    let written = texts(config.written(), config.masked_written(), secrets);
    object.insert("keywords".to_owned(), written.into());
}

fn of_service(config: &service::Config, secrets: bool, object: &mut Map<String, Value>) {
    let shown = |component, text: &str| -> Value {
        if secrets {
            text.into()
        } else {
            config.mask(component, text).into()
        }
    };
    let password = config.password().map(SecretStr::expose);
    put(object, "scheme", config.scheme().map(Value::from));
    let user = config.user().map(|text| shown(Component::User, text));
    put(object, "user", user);
    let password = password.map(|text| shown(Component::Password, text));
    put(object, "password", password);
    let hosts: Vec<_> = config.hosts().map(|one| host(&one, secrets)).collect();
    put(object, "hosts", Some(hosts.into()));
    let part = |name, text: Option<&str>| text.map(|text| shown(Component::Setting(name), text));
    put(object, "socket", part("socket", config.socket()));
    let database = config.dbname();
    let database = database.map(|text| shown(Component::Database, text));
    put(object, "database", database);
    let mut params = Map::new();
    put(&mut params, "instance", part("instance", config.instance()));
    let service = part("service", config.sentinel_service());
    put(&mut params, "service", service);
    put(object, "params", Some(params.into()));
    let written = of_query(
        || config.written(),
        || config.masked_extras(),
        |name| config.is_list(name),
        secrets,
    );
    put(object, "extra", Some(written.clone().into()));
    object.insert("keywords".to_owned(), written.into());
}

fn of_sqlite(config: &sqlite::Config, secrets: bool, object: &mut Map<String, Value>) {
    let shown = |component, text: &str| -> Value {
        if secrets {
            text.into()
        } else {
            config.mask(component, text).into()
        }
    };
    put(object, "scheme", config.scheme().map(Value::from));
    let password = config.password().map(SecretStr::expose);
    let password = password.map(|text| shown(Component::Password, text));
    put(object, "password", password);
    let database = config.dbname();
    let database = database.map(|text| shown(Component::Database, text));
    put(object, "database", database);
    let written = of_query(
        || config.written(),
        || config.masked_extras(),
        |name| config.is_list(name),
        secrets,
    );
    put(object, "extra", Some(written.clone().into()));
    object.insert("keywords".to_owned(), written.into());
}

fn shown(keyword: Keyword, text: &str, secrets: bool) -> Value {
    if secrets {
        text.into()
    } else {
        keyword.mask(text).into()
    }
}

fn host(host: &Host<'_>, secrets: bool) -> Value {
    let mut object = Map::new();
    let [name, address] = if secrets {
        [host.host(), host.hostaddr()]
    } else {
        [host.masked_host(), host.masked_hostaddr()]
    };
    put(&mut object, "host", name.map(Value::from));
    put(&mut object, "hostaddr", address.map(Value::from));
    if let Some(port) = host.port() {
        object.insert("port".to_owned(), port.into());
    }
    if let Some(priority) = host.priority() {
        object.insert("priority".to_owned(), priority.into());
    }
    Value::Object(object)
}

pub(crate) fn warning(warning: &Warning) -> Value {
    json!({ "code": warning.code().as_str(), "message": warning.message(), "help": warning.help() })
}

/// A config with its history.
pub(crate) fn resolved(
    resolved: &Resolved<Database>,
    warnings: &[Warning],
    secrets: bool,
) -> Value {
    let mut object = database(resolved.value(), warnings, secrets);
    extras(resolved, secrets, &mut object);
    object["source"] = source(resolved.source(), None);
    let shown = |from: &Provenance| source(from.source(), from.component());
    let fields = resolved.fields();
    let fields = fields.map(|(field, from)| (field.to_owned(), shown(&from)));
    let extras = settings(resolved, secrets).filter_map(|(name, as_shown, _)| {
        Some((
            as_shown.to_owned(),
            shown(&resolved.extra_provenance(name)?),
        ))
    });
    object["provenance"] = Value::Object(fields.chain(extras).collect());
    let considered = resolved.considered();
    let considered = considered.map(
        |(from, outcome)| json!({ "source": source(from, None), "outcome": outcome.as_str() }),
    );
    object["considered"] = Value::Array(considered.collect());
    object
}

/// What a settings file says in addition to the connection: each name, the name as it may be shown, and the value.
pub(crate) fn settings(
    resolved: &Resolved<Database>,
    secrets: bool,
) -> impl Iterator<Item = (&str, &str, Setting)> {
    let masked = resolved.masked_extras();
    resolved
        .extras()
        .zip(masked)
        .map(move |((name, setting), (as_shown, masked))| {
            if secrets {
                (name, name, setting.clone())
            } else {
                (name, as_shown, masked)
            }
        })
}

fn extras(resolved: &Resolved<Database>, secrets: bool, object: &mut Value) {
    let mut members = match object["extra"].take() {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for (_, name, setting) in settings(resolved, secrets) {
        members.insert(name.to_owned(), self::setting(&setting));
    }
    if members.is_empty() {
        object.as_object_mut().map(|object| object.remove("extra"));
    } else {
        object["extra"] = members.into();
    }
}

pub(crate) fn setting(setting: &Setting) -> Value {
    match setting {
        Setting::Bool(value) => (*value).into(),
        Setting::Integer(number) => (*number).into(),
        Setting::Float(number) => (*number).into(),
        Setting::Text(text) => text.expose().into(),
        Setting::List(list) => list.iter().map(self::setting).collect(),
        Setting::Map(members) => members
            .iter()
            .map(|(name, one)| (name.clone(), self::setting(one)))
            .collect(),
        _ => Value::Null,
    }
}

/// What a variable is: `set`, `empty`, or `unset`.
pub(crate) fn state(name: &str, vars: &Vars) -> &'static str {
    match vars.get(name) {
        Ok(None) => "unset",
        Ok(Some(value)) if value.is_empty() => "empty",
        _ => "set",
    }
}

/// A variable of a settings file, what the file needs of it, and what it is.
pub(crate) fn variable_use(variable: &VariableUse, vars: &Vars) -> Value {
    json!({
        "name": variable.name(),
        "default": variable.has_default(),
        "required": variable.is_required(),
        "state": state(variable.name(), vars),
        "source": source(&Source::File(variable.place().clone()), None),
    })
}

pub(crate) fn source(source: &Source, component: Option<Component>) -> Value {
    let mut object = Map::new();
    object.insert("kind".to_owned(), source.kind().into());
    if let Some(name) = source.name() {
        object.insert("name".to_owned(), name.into());
    }
    if let Some(place) = source.file() {
        object.insert("path".to_owned(), place.path().into());
        if let Some(position) = place.position() {
            object.insert("line".to_owned(), position.line().into());
            object.insert("column".to_owned(), position.column().into());
        }
        if !place.key().is_empty() {
            object.insert("key".to_owned(), place.key().into());
        }
    }
    if let Some(service) = source.service() {
        object.insert("service".to_owned(), service.into());
    }
    if let Some(component) = component {
        object.insert("component".to_owned(), component.as_str().into());
    }
    Value::Object(object)
}

/// An attachment; one whose variable holds no database has an `error` instead of a `target`.
pub(crate) fn attachment(attachment: &Attachment, secrets: bool) -> Value {
    let mut object = Map::new();
    object.insert("name".to_owned(), attachment.name().into());
    object.insert("var".to_owned(), attachment.var().into());
    match attachment.database() {
        Ok(database) => object.insert("engine".to_owned(), database.engine().as_str().into()),
        Err(refused) => object.insert("error".to_owned(), error(refused)),
    };
    if let Some(target) = attachment.target() {
        object.insert("target".to_owned(), self::target(target, secrets));
    }
    object.insert("role".to_owned(), attachment.role().as_str().into());
    object.insert("promoted".to_owned(), attachment.is_promoted().into());
    object.insert("aliases".to_owned(), attachment.aliases().collect());
    object.insert("stale".to_owned(), attachment.is_stale().into());
    Value::Object(object)
}

/// The first server and the database; all servers where there are several.
fn target(target: &Target, secrets: bool) -> Value {
    let host = |((host, port), (masked, _))| match if secrets { host } else { masked } {
        "" => json!({ "port": port }),
        host => json!({ "host": host, "port": port }),
    };
    let hosts: Vec<_> = target
        .hosts()
        .zip(target.masked_hosts())
        .map(host)
        .collect();
    let mut object = hosts.first().cloned().unwrap_or_else(|| json!({}));
    object["database"] = if secrets {
        target.database().into()
    } else {
        target.masked_database().into()
    };
    if hosts.len() > 1 {
        object["hosts"] = hosts.into();
    }
    object
}

/// Why something was rejected. Of several failures the first comes first, and all of them are in `errors`.
pub(crate) fn error(error: &Error) -> Value {
    let all = error.all();
    let mut object = one_error(all.first().unwrap_or(error));
    if all.len() > 1 {
        object["errors"] = all.iter().map(one_error).collect();
    }
    object
}

fn one_error(error: &Error) -> Value {
    let mut object = Map::new();
    object.insert("kind".to_owned(), error.kind().as_str().into());
    if let Some(stage) = error.stage() {
        object.insert("stage".to_owned(), stage.as_str().into());
    }
    if let Some(component) = error.component() {
        object.insert("component".to_owned(), component.as_str().into());
    }
    if let Some(span) = error.span() {
        object.insert("span".to_owned(), json!([span.start(), span.end()]));
    }
    if let Some(from @ (Source::File(_) | Source::Argument(_))) = error.provenance() {
        object.insert("source".to_owned(), source(from, None));
    }
    object.insert("message".to_owned(), error.to_string().into());
    if let Some(help) = error.help() {
        object.insert("help".to_owned(), help.into());
    }
    Value::Object(object)
}
