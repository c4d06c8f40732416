//! What is rendered parses back to the same config.

use database_url::Secret;
use database_url::postgres::{Config, Dialect};

use crate::{all_options, settings};

/// # Panics
/// When a rendering does not parse back, or parses back to something else.
pub fn check(text: &str) {
    for (_, options) in all_options() {
        if let Ok(config) = options.parse(text) {
            check_url(&config);
            check_libpq(&config);
        }
    }
}

/// The URL holds all of the config, extras too.
fn check_url(config: &Config) {
    let url = config.to_url();
    let back: Config = parsed(url.expose().parse(), &url);
    assert_eq!(back, *config, "by way of {}", url.expose());
    assert_eq!(
        back.to_url().expose(),
        url.expose(),
        "rendering settles at once"
    );
}

/// What libpq can read holds all of the keywords, and libpq's dialect takes it.
fn check_libpq(config: &Config) {
    let conninfo = config.to_conninfo();
    let url = config.to_libpq_url();
    // What libpq has no word for must be reported, and nothing else.
    assert_eq!(
        conninfo.is_err(),
        config.extras().next().is_some(),
        "{conninfo:?}"
    );
    for rendered in [conninfo, url].into_iter().flatten() {
        let back = parsed(
            Config::parse_in(Dialect::Libpq, rendered.expose()),
            &rendered,
        );
        assert_eq!(
            settings(&back),
            settings(config),
            "by way of {}",
            rendered.expose()
        );
    }
}

fn parsed(result: Result<Config, database_url::Error>, rendered: &Secret) -> Config {
    result.unwrap_or_else(|error| panic!("{error}, in {}", rendered.expose()))
}
