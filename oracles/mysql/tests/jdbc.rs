//! What Connector/J and MariaDB Connector/J make of a string, as far as it is known without running Java, and what we do: by
//! hand, in the order of their grammar. What they accept and we reject is a deliberate difference, with the reason.

use database_url::mysql::Config;

/// A string and what both drivers and we read: user, password, hosts, database.
type Row = (
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
    Option<&'static str>,
);

#[rustfmt::skip] // a table: one row per line
const ALIKE: &[Row] = &[
    // scheme //authority /path ?query
    ("jdbc:mysql://db.acme.test/shop", None, None, "db.acme.test", Some("shop")),
    ("JDBC:MySQL://db.acme.test/shop", None, None, "db.acme.test", Some("shop")),
    ("jdbc:mariadb://db.acme.test:3307/shop", None, None, "db.acme.test:3307", Some("shop")),
    ("jdbc:mysql://db.acme.test", None, None, "db.acme.test", None),
    ("jdbc:mysql://db.acme.test/", None, None, "db.acme.test", None),
    ("jdbc:mysql:///shop", None, None, "", Some("shop")),
    ("jdbc:mysql:loadbalance://alpha.test,beta.test/shop", None, None, "alpha.test,beta.test", Some("shop")),
    ("jdbc:mysql:replication://alpha.test:1,beta.test:2/shop", None, None, "alpha.test:1,beta.test:2", Some("shop")),
    ("jdbc:mysql+srv://_mysql._tcp.acme.test/shop", None, None, "_mysql._tcp.acme.test", Some("shop")),
    ("jdbc:mariadb:sequential://alpha.test,beta.test/shop", None, None, "alpha.test,beta.test", Some("shop")),
    ("jdbc:mariadb:failover://alpha.test,beta.test/shop", None, None, "alpha.test,beta.test", Some("shop")),
    // Hosts.
    ("jdbc:mysql://[2001:db8::7]:3307/shop", None, None, "2001:db8::7:3307", Some("shop")),
    ("jdbc:mysql://[alpha.test:1,beta.test:2]/shop", None, None, "alpha.test:1,beta.test:2", Some("shop")),
    ("jdbc:mysql://(host=alpha.test,port=3309)/shop", None, None, "alpha.test:3309", Some("shop")),
    ("jdbc:mysql://address=(host=alpha.test)(port=3309)/shop", None, None, "alpha.test:3309", Some("shop")),
    ("jdbc:mariadb://address=(host=alpha.test)(port=3309)/shop", None, None, "alpha.test:3309", Some("shop")),
    // Credentials: of the only segment, or as properties.
    ("jdbc:mysql://nora:s3cret@db.acme.test/shop", Some("nora"), Some("s3cret"), "db.acme.test", Some("shop")),
    ("jdbc:mysql://nora@db.acme.test/shop", Some("nora"), None, "db.acme.test", Some("shop")),
    ("jdbc:mysql://db.acme.test/shop?user=nora&password=s3cret", Some("nora"), Some("s3cret"), "db.acme.test", Some("shop")),
    ("jdbc:mariadb://db.acme.test/shop?user=nora&password=s3cret", Some("nora"), Some("s3cret"), "db.acme.test", Some("shop")),
    // Connector/J decodes as a form, everywhere; MariaDB's driver decodes nothing.
    ("jdbc:mysql://nora:a+b@db.acme.test/shop", Some("nora"), Some("a b"), "db.acme.test", Some("shop")),
    ("jdbc:mysql://db.acme.test/shop?user=nora&password=p%40ss", Some("nora"), Some("p@ss"), "db.acme.test", Some("shop")),
    ("jdbc:mysql://db.acme.test/shop?user=nora&password=a+b", Some("nora"), Some("a b"), "db.acme.test", Some("shop")),
    ("jdbc:mariadb://db.acme.test/shop?user=nora&password=b%2Bc", Some("nora"), Some("b%2Bc"), "db.acme.test", Some("shop")),
    ("jdbc:mariadb://db.acme.test/shop?user=nora&password=b+c", Some("nora"), Some("b+c"), "db.acme.test", Some("shop")),
];

