//! How a connection string is read: the dialect, the format, and what happens to unknown names.

use crate::engine::{Engine, Format, Scheme};
use crate::error::{Error, ErrorKind, parse_error, words};
use crate::postgres::keyword::Keyword;
use crate::postgres::unknown::{self, Verdict};
use crate::span::{Component, Span};

words! {
    /// Which reading of a connection string applies.
    #[derive(Default)]
    Dialect {
        /// `default`: libpq's grammar, made safe.
        ///
        /// * Every usual scheme is known, in any case, with `+driver`; so is `jdbc:postgresql:`.
        /// * A raw `@`, `/` or `?` in a password, which would change the host, is an error that names its escape; so is any
        ///   raw `@` after the host, but in the path of a file (`sslrootcert=/home/me@corp/ca.pem`).
        /// * Control characters, a second `?`, `&amp;`, and `;` before a name and `=` in the query are errors.
        /// * So are user and password in the database or the host (`///u:p@h/db`), a URL as a part of one (`host=postgres://…`),
        ///   and a setting after the wrong separator (`user=app;password=…`).
        /// * Unknown names of a query are kept as extras, but one that is nearly a TLS or authentication keyword is an
        ///   error, and so are contradictory TLS settings.
        /// * `ssl=true|1|yes|on` is `sslmode=require`, `ssl=false|0|no|off` is `sslmode=disable`, and `ssl` takes the values of
        ///   `sslmode`; `requiressl` is `0` or `1`.
        /// * Spaces or quotes round the text, unexpanded references (`${…}`) and a masked password (`****`) are errors.
        #[default]
        Default = "default",
        /// `libpq`: what libpq 18 accepts, and what it means by it.
        ///
        /// Deliberate differences: text must be UTF-8 and at most [`MAX_LEN`](crate::MAX_LEN); integers and port numbers, which libpq checks
        /// when it uses them, are checked with the other options; `hostaddr` is not checked.
        Libpq = "libpq",
    }
}

words! {
    /// What happens to names in a query that no keyword and no alias has.
    #[derive(Default)]
    UnknownKeywords {
        /// They are kept as extras.
        #[default]
        Keep = "keep",
        /// They are errors, as for libpq.
        Deny = "deny",
    }
}

/// How to read a connection string; [`parse`](Self::parse) reads one.
///
/// ```
/// use database_url::postgres::{ParseOptions, UnknownKeywords};
///
/// let strict = ParseOptions::new().unknown_keywords(UnknownKeywords::Deny);
/// assert!(strict.parse("postgres://db.example/shop?pool=5").is_err());
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct ParseOptions {
    pub(super) dialect: Dialect,
    pub(super) format: Format,
    unknown_keywords: UnknownKeywords,
    /// Another program reads `username`, `database` and the like itself.
    keeps_foreign: bool,
}

impl ParseOptions {
    /// The default dialect, any format, extras kept.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads in this dialect.
    pub const fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// Reads in this format only.
    pub const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Keeps or rejects unknown names in a query. The libpq dialect always rejects them.
    pub const fn unknown_keywords(mut self, unknown: UnknownKeywords) -> Self {
        self.unknown_keywords = unknown;
        self
    }

    /// Keeps `username`, `database` and the like as extras, for a system that gives them a meaning of its own.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) const fn keep_foreign(mut self) -> Self {
        self.keeps_foreign = true;
        self
    }
}

impl ParseOptions {
    /// The keyword that another program's name in a query is taken for.
    pub(super) fn foreign(self, name: &[u8]) -> Option<Keyword> {
        let takes = self.dialect == Dialect::Default
            && self.unknown_keywords == UnknownKeywords::Keep
            && !self.keeps_foreign;
        unknown::foreign(name).filter(|_| takes)
    }

    /// Rejects a name in a query that is no keyword, if unknown ones are, or if it nearly is one.
    pub(super) fn check_name(self, name: &str, location: Span) -> Result<(), Error> {
        if self.dialect == Dialect::Libpq
            || self.unknown_keywords == UnknownKeywords::Deny
            || name.is_empty()
        {
            return Err(unknown_keyword(name, Component::Query, location));
        }
        match unknown::classify(name) {
            Verdict::Keep | Verdict::KeepWithWarning => Ok(()),
            Verdict::Misspelt(meant) => Err(misspelt(meant, location)),
        }
    }
}

/// The port that a scheme means, if it is one of Postgres.
pub(super) fn default_port(scheme: &str, span: Span) -> Result<u16, Error> {
    Scheme::of(scheme, Engine::Postgres, span).map(|row| row.default_port)
}

#[cold]
pub(super) fn unknown_keyword(name: &str, component: Component, span: Span) -> Error {
    let help = unknown::suggestion(name).map(|meant| format!("did you mean `{meant}`?"));
    let detail = "expected a keyword of libpq";
    parse_error(ErrorKind::UnknownKeyword, component, span, detail)
        .with_help(help.unwrap_or_default())
}

#[cold]
fn misspelt(meant: &'static str, span: Span) -> Error {
    let detail = "it looks like a setting of TLS or authentication, but libpq knows no such name";
    parse_error(ErrorKind::UnknownKeyword, Component::Query, span, detail)
        .with_help(format!("did you mean `{meant}`?"))
}
