//! What the tests of this folder share: configs as plain pairs, and tables whose failures are reported together.

pub(crate) mod arbitrary;
#[macro_use]
pub(crate) mod mysql;
pub(crate) mod raw_password;
pub(crate) mod secret;

use std::fmt::Debug;

use database_url::Error;
use database_url::postgres::Config;

/// Keywords and their texts, as written in a table; the order does not matter.
pub(crate) type Pairs<'a> = &'a [(&'a str, &'a str)];

/// The keywords that a config sets, sorted by name.
pub(crate) fn keywords(config: &Config) -> Vec<(&str, &str)> {
    let mut pairs: Vec<_> = config
        .keywords()
        .map(|(keyword, text)| (keyword.as_str(), text.expose()))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// The extras of a config, in order.
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

/// The pairs of a table, sorted as [`keywords`] sorts them.
pub(crate) fn sorted(pairs: Pairs<'_>) -> Vec<(&str, &str)> {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable();
    pairs
}

/// Takes `«` and `»` out of a string and gives the bytes between them: where an error is expected to point.
pub(crate) fn marked(text: &str) -> (String, Option<(usize, usize)>) {
    let Some((before, rest)) = text.split_once('«') else {
        return (text.to_owned(), None);
    };
    let (inside, after) = rest.split_once('»').expect("both marks");
    let span = (before.len(), before.len() + inside.len());
    (format!("{before}{inside}{after}"), Some(span))
}

/// Whether what differs is written into the pages: the switch of `trycmd`, which runs the console blocks.
#[expect(clippy::disallowed_methods, reason = "a switch of the tests")]
pub(crate) fn overwrites() -> bool {
    std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite")
}

/// The failures of a table, reported together when all rows were tried.
#[derive(Default)]
pub(crate) struct Failures(Vec<String>);

impl Failures {
    /// Notes a row whose sides differ.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "rows are made for the comparison"
    )]
    pub(crate) fn compare<T: PartialEq + Debug>(&mut self, id: &str, got: T, expected: T) {
        if got != expected {
            self.0
                .push(format!("{id}\n     got {got:?}\n  wanted {expected:?}"));
        }
    }

    /// Notes a row that failed in another way.
    pub(crate) fn push(&mut self, id: &str, what: &str) {
        self.0.push(format!("{id}\n  {what}"));
    }

    /// Notes a row that should have been accepted.
    pub(crate) fn rejected(&mut self, id: &str, error: &Error) {
        self.0.push(format!("{id}\n  refused: {error}"));
    }

    /// Ends the table.
    #[track_caller]
    pub(crate) fn finish(self) {
        assert!(
            self.0.is_empty(),
            "{} rows failed:\n{}",
            self.0.len(),
            self.0.join("\n")
        );
    }
}
