//! MySQL's three grammars, and [`Database::parse`] in every format: nothing panics, and what is read is coherent.

use database_url::mysql::{Config, Keyword, SslMode, Value};
use database_url::{Database, Error, Format, SecretStr};

use crate::parse::{check_error, check_warnings};

/// Reads a string in one of the grammars.
pub(crate) type Read = fn(&str) -> Result<Config, Error>;

/// The grammars that are MySQL's own.
pub(crate) const GRAMMARS: [Read; 3] = [str::parse, Config::from_go_dsn, Config::from_jdbc];

/// Every format.
pub(crate) const FORMATS: [Format; 5] = [
    Format::Auto,
    Format::Url,
    Format::Conninfo,
    Format::GoDsn,
    Format::Jdbc,
];

/// # Panics
/// When an error or a config contradicts itself.
pub fn check(text: &str) {
    for read in GRAMMARS {
        match read(text) {
            Ok(config) => check_config(&config),
            Err(error) => check_error(&error, text),
        }
    }
    for format in FORMATS {
        match Database::parse(format, text) {
            Ok(database) => check_database(&database),
            Err(error) => check_error(&error, text),
        }
    }
}

fn check_config(config: &Config) {
    check_keywords(config);
    check_hosts(config);
    check_typed(config);
    check_warnings(config.warnings());
    assert!(!format!("{config}").is_empty() && !format!("{config:?}").is_empty());
    assert_eq!(*config, config.clone());
}

/// The list of settings and the getter by keyword say the same.
fn check_keywords(config: &Config) {
    let mut listed = config.keywords();
    for &keyword in Keyword::ALL {
        if let Some(value) = config.get(keyword) {
            let (name, same) = listed.next().expect("a setting that is set is listed");
            assert_eq!((name, same.expose()), (keyword, value.expose()));
            assert!(!value.expose().contains('\0'), "{keyword} holds a NUL");
            assert!(!keyword.mask(value.expose()).contains('\0'));
        }
    }
    assert!(listed.next().is_none(), "only what is set is listed");
    for extra in config.extras().chain(config.written()) {
        assert!(!extra.name().contains('\0') && !extra.value().expose().contains('\0'));
        assert!(!extra.masked_name().is_empty());
    }
}

/// The hosts are the lists, element by element.
fn check_hosts(config: &Config) {
    let list = |keyword| config.get(keyword).map(SecretStr::expose);
    let hosts: Vec<_> = config.hosts().collect();
    let names = list(Keyword::Host);
    let expected = match names {
        Some(names) => names.split(',').count(),
        None => usize::from(list(Keyword::Port).is_some()),
    };
    assert_eq!(hosts.len(), expected);
    for (name, host) in names.iter().flat_map(|names| names.split(',')).zip(&hosts) {
        assert_eq!(host.host(), Some(name));
        assert!(!name.is_empty() && !name.contains(['/', '\\', '@', '[', ']', '(', ')', ' ']));
    }
    if let Some(ports) = list(Keyword::Port) {
        let ports: Vec<_> = ports.split(',').collect();
        assert!(ports.len() == 1 || ports.len() == hosts.len());
        assert!(ports.iter().all(|port| !port.starts_with('0')));
    }
    let priorities = hosts.iter().filter(|host| host.priority().is_some());
    let all = if list(Keyword::Priority).is_some() {
        hosts.len()
    } else {
        0
    };
    assert_eq!(priorities.count(), all, "all have a priority, or none");
    assert!(hosts.iter().all(|host| host.port() != Some(0)));
}

/// A typed value has the words of the text; TLS is as requested.
fn check_typed(config: &Config) {
    for (keyword, value) in config.params() {
        let text = config.get(keyword).map(SecretStr::expose);
        match value {
            Value::Number(number) => assert_eq!(text, Some(&*number.to_string()), "{keyword}"),
            Value::Bool(given) => assert_eq!(text, Some(if given { "true" } else { "false" })),
            Value::Text(same) => assert_eq!(text, Some(same.expose())),
            _ => {}
        }
        let flag = config.flag(keyword);
        assert!(flag.is_none_or(|flag| text == Some(if flag { "true" } else { "false" })));
    }
    let mode = config.ssl_mode();
    assert_eq!(
        mode.map(SslMode::as_str),
        config.get(Keyword::SslMode).map(SecretStr::expose)
    );
    let ca = config
        .get(Keyword::SslCa)
        .or(config.get(Keyword::SslCapath));
    assert!(
        ca.is_none() || mode.is_some_and(|mode| mode != SslMode::Disabled),
        "a CA implies TLS"
    );
    let numbers = (config.pool_min(), config.pool_max());
    assert!(!matches!(numbers, (Some(min), Some(max)) if min > max));
    let times = (
        config.connect_timeout(),
        config.read_timeout(),
        config.write_timeout(),
    );
    let sizes = (config.statement_cache(), config.max_allowed_packet());
    let texts = (config.scheme(), config.default_port(), config.compress());
    assert!(!format!("{numbers:?} {times:?} {sizes:?} {texts:?}").is_empty());
}

fn check_database(database: &Database) {
    check_warnings(database.warnings());
    let target = database.target();
    let hosts = database.hosts().count();
    assert_eq!(target, database.target());
    assert!(database.socket().is_some() || target.hosts().count() >= hosts.min(1));
    assert_eq!(*database, database.clone());
    assert!(!format!("{database} {database:?} {target:?}").is_empty());
    if let Ok(url) = database.to_url() {
        let back: Database = url.expose().parse().expect("what is rendered is read");
        assert_eq!(back.engine(), database.engine());
        assert_eq!(back.target(), target, "by way of {}", url.expose());
    }
}
