//! The files that variables were read from, next to their names.

use database_url::{Source, Vars};
use serde_json::Value;

use crate::view::json;

/// A source for a person: `DATABASE_URL (.env:3)`.
pub(crate) fn named(source: &Source, vars: &Vars) -> String {
    let origin = match source {
        Source::ConfigVar(name) => vars.origin(name),
        _ => None,
    };
    match origin {
        None => source.to_string(),
        Some(origin) => format!("{source} ({})", short(origin)),
    }
}

/// A line is enough: a variable begins with it.
fn short(origin: &Source) -> String {
    let Some(location) = origin.file() else {
        return origin.to_string();
    };
    match location.position() {
        Some(position) => format!("{}:{}", location.path(), position.line()),
        None => location.path().to_owned(),
    }
}

/// Adds `origin` to each source of the object that is a variable of a file.
pub(crate) fn add(object: &mut Value, vars: &Vars) {
    if let Some(source) = object.get_mut("source") {
        add_to(source, vars);
    }
    let fields = object.get_mut("provenance").and_then(Value::as_object_mut);
    for (_, source) in fields.into_iter().flatten() {
        add_to(source, vars);
    }
    let considered = object.get_mut("considered").and_then(Value::as_array_mut);
    for one in considered.into_iter().flatten() {
        add_to(&mut one["source"], vars);
    }
}

fn add_to(source: &mut Value, vars: &Vars) {
    let name = Some(&*source)
        .filter(|source| source["kind"] == "config-var")
        .and_then(|source| source["name"].as_str());
    let Some(origin) = name.and_then(|name| vars.origin(name)) else {
        return;
    };
    source["origin"] = json::source(origin, None);
}
