//! URLs to configs, each family by its own rule.

use std::str::FromStr;

use memchr::memchr;

use crate::bytes::contains;
use crate::config::store::Store;
use crate::config::url::{conflict, decoded_copy, invalid, scan, surroundings};
use crate::config::value::is_list_name;
use crate::engine::{Engine, Scheme, scheme_chars};
use crate::error::{Error, ErrorKind, Listed, Stage, parse_error};
use crate::grammar::guard::{self, delimiter};
use crate::grammar::url::raw_param;
use crate::mistake::{Given, explained};
use crate::secret::Secret;
use crate::shown;
use crate::span::{Component, Span};
use crate::sqlite::config::{Cache, Config, Family, MEMORY, Mode, NAME, PASSWORD, flag};
use crate::warning::{WarningCode, WarningSet};

/// Where the parts are, undecoded.
#[derive(Clone, Copy, Default)]
struct Location {
    path: Span,
    password: Option<Span>,
}

impl Config {
    /// Reads a URL as a family does.
    ///
    /// # Errors
    ///
    /// If the text is not of its grammar. `file:` is of [`Family::Uri`] only, and the other schemes never are.
    pub fn parse_as(family: Family, text: &str) -> Result<Self, Error> {
        parse(text, Some(family)).map_err(|error| explained(error, text))
    }
}

impl FromStr for Config {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text, None).map_err(|error| explained(error, text))
    }
}

/// Reads a URL, as a given family or as that of its scheme.
fn parse(text: &str, family: Option<Family>) -> Result<Config, Error> {
    surroundings(text)?;
    let scheme = scheme(text)?;
    let bytes = text.as_bytes();
    scan(bytes)?;
    let start = scheme.end() + 1;
    let end = memchr(b'?', &bytes[start..]).map_or(text.len(), |at| start + at);
    let body = Span::new(start, end);
    let family = family_of(text, scheme, body, family)?;
    let location = locate(text, scheme, body, family)?;
    let (params, warnings) = params(bytes, end)?;
    let name = name(bytes, location.path, family, &params)?;
    let password = location
        .password
        .map(|raw| {
            guard::masked(&bytes[raw.range()], Component::Password, raw)?;
            decoded_copy(&bytes[raw.range()], raw, Component::Password, false)
        })
        .transpose()?;
    let mut values = vec![(NAME, name.expose())];
    values.extend(
        password
            .as_ref()
            .map(|password| (PASSWORD, password.expose())),
    );
    let pairs: Vec<_> = params
        .iter()
        .map(|(name, value)| (name.expose(), value.expose()))
        .collect();
    Ok(Config {
        store: Store::build(&text[scheme.range()].to_ascii_lowercase(), &values, &pairs),
        scheme: Span::new(0, scheme.end()),
        family,
        warnings,
    })
}

/// The scheme, which only a `:` need follow.
fn scheme(text: &str) -> Result<Span, Error> {
    let len = scheme_chars(text);
    let span = Span::new(0, len);
    if len == 0 || !text[len..].starts_with(':') {
        guard::references(text.as_bytes(), false)?;
        let detail = "expected a URL of SQLite";
        return Err(parse_error(
            ErrorKind::UnknownFormat,
            Component::Text,
            Span::new(0, 0),
            detail,
        )
        .with_help("write the path of a file as sqlite:///app.db or sqlite:////srv/app.db"));
    }
    let scheme = &text[..len];
    match Scheme::find_any(scheme) {
        Some(row) if row.engine == Engine::Sqlite => {
            let has_suffix = row.name.len() < len;
            if has_suffix && matches!(row.name, "file" | "sqlite3") {
                return Err(unknown(span, "this scheme has no suffix"));
            }
            let suffix = scheme.split_once('+').map_or("", |(_, suffix)| suffix);
            if NETWORKS
                .iter()
                .any(|network| network.eq_ignore_ascii_case(suffix))
            {
                return Err(
                    unknown(span, "expected a driver after `+`, found a network").with_help(
                        "SQLite opens files: write sqlite:///app.db or sqlite:////srv/app.db",
                    ),
                );
            }
            Ok(span)
        }
        Some(row) => Err(Error::new(
            ErrorKind::WrongEngine,
            format!(
                "expected a URL of SQLite, but this is one of {}",
                row.engine
            ),
        )
        .at(Component::Scheme, span)
        .stage_is(Stage::Parse)
        .with_help("read any URL as `Database`")),
        None => {
            let help = Scheme::suggestion(scheme).map_or_else(
                || "the schemes of SQLite are sqlite, sqlite3, spatialite and file".to_owned(),
                |meant| format!("did you mean `{meant}:`?"),
            );
            Err(unknown(span, "expected a scheme of SQLite").with_help(help))
        }
    }
}

