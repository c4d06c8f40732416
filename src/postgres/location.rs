//! Where hosts and the database are: what the default dialect rejects, since a host is no path, and a path is no host.

use std::net::Ipv6Addr;

use memchr::{memchr, memchr2, memchr2_iter, memmem};

use crate::error::Error;
use crate::grammar::guard::{at_start, delimiter, is_host_and_port};
use crate::grammar::libpq_uri::Netlocs;
use crate::grammar::raw_at::Holds;
use crate::grammar::sweep::Sweep;
use crate::grammar::{conninfo, guard};
use crate::postgres::check;
use crate::postgres::keyword::Keyword;
use crate::postgres::unknown;
use crate::span::{Component, Span};

/// Rejects a raw database name that begins with `/`, or that is a host with its port where no host is given.
#[inline]
pub(super) fn check_database(raw: &[u8], location: Span, has_host: bool) -> Result<(), Error> {
    if raw.starts_with(b"/") || (!has_host && raw.contains(&b':')) {
        database(raw, location, has_host)
    } else {
        Ok(())
    }
}

/// Rejects a `/` in the path of a URL without a host: the directory of a socket, written with too few slashes.
#[inline]
pub(super) fn check_path(raw: &[u8], location: Span) -> Result<(), Error> {
    match memchr(b'/', raw) {
        Some(_) => Err(path_for_database(raw, location)),
        None => Ok(()),
    }
}

#[cold]
fn path_for_database(raw: &[u8], location: Span) -> Error {
    let detail = "a path where the database is expected";
    at_start(Component::Database, raw, location.start(), detail).with_help(
        "give the directory of a socket as a parameter: postgres://user:password@/database?host=/directory; \
         a `/` of the database's name is written %2F",
    )
}

#[cold]
fn database(raw: &[u8], location: Span, has_host: bool) -> Result<(), Error> {
    let error = |detail, help| {
        Err(at_start(Component::Database, raw, location.start(), detail).with_help(help))
    };
    if raw.starts_with(b"/") {
        return if has_host {
            error(
                "a second `/` before the database, which would be part of its name",
                "remove one `/`; a `/` of the name is written %2F",
            )
        } else {
            Err(path_for_database(raw, location))
        };
    }
    // In keyword/value text a backslash makes the colon data.
    if is_host_and_port(raw) && !raw.contains(&b'\\') {
        return error(
            "a host and its port where the database is expected",
            "write two slashes before the host: postgres://host:port/database; a `:` of the name is written %3A",
        );
    }
    Ok(())
}

/// Rejects commas and semicolons between the settings of keyword/value text: `host=h, dbname=d`, `dbname=d,sslmode=require`. In
/// quotes, after a backslash, and in a password they are data.
#[cold]
pub(super) fn check_separators(
    text: &[u8],
    setting: &conninfo::ConninfoPair,
    next: usize,
) -> Result<(), Error> {
    let keyword = Keyword::find(&text[setting.key.range()]);
    let Some(keyword) = keyword.filter(|keyword| !setting.quoted && !keyword.is_secret()) else {
        return Ok(());
    };
    let raw = &text[setting.value.range()];
    let holds_setting = |at: &usize| {
        let rest = &raw[at + 1..];
        // No keyword is as long, which keeps the cost linear.
        is_setting(&rest[..rest.len().min(40)])
    };
    let separators = || memchr2_iter(b',', b';', raw).filter(|&at| !guard::escaped(raw, at));
    let is_last = text[next.min(text.len())..]
        .iter()
        .all(u8::is_ascii_whitespace);
    let is_at_end = |at: &usize| at + 1 == raw.len() && !is_last && conninfo::ends_setting(raw);
    let Some(at) = separators().find(|at| holds_setting(at) || is_at_end(at)) else {
        return Ok(());
    };
    let detail = "a `,` or `;` between settings becomes part of a value";
    Err(
        delimiter(keyword.component(), setting.value.start() + at, detail).with_help(
            "settings are separated by spaces: host=db.example dbname=shop; put a value that holds a `,` or `;` in single quotes",
        ),
    )
}

/// Whether a raw value begins as a setting does: `keyword=`.
pub(super) fn is_setting(raw: &[u8]) -> bool {
    memchr(b'=', raw).is_some_and(|equals| Keyword::find(&raw[..equals]).is_some())
}

/// Rejects a raw host in a URL that holds a setting, or the network of a Go DSN.
pub(super) fn check_name(raw: &[u8], location: Span, in_conninfo: bool) -> Result<(), Error> {
    let is_data = in_conninfo || raw.starts_with(b"/") || raw.starts_with(b"@");
    let found = memchr2(b'=', b'(', raw).filter(|_| !is_data);
    let Some(at) = found else {
        return Ok(());
    };
    let (detail, help) = if raw[at] == b'=' {
        (
            "the host holds another setting",
            "a `?` comes before the first parameter and an `&` before each further one; a `=` that is data is written %3D",
        )
    } else {
        (
            "expected a host, found parentheses as in a Go DSN",
            "write postgres://user:password@host:5432/database, or the directory of a socket as ?host=/directory",
        )
    };
    Err(delimiter(Component::Host, location.start() + at, detail).with_help(help))
}

