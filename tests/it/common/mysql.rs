//! What the tables of MySQL share: a config as plain facts, and rows that are accepted or rejected, in every format.

use std::fmt;

use database_url::mysql::{Config, Value};
use database_url::{Error, ErrorKind, SecretStr};

use super::{Failures, marked};

/// An entry point: `str::parse` for URLs, `Config::from_go_dsn`, `Config::from_jdbc`.
pub(crate) type Read = fn(&str) -> Result<Config, Error>;

/// A typed value as it is in a table: `5` is a number, `"5"` a string.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Typed {
    Text(String),
    Number(u64),
    Bool(bool),
}

impl From<&str> for Typed {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Typed {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Typed {
    fn from(given: bool) -> Self {
        Self::Bool(given)
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(given) => write!(f, "{given}"),
        }
    }
}

/// Names and values.
pub(crate) type Facts = Vec<(String, Typed)>;

/// All that a config says, sorted by name: `user`, `password`, `hosts` (as [`hosts`] writes them), `database`, `socket`, `net` and
/// `address`, and the parameters by their canonical names. What is unset is not there.
pub(crate) fn facts(config: &Config) -> Facts {
    let hosts = hosts(config);
    let locations = [
        ("user", config.user()),
        ("password", config.password().map(SecretStr::expose)),
        ("hosts", Some(&*hosts).filter(|hosts| !hosts.is_empty())),
        ("database", config.dbname()),
        ("socket", config.socket()),
        ("net", config.net()),
        ("address", config.address()),
    ];
    let mut facts: Facts = locations
        .into_iter()
        .filter_map(|(name, text)| Some((name.to_owned(), Typed::from(text?))))
        .collect();
    facts.extend(params(config));
    facts.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    facts
}

/// The parameters by their canonical names, with typed values.
pub(crate) fn params(config: &Config) -> Facts {
    let typed = config.params().map(|(keyword, value)| {
        let value = match value {
            Value::Text(text) => Typed::from(text.expose()),
            Value::Number(number) => Typed::Number(number),
            Value::Bool(given) => Typed::Bool(given),
            _ => unreachable!("a kind of value that the tables do not know"),
        };
        (keyword.as_str().to_owned(), value)
    });
    typed.collect()
}

/// The hosts in one line: `db1:3306 db2 [::1]:3307`, and with priorities `db1:33060/90 db2/80`.
pub(crate) fn hosts(config: &Config) -> String {
    let hosts = config.hosts().map(|host| {
        let name = host.host().unwrap_or_default();
        let name = if name.contains(':') {
            format!("[{name}]")
        } else {
            name.to_owned()
        };
        let port = host.port().map_or(String::new(), |port| format!(":{port}"));
        let priority = host.priority().map(|priority| format!("/{priority}"));
        format!("{name}{port}{}", priority.unwrap_or_default())
    });
    hosts.collect::<Vec<_>>().join(" ")
}

/// The parameters that nothing is known of, in order.
pub(crate) fn extras(config: &Config) -> Vec<(&str, &str)> {
    config
        .extras()
        .map(|extra| (extra.name(), extra.value().expose()))
        .collect()
}

/// The codes of a config's warnings.
pub(crate) fn codes(config: &Config) -> Vec<&'static str> {
    config
        .warnings()
        .map(|warning| warning.code().as_str())
        .collect()
}

/// A row: what it shows, the text, all that it says, its extras, and the codes of its warnings.
pub(crate) type Accepted<'a> = (
    &'a str,
    &'a str,
    Facts,
    &'a [(&'a str, &'a str)],
    &'a [&'a str],
);

#[track_caller]
pub(crate) fn accepts(read: Read, table: &[Accepted<'_>]) {
    let mut failures = Failures::default();
    for (id, text, expected, kept, warned) in table {
        match read(text) {
            Ok(config) => {
                let mut expected = expected.clone();
                expected.sort_unstable_by(|one, other| one.0.cmp(&other.0));
                failures.compare(id, facts(&config), expected);
                failures.compare(id, extras(&config), kept.to_vec());
                failures.compare(id, codes(&config), warned.to_vec());
            }
            Err(error) => failures.rejected(id, &error),
        }
    }
    failures.finish();
}

/// A row: what it shows, the text with `«…»` round the location, the kind, the component, and a piece of the help.
pub(crate) type Rejected<'a> = (&'a str, &'a str, ErrorKind, &'a str, &'a str);

#[track_caller]
pub(crate) fn rejects(read: Read, table: &[Rejected<'_>]) {
    let mut failures = Failures::default();
    for (id, input, kind, component, help) in table {
        let (text, span) = marked(input);
        match read(&text) {
            Ok(config) => failures.push(id, &format!("accepted as {:?}", facts(&config))),
            Err(error) => {
                let location = error.span().map(|span| (span.start(), span.end()));
                let got = (
                    error.kind(),
                    error.component().map_or("", |part| part.as_str()),
                    location,
                );
                failures.compare(id, got, (*kind, *component, span));
                failures.compare(id, error.stage().is_some(), true);
                let found = error.help().unwrap_or_default();
                if !found.contains(help) || found.is_empty() {
                    failures.push(id, &format!("no {help:?} in {found:?}"));
                }
            }
        }
    }
    failures.finish();
}

/// Rows of `"what it shows": text => { name: value, … } [extra: value, …] warns code, …;`, after the entry point.
macro_rules! mysql_accepts {
    ($read:expr; $($id:literal: $input:literal => { $($name:ident: $value:literal),* }
        $([$($extra:literal: $text:literal),*])? $(warns $($code:literal),*)?;)*) => {
        $crate::common::mysql::accepts($read, &[$((
            $id,
            $input,
            vec![$((stringify!($name).to_owned(), $value.into())),*],
            &[$($(($extra, $text)),*)?],
            &[$($($code),*)?],
        )),*])
    };
}

/// Rows of `"what it shows": text with «…» => kind, component, piece of the help;`, after the entry point.
macro_rules! mysql_rejects {
    ($read:expr; $($id:literal: $input:literal => $kind:ident, $component:literal, $help:literal;)*) => {
        $crate::common::mysql::rejects($read, &[$(($id, $input, database_url::ErrorKind::$kind, $component, $help)),*])
    };
}
