//! Every cell of the fit table against the driver's own options: what is expressed changes them, what is lost does not, and what
//! is rejected is an error that names the keyword. What only a connection can show is on a list, with the test that shows it: a
//! test that is there, and speaks of the keyword. libpq and diesel take strings, so `every_keyword_reaches_libpq` of
//! `oracles/libpq` proves their cells, and the live tests log in with diesel.

#![expect(
    clippy::match_same_arms,
    clippy::too_many_arguments,
    reason = "one row per keyword, and all that a row needs"
)]

use database_url::Error;
use database_url::driver::{Cell, Driver, Misfit, Reason};
use database_url::{mysql, postgres};
use sqlx::mysql::MySqlConnectOptions;
use sqlx::postgres::PgConnectOptions;

/// Whether two conversions give the same options.
type Same<C> = fn(&C, &C) -> Result<bool, Error>;

fn same<'c, C, T: TryFrom<&'c C, Error = Error>>(
    one: &'c C,
    other: &'c C,
    eq: fn(&T, &T) -> bool,
) -> Result<bool, Error> {
    Ok(eq(&T::try_from(one)?, &T::try_from(other)?))
}

fn by_debug<T: std::fmt::Debug>(one: &T, other: &T) -> bool {
    format!("{one:?}") == format!("{other:?}")
}

/// What proves one driver's cells.
struct Proof<C> {
    driver: Driver,
    same: Same<C>,
    /// Keywords that the options do not hold, and the live tests that prove them.
    live: &'static [(&'static str, &'static str)],
}

#[derive(Default)]
struct Counts {
    expressed: usize,
    rejected: usize,
    lost: usize,
    wrong: Vec<String>,
}

impl Counts {
    /// One keyword of one driver: `base` is the config without it.
    fn check<C>(
        &mut self,
        proof: &Proof<C>,
        name: &str,
        cell: Cell,
        values: &[&str],
        base: &C,
        with: impl Fn(&str) -> C,
        fit: impl Fn(&C) -> (Vec<Misfit>, Vec<Misfit>),
    ) {
        let is_named = |misfits: &[Misfit]| misfits.iter().any(|misfit| misfit.name() == name);
        let mut proven = false;
        for value in values {
            let config = with(value);
            let (rejected, lost) = fit(&config);
            let converted = (proof.same)(base, &config);
            let excepted = |reason: Reason| {
                reason
                    .except
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(value))
            };
            let right = match cell {
                Cell::Expressed => {
                    let is_live = proof.live.iter().any(|(keyword, _)| *keyword == name);
                    proven |= is_live || matches!(converted, Ok(false));
                    converted.is_ok() && !is_named(&rejected)
                }
                Cell::Rejected(reason) if excepted(reason) => {
                    converted.is_ok() && !is_named(&rejected)
                }
                Cell::Lost(reason) if excepted(reason) => converted.is_ok() && !is_named(&lost),
                Cell::Rejected(_) => {
                    proven = true;
                    is_named(&rejected)
                        && converted.is_err_and(|error| {
                            error.iter().any(|error| {
                                error.component().is_some_and(|part| part.as_str() == name)
                            })
                        })
                }
                Cell::Lost(_) => {
                    proven = true;
                    is_named(&lost) && converted.is_ok_and(|same| same)
                }
                _ => false,
            };
            if !right {
                self.wrong.push(format!("{} {name}={value}", proof.driver));
            }
        }
        // Of some every value is one that the driver acts on anyway.
        let is_moot = matches!(cell, Cell::Lost(reason) if values.iter().all(|value| reason.except.contains(value)));
        if !proven && !is_moot {
            self.wrong
                .push(format!("{} {name} is not proven", proof.driver));
        }
        match cell {
            Cell::Expressed => self.expressed += 1,
            Cell::Rejected(_) => self.rejected += 1,
            _ => self.lost += 1,
        }
    }

    fn finish(self, expected: (usize, usize, usize)) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert_eq!(
            (self.expressed, self.rejected, self.lost),
            expected,
            "expressed, refused, lost"
        );
    }
}

