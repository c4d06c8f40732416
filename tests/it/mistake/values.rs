//! Values that are valid, but that no one is likely to mean.

use database_url::ErrorKind::{Conflict, UnknownKeyword};
use database_url::{Resolver, Vars};

use crate::mistake::{rejected, warned};

#[test]
fn ports_and_hosts_of_other_engines() {
    warned(&[
        ("mysql://h:5432/d", &[("other-engine-port", "`postgres`")]),
        ("postgres://h:3306/d", &[("other-engine-port", "`mysql`")]),
        ("postgres://h:6379/d", &[("other-engine-port", "`redis`")]),
        ("redis://h:5432/0", &[("other-engine-port", "`postgres`")]),
        ("mongodb://h:3306/d", &[("other-engine-port", "`mysql`")]),
        ("postgres://h:5433,h:6543,h:26257/d", &[]),
        (
            "postgres://mysql:5432/d",
            &[("other-engine-host", "`mysql`")],
        ),
        (
            "mysql://x.postgres.database.azure.com/d",
            &[("other-engine-host", "`postgres`")],
        ),
        ("mysql://mariadb/d", &[]),
        ("postgres://redis.postgres.example/d", &[]),
    ]);
}

#[test]
fn a_host_that_is_missing() {
    warned(&[
        (
            "postgres://app:pw@:5432/d",
            &[("missing-host", "after the `@`")],
        ),
        (
            "mysql://app:pw@:3306/d",
            &[("missing-host", "an empty variable")],
        ),
        (
            "mysql://app:pw@/d",
            &[("missing-host", "an empty variable")],
        ),
        ("redis://:pw@:6379/0", &[("missing-host", "")]),
        ("postgres:///d", &[]),
        ("postgres://app@/d?host=/run/postgresql", &[]),
        ("mysql://app:pw@/d?socket=/run/mysqld.sock", &[]),
    ]);
}

#[test]
fn other_programs_names_in_a_postgres_query() {
    warned(&[
        (
            "postgres://app@/d?socket=/cloudsql/p:r:i",
            &[("foreign-keyword", "?host=/")],
        ),
        (
            "postgres://app@/d?unix_socket=/run",
            &[("foreign-keyword", "`host`")],
        ),
        (
            "postgres://h?database=d&username=app",
            &[("foreign-keyword", "`dbname`, `user`")],
        ),
        (
            "jdbc:postgresql://h/?database=d",
            &[("foreign-keyword", "`dbname`")],
        ),
        ("mysql://h/?database=d", &[]),
    ]);
    let config: database_url::postgres::Config = "postgres://h?database=d&username=app"
        .parse()
        .expect("a config");
    assert_eq!(
        (config.user(), config.dbname(), config.extras().count()),
        (Some("app"), Some("d"), 0)
    );
    rejected(&[
        (
            "postgres://h/d?socket=/cloudsql/p:r:i",
            Conflict,
            "`host`",
            "libpq's name",
        ),
        (
            "postgres://h/d?database=e",
            Conflict,
            "`dbname`",
            "libpq's name",
        ),
        (
            "postgres://h/?database=e&dbname=d",
            Conflict,
            "`dbname`",
            "libpq's name",
        ),
        ("host=h database=d", UnknownKeyword, "", "`dbname`"),
        ("host=h passwd=Zq7secret", UnknownKeyword, "", "`password`"),
    ]);
}

#[test]
fn a_setting_that_is_given_twice_is_named() {
    warned(&[
        (
            "postgres://h/d?application_name=a&application_name=b",
            &[("repeated-setting", "`application_name`")],
        ),
        (
            "postgres://h/d?pool=5&pool=6",
            &[("repeated-setting", "`pool`")],
        ),
        (
            "mongodb://h/d?appName=a&appName=b",
            &[("repeated-setting", "`appName`")],
        ),
        ("sqlite:a.db?x=1&x=2", &[("repeated-setting", "`x`")]),
    ]);
}

#[test]
fn an_invalid_variable_that_drivers_read_too() {
    let rows = [
        (("PGPORT", "abc"), Some("a number")),
        (("PGPORT", "tcp://10.0.0.1:5432"), Some("tcp://")),
        (("PGSSLMODE", "required"), Some("`require`")),
        (("PGCONNECT_TIMEOUT", "10s"), Some("an integer")),
        (("PGPORT", "5433"), None),
        (("PGSSLMODE", "require"), None),
    ];
    for (variable, expected) in rows {
        let vars = Vars::from([("DATABASE_URL", "postgres://app:pw@h/d"), variable]);
        let found = Resolver::new(&vars).resolve().expect("a database");
        let reported: Vec<_> = found
            .warnings()
            .iter()
            .map(|warning| format!("{warning}: {}", warning.help()))
            .collect();
        match expected {
            None => assert_eq!(reported, Vec::<String>::new()),
            Some(piece) => assert!(
                reported.len() == 1
                    && reported[0].starts_with(variable.0)
                    && reported[0].contains(piece),
                "{reported:?}"
            ),
        }
    }
    let vars = Vars::from([
        ("DATABASE_URL", "postgres://app:pw@h:5432/d"),
        ("PGPORT", "abc"),
    ]);
    let found = Resolver::new(&vars).resolve().expect("a database");
    assert_eq!(found.warnings().len(), 0, "the URL says");
}
