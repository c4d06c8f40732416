//! sqlx and Postgres.

use sqlx_postgres::{PgConnectOptions, PgSslMode};

use crate::config::value::Host;
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
        let mut options = Self::new_without_pgpass();
        let host = config.hosts().next();
        let port = |host: Host<'_>| host.port().unwrap_or(config.default_port());
        let fallback = config.given(Keyword::FallbackApplicationName);
        let mut extras = config.extra_pairs();
        let capacity = extras.find(|(name, _)| *name == "statement-cache-capacity");
        given!(
            options
                .host(host.and_then(|host| name(&host).or_else(|| address(&host))))
                .port(host.map(port))
                .username(config.given(Keyword::User))
                .password(config.given(Keyword::Password))
                .database(config.given(Keyword::Dbname))
                .application_name(config.given(Keyword::ApplicationName).or(fallback))
                .options(config.given(Keyword::Options).and_then(server_settings))
                .statement_cache_capacity(
                    capacity.and_then(|(_, value)| value.expose().parse().ok())
                )
        );
        Ok(with_tls(config, options))
    }
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
    given!(options.ssl_root_cert(config.root_file()));
    if config.sslcertmode() != Some(SslCertMode::Disable) {
        let key = config.given(Keyword::SslKey);
        if let Some((certificate, key)) = config.given(Keyword::SslCert).zip(key) {
            options = options.ssl_client_cert(certificate).ssl_client_key(key);
        }
    }
    options
}