/// The source of a live test by its path, such as `tls::the_name_is_sent_or_not`, up to the test after it.
fn source(path: &str) -> Option<String> {
    let (module, name) = path.split_once("::")?;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/live");
    let text = std::fs::read_to_string(format!("{folder}/{module}.rs")).ok()?;
    let (_, rest) = text.split_once(&format!("#[test]\nfn {name}() {{\n"))?;
    Some(rest.split("#[test]").next().unwrap_or_default().to_owned())
}

#[test]
fn live_tests_are_there_and_speak_of_their_keyword() {
    let mut count = 0;
    for (keyword, test) in POSTGRES.iter().flat_map(|proof| proof.live) {
        let source = source(test).unwrap_or_else(|| panic!("{keyword}: there is no test {test}"));
        assert!(source.contains(&format!("{keyword}=")), "{keyword}: {test}");
        count += 1;
    }
    assert_eq!(count, 7);
    assert!(MYSQL.iter().all(|proof| proof.live.is_empty()));
}

/// The columns that no options prove: a config as a string has everything that libpq knows.
#[test]
fn libpq_and_diesel_express_every_keyword() {
    for driver in [Driver::Libpq, Driver::Diesel] {
        for &keyword in postgres::Keyword::ALL {
            assert_eq!(driver.postgres(keyword), Some(Cell::Expressed), "{keyword}");
        }
    }
}

const POSTGRES: [Proof<postgres::Config>; 3] = [
    Proof {
        driver: Driver::TokioPostgres,
        same: |one, other| same(one, other, tokio_postgres::Config::eq),
        live: &[],
    },
    Proof {
        driver: Driver::TokioPostgresRustls,
        same: |one, other| {
            database_url_drivers_oracle::install_provider();
            let parts = |config| {
                Ok::<_, Error>(database_url::driver::tokio_postgres::parts(config)?.config)
            };
            Ok(parts(one)? == parts(other)?)
        },
        live: &[
            (
                "sslrootcert",
                "tls::an_authoritys_own_certificate_is_taken_if_it_is_in_the_file",
            ),
            ("sslcert", "tls::a_client_certificate_logs_in"),
            ("sslkey", "tls::a_client_certificate_logs_in"),
            ("sslcrl", "tls::a_revoked_certificate_is_rejected"),
            ("sslsni", "tls::the_name_is_sent_or_not"),
            ("ssl_min_protocol_version", "tls::versions_of_tls_are_held"),
            ("ssl_max_protocol_version", "tls::versions_of_tls_are_held"),
        ],
    },
    Proof {
        driver: Driver::Sqlx,
        same: |one, other| same(one, other, by_debug::<PgConnectOptions>),
        live: &[],
    },
];

/// Values of a keyword, the driver's defaults among them, and what else the config needs.
fn postgres_samples(keyword: postgres::Keyword) -> (&'static [&'static str], &'static str) {
    match keyword.as_str() {
        "channel_binding" | "gssencmode" => (&["disable", "prefer", "require"], ""),
        "connect_timeout"
        | "tcp_user_timeout"
        | "keepalives_idle"
        | "keepalives_interval"
        | "keepalives_count" => (&["0", "7"], ""),
        "dbname" | "user" | "password" | "passfile" => (&["other"], ""),
        "host" => (&["other"], ""),
        "hostaddr" => (&["10.0.0.1"], ""),
        "port" => (&["77"], ""),
        "client_encoding" => (&["UTF8", "LATIN1"], ""),
        "options" => (&["-c geqo=off"], ""),
        "keepalives" => (&["0"], ""),
        "sslmode" => (&["disable", "allow", "prefer", "require"], ""),
        "sslnegotiation" => (&["postgres", "direct"], "sslmode=require"),
        "sslcompression" | "sslsni" | "gssdelegation" => (&["0", "1"], ""),
        "sslcertmode" => (&["disable", "allow", "require"], ""),
        "ssl_min_protocol_version" => (&["TLSv1", "tlsv1.2", "TLSv1.3"], ""),
        "ssl_max_protocol_version" => (&["TLSv1.2", "tlsv1.3"], ""),
        "require_auth" => (&["scram-sha-256", "!none"], ""),
        "min_protocol_version" => (&["3.0", "3.2", "latest"], ""),
        "max_protocol_version" => (&["3.0", "3.2", "latest"], "min_protocol_version=3.0"),
        "krbsrvname" => (&["postgres", "other"], ""),
        "gsslib" => (&["gssapi"], ""),
        "replication" => (&["off", "database"], ""),
        "target_session_attrs" => (
            &[
                "any",
                "read-write",
                "read-only",
                "primary",
                "standby",
                "prefer-standby",
            ],
            "",
        ),
        "load_balance_hosts" => (&["disable", "random"], ""),
        "scram_client_key" | "scram_server_key" => {
            (&["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="], "")
        }
        "requirepeer" => (&["postgres"], "host=/run"),
        _ => (&["x"], ""),
    }
}

