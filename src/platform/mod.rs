//! The environment variables in which platforms and add-ons hand out databases and other services: one table.
//!
//! A row says everything about a name: whose it is, what the variable is for, which engine it holds where only the name
//! tells (an `https://` URL says nothing), and which other name means the same database in another role. What reads
//! variables ([`Attachments`](crate::Attachments), [`Resolver`](crate::Resolver)) reads this table; a new platform is a
//! new row. Not in it, since they hold no URL, but read as well:
//!
//! * Databases in parts: `MYSQLHOST`, `MYSQLPORT`, `MYSQLUSER`, `MYSQLPASSWORD`, `MYSQLDATABASE` (Railway),
//!   `STACKHERO_MYSQL_HOST` and its kin, `POSTGRESQL_ADDON_HOST` and `MYSQL_ADDON_HOST` and their kin (Clever Cloud),
//!   `MEMCACHIER_SERVERS`, `_USERNAME`, `_PASSWORD`; and the credentials next to `GRAPHENEDB_BOLT_URL` (`_USER`,
//!   `_PASSWORD`), `JDBC_DATABASE_URL` and `SPRING_DATASOURCE_URL` (`_USERNAME`, `_PASSWORD`).
//!   Where a URL of the same is set, the parts are not looked at.
//! * Databases in parts by the names that apps use, where nothing else is set: one of `DB_*`, `DATABASE_*`, `POSTGRES_*`,
//!   `POSTGRESQL_*`, `MYSQL_*` and `MARIADB_*`. Its parts are `HOST`, `PORT`, `USER` or `USERNAME`, `PASSWORD`, `DATABASE`,
//!   `NAME` or `DB`, `SSLMODE`, and for the first two the engine: `CONNECTION`, `ADAPTER`, `ENGINE`, `DRIVER`…
//! * Documents of several services: `VCAP_SERVICES` (feature `vcap`), `PLATFORM_RELATIONSHIPS` (feature `platform-sh`).
//!
//! ```
//! use database_url::{Role, platform};
//!
//! let row = platform::find("POSTGRES_URL_NON_POOLING").unwrap();
//! assert_eq!((row.platform(), row.role(), row.same_as()), ("Vercel", Role::Direct, Some("POSTGRES_URL")));
//! ```

pub(crate) mod bound;
mod extended;
pub(crate) mod family;
mod hint;
mod index;
pub(crate) mod parts;
mod table;
pub(crate) mod text;

#[cfg(any(feature = "json", feature = "yaml"))]
pub(crate) use hint::is_heroku;
pub(crate) use hint::remedy;
pub use index::find;
pub(crate) use index::{coloured, main_name};
pub use table::{Role, VARIABLES, Variable};
