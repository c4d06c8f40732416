//! Files of Rails that name a connection of `database.yml`, which is read in the same folder.

use database_url::settings::Settings;
use database_url::{Error, ErrorKind, Vars};

use std::fs;
use std::path::{Path, PathBuf};

const DATABASE: &str = r#"
default: &default {adapter: postgresql, host: db.example}
development: {<<: *default, database: shop_development}
production:
  primary: {<<: *default, database: shop}
  cache: {<<: *default, database: shop_cache, password: <%= ENV["CACHE_PASSWORD"] %>}
  queue: {adapter: mysql2, host: queue.example, database: jobs}
  cable: {url: "<%= ENV['CABLE_URL'] %>"}
"#;

/// A folder `config` with a file, and `database.yml` where it has any text.
fn folder(name: &str, file: &str, text: &str, database: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(file), text).expect("a file");
    if !database.is_empty() {
        fs::write(folder.join("database.yml"), database).expect("a file");
    }
    folder.join(file)
}

fn resolved(path: &Path, connection: Option<&str>) -> Result<String, Error> {
    let settings = Settings::from_path(path).expect("a file");
    let settings = settings.with_environment("production");
    let settings = match connection {
        Some(name) => settings.with_connection(name),
        None => settings,
    };
    let vars = Vars::from([
        ("CACHE_PASSWORD", "s3cret"),
        ("CABLE_URL", "postgres://cable.example/cable"),
        ("DATABASE_URL", "postgres://primary.example/main"),
        ("RAILS_ENV", "production"),
    ]);
    let found = settings.resolve(&vars)?;
    Ok(found.value().to_url().expect("a URL").expose().to_owned())
}

const CACHE: &str = "postgres://:s3cret@db.example/shop_cache";
const QUEUE: &str = "mysql://queue.example/jobs";
const CABLE: &str = "postgres://cable.example/cable";
const PRIMARY: &str = "postgres://primary.example/main";

#[test]
fn the_connection_is_that_of_database_yml() {
    for (file, text, name, expected) in [
        ("cache.yml", "production: {database: cache}", None, CACHE),
        (
            "cache.yml.example",
            "production: {database: cache}",
            None,
            CACHE,
        ),
        ("cache.yml", "production: {database: :cache}", None, CACHE),
        ("cache.yml", "production: {databases: [cache]}", None, CACHE),
        ("cache.yml", "production: {databases: cache}", None, CACHE),
        (
            "cache.yml",
            "production: {databases: [cache, queue]}",
            Some("queue"),
            QUEUE,
        ),
        (
            "cache.yml",
            "production: {connects_to: {database: {writing: cache, reading: x}}}",
            None,
            CACHE,
        ),
        (
            "cache.yml",
            "production: {connects_to: {shards: {a: {writing: :cache}}}}",
            None,
            CACHE,
        ),
        (
            "cache.yml",
            "shared: {database: cache}\nproduction: {store_options: {max_size: 1}}",
            None,
            CACHE,
        ),
        (
            "cache.yml",
            "production: {database: primary}",
            None,
            PRIMARY,
        ),
        (
            "cache.yml",
            "production: {store_options: {max_size: 1}}",
            Some("cache"),
            CACHE,
        ),
        (
            "queue.yml",
            "production: {workers: [{queues: '*'}]}",
            Some("queue"),
            QUEUE,
        ),
        (
            "cable.yml",
            "production: {adapter: solid_cable, connects_to: {database: {writing: cable}}}",
            None,
            CABLE,
        ),
        (
            "cable.yml",
            "production: {adapter: solid_cable}",
            None,
            PRIMARY,
        ),
        (
            "cable.yml",
            "production: {adapter: postgresql, channel_prefix: x}",
            None,
            PRIMARY,
        ),
    ] {
        let path = folder("rails_connections", file, text, DATABASE);
        let found = resolved(&path, name);
        assert_eq!(found.expect(text), expected, "{file}: {text}");
    }
}

/// A file and its text, `database.yml`, `--name`, the kind of the error, and how it begins.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    ErrorKind,
    &'static str,
);

const CACHE_FILE: &str = "production: {database: cache}";

