//! What mysql and `mysql_async` send as their first commands.

use crate::mysql::{Config, SslMode};

/// The statements that set what has no option of its own. Names were checked by the fit.
pub(super) fn first_commands(config: &Config) -> Vec<String> {
    let collation = config
        .collation()
        .map(|name| format!("SET NAMES utf8mb4 COLLATE {name}"));
    let timezone = config
        .timezone()
        .map(|zone| format!("SET time_zone = '{zone}'"));
    let given = config.init_command().filter(|command| !command.is_empty());
    let given = given.map(|command| command.expose().to_owned());
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
