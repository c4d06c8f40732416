//! The rows of Redis and SQLite in docs/drivers.md against the drivers' own options: what is expressed changes them, what is lost
//! does not, and what is rejected is an error. Every row of the page is a case, so that a row that is not true fails.

use std::fmt::Debug;

use database_url::{Error, service, sqlite};
use redis::{ConnectionInfo, IntoConnectionInfo};
use sqlx::sqlite::SqliteConnectOptions;

const PAGE: &str = include_str!("../../../docs/drivers.md");

/// How many rows of each kind there are: expressed, rejected, lost.
const COUNTS: [usize; 3] = [5, 5, 2];

/// The options of a driver as `Debug` shows them.
type Options = fn(&str) -> Result<String, Error>;

fn shown(options: &impl Debug) -> String {
    format!("{options:?}")
}

fn redis(text: &str) -> Result<String, Error> {
    let config: service::Config = text.parse()?;
    let info = ConnectionInfo::try_from(&config)?;
    // `Debug` leaves the password out.
    let password = info.redis_settings().password().map(ToOwned::to_owned);
    Ok(shown(&(info, password)))
}

fn sqlite(text: &str) -> Result<String, Error> {
    let config: sqlite::Config = text.parse()?;
    Ok(shown(&SqliteConnectOptions::try_from(&config)?))
}

/// The string without each of its parameters.
fn without_each(text: &str) -> Vec<String> {
    let Some((start, query)) = text.split_once('?') else {
        return Vec::new();
    };
    let pairs: Vec<_> = query.split('&').collect();
    let without = |at: usize| {
        let rest = pairs.iter().enumerate().filter(|(index, _)| *index != at);
        let rest: Vec<_> = rest.map(|(_, pair)| *pair).collect();
        if rest.is_empty() {
            start.to_owned()
        } else {
            format!("{start}?{}", rest.join("&"))
        }
    };
    (0..pairs.len()).map(without).collect()
}

/// What is wrong with a row.
fn check(text: &str, happens: &str, options: Options) -> Result<usize, String> {
    let kind = happens.split(':').next().unwrap_or_default();
    let found = options(text);
    let base = |text: &String| options(text).map_err(|error| error.to_string());
    match (kind, found) {
        ("yes", Ok(found)) => {
            for text in without_each(text) {
                if base(&text)? == found {
                    return Err(format!("{text} gives the same options"));
                }
            }
            Ok(0)
        }
        ("error", Err(error)) => {
            let why = happens.rsplit(": ").next().unwrap_or_default();
            let shown = error.to_string();
            if shown.contains(why) {
                Ok(1)
            } else {
                Err(shown)
            }
        }
        ("lost", Ok(found)) => match &without_each(text)[..] {
            [text] if base(text)? == found => Ok(2),
            _ => Err("it changes the options".to_owned()),
        },
        (_, found) => Err(format!("{found:?}")),
    }
}

#[test]
fn every_row_of_redis_and_sqlite_is_true() {
    let (_, table) = PAGE.split_once("### Redis, SQLite").expect("the section");
    let (table, _) = table.split_once("<!-- fit: end -->").expect("its end");
    let (mut counts, mut wrong) = ([0; 3], Vec::new());
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = row.split(" | ").collect();
        let text = cells[0].trim_start_matches("| `").trim_end_matches('`');
        let options: Options = match cells[1] {
            "redis" => redis,
            "sqlx" => sqlite,
            other => panic!("a driver without a proof: {other}"),
        };
        match check(text, cells[2], options) {
            Ok(kind) => counts[kind] += 1,
            Err(what) => wrong.push(format!("{text}: {what}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(counts, COUNTS, "expressed, rejected, lost");
}

/// Both spellings of a socket, and lists of hosts, for the drivers that read a Postgres URL themselves.
#[test]
fn postgres_drivers_read_the_url_as_before() {
    type Reader = fn(&str) -> String;
    let tokio = |text: &str| shown(&text.parse::<tokio_postgres::Config>());
    let sqlx = |text: &str| shown(&text.parse::<sqlx::postgres::PgConnectOptions>());
    let readers: [(&str, Reader); 2] = [("tokio-postgres", tokio), ("sqlx", sqlx)];
    for text in [
        "postgres://app:p%40ss@db.example:5433/shop?sslmode=require&application_name=web",
        "postgres://app:pw@%2Frun%2Fpostgresql/shop",
        "postgres://app:pw@%2Frun%2Fpostgresql:5433/shop",
        "postgres://app:pw@%2Fcloudsql%2Fproject%3Aregion%3Ainstance/shop",
        "postgres://app:pw@[::1]:5433/shop",
    ] {
        let config: database_url::postgres::Config = text.parse().unwrap();
        let url = config.to_url().unwrap();
        for (name, read) in readers {
            assert!(!read(text).starts_with("Err"), "{name}: {text}");
            assert_eq!(read(text), read(url.expose()), "{name}: {text}");
        }
    }
    // tokio-postgres takes several hosts, and a socket as a parameter, too.
    for text in [
        "postgres://app:pw@/shop?host=%2Frun%2Fpostgresql&port=5433",
        "postgres://app:pw@h1:1,h2:2/shop?target_session_attrs=read-write",
    ] {
        let config: database_url::postgres::Config = text.parse().unwrap();
        assert_eq!(
            tokio(text),
            tokio(config.to_url().unwrap().expose()),
            "{text}"
        );
    }
}

/// A URL that works in the driver alone still works after it went through this crate.
#[test]
fn redis_reads_the_url_as_before() {
    for text in [
        "redis://app:k3y@cache.example:6380/2",
        "rediss://cache.example",
        "redis://:k%40y@cache.example/0?protocol=resp3",
        "unix:///run/redis.sock?db=2",
    ] {
        let config: service::Config = text.parse().unwrap();
        let own = text.into_connection_info().unwrap();
        let through = config
            .to_url()
            .unwrap()
            .expose()
            .into_connection_info()
            .unwrap();
        assert_eq!(shown(&own), shown(&through), "{text}");
    }
}