/// Suffixes that are no drivers: they would say how a server is reached.
const NETWORKS: &[&str] = &[
    "tcp", "udp", "unix", "uds", "socket", "http", "https", "ws", "wss", "ssl", "tls", "ssh",
    "srv", "s",
];

fn unknown(span: Span, detail: &'static str) -> Error {
    parse_error(ErrorKind::UnknownScheme, Component::Scheme, span, detail)
}

/// The family requested, or that of the scheme.
fn family_of(
    text: &str,
    scheme: Span,
    body: Span,
    requested: Option<Family>,
) -> Result<Family, Error> {
    let name = &text[scheme.range()];
    let is_file = name.eq_ignore_ascii_case("file");
    match requested {
        Some(family) if is_file == (family == Family::Uri) => return Ok(family),
        Some(_) => {
            let detail = "`file:` is SQLite's own, and no other family's";
            return Err(unknown(scheme, detail).with_help("choose the family by the scheme"));
        }
        None => {}
    }
    let slashes = text[body.range()].starts_with("//");
    Ok(match name.to_ascii_lowercase().as_str() {
        "file" => Family::Uri,
        "sqlite3" => Family::Rails,
        "sqlite" if !slashes => Family::Sqlx,
        _ => Family::Python,
    })
}

// ---- where the path is

fn locate(text: &str, scheme: Span, body: Span, family: Family) -> Result<Location, Error> {
    let bytes = text.as_bytes();
    let without_password = |path| Location {
        path,
        password: None,
    };
    let slashes = bytes[body.range()].starts_with(b"//");
    if family == Family::Python && !slashes {
        let detail = "expected `://` after the scheme";
        return Err(parse_error(ErrorKind::UnknownFormat, Component::Text, scheme, detail).with_help(
            "write sqlite:///app.db; sqlite:app.db is how sqlx writes it, and dj-database-url drops the first letter of it",
        ));
    }
    if !slashes || family == Family::Sqlx {
        let start = body.start() + if slashes { 2 } else { 0 };
        return Ok(without_password(Span::new(start, body.end())));
    }
    let start = body.start() + 2;
    let len = memchr(b'/', &bytes[start..body.end()]).unwrap_or(body.end() - start);
    let authority = Span::new(start, start + len);
    let path = Span::new(authority.end(), body.end());
    let written = &text[authority.range()];
    if family != Family::Python {
        let allowed = written.is_empty() || (family == Family::Uri && written == "localhost");
        return if allowed {
            Ok(without_password(path))
        } else {
            Err(host(authority, family))
        };
    }
    if written == MEMORY && path.is_empty() {
        return Ok(without_password(authority));
    }
    let path = Span::new((path.start() + 1).min(path.end()), path.end());
    let password = if written.is_empty() {
        None
    } else {
        Some(passphrase(text, scheme, authority)?)
    };
    Ok(Location { path, password })
}

/// `:passphrase@` of `SQLCipher`'s drivers; anything else there is a host.
fn passphrase(text: &str, scheme: Span, authority: Span) -> Result<Span, Error> {
    let ciphered = contains(&text[scheme.range()].to_ascii_lowercase(), "cipher");
    let written = &text[authority.range()];
    if ciphered && written.starts_with(':') {
        if memchr(b'@', &text.as_bytes()[authority.end()..]).is_some() {
            let detail =
                "a raw `/` ends the passphrase, and the rest of it would be taken for the path";
            return Err(delimiter(Component::Password, authority.end(), detail)
                .with_help("write a `/` of the passphrase as %2F, and an `@` of the path as %40"));
        }
        if written.ends_with('@') && written.len() > 1 {
            return Ok(Span::new(authority.start() + 1, authority.end() - 1));
        }
    }
    Err(host(authority, Family::Python))
}

/// A host part, with the spellings that were meant.
#[cold]
fn host(span: Span, family: Family) -> Error {
    let help = match family {
        Family::Rails => {
            "write sqlite3:app.db for a file next to the program, sqlite3:/srv/app.db for one from the root, and \
             sqlite3::memory: for the memory"
        }
        Family::Uri => {
            "write file:app.db for a file next to the program, and file:///srv/app.db for one from the root"
        }
        Family::Python | Family::Sqlx => {
            "write three slashes for a file next to the program, sqlite:///app.db, and four for one from the root, \
             sqlite:////srv/app.db; dj-database-url and django-environ would open :memory: here without a word, and lose \
             the data. In sqlx, where two slashes are right, write sqlite:app.db"
        }
    };
    invalid(Component::Host, span, "SQLite has no hosts").with_help(help)
}

