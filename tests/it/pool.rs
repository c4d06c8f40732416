//! Settings of a connection pool, in the spelling of every program.

use std::time::Duration;

use database_url::{Database, Error, ErrorKind, Pool};

fn pool(url: &str) -> Result<Pool, Error> {
    url.parse::<Database>()?.pool()
}

type Get = fn(Pool) -> Option<Duration>;

#[test]
fn every_spelling_is_read_with_its_unit() {
    let max = |pool: Pool| pool.max().map(|max| Duration::from_secs(max.into()));
    let min = |pool: Pool| pool.min().map(|min| Duration::from_secs(min.into()));
    let rows: &[(Get, &str)] = &[
        (
            max,
            "pool=7 pool_size=7 connection_limit=7 max_connections=7 pool_max_conns=7 maximumPoolSize=7 maxPoolSize=7",
        ),
        (max, "connectionLimit=7 pool_max=7"),
        (
            min,
            "pool_min=7 min_connections=7 pool_min_conns=7 minimumIdle=7 minPoolSize=7",
        ),
        (
            |pool| pool.acquire_timeout(),
            "pool_timeout=7 checkout_timeout=7 acquireTimeout=7000 acquireTimeoutMillis=7000 checkout_timeout=7.0",
        ),
        (
            |pool| pool.idle_timeout(),
            "idle_timeout=7 idleTimeout=7000 inactive_connection_ttl=7 pool_max_conn_idle_time=7s max_idle_connection_lifetime=7",
        ),
        (
            |pool| pool.max_lifetime(),
            "pool_recycle=7 maxLifetime=7000 pool_max_conn_lifetime=7000ms abs_conn_ttl=7 max_connection_lifetime=7",
        ),
    ];
    for (get, params) in rows {
        for param in params.split(' ') {
            for scheme in ["postgres", "mysql"] {
                let url = format!("{scheme}://h/d?{param}");
                let pool = pool(&url).expect(&url);
                assert_eq!(get(pool), Some(Duration::from_secs(7)), "{url}: {pool:?}");
                let shown = url.parse::<Database>().expect(&url).to_string();
                assert!(!shown.contains("****"), "{shown}");
            }
        }
    }
}

#[test]
fn what_is_not_given_is_none() {
    for url in [
        "postgres://h/d",
        "mysql://h/d?charset=utf8mb4",
        "sqlite::memory:",
        "redis://h?db=5",
    ] {
        assert_eq!(pool(url), Ok(Pool::default()), "{url}");
    }
    assert_eq!(
        pool("postgres://h/d?pool_recycle=-1").map(|pool| pool.max_lifetime()),
        Ok(None)
    );
}

#[test]
fn a_value_of_another_form_and_a_contradiction_are_errors() {
    for (url, kind) in [
        ("postgres://h/d?pool=hunter2", ErrorKind::InvalidValue),
        ("postgres://h/d?pool=-5", ErrorKind::InvalidValue),
        ("postgres://h/d?pool=%2B5", ErrorKind::InvalidValue),
        ("postgres://h/d?pool=99999999999", ErrorKind::InvalidValue),
        ("postgres://h/d?pool_timeout=5s", ErrorKind::InvalidValue),
        ("postgres://h/d?pool_timeout=inf", ErrorKind::InvalidValue),
        ("postgres://h/d?pool_timeout=1e9", ErrorKind::InvalidValue),
        (
            "postgres://h/d?pool_max_conn_lifetime=5",
            ErrorKind::InvalidValue,
        ),
        (
            "postgres://h/d?pool=5&connection_limit=6",
            ErrorKind::Conflict,
        ),
        (
            "postgres://h/d?pool_timeout=5&acquireTimeout=5001",
            ErrorKind::Conflict,
        ),
    ] {
        let error = pool(url).expect_err(url);
        assert_eq!(error.kind(), kind, "{url}: {error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
    let same = pool("postgres://h/d?pool=5&connection_limit=5&pool_timeout=5&acquireTimeout=5000");
    assert!(same.is_ok(), "{same:?}");
}
