//! Which scheme belongs to which engine, and the port it means.

use memchr::memchr;

use crate::did_you_mean::nearest;
use crate::error::{Error, ErrorKind, Stage, parse_error, words};
use crate::sorted::Starts;
use crate::span::{Component, Span};

words! {
    /// A family of databases or services that share a protocol.
    Engine {
        /// `postgres`: PostgreSQL, and what speaks its protocol (CockroachDB, Redshift, TimescaleDB…).
        Postgres = "postgres",
        /// `mysql`: MySQL and MariaDB.
        MySql = "mysql",
        /// `sqlite`.
        Sqlite = "sqlite",
        /// `redis`: Redis and Valkey.
        Redis = "redis",
        /// `mongodb`.
        MongoDb = "mongodb",
        /// `amqp`.
        Amqp = "amqp",
        /// `neo4j`.
        Neo4j = "neo4j",
        ;
        /// Any other service whose URLs are read, by the name of its scheme: `sqlserver`, `nats`…
        Other = other
    }
}

/// The name of a service that has no variant.
fn other(name: &str) -> Option<&'static str> {
    let named = SCHEMES.iter().find(|row| row.name == name);
    named.and_then(|row| match row.engine {
        Engine::Other(name) => Some(name),
        _ => None,
    })
}

words! {
    /// Which grammar a string is of.
    #[derive(Default)]
    Format {
        /// `auto`: by the start of the text. `scheme://`, `sqlite:`, `sqlite3:`, `file:` and `jdbc:` begin URLs, a keyword of libpq
        /// and `=` keyword/value text; DSNs are never guessed. In the libpq dialect everything but `postgres://` and
        /// `postgresql://` is keyword/value text, as for libpq.
        #[default]
        Auto = "auto",
        /// `url`: a URL.
        Url = "url",
        /// `conninfo`: libpq's keyword/value text.
        Conninfo = "conninfo",
        /// `go-dsn`: a DSN of go-sql-driver, for MySQL.
        GoDsn = "go-dsn",
        /// `jdbc`: a JDBC URL.
        Jdbc = "jdbc",
    }
}

/// What the path of a service's URL is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    /// The number of a database.
    Number,
    /// The name of a Redis Sentinel service, and the number of a database.
    Sentinel,
    /// The path of a Unix socket.
    Socket,
    /// A database; one `/` at the end is dropped, and none may be inside.
    Name,
    /// A vhost of AMQP, which may be empty.
    Vhost,
    /// The instance of an SQL Server.
    Instance,
    /// Anything, slashes included.
    Free,
}

/// How many servers the URL of a service may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Servers {
    One,
    /// Exactly one name without a port, which DNS resolves to servers.
    Srv,
    Many,
    /// Several, each of which may be written as a URL of its own.
    Urls,
}

/// Whether TLS is used for a service without a variant of [`Engine`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// Plain text, whatever the parameters say.
    Plain,
    /// TLS, whatever the parameters say.
    Encrypted,
    /// The parameters say.
    ByParameters,
}

/// What a scheme says.
#[derive(Clone, Copy)]
pub(crate) struct Scheme {
    pub(crate) name: &'static str,
    pub(crate) engine: Engine,
    /// The port that is meant where none is written; 0 where there is none.
    pub(crate) default_port: u16,
    /// How the URL of a service without a variant of [`Engine`] is read.
    pub(crate) service: Option<(Path, Transport, Servers)>,
}

const fn row(name: &'static str, engine: Engine, default_port: u16) -> Scheme {
    Scheme {
        name,
        engine,
        default_port,
        service: None,
    }
}

/// A service without a variant of [`Engine`]; a suffix of the scheme is a driver's name, or says that TLS is used.
const fn service(
    name: &'static str,
    default_port: u16,
    path: Path,
    transport: Transport,
    servers: Servers,
) -> Scheme {
    Scheme {
        name,
        engine: Engine::Other(name),
        default_port,
        service: Some((path, transport, servers)),
    }
}

