//! Over arbitrary configs: conversions that this crate reads give the same config back, and none shows a secret.

use database_url::convert::Notation;
use database_url::{Database, SecretStr, mysql, postgres};
use proptest::prelude::*;

use crate::common::arbitrary::{cases, text};
use crate::common::secret::{dressed, shows};

fn databases(user: &str, password: &str, dbname: &str) -> Vec<Database> {
    let mut databases = Vec::new();
    let postgres = postgres::Config::new()
        .with_user(user)
        .and_then(|config| config.with_password(password))
        .and_then(|config| config.with_dbname(dbname))
        .and_then(|config| config.with_hosts([("db.example", Some(5433))]))
        .and_then(|config| config.with_extra("token", password));
    databases.extend(postgres.ok().map(Database::from));
    let mysql = mysql::Config::new()
        .with_user(user)
        .and_then(|config| config.with_password(password))
        .and_then(|config| config.with_dbname(dbname))
        .and_then(|config| config.with_hosts([("db.example", Some(3307))]))
        .and_then(|config| config.with_extra("token", password));
    databases.extend(mysql.ok().map(Database::from));
    databases
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_is_read_back_is_the_same(user in text(), password in text(), dbname in text()) {
        for database in databases(&user, &password, &dbname) {
            for notation in [Notation::Url, Notation::Libpq, Notation::Conninfo, Notation::Jdbc, Notation::Asyncpg] {
                let Ok(converted) = database.convert(notation) else { continue };
                let read: Result<Database, _> = converted.text().expose().parse();
                let read = read.unwrap_or_else(|error| panic!("{notation}: {error}"));
                prop_assert_eq!(read.user().unwrap_or_default(), database.user().unwrap_or_default());
                prop_assert_eq!(read.password().map(SecretStr::expose).unwrap_or_default(),
                    database.password().map(SecretStr::expose).unwrap_or_default());
                prop_assert_eq!(read.dbname().unwrap_or_default(), database.dbname().unwrap_or_default());
            }
        }
    }

    #[test]
    fn no_view_shows_a_piece_of_a_password((marker, password) in dressed(), dbname in "[a-z]{1,8}") {
        for database in databases("app", &password, &dbname) {
            for notation in Notation::ALL {
                let shown = match database.convert(*notation) {
                    Ok(converted) => format!("{} {converted:?}", converted.masked()),
                    Err(error) => format!("{error} {error:?} {:?}", error.help()),
                };
                prop_assert!(!shows(&shown, &marker), "{} shows {}", notation, shown);
            }
        }
    }
}
