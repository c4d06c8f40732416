//! The builders and the getters: one of each for every keyword, errors at the end, and no value in `Debug`.

use std::time::Duration;

use database_url::sqlite::{Cache, Family, Mode};
use database_url::{Database, Error, ErrorKind, mysql, postgres, service, sqlite};

use crate::common::Failures;

const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// Keywords with the builder's method, and the getter of the same name, which see the value.
macro_rules! rows {
    ($engine:ident: $($keyword:ident: $name:ident($value:expr) $(=> $seen:ident)?,)*) => {{
        type Row = ($engine::Keyword, fn($engine::Builder) -> $engine::Builder, fn(&$engine::Config) -> bool);
        let rows: &[Row] = &[$((
            $engine::Keyword::$keyword,
            |builder| builder.$name($value),
            seen!($engine, $name $($seen)?),
        )),*];
        rows
    }};
}

macro_rules! seen {
    ($engine:ident, $name:ident) => {
        |config| config.$name().is_some()
    };
    // Those of the hosts are seen together.
    ($engine:ident, $name:ident hosts) => {
        |config| config.hosts().count() == 1
    };
}

/// A row of every keyword, whose value is set and seen.
macro_rules! check {
    ($engine:ident, $rows:expr, $base:expr) => {
        let mut failures = Failures::default();
        for &keyword in $engine::Keyword::ALL {
            let row = $rows.iter().find(|(known, ..)| *known == keyword);
            let built = row.map(|(_, set, is_seen)| {
                let built = set($base(keyword)).build();
                built
                    .map(|config| (config.get(keyword).is_some(), is_seen(&config)))
                    .map_err(|error| error.to_string())
            });
            failures.compare(keyword.as_str(), built, Some(Ok((true, true))));
        }
        failures.finish();
    };
}

#[rustfmt::skip]
#[test]
fn every_keyword_of_libpq_has_a_method_and_a_getter() {
    let rows = rows! { postgres:
        Service: service("x"),
        User: user("x"),
        Password: password("x"),
        Passfile: passfile("x"),
        ChannelBinding: channel_binding(postgres::ChannelBinding::ALL[0]),
        ConnectTimeout: connect_timeout(Duration::from_secs(3)),
        Dbname: dbname("x"),
        Host: host("h") => hosts,
        HostAddr: hostaddr("10.0.0.1") => hosts,
        Port: port(3) => hosts,
        ClientEncoding: client_encoding("x"),
        Options: options("x"),
        ApplicationName: application_name("x"),
        FallbackApplicationName: fallback_application_name("x"),
        Keepalives: keepalives(true),
        KeepalivesIdle: keepalives_idle(Duration::from_secs(3)),
        KeepalivesInterval: keepalives_interval(Duration::from_secs(3)),
        KeepalivesCount: keepalives_count(3),
        TcpUserTimeout: tcp_user_timeout(Duration::from_millis(3)),
        SslMode: sslmode(postgres::SslMode::ALL[0]),
        SslNegotiation: sslnegotiation(postgres::SslNegotiation::ALL[0]),
        SslCompression: sslcompression(true),
        SslCert: sslcert("x"),
        SslKey: sslkey("x"),
        SslCertMode: sslcertmode(postgres::SslCertMode::ALL[0]),
        SslPassword: sslpassword("x"),
        SslRootCert: sslrootcert("x"),
        SslCrl: sslcrl("x"),
        SslCrlDir: sslcrldir("x"),
        SslSni: sslsni(true),
        RequirePeer: requirepeer("x"),
        RequireAuth: require_auth("md5"),
        MinProtocolVersion: min_protocol_version(postgres::ProtocolVersion::ALL[0]),
        MaxProtocolVersion: max_protocol_version(postgres::ProtocolVersion::ALL[0]),
        SslMinProtocolVersion: ssl_min_protocol_version(postgres::TlsVersion::ALL[0]),
        SslMaxProtocolVersion: ssl_max_protocol_version(postgres::TlsVersion::V1_3),
        GssEncMode: gssencmode(postgres::GssEncMode::ALL[0]),
        KrbSrvName: krbsrvname("x"),
        GssLib: gsslib("x"),
        GssDelegation: gssdelegation(true),
        Replication: replication(postgres::Replication::ALL[0]),
        TargetSessionAttrs: target_session_attrs(postgres::TargetSessionAttrs::ALL[0]),
        LoadBalanceHosts: load_balance_hosts(postgres::LoadBalanceHosts::ALL[0]),
        ScramClientKey: scram_client_key(KEY),
        ScramServerKey: scram_server_key(KEY),
        OauthIssuer: oauth_issuer("x"),
        OauthClientId: oauth_client_id("x"),
        OauthClientSecret: oauth_client_secret("x"),
        OauthScope: oauth_scope("x"),
        SslKeyLogFile: sslkeylogfile("/log"),
    };
    check!(postgres, rows, |_| postgres::Config::builder());
}

#[rustfmt::skip]
#[test]
fn every_setting_of_mysql_has_a_method_and_a_getter() {
    let rows = rows! { mysql:
        User: user("x"),
        Password: password("x"),
        Host: host("h") => hosts,
        Port: port(3) => hosts,
        Priority: priority("7") => hosts,
        Database: dbname("x"),
        Socket: socket("x"),
        Net: net("x"),
        Address: address("x"),
        SslMode: ssl_mode(mysql::SslMode::ALL[0]),
        SslCa: ssl_ca("x"),
        SslCapath: ssl_capath("x"),
        SslCert: ssl_cert("x"),
        SslKey: ssl_key("x"),
        SslCipher: ssl_cipher("x"),
        SslCrl: ssl_crl("x"),
        SslCrlpath: ssl_crlpath("x"),
        TlsVersion: tls_version("x"),
        Charset: charset("utf8mb4"),
        Collation: collation("x"),
        Timezone: timezone("UTC"),
        InitCommand: init_command("x"),
        ConnectTimeoutMs: connect_timeout(Duration::from_millis(3)),
        ReadTimeoutMs: read_timeout(Duration::from_millis(3)),
        WriteTimeoutMs: write_timeout(Duration::from_millis(3)),
        PoolMin: pool_min(3),
        PoolMax: pool_max(3),
        Compress: compress("fast"),
        StatementCache: statement_cache(3),
        MaxAllowedPacket: max_allowed_packet(3),
        PreferSocket: prefer_socket(true),
        Cleartext: cleartext(true),
        AllowPublicKeyRetrieval: allow_public_key_retrieval(true),
        ServerPublicKey: server_public_key("x"),
        LocalInfile: local_infile(true),
        FoundRows: found_rows(true),
        Reconnect: reconnect(true),
    };
    check!(mysql, rows, |keyword| match keyword {
        mysql::Keyword::Priority => mysql::Config::builder().host("h"),
        mysql::Keyword::Address => mysql::Config::builder().net("x"),
        _ => mysql::Config::builder(),
    });
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
