//! What mysql and `mysql_async` have in common: their builders' methods, by other types, and their first commands.

use crate::mysql::{Config, Keyword, SslMode};

/// The statements that set what has no option of its own. Names were checked by the fit.
pub(super) fn first_commands(config: &Config) -> Vec<String> {
    let collation = config
        .collation()
        .map(|name| format!("SET NAMES utf8mb4 COLLATE {name}"));
    let timezone = config
        .timezone()
        .map(|zone| format!("SET time_zone = '{zone}'"));
    let given = config.given(Keyword::InitCommand).map(str::to_owned);
    [collation, timezone, given].into_iter().flatten().collect()
}

/// The mode of TLS, if TLS is used: neither driver uses any by itself.
pub(super) fn tls(config: &Config) -> Option<SslMode> {
    config.ssl_mode().filter(|mode| mode.requires_tls())
}

/// Both limits of the pool, where one is given.
pub(super) fn pool_limits(config: &Config, default: (usize, usize)) -> Option<(usize, usize)> {
    let limit = |given: Option<u64>| given.and_then(|count| usize::try_from(count).ok());
    let (least, most) = (limit(config.pool_min()), limit(config.pool_max()));
    let most = most.unwrap_or(default.1.max(least.unwrap_or(0)));
    (config.pool_min().is_some() || config.pool_max().is_some())
        .then(|| (least.unwrap_or(default.0).min(most), most))
}

/// The level of compression, if it is on.
pub(super) fn compression(config: &Config) -> Option<u32> {
    match config.compress()? {
        "false" => None,
        "fast" => Some(1),
        "best" => Some(9),
        level => Some(level.parse().unwrap_or(6)),
    }
}

/// A count that is not zero: zero asks the server.
pub(super) fn max_allowed_packet(config: &Config) -> Option<usize> {
    let bytes = config.max_allowed_packet().filter(|&bytes| bytes > 0);
    bytes.and_then(|bytes| usize::try_from(bytes).ok())
}

/// The driver's `OptsBuilder` with what both drivers take in the same words; `$name => $host` is how the host's name is given.
macro_rules! builder {
    ($config:ident, $name:ident => $host:expr) => {{
        let mut options = OptsBuilder::default()
            .user($config.user())
            .pass($config.password().map(crate::secret::SecretStr::expose))
            .db_name($config.dbname())
            .socket($config.socket())
            // By default it would leave the host that was named for the server's socket.
            .prefer_socket($config.flag(Keyword::PreferSocket).unwrap_or(false))
            .enable_cleartext_plugin($config.flag(Keyword::Cleartext).unwrap_or(false))
            .max_allowed_packet(max_allowed_packet($config))
            .ssl_opts(tls($config).map(|mode| ssl_opts($config, mode)));
        let host = $config.hosts().next();
        let name = host.and_then(|host| host.host());
        let count = $config.statement_cache();
        let default = PoolConstraints::default();
        let limits = pool_limits($config, (default.min(), default.max()));
        let limits =
            limits.map(|(least, most)| PoolConstraints::new(least, most).unwrap_or(default));
        given!(
            options
                .tcp_port(host.map(|host| host.port().unwrap_or($config.default_port())))
                .ip_or_hostname(name.filter(|name| !name.is_empty()).map(|$name| $host))
                .stmt_cache_size(count.and_then(|count| usize::try_from(count).ok()))
                .pool_opts(limits.map(|limits| PoolOpts::default().with_constraints(limits)))
        );
        options
    }};
}

pub(super) use builder;
