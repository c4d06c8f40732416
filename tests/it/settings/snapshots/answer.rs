//! A question and its answer, one fact per line.

use std::fmt::Write as _;

use database_url::settings::{Settings, System};
use database_url::{Database, Error, Resolved, Setting, Source, Vars};

/// A settings file, or a system without one, and variables.
#[derive(Default)]
pub(super) struct Question {
    settings: Option<Settings>,
    system: Option<System>,
    variables: Vec<(String, String)>,
}

impl Question {
    /// Adds an argument of the command: `--system` comes first, and `--file` next.
    pub(super) fn argument(&mut self, name: &str, value: &str, file: Option<&str>) {
        let settings = self.settings.take();
        let settings = settings.or_else(|| self.system.map(Settings::without_file));
        self.settings = match (name, settings) {
            ("--system", _) => {
                self.system = Some(value.parse().expect("a system"));
                return;
            }
            ("--file", _) => {
                let file = file.expect("a block with the file");
                // A block cannot show whether its last line ends.
                let file = file.strip_suffix('\n').unwrap_or(file);
                let settings = Settings::from_str(value, file).expect("not too long");
                Some(settings.with_system(self.system.expect("a system")))
            }
            ("--environment", Some(settings)) => Some(settings.with_environment(value)),
            ("--name", Some(settings)) => Some(settings.with_connection(value)),
            ("--url", Some(settings)) => Some(settings.with_url(value)),
            (other, _) => panic!("{other} is not an argument of these pages"),
        };
    }

    pub(super) fn variable(&mut self, name: &str, value: String) {
        self.variables.push((name.to_owned(), value));
    }

    /// The URL with its secrets; the settings next to it; the source of each field; what was considered; warnings. Or every
    /// error with its location.
    pub(super) fn answer(self) -> String {
        let pairs = self.variables.iter();
        let vars: Vars = pairs
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let settings = self.settings;
        let settings =
            settings.unwrap_or_else(|| Settings::without_file(self.system.expect("a system")));
        match settings.resolve(&vars) {
            Ok(resolved) => found(&resolved),
            Err(error) => error.iter().map(failure).collect(),
        }
    }
}

fn found(resolved: &Resolved<Database>) -> String {
    let url = resolved.value().to_url();
    let mut answer = url.map_or_else(|error| format!("{error}"), |url| url.expose().to_owned());
    for (name, setting) in resolved.extras() {
        let _ = write!(answer, "\n  with {name}: {}", text(setting));
    }
    for (from, names) in by_source(resolved) {
        let _ = write!(answer, "\n  {} from {from}", names.join(", "));
    }
    for (from, outcome) in resolved.considered() {
        let _ = write!(answer, "\n  {} {outcome}", source(from));
    }
    for warning in resolved.warnings() {
        let _ = write!(answer, "\n  warning: {}", warning.code());
    }
    answer + "\n"
}

/// The fields and the settings next to them, by where they come from.
fn by_source(resolved: &Resolved<Database>) -> Vec<(String, Vec<String>)> {
    let fields = resolved
        .fields()
        .map(|(name, from)| (name.to_owned(), from));
    let extras = resolved
        .extras()
        .filter_map(|(name, _)| Some((name.to_owned(), resolved.extra_provenance(name)?)));
    let mut by_source: Vec<(String, Vec<String>)> = Vec::new();
    for (name, from) in fields.chain(extras) {
        let from = source(from.source());
        match by_source.iter_mut().find(|(known, _)| *known == from) {
            Some((_, names)) => names.push(name),
            None => by_source.push((from, vec![name])),
        }
    }
    by_source
}

fn source(source: &Source) -> String {
    let Some(file) = source.file() else {
        return source.name().unwrap_or(source.kind()).to_owned();
    };
    let position = file.position();
    let position = position.map(|at| format!("{}:{}", at.line(), at.column()));
    match (file.key(), position) {
        ("", Some(position)) => position,
        (key, Some(position)) => format!("{key} at {position}"),
        (key, None) => key.to_owned(),
    }
}

fn failure(error: &Error) -> String {
    let mut line = format!("error: {}", error.kind());
    if let Some(from) = error.origin() {
        let _ = write!(line, " {}", source(from));
    }
    if let Some(component) = error.component() {
        let _ = write!(line, ", {component}");
    }
    if error.help().is_some() {
        line.push_str(", with help");
    }
    line + "\n"
}

fn text(setting: &Setting) -> String {
    match setting {
        Setting::Null => "null".to_owned(),
        Setting::Bool(value) => value.to_string(),
        Setting::Integer(number) => number.to_string(),
        Setting::Float(number) => number.to_string(),
        Setting::Text(text) => format!("{:?}", text.expose()),
        Setting::List(list) => {
            let list: Vec<_> = list.iter().map(text).collect();
            format!("[{}]", list.join(", "))
        }
        Setting::Map(map) => {
            let map = map.iter();
            let map: Vec<_> = map
                .map(|(name, setting)| format!("{name}: {}", text(setting)))
                .collect();
            format!("{{{}}}", map.join(", "))
        }
        _ => "?".to_owned(),
    }
}
