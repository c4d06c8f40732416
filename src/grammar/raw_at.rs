//! The guard on an `@` written raw: whatever a password is, `scheme://user:password@host` with the password written raw is
//! read as meant, or is an error.
//!
//! * Credentials end before the host: any later `@` is an error, in the hosts, in the path, and in a parameter's name or value.
//! * There are no credentials: an `@` in the path is an error, and one in the query is, if what precedes it can be the start
//!   of a password (a port that is not a number, a `?` that ends the host) or what follows it looks like the rest of a URL.
//!
//! What remains cannot be distinguished from a URL without credentials: `h:5432/d?user=a@b`. Two kinds of values may hold an `@`
//! anyway: see [`Holds`].

use memchr::{memchr, memchr_iter, memchr2, memchr3, memrchr};

use crate::error::{Error, ErrorKind};
use crate::grammar::guard::{delimiter, is_name};
use crate::span::{Component, Span};

/// The parts of a URL that follow the credentials.
#[derive(Clone, Copy)]
pub(crate) struct Tail {
    /// The `@` that ends the credentials, if there are any, and whether user or password comes before it.
    pub(crate) credentials: Option<(usize, Component)>,
    pub(crate) hosts: Span,
    pub(crate) path: Option<Span>,
    pub(crate) query: Option<Span>,
}

impl Tail {
    /// The credentials of a URL whose hosts begin at `hosts`, for [`credentials`](Self::credentials).
    pub(crate) fn credentials(
        user: Option<Span>,
        password: Option<Span>,
        hosts: Span,
    ) -> Option<(usize, Component)> {
        let last = password.map_or(Component::User, |_| Component::Password);
        user.map(|_| (hosts.start() - 1, last))
    }
}

/// What the value of a parameter may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// No `@`, unless the URL has no credentials.
    Text,
    /// The path of a file: `/home/me@corp/ca.pem`.
    Path,
    /// The path of a socket, where the URL names no host. After credentials what follows the `@` is no host: it ends with
    /// `.sock`, or has neither `/` nor a dot.
    Socket,
    /// A name between two `@`, as Azure Cosmos DB writes MongoDB's `appName`.
    EnclosedName,
    /// User or password, where URLs are usually written with them as parameters: a `?` may end the host before.
    Login,
    /// User or password of a driver that takes them as parameters only, and decodes nothing.
    Anything,
}

/// Rejects an `@` that may belong to a password. `holds` knows the parameters by their raw names.
#[inline]
pub(crate) fn reject(
    text: &[u8],
    tail: &Tail,
    holds: impl Fn(&[u8]) -> Holds,
) -> Result<(), Error> {
    match memchr(b'@', &text[tail.hosts.start()..]) {
        None => Ok(()),
        Some(found) => reject_at(text, tail, tail.hosts.start() + found, &holds),
    }
}

/// As [`reject`], where an `@` is known to follow the credentials, the first one at `at`.
#[cold]
fn reject_at(
    text: &[u8],
    tail: &Tail,
    at: usize,
    holds: &dyn Fn(&[u8]) -> Holds,
) -> Result<(), Error> {
    let query = tail.query.unwrap_or(Span::new(text.len(), text.len()));
    match tail.credentials {
        Some(_) if at < tail.hosts.end() => return Err(in_hosts(text, tail, at)),
        Some(_) if at < query.start() => return Err(in_path(at)),
        None if at < tail.hosts.end() => return Err(in_brackets(at)),
        None if at < query.start() => return Err(swallowed(tail)),
        Some(_) => {}
        None => without_credentials(text, tail, query, holds)?,
    }
    let mut start = query.start();
    for param in text[query.range()].split(|&byte| byte == b'&') {
        let span = Span::new(start, start + param.len());
        start = span.end() + 1;
        if let Some(found) = misplaced_in(param, tail, holds) {
            return Err(in_query(tail, span.start() + found));
        }
    }
    Ok(())
}

