//! `mysql://` and its kin: a config filled from a URL.
//!
//! The grammar is that of [`url`](crate::grammar::url). The path is the database; one `/` at its end is dropped,
//! another raw one is an error. A path that holds a socket is one only where no host comes before it: `//u@/run%2Fx.sock/db`,
//! and for X `DevAPI` (`mysqlx:`) also `//u@/x`, which everyone else takes for the database `x`.

use std::io::Write;
use std::str::{self, FromStr};

use crate::bytes::contains;
use crate::config::url::{
    self, Cursor, HostKind, Param, UrlGrammar, UrlReader, component, conflict, invalid,
    kind_of_param, port,
};
use crate::engine::{Engine, Scheme, scheme_chars, scheme_len};
use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::guard;
use crate::grammar::url::UrlParts;
use crate::mistake::{Given, explained};
use crate::mysql::alias::{self, Meaning};
use crate::mysql::assembly;
use crate::mysql::check::{self, CheckFailure};
use crate::mysql::config::Config;
use crate::mysql::keyword::{COUNT, Keyword};
use crate::mysql::param::{ParamMeaning, fix_timezone};
use crate::mysql::tls::{Fact, Facts};
use crate::mysql::unknown;
use crate::span::{Component, Span};
use crate::warning::WarningCode;

impl FromStr for Config {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).map_err(|error| explained(error, text))
    }
}

fn parse(text: &str) -> Result<Config, Error> {
    url::surroundings(text)?;
    let (scheme, default_port) = scheme(text)?;
    // A config is large, so it is made where it is returned.
    let mut parsed = Ok(Config::empty(scheme, default_port));
    if let Ok(config) = &mut parsed {
        if let Err(error) = read(text, scheme, config) {
            parsed = Err(error);
        }
    }
    parsed
}

fn read(text: &str, scheme: Span, config: &mut Config) -> Result<(), Error> {
    let (store, warnings) = (&mut config.store, &mut config.warnings);
    let mut raw = [Span::default(); COUNT];
    let mut fill = UrlReader::new(text, scheme, store, warnings, &mut raw);
    fill.split(text, room, GRAMMAR)?;
    let name = &text.as_bytes()[..scheme.end()];
    let ends_with = |end: &[u8]| {
        name.len() > end.len() && name[name.len() - end.len()..].eq_ignore_ascii_case(end)
    };
    let (is_srv, is_unix) = (ends_with(b"+srv"), ends_with(b"+unix"));
    if is_unix && fill.parts.hosts.is_empty() {
        return Err(socket_in_path(fill.parts.path.unwrap_or_default()));
    }
    fill.authority()?;
    if let Some(path) = fill.parts.path {
        read_path(&mut fill, path, name.eq_ignore_ascii_case(b"mysqlx"))?;
    }
    let from_authority = fill.draft.set();
    if fill.parts.query.is_some() {
        read_query(&mut fill)?;
    }
    if is_srv {
        reject_ports(&fill)?;
    }
    let checked = check::check(fill.finish()?);
    checked.map_err(|CheckFailure { keyword, error }| {
        error.at(keyword.component(), fill.location(keyword as usize))
    })?;
    let from_query = fill.from_query;
    (config.from_query, config.from_authority) = (from_query, from_authority);
    Ok(())
}

const GRAMMAR: UrlGrammar = UrlGrammar {
    holds: alias::holds,
    path_is_socket: false,
    questions: false,
};

/// xo/dburl's `mysql+unix:///run/x.sock/db`: it looks into the file system to tell where the socket ends.
#[cold]
fn socket_in_path(path: Span) -> Error {
    let detail = "`+unix` leaves open where the path of the socket ends and the database begins";
    invalid(Component::Setting("socket"), path, detail).with_help(
        "write mysql:///database?socket=/path, or the socket with %2F for each `/` before a `/`",
    )
}

