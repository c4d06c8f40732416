//! What is rendered parses back to the same config, whether the config was parsed or built.

use database_url::Secret;
use database_url::postgres::{Config, Dialect, Keyword};

use crate::{all_options, settings};

/// Is between settings in an input that is to be built rather than parsed: `user=a`, this, `pool=5`.
const SEPARATOR: char = '\u{1e}';

/// # Panics
/// When a rendering does not parse back, or parses back to something else.
pub fn check(text: &str) {
    for (_, options) in all_options() {
        if let Ok(config) = options.parse(text) {
            check_config(&config);
        }
    }
    if let Some(config) = built(text) {
        check_config(&config);
    }
}

fn check_config(config: &Config) {
    check_url(config);
    check_libpq(config);
}

const FOREIGN: &[&str] = &["database", "username", "socket", "unix_socket"];

/// The text as calls of setters, one for each `name=value`; what they reject is left out.
fn built(text: &str) -> Option<Config> {
    text.contains(SEPARATOR).then(|| {
        let settings = text
            .split(SEPARATOR)
            .filter_map(|setting| setting.split_once('='))
            // In a URL these names of other programs set a field.
            .filter(|(name, _)| !FOREIGN.contains(name));
        settings.fold(Config::new(), |config, (name, value)| {
            let changed = match name.parse::<Keyword>() {
                Ok(keyword) => config.clone().with(keyword, value),
                Err(_) => config.clone().with_extra(name, value),
            };
            changed.unwrap_or(config)
        })
    })
}

/// The URL holds all of the config, extras too.
fn check_url(config: &Config) {
    let url = config.to_url().expect("a URL");
    let back: Config = parsed(url.expose().parse(), &url);
    assert_eq!(back, *config, "by way of {}", url.expose());
    assert_eq!(
        back.to_url().expect("a URL").expose(),
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
    assert_eq!(url.is_err(), conninfo.is_err());
    for rendered in [conninfo, url].into_iter().flatten() {
        let back = parsed(
            Config::parse_in(Dialect::Libpq, rendered.expose()),
            &rendered,
        );
        assert_eq!(
            without_ports(&back),
            without_ports(config),
            "by way of {}",
            rendered.expose()
        );
        assert_eq!(
            ports(&back),
            ports(config),
            "by way of {}",
            rendered.expose()
        );
        assert_eq!(back.default_port(), 5432);
        if config.default_port() == 5432 {
            assert_eq!(back, *config, "by way of {}", rendered.expose());
        }
    }
}

fn without_ports(config: &Config) -> Vec<(&'static str, &str)> {
    settings(config)
        .into_iter()
        .filter(|(keyword, _)| *keyword != "port")
        .collect()
}

/// The port of each host. libpq does not know the default ports of other schemes, so that they are written out for it.
fn ports(config: &Config) -> Vec<u16> {
    let mut ports: Vec<u16> = config
        .hosts()
        .map(|host| host.port().unwrap_or(config.default_port()))
        .collect();
    if ports.is_empty() {
        ports.push(config.default_port());
    }
    ports
}

fn parsed(result: Result<Config, database_url::Error>, rendered: &Secret) -> Config {
    result.unwrap_or_else(|error| panic!("{error}, in {}", rendered.expose()))
}