/// The `@` of a parameter that may not be there.
#[inline(never)]
fn misplaced_in(param: &[u8], tail: &Tail, holds: &dyn Fn(&[u8]) -> Holds) -> Option<usize> {
    let at = memchr(b'@', param)?;
    let Some(equals) = memchr(b'=', &param[..at]) else {
        return Some(at);
    };
    let value = &param[equals + 1..];
    let credentials = tail.credentials.is_some();
    let kind = holds(&param[..equals]);
    // A password may hold `@/d?socket=/x`; what follows it looks like a host and a path then, and not like a socket.
    let after = memrchr(b'@', value).map_or(value, |last| &value[last..]);
    let is_local = value.ends_with(b".sock") || memchr2(b'/', b'.', after).is_none();
    let is_socket = tail.hosts.is_empty() && (!credentials || is_local);
    let is_path = kind == Holds::Path || (kind == Holds::Socket && is_socket);
    let fits = match kind {
        _ if is_path && value.starts_with(b"/") && is_name(&param[..equals]) => {
            // A path has one `@` at most, and no address of JDBC follows it.
            let is_single = memchr_iter(b'@', value).count() == 1;
            is_single && memchr(b'(', value).is_none() && !is_followed_by_port(value)
        }
        Holds::EnclosedName if is_enclosed(value) => true,
        Holds::Anything => true,
        _ => !credentials && !is_followed_by_rest(value),
    };
    (!fits).then_some(at)
}

/// Without credentials, whether the text up to the query can be a user and the start of a password.
fn without_credentials(
    text: &[u8],
    tail: &Tail,
    query: Span,
    holds: &dyn Fn(&[u8]) -> Holds,
) -> Result<(), Error> {
    let hosts = &text[tail.hosts.range()];
    if ports(hosts).any(|port| !is_port(port)) {
        return Err(swallowed(tail));
    }
    if tail.path.is_some() {
        return Ok(());
    }
    // A `?` ends the host.
    let has_port = ports(hosts).next().is_some();
    let may_hold_at = |param: &[u8]| {
        let equals = memchr(b'=', param).unwrap_or(0);
        match holds(&param[..equals]) {
            Holds::Login | Holds::Anything => true,
            Holds::Path | Holds::Socket => !has_port && param[equals..].starts_with(b"=/"),
            Holds::Text | Holds::EnclosedName => false,
        }
    };
    let mut params = text[query.range()].split(|&byte| byte == b'&');
    if params.all(|param| memchr(b'@', param).is_none() || may_hold_at(param)) {
        return Ok(());
    }
    Err(swallowed(tail))
}

/// The ports of a list of hosts: what follows a `:` outside brackets, up to the next comma.
fn ports(hosts: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut depth = 0_usize;
    hosts.iter().enumerate().filter_map(move |(at, byte)| {
        match byte {
            b'[' | b'(' => depth += 1,
            b']' | b')' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => {
                let port = &hosts[at + 1..];
                return Some(&port[..memchr(b',', port).unwrap_or(port.len())]);
            }
            _ => {}
        }
        None
    })
}

/// Digits as they are written. libpq also decodes escapes and takes spaces and a sign, but with an `@` later on they may begin
/// a password.
fn is_port(raw: &[u8]) -> bool {
    !raw.is_empty() && raw.iter().all(u8::is_ascii_digit)
}

/// Whether an `@` is followed by what looks like a host and its port.
fn is_followed_by_port(value: &[u8]) -> bool {
    memchr_iter(b'@', value).any(|at| {
        let host = &value[at + 1..];
        let end = memchr2(b'/', b'@', host).unwrap_or(host.len());
        has_port(&host[..end])
    })
}

/// Whether an `@` is followed by another one, or by what looks like a host with its port or its path.
fn is_followed_by_rest(value: &[u8]) -> bool {
    memchr(b'@', value).is_some_and(|at| {
        let rest = &value[at + 1..];
        memchr3(b'/', b'?', b'@', rest).is_some() || has_port(rest)
    })
}

