//! What MySQL's renderers write parses back to the same config, whether the config was read or built.

use database_url::Secret;
use database_url::mysql::{Config, Keyword};

use crate::mysql_parse::GRAMMARS;

/// Is between settings in an input that is to be built rather than parsed: `user=a`, this, `pool_max=5`.
const SEPARATOR: char = '\u{1e}';

/// # Panics
/// When a rendering does not parse back, or parses back to something else.
pub fn check(text: &str) {
    for read in GRAMMARS {
        if let Ok(config) = read(text) {
            check_config(&config);
            // A config that is changed and changed back has lost nothing.
            let changed = config.clone().with_password("p@ss").and_then(|changed| {
                let password = config.password().map(database_url::SecretStr::expose);
                password.map_or_else(
                    || changed.clone().without(Keyword::Password),
                    |password| changed.clone().with_password(password),
                )
            });
            assert_eq!(changed.as_ref(), Ok(&config));
        }
    }
    if let Some(config) = built(text) {
        check_config(&config);
    }
}

/// The text as calls of setters, one for each `name=value`; what they reject is left out.
fn built(text: &str) -> Option<Config> {
    text.contains(SEPARATOR).then(|| {
        let settings = text
            .split(SEPARATOR)
            .filter_map(|setting| setting.split_once('='));
        settings.fold(Config::new(), |config, (name, value)| {
            let changed = match name.parse::<Keyword>() {
                Ok(keyword) => config.clone().with(keyword, value),
                Err(_) => config.clone().with_extra(name, value),
            };
            changed.unwrap_or(config)
        })
    })
}

fn check_config(config: &Config) {
    if let Ok(url) = config.to_url() {
        let back: Config = parsed(url.expose().parse(), &url);
        same(&back, config, &url);
        let again = back.to_url().expect("what was a URL is one");
        assert_eq!(again.expose(), url.expose(), "rendering settles at once");
    }
    if let Ok(dsn) = config.to_go_dsn() {
        let back = parsed(Config::from_go_dsn(dsn.expose()), &dsn);
        same(&back, config, &dsn);
        let again = back.to_go_dsn().expect("what was a DSN is one");
        assert_eq!(again.expose(), dsn.expose());
    }
    if let Ok(url) = config.to_jdbc() {
        let back = parsed(Config::from_jdbc(url.expose()), &url);
        same(&back, config, &url);
        let again = back.to_jdbc().expect("what was a JDBC URL is one");
        assert_eq!(again.expose(), url.expose());
    }
}

/// Equality is the crate's own; what it does not look at is compared here.
fn same(back: &Config, config: &Config, rendered: &Secret) {
    assert_eq!(back, config, "by way of {}", rendered.expose());
    assert!(back.hosts().eq(config.hosts()), "{}", rendered.expose());
    assert_eq!(back.ssl_mode(), config.ssl_mode());
    assert_eq!(back.default_port(), config.default_port());
}

fn parsed(result: Result<Config, database_url::Error>, rendered: &Secret) -> Config {
    result.unwrap_or_else(|error| panic!("{error}, in {}", rendered.expose()))
}
