//! Connection strings, and configs that are built.

use database_url::postgres::{self, Dialect};
use database_url::sqlite::Family;
use database_url::{Database, Error, Format, ParseOptions, encode, mysql};
use proptest::prelude::*;
use proptest::sample::select;

use super::inputs::{connection_string, secret};
use super::shown::{of_database, of_errors};
use crate::common::arbitrary::cases;
use crate::common::secret::{hidden, marker, of_error, of_warnings};

/// URLs with an escaped secret where `§` is.
const SETTINGS: &[&str] = &[
    "postgres://u@h/d?NAME=§",
    "postgres://u@h/d?§=x",
    "postgres://u@h/d?x=1&§",
    "postgres://§/d",
    "postgres://h,§:1/d",
    "postgres://u:§@h/d",
    "jdbc:postgresql://h/d?NAME=§",
    "cockroachdb://u@h/d?NAME=§",
    "mysql://u@h/d?NAME=§",
    "mysql://u@h/d?§=x",
    "mysql://§/d",
    "mysql://u@h/d?socket=§",
    "mysqlx://u@h/d?NAME=§",
    "jdbc:mariadb://h/d?NAME=§",
    "redis://h/0?NAME=§",
    "rediss+sentinel://h/§/0",
    "mongodb://h/?NAME=§",
    "mongodb://§/d",
    "amqp://u:§@h/v?NAME=§",
    "neo4j://h/?§=1",
    "sqlserver://h/?NAME=§",
    "kafka://a,§:9092",
    "ldap://h/o=x?NAME=§",
    "snowflake://h/d/s?NAME=§",
    "clickhouse://h/d?NAME=§",
    "elasticsearch://u:§@h",
    "nats://§@h",
    "sqlite:///app.db?NAME=§",
    "sqlite://app.db?§=1",
    "file:app.db?NAME=§",
    "sqlite3:app.db?NAME=§",
];

/// The rest of a password with a raw `&`: a plain word where a name could be, without a value.
const PIECES: &[&str] = &[
    "postgres://u@h/d?password=x&§",
    "jdbc:postgresql://h/d?password=x&§",
    "postgresql+asyncpg://u@h/d?password=x&§",
    "mysql://u@h/d?password=x&§",
    "jdbc:mysql://h/d?password=x&§",
    "u:x@tcp(h)/d?charset=x&§",
    "redis://h/0?password=x&§",
    "mongodb://h/?tlsCertificateKeyFilePassword=x&§",
    "amqp://h/v?password=x&§",
    "sqlserver://h/?password=x&§",
    "sqlite:///app.db?key=x&§",
    "file:app.db?key=x&§",
];

/// The same with a connection string, which is not one where a plain word is.
const PARTS: &[&str] = &[
    "postgres://§@h/d",
    "postgres://h/§",
    "postgres://?user=§&dbname=§",
    "mysql://§@h/d",
    "mysql://h/§",
    "mysql://h?user=§",
    "redis://§:p@h",
    "redis://h?db=§",
    "mongodb://§:p@h/d",
    "mongodb://h/§",
    "amqp://h/§",
    "sqlserver://h/§?database=§",
    "oracle://h/§",
    "neo4j://h/§",
    "sqlite:///§",
    "sqlite3:§",
    "sqlite:§",
    "file:§",
];

/// Names of every table, and some of none.
fn name() -> impl Strategy<Value = String> {
    let mut names: Vec<_> = postgres::Keyword::ALL
        .iter()
        .map(|keyword| keyword.as_str())
        .collect();
    names.extend(mysql::Keyword::ALL.iter().map(|keyword| keyword.as_str()));
    names.extend([
        "pool",
        "max_connections",
        "connection_limit",
        "schema",
        "currentSchema",
        "search_path",
        "pgbouncer",
        "reconnect",
        "statement_timeout",
        "prepareThreshold",
        "sslaccept",
        "ssl",
        "tls",
        "ssl-ca",
        "sslCert",
        "serverTimezone",
        "loc",
        "parseTime",
        "authSource",
        "replicaSet",
        "readPreferenceTags",
        "appName",
        "authMechanism",
        "w",
        "client_name",
        "virtual_host",
        "db",
        "heartbeat",
        "locale",
        "app name",
        "encrypt",
        "trustservercertificate",
        "warehouse",
        "role",
        "mode",
        "cache",
        "vfs",
        "journal_mode",
        "cipher",
        "token",
        "key",
        "api_key",
        "x",
    ]);
    let locations = ["user", "username", "dbname", "database", "port"];
    names.retain(|name| !locations.contains(name));
    select(names).prop_map(str::to_owned)
}

fn families() -> [Option<Family>; 5] {
    [
        None,
        Some(Family::Python),
        Some(Family::Rails),
        Some(Family::Sqlx),
        Some(Family::Uri),
    ]
}

