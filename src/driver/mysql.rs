//! mysql, the driver that blocks.

use std::path::PathBuf;
use std::time::Duration;

use ::mysql::consts::CapabilityFlags;
use ::mysql::{Compression, Opts, OptsBuilder, PoolConstraints, PoolOpts, SslOpts};

use crate::driver::fit::Driver;
use crate::driver::mysql_session::{
    builder, compression, first_commands, max_allowed_packet, pool_limits, tls,
};
use crate::error::Error;
use crate::mysql::{Config, Keyword, SslMode};

/// What mysql cannot express is an error; see [`Config::fit`]. An unset `ssl_mode` is its own default, no TLS.
impl TryFrom<&Config> for Opts {
    type Error = Error;

    fn try_from(config: &Config) -> Result<Self, Error> {
        config.fit(Driver::Mysql).accept()?;
        let timeout = |given: Option<Duration>| given.filter(|timeout| !timeout.is_zero());
        let mut options = builder!(config, name => Some(name))
            .init(first_commands(config))
            .tcp_connect_timeout(timeout(config.connect_timeout()))
            .read_timeout(timeout(config.read_timeout()))
            .write_timeout(timeout(config.write_timeout()))
            .compress(compression(config).map(Compression::new))
            .server_key_path(config.given(Keyword::ServerPublicKey).map(PathBuf::from));
        if config.flag(Keyword::FoundRows) == Some(true) {
            options = options.additional_capabilities(CapabilityFlags::CLIENT_FOUND_ROWS);
        }
        Ok(options.into())
    }
}

fn ssl_opts(config: &Config, mode: SslMode) -> SslOpts {
    SslOpts::default()
        .with_root_cert_path(config.given(Keyword::SslCa).map(PathBuf::from))
        .with_danger_accept_invalid_certs(mode < SslMode::VerifyCa)
        .with_danger_skip_domain_validation(mode < SslMode::VerifyIdentity)
}
