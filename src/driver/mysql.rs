//! mysql, the driver that blocks.

use std::path::PathBuf;

use ::mysql::consts::CapabilityFlags;
use ::mysql::{Compression, Opts, OptsBuilder, PoolConstraints, PoolOpts, SslOpts};

use crate::driver::fit::Driver;
use crate::driver::mysql_session::{
    compression, first_commands, max_allowed_packet, pool_limits, tls,
};
use crate::error::Error;
use crate::mysql::{Config, Keyword, SslMode};

/// What mysql cannot express is an error; see [`Config::fit`]. An unset `ssl_mode` is its own default, no TLS.
impl TryFrom<&Config> for Opts {
    type Error = Error;

    fn try_from(config: &Config) -> Result<Self, Error> {
        config.fit(Driver::Mysql).accept()?;
        let server_key = config
            .get(Keyword::ServerPublicKey)
            .filter(|path| !path.is_empty());
        let mut options = OptsBuilder::new()
            .user(config.user())
            .pass(config.password().map(crate::secret::SecretStr::expose))
            .db_name(config.dbname())
            .socket(config.socket())
            // By default it would leave the host that was named for the server's socket.
            .prefer_socket(config.flag(Keyword::PreferSocket).unwrap_or(false))
            .init(first_commands(config))
            .tcp_connect_timeout(
                config
                    .connect_timeout()
                    .filter(|timeout| !timeout.is_zero()),
            )
            .read_timeout(config.read_timeout().filter(|timeout| !timeout.is_zero()))
            .write_timeout(config.write_timeout().filter(|timeout| !timeout.is_zero()))
            .compress(compression(config).map(Compression::new))
            .enable_cleartext_plugin(config.flag(Keyword::Cleartext).unwrap_or(false))
            .max_allowed_packet(max_allowed_packet(config))
            .server_key_path(server_key.map(|path| PathBuf::from(path.expose())))
            .ssl_opts(tls(config).map(|mode| ssl_opts(config, mode)));
        if config.flag(Keyword::FoundRows) == Some(true) {
            options = options.additional_capabilities(CapabilityFlags::CLIENT_FOUND_ROWS);
        }
        if let Some(host) = config.hosts().next() {
            options = options.tcp_port(host.port().unwrap_or(config.default_port()));
            if let Some(name) = host.host().filter(|name| !name.is_empty()) {
                options = options.ip_or_hostname(Some(name));
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
    SslOpts::default()
        .with_root_cert_path(ca.map(PathBuf::from))
        .with_danger_accept_invalid_certs(mode < SslMode::VerifyCa)
        .with_danger_skip_domain_validation(mode < SslMode::VerifyIdentity)
}
