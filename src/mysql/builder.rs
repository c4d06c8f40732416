//! A builder with a method for each setting.

use crate::config::builder;
use crate::error::Error;
use crate::mysql::{Config, Keyword, SslMode};

builder! {
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
    Builder of Config by Keyword;

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
