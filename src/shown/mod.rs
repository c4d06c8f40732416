//! What may be shown to anyone.
//!
//! A value is shown only if its name is in the [table](table) of harmless names *and* it has that name's form: what belongs
//! elsewhere, such as a URL in `application_name`, has another one. User, host and database are shown unless they look like
//! they swallowed a password, or a host could not be one.

mod form;
mod table;

use std::borrow::Cow;
use std::ops::Range;

use crate::bytes::{Bytes, contains};
use crate::secret::MASK;
use crate::span::Component;
use form::{is_identifier, is_plain_identifier};

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
    if is_shown(name) { name } else { MASK }
}

/// Whether a name may be shown.
pub(crate) fn is_shown(name: &str) -> bool {
    is_identifier(name) || is_known(name)
}

/// The same of a name that is of letters, digits, `_`, `-` and `.` alone.
pub(crate) fn is_shown_plain(name: &str) -> bool {
    is_plain_identifier(name) || is_known(name)
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

/// What the command calls a file that is no file.
const STDIN: &str = "standard input";

/// The path of a file as it may be shown: a connection string is not one.
pub(crate) fn path(path: &str) -> &str {
    let is_rooted = path.starts_with(['/', '\\', '.', '~']) || is_drive(path);
    let has_credentials = path.rfind('@').is_some_and(|at| path[..at].contains(':'));
    let fits = |c: char| c.is_alphanumeric() || "/\\._-+~@,".contains(c);
    let is_harmless = if is_rooted {
        let fits = |c: char| fits(c) || "():=[] ".contains(c);
        path.chars().all(fits) && !has_credentials && !contains(path, "://")
    } else {
        // npm's scopes are the only `@` that a relative path is known to have.
        let is_scope = |(at, _)| {
            let before = &path[..at];
            before.ends_with("node_modules/") || before.ends_with("node_modules\\")
        };
        path.chars().all(fits) && path.match_indices('@').all(is_scope)
    };
    if is_harmless || path == STDIN {
        path
    } else {
        MASK
    }
}

/// What most names are made of, and lists of them. They hide nothing.
static NAME: Bytes = Bytes::alphanumeric_and(b".-_");
static NAMES: Bytes = Bytes::alphanumeric_and(b".-_,");

/// The bytes of a user, a host or a database that look like a misplaced password, if there are any. Which part of
/// such a value is harmless cannot be known, so it is all of it, but for a user's name before the colon.
pub(crate) fn misplaced(component: Component, text: &str) -> Option<Range<usize>> {
    // Most parts hold nothing else.
    if NAMES.has_all_of(text) && !matches!(component, Component::Setting(_)) {
        return None;
    }
    let has = |marks: &[char]| text.contains(marks) && !is_distinguished_name(text);
    let is_hidden = match component {
        // A user name that was escaped together with its password. `user@tenant` is one of Azure's.
        Component::User => {
            let name = text.bytes().position(|byte| byte == b':');
            let name = name.map(|colon| &text[..colon]);
            if let Some(name) = name.filter(|name| is_identifier(name)) {
                return Some(name.len() + 1..text.len()).filter(|hidden| !hidden.is_empty());
            }
            has(&[':', '=', '%'])
        }
        Component::Host | Component::HostAddr | Component::Setting("socket") => {
            !NAMES.has_all_of(text) && hides_hosts(text.split(','))
        }
        // What is escaped twice has its delimiters as `%3A`.
        Component::Port | Component::Database => has(&[':', '=', '@', '%']),
        Component::Setting("instance" | "service") => !text.is_empty() && !is_identifier(text),
        // An address of a Go program's own network has colons (`project:region:instance`).
        Component::Setting("address") => {
            let fits = |c: char| c.is_alphanumeric() || "/\\._-[]:".contains(c);
            !text.chars().all(fits)
        }
        _ => false,
    };
    is_hidden.then_some(0..text.len())
}

/// The bytes of a setting that may not be shown, if there are any: a secret, what does not have the form of its name, and what
/// looks like a password in the wrong place.
pub(crate) fn hidden(component: Component, is_secret: bool, text: &str) -> Option<Range<usize>> {
    match component {
        _ if is_secret => Some(0..text.len()),
        Component::Setting(name @ ("socket" | "address")) => {
            misplaced(Component::Setting(name), text)
        }
        Component::Setting(name) => (!is_harmless(name, text)).then_some(0..text.len()),
        component => misplaced(component, text),
    }
}

/// Whether one of the hosts of a list looks like a misplaced password. Then no element may be shown: the others may be pieces of
/// the same password, which a comma splits. An abstract socket is not one of several.
#[inline(never)]
pub(crate) fn hides_hosts<'h>(hosts: impl Iterator<Item = &'h str>) -> bool {
    let (mut count, mut has_abstract) = (0, false);
    for host in hosts {
        count += 1;
        has_abstract |= host.starts_with('@');
        if !is_host(host) || (has_abstract && count > 1) {
            return true;
        }
    }
    false
}

/// A host as it may be shown, with `is_hidden` if its list [hides](hides_hosts) its elements.
pub(crate) fn host(host: &str, is_hidden: bool) -> &str {
    let is_shown = host.is_empty() || (!is_hidden && is_host(host));
    if is_shown { host } else { MASK }
}

/// The same of the path of a file, in which colons are data.
pub(crate) fn misplaced_in_path(text: &str) -> Option<Range<usize>> {
    let has_credentials = text.rfind('@').is_some_and(|at| text[..at].contains(':'));
    let has_marks = text.contains(['=', '{', '"', '|', '<', '>', '%']) || contains(text, "://");
    (has_credentials || has_marks).then_some(0..text.len())
}

