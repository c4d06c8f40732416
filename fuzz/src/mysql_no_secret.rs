//! No output of MySQL's parsers shows a secret; as in [`no_secret`](crate::no_secret), `~` stands for one.

use std::fmt::Write;

use database_url::mysql::Config;
use database_url::{Database, Warning, WarningCode};

use crate::mysql_parse::{FORMATS, GRAMMARS};
use crate::no_secret::{SECRET, holds_piece, is_harmless, shown_of_error, shown_of_warnings};

/// The settings that are secret. Not taken from the crate's table, which is what is tested here.
const SECRET_KEYWORDS: [&str; 3] = ["password", "init_command", "ssl_key"];

/// # Panics
/// When a piece of a secret is shown.
pub fn check(text: &str) {
    if holds_piece(text) {
        // The fuzzer has learnt the secret and may have written it anywhere.
        return;
    }
    let text = text.replace('~', SECRET);
    for read in GRAMMARS {
        let shown = match read(&text) {
            Ok(config) => shown_of_config(&config),
            Err(error) => shown_of_error(&error),
        };
        assert!(!holds_piece(&shown), "shown for {text:?}: {shown:?}");
    }
    for format in FORMATS {
        let shown = match Database::parse(format, &text) {
            Ok(Database::MySql(config)) => {
                let database = Database::MySql(config.clone());
                let debugged = if is_secret_only(&config) {
                    format!("{database} {database:?}")
                } else {
                    String::new()
                };
                debugged + &shown_of_warnings(database.warnings())
            }
            Ok(other) => shown_of_warnings(other.warnings()),
            Err(error) => shown_of_error(&error),
        };
        assert!(!holds_piece(&shown), "shown for {text:?}: {shown:?}");
    }
}

/// Whether no public part holds the secret: neither a setting's value, nor an extra's name, nor the value of an extra
/// that is known to be harmless.
fn is_secret_only(config: &Config) -> bool {
    let public_value = config.keywords().any(|(keyword, value)| {
        !SECRET_KEYWORDS.contains(&keyword.as_str()) && holds_piece(value.expose())
    });
    let public_extra = config.extras().any(|extra| {
        let (name, value) = (extra.name(), extra.value());
        holds_piece(name) || (is_harmless(name) && holds_piece(value.expose()))
    });
    let public_scheme = config.scheme().is_some_and(holds_piece);
    !public_value && !public_extra && !public_scheme
}

/// What may never hold the secret, and what may not if it is in secret locations only.
fn shown_of_config(config: &Config) -> String {
    let mut shown = shown_of_warnings(config.warnings());
    let rendered = [config.to_url(), config.to_go_dsn(), config.to_jdbc()];
    write!(shown, " {rendered:?} {:?}", config.password()).expect("writing to a string");
    for (keyword, value) in config.keywords() {
        write!(shown, " {keyword} {value:?}").expect("writing to a string");
        if keyword.is_secret() {
            shown.push_str(&keyword.mask(value.expose()));
        }
    }
    for (_, value) in config.params() {
        write!(shown, " {value:?}").expect("writing to a string");
    }
    for extra in config.extras() {
        write!(shown, " {:?}", extra.value()).expect("writing to a string");
    }
    for error in rendered.into_iter().filter_map(Result::err) {
        shown.push_str(&shown_of_error(&error));
    }
    if is_secret_only(config) {
        write!(shown, "{config} {config:?} {config:#?}").expect("writing to a string");
        // Of a setting given twice the one that lost is public, too, and no one can tell which it was.
        let repeated = |warning: Warning| warning.code() == WarningCode::RepeatedSetting;
        let twice = config.warnings().any(repeated);
        for extra in config.written().filter(|_| !twice) {
            write!(shown, " {extra} {extra:?}").expect("writing to a string");
        }
    }
    shown
}
