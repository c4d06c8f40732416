//! What the drivers' own parsers make of a string.
//!
//! The three crates split a URL with the crate `url` first, by the browsers' grammar.

use std::any::Any;
use std::panic;

use percent_encoding::percent_decode_str;
use sqlx::ConnectOptions;
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};

use crate::go;
use crate::reading::Reading;

/// A driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    /// The crate `sqlx`.
    Sqlx,
    /// The crate `mysql`.
    Mysql,
    /// The crate `mysql_async`.
    MysqlAsync,
    /// go-sql-driver, which reads DSNs and no URLs.
    Go,
}

impl Peer {
    /// Those that read URLs.
    pub const CRATES: [Self; 3] = [Self::Sqlx, Self::Mysql, Self::MysqlAsync];

    /// The names that it takes from a query; sqlx drops all others, mysql and
    /// `mysql_async` reject them, and go-sql-driver sends them to the server as `SET name=value`.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Sqlx => &[
                "sslmode",
                "ssl-mode",
                "sslca",
                "ssl-ca",
                "charset",
                "collation",
                "sslcert",
                "ssl-cert",
                "sslkey",
                "ssl-key",
                "statement-cache-capacity",
                "socket",
                "timezone",
                "time-zone",
            ],
            Self::Mysql => &[
                "pool_min",
                "pool_max",
                "user",
                "password",
                "host",
                "port",
                "socket",
                "server_key_path",
                "db_name",
                "prefer_socket",
                "enable_cleartext_plugin",
                "secure_auth",
                "tcp_keepalive_time_ms",
                "tcp_keepalive_probe_interval_secs",
                "tcp_keepalive_probe_count",
                "tcp_user_timeout_ms",
                "compress",
                "tcp_connect_timeout_ms",
                "stmt_cache_size",
                "reset_connection",
                "check_health",
                "max_allowed_packet",
                "pkcs12_path",
                "pkcs12_pass",
                "root_cert_path",
                "danger_skip_domain_validation",
                "danger_accept_invalid_certs",
            ],
            Self::MysqlAsync => &[
                "pool_min",
                "pool_max",
                "inactive_connection_ttl",
                "ttl_check_interval",
                "conn_ttl",
                "abs_conn_ttl",
                "abs_conn_ttl_jitter",
                "tcp_keepalive",
                "max_allowed_packet",
                "wait_timeout",
                "enable_cleartext_plugin",
                "reset_connection",
                "tcp_nodelay",
                "stmt_cache_size",
                "prefer_socket",
                "secure_auth",
                "client_found_rows",
                "socket",
                "compression",
                "require_ssl",
                "verify_ca",
                "verify_identity",
                "built_in_roots",
            ],
            Self::Go => &[
                "allowAllFiles",
                "allowCleartextPasswords",
                "allowFallbackToPlaintext",
                "allowNativePasswords",
                "allowOldPasswords",
                "charset",
                "checkConnLiveness",
                "clientFoundRows",
                "collation",
                "columnsWithAlias",
                "compress",
                "connectionAttributes",
                "interpolateParams",
                "loc",
                "maxAllowedPacket",
                "multiStatements",
                "parseTime",
                "readTimeout",
                "rejectReadOnly",
                "serverPubKey",
                "strict",
                "timeTruncate",
                "timeout",
                "tls",
                "writeTimeout",
            ],
        }
    }

    /// What it makes of the text.
    ///
    /// # Errors
    /// Its message, if it rejects the text or panics.
    pub fn read(self, text: &str) -> Result<Reading, String> {
        let read = match self {
            Self::Sqlx => sqlx,
            Self::Mysql => mysql,
            Self::MysqlAsync => mysql_async,
            Self::Go => |text: &str| go::read(&[text.to_owned()]).remove(0),
        };
        panic::catch_unwind(|| read(text)).unwrap_or_else(|panic| Err(message(&*panic)))
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panics: {}", text.unwrap_or_default())
}

/// The words that stand for sqlx's modes.
#[must_use]
pub const fn sqlx_mode(mode: MySqlSslMode) -> &'static str {
    match mode {
        MySqlSslMode::Disabled => "disabled",
        MySqlSslMode::Preferred => "preferred",
        MySqlSslMode::Required => "required",
        MySqlSslMode::VerifyCa => "verify_ca",
        MySqlSslMode::VerifyIdentity => "verify_identity",
    }
}

