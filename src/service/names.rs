//! The names in a query: which stand for another part of the URL, and which may be shown.

use crate::fill::{DATABASE, PASSWORD, USER};
use crate::scheme::Engine;
use crate::service::kind::{Kind, Path};

/// The store's place for the name of an instance or of a Sentinel service, behind those that all engines share.
pub(super) const NAME: usize = 7;

/// How many places there are.
pub(super) const COUNT: usize = 8;

/// Parameters that drivers of Redis take instead of the URL's parts (redis-py, redis-rs; kombu's `virtual_host`).
const OF_REDIS: &[(&str, usize)] = &[
    ("db", DATABASE),
    ("virtual_host", DATABASE),
    ("username", USER),
    ("user", USER),
    ("password", PASSWORD),
    ("pass", PASSWORD),
];

/// The same for SQL Server (go-mssqldb's URL form) and the other databases of the generic kind.
const OF_GENERIC: &[(&str, usize)] = &[
    ("database", DATABASE),
    ("username", USER),
    ("user", USER),
    ("user id", USER),
    ("password", PASSWORD),
];

/// The place that a parameter fills.
pub(super) fn promoted(kind: Kind, name: &str) -> Option<usize> {
    let table = match kind.engine {
        Engine::Redis => OF_REDIS,
        Engine::Other(_) => OF_GENERIC,
        _ => return None,
    };
    let found = table
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|&(_, index)| index)
}

/// How a parameter for a part is written, where the URL has no place for it.
pub(super) fn parameter(kind: Kind, index: usize) -> &'static str {
    match (index, kind.engine) {
        (USER, Engine::Redis) => "username",
        (USER, _) => "user",
        (PASSWORD, _) => "password",
        // kombu reads nothing else with this scheme, and others never see it.
        (_, Engine::Redis) if kind.is("redis+socket") || kind.is("valkey+socket") => "virtual_host",
        (_, Engine::Redis) => "db",
        _ => "database",
    }
}

/// Whether the path has no room for the database.
pub(super) const fn database_is_parameter(kind: Kind) -> bool {
    matches!(kind.path, Path::Socket | Path::Instance)
}

/// Parameters that are never secret, in lower case; everything else is masked.
const HARMLESS: &[&str] = &[
    // Several services.
    "application_name",
    "charset",
    "compression",
    "connect_timeout",
    "connection_timeout",
    "connecttimeout",
    "database",
    "db",
    "dial_timeout",
    "driver",
    "encoding",
    "max_connections",
    "pool_size",
    "pool_timeout",
    "read_timeout",
    "retry_on_timeout",
    "socket_connect_timeout",
    "socket_keepalive",
    "socket_timeout",
    "ssl",
    "sslmode",
    "timeout",
    "tls",
    "write_timeout",
    // Redis.
    "client_name",
    "decode_responses",
    "health_check_interval",
    "protocol",
    "service_name",
    "ssl_cert_reqs",
    "ssl_check_hostname",
    "virtual_host",
    // MongoDB.
    "appname",
    "authmechanism",
    "authsource",
    "compressors",
    "connecttimeoutms",
    "directconnection",
    "heartbeatfrequencyms",
    "journal",
    "loadbalanced",
    "localthresholdms",
    "maxidletimems",
    "maxpoolsize",
    "maxstalenessseconds",
    "minpoolsize",
    "readconcernlevel",
    "readpreference",
    "readpreferencetags",
    "replicaset",
    "retryreads",
    "retrywrites",
    "serverselectiontimeoutms",
    "sockettimeoutms",
    "srvmaxhosts",
    "srvservicename",
    "tlsallowinvalidcertificates",
    "tlsallowinvalidhostnames",
    "tlsinsecure",
    "uuidrepresentation",
    "w",
    "waitqueuetimeoutms",
    "wtimeoutms",
    "zlibcompressionlevel",
    // AMQP.
    "auth_mechanism",
    "blocked_connection_timeout",
    "channel_max",
    "connection_attempts",
    "frame_max",
    "heartbeat",
    "locale",
    "retry_delay",
    "verify",
    // SQL Server, Snowflake, ClickHouse.
    "app name",
    "applicationintent",
    "dial timeout",
    "encrypt",
    "multisubnetfailover",
    "role",
    "schema",
    "secure",
    "skip_verify",
    "trustservercertificate",
    "warehouse",
];

/// Whether a parameter may be shown.
pub(super) fn is_harmless(name: &str) -> bool {
    HARMLESS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// Parameters that may be given several times: each adds to the ones before.
pub(super) fn is_list(name: &str) -> bool {
    name.eq_ignore_ascii_case("readPreferenceTags")
}