// ---- the path

fn name(
    text: &[u8],
    raw: Span,
    family: Family,
    params: &[(Secret, Secret)],
) -> Result<Secret, Error> {
    let part = &text[raw.range()];
    // What is a URI filename itself has its own slashes.
    if !part.starts_with(b"file:") {
        let is_setting = |name: &[u8]| std::str::from_utf8(name).is_ok_and(shown::is_known);
        guard::misplaced(part, Component::Database, raw, false, &is_setting)?;
    }
    guard::masked(part, Component::Database, raw)?;
    let name = decoded_copy(part, raw, Component::Database, false)?;
    let in_memory = || {
        params
            .iter()
            .any(|(name, value)| (name.expose(), value.expose()) == ("mode", "memory"))
    };
    match (family, name.expose()) {
        (Family::Python, "") => Ok(Secret::from(MEMORY)),
        (Family::Sqlx | Family::Uri, "") if in_memory() => Ok(Secret::from(MEMORY)),
        (family, path) => check_path(family, path, raw).map(Secret::from),
    }
}

/// What a path means to a family.
pub(super) fn check_path(family: Family, path: &str, location: Span) -> Result<&str, Error> {
    let (detail, help) = match (family, path) {
        (_, "") => (
            "expected a path",
            "name a file, or `:memory:` for a database in memory",
        ),
        (Family::Rails | Family::Sqlx | Family::Uri, "/:memory:") => (
            "this is a file below the root, and not the memory",
            "the memory is `:memory:` directly after the scheme's colon, as in sqlite3::memory:",
        ),
        // SQLite drops the slash before a drive of Windows.
        (Family::Uri, path) if is_drive(path) => return Ok(&path[1..]),
        _ => return Ok(path),
    };
    Err(invalid(Component::Database, location, detail).with_help(help))
}

fn is_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [b'/', drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic())
}

// ---- the query

type Params = Vec<(Secret, Secret)>;

fn params(text: &[u8], end: usize) -> Result<(Params, WarningSet), Error> {
    let mut found = Params::new();
    let mut warnings = WarningSet::default();
    let mut at = end + 1;
    guard::separators(text, Span::new(at.min(text.len()), text.len()), false)?;
    while let Some((raw_name, raw, next)) = raw_param(text, at, text.len()) {
        guard::masked(&text[raw.range()], Component::Query, raw)?;
        if raw_name.end() == raw.start() {
            warnings.insert(WarningCode::ParameterWithoutValue);
        }
        let name = decoded_copy(&text[raw_name.range()], raw_name, Component::Query, true)?;
        let value = decoded_copy(&text[raw.range()], raw, Component::Query, true)?;
        check(name.expose(), value.expose(), raw)?;
        found.push((name, value));
        at = next;
    }
    let given = found.iter();
    let given = given.map(|(name, value)| (name.expose(), value.expose()));
    let repeated = repeated(given);
    if repeated.map_err(|error| error.at(Component::Query, Span::new(end, text.len())))? {
        warnings.insert(WarningCode::RepeatedSetting);
    }
    Ok((found, warnings))
}

/// Whether a parameter has two values. What decides whether, and in which form, data is written, has one.
pub(super) fn repeated<'p>(
    params: impl Iterator<Item = (&'p str, &'p str)>,
) -> Result<bool, Error> {
    let (mut given, mut is_repeated) = (Given::default(), false);
    for (name, value) in params.filter(|(name, _)| !is_list_name(name)) {
        if given.differs(name, value.as_bytes()) {
            if ["mode", "cache", "immutable", "key", "hexkey", "vfs", "uri"].contains(&name) {
                return Err(conflict(Component::Query, Span::default()).without_span());
            }
            is_repeated = true;
        }
    }
    Ok(is_repeated)
}

pub(super) fn check(name: &str, value: &str, location: Span) -> Result<(), Error> {
    let reject = |setting, words| {
        let detail = format!("expected {}", Listed(words));
        Err(invalid(Component::Setting(setting), location, detail))
    };
    match name {
        "mode" if Mode::from_word(value).is_none() => reject("mode", Mode::WORDS),
        "cache" if Cache::from_word(value).is_none() => reject("cache", Cache::WORDS),
        "immutable" if flag(value).is_none() => reject("immutable", &["true", "false", "1", "0"]),
        _ => Ok(()),
    }
}
