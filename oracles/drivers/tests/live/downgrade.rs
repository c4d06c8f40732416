//! Every driver, every mode, and servers without TLS, of another authority, of another name and expired: a connection exists
//! only where the mode allows it, and only encrypted where it requires that.

use database_url::{mysql, postgres, service};
use database_url_drivers_oracle::server::{self, CERTIFICATES, certificates};
use database_url_drivers_oracle::{
    Failure, Session, mysql as on_mysql, postgres as on_postgres, redis as on_redis,
};

use crate::none;

/// What a mode allows with a server.
#[derive(Clone, Copy, PartialEq)]
enum Allowed {
    Plain,
    Encrypted,
    Nothing,
}

/// What of the certificate is checked.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Checked {
    NoTls,
    IfAny,
    Nothing,
    Chain,
    Name,
    /// No certificate is good enough.
    All,
}

fn allowed(checked: Checked, certificate: &str) -> Allowed {
    match (certificate, checked) {
        (_, Checked::NoTls) | ("plain", Checked::IfAny) => Allowed::Plain,
        ("plain", _) | (_, Checked::All) => Allowed::Nothing,
        ("other-ca" | "expired", Checked::Chain | Checked::Name)
        | ("other-name", Checked::Name) => Allowed::Nothing,
        _ => Allowed::Encrypted,
    }
}

/// What is counted.
#[derive(Default)]
struct Matrix {
    cells: usize,
    rejected: usize,
    wrong: Vec<String>,
}

impl Matrix {
    /// `may_reject`: that the driver cannot express the mode is no downgrade.
    fn add(
        &mut self,
        cell: String,
        checked: Checked,
        certificate: &str,
        found: Result<Session, Failure>,
        may_reject: bool,
    ) {
        self.cells += 1;
        let got = match &found {
            Ok(Session { tls: Some(_), .. }) => Allowed::Encrypted,
            Ok(_) => Allowed::Plain,
            Err(Failure::Rejected(_)) if may_reject => {
                self.rejected += 1;
                return;
            }
            Err(_) => Allowed::Nothing,
        };
        if got != allowed(checked, certificate) {
            self.wrong
                .push(format!("{cell} with {certificate}: {found:?}"));
        }
    }

    fn finish(self, name: &str, expected: (usize, usize)) {
        none(&self.wrong);
        assert_eq!(
            (self.cells, self.rejected),
            expected,
            "{name}: cells, and refused ones"
        );
    }
}

#[test]
fn postgres_is_never_downgraded() {
    let ca = certificates().file("ca.pem");
    let mut matrix = Matrix::default();
    for (mode, root, checked) in [
        ("disable", false, Checked::NoTls),
        ("allow", false, Checked::IfAny),
        ("prefer", false, Checked::IfAny),
        ("require", false, Checked::Nothing),
        ("require", true, Checked::Chain),
        ("verify-ca", true, Checked::Chain),
        ("verify-full", true, Checked::Name),
        // libpq looks for a file, and there is none.
        ("verify-ca", false, Checked::Name),
    ] {
        for certificate in CERTIFICATES {
            let root = if root {
                format!("&sslrootcert={ca}")
            } else {
                String::new()
            };
            let text = format!(
                "postgres://app:k3y@localhost:{}/shop?sslmode={mode}{root}",
                server::postgres(certificate).port()
            );
            let config: postgres::Config = text.parse().unwrap();
            for (driver, login) in on_postgres::DRIVERS {
                let checked = match (driver, mode) {
                    // libpq tries without TLS first, as `allow` says.
                    ("diesel", "allow") => Checked::NoTls,
                    // libpq looks for its own file, and fails where we reject the config for the other drivers.
                    ("diesel", "verify-ca") if root.is_empty() => Checked::All,
                    _ => checked,
                };
                matrix.add(
                    format!("{driver} {mode}{root}"),
                    checked,
                    certificate,
                    login(&config),
                    true,
                );
            }
        }
    }
    // tokio-postgres alone rejects what checks a certificate and `allow`; sqlx `allow` and `verify-ca` without a file, the
    // connector the latter.
    matrix.finish("Postgres", (160, 40));
}

#[test]
fn direct_negotiation_is_never_downgraded() {
    let ca = certificates().file("ca.pem");
    let mut matrix = Matrix::default();
    for (mode, root, checked) in [
        ("require", String::new(), Checked::Nothing),
        ("verify-full", format!("&sslrootcert={ca}"), Checked::Name),
    ] {
        for certificate in CERTIFICATES {
            let port = server::postgres(certificate).port();
            let text = format!(
                "postgres://app:k3y@localhost:{port}/shop?sslmode={mode}{root}&sslnegotiation=direct"
            );
            let found = on_postgres::tokio_postgres_rustls(&text.parse().unwrap());
            matrix.add(format!("direct {mode}"), checked, certificate, found, false);
        }
    }
    matrix.finish("direct", (10, 0));
}

#[test]
fn mysql_is_never_downgraded() {
    let ca = certificates().file("ca.pem");
    let mut matrix = Matrix::default();
    for (mode, root, checked) in [
        ("DISABLED", false, Checked::NoTls),
        ("PREFERRED", false, Checked::IfAny),
        ("REQUIRED", false, Checked::Nothing),
        ("VERIFY_CA", true, Checked::Chain),
        ("VERIFY_IDENTITY", true, Checked::Name),
        ("VERIFY_CA", false, Checked::Name),
    ] {
        for certificate in CERTIFICATES {
            let root = if root {
                format!("&ssl-ca={ca}")
            } else {
                String::new()
            };
            let text = format!(
                "mysql://app:k3y@localhost:{}/shop?ssl-mode={mode}{root}",
                server::mariadb(certificate).port()
            );
            let config: mysql::Config = text.parse().unwrap();
            for (driver, login) in on_mysql::DRIVERS {
                // Its rustls checks the name, too, as the fit says.
                let is_stricter = driver == "mysql_async" && checked == Checked::Chain;
                let checked = if is_stricter { Checked::Name } else { checked };
                matrix.add(
                    format!("{driver} {mode}{root}"),
                    checked,
                    certificate,
                    login(&config),
                    true,
                );
            }
        }
    }
    // `PREFERRED` by mysql and mysql_async, and by all `VERIFY_CA` without a file.
    matrix.finish("MySQL", (90, 25));
}

/// The system's trust store has none of the tests' authorities; a test of `tls` has it otherwise.
#[test]
fn redis_is_never_downgraded() {
    let mut matrix = Matrix::default();
    for (scheme, query, checked) in [
        ("redis", "", Checked::NoTls),
        ("rediss", "?ssl_cert_reqs=none", Checked::Nothing),
    ] {
        for certificate in CERTIFICATES {
            let text = format!(
                "{scheme}://app:k3y@localhost:{}/0{query}",
                server::redis(certificate).port()
            );
            let config: service::Config = text.parse().unwrap();
            let found = on_redis::redis(&config);
            // A server speaks TLS or not, on its one port.
            if checked == Checked::NoTls && certificate != "plain" {
                assert!(found.is_err(), "{certificate}");
            } else {
                matrix.add(scheme.to_owned(), checked, certificate, found, false);
            }
        }
    }
    for certificate in CERTIFICATES {
        let text = format!(
            "rediss://app:k3y@localhost:{}/0",
            server::redis(certificate).port()
        );
        assert!(
            on_redis::redis(&text.parse().unwrap()).is_err(),
            "{certificate}"
        );
    }
    matrix.finish("Redis", (6, 0));
}
