//! The config and its getters: views on the store, which cannot fail because the config was checked when it was made.

use crate::config::extra::Extra;
use crate::config::store::{Store, bits};
use crate::config::traits;
use crate::config::url::{DATABASE, HOST, PASSWORD, PORT, SOCKET, USER, component};
use crate::config::value::{self, Host};
use crate::engine::{Engine, Path, Servers};
use crate::mistake::warnings;
use crate::secret::SecretStr;
use crate::service::check::number;
use crate::service::kind::ServiceKind;
use crate::service::params::{self, COUNT, NAME};
use crate::service::tls::{self, Tls};
use crate::span::{Component, Span};
use crate::warning::{Warning, WarningSet};

/// How to reach a service that is neither Postgres, MySQL nor SQLite: what its URL says, typed and checked.
///
/// What the URL does not give is `None`; no defaults are filled in. `Display` and `Debug` show it with the password and
/// every parameter masked that is not known to be harmless.
///
/// | scheme | path | TLS |
/// |---|---|---|
/// | `redis` `valkey`, `rediss` `valkeys` | number of the database (`/0`), or `?db=` | with a second `s` |
/// | `redis+sentinel` and so on | `/service/number` | as without `+sentinel` |
/// | `unix` `redis+unix` `redis+socket` | the socket; number by `?db=` | no |
/// | `mongodb` | default database | by `tls=` or `ssl=`, or any other setting of TLS |
/// | `mongodb+srv` | default database; one host, no port | unless `tls=false` |
/// | `amqp`, `amqps` | vhost, which may be empty ([`vhost`](Self::vhost)) | `amqps` |
/// | `neo4j` `bolt` `bolt+routing`, with `+s` or `+ssc` | database | `+s`; `+ssc` takes any certificate |
/// | `http`, `https` | what Neo4j's web interface has there (GrapheneDB's `GRAPHENEDB_URL`) | `https` |
/// | any other: `sqlserver`, `oracle`, `clickhouse`, `kafka`… | a database, an instance, or as it is; several URLs may be in a list | by the parameters of its drivers, by a suffix (`+ssl`), or by the scheme (`ldaps`) |
///
/// ```
/// use database_url::service::{Config, Tls};
///
/// let config: Config = "rediss://:k3y@cache.example:6380/2".parse()?;
/// assert_eq!(config.password().unwrap().expose(), "k3y");
/// assert_eq!(config.database_index(), Some(2));
/// assert_eq!(config.tls(), Tls::On);
/// assert_eq!(config.to_string(), "rediss://:****@cache.example:6380/2");
/// # Ok::<(), database_url::Error>(())
/// ```
#[doc(alias = "dsn")]
#[doc(alias = "connection string")]
#[derive(Clone)]
pub struct Config {
    pub(super) store: Store<COUNT>,
    pub(super) scheme: Span,
    pub(super) kind: ServiceKind,
    pub(super) tls: Tls,
    pub(super) warnings: WarningSet,
    /// A bit for each slot that a parameter of the query filled.
    pub(super) from_query: u64,
}

