//! What a notation cannot express is listed, or an error where it protects the connection.

use database_url::convert::{Lost, Notation, Variables};
use database_url::{Database, ErrorKind};

fn parse(url: &str) -> Database {
    url.parse().expect(url)
}

#[test]
fn light_settings_are_left_out_and_listed() {
    use Notation as N;
    let rows: &[(&str, Notation, &str, &[&str])] = &[
        (
            "postgres://h/d?pool=5&encoding=utf8",
            N::Libpq,
            "postgresql://h/d",
            &["pool", "encoding"],
        ),
        (
            "postgres://h/d?schema=shop",
            N::Conninfo,
            "dbname=d host=h",
            &["schema"],
        ),
        (
            "postgres://h/d?keepalives=0",
            N::Env,
            "PGHOST=h\nPGDATABASE=d",
            &["keepalives"],
        ),
        (
            "postgres://h/d?keepalives=0",
            N::Asyncpg,
            "postgresql://h/d",
            &["keepalives"],
        ),
        (
            "postgres://h/d?target_session_attrs=read-only",
            N::Jdbc,
            "jdbc:postgresql://h/d",
            &["target_session_attrs"],
        ),
        (
            "postgres://h/d?sslmode=prefer&gssencmode=prefer",
            N::Sequelize,
            "",
            &["sslmode", "gssencmode"],
        ),
        (
            "postgres://app:s@h/d?sslmode=require",
            N::Pgpass,
            "h:5432:d:app:s",
            &["sslmode"],
        ),
        (
            "mysql://a@h/d?pool=5&reconnect=true",
            N::GoDsn,
            "a@tcp(h)/d",
            &["pool_max", "reconnect"],
        ),
        ("mysql://a@h/d?x=1", N::GoDsn, "a@tcp(h)/d", &["x"]),
        (
            "mysql://a@h/d?ssl-mode=PREFERRED",
            N::Env,
            "MYSQL_HOST=h\nMYSQL_USER=a\nMYSQL_DATABASE=d",
            &["ssl_mode"],
        ),
        (
            "postgres://a:p%20w@h/d",
            N::Env,
            "PGHOST=h\nPGUSER=a\nPGPASSWORD=\"p w\"\nPGDATABASE=d",
            &["quoting"],
        ),
        // What is no identifier may be a piece of a password.
        (
            "postgres://h/d?a%20b=1",
            N::Libpq,
            "postgresql://h/d",
            &["****"],
        ),
    ];
    for (url, notation, text, lost) in rows {
        let converted = parse(url).convert(*notation).expect(url);
        let names: Vec<_> = converted.lost().iter().map(Lost::name).collect();
        assert_eq!(names, *lost, "{notation} of {url}");
        let complete = converted
            .lost()
            .iter()
            .all(|lost| !lost.message().is_empty() && !lost.help().is_empty());
        assert!(complete, "{notation} of {url}");
        if !text.is_empty() {
            assert_eq!(converted.text().expose(), *text, "{notation} of {url}");
        }
    }
}

#[test]
fn tls_authentication_and_hosts_are_never_left_out() {
    use Notation as N;
    let rows: &[(&str, &[Notation])] = &[
        ("postgres://h/d?sslmode=verify-ca", &[N::Sequelize]),
        ("postgres://h/d?sslmode=allow", &[N::Sequelize]),
        (
            "postgres://h/d?sslmode=verify-full&sslrootcert=/ca",
            &[N::Sequelize],
        ),
        ("postgres://h/d?sslrootcert=system", &[N::Jdbc, N::Asyncpg]),
        ("postgres://h/d?sslpassword=s", &[N::Env, N::Sequelize]),
        ("postgres://h/d?sslcrl=/crl", &[N::Jdbc]),
        (
            "postgres://h/d?require_auth=scram-sha-256",
            &[N::Asyncpg, N::Sequelize],
        ),
        (
            "postgres://h/d?channel_binding=require",
            &[N::Asyncpg, N::Sequelize],
        ),
        (
            "postgres://h/d?sslaccept=strict",
            &[N::Libpq, N::Conninfo, N::Env, N::Django, N::Rails],
        ),
        ("postgres://h1,h2/d", &[N::Sequelize]),
        (
            "postgres://h/d?hostaddr=10.0.0.1",
            &[N::Jdbc, N::Asyncpg, N::Sequelize],
        ),
        ("postgres:///d?host=/run", &[N::Jdbc]),
        ("postgres:///d?service=s", &[N::PgService]),
        ("postgres://app@h/d", &[N::Pgpass]),
        ("postgres://app:a%0Ab@h/d", &[N::Pgpass, N::PgService]),
        ("postgres://app:a%20@h/d", &[N::PgService]),
        ("postgres://app:s@h/a%3Fb", &[N::Sqlalchemy]),
        ("mysql://a@h/d?ssl-mode=REQUIRED", &[N::Env]),
        ("mysql://a@h/d?ssl-mode=VERIFY_CA", &[N::GoDsn]),
        ("mysql://a@h/d?ssl-mode=VERIFY_IDENTITY", &[N::Sqlalchemy]),
        (
            "mysql://a@h/d?ssl-mode=REQUIRED&ssl-ca=/ca",
            &[N::Env, N::GoDsn, N::Sequelize],
        ),
        (
            "mysql://a@h/d?ssl-crl=/crl",
            &[N::Rails, N::Django, N::Sqlalchemy],
        ),
        (
            "mysql://a@h1,h2/d",
            &[N::GoDsn, N::Rails, N::Env, N::Sqlalchemy, N::Sequelize],
        ),
        (
            "mysql://a:p%3A%40%2F@h/d?x=1",
            &[N::Libpq, N::Conninfo, N::Asyncpg, N::Pgpass, N::PgService],
        ),
        (
            "redis://h/0",
            &[
                N::Libpq,
                N::Jdbc,
                N::GoDsn,
                N::Env,
                N::Django,
                N::Rails,
                N::Sequelize,
            ],
        ),
    ];
    let mut failures = Vec::new();
    for (url, notations) in rows {
        for notation in *notations {
            match parse(url).convert(*notation) {
                Ok(converted) => {
                    failures.push(format!("{notation} of {url}: {}", converted.masked()));
                }
                Err(error) => {
                    if error.kind() != ErrorKind::NotRepresentable || error.help().is_none() {
                        failures.push(format!("{notation} of {url}: {error}"));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn variables_are_those_of_the_notation_env() {
    let database = parse("postgres://app:p%20w@h:5433/d?sslmode=require&pool=5");
    let variables = Variables::of(&database).expect("a database of libpq");
    let pairs: Vec<_> = variables
        .iter()
        .map(|(name, value)| (name, value.expose()))
        .collect();
    assert_eq!(
        pairs,
        [
            ("PGHOST", "h"),
            ("PGPORT", "5433"),
            ("PGUSER", "app"),
            ("PGPASSWORD", "p w"),
            ("PGDATABASE", "d"),
            ("PGSSLMODE", "require"),
        ]
    );
    assert_eq!(variables.lost()[0].name(), "pool");
    assert!(!format!("{variables:?}").contains("p w"));
}