const NOT_KNOWN: &[Row] = &[
    (
        "cache.yml",
        CACHE_FILE,
        "",
        None,
        ErrorKind::NotFound,
        "cache.yml:1:24: production.database: ",
    ),
    (
        "cache.yml",
        CACHE_FILE,
        "production: {adapter: postgresql, database: x}",
        None,
        ErrorKind::UnknownSection,
        "database.yml:1:1: production: ",
    ),
    (
        "cache.yml",
        CACHE_FILE,
        "staging: {adapter: postgresql, database: x}",
        None,
        ErrorKind::NotFound,
        "",
    ),
    (
        "cache.yml",
        CACHE_FILE,
        "production: [",
        None,
        ErrorKind::InvalidDocument,
        "database.yml:",
    ),
    (
        "cache.yml",
        "production: {databases: [a, b]}",
        DATABASE,
        None,
        ErrorKind::Ambiguous,
        "cache.yml:1:14: production.databases: ",
    ),
    (
        "cache.yml",
        "production: {databases: [a, b]}",
        DATABASE,
        Some("c"),
        ErrorKind::UnknownSection,
        "cache.yml:1:14: production.databases: ",
    ),
    (
        "cache.yml",
        "production: {databases: []}",
        DATABASE,
        None,
        ErrorKind::MissingKey,
        "cache.yml:1:14: production.databases: ",
    ),
    (
        "cache.yml",
        "production: {database: {hunter2: x}}",
        DATABASE,
        None,
        ErrorKind::InvalidValue,
        "cache.yml:1:14: production.database: ",
    ),
    (
        "cache.yml",
        "production: {connects_to: hunter2}",
        DATABASE,
        None,
        ErrorKind::MissingKey,
        "cache.yml:1:27: production.connects_to: ",
    ),
    (
        "cache.yml",
        "production: {store_options: {max_size: 1}}",
        DATABASE,
        None,
        ErrorKind::NotFound,
        "cache.yml:1:1: production: ",
    ),
    (
        "cache.yml",
        "production: {database: <%= ENV['NONE'] %>}",
        DATABASE,
        None,
        ErrorKind::UnsetVariable,
        "cache.yml:1:24: production.database: ",
    ),
    (
        "cache.yml",
        "production: {database: <%= Secret.hunter2 %>}",
        DATABASE,
        None,
        ErrorKind::UnsupportedExpression,
        "cache.yml:1:24",
    ),
    (
        "queue.yml",
        "production: {database: cache}",
        DATABASE,
        None,
        ErrorKind::NotFound,
        "queue.yml:1:1: production: ",
    ),
    (
        "queue.yml",
        "production: {workers: 1}",
        DATABASE,
        Some("none"),
        ErrorKind::UnknownSection,
        "database.yml:4:1: production: ",
    ),
    (
        "cable.yml",
        "production: {adapter: async}",
        DATABASE,
        None,
        ErrorKind::NotFound,
        "cable.yml:1:23: production.adapter: ",
    ),
    (
        "cable.yml",
        "production: {adapter: postgresql}",
        "",
        None,
        ErrorKind::NotFound,
        "cable.yml:1:1: production: ",
    ),
];

#[test]
fn a_connection_that_is_not_known_is_an_error_at_its_key() {
    for &(file, text, database, name, kind, expected) in NOT_KNOWN {
        let path = folder("rails_no_connection", file, text, database);
        let error = resolved(&path, name).expect_err(text);
        assert_eq!(error.kind(), kind, "{text}: {error}");
        let shown = error.to_string();
        let shown = shown.rsplit_once('/').map_or(&*shown, |(_, rest)| rest);
        assert!(shown.starts_with(expected), "{text}: {error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
        assert!(
            error.help().is_some_and(|help| !help.is_empty())
                || kind == ErrorKind::InvalidDocument
                || kind == ErrorKind::InvalidValue,
            "{error}"
        );
    }
}

#[test]
fn without_a_folder_database_yml_is_named() {
    let text = "production: {database: cache}";
    let settings = Settings::from_str("config/cache.yml", text).expect("a file");
    let error = settings
        .with_environment("production")
        .resolve(&Vars::new());
    let error = error.expect_err("no folder");
    assert_eq!(
        error.help(),
        Some("name it: `--file config/database.yml --name cache`")
    );
}
