//! Logins to MariaDB.

use database_url::mysql::Config;
use mysql::prelude::Queryable as _;
use mysql_async::prelude::Queryable as _;
use sqlx::mysql::MySqlConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::server::Server;
use crate::{Failure, Session, install_provider, wait};

/// A driver's way in.
pub type Login = fn(&Config) -> Result<Session, Failure>;

/// All of them, by name.
pub const DRIVERS: [(&str, Login); 3] = [
    ("sqlx", sqlx),
    ("mysql_async", mysql_async),
    ("mysql", mysql),
];

const SESSION: &str = "SELECT CAST(CURRENT_USER() AS CHAR), CAST(COALESCE(DATABASE(), '') AS CHAR)";
const TLS: &str = "SHOW STATUS LIKE 'Ssl_version'";

fn session((user, database): (String, String), (_, tls): (String, String)) -> Session {
    let user = user
        .rsplit_once('@')
        .map_or(user.clone(), |(name, _)| name.to_owned());
    Session {
        user,
        database,
        tls: Some(tls).filter(|version| !version.is_empty()),
    }
}

/// Makes the user and the database of the tests, as soon as the server takes logins.
///
/// # Errors
/// The driver's message.
pub fn prepare(server: &Server) -> Result<(), String> {
    execute(server, "CREATE DATABASE IF NOT EXISTS shop")?;
    execute(
        server,
        "CREATE USER IF NOT EXISTS app@'%' IDENTIFIED BY 'k3y'",
    )?;
    execute(server, "GRANT ALL ON shop.* TO app@'%'")
}

/// Executes a statement as the server's superuser.
///
/// # Errors
/// The driver's message.
pub fn execute(server: &Server, statement: &str) -> Result<(), String> {
    let options = mysql::OptsBuilder::new()
        .user(Some("root"))
        .socket(Some(server.file("socket")));
    let mut root = mysql::Conn::new(options).map_err(|error| error.to_string())?;
    root.query_drop(statement)
        .map_err(|error| error.to_string())
}

/// sqlx.
///
/// # Errors
/// If the config is rejected, or there is no connection.
pub fn sqlx(config: &Config) -> Result<Session, Failure> {
    sqlx_with(MySqlConnectOptions::try_from(config).map_err(|error| Failure::rejected(&error))?)
}

/// sqlx' options.
///
/// # Errors
/// If there is no connection.
pub fn sqlx_with(options: MySqlConnectOptions) -> Result<Session, Failure> {
    let requested = wait(async {
        let mut connection = options.disable_statement_logging().connect().await?;
        let who = sqlx::query_as(SESSION).fetch_one(&mut connection).await?;
        let tls = sqlx::query_as(TLS).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(session(who, tls))
    });
    requested.map_err(|error: sqlx::Error| Failure::failed(&error))
}

/// `mysql_async`.
///
/// # Errors
/// If the config is rejected, or there is no connection.
pub fn mysql_async(config: &Config) -> Result<Session, Failure> {
    mysql_async_with(
        mysql_async::Opts::try_from(config).map_err(|error| Failure::rejected(&error))?,
    )
}

/// The options of `mysql_async`.
///
/// # Errors
/// If there is no connection.
///
/// # Panics
/// If the server answers without a row.
pub fn mysql_async_with(options: mysql_async::Opts) -> Result<Session, Failure> {
    install_provider();
    let requested = wait(async {
        let mut connection = mysql_async::Conn::new(options).await?;
        let who = connection.query_first(SESSION).await?;
        let tls = connection.query_first(TLS).await?;
        connection.disconnect().await?;
        Ok(session(who.expect("a row"), tls.expect("a row")))
    });
    requested.map_err(|error: mysql_async::Error| Failure::failed(&error))
}

/// mysql.
///
/// # Errors
/// If the config is rejected, or there is no connection.
pub fn mysql(config: &Config) -> Result<Session, Failure> {
    mysql_with(mysql::Opts::try_from(config).map_err(|error| Failure::rejected(&error))?)
}

/// The options of mysql.
///
/// # Errors
/// If there is no connection.
///
/// # Panics
/// If the server answers without a row.
pub fn mysql_with(options: mysql::Opts) -> Result<Session, Failure> {
    install_provider();
    let ask = || {
        let mut connection = mysql::Conn::new(options)?;
        let who = connection.query_first(SESSION)?;
        let tls = connection.query_first(TLS)?;
        Ok(session(who.expect("a row"), tls.expect("a row")))
    };
    ask().map_err(|error: mysql::Error| Failure::failed(&error))
}
