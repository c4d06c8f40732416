//! TLS in keys that a program does not act on: a warning that names the key, in every system.

use database_url::settings::{Settings, System};
use database_url::{Vars, WarningCode};

use crate::common::Failures;

/// A file, and the key that the warning has to name; none where the key works.
const ROWS: &[(System, &str, &str, Option<&str>)] = &[
    (
        System::Sequelize,
        "config/config.json",
        r#"{"production": {"dialect": "postgres", "host": "h", "database": "d", "sslmode": "require"}}"#,
        Some("sslmode"),
    ),
    (
        System::Sequelize,
        "config/config.json",
        r#"{"production": {"dialect": "mysql", "host": "h", "database": "d", "tls": true}}"#,
        Some("tls"),
    ),
    (
        System::Sequelize,
        "config/config.json",
        r#"{"production": {"dialect": "postgres", "host": "h", "database": "d", "SSL": true}}"#,
        Some("SSL"),
    ),
    (
        System::Sequelize,
        "config/config.json",
        r#"{"production": {"dialect": "postgres", "host": "h", "database": "d", "native": {"ssl": true}}}"#,
        Some("ssl"),
    ),
    (
        System::Sequelize,
        "config/config.json",
        r#"{"production": {"dialect": "postgres", "host": "h", "database": "d", "dialectOptions": {"sslmode": "require"}}}"#,
        Some("sslmode"),
    ),
    (
        System::Sequelize,
        "config/config.json",
        r#"{"production": {"dialect": "postgres", "host": "h", "database": "d", "dialectOptions": {"ssl": {"ca": "x"}}}}"#,
        None,
    ),
    (
        System::Sequelize,
        "config/config.json",
        r#"{"production": {"dialect": "mssql", "host": "h", "database": "d", "dialectOptions": {"options": {"encrypt": true}}}}"#,
        None,
    ),
    (
        System::Django,
        "databases.json",
        r#"{"default": {"ENGINE": "postgresql", "NAME": "d", "sslmode": "require"}}"#,
        Some("sslmode"),
    ),
    (
        System::Django,
        "databases.json",
        r#"{"default": {"ENGINE": "postgresql", "NAME": "d", "OPTIONS": {"sslmode": "require"}}}"#,
        None,
    ),
    (
        System::Django,
        "databases.json",
        r#"{"default": {"ENGINE": "mysql", "NAME": "d", "OPTIONS": {"ssl": {"ca": "/ca.pem"}}}}"#,
        None,
    ),
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: postgresql\n  database: d\n  variables:\n    sslmode: require\n",
        Some("sslmode"),
    ),
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: postgresql\n  database: d\n  force_ssl: true\n",
        Some("force_ssl"),
    ),
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: postgresql\n  database: d\n  ssl: true\n",
        Some("ssl"),
    ),
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: postgresql\n  database: d\n  sslmode: verify-full\n  sslrootcert: /ca.pem\n",
        None,
    ),
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: mysql2\n  database: d\n  ssl_mode: verify_ca\n  sslca: /ca.pem\n",
        None,
    ),
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: mysql2\n  database: d\n  variables:\n    require_secure_transport: 1\n",
        Some("require_secure_transport"),
    ),
    (
        System::Plain,
        "settings.yml",
        "production:\n  adapter: postgres\n  host: h\n  options:\n    sslmode: require\n",
        Some("sslmode"),
    ),
    (
        System::Plain,
        "settings.yml",
        "production:\n  adapter: postgres\n  host: h\n  connection:\n    - rejectUnauthorized: true\n",
        Some("rejectUnauthorized"),
    ),
    (
        System::Plain,
        "settings.yml",
        "production:\n  adapter: postgres\n  host: h\n  sslmode: require\n  cache: true\n  catalog: x\n  replica: true\n",
        None,
    ),
    (
        System::Django,
        "databases.json",
        r#"{"default": {"ENGINE": "postgresql", "NAME": "d", "OPTIONS": {"connect": {"sslmode": "require"}}}}"#,
        Some("sslmode"),
    ),
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: postgresql\n  database: d\n  options:\n    sslmode: require\n",
        Some("sslmode"),
    ),
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: postgresql\n  database: d\n  options: -c geqo=off\n",
        None,
    ),
    (
        System::Rails,
        "config/cable.yml",
        "production:\n  adapter: redis\n  url: redis://h/1\n  sslmode: require\n",
        Some("sslmode"),
    ),
    (
        System::Rails,
        "config/cable.yml",
        "production:\n  adapter: redis\n  url: redis://h/1\n  options:\n    verify_ssl: true\n",
        Some("verify_ssl"),
    ),
    (
        System::Rails,
        "config/cable.yml",
        "production:\n  adapter: redis\n  url: redis://h/1\n  catalog: x\n  cache: true\n",
        None,
    ),
    (
        System::Rails,
        "config/redis.yml",
        "production:\n  url: redis://h/1\n  sslmode: require\n",
        Some("sslmode"),
    ),
    (
        System::Rails,
        "config/redis.yml",
        "production:\n  url: redis://h/1\n  options:\n    verify_ssl: true\n",
        Some("verify_ssl"),
    ),
    (
        System::Rails,
        "config/redis.yml",
        "production:\n  url: redis://h/1\n  catalog: x\n  cache: true\n",
        None,
    ),
    (
        System::Rails,
        "config/redis.yml",
        "production:\n  host: h\n  port: 6379\n  sslmode: require\n",
        Some("sslmode"),
    ),
    (
        System::Rails,
        "config/redis.yml",
        "production:\n  host: h\n  port: 6379\n  options:\n    verify_ssl: true\n",
        Some("verify_ssl"),
    ),
    (
        System::Rails,
        "config/redis.yml",
        "production:\n  host: h\n  port: 6379\n  catalog: x\n  cache: true\n",
        None,
    ),
    (
        System::Rails,
        "config/neo4j.yml",
        "production:\n  url: bolt://h\n  sslmode: require\n",
        Some("sslmode"),
    ),
    (
        System::Rails,
        "config/neo4j.yml",
        "production:\n  url: bolt://h\n  options:\n    verify_ssl: true\n",
        Some("verify_ssl"),
    ),
    (
        System::Rails,
        "config/neo4j.yml",
        "production:\n  url: bolt://h\n  catalog: x\n  cache: true\n",
        None,
    ),
    (
        System::Rails,
        "config/neo4j.yml",
        "production:\n  url: bolt://h\n  ssl_params:\n    ca_file: /ca.pem\n",
        Some("ssl_params"),
    ),
    (
        System::Rails,
        "config/cable.yml",
        "production:\n  adapter: redis\n  url: rediss://h/1\n  ssl_params:\n    ca_file: /ca.pem\n",
        None,
    ),
    (
        System::Rails,
        "config/mongoid.yml",
        "production:\n  clients:\n    default:\n      uri: mongodb://h/d?tls=true\n      ssl_ca_cert: /ca.pem\n",
        Some("ssl_ca_cert"),
    ),
    (
        System::Rails,
        "config/mongoid.yml",
        "production:\n  clients:\n    default:\n      uri: mongodb://h/d?tls=true\n      options:\n        tlsCAFile: /ca.pem\n",
        Some("tlsCAFile"),
    ),
    (
        System::Rails,
        "config/mongoid.yml",
        concat!(
            "production:\n",
            "  clients:\n",
            "    default:\n",
            "      uri: mongodb://h/d?tls=true\n",
            "      options:\n",
            "        ssl_ca_cert: /ca.pem\n",
            "        ssl_verify: true\n",
        ),
        None,
    ),
];

