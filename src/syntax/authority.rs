//! The grammar of URLs of every engine but Postgres, as spans of the text.
//!
//! ```text
//! url     = scheme "://" [user [":" password] "@"] [hosts] ["/" path] ["?" query]
//! hosts   = host *("," host) / "[" host *("," host) "]"
//! host    = (name / "[" IPv6 "]") [":" port] / "(" socket ")" / "(address=" host [",priority=" n] ")"
//! ```
//!
//! Before the path, `/` and `?` are data inside brackets and parentheses that are where a host may begin. The
//! credentials end at the **last** `@` there, and the user at the first `:`. There is no fragment: a `#` was rejected
//! before. All delimiters are ASCII, so every span lies on character boundaries.

use memchr::{memchr, memchr2, memrchr};

use crate::error::{Error, ErrorKind, Stage};
use crate::place::{Component, Span};
use crate::syntax::raw_at::{self, Tail};
use crate::syntax::uri::parse_error;

/// The raw parts of a URL. A part that is absent is `None`; an empty one is an empty span.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    pub(crate) user: Option<Span>,
    pub(crate) password: Option<Span>,
    pub(crate) hosts: Span,
    /// What follows the first `/`.
    pub(crate) path: Option<Span>,
    pub(crate) query: Option<Span>,
    /// Another `@` comes before the one that ends the credentials.
    pub(crate) at_in_credentials: bool,
}

/// How a host is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A name, an IPv4 address, or an escaped path.
    Name,
    /// In brackets, which are not part of the span.
    Address,
    /// In parentheses, which are not part of the span: a path.
    Path,
}

/// One host with its port and priority.
#[derive(Clone, Copy)]
pub(crate) struct Element {
    pub(crate) host: Span,
    pub(crate) form: Form,
    pub(crate) port: Option<Span>,
    pub(crate) priority: Option<Span>,
}

/// Splits the text from `start`, which is right after `://`.
pub(crate) fn split(text: &[u8], start: usize) -> Result<Parts, Error> {
    let (end, last_at) = authority(text, start)?;
    let (mut user, mut password, mut hosts) = (None, None, start);
    let mut at_in_credentials = false;
    if let Some(at) = last_at {
        let credentials = &text[start..at];
        if let Some(first) = memchr(b'@', credentials) {
            at_in_credentials = true;
            if memchr(b',', &credentials[first..]).is_some() {
                return Err(raw_at::several(start + first));
            }
        }
        let colon = start + memchr(b':', credentials).unwrap_or(at - start);
        user = Some(Span::new(start, colon));
        password = (colon < at).then(|| Span::new(colon + 1, at));
        hosts = at + 1;
    }
    let hosts = Span::new(hosts, end);
    let mut path = None;
    let mut at = end;
    if text.get(at) == Some(&b'/') {
        at = memchr(b'?', &text[end..]).map_or(text.len(), |found| end + found);
        path = Some(Span::new(end + 1, at));
    }
    Ok(Parts {
        user,
        password,
        hosts,
        path,
        query: (at < text.len()).then(|| Span::new(at + 1, text.len())),
        at_in_credentials,
    })
}

impl Parts {
    /// What follows the credentials, for the guard on `@`.
    pub(crate) fn tail(&self) -> Tail {
        Tail {
            credentials: Tail::credentials(self.user, self.password, self.hosts),
            hosts: self.hosts,
            path: self.path,
            query: self.query,
        }
    }
}

/// Where the authority ends, and its last `@`.
fn authority(text: &[u8], start: usize) -> Result<(usize, Option<usize>), Error> {
    let rest = &text[start..];
    let end = memchr2(b'/', b'?', rest).unwrap_or(rest.len());
    if memchr2(b'(', b'[', &rest[..end]).is_some() {
        return with_brackets(text, start);
    }
    let last_at = memrchr(b'@', &rest[..end]);
    Ok((start + end, last_at.map(|at| start + at)))
}

