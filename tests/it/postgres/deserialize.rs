//! `Deserialize`: from a string, from a map, and errors that quote nothing.

use database_url::SecretStr;
use database_url::postgres::{Config, Keyword, SslMode};
use database_url::{Database, Engine, mysql};

fn read(json: &str) -> Result<Config, serde_json::Error> {
    serde_json::from_str(json)
}

#[test]
fn a_string_is_a_connection_string() {
    let config = read(r#""postgres://app:hunter2@db.example/shop""#).expect("a config");
    assert_eq!(config.user(), Some("app"));
}

#[test]
fn a_map_holds_keywords() {
    let config = read(
        r#"{"host": "db.example", "port": 5433, "user": "app", "password": "p@ss/w", "dbname": null,
            "sslmode": "verify-full", "connect_timeout": 10}"#,
    )
    .expect("a config");
    assert_eq!(
        config.to_string(),
        "postgres://app:****@db.example:5433/?connect_timeout=10&sslmode=verify-full"
    );
    assert_eq!(config.password().map(SecretStr::expose), Some("p@ss/w"));
    assert_eq!(config.sslmode(), Some(SslMode::VerifyFull));
    assert!(config.get(Keyword::Dbname).is_none());
}

#[test]
fn errors_say_what_is_wrong_and_quote_nothing() {
    for (json, given) in [
        (
            r#""postgres://app:hunter2@h:hunter2/d""#,
            "invalid port at byte 25",
        ),
        (r#""postgres://app:hunter2/9@h/d""#, "%2F"),
        (
            r#"{"host": "hunter2", "port": "hunter2"}"#,
            "invalid port: expected a number from 1 to 65535",
        ),
        (r#"{"hunter2": "x"}"#, "unknown keyword"),
        (r#"{"slmode": "hunter2"}"#, "did you mean `sslmode`?"),
        (
            r#"{"password": true}"#,
            "expected text or an integer for `password`",
        ),
        (
            r#"{"password": 31337.5}"#,
            "expected text or an integer for `password`",
        ),
        (
            r#"{"password": ["hunter2"]}"#,
            "expected text or an integer for `password`",
        ),
        (
            r#"{"password": {"x": "hunter2"}}"#,
            "expected text or an integer for `password`",
        ),
        (
            r#"{"password": "hunter2", "password": "hunter3"}"#,
            "`password` is given twice",
        ),
        (r#"{"password": "hunter2\u0000"}"#, "NUL byte in password"),
        (
            "31337",
            "expected a connection string or a map of libpq's keywords",
        ),
        (
            "31337.5",
            "expected a connection string or a map of libpq's keywords",
        ),
        (
            "true",
            "expected a connection string or a map of libpq's keywords",
        ),
        (
            r#"["hunter2"]"#,
            "expected a connection string or a map of libpq's keywords",
        ),
    ] {
        let message = read(json).expect_err(json).to_string();
        assert!(message.contains(given), "{json}: {message}");
        for secret in ["hunter", "31337"] {
            assert!(!message.contains(secret), "{json}: {message}");
        }
    }
}

#[test]
fn every_engine_is_read_from_a_string_and_never_quoted() {
    let read = |json: &str| serde_json::from_str::<Database>(json);
    for (json, engine) in [
        (r#""postgres://app:hunter2@h/shop""#, Engine::Postgres),
        (r#""mysql://app:hunter2@h/shop""#, Engine::MySql),
        (r#""sqlite:///shop.db""#, Engine::Sqlite),
        (r#""rediss://:hunter2@h/2""#, Engine::Redis),
    ] {
        let database = read(json).expect(json);
        assert_eq!(database.engine(), engine, "{json}");
    }
    let config: mysql::Config = serde_json::from_str(r#""mysql://h/shop""#).expect("a config");
    assert_eq!(config.dbname(), Some("shop"));
    for (json, given) in [
        (r#""mysql://app:hunter2/3@h/shop""#, "%2F"),
        (
            r#""msyql://app:hunter2@h/shop""#,
            "did you mean `mysql://`?",
        ),
        ("31337", "expected a connection string of any engine"),
        (
            r#"["hunter2"]"#,
            "expected a connection string of any engine",
        ),
        (
            r#"{"url": "hunter2"}"#,
            "expected a connection string of any engine",
        ),
        ("null", "expected a connection string of any engine"),
    ] {
        let message = read(json).expect_err(json).to_string();
        assert!(message.contains(given), "{json}: {message}");
        for secret in ["hunter", "31337"] {
            assert!(!message.contains(secret), "{json}: {message}");
        }
    }
}

#[test]
fn formats_that_do_not_describe_themselves_read_a_string() {
    let url = "mysql://app:hunter2@db.example/shop";
    let bytes = postcard::to_stdvec(url).expect("bytes");
    let database: Database = postcard::from_bytes(&bytes).expect("a database");
    assert_eq!(database.to_string(), "mysql://app:****@db.example/shop");
    let bytes = postcard::to_stdvec("postgres://app@db.example/shop").expect("bytes");
    let config: Config = postcard::from_bytes(&bytes).expect("a config");
    assert_eq!(config.dbname(), Some("shop"));
}
