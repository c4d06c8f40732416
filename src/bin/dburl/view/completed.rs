//! What `--complete` adds to an answer: the client's defaults that apply, and what lost.

use std::io;

use database_url::{Database, Resolved};
use serde_json::{Map, Value, json};

use crate::view::{Out, json as view, table};

/// Adds `defaults` and `lost`, each by field.
pub(crate) fn add(object: &mut Value, resolved: &Resolved<Database>) {
    if !resolved.is_complete() {
        return;
    }
    let defaults = resolved
        .defaults()
        .map(|(field, value, _)| (field.to_owned(), json!(value)));
    object["defaults"] = Value::Object(defaults.collect());
    let mut lost: Map<String, Value> = Map::new();
    for (field, source) in resolved.lost() {
        let sources = lost.entry(field).or_insert_with(|| json!([]));
        if let Some(sources) = sources.as_array_mut() {
            sources.push(view::source(source, None));
        }
    }
    object["lost"] = lost.into();
}

/// The same for a person.
pub(crate) fn print(resolved: &Resolved<Database>, out: &mut Out) -> io::Result<()> {
    let row = |field: &str, value: String| [field.to_owned(), value, String::new()];
    let defaults = resolved.defaults();
    let defaults = defaults.map(|(field, value, _)| row(field, value.to_owned()));
    table::section("Defaults that apply", defaults, out)?;
    let lost = resolved.lost();
    let lost = lost.map(|(field, source)| row(field, source.to_string()));
    table::section("Set, but another source came first", lost, out)
}