/// As [`authority`], where a host may be in brackets.
fn with_brackets(text: &[u8], start: usize) -> Result<(usize, Option<usize>), Error> {
    let (mut at, mut last_at) = (start, None);
    let mut host_begins = true;
    while at < text.len() {
        match text[at] {
            b'/' | b'?' => break,
            b'@' => {
                last_at = Some(at);
                host_begins = true;
            }
            b',' => host_begins = true,
            b' ' => {}
            b'(' | b'[' if host_begins => {
                at = closing(text, at)?;
                host_begins = false;
            }
            _ => host_begins = false,
        }
        at += 1;
    }
    Ok((at, last_at))
}

/// Where the bracket that opens at `open` closes; brackets of both kinds may be in one another.
fn closing(text: &[u8], open: usize) -> Result<usize, Error> {
    let mut depth = 0_usize;
    for (at, byte) in text.iter().enumerate().skip(open) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let closer = if text[open] == b'(' { b')' } else { b']' };
            if *byte == closer {
                return Ok(at);
            }
            break;
        }
    }
    let detail = "the bracket or parenthesis does not close";
    Err(brackets(Span::new(open, text.len()), detail))
}

fn brackets(span: Span, detail: &'static str) -> Error {
    parse_error(ErrorKind::InvalidBrackets, Component::Host, span, detail).with_help(
        "write an IPv6 address as [2001:db8::1] and a socket as (/path); a bracket or parenthesis of a password as %5B, \
         %5D, %28 or %29",
    )
}

pub(crate) const NO_EMPTY_HOST: &str =
    "single commas separate hosts, as in db1:3306,db2:3306; remove the comma that is too many";

/// Reads the list of hosts.
pub(crate) fn elements(text: &[u8], hosts: Span) -> Result<Vec<Element>, Error> {
    let list = enclosed_list(text, hosts)?;
    let mut found = Vec::new();
    let mut at = list.start();
    loop {
        // X DevAPI allows spaces between the elements of a list in parentheses.
        let start = skip_spaces(text, at, list.end());
        if text[start..list.end()].starts_with(b"(") {
            at = start;
        }
        let (element, next) = element(text, at, list.end())?;
        let alone = found.is_empty() && next == list.end();
        if !alone && element.form == Form::Name && element.host.is_empty() {
            let detail = "an empty element of the list";
            return Err(Error::new(ErrorKind::InvalidValue, detail)
                .at(Component::Host, element.host)
                .stage_is(Stage::Options)
                .with_help(NO_EMPTY_HOST));
        }
        found.push(element);
        if next == list.end() {
            return Ok(found);
        }
        at = next + 1;
    }
}

fn skip_spaces(text: &[u8], at: usize, end: usize) -> usize {
    let spaces = text[at..end].iter().take_while(|&&byte| byte == b' ');
    at + spaces.count()
}

/// The inside of brackets round several hosts or one in parentheses; else the list itself.
fn enclosed_list(text: &[u8], hosts: Span) -> Result<Span, Error> {
    let inside = &text[hosts.range()];
    let [b'[', inside @ .., _] = inside else {
        return Ok(hosts);
    };
    let is_list = closing(text, hosts.start())? + 1 == hosts.end()
        && (inside.contains(&b',') || inside.trim_ascii_start().starts_with(b"("));
    Ok(if is_list {
        Span::new(hosts.start() + 1, hosts.end() - 1)
    } else {
        hosts
    })
}

