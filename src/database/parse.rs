//! A string of any format to a config of any engine.

use std::str::FromStr;

use crate::database::Database;
use crate::engine::{Engine, Format, Scheme, after_jdbc, scheme_chars};
use crate::error::{Error, ErrorKind, parse_error};
use crate::mistake::explained;
use crate::mysql;
use crate::postgres::{self, Dialect, UnknownKeywords};
use crate::span::{Component, Span};
use crate::sqlite;

/// How to read a connection string of any engine; [`parse`](Self::parse) reads one.
///
/// ```
/// use database_url::{Engine, Format, ParseOptions};
///
/// let dsn = ParseOptions::new().format(Format::GoDsn);
/// assert_eq!(dsn.parse("app:hunter2@tcp(db.example)/shop")?.engine(), Engine::MySql);
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct ParseOptions {
    format: Format,
    postgres: postgres::ParseOptions,
    dialect: Dialect,
    sqlite: Option<sqlite::Family>,
}

impl ParseOptions {
    /// Any format and engine, the default dialect.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads in this format only.
    pub const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self.postgres = self.postgres.format(format);
        self
    }

    /// Reads Postgres' texts in this dialect.
    pub const fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self.postgres = self.postgres.dialect(dialect);
        self
    }

    /// Keeps or rejects unknown names in the query of a Postgres URL.
    pub const fn unknown_keywords(mut self, unknown: UnknownKeywords) -> Self {
        self.postgres = self.postgres.unknown_keywords(unknown);
        self
    }

    /// Keeps `username`, `database` and the like in a Postgres URL as extras.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) const fn keep_foreign(mut self) -> Self {
        self.postgres = self.postgres.keep_foreign();
        self
    }

    /// Reads SQLite's texts as this family of programs does, whatever the scheme.
    pub const fn sqlite_family(mut self, family: sqlite::Family) -> Self {
        self.sqlite = Some(family);
        self
    }

    /// Reads a connection string.
    ///
    /// # Errors
    ///
    /// If the text is not of the format, its scheme is not known, or its engine rejects it.
    pub fn parse(&self, text: &str) -> Result<Database, Error> {
        match self.format {
            Format::GoDsn => mysql::Config::from_go_dsn(text).map(Database::MySql),
            Format::Jdbc => self.jdbc(text),
            Format::Conninfo => self.postgres(text),
            Format::Auto if self.dialect == Dialect::Libpq => self.postgres(text),
            Format::Auto if after_jdbc(text).is_some() => self.jdbc(text),
            Format::Auto | Format::Url => self.url(text),
        }
    }

    fn postgres(self, text: &str) -> Result<Database, Error> {
        self.postgres.parse(text).map(Database::Postgres)
    }

    /// By the scheme. A string without one is for Postgres to read or to reject, which has a format without scheme.
    fn url(self, text: &str) -> Result<Database, Error> {
        let scheme = &text[..scheme_chars(text)];
        let rest = &text[scheme.len()..];
        let is_opaque = || rest.starts_with(':') && Scheme::find(scheme).is_some();
        if scheme.is_empty() || !(rest.starts_with("://") || is_opaque()) {
            return self.postgres(text);
        }
        match Scheme::find_any(scheme).map(|row| row.engine) {
            Some(Engine::Postgres) => self.postgres(text),
            Some(Engine::MySql) => text.parse().map(Database::MySql),
            Some(Engine::Sqlite) => {
                let config = match self.sqlite {
                    Some(family) => sqlite::Config::parse_as(family, text),
                    None => text.parse(),
                };
                config.map(Database::Sqlite)
            }
            Some(_) => text.parse().map(Database::Service),
            None => Err(explained(unknown_scheme(scheme), text)),
        }
    }

    /// By what follows `jdbc:`, or by the scheme of any other string.
    fn jdbc(self, text: &str) -> Result<Database, Error> {
        let rest = after_jdbc(text).unwrap_or(text);
        let scheme = &rest[..scheme_chars(rest)];
        match Scheme::find(scheme).map(|row| row.engine) {
            Some(Engine::Postgres) => self.postgres(text),
            Some(Engine::MySql) | None => mysql::Config::from_jdbc(text).map(Database::MySql),
            Some(_) => Err(other_jdbc(text.len() - rest.len() + scheme.len())),
        }
    }
}

#[cold]
fn other_jdbc(len: usize) -> Error {
    let span = Span::new(0, len);
    let detail = "the JDBC URLs that are read are those of Postgres, MySQL and MariaDB";
    parse_error(ErrorKind::WrongEngine, Component::Scheme, span, detail)
        .with_help("give the database's own URL, without `jdbc:`, in the format `url`")
}

#[cold]
fn unknown_scheme(scheme: &str) -> Error {
    let help = Scheme::suggestion(scheme).map_or_else(
        || "database URLs begin with postgres://, mysql://, sqlite:, redis://, mongodb://, amqp:// and the like".to_owned(),
        |meant| format!("did you mean `{meant}://`?"),
    );
    let span = Span::new(0, scheme.len());
    let detail = "expected the scheme of a database";
    parse_error(ErrorKind::UnknownScheme, Component::Scheme, span, detail).with_help(help)
}

impl Database {
    /// Reads a connection string in a format; [`ParseOptions`] has more to choose from.
    ///
    /// # Errors
    ///
    /// If the text is not of the format, its scheme is not known, or its engine rejects it.
    pub fn parse(format: Format, text: &str) -> Result<Self, Error> {
        ParseOptions::new().format(format).parse(text)
    }
}

/// In any format that is not requested by name: see [`Format::Auto`].
impl FromStr for Database {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        ParseOptions::new().parse(text)
    }
}