/// Where the scheme is, and the port it means.
fn scheme(text: &str) -> Result<(Span, u16), Error> {
    if text.starts_with("mysql://") {
        return Ok((Span::new(0, 5), 3306));
    }
    match scheme_len(text) {
        Some(len) => {
            let span = Span::new(0, len);
            Ok((
                span,
                Scheme::of(&text[..len], Engine::MySql, span)?.default_port,
            ))
        }
        None => Err(no_scheme(text)),
    }
}

#[cold]
fn no_scheme(text: &str) -> Error {
    let len = scheme_chars(text);
    let scheme = &text[..len];
    let has_colon = text[len..].starts_with(':');
    if let Err(error) = guard::references(text.as_bytes(), false) {
        return error;
    }
    let help = if has_colon && scheme.eq_ignore_ascii_case("jdbc") {
        "a JDBC URL is a format of its own: read it with `from_jdbc`, on the command line with `--format jdbc`"
    } else if has_colon && Scheme::find(scheme).is_some_and(|row| row.engine == Engine::MySql) {
        "add `//` after the `:`, as in mysql://user:password@host:3306/database"
    } else if text.contains('(') && contains(text, ")/") {
        "a Go DSN is a format of its own: read it with `from_go_dsn`, on the command line with `--format go-dsn`; as a URL it is \
         written mysql://user:password@host:3306/database"
    } else {
        "write it as mysql://user:password@host:3306/database"
    };
    let detail = "expected a URL with its scheme and `://`";
    parse_error(
        ErrorKind::UnknownFormat,
        Component::Text,
        Span::default(),
        detail,
    )
    .with_help(help)
}

/// How much longer than the text the store may become: canonical words and numbers, and certificates of mysql2's object.
fn room(parts: &UrlParts) -> usize {
    const LONGEST: usize = 24;
    let Some(query) = parts.query else { return 0 };
    let len = query.range().len();
    // Each parameter is at least a byte and its `&`.
    (len / 2 + 2).min(COUNT) * LONGEST + len
}

/// A name for DNS SRV is alone and without a port, which the answer gives.
fn reject_ports(fill: &UrlReader<'_, '_, COUNT>) -> Result<(), Error> {
    let several = fill.draft.is_set(url::HOST) && fill.draft.get(url::HOST).contains(&b',');
    if several || fill.draft.is_set(url::PORT) {
        let (index, detail) = if several {
            (url::HOST, "a name for DNS SRV is the only host")
        } else {
            (url::PORT, "a name for DNS SRV has no port")
        };
        return Err(invalid(component(index), fill.location(index), detail)
            .with_help("the answer to the SRV query gives hosts and ports; write `mysqlx://` for a host itself"));
    }
    Ok(())
}

/// The database, and perhaps a socket before it.
fn read_path(fill: &mut UrlReader<'_, '_, COUNT>, path: Span, x: bool) -> Result<(), Error> {
    let text = fill.text;
    let mut path = path;
    if fill.parts.hosts.is_empty() && guard::is_host_and_port(&text[path.range()]) {
        let detail = "a host and its port where the database is expected";
        let raw = &text[path.range()];
        return Err(guard::at_start(Component::Database, raw, path.start(), detail).with_help(
            "write two slashes before the host: mysql://host:port/database; a `:` of the name is written %3A",
        ));
    }
    if fill.parts.hosts.is_empty() && !path.is_empty() {
        let raw = &text[path.range()];
        let end = raw
            .iter()
            .position(|&byte| byte == b'/')
            .unwrap_or(raw.len());
        let first = &raw[..end];
        let escaped = first
            .windows(3)
            .any(|three| three.eq_ignore_ascii_case(b"%2f"));
        if !first.is_empty() && (x || escaped) {
            let segment = Span::new(path.start(), path.start() + end);
            let decoded = fill.decoded(segment, Component::Setting("socket"), false)?;
            let rooted = fill.draft.bytes(decoded).starts_with(b"/");
            // The slash that the path begins with belongs to the socket.
            let socket = Span::new(decoded.start() - usize::from(!rooted), decoded.end());
            fill.put(url::SOCKET, socket, segment)?;
            path = Span::new((segment.end() + 1).min(path.end()), path.end());
        }
    }
    let raw = &text[path.range()];
    let database = Span::new(path.start(), path.end() - usize::from(raw.ends_with(b"/")));
    if let Some(at) = text[database.range()]
        .iter()
        .position(|&byte| byte == b'/')
        .or_else(|| (raw == b"/").then_some(0))
    {
        let detail =
            "a raw `/` in the database's name, which drivers cut off there or send as it is";
        return Err(guard::delimiter(Component::Database, path.start() + at, detail).with_help(
            "write a `/` of the name as %2F; the path of a socket is given as `?socket=/path`, or with %2F for each `/`",
        ));
    }
    if database.is_empty() {
        return Ok(());
    }
    let value = fill.decoded(database, Component::Database, false)?;
    fill.put(url::DATABASE, value, database)
}

