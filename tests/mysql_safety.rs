//! What a connection string must never do, whoever wrote it: change the host by a character of the password, lose TLS that
//! was asked for, or cost more than its length.
//!
//! Failing cases are not written to disk, so that no run changes the source tree; a found case becomes a named test.

#[path = "common/arbitrary.rs"]
mod arbitrary;
mod common;

use arbitrary::{assert_linear, cases, text};
use common::Failures;
use database_url::mysql::{Config, SslMode};
use database_url::{Error, ErrorKind, SecretStr, WarningCode};
use proptest::prelude::*;
use proptest::sample::select;

type Read = fn(&str) -> Result<Config, Error>;

// ---- passwords

/// A text that somebody could have for a password: what is special in some grammar stands in it more often than not.
fn password() -> impl Strategy<Value = String> {
    let pieces = vec![
        "@",
        "@",
        "/",
        "/",
        "?",
        "?",
        ":",
        ":",
        "#",
        "&",
        "=",
        "=",
        ",",
        "[",
        "]",
        "(",
        ")",
        "%",
        "%41",
        "%2F",
        "+",
        ";",
        " ",
        "'",
        "1",
        "3306",
        "x",
        "h",
        "evil",
        "é",
        "//",
        "${X}",
        "****",
        "?a=",
        "@evil/d?a=",
        ".",
        "-",
    ];
    prop_oneof![
        3 => proptest::collection::vec(select(pieces), 0..8).prop_map(|pieces| pieces.concat()),
        1 => text(),
    ]
}

/// The text with its escapes decoded once, if they are well-formed.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        if *first == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Texts with a password where `§` stands; the host is `host`, the port 3306, the user `user`.
const TEMPLATES: &[(Read, &str)] = &[
    (str::parse, "mysql://user:§@host:3306/db"),
    (str::parse, "mysql://user:§@host:3306"),
    (
        str::parse,
        "mysql://user:§@host:3306/db?ssl-mode=REQUIRED&socket_timeout=1",
    ),
    (str::parse, "mariadb://user:§@host:3306/"),
    (str::parse, "mysqlx://user:§@host:3306/db"),
    (
        str::parse,
        "mysqlx://user:§@[(address=host:3306,priority=5)]/db",
    ),
    (Config::from_jdbc, "jdbc:mysql://user:§@host:3306/db"),
    (
        Config::from_jdbc,
        "jdbc:mysql://user:§@host:3306/db?useSSL=true#x",
    ),
    (Config::from_go_dsn, "user:§@tcp(host:3306)/db"),
    (Config::from_go_dsn, "user:§@tcp(host:3306)/db?tls=true"),
];

/// The user, and each host with its port.
type Place<'c> = (Option<&'c str>, Vec<(Option<&'c str>, Option<u16>)>);

fn place(config: &Config) -> Place<'_> {
    let hosts = config.hosts().map(|host| (host.host(), host.port()));
    (config.user(), hosts.collect())
}

proptest! {
    #![proptest_config(cases(6000))]

    /// The first promise: whatever the password is, written raw it gives an error, or itself and the right host.
    #[test]
    fn a_raw_password_is_refused_or_kept_and_never_changes_the_host(password in password(), (read, template) in select(TEMPLATES)) {
        let text = template.replace('§', &password);
        if let Ok(config) = read(&text) {
            prop_assert_eq!(place(&config), (Some("user"), vec![(Some("host"), Some(3306))]), "{}", text);
            prop_assert_eq!(config.socket(), None);
            // A DSN has no escapes; an empty password is none in it.
            let expected = if text.starts_with("user:") {
                Some(password.clone()).filter(|password| !password.is_empty())
            } else if text.starts_with("jdbc:") {
                decoded(&password.replace('+', " "))
            } else {
                decoded(&password)
            };
            prop_assert_eq!(config.password().map(SecretStr::expose), expected.as_deref(), "{}", text);
        }
    }

    #[test]
    fn an_escaped_password_always_comes_back(password in prop_oneof![password(), text()], (read, template) in select(TEMPLATES)) {
        prop_assume!(!password.contains('\0'));
        let escaped = database_url::encode(&password);
        let text = template.replace('§', escaped.expose());
        let config = read(&text).map_err(|error| TestCaseError::fail(format!("{text:?}: {error}")))?;
        prop_assert_eq!(place(&config), (Some("user"), vec![(Some("host"), Some(3306))]), "{}", text);
        let is_dsn = text.starts_with("user:");
        let expected = if is_dsn { escaped.expose() } else { &password };
        let expected = Some(expected).filter(|expected| !(is_dsn && expected.is_empty()));
        prop_assert_eq!(config.password().map(SecretStr::expose), expected);
    }
}

// ---- TLS

/// What a spelling of TLS says, as the spec's tables have it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Says {
    /// This mode.
    Mode(SslMode),
    /// At least this much, or more.
    AtLeast(SslMode),
    /// No more than this, if there is TLS at all.
    Below(SslMode),
    /// TLS if the server has it.
    Perhaps,
    Off,
    Nothing,
}

use Says::{AtLeast, Below, Mode, Nothing, Off, Perhaps};
use SslMode::{Disabled, Preferred, Required, VerifyCa, VerifyIdentity};

