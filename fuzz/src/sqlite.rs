//! SQLite's URLs in every family's reading: nothing panics, what is read comes back, and no secret is shown.

use std::fmt::Write;

use database_url::Error;
use database_url::sqlite::{Config, Family};

use crate::no_secret::{SECRET, holds_piece, shown_of_error, shown_of_warnings};
use crate::parse::{check_error, check_warnings};

const FAMILIES: [Family; 4] = [Family::Python, Family::Rails, Family::Sqlx, Family::Uri];

/// # Panics
/// When an error or a config contradicts itself, does not come back, or shows a secret.
pub fn check(text: &str) {
    for (config, family) in readings(text) {
        match config {
            Ok(config) => check_config(&config, family),
            Err(error) => check_error(&error, text),
        }
    }
    for family in FAMILIES {
        // The text as a path that a settings file gives.
        if let Ok(config) = Config::from_path(family, text) {
            // SQLite itself takes the slash off that is before the letter of a drive.
            let drive = family == Family::Uri && text.get(2..3) == Some(":");
            let same = config.is_memory() || drive || config.path() == Some(text);
            assert!(same, "{text:?}");
            check_config(&config, Some(family));
        }
    }
    if !holds_piece(text) {
        check_secret(&text.replace('~', SECRET));
    }
}

/// The text read by its scheme, and as each family does.
fn readings(text: &str) -> impl Iterator<Item = (Result<Config, Error>, Option<Family>)> {
    let named = FAMILIES.map(|family| (Config::parse_as(family, text), Some(family)));
    std::iter::once((text.parse(), None)).chain(named)
}

fn check_config(config: &Config, family: Option<Family>) {
    check_warnings(config.warnings());
    assert!(family.is_none_or(|family| family == config.family()));
    assert!(config.path().is_none_or(|path| !path.contains('\0')));
    assert!(!(config.is_absolute() && config.path().is_none()));
    let words = (config.mode(), config.cache(), config.immutable());
    let texts = (config.vfs(), config.journal_mode(), config.dbname());
    assert!(!format!("{words:?}{texts:?}{config}{config:?}").is_empty());
    let url = config.to_url().expect("a URL");
    let back = Config::parse_as(config.family(), url.expose())
        .unwrap_or_else(|error| panic!("{error}, in {}", url.expose()));
    assert_eq!(back, *config, "by way of {}", url.expose());
    assert_eq!(back.path(), config.path());
    assert_eq!(back.is_memory(), config.is_memory());
    assert_eq!(back.to_url().expect("a URL").expose(), url.expose());
}

/// `~` in the text became a secret.
fn check_secret(text: &str) {
    for (config, _) in readings(text) {
        let shown = match config {
            Ok(config) => {
                let mut shown = shown_of_warnings(config.warnings());
                write!(shown, "{:?} {:?}", config.to_url(), config.password())
                    .expect("writing to a string");
                for extra in config.extras() {
                    write!(shown, " {:?}", extra.value()).expect("writing to a string");
                }
                if is_secret_only(&config) {
                    write!(shown, "{config} {config:?}").expect("writing to a string");
                }
                shown
            }
            Err(error) => shown_of_error(&error),
        };
        assert!(!holds_piece(&shown), "shown for {text:?}: {shown:?}");
    }
}

fn is_secret_only(config: &Config) -> bool {
    let extras = config.extras().any(|extra| {
        let (name, value) = (extra.masked_name(), extra.masked_value());
        let secret = ["pass", "secret", "token", "key"];
        let name_is_secret = secret
            .iter()
            .any(|word| name.to_ascii_lowercase().contains(word) && name != "foreign_keys");
        assert!(!name_is_secret || ["", "****"].contains(&value), "{name}");
        holds_piece(name) || holds_piece(value)
    });
    let public = [config.path(), config.dbname(), config.scheme()];
    !extras && !public.into_iter().flatten().any(holds_piece)
}
