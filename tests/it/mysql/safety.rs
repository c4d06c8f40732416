//! What a connection string must never do: name two servers, leave the host empty, or cost more than its length.

use crate::common::Failures;
use crate::common::arbitrary::assert_linear;
use database_url::mysql::Config;
use database_url::{Error, ErrorKind, SecretStr};

type Read = fn(&str) -> Result<Config, Error>;

/// Texts that could be read as naming two servers, or another one than they seem to; all are rejected.
const AMBIGUOUS: &[(Read, &str)] = &[
    (str::parse, "mysql://good/d?host=evil"),
    (str::parse, "mysql://good/d?HOST=evil"),
    (str::parse, "mysql://good:1/d?port=2"),
    (str::parse, "mysql://good:1,good2/d?port=2"),
    (str::parse, "mysql://u@/d?socket=/a&unix_socket=/b"),
    (str::parse, "mysql://good%2Cevil/d"),
    (str::parse, "mysql://good%40evil/d"),
    (str::parse, "mysql://good%3A1%2Cevil/d"),
    (str::parse, "mysql://good%00.evil/d"),
    (str::parse, "mysql://[fe80::1%25a%2Cevil]/d"),
    (str::parse, "mysql://[::1)/d"),
    (str::parse, "mysql://(::1]/d"),
    (str::parse, "mysql://[::1]evil/d"),
    (str::parse, "mysqlx://(address=good,address=evil)/d"),
    (str::parse, "mysqlx://(address=good,evil)/d"),
    (str::parse, "mysqlx://(adress=evil,address=good)/d"),
    (str::parse, "mysqlx://(address=(address=good))/d"),
    (str::parse, "mysqlx+srv://good/d?port=1"),
    (str::parse, "mysqlx+srv://good,evil/d"),
    (str::parse, "mysql://user:1/x?y@good:3306/d"),
    (str::parse, "mysql://user:1/x?y=z@good:3306/d"),
    (str::parse, "mysql://user:a@evil/x?y=z@good:3306/d"),
    (str::parse, "mysql://user:a@evil?y@good/d"),
    (str::parse, "mysql://user:a@evil/x@good:3306"),
    (Config::from_jdbc, "jdbc:mysql://user:1?x@good:3306/d"),
    (Config::from_jdbc, "jdbc:mysql://user:1/x#y@good:3306/d"),
    (Config::from_jdbc, "jdbc:mysql://good/d?host=evil"),
    (Config::from_jdbc, "jdbc:mysql://good:1/d?port=2"),
    (Config::from_jdbc, "jdbc:mysql://(host=good,host=evil)/d"),
    (
        Config::from_jdbc,
        "jdbc:mysql://(host=good,port=1,port=2)/d",
    ),
    (Config::from_jdbc, "jdbc:mysql://(host=good,evil)/d"),
    (
        Config::from_jdbc,
        "jdbc:mysql://(host=good,password=a@evil/d?x)/d",
    ),
    (
        Config::from_jdbc,
        "jdbc:mysql://ADDRESS=(host=good)(password=a@evil/d?x)/d",
    ),
    (
        Config::from_jdbc,
        "jdbc:mysql://[(host=good,password=a@evil/d)]/d",
    ),
    (
        Config::from_jdbc,
        "jdbc:mysql://good,(host=good2,user=u:v,password=a@evil/d)/d",
    ),
    (
        Config::from_jdbc,
        "jdbc:mariadb://address=(host=good)(host=evil)/d",
    ),
    (
        Config::from_jdbc,
        "jdbc:mariadb://good/d?localSocket=/a&localSocket=/b",
    ),
    (Config::from_jdbc, "jdbc:mysql://good%2Cevil/d"),
    (Config::from_go_dsn, "u@tcp(good,evil)/d"),
    (Config::from_go_dsn, "u@tcp(good)evil/d"),
    (Config::from_go_dsn, "u@tcp(good:1:2)/d"),
];

#[test]
fn what_could_name_two_servers_is_rejected() {
    let mut failures = Failures::default();
    for (read, text) in AMBIGUOUS {
        if let Ok(config) = read(text) {
            failures.push(text, &format!("is read as {config}"));
        }
    }
    failures.finish();
}

/// Deeper than any stack is high, and as long as a string may be.
#[test]
fn nesting_is_rejected_at_once() {
    for (head, unit, tail) in [
        ("mysqlx://", "(address=", "h"),
        ("mysql://", "[", "h"),
        ("jdbc:mysql://", "[", "h"),
        ("jdbc:mysql://", "(host=", "h"),
        ("mysql://h/d?ssl=", "{\"a\":", "1"),
        ("u@tcp(", "(", "h"),
    ] {
        let times = (1 << 19) / unit.len();
        let closing = ")".repeat(times);
        for closing in ["", &*closing] {
            let text = format!("{head}{}{tail}{closing}/d", unit.repeat(times));
            for read in [str::parse, Config::from_go_dsn, Config::from_jdbc] {
                assert!(read(&text).is_err(), "{head}{unit}");
            }
        }
    }
}

// ---- growth