#[test]
fn postgres_cells_are_true() {
    let certificates = database_url_drivers_oracle::server::certificates();
    let mut counts = Counts::default();
    for proof in &POSTGRES {
        for &keyword in postgres::Keyword::ALL {
            let name = keyword.as_str();
            let (values, mut needs) = postgres_samples(keyword);
            // Files have to be there for the connector, and come together.
            let files = [
                ("sslrootcert", "ca.pem"),
                ("sslcert", "client.pem"),
                ("sslkey", "client.key"),
                ("sslcrl", "ca.crl"),
            ];
            let file = files
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, file)| certificates.file(file));
            let partner = match name {
                "sslcert" => format!("sslkey={}", certificates.file("client.key")),
                "sslkey" => format!("sslcert={}", certificates.file("client.pem")),
                "sslcrl" => format!("sslrootcert={}", certificates.file("ca.pem")),
                _ => String::new(),
            };
            let is_expressed = proof.driver.postgres(keyword) == Some(Cell::Expressed);
            if is_expressed && !partner.is_empty() {
                needs = &partner;
            }
            // A certificate without its key is rejected by itself, so nothing is the base then.
            let plain = if name == "host" || name == "hostaddr" || needs.contains("host=") {
                "user=u"
            } else {
                "host=h user=u"
            };
            let base_needs = if ["sslcert", "sslkey"].contains(&name) {
                ""
            } else {
                needs
            };
            let base = if plain == "user=u" && proof.driver != Driver::Sqlx && base_needs.is_empty()
            {
                "host=h user=u"
            } else {
                plain
            };
            let base: postgres::Config = format!("{base} {base_needs}").trim().parse().unwrap();
            let with = |value: &str| -> postgres::Config {
                let value = file.as_deref().filter(|_| is_expressed).unwrap_or(value);
                let plain = if name == "user" { "host=h" } else { plain };
                format!("{plain} {needs} {name}='{value}'")
                    .parse()
                    .unwrap_or_else(|error| panic!("{name}={value}: {error}"))
            };
            let cell = proof
                .driver
                .postgres(keyword)
                .expect("a driver for Postgres");
            counts.check(proof, name, cell, values, &base, with, |config| {
                let fit = config.fit(proof.driver);
                (fit.rejected, fit.lost)
            });
        }
    }
    counts.finish((56, 57, 37));
}

const MYSQL: [Proof<mysql::Config>; 3] = [
    Proof {
        driver: Driver::Sqlx,
        same: |one, other| same(one, other, by_debug::<MySqlConnectOptions>),
        live: &[],
    },
    Proof {
        driver: Driver::MysqlAsync,
        same: |one, other| same(one, other, mysql_async::Opts::eq),
        live: &[],
    },
    Proof {
        driver: Driver::Mysql,
        same: |one, other| same(one, other, ::mysql::Opts::eq),
        live: &[],
    },
];