/// What we reject; the drivers, too, where nothing else is noted.
const REJECTED: &[&str] = &[
    "jdbc:mysql://db.acme.test:abc/shop",
    "jdbc:mysql://db.acme.test//shop",
    "jdbc:mysql://db.acme.test/shop??a=b",
    "jdbc:mysql://db.acme.test/shop?=b",
    "jdbc:mariadb://db.acme.test:wrong/shop",
    "jdbc:mariadb://nora:s3cret@db.acme.test/shop",
    "jdbc:postgresql://db.acme.test/shop",
    "mysql://db.acme.test/shop",
    // The drivers accept these: credentials of one host of several,
    "jdbc:mysql://nora:s3cret@alpha.test,beta.test/shop",
    // an option that only a table of theirs could tell from a typing error,
    "jdbc:mysql://db.acme.test/shop?sslMod=REQUIRED",
    // TLS given twice,
    "jdbc:mysql://db.acme.test/shop?serverSslCert=/a.pem&serverSslCert=/b.pem",
    "jdbc:mysql://db.acme.test/shop?sslMode=REQUIRED&useSSL=false",
];

#[test]
fn the_drivers_and_we_read_alike() {
    let mut failures = Vec::new();
    for &(text, user, password, hosts, database) in ALIKE {
        let config = match Config::from_jdbc(text) {
            Ok(config) => config,
            Err(error) => {
                failures.push(format!("{text}: {error}"));
                continue;
            }
        };
        let listed: Vec<String> = config
            .hosts()
            .map(|host| {
                let port = host.port().map(|port| format!(":{port}"));
                format!(
                    "{}{}",
                    host.host().unwrap_or_default(),
                    port.unwrap_or_default()
                )
            })
            .collect();
        let found_password = config
            .password()
            .map(|password| password.expose().to_owned());
        let found = (
            config.user(),
            found_password.as_deref(),
            listed.join(","),
            config.dbname(),
        );
        if found != (user, password, hosts.to_owned(), database) {
            failures.push(format!("{text}: {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_we_reject() {
    let accepted: Vec<_> = REJECTED
        .iter()
        .filter(|text| Config::from_jdbc(text).is_ok())
        .collect();
    assert!(accepted.is_empty(), "{accepted:#?}");
}

/// Units and words: Connector/J's timeouts are milliseconds, and its legacy switches say one mode together.
#[test]
fn properties_mean_what_they_mean_there() {
    let params = |query: &str| {
        let config = Config::from_jdbc(&format!("jdbc:mysql://h/shop?{query}")).expect(query);
        let params: Vec<String> = config
            .keywords()
            .filter(|(keyword, _)| !keyword.is_location())
            .map(|(keyword, value)| format!("{keyword}={}", value.expose()))
            .collect();
        params.join(" ")
    };
    for (query, read) in [
        ("connectTimeout=1500", "connect_timeout_ms=1500"),
        ("socketTimeout=2500", "read_timeout_ms=2500"),
        ("useSSL=false", "ssl_mode=disabled"),
        ("useSSL=true", "ssl_mode=preferred"),
        ("useSSL=true&requireSSL=true", "ssl_mode=required"),
        (
            "useSSL=true&requireSSL=true&verifyServerCertificate=true",
            "ssl_mode=verify_ca",
        ),
        ("sslMode=VERIFY_IDENTITY", "ssl_mode=verify_identity"),
        ("characterEncoding=UTF-8", "charset=utf8mb4"),
        ("connectionCollation=utf8mb4_bin", "collation=utf8mb4_bin"),
        ("serverTimezone=UTC", "timezone=UTC"),
        ("useCompression=true", "compress=true"),
        (
            "allowPublicKeyRetrieval=true",
            "allow_public_key_retrieval=true",
        ),
        ("useAffectedRows=true", "found_rows=false"),
        ("autoReconnect=true", "reconnect=true"),
        ("allowLoadLocalInfile=false", "local_infile=false"),
    ] {
        assert_eq!(params(query), read, "{query}");
    }
}
