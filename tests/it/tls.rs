//! TLS that is requested, on every engine: it is used, or there is an error, or a warning with the parameter's name.

use crate::common::Failures;
use database_url::service::Tls;
use database_url::{Database, Error, Format, ParseOptions, WarningCode, mysql};

/// A URL of every scheme that takes parameters, up to its `?`.
const SERVICES: &[&str] = &[
    "redis://h/0",
    "rediss://h/0",
    "redis+sentinel://h/main",
    "redis+socket:///run/x.sock",
    "unix:///run/x.sock",
    "valkey://h",
    "valkeys://h",
    "mongodb://h/d",
    "mongodb+srv://h/d",
    "amqp://h",
    "amqps://h",
    "neo4j://h",
    "neo4j+s://h",
    "neo4j+ssc://h",
    "bolt://h",
    "http://h/d",
    "https://h/d",
    "sqlserver://h",
    "mssql+pymssql://h/d",
    "azuresql://h/d",
    "oracle://h/d",
    "ldap://h/d",
    "ldaps://h/d",
    "elasticsearch://h",
    "elasticsearchs://h",
    "memcached://h",
    "nats://h",
    "kafka://h",
    "kafka+ssl://h",
    "smtp://h",
    "smtps://h",
    "snowflake://h/d",
    "clickhouse://h/d",
];

const OTHERS: &[&str] = &[
    "postgres://h/d",
    "postgresql+asyncpg://h/d",
    "cockroachdb://h/d",
    "jdbc:postgresql://h/d",
    "mysql://h/d",
    "mariadb+pymysql://h/d",
    "mysqlx://h/d",
    "jdbc:mysql://h/d",
    "jdbc:mariadb://h/d",
    "sqlite:///app.db",
    "sqlite3:app.db",
    "file:app.db",
];

const GO: &str = "u@tcp(h)/d";

fn read(text: &str) -> Result<Database, Error> {
    if text.starts_with(GO) {
        return mysql::Config::from_go_dsn(text).map(Database::from);
    }
    ParseOptions::new().format(Format::Auto).parse(text)
}

/// Whether TLS is requested in what was read.
fn has_tls(database: &Database) -> bool {
    match database {
        Database::Postgres(config) => config
            .keywords()
            .any(|(keyword, _)| keyword.as_str().contains("ssl")),
        Database::MySql(config) => config.params().any(|(keyword, _)| {
            keyword.as_str().contains("ssl") || keyword.as_str().contains("tls")
        }),
        Database::Service(config) => matches!(config.tls(), Tls::On | Tls::Unverified),
        _ => false,
    }
}

/// A name of words in every style.
fn styles(words: &[&str]) -> Vec<String> {
    let title = |word: &str| word[..1].to_uppercase() + &word[1..];
    let camel: String = words[1..].iter().map(|word| title(word)).collect();
    let mut names: Vec<_> = ["_", "-", "."]
        .iter()
        .flat_map(|separator| {
            let name = words.join(separator);
            [name.to_uppercase(), name]
        })
        .collect();
    names.push(format!("{}{camel}", words[0]));
    names.push(format!("{}{camel}", title(words[0])));
    names
}

const WORDS: &[&str] = &[
    "ssl",
    "tls",
    "starttls",
    "encrypt",
    "encrypted",
    "secure",
    "verify",
    "ca",
    "cafile",
    "cacert",
];

#[test]
fn a_name_about_tls_never_passes_in_silence() {
    let mut failures = Failures::default();
    let mut names = vec![
        "rejectUnauthorized".to_owned(),
        "reject_unauthorized".to_owned(),
        "useSSL".to_owned(),
        "mySSLCa".to_owned(),
        "CAfile".to_owned(),
        "dbssl".to_owned(),
        "sslthing".to_owned(),
    ];
    for word in WORDS {
        for words in [
            &[*word][..],
            &[word, "mode"],
            &["db", word],
            &["require", word],
            &["use", word],
            &["my", word, "path"],
        ] {
            names.extend(styles(words));
        }
    }
    let mut read_at_all = 0;
    for start in SERVICES.iter().chain(OTHERS).chain([&GO]) {
        for name in &names {
            let text = format!("{start}?{name}=true");
            let Ok(database) = read(&text) else { continue };
            read_at_all += 1;
            let quoted = format!("`{name}`");
            let is_warned = database.warnings().any(|warning| {
                warning.code() == WarningCode::UnknownTlsName && warning.message().contains(&quoted)
            });
            if !is_warned && !has_tls(&database) {
                failures.push(&text, "passes in silence");
            }
        }
    }
    assert!(read_at_all > 10_000, "{read_at_all}");
    failures.finish();
}

