//! What the notations of MySQL share: TLS in the words of the drivers, timeouts in seconds, and names.

use crate::convert::lost::{Losses, guard};
use crate::convert::parts::ConvertParts;
use crate::database::Database;
use crate::error::Error;
use crate::mysql::{Config, Keyword};

/// The config without the settings that a reader has no word for.
pub(super) fn with_words(
    database: &Database,
    mut config: Config,
    reader: &str,
    has_word: fn(&Config, Keyword) -> bool,
    lost: &mut Losses,
) -> Result<Config, Error> {
    for setting in &ConvertParts::of(database).settings {
        let Ok(keyword) = setting.name.parse() else {
            continue;
        };
        if !has_word(&config, keyword) {
            lost.setting(setting, reader)?;
            config = config.without(keyword)?;
        }
    }
    Ok(config)
}

/// Whole seconds, rounded up: a shorter wait would be another one.
pub(super) fn seconds(milliseconds: &str) -> String {
    let milliseconds: u64 = milliseconds.parse().unwrap_or_default();
    milliseconds.div_ceil(1000).to_string()
}

/// What only the client of MySQL has an option for, and the Ruby and Python drivers do not.
pub(super) fn require_names(parts: &ConvertParts<'_>, reader: &str) -> Result<(), Error> {
    for name in ["ssl_crl", "ssl_crlpath"] {
        if parts.get(name).is_some() {
            return Err(guard(name, reader));
        }
    }
    Ok(())
}

/// The names of settings that mysqlclient, mysql2 and `PyMySQL` share.
pub(super) fn shared(name: &'static str) -> Option<&'static str> {
    Some(match name {
        "collation" | "init_command" | "local_infile" => name,
        "connect_timeout_ms" => "connect_timeout",
        "read_timeout_ms" => "read_timeout",
        "write_timeout_ms" => "write_timeout",
        _ => return None,
    })
}
