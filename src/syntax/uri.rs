//! The URI grammar of libpq (`conninfo_uri_parse_options`, `conninfo_uri_parse_params`), as spans of the text.
//!
//! ```text
//! uri      = scheme "://" [creds "@"] netlocs ["/" dbname] ["?" params]
//! creds    = user [":" password]
//! netlocs  = netloc *("," netloc)
//! netloc   = ("[" 1*not-"]" "]" / *not-":/?,") [":" *not-"/?,"]
//! dbname   = *not-"?"
//! params   = [param *("&" param) ["&"]]      param = key "=" value    (exactly one raw "=")
//! ```
//!
//! The credentials end at the first `@` if no `/` comes before it; `?`, `#`, `[` and `,` do not stop that search. There
//! is no fragment. All delimiters are ASCII, so every span lies on character boundaries.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use crate::error::{Error, ErrorKind, Stage};
use crate::place::{Component, Span};
use crate::syntax::{Bytes, bytes, percent};

/// The raw parts of a URI. A part that is absent is `None`; an empty one is an empty span.
pub(crate) struct Uri {
    pub(crate) user: Option<Span>,
    pub(crate) password: Option<Span>,
    pub(crate) netlocs: Netlocs,
    pub(crate) database: Option<Span>,
    pub(crate) query: Option<Span>,
    /// A `?` before the `@` that ends the credentials, or before the first `/`.
    pub(crate) early_question: Option<usize>,
    /// Another `@` follows the credentials.
    pub(crate) has_later_at: bool,
}

/// Everything between the credentials and the database's name.
pub(crate) struct Netlocs {
    pub(crate) first: Netloc,
    pub(crate) span: Span,
    /// One less than there are netlocs.
    pub(crate) commas: usize,
}

/// One host with its port; the brackets of an address are not part of it.
#[derive(Clone, Copy)]
pub(crate) struct Netloc {
    pub(crate) host: Span,
    pub(crate) port: Option<Span>,
}

/// One parameter of a query.
pub(crate) struct Param {
    pub(crate) key: Span,
    pub(crate) value: Span,
}

/// Splits the text from `start`, which is after `://`.
pub(crate) fn split(text: &[u8], start: usize) -> Result<Uri, Error> {
    let found = |found: Option<usize>| found.map_or(text.len(), |found| start + found);
    let mut end = found(memchr3(b'@', b'/', b'?', &text[start..]));
    let early_question = (text.get(end) == Some(&b'?')).then_some(end);
    if early_question.is_some() {
        end = found(memchr2(b'@', b'/', &text[start..]));
    }
    let (mut user, mut password, mut behind) = (None, None, start);
    if text.get(end) == Some(&b'@') {
        let colon = found(memchr(b':', &text[start..])).min(end);
        user = Some(Span::new(start, colon));
        password = (colon < end).then(|| Span::new(colon + 1, end));
        behind = end + 1;
    }
    let (netlocs, mut at) = netlocs(text, behind)?;
    let mut database = None;
    if text.get(at) == Some(&b'/') {
        let end = memchr(b'?', &text[at + 1..]).map_or(text.len(), |found| at + 1 + found);
        database = Some(Span::new(at + 1, end));
        at = end;
    }
    let query = (text.get(at) == Some(&b'?')).then(|| Span::new(at + 1, text.len()));
    Ok(Uri {
        user,
        password,
        netlocs,
        database,
        query,
        early_question,
        has_later_at: memchr(b'@', &text[behind..]).is_some(),
    })
}

fn netlocs(text: &[u8], start: usize) -> Result<(Netlocs, usize), Error> {
    let (first, mut at) = netloc(text, start)?;
    let mut commas = 0;
    while text.get(at) == Some(&b',') {
        commas += 1;
        (_, at) = netloc(text, at + 1)?;
    }
    Ok((
        Netlocs {
            first,
            span: Span::new(start, at),
            commas,
        },
        at,
    ))
}

impl Netlocs {
    /// All of them, in order. They were read once already, so reading cannot fail.
    pub(crate) fn iter<'t>(&self, text: &'t [u8]) -> impl Iterator<Item = Netloc> + use<'t> {
        let (mut at, end) = (self.span.start(), self.span.end());
        let mut left = self.commas + 1;
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let (netloc, next) = netloc(&text[..end], at).ok()?;
            at = next + 1;
            Some(netloc)
        })
    }
}

