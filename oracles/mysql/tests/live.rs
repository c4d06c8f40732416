//! A config's fields, handed to sqlx and `mysql_async`, log in to a real MariaDB server; and TLS that is requested is TLS
//! that is used.

use database_url::encode;
use database_url::mysql::Config;
use database_url_mysql_oracles::login::{self, DRIVERS, Login, Session};
use database_url_mysql_oracles::server::{self, Server};

#[track_caller]
fn config(url: &str) -> Config {
    url.parse()
        .unwrap_or_else(|error| panic!("{url:?}: {error}"))
}

/// A string as an SQL string.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Makes a user with all rights, and a database.
fn prepare(server: &Server, user: &str, password: &str, database: &str) {
    let user = quoted(user);
    server::execute(
        server,
        &format!(
            "CREATE OR REPLACE USER {user}@'%' IDENTIFIED BY {}",
            quoted(password)
        ),
    );
    server::execute(server, &format!("GRANT ALL ON *.* TO {user}@'%'"));
    server::execute(
        server,
        &format!("CREATE DATABASE IF NOT EXISTS `{database}`"),
    );
}

/// Logs in with both drivers, and hands on what the server says.
#[track_caller]
fn logged_in(config: &Config, what: &str) -> Vec<Session> {
    let login = |(name, login): (&str, Login)| {
        login(config).unwrap_or_else(|error| panic!("{name}, {what}: {error}"))
    };
    DRIVERS.map(login).into()
}

#[track_caller]
fn rejected(config: &Config, what: &str) {
    for (name, login) in DRIVERS {
        if let Ok(session) = login(config) {
            panic!("{name}, {what}: logged in: {session:?}");
        }
    }
}

#[test]
fn every_character_of_a_password_arrives() {
    let server = server::with_tls();
    let printable: String = (' '..='~').collect();
    let passwords = [
        ("all", printable.as_str(), "shop"),
        ("co:lon", ":", "a/b"),
        ("at@sign", "p@ss@w/rd", "a%2Fb"),
        ("pct%41", "%41%2F%", "#?&="),
        (
            "n\u{f6}ra \u{65e5}",
            "\u{e9}\u{65e5}\u{1f980} \u{a0}",
            "\u{fc}n\u{ef}",
        ),
        ("control", "\t\n\r\u{1}\u{7f}\u{b}", "a b"),
        ("plus+", "a+b c", "a+b"),
        ("stars", "****", "$x"),
        ("ref", "${DB_PASSWORD}", "{{x}}"),
        ("empty", "", "shop"),
    ];
    for (user, password, database) in passwords {
        prepare(server, user, password, database);
        let url = format!(
            "mysql://{}:{}@127.0.0.1:{}/{}",
            encode(user).expose(),
            encode(password).expose(),
            server.port(),
            encode(database).expose()
        );
        let config = config(&url);
        for session in logged_in(&config, &url) {
            assert_eq!(
                (session.user.as_str(), session.database.as_deref()),
                (user, Some(database)),
                "{url}"
            );
            assert!(!session.over_socket, "{url}");
        }
        // What we write, sqlx reads as we do, as far as the crate `url` lets it: it deletes what it takes for dots.
        let written = config.to_url().expect("no network of Go's");
        let options = written
            .expose()
            .parse()
            .unwrap_or_else(|error| panic!("{user}: {error}"));
        let session = login::sqlx_with(options).unwrap_or_else(|error| panic!("{user}: {error}"));
        assert_eq!(
            (session.user.as_str(), session.database.as_deref()),
            (user, Some(database))
        );
    }
}

#[test]
fn every_spelling_of_a_socket_leads_to_it() {
    let server = server::without_tls();
    prepare(server, "sock", "s3cret/", "shop");
    let (socket, port) = (server.file("socket"), server.port());
    let escaped = encode(&socket).expose().to_owned();
    for url in [
        format!("mysql://sock:s3cret%2F@/shop?socket={socket}"),
        format!("mysql://sock:s3cret%2F@localhost/shop?socket={escaped}"),
        format!("mysql://sock:s3cret%2F@localhost:1/shop?unix_socket={socket}"),
        format!("mysql://sock:s3cret%2F@/shop?socketPath={socket}"),
        format!("mysql://sock:s3cret%2F@/shop?socket=({socket})"),
        format!("mysql://sock:s3cret%2F@{escaped}/shop"),
        format!("mysqlx://sock:s3cret%2F@({socket})/shop"),
        format!("mysql:///shop?user=sock&password=s3cret/&localSocket={socket}"),
    ] {
        for session in logged_in(&config(&url), &url) {
            assert!(session.over_socket, "{url}");
            assert_eq!(
                (session.user.as_str(), session.database.as_deref()),
                ("sock", Some("shop")),
                "{url}"
            );
        }
    }
    for (dsn, over_socket) in [
        (format!("sock:s3cret/@unix({socket})/shop"), true),
        (format!("sock:s3cret/@tcp(127.0.0.1:{port})/shop"), false),
    ] {
        let config = Config::from_go_dsn(&dsn).unwrap_or_else(|error| panic!("{dsn}: {error}"));
        for session in logged_in(&config, &dsn) {
            assert_eq!(
                (session.over_socket, session.database.as_deref()),
                (over_socket, Some("shop")),
                "{dsn}"
            );
        }
    }
    let jdbc = format!("jdbc:mysql://127.0.0.1:{port}/shop?user=sock&password=s3cret%2F");
    let config = Config::from_jdbc(&jdbc).unwrap_or_else(|error| panic!("{jdbc}: {error}"));
    for session in logged_in(&config, &jdbc) {
        assert_eq!(
            (session.user.as_str(), session.database.as_deref()),
            ("sock", Some("shop")),
            "{jdbc}"
        );
    }
}