/// Values of a setting, and what else the URL needs: `user@host/database` by default.
fn mysql_samples(name: &str) -> (&'static [&'static str], &'static str) {
    match name {
        "ssl_mode" => (
            &["disabled", "preferred", "required", "verify_identity"],
            "",
        ),
        "ssl_ca" => (&["/ca.pem"], "ssl-mode=REQUIRED&"),
        "ssl_cert" => (&["/c.pem"], "ssl-mode=REQUIRED&ssl-key=/k.pem&"),
        "ssl_key" => (&["/k.pem"], "ssl-mode=REQUIRED&ssl-cert=/c.pem&"),
        "ssl_capath" | "ssl_crl" | "ssl_crlpath" => (&["/x"], "ssl-mode=REQUIRED&"),
        "ssl_cipher" => (&["AES128-SHA"], "ssl-mode=REQUIRED&"),
        "tls_version" => (&["TLSv1.2,TLSv1.3", "TLSv1.3"], "ssl-mode=REQUIRED&"),
        "charset" => (&["utf8mb4", "latin1"], ""),
        "collation" => (&["utf8mb4_bin"], ""),
        "timezone" => (&["+02:00"], ""),
        "init_command" => (&["SET @x = 1"], ""),
        "compress" => (&["false", "true", "fast"], ""),
        "prefer_socket"
        | "cleartext"
        | "allow_public_key_retrieval"
        | "local_infile"
        | "found_rows"
        | "reconnect" => (&["true", "false"], ""),
        "server_public_key" => (&["/key.pem"], ""),
        "socket" => (&["/s"], ""),
        name if name.ends_with("_ms") || name == "max_allowed_packet" => (&["7000"], ""),
        _ => (&["3"], ""),
    }
}

#[test]
fn mysql_cells_are_true() {
    let mut counts = Counts::default();
    for proof in &MYSQL {
        for &keyword in mysql::Keyword::ALL {
            let name = keyword.as_str();
            let cell = proof.driver.mysql(keyword).expect("a driver for MySQL");
            let fit = |config: &mysql::Config| {
                let fit = config.fit(proof.driver);
                (fit.rejected, fit.lost)
            };
            let read = |text: String| -> mysql::Config {
                text.parse()
                    .unwrap_or_else(|error| panic!("{name}: {error}"))
            };
            let base = || read("mysql://u@h/d".to_owned());
            match name {
                "user" => counts.check(
                    proof,
                    name,
                    cell,
                    &["other"],
                    &base(),
                    |value| read(format!("mysql://{value}@h/d")),
                    fit,
                ),
                "password" => counts.check(
                    proof,
                    name,
                    cell,
                    &["other"],
                    &base(),
                    |value| read(format!("mysql://u:{value}@h/d")),
                    fit,
                ),
                "host" => counts.check(
                    proof,
                    name,
                    cell,
                    &["other"],
                    &base(),
                    |value| read(format!("mysql://u@{value}/d")),
                    fit,
                ),
                "port" => counts.check(
                    proof,
                    name,
                    cell,
                    &["77"],
                    &base(),
                    |value| read(format!("mysql://u@h:{value}/d")),
                    fit,
                ),
                "database" => counts.check(
                    proof,
                    name,
                    cell,
                    &["other"],
                    &base(),
                    |value| read(format!("mysql://u@h/{value}")),
                    fit,
                ),
                "priority" => {
                    let with = |value: &str| {
                        read(format!("mysqlx://u@[(address=h:3306,priority={value})]/d"))
                    };
                    counts.check(proof, name, cell, &["5"], &base(), with, fit);
                }
                "net" | "address" => {
                    let with =
                        |_: &str| mysql::Config::from_go_dsn("u@cloudsql(some:where)/d").unwrap();
                    counts.check(proof, name, cell, &["x"], &base(), with, fit);
                }
                _ => {
                    let (values, needs) = mysql_samples(name);
                    // sqlx takes a certificate and its key together, so the base has neither.
                    let base_needs = if needs.contains("ssl-key") || needs.contains("ssl-cert") {
                        "ssl-mode=REQUIRED&"
                    } else {
                        needs
                    };
                    let escaped = |value: &str| database_url::encode(value);
                    let with = |value: &str| {
                        read(format!(
                            "mysql://u@h/d?{needs}{name}={}",
                            escaped(value).expose()
                        ))
                    };
                    counts.check(
                        proof,
                        name,
                        cell,
                        values,
                        &read(format!("mysql://u@h/d?{base_needs}")),
                        with,
                        fit,
                    );
                }
            }
        }
    }
    counts.finish((55, 32, 24));
}
