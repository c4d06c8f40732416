//! sqlx and SQLite.

use std::str::FromStr;

use sqlx_sqlite::SqliteConnectOptions;

use crate::driver::fit::Driver;
use crate::error::{Error, ErrorKind};
use crate::span::Component;
use crate::sqlite::{Cache, Config, Family, Mode};

/// What sqlx cannot express is an error; see [`Config::fit`].
///
/// A file that is missing is created where the config's family does so: always, but for sqlx' own URLs and for a `mode` other
/// than `rwc`.
impl TryFrom<&Config> for SqliteConnectOptions {
    type Error = Error;

    fn try_from(config: &Config) -> Result<Self, Error> {
        config.fit(Driver::Sqlx).accept()?;
        let mode = config.mode().filter(|_| config.mode_counts());
        let name = config.file().unwrap_or_default();
        let mut options = if name == ":memory:" {
            // The name that all connections of the pool share.
            Self::from_str("sqlite::memory:").map_err(|_| {
                Error::new(ErrorKind::NotRepresentable, "sqlx refused it").of(Component::Database)
            })?
        } else {
            Self::new().filename(name)
        };
        options = match mode {
            Some(Mode::ReadOnly) => options.read_only(true),
            Some(Mode::ReadWriteCreate) => options.create_if_missing(true),
            Some(Mode::Memory) => options.in_memory(true).shared_cache(true),
            Some(Mode::ReadWrite) => options,
            None => options.create_if_missing(config.family() != Family::Sqlx),
        };
        if config.mode_counts() {
            given!(
                options
                    .shared_cache(config.cache().map(|cache| cache == Cache::Shared))
                    .immutable(config.immutable())
                    .vfs(config.vfs().map(str::to_owned))
            );
        }
        Ok(options)
    }
}