/// All of an error, with the excerpt of its input.
fn of_rejected(error: &Error, input: &str) -> Vec<String> {
    [of_errors(error), Vec::from_iter(error.excerpt(input))].concat()
}

fn reads(text: &str, marker: &str) -> Result<(), TestCaseError> {
    for dialect in [Dialect::Default, Dialect::Libpq] {
        for format in [Format::Auto, Format::Url, Format::Jdbc] {
            for family in families() {
                let options = ParseOptions::new().dialect(dialect).format(format);
                let options = family.map_or(options, |family| options.sqlite_family(family));
                match options.parse(text) {
                    Ok(database) => hidden(&of_database(&database), marker, text)?,
                    Err(error) => hidden(&of_rejected(&error, text), marker, text)?,
                }
            }
        }
    }
    Ok(())
}

#[test]
fn one_host_that_is_a_password_hides_its_list() {
    for scheme in ["postgres", "mysql", "redis", "mongodb", "amqp", "kafka"] {
        let url = format!("{scheme}://db.example,hunter2,ss!word/");
        let database: Database = url.parse().expect(scheme);
        let all = of_database(&database).join("\n");
        assert!(!all.contains("hunter2"), "{all}");
        assert_eq!(
            database.to_string().matches("****").count(),
            3,
            "{database}"
        );
        let abstract_socket = format!("{scheme}://%40hunter2,/");
        if let Ok(database) = abstract_socket.parse::<Database>() {
            let all = of_database(&database).join("\n");
            assert!(!all.contains("hunter2"), "{all}");
        }
        let listed: Database = url.replace('!', "-").parse().expect(scheme);
        assert!(listed.to_string().contains("db.example"), "{listed}");
        assert!(format!("{listed:?}").contains("hunter2"), "{listed:?}");
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_secret_in_a_setting_is_not_shown((marker, text) in secret(), location in select(SETTINGS), name in name()) {
        reads(&location.replace("NAME", &name).replace('§', encode(&text).expose()), &marker)?;
    }

    #[test]
    fn the_rest_of_a_password_is_not_shown(marker in marker(), location in select(PIECES)) {
        reads(&location.replace('§', &marker), &marker)?;
    }

    #[test]
    fn a_connection_string_in_a_part_is_not_shown((marker, text) in connection_string(), location in select(PARTS)) {
        reads(&location.replace('§', encode(&text).expose()), &marker)?;
    }

    #[test]
    fn a_raw_secret_is_not_in_errors_and_warnings((marker, text) in secret(), location in select([SETTINGS, PARTS].concat()), name in name()) {
        let text = location.replace("NAME", &name).replace('§', &text);
        for format in [Format::Auto, Format::Url, Format::Conninfo, Format::GoDsn, Format::Jdbc] {
            match Database::parse(format, &text) {
                Ok(database) => hidden(&of_warnings(database.warnings()), &marker, &text)?,
                Err(error) => hidden(&of_rejected(&error, &text), &marker, &text)?,
            }
        }
    }

    #[test]
    fn keyword_value_text_shows_no_secret((marker, text) in secret(), name in name()) {
        let value = text.replace('\\', "\\\\").replace('\'', "\\'");
        for text in [format!("{name}='{value}'"), format!("host=h '{value}'=x"), format!("host=h {name}={text}")] {
            for dialect in [Dialect::Default, Dialect::Libpq] {
                match ParseOptions::new().dialect(dialect).format(Format::Conninfo).parse(&text) {
                    // Without quotes the rest of the value is keywords of its own.
                    Ok(database) if text.contains('\'') => hidden(&of_database(&database), &marker, &text)?,
                    Ok(database) => hidden(&of_warnings(database.warnings()), &marker, &text)?,
                    Err(error) => hidden(&of_rejected(&error, &text), &marker, &text)?,
                }
            }
        }
    }

    #[test]
    fn built_configs_show_no_secret((marker, text) in secret(), name in name()) {
        let mut shown = Vec::new();
        let postgres = name.parse::<postgres::Keyword>().and_then(|keyword| postgres::Config::new().with(keyword, &text));
        let mysql = name.parse::<mysql::Keyword>().and_then(|keyword| mysql::Config::new().with(keyword, &text));
        let extras = [
            postgres::Config::new().with_extra(&name, &text).map(Database::from),
            postgres::Config::new().with_extra(&text, &name).map(Database::from),
            mysql::Config::new().with_extra(&name, &text).map(Database::from),
            mysql::Config::new().with_extra(&text, &name).map(Database::from),
        ];
        for built in extras.into_iter().chain([postgres.map(Database::from), mysql.map(Database::from)]) {
            match built {
                Ok(database) => shown.extend(of_database(&database)),
                Err(error) => shown.extend(of_errors(&error)),
            }
        }
        for error in [text.parse::<postgres::Keyword>().err(), text.parse::<mysql::Keyword>().err()].iter().flatten() {
            shown.extend(of_error(error));
        }
        hidden(&shown, &marker, &text)?;
    }
}