/// Reads the host at `at`; also gives the location of the `,` after it, or `end`.
pub(crate) fn element(text: &[u8], at: usize, end: usize) -> Result<(Element, usize), Error> {
    let plain = |host, form| Element {
        host,
        form,
        port: None,
        priority: None,
    };
    let (element, behind) = match text[at..end].first() {
        Some(b'[') => {
            let close = closing(text, at)?;
            (plain(Span::new(at + 1, close), Form::Address), close + 1)
        }
        Some(b'(') => {
            let close = closing(text, at)?;
            let inside = Span::new(at + 1, close);
            let element = match in_parentheses(text, inside)? {
                Some(element) => element,
                None => plain(inside, Form::Path),
            };
            let next = skip_spaces(text, close + 1, end);
            let ends = next == end || text[next] == b',';
            (element, if ends { next } else { close + 1 })
        }
        _ => {
            let is_end = |byte: &u8| matches!(byte, b':' | b',');
            let len = text[at..end].iter().position(is_end).unwrap_or(end - at);
            (plain(Span::new(at, at + len), Form::Name), at + len)
        }
    };
    if behind == end || text[behind] == b',' {
        return Ok((element, behind));
    }
    if text[behind] != b':' {
        let detail = "expected `:`, `,`, `/` or `?` after the bracket";
        return Err(brackets(Span::new(behind, behind), detail));
    }
    let len = memchr(b',', &text[behind..end]).unwrap_or(end - behind);
    let port = Span::new(behind + 1, behind + len);
    if element.form == Form::Name && memchr(b':', &text[port.range()]).is_some() {
        let span = Span::new(at, port.end());
        let detail = "several `:` in the host";
        return Err(
            parse_error(ErrorKind::InvalidBrackets, Component::Host, span, detail).with_help(
                "write an IPv6 address as [2001:db8::1]; a `:` or `@` of a password as %3A or %40",
            ),
        );
    }
    if element.port.is_some() || element.form == Form::Path {
        return Err(brackets(
            Span::new(behind, port.end()),
            "expected nothing after the parenthesis",
        ));
    }
    Ok((
        Element {
            port: Some(port),
            ..element
        },
        port.end(),
    ))
}

/// `address=host:port,priority=n`, as X `DevAPI` writes it; `None` for a path.
fn in_parentheses(text: &[u8], inside: Span) -> Result<Option<Element>, Error> {
    let (mut address, mut priority) = (None, None);
    let mut is_clear = true;
    let mut at = inside.start();
    for pair in text[inside.range()].split(|&byte| byte == b',') {
        let trimmed = at + pair.len() - pair.trim_ascii_start().len();
        let end = at + pair.len();
        at = end + 1;
        let pair = &text[trimmed..end];
        let equals = memchr(b'=', pair).unwrap_or(pair.len());
        let value = skip_spaces(text, (trimmed + equals + 1).min(end), end);
        let value = Span::new(value, value + text[value..end].trim_ascii_end().len());
        let name = pair[..equals].trim_ascii();
        let place = if name.eq_ignore_ascii_case(b"address") {
            &mut address
        } else if name.eq_ignore_ascii_case(b"priority") {
            &mut priority
        } else {
            is_clear = false;
            continue;
        };
        is_clear &= place.is_none();
        *place = Some(value);
    }
    let Some(address) = address else {
        return Ok(None);
    };
    // INVARIANT: an address holds no parentheses, so this calls itself only once.
    if !is_clear || text[address.range()].starts_with(b"(") {
        let detail = "expected `(address=host:port,priority=n)`, each of them once";
        return Err(brackets(inside, detail));
    }
    let (element, next) = element(text, address.start(), address.end())?;
    if next != address.end() || element.priority.is_some() {
        return Err(brackets(address, "expected one host in an address"));
    }
    Ok(Some(Element {
        priority,
        ..element
    }))
}

/// The parameter at or after `at`, with the location of the next one: split at the first `=`, an absent value is empty, and
/// `&&` has none between.
pub(crate) fn raw_param(text: &[u8], at: usize, end: usize) -> Option<(Span, Span, usize)> {
    let start = at
        + text
            .get(at..end)?
            .iter()
            .take_while(|&&byte| byte == b'&')
            .count();
    if start == end {
        return None;
    }
    let stop = start + memchr(b'&', &text[start..end]).unwrap_or(end - start);
    let equals = start + memchr(b'=', &text[start..stop]).unwrap_or(stop - start);
    let value = Span::new((equals + 1).min(stop), stop);
    Some((Span::new(start, equals), value, stop))
}