/// What requests TLS without a look at the certificate, in every driver's words.
const REQUIRED: &[&str] = &[
    "ssl-mode=REQUIRED",
    "sslmode=require",
    "ssl_mode=required",
    "sslMode=REQUIRED",
    "sslMode=trust",
    "tls=skip-verify",
    "require_ssl=true&verify_ca=false&verify_identity=false",
    "useSSL=true&requireSSL=true",
    "ssl={\"rejectUnauthorized\":false}",
    "sslaccept=accept_invalid_certs",
];

/// What requests a look at it as well, without a CA.
const VERIFIED: &[&str] = &[
    "ssl-mode=VERIFY_CA",
    "ssl-mode=VERIFY_IDENTITY",
    "sslmode=verify-full",
    "tls=true",
    "require_ssl=true",
    "verify_ca=true",
    "verify_identity=true",
    "ssl={\"rejectUnauthorized\":true}",
    "useSSL=true&requireSSL=true&verifyServerCertificate=true",
    "sslaccept=strict",
];

#[test]
fn requested_tls_is_used() {
    let (tls, plain) = (server::with_tls(), server::without_tls());
    for server in [tls, plain] {
        prepare(server, "tls", "s3cret", "shop");
    }
    let url = |server: &Server, query: &str| {
        format!(
            "mysql://tls:s3cret@127.0.0.1:{}/shop?{query}",
            server.port()
        )
    };
    for query in REQUIRED {
        let requested = url(tls, query);
        for session in logged_in(&config(&requested), &requested) {
            assert!(session.is_encrypted(), "{requested}");
        }
        rejected(&config(&url(plain, query)), query);
    }
    for query in VERIFIED {
        // The certificate's authority is the test's own, which no system trusts.
        rejected(&config(&url(tls, query)), query);
        rejected(&config(&url(plain, query)), query);
    }
    for query in [
        "ssl-mode=DISABLED",
        "useSSL=false",
        "tls=false",
        "require_ssl=false",
    ] {
        let requested = url(tls, query);
        for session in logged_in(&config(&requested), &requested) {
            assert!(!session.is_encrypted(), "{requested}");
        }
    }
    let preferred = |server| {
        login::sqlx(&config(&url(server, "ssl-mode=PREFERRED"))).expect("either way is good")
    };
    assert!(preferred(tls).is_encrypted());
    assert!(!preferred(plain).is_encrypted());
}

#[test]
fn certificates_are_verified_as_requested() {
    let server = server::with_tls();
    prepare(server, "ca", "s3cret", "shop");
    let (port, ca) = (server.port(), server::certificates().file("ca.pem"));
    let url = |host: &str, query: &str| {
        format!("mysql://ca:s3cret@{host}:{port}/shop?{query}&ssl-ca={ca}")
    };
    // The certificate is for `localhost`.
    for (host, query) in [
        ("localhost", "ssl-mode=VERIFY_IDENTITY"),
        ("localhost", "ssl-mode=VERIFY_CA"),
        ("127.0.0.1", "ssl-mode=VERIFY_CA"),
        ("127.0.0.1", "verify_ca=true"),
        ("127.0.0.1", "ssl-mode=REQUIRED"),
        // A CA alone means that it is used.
        ("127.0.0.1", ""),
    ] {
        let requested = url(host, query);
        for session in logged_in(&config(&requested), &requested) {
            assert!(session.is_encrypted(), "{requested}");
        }
    }
    rejected(
        &config(&url("127.0.0.1", "ssl-mode=VERIFY_IDENTITY")),
        "the name is not in the certificate",
    );
    rejected(
        &config(&url("127.0.0.1", "verify_identity=true")),
        "the name is not in the certificate",
    );
    let plain = server::without_tls();
    prepare(plain, "ca", "s3cret", "shop");
    let alone = format!(
        "mysql://ca:s3cret@127.0.0.1:{}/shop?ssl-ca={ca}",
        plain.port()
    );
    rejected(&config(&alone), "a CA alone, and a server without TLS");
}

#[test]
fn sqlx_and_mysql_async_go_on_in_plain_text_where_we_do_not() {
    let server = server::without_tls();
    prepare(server, "down", "s3cret", "shop");
    let url = |query| {
        format!(
            "mysql://down:s3cret@127.0.0.1:{}/shop?{query}",
            server.port()
        )
    };
    for query in [
        "require_ssl=true",
        "useSSL=true&sslMode=VERIFY_IDENTITY",
        "verify_ca=true",
    ] {
        let options = url(query).parse().expect("sqlx accepts it");
        let session = login::sqlx_with(options)
            .expect("sqlx goes on without TLS; if it no longer does, so much the better");
        assert!(!session.is_encrypted());
        rejected(&config(&url(query)), query);
    }
    let query = "verify_ca=true&verify_identity=true&prefer_socket=false";
    let options = mysql_async::Opts::from_url(&url(query)).expect("mysql_async accepts it");
    let session = login::mysql_async_with(options).expect("mysql_async goes on without TLS");
    assert!(!session.is_encrypted());
    rejected(&config(&url(query)), query);
}

#[test]
fn a_time_zone_keeps_its_plus() {
    let server = server::without_tls();
    prepare(server, "zone", "s3cret", "shop");
    let url = format!(
        "mysql://zone:s3cret@127.0.0.1:{}/shop?timezone=+02:00",
        server.port()
    );
    let error = login::sqlx_with(url.parse().expect("sqlx accepts it"))
        .expect_err("sqlx sends a blank for the plus");
    assert!(error.contains("1298"), "{error}");
    for session in logged_in(&config(&url), &url) {
        assert_eq!(session.timezone, "+02:00");
    }
}
