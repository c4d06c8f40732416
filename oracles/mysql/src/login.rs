//! Logs in to a server with a config's fields, by two drivers' builders: no text is parsed a second time.

use std::future::Future;

use database_url::mysql::{Config, Keyword, SslMode};
use mysql_async::prelude::Queryable;
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};
use sqlx::{ConnectOptions, Connection};

/// What the server says of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// `CURRENT_USER()`, without `@` and what follows it.
    pub user: String,
    /// `DATABASE()`.
    pub database: Option<String>,
    /// The cipher, empty without TLS.
    pub cipher: String,
    /// `@@session.time_zone`.
    pub timezone: String,
    /// Whether it came over the socket.
    pub over_socket: bool,
}

impl Session {
    /// Whether what is sent is encrypted.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        !self.cipher.is_empty()
    }
}

type Row = (String, Option<String>, String, String);

const SESSION: &str = "SELECT CURRENT_USER(), DATABASE(), @@session.time_zone, \
                       (SELECT HOST FROM information_schema.PROCESSLIST WHERE ID = CONNECTION_ID())";
const CIPHER: &str = "SHOW STATUS LIKE 'Ssl_cipher'";

fn session((user, database, timezone, host): Row, cipher: String) -> Session {
    let user = user
        .rsplit_once('@')
        .map_or(user.clone(), |(name, _)| name.to_owned());
    // `localhost` for the socket; an address and a port for TCP.
    Session {
        user,
        database,
        cipher,
        timezone,
        over_socket: !host.contains(':'),
    }
}

/// A driver's way in.
pub type Login = fn(&Config) -> Result<Session, String>;

/// Both drivers, by name.
pub const DRIVERS: [(&str, Login); 2] = [("sqlx", sqlx), ("mysql_async", mysql_async)];

/// With sqlx.
///
/// # Errors
/// The driver's or the server's message.
pub fn sqlx(config: &Config) -> Result<Session, String> {
    sqlx_with(sqlx_options(config))
}

/// With sqlx and its own options.
///
/// # Errors
/// The driver's or the server's message.
pub fn sqlx_with(options: MySqlConnectOptions) -> Result<Session, String> {
    let session = async {
        let mut connection = options.disable_statement_logging().connect().await?;
        let row: Row = sqlx::query_as(SESSION).fetch_one(&mut connection).await?;
        let (_, cipher): (String, String) =
            sqlx::query_as(CIPHER).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(self::session(row, cipher))
    };
    wait(session).map_err(|error: sqlx::Error| error.to_string())
}

fn sqlx_options(config: &Config) -> MySqlConnectOptions {
    let mode = match config.ssl_mode().unwrap_or(SslMode::Preferred) {
        SslMode::Disabled => MySqlSslMode::Disabled,
        SslMode::Preferred => MySqlSslMode::Preferred,
        SslMode::Required => MySqlSslMode::Required,
        SslMode::VerifyCa => MySqlSslMode::VerifyCa,
        _ => MySqlSslMode::VerifyIdentity,
    };
    let mut options = MySqlConnectOptions::new().ssl_mode(mode);
    if let Some(host) = config.hosts().next() {
        options = options.host(host.host().unwrap_or("localhost"));
        options = options.port(host.port().unwrap_or(config.default_port()));
    }
    if let Some(user) = config.user() {
        options = options.username(user);
    }
    // An empty password would be hashed, and rejected.
    if let Some(password) = config
        .password()
        .filter(|password| !password.expose().is_empty())
    {
        options = options.password(password.expose());
    }
    if let Some(database) = config.dbname() {
        options = options.database(database);
    }
    if let Some(socket) = config.socket() {
        options = options.socket(socket);
    }
    if let Some(ca) = config.get(Keyword::SslCa) {
        options = options.ssl_ca(ca.expose());
    }
    if let Some(timezone) = config.get(Keyword::Timezone) {
        options = options.timezone(timezone.expose().to_owned());
    }
    options
}

/// With `mysql_async`.
///
/// # Errors
/// The driver's or the server's message.
///
/// # Panics
/// If the server answers with no row.
pub fn mysql_async(config: &Config) -> Result<Session, String> {
    mysql_async_with(mysql_async_options(config).into())
}

/// With `mysql_async` and its own options.
///
/// # Errors
/// The driver's or the server's message.
///
/// # Panics
/// If the server answers with no row.
pub fn mysql_async_with(options: mysql_async::Opts) -> Result<Session, String> {
    let session = async {
        let mut connection = mysql_async::Conn::new(options).await?;
        let row: Option<Row> = connection.query_first(SESSION).await?;
        let cipher: Option<(String, String)> = connection.query_first(CIPHER).await?;
        connection.disconnect().await?;
        Ok(self::session(
            row.expect("one row"),
            cipher.expect("one status").1,
        ))
    };
    wait(session).map_err(|error: mysql_async::Error| error.to_string())
}

fn mysql_async_options(config: &Config) -> mysql_async::OptsBuilder {
    // Without this the driver moves from 127.0.0.1 to the socket.
    let mut options = mysql_async::OptsBuilder::default()
        .prefer_socket(false)
        .user(config.user())
        .pass(
            config
                .password()
                .map(|password| password.expose().to_owned()),
        )
        .db_name(config.dbname())
        .socket(config.socket());
    if let Some(host) = config.hosts().next() {
        options = options
            .ip_or_hostname(host.host().unwrap_or("localhost"))
            .tcp_port(host.port().unwrap_or(config.default_port()));
    }
    if let Some(timezone) = config.get(Keyword::Timezone) {
        options = options.setup(vec![format!("SET time_zone = '{}'", timezone.expose())]);
    }
    // It knows no `preferred`.
    match config.ssl_mode() {
        Some(mode) if mode.requires_tls() => options.ssl_opts(mysql_async_tls(config, mode)),
        _ => options,
    }
}

fn mysql_async_tls(config: &Config, mode: SslMode) -> mysql_async::SslOpts {
    let ca = config
        .get(Keyword::SslCa)
        .map(|ca| std::path::PathBuf::from(ca.expose()));
    mysql_async::SslOpts::default()
        .with_root_certs(ca.into_iter().map(Into::into).collect())
        .with_danger_accept_invalid_certs(mode < SslMode::VerifyCa)
        .with_danger_skip_domain_validation(mode < SslMode::VerifyIdentity)
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(work)
}
