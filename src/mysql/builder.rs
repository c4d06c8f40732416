//! A builder with a method for each setting.

use std::fmt;

use crate::config::setters;
use crate::error::Error;
use crate::mysql::{Config, Keyword, SslMode};
use crate::secret::Secret;

/// A config in the making: every keyword has a method, and [`build`](Self::build) reports what is wrong. A later value of a
/// keyword replaces an earlier one.
///
/// ```
/// use database_url::mysql::{Config, SslMode};
///
/// let config = Config::builder()
///     .host("db.example")
///     .user("app")
///     .password("p@ss/word")
///     .dbname("shop")
///     .ssl_mode(SslMode::Required)
///     .build()?;
/// assert_eq!(
///     config.to_url()?.expose(),
///     "mysql://app:p%40ss%2Fword@db.example/shop?ssl-mode=REQUIRED",
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
    user: User, text;
    password: Password, text;
    host: Host, text;
    port: Port, number u16;
    priority: Priority, text;
    dbname: Database, text;
    socket: Socket, text;
    net: Net, text;
    address: Address, text;
    ssl_mode: SslMode, word SslMode;
    ssl_ca: SslCa, text;
    ssl_capath: SslCapath, text;
    ssl_cert: SslCert, text;
    ssl_key: SslKey, text;
    ssl_cipher: SslCipher, text;
    ssl_crl: SslCrl, text;
    ssl_crlpath: SslCrlpath, text;
    tls_version: TlsVersion, text;
    charset: Charset, text;
    collation: Collation, text;
    timezone: Timezone, text;
    init_command: InitCommand, text;
    connect_timeout: ConnectTimeoutMs, milliseconds;
    read_timeout: ReadTimeoutMs, milliseconds;
    write_timeout: WriteTimeoutMs, milliseconds;
    pool_min: PoolMin, number u64;
    pool_max: PoolMax, number u64;
    compress: Compress, text;
    statement_cache: StatementCache, number u64;
    max_allowed_packet: MaxAllowedPacket, number u64;
    prefer_socket: PreferSocket, boolean;
    cleartext: Cleartext, boolean;
    allow_public_key_retrieval: AllowPublicKeyRetrieval, boolean;
    server_public_key: ServerPublicKey, text;
    local_infile: LocalInfile, boolean;
    found_rows: FoundRows, boolean;
    reconnect: Reconnect, boolean;
}

/// How many settings there are, and no value.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("settings", &self.settings.len())
            .finish_non_exhaustive()
    }
}
