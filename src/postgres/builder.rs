//! A builder with a method for each keyword of libpq.

use crate::config::builder;
use crate::error::Error;
use crate::postgres::{
    ChannelBinding, Config, GssEncMode, Keyword, LoadBalanceHosts, ProtocolVersion, Replication,
    SslCertMode, SslMode, SslNegotiation, TargetSessionAttrs, TlsVersion,
};

builder! {
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
    Builder of Config by Keyword;

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