fn read_query(fill: &mut UrlReader<'_, '_, COUNT>) -> Result<(), Error> {
    fill.query(|name, value| {
        let name = std::str::from_utf8(name).unwrap_or("");
        if alias::find(name) == Some(Meaning::Timezone) {
            fix_timezone(value);
        }
    })?;
    let mut facts = Facts::default();
    let mut last_fact = None;
    let mut extras = 0;
    let mut cursor = Cursor::default();
    while let Some(param) = fill.next_param(&mut cursor) {
        if param.is_bare() {
            fill.warnings.insert(WarningCode::ParameterWithoutValue);
        }
        fill.guard_value(&param)?;
        let name = fill.str(param.name, Component::Query, param.raw_name)?;
        let Some(meaning) = alias::find(name) else {
            extras += 1;
            fill.guard_param(&param)?;
            if let Some(code) = assembly::classified(unknown::classify(name), param.raw_name)? {
                fill.warnings.insert(code);
            }
            continue;
        };
        if name.eq_ignore_ascii_case("connect-timeout") {
            fill.warnings.insert(WarningCode::AmbiguousTimeout);
        }
        if read_param(fill, &mut facts, meaning, &param)? {
            last_fact = Some(param.raw);
        }
    }
    if extras > 1 {
        warn_of_repeated(fill)?;
    }
    let ca = [Keyword::SslCa, Keyword::SslCapath]
        .into_iter()
        .find(|&ca| fill.draft.is_set(ca as usize));
    let location = last_fact.or(ca.map(|ca| fill.location(ca as usize)));
    let location = location.unwrap_or_default();
    let at_location = |error: Error| error.at(Keyword::SslMode.component(), location);
    let mode = facts.mode(ca.is_some()).map_err(at_location)?;
    if let Some(mode) = mode {
        fill.put_text(Keyword::SslMode as usize, mode.as_str(), location);
        fill.from_query |= Keyword::SslMode.bit();
    }
    let has = |keyword: Keyword| fill.draft.is_set(keyword as usize);
    let codes = assembly::tls_warnings(&facts, mode, has);
    codes
        .into_iter()
        .flatten()
        .for_each(|code| fill.warnings.insert(code));
    Ok(())
}

