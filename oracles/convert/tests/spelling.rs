//! A URL that works in a program still works in it after it went through this crate: `to_url` keeps the spelling of MySQL's
//! settings, and writes the directory of a Postgres socket as each reader finds it.

use database_url::Database;
use database_url::convert::Notation;
use database_url_convert_oracles::reader::{Reader, Reading};

const PSYCOPG: Reader = Reader::Python("psycopg");
const SQLALCHEMY: Reader = Reader::Python("create_engine");
const NODE: Reader = Reader::Node("pg-connection-string");

#[rustfmt::skip] // a table: one row per line
const WORK: &[(Reader, &str)] = &[
    (PSYCOPG, "postgres://app:p%40ss@db.example:5433/shop?sslmode=require&application_name=web"),
    (PSYCOPG, "postgres://app:pw@%2Frun%2Fpostgresql/shop"),
    (PSYCOPG, "postgres://app:pw@/shop?host=/run/postgresql&port=5433"),
    (PSYCOPG, "postgres://app:pw@%2Fcloudsql%2Fproject%3Aregion%3Ainstance/shop"),
    (PSYCOPG, "postgres://app:pw@/shop?host=/cloudsql/project:region:instance"),
    (PSYCOPG, "postgres://app:pw@h1:1,h2:2/shop?target_session_attrs=read-write"),
    (PSYCOPG, "postgres://app:pw@[::1]:5433/shop"),
    (NODE, "postgres://app:p%40ss@db.example:5433/shop?application_name=web&connect_timeout=5"),
    (NODE, "postgres://app:pw@%2Frun%2Fpostgresql/shop"),
    (NODE, "postgres://app:pw@/shop?host=/run/postgresql"),
    (NODE, "postgres://app:pw@%2Fcloudsql%2Fproject%3Aregion%3Ainstance/shop"),
    (NODE, "postgres://app:pw@/shop?host=/cloudsql/project:region:instance"),
    (SQLALCHEMY, "postgresql+psycopg://app:p%40ss@db.example:5433/shop?sslmode=require&application_name=web"),
    (SQLALCHEMY, "postgresql+psycopg://app:pw@/shop?host=/run/postgresql"),
    (SQLALCHEMY, "postgresql+psycopg://app:pw@/shop?host=/cloudsql/project:region:instance"),
    (SQLALCHEMY, "postgresql+psycopg://app:pw@/shop?host=h1:1&host=h2:2&target_session_attrs=read-write"),
    (SQLALCHEMY, "postgresql+asyncpg://app:pw@/shop?host=/run/postgresql"),
    (SQLALCHEMY, "mysql+pymysql://app:p%40ss@db.example:3307/shop?charset=utf8mb4"),
    (SQLALCHEMY, "mysql+pymysql://app:pw@db.example/shop?ssl_ca=/ca.pem&ssl_check_hostname=false"),
    (SQLALCHEMY, "mysql+pymysql://app:pw@db.example/shop?ssl_ca=/ca.pem&ssl_cert=/c.pem&ssl_key=/k.pem&ssl_verify_cert=true"),
    (SQLALCHEMY, "mysql+pymysql://app:pw@localhost/shop?unix_socket=/run/mysqld.sock&connect_timeout=5&read_timeout=7"),
    (SQLALCHEMY, "mysql+pymysql://app:pw@db.example/shop?init_command=SET+NAMES+utf8&local_infile=1"),
];

/// What a reader makes of each URL; a program is started once for all.
fn read(reader: Reader, urls: &[String]) -> Vec<Result<Reading, String>> {
    let urls: Vec<_> = urls.iter().map(String::as_str).collect();
    reader.read(Notation::Url, &urls, &Reading::new())
}

fn url(database: &Database) -> String {
    database.to_url().expect("a URL").expose().to_owned()
}

/// The same with another database, which no other part depends on.
fn moved(reading: &Reading) -> Reading {
    let moved = |value: &String| if value == "shop" { "test_7" } else { value }.to_owned();
    let fields = reading.iter();
    fields
        .map(|(name, value)| (name.clone(), moved(value)))
        .collect()
}

#[test]
fn what_works_in_a_program_works_after_it_went_through_this_crate() {
    let mut failures = Vec::new();
    for reader in [PSYCOPG, NODE, SQLALCHEMY] {
        let rows = WORK.iter().filter(|(of, _)| *of == reader);
        let texts: Vec<_> = rows.map(|(_, text)| (*text).to_owned()).collect();
        let databases: Vec<Database> = texts.iter().map(|text| text.parse().expect(text)).collect();
        let same: Vec<_> = databases.iter().map(url).collect();
        let others = databases
            .into_iter()
            .map(|database| database.with_dbname("test_7"));
        let others: Vec<_> = others
            .map(|database| url(&database.expect("a database")))
            .collect();
        let answers = read(reader, &same).into_iter().zip(read(reader, &others));
        for ((text, before), found) in texts.iter().zip(read(reader, &texts)).zip(answers) {
            let before = before.expect(text);
            let expected = (Ok(before.clone()), Ok(moved(&before)));
            if found != expected {
                failures.push(format!("{text}\n  wanted {expected:?}\n  got    {found:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
