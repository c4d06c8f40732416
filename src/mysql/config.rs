//! The config and its getters: views on the store, which cannot fail because the config was checked when it was made.

use crate::config::extra::Extra;
use crate::config::store::Store;
use crate::config::traits;
use crate::config::value::{self, Host};
use crate::engine::Engine;
use crate::mistake::warnings;
use crate::mysql::alias::Names;
use crate::mysql::keyword::{COUNT, Keyword, ValueKind};
use crate::mysql::{alias, check, mask, unknown};
use crate::secret::SecretStr;
use crate::shown;
use crate::span::{Component, Span};
use crate::warning::{Warning, WarningSet};

/// The settings that name files.
const PATHS: [Keyword; 4] = [
    Keyword::SslCa,
    Keyword::SslCapath,
    Keyword::SslCert,
    Keyword::SslKey,
];

/// How to reach a MySQL or MariaDB database: what a connection string says, typed and checked.
///
/// Every setting is kept under its canonical [`Keyword`], whatever its spelling was. What the string did not give is unset;
/// no defaults are filled in. `Display` and `Debug` show it as a URL with every secret masked.
///
/// # Grammar
///
/// [`FromStr`](std::str::FromStr) reads URLs, `mysql://user:password@host:port/database?parameter=value&…`, also with several hosts
/// (`h1:3306,h2:3307`), sockets (`?socket=/run/mysqld.sock`) and the schemes `mariadb`, `mysql2`, `trilogy`, `mysqlx` and others.
/// [`from_go_dsn`](Self::from_go_dsn) and [`from_jdbc`](Self::from_jdbc) read the other two grammars, which are never guessed.
///
/// * The last `@` ends the credentials, and the first `:` in them the user.
/// * Everything is percent-decoded once; `+` is a plus sign, but in the parameters a space.
/// * A raw `#` is an error, and so is a `/` or `?` that would cut a password and change the host.
///
/// ```
/// use std::time::Duration;
/// use database_url::mysql::{Config, SslMode};
///
/// let config: Config = "mysql://app:hunter2@db.example/shop?useSSL=true&requireSSL=true&connectTimeout=1500".parse()?;
/// assert_eq!(config.password().unwrap().expose(), "hunter2");
/// assert_eq!(config.ssl_mode(), Some(SslMode::Required));
/// assert_eq!(config.connect_timeout(), Some(Duration::from_millis(1500)));
/// assert_eq!(config.to_string(), "mysql://app:****@db.example/shop?ssl-mode=REQUIRED&connect_timeout_ms=1500");
/// # Ok::<(), database_url::Error>(())
/// ```
#[doc(alias = "dsn")]
#[doc(alias = "connection string")]
#[derive(Clone)]
pub struct Config {
    pub(super) store: Store<COUNT>,
    /// Where the scheme is in the store; empty if the text had none.
    pub(super) scheme: Span,
    pub(super) default_port: u16,
    pub(super) warnings: WarningSet,
    /// A bit for each setting that a parameter gave.
    pub(super) from_query: u64,
    /// A bit for each location that authority and path gave, as far as [`from_query`](Self::from_query) has it, too.
    pub(super) from_authority: u64,
    pub(super) names: Names,
}

/// The value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Words and paths; treated as secret where the keyword is.
    Text(SecretStr<'a>),
    /// Milliseconds, sizes and counts.
    Number(u64),
    /// `true` or `false`.
    Bool(bool),
}

impl Config {
    pub(super) const fn empty(scheme: Span, default_port: u16) -> Self {
        Self {
            store: Store::empty(),
            scheme,
            default_port,
            warnings: WarningSet::new(),
            from_query: 0,
            from_authority: 0,
            names: Names::Common,
        }
    }

