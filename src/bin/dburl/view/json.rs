//! The command's JSON: stable, and the same for every verb that shows a database.

use database_url::postgres::{Config, Keyword};
use database_url::{
    Attachment, Component, Database, Error, Host, Resolved, Source, Target, Warning,
};
use serde_json::{Map, Value, json};

/// A config: what the text does not give is left out.
pub(crate) fn database(database: &Database, warnings: &[Warning], secrets: bool) -> Value {
    let mut object = Map::new();
    object.insert("ok".into(), true.into());
    object.insert("engine".into(), database.engine().as_str().into());
    if let Database::Postgres(config) = database {
        postgres(config, secrets, &mut object);
    }
    object.insert("warnings".into(), warnings.iter().map(warning).collect());
    Value::Object(object)
}

fn postgres(config: &Config, secrets: bool, object: &mut Map<String, Value>) {
    let mut put = |name: &str, value: Option<Value>| {
        value.and_then(|value| object.insert(name.to_owned(), value));
    };
    let shown = |keyword| {
        config
            .get(keyword)
            .map(|text| shown(keyword, text.expose(), secrets))
    };
    put("scheme", config.scheme().map(Value::from));
    put("user", shown(Keyword::User));
    put("password", shown(Keyword::Password));
    let hosts: Vec<_> = config.hosts().map(|one| host(&one, secrets)).collect();
    put(
        "hosts",
        Some(hosts)
            .filter(|hosts| !hosts.is_empty())
            .map(Value::from),
    );
    put("database", shown(Keyword::Dbname));
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
    put(
        "params",
        Some(params)
            .filter(|params| !params.is_empty())
            .map(Value::from),
    );
    let extras = config.extras().map(|(name, text)| {
        let hidden = !secrets && !config.is_harmless_extra(name) && !text.is_empty();
        (
            name.to_owned(),
            if hidden { "****" } else { text.expose() }.into(),
        )
    });
    put(
        "extra",
        Some(extras.collect::<Map<_, _>>())
            .filter(|extras| !extras.is_empty())
            .map(Value::from),
    );
    put("keywords", Some(Value::from(keywords)));
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
    let texts = [
        ("host", Keyword::Host, host.host()),
        ("hostaddr", Keyword::HostAddr, host.hostaddr()),
    ];
    for (name, keyword, text) in texts {
        if let Some(text) = text {
            object.insert(name.to_owned(), shown(keyword, text, secrets));
        }
    }
    if let Some(port) = host.port() {
        object.insert("port".to_owned(), port.into());
    }
    Value::Object(object)
}

fn warning(warning: &Warning) -> Value {
    json!({ "code": warning.code().as_str(), "message": warning.message(), "help": warning.help() })
}

/// A config with its history.
pub(crate) fn resolved(
    resolved: &Resolved<Database>,
    warnings: &[Warning],
    secrets: bool,
) -> Value {
    let mut object = database(resolved, warnings, secrets);
    object["source"] = source(resolved.source(), None);
    let fields = resolved.fields();
    let fields =
        fields.map(|(field, from)| (field.to_owned(), source(from.source(), from.component())));
    object["provenance"] = Value::Object(fields.collect());
    let considered = resolved.considered();
    let considered = considered.map(
        |(from, outcome)| json!({ "source": source(from, None), "outcome": outcome.as_str() }),
    );
    object["considered"] = Value::Array(considered.collect());
    object
}

fn source(source: &Source, component: Option<Component>) -> Value {
    let mut object = Map::new();
    object.insert("kind".to_owned(), source.kind().into());
    if let Some(name) = source.name() {
        object.insert("name".to_owned(), name.into());
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
    object.insert("aliases".to_owned(), attachment.aliases().into());
    object.insert("stale".to_owned(), attachment.is_stale().into());
    Value::Object(object)
}

/// The first server and the database; all servers where there are several.
fn target(target: &Target, secrets: bool) -> Value {
    let hosts: Vec<_> = target
        .hosts()
        .map(|(host, port)| match host {
            "" => json!({ "port": port }),
            host => json!({ "host": shown(Keyword::Host, host, secrets), "port": port }),
        })
        .collect();
    let mut object = hosts.first().cloned().unwrap_or_else(|| json!({}));
    object["database"] = shown(Keyword::Dbname, target.database(), secrets);
    if hosts.len() > 1 {
        object["hosts"] = hosts.into();
    }
    object
}

/// Why something was refused.
pub(crate) fn error(error: &Error) -> Value {
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
    object.insert("message".to_owned(), error.to_string().into());
    if let Some(help) = error.help() {
        object.insert("help".to_owned(), help.into());
    }
    Value::Object(object)
}
