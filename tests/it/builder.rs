//! The builders: a method for every keyword, errors at the end, and no value in `Debug`.

use std::time::Duration;

use database_url::sqlite::{Cache, Family, Mode};
use database_url::{Database, Error, ErrorKind, mysql, postgres, service, sqlite};

use crate::common::Failures;

const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

type Row<K, B> = (K, fn(B) -> B);

#[rustfmt::skip]
#[test]
fn every_keyword_of_libpq_has_a_method() {
    let rows: &[Row<postgres::Keyword, postgres::Builder>] = &[
        (postgres::Keyword::Service, |builder| builder.service("x")),
        (postgres::Keyword::User, |builder| builder.user("x")),
        (postgres::Keyword::Password, |builder| builder.password("x")),
        (postgres::Keyword::Passfile, |builder| builder.passfile("x")),
        (postgres::Keyword::ChannelBinding, |builder| builder.channel_binding(postgres::ChannelBinding::ALL[0])),
        (postgres::Keyword::ConnectTimeout, |builder| builder.connect_timeout(Duration::from_secs(3))),
        (postgres::Keyword::Dbname, |builder| builder.dbname("x")),
        (postgres::Keyword::Host, |builder| builder.host("h")),
        (postgres::Keyword::HostAddr, |builder| builder.hostaddr("10.0.0.1")),
        (postgres::Keyword::Port, |builder| builder.port(3)),
        (postgres::Keyword::ClientEncoding, |builder| builder.client_encoding("x")),
        (postgres::Keyword::Options, |builder| builder.options("x")),
        (postgres::Keyword::ApplicationName, |builder| builder.application_name("x")),
        (postgres::Keyword::FallbackApplicationName, |builder| builder.fallback_application_name("x")),
        (postgres::Keyword::Keepalives, |builder| builder.keepalives(true)),
        (postgres::Keyword::KeepalivesIdle, |builder| builder.keepalives_idle(Duration::from_secs(3))),
        (postgres::Keyword::KeepalivesInterval, |builder| builder.keepalives_interval(Duration::from_secs(3))),
        (postgres::Keyword::KeepalivesCount, |builder| builder.keepalives_count(3)),
        (postgres::Keyword::TcpUserTimeout, |builder| builder.tcp_user_timeout(Duration::from_millis(3))),
        (postgres::Keyword::SslMode, |builder| builder.sslmode(postgres::SslMode::ALL[0])),
        (postgres::Keyword::SslNegotiation, |builder| builder.sslnegotiation(postgres::SslNegotiation::ALL[0])),
        (postgres::Keyword::SslCompression, |builder| builder.sslcompression(true)),
        (postgres::Keyword::SslCert, |builder| builder.sslcert("x")),
        (postgres::Keyword::SslKey, |builder| builder.sslkey("x")),
        (postgres::Keyword::SslCertMode, |builder| builder.sslcertmode(postgres::SslCertMode::ALL[0])),
        (postgres::Keyword::SslPassword, |builder| builder.sslpassword("x")),
        (postgres::Keyword::SslRootCert, |builder| builder.sslrootcert("x")),
        (postgres::Keyword::SslCrl, |builder| builder.sslcrl("x")),
        (postgres::Keyword::SslCrlDir, |builder| builder.sslcrldir("x")),
        (postgres::Keyword::SslSni, |builder| builder.sslsni(true)),
        (postgres::Keyword::RequirePeer, |builder| builder.requirepeer("x")),
        (postgres::Keyword::RequireAuth, |builder| builder.require_auth("md5")),
        (postgres::Keyword::MinProtocolVersion, |builder| builder.min_protocol_version(postgres::ProtocolVersion::ALL[0])),
        (postgres::Keyword::MaxProtocolVersion, |builder| builder.max_protocol_version(postgres::ProtocolVersion::ALL[0])),
        (postgres::Keyword::SslMinProtocolVersion, |builder| builder.ssl_min_protocol_version(postgres::TlsVersion::ALL[0])),
        (postgres::Keyword::SslMaxProtocolVersion, |builder| builder.ssl_max_protocol_version(postgres::TlsVersion::V1_3)),
        (postgres::Keyword::GssEncMode, |builder| builder.gssencmode(postgres::GssEncMode::ALL[0])),
        (postgres::Keyword::KrbSrvName, |builder| builder.krbsrvname("x")),
        (postgres::Keyword::GssLib, |builder| builder.gsslib("x")),
        (postgres::Keyword::GssDelegation, |builder| builder.gssdelegation(true)),
        (postgres::Keyword::Replication, |builder| builder.replication(postgres::Replication::ALL[0])),
        (postgres::Keyword::TargetSessionAttrs, |builder| builder.target_session_attrs(postgres::TargetSessionAttrs::ALL[0])),
        (postgres::Keyword::LoadBalanceHosts, |builder| builder.load_balance_hosts(postgres::LoadBalanceHosts::ALL[0])),
        (postgres::Keyword::ScramClientKey, |builder| builder.scram_client_key(KEY)),
        (postgres::Keyword::ScramServerKey, |builder| builder.scram_server_key(KEY)),
        (postgres::Keyword::OauthIssuer, |builder| builder.oauth_issuer("x")),
        (postgres::Keyword::OauthClientId, |builder| builder.oauth_client_id("x")),
        (postgres::Keyword::OauthClientSecret, |builder| builder.oauth_client_secret("x")),
        (postgres::Keyword::OauthScope, |builder| builder.oauth_scope("x")),
        (postgres::Keyword::SslKeyLogFile, |builder| builder.sslkeylogfile("/log")),
    ];
    let mut failures = Failures::default();
    for keyword in postgres::Keyword::ALL {
        let set = rows.iter().find(|(known, _)| known == keyword).map(|(_, set)| set);
        let built = set.map(|set| set(postgres::Config::builder()).build());
        let is_set = built.map(|built| built.map(|config| config.get(*keyword).is_some()).map_err(|error| error.to_string()));
        failures.compare(keyword.as_str(), is_set, Some(Ok(true)));
    }
    failures.finish();
}

