//! The other settings of TLS, with the connector of this crate, and with sqlx where it has them.

use std::process::Command;

use database_url::{ErrorKind, driver, postgres::Config};
use database_url_drivers_oracle::server::{self, certificates};
use database_url_drivers_oracle::{Failure, Session, install_provider, postgres as on_postgres};

fn good(user: &str, query: &str) -> Config {
    format!(
        "postgres://{user}@localhost:{}/shop?{query}",
        server::postgres("good").port()
    )
    .parse()
    .unwrap()
}

fn rustls(query: &str) -> Result<Session, Failure> {
    on_postgres::tokio_postgres_rustls(&good("app:k3y", query))
}

#[track_caller]
fn fails(found: Result<Session, Failure>) {
    assert!(matches!(found, Err(Failure::Failed(_))), "{found:?}");
}

#[test]
fn a_client_certificate_logs_in() {
    let (ca, certificate, key) = (
        certificates().file("ca.pem"),
        certificates().file("client.pem"),
        certificates().file("client.key"),
    );
    let with = format!("sslmode=verify-full&sslrootcert={ca}&sslcert={certificate}&sslkey={key}");
    let expected = Session {
        user: "certified".into(),
        database: "shop".into(),
        tls: Some("TLSv1.3".into()),
    };
    assert_eq!(
        on_postgres::tokio_postgres_rustls(&good("certified", &with)),
        Ok(expected.clone())
    );
    assert_eq!(on_postgres::sqlx(&good("certified", &with)), Ok(expected));
    fails(on_postgres::tokio_postgres_rustls(&good(
        "certified",
        &format!("{with}&sslcertmode=disable"),
    )));
    fails(on_postgres::sqlx(&good(
        "certified",
        &format!("{with}&sslcertmode=disable"),
    )));
    fails(on_postgres::tokio_postgres_rustls(&good(
        "certified",
        "sslmode=require",
    )));
}

#[test]
fn versions_of_tls_are_held() {
    for (query, version) in [
        (
            "sslmode=require&ssl_min_protocol_version=TLSv1.3",
            "TLSv1.3",
        ),
        (
            "sslmode=require&ssl_max_protocol_version=TLSv1.2",
            "TLSv1.2",
        ),
        (
            "sslmode=require&ssl_min_protocol_version=TLSv1&ssl_max_protocol_version=tlsv1.2",
            "TLSv1.2",
        ),
    ] {
        assert_eq!(
            rustls(query).unwrap().tls.as_deref(),
            Some(version),
            "{query}"
        );
    }
    let found =
        rustls("sslmode=require&ssl_min_protocol_version=TLSv1&ssl_max_protocol_version=TLSv1.1");
    assert!(matches!(found, Err(Failure::Rejected(_))), "{found:?}");
}

#[test]
fn channel_binding_is_required_or_left_out() {
    for query in [
        "sslmode=require&channel_binding=require",
        "sslmode=require&channel_binding=disable",
        "sslmode=require&sslsni=0",
    ] {
        assert!(rustls(query).is_ok(), "{query}");
    }
    fails(rustls("sslmode=disable&channel_binding=require"));
}

#[test]
fn an_authoritys_own_certificate_is_taken_if_it_is_in_the_file() {
    let (pinned, ca) = (
        certificates().file("pinned.pem"),
        certificates().file("ca.pem"),
    );
    let login = |mode: &str, root: &str, host: &str| {
        let port = server::postgres("pinned").port();
        let text = format!(
            "host={host} hostaddr=127.0.0.1 port={port} user=app password=k3y dbname=shop sslmode={mode} sslrootcert={root}"
        );
        on_postgres::tokio_postgres_rustls(&text.parse().unwrap())
    };
    assert!(login("verify-full", &pinned, "localhost").is_ok());
    assert!(login("verify-ca", &pinned, "elsewhere.example").is_ok());
    fails(login("verify-full", &pinned, "elsewhere.example"));
    fails(login("verify-ca", &ca, "localhost"));
}

#[test]
fn a_revoked_certificate_is_rejected() {
    let (ca, list) = (certificates().file("ca.pem"), certificates().file("ca.crl"));
    let login = |certificate: &str, query: &str| {
        let port = server::postgres(certificate).port();
        let text = format!(
            "postgres://app:k3y@localhost:{port}/shop?sslmode=verify-full&sslrootcert={ca}{query}"
        );
        on_postgres::tokio_postgres_rustls(&text.parse().unwrap())
    };
    assert!(login("revoked", "").is_ok());
    assert!(login("good", &format!("&sslcrl={list}")).is_ok());
    fails(login("revoked", &format!("&sslcrl={list}")));
}

#[test]
fn the_name_is_sent_or_not() {
    install_provider();
    for (query, sent) in [
        ("sslmode=require", true),
        ("sslmode=require&sslsni=1", true),
        ("sslmode=require&sslsni=0", false),
    ] {
        let tls = driver::rustls::client_config(&good("app:k3y", query))
            .unwrap()
            .unwrap();
        assert_eq!(tls.enable_sni, sent, "{query}");
        assert_eq!(tls.alpn_protocols, [b"postgresql"], "{query}");
    }
    assert!(
        driver::rustls::client_config(&good("app:k3y", "sslmode=disable"))
            .unwrap()
            .is_none()
    );
}

