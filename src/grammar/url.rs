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

use memchr::{memchr, memchr_iter};

use crate::error::{Error, ErrorKind, Stage, parse_error};
use crate::grammar::raw_at::{self, Tail};
use crate::grammar::sweep::{
    AMPERSAND, AT, BRACKET, COLON, COMMA, Class, EQUALS, PARENTHESIS, QUESTION, SEMICOLON, SLASH,
    Sweep, Walk,
};
use crate::span::{Component, Span};

/// The raw parts of a URL. A part that is absent is `None`; an empty one is an empty span.
#[derive(Clone, Copy, Default)]
pub(crate) struct UrlParts {
    pub(crate) user: Option<Span>,
    pub(crate) password: Option<Span>,
    pub(crate) hosts: Span,
    /// What follows the first `/`.
    pub(crate) path: Option<Span>,
    pub(crate) query: Option<Span>,
    /// Another `@` comes before the one that ends the credentials.
    pub(crate) at_in_credentials: bool,
    /// Several hosts, or one in brackets or parentheses.
    pub(crate) is_list: bool,
    /// The only host, if it is a name.
    pub(crate) only: Option<Element>,
    /// Whether the guards on hosts and path may find something.
    pub(crate) may_be_misplaced: bool,
    /// The classes of all bytes after the scheme; here as in the next two there may be more than that.
    pub(crate) seen: Class,
    /// The classes of all bytes after the credentials.
    pub(crate) seen_after: Class,
    /// The classes of all bytes of the query.
    pub(crate) seen_in_query: Class,
}

/// How a host is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum HostForm {
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
    pub(crate) form: HostForm,
    pub(crate) port: Option<Span>,
    pub(crate) priority: Option<Span>,
}

