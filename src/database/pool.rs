//! The settings of a connection pool, from every spelling in a connection string.
//!
//! No server and no driver's protocol knows them: they are for the program that opens the connections, so Postgres keeps all of
//! them as extras, and MySQL all but the limits.

use std::time::Duration;

use crate::error::{Error, ErrorKind, Stage};
use crate::mysql;
use crate::postgres;
use crate::secret::SecretStr;
use crate::service;
use crate::span::Component;
use crate::sqlite;

/// What a connection string asks of a pool of connections. What it does not give is `None`; nothing is filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pool {
    max: Option<u32>,
    min: Option<u32>,
    acquire_timeout: Option<Duration>,
    idle_timeout: Option<Duration>,
    max_lifetime: Option<Duration>,
}

impl Pool {
    /// The most connections: `pool`, `pool_size`, `connection_limit`, `max_connections`, `pool_max_conns`, `maximumPoolSize`…
    #[must_use]
    pub const fn max(&self) -> Option<u32> {
        self.max
    }

    /// The connections that are kept open: `pool_min`, `min_connections`, `pool_min_conns`, `minimumIdle`…
    #[must_use]
    pub const fn min(&self) -> Option<u32> {
        self.min
    }

    /// How long to wait for a connection: `pool_timeout`, `checkout_timeout`, `acquireTimeout`…
    #[must_use]
    pub const fn acquire_timeout(&self) -> Option<Duration> {
        self.acquire_timeout
    }

    /// How long an unused connection is kept: `idle_timeout`, `idleTimeout`, `inactive_connection_ttl`…
    #[must_use]
    pub const fn idle_timeout(&self) -> Option<Duration> {
        self.idle_timeout
    }

    /// How long any connection is kept: `pool_recycle`, `maxLifetime`, `pool_max_conn_lifetime`…
    #[must_use]
    pub const fn max_lifetime(&self) -> Option<Duration> {
        self.max_lifetime
    }

    /// Reads one parameter; one of another name is not the pool's.
    fn read(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let Some((name, field)) = NAMES.iter().find(|(known, _)| *known == name) else {
            return Ok(());
        };
        let rejected = |kind, detail| {
            Error::new(kind, detail)
                .of(Component::Setting(name))
                .stage_is(Stage::Options)
        };
        let invalid = |detail| rejected(ErrorKind::InvalidValue, detail);
        let time = |unit: Unit| unit.read(value).ok_or_else(|| invalid(unit.expected()));
        let is_kept = match *field {
            Field::Max => keep(&mut self.max, count(value).ok_or_else(|| invalid(COUNT))?),
            Field::Min => keep(&mut self.min, count(value).ok_or_else(|| invalid(COUNT))?),
            // SQLAlchemy's word for no limit.
            Field::Lifetime(Unit::Seconds) if value == "-1" => true,
            Field::Acquire(unit) => keep(&mut self.acquire_timeout, time(unit)?),
            Field::Idle(unit) => keep(&mut self.idle_timeout, time(unit)?),
            Field::Lifetime(unit) => keep(&mut self.max_lifetime, time(unit)?),
        };
        if is_kept {
            return Ok(());
        }
        let detail = "another spelling of this setting has a different value";
        Err(rejected(ErrorKind::Conflict, detail).with_help("keep the intended one"))
    }
}

const COUNT: &str = "expected a number of connections, such as 5";

/// Takes a value; `false` if there is a different one.
fn keep<T: PartialEq + Copy>(slot: &mut Option<T>, value: T) -> bool {
    *slot.get_or_insert(value) == value
}

fn count(value: &str) -> Option<u32> {
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse().ok().filter(|_| is_number)
}

#[derive(Clone, Copy)]
enum Field {
    Max,
    Min,
    Acquire(Unit),
    Idle(Unit),
    Lifetime(Unit),
}

#[derive(Clone, Copy)]
enum Unit {
    Seconds,
    Milliseconds,
    /// A number with a unit, as Go reads one.
    Go,
}

impl Unit {
    fn read(self, value: &str) -> Option<Duration> {
        let nanoseconds = match self {
            Self::Go => mysql::go_nanoseconds(value)?,
            Self::Seconds => return Duration::try_from_secs_f64(number(value)?).ok(),
            Self::Milliseconds => return Duration::try_from_secs_f64(number(value)? / 1000.0).ok(),
        };
        u64::try_from(nanoseconds).ok().map(Duration::from_nanos)
    }

    const fn expected(self) -> &'static str {
        match self {
            Self::Seconds => "expected a number of seconds, such as 5",
            Self::Milliseconds => "expected a number of milliseconds, such as 5000",
            Self::Go => "expected a duration with its unit, such as 5s",
        }
    }
}