/// One row for each way to say something of TLS in a URL.
const SPELLINGS: &[(&str, Says)] = &[
    ("ssl-mode=DISABLED", Off),
    ("sslmode=prefer", Mode(Preferred)),
    ("sslMode=REQUIRED", Mode(Required)),
    ("tls_mode=verify-ca", Mode(VerifyCa)),
    ("ssl_mode=verify-full", Mode(VerifyIdentity)),
    ("tls=false", Off),
    ("tls=preferred", Mode(Preferred)),
    ("tls=skip-verify", Mode(Required)),
    ("tls=true", Mode(VerifyIdentity)),
    ("sslaccept=strict", Mode(VerifyIdentity)),
    ("sslaccept=accept_invalid_certs", Mode(Required)),
    ("ssl={}", Mode(VerifyCa)),
    ("ssl={\"rejectUnauthorized\":false}", Mode(Required)),
    ("ssl={\"verifyIdentity\":true}", Mode(VerifyIdentity)),
    ("ssl=Amazon%20RDS", Mode(VerifyCa)),
    ("ssl=true", AtLeast(Required)),
    ("ssl=off", Off),
    ("requireSSL=true", AtLeast(Required)),
    ("requireSSL=false", Nothing),
    ("require_ssl=true", AtLeast(Required)),
    ("require_ssl=false", Off),
    ("useSSL=true", Perhaps),
    ("useSSL=false", Off),
    ("ssl_disabled=true", Off),
    ("ssl_disabled=false", Nothing),
    ("verify_ca=true", AtLeast(VerifyCa)),
    ("verify_ca=false", Below(VerifyCa)),
    ("verifyServerCertificate=true", AtLeast(VerifyCa)),
    ("verifyServerCertificate=false", Below(VerifyCa)),
    ("sslverify=true", AtLeast(VerifyCa)),
    ("ssl_verify_cert=true", AtLeast(VerifyCa)),
    ("verify_identity=true", AtLeast(VerifyIdentity)),
    ("verify_identity=false", Below(VerifyIdentity)),
    ("ssl_verify_server_cert=true", AtLeast(VerifyIdentity)),
    ("ssl-ca=/ca.pem", AtLeast(VerifyCa)),
    ("sslcapath=/certs", AtLeast(VerifyCa)),
    ("trustCertificateKeyStoreUrl=file:x", AtLeast(VerifyCa)),
    ("ssl-cert=/c.pem", Nothing),
];

/// The least and the most that several spellings ask for together, or `None` if they contradict each other.
fn asked(said: &[Says]) -> Option<(Option<SslMode>, Option<SslMode>)> {
    let (mut least, mut most) = (None, None);
    for &one in said {
        let (low, high) = match one {
            Mode(mode) => (Some(mode), Some(mode)),
            AtLeast(mode) => (Some(mode), None),
            Below(VerifyIdentity) => (None, Some(VerifyCa)),
            Below(_) => (None, Some(Required)),
            Perhaps => (Some(Preferred), None),
            Off => (None, Some(Disabled)),
            Nothing => (None, None),
        };
        least = least.max(low);
        most = match (most, high) {
            (Some(one), Some(other)) => Some(std::cmp::min::<SslMode>(one, other)),
            (one, other) => one.or(other),
        };
    }
    let fits = !matches!((least, most), (Some(least), Some(most)) if least > most);
    fits.then_some((least, most))
}

/// Whether what is read of a query is what its spellings say together.
fn check_tls(failures: &mut Failures, spellings: &[(&str, Says)]) {
    let query: Vec<_> = spellings.iter().map(|(text, _)| *text).collect();
    let text = format!("mysql://h/d?{}", query.join("&"));
    let said: Vec<_> = spellings.iter().map(|(_, says)| *says).collect();
    let read = text.parse::<Config>();
    let warned = |config: &Config| {
        let codes = [WarningCode::CaUnused, WarningCode::CertificateUnused];
        config
            .warnings()
            .any(|warning| codes.contains(&warning.code()))
    };
    let has_ca = query
        .iter()
        .any(|text| text.contains("ca=/") || text.contains("path=") || text.contains("KeyStore"));
    match (read, asked(&said)) {
        (Ok(config), asked) => {
            let mode = config.ssl_mode();
            let Some((least, most)) = asked.or_else(|| warned(&config).then_some((None, None)))
            else {
                failures.push(&text, &format!("a contradiction is accepted as {mode:?}"));
                return;
            };
            // Certificates beside a mode that does not use them are warned of.
            if least > mode && !warned(&config) {
                failures.push(&text, &format!("{mode:?} is less than {least:?}"));
            }
            if most.is_some_and(|most| mode.is_some_and(|mode| mode > most)) {
                failures.push(&text, &format!("{mode:?} is more than {most:?}"));
            }
        }
        (Err(error), asked) => {
            // Two files, or a boolean given both ways, contradict each other whatever is asked for.
            let excused =
                asked.is_none() || has_ca || error.kind() == ErrorKind::Conflict && differs(&said);
            if !excused || error.kind() != ErrorKind::Conflict {
                failures.refused(&text, &error);
            }
        }
    }
}

/// Whether the same kind of thing is said in two ways.
fn differs(said: &[Says]) -> bool {
    let modes: Vec<_> = said
        .iter()
        .filter(|one| matches!(one, Mode(_) | Off))
        .collect();
    modes.windows(2).any(|pair| pair[0] != pair[1]) || said.contains(&Nothing)
}

/// All pairs and all triples, in every order.
#[test]
fn tls_that_is_asked_for_is_used_or_told_of() {
    let mut failures = Failures::default();
    for &one in SPELLINGS {
        check_tls(&mut failures, &[one]);
        for &two in SPELLINGS {
            check_tls(&mut failures, &[one, two]);
            for &three in SPELLINGS {
                check_tls(&mut failures, &[one, two, three]);
            }
        }
    }
    failures.finish();
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
