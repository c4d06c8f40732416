//! URLs to configs: the parts that all engines share are `config::url`'s, the path and the parameters are read here.

use std::str::FromStr;

use memchr::memchr;

use crate::config::store::Store;
use crate::config::url::{
    Cursor, DATABASE, HOST, PASSWORD, SOCKET, USER, UrlGrammar, UrlReader, conflict, surroundings,
};
use crate::config::value::is_list_name;
use crate::engine::Path;
use crate::error::Error;
use crate::grammar::guard::delimiter;
use crate::mistake::{Given, explained};
use crate::service::check;
use crate::service::config::Config;
use crate::service::kind::ServiceKind;
use crate::service::list;
use crate::service::params::{self, COUNT, NAME};
use crate::service::tls::{self, Requested, Tls};
use crate::span::{Component, Span};
use crate::warning::{WarningCode, WarningSet};

type Filling<'t, 's> = UrlReader<'t, 's, COUNT>;

impl FromStr for Config {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).map_err(|error| explained(error, text))
    }
}

/// Reads the URL of a service.
fn parse(text: &str) -> Result<Config, Error> {
    surroundings(text)?;
    let (kind, scheme) = ServiceKind::of(text)?;
    match list::joined(text, scheme, kind)? {
        None => read(text, scheme, kind),
        Some(joined) => read(joined.text(), scheme, kind).map_err(|error| joined.placed(error)),
    }
}

fn read(text: &str, scheme: Span, kind: ServiceKind) -> Result<Config, Error> {
    let mut config = Config {
        store: Store::empty(),
        scheme,
        kind,
        tls: Tls::Off,
        warnings: WarningSet::default(),
        from_query: 0,
    };
    let (store, warnings) = (&mut config.store, &mut config.warnings);
    let mut raw = [Span::default(); COUNT];
    let mut fill = UrlReader::new(text, scheme, store, warnings, &mut raw);
    fill.split(text, |_| 0, grammar(kind))?;
    fill.authority()?;
    checked(&fill, kind, check::servers)?;
    path(&mut fill, kind)?;
    let tls = query(&mut fill, kind)?.against(kind.tls, kind.is_mongodb())?;
    checked(&fill, kind, check::database)?;
    fill.finish()?;
    let from_query = fill.from_query;
    drop(fill);
    (config.tls, config.from_query) = (tls, from_query);
    if repeats_a_parameter(&config) {
        config.warnings.insert(WarningCode::RepeatedSetting);
    }
    Ok(config)
}

