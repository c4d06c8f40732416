//! redis.

use ::redis::{
    ConnectionAddr, ConnectionInfo, IntoConnectionInfo, ProtocolVersion, RedisConnectionInfo,
};

use crate::driver::fit::Driver;
use crate::error::{Error, ErrorKind};
use crate::secret::SecretStr;
use crate::service::{Config, Tls};
use crate::span::Component;

/// What redis cannot express, and a config of another service, is an error; see [`Config::fit`].
impl TryFrom<&Config> for ConnectionInfo {
    type Error = Error;

    fn try_from(config: &Config) -> Result<Self, Error> {
        config.fit(Driver::Redis).accept()?;
        let mut settings =
            RedisConnectionInfo::default().set_db(config.database_index().unwrap_or(0).into());
        let password = config.password().map(SecretStr::expose);
        let version = config.param("protocol");
        let version = version.filter(|version| version.expose().ends_with('3'));
        given!(
            settings
                .set_username(config.acl_user())
                .set_password(password.filter(|password| !password.is_empty()))
                .set_protocol(version.map(|_| ProtocolVersion::RESP3))
        );
        // The driver rejects an address only for TLS that it was built without, which the address shows again.
        let info = address(config).into_connection_info().map_err(|_| {
            Error::new(ErrorKind::NotRepresentable, "redis was built without TLS")
                .of(Component::Scheme)
                .with_help("enable a feature of redis such as `tokio-rustls-comp`")
        })?;
        Ok(info.set_redis_settings(settings))
    }
}

fn address(config: &Config) -> ConnectionAddr {
    if let Some(socket) = config.socket() {
        return ConnectionAddr::Unix(socket.into());
    }
    let host = config.hosts().next();
    let name = host
        .and_then(|host| host.host())
        .filter(|name| !name.is_empty())
        .unwrap_or("127.0.0.1")
        .to_owned();
    let port = host
        .and_then(|host| host.port())
        .unwrap_or(config.default_port());
    match config.tls() {
        tls @ (Tls::On | Tls::Unverified) => ConnectionAddr::TcpTls {
            host: name,
            port,
            insecure: tls == Tls::Unverified,
            tls_params: None,
        },
        Tls::Off | Tls::DriverDefault => ConnectionAddr::Tcp(name, port),
    }
}
