//! sqlx and MySQL.

use sqlx_mysql::{MySqlConnectOptions, MySqlSslMode};

use crate::driver::fit::{Driver, is_pem};
use crate::error::Error;
use crate::mysql::{Config, Keyword, SslMode};

/// What sqlx cannot express is an error; see [`Config::fit`]. An unset mode is sqlx' own `preferred`.
impl TryFrom<&Config> for MySqlConnectOptions {
    type Error = Error;

    fn try_from(config: &Config) -> Result<Self, Error> {
        config.fit(Driver::Sqlx).accept()?;
        let mut options = Self::new();
        let host = config.hosts().next();
        let name = host.and_then(|host| host.host());
        let count = config.statement_cache();
        given!(
            options
                .username(config.user())
                // An empty password would be hashed, which no server takes for none.
                .password(config.given(Keyword::Password))
                .database(config.dbname())
                .host(name.filter(|name| !name.is_empty()))
                .port(host.map(|host| host.port().unwrap_or(config.default_port())))
                .socket(config.socket())
                .charset(config.charset())
                .collation(config.collation())
                .timezone(config.timezone().map(str::to_owned))
                .statement_cache_capacity(count.and_then(|count| usize::try_from(count).ok()))
                .enable_cleartext_plugin(config.flag(Keyword::Cleartext))
        );
        Ok(with_tls(config, options))
    }
}

fn with_tls(config: &Config, mut options: MySqlConnectOptions) -> MySqlConnectOptions {
    // On a socket, clients use TLS only if it is required; MariaDB ends a connection that tries.
    let socket_mode = config.socket().map(|_| SslMode::Disabled);
    let mode = config.ssl_mode().filter(|mode| mode.requires_tls());
    let Some(mode) = mode.or(socket_mode).or(config.ssl_mode()) else {
        return options;
    };
    options = options.ssl_mode(match mode {
        SslMode::Disabled => MySqlSslMode::Disabled,
        SslMode::Preferred => MySqlSslMode::Preferred,
        SslMode::Required => MySqlSslMode::Required,
        SslMode::VerifyCa => MySqlSslMode::VerifyCa,
        SslMode::VerifyIdentity => MySqlSslMode::VerifyIdentity,
    });
    options = match config.given(Keyword::SslCa) {
        Some(ca) if is_pem(ca) => options.ssl_ca_from_pem(ca.into()),
        Some(ca) => options.ssl_ca(ca),
        None => options,
    };
    options = match config.given(Keyword::SslCert) {
        Some(certificate) if is_pem(certificate) => options.ssl_client_cert_from_pem(certificate),
        Some(certificate) => options.ssl_client_cert(certificate),
        None => options,
    };
    match config.given(Keyword::SslKey) {
        Some(key) if is_pem(key) => options.ssl_client_key_from_pem(key),
        Some(key) => options.ssl_client_key(key),
        None => options,
    }
}
