//! The notations, by name.

use crate::convert::lost::not_representable;
use crate::database::Database;
use crate::error::{Error, words};
use crate::span::Component;

words! {
    /// How another program writes down a database.
    Notation {
        /// `url`: a URL with the scheme as written.
        Url = "url",
        /// `libpq`: `postgresql://…` with nothing but libpq's keywords, for `psql` and all that is built on libpq.
        Libpq = "libpq",
        /// `conninfo`: libpq's keyword/value string, `host=db.example port=5433 …`.
        Conninfo = "conninfo",
        /// `jdbc`: a JDBC URL for pgjdbc, MySQL Connector/J or MariaDB Connector/J.
        Jdbc = "jdbc",
        /// `go-dsn`: a DSN of go-sql-driver, for MySQL.
        GoDsn = "go-dsn",
        /// `sqlalchemy`: `postgresql+psycopg://…`, `mysql+pymysql://…` or `sqlite:///…`.
        Sqlalchemy = "sqlalchemy",
        /// `asyncpg`: the DSN of asyncpg's own `connect`.
        Asyncpg = "asyncpg",
        /// `env`: lines `PGHOST=…` or `MYSQL_HOST=…`, quoted as `env -S` reads them.
        Env = "env",
        /// `shell`: `export DATABASE_URL='…'`.
        Shell = "shell",
        /// `dotenv`: `DATABASE_URL='…'`, which every `.env` parser reads alike.
        Dotenv = "dotenv",
        /// `heroku`: `heroku config:set DATABASE_URL='…'`.
        Heroku = "heroku",
        /// `compose`: the `environment:` map of a service in a Compose file.
        Compose = "compose",
        /// `django`: the dict `DATABASES`.
        Django = "django",
        /// `rails`: a section of `config/database.yml`.
        Rails = "rails",
        /// `sequelize`: a section of `config/config.json`.
        Sequelize = "sequelize",
        /// `pgpass`: lines of libpq's password file, one for each host.
        Pgpass = "pgpass",
        /// `pg-service`: a section of libpq's service file.
        PgService = "pg-service",
    }
}

/// The notation has no form for the engine.
#[cold]
pub(super) fn wrong_engine(database: &Database, notation: Notation, help: &'static str) -> Error {
    let detail = format!("`{notation}` has no form for {}", database.engine());
    not_representable(Component::Scheme, detail, help)
}