/// Reads one parameter, and tells whether it says something of TLS.
fn read_param(
    fill: &mut UrlReader<'_, '_, COUNT>,
    facts: &mut Facts,
    meaning: Meaning,
    param: &Param,
) -> Result<bool, Error> {
    let location = param.raw;
    let component = meaning.keyword().component();
    let value = fill.str(param.value, component, location)?;
    let given = meaning
        .read(value)
        .map_err(|wrong| wrong.at(component, location))?;
    fill.from_query |= meaning.keyword().bit();
    let fact = match given {
        ParamMeaning::AsIs(keyword) => {
            fill.guard_param(param)?;
            as_it_is(fill, keyword, param)?;
            return Ok(false);
        }
        ParamMeaning::Word(keyword, word) => {
            put_canonical(fill, keyword, word, location)?;
            return Ok(false);
        }
        ParamMeaning::Number(keyword, number) => {
            // Room for the digits of any number, without allocating.
            let mut digits = [0; 20];
            let mut rest = digits.as_mut_slice();
            let written = write!(rest, "{number}").map(|()| 20 - rest.len());
            let digits = str::from_utf8(&digits[..written.unwrap_or_default()]);
            put_canonical(fill, keyword, digits.unwrap_or_default(), location)?;
            return Ok(false);
        }
        ParamMeaning::Tls(fact) => fact,
        ParamMeaning::Object(options) => {
            for (keyword, text) in options.texts() {
                put_canonical(fill, keyword, text.expose(), location)?;
                fill.from_query |= keyword.bit();
            }
            if options.has_others {
                fill.warnings.insert(WarningCode::UnknownTlsName);
            }
            Fact::Mode(options.mode)
        }
        ParamMeaning::Nothing => return Ok(false),
        ParamMeaning::Extra => return fill.guard_param(param).map(|()| false),
    };
    let added = facts.add(fact);
    added.map_err(|error| error.at(component, location))?;
    Ok(true)
}

/// Puts a value that is in the text as it is meant.
fn as_it_is(
    fill: &mut UrlReader<'_, '_, COUNT>,
    keyword: Keyword,
    param: &Param,
) -> Result<(), Error> {
    let Param { mut value, raw, .. } = *param;
    let mut keyword = keyword;
    match keyword {
        Keyword::Host => {
            let host = fill.draft.bytes(value);
            match kind_of_param(host) {
                Ok(HostKind::Host) => {}
                Ok(HostKind::Socket) => keyword = Keyword::Socket,
                Ok(HostKind::Absent) => return Ok(()),
                Err(detail) => {
                    return Err(invalid(Component::Host, raw, detail).with_help(assembly::ONE_HOST));
                }
            }
        }
        Keyword::Port => {
            let number = port(fill.draft.bytes(value));
            number.ok_or_else(|| assembly::port_expected(raw))?;
            value = fill.unpadded(value);
        }
        // MySQL Shell puts values that hold `/` in parentheses; the path itself has none.
        Keyword::Socket if matches!(fill.draft.bytes(value), [b'(', .., b')']) => {
            value = Span::new(value.start() + 1, value.end() - 1);
            if value.is_empty() {
                return Err(assembly::empty(keyword, raw));
            }
        }
        _ => {}
    }
    if keyword.is_certificate() && value.is_empty() {
        return Err(assembly::empty(keyword, raw));
    }
    fill.from_query |= keyword.bit();
    fill.put(keyword as usize, value, raw)
        .map_err(|error| error.of(keyword.component()))
}

/// Puts a value in its canonical spelling, unless it is there already.
fn put_canonical(
    fill: &mut UrlReader<'_, '_, COUNT>,
    keyword: Keyword,
    text: &str,
    location: Span,
) -> Result<(), Error> {
    let index = keyword as usize;
    if !fill.draft.is_set(index) {
        fill.put_text(index, text, location);
    } else if fill.draft.get(index) != text.as_bytes() {
        return Err(conflict(keyword.component(), location));
    }
    Ok(())
}

/// Warns if a parameter that nothing is known of is given twice with different values.
#[cold]
fn warn_of_repeated(fill: &mut UrlReader<'_, '_, COUNT>) -> Result<(), Error> {
    let mut given = Given::default();
    let mut cursor = Cursor::default();
    let mut repeated = false;
    while let Some(param) = fill.next_param(&mut cursor) {
        let name = fill.str(param.name, Component::Query, param.raw_name)?;
        let value = fill.draft.bytes(param.value);
        repeated |= alias::find(name).is_none() && given.differs(name, value);
    }
    if repeated {
        fill.warnings.insert(WarningCode::RepeatedSetting);
    }
    Ok(())
}
