//! What every config offers: equality and hashing that agree, a target, changes one at a time.

use std::collections::HashSet;

use database_url::postgres::Config;
use database_url::{Database, Extra, Target, diagnose, mysql, postgres, service, sqlite};

/// A URL of each engine with a secret in an extra, and a harmless one.
const OF_EACH_ENGINE: &[&str] = &[
    "postgres://u:hunter2@h/d?pool=5&token=hunter2",
    "mysql://u:hunter2@h/d?pool_timeout=5&token=hunter2",
    "sqlite+pysqlcipher://:hunter2@/d?timeout=5&token=hunter2",
    "redis://:hunter2@h/1?max_connections=5&token=hunter2",
];

#[test]
fn extras_tell_what_is_secret_on_every_engine() {
    for url in OF_EACH_ENGINE {
        let database: Database = url.parse().unwrap();
        let extras: Vec<Extra<'_>> = match &database {
            Database::Postgres(config) => config.extras().collect(),
            Database::MySql(config) => config.extras().collect(),
            Database::Sqlite(config) => config.extras().collect(),
            Database::Service(config) => config.extras().collect(),
            _ => Vec::new(),
        };
        assert_eq!(database.extras().collect::<Vec<_>>(), extras, "{url}");
        let found: Vec<_> = extras
            .iter()
            .map(|extra| {
                (
                    extra.value().expose(),
                    extra.is_secret(),
                    extra.masked_value(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [("5", false, "5"), ("hunter2", true, "****")],
            "{url}"
        );
        assert_eq!(extras[1].to_string(), "token=****");
        assert_eq!(format!("{:?}", extras[1]), "Extra(token=****)");
    }
    // A URL in a harmless name, a name without a value, and a name that is not one.
    let odd: Database = "postgres://h/d?pool=redis%3A%2F%2Fhunter2&hunter2=&a%20b=1"
        .parse()
        .unwrap();
    let shown: Vec<_> = odd
        .extras()
        .map(|extra| (extra.is_secret(), extra.to_string()))
        .collect();
    let expected = [(true, "pool=****"), (true, "****="), (true, "****=****")];
    assert_eq!(
        shown,
        expected.map(|(is_secret, text)| (is_secret, text.to_owned()))
    );
}

#[cfg(feature = "serde")]
#[test]
fn serialize_is_masked_and_exposed_is_not() {
    macro_rules! check {
        ($config:ty, $url:expr) => {{
            #[derive(serde::Serialize)]
            struct Both {
                masked: $config,
                #[serde(with = "database_url::exposed")]
                exposed: $config,
            }
            let config: $config = $url.parse().unwrap();
            let (masked, exposed) = (config.clone(), config);
            let json = serde_json::to_string(&Both { masked, exposed }).unwrap();
            let hidden = $url.replace("hunter2", "****");
            let expected = format!(r#"{{"masked":"{hidden}","exposed":"{}"}}"#, $url);
            assert_eq!(json, expected);
        }};
    }
    check!(Config, OF_EACH_ENGINE[0]);
    check!(mysql::Config, OF_EACH_ENGINE[1]);
    check!(sqlite::Config, OF_EACH_ENGINE[2]);
    check!(service::Config, OF_EACH_ENGINE[3]);
    for url in OF_EACH_ENGINE {
        check!(Database, url);
    }
}

/// What every type of the first lines is.
#[test]
fn configs_are_plain_values() {
    trait Plain: Clone + std::fmt::Debug + Send + Sync + Unpin + 'static {}
    impl<T: Clone + std::fmt::Debug + Send + Sync + Unpin + 'static> Plain for T {}
    fn is_plain<T: Plain>() {}
    fn is_config<T>()
    where
        T: Plain
            + Eq
            + std::hash::Hash
            + std::fmt::Display
            + std::str::FromStr<Err = database_url::Error>,
        T: for<'t> TryFrom<&'t str, Error = database_url::Error>,
    {
        is_plain::<T>();
    }
    is_config::<Config>();
    is_config::<mysql::Config>();
    is_config::<sqlite::Config>();
    is_config::<service::Config>();
    is_config::<Database>();
    is_plain::<Target>();
    is_plain::<database_url::Error>();
    is_plain::<database_url::Vars>();
    is_plain::<database_url::Attachments>();
    is_plain::<database_url::Resolved<Database>>();
    is_plain::<database_url::Secret>();
    is_plain::<database_url::Warning>();
    is_plain::<Extra<'static>>();
    is_plain::<postgres::Builder>();
    is_plain::<mysql::Builder>();
    is_plain::<sqlite::Builder>();
    is_plain::<service::Builder>();
}

#[test]
fn errors_tell_their_kind_and_their_origin() {
    use database_url::{Resolver, Vars};

    let resolve = |vars: &Vars| Resolver::new(vars).resolve().unwrap_err();
    assert!(resolve(&Vars::new()).is_not_found());
    let error = resolve(&Vars::from([("DATABASE_URL", "")]));
    assert!(error.is_unset() && !error.is_not_found());
    let [one, other] = ["postgres://a/b", "postgres://c/d"];
    let vars = Vars::from([
        ("HEROKU_POSTGRESQL_RED_URL", one),
        ("HEROKU_POSTGRESQL_BLUE_URL", other),
    ]);
    assert!(resolve(&vars).is_ambiguous());
    let error = resolve(&Vars::from([("DATABASE_URL", "postgres://a:b/c@h/d")]));
    let origin = error.origin().map(ToString::to_string);
    assert_eq!(origin.as_deref(), Some("DATABASE_URL"));
    assert!(
        Vars::from_heroku_path("/no/such/file")
            .unwrap_err()
            .is_unreadable()
    );
    let config: Config = "postgres://h/d?pool=5".parse().unwrap();
    assert!(config.to_conninfo().unwrap_err().is_not_representable());
}

#[test]
fn equal_configs_hash_alike() {
    // Pairs that mean the same, and one that does not.
    let rows = [
        (
            "postgres://u:p@h/d",
            "postgresql://u:%70@h/d",
            "postgres://u:q@h/d",
        ),
        (
            "postgres://h/d?pool=5",
            "postgres://h/d?%70ool=5",
            "postgres://h/d?pool=6",
        ),
        (
            "mysql://u@h/d?ssl-mode=REQUIRED",
            "mysql://u@h/d?sslmode=require",
            "mysql://u@h/d",
        ),
        (
            "sqlite:/a?mode=ro",
            "sqlite:/%61?mode=ro",
            "sqlite:/b?mode=ro",
        ),
        ("redis://h/0?x=1", "redis://h/0?%78=1", "redis://h/1?x=1"),
    ];
    for (one, same, other) in rows {
        let parsed = [one, same, other].map(|text| text.parse::<Database>().unwrap());
        assert_eq!(parsed[0], parsed[1], "{one}");
        assert_eq!(HashSet::from(parsed).len(), 2, "{one}");
    }
}

#[test]
fn every_config_has_the_target_of_its_database() {
    fn targets<C>(url: &str, target: impl Fn(&C) -> Target) -> (Target, Target)
    where
        C: std::str::FromStr<Err = database_url::Error>,
    {
        (
            target(&url.parse().unwrap()),
            url.parse::<Database>().unwrap().target(),
        )
    }
    let pairs = [
        targets("postgres://u@h/d", Config::target),
        targets("mysql://u@h/d", mysql::Config::target),
        targets("sqlite:/d", sqlite::Config::target),
        targets("redis://h/1", service::Config::target),
    ];
    for (one, other) in pairs {
        assert_eq!(one, other);
    }
}

#[test]
fn a_database_for_each_test_keeps_everything_else() {
    let rows = [
        (
            "postgres://u:p@h:5433/d?sslmode=require",
            "postgres://u:p@h:5433/test_7?sslmode=require",
        ),
        (
            "mysql://u:p@h/d?charset=utf8mb4",
            "mysql://u:p@h/test_7?charset=utf8mb4",
        ),
        ("mongodb://u:p@h/d", "mongodb://u:p@h/test_7"),
    ];
    for (url, expected) in rows {
        let changed = url
            .parse::<Database>()
            .unwrap()
            .with_dbname("test_7")
            .unwrap();
        assert_eq!(changed.to_url().unwrap().expose(), expected);
    }
    let error = "sqlite:/d"
        .parse::<Database>()
        .unwrap()
        .with_dbname("test_7")
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid database: the database of SQLite is its file"
    );
}

/// Escapes make a string longer than the one that was read.
#[test]
fn a_url_that_nothing_would_read_is_not_written() {
    let long = "%".repeat(database_url::MAX_LEN / 2);
    let redis: service::Config = "redis://h".parse().unwrap();
    let rows: [(&str, Result<Database, _>); 3] = [
        ("postgres", Config::new().with_user(&long).map(Into::into)),
        (
            "mysql",
            mysql::Config::new().with_user(&long).map(Into::into),
        ),
        ("redis", redis.with_password(&long).map(Into::into)),
    ];
    for (engine, config) in rows {
        let error = config.expect(engine).to_url().expect_err(engine);
        assert_eq!(error.kind(), database_url::ErrorKind::TooLong, "{engine}");
    }
}

#[test]
fn host_and_port_are_set_by_themselves() {
    let config = Config::new()
        .with_host("h")
        .unwrap()
        .with_port(5433)
        .unwrap();
    assert_eq!(config.to_url().unwrap().expose(), "postgres://h:5433");
    let config = mysql::Config::new()
        .with_host("h")
        .unwrap()
        .with_port(3307)
        .unwrap();
    assert_eq!(config.to_url().unwrap().expose(), "mysql://h:3307");
    assert!(Config::new().with_port(0).is_err());
    let rows = [
        ("redis://u@a:1,b/2", "redis://u@a:6380,b:6380/2"),
        ("redis://:p@/2", "redis://:p@:6380/2"),
        ("amqp://h/%2F?heartbeat=5", "amqp://h:6380/%2F?heartbeat=5"),
    ];
    for (url, expected) in rows {
        let config: service::Config = url.parse().unwrap();
        let config = config.with_port(6380).unwrap();
        assert_eq!(config.to_url().unwrap().expose(), expected);
    }
    let config: service::Config = "redis://u@a:1/2".parse().unwrap();
    let moved = config.clone().with_host("b").unwrap();
    assert_eq!(moved.to_url().unwrap().expose(), "redis://u@b:1/2");
    let moved = config
        .clone()
        .with_hosts([("a", None), ("::1", Some(5))])
        .unwrap();
    assert_eq!(moved.to_url().unwrap().expose(), "redis://u@a,[::1]:5/2");
    assert!(config.clone().with_port(0).is_err());
    assert!(config.with_hosts([("a,b", None)]).is_err());
}

#[test]
fn closed_sets_of_values_read_back() {
    fn check<T>(all: &[T], as_str: fn(T) -> &'static str)
    where
        T: Copy
            + std::fmt::Debug
            + std::fmt::Display
            + PartialEq
            + std::str::FromStr<Err = database_url::Error>,
    {
        for &one in all {
            assert_eq!(as_str(one).parse().as_ref(), Ok(&one));
            assert_eq!(one.to_string(), as_str(one));
        }
        assert!("no such value".parse::<T>().is_err());
    }
    check(database_url::Outcome::ALL, database_url::Outcome::as_str);
    check(database_url::Role::ALL, database_url::Role::as_str);
    check(database_url::Dialect::ALL, database_url::Dialect::as_str);
    check(
        database_url::postgres::UnknownKeywords::ALL,
        database_url::postgres::UnknownKeywords::as_str,
    );
    check(database_url::Engine::ALL, database_url::Engine::as_str);
    check(database_url::Format::ALL, database_url::Format::as_str);
    check(database_url::Stage::ALL, database_url::Stage::as_str);
    check(
        database_url::ErrorKind::ALL,
        database_url::ErrorKind::as_str,
    );
    check(
        database_url::WarningCode::ALL,
        database_url::WarningCode::as_str,
    );
    check(
        database_url::settings::System::ALL,
        database_url::settings::System::as_str,
    );
    check(
        database_url::settings::template::Syntax::ALL,
        database_url::settings::template::Syntax::as_str,
    );
    check(diagnose::Code::ALL, diagnose::Code::as_str);
    check(diagnose::Severity::ALL, diagnose::Severity::as_str);
    check(
        database_url::driver::Driver::ALL,
        database_url::driver::Driver::as_str,
    );
    check(
        database_url::convert::Notation::ALL,
        database_url::convert::Notation::as_str,
    );
    check(mysql::SslMode::ALL, mysql::SslMode::as_str);
    check(service::Tls::ALL, service::Tls::as_str);
    check(sqlite::Family::ALL, sqlite::Family::as_str);
}

#[test]
fn a_service_without_a_variant_is_an_engine_by_its_name() {
    let engine: database_url::Engine = "nats".parse().unwrap();
    assert_eq!(engine.as_str(), "nats");
    let error = "postgress".parse::<database_url::Engine>().unwrap_err();
    assert_eq!(error.help(), Some("did you mean `postgres`?"));
}