#[test]
fn tls_that_a_program_ignores_is_named() {
    let mut failures = Failures::default();
    for (system, path, text, expected) in ROWS {
        let settings = Settings::from_str(path, *text).expect("not too long");
        let settings = settings.with_system(*system);
        let settings = if *system == System::Django {
            settings
        } else {
            settings.with_environment("production")
        };
        let resolved = settings.resolve(&Vars::default());
        let resolved = resolved.expect("a database");
        let warnings = resolved.warnings().iter();
        let named: Vec<_> = warnings
            .filter(|warning| warning.code() == WarningCode::WeakerThanRequested)
            .map(|warning| {
                let (_, rest) = warning.message().split_once('`').unwrap_or_default();
                rest.split('`').next().unwrap_or_default().to_owned()
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|name| (*name).to_owned()).collect();
        failures.compare(text, named, expected);
    }
    failures.finish();
}

#[test]
fn sequelize_on_heroku_requests_tls_without_a_check() {
    let file = r#"{"production": {"use_env_variable": "DATABASE_URL", "dialect": "postgres", "ssl": true,
        "dialectOptions": {"ssl": {"require": true, "rejectUnauthorized": false}}}}"#;
    let settings = Settings::from_str("config/config.json", file).expect("not too long");
    let vars = Vars::from([("DATABASE_URL", "postgres://app:k3y@db.example/shop")]);
    let resolved = settings.with_environment("production").resolve(&vars);
    let resolved = resolved.expect("a database");
    assert_eq!(
        resolved.value().to_url().expect("a URL").expose(),
        "postgres://app:k3y@db.example/shop?sslmode=require"
    );
    let codes: Vec<_> = resolved
        .warnings()
        .iter()
        .map(|warning| warning.code().as_str())
        .collect();
    assert_eq!(codes, ["weaker-than-asked"]);
}

#[test]
fn a_config_json_with_url_and_options_is_sequelizes() {
    let file = r#"{"production": {"url": "postgres://db.example/shop", "dialectOptions": {"ssl": {"rejectUnauthorized": false}}}}"#;
    let settings = Settings::from_str("config/config.json", file).expect("not too long");
    assert_eq!(settings.system(), System::Sequelize);
    let resolved = settings
        .with_environment("production")
        .resolve(&Vars::default());
    assert_eq!(
        resolved
            .expect("a database")
            .value()
            .to_url()
            .expect("a URL")
            .expose(),
        "postgres://db.example/shop?sslmode=require"
    );
}