#[test]
fn hostile_texts_cost_in_proportion_to_their_length() {
    assert_linear(
        |text| drop(text.parse::<Config>()),
        &[
            ("mysql://u:", "${", "@h"),
            ("mysql://u:", "{{x", "@h"),
            ("mysql://u:", "%41", "@h"),
            ("mysql://u", "@", "h"),
            ("mysql://u:p@", ",", "/d"),
            ("mysql://u:p@", "h:1,", "h/d"),
            ("mysql://u:p@", "[::1],", "h/d"),
            ("mysql://", "(", ""),
            ("mysql://", "[", ""),
            ("mysql://", "(a),", "h/d"),
            ("mysql://", "[()],", "h/d"),
            (
                "mysqlx://[",
                "(address=h,priority=1),",
                "(address=h,priority=1)]/d",
            ),
            ("mysqlx://", "(address=", "h"),
            ("mysqlx://(", "address=h,", ")"),
            ("mysqlx://(", "x,", ")"),
            ("mysql://u,", "(", "@h/d"),
            ("mysql://u,", "[],", "@h/d"),
            ("mysql://h/", "/", ""),
            ("mysql://h/", ":", "@"),
            ("mysql://h/", "@", ""),
            ("mysql://h/d?", "@", "=@"),
            ("mysql://h/d?", "&", ""),
            ("mysql://h/d?", "a=&", ""),
            ("mysql://h/d?", "a&", "%41"),
            ("mysql://h/d?", "%41=+&", ""),
            ("mysql://h/d?", "ssl_xx=&", ""),
            ("mysql://h/d?", "charset=x&", ""),
            ("mysql://h/d?", "connect_timeout=1&", ""),
            ("mysql://h/d?x=", ";", ""),
            ("mysql://h/d?x=", ";a", ""),
            ("mysql://h/d?x=", ";a=", ""),
            ("mysql://h/d?", "x;&", ""),
            ("mysql://h/d?ssl={", "\"a\":1,", "\"a\":1}"),
            ("mysql://h/d?ssl={\"a\":\"", "\\\"", "\"}"),
            ("mysql://h/d?ssl={", " ", "}"),
            ("mysql://h/d?ssl={\"", "\"", ""),
            ("mysql://h/d?timezone=", "1", ""),
            ("mysql://h/d?readTimeout=", "1s", ""),
            ("mysql://h/d?connect_timeout=", "0", ""),
            ("mysql://h:", "0", "1/d"),
        ],
    );
    assert_linear(
        |text| drop(Config::from_go_dsn(text)),
        &[
            ("", "@", "/"),
            ("u@tcp(h)/", "&", ""),
            ("u@tcp(h)/", ";", "=x"),
            ("", "/", ""),
            ("u:p@tcp(", "(", "h)/d"),
            ("u:p@tcp(", ":", ")/d"),
            ("u@tcp(h)/d?", "a=1&", ""),
            ("u@tcp(h)/d?", "a=%41&", ""),
            ("u@tcp(h)/d?", "charset=x&", ""),
            ("u@tcp(h)/d?", "&", ""),
        ],
    );
    assert_linear(
        |text| drop(Config::from_jdbc(text)),
        &[
            ("jdbc:mysql:", " ", "//h/d"),
            ("jdbc:mysql://", ",", "/d"),
            ("jdbc:mysql://", "h:1,", "h/d"),
            ("jdbc:mysql://", "u:p@h,", "u:p@h/d"),
            ("jdbc:mysql://", "[h,", "/d"),
            ("jdbc:mysql://", "(host=h),", "h/d"),
            ("jdbc:mysql://(", "host=h,", ")/d"),
            ("jdbc:mysql://", "address=", "/d"),
            ("jdbc:mysql://h/d?", "a=1&", ""),
            ("jdbc:mysql://h/d?", "charset=x&", ""),
            ("jdbc:mysql://h/d?", "?", ""),
            ("jdbc:mysql://h/d", "#", ""),
            ("jdbc:mysql://h/", "&a", ""),
            ("jdbc:mysql://h/d?x=", "@", ""),
        ],
    );
}

/// Without a path the `?` of a password would end the host.
#[test]
fn a_question_mark_of_a_password_does_not_end_the_host_of_a_jdbc_url() {
    for text in [
        "jdbc:mysql://nora:12?34@h",
        "jdbc:mysql://nora:12?b=c@h",
        "jdbc:mysql://nora:12?a=b&c=d@h.example",
        "jdbc:mysql://nora:x@?b=c@h",
    ] {
        let error = Config::from_jdbc(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnescapedDelimiter, "{text}");
        assert!(
            error.help().is_some_and(|help| help.contains("%3F")),
            "{text}"
        );
    }
    let config = Config::from_jdbc("jdbc:mysql://h:3306?user=nora@h&password=p@ss").unwrap();
    assert_eq!(config.password().map(SecretStr::expose), Some("p@ss"));
}

/// The drivers drop a parameter without `=`, and TLS with it.
#[test]
fn a_setting_of_tls_without_a_value_is_not_dropped() {
    let rows: &[(Read, &str)] = &[
        (Config::from_go_dsn, "u@tcp(h)/d?tls"),
        (Config::from_go_dsn, "u@tcp(h)/d?a=b&tls&c"),
        (Config::from_jdbc, "jdbc:mysql://h/d?requireSSL"),
        (Config::from_jdbc, "jdbc:mysql://h/d?a=b& sslMode &c"),
        (Config::from_jdbc, "jdbc:mariadb://h/d?serverSslCert"),
    ];
    for (read, text) in rows {
        let error = read(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingEquals, "{text}");
    }
    assert!(Config::from_go_dsn("u@tcp(h)/d?charset").is_ok());
}

/// What is left as the host is empty then, which is the driver's own machine.
#[test]
fn a_password_never_leaves_the_host_empty() {
    for password in ["x@/y", "x@?y=z", "/?=y", "/??=", "x@/", "'>@\"/="] {
        for text in [
            format!("mysql://nora:{password}@h"),
            format!("mariadb://nora:{password}@h.example"),
        ] {
            let error = text.parse::<Config>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnescapedDelimiter, "{text}");
        }
    }
}
