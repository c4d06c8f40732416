//! TLS of MySQL: what the settings of every driver request, alone and together, is used or reported. The model is the spec's
//! tables; it shares nothing with the code.

use crate::common::Failures;
use database_url::mysql::{Config, SslMode};
use database_url::{Error, ErrorKind, WarningCode};

use SslMode::{Disabled, Preferred, Required, VerifyCa, VerifyIdentity};

/// The least and the most that a spelling requests, as the spec's tables have it.
type Range = (Option<SslMode>, Option<SslMode>);

const OFF: Range = (None, Some(Disabled));
/// TLS if the server has it.
const PERHAPS: Range = (Some(Preferred), None);
const NOTHING: Range = (None, None);

const fn exactly(mode: SslMode) -> Range {
    (Some(mode), Some(mode))
}

const fn at_least(mode: SslMode) -> Range {
    (Some(mode), None)
}

const fn at_most(mode: SslMode) -> Range {
    (None, Some(mode))
}

/// One row for each way to say something of TLS in a URL.
const SPELLINGS: &[(&str, Range)] = &[
    ("ssl-mode=DISABLED", OFF),
    ("sslmode=prefer", exactly(Preferred)),
    ("sslMode=REQUIRED", exactly(Required)),
    ("tls_mode=verify-ca", exactly(VerifyCa)),
    ("ssl_mode=verify-full", exactly(VerifyIdentity)),
    ("tls=false", OFF),
    ("tls=preferred", exactly(Preferred)),
    ("tls=skip-verify", exactly(Required)),
    ("tls=true", exactly(VerifyIdentity)),
    ("sslaccept=strict", exactly(VerifyIdentity)),
    ("sslaccept=accept_invalid_certs", exactly(Required)),
    ("ssl={}", exactly(VerifyCa)),
    ("ssl={\"rejectUnauthorized\":false}", exactly(Required)),
    ("ssl={\"verifyIdentity\":true}", exactly(VerifyIdentity)),
    ("ssl=Amazon%20RDS", exactly(VerifyCa)),
    ("ssl=true", at_least(Required)),
    ("ssl=off", OFF),
    ("requireSSL=true", at_least(Required)),
    ("requireSSL=false", NOTHING),
    ("require_ssl=true", at_least(Required)),
    ("require_ssl=false", OFF),
    ("useSSL=true", PERHAPS),
    ("useSSL=false", OFF),
    ("ssl_disabled=true", OFF),
    ("ssl_disabled=false", NOTHING),
    ("verify_ca=true", at_least(VerifyCa)),
    ("verify_ca=false", at_most(Required)),
    ("verifyServerCertificate=true", at_least(VerifyCa)),
    ("verifyServerCertificate=false", at_most(Required)),
    ("sslverify=true", at_least(VerifyCa)),
    ("ssl_verify_cert=true", at_least(VerifyCa)),
    ("verify_identity=true", at_least(VerifyIdentity)),
    ("verify_identity=false", at_most(VerifyCa)),
    ("ssl_verify_server_cert=true", at_least(VerifyIdentity)),
    ("ssl-ca=/ca.pem", at_least(VerifyCa)),
    ("sslcapath=/certs", at_least(VerifyCa)),
    ("trustCertificateKeyStoreUrl=/ca.pem", at_least(VerifyCa)),
    ("root_cert_path=/ca.pem", at_least(VerifyCa)),
    ("danger_accept_invalid_certs=true", exactly(Required)),
    (
        "danger_skip_domain_validation=true",
        (Some(Required), Some(VerifyCa)),
    ),
    ("ssl-cert=/c.pem", NOTHING),
    ("ssl_check_hostname=true", at_least(VerifyIdentity)),
    ("ssl_check_hostname=false", at_most(VerifyCa)),
    ("trustStore=/ca.pem", at_least(VerifyCa)),
    (FALLBACK, NOTHING),
];

/// go-sql-driver's permission to go on in plain text: whatever else is requested is `preferred`, and a warning says so.
const FALLBACK: &str = "allowFallbackToPlaintext=true";

/// The older settings of MariaDB's JDBC driver, which all other readers have to warn of.
const OF_MARIADB: &[(&str, Range)] = &[
    ("useSsl=true", at_least(Required)),
    ("useSsl=false", OFF),
    ("trustServerCertificate=true", at_most(Required)),
    ("trustServerCertificate=false", NOTHING),
    ("disableSslHostnameVerification=true", at_most(VerifyCa)),
    ("disableSslHostnameVerification=false", NOTHING),
    ("sslMode=disable", OFF),
    ("sslMode=trust", exactly(Required)),
    ("sslMode=verify-ca", exactly(VerifyCa)),
    ("sslMode=verify-full", exactly(VerifyIdentity)),
    ("serverSslCert=/ca.pem", at_least(VerifyCa)),
];

/// What several spellings request together, or `None` if they contradict each other.
fn requested(given: &[Range]) -> Option<Range> {
    let least = given.iter().filter_map(|range| range.0).max();
    let most = given.iter().filter_map(|range| range.1).min();
    let fits = !matches!((least, most), (Some(least), Some(most)) if least > most);
    fits.then_some((least, most))
}