/// Reads one netloc at `at`; also gives the location of the byte that ended it: `,`, `/`, `?` or the end of the text.
fn netloc(text: &[u8], at: usize) -> Result<(Netloc, usize), Error> {
    let (host, end) = if text.get(at) == Some(&b'[') {
        let host = bracketed(text, at)?;
        (host, host.end() + 1)
    } else {
        let end = until(text, at, &HOST_ENDS);
        (Span::new(at, end), end)
    };
    if text.get(end) != Some(&b':') {
        return Ok((Netloc { host, port: None }, end));
    }
    let port_end = until(text, end + 1, &PORT_ENDS);
    Ok((
        Netloc {
            host,
            port: Some(Span::new(end + 1, port_end)),
        },
        port_end,
    ))
}

/// Where the first such byte at or after `at` is, or the length of the text. Hosts, ports and parameters are too short
/// for a vector search to be worth its start.
#[inline]
fn until(text: &[u8], at: usize, delimiters: &Bytes) -> usize {
    let mut end = at;
    while end < text.len() && !delimiters[text[end] as usize] {
        end += 1;
    }
    end
}

const HOST_ENDS: Bytes = bytes(b":/?,");
const PORT_ENDS: Bytes = bytes(b"/?,");
const NAME_ENDS: Bytes = bytes(b"=&");

/// The inside of brackets; what it holds is not looked at.
fn bracketed(text: &[u8], open: usize) -> Result<Span, Error> {
    let inside = open + 1;
    let Some(close) = memchr(b']', &text[inside..]).map(|found| inside + found) else {
        return Err(brackets(
            Span::new(open, text.len()),
            "expected `]` after the address",
        ));
    };
    if close == inside {
        return Err(brackets(
            Span::new(open, close + 1),
            "expected an address between `[` and `]`",
        ));
    }
    match text.get(close + 1) {
        None | Some(b':' | b'/' | b'?' | b',') => Ok(Span::new(inside, close)),
        Some(_) => Err(brackets(
            Span::new(close + 1, close + 1),
            "expected `:`, `/`, `?` or `,` after `]`",
        )),
    }
}

fn brackets(span: Span, detail: &'static str) -> Error {
    parse_error(ErrorKind::InvalidBrackets, Component::Host, span, detail).with_help(
        "write an IPv6 address as [2001:db8::1]; a `[` or `]` of a password as %5B or %5D",
    )
}

/// Reads the parameter at `at`; also gives the location of the next one.
pub(crate) fn param(text: &[u8], at: usize) -> Result<(Param, usize), Error> {
    let equals = until(text, at, &NAME_ENDS);
    if text.get(equals) != Some(&b'=') {
        return Err(missing_equals(Span::new(at, equals)));
    }
    let end = until(text, equals + 1, &NAME_ENDS);
    if text.get(end) == Some(&b'=') {
        return Err(extra_equals(Span::new(end, end + 1)));
    }
    let param = Param {
        key: Span::new(at, equals),
        value: Span::new(equals + 1, end),
    };
    Ok((param, (end + 1).min(text.len())))
}

/// The first name or value of a query that does not decode to UTF-8.
#[cold]
pub(crate) fn not_utf8(text: &[u8], query: Span) -> Span {
    let mut start = query.start();
    for part in text[query.range()].split(|byte| matches!(byte, b'=' | b'&')) {
        let span = Span::new(start, start + part.len());
        if !percent::is_utf8(part) {
            return span;
        }
        start = span.end() + 1;
    }
    query
}

#[cold]
fn missing_equals(span: Span) -> Error {
    parse_error(
        ErrorKind::MissingEquals,
        Component::Query,
        span,
        "expected `name=value` between `&` and `&`",
    )
    .with_help("write a `?` or `&` that is data as %3F or %26")
}

#[cold]
fn extra_equals(span: Span) -> Error {
    parse_error(
        ErrorKind::ExtraEquals,
        Component::Query,
        span,
        "expected one `=` in each parameter",
    )
    .with_help("write a `=` inside a value as %3D")
}

#[cold]
pub(crate) fn parse_error(
    kind: ErrorKind,
    component: Component,
    span: Span,
    detail: impl Into<Cow<'static, str>>,
) -> Error {
    Error::new(kind, detail)
        .at(component, span)
        .stage_is(Stage::Parse)
}
