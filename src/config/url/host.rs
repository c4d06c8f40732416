//! Hosts, sockets and ports: what a decoded one may be.

use std::borrow::Cow;
use std::net::Ipv6Addr;

use memchr::{memchr, memchr2};

use crate::bytes::{Bytes, any};
use crate::error::{Error, ErrorKind, Stage};
use crate::grammar::url::HostForm;
use crate::secret::Secret;
use crate::span::{Component, Span};

/// What a host is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum HostKind {
    Absent,
    Host,
    Socket,
}

/// The characters that no name of a host has: spaces, control characters, and what delimits something else.
static NEVER_IN_A_HOST: Bytes = Bytes::of(b"\x7f\\<>,/:@()[];&=\"").with(0, b' ');

/// Whether a decoded host is one, or the path of a socket (or a named pipe of Windows).
#[inline(never)]
pub(crate) fn kind_of_host(host: &[u8], form: HostForm) -> Result<HostKind, &'static str> {
    let path = match host.first() {
        Some(b'/') => true,
        Some(b'.') => host.starts_with(b"./") || host.starts_with(b"../"),
        Some(b'\\') => host.starts_with(br"\\.\"),
        _ => false,
    };
    match form {
        HostForm::Path if path => Ok(HostKind::Socket),
        HostForm::Path => Err("expected `(/path)` or `(address=host:port,priority=n)`"),
        HostForm::Address if is_ipv6(host) => Ok(HostKind::Host),
        HostForm::Address => Err("expected an IPv6 address between `[` and `]`"),
        HostForm::Name if host.is_empty() => Ok(HostKind::Absent),
        HostForm::Name if path => Ok(HostKind::Socket),
        HostForm::Name => {
            if any::<8>(host, |byte| NEVER_IN_A_HOST.has(byte)) {
                Err(
                    "a host is a name or an address, without spaces, brackets, `/`, `\\`, `<`, `>`, `@`, `:`, `,`, `;`, `&`, `=` or quotation marks",
                )
            } else {
                Ok(HostKind::Host)
            }
        }
    }
}

/// Whether the value of a parameter `host` is a host or a socket; an address of IPv6 needs no brackets there.
pub(crate) fn kind_of_param(host: &[u8]) -> Result<HostKind, &'static str> {
    if is_ipv6(host) {
        return Ok(HostKind::Host);
    }
    if memchr2(b':', b'[', host).is_some_and(|_| !matches!(host[0], b'/' | b'.' | b'\\')) {
        return Err("expected a host alone, found a port or brackets");
    }
    kind_of_host(host, HostForm::Name)
}

/// An address, perhaps with the zone of its network interface.
fn is_ipv6(text: &[u8]) -> bool {
    let zone = memchr(b'%', text).unwrap_or(text.len());
    let address = std::str::from_utf8(&text[..zone]).unwrap_or("");
    let name = text.get(zone + 1..).unwrap_or(b"0");
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    !name.is_empty() && name.iter().all(is_name) && address.parse::<Ipv6Addr>().is_ok()
}

/// A port: digits only, from 1 to 65535.
pub(crate) fn port(text: &[u8]) -> Option<u16> {
    let port = text.iter().try_fold(0_u16, |port, byte| {
        let digit = byte.checked_sub(b'0').filter(|&digit| digit < 10)?;
        port.checked_mul(10)?.checked_add(digit.into())
    });
    port.filter(|&port| port != 0)
}

#[cold]
pub(super) fn port_error(raw: &[u8], location: Span) -> Error {
    let help = if memchr2(b';', b'&', raw).is_some() {
        SEPARATORS
    } else {
        "a `:` or `/` that belongs to a password is written %3A or %2F"
    };
    no_port(location).with_help(help)
}

#[cold]
pub(crate) fn no_port(location: Span) -> Error {
    let detail = "expected a number from 1 to 65535";
    invalid(Component::Port, location, detail)
}

/// For settings that follow a host, as in `sqlserver://host:1433;database=shop`.
const SEPARATORS: &str = "settings follow `?`, and `&` separates them: scheme://user:password@host:port/database?name=value";

#[cold]
pub(super) fn host_error(text: &[u8], location: Span, detail: &'static str) -> Error {
    let raw = &text[location.range()];
    let help = if memchr2(b';', b'&', raw).is_some() {
        SEPARATORS
    } else if memchr(b'(', raw).is_some() {
        "if this is a Go DSN such as user:password@tcp(host:3306)/database, remove the `mysql://` before it and read it \
         in the format `go-dsn`; else write mysql://user:password@host:3306/database"
    } else {
        "an IPv6 address is in brackets, [2001:db8::1]; the path of a socket begins with %2F; a character of a password is \
         written as its percent escape"
    };
    invalid(Component::Host, location, detail).with_help(help)
}

pub(super) fn socket_error(location: Span, detail: &'static str) -> Error {
    invalid(Component::Host, location, detail)
        .with_help("give the path of the socket alone, or as the parameter `socket`")
}

/// What a host is that was given as data, and its port without leading zeros, or an empty one.
pub(crate) fn server<'p>(host: &str, number: &'p str) -> Result<(HostKind, &'p str), Error> {
    let is_address = host.contains(':') && !host.starts_with(['/', '@']);
    let form = if is_address {
        HostForm::Address
    } else {
        HostForm::Name
    };
    let kind = kind_of_host(host.as_bytes(), form)
        .map_err(|detail| host_error(b"", Span::default(), detail))?;
    if number.is_empty() {
        return Ok((kind, number));
    }
    if port(number.as_bytes()).is_none() {
        return Err(port_error(b"", Span::default()));
    }
    if kind == HostKind::Socket {
        return Err(socket_error(Span::default(), "a socket has no port"));
    }
    Ok((kind, number.trim_start_matches('0')))
}

/// A host of a list: as written, or decoded.
pub(super) enum HostText<'t> {
    Raw(&'t str),
    Decoded(Secret),
}

impl HostText<'_> {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Raw(text) => text,
            Self::Decoded(text) => text.expose(),
        }
    }
}

/// A value that the grammar takes, and that cannot be used.
pub(crate) fn invalid(
    component: Component,
    span: Span,
    detail: impl Into<Cow<'static, str>>,
) -> Error {
    Error::new(ErrorKind::InvalidValue, detail)
        .at(component, span)
        .stage_is(Stage::Options)
}
