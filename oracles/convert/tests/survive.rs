//! Hostile passwords in every notation: each reader finds the same config, or the loss was reported.

use database_url::Database;
use database_url::convert::Notation;
use database_url_convert_oracles::passwords;
use database_url_convert_oracles::reader::{Reader, Reading};
use database_url_convert_oracles::tally::{Row, table};

/// notation, engine, reader, its name, and how many passwords survive at least.
const ROWS: &[(Notation, Engine, Reader, &str)] = &[
    (
        Notation::Url,
        Engine::Postgres,
        Reader::Python("libpq"),
        "libpq 18",
    ),
    (
        Notation::Libpq,
        Engine::Postgres,
        Reader::Python("libpq"),
        "libpq 18",
    ),
    (
        Notation::Conninfo,
        Engine::Postgres,
        Reader::Python("libpq"),
        "libpq 18",
    ),
    (
        Notation::PgService,
        Engine::Postgres,
        Reader::Python("pg-service"),
        "libpq 18, service file",
    ),
    (
        Notation::Pgpass,
        Engine::Postgres,
        Reader::Python("pgpass"),
        "libpq 18, password file",
    ),
    (
        Notation::Jdbc,
        Engine::Postgres,
        Reader::Java,
        "pgjdbc 42.5",
    ),
    (
        Notation::Jdbc,
        Engine::MariaDb,
        Reader::Java,
        "MariaDB Connector/J 2.7",
    ),
    (
        Notation::GoDsn,
        Engine::MySql,
        Reader::Go,
        "go-sql-driver 1.9",
    ),
    (
        Notation::Sqlalchemy,
        Engine::Postgres,
        Reader::Python("sqlalchemy"),
        "SQLAlchemy 2.1, psycopg",
    ),
    (
        Notation::Sqlalchemy,
        Engine::Asyncpg,
        Reader::Python("sqlalchemy"),
        "SQLAlchemy 2.1, asyncpg",
    ),
    (
        Notation::Sqlalchemy,
        Engine::MySql,
        Reader::Python("sqlalchemy"),
        "SQLAlchemy 2.1, PyMySQL",
    ),
    (
        Notation::Asyncpg,
        Engine::Postgres,
        Reader::Python("asyncpg"),
        "asyncpg 0.32",
    ),
    (
        Notation::Env,
        Engine::Postgres,
        Reader::Python("env -S"),
        "env -S (coreutils)",
    ),
    (
        Notation::Env,
        Engine::MySql,
        Reader::Python("env -S"),
        "env -S (coreutils), MYSQL_*",
    ),
    (
        Notation::Env,
        Engine::Postgres,
        Reader::Python("lines"),
        "plain lines (CI files)",
    ),
    (
        Notation::Shell,
        Engine::Postgres,
        Reader::Shell("bash"),
        "bash",
    ),
    (
        Notation::Shell,
        Engine::MySql,
        Reader::Shell("dash"),
        "dash",
    ),
    (
        Notation::Heroku,
        Engine::Postgres,
        Reader::Shell("bash"),
        "bash",
    ),
    (
        Notation::Heroku,
        Engine::Postgres,
        Reader::Shell("dash"),
        "dash",
    ),
    (
        Notation::Dotenv,
        Engine::Postgres,
        Reader::Node("dotenv"),
        "dotenv 17 (Node)",
    ),
    (
        Notation::Dotenv,
        Engine::Postgres,
        Reader::Python("python-dotenv"),
        "python-dotenv 1.2",
    ),
    (
        Notation::Dotenv,
        Engine::Postgres,
        Reader::Dotenvy,
        "dotenvy 0.15",
    ),
    (
        Notation::Dotenv,
        Engine::Postgres,
        Reader::ComposeDotenv,
        "compose-go 2.4, .env",
    ),
    (
        Notation::Compose,
        Engine::Postgres,
        Reader::Compose,
        "Psych, compose-go 2.4",
    ),
    (
        Notation::Django,
        Engine::Postgres,
        Reader::Python("django"),
        "Python 3",
    ),
    (
        Notation::Django,
        Engine::MySql,
        Reader::Python("django"),
        "Python 3, MySQL",
    ),
    (
        Notation::Rails,
        Engine::Postgres,
        Reader::Rails,
        "ERB and Psych (Ruby)",
    ),
    (
        Notation::Rails,
        Engine::MySql,
        Reader::Rails,
        "ERB and Psych (Ruby), MySQL",
    ),
    (
        Notation::Sequelize,
        Engine::Postgres,
        Reader::Node("sequelize"),
        "Node's JSON",
    ),
    (
        Notation::Sequelize,
        Engine::MySql,
        Reader::Node("sequelize"),
        "Node's JSON, MySQL",
    ),
];

