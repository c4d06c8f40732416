//! The config and its getters.

use crate::config::extra::Extra;
use crate::config::store::{Store, bits};
use crate::config::tls_name::is_tls_name;
use crate::config::traits;
use crate::config::value::{Host, is_list_name};
use crate::engine::Engine;
use crate::error::words;
use crate::mistake::warnings;
use crate::secret::SecretStr;
use crate::span::{Component, Span};
use crate::warning::{Warning, WarningSet};

/// The slots of the store.
pub(super) const NAME: usize = 0;
pub(super) const PASSWORD: usize = 1;
pub(super) const COUNT: usize = 2;

/// What the memory is called.
pub(super) const MEMORY: &str = ":memory:";

words! {
    /// Which reading of a URL applies.
    Family {
        /// SQLAlchemy's, dj-database-url's and django-environ's: three slashes begin a relative path, four an absolute one, and
        /// no path is the memory. By the schemes `sqlite://` and `spatialite://`, with or without `+driver`.
        Python = "python",
        /// Rails': what follows the scheme is the path, `sqlite3:db/dev.sqlite3`; three slashes are absolute. By the
        /// scheme `sqlite3:`.
        Rails = "rails",
        /// sqlx's: what follows `sqlite:` or `sqlite://` is the path. By `sqlite:` without slashes, which no other program
        /// reads.
        Sqlx = "sqlx",
        /// `SQLite`'s own URI filenames (<https://sqlite.org/uri.html>). By the scheme `file:`.
        Uri = "uri",
    }
}

words! {
    /// `mode`, of `SQLite`'s URI filenames.
    Mode {
        /// `ro`: the file is only read.
        ReadOnly = "ro",
        /// `rw`: the file is read and written, and must be there.
        ReadWrite = "rw",
        /// `rwc`: it is created if it is not there.
        ReadWriteCreate = "rwc",
        /// `memory`: the database is in memory, and its path only a name.
        Memory = "memory",
    }
}

words! {
    /// `cache`, of `SQLite`'s URI filenames.
    Cache {
        /// `shared`: the connections of a process share one cache, and so one database in memory.
        Shared = "shared",
        /// `private`: each connection has its own.
        Private = "private",
    }
}

/// Which `SQLite` database is meant: what a URL says, typed and checked.
///
/// [`FromStr`](std::str::FromStr) takes the family from the scheme; [`parse_as`](Self::parse_as) takes it as an argument. Parameters are kept as they were
/// written. `Display` and `Debug` mask the password and every parameter that is not known to be harmless (`SQLCipher`'s
/// `key`, `hexkey` and `password` among them).
///
/// ```
/// use database_url::sqlite::{Config, Family};
///
/// let config: Config = "sqlite:///app.db".parse()?;
/// assert_eq!((config.path(), config.is_absolute()), (Some("app.db"), false));
///
/// let config = Config::parse_as(Family::Sqlx, "sqlite:///app.db")?;
/// assert_eq!((config.path(), config.is_absolute()), (Some("/app.db"), true));
/// # Ok::<(), database_url::Error>(())
/// ```
#[doc(alias = "dsn")]
#[doc(alias = "connection string")]
#[derive(Clone)]
pub struct Config {
    pub(super) store: Store<COUNT>,
    pub(super) scheme: Span,
    pub(super) family: Family,
    pub(super) warnings: WarningSet,
}

