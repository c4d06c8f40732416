//! `mysql_async`.

use ::mysql_async::{Compression, Opts, OptsBuilder, PoolConstraints, PoolOpts, SslOpts};

use crate::driver::fit::{Driver, is_pem};
use crate::driver::mysql_session::{
    builder, compression, first_commands, max_allowed_packet, pool_limits, tls,
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
        let options = builder!(config, name => name)
            .setup(first_commands(config))
            .compression(compression(config).map(Compression::new))
            .client_found_rows(config.flag(Keyword::FoundRows).unwrap_or(false));
        Ok(options.into())
    }
}

fn ssl_opts(config: &Config, mode: SslMode) -> SslOpts {
    let roots = config.given(Keyword::SslCa).map(|ca| {
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