    /// The canonical text of a setting, if it is set. The typed getters are views on this.
    #[must_use]
    pub fn get(&self, keyword: Keyword) -> Option<SecretStr<'_>> {
        self.text(keyword).map(SecretStr::new)
    }

    /// The settings that are set, in the table's order.
    pub fn keywords(&self) -> impl Iterator<Item = (Keyword, SecretStr<'_>)> {
        self.store.indices().map(|index| {
            let text = self.store.get(index).unwrap_or_default();
            (Keyword::ALL[index], SecretStr::new(text))
        })
    }

    /// The parameters that are set, by their canonical names, with typed values: all settings but those that say where and as
    /// whom to connect.
    pub fn params(&self) -> impl Iterator<Item = (Keyword, Value<'_>)> {
        let params = self.settings();
        params.map(|(keyword, text)| (keyword, value_of(keyword, text)))
    }

    /// The [`params`](Self::params) as text.
    pub(crate) fn settings(&self) -> impl Iterator<Item = (Keyword, SecretStr<'_>)> {
        let keywords = self.keywords();
        keywords.filter(|(keyword, _)| !keyword.is_location())
    }

    /// The parameters of the query that nothing is known of, in order, as name and value. Values are treated as secret.
    pub fn extras(&self) -> impl Iterator<Item = Extra<'_>> {
        self.extra_pairs().map(Extra::new)
    }

    /// The [`extras`](Self::extras) as names and values.
    pub(crate) fn extra_pairs(&self) -> impl Iterator<Item = (&str, SecretStr<'_>)> {
        self.store
            .pairs()
            .filter(|(name, value)| self.names.is_extra(name, value))
            .map(|(name, value)| (name, SecretStr::new(value)))
    }

    /// The parameters as they were written, decoded, without those that say where and as whom to connect, and without those
    /// of settings that were changed since.
    pub fn written(&self) -> impl Iterator<Item = Extra<'_>> {
        let location = |name: &str| self.names != Names::Go && alias::is_location(name);
        self.store
            .pairs()
            .filter(move |(name, _)| !location(name))
            .map(|(name, value)| Extra::with_shown(name, value, self.masked_param(name, value)))
    }

    /// A parameter as it may be shown.
    pub(super) fn masked_param<'p>(&self, name: &'p str, value: &'p str) -> (&'p str, &'p str) {
        match self.names {
            // What has the name of another driver's parameter is a variable of the server for Go.
            Names::Go if alias::find_go(name).is_none() => shown::param(name, value),
            _ => mask::param(name, value),
        }
    }

    /// The scheme as written, in lower case, such as `mysql2` or `jdbc:mysql`; `None` for a Go DSN.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        (!self.scheme.is_empty()).then(|| self.store.text_at(self.scheme))
    }

    /// The port that is meant where none is given: 3306, or that of the scheme (`mysqlx` 33060).
    #[must_use]
    pub const fn default_port(&self) -> u16 {
        self.default_port
    }

    /// `database`. There is no default; it is not the user's name.
    #[doc(alias = "database name")]
    #[must_use]
    pub fn dbname(&self) -> Option<&str> {
        self.text(Keyword::Database)
    }

    /// The servers to try, in order, with ports and priorities. Empty if none is given.
    pub fn hosts(&self) -> impl Iterator<Item = Host<'_>> + Clone {
        let hosts = value::hosts(self.text(Keyword::Host), None, self.text(Keyword::Port));
        let mut priorities = self.text(Keyword::Priority).map(|list| list.split(','));
        hosts.map(move |host| Host {
            priority: priorities
                .as_mut()
                .and_then(Iterator::next)
                .and_then(check::priority),
            ..host
        })
    }

    /// Whether a setting that is `true` or `false` is the one or the other, if it is set.
    #[must_use]
    pub fn flag(&self, keyword: Keyword) -> Option<bool> {
        self.text(keyword)
            .filter(|_| keyword.row().kind == ValueKind::Bool)
            .map(|text| text == "true")
    }

    /// The part of the text that gave a setting: [`Component::Query`] for a parameter.
    pub(crate) fn component(&self, keyword: Keyword) -> Component {
        if self.from_query & keyword.bit() != 0 {
            Component::Query
        } else {
            keyword.component()
        }
    }

    #[inline(never)]
    pub(super) fn text(&self, keyword: Keyword) -> Option<&str> {
        self.store.get(keyword as usize)
    }
}

fn value_of(keyword: Keyword, text: SecretStr<'_>) -> Value<'_> {
    match (keyword.row().kind, text.expose()) {
        (ValueKind::Number | ValueKind::Compress, digits)
            if digits.starts_with(|first: char| first.is_ascii_digit()) =>
        {
            digits.parse().map_or(Value::Text(text), Value::Number)
        }
        (ValueKind::Bool | ValueKind::Compress, "true") => Value::Bool(true),
        (ValueKind::Bool | ValueKind::Compress, "false") => Value::Bool(false),
        _ => Value::Text(text),
    }
}

warnings! {
    config: Engine::MySql,
    database: config.dbname(),
    paths: PATHS.iter().filter_map(|path| Some((path.as_str(), config.text(*path)?))).collect(),
    has_socket: config.socket().or(config.net()).is_some() || config.scheme().is_none(),
    unknown_tls: name => unknown::is_unknown_tls(config.names, name), unknown::TLS_HELP,
}

traits! {
    /// Two configs are equal if they set the same settings to the same values, hold the same extras in the same order, and mean
    /// the same port where none is given. How they were spelt does not matter.
    config => config.default_port
}
