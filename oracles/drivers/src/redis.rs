//! Logins to Redis.

use std::time::Duration;

use database_url::service::Config;
use redis::{Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo, RedisResult};

use crate::server::Server;
use crate::{Failure, Session, install_provider};

/// Makes the user of the tests, as soon as the server takes logins.
///
/// # Errors
/// The driver's message.
pub fn prepare(server: &Server) -> Result<(), String> {
    set_password(server, "app", "k3y").map_err(|error| error.to_string())
}

/// Makes a user with a password.
///
/// # Errors
/// The driver's.
pub fn set_password(server: &Server, user: &str, password: &str) -> RedisResult<()> {
    let info = ConnectionAddr::Unix(server.file("socket").into()).into_connection_info()?;
    let mut root = Client::open(info)?.get_connection()?;
    let mut command = redis::cmd("ACL");
    command
        .arg(&["SETUSER", user, "reset", "on", "~*", "&*", "+@all"])
        .arg(format!(">{password}"));
    command.query(&mut root)
}

/// redis.
///
/// # Errors
/// If the config is rejected, or there is no connection.
pub fn redis(config: &Config) -> Result<Session, Failure> {
    install_provider();
    redis_with(ConnectionInfo::try_from(config).map_err(|error| Failure::rejected(&error))?)
}

/// What opens a client of redis. The server speaks TLS on its port or does not, so the address tells which.
///
/// # Errors
/// If there is no connection.
pub fn redis_with(info: impl IntoConnectionInfo) -> Result<Session, Failure> {
    let ask = || {
        let info = info.into_connection_info()?;
        let encrypted = matches!(info.addr(), ConnectionAddr::TcpTls { .. });
        // A server that expects TLS waits for the rest of a handshake.
        let mut connection =
            Client::open(info)?.get_connection_with_timeout(Duration::from_secs(2))?;
        connection.set_read_timeout(Some(Duration::from_secs(2)))?;
        let user = redis::cmd("ACL").arg("WHOAMI").query(&mut connection)?;
        let client: String = redis::cmd("CLIENT").arg("INFO").query(&mut connection)?;
        let database = client
            .split(' ')
            .find_map(|pair| pair.strip_prefix("db="))
            .unwrap_or_default()
            .to_owned();
        Ok(Session {
            user,
            database,
            tls: encrypted.then(|| "TLS".to_owned()),
        })
    };
    ask().map_err(|error: redis::RedisError| Failure::failed(&error))
}
