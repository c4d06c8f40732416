//! A database that a URL gives, beside which fields stand.

use crate::database::{Database, ParseOptions};
use crate::error::{Error, ErrorKind};
use crate::provenance::Source;
use crate::scheme::Scheme;
use crate::secret::SecretStr;
use crate::sqlite;

/// A database that a URL gives, and who gave the URL.
#[derive(Clone, Debug)]
pub(in crate::settings) struct Base {
    pub(in crate::settings) database: Database,
    pub(in crate::settings) source: Source,
}

impl Base {
    /// Reads the URL that somebody gives.
    pub(in crate::settings) fn read(
        url: &str,
        source: Source,
        sqlite: sqlite::Family,
    ) -> Result<Self, Error> {
        let options = ParseOptions::new();
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
            return Err(Error::new(kind, detail).said_by(&source).with_help(
                "set it to a URL, or unset it; set but empty is not the same as unset",
            ));
        }
        let database = options.parse(url).map_err(|error| error.said_by(&source))?;
        Ok(Self { database, source })
    }

    /// The parameters of the URL that nothing is known of.
    pub(in crate::settings) fn extras(&self) -> Vec<(&str, SecretStr<'_>)> {
        match &self.database {
            Database::Postgres(config) => config.extras().collect(),
            Database::MySql(config) => config.extras().collect(),
            Database::Sqlite(config) => config.extras().collect(),
            Database::Service(config) => config.extras().collect(),
        }
    }
}