/// The same letters in other words: nothing is warned of.
/// What is written between two parameters, or before the first one, by mistake.
const SEPARATORS: &[&str] = &[
    "?", "??", ";", "; ", ",", ", ", "|", ":", " ", "  ", "/", "+", "=", "&=", "&&", "& ", " &",
    "&amp;", "&AMP;", "&#38;", "&#x26;", "\\u0026", "\\n", "\\&", "#", "\u{a0}", "\u{ff06}",
    "\u{ff1b}",
];

#[test]
fn tls_after_a_wrong_separator_is_not_lost() {
    let mut failures = Failures::default();
    let settings = [
        "sslmode=require",
        "ssl-mode=REQUIRED",
        "sslMode=verify-full",
        "ssl=true",
        "tls=true",
        "useSSL=true",
        "encrypt=true",
    ];
    let networked = OTHERS.iter().filter(|start| start.contains("://h"));
    for start in SERVICES.iter().chain(networked).chain([&GO]) {
        for separator in SEPARATORS {
            for setting in settings {
                let in_path = format!("{start}{separator}{setting}");
                let name = name_of(setting);
                for text in [
                    in_path,
                    format!("{start}?x=y{separator}{setting}"),
                    format!("{start}?charset=utf8mb4{separator}{setting}"),
                ] {
                    let Ok(database) = read(&text) else { continue };
                    let mut warnings = database.warnings();
                    let is_warned = warnings.any(|warning| {
                        warning.code() == WarningCode::UnknownTlsName
                            || warning.message().contains(name)
                            || warning.help().contains(name)
                    });
                    if !is_warned && !has_tls(&database) && !is_documented(start, name) {
                        failures.push(&text, "is read without TLS");
                    }
                }
            }
        }
    }
    failures.finish();
}

#[test]
fn an_escaped_or_secret_piece_is_no_setting_of_tls() {
    for text in [
        "mysql://h/d?init_command=SET%20x%3D1,ssl%3Dtrue",
        "mssql+pyodbc://h/d?odbc_connect=DRIVER%3DODBC%3BEncrypt%3Dyes",
        "postgres://h/d%2Csslmode%3Drequire",
        "mysql://h/d?charset=utf8mb4%26ssl=true",
        "mysql://h/d?user=app&password=x,ssl=true",
        "redis://h/0?password=abc/tls=x1",
        "kafka://h?x=aGVsbG8/tls==",
        "mongodb://h/d?authMechanismProperties=SERVICE_NAME:x,CANONICALIZE_HOST_NAME:true",
    ] {
        assert!(read(text).is_ok(), "{text}");
    }
}