impl Config {
    /// The scheme as written, in lower case; there always is one.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        Some(self.store.text_at(self.scheme))
    }

    /// Which reading was applied.
    #[must_use]
    pub const fn family(&self) -> Family {
        self.family
    }

    /// The path of the file; `None` for a database in memory.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.name().filter(|_| !self.is_memory())
    }

    /// The path, or the name of a database in memory, which is `:memory:` where it has none of its own.
    #[doc(alias = "database name")]
    #[must_use]
    pub fn dbname(&self) -> Option<&str> {
        self.name()
    }

    /// Whether the database is in memory: `:memory:`, or `mode=memory` where it counts.
    #[must_use]
    pub fn is_memory(&self) -> bool {
        let by_mode = self.mode_counts() && self.mode() == Some(Mode::Memory);
        by_mode || self.file().is_some_and(|file| file == MEMORY)
    }

    /// Whether the path begins at the root, or at a drive of Windows.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        let is_drive = |file: &str| matches!(file.as_bytes(), [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic());
        let file = self.file().filter(|_| !self.is_memory());
        file.is_some_and(|file| file.starts_with(['/', '\\']) || is_drive(file))
    }

    /// The passphrase of `SQLCipher`, where it is before the path (SQLAlchemy's
    /// `sqlite+pysqlcipher://:passphrase@/app.db`).
    #[must_use]
    pub fn password(&self) -> Option<SecretStr<'_>> {
        self.store.get(PASSWORD).map(SecretStr::new)
    }

    /// There is no user.
    #[must_use]
    pub const fn user(&self) -> Option<&str> {
        None
    }

    /// There are no servers.
    pub fn hosts(&self) -> impl Iterator<Item = Host<'_>> + Clone {
        std::iter::empty()
    }

    /// There is no socket.
    #[must_use]
    pub const fn socket(&self) -> Option<&str> {
        None
    }

    /// There is no port: 0.
    #[must_use]
    pub const fn default_port(&self) -> u16 {
        0
    }

    /// The parameters of the query, in order, decoded. Values are treated as secret.
    pub fn extras(&self) -> impl Iterator<Item = Extra<'_>> {
        self.extra_pairs().map(Extra::new)
    }

    /// The [`extras`](Self::extras) as names and values.
    pub(crate) fn extra_pairs(&self) -> impl Iterator<Item = (&str, SecretStr<'_>)> {
        self.store
            .pairs()
            .map(|(name, value)| (name, SecretStr::new(value)))
    }

    /// The value of a parameter, the last one where there are several.
    #[must_use]
    #[inline(never)]
    pub fn param(&self, name: &str) -> Option<SecretStr<'_>> {
        self.extra_pairs()
            .filter(|(known, _)| *known == name)
            .map(|(_, value)| value)
            .last()
    }

    /// `mode`: `ro`, `rw`, `rwc` or `memory`.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        Mode::from_word(self.param("mode")?.expose())
    }

    /// `cache`: `shared` or `private`.
    #[must_use]
    pub fn cache(&self) -> Option<Cache> {
        Cache::from_word(self.param("cache")?.expose())
    }

    /// `immutable`: no one changes the file, so it is neither locked nor watched. Takes `true`, `yes`, `on`, `1` and their
    /// contraries.
    #[must_use]
    pub fn immutable(&self) -> Option<bool> {
        flag(self.param("immutable")?.expose())
    }

    /// `vfs`: the name of the operating system's interface.
    #[must_use]
    pub fn vfs(&self) -> Option<&str> {
        self.param("vfs").map(SecretStr::expose)
    }

    /// Whether a parameter may be given several times, each of which counts (`_pragma`).
    #[must_use]
    pub fn is_list(&self, name: &str) -> bool {
        is_list_name(name)
    }

    /// `journal_mode`, a pragma that drivers take from the query.
    #[must_use]
    pub fn journal_mode(&self) -> Option<&str> {
        self.param("journal_mode").map(SecretStr::expose)
    }

    /// The fields that are given, with the part of the text that gave each.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static str, Component)> {
        bits(self.store.set()).map(|index| {
            let component = if index == PASSWORD {
                Component::Password
            } else {
                Component::Database
            };
            (component.as_str(), component)
        })
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.store.get(NAME)
    }

    /// The path without the `file:` of a URI filename that is in a URL of Python's.
    pub(crate) fn file(&self) -> Option<&str> {
        let nested = self.is_nested();
        self.name().map(|name| {
            name.strip_prefix("file:")
                .filter(|_| nested)
                .unwrap_or(name)
        })
    }

    /// Whether the path is itself a URI filename, which Python hands on with `uri=true`.
    fn is_nested(&self) -> bool {
        let uri = || self.param("uri").and_then(|value| flag(value.expose()));
        self.family == Family::Python && uri() == Some(true)
    }

    /// Whether `mode` goes to `SQLite`, and is not one of many settings of a framework.
    pub(crate) fn mode_counts(&self) -> bool {
        match self.family {
            Family::Sqlx | Family::Uri => true,
            Family::Python => {
                self.is_nested() && self.name().is_some_and(|name| name.starts_with("file:"))
            }
            Family::Rails => false,
        }
    }
}

warnings! {
    config: Engine::Sqlite,
    database: None,
    paths: config.dbname().into_iter().map(|path| ("database", path)).collect(),
    has_socket: false,
    unknown_tls: name => is_unknown_tls(name), "SQLite opens a file and has no TLS; remove it",
}

traits! {
    /// Two configs are equal if they are of one family and have the same path, password and parameters.
    config => config.family
}

/// A boolean, by `SQLite`'s words.
pub(super) fn flag(value: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
    match () {
        () if is(&["true", "yes", "on", "1"]) => Some(true),
        () if is(&["false", "no", "off", "0"]) => Some(false),
        () => None,
    }
}

/// Settings of SQLite with a word of TLS in them.
const NOT_TLS: &[&str] = &["secure_delete", "_secure_delete"];

/// Whether a parameter is about TLS, of which SQLite has none.
fn is_unknown_tls(name: &str) -> bool {
    is_tls_name(name) && !NOT_TLS.iter().any(|known| known.eq_ignore_ascii_case(name))
}
