//! Parsing never panics, and whatever it gives is coherent, in all dialects and formats.

use database_url::postgres::{Config, Dialect, Keyword};
use database_url::{Error, SecretStr, Warning};

use crate::{all_options, settings};

/// # Panics
/// When an error or a config contradicts itself.
pub fn check(text: &str) {
    for (_, options) in all_options() {
        match options.parse(text) {
            Ok(config) => check_config(&config),
            Err(error) => check_error(&error, text),
        }
    }
    check_dialects(text);
}

/// Where both dialects accept a string, they read the same settings in it.
fn check_dialects(text: &str) {
    let libpq = Config::parse_in(Dialect::Libpq, text);
    if let (Ok(libpq), Ok(default)) = (libpq, text.parse::<Config>()) {
        assert_eq!(settings(&libpq), settings(&default));
        assert_eq!(default.extras().count(), 0, "libpq knows no extras");
    }
}

/// The span is of the text, and the messages have the project's form.
pub(crate) fn check_error(error: &Error, text: &str) {
    if let Some(span) = error.span() {
        assert!(
            text.get(span.range()).is_some(),
            "{span:?} is no part of the text"
        );
    }
    assert!(error.stage().is_some(), "a refused text has a stage");
    let message = error.to_string();
    assert!(
        !message.is_empty() && !message.ends_with(['.', '\n', ' ']),
        "{message:?}"
    );
    assert!(!message.chars().any(char::is_control), "{message:?}");
    assert!(error.help().is_none_or(|help| !help.is_empty()));
    assert!(is_kebab_case(error.kind().as_str()));
    assert!(!format!("{error:?}").is_empty());
}

fn check_config(config: &Config) {
    check_keywords(config);
    check_hosts(config);
    check_typed(config);
    check_warnings(config.warnings());
    assert!(!format!("{config}").is_empty() && !format!("{config:?}").is_empty());
    assert_eq!(*config, config.clone());
}

pub(crate) fn check_warnings(warnings: impl Iterator<Item = Warning>) {
    for warning in warnings {
        assert!(is_kebab_case(warning.code().as_str()));
        assert!(!warning.message().is_empty() && !warning.help().is_empty());
        assert!(!format!("{warning} {warning:?}").is_empty());
    }
}

/// The list of keywords and the getter by keyword say the same.
fn check_keywords(config: &Config) {
    let mut listed = config.keywords();
    for &keyword in Keyword::ALL {
        if let Some(value) = config.get(keyword) {
            let (name, same) = listed.next().expect("a keyword that is set is listed");
            assert_eq!((name, same.expose()), (keyword, value.expose()));
            assert!(!value.expose().contains('\0'), "{keyword} holds a NUL");
        }
    }
    assert!(
        listed.next().is_none(),
        "only set keywords are listed, in the table's order"
    );
    assert_eq!(
        config.user(),
        config.get(Keyword::User).map(SecretStr::expose)
    );
    assert_eq!(
        config.dbname(),
        config.get(Keyword::Dbname).map(SecretStr::expose)
    );
    for extra in config.extras() {
        assert!(!extra.name().contains('\0') && !extra.value().expose().contains('\0'));
    }
}

/// The hosts are the lists, element by element.
fn check_hosts(config: &Config) {
    let list = |keyword| {
        config
            .get(keyword)
            .map(SecretStr::expose)
            .filter(|list| !list.is_empty())
    };
    let (names, addresses) = (list(Keyword::Host), list(Keyword::HostAddr));
    let hosts: Vec<_> = config.hosts().collect();
    let expected = match addresses.or(names) {
        Some(list) => list.split(',').count(),
        None => usize::from(list(Keyword::Port).is_some()),
    };
    assert_eq!(hosts.len(), expected);
    if let Some(names) = names {
        assert!(
            names
                .split(',')
                .eq(hosts.iter().map(|host| host.host().unwrap_or_default()))
        );
    }
    if let Some(addresses) = addresses {
        assert!(
            addresses
                .split(',')
                .eq(hosts.iter().map(|host| host.hostaddr().unwrap_or_default()))
        );
    }
    assert!(hosts.iter().all(|host| host.port() != Some(0)));
}

/// A typed getter has a value where its keyword has one; the words are those of the text.
fn check_typed(config: &Config) {
    let text = |keyword| config.get(keyword).map(SecretStr::expose);
    macro_rules! words {
        ($($keyword:ident: $getter:ident),* $(,)?) => {
            $(assert_eq!(config.$getter().map(|word| word.as_str()), text(Keyword::$keyword), stringify!($getter));)*
        };
    }
    words! {
        SslMode: sslmode, SslNegotiation: sslnegotiation, SslCertMode: sslcertmode, ChannelBinding: channel_binding,
        GssEncMode: gssencmode, TargetSessionAttrs: target_session_attrs, LoadBalanceHosts: load_balance_hosts,
    }
    assert_eq!(
        config.min_protocol_version().is_some(),
        text(Keyword::MinProtocolVersion).is_some()
    );
    assert_eq!(
        config.max_protocol_version().is_some(),
        text(Keyword::MaxProtocolVersion).is_some()
    );
    assert_eq!(
        config.require_auth().is_some(),
        text(Keyword::RequireAuth).is_some()
    );
    assert!(config.replication().is_none() || text(Keyword::Replication).is_some());
    for (keyword, version) in [
        (
            Keyword::SslMinProtocolVersion,
            config.ssl_min_protocol_version(),
        ),
        (
            Keyword::SslMaxProtocolVersion,
            config.ssl_max_protocol_version(),
        ),
    ] {
        let word = text(keyword).filter(|word| !word.is_empty());
        assert_eq!(version.is_some(), word.is_some());
        assert!(version.is_none_or(|version| {
            word.is_some_and(|word| word.eq_ignore_ascii_case(version.as_str()))
        }));
    }
    // These are views on integers of any size; no more is known than that they do not panic.
    let numbers = (
        config.connect_timeout(),
        config.keepalives(),
        config.keepalives_idle(),
    );
    let more = (
        config.keepalives_interval(),
        config.keepalives_count(),
        config.tcp_user_timeout(),
    );
    let flags = (
        config.sslsni(),
        config.sslcompression(),
        config.gssdelegation(),
        config.effective_sslmode(),
    );
    let texts = (
        config.application_name(),
        config.options(),
        config.scheme(),
        config.default_port(),
    );
    assert!(!format!("{numbers:?} {more:?} {flags:?} {texts:?}").is_empty());
}

fn is_kebab_case(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}
