//! The config and its getters: views on the store, which cannot fail because the config was checked when it was made.

use crate::config::extra::Extra;
use crate::config::store::Store;
use crate::config::traits;
use crate::config::value::{self, Host};
use crate::engine::Engine;
use crate::mistake::warnings;
use crate::postgres::keyword::{COUNT, Keyword};
use crate::postgres::session::{AuthMethod, RequireAuth};
use crate::postgres::tls::SslMode;
use crate::postgres::unknown;
use crate::secret::SecretStr;
use crate::span::{Component, Span};
use crate::warning::{Warning, WarningCode, WarningSet};

/// The keywords that name files.
const PATHS: [Keyword; 6] = [
    Keyword::SslRootCert,
    Keyword::SslCert,
    Keyword::SslKey,
    Keyword::SslCrl,
    Keyword::SslCrlDir,
    Keyword::Passfile,
];

/// How to reach a Postgres database: what a connection string says, typed and checked.
///
/// A config is libpq's own model: a map from [`Keyword`] to text. What the string did not give is unset, and a keyword
/// that is set but empty is not unset; no defaults are filled in. `Display` and `Debug` show it as a URL with every
/// secret masked.
///
/// # Grammar
///
/// [`FromStr`](std::str::FromStr) reads the default dialect, [`parse_in`](Self::parse_in) either one: URLs
/// (`postgres://user:password@host:port,host2:port2/dbname?keyword=value&…`), libpq's keyword/value text
/// (`host=… port=… dbname='…'`), and `jdbc:postgresql:` URLs. See [`Dialect`](crate::Dialect) for what is accepted.
///
/// ```
/// use database_url::postgres::{Config, SslMode};
///
/// let config: Config = "postgres://app:hunter2@db.example:5433/shop?sslmode=verify-full".parse()?;
/// assert_eq!(config.user(), Some("app"));
/// assert_eq!(config.password().unwrap().expose(), "hunter2");
/// assert_eq!(config.hosts().next().unwrap().port(), Some(5433));
/// assert_eq!(config.sslmode(), Some(SslMode::VerifyFull));
/// assert_eq!(config.to_string(), "postgres://app:****@db.example:5433/shop?sslmode=verify-full");
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
    /// A bit for each keyword that a parameter of the query gave.
    pub(super) from_query: u64,
}

impl Config {
    /// The text of a keyword, if it is set. The typed getters are views on this.
    #[must_use]
    pub fn get(&self, keyword: Keyword) -> Option<SecretStr<'_>> {
        self.text(keyword).map(SecretStr::new)
    }

    /// The keywords that are set, in libpq's order: what `PQconninfoParse` gives for the text.
    pub fn keywords(&self) -> impl Iterator<Item = (Keyword, SecretStr<'_>)> {
        self.store.indices().map(|index| {
            let text = self.store.get(index).unwrap_or_default();
            (Keyword::ALL[index], SecretStr::new(text))
        })
    }

    /// The parameters of the query that are no keywords of libpq, in order, as name and value. Values are treated as
    /// secret, since nothing is known of them.
    pub fn extras(&self) -> impl Iterator<Item = Extra<'_>> {
        self.extra_pairs().map(Extra::new)
    }

    /// The [`extras`](Self::extras) as names and values.
    pub(crate) fn extra_pairs(&self) -> impl Iterator<Item = (&str, SecretStr<'_>)> {
        let is_taken = |keyword: Keyword| {
            let mut taken = self.warnings.names(WarningCode::ForeignKeyword);
            taken.any(|name| name == keyword.as_str())
        };
        let unknown = move |name: &str| {
            Keyword::find(name.as_bytes()).is_none()
                && !unknown::ALIASES.contains(&name)
                && name != unknown::UNIX_SOCK
                && !unknown::foreign(name.as_bytes()).is_some_and(is_taken)
        };
        self.store
            .pairs()
            .filter(move |(name, _)| unknown(name))
            .map(|(name, value)| (name, SecretStr::new(value)))
    }

    /// The scheme as written, in lower case, such as `postgres` or `postgresql+psycopg2`; `None` for keyword/value text.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        (!self.scheme.is_empty()).then(|| self.store.text_at(self.scheme))
    }

    /// The port that is meant where none is given: 5432, or that of the scheme (`cockroachdb` 26257, `redshift` 5439).
    #[must_use]
    pub const fn default_port(&self) -> u16 {
        self.default_port
    }

    /// `dbname`. Where it is unset or empty, libpq and the server use the user's name.
    #[doc(alias = "database name")]
    #[must_use]
    pub fn dbname(&self) -> Option<&str> {
        self.text(Keyword::Dbname)
    }

    /// The servers to try, in order: `host`, `hostaddr` and `port` side by side. Empty if none of them is given; what
    /// is then used is the client's default (libpq: a Unix socket).
    pub fn hosts(&self) -> impl Iterator<Item = Host<'_>> + Clone {
        value::hosts(
            self.text(Keyword::Host),
            self.text(Keyword::HostAddr),
            self.text(Keyword::Port),
        )
    }

    /// The mode that applies: the one given, else `verify-full` with `sslrootcert=system`, else libpq's `prefer`.
    #[must_use]
    pub fn effective_sslmode(&self) -> SslMode {
        let system = self.text(Keyword::SslRootCert) == Some("system");
        self.sslmode().unwrap_or(if system {
            SslMode::VerifyFull
        } else {
            SslMode::Prefer
        })
    }

    /// Whether a way to authenticate is acceptable by `require_auth`.
    #[must_use]
    pub fn accepts_auth(&self, method: AuthMethod) -> bool {
        match self.require_auth() {
            None | Some(RequireAuth::Any) => true,
            Some(RequireAuth::Only(methods)) => methods.contains(&method),
            Some(RequireAuth::AnyBut(methods)) => !methods.contains(&method),
        }
    }

    /// The part of the text that gave a keyword: [`Component::Query`] for a parameter after `?`.
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

warnings! {
    config: Engine::Postgres,
    database: config.dbname(),
    paths: PATHS.iter().filter_map(|path| Some((path.as_str(), config.text(*path)?))).collect(),
    has_socket: config.get(Keyword::Service).is_some(),
    unknown_tls: name => unknown::is_unknown_tls(name), unknown::TLS_HELP,
}

traits! {
    /// Two configs are equal if they set the same keywords to the same text, hold the same extras in the same order, and
    /// mean the same port where none is given. How they were spelt does not matter.
    config => config.default_port
}
