//! Faults that the drivers have on these inputs, each shown on the driver itself, with what we do. A test that fails on
//! the driver's side is good news: the fault is gone, and the test with it.

use std::panic;

use database_url::mysql::{Config, SslMode};
use database_url_mysql_oracles::peer::Peer;
use database_url_mysql_oracles::reading::Reading;
use sqlx::ConnectOptions;
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};

#[track_caller]
fn theirs(peer: Peer, text: &str) -> Reading {
    peer.read(text)
        .unwrap_or_else(|message| panic!("{peer:?} refuses {text:?} now: {message}"))
}

#[track_caller]
fn they_reject(peer: Peer, text: &str) {
    if let Ok(reading) = peer.read(text) {
        panic!("{peer:?} accepts {text:?} now: {reading}");
    }
}

#[track_caller]
fn ours(text: &str) -> Config {
    text.parse()
        .unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

#[track_caller]
fn written_by_us(config: &Config) -> database_url::Secret {
    config.to_url().expect("a URL can say it")
}

#[track_caller]
fn we_reject(text: &str) {
    assert!(text.parse::<Config>().is_err(), "{text:?} is accepted");
}

/// Host, port and database, in a form that is quick to read.
fn target(reading: &Reading) -> String {
    let part = |field| reading.get(field).unwrap_or_default();
    format!(
        "{}@{}:{}/{}",
        part("user"),
        part("host"),
        part("port"),
        part("database")
    )
}

#[test]
fn sqlx_never_looks_at_the_scheme() {
    for (text, read) in [
        (
            "jdbc:mysql://nora:pw@db.acme.test/shop",
            "root@localhost:3306/mysql://nora:pw@db.acme.test/shop",
        ),
        (
            "postgres://nora:pw@db.acme.test/shop",
            "nora@db.acme.test:3306/shop",
        ),
        (
            "http://nora:pw@db.acme.test/shop",
            "nora@db.acme.test:3306/shop",
        ),
        (
            "nora:pw@tcp(db.acme.test)/shop",
            "root@localhost:3306/pw@tcp(db.acme.test)/shop",
        ),
    ] {
        assert_eq!(target(&theirs(Peer::Sqlx, text)), read);
        we_reject(text);
    }
}

#[test]
fn sqlx_drops_what_it_does_not_know_and_tls_with_it() {
    for (text, mode) in [
        (
            "mysql://nora@db.acme.test/shop?require_ssl=true",
            SslMode::VerifyIdentity,
        ),
        (
            "mysql://nora@db.acme.test/shop?useSSL=true&sslMode=VERIFY_IDENTITY",
            SslMode::VerifyIdentity,
        ),
        (
            "mysql://nora@db.acme.test/shop?verify_ca=true",
            SslMode::VerifyCa,
        ),
    ] {
        assert_eq!(
            theirs(Peer::Sqlx, text).get("ssl_mode"),
            Some("preferred"),
            "{text}"
        );
        assert_eq!(ours(text).ssl_mode(), Some(mode), "{text}");
    }
}

#[test]
fn sqlx_makes_up_the_user_root() {
    for text in [
        "mysql://db.acme.test/shop",
        "mysql://db.acme.test/shop?user=nora",
        "mysql://:pw@db.acme.test/shop",
    ] {
        assert_eq!(theirs(Peer::Sqlx, text).get("user"), Some("root"), "{text}");
        assert_ne!(ours(text).user(), Some("root"), "{text}");
    }
    assert_eq!(
        ours("mysql://db.acme.test/shop?user=nora").user(),
        Some("nora")
    );
}

#[test]
fn sqlx_takes_any_charset() {
    let text = "mysql://nora@db.acme.test/shop?charset=utf8mb4;ssl-mode=REQUIRED";
    assert_eq!(
        theirs(Peer::Sqlx, text).get("charset"),
        Some("utf8mb4;ssl-mode=REQUIRED")
    );
    we_reject(text);
}

#[test]
fn sqlx_shows_the_password_in_debug() {
    let text = "mysql://nora:s3cret@db.acme.test/shop";
    let options: MySqlConnectOptions = text.parse().expect("sqlx accepts it");
    assert!(format!("{options:?}").contains("s3cret"));
    assert!(!format!("{:?}", ours(text)).contains("s3cret"));
}

#[test]
fn sqlx_panics_when_it_writes_an_ipv6_host() {
    let options = MySqlConnectOptions::new().host("::1");
    assert!(panic::catch_unwind(|| options.to_url_lossy()).is_err());
    let config = ours("mysql://nora@[::1]/shop");
    assert_eq!(written_by_us(&config).expose(), "mysql://nora@[::1]/shop");
}

#[test]
fn sqlx_writes_a_slash_in_the_user_raw() {
    let options = MySqlConnectOptions::new()
        .username("a/b")
        .password("pw")
        .host("db.acme.test")
        .database("shop");
    let written = options.to_url_lossy();
    let again = theirs(Peer::Sqlx, written.as_str());
    assert_eq!(
        (again.get("user"), again.get("host")),
        (Some("root"), Some("a"))
    );

    let config = ours("mysql://a%2Fb:pw@db.acme.test/shop");
    assert_eq!(ours(written_by_us(&config).expose()), config);
    assert_eq!(
        theirs(Peer::Sqlx, written_by_us(&config).expose()).get("user"),
        Some("a/b")
    );
}

#[test]
fn sqlx_writes_a_collation_as_a_charset_and_no_time_zone() {
    let text =
        "mysql://nora@db.acme.test/shop?charset=latin1&collation=latin1_bin&timezone=%2B02:00";
    let options: MySqlConnectOptions = text.parse().expect("sqlx accepts it");
    let written = options.to_url_lossy();
    assert!(
        written
            .as_str()
            .contains("charset=latin1&charset=latin1_bin"),
        "{written}"
    );
    assert!(!written.as_str().contains("zone"), "{written}");
    let config = ours(text);
    assert_eq!(ours(written_by_us(&config).expose()), config);
}

#[test]
fn sqlx_writes_a_word_before_the_path_of_a_certificate() {
    let text = "mysql://nora@db.acme.test/shop?ssl-ca=/ca.pem";
    let options: MySqlConnectOptions = text.parse().expect("sqlx accepts it");
    let written = options.to_url_lossy();
    assert!(
        written
            .query_pairs()
            .any(|pair| pair == ("ssl-ca".into(), "file: /ca.pem".into())),
        "{written}"
    );
    let config = ours(text);
    assert_eq!(
        ours(written_by_us(&config).expose()).ssl_ca(),
        Some("/ca.pem")
    );
}

#[test]
fn mysql_and_mysql_async_take_one_scheme() {
    for text in [
        "mariadb://nora@db.acme.test/shop",
        "mysql2://nora@db.acme.test/shop",
        "mysql+pymysql://nora@h/shop",
    ] {
        they_reject(Peer::Mysql, text);
        they_reject(Peer::MysqlAsync, text);
        assert_eq!(ours(text).user(), Some("nora"));
    }
}

#[test]
fn mysql_and_mysql_async_reject_what_they_do_not_know() {
    for parameter in [
        "reconnect=true",
        "charset=utf8mb4",
        "ssl-mode=REQUIRED",
        "connect_timeout=5",
        "flag=x",
    ] {
        let text = format!("mysql://nora@db.acme.test/shop?{parameter}");
        they_reject(Peer::Mysql, &text);
        they_reject(Peer::MysqlAsync, &text);
        ours(&text);
    }
}

#[test]
fn mysql_and_mysql_async_cut_the_database() {
    for peer in [Peer::Mysql, Peer::MysqlAsync] {
        assert_eq!(
            theirs(peer, "mysql://nora@db.acme.test/a/b").get("database"),
            Some("a")
        );
        assert_eq!(
            theirs(peer, "mysql://nora@db.acme.test//shop").get("database"),
            None
        );
    }
    we_reject("mysql://nora@db.acme.test/a/b");
    we_reject("mysql://nora@db.acme.test//shop");
    assert_eq!(
        ours("mysql://nora@db.acme.test/a%2Fb").dbname(),
        Some("a/b")
    );
}

#[test]
fn sqlx_keeps_a_slash_after_the_database() {
    let text = "mysql://nora@db.acme.test/shop/";
    assert_eq!(theirs(Peer::Sqlx, text).get("database"), Some("shop/"));
    assert_eq!(ours(text).dbname(), Some("shop"));
}

#[test]
fn mysql_and_mysql_async_send_replacement_characters() {
    let text = "mysql://nora:%FFpw@db.acme.test/shop";
    for peer in [Peer::Mysql, Peer::MysqlAsync] {
        assert_eq!(theirs(peer, text).get("password"), Some("\u{fffd}pw"));
    }
    we_reject(text);
}

#[test]
fn mysql_and_mysql_async_want_a_host_next_to_a_socket() {
    for (text, user) in [
        ("mysql:///shop?socket=/run/mysqld/mysqld.sock", None),
        (
            "mysql://nora:pw@/shop?socket=/run/mysqld/mysqld.sock",
            Some("nora"),
        ),
    ] {
        they_reject(Peer::Mysql, text);
        they_reject(Peer::MysqlAsync, text);
        let config = ours(text);
        assert_eq!(
            (config.user(), config.socket()),
            (user, Some("/run/mysqld/mysqld.sock"))
        );
        assert_eq!(config.hosts().count(), 0);
    }
    they_reject(
        Peer::Sqlx,
        "mysql://nora:pw@/shop?socket=/run/mysqld/mysqld.sock",
    );
}

#[test]
fn mysql_cannot_turn_compression_off() {
    let text = "mysql://nora@db.acme.test/shop?compress=false";
    they_reject(Peer::Mysql, text);
    ours(text);
}

#[test]
fn mysql_and_mysql_async_spell_compression_differently() {
    let (one, other) = (
        "mysql://nora@h/shop?compress=best",
        "mysql://nora@h/shop?compression=best",
    );
    assert_eq!(
        theirs(Peer::Mysql, one).get("compress"),
        theirs(Peer::MysqlAsync, other).get("compress")
    );
    they_reject(Peer::Mysql, other);
    they_reject(Peer::MysqlAsync, one);
    let params = |text| {
        ours(text)
            .params()
            .map(|(keyword, _)| keyword.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(params(one), ["compress"]);
    assert_eq!(params(other), ["compress"]);
}

#[test]
fn mysql_lets_a_parameter_replace_the_host() {
    let text = "mysql://nora@db.acme.test/shop?host=evil.test";
    assert_eq!(theirs(Peer::Mysql, text).get("host"), Some("evil.test"));
    they_reject(Peer::MysqlAsync, text);
    we_reject(text);
}

#[test]
fn mysql_async_verifies_and_uses_no_tls() {
    let text = "mysql://nora@db.acme.test/shop?verify_ca=true&verify_identity=true";
    assert_eq!(theirs(Peer::MysqlAsync, text).get("tls"), Some("no TLS"));
    assert_eq!(ours(text).ssl_mode(), Some(SslMode::VerifyIdentity));
}

#[test]
fn sqlx_has_a_ca_and_uses_tls_only_if_there_is_some() {
    let text = "mysql://nora@db.acme.test/shop?ssl-ca=/ca.pem";
    let options: MySqlConnectOptions = text.parse().expect("sqlx accepts it");
    assert_eq!(options.get_ssl_mode() as u8, MySqlSslMode::Preferred as u8);
    assert!(ours(text).ssl_mode().is_some_and(SslMode::requires_tls));
}

#[test]
fn all_three_lose_a_password_to_a_number_sign() {
    let text = "mysql://nora:#pw@db.acme.test/shop";
    for peer in Peer::CRATES {
        let reading = theirs(peer, text);
        assert_eq!(
            (reading.get("host"), reading.get("password")),
            (Some("nora"), None),
            "{peer:?}"
        );
    }
    we_reject(text);
}

#[test]
fn all_three_take_half_a_password_for_the_port() {
    let text = "mysql://nora:12/34@db.acme.test/shop";
    for peer in Peer::CRATES {
        let reading = theirs(peer, text);
        assert_eq!(
            (reading.get("host"), reading.get("port")),
            (Some("nora"), Some("12")),
            "{peer:?}"
        );
    }
    we_reject(text);
}

#[test]
fn all_three_delete_a_newline_from_a_password() {
    let text = "mysql://nora:s3\ncret@db.acme.test/shop";
    for peer in Peer::CRATES {
        assert_eq!(
            theirs(peer, text).get("password"),
            Some("s3cret"),
            "{peer:?}"
        );
    }
    we_reject(text);
}

#[test]
fn none_of_them_tells_an_empty_password_from_none() {
    let text = "mysql://nora:@db.acme.test/shop";
    for peer in Peer::CRATES {
        assert_eq!(theirs(peer, text).get("password"), None, "{peer:?}");
    }
    let config = ours(text);
    assert_eq!(
        config
            .password()
            .map(|password| password.expose().to_owned())
            .as_deref(),
        Some("")
    );
}

#[test]
fn sqlx_and_mysql_async_look_up_an_escaped_host() {
    for (text, host) in [
        ("mysql://nora@b%C3%BCro.test/shop", "b%C3%BCro.test"),
        (
            "mysql://nora@%2Ftmp%2Fmysql.sock/shop",
            "%2Ftmp%2Fmysql.sock",
        ),
    ] {
        for peer in [Peer::Sqlx, Peer::MysqlAsync] {
            assert_eq!(theirs(peer, text).get("host"), Some(host), "{peer:?}");
        }
    }
    let host = ours("mysql://nora@b%C3%BCro.test/shop");
    assert_eq!(
        host.hosts()
            .next()
            .and_then(|host| host.host().map(str::to_owned))
            .as_deref(),
        Some("b\u{fc}ro.test")
    );
    assert_eq!(
        ours("mysql://nora@%2Ftmp%2Fmysql.sock/shop").socket(),
        Some("/tmp/mysql.sock")
    );
}
