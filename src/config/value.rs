//! Typed values that engines share: lists of hosts, ports, and integers as C reads them.

use std::fmt;
use std::hash::{Hash, Hasher};

use memchr::memchr;

use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::conninfo::is_space;
use crate::limits::MAX_LEN;
use crate::secret::{MASK, Secret};
use crate::shown;
use crate::span::{Component, Span};

/// A decimal integer as libpq reads one (`pqParseIntParam`: C's `strtol` with spaces around it, in the range of an `int`).
pub(crate) fn int(text: &str) -> Option<i32> {
    let is_space = |character: char| u8::try_from(character).is_ok_and(is_space);
    // `i32::from_str` takes a sign and leading zeros, like strtol, and nothing else.
    let read = |text: &str| text.parse().ok();
    read(text).or_else(|| read(text.trim_matches(is_space)))
}

/// An [`int`] of at least 1.
pub(crate) fn positive(text: &str) -> Option<u32> {
    let value = u32::try_from(int(text)?).ok();
    value.filter(|&value| value > 0)
}

/// A port number as libpq reads one: an integer from 1 to 65535.
pub(crate) fn port(text: &str) -> Option<u16> {
    // What `u16::from_str` takes is an `int`, too.
    let port = text.parse().ok();
    port.or_else(|| u16::try_from(int(text)?).ok())
        .filter(|&port| port != 0)
}

/// Whether a parameter may be given several times, each of which adds to the ones before: MongoDB's `readPreferenceTags`,
/// `RabbitMQ`'s `auth_mechanism`, the `_pragma` of `SQLite`'s drivers in Go, and what is written as an array of PHP (`host[]`).
pub(crate) fn is_list_name(name: &str) -> bool {
    const LISTS: [&str; 3] = ["readPreferenceTags", "auth_mechanism", "_pragma"];
    name.ends_with("[]") || LISTS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A string longer than [`MAX_LEN`].
#[cold]
pub(crate) fn too_long(text: &str) -> Error {
    let end = (0..=MAX_LEN)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    parse_error(
        ErrorKind::TooLong,
        Component::Text,
        Span::new(end, end),
        "expected at most 1 MiB",
    )
}

/// How many elements a comma-separated list has; an empty text has one.
#[inline(never)]
pub(crate) fn count(list: &str) -> usize {
    // Few enough at a time for a count in a byte, of which vector instructions count many at once.
    let commas = |part: &[u8]| {
        let comma = |&byte: &u8| u8::from(byte == b',');
        usize::from(part.iter().map(comma).fold(0, u8::wrapping_add))
    };
    list.as_bytes().chunks(255).map(commas).sum::<usize>() + 1
}

/// The elements of a comma-separated list; an empty one has one.
pub(crate) fn elements(list: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = Some(list);
    std::iter::from_fn(move || {
        let list = rest?;
        let comma = memchr(b',', list.as_bytes());
        rest = comma.map(|comma| &list[comma + 1..]);
        Some(comma.map_or(list, |comma| &list[..comma]))
    })
}

/// A setting of a program in addition to its connection, as its settings file has it.
///
/// `Debug` masks every string and number, and every key that is no identifier.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Setting {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Float(f64),
    /// A string, which may be a secret.
    Text(Secret),
    /// Several in order.
    List(Vec<Self>),
    /// Several by name, in the order that they are written.
    Map(Vec<(String, Self)>),
}

impl Setting {
    /// The same as it may be shown to anyone: the values that are not known to be harmless are `****`, and so are the keys
    /// that are no identifiers.
    pub(crate) fn masked(&self, name: &str) -> Self {
        let shown = |text: &str| shown::is_harmless(name, text);
        let mask = || Self::Text(Secret::from(MASK));
        match self {
            Self::Integer(number) if !shown(&number.to_string()) => mask(),
            Self::Float(number) if !shown(&number.to_string()) => mask(),
            Self::Text(text) if !shown(text.expose()) => mask(),
            Self::List(list) => Self::List(list.iter().map(|one| one.masked(name)).collect()),
            Self::Map(members) => {
                // What is in a map of an unknown name is unknown.
                let is_known = shown::is_known(name);
                let member = |(key, one): &(String, Self)| {
                    let one = one.masked(if is_known { key } else { "" });
                    (shown::name(key).to_owned(), one)
                };
                Self::Map(members.iter().map(member).collect())
            }
            _ => self.clone(),
        }
    }
}

impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let masked = |f: &mut fmt::Formatter<'_>, name: &str| write!(f, "{name}({MASK})");
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(value) => write!(f, "Bool({value})"),
            Self::Integer(_) => masked(f, "Integer"),
            Self::Float(_) => masked(f, "Float"),
            Self::Text(_) => masked(f, "Text"),
            Self::List(list) => f.debug_list().entries(list).finish(),
            Self::Map(members) => {
                let members = members.iter().map(|(key, one)| (shown::name(key), one));
                f.debug_map().entries(members).finish()
            }
        }
    }
}

