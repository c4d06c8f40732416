//! The command's JSON: stable, and the same for every verb that shows a database.

use database_url::settings::VariableUse;
use database_url::{
    Attachment, Component, Database, Error, FileLocation, Provenance, Resolved, Setting, Source,
    Span, Target, Vars, Warning,
};
use serde_json::{Map, Value, json};

use crate::view::config::Shown;
pub(crate) use crate::view::config::warnings;

/// A config with its history.
pub(crate) fn resolved(
    resolved: &Resolved<Database>,
    warnings: &[Warning],
    secrets: bool,
) -> Value {
    let shown = Shown {
        database: resolved.value(),
        warnings,
        secrets,
    };
    let mut object = json!(shown);
    extras(resolved, secrets, &mut object);
    object["source"] = source(resolved.source(), None);
    let shown = |from: &Provenance| source(from.source(), from.component());
    let fields = resolved.fields();
    let fields = fields.map(|(field, from)| (field.to_owned(), shown(&from)));
    let extras = settings(resolved, secrets).zip(resolved.extra_fields());
    let extras = extras.map(|((name, _), (_, from))| (name.to_owned(), shown(from)));
    object["provenance"] = Value::Object(fields.chain(extras).collect());
    let considered = resolved.considered();
    let considered = considered.map(
        |(from, outcome)| json!({ "source": source(from, None), "outcome": outcome.as_str() }),
    );
    object["considered"] = Value::Array(considered.collect());
    object
}

/// What a settings file says in addition to the connection: each name and its value, as they may be shown.
pub(crate) fn settings(
    resolved: &Resolved<Database>,
    secrets: bool,
) -> impl Iterator<Item = (&str, Setting)> {
    let masked = resolved.masked_extras();
    let extras = resolved.extras().zip(masked);
    extras.map(move |((name, setting), masked)| {
        if secrets {
            (name, setting.clone())
        } else {
            masked
        }
    })
}

fn extras(resolved: &Resolved<Database>, secrets: bool, object: &mut Value) {
    let mut members = match object["extra"].take() {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for (name, setting) in settings(resolved, secrets) {
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
        "source": source(&Source::File(variable.location().clone()), None),
    })
}

/// An object of the members that are given.
pub(crate) fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let members = members.into_iter();
    let given = members.filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(given.collect())
}

pub(crate) fn source(source: &Source, component: Option<Component>) -> Value {
    let location = source.file();
    let position = location.and_then(FileLocation::position);
    let key = location.map(FileLocation::key);
    object([
        ("kind", Some(source.kind().into())),
        ("name", source.name().map(Value::from)),
        ("path", location.map(|location| location.path().into())),
        ("line", position.map(|position| position.line().into())),
        ("column", position.map(|position| position.column().into())),
        ("key", key.filter(|key| !key.is_empty()).map(Value::from)),
        ("service", source.service().map(Value::from)),
        ("component", component.map(|part| part.as_str().into())),
    ])
}

/// How many other names of one database each of its attachments lists: all of them would be as many as the square of their
/// number.
const MAX_ALIASES: usize = 100;

/// An attachment; one whose variable holds no database has an `error` instead of a `target`.
pub(crate) fn attachment(attachment: &Attachment, secrets: bool) -> Value {
    let database = attachment.database();
    let engine = database.ok().map(|database| database.engine().as_str());
    let target = attachment.target();
    let mut aliases = attachment.aliases();
    let first: Value = aliases.by_ref().take(MAX_ALIASES).collect();
    let more = aliases.count();
    object([
        ("name", Some(attachment.name().into())),
        ("var", Some(attachment.var().into())),
        ("engine", engine.map(Value::from)),
        ("error", database.err().map(error)),
        ("target", target.map(|target| self::target(target, secrets))),
        ("role", Some(attachment.role().as_str().into())),
        ("promoted", Some(attachment.is_promoted().into())),
        ("aliases", Some(first)),
        ("more_aliases", (more > 0).then(|| more.into())),
        ("stale", Some(attachment.is_stale().into())),
    ])
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
    let all: Vec<_> = error.iter().collect();
    let mut object = one_error(all.first().unwrap_or(&error));
    if all.len() > 1 {
        object["errors"] = all.iter().map(|error| one_error(error)).collect();
    }
    object
}

fn one_error(error: &Error) -> Value {
    let component = error.component();
    let origin = error.origin();
    let origin = origin.filter(|from| matches!(from, Source::File(_) | Source::Argument(_)));
    object([
        ("kind", Some(error.kind().as_str().into())),
        ("stage", error.stage().map(|stage| stage.as_str().into())),
        ("component", component.map(|part| part.as_str().into())),
        ("span", error.span().map(span)),
        ("source", origin.map(|from| source(from, None))),
        ("message", Some(error.to_string().into())),
        ("help", error.help().map(Value::from)),
    ])
}

pub(crate) fn span(span: Span) -> Value {
    json!([span.start(), span.end()])
}