/// Whether a comment or a shell cuts a URL off inside its password: `postgres://app:1 #2@db.example/shop` in a YAML file, with
/// ` #2@db.example/shop` as the rest of the line. A comment in words, or after a whole URL, may hold an address.
pub(crate) fn is_cut(value: &str, rest: &str) -> bool {
    let Some((_, authority)) = value.split_once("://") else {
        return false;
    };
    let rest = rest.trim_start();
    let in_words = rest.starts_with("# ") && !authority.ends_with(':');
    let is_whole = authority
        .split_once('@')
        .is_some_and(|(_, host)| host.contains('/'));
    let Some((before, host)) = rest.rsplit_once('@').filter(|_| !in_words && !is_whole) else {
        return false;
    };
    let is_host = host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[');
    let is_glued = !before.contains(char::is_whitespace);
    let goes_on = is_glued || host.contains('/') || has_port(host.as_bytes());
    authority.contains(':') && is_host && goes_on
}

/// The error of such a URL.
#[cold]
pub(crate) fn cut() -> Error {
    let detail = "the URL is cut off in the middle of its password";
    Error::new(ErrorKind::UnescapedDelimiter, detail).with_help(
        "put the URL in quotation marks, or write the `#`, space or `|` of the password as %23, %20 or %7C",
    )
}

fn has_port(host: &[u8]) -> bool {
    memchr_iter(b':', host).any(|colon| host.get(colon + 1).is_some_and(u8::is_ascii_digit))
}

fn is_enclosed(value: &[u8]) -> bool {
    let [b'@', name @ .., b'@'] = value else {
        return false;
    };
    !name.iter().any(|byte| b"@:/?".contains(byte))
}

/// Without credentials, a `/` or a `?` ends the host.
fn swallowed(tail: &Tail) -> Error {
    let (detail, help) = if tail.path.is_some() {
        (
            "a raw `/` ends the host, so the part before it would be read as host and port",
            "in a password write `/` as %2F, `?` as %3F and `@` as %40, or let `dburl encode` do it; if the `@` belongs to the \
             database, write it as %40",
        )
    } else {
        (
            "a raw `?` before `@`, so the text before it would be taken for the host",
            "in a password write `?` as %3F, `/` as %2F and `@` as %40, or let `dburl encode` do it; if the `?` starts the \
             parameters, write the `@` in them as %40",
        )
    };
    delimiter(Component::Password, tail.hosts.end(), detail).with_help(help)
}

fn in_hosts(text: &[u8], tail: &Tail, at: usize) -> Error {
    if memchr(b',', &text[tail.hosts.start()..at]).is_some() {
        return several(at);
    }
    let (end, component) = tail.credentials.unwrap_or((at, Component::Host));
    let detail = "two raw `@`: the first would end the password, and the host would begin in the middle of it";
    delimiter(component, end, detail).with_help(
        "write an `@` of the user name or password as %40, or let `dburl encode` do it; only the one before the host stays raw",
    )
}

/// User and password are given for more than one host.
#[cold]
pub(crate) fn several(at: usize) -> Error {
    let detail = "user and password are given for more than one host";
    delimiter(Component::User, at, detail).with_help(
        "give them once, as in scheme://user:password@host:port,host:port; an `@` of a password is written %40, a `,` %2C",
    )
}

/// Without credentials, only brackets and parentheses keep an `@` from ending them.
pub(crate) fn in_brackets(at: usize) -> Error {
    let detail = "a raw `@` inside brackets or parentheses";
    delimiter(Component::Host, at, detail)
        .with_help("write user and password before the bracket; an `@` that is data is written %40")
}

fn in_path(at: usize) -> Error {
    let detail = "a raw `@` after the host, so part of a password may have been taken for the host";
    delimiter(Component::Database, at, detail).with_help(
        "in a password write `@` as %40, `/` as %2F and `?` as %3F, or let `dburl encode` do it; if the `@` belongs to the \
         database, write it as %40",
    )
}

fn in_query(tail: &Tail, at: usize) -> Error {
    let (component, detail) = if tail.credentials.is_some() {
        (
            Component::Query,
            "a raw `@` in the query, so part of a password may have been taken for the host",
        )
    } else {
        (
            Component::Password,
            "what precedes this `@` looks like user and password, and what follows it like the host",
        )
    };
    delimiter(component, at, detail).with_help(
        "in a password write `@` as %40, `/` as %2F and `?` as %3F, or let `dburl encode` do it; if the `@` belongs to the \
         parameter, write it as %40",
    )
}