/// Checks what the draft has so far; an error is where the value is, or where it would be.
fn checked(
    fill: &Filling<'_, '_>,
    kind: ServiceKind,
    check: fn(ServiceKind, &check::Get<'_>) -> Result<(), check::CheckFailure>,
) -> Result<(), Error> {
    let get = |index| fill.draft.is_set(index).then(|| fill.draft.get(index));
    check(kind, &get).map_err(|failure| {
        let span = match failure.index {
            HOST if !fill.draft.is_set(HOST) => fill.parts.hosts,
            index => fill.location(index),
        };
        failure.at(span)
    })
}

fn grammar(kind: ServiceKind) -> UrlGrammar {
    UrlGrammar {
        holds: if kind.is_mongodb() {
            params::holds_in_mongodb
        } else {
            params::holds
        },
        path_is_socket: kind.path == Path::Socket,
        // RFC 4516: dn?attributes?scope?filter
        questions: kind.is("ldap") || kind.is("ldaps"),
    }
}

// ---- the path

fn path(fill: &mut Filling<'_, '_>, kind: ServiceKind) -> Result<(), Error> {
    let raw = fill.parts.path;
    match (kind.path, raw) {
        (Path::Socket, raw) => return socket(fill, kind, raw),
        (_, None) => return Ok(()),
        (Path::Vhost, Some(raw)) => {
            one_segment(
                fill.text,
                raw,
                "a vhost that holds a `/` is written with %2F; `/%2F` is the default one",
            )?;
            return put(fill, DATABASE, raw);
        }
        (Path::Sentinel, Some(raw)) => return sentinel(fill, raw),
        (Path::Free, Some(raw)) => return put_given(fill, DATABASE, raw),
        (Path::Number | Path::Name | Path::Instance, Some(_)) => {}
    }
    let raw = without_slash(fill.text, raw.unwrap_or_default());
    let (index, help) = match kind.path {
        Path::Number => (
            DATABASE,
            "the path of a Redis URL is the number of a database, such as /0",
        ),
        Path::Instance => (
            NAME,
            "the path of sqlserver:// is the instance; the database is the parameter `database`",
        ),
        _ => (DATABASE, "a `/` of the database's name is written %2F"),
    };
    one_segment(fill.text, raw, help)?;
    put_given(fill, index, raw)
}

/// Without one `/` at the end, which many programs add.
fn without_slash(text: &[u8], raw: Span) -> Span {
    match &text[raw.range()] {
        [.., b'/'] => Span::new(raw.start(), raw.end() - 1),
        _ => raw,
    }
}

fn one_segment(text: &[u8], raw: Span, help: &'static str) -> Result<(), Error> {
    memchr(b'/', &text[raw.range()]).map_or(Ok(()), |at| {
        let detail = "a raw `/` inside the path, which drivers read differently";
        Err(delimiter(Component::Database, raw.start() + at, detail).with_help(help))
    })
}

fn put(fill: &mut Filling<'_, '_>, index: usize, raw: Span) -> Result<(), Error> {
    let component = if index == NAME {
        Component::Setting("instance")
    } else {
        Component::Database
    };
    if index == NAME {
        fill.guard_path(component, raw)?;
    }
    let value = fill.decoded(raw, component, false)?;
    fill.put(index, value, raw)
}

fn put_given(fill: &mut Filling<'_, '_>, index: usize, raw: Span) -> Result<(), Error> {
    if raw.is_empty() {
        Ok(())
    } else {
        put(fill, index, raw)
    }
}

/// The whole path, with its first `/`, is the socket's.
fn socket(fill: &mut Filling<'_, '_>, kind: ServiceKind, raw: Option<Span>) -> Result<(), Error> {
    if let Some(raw) = raw.filter(|raw| !raw.is_empty()) {
        let raw = Span::new(raw.start() - 1, raw.end());
        let value = fill.decoded(raw, Component::Setting("socket"), false)?;
        fill.put(SOCKET, value, raw)?;
    }
    let end = fill.parts.hosts.end();
    let get = |index| fill.draft.is_set(index).then(|| fill.draft.get(index));
    check::socket(kind, &get).map_err(|failure| failure.at(Span::new(end, end)))
}

/// `/service`, `/service/number`, or the number alone.
fn sentinel(fill: &mut Filling<'_, '_>, raw: Span) -> Result<(), Error> {
    let raw = without_slash(fill.text, raw);
    let text = &fill.text[raw.range()];
    if text.iter().all(u8::is_ascii_digit) {
        return put_given(fill, DATABASE, raw);
    }
    let slash = raw.start() + memchr(b'/', text).unwrap_or(text.len());
    let number = Span::new((slash + 1).min(raw.end()), raw.end());
    one_segment(
        fill.text,
        number,
        "the path is the name of the Sentinel service, then the number of a database",
    )?;
    put_given(fill, NAME, Span::new(raw.start(), slash))?;
    put_given(fill, DATABASE, number)
}

// ---- the query

fn query(fill: &mut Filling<'_, '_>, kind: ServiceKind) -> Result<Requested, Error> {
    fill.query(|_, _| {})?;
    let mut requested = Requested::default();
    let mut single: Vec<(&str, Span)> = Vec::new();
    let mut cursor = Cursor::default();
    while let Some(param) = fill.next_param(&mut cursor) {
        fill.guard_param(&param)?;
        fill.guard_value(&param)?;
        if param.is_bare() {
            fill.warnings.insert(WarningCode::ParameterWithoutValue);
        }
        let name = fill.str(param.name, Component::Query, param.raw_name)?;
        let value = fill.str(param.value, Component::Query, param.raw)?;
        let Some(index) = params::promoted(kind, name) else {
            params::check_spelling(kind, name, param.raw_name)?;
            requested.note(name, value, (param.raw_name, param.raw), kind.is_mongodb())?;
            if let Some(known) = tls::single(name, kind.is_mongodb()) {
                match single.iter().find(|(earlier, _)| *earlier == known) {
                    None => single.push((known, param.value)),
                    Some((_, earlier)) if fill.draft.bytes(*earlier) == value.as_bytes() => {}
                    Some(_) => return Err(conflict(Component::Setting("tls"), param.raw)),
                }
            }
            continue;
        };
        if index == PASSWORD || !value.is_empty() {
            fill.put(index, param.value, param.raw)?;
            fill.from_query |= 1 << index;
        }
    }
    Ok(requested)
}

/// Whether a parameter that is no list is given twice with different values.
pub(super) fn repeats_a_parameter(config: &Config) -> bool {
    let mut given = Given::default();
    config
        .extra_pairs()
        .filter(|(name, _)| !is_list_name(name))
        .any(|(name, value)| given.differs(name, value.expose().as_bytes()))
}

const _: () = assert!(
    USER < NAME && SOCKET < NAME,
    "the engines' common places come first"
);
