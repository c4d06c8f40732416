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
        let mut options = with_target(config, Self::new());
        // An empty password would be hashed, which no server takes for none.
        if let Some(password) = config.given(Keyword::Password) {
            options = options.password(password);
        }
        if let Some(charset) = config.charset() {
            options = options.charset(charset);
        }
        if let Some(collation) = config.collation() {
            options = options.collation(collation);
        }
        if let Some(timezone) = config.timezone() {
            options = options.timezone(timezone.to_owned());
        }
        if let Some(capacity) = config
            .statement_cache()
            .and_then(|count| usize::try_from(count).ok())
        {
            options = options.statement_cache_capacity(capacity);
        }
        if let Some(cleartext) = config.flag(Keyword::Cleartext) {
            options = options.enable_cleartext_plugin(cleartext);
        }
        Ok(with_tls(config, options))
    }
}

fn with_target(config: &Config, mut options: MySqlConnectOptions) -> MySqlConnectOptions {
    if let Some(user) = config.user() {
        options = options.username(user);
    }
    if let Some(database) = config.dbname() {
        options = options.database(database);
    }
    if let Some(host) = config.hosts().next() {
        if let Some(name) = host.host().filter(|name| !name.is_empty()) {
            options = options.host(name);
        }
        options = options.port(host.port().unwrap_or(config.default_port()));
    }
    if let Some(socket) = config.socket() {
        options = options.socket(socket);
    }
    options
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
