//! What we make of a string, as each peer would hold it if it were given our config's fields: with its defaults for what
//! the config leaves open, and in its terms.

use std::collections::BTreeMap;

use database_url::Error;
use database_url::mysql::{Config, Keyword, SslMode, Value};

use crate::peer::Peer;
use crate::reading::Reading;

/// Our reading of a URL, or of a DSN, in the terms of the peer.
///
/// # Errors
/// Ours, if we reject the text.
pub fn read(peer: Peer, text: &str) -> Result<Reading, Error> {
    let config = match peer {
        Peer::Go => Config::from_go_dsn(text)?,
        _ => text.parse()?,
    };
    let reading = location(&config);
    Ok(match peer {
        Peer::Go => go(&config),
        Peer::Sqlx => sqlx(&config, reading),
        Peer::Mysql => mysql(&config, reading),
        Peer::MysqlAsync => mysql_async(&config, reading),
    })
}

/// Where and as whom to connect. All three have the same defaults, but that sqlx makes up a user as well.
fn location(config: &Config) -> Reading {
    let hosts: Vec<String> = config
        .hosts()
        .map(|host| host.host().unwrap_or_default().to_owned())
        .collect();
    let hosts = if hosts.is_empty() {
        "localhost".to_owned()
    } else {
        hosts.join(" then ")
    };
    let port = config.hosts().find_map(|host| host.port());
    Reading::new()
        .with("user", config.user())
        .with(
            "password",
            config
                .password()
                .map(|password| password.expose().to_owned()),
        )
        .with("host", Some(hosts))
        .with("port", Some(port.unwrap_or(config.default_port())))
        .with("database", config.dbname())
        .with("socket", config.socket())
}

fn sqlx(config: &Config, reading: Reading) -> Reading {
    let mode = config.ssl_mode().unwrap_or(SslMode::Preferred);
    reading
        .with("ssl_mode", Some(mode.as_str()))
        .with("ssl_ca", value(config, Keyword::SslCa))
        .with("ssl_cert", value(config, Keyword::SslCert))
        .with("ssl_key", value(config, Keyword::SslKey))
        .with(
            "charset",
            value(config, Keyword::Charset).or(Some("utf8mb4".to_owned())),
        )
        .with("collation", value(config, Keyword::Collation))
        .with(
            "statement_cache",
            value(config, Keyword::StatementCache).or(Some("100".to_owned())),
        )
}

fn mysql(config: &Config, reading: Reading) -> Reading {
    shared(config, reading)
        .with("ssl_ca", value(config, Keyword::SslCa))
        .with("server_public_key", value(config, Keyword::ServerPublicKey))
        .with(
            "connect_timeout_ms",
            config.connect_timeout().map(|timeout| timeout.as_millis()),
        )
        .with(
            "max_allowed_packet",
            value(config, Keyword::MaxAllowedPacket),
        )
}

fn mysql_async(config: &Config, reading: Reading) -> Reading {
    shared(config, reading)
        .with(
            "max_allowed_packet",
            value(config, Keyword::MaxAllowedPacket),
        )
        .with(
            "found_rows",
            value(config, Keyword::FoundRows).or(Some("false".to_owned())),
        )
}

/// What the crates of one author have in common.
fn shared(config: &Config, reading: Reading) -> Reading {
    // They know no `preferred`: without TLS options they never use TLS.
    let tls = match config.ssl_mode() {
        None | Some(SslMode::Disabled | SslMode::Preferred) => "no TLS",
        Some(mode) => mode.as_str(),
    };
    let or = |keyword, default: &str| value(config, keyword).or(Some(default.to_owned()));
    reading
        .with("tls", Some(tls))
        .with("pool_min", or(Keyword::PoolMin, "10"))
        .with("pool_max", or(Keyword::PoolMax, "100"))
        .with("compress", compress(config))
        .with("statement_cache", or(Keyword::StatementCache, "32"))
        .with("prefer_socket", or(Keyword::PreferSocket, "true"))
        .with("cleartext", or(Keyword::Cleartext, "false"))
}

/// As go-sql-driver's `Config` has it, which fills in all that is left open.
fn go(config: &Config) -> Reading {
    let or = |keyword, default: &str| Some(value(config, keyword).unwrap_or(default.to_owned()));
    let (net, address) = go_address(config);
    let tls = config.ssl_mode().unwrap_or(SslMode::Disabled);
    Reading::new()
        .with("user", Some(config.user().unwrap_or_default()))
        .with(
            "password",
            Some(
                config
                    .password()
                    .map_or(String::new(), |password| password.expose().to_owned()),
            ),
        )
        .with("net", Some(net))
        .with("address", Some(address))
        .with("database", Some(config.dbname().unwrap_or_default()))
        .with("tls", Some(tls.as_str()))
        .with("charset", or(Keyword::Charset, ""))
        .with("collation", or(Keyword::Collation, ""))
        .with("compress", or(Keyword::Compress, "false"))
        .with("connect_timeout_ms", or(Keyword::ConnectTimeoutMs, "0"))
        .with("read_timeout_ms", or(Keyword::ReadTimeoutMs, "0"))
        .with("write_timeout_ms", or(Keyword::WriteTimeoutMs, "0"))
        .with(
            "max_allowed_packet",
            or(Keyword::MaxAllowedPacket, "67108864"),
        )
        .with("local_infile", or(Keyword::LocalInfile, "false"))
        .with("cleartext", or(Keyword::Cleartext, "false"))
        .with("found_rows", or(Keyword::FoundRows, "false"))
        .with("parameters", Some(format!("{:?}", go_parameters(config))))
}

/// The network and the address in it.
fn go_address(config: &Config) -> (String, String) {
    if let Some(socket) = config.socket() {
        return ("unix".to_owned(), socket.to_owned());
    }
    let net = config.net().unwrap_or("tcp").to_owned();
    let Some(host) = config.hosts().next() else {
        let default = match net.as_str() {
            "tcp" => "127.0.0.1:3306",
            "unix" => "/tmp/mysql.sock",
            _ => "",
        };
        return (net, config.address().unwrap_or(default).to_owned());
    };
    let port = host.port().unwrap_or(3306);
    let address = match host.host().unwrap_or_default() {
        host if host.contains(':') => format!("[{host}]:{port}"),
        host => format!("{host}:{port}"),
    };
    (net, address)
}

/// What is sent to the server as `SET name=value`.
fn go_parameters(config: &Config) -> BTreeMap<String, String> {
    let written = config
        .written()
        .filter(|extra| !Peer::Go.names().contains(&extra.name()));
    let mut parameters: BTreeMap<_, _> = written
        .map(|extra| (extra.name().to_owned(), extra.value().expose().to_owned()))
        .collect();
    // The variable's value is SQL, our setting is what it says.
    if let Some(timezone) = config
        .timezone()
        .filter(|timezone| !timezone.starts_with('\''))
    {
        parameters.insert("time_zone".to_owned(), format!("'{timezone}'"));
    }
    parameters
}

/// As zlib's level, which is 6 where none is given.
fn compress(config: &Config) -> Option<String> {
    let level = value(config, Keyword::Compress)?;
    match level.as_str() {
        "true" => Some("6".to_owned()),
        "fast" => Some("1".to_owned()),
        "best" => Some("9".to_owned()),
        "false" => None,
        _ => Some(level),
    }
}

fn value(config: &Config, keyword: Keyword) -> Option<String> {
    let (_, value) = config.params().find(|(known, _)| *known == keyword)?;
    Some(match value {
        Value::Text(text) => text.expose().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(given) => given.to_string(),
        other => panic!("a kind of value that is new: {other:?}"),
    })
}
