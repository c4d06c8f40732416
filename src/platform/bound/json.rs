//! The JSON of both platforms.

use std::collections::HashMap;

use crate::database::Database;
use crate::document::{Node, NodeValue, ScalarKind, Style, json};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::platform::bound::Service;
use crate::secret::{Secret, SecretStr};
use crate::shown;
use crate::source::Source;
use crate::vars::Vars;

/// What a reader makes of a document.
pub(super) type Found = Vec<BoundEntry>;

/// A service of an engine that is known.
pub(super) struct BoundEntry {
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
            let content = Err(error.with_source(&whole));
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
            content: content.map_err(|error| error.without_span().with_source(&source)),
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

/// The lists of services by their labels, sorted: the platforms promise no order.
pub(super) fn labels(document: &Node) -> Result<Vec<(&str, &[Node])>, Error> {
    let mut labels = Vec::new();
    for entry in document.entries().ok_or_else(malformed)? {
        labels.push((&*entry.key, list(&entry.node).ok_or_else(malformed)?));
    }
    labels.sort_unstable_by_key(|(label, _)| *label);
    Ok(labels)
}

/// The elements of a list.
pub(super) fn list(node: &Node) -> Option<&[Node]> {
    match &node.value {
        NodeValue::List(nodes) => Some(nodes),
        _ => None,
    }
}

/// A string; a number is not one.
pub(super) fn string(node: &Node) -> Option<&str> {
    let scalar = node.scalar()?;
    (scalar.style == Style::Quoted).then(|| scalar.text.expose())
}

/// The first of these credentials that is given; an empty string is not. A port may be a number, and so may a password of
/// digits.
pub(super) fn given<'n>(credentials: &'n Node, names: &[&str]) -> Option<&'n str> {
    let text = |name: &&str| {
        let scalar = credentials.get(name)?.scalar()?;
        let is_text = matches!(
            scalar.kind(),
            ScalarKind::Text | ScalarKind::Integer(_) | ScalarKind::Float(_)
        );
        is_text.then(|| scalar.text.expose())
    };
    names.iter().filter_map(text).find(|text| !text.is_empty())
}

pub(super) fn malformed() -> Error {
    let detail = "expected the platform's JSON object of lists of services";
    Error::new(ErrorKind::InvalidDocument, detail)
        .with_help("the platform writes this variable: remove the value that was set in its place")
}

/// Reads a document. Why it cannot be read is not passed on: the platform's own are well-formed.
pub(super) fn document(text: &str) -> Result<Node, Error> {
    json::parse(&Secret::from(text).into()).map_err(|_| malformed())
}