#[test]
fn a_space_next_to_a_name_of_tls_is_an_error() {
    for text in [
        "mongodb://h/d?x=y& tls=true",
        "mongodb://h/d?tls%20=true",
        "redis://h?+ssl=true",
        "amqp://h?x=y&%20cacertfile=/ca.pem",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn names_that_are_not_about_tls_are_not_warned_of() {
    let mut failures = Failures::default();
    for start in SERVICES.iter().chain(OTHERS).chain([&GO]) {
        for name in [
            "cache_size",
            "catalog",
            "cacheRegion",
            "cancelSignalTimeout",
            "classLoader",
            "replica",
            "localeProvider",
            "scale",
            "certain",
            "detailsUrl",
            "insight",
            "pool_recycle",
            "retryWrites",
        ] {
            let text = format!("{start}?{name}=5");
            match read(&text) {
                Ok(database) => failures.compare(&text, database.warnings().count(), 0),
                Err(error) => failures.rejected(&text, &error),
            }
        }
    }
    failures.finish();
}

/// What someone put in the place of a name is repeated only if it is an identifier.
#[test]
fn a_name_that_is_no_identifier_is_not_shown() {
    for start in SERVICES.iter().chain(OTHERS) {
        for name in ["hunter2%21_ssl", "ssl%20hunter2", "ssl%7Chunter2"] {
            let text = format!("{start}?{name}=true");
            let Ok(database) = read(&text) else { continue };
            let messages: Vec<_> = database
                .warnings()
                .map(|warning| warning.to_string())
                .collect();
            assert!(!messages.is_empty(), "{text}");
            assert!(!messages.concat().contains("hunter2"), "{messages:?}");
        }
    }
}

// ---- services: what every pair of settings means together

#[derive(Clone, Copy, PartialEq)]
enum Requested {
    /// TLS, with any other setting.
    Tls,
    /// TLS, if any, with any certificate.
    AnyCertificate,
    NoTls,
    /// Nothing by itself.
    Nothing,
    /// The name has to be in a warning.
    Unknown,
}

use Requested::{AnyCertificate, NoTls, Nothing, Unknown};

const SETTINGS: &[(&str, Requested)] = &[
    ("ssl=true", Requested::Tls),
    ("ssl=false", NoTls),
    ("tls=true", Requested::Tls),
    ("tls=false", NoTls),
    ("tlsInsecure=true", AnyCertificate),
    ("tlsInsecure=false", Nothing),
    ("tlsAllowInvalidHostnames=true", AnyCertificate),
    ("tlsCAFile=/ca.pem", Requested::Tls),
    ("tlsCertificateKeyFile=/c.pem", Requested::Tls),
    ("tlsCertificateKeyFilePassword=x", Requested::Tls),
    ("sslmode=require", Requested::Tls),
    ("sslmode=disable", NoTls),
    ("useSSL=true", Requested::Tls),
    ("require_ssl=true", Requested::Tls),
    ("require_ssl=false", Nothing),
    ("useTLS=true", Requested::Tls),
    ("verify_ssl=true", Requested::Tls),
    ("verify_ssl=false", AnyCertificate),
    ("starttls=true", Requested::Tls),
    ("starttls=false", Nothing),
    ("encrypt=true", Requested::Tls),
    ("encrypt=no", NoTls),
    ("secure=1", Requested::Tls),
    ("ssl_cert_reqs=required", Requested::Tls),
    ("ssl_cert_reqs=none", AnyCertificate),
    ("ssl_ca_certs=/ca.pem", Requested::Tls),
    ("ssl_ca_data=x", Requested::Tls),
    ("ssl_password=x", Requested::Tls),
    ("ssl_min_version=TLSv1_2", Requested::Tls),
    ("ssl_ciphers=x", Requested::Tls),
    ("ssl_validate_ocsp=true", Requested::Tls),
    ("ssl_validate_ocsp=false", Nothing),
    ("rejectUnauthorized=false", AnyCertificate),
    ("trustServerCertificate=true", AnyCertificate),
    ("sslthing=x", Unknown),
    ("pool=5", Nothing),
];

/// What MongoDB's drivers read; they drop the others.
const OF_MONGODB: &[&str] = &[
    "ssl",
    "tls",
    "tlsInsecure",
    "tlsAllowInvalidHostnames",
    "tlsCAFile",
    "tlsCertificateKeyFile",
    "tlsCertificateKeyFilePassword",
    "ssl_cert_reqs",
    "ssl_ca_certs",
    "pool",
];

/// Which of the settings the drivers of a scheme document; another driver's name counts, and is warned of.
const DOCUMENTED: &[(&[&str], &[&str])] = &[
    (
        &["redis", "valkey", "unix"],
        &[
            "ssl",
            "tls",
            "starttls",
            "ssl_cert_reqs",
            "ssl_ca_certs",
            "ssl_ca_data",
            "ssl_password",
            "ssl_min_version",
            "ssl_ciphers",
            "ssl_validate_ocsp",
            "rejectUnauthorized",
        ],
    ),
    (&["amqp"], &["ssl"]),
    (
        &["sqlserver", "mssql", "azuresql"],
        &["encrypt", "trustServerCertificate"],
    ),
    (&["ldap"], &["tls", "starttls"]),
    (&["elasticsearch"], &["ssl", "useSSL"]),
    (&["smtp"], &["ssl", "tls", "starttls"]),
    (&["clickhouse"], &["ssl", "sslmode", "secure"]),
];

fn is_documented(start: &str, name: &str) -> bool {
    let mut rows = DOCUMENTED.iter();
    let row = rows.find(|(schemes, _)| schemes.iter().any(|scheme| start.starts_with(scheme)));
    name == "pool" || row.is_some_and(|(_, names)| names.contains(&name))
}

fn name_of(setting: &str) -> &str {
    setting.split('=').next().unwrap_or_default()
}

#[test]
fn every_pair_of_settings_keeps_the_tls_it_requests() {
    let mut failures = Failures::default();
    for start in SERVICES {
        for one in SETTINGS {
            check(&mut failures, start, &[one]);
            for two in SETTINGS {
                check(&mut failures, start, &[one, two]);
            }
        }
    }
    failures.finish();
}

fn check(failures: &mut Failures, start: &str, settings: &[&(&str, Requested)]) {
    let query: Vec<_> = settings.iter().map(|(text, _)| *text).collect();
    let text = format!("{start}?{}", query.join("&"));
    let Ok(Database::Service(config)) = read(&text) else {
        return;
    };
    let mongodb = start.starts_with("mongodb");
    let requested: Vec<_> = settings
        .iter()
        .map(|(text, requested)| {
            let unknown = mongodb && !OF_MONGODB.contains(&name_of(text));
            (name_of(text), if unknown { Unknown } else { *requested })
        })
        .collect();
    let has = |wanted: Requested| requested.iter().any(|(_, requested)| *requested == wanted);
    let is_tls = matches!(config.tls(), Tls::On | Tls::Unverified);
    if has(Requested::Tls) && !is_tls {
        failures.push(&text, "asks for TLS and has none");
    }
    if has(Requested::Tls) && has(NoTls) || has(NoTls) && config.tls() != Tls::Off {
        failures.push(&text, "is a contradiction");
    }
    if config.tls() == Tls::Unverified && !has(AnyCertificate) && !start.contains("+ssc") {
        failures.push(&text, "is not verified");
    }
    for (name, requested) in requested {
        let quoted = format!("`{name}`");
        let named = config
            .warnings()
            .any(|warning| warning.message().contains(&quoted));
        let is_foreign = !mongodb && !is_documented(start, name);
        failures.compare(&text, named, requested == Unknown || is_foreign);
    }
}

/// The rules of MongoDB's specification of URI options about settings that exclude each other.
#[test]
fn settings_of_mongodb_that_exclude_each_other_are_an_error() {
    let names = [
        "tlsInsecure",
        "tlsAllowInvalidCertificates",
        "tlsAllowInvalidHostnames",
        "tlsDisableOCSPEndpointCheck",
        "tlsDisableCertificateRevocationCheck",
    ];
    for (at, one) in names.iter().enumerate() {
        for other in &names[at + 1..] {
            let hostnames = [one, other].contains(&&"tlsAllowInvalidHostnames");
            let allowed = hostnames && *one != "tlsInsecure";
            for values in [("true", "true"), ("true", "false"), ("false", "false")] {
                for text in [
                    format!("mongodb://h/?{one}={}&{other}={}", values.0, values.1),
                    format!("mongodb://h/?{other}={}&{one}={}", values.0, values.1),
                ] {
                    assert_eq!(read(&text).is_ok(), allowed, "{text}");
                }
            }
        }
    }
    for (text, fits) in [
        ("mongodb://h/?tls=true&ssl=true", true),
        ("mongodb://h/?tls=true&tls=true", true),
        ("mongodb://h/?tls=true&ssl=false", false),
        ("mongodb://h/?tlsDisableOCSPEndpointCheck=true", true),
        ("mongodb://h/?tlsDisableOCSPEndpointCheck=perhaps", false),
        ("mongodb://h/?tlsCAFile=/a&tlsCAFile=/a", true),
        ("mongodb://h/?tlsCAFile=/a&tlsCAFile=/b", false),
        (
            "rediss://h?ssl_cert_reqs=none&ssl_cert_reqs=required",
            false,
        ),
    ] {
        assert_eq!(read(text).is_ok(), fits, "{text}");
    }
}
