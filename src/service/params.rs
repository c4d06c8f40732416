//! The names in a query: which stand for another part of the URL, and which may be shown.

use crate::config::url::{DATABASE, Holds, PASSWORD, USER};
use crate::did_you_mean::is_one_edit;
use crate::engine::{Engine, Path};
use crate::error::{Error, ErrorKind, parse_error};
use crate::service::kind::ServiceKind;
use crate::span::{Component, Span};

/// The store's slot for the name of an instance or of a Sentinel service, after those that all engines share.
pub(super) const NAME: usize = 7;

/// How many slots there are.
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

/// The slot that a parameter fills.
#[inline(never)]
pub(super) fn promoted(kind: ServiceKind, name: &str) -> Option<usize> {
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

/// The parameters of authentication, in the drivers' own spelling.
pub(super) const fn of_authentication(kind: ServiceKind) -> &'static [&'static str] {
    match kind.engine {
        Engine::MongoDb => &["authSource", "authMechanism", "authMechanismProperties"],
        Engine::Amqp => &["auth_mechanism"],
        Engine::Redis | Engine::Other(_) => &["username", "password"],
        _ => &[],
    }
}

/// Rejects a name that nearly is one of authentication: with `authSorce=admin` another password is checked.
pub(super) fn check_spelling(kind: ServiceKind, name: &str, span: Span) -> Result<(), Error> {
    let known = of_authentication(kind);
    if known.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return Ok(());
    }
    let plain = |name: &str| -> Vec<u8> {
        let letters = name.bytes().filter(|byte| !b"-_".contains(byte));
        letters.map(|byte| byte.to_ascii_lowercase()).collect()
    };
    let name = plain(name);
    let is_near = |known: &&&str| {
        let known = plain(known);
        known == name || name.len() > 4 && is_one_edit(&name, &known)
    };
    known.iter().find(is_near).map_or(Ok(()), |meant| {
        let detail = "it looks like a setting of authentication, but has no effect";
        Err(
            parse_error(ErrorKind::UnknownKeyword, Component::Query, span, detail)
                .with_help(format!("did you mean `{meant}`?")),
        )
    })
}

/// How a parameter for a part is written, where the URL cannot hold it.
pub(super) fn parameter(kind: ServiceKind, index: usize) -> &'static str {
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

/// Whether the path cannot hold the database.
pub(super) const fn database_is_parameter(kind: ServiceKind) -> bool {
    matches!(kind.path, Path::Socket | Path::Instance)
}

/// The settings of services' drivers that take a path, without what spellings differ in.
const PATHS: &[&str] = &[
    "cacert",
    "cacertfile",
    "cacerts",
    "cafile",
    "capath",
    "cert",
    "certfile",
    "certificate",
    "clientcert",
    "clientcertkey",
    "clientkey",
    "keyfile",
    "mywalletdirectory",
    "privatekey",
    "privatekeyfile",
    "servercertificate",
    "sslca",
    "sslcacerts",
    "sslcafile",
    "sslcalocation",
    "sslcapath",
    "sslcert",
    "sslcertfile",
    "sslcertificateauthorityfile",
    "sslcertificatelocation",
    "sslclientcertificatekeyfile",
    "sslcrlfile",
    "sslkey",
    "sslkeyfile",
    "sslkeylocation",
    "sslkeystorelocation",
    "sslrootcert",
    "ssltruststorelocation",
    "tlsca",
    "tlscacert",
    "tlscafile",
    "tlscert",
    "tlscertificatefile",
    "tlscertificatekeyfile",
    "tlscrlfile",
    "tlskey",
    "truststore",
    "walletlocation",
];

/// What the values of a service's parameters may hold, by their raw names.
pub(super) fn holds(raw_name: &[u8]) -> Holds {
    let folded = || {
        let name = raw_name.iter().filter(|byte| !b"-_.".contains(byte));
        name.map(u8::to_ascii_lowercase)
    };
    if PATHS.iter().any(|path| folded().eq(path.bytes())) {
        Holds::Path
    } else {
        Holds::Text
    }
}

/// As [`holds`], for MongoDB.
pub(super) fn holds_in_mongodb(raw_name: &[u8]) -> Holds {
    if raw_name.eq_ignore_ascii_case(b"appName") {
        Holds::EnclosedName
    } else {
        holds(raw_name)
    }
}