/// One server to try: a name or socket directory, a numeric address alongside it, and a port.
///
/// What the config does not give is `None`; nothing is filled in. An empty element of a list is `Some("")`. `Debug` masks
/// what looks like a swallowed password, and then every host of the list: a comma of the password splits it.
#[derive(Clone, Copy)]
#[expect(
    clippy::struct_field_names,
    reason = "`host` and `hostaddr` are the field's terms"
)]
pub struct Host<'a> {
    pub(crate) host: Option<&'a str>,
    pub(crate) hostaddr: Option<&'a str>,
    pub(crate) port: Option<u16>,
    pub(crate) priority: Option<u8>,
    /// Whether a host of the list looks like a swallowed password.
    pub(crate) is_hidden: bool,
}

/// The other hosts of its list are no part of a host.
impl PartialEq for Host<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Host<'_> {}

impl Hash for Host<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl fmt::Debug for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host")
            .field("host", &self.masked_host())
            .field("hostaddr", &self.masked_hostaddr())
            .field("port", &self.port)
            .field("priority", &self.priority)
            .finish()
    }
}

impl<'a> Host<'a> {
    /// The name, the address, or the directory of the Unix socket. IPv6 is without brackets.
    #[must_use]
    pub const fn host(&self) -> Option<&'a str> {
        self.host
    }

    /// The numeric address to connect to; the host is then used for TLS and password files only.
    #[must_use]
    pub const fn hostaddr(&self) -> Option<&'a str> {
        self.hostaddr
    }

    /// The [`host`](Self::host) as it may be shown to anyone: `****` if it, or another of its list, looks like a swallowed
    /// password.
    #[must_use]
    pub fn masked_host(&self) -> Option<&'a str> {
        self.host.map(|host| shown::host(host, self.is_hidden))
    }

    /// The [`hostaddr`](Self::hostaddr), masked in the same way.
    #[must_use]
    pub fn masked_hostaddr(&self) -> Option<&'a str> {
        self.hostaddr.map(|host| shown::host(host, self.is_hidden))
    }

    const fn parts(&self) -> (Option<&'a str>, Option<&'a str>, Option<u16>, Option<u8>) {
        (self.host, self.hostaddr, self.port, self.priority)
    }

    /// The port; `None` is the engine's default.
    #[must_use]
    pub const fn port(&self) -> Option<u16> {
        self.port
    }

    /// The priority among several hosts, from 0 to 100, the highest first; of MySQL's X `DevAPI` only.
    #[must_use]
    pub const fn priority(&self) -> Option<u8> {
        self.priority
    }

    /// Whether the host is a Unix socket: a directory beginning with `/`, or an abstract one beginning with `@`.
    #[must_use]
    #[inline(never)]
    pub fn is_socket(&self) -> bool {
        self.hostaddr.is_none_or(str::is_empty)
            && self.host.is_some_and(|host| host.starts_with(['/', '@']))
    }
}

/// The lists of hosts, addresses and ports, side by side; one port stands for all hosts.
pub(crate) fn hosts<'a>(
    host: Option<&'a str>,
    hostaddr: Option<&'a str>,
    ports: Option<&'a str>,
) -> impl Iterator<Item = Host<'a>> + Clone {
    let given = |list: Option<&'a str>| list.filter(|list| !list.is_empty());
    let (host, hostaddr, ports) = (given(host), given(hostaddr), given(ports));
    let len = if host.or(hostaddr).or(ports).is_none() {
        0
    } else {
        hostaddr.or(host).map_or(1, count)
    };
    // One host is looked at by itself, when it is shown.
    let is_hidden = len > 1
        && [host, hostaddr]
            .into_iter()
            .flatten()
            .any(|list| shown::hides_hosts(list.split(',')));
    let single = ports.filter(|ports| memchr(b',', ports.as_bytes()).is_none());
    let mut elements = (
        host.map(elements),
        hostaddr.map(elements),
        ports.map(elements),
    );
    (0..len).map(move |_| Host {
        host: elements.0.as_mut().and_then(Iterator::next),
        hostaddr: elements.1.as_mut().and_then(Iterator::next),
        port: single
            .or_else(|| elements.2.as_mut().and_then(Iterator::next))
            .and_then(port),
        priority: None,
        is_hidden,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_c_integers() {
        for (text, value) in [
            ("5432", 5432),
            (" 5432\t", 5432),
            ("+5", 5),
            ("-1", -1),
            ("0777", 777),
            ("2147483647", i32::MAX),
        ] {
            assert_eq!(int(text), Some(value), "{text:?}");
        }
        for text in [
            "",
            " ",
            "5x",
            "0x10",
            "5 6",
            "2147483648",
            "+ 5",
            "--5",
            "\u{a0}5",
            "5.0",
            "99999999999999999999",
        ] {
            assert_eq!(int(text), None, "{text:?}");
        }
    }

    #[test]
    fn ports_are_from_1_to_65535() {
        assert_eq!(port("65535"), Some(65535));
        for text in ["0", "65536", "-1"] {
            assert_eq!(port(text), None, "{text}");
        }
    }

    #[test]
    fn one_port_is_for_all_hosts() {
        let ports: Vec<_> = hosts(Some("a,b"), None, Some("7"))
            .map(|host| (host.host, host.port))
            .collect();
        assert_eq!(ports, [(Some("a"), Some(7)), (Some("b"), Some(7))]);
        assert_eq!(hosts(Some(""), Some(""), Some("")).count(), 0);
        assert_eq!(hosts(None, None, Some("7")).count(), 1);
    }
}