fn number(value: &str) -> Option<f64> {
    let fits = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    value.parse().ok().filter(|_| value.bytes().all(fits))
}

/// Every spelling as its program has it; letters of both cases are milliseconds in Java and JavaScript.
const NAMES: &[(&str, Field)] = &[
    // Rails.
    ("pool", Field::Max),
    ("max_connections", Field::Max),
    ("min_connections", Field::Min),
    ("checkout_timeout", Field::Acquire(Unit::Seconds)),
    ("idle_timeout", Field::Idle(Unit::Seconds)),
    // Prisma; SQLAlchemy has `pool_timeout`, too.
    ("connection_limit", Field::Max),
    ("pool_timeout", Field::Acquire(Unit::Seconds)),
    ("max_connection_lifetime", Field::Lifetime(Unit::Seconds)),
    ("max_idle_connection_lifetime", Field::Idle(Unit::Seconds)),
    // SQLAlchemy.
    ("pool_size", Field::Max),
    ("pool_recycle", Field::Lifetime(Unit::Seconds)),
    // mysql_async, and this crate's names for MySQL.
    ("pool_max", Field::Max),
    ("pool_min", Field::Min),
    ("inactive_connection_ttl", Field::Idle(Unit::Seconds)),
    ("abs_conn_ttl", Field::Lifetime(Unit::Seconds)),
    // pgxpool.
    ("pool_max_conns", Field::Max),
    ("pool_min_conns", Field::Min),
    ("pool_max_conn_idle_time", Field::Idle(Unit::Go)),
    ("pool_max_conn_lifetime", Field::Lifetime(Unit::Go)),
    // HikariCP, MariaDB Connector/J, MySQL's and Npgsql's pools.
    ("maximumPoolSize", Field::Max),
    ("maxPoolSize", Field::Max),
    ("minPoolSize", Field::Min),
    ("minimumIdle", Field::Min),
    ("idleTimeout", Field::Idle(Unit::Milliseconds)),
    ("maxLifetime", Field::Lifetime(Unit::Milliseconds)),
    // node-postgres, mysql2 and Knex.
    ("connectionLimit", Field::Max),
    ("acquireTimeout", Field::Acquire(Unit::Milliseconds)),
    ("acquireTimeoutMillis", Field::Acquire(Unit::Milliseconds)),
    ("idleTimeoutMillis", Field::Idle(Unit::Milliseconds)),
    // MongoDB, whose `maxPoolSize` and `minPoolSize` are above.
    ("waitQueueTimeoutMS", Field::Acquire(Unit::Milliseconds)),
    ("maxIdleTimeMS", Field::Idle(Unit::Milliseconds)),
];

macro_rules! pools {
    ($($(#[$more:meta])* $engine:ident, $config:ident => $settings:expr;)*) => {
        $(impl $engine::Config {
            $(#[$more])*
            ///
            /// # Errors
            ///
            /// If a value is not of its setting's form, or two spellings of a setting have different values.
            pub fn pool(&self) -> Result<Pool, Error> {
                let ($config, mut pool) = (self, Pool::default());
                let mut settings = $settings;
                settings.try_for_each(|(name, value)| pool.read(name, value.expose()))?;
                Ok(pool)
            }
        })*
    };
}

pools! {
    /// What the parameters ask of a pool of connections.
    ///
    /// ```
    /// let config: database_url::postgres::Config = "postgres://db.example/shop?pool=5&checkout_timeout=2".parse()?;
    /// let pool = config.pool()?;
    /// assert_eq!(pool.max(), Some(5));
    /// assert_eq!(pool.acquire_timeout(), Some(std::time::Duration::from_secs(2)));
    /// # Ok::<_, database_url::Error>(())
    /// ```
    postgres, config => config.extra_pairs();
    /// What the settings ask of a pool of connections; see [`postgres::Config::pool`].
    mysql, config => limits(config).chain(config.extra_pairs());
    /// What the parameters ask of a pool of connections; see [`postgres::Config::pool`].
    sqlite, config => config.extra_pairs();
    /// What the parameters ask of a pool of connections, such as MongoDB's `maxPoolSize`; see [`postgres::Config::pool`].
    service, config => config.extra_pairs();
}

/// The limits, which MySQL keeps as settings.
fn limits(config: &mysql::Config) -> impl Iterator<Item = (&str, SecretStr<'_>)> {
    let limits = [mysql::Keyword::PoolMax, mysql::Keyword::PoolMin].into_iter();
    limits.filter_map(|keyword| Some((keyword.as_str(), config.get(keyword)?)))
}