/// Every scheme known by name. `<scheme>+<driver>` and `jdbc:<scheme>` mean the same engine.
const SCHEMES: &[Scheme] = {
    use {Path as P, Servers as S, Transport as T};
    &[
        row("postgres", Engine::Postgres, 5432),
        row("postgresql", Engine::Postgres, 5432),
        row("postgis", Engine::Postgres, 5432),
        row("pgsql", Engine::Postgres, 5432),
        row("psql", Engine::Postgres, 5432),
        row("pg", Engine::Postgres, 5432),
        row("cockroach", Engine::Postgres, 26257),
        row("cockroachdb", Engine::Postgres, 26257),
        row("crdb", Engine::Postgres, 26257),
        row("redshift", Engine::Postgres, 5439),
        row("timescale", Engine::Postgres, 5432),
        row("timescaledb", Engine::Postgres, 5432),
        row("timescalegis", Engine::Postgres, 5432),
        row("mysql", Engine::MySql, 3306),
        row("mysql2", Engine::MySql, 3306),
        row("trilogy", Engine::MySql, 3306),
        row("mariadb", Engine::MySql, 3306),
        row("maria", Engine::MySql, 3306),
        row("mysqlgis", Engine::MySql, 3306),
        row("mysql-connector", Engine::MySql, 3306),
        row("percona", Engine::MySql, 3306),
        row("aurora", Engine::MySql, 3306),
        row("memsql", Engine::MySql, 3306),
        row("tidb", Engine::MySql, 3306),
        row("vitess", Engine::MySql, 3306),
        row("mysqlx", Engine::MySql, 33060),
        row("sqlite", Engine::Sqlite, 0),
        row("sqlite3", Engine::Sqlite, 0),
        row("spatialite", Engine::Sqlite, 0),
        row("file", Engine::Sqlite, 0),
        row("redis", Engine::Redis, 6379),
        row("rediss", Engine::Redis, 6379),
        row("valkey", Engine::Redis, 6379),
        row("valkeys", Engine::Redis, 6379),
        row("unix", Engine::Redis, 0),
        row("mongodb", Engine::MongoDb, 27017),
        row("amqp", Engine::Amqp, 5672),
        row("amqps", Engine::Amqp, 5671),
        row("neo4j", Engine::Neo4j, 7687),
        row("bolt", Engine::Neo4j, 7687),
        service("sqlserver", 1433, P::Instance, T::ByParameters, S::One),
        service("mssql", 1433, P::Name, T::ByParameters, S::One),
        service("ms", 1433, P::Name, T::ByParameters, S::One),
        service("mssqlms", 1433, P::Name, T::ByParameters, S::One),
        service("pyodbc", 1433, P::Name, T::ByParameters, S::One),
        service("azuresql", 1433, P::Name, T::ByParameters, S::One),
        service("oracle", 1521, P::Free, T::ByParameters, S::One),
        service("oraclegis", 1521, P::Free, T::ByParameters, S::One),
        service("ldap", 389, P::Free, T::ByParameters, S::One),
        service("ldaps", 636, P::Free, T::Encrypted, S::One),
        service("elasticsearch", 9200, P::Free, T::ByParameters, S::Urls),
        service("elasticsearchs", 9200, P::Free, T::Encrypted, S::Urls),
        service("memcached", 11211, P::Free, T::ByParameters, S::Urls),
        service("nats", 4222, P::Free, T::ByParameters, S::Urls),
        service("kafka", 9092, P::Free, T::Plain, S::Urls),
        service("smtp", 25, P::Free, T::ByParameters, S::One),
        service("smtps", 465, P::Free, T::Encrypted, S::One),
        service("snowflake", 443, P::Free, T::Encrypted, S::One),
        service("clickhouse", 9000, P::Name, T::ByParameters, S::Many),
    ]
};

/// How they begin: no row has the letters of `http` or `tcp`.
const STARTS: Starts = {
    let (mut names, mut row) = ([("", ()); SCHEMES.len()], 0);
    while row < SCHEMES.len() {
        names[row].0 = SCHEMES[row].name;
        row += 1;
    }
    Starts::of(&names)
};

/// What `GrapheneDB`'s variables begin with; elsewhere such a URL is no database's.
const WEB: &[Scheme] = &[
    row("http", Engine::Neo4j, 7474),
    row("https", Engine::Neo4j, 7473),
];

impl Scheme {
    /// As [`find`](Self::find), and the schemes of the web, which are Neo4j's where a service is requested.
    pub(crate) fn find_any(scheme: &str) -> Option<Self> {
        let web = || {
            WEB.iter()
                .find(|row| row.name.eq_ignore_ascii_case(scheme))
                .copied()
        };
        Self::find(scheme).or_else(web)
    }

    /// Whether a value may begin with a scheme that has a row.
    pub(crate) fn may_begin(value: &[u8]) -> bool {
        STARTS.may_begin(value)
    }

