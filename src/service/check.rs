//! What is checked of a config as a whole, however it was made.

use memchr::memchr;

use crate::config::url::{self, DATABASE, HOST, PORT, PRIORITY, SOCKET};
use crate::engine::{Path, Servers};
use crate::error::Error;
use crate::service::kind::ServiceKind;
use crate::span::{Component, Span};

/// What is wrong with which value.
pub(super) struct CheckFailure {
    pub(super) index: usize,
    detail: &'static str,
    help: &'static str,
}

impl CheckFailure {
    pub(super) fn at(self, span: Span) -> Error {
        let component = match self.index {
            DATABASE => Component::Database,
            SOCKET if self.detail == NO_PATH => Component::Setting("socket"),
            _ => Component::Host,
        };
        url::invalid(component, span, self.detail).with_help(self.help)
    }
}

/// The value at an index, if it is set.
pub(super) type Get<'g> = dyn Fn(usize) -> Option<&'g [u8]> + 'g;

const fn rejected(
    index: usize,
    detail: &'static str,
    help: &'static str,
) -> Result<(), CheckFailure> {
    Err(CheckFailure {
        index,
        detail,
        help,
    })
}

/// Whether the service is reached by servers like these.
pub(super) fn servers(kind: ServiceKind, get: &Get<'_>) -> Result<(), CheckFailure> {
    let has = |index| get(index).is_some();
    let is_list = |index| get(index).is_some_and(|list| memchr(b',', list).is_some());
    if has(PRIORITY) {
        return rejected(
            PRIORITY,
            "only MySQL's hosts have priorities",
            "write the hosts as host:port,host:port",
        );
    }
    if has(SOCKET) && !kind.takes_sockets() {
        return rejected(
            SOCKET,
            "this service is not reached by a socket",
            "give a host",
        );
    }
    match (kind.path, kind.servers) {
        (Path::Socket, _) if has(HOST) || has(PORT) => {
            let index = if has(HOST) { HOST } else { PORT };
            let help = "three slashes begin the path of a socket, as in unix:///run/redis.sock; user and password come before the third";
            rejected(index, "a socket has no host", help)
        }
        (_, Servers::Srv) if has(SOCKET) || has(PORT) || !has(HOST) || is_list(HOST) => {
            let index = [SOCKET, PORT].into_iter().find(|&index| has(index));
            let help = "the name of the service is looked up, and gives hosts and ports; to name them yourself, use mongodb://";
            rejected(
                index.unwrap_or(HOST),
                "`+srv` takes exactly one name, without a port",
                help,
            )
        }
        (_, Servers::One) if is_list(HOST) => rejected(
            HOST,
            "this service takes one host",
            "a port follows `:`; choose one of several hosts",
        ),
        _ if kind.is("mongodb") && !has(HOST) && !has(SOCKET) => rejected(
            HOST,
            "MongoDB's URLs name a host",
            "write localhost if it is meant",
        ),
        _ => Ok(()),
    }
}

const NO_PATH: &str = "expected the path of a socket, from the root";

/// Whether the path of a socket is given where the scheme says that it is.
pub(super) fn socket(kind: ServiceKind, get: &Get<'_>) -> Result<(), CheckFailure> {
    let is_path = |socket: &[u8]| socket.len() > 1 && socket.starts_with(b"/");
    if kind.path != Path::Socket || get(SOCKET).is_some_and(is_path) {
        return Ok(());
    }
    rejected(
        SOCKET,
        NO_PATH,
        "write three slashes before it, as in unix:///run/redis.sock",
    )
}

/// What a database's name may be.
pub(super) fn database(kind: ServiceKind, get: &Get<'_>) -> Result<(), CheckFailure> {
    let Some(name) = get(DATABASE) else {
        return Ok(());
    };
    match kind.path {
        Path::Number | Path::Sentinel | Path::Socket if number(name).is_none() => rejected(
            DATABASE,
            "expected a number",
            "databases of Redis have numbers: redis://host/0",
        ),
        // The source of users that are kept elsewhere (X.509, LDAP).
        _ if kind.is_mongodb() && name == b"$external" => Ok(()),
        _ if kind.is_mongodb() && name.iter().any(|byte| br#"/\ "$"#.contains(byte)) => rejected(
            DATABASE,
            "no database of MongoDB has spaces, `/`, `\\`, `\"` or `$` in its name",
            "where users are kept is the parameter `authSource`",
        ),
        _ => Ok(()),
    }
}

/// The number of a Redis database.
pub(super) fn number(text: &[u8]) -> Option<u32> {
    let digits = text.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(text)
        .ok()
        .filter(|_| digits)?
        .parse()
        .ok()
}
