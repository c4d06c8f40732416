//! The builders: a method for every keyword, errors at the end, and no value in `Debug`.

use std::time::Duration;

use database_url::{ErrorKind, mysql, postgres};

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
