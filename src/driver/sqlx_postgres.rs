//! sqlx and Postgres.

use sqlx_postgres::{PgConnectOptions, PgSslMode};

use crate::driver::fit::{Driver, address, name, server_settings};
use crate::error::Error;
use crate::postgres::{Config, Keyword, SslCertMode, SslMode};

/// sqlx reads `PG*` of the environment for what the config leaves unset, as libpq does, but not the password file. What it
/// cannot express is an error; see [`Config::fit`].
///
/// `require` with `sslrootcert` becomes `verify-ca`, as libpq has it; sqlx itself would check nothing then.
impl TryFrom<&Config> for PgConnectOptions {
    type Error = Error;

    fn try_from(config: &Config) -> Result<Self, Error> {
        config.fit(Driver::Sqlx).accept()?;
        let mut options = with_host(config, Self::new_without_pgpass());
        if let Some(user) = config.given(Keyword::User) {
            options = options.username(user);
        }
        if let Some(password) = config.given(Keyword::Password) {
            options = options.password(password);
        }
        if let Some(dbname) = config.given(Keyword::Dbname) {
            options = options.database(dbname);
        }
        let fallback = config.given(Keyword::FallbackApplicationName);
        if let Some(name) = config.given(Keyword::ApplicationName).or(fallback) {
            options = options.application_name(name);
        }
        if let Some(settings) = config.given(Keyword::Options).and_then(server_settings) {
            options = options.options(settings);
        }
        let capacity = config
            .extra_pairs()
            .find(|(name, _)| *name == "statement-cache-capacity");
        if let Some(capacity) = capacity.and_then(|(_, value)| value.expose().parse().ok()) {
            options = options.statement_cache_capacity(capacity);
        }
        Ok(with_tls(config, options))
    }
}

fn with_host(config: &Config, mut options: PgConnectOptions) -> PgConnectOptions {
    if let Some(host) = config.hosts().next() {
        if let Some(host) = name(&host).or_else(|| address(&host)) {
            options = options.host(host);
        }
        options = options.port(host.port().unwrap_or(config.default_port()));
    }
    options
}

/// An unset mode is left to sqlx, whose default is libpq's `prefer`, and whose environment may have a stricter one.
fn with_tls(config: &Config, mut options: PgConnectOptions) -> PgConnectOptions {
    if !config.uses_tls() {
        return options.ssl_mode(PgSslMode::Disable);
    }
    let has_root = config.root_file().is_some();
    match config.effective_sslmode() {
        SslMode::Require if has_root => options = options.ssl_mode(PgSslMode::VerifyCa),
        SslMode::Require => options = options.ssl_mode(PgSslMode::Require),
        SslMode::VerifyCa => options = options.ssl_mode(PgSslMode::VerifyCa),
        SslMode::VerifyFull => options = options.ssl_mode(PgSslMode::VerifyFull),
        _ if config.sslmode().is_some() => options = options.ssl_mode(PgSslMode::Prefer),
        _ => {}
    }
    if let Some(root) = config.root_file() {
        options = options.ssl_root_cert(root);
    }
    if config.sslcertmode() != Some(SslCertMode::Disable) {
        let key = config.given(Keyword::SslKey);
        if let Some((certificate, key)) = config.given(Keyword::SslCert).zip(key) {
            options = options.ssl_client_cert(certificate).ssl_client_key(key);
        }
    }
    options
}