#[rustfmt::skip]
#[test]
fn every_setting_of_mysql_has_a_method() {
    let rows: &[Row<mysql::Keyword, mysql::Builder>] = &[
        (mysql::Keyword::User, |builder| builder.user("x")),
        (mysql::Keyword::Password, |builder| builder.password("x")),
        (mysql::Keyword::Host, |builder| builder.host("h")),
        (mysql::Keyword::Port, |builder| builder.port(3)),
        (mysql::Keyword::Priority, |builder| builder.priority("7")),
        (mysql::Keyword::Database, |builder| builder.dbname("x")),
        (mysql::Keyword::Socket, |builder| builder.socket("x")),
        (mysql::Keyword::Net, |builder| builder.net("x")),
        (mysql::Keyword::Address, |builder| builder.address("x")),
        (mysql::Keyword::SslMode, |builder| builder.ssl_mode(mysql::SslMode::ALL[0])),
        (mysql::Keyword::SslCa, |builder| builder.ssl_ca("x")),
        (mysql::Keyword::SslCapath, |builder| builder.ssl_capath("x")),
        (mysql::Keyword::SslCert, |builder| builder.ssl_cert("x")),
        (mysql::Keyword::SslKey, |builder| builder.ssl_key("x")),
        (mysql::Keyword::SslCipher, |builder| builder.ssl_cipher("x")),
        (mysql::Keyword::SslCrl, |builder| builder.ssl_crl("x")),
        (mysql::Keyword::SslCrlpath, |builder| builder.ssl_crlpath("x")),
        (mysql::Keyword::TlsVersion, |builder| builder.tls_version("x")),
        (mysql::Keyword::Charset, |builder| builder.charset("utf8mb4")),
        (mysql::Keyword::Collation, |builder| builder.collation("x")),
        (mysql::Keyword::Timezone, |builder| builder.timezone("UTC")),
        (mysql::Keyword::InitCommand, |builder| builder.init_command("x")),
        (mysql::Keyword::ConnectTimeoutMs, |builder| builder.connect_timeout(Duration::from_millis(3))),
        (mysql::Keyword::ReadTimeoutMs, |builder| builder.read_timeout(Duration::from_millis(3))),
        (mysql::Keyword::WriteTimeoutMs, |builder| builder.write_timeout(Duration::from_millis(3))),
        (mysql::Keyword::PoolMin, |builder| builder.pool_min(3)),
        (mysql::Keyword::PoolMax, |builder| builder.pool_max(3)),
        (mysql::Keyword::Compress, |builder| builder.compress("fast")),
        (mysql::Keyword::StatementCache, |builder| builder.statement_cache(3)),
        (mysql::Keyword::MaxAllowedPacket, |builder| builder.max_allowed_packet(3)),
        (mysql::Keyword::PreferSocket, |builder| builder.prefer_socket(true)),
        (mysql::Keyword::Cleartext, |builder| builder.cleartext(true)),
        (mysql::Keyword::AllowPublicKeyRetrieval, |builder| builder.allow_public_key_retrieval(true)),
        (mysql::Keyword::ServerPublicKey, |builder| builder.server_public_key("x")),
        (mysql::Keyword::LocalInfile, |builder| builder.local_infile(true)),
        (mysql::Keyword::FoundRows, |builder| builder.found_rows(true)),
        (mysql::Keyword::Reconnect, |builder| builder.reconnect(true)),
    ];
    let mut failures = Failures::default();
    for keyword in mysql::Keyword::ALL {
        let set = rows.iter().find(|(known, _)| known == keyword).map(|(_, set)| set);
        let base = match keyword {
            mysql::Keyword::Priority => mysql::Config::builder().host("h"),
            mysql::Keyword::Address => mysql::Config::builder().net("x"),
            _ => mysql::Config::builder(),
        };
        let built = set.map(|set| set(base).build());
        let is_set = built.map(|built| built.map(|config| config.get(*keyword).is_some()).map_err(|error| error.to_string()));
        failures.compare(keyword.as_str(), is_set, Some(Ok(true)));
    }
    failures.finish();
}