/// A name, an address, the directory of a socket (Cloud SQL's has colons), or a reference that nothing filled in.
fn is_host(text: &str) -> bool {
    NAME.has_all_of(text) || is_odd_host(text)
}

fn is_odd_host(text: &str) -> bool {
    let is_reference = |text: &str| {
        let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "_{}".contains(c);
        text.strip_prefix('$')
            .is_some_and(|name| name.chars().all(fits))
    };
    let is_directory = || {
        let fits = |c: char| c.is_alphanumeric() || "/\\._-+~() ".contains(c);
        if let Some(name) = text.strip_prefix('@') {
            return is_identifier(name.trim_start_matches('/'));
        }
        (text.starts_with(['/', '\\']) || is_drive(text))
            && text[1..].chars().all(|c| fits(c) || c == ':')
    };
    let (name, port) = text.split_once(':').unwrap_or((text, "0"));
    let is_name = |name: &str| {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        name.chars().all(fits)
    };
    is_directory() || is_name(name) && is_port(port) || is_address(text) || is_reference(text)
}

/// An address of IPv6, in brackets or not, with or without a zone.
fn is_address(text: &str) -> bool {
    let text = text.trim_start_matches('[').trim_end_matches(']');
    let (address, zone) = text.split_once('%').unwrap_or((text, "0"));
    let fits = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    address.contains(':') && address.bytes().all(fits) && is_identifier(zone)
}

fn is_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic())
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name of LDAP, as the base of a search: `ou=people,dc=example,dc=com`.
fn is_distinguished_name(text: &str) -> bool {
    let is_part = |part: &str| {
        part.split_once('=').is_some_and(|(name, value)| {
            let known = ["dc", "ou", "cn", "o", "c", "l", "st", "uid"];
            known.iter().any(|known| known.eq_ignore_ascii_case(name)) && is_identifier(value)
        })
    };
    text.split(',').all(is_part)
}

/// A value with its hidden bytes masked; an empty secret is shown as empty.
pub(crate) fn masked(text: &str, hidden: Option<Range<usize>>) -> Cow<'_, str> {
    match hidden.filter(|hidden| !hidden.is_empty()) {
        None => Cow::Borrowed(text),
        Some(hidden) => Cow::Owned([&text[..hidden.start], MASK, &text[hidden.end..]].concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_shown_and_misplaced_passwords_are_not() {
        for host in [
            "db.example",
            "a,b",
            "",
            "127.0.0.1",
            "::1",
            "[::1]",
            "fe80::1%eth0",
            "h:5432",
            "/run/postgresql",
            "@abstract",
            "/cloudsql/p:r:i",
            "$DB_HOST",
            "${DB_HOST}",
            "größe.example",
            "C:/mysql.sock",
            "\\\\.\\pipe\\MySQL",
            "my_db-1",
        ] {
            assert_eq!(misplaced(Component::Host, host), None, "{host}");
        }
        for host in [
            "app:hunter2",
            "app:hunter2@db",
            "ss@db:5432",
            "hunter2@:/?#",
            "postgres://app:hun@ter2/x",
            "hunt%r2",
            "hunter2!",
            "$hunter2",
            "beef%hunter2!",
            "/run/x?password=hunter2",
            "a,app:hunter2",
            "@hunter2,",
            "a,@hunter2",
        ] {
            assert_eq!(
                masked(host, misplaced(Component::Host, host)),
                MASK,
                "{host}"
            );
        }
    }

    #[test]
    fn users_and_databases_are_shown_without_what_they_swallowed() {
        use Component::{Database, User};
        for (component, text, shown) in [
            (User, "app@tenant", "app@tenant"),
            (User, "cn=admin,dc=example", "cn=admin,dc=example"),
            (User, "app:hunter2", "app:****"),
            (User, "app;password=hun:ter2", "****"),
            (User, "postgres://app:hunter2@db", "postgres:****"),
            (User, "<app>:hunter2", "****"),
            (Database, "shop-1", "shop-1"),
            (Database, "dc=example,dc=com", "dc=example,dc=com"),
            (Database, "app:hunter2@db:5432/shop", "****"),
            (Database, "app:hun@ter2?x", "****"),
            (Database, "shop?token=hunter2", "****"),
        ] {
            assert_eq!(masked(text, misplaced(component, text)), shown, "{text}");
        }
        for (path, shown) in [
            ("/data/app.db", "/data/app.db"),
            (":memory:", ":memory:"),
            ("C:/app.db", "C:/app.db"),
            ("/app:hunter2@db.test/shop", "****"),
            ("/app.db;key=hunter2", "****"),
        ] {
            assert_eq!(masked(path, misplaced_in_path(path)), shown, "{path}");
        }
    }

    #[test]
    fn paths_of_files_are_shown_and_connection_strings_are_not() {
        for name in [
            "config/database.yml",
            "Procfile",
            ".env",
            "-",
            "/srv/app:prod/x.yml",
            "node_modules/@scope/config.json",
            "/home/app@domain/x",
            "C:\\app\\x.json",
            "../x",
            "größe.yml",
            "/data/env=prod/x.yml",
            "standard input",
        ] {
            assert_eq!(path(name), name);
        }
        for name in [
            "postgres://a:hunter2@b/c",
            "/postgres://a:hunter2@b",
            "a:hunter2@tcp(b)/c",
            "host=b password=hunter2",
            "hunter2!",
            "p@ss/word",
            "hunter 2",
            "/x?password=hunter2",
            "x\nhunter2",
            "{\"a\": 1}",
            "$hunter2",
        ] {
            assert_eq!(path(name), MASK, "{name}");
        }
    }
}
