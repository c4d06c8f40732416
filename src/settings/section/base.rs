//! A database of a URL with fields next to it.

use crate::database::{Database, ParseOptions};
use crate::engine::Scheme;
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::postgres;
use crate::secret::SecretStr;
use crate::settings::section::Slot;
use crate::source::Source;
use crate::sqlite;
use crate::vars::is_conventional;

/// Keys that hold URLs in settings files.
const URL_KEYS: &[&str] = &["url", "uri", "dsn", "database_url", "DATABASE_URL"];

/// A database that a URL gives, and who gave the URL.
#[derive(Clone, Debug)]
pub(in crate::settings) struct Base {
    pub(in crate::settings) database: Database,
    pub(in crate::settings) source: Source,
}

impl Base {
    /// Reads the URL that is given.
    pub(in crate::settings) fn read(
        url: &str,
        source: Source,
        sqlite: sqlite::Family,
    ) -> Result<Self, Error> {
        Self::read_with(ParseOptions::new(), url, source, sqlite)
    }

    /// The same, with options.
    pub(in crate::settings) fn read_with(
        options: ParseOptions,
        url: &str,
        source: Source,
        sqlite: sqlite::Family,
    ) -> Result<Self, Error> {
        let options = if Scheme::of_file(url) && !url.starts_with("file:") {
            options.sqlite_family(sqlite)
        } else {
            options
        };
        if url.is_empty() {
            let detail = "expected a database URL";
            let kind = match &source {
                Source::ConfigVar(_) => ErrorKind::EmptyVariable,
                _ => ErrorKind::Empty,
            };
            return Err(Error::new(kind, detail).with_source(&source).with_help(
                "set it to a URL, or unset it; set but empty is not the same as unset",
            ));
        }
        let database = options.parse(url).map_err(|error| {
            let is_format = error.kind() == ErrorKind::UnknownFormat;
            let error = if is_format && is_conventional(url) && url.contains('_') {
                error.with_help(
                    "this looks like the name of a variable, which nothing here fills in",
                )
            } else if is_format || error.kind() == ErrorKind::UnknownScheme {
                match url.split_once(':') {
                    // `url:postgres://…` as the value of the key above.
                    Some((key, rest)) if URL_KEYS.contains(&key) && rest.contains("://") => error
                        .with_help(
                            "write a space after the `:`: without one the key is part of the value",
                        ),
                    _ => error,
                }
            } else {
                error
            };
            error.with_source(&source)
        })?;
        Ok(Self { database, source })
    }

    /// The parameters of the URL that nothing is known of.
    pub(in crate::settings) fn extras(&self) -> Vec<(&str, SecretStr<'_>)> {
        match &self.database {
            Database::Postgres(config) => config.extra_pairs().collect(),
            Database::MySql(config) => config.extra_pairs().collect(),
            Database::Sqlite(config) => config.extra_pairs().collect(),
            Database::Service(config) => config.extra_pairs().collect(),
        }
    }

    /// Takes out what is set, but empty.
    pub(in crate::settings) fn drop_spaces(&mut self) {
        // What cannot be taken out stays, and says nothing as before.
        match &mut self.database {
            Database::Postgres(config) => {
                for keyword in postgres::Keyword::ALL {
                    if config.get(*keyword).is_some_and(SecretStr::is_empty) {
                        *config = config.clone().without(*keyword).unwrap_or(config.clone());
                    }
                }
                let is_given = |_: &str, text: SecretStr<'_>| !text.is_empty();
                if config
                    .extra_pairs()
                    .any(|(name, text)| !is_given(name, text))
                {
                    let given = config.with_extras_where(is_given);
                    *config = given.unwrap_or(config.clone());
                }
            }
            Database::MySql(config) => {
                for keyword in mysql::Keyword::ALL {
                    if config.get(*keyword).is_some_and(SecretStr::is_empty) {
                        *config = config.clone().without(*keyword).unwrap_or(config.clone());
                    }
                }
            }
            Database::Sqlite(_) | Database::Service(_) => {}
        }
    }

    /// Puts parameters that are known under another name into the parts that they are.
    pub(in crate::settings) fn promote(&mut self, names: &[(&str, Slot)]) -> Result<(), Error> {
        for (name, slot) in names {
            let text = self.extras().into_iter().find(|(known, _)| known == name);
            let Some(text) = text.map(|(_, text)| text.to_secret()) else {
                continue;
            };
            let changed: Result<Database, Error> = match (&self.database, slot) {
                (Database::Postgres(config), slot) => {
                    let config = config.clone().without_extra(name);
                    let keyword = match slot {
                        Slot::User => postgres::Keyword::User,
                        _ => postgres::Keyword::Dbname,
                    };
                    config
                        .and_then(|config| config.with(keyword, text.expose()))
                        .map(Into::into)
                }
                (Database::MySql(config), Slot::User) => {
                    config.clone().with_user(text.expose()).map(Into::into)
                }
                (Database::MySql(config), _) => {
                    config.clone().with_dbname(text.expose()).map(Into::into)
                }
                _ => continue,
            };
            self.database = changed.map_err(|error| error.with_source(&self.source))?;
        }
        Ok(())
    }
}