#[test]
fn a_mistake_is_reported_at_the_end() {
    let builder = postgres::Config::builder().user("a\0b").dbname("shop");
    assert_eq!(
        format!("{builder:?}"),
        "Builder { settings: 2, .. }",
        "no value is shown"
    );
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NulByte, "{error}");
    let error = mysql::Config::builder().port(0).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidValue, "{error}");
}

/// The parts that are wrong, in the order that they are reported in.
fn parts(error: &Error) -> Vec<String> {
    let failures = error.iter();
    failures
        .map(|failure| {
            failure
                .component()
                .map_or_else(String::new, |part| part.to_string())
        })
        .collect()
}

#[rustfmt::skip] // a table: one row per line
#[test]
fn every_mistake_is_reported_and_no_other() {
    use postgres::Keyword as P;

    let mut failures = Failures::default();
    let postgres = || postgres::Config::builder();
    let mysql = || mysql::Config::builder();
    let mongodb = || service::Config::builder("mongodb").host("h");
    let redis = || service::Config::builder("redis").host("h");
    let sqlite = |family| sqlite::Config::builder(family).path("/a");
    let rows = [
        // name, all that is wrong, what is reported
        ("two values", postgres().port(0).set(P::SslMode, "on").user("a\0").build().err(), "user port sslmode"),
        // `direct` needs an `sslmode`, but the one that is given is not one.
        ("a follow-up", postgres().set(P::SslMode, "on").set(P::SslNegotiation, "direct").build().err(), "sslmode"),
        ("a contradiction", postgres().set(P::SslNegotiation, "direct").build().err(), "sslnegotiation"),
        ("hosts and a value", postgres().hosts([("a,b", None)]).port(0).extra("user", "x").build().err(), "host port query"),
        ("mysql", mysql().port(0).set(mysql::Keyword::SslMode, "on").net("").build().err(), "port ssl_mode net"),
        ("mysql's hosts", mysql().hosts([("a", Some(0))]).charset("a\0").build().err(), "port charset"),
        ("service", mongodb().dbname("a b").sentinel_service("s").param("tls", "maybe").param("", "x").build().err(), "service query query database"),
        ("servers", redis().port(0).param("ssl", "true").dbname("shop").build().err(), "port database tls"),
        ("no such scheme", service::Config::builder("redis://u:hunter2@h").build().err(), "scheme"),
        ("another engine", service::Config::builder("postgres").build().err(), "scheme"),
        ("sqlite", sqlite::Config::builder(Family::Rails).password("x").param("mode", "w").param("a\0", "").build().err(), "password mode query database"),
        ("sqlite's path", sqlite(Family::Sqlx).path("/:memory:").param("cache", "no").build().err(), "cache database"),
    ];
    for (name, error, expected) in rows {
        let error = error.expect(name);
        for failure in error.iter() {
            assert!(failure.span().is_none(), "{name}: {failure}");
            assert!(!format!("{failure} {failure:?}").contains("hunter2"), "{name}");
        }
        failures.compare(name, parts(&error).join(" "), expected.to_owned());
    }
    failures.finish();
}

