//! What every config offers: a getter for each keyword, equality and hashing that agree, a target, changes one at a time.

use std::collections::HashSet;

use database_url::postgres::{Config, Keyword};
use database_url::{Database, Target, diagnose, mysql, service, sqlite};

use crate::common::Failures;

/// Whether the getter of a keyword sees a value that was set.
#[rustfmt::skip]
fn is_seen(config: &Config, keyword: Keyword) -> bool {
    match keyword {
        Keyword::Service => config.service().is_some(),
        Keyword::User => config.user().is_some(),
        Keyword::Password => config.password().is_some(),
        Keyword::Passfile => config.passfile().is_some(),
        Keyword::ChannelBinding => config.channel_binding().is_some(),
        Keyword::ConnectTimeout => config.connect_timeout().is_some(),
        Keyword::Dbname => config.dbname().is_some(),
        Keyword::Host | Keyword::HostAddr | Keyword::Port => config.hosts().count() == 1,
        Keyword::ClientEncoding => config.client_encoding().is_some(),
        Keyword::Options => config.options().is_some(),
        Keyword::ApplicationName => config.application_name().is_some(),
        Keyword::FallbackApplicationName => config.fallback_application_name().is_some(),
        Keyword::Keepalives => config.keepalives().is_some(),
        Keyword::KeepalivesIdle => config.keepalives_idle().is_some(),
        Keyword::KeepalivesInterval => config.keepalives_interval().is_some(),
        Keyword::KeepalivesCount => config.keepalives_count().is_some(),
        Keyword::TcpUserTimeout => config.tcp_user_timeout().is_some(),
        Keyword::SslMode => config.sslmode().is_some(),
        Keyword::SslNegotiation => config.sslnegotiation().is_some(),
        Keyword::SslCompression => config.sslcompression().is_some(),
        Keyword::SslCert => config.sslcert().is_some(),
        Keyword::SslKey => config.sslkey().is_some(),
        Keyword::SslCertMode => config.sslcertmode().is_some(),
        Keyword::SslPassword => config.sslpassword().is_some(),
        Keyword::SslRootCert => config.sslrootcert().is_some(),
        Keyword::SslCrl => config.sslcrl().is_some(),
        Keyword::SslCrlDir => config.sslcrldir().is_some(),
        Keyword::SslSni => config.sslsni().is_some(),
        Keyword::RequirePeer => config.requirepeer().is_some(),
        Keyword::RequireAuth => config.require_auth().is_some(),
        Keyword::MinProtocolVersion => config.min_protocol_version().is_some(),
        Keyword::MaxProtocolVersion => config.max_protocol_version().is_some(),
        Keyword::SslMinProtocolVersion => config.ssl_min_protocol_version().is_some(),
        Keyword::SslMaxProtocolVersion => config.ssl_max_protocol_version().is_some(),
        Keyword::GssEncMode => config.gssencmode().is_some(),
        Keyword::KrbSrvName => config.krbsrvname().is_some(),
        Keyword::GssLib => config.gsslib().is_some(),
        Keyword::GssDelegation => config.gssdelegation().is_some(),
        Keyword::Replication => config.replication().is_some(),
        Keyword::TargetSessionAttrs => config.target_session_attrs().is_some(),
        Keyword::LoadBalanceHosts => config.load_balance_hosts().is_some(),
        Keyword::ScramClientKey => config.scram_client_key().is_some(),
        Keyword::ScramServerKey => config.scram_server_key().is_some(),
        Keyword::OauthIssuer => config.oauth_issuer().is_some(),
        Keyword::OauthClientId => config.oauth_client_id().is_some(),
        Keyword::OauthClientSecret => config.oauth_client_secret().is_some(),
        Keyword::OauthScope => config.oauth_scope().is_some(),
        Keyword::SslKeyLogFile => config.sslkeylogfile().is_some(),
        _ => false,
    }
}

#[test]
fn every_keyword_of_libpq_has_a_getter() {
    let key = "A".repeat(43) + "=";
    let candidates = [
        "1", "require", "disable", "primary", "random", "md5", "3.2", "TLSv1.2", "postgres",
        "true", &key,
    ];
    let mut failures = Failures::default();
    for &keyword in Keyword::ALL {
        let mut configs = candidates
            .iter()
            .filter_map(|text| Config::new().with(keyword, text).ok());
        let seen = configs.any(|config| is_seen(&config, keyword));
        failures.compare(keyword.as_str(), seen, true);
    }
    failures.finish();
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