/// Notations without escapes for everything lose some passwords, but never without an error or a loss that is listed.
const FEWEST: &[(Notation, usize)] = &[
    (Notation::GoDsn, 430),
    // MariaDB's driver decodes nothing, and the guards reject a raw `?`, `;` or `&` in what is read again.
    (Notation::Jdbc, 300),
    (Notation::PgService, 480),
    (Notation::Pgpass, 500),
    (Notation::Env, 280),
];

#[derive(Clone, Copy)]
enum Engine {
    Postgres,
    Asyncpg,
    MySql,
    MariaDb,
}

impl Engine {
    /// `None` where the crate takes no such value in that field.
    fn database(self, field: Field, text: &str) -> Option<Database> {
        let url = match self {
            Self::Postgres => "postgres://app:pw@db.example:5433/shop",
            Self::Asyncpg => "postgresql+asyncpg://app:pw@db.example:5433/shop",
            Self::MySql => "mysql://app:pw@db.example:5433/shop",
            Self::MariaDb => "mariadb://app:pw@db.example:5433/shop",
        };
        let url: Database = url.parse().expect("a URL");
        let database = match (url, field) {
            (Database::Postgres(config), Field::User) => config.with_user(text).map(Into::into),
            (Database::Postgres(config), Field::Password) => {
                config.with_password(text).map(Into::into)
            }
            (Database::Postgres(config), Field::Database) => {
                config.with_dbname(text).map(Into::into)
            }
            (Database::MySql(config), Field::User) => config.with_user(text).map(Into::into),
            (Database::MySql(config), Field::Password) => {
                config.with_password(text).map(Into::into)
            }
            (Database::MySql(config), Field::Database) => config.with_dbname(text).map(Into::into),
            _ => unreachable!("the URLs above"),
        };
        database.ok()
    }
}

/// Where the hostile string is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Field {
    User,
    Password,
    Database,
}

fn wanted(field: Field, text: &str) -> Reading {
    let given = |this: Field, usual: &'static str| if this == field { text } else { usual };
    let fields = [
        ("user", given(Field::User, "app")),
        ("password", given(Field::Password, "pw")),
        ("host", "db.example"),
        ("port", "5433"),
        ("database", given(Field::Database, "shop")),
    ];
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

fn row(
    notation: Notation,
    engine: Engine,
    reader: Reader,
    name: &'static str,
    field: Field,
    texts: &[String],
) -> Row {
    let mut row = Row {
        notation: notation.as_str(),
        reader: name,
        survived: 0,
        reported: 0,
        wrong: Vec::new(),
    };
    let mut converted = Vec::new();
    for text in texts {
        let database = engine.database(field, text);
        match database.map(|database| database.convert(notation)) {
            Some(Ok(one)) => converted.push((text, one)),
            _ => row.reported += 1,
        }
    }
    let written: Vec<_> = converted
        .iter()
        .map(|(_, one)| one.text().expose())
        .collect();
    let answers = reader.read(notation, &written, &wanted(field, ""));
    for ((text, one), answer) in converted.iter().zip(answers) {
        if answer.as_ref() == Ok(&wanted(field, text)) {
            row.survived += 1;
        } else if !one.lost().is_empty() {
            row.reported += 1;
        } else {
            row.wrong
                .push(format!("{text:?}: {answer:?}\n  {}", one.text().expose()));
        }
    }
    row
}

/// The table of one field, with the assertion that nothing was read as something else.
fn table_of(field: Field, texts: &[String]) -> Vec<Row> {
    let rows: Vec<_> = ROWS
        .iter()
        .filter(|(notation, ..)| field == Field::Password || *notation != Notation::Pgpass)
        .map(|(notation, engine, reader, name)| {
            row(*notation, *engine, *reader, name, field, texts)
        })
        .collect();
    println!("{} strings as {field:?}\n{}", texts.len(), table(&rows));
    for row in &rows {
        let wrong: Vec<_> = row.wrong.iter().take(5).cloned().collect();
        assert!(wrong.is_empty(), "{field:?}: {row}\n{}", wrong.join("\n"));
    }
    rows
}

#[test]
fn hostile_passwords_survive_every_notation_and_reader() {
    let passwords = passwords::all();
    assert!(passwords.len() >= 300, "{}", passwords.len());
    for row in table_of(Field::Password, &passwords) {
        let fewest = FEWEST
            .iter()
            .find(|(notation, _)| notation.as_str() == row.notation);
        let fewest = fewest.map_or(passwords.len(), |(_, fewest)| *fewest);
        assert!(row.survived >= fewest, "{row}: fewer than {fewest}");
    }
}

#[test]
fn hostile_users_and_databases_are_read_back_or_reported() {
    for field in [Field::User, Field::Database] {
        table_of(field, &passwords::all());
    }
}