/// Whether what is read of a query is what its spellings say together.
fn check_tls(failures: &mut Failures, spellings: &[(&str, Range)]) {
    let query: Vec<_> = spellings.iter().map(|(text, _)| *text).collect();
    let query = query.join("&");
    let text = format!("mysql://h/d?{query}");
    let given: Vec<_> = spellings.iter().map(|(_, range)| *range).collect();
    let read = text.parse::<Config>();
    // A JDBC URL holds the same settings.
    let mode = |read: &Result<Config, Error>| read.as_ref().map(Config::ssl_mode).ok();
    let jdbc = Config::from_jdbc(&format!("jdbc:{text}"));
    failures.compare(&format!("jdbc:{text}"), mode(&jdbc), mode(&read));
    match (read, requested(&given)) {
        (Ok(config), requested) => {
            let mode = config.ssl_mode();
            // Certificates next to a mode that does not check them are warned of.
            let mut codes = vec![WarningCode::CaUnused, WarningCode::CertificateUnused];
            if query.contains(FALLBACK) {
                codes.push(WarningCode::PlaintextFallback);
                failures.compare(&text, mode.is_none_or(|mode| mode <= Preferred), true);
            }
            let mut warnings = config.warnings();
            let warned = warnings.any(|warning| codes.contains(&warning.code()));
            let fits = requested.is_some_and(|(least, most)| {
                mode >= least && most.is_none_or(|most| mode <= Some(most))
            });
            if !(fits || warned && mode != Some(Disabled)) {
                failures.push(&text, &format!("{requested:?} is read as {mode:?}"));
            }
        }
        (Err(error), requested) => {
            // The same boolean given both ways, though the one says nothing of TLS.
            let both = query.contains("requireSSL=false")
                && (query.contains("requireSSL=true") || query.contains("ssl=true"))
                || query.contains("ssl_disabled=true") && query.contains("ssl_disabled=false");
            if error.kind() != ErrorKind::Conflict || (requested.is_some() && !both) {
                failures.rejected(&text, &error);
            }
        }
    }
}

/// All pairs and all triples, in every order.
#[test]
fn requested_tls_is_used_or_reported() {
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

/// MariaDB's `useSsl` verifies all unless it is weakened, and the older settings win over `sslMode`.
#[test]
fn the_older_settings_of_mariadbs_driver_lose_no_tls() {
    let mut failures = Failures::default();
    let rows = OF_MARIADB.len();
    for picked in 0..1_usize << rows {
        let picked: Vec<_> = (0..rows).filter(|row| picked >> row & 1 == 1).collect();
        let requested: Vec<_> = picked.iter().map(|&row| OF_MARIADB[row]).collect();
        let query: Vec<_> = requested.iter().map(|(text, _)| *text).collect();
        let query = query.join("&");
        let has = |text: &str| query.contains(text);
        // What the driver does, from its `handleLegacySslSettings`.
        let older = match () {
            () if !has("useSsl=true") => None,
            () if has("trustServerCertificate=true") => Some(Required),
            () if has("disableSslHostnameVerification=true") => Some(VerifyCa),
            () => Some(VerifyIdentity),
        };
        let mut ranges: Vec<_> = requested.iter().map(|(_, range)| *range).collect();
        ranges.extend(older.map(exactly));
        let text = format!("jdbc:mariadb://h/d?{query}");
        let Ok(config) = Config::from_jdbc(&text) else {
            continue;
        };
        let mode = config.ssl_mode();
        let unused = config
            .warnings()
            .any(|warning| warning.code() == WarningCode::CaUnused);
        match self::requested(&ranges) {
            Some((least, _)) if mode >= least => {}
            _ if unused && older.is_none_or(|older| mode == Some(older)) => {}
            requested => failures.push(&text, &format!("{requested:?} is read as {mode:?}")),
        }
        if older.is_some() {
            failures.compare(&text, mode, older);
        }
    }
    for (text, mode) in [
        ("useSsl=true", VerifyIdentity),
        ("useSsl=true&trustServerCertificate=true", Required),
        ("useSsl=true&disableSslHostnameVerification=true", VerifyCa),
    ] {
        let text = format!("jdbc:mariadb://h/d?{text}");
        let config = Config::from_jdbc(&text).map(|config| config.ssl_mode());
        failures.compare(&text, config, Ok(Some(mode)));
        // The same settings are unknown to everyone else, or weaker.
        for text in [
            text.replace("jdbc:mariadb", "jdbc:mysql"),
            text.replace("jdbc:mariadb", "mariadb"),
        ] {
            let database: Result<database_url::Database, _> = text.parse();
            let warned = database.expect("a URL").warnings().count();
            failures.compare(&text, warned, text.matches('=').count() - 1);
        }
    }
    failures.finish();
}

/// What a Go DSN requests, and what go-sql-driver makes of it.
#[test]
fn tls_of_a_go_dsn_is_what_the_driver_does() {
    let mut failures = Failures::default();
    for (query, expected) in [
        ("tls=true", Some(VerifyIdentity)),
        ("tls=skip-verify", Some(Required)),
        ("tls=preferred", Some(Preferred)),
        ("tls=false", Some(Disabled)),
        ("", None),
    ] {
        for (fallback, falls) in [
            ("", false),
            ("&allowFallbackToPlaintext=false", false),
            ("&allowFallbackToPlaintext=true", true),
        ] {
            let text = format!("u@tcp(h)/d?{query}{fallback}");
            let config = Config::from_go_dsn(&text).expect(&text);
            let weakened = expected.map(|mode| mode.min(Preferred));
            let mode = if falls { weakened } else { expected };
            failures.compare(&text, config.ssl_mode(), mode);
            let warned = config
                .warnings()
                .any(|warning| warning.code() == WarningCode::PlaintextFallback);
            let weakens = falls && expected.is_some_and(SslMode::requires_tls);
            failures.compare(&text, warned, weakens);
        }
    }
    failures.finish();
}
