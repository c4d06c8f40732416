//! Settings files as rows of a table: a file, its variables, and what comes of them as short lines.

use std::fmt::Write as _;

use database_url::settings::{Settings, System};
use database_url::{Database, Error, Resolved, Setting, Source, Vars};

use super::Failures;

/// A file and what is asked of it.
#[derive(Clone)]
pub(crate) struct Ask {
    settings: Settings,
    vars: Vec<(String, String)>,
}

impl Ask {
    /// A file of a system, under the name that the system gives it.
    pub(crate) fn file(system: System, path: &str, text: &str) -> Self {
        let settings = Settings::from_text(path, text).expect("not too long");
        Self {
            settings: settings.with_system(system),
            vars: Vec::new(),
        }
    }

    /// A system without a file.
    pub(crate) fn nothing(system: System) -> Self {
        Self {
            settings: Settings::without_file(system),
            vars: Vec::new(),
        }
    }

    pub(crate) fn of(mut self, environment: &str) -> Self {
        self.settings = self.settings.with_environment(environment);
        self
    }

    pub(crate) fn named(mut self, connection: &str) -> Self {
        self.settings = self.settings.with_connection(connection);
        self
    }

    pub(crate) fn url(mut self, url: &str) -> Self {
        self.settings = self.settings.with_url(url);
        self
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.vars.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn resolve(&self) -> Result<Resolved<Database>, Error> {
        let pairs = self.vars.iter();
        let vars: Vars = pairs
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.settings.resolve(&vars)
    }

    /// What comes of it: the URL with its secrets and what is beside it; the fields by their sources; what was looked at;
    /// warnings. Or every failure with its place.
    pub(crate) fn answer(&self) -> Vec<String> {
        match self.resolve() {
            Ok(resolved) => found(&resolved),
            Err(error) => error.all().iter().map(failure).collect(),
        }
    }
}

fn found(resolved: &Resolved<Database>) -> Vec<String> {
    let url = resolved.value().to_url();
    let mut what = url.map_or_else(|error| format!("{error}"), |url| url.expose().to_owned());
    for (name, setting) in resolved.extras() {
        let _ = write!(what, " {name}={}", text(setting));
    }
    let mut by_source: Vec<(String, Vec<String>)> = Vec::new();
    let fields = resolved
        .fields()
        .map(|(name, from)| (name.to_owned(), from));
    let extras = resolved
        .extras()
        .filter_map(|(name, _)| Some((name.to_owned(), resolved.extra_provenance(name)?)));
    for (name, from) in fields.chain(extras) {
        let from = source(from.source());
        match by_source.iter_mut().find(|(known, _)| *known == from) {
            Some((_, names)) => names.push(name),
            None => by_source.push((from, vec![name])),
        }
    }
    let by_source = by_source.into_iter();
    let by_source: Vec<_> = by_source
        .map(|(from, names)| format!("{}<{from}", names.join(",")))
        .collect();
    let considered = resolved.considered();
    let considered: Vec<_> = considered
        .map(|(from, outcome)| format!("{} {outcome}", source(from)))
        .collect();
    let warnings = resolved.warnings().iter();
    let warnings: Vec<_> = warnings.map(|warning| warning.code().as_str()).collect();
    let mut lines = vec![what, by_source.join(" "), considered.join(", ")];
    if !warnings.is_empty() {
        lines.push(format!("!{}", warnings.join(" !")));
    }
    lines
}

fn source(source: &Source) -> String {
    match source.file() {
        Some(place) => {
            let position = place.position();
            let position = position.map(|at| format!("@{}:{}", at.line(), at.column()));
            format!("{}{}", place.key(), position.unwrap_or_default())
        }
        None => match source.name() {
            Some(name) => name.to_owned(),
            None => source.kind().to_owned(),
        },
    }
}

fn failure(error: &Error) -> String {
    let from = error.provenance().map(source);
    let mut line = format!("{} {}", error.kind().as_str(), from.unwrap_or_default());
    if let Some(component) = error.component() {
        let _ = write!(line, " {component}");
    }
    if error.help().is_some() {
        line.push_str(" +help");
    }
    line
}

fn text(setting: &Setting) -> String {
    match setting {
        Setting::Null => "null".to_owned(),
        Setting::Bool(said) => said.to_string(),
        Setting::Integer(number) => number.to_string(),
        Setting::Float(number) => number.to_string(),
        Setting::Text(text) => format!("{:?}", text.expose()),
        Setting::List(list) => {
            let list: Vec<_> = list.iter().map(text).collect();
            format!("[{}]", list.join(","))
        }
        Setting::Map(map) => {
            let map = map.iter();
            let map: Vec<_> = map
                .map(|(name, setting)| format!("{name}:{}", text(setting)))
                .collect();
            format!("{{{}}}", map.join(","))
        }
        _ => "?".to_owned(),
    }
}

/// Compares a table, row by row.
pub(crate) fn compare(rows: &[(&str, Ask, &[&str])]) {
    let mut failures = Failures::default();
    for (fact, ask, expected) in rows {
        let expected: Vec<_> = expected.iter().map(|line| (*line).to_owned()).collect();
        failures.compare(fact, ask.answer(), expected);
    }
    failures.finish();
}
