//! From a checked config to the options of a driver, and what a driver cannot express.
//!
//! With the feature of a driver, its options come from a config in one line, `let options: PgConnectOptions =
//! (&config).try_into()?`. The conversion opens no file, looks up no name, and copies each value once. What the config leaves
//! unset is the driver's own default: sqlx, for one, reads `PG*` of the environment there, as libpq does.
//!
//! | feature | from | to | TLS |
//! |---|---|---|---|
//! | `tokio-postgres-0_7` | [`postgres::Config`](crate::postgres::Config) | `tokio_postgres::Config` | the connector's; `disable`, `prefer` and `require` only |
//! | `tokio-postgres-0_7` and `rustls-0_23` | the same | `driver::tokio_postgres::parts`: that, with its connector | libpq's meaning of every `sslmode` |
//! | `rustls-0_23` | the same | `rustls::ClientConfig`, by `driver::rustls::client_config` | the same |
//! | `sqlx-postgres-0_9` | the same | `PgConnectOptions` | sqlx' |
//! | `sqlx-mysql-0_9` | [`mysql::Config`](crate::mysql::Config) | `MySqlConnectOptions` | sqlx' |
//! | `sqlx-sqlite-0_9` | [`sqlite::Config`](crate::sqlite::Config) | `SqliteConnectOptions` | |
//! | `mysql_async-0_37` | [`mysql::Config`](crate::mysql::Config) | `mysql_async::Opts` | no `preferred` |
//! | `mysql-28` | the same | `mysql::Opts` | no `preferred` |
//! | `redis-1` | [`service::Config`](crate::service::Config) | `redis::ConnectionInfo` | the system's roots |
//!
//! A feature turns on its driver without the driver's default features: the TLS backend and the runtime are chosen where the
//! program depends on the driver. A driver that was built without TLS fails to connect where the config requires TLS.
//!
//! sea-orm takes the pool of sqlx: `SqlxPostgresConnector::from_sqlx_postgres_pool(PgPoolOptions::new().connect_with(options).await?)`.
//! diesel and whatever else is on libpq takes [`to_libpq_url`](crate::postgres::Config::to_libpq_url) or
//! [`to_conninfo`](crate::postgres::Config::to_conninfo). `examples/drivers` of the repository has programs to start from.
//!
//! # What a driver cannot express
//!
//! `fit` of a config needs no driver and no feature. It lists what a [`Driver`] would reject (TLS, authentication, hosts: the
//! conversion is an error, too) and what would be lost (the rest), each with its fix:
//!
//! ```
//! use database_url::driver::Driver;
//!
//! let config: database_url::postgres::Config =
//!     "postgres://app:hunter2@db.example/shop?sslrootcert=system&sslnegotiation=direct&keepalives_idle=60".parse()?;
//! let fit = config.fit(Driver::Sqlx);
//! assert_eq!(fit.rejected[0].name(), "sslnegotiation");
//! assert_eq!(fit.rejected[0].message(), "sqlx begins TLS by a request only");
//! assert_eq!(fit.lost[0].name(), "keepalives_idle");
//! assert!(config.fit(Driver::TokioPostgresRustls).is_complete());
//! # Ok::<(), database_url::Error>(())
//! ```

/// Calls the methods of a builder whose values are given.
#[cfg(any(
    feature = "tokio-postgres-0_7",
    feature = "sqlx-postgres-0_9",
    feature = "sqlx-mysql-0_9",
    feature = "sqlx-sqlite-0_9",
    feature = "mysql_async-0_37",
    feature = "mysql-28",
    feature = "redis-1"
))]
macro_rules! given {
    ($options:ident $(.$method:ident($value:expr))*) => {
        $(if let Some(value) = $value {
            $options = $options.$method(value);
        })*
    };
}

pub mod fit;
#[cfg(feature = "mysql-28")]
mod mysql;
#[cfg(feature = "mysql_async-0_37")]
mod mysql_async;
#[cfg(any(feature = "mysql_async-0_37", feature = "mysql-28"))]
mod mysql_session;
#[cfg(feature = "redis-1")]
mod redis;
#[cfg(feature = "rustls-0_23")]
pub mod rustls;
#[cfg(feature = "sqlx-mysql-0_9")]
mod sqlx_mysql;
#[cfg(feature = "sqlx-postgres-0_9")]
mod sqlx_postgres;
#[cfg(feature = "sqlx-sqlite-0_9")]
mod sqlx_sqlite;
#[cfg(feature = "tokio-postgres-0_7")]
pub mod tokio_postgres;

pub use fit::{Cell, Driver, Fit, Misfit, Reason};