    /// The row of a scheme of any case, with or without `+driver`.
    pub(crate) fn find(scheme: &str) -> Option<Self> {
        if !Self::may_begin(scheme.as_bytes()) {
            return None;
        }
        let base = memchr(b'+', scheme.as_bytes()).map_or(scheme, |plus| &scheme[..plus]);
        SCHEMES
            .iter()
            .find(|row| row.name.eq_ignore_ascii_case(base))
            .copied()
    }

    /// The row of a scheme, if it is of the engine requested.
    pub(crate) fn of(scheme: &str, engine: Engine, span: Span) -> Result<Self, Error> {
        let (name, examples, help) = match engine {
            Engine::Postgres => (
                "Postgres",
                "expected `postgres` or `postgresql`",
                "Postgres URLs begin with postgres:// or postgresql://",
            ),
            Engine::MySql => (
                "MySQL",
                "expected `mysql` or `mariadb`",
                "MySQL URLs begin with mysql:// or mariadb://",
            ),
            _ => (
                "service's",
                "expected the scheme of a service",
                "such URLs begin with redis://, mongodb://, amqp:// and the like",
            ),
        };
        match Self::find(scheme) {
            Some(row) if row.engine == engine => Ok(row),
            Some(row) => Err(wrong_engine(name, row.engine, span)),
            None => {
                let help = Self::suggestion(scheme).map_or_else(
                    || help.to_owned(),
                    |meant| format!("did you mean `{meant}://`?"),
                );
                Err(
                    parse_error(ErrorKind::UnknownScheme, Component::Scheme, span, examples)
                        .with_help(help),
                )
            }
        }
    }

    /// Whether a string is one of those that name a file without `//`.
    pub(crate) fn of_file(text: &str) -> bool {
        let scheme = text
            .split_once(':')
            .and_then(|(scheme, _)| Self::find(scheme));
        scheme.is_some_and(|scheme| scheme.engine == Engine::Sqlite)
    }

    /// The first scheme of each service, by the ports that they mean.
    pub(crate) fn of_services() -> impl Iterator<Item = &'static str> {
        let sql = [Engine::Postgres, Engine::MySql, Engine::Sqlite];
        let rows = SCHEMES.iter().enumerate();
        let first = rows.filter(move |(index, row)| {
            let before = &SCHEMES[..*index];
            let is_known = |known: &Self| {
                known.default_port == row.default_port
                    || row.name.strip_suffix('s') == Some(known.name)
            };
            let is_service = !sql.contains(&row.engine) && row.default_port != 0;
            is_service && !before.iter().any(is_known)
        });
        first.map(|(_, row)| row.name)
    }

    /// The scheme that a misspelt one is most likely meant to be.
    pub(crate) fn suggestion(scheme: &str) -> Option<&'static str> {
        let base = scheme.split_once('+').map_or(scheme, |(base, _)| base);
        nearest(
            &base.to_ascii_lowercase(),
            SCHEMES.iter().map(|row| row.name),
        )
    }
}

/// A URL of one engine where another one's is wanted.
pub(crate) fn wrong_engine(wanted: &str, engine: Engine, span: Span) -> Error {
    let detail = format!("expected a {wanted} URL, but this is one of {engine}");
    Error::new(ErrorKind::WrongEngine, detail)
        .at(Component::Scheme, span)
        .stage_is(Stage::Parse)
        .with_help("check which variable the URL was taken from, and which database the program is made for")
}

/// What follows `jdbc:`, in any case.
pub(crate) fn after_jdbc(text: &str) -> Option<&str> {
    let (start, rest) = text.split_at_checked("jdbc:".len())?;
    start.eq_ignore_ascii_case("jdbc:").then_some(rest)
}

/// The length of a scheme at the start of the text, if `://` follows it.
pub(crate) fn scheme_len(text: &str) -> Option<usize> {
    let len = scheme_chars(text);
    (len > 0 && text[len..].starts_with("://")).then_some(len)
}

/// How many bytes at the start of the text can be a scheme (RFC 3986: a letter, then letters, digits, `+`, `-`, `.`;
/// `_` as well, since adapters are named with it).
#[inline(never)]
pub(crate) fn scheme_chars(text: &str) -> usize {
    let valid =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_');
    let len = text.bytes().take_while(valid).count();
    if text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        len
    } else {
        0
    }
}
