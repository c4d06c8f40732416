//! A database in the notation of another program: a JDBC URL, a Go DSN, a Django dict, a line of `.pgpass`…
//!
//! Each notation is a file. Most write from `Parts`, a view of the config that is written exposed and then masked, so that
//! they know nothing of masking; `escape` quotes while it writes, so that no copy of a secret is left.
//! What a notation cannot express is listed in `Losses`, and an error where TLS, authentication or hosts would change.

mod asyncpg;
mod compose;
mod conninfo;
mod django;
mod dotenv;
mod env;
mod escape;
mod go_dsn;
mod heroku;
mod jdbc;
mod libpq;
mod lost;
mod mysql_tls;
mod parts;
mod pg_service;
mod pgpass;
mod rails;
mod sequelize;
mod shell;
mod sqlalchemy;
mod tree;
mod url;

use std::fmt::{self, Write};

use crate::convert::lost::Losses;
use crate::convert::parts::Parts;
use crate::database::Database;
use crate::error::{Error, ErrorKind, words};
use crate::render::{View, rendered};
use crate::secret::Secret;
use crate::span::Component;

pub use lost::Lost;

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

/// A database in a [`Notation`], and what got lost on the way.
///
/// ```
/// use database_url::{Database, convert::Notation};
///
/// let database: Database = "postgres://app:p%40ss@db.example:5433/shop?pool=5".parse()?;
/// let converted = database.convert(Notation::Conninfo)?;
/// assert_eq!(converted.text().expose(), "user=app password=p@ss dbname=shop host=db.example port=5433");
/// assert_eq!(converted.masked(), "user=app password=**** dbname=shop host=db.example port=5433");
/// assert_eq!(converted.lost()[0].name(), "pool");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Conversion {
    notation: Notation,
    text: Secret,
    masked: String,
    lost: Vec<Lost>,
}

impl Conversion {
    /// The notation it was converted to.
    #[must_use]
    pub const fn notation(&self) -> Notation {
        self.notation
    }

    /// The text, secrets included, without a line end after the last line.
    #[must_use]
    pub const fn text(&self) -> &Secret {
        &self.text
    }

    /// The text with every secret as `****`.
    #[must_use]
    pub fn masked(&self) -> &str {
        &self.masked
    }

    /// What the notation cannot express, and the conversion therefore left out.
    #[must_use]
    pub fn lost(&self) -> &[Lost] {
        &self.lost
    }
}

impl Database {
    /// The database in the notation of another program. Settings that the notation cannot express are left out and listed in
    /// [`Conversion::lost`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotRepresentable`] if the notation is not one of the engine's, or cannot express a setting of TLS, of
    /// authentication or of the hosts.
    pub fn convert(&self, notation: Notation) -> Result<Conversion, Error> {
        let mut lost = Losses::default();
        let texts = match notation {
            Notation::Url => url::convert(self)?,
            Notation::Libpq => libpq::convert(self, &mut lost)?,
            Notation::Conninfo => conninfo::convert(self, &mut lost)?,
            Notation::Jdbc => jdbc::convert(self, &mut lost)?,
            Notation::GoDsn => go_dsn::convert(self, &mut lost)?,
            Notation::Sqlalchemy => sqlalchemy::convert(self, &mut lost)?,
            Notation::Asyncpg => asyncpg::convert(self, &mut lost)?,
            Notation::Env => env::convert(self, &mut lost)?,
            Notation::Shell => shell::convert(self)?,
            Notation::Dotenv => dotenv::convert(self)?,
            Notation::Heroku => heroku::convert(self)?,
            Notation::Compose => compose::convert(self)?,
            Notation::Django => django::convert(self, &mut lost)?,
            Notation::Rails => rails::convert(self, &mut lost)?,
            Notation::Sequelize => sequelize::convert(self, &mut lost)?,
            Notation::Pgpass => pgpass::convert(self, &mut lost)?,
            Notation::PgService => pg_service::convert(self, &mut lost)?,
        };
        Ok(Conversion {
            notation,
            text: texts.exposed,
            masked: texts.masked,
            lost: lost.into_list(),
        })
    }
}

/// The variables that the programs of an engine read, each with its value, and what none of them can hold.
#[derive(Clone, Debug)]
pub struct Variables {
    values: Vec<(&'static str, Secret)>,
    lost: Vec<Lost>,
}

impl Variables {
    /// The variables of a database: libpq's `PG*`, or `MYSQL_*`; what [`Notation::Env`] writes, one by one.
    ///
    /// # Errors
    ///
    /// As [`Database::convert`].
    pub fn of(database: &Database) -> Result<Self, Error> {
        env::one_by_one(database)
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Secret)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }

    /// What no variable can hold.
    #[must_use]
    pub fn lost(&self) -> &[Lost] {
        &self.lost
    }
}

/// The same text for the program and for everyone.
struct Texts {
    exposed: Secret,
    masked: String,
}

impl Texts {
    /// Writes both from a config that can write itself in either view.
    fn of_view(write: &dyn Fn(&mut dyn Write, View) -> fmt::Result) -> Self {
        Self {
            exposed: rendered(&|out| write(out, View::Exposed)),
            masked: rendered(&|out| write(out, View::Masked))
                .expose()
                .to_owned(),
        }
    }

    /// Writes both from the parts of a database, after `fit` has adapted them to the notation.
    fn of_parts(
        database: &Database,
        lost: &mut Losses,
        fit: impl Fn(&mut Parts<'_>, &mut Losses) -> Result<(), Error>,
        write: impl Fn(&mut dyn Write, &Parts<'_>) -> fmt::Result,
    ) -> Result<Self, Error> {
        let mut parts = Parts::of(database);
        fit(&mut parts, lost)?;
        let exposed = rendered(&|out| write(out, &parts));
        parts.mask();
        let masked = rendered(&|out| write(out, &parts)).expose().to_owned();
        Ok(Self { exposed, masked })
    }

    /// Writes both around the URL of a database, which `write` quotes.
    fn of_url(
        database: &Database,
        write: impl Fn(&mut dyn Write, &str) -> fmt::Result,
    ) -> Result<Self, Error> {
        let (exposed, masked) = (database.to_url()?, database.to_string());
        Ok(Self {
            exposed: rendered(&|out| write(out, exposed.expose())),
            masked: rendered(&|out| write(out, &masked)).expose().to_owned(),
        })
    }
}

/// The notation has no form for the engine.
#[cold]
fn wrong_engine(database: &Database, notation: Notation, help: &'static str) -> Error {
    let detail = format!("`{notation}` has no form for {}", database.engine());
    Error::new(ErrorKind::NotRepresentable, detail)
        .of(Component::Scheme)
        .with_help(help)
}

/// A value that the notation has no escape for.
#[cold]
fn no_escape(component: Component, detail: &'static str, help: &'static str) -> Error {
    Error::new(ErrorKind::NotRepresentable, detail)
        .of(component)
        .with_help(help)
}
