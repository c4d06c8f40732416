//! Finds the database that a program is meant to use, checks its connection string, and shows where each part came from.
//!
//! The crate reads `DATABASE_URL`, `HEROKU_POSTGRESQL_<COLOR>_URL` and the variables of other platforms, and turns them into
//! typed, checked configs: a [`postgres::Config`] by libpq's own grammar ([`Dialect::Libpq`]) or a safer one
//! ([`Dialect::Default`]), a [`mysql::Config`] in every spelling of the drivers, a [`sqlite::Config`], or a
//! [`service::Config`] of Redis, MongoDB, AMQP, Neo4j and others. It never shows a password. The
//! [guide](https://docs.rs/database-url/latest/database_url/guide/start/) has recipes.
//!
//! # Where to begin
//!
//! * A web app: [`postgres::Config::resolve`] or [`mysql::Config::resolve`] with [`Vars::from_process`].
//! * A migration tool: a [`Resolver`] with the variables it looks at.
//! * A library that is given a string: `text.parse::<Database>()` for any engine, `text.parse::<postgres::Config>()` for one,
//!   or [`ParseOptions`] and [`postgres::ParseOptions`]; a Go DSN is read by [`mysql::Config::from_go_dsn`].
//! * A program with a settings file of Sequelize, Rails, Conduit, Django or its own: [`settings::Settings`], alone or in a
//!   [`Resolver`]; one template by itself: [`settings::template::expand`].
//! * Variables of an app elsewhere, or of a `.env` file: [`Vars::from_heroku_path`], [`Vars::with_dotenv_path`].
//! * A program that needs the database written otherwise, from a JDBC URL to a line of `.pgpass`: [`Database::convert`].
//! * Which variables hold the same database: [`Attachments`]; the variables of platforms: [`platform`].
//!
//! ```
//! use database_url::{Vars, postgres};
//!
//! let vars = Vars::from([("DATABASE_URL", "postgres://app:hunter2@db.internal/shop")]);
//! let db = postgres::Config::resolve(&vars)?;
//! println!("connecting to {db}"); // postgres://app:****@db.internal/shop (from DATABASE_URL)
//! # assert_eq!(db.to_string(), "postgres://app:****@db.internal/shop (from DATABASE_URL)");
//! # Ok::<(), database_url::Error>(())
//! ```
//!
//! # Secrets
//!
//! Passwords, and everything that may hold one, are [`Secret`] or [`SecretStr`]: masked in `Debug`, without `Display`, and
//! readable by `expose()` only. An [`Error`] holds no piece of the input. Buffers are wiped on drop.
//!
//! Of everything else, `Display`, `Debug` and the command show a value only if its name is known to be
//! harmless and the value has that name's form (a number, a truth value, one of a list, an identifier, a path): `pool=5` is
//! shown, a URL in `application_name` is `****`. User, host and database are shown unless they look like a swallowed password.
//!
//! # What it does not do
//!
//! It opens no connection and looks up no name. Defaults, password files, service files and option files are a step of their
//! own: [`credentials`]. Only [`Vars::from_process`] reads the process environment; a `.env` file is read where
//! [`Vars::with_dotenv_path`] is called.
//!
//! # Features
//!
//! * `json`, `yaml` (default): settings files in either grammar.
//! * `url` (default): [`url::Url`](https://docs.rs/url) to a config, and back from one of Postgres.
//! * `convert` (default): a database in other notations, [`convert`].
//! * `diagnose` (default): findings, [`diagnose`]; differences, [`Database::differences`]; guards, [`Guard`].
//! * `redact` (default): secrets masked in what other programs write, [`Redactor`].
//! * `serde`: `Deserialize` for [`Database`] and for every config, from a string; for [`postgres::Config`] also from a map.
//!   `Serialize` is masked; [`exposed`] writes the secrets.
//! * `clap-4`: `ValueParserFactory` for [`Database`] and for every config: the error shows what is wrong with an argument, and
//!   not the argument. Set `hide_env_values` next to `env`, since `--help` shows the variable's value otherwise.
//! * `miette-7`: `Diagnostic` for [`Error`], with code and help.
//! * `vcap`: databases out of Cloud Foundry's `VCAP_SERVICES`.
//! * `platform-sh`: databases out of `PLATFORM_RELATIONSHIPS` of Platform.sh (Upsun).
//! * `tokio-postgres-0_7`, `sqlx-0_9`, `mysql_async-0_37`, `mysql-28`, `redis-1`, `rustls-0_23`: a config as the options of a
//!   driver; [`driver`] lists what each expresses.
//! * `connect`: `dburl check --connect` and `dburl wait`; not for libraries.
//! * `cli`: the command `dburl`; not for libraries.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod adapter;
mod attachment;
mod bytes;
mod config;
#[cfg(feature = "convert")]
pub mod convert;
pub mod credentials;
mod database;
#[cfg(feature = "diagnose")]
pub mod diagnose;
mod did_you_mean;
#[cfg_attr(
    not(any(feature = "json", feature = "yaml")),
    expect(dead_code, reason = "settings files use the most of it")
)]
mod document;
pub mod driver;
mod engine;
mod error;
mod excerpt;
mod grammar;
mod key;
mod libpq;
mod limits;
mod mistake;
pub mod mysql;
pub mod platform;
pub mod postgres;
#[cfg(feature = "redact")]
mod redact;
mod resolution;
mod resolver;
mod secret;
pub mod service;
#[cfg(any(feature = "json", feature = "yaml"))]
pub mod settings;
mod shown;
mod sorted;
mod source;
mod span;
pub mod sqlite;
#[cfg_attr(
    not(any(feature = "json", feature = "yaml")),
    expect(
        dead_code,
        unreachable_pub,
        reason = "settings files use the most of it"
    )
)]
mod template;
mod vars;
mod warning;
#[cfg(any(feature = "json", feature = "yaml", feature = "redact"))]
mod words;

#[cfg(feature = "serde")]
pub use adapter::exposed;
pub use attachment::{Attachment, Attachments};
pub use config::extra::Extra;
pub use config::value::{Host, Setting};
pub use database::pool::Pool;
pub use database::{Database, ParseOptions, Target};
#[cfg(feature = "diagnose")]
pub use diagnose::guard::Guard;
pub use engine::{Engine, Format};
pub use error::{Error, ErrorKind, Stage};
pub use grammar::percent::escaped as encode;
pub use limits::MAX_LEN;
pub use platform::Role;
pub use postgres::Dialect;
#[cfg(feature = "redact")]
pub use redact::{RedactingWriter, Redactor};
pub use resolution::{Outcome, Resolved};
pub use resolver::Resolver;
pub use secret::{Secret, SecretStr};
pub use source::{FileLocation, Provenance, Source};
pub use span::{Component, Position, Span};
pub use vars::Vars;
pub use warning::{Warning, WarningCode};

#[cfg(any(doc, doctest))]
pub mod guide;
