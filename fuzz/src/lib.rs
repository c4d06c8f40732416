//! What the fuzz targets check, each a function of a string that panics when it finds something.
//!
//! The targets in `fuzz_targets/` only hand their input over, so that `tests/replay.rs` can do the same on stable,
//! without a fuzzer. Seeds and findings are plain text files and stay readable.

pub mod differential;
pub mod dotenv;
pub mod erb;
pub mod mysql_no_secret;
pub mod mysql_parse;
pub mod mysql_round_trip;
pub mod no_secret;
pub mod parse;
pub mod raw_password;
pub mod round_trip;
pub mod service;
pub mod settings;
pub mod sqlite;
pub mod template;

use database_url::postgres::{Config, Dialect, Format, ParseOptions, UnknownKeywords};

/// The input as text: as far as it is UTF-8. The parsers take nothing else.
#[must_use]
pub fn text(input: &[u8]) -> &str {
    input.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// Every way there is to parse a string.
fn all_options() -> impl Iterator<Item = (Dialect, ParseOptions)> {
    const DIALECTS: [Dialect; 2] = [Dialect::Default, Dialect::Libpq];
    const FORMATS: [Format; 4] = [Format::Auto, Format::Url, Format::Conninfo, Format::Jdbc];
    const UNKNOWN: [UnknownKeywords; 2] = [UnknownKeywords::Keep, UnknownKeywords::Deny];
    DIALECTS.into_iter().flat_map(|dialect| {
        FORMATS.into_iter().flat_map(move |format| {
            UNKNOWN.into_iter().map(move |unknown| {
                let options = ParseOptions::new()
                    .dialect(dialect)
                    .format(format)
                    .unknown_keywords(unknown);
                (dialect, options)
            })
        })
    })
}

/// Everything a config says by its keywords, to compare configs by.
fn settings(config: &Config) -> Vec<(&'static str, &str)> {
    config
        .keywords()
        .map(|(keyword, value)| (keyword.as_str(), value.expose()))
        .collect()
}