/// A process of its own, for the trust store comes from the environment.
fn ask(driver: &str, url: &str, trusted: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ask"))
        .args([driver, url])
        .env_clear()
        .env("SSL_CERT_FILE", trusted)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_systems_authorities_are_those_of_the_system() {
    let (ca, other) = (
        certificates().file("ca.pem"),
        certificates().file("other.pem"),
    );
    let postgres = |certificate: &str, query: &str| {
        format!(
            "postgres://app:k3y@localhost:{}/shop?{query}",
            server::postgres(certificate).port()
        )
    };
    for driver in ["tokio-postgres-rustls", "sqlx"] {
        assert_eq!(
            ask(driver, &postgres("good", "sslrootcert=system"), &ca),
            "app shop TLSv1.3\n"
        );
        for (certificate, trusted) in [
            ("good", &other),
            ("other-name", &ca),
            ("expired", &ca),
            ("plain", &ca),
        ] {
            let found = ask(
                driver,
                &postgres(certificate, "sslrootcert=system"),
                trusted,
            );
            assert!(
                found.starts_with("failed"),
                "{driver} {certificate}: {found}"
            );
        }
    }
    // A file is trusted alone: the system's authorities are not.
    let found = ask(
        "tokio-postgres-rustls",
        &postgres("other-ca", &format!("sslmode=verify-ca&sslrootcert={ca}")),
        &other,
    );
    assert!(found.starts_with("failed"), "{found}");
    let redis = |certificate: &str| {
        format!(
            "rediss://app:k3y@localhost:{}/1",
            server::redis(certificate).port()
        )
    };
    assert_eq!(ask("redis", &redis("good"), &ca), "app 1 TLS\n");
    for (certificate, trusted) in [
        ("good", &other),
        ("other-name", &ca),
        ("expired", &ca),
        ("plain", &ca),
    ] {
        let found = ask("redis", &redis(certificate), trusted);
        assert!(found.starts_with("failed"), "{certificate}: {found}");
    }
}

#[test]
fn a_file_that_cannot_be_used_is_named_with_its_setting() {
    install_provider();
    let (ca, certificate, key) = (
        certificates().file("ca.pem"),
        certificates().file("client.pem"),
        certificates().file("client.key"),
    );
    let encrypted = certificates().file("encrypted.key");
    for (query, kind, message) in [
        (
            "sslmode=require&sslrootcert=/none/ca.pem".to_owned(),
            ErrorKind::Unreadable,
            "cannot read sslrootcert: /none/ca.pem: no such file".to_owned(),
        ),
        (
            format!("sslmode=require&sslrootcert={key}"),
            ErrorKind::InvalidDocument,
            format!("invalid document in sslrootcert: {key}: expected certificates in PEM"),
        ),
        (
            format!("sslmode=require&sslcert=/none/c.pem&sslkey={key}"),
            ErrorKind::Unreadable,
            "cannot read sslcert: /none/c.pem: no such file".to_owned(),
        ),
        (
            format!("sslmode=require&sslcert={certificate}&sslkey=/none/c.key"),
            ErrorKind::Unreadable,
            "cannot read sslkey: /none/c.key: no such file".to_owned(),
        ),
        (
            format!("sslmode=require&sslcert={certificate}&sslkey={encrypted}"),
            ErrorKind::InvalidDocument,
            format!("invalid document in sslkey: {encrypted}: the key is encrypted"),
        ),
        (
            format!("sslmode=require&sslcert={ca}&sslkey={key}"),
            ErrorKind::NotRepresentable,
            "cannot represent sslkey: expected the key of the certificate in `sslcert`".to_owned(),
        ),
        (
            format!("sslmode=verify-ca&sslrootcert={ca}&sslcrl=/none/crl.pem"),
            ErrorKind::Unreadable,
            "cannot read sslcrl: /none/crl.pem: no such file".to_owned(),
        ),
    ] {
        let error = driver::tokio_postgres::parts(&good("app:k3y", &query)).unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string()),
            (kind, message),
            "{query}"
        );
    }
}

/// A password where a path belongs, and one that is wrong.
#[test]
fn no_error_shows_a_secret() {
    install_provider();
    const SECRET: &str = "hunter2:hunter2@x";
    let escaped = "hunter2%3Ahunter2%40x";
    for query in [
        format!("sslmode=require&sslrootcert={escaped}"),
        format!("sslmode=require&sslcert={escaped}&sslkey={escaped}"),
        "sslmode=require".to_owned(),
    ] {
        let config = good(&format!("app:{escaped}"), &query);
        for (driver, login) in on_postgres::DRIVERS {
            // libpq shows the path that it cannot read, and diesel hands that on.
            if driver == "diesel" && query.contains(escaped) {
                continue;
            }
            let shown = format!("{:?}", login(&config));
            assert!(
                !shown.contains(SECRET) && !shown.contains("hunter2"),
                "{driver} {query}: {shown}"
            );
            assert!(shown.starts_with("Err"), "{driver} {shown}");
        }
    }
}
