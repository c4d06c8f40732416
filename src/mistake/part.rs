//! What is written in place of a port or a host, or unescaped in a password.

use std::net::Ipv6Addr;

use crate::bytes::contains;
use crate::engine::{Scheme, scheme_len};
use crate::error::{Error, ErrorKind};
use crate::mistake::explanation::Explanation;

/// A word that languages write for a value they do not have.
pub(super) const MISSING: [&str; 8] = [
    "undefined",
    "null",
    "None",
    "nil",
    "NaN",
    "(null)",
    "<nil>",
    "<null>",
];

/// The input that an error points at, and what follows it.
fn at<'t>(text: &'t str, error: &Error) -> Option<(&'t str, &'t str)> {
    let span = error.span()?;
    Some((text.get(span.range())?, text.get(span.start()..)?))
}

/// `shop sslmode=require`: a space in place of `?` or `&`.
pub(super) fn space(text: &str, error: &Error) -> Option<Explanation> {
    let (_, rest) = at(text, error)?;
    let (name, _) = rest.trim_start().split_once('=')?;
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    let detail = "a space before a parameter";
    let help = "write `?` before the first parameter and `&` before each further one; a space that is data is written %20";
    (!name.is_empty() && name.bytes().all(in_name)).then_some(Explanation { detail, help })
}

/// A `%` that begins no escape, or one that was meant as data.
pub(super) fn escape(text: &str, error: &Error) -> Explanation {
    let rest = at(text, error).map_or("", |(_, rest)| rest);
    let help = match error.kind() {
        ErrorKind::InvalidEscape if holds_reference(text) || rest.starts_with("%(") => {
            let detail = "a variable reference such as `%NAME%` is not expanded";
            let help =
                "let the shell or the settings expand it before; a `%` that is data is written %25";
            return Explanation { detail, help };
        }
        ErrorKind::InvalidEscape => {
            "write a `%` that is data as %25; `dburl encode` escapes a whole password"
        }
        ErrorKind::InvalidUtf8 => {
            "write a `%` that is data as %25 (`dburl encode`); an escape that is meant is UTF-8, so é is %C3%A9"
        }
        _ => "remove it: no server takes one; a `%` that is data is written %25 (`dburl encode`)",
    };
    Explanation { detail: "", help }
}

/// Whether a string has a `%NAME%` of Windows in it.
fn holds_reference(text: &str) -> bool {
    let is_name = |name: &str| {
        let in_name = |byte: u8| byte.is_ascii_uppercase() || byte == b'_';
        name.len() > 2 && name.bytes().all(in_name)
    };
    let pieces: Vec<_> = text.split('%').collect();
    pieces.len() > 2 && pieces[1..pieces.len() - 1].iter().any(|name| is_name(name))
}

/// A token of IAM, which is a signed URL, unescaped in the password.
pub(super) fn token(text: &str) -> Option<Explanation> {
    let detail = "";
    let help = "the password looks like an IAM token: escape the whole token, its own `%` included, with `dburl encode`";
    contains(text, "X-Amz-").then_some(Explanation { detail, help })
}

/// `postgres://postgres://…`: the scheme, or a variable that holds the whole URL, after another scheme.
pub(super) fn doubled(text: &str) -> Option<Explanation> {
    let (_, rest) = text.split_once("://")?;
    let scheme = &rest[..scheme_len(rest)?];
    let detail = "expected one scheme, found two";
    let help = "keep the second scheme and what follows it: the value is a whole URL already";
    Scheme::find(scheme).map(|_| Explanation { detail, help })
}

/// An IPv6 address without its brackets.
pub(super) fn address(text: &str) -> Option<Explanation> {
    let authority = authority(text)?;
    let is_address = |text: &str| text.parse::<Ipv6Addr>().is_ok();
    let without_port = authority.rsplit_once(':').map_or("", |(host, _)| host);
    let detail = "expected an IPv6 address in brackets";
    let help = "write it in brackets, with the port after them: [2001:db8::1]:5432";
    (is_address(authority) || is_address(without_port)).then_some(Explanation { detail, help })
}

/// `host:5432:5432`: a variable held the host with its port already.
pub(super) fn two_ports(text: &str) -> Option<Explanation> {
    let (_, port) = authority(text)?.split_once(':')?;
    let (first, second) = port.split_once(':')?;
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let detail = "expected one port after the host, found two";
    let help = "remove one of them: the variable that gives the host may hold `host:port`";
    (is_port(first) && is_port(second)).then_some(Explanation { detail, help })
}

/// What follows the credentials, up to the path.
fn authority(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    rest.split(['/', '?']).next()
}

/// What a port is that is no number.
pub(super) fn port(text: &str, error: &Error) -> Option<Explanation> {
    let (raw, _) = at(text, error)?;
    let raw = raw.strip_suffix(':').unwrap_or(raw);
    of_port(raw)
}

/// The same of a value that is meant to be a port alone.
pub(super) fn of_port(raw: &str) -> Option<Explanation> {
    let inside = raw.trim_matches(|one: char| "[]<>{}".contains(one));
    let is_template = inside.len() < raw.len()
        || raw == "port"
        || inside
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    if raw.contains(['"', '\'', '”', '“']) {
        return Some(Explanation::new(
            "expected a number, found quotation marks",
            "a shell or .env parser strips quotes, other readers keep them: remove the quotation marks",
        ));
    }
    if MISSING.contains(&raw) {
        return Some(Explanation::new(
            "expected a number, found a word such as `undefined` or `null`",
            "a program writes it for a missing value: set the variable that it reads the port from",
        ));
    }
    if raw.starts_with("tcp:")
        || raw.starts_with("udp:")
        || raw.starts_with("tcp%3A")
        || raw == "tcp"
    {
        return Some(Explanation::new(
            "expected a number, found an address such as tcp://10.0.0.1:5432",
            "Kubernetes sets NAME_PORT to an address for each service NAME: read another variable, or set \
             `enableServiceLinks: false` in the pod; NAME_SERVICE_PORT holds the number",
        ));
    }
    if raw.starts_with('$') || raw.starts_with("%24") {
        return Some(Explanation::new(
            "expected a number, found an unexpanded variable reference",
            "let the shell, Compose or the platform expand it before",
        ));
    }
    let detail = "expected a number, found a placeholder such as `PORT`";
    let help =
        "this is a template: put the database's own user, password, host, port and name there";
    (is_template && !inside.is_empty()).then_some(Explanation { detail, help })
}
