//! Our table of keywords is libpq 18's own: names in its order, environment variables, compiled defaults, and what it
//! marks as a password.

use database_url::postgres::{Config, Keyword};
use database_url_libpq_oracle::libpq;

#[test]
fn the_table_is_libpqs() {
    let theirs = libpq::keywords();
    let names: Vec<_> = theirs.iter().map(|(name, ..)| name.as_str()).collect();
    let ours: Vec<_> = Keyword::ALL
        .iter()
        .map(|keyword| keyword.as_str())
        .collect();
    assert_eq!(names, ours);
    for (keyword, env, default, mark) in theirs {
        let ours: Keyword = keyword.parse().expect("we know it");
        assert_eq!(ours.env(), env.as_deref(), "{keyword}");
        if mark == "*" {
            assert!(ours.is_secret(), "{keyword}");
        }
        // This build of libpq is without GSSAPI, which makes its default another one.
        let default = default.map(|text| {
            if keyword == "gssencmode" {
                "prefer".to_owned()
            } else {
                text
            }
        });
        assert_eq!(ours.default_value(), default.as_deref(), "{keyword}");
    }
}

/// What the fit table says of libpq and diesel: each of the 50 keywords reaches libpq, by either string.
#[test]
fn every_keyword_reaches_libpq() {
    for &keyword in Keyword::ALL {
        let (value, needs) = match keyword.as_str() {
            "host" => ("db.example", ""),
            "hostaddr" => ("10.0.0.1", ""),
            "port" => ("77", ""),
            "sslmode" => ("verify-full", ""),
            "sslnegotiation" => ("direct", "sslmode=require"),
            "sslcertmode" => ("require", "sslmode=require"),
            "ssl_min_protocol_version" | "ssl_max_protocol_version" => ("TLSv1.3", ""),
            "min_protocol_version" => ("3.0", ""),
            "max_protocol_version" => ("3.2", ""),
            "channel_binding" | "gssencmode" => ("prefer", ""),
            "require_auth" => ("scram-sha-256,md5", ""),
            "target_session_attrs" => ("standby", ""),
            "load_balance_hosts" => ("random", ""),
            "replication" => ("database", ""),
            "connect_timeout"
            | "tcp_user_timeout"
            | "keepalives"
            | "keepalives_idle"
            | "keepalives_interval"
            | "keepalives_count"
            | "sslcompression"
            | "sslsni"
            | "gssdelegation" => ("1", ""),
            "scram_client_key" | "scram_server_key" => {
                ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "")
            }
            "gsslib" => ("gssapi", ""),
            "client_encoding" => ("UTF8", ""),
            "oauth_issuer" => ("https://issuer.example", ""),
            "service" => ("prod", ""),
            _ => ("a 'b' %41 \u{e9}", ""),
        };
        let quoted = value.replace('\'', "\\'");
        let config: Config = format!("{needs} {keyword}='{quoted}'")
            .trim_start()
            .parse()
            .unwrap_or_else(|error| panic!("{keyword}: {error}"));
        let url = config.to_libpq_url().expect("a URL");
        let conninfo = config.to_conninfo().expect("a string");
        for text in [url.expose(), conninfo.expose()] {
            let settings = libpq::parse(text.as_bytes()).expect("libpq takes it");
            let found = settings
                .iter()
                .find(|(name, _)| name == keyword.as_str())
                .map(|(_, value)| value.as_slice());
            assert_eq!(found, Some(value.as_bytes()), "{text}");
        }
    }
}
