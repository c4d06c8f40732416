//! The JSON of both platforms. serde's own messages quote values: none of them is passed on, and every string of a
//! document is wiped when it was read.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::database::Database;
use crate::error::{Error, ErrorKind};
use crate::platform::services::Service;
use crate::provenance::Source;
use crate::scheme::Engine;
use crate::secret::{SecretStr, wipe};
use crate::shown;
use crate::vars::Vars;

/// What a reader makes of a document.
pub(super) type Found = Vec<Entry>;

/// A service of an engine that is known.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) engine: Engine,
    pub(super) content: Result<Database, Error>,
    pub(super) is_unasked: bool,
}

/// Reads a variable that holds a document.
pub(super) fn read(
    vars: &Vars,
    var: &'static str,
    services: fn(SecretStr<'_>) -> Result<Found, Error>,
) -> Vec<Service> {
    let whole = Source::ConfigVar(var.to_owned());
    let found = match vars.get(var) {
        Ok(None) => return Vec::new(),
        Ok(Some(text)) if text.is_empty() => Err(Error::new(
            ErrorKind::EmptyVariable,
            "expected a JSON document",
        )
        .with_help("unset it; a platform without services writes an empty object")),
        Ok(Some(text)) => services(text),
        Err(error) => Err(error),
    };
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            let content = Err(error.said_by(&whole));
            return vec![Service {
                source: whole,
                engine: None,
                content,
                is_unasked: true,
            }];
        }
    };
    let mut names = Names::default();
    let services = found.into_iter().map(|entry| {
        let service = names.unique(&entry.name);
        let source = Source::Platform { var, service };
        let content = entry.content;
        Service {
            engine: Some(entry.engine),
            content: content.map_err(|error| error.without_span().said_by(&source)),
            source,
            is_unasked: entry.is_unasked,
        }
    });
    services.collect()
}

/// Names of services, made different: `db`, `db.2`, `db.3`.
#[derive(Default)]
struct Names(HashMap<String, usize>);

impl Names {
    /// What is no name, such as a URL, is not kept; a service's may be of several words.
    fn unique(&mut self, name: &str) -> String {
        let is_name = name.split(' ').all(|word| shown::name(word) == word);
        let name = if is_name { name } else { shown::name(name) };
        let mut unique = name.to_owned();
        while self.0.contains_key(&unique) {
            let count = self.0.entry(name.to_owned()).or_default();
            *count += 1;
            unique = format!("{name}.{count}");
        }
        self.0.insert(unique.clone(), 1);
        unique
    }
}

/// The lists of services by their labels, sorted: whether serde keeps the order of keys is another crate's choice.
pub(super) fn labels(document: &Document) -> Result<Vec<(&str, &Vec<Value>)>, Error> {
    let object = document.0.as_object().ok_or_else(malformed)?;
    let mut labels = Vec::new();
    for (label, services) in object {
        labels.push((&**label, services.as_array().ok_or_else(malformed)?));
    }
    labels.sort_unstable_by_key(|(label, _)| *label);
    Ok(labels)
}

/// Credentials as text: a port may be a number.
pub(super) struct Fields<'v> {
    object: &'v Map<String, Value>,
    numbers: Vec<(&'v str, String)>,
}

impl<'v> Fields<'v> {
    pub(super) fn of(object: &'v Map<String, Value>) -> Self {
        let numbers = object.iter().filter(|(_, value)| value.is_number());
        let numbers = numbers.map(|(name, value)| (&**name, value.to_string()));
        Self {
            object,
            numbers: numbers.collect(),
        }
    }

    /// The first of these that is given; an empty text is not.
    pub(super) fn text(&self, names: &[&str]) -> Option<&str> {
        let number = |name: &str| self.numbers.iter().find(|(known, _)| *known == name);
        let text = |name: &&str| match self.object.get(*name)? {
            Value::String(text) => Some(&**text),
            _ => number(name).map(|(_, number)| &**number),
        };
        names.iter().filter_map(text).find(|text| !text.is_empty())
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        // A password of digits may be written as a number.
        for (_, number) in self.numbers.drain(..) {
            wipe(number.into_bytes());
        }
    }
}

pub(super) fn malformed() -> Error {
    Error::new(
        ErrorKind::InvalidDocument,
        "expected the platform's JSON object of lists of services",
    )
    .with_help("the platform writes this variable: remove the value that was set in its place")
}

/// A document whose strings are wiped.
pub(super) struct Document(pub(super) Value);

impl Document {
    pub(super) fn of(text: &[u8]) -> Result<Self, Error> {
        // serde's message may quote what it found.
        serde_json::from_slice(text)
            .map(Self)
            .map_err(|_| malformed())
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        wipe_value(self.0.take());
    }
}

/// No deeper than serde reads, which is 128 levels.
fn wipe_value(value: Value) {
    match value {
        Value::String(text) => wipe(text.into_bytes()),
        Value::Array(values) => values.into_iter().for_each(wipe_value),
        Value::Object(object) => object.into_iter().for_each(|(_, value)| wipe_value(value)),
        _ => {}
    }
}
