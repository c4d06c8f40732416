//! What may be shown to anyone.
//!
//! A value is shown only if its name is in the [table](table) of harmless names *and* it has that name's form: what belongs
//! elsewhere, such as a URL in `application_name`, has another one. User, host and database are shown unless they look like
//! they swallowed a password.

mod form;
mod table;

use std::borrow::Cow;
use std::ops::Range;

use crate::place::Component;
use crate::secret::MASK;
use form::is_identifier;

/// Whether a value may be shown under its name. That a value is empty is no secret.
pub(crate) fn is_harmless(name: &str, value: &str) -> bool {
    value.is_empty() || table::form(name).is_some_and(|form| form.takes(value))
}

/// A value as it may be shown under its name.
pub(crate) fn value<'v>(name: &str, value: &'v str) -> &'v str {
    if is_harmless(name, value) {
        value
    } else {
        MASK
    }
}

/// Whether the name is in the table, whatever its value.
pub(crate) fn is_known(name: &str) -> bool {
    table::form(name).is_some()
}

/// The name of a parameter, a key or a variable as it may be shown: a misplaced URL can be where a name belongs.
pub(crate) fn name(name: &str) -> &str {
    if is_known(name) || is_identifier(name) {
        name
    } else {
        MASK
    }
}

/// A parameter of a query as it may be shown. An unknown name without a value may be the rest of a password that was not
/// escaped.
pub(crate) fn param<'p>(name: &'p str, value: &'p str) -> (&'p str, &'p str) {
    if value.is_empty() && !is_known(name) {
        (MASK, value)
    } else {
        (self::name(name), self::value(name, value))
    }
}

/// The path of a file as it may be shown: a connection string is none.
pub(crate) fn path(path: &str) -> &str {
    let is_rooted = path.starts_with(['/', '\\', '.', '~'])
        || matches!(path.as_bytes(), [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic());
    let has_credentials = path.rfind('@').is_some_and(|at| path[..at].contains(':'));
    let has_query = path.find('?').is_some_and(|at| path[at..].contains('='));
    let is_harmless = if is_rooted {
        !has_credentials && !has_query && !path.contains("://")
    } else {
        let fits = |c: char| c.is_alphanumeric() || "/\\._-+~() @,".contains(c);
        // `@` begins the name of a folder, as in node_modules/@scope.
        let is_scope = |(at, _)| path[..at].ends_with(['/', '\\']);
        path.chars().all(fits) && path.match_indices('@').all(is_scope)
    };
    if is_harmless && !path.contains(|c: char| c.is_control()) {
        path
    } else {
        MASK
    }
}

/// The bytes of a user, a host or a database that look like a password in the wrong place, if there are any.
pub(crate) fn misplaced(component: Component, text: &str) -> Option<Range<usize>> {
    if !text.bytes().any(|byte| matches!(byte, b':' | b'@' | b'=')) || is_search_base(text) {
        return None;
    }
    let hidden = match component {
        // A user name that was escaped together with its password. `user@tenant` is one of Azure's.
        Component::User => after_name(text, &[':', '=']),
        Component::Host | Component::HostAddr | Component::Setting("socket") => of_host(text),
        Component::Port | Component::Database | Component::Setting("instance" | "service") => {
            of_database(text, &[':', '='])
        }
        // An address of a Go program's own network has colons (`project:region:instance`).
        Component::Setting("address") => of_database(text, &['=']),
        _ => None,
    };
    hidden.filter(|hidden| !hidden.is_empty())
}

/// The same of the path of a file, in which colons are data.
pub(crate) fn misplaced_in_path(text: &str) -> Option<Range<usize>> {
    let has_credentials = text.rfind('@').is_some_and(|at| text[..at].contains(':'));
    let hidden = if has_credentials {
        of_database(text, &[':'])
    } else {
        after_name(text, &['='])
    };
    hidden.filter(|hidden| !hidden.is_empty())
}

/// A list of hosts. Colons are in an address of IPv6, before a port, and in the directory of a socket (Cloud SQL's).
fn of_host(text: &str) -> Option<Range<usize>> {
    let is_address = |host: &str| {
        let host = host.split('%').next().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host.bytes()
            .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
    };
    let has_port = |host: &str| {
        let port = host
            .rsplit_once(':')
            .map(|(name, port)| !name.contains(':') && is_port(port));
        port == Some(true)
    };
    let is_harmless = |host: &str| {
        let is_directory = host.starts_with('/') || host.starts_with('@') && host.len() > 1;
        let rest = host.get(1..).unwrap_or_default();
        is_directory && !rest.contains(['@', '=', '?'])
            || !host.contains(['@', '=', ':'])
            || is_address(host)
            || has_port(host)
    };
    if text.split(',').all(is_harmless) {
        return None;
    }
    of_database(text, &[':', '='])
}

/// Credentials up to the last `@`, or what follows the first mark.
fn of_database(text: &str, marks: &[char]) -> Option<Range<usize>> {
    match text.rfind('@').filter(|&at| at > 0) {
        Some(at) if is_target(&text[at + 1..]) => Some(0..at),
        Some(_) => Some(0..text.len()),
        None => after_name(text, marks),
    }
}

/// What follows a name and a mark, or everything if no plain name precedes the mark.
fn after_name(text: &str, marks: &[char]) -> Option<Range<usize>> {
    let mark = text.find(marks)?;
    let fits = |c: char| c.is_alphanumeric() || "_-.;&?, /@".contains(c);
    let start = if text[..mark].chars().all(fits) {
        mark + 1
    } else {
        0
    };
    Some(start..text.len())
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `host`, `host:port`, `host/database`: what follows the credentials.
fn is_target(text: &str) -> bool {
    let (host, database) = text.split_once('/').unwrap_or((text, ""));
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    is_port(port) && is_identifier(name) && (database.is_empty() || is_identifier(database))
}

/// A name of LDAP, as the base of a search: `ou=people,dc=example,dc=com`.
fn is_search_base(text: &str) -> bool {
    let is_part = |part: &str| {
        part.split_once('=').is_some_and(|(name, value)| {
            let known = ["dc", "ou", "cn", "o", "c", "l", "st", "uid"];
            known.iter().any(|known| known.eq_ignore_ascii_case(name)) && is_identifier(value)
        })
    };
    text.split(',').all(is_part)
}

/// A text with its hidden bytes masked; that a secret is empty is none.
pub(crate) fn masked(text: &str, hidden: Option<Range<usize>>) -> Cow<'_, str> {
    match hidden.filter(|hidden| !hidden.is_empty()) {
        None => Cow::Borrowed(text),
        Some(hidden) => Cow::Owned([&text[..hidden.start], MASK, &text[hidden.end..]].concat()),
    }
}