impl UrlParts {
    /// Splits the string from `start`, which is right after `://`. The parts are written where they stay.
    #[expect(clippy::inline_always, reason = "there is one caller")]
    #[inline(always)]
    pub(crate) fn split(&mut self, sweep: &Sweep<'_>, start: usize) -> Result<(), Error> {
        let mut walk = Walk::from(sweep, start);
        let text = walk.text();
        let authority = authority(&mut walk, start)?;
        let mut hosts = start;
        if let Some(at) = authority.last_at {
            let colon = authority.first_colon.filter(|&colon| colon < at);
            self.user = Some(Span::new(start, colon.unwrap_or(at)));
            self.password = colon.map(|colon| Span::new(colon + 1, at));
            hosts = at + 1;
        }
        if authority.ats > 1 {
            self.at_in_credentials = true;
            one_login(&text[start..hosts - 1], start)?;
        }
        self.hosts = Span::new(hosts, authority.end);
        let in_hosts = std::mem::take(&mut walk.seen);
        if in_hosts & (COMMA | BRACKET | PARENTHESIS) == 0 {
            self.only = authority.only(self.hosts);
        } else {
            self.is_list = is_list(&text[self.hosts.range()]);
        }
        let (mut at, mut ended_by) = (authority.end, authority.ended_by);
        if ended_by == SLASH {
            let start = at + 1;
            (at, ended_by) = walk.until(QUESTION);
            self.path = Some(Span::new(start, at));
        }
        let in_path = std::mem::take(&mut walk.seen);
        if ended_by == QUESTION {
            self.query = Some(Span::new(at + 1, text.len()));
            walk.see_all();
        }
        self.seen_in_query = walk.seen;
        self.seen_after = in_hosts | in_path | self.seen_in_query;
        self.seen = authority.seen_in_credentials | self.seen_after;
        // A `:` splits the parts of a plain authority.
        self.may_be_misplaced = self.only.is_none()
            || self.seen_after & (SEMICOLON | AMPERSAND) != 0
            || in_path & EQUALS != 0
            || (in_path | self.seen_in_query) & COLON != 0;
        Ok(())
    }

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

/// What comes before the path.
#[derive(Default)]
struct Authority {
    end: usize,
    ended_by: Class,
    first_colon: Option<usize>,
    /// The last `@`, and how many there are.
    last_at: Option<usize>,
    ats: usize,
    seen_in_credentials: Class,
    /// The last `:` after the credentials, and how many there are.
    host_colon: Option<usize>,
    host_colons: usize,
}

/// Reads the authority; what is seen in the walk after it are the hosts, and not the credentials.
#[inline]
fn authority(walk: &mut Walk<'_, '_>, start: usize) -> Result<Authority, Error> {
    let mut found = Authority::default();
    loop {
        let (at, class) = walk.until(COLON | AT | SLASH | QUESTION | BRACKET | PARENTHESIS);
        match class {
            COLON => {
                found.first_colon = found.first_colon.or(Some(at));
                found.host_colon = Some(at);
                found.host_colons += 1;
            }
            AT => {
                found.last_at = Some(at);
                found.ats += 1;
                found.seen_in_credentials |= std::mem::take(&mut walk.seen);
                (found.host_colon, found.host_colons) = (None, 0);
            }
            BRACKET | PARENTHESIS => return with_brackets(walk, start),
            _ => {
                (found.end, found.ended_by) = (at, class);
                return Ok(found);
            }
        }
    }
}

impl Authority {
    /// The only host, which is a name, unless there are too many colons.
    fn only(&self, hosts: Span) -> Option<Element> {
        (self.host_colons < 2).then(|| Element {
            host: Span::new(hosts.start(), self.host_colon.unwrap_or(hosts.end())),
            form: HostForm::Name,
            port: self
                .host_colon
                .map(|colon| Span::new(colon + 1, hosts.end())),
            priority: None,
        })
    }
}

/// As [`authority`], where a host may be in brackets. All of the string is taken for seen in the hosts.
#[cold]
fn with_brackets(walk: &mut Walk<'_, '_>, start: usize) -> Result<Authority, Error> {
    let text = walk.text();
    walk.seek(start);
    let seen = walk.see_all();
    let mut found = Authority::default();
    let mut at = start;
    let mut host_begins = true;
    while at < text.len() {
        match text[at] {
            b'/' | b'?' => break,
            b'@' => {
                found.last_at = Some(at);
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
    let credentials = &text[start..found.last_at.map_or(start, |at| at + 1)];
    found.ats = memchr_iter(b'@', credentials).count();
    found.first_colon = memchr(b':', credentials).map(|colon| start + colon);
    walk.seek(at);
    (found.end, found.ended_by) = walk.until(SLASH | QUESTION);
    walk.seen = seen;
    Ok(found)
}

/// Rejects a second user and password, as in `u:p@h1,u:p@h2`.
#[cold]
fn one_login(credentials: &[u8], start: usize) -> Result<(), Error> {
    match memchr(b'@', credentials) {
        Some(first) if memchr(b',', &credentials[first..]).is_some() => {
            Err(raw_at::several(start + first))
        }
        _ => Ok(()),
    }
}

#[cold]
fn is_list(hosts: &[u8]) -> bool {
    matches!(hosts, [b'[' | b'(', ..]) || memchr(b',', hosts).is_some()
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
        if !alone && element.form == HostForm::Name && element.host.is_empty() {
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
    let (element, after) = match text[at..end].first() {
        Some(b'[') => {
            let close = closing(text, at)?;
            (
                plain(Span::new(at + 1, close), HostForm::Address),
                close + 1,
            )
        }
        Some(b'(') => {
            let close = closing(text, at)?;
            let inside = Span::new(at + 1, close);
            let element = match in_parentheses(text, inside)? {
                Some(element) => element,
                None => plain(inside, HostForm::Path),
            };
            let next = skip_spaces(text, close + 1, end);
            let ends = next == end || text[next] == b',';
            (element, if ends { next } else { close + 1 })
        }
        _ => {
            let is_end = |byte: &u8| matches!(byte, b':' | b',');
            let len = text[at..end].iter().position(is_end).unwrap_or(end - at);
            (plain(Span::new(at, at + len), HostForm::Name), at + len)
        }
    };
    if after == end || text[after] == b',' {
        return Ok((element, after));
    }
    if text[after] != b':' {
        let detail = "expected `:`, `,`, `/` or `?` after the bracket";
        return Err(brackets(Span::new(after, after), detail));
    }
    let len = memchr(b',', &text[after..end]).unwrap_or(end - after);
    let port = Span::new(after + 1, after + len);
    if element.form == HostForm::Name && memchr(b':', &text[port.range()]).is_some() {
        let span = Span::new(at, port.end());
        let detail = "several `:` in the host";
        return Err(
            parse_error(ErrorKind::InvalidBrackets, Component::Host, span, detail).with_help(
                "write an IPv6 address as [2001:db8::1]; a `:` or `@` of a password as %3A or %40",
            ),
        );
    }
    if element.port.is_some() || element.form == HostForm::Path {
        return Err(brackets(
            Span::new(after, port.end()),
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
        let location = if name.eq_ignore_ascii_case(b"address") {
            &mut address
        } else if name.eq_ignore_ascii_case(b"priority") {
            &mut priority
        } else {
            is_clear = false;
            continue;
        };
        is_clear &= location.is_none();
        *location = Some(value);
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