/// There is no getter for the time zone, and no other way to it than `Debug`, so it is not compared.
fn sqlx(text: &str) -> Result<Reading, String> {
    let options: MySqlConnectOptions = text
        .parse()
        .map_err(|error: sqlx::Error| error.to_string())?;
    // Nor are there getters for the password and what follows it here. sqlx writes them into a URL well, as long as
    // user, host and database are such as it can write.
    let url = options
        .clone()
        .username("u")
        .host("h")
        .database("d")
        .to_url_lossy();
    let parameter = |name: &str| {
        let mut pairs = url.query_pairs();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    // It writes `file: ` before a path, which it does not take off again when it reads that.
    let file =
        |name| parameter(name).map(|path| path.strip_prefix("file: ").unwrap_or(&path).to_owned());
    let password = url
        .password()
        .map(|password| percent_decode_str(password).decode_utf8_lossy());
    let socket = options.get_socket().map(|path| path.display());
    Ok(Reading::new()
        .with("user", Some(options.get_username()))
        .with("password", password)
        .with("host", Some(unbracketed(options.get_host())))
        .with("port", Some(options.get_port()))
        .with("database", options.get_database())
        .with("socket", socket)
        .with("ssl_mode", Some(sqlx_mode(options.get_ssl_mode())))
        .with("ssl_ca", file("ssl-ca"))
        .with("ssl_cert", file("ssl-cert"))
        .with("ssl_key", file("ssl-key"))
        .with("charset", Some(options.get_charset()))
        .with("collation", options.get_collation())
        .with("statement_cache", parameter("statement-cache-capacity")))
}

fn mysql(text: &str) -> Result<Reading, String> {
    let options = mysql::Opts::from_url(text).map_err(|error| error.to_string())?;
    let pool = options.get_pool_opts().constraints();
    let tls = options.get_ssl_opts();
    let checks = tls.map_or("no TLS", |tls| {
        match (tls.accept_invalid_certs(), tls.skip_domain_validation()) {
            // native-tls: no certificate is looked at, so neither is the name in it.
            (true, _) => "required",
            (false, true) => "verify_ca",
            (false, false) => "verify_identity",
        }
    });
    let timeout = options
        .get_tcp_connect_timeout()
        .map(|timeout| timeout.as_millis());
    let ca = tls
        .and_then(|tls| tls.root_cert_path())
        .map(|path| path.display().to_string());
    let server_key = options
        .get_server_key_path()
        .map(|path| path.display().to_string());
    Ok(Reading::new()
        .with("user", options.get_user())
        .with("password", options.get_pass())
        .with("host", Some(unbracketed(&options.get_ip_or_hostname())))
        .with("port", Some(options.get_tcp_port()))
        .with("database", options.get_db_name())
        .with("socket", options.get_socket())
        .with("tls", Some(checks))
        .with("ssl_ca", ca)
        .with("server_public_key", server_key)
        .with("connect_timeout_ms", timeout)
        .with("pool_min", Some(pool.min()))
        .with("pool_max", Some(pool.max()))
        .with(
            "compress",
            options.get_compress().map(|compress| compress.level()),
        )
        .with("statement_cache", Some(options.get_stmt_cache_size()))
        .with("max_allowed_packet", options.get_max_allowed_packet())
        .with("prefer_socket", Some(options.get_prefer_socket()))
        .with("cleartext", Some(options.get_enable_cleartext_plugin())))
}

fn mysql_async(text: &str) -> Result<Reading, String> {
    let options = mysql_async::Opts::from_url(text).map_err(|error| error.to_string())?;
    let pool = options.pool_opts().constraints();
    let tls = options.ssl_opts();
    let checks = tls.map_or("no TLS", |tls| {
        match (tls.accept_invalid_certs(), tls.skip_domain_validation()) {
            (true, _) => "required",
            (false, true) => "verify_ca",
            (false, false) => "verify_identity",
        }
    });
    Ok(Reading::new()
        .with("user", options.user())
        .with("password", options.pass())
        .with("host", Some(unbracketed(options.ip_or_hostname())))
        .with("port", Some(options.tcp_port()))
        .with("database", options.db_name())
        .with("socket", options.socket())
        .with("tls", Some(checks))
        .with("pool_min", Some(pool.min()))
        .with("pool_max", Some(pool.max()))
        .with(
            "compress",
            options.compression().map(|compress| compress.level()),
        )
        .with("statement_cache", Some(options.stmt_cache_size()))
        .with("max_allowed_packet", options.max_allowed_packet())
        .with("prefer_socket", Some(options.prefer_socket()))
        .with("cleartext", Some(options.enable_cleartext_plugin()))
        .with("found_rows", Some(options.client_found_rows())))
}

/// An IPv6 address without the brackets, which all three leave on.
fn unbracketed(host: &str) -> &str {
    let inside = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    inside.unwrap_or(host)
}