impl Config {
    /// Which service it is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.kind.engine
    }

    /// The same of another engine, where the name of a variable tells which: a web address may be Elasticsearch's.
    pub(crate) fn of_engine(mut self, engine: Engine) -> Self {
        if self.is_http() && engine != self.kind.engine {
            self.kind.engine = engine;
            self.kind.default_port = if self.kind.is("https") { 443 } else { 80 };
        }
        self
    }

    /// The scheme as written, in lower case, such as `redis` or `mongodb+srv`; there always is one.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        Some(self.store.text_at(self.scheme))
    }

    /// The user, which may be given but empty (`redis://:password@host`).
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.store.get(USER)
    }

    /// Whether drivers of this service take the user for a token or a password, since no password is given
    /// (`nats://token@host`). `Display` masks it then.
    #[must_use]
    pub fn is_user_secret(&self) -> bool {
        self.kind.takes_tokens()
            && self.password().is_none()
            && self.user().is_some_and(|user| !user.is_empty())
    }

    /// The password: absent, empty, or a string.
    #[must_use]
    pub fn password(&self) -> Option<SecretStr<'_>> {
        self.store.get(PASSWORD).map(SecretStr::new)
    }

    /// The servers, in order. Empty if none is given.
    pub fn hosts(&self) -> impl Iterator<Item = Host<'_>> + Clone {
        value::hosts(self.store.get(HOST), None, self.store.get(PORT))
    }

    /// The path of the Unix socket: `unix:///run/redis.sock`, `mongodb://%2Frun%2Fmongodb.sock/shop`.
    #[must_use]
    pub fn socket(&self) -> Option<&str> {
        self.store.get(SOCKET)
    }

    /// What the path, or a parameter in its place, says of the database: a name, a number of Redis, a vhost of AMQP
    /// (which may be empty), a service of Oracle, the base of an LDAP search…
    #[doc(alias = "database name")]
    #[must_use]
    pub fn dbname(&self) -> Option<&str> {
        self.store.get(DATABASE)
    }

    /// The port that is meant where none is given; 0 where there is none.
    #[must_use]
    pub const fn default_port(&self) -> u16 {
        self.kind.default_port
    }

    /// The parameters of the query in order, decoded, without those that stand for another part of the URL. Values are
    /// treated as secret, since it may be anything: tokens, keys, the passwords of files.
    pub fn extras(&self) -> impl Iterator<Item = Extra<'_>> {
        self.extra_pairs().map(Extra::new)
    }

    /// The [`extras`](Self::extras) as names and values.
    pub(crate) fn extra_pairs(&self) -> impl Iterator<Item = (&str, SecretStr<'_>)> {
        let kind = self.kind;
        self.store
            .pairs()
            .filter(move |(name, _)| params::promoted(kind, name).is_none())
            .map(|(name, value)| (name, SecretStr::new(value)))
    }

    /// Whether a parameter names a file of certificates or a key.
    pub(crate) fn is_tls_file(name: &str) -> bool {
        tls::is_file(name)
    }

    /// The value of a parameter, by its name in any case; the last one where there are several.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<SecretStr<'_>> {
        self.param_values(name).last()
    }

    /// Every value of a parameter, by its name in any case, in order.
    ///
    /// ```
    /// use database_url::service::Config;
    ///
    /// let config: Config = "amqps://rabbit.example?auth_mechanism=external&auth_mechanism=plain".parse()?;
    /// let values: Vec<_> = config.param_values("auth_mechanism").map(|value| value.expose()).collect();
    /// assert_eq!(values, ["external", "plain"]);
    /// # Ok::<(), database_url::Error>(())
    /// ```
    pub fn param_values(&self, name: &str) -> impl Iterator<Item = SecretStr<'_>> {
        self.extra_pairs()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Whether a parameter may be given several times, each of which counts (`readPreferenceTags`, `auth_mechanism`).
    #[must_use]
    pub fn is_list(&self, name: &str) -> bool {
        value::is_list_name(name)
    }

    /// Whether the scheme and the parameters request TLS, and whether its certificate is verified. A URL that requests
    /// TLS and would not get it was rejected.
    #[must_use]
    pub const fn tls(&self) -> Tls {
        self.tls
    }

    /// Redis: the number of the database, from the path or `?db=`.
    #[must_use]
    pub fn database_index(&self) -> Option<u32> {
        let is_number = matches!(self.kind.path, Path::Number | Path::Sentinel | Path::Socket);
        self.dbname()
            .filter(|_| is_number)
            .and_then(|name| number(name.as_bytes()))
    }

    /// Redis: the user to send with `AUTH`. An empty one is unset, and so is the `h` that Heroku put there before Redis
    /// had users.
    #[must_use]
    pub fn acl_user(&self) -> Option<&str> {
        let is_user = |user: &&str| self.engine() == Engine::Redis && !["", "h"].contains(user);
        self.user().filter(is_user)
    }

    /// Redis Sentinel: the name of the service (`redis+sentinel://host:26379/service/0`).
    #[must_use]
    pub fn sentinel_service(&self) -> Option<&str> {
        self.store
            .get(NAME)
            .filter(|_| self.kind.path == Path::Sentinel)
    }

    /// AMQP: the vhost. Without a path there is none, and the default `/` applies; `amqp://host/` is the vhost with the
    /// empty name, `amqp://host/%2F` the one named `/` (`RabbitMQ`'s URI specification).
    #[must_use]
    pub fn vhost(&self) -> Option<&str> {
        self.dbname().filter(|_| self.kind.path == Path::Vhost)
    }

    /// SQL Server: the instance, the path of `sqlserver://` (go-mssqldb, JDBC).
    #[must_use]
    pub fn instance(&self) -> Option<&str> {
        self.store
            .get(NAME)
            .filter(|_| self.kind.path == Path::Instance)
    }

    /// Snowflake: the schema, after the database in the path; [`dbname`](Self::dbname) has both.
    #[must_use]
    pub fn schema(&self) -> Option<&str> {
        let path = self.dbname().filter(|_| self.kind.is("snowflake"));
        path?.split_once('/').map(|(_, schema)| schema)
    }

    /// MongoDB: the database that knows the user, where `authSource` names it; else it is the default database, or
    /// `admin`.
    #[must_use]
    pub fn auth_source(&self) -> Option<&str> {
        self.param_of_mongodb("authSource")
    }

    /// MongoDB: `replicaSet`.
    #[must_use]
    pub fn replica_set(&self) -> Option<&str> {
        self.param_of_mongodb("replicaSet")
    }

    fn param_of_mongodb(&self, name: &str) -> Option<&str> {
        let param = self.param(name).filter(|_| self.kind.is_mongodb());
        param.map(SecretStr::expose)
    }

    /// MongoDB: whether the host is a name to be looked up for servers (`mongodb+srv`).
    #[must_use]
    pub fn is_srv(&self) -> bool {
        self.kind.servers == Servers::Srv
    }

    /// Neo4j: whether the driver routes among the members of a cluster (`neo4j://`, and `bolt+routing://` before).
    #[must_use]
    pub fn is_routed(&self) -> bool {
        ["neo4j", "neo4j+s", "neo4j+ssc", "bolt+routing"]
            .iter()
            .any(|name| self.kind.is(name))
    }

    /// Neo4j: whether it is the web interface, as in `GRAPHENEDB_URL`, and not Bolt.
    #[must_use]
    pub fn is_http(&self) -> bool {
        self.kind.is("http") || self.kind.is("https")
    }

    /// The database that is used, where the service has a default one: 0 of Redis, the vhost `/` of AMQP.
    pub(crate) fn database_meant(&self) -> String {
        match self.engine() {
            Engine::Redis => self.database_index().unwrap_or(0).to_string(),
            Engine::Amqp => self.vhost().unwrap_or("/").to_owned(),
            _ => self.dbname().unwrap_or_default().to_owned(),
        }
    }

    /// The fields that are given, with the part of the text that gave each.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static str, Component)> {
        bits(self.store.set()).map(|index| {
            let field = match index {
                NAME if self.kind.path == Path::Sentinel => Component::Setting("service"),
                NAME => Component::Setting("instance"),
                _ => component(index),
            };
            let from_query = self.from_query & 1 << index != 0;
            (
                field.as_str(),
                if from_query { Component::Query } else { field },
            )
        })
    }
}

warnings! {
    config: config.engine(),
    database: config.dbname(),
    paths: Vec::new(),
    has_socket: config.socket().is_some(),
    unknown_tls: name => tls::is_unknown(name, config.kind.name, config.kind.is_mongodb()), tls::UNKNOWN_HELP,
}

traits! {
    /// Two configs are equal if their schemes, their parts and their parameters are, wherever in the text each stood.
    config => config.scheme()
}
