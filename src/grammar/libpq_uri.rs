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

use memchr::memchr;

use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::percent;
use crate::grammar::sweep::{
    AMPERSAND, AT, BRACKET, COLON, COMMA, Class, EQUALS, PARENTHESIS, QUESTION, SEMICOLON, SLASH,
    Sweep, Walk,
};
use crate::span::{Component, Span};

/// The raw parts of a URI. A part that is absent is `None`; an empty one is an empty span.
#[derive(Default)]
pub(crate) struct Uri {
    pub(crate) user: Option<Span>,
    pub(crate) password: Option<Span>,
    pub(crate) netlocs: Netlocs,
    pub(crate) database: Option<Span>,
    pub(crate) query: Option<Span>,
    /// A `?` before the `@` that ends the credentials, or before the first `/`.
    pub(crate) early_question: Option<usize>,
    /// The classes of all bytes after the scheme.
    pub(crate) seen: Class,
    /// The classes of all bytes after the credentials.
    pub(crate) seen_after: Class,
    /// The classes of all bytes of the query.
    pub(crate) seen_in_query: Class,
    /// Whether the guards on hosts and database may find something. A `:` splits all parts but the database and what is in
    /// brackets.
    pub(crate) may_be_misplaced: bool,
}

/// Everything between the credentials and the database's name.
#[derive(Default)]
pub(crate) struct Netlocs {
    kept: [Netloc; FEW],
    /// Where the first one begins that is not kept.
    rest: usize,
    pub(crate) span: Span,
    /// One less than there are netlocs.
    pub(crate) commas: usize,
}

/// So many netlocs are kept; later ones are read again when they are needed.
const FEW: usize = 4;

/// One host with its port; the brackets of an address are not part of it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Netloc {
    pub(crate) host: Span,
    pub(crate) port: Option<Span>,
}

/// One parameter of a query.
pub(crate) struct Param {
    pub(crate) key: Span,
    pub(crate) value: Span,
}

impl Uri {
    /// Splits the string from `start`, which is right after `://`. The parts are written where they stay.
    #[expect(clippy::inline_always, reason = "there is one caller")]
    #[inline(always)]
    pub(crate) fn split(&mut self, sweep: &Sweep<'_>, start: usize) -> Result<(), Error> {
        let mut walk = Walk::from(sweep, start);
        let hosts = self.credentials(&mut walk, start);
        let in_credentials = std::mem::take(&mut walk.seen);
        let (mut at, mut ended_by) = self.netlocs.read(&mut walk, hosts)?;
        let in_hosts = std::mem::take(&mut walk.seen);
        if ended_by == SLASH {
            let database = at + 1;
            (at, ended_by) = walk.until(QUESTION);
            self.database = Some(Span::new(database, at));
        }
        let in_database = std::mem::take(&mut walk.seen);
        if ended_by == QUESTION {
            self.query = Some(Span::new(at + 1, walk.text().len()));
            self.seen_in_query = walk.see_all();
        }
        let before_query = in_credentials | in_hosts | in_database;
        self.seen = before_query | self.seen_in_query;
        self.seen_after = in_hosts | in_database | self.seen_in_query;
        self.may_be_misplaced = self.seen_after & AT != 0
            || in_database & COLON != 0
            || (in_hosts | in_database) & EQUALS != 0
            || in_hosts & PARENTHESIS != 0
            || before_query & (SEMICOLON | AMPERSAND | BRACKET) != 0;
        Ok(())
    }

    /// Reads user and password if there are any, and gives where the hosts begin.
    #[inline]
    fn credentials(&mut self, walk: &mut Walk<'_, '_>, start: usize) -> usize {
        let mut colon = None;
        let (end, ended_by) = loop {
            let (at, class) = walk.until(COLON | QUESTION | AT | SLASH);
            match class {
                COLON => colon = colon.or(Some(at)),
                QUESTION => self.early_question = self.early_question.or(Some(at)),
                _ => break (at, class),
            }
        };
        if ended_by != AT {
            walk.seek(start);
            return start;
        }
        self.user = Some(Span::new(start, colon.unwrap_or(end)));
        self.password = colon.map(|colon| Span::new(colon + 1, end));
        end + 1
    }
}

impl Netlocs {
    /// Reads all of them; also gives where they end, and what ended them.
    #[inline]
    fn read(&mut self, walk: &mut Walk<'_, '_>, start: usize) -> Result<(usize, Class), Error> {
        let mut at = start;
        loop {
            let (netloc, end, ended_by) = netloc(walk, at)?;
            at = end + 1;
            if let Some(kept) = self.kept.get_mut(self.commas) {
                *kept = netloc;
                self.rest = at;
            }
            if ended_by != COMMA {
                self.span = Span::new(start, end);
                return Ok((end, ended_by));
            }
            self.commas += 1;
        }
    }

    pub(crate) const fn first(&self) -> Netloc {
        self.kept[0]
    }

    /// All of them, if there are few.
    pub(crate) fn few(&self) -> Option<&[Netloc]> {
        self.kept.get(..=self.commas)
    }

    /// All of them, in order. They were read once already, so reading cannot fail.
    pub(crate) fn iter(&self, sweep: &Sweep<'_>) -> impl Iterator<Item = Netloc> + Clone {
        let mut all = 0..=self.commas;
        let mut at = self.rest;
        let mut walk = Walk::from(sweep, at);
        std::iter::from_fn(move || {
            let index = all.next()?;
            if let Some(&kept) = self.kept.get(index) {
                return Some(kept);
            }
            let (netloc, end, _) = netloc(&mut walk, at).ok()?;
            at = end + 1;
            Some(netloc)
        })
    }
}

/// Reads the netloc at `at`, where the walk is; also gives where it ends, and what ended it: `,`, `/`, `?` or the end.
// A walk that is lent to a call stays in memory.
#[inline(always)]
fn netloc(walk: &mut Walk<'_, '_>, at: usize) -> Result<(Netloc, usize, Class), Error> {
    const PORT_ENDS: Class = SLASH | QUESTION | COMMA;
    let (mut address, mut inside) = (None, at);
    if walk.text().get(at) == Some(&b'[') {
        let span = bracketed(walk.text(), at)?;
        (address, inside) = (Some(span), span.end());
    }
    let (mut end, mut ended_by) = walk.until(PORT_ENDS | COLON);
    while end < inside {
        (end, ended_by) = walk.until(PORT_ENDS | COLON);
    }
    let host = address.unwrap_or(Span::new(at, end));
    let mut port = None;
    if ended_by == COLON {
        let start = end + 1;
        (end, ended_by) = walk.until(PORT_ENDS);
        port = Some(Span::new(start, end));
    }
    Ok((Netloc { host, port }, end, ended_by))
}

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

/// Reads the parameter at `at`, where the walk is; also gives where the next one begins.
#[expect(
    clippy::inline_always,
    reason = "a walk that is lent to a call stays in memory"
)]
#[inline(always)]
pub(crate) fn param(walk: &mut Walk<'_, '_>, at: usize) -> Result<(Param, usize), Error> {
    let (equals, ended_by) = walk.until(EQUALS | AMPERSAND);
    if ended_by != EQUALS {
        return Err(missing_equals(Span::new(at, equals)));
    }
    let (end, ended_by) = walk.until(EQUALS | AMPERSAND);
    if ended_by == EQUALS {
        return Err(extra_equals(Span::new(end, end + 1)));
    }
    let param = Param {
        key: Span::new(at, equals),
        value: Span::new(equals + 1, end),
    };
    Ok((param, end + 1))
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
