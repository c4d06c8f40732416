//! tokio-postgres: its config alone, or with a connector for every `sslmode`.

use std::net::IpAddr;

use ::tokio_postgres::config as theirs;

use crate::driver::fit::{Driver, address, name};
use crate::error::Error;
use crate::postgres::{
    ChannelBinding, Config, Keyword, LoadBalanceHosts, SslMode, SslNegotiation, TargetSessionAttrs,
};

/// The config for a connector of the program's own, which decides about certificates. What it cannot express is an error;
/// see [`Config::fit`].
impl TryFrom<&Config> for ::tokio_postgres::Config {
    type Error = Error;

    fn try_from(config: &Config) -> Result<Self, Error> {
        config.fit(Driver::TokioPostgres).accept()?;
        Ok(options(config))
    }
}

/// A config together with the connector that gives it libpq's meaning of `sslmode`; see [`parts`].
#[cfg(feature = "rustls-0_23")]
#[derive(Clone)]
#[non_exhaustive]
pub struct Parts {
    /// For `tokio_postgres::Config::connect`, or a pool.
    pub config: ::tokio_postgres::Config,
    /// The connector of `tokio-postgres-rustls`, which also gives SCRAM its channel binding.
    pub connector: tokio_postgres_rustls::MakeRustlsConnect,
}

#[cfg(feature = "rustls-0_23")]
impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

/// The config and its connector, for every mode of TLS, by the crypto provider of the process.
///
/// The connector is `MakeRustlsConnect` of tokio-postgres-rustls with the configuration of
/// [`driver::rustls`](crate::driver::rustls), whose documentation says what each mode checks. Certificates are read from
/// their files here.
///
/// ```no_run
/// # async fn connect() -> Result<(), Box<dyn std::error::Error>> {
/// use database_url::driver::tokio_postgres::parts;
///
/// let config: database_url::postgres::Config =
///     "postgres://app:hunter2@db.example/shop?sslmode=verify-full&sslrootcert=ca.pem".parse()?;
/// let parts = parts(&config)?;
/// let (client, connection) = parts.config.connect(parts.connector).await?;
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// If tokio-postgres cannot express the config, a file cannot be read, or no crypto provider is installed.
#[cfg(feature = "rustls-0_23")]
pub fn parts(config: &Config) -> Result<Parts, Error> {
    use crate::driver::rustls;

    config.fit(Driver::TokioPostgresRustls).accept()?;
    let tls = match rustls::client_config(config)? {
        Some(tls) => tls,
        None => rustls::unused()?,
    };
    Ok(Parts {
        config: options(config),
        connector: tokio_postgres_rustls::MakeRustlsConnect::new(tls),
    })
}

/// Everything that the fit expresses.
fn options(config: &Config) -> ::tokio_postgres::Config {
    let mut all = ::tokio_postgres::Config::new();
    let mut options = &mut all;
    let fallback = config.given(Keyword::FallbackApplicationName);
    given!(
        options
            .user(config.given(Keyword::User))
            .password(config.given(Keyword::Password))
            .dbname(config.given(Keyword::Dbname))
            .application_name(config.given(Keyword::ApplicationName).or(fallback))
            .options(config.given(Keyword::Options))
            .connect_timeout(config.connect_timeout())
            .keepalives(config.keepalives())
            .keepalives_idle(config.keepalives_idle())
            .keepalives_interval(config.keepalives_interval())
            .keepalives_retries(config.keepalives_count())
            .tcp_user_timeout(config.tcp_user_timeout())
    );
    add_hosts(config, options);
    set_tls(config, options);
    set_session(config, options);
    all
}

/// An address is the name of its host where no host has a name. Ports are written out, since the default is that of the scheme.
fn add_hosts(config: &Config, options: &mut ::tokio_postgres::Config) {
    let has_names = config.hosts().any(|host| name(&host).is_some());
    for host in config.hosts() {
        options.host(name(&host).or_else(|| address(&host)).unwrap_or_default());
        options.port(host.port().unwrap_or(config.default_port()));
        let parsed: Option<IpAddr> = address(&host).and_then(|text| text.parse().ok());
        if let Some(address) = parsed.filter(|_| has_names) {
            options.hostaddr(address);
        }
    }
}

fn set_tls(config: &Config, options: &mut ::tokio_postgres::Config) {
    options.ssl_mode(match config.effective_sslmode() {
        _ if !config.uses_tls() => theirs::SslMode::Disable,
        SslMode::Allow | SslMode::Prefer => theirs::SslMode::Prefer,
        _ => theirs::SslMode::Require,
    });
    if config.uses_tls() && config.sslnegotiation() == Some(SslNegotiation::Direct) {
        options.ssl_negotiation(theirs::SslNegotiation::Direct);
    }
    match config.channel_binding() {
        Some(ChannelBinding::Disable) => options.channel_binding(theirs::ChannelBinding::Disable),
        Some(ChannelBinding::Require) => options.channel_binding(theirs::ChannelBinding::Require),
        _ => options,
    };
}

fn set_session(config: &Config, options: &mut ::tokio_postgres::Config) {
    match config.target_session_attrs() {
        Some(TargetSessionAttrs::ReadWrite) => {
            options.target_session_attrs(theirs::TargetSessionAttrs::ReadWrite)
        }
        Some(TargetSessionAttrs::ReadOnly) => {
            options.target_session_attrs(theirs::TargetSessionAttrs::ReadOnly)
        }
        _ => options,
    };
    if config.load_balance_hosts() == Some(LoadBalanceHosts::Random) {
        options.load_balance_hosts(theirs::LoadBalanceHosts::Random);
    }
}
