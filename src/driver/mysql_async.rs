//! `mysql_async`.

use ::mysql_async::{Compression, Opts, OptsBuilder, PoolConstraints, PoolOpts, SslOpts};

use crate::driver::fit::{Driver, is_pem};
use crate::driver::mysql_session::{
    compression, first_commands, max_allowed_packet, pool_limits, tls,
};
use crate::error::Error;
use crate::mysql::{Config, Keyword, SslMode};

/// What `mysql_async` cannot express is an error; see [`Config::fit`]. An unset `ssl_mode` is its own default, no TLS.
///
/// With `ssl_ca`, the file alone is trusted.
impl TryFrom<&Config> for Opts {
    type Error = Error;

    fn try_from(config: &Config) -> Result<Self, Error> {
        config.fit(Driver::MysqlAsync).accept()?;
        let mut options = OptsBuilder::default()
            .user(config.user())
            .pass(config.password().map(crate::secret::SecretStr::expose))
            .db_name(config.dbname())
            .socket(config.socket())
            // By default it would leave the host that was named for the server's socket.
            .prefer_socket(config.flag(Keyword::PreferSocket).unwrap_or(false))
            .setup(first_commands(config))
            .compression(compression(config).map(Compression::new))
            .client_found_rows(config.flag(Keyword::FoundRows).unwrap_or(false))
            .enable_cleartext_plugin(config.flag(Keyword::Cleartext).unwrap_or(false))
            .max_allowed_packet(max_allowed_packet(config))
            .ssl_opts(tls(config).map(|mode| ssl_opts(config, mode)));
        if let Some(host) = config.hosts().next() {
            options = options.tcp_port(host.port().unwrap_or(config.default_port()));
            if let Some(name) = host.host().filter(|name| !name.is_empty()) {
                options = options.ip_or_hostname(name);
            }
        }
        if let Some(count) = config
            .statement_cache()
            .and_then(|count| usize::try_from(count).ok())
        {
            options = options.stmt_cache_size(count);
        }
        let default = PoolConstraints::default();
        if let Some((least, most)) = pool_limits(config, (default.min(), default.max())) {
            let limits = PoolConstraints::new(least, most).unwrap_or(default);
            options = options.pool_opts(PoolOpts::default().with_constraints(limits));
        }
        Ok(options.into())
    }
}

fn ssl_opts(config: &Config, mode: SslMode) -> SslOpts {
    let ca = config.ssl_ca().filter(|ca| !ca.is_empty());
    let roots = ca.map(|ca| {
        if is_pem(ca) {
            ca.as_bytes().to_vec().into()
        } else {
            std::path::PathBuf::from(ca).into()
        }
    });
    SslOpts::default()
        .with_disable_built_in_roots(roots.is_some())
        .with_root_certs(roots.into_iter().collect())
        .with_danger_accept_invalid_certs(mode < SslMode::VerifyCa)
        .with_danger_skip_domain_validation(mode < SslMode::VerifyIdentity)
}