#[rustfmt::skip] // a table: one row per line
#[test]
fn every_part_of_a_service_and_of_sqlite_has_a_method() {
    let build = |scheme: &str, set: fn(service::Builder) -> service::Builder| {
        set(service::Config::builder(scheme)).build().map(Database::from)
    };
    let file = |family, set: fn(sqlite::Builder) -> sqlite::Builder| {
        set(sqlite::Config::builder(family)).build().map(Database::from)
    };
    let rows = [
        (build("redis", |b| b.host("h").port(6380).password("p@/").dbname("1")), "redis://:p%40%2F@h:6380/1"),
        (build("rediss", |b| b.host("::1").param("ssl_cert_reqs", "none")), "rediss://[::1]?ssl_cert_reqs=none"),
        (build("redis", |b| b.host("h").param("db", "2")), "redis://h/2"),
        (build("unix", |b| b.socket("/run/redis.sock").dbname("2")), "unix:///run/redis.sock?db=2"),
        (build("redis+sentinel", |b| b.hosts([("a", Some(1)), ("b", None)]).port(2).sentinel_service("m")), "redis+sentinel://a:1,b:2/m"),
        (build("AMQPS", |b| b.user("u").host("h").dbname("")), "amqps://u@h/"),
        (build("mongodb", |b| b.hosts([("a", None), ("b", None)]).param("replicaSet", "r")), "mongodb://a,b/?replicaSet=r"),
        (build("mongodb+srv", |b| b.host("h").param("tls", "true")), "mongodb+srv://h/?tls=true"),
        (build("sqlserver", |b| b.user("sa").host("h").instance("i").dbname("d")), "sqlserver://sa@h/i?database=d"),
        (file(Family::Python, |b| b.path("app.db").param("timeout", "5")), "sqlite:///app.db?timeout=5"),
        (file(Family::Python, sqlite::Builder::memory), "sqlite:///:memory:"),
        (file(Family::Python, |b| b.path("/a").password("p@/")), "sqlite+pysqlcipher://:p%40%2F@//a"),
        (file(Family::Sqlx, |b| b.path("a b").mode(Mode::ReadWrite).mode(Mode::ReadOnly)), "sqlite:a%20b?mode=ro"),
        (file(Family::Rails, |b| b.path("/a").journal_mode("wal")), "sqlite3:/a?journal_mode=wal"),
        (file(Family::Uri, |b| b.path("a").cache(Cache::Shared).immutable(true).vfs("unix")), "file:a?cache=shared&immutable=1&vfs=unix"),
    ];
    let mut failures = Failures::default();
    for (database, expected) in rows {
        let url = database.and_then(|database| {
            let url = database.to_url()?;
            assert_eq!(url.expose().parse::<Database>()?, database, "{expected}");
            Ok(url.expose().to_owned())
        });
        failures.compare(expected, url, Ok(expected.to_owned()));
    }
    failures.finish();
}

#[test]
fn no_builder_shows_a_value() {
    const SECRET: &str = "hunter2";
    let shown = [
        format!(
            "{:?}",
            postgres::Config::builder()
                .user(SECRET)
                .host(SECRET)
                .extra(SECRET, SECRET)
        ),
        format!(
            "{:?}",
            mysql::Config::builder()
                .hosts([(SECRET, None)])
                .ssl_key(SECRET)
        ),
        format!(
            "{:#?}",
            service::Config::builder(SECRET)
                .user(SECRET)
                .host(SECRET)
                .param(SECRET, SECRET)
        ),
        format!(
            "{:#?}",
            sqlite::Config::builder(Family::Rails)
                .path(SECRET)
                .password(SECRET)
                .param(SECRET, SECRET)
        ),
    ];
    for shown in shown {
        assert!(!shown.contains(SECRET), "{shown}");
    }
}

#[test]
fn settings_are_checked_together() {
    use postgres::{SslMode, SslNegotiation};

    let direct = postgres::Config::builder().sslnegotiation(SslNegotiation::Direct);
    assert!(direct.clone().build().is_err());
    assert!(direct.sslmode(SslMode::Require).build().is_ok());
    let config = mysql::Config::builder()
        .hosts([("a", Some(1)), ("b", None)])
        .extra("schema", "5")
        .build();
    let url = config.unwrap().to_url().unwrap();
    assert_eq!(url.expose(), "mysql://a:1,b/?schema=5");
}
