//! What a single field of a settings file may hold: a host is no path, a part is no URL.

use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::grammar::guard;
use crate::settings::section::slot::Slot;

/// The last part of the path of Postgres' socket files.
const SOCKET_FILE: &str = ".s.PGSQL.";

/// What is wrong with the value of a field, whatever the engine.
pub(super) fn misplaced(slot: Slot, text: &str) -> Option<Error> {
    let of = |kind, detail, help| {
        Some(
            Error::new(kind, detail)
                .of(slot.component())
                .with_help(help),
        )
    };
    if slot == Slot::Password {
        return None;
    }
    if is_url(text) {
        return of(
            ErrorKind::InvalidValue,
            "expected this part alone, found a whole URL",
            "write a whole URL where the settings have a key for it, such as `url`",
        );
    }
    if guard::control(text.as_bytes(), false).is_some() {
        return of(
            ErrorKind::ControlCharacter,
            "expected no line end and no control character",
            "remove it; a file that holds a value often ends with a line end, which is not part of it",
        );
    }
    if slot != Slot::Host {
        return None;
    }
    let (detail, help) = host(text)?;
    of(ErrorKind::InvalidValue, detail, help)
}

/// Why a list of hosts is not one, and what to write.
fn host(list: &str) -> Option<(&'static str, &'static str)> {
    list.split(',').find_map(|host| {
        let is_path = host.starts_with(['/', '@', '\\']) || host.get(1..3) == Some(":\\");
        if is_path {
            let name = host.rsplit('/').next().unwrap_or_default();
            return name.starts_with(SOCKET_FILE).then_some((
                "expected the socket's directory, found the socket file",
                "write the directory alone; the number at the end of the file's name is the port",
            ));
        }
        if host.contains(['@', '/', '?', '#', '<', '>', '"', '\'', '=', '&', ';']) {
            return Some((
                "expected a name, an address, or the path of a socket's directory",
                "user, password, port and database have keys of their own",
            ));
        }
        let is_bracketed = host.starts_with('[') || host.ends_with(']');
        // A template that nothing has filled in is warned of as such.
        let has_port = host.matches(':').count() == 1 && !host.contains(['$', '{']);
        (is_bracketed || has_port).then_some((
            "expected a name or an address alone: the port has its own key",
            "write the name under `host` and the number under `port`; an IPv6 address has no brackets here",
        ))
    })
}

/// Whether a value begins as the URL of a database does; those of `SQLite` may be names of files.
fn is_url(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    let row = scheme.and_then(Scheme::find);
    row.is_some_and(|row| row.engine != Engine::Sqlite)
}
