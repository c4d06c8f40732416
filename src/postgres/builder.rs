//! A builder with a method for each keyword of libpq.

use std::fmt;

use crate::config::setters;
use crate::error::Error;
use crate::postgres::{
    ChannelBinding, Config, GssEncMode, Keyword, LoadBalanceHosts, ProtocolVersion, Replication,
    SslCertMode, SslMode, SslNegotiation, TargetSessionAttrs, TlsVersion,
};
use crate::secret::Secret;

/// A config in the making: every keyword has a method, and [`build`](Self::build) reports what is wrong. A later value of a
/// keyword replaces an earlier one.
///
/// ```
/// use std::time::Duration;
///
/// use database_url::postgres::{Config, SslMode};
///
/// let config = Config::builder()
///     .host("db.example")
///     .user("app")
///     .password("p@ss/word")
///     .dbname("shop")
///     .sslmode(SslMode::VerifyFull)
///     .connect_timeout(Duration::from_secs(5))
///     .build()?;
/// assert_eq!(
///     config.to_url()?.expose(),
///     "postgres://app:p%40ss%2Fword@db.example/shop?connect_timeout=5&sslmode=verify-full",
/// );
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Builder {
    settings: Vec<(Keyword, Secret)>,
    extras: Vec<(Secret, Secret)>,
    hosts: Vec<(Secret, Option<u16>)>,
}

impl Config {
    /// A builder with nothing set.
    pub fn builder() -> Builder {
        Builder::default()
    }
}

impl Builder {
    /// Sets a keyword to a string, as [`Config::with`] takes it.
    pub fn set(mut self, keyword: Keyword, value: &str) -> Self {
        self.settings.push((keyword, Secret::from(value)));
        self
    }

    /// Sets the servers to try, in order, as [`Config::with_hosts`] takes them.
    pub fn hosts<'h>(mut self, hosts: impl IntoIterator<Item = (&'h str, Option<u16>)>) -> Self {
        let hosts = hosts.into_iter();
        self.hosts = hosts
            .map(|(host, port)| (Secret::from(host), port))
            .collect();
        self
    }

    /// Adds a parameter for another reader of the URL, as [`Config::with_extra`] takes it.
    pub fn extra(mut self, name: &str, value: &str) -> Self {
        self.extras.push((Secret::from(name), Secret::from(value)));
        self
    }

    /// The config.
    ///
    /// # Errors
    ///
    /// If a value is not one of its keyword, or the settings contradict each other.
    pub fn build(self) -> Result<Config, Error> {
        let hosts = self.hosts.iter();
        let mut config =
            Config::new().with_hosts(hosts.map(|(host, port)| (host.expose(), *port)))?;
        let settings = self.settings.iter();
        config = config.with_all(settings.map(|(keyword, value)| (*keyword, value.expose())))?;
        for (name, value) in &self.extras {
            config = config.with_extra(name.expose(), value.expose())?;
        }
        Ok(config)
    }
}

setters! {
    service: Service, text;
    user: User, text;
    password: Password, text;
    passfile: Passfile, text;
    channel_binding: ChannelBinding, word ChannelBinding;
    connect_timeout: ConnectTimeout, seconds;
    dbname: Dbname, text;
    host: Host, text;
    hostaddr: HostAddr, text;
    port: Port, number u16;
    client_encoding: ClientEncoding, text;
    options: Options, text;
    application_name: ApplicationName, text;
    fallback_application_name: FallbackApplicationName, text;
    keepalives: Keepalives, flag;
    keepalives_idle: KeepalivesIdle, seconds;
    keepalives_interval: KeepalivesInterval, seconds;
    keepalives_count: KeepalivesCount, number u32;
    tcp_user_timeout: TcpUserTimeout, milliseconds;
    sslmode: SslMode, word SslMode;
    sslnegotiation: SslNegotiation, word SslNegotiation;
    sslcompression: SslCompression, flag;
    sslcert: SslCert, text;
    sslkey: SslKey, text;
    sslcertmode: SslCertMode, word SslCertMode;
    sslpassword: SslPassword, text;
    sslrootcert: SslRootCert, text;
    sslcrl: SslCrl, text;
    sslcrldir: SslCrlDir, text;
    sslsni: SslSni, flag;
    requirepeer: RequirePeer, text;
    require_auth: RequireAuth, text;
    min_protocol_version: MinProtocolVersion, word ProtocolVersion;
    max_protocol_version: MaxProtocolVersion, word ProtocolVersion;
    ssl_min_protocol_version: SslMinProtocolVersion, word TlsVersion;
    ssl_max_protocol_version: SslMaxProtocolVersion, word TlsVersion;
    gssencmode: GssEncMode, word GssEncMode;
    krbsrvname: KrbSrvName, text;
    gsslib: GssLib, text;
    gssdelegation: GssDelegation, flag;
    replication: Replication, word Replication;
    target_session_attrs: TargetSessionAttrs, word TargetSessionAttrs;
    load_balance_hosts: LoadBalanceHosts, word LoadBalanceHosts;
    scram_client_key: ScramClientKey, text;
    scram_server_key: ScramServerKey, text;
    oauth_issuer: OauthIssuer, text;
    oauth_client_id: OauthClientId, text;
    oauth_client_secret: OauthClientSecret, text;
    oauth_scope: OauthScope, text;
    sslkeylogfile: SslKeyLogFile, text;
}

/// How many settings there are, and no value.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("settings", &self.settings.len())
            .finish_non_exhaustive()
    }
}
