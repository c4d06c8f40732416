//! The URLs of services: nothing panics, what is read is coherent and comes back, and no secret is shown.

use std::fmt::Write;

use database_url::service::Config;

use crate::no_secret::{SECRET, holds_piece, shown_of_error, shown_of_warnings};
use crate::parse::{check_error, check_warnings};

/// # Panics
/// When an error or a config contradicts itself, does not come back, or shows a secret.
pub fn check(text: &str) {
    match text.parse::<Config>() {
        Ok(config) => check_config(&config),
        Err(error) => check_error(&error, text),
    }
    if !holds_piece(text) {
        check_secret(&text.replace('~', SECRET));
    }
}

fn check_config(config: &Config) {
    check_warnings(config.warnings());
    assert!(config.hosts().all(|host| host.port() != Some(0)));
    let texts = [config.user(), config.socket(), config.dbname()];
    let all = texts
        .into_iter()
        .chain([config.password().map(database_url::SecretStr::expose)]);
    assert!(all.flatten().all(|text| !text.contains('\0')));
    let words = (config.engine(), config.tls(), config.default_port());
    let names = (config.vhost(), config.instance(), config.schema());
    let more = (config.sentinel_service(), config.acl_user());
    let of_mongodb = (config.auth_source(), config.replica_set(), config.is_srv());
    let numbers = (
        config.database_index(),
        config.is_routed(),
        config.is_http(),
    );
    assert!(!format!("{words:?}{names:?}{more:?}{of_mongodb:?}{numbers:?}{config}").is_empty());

    let url = config.to_url().expect("a URL");
    let back: Config = url
        .expose()
        .parse()
        .unwrap_or_else(|error| panic!("{error}, in {}", url.expose()));
    assert_eq!(back, *config, "by way of {}", url.expose());
    assert!(back.hosts().eq(config.hosts()), "{}", url.expose());
    assert_eq!((back.tls(), back.engine()), (config.tls(), config.engine()));
    assert_eq!(back.to_url().expect("a URL").expose(), url.expose());

    // Changed and changed back, nothing is lost. What a scheme cannot say is rejected.
    // Without a user, an empty one is set.
    let password = config.password().filter(|_| config.user().is_some());
    if let (Some(password), Ok(changed)) = (password, config.clone().with_password("p@ss:/?#")) {
        assert_eq!(
            changed.password().map(database_url::SecretStr::expose),
            Some("p@ss:/?#")
        );
        assert!(changed.hosts().eq(config.hosts()));
        assert_eq!(
            changed.with_password(password.expose()).as_ref(),
            Ok(config)
        );
    }
}

/// `~` in the text became a secret. Of a string that is rejected nothing may be shown, of one that is accepted only what
/// is in public locations.
fn check_secret(text: &str) {
    let shown = match text.parse::<Config>() {
        Ok(config) => {
            let mut shown = shown_of_warnings(config.warnings());
            let url = config.to_url().expect("a URL");
            write!(shown, "{url:?} {:?}", config.password()).expect("writing to a string");
            for extra in config.extras() {
                write!(shown, " {:?}", extra.value()).expect("writing to a string");
            }
            if is_secret_only(&config) {
                write!(shown, "{config} {config:?} {config:#?}").expect("writing to a string");
            }
            shown
        }
        Err(error) => shown_of_error(&error),
    };
    assert!(!holds_piece(&shown), "shown for {text:?}: {shown:?}");
}

fn is_secret_only(config: &Config) -> bool {
    let user = config.user().filter(|_| !config.is_user_secret());
    let public = [user, config.socket(), config.dbname(), config.scheme()];
    let more = [config.sentinel_service(), config.instance()];
    let hosts = config.hosts().filter_map(|host| host.host());
    let extras = config.extras().any(|extra| {
        let (name, value) = (extra.masked_name(), extra.masked_value());
        let secret = ["pass", "secret", "token", "key"];
        let name_is_secret = secret
            .iter()
            .any(|word| name.to_ascii_lowercase().contains(word));
        assert!(!name_is_secret || ["", "****"].contains(&value), "{name}");
        holds_piece(name) || holds_piece(value)
    });
    let parts = public.into_iter().chain(more).flatten().chain(hosts);
    !extras && !parts.into_iter().any(holds_piece)
}