/// Rejects a port and brackets in the raw value of `host`. An address of IPv6 is a host as it is. With `backslashes`, as
/// in keyword/value text, an escaped character is data.
pub(super) fn check_hosts(raw: &[u8], location: Span, backslashes: bool) -> Result<(), Error> {
    let mut start = location.start();
    for host in raw.split(|&byte| byte == b',') {
        if let Some(at) = wrong_in_host(host, backslashes) {
            let detail = "expected a host alone, found a port or brackets";
            return Err(delimiter(Component::Host, start + at, detail).with_help(
                "the port has its own key: `host=name port=5432`, in a URL `?host=name&port=5432`; an IPv6 address has no \
                 brackets there",
            ));
        }
        start += host.len() + 1;
    }
    Ok(())
}

/// Where the first character of one host is that no host has.
fn wrong_in_host(host: &[u8], backslashes: bool) -> Option<usize> {
    let is_escaped = |at: usize| backslashes && at > 0 && host[at - 1] == b'\\';
    let at = host
        .iter()
        .enumerate()
        .position(|(at, byte)| matches!(byte, b':' | b'[' | b']') && !is_escaped(at))?;
    let first = match host {
        [b'\\', escaped, ..] if backslashes => Some(escaped),
        _ => host.first(),
    };
    let is_path = matches!(first, Some(b'/' | b'@'));
    (!is_path && !is_address(host)).then_some(at)
}

fn is_address(host: &[u8]) -> bool {
    let address = host.split(|&byte| byte == b'%').next().unwrap_or_default();
    std::str::from_utf8(address).is_ok_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

/// The characters to escape in a value of keyword/value text that would be rejected otherwise.
pub(super) fn escaped(keyword: Keyword, text: &str) -> &'static [char] {
    let (raw, location) = (text.as_bytes(), Span::new(0, text.len()));
    let is_rejected = match keyword {
        Keyword::Host => {
            check_hosts(raw, location, false).and_then(|()| check_socket(raw, raw, location))
        }
        Keyword::Dbname => check_database(raw, location, false),
        _ => Ok(()),
    };
    if is_rejected.is_err() {
        &[':', '[', ']', '.', '/']
    } else {
        &[]
    }
}

/// Rejects the file of a socket in place of its directory; `hosts` is the decoded list.
pub(super) fn check_socket(hosts: &[u8], raw: &[u8], location: Span) -> Result<(), Error> {
    // Where the dot is escaped, it is data.
    if !hosts.contains(&b'/')
        || !holds_socket_file(hosts)
        || memmem::find(raw, b".s.PGSQL.").is_none()
    {
        return Ok(());
    }
    let detail = "expected the directory of the socket, found the socket itself";
    Err(at_start(Component::Host, raw, location.start(), detail)
        .with_help("leave `/.s.PGSQL.` and what follows it out; the number is the port: host=/directory port=5432"))
}

/// What the name of a socket begins with.
pub(super) const SOCKET_FILE: &str = "/.s.PGSQL.";

fn holds_socket_file(hosts: &[u8]) -> bool {
    let mut hosts = hosts.split(|&byte| byte == b',');
    hosts.any(|host| socket_file(host).is_some())
}

/// Where the name of a socket begins in the path of one: after the directory.
pub(super) fn socket_file(path: &[u8]) -> Option<usize> {
    let at = memmem::find(path, SOCKET_FILE.as_bytes())?;
    let number = &path[at + SOCKET_FILE.len()..];
    (!number.is_empty() && number.iter().all(u8::is_ascii_digit)).then_some(at)
}

/// What the values of parameters may hold, by their raw names.
pub(super) fn holds(raw_name: &[u8]) -> Holds {
    use Keyword::{Host, Passfile, SslCert, SslCrl, SslCrlDir, SslKey, SslRootCert};
    match Keyword::find(raw_name).or_else(|| unknown::foreign(raw_name)) {
        Some(Passfile | SslCert | SslCrl | SslCrlDir | SslKey | SslRootCert) => Holds::Path,
        Some(Host) => Holds::Socket,
        _ => Holds::Text,
    }
}

/// A `?` before the `@` that ends the credentials.
#[cold]
pub(super) fn early_question(at: usize, user: Span) -> Error {
    let component = if at < user.end() {
        Component::User
    } else {
        Component::Password
    };
    let detail = "a raw `?` before `@`, so the text before it would be taken for a user name and not for a host";
    delimiter(component, at, detail).with_help(
        "if `?` belongs to the password, write it as %3F; if it starts the parameters, write the `@` in them as %40",
    )
}

/// Where the element of a list that failed is in the text.
#[cold]
pub(super) fn element(
    text: &[u8],
    location: Span,
    failure: &check::CheckFailure,
    netlocs: Option<(&Sweep<'_>, &Netlocs)>,
) -> Span {
    let Some(element) = failure.element else {
        return location;
    };
    if let Some((sweep, netlocs)) = netlocs {
        if netlocs.commas > 0 && netlocs.span == location {
            let netloc = netlocs.iter(sweep).nth(element);
            return netloc.and_then(|netloc| netloc.port).unwrap_or(location);
        }
    }
    let mut start = location.start();
    let mut elements = text[location.range()]
        .split(|&byte| byte == b',')
        .map(|part| {
            let span = Span::new(start, start + part.len());
            start = span.end() + 1;
            span
        });
    elements.nth(element).unwrap_or(location)
}
