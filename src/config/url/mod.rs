//! The parts of a URL, decoded, guarded, and put into a store: what every engine but Postgres shares.
//!
//! Every part is decoded exactly once. `+` is a plus sign, but in the query a space, as in forms.

mod host;

use memchr::memchr;

use crate::config::store::{Draft, Store};
use crate::config::tls_name::{reject_swallowed, reject_swallowed_in};
use crate::config::value;
use crate::error::{Error, ErrorKind, Stage, parse_error};
use crate::grammar::libpq_uri;
use crate::grammar::percent::EscapeFailure;
use crate::grammar::raw_at::{self, Tail};
use crate::grammar::sweep::{
    AT, BACKSLASH, CONTROL, Class, MARK, PERCENT, PLUS, QUESTION, SEMICOLON, Sweep,
};
use crate::grammar::url::{self, Element, HostForm, UrlParts};
use crate::grammar::{guard, percent, placeholder};
use crate::limits::MAX_LEN;
use crate::secret::{Secret, wipe};
use crate::span::{Component, Span};
use crate::warning::{WarningCode, WarningSet};

pub(crate) use crate::grammar::raw_at::Holds;
pub(crate) use crate::grammar::url::NO_EMPTY_HOST;
pub(crate) use host::{HostKind, invalid, kind_of_host, kind_of_param, no_port, port, server};
use host::{HostText, host_error, port_error, socket_error};

/// The slots of a store that all these engines have in common.
pub(crate) const USER: usize = 0;
pub(crate) const PASSWORD: usize = 1;
pub(crate) const HOST: usize = 2;
pub(crate) const PORT: usize = 3;
pub(crate) const PRIORITY: usize = 4;
pub(crate) const DATABASE: usize = 5;
pub(crate) const SOCKET: usize = 6;

const COMPONENTS: [Component; 7] = [
    Component::User,
    Component::Password,
    Component::Host,
    Component::Port,
    Component::Setting("priority"),
    Component::Database,
    Component::Setting("socket"),
];

/// The part of a URL that gives the value of one of those slots.
pub(crate) const fn component(index: usize) -> Component {
    if index < COMPONENTS.len() {
        COMPONENTS[index]
    } else {
        Component::Query
    }
}

/// One parameter of the query: as it is in the text, and decoded in the draft.
#[derive(Clone, Copy)]
pub(crate) struct Param {
    pub(crate) raw_name: Span,
    pub(crate) raw: Span,
    pub(crate) name: Span,
    pub(crate) value: Span,
}

impl Param {
    /// Whether there is no `=`.
    pub(crate) const fn is_bare(&self) -> bool {
        self.raw_name.end() == self.raw.start()
    }
}

/// Fills a store from the spans of one URL.
pub(crate) struct UrlReader<'t, 's, const N: usize> {
    pub(crate) text: &'t [u8],
    pub(crate) parts: UrlParts,
    pub(crate) draft: Draft<'s, N>,
    pub(crate) warnings: &'s mut WarningSet,
    /// A bit for each slot that a parameter of the query filled.
    pub(crate) from_query: u64,
    /// Nothing in the text is escaped, so nothing needs decoding.
    plain: bool,
    /// Something in it may belong elsewhere.
    suspect: bool,
    scheme: Span,
    /// Where each value is in the text, for errors.
    raw: &'s mut [Span; N],
}

/// What an engine's URLs hold that others' do not.
#[derive(Clone, Copy)]
pub(crate) struct UrlGrammar {
    /// What the values of parameters hold, by their raw names.
    pub(crate) holds: fn(&[u8]) -> Holds,
    /// Without hosts, the path is that of a socket, which may hold an `@`.
    pub(crate) path_is_socket: bool,
    /// A query may hold a `?`, as LDAP's does.
    pub(crate) questions: bool,
}

impl UrlGrammar {
    fn tail(self, parts: &UrlParts) -> Tail {
        let mut tail = parts.tail();
        if let (true, None, Some(path)) = (self.path_is_socket, parts.user, parts.path) {
            if parts.hosts.is_empty() {
                tail.hosts = Span::new(path.end(), path.end());
                tail.path = Some(tail.hosts);
            }
        }
        tail
    }
}

/// Rejects a string that is too long, and what surrounds it.
#[inline]
pub(crate) fn surroundings(text: &str) -> Result<(), Error> {
    if text.len() > MAX_LEN {
        return Err(value::too_long(text));
    }
    guard::surroundings(text)
}

impl<'t, 's, const N: usize> UrlReader<'t, 's, N> {
    /// Of a URL that is still to be [`split`](Self::split).
    #[inline]
    pub(crate) fn new(
        text: &'t str,
        scheme: Span,
        store: &'s mut Store<N>,
        warnings: &'s mut WarningSet,
        raw: &'s mut [Span; N],
    ) -> Self {
        Self {
            text: text.as_bytes(),
            parts: UrlParts::default(),
            draft: Draft::new(store),
            warnings,
            from_query: 0,
            plain: false,
            suspect: false,
            scheme,
            raw,
        }
    }

    /// Splits the URL, rejects what is dangerous in any part of it, and copies it, with capacity for as many bytes more as
    /// `room` gives for its query.
    #[inline]
    pub(crate) fn split(
        &mut self,
        text: &str,
        room: impl FnOnce(&UrlParts) -> usize,
        grammar: UrlGrammar,
    ) -> Result<(), Error> {
        let sweep = Sweep::of(self.text);
        let split = self.parts.split(&sweep, self.scheme.end() + 3);
        let parts = &self.parts;
        // Where splitting failed, not all was seen.
        let seen = if split.is_ok() {
            parts.seen
        } else {
            Class::MAX
        };
        if seen & (CONTROL | MARK) != 0 {
            scan(self.text)?;
        }
        split?;
        if parts.seen_after & AT != 0 {
            raw_at::reject(self.text, &grammar.tail(parts), grammar.holds)?;
        }
        let query = parts.query.unwrap_or_default();
        if parts.seen_in_query & (QUESTION | SEMICOLON | BACKSLASH) != 0 {
            guard::separators(self.text, query, grammar.questions)?;
        }
        self.plain = seen & PERCENT == 0 && parts.seen_in_query & PLUS == 0;
        self.suspect = parts.may_be_misplaced;
        let hosts = parts.hosts.range().len();
        let lists = if parts.is_list { 3 * (hosts + 2) } else { 0 };
        let pairs = if self.plain {
            0
        } else {
            2 * query.range().len() + 4
        };
        self.draft
            .copy(text, lists + pairs + room(parts), self.plain);
        Ok(())
    }

    /// Puts user, password and hosts.
    #[inline]
    pub(crate) fn authority(&mut self) -> Result<(), Error> {
        for (index, part) in [(USER, self.parts.user), (PASSWORD, self.parts.password)] {
            if let Some(raw) = part {
                let value = self.decoded(raw, component(index), false)?;
                self.put(index, value, raw)?;
            }
        }
        if self.parts.at_in_credentials {
            self.warnings.insert(WarningCode::AtSignInCredentials);
        }
        self.hosts(self.parts.hosts)
    }

    /// Decodes a part in place.
    pub(crate) fn decoded(
        &mut self,
        raw: Span,
        component: Component,
        plus_is_space: bool,
    ) -> Result<Span, Error> {
        if self.plain {
            return Ok(raw);
        }
        let decode = |part: &mut [u8]| percent::decode_data_in_place(part, plus_is_space);
        self.draft.edit(raw, decode).map_err(|(kind, offset)| {
            let at = raw.start() + offset;
            decode_error(kind, component, Span::new(at, at + 1))
        })
    }

    /// Puts a decoded value with the guards that belong to its slot. One that is there already must be the same.
    #[expect(
        clippy::inline_always,
        reason = "where the slot is a constant, most of it folds away"
    )]
    #[inline(always)]
    pub(crate) fn put(&mut self, index: usize, value: Span, raw: Span) -> Result<(), Error> {
        let text = &self.text[raw.range()];
        match index {
            PASSWORD => self.warn_of_password(raw)?,
            USER | HOST | DATABASE if matches!(text, [b'$' | b'[' | b'<' | b'{', ..]) => {
                self.warnings
                    .note(placeholder::in_part(text), component(index).as_str());
            }
            USER if (self.suspect || !self.plain) && self.draft.bytes(value).contains(&b':') => {
                self.warnings.insert(WarningCode::ColonInUser);
            }
            _ => {}
        }
        if self.suspect && matches!(index, DATABASE | SOCKET) {
            self.guard_path(component(index), raw)?;
        }
        if self.draft.is_set(index) && self.draft.get(index) != self.draft.bytes(value) {
            return Err(conflict(component(index), raw));
        }
        self.draft.put(index, value);
        self.raw[index] = raw;
        Ok(())
    }

    fn append(&mut self, pieces: &mut dyn Iterator<Item = &str>) -> Span {
        self.draft.append(pieces)
    }

    /// Puts text that is not in the URL.
    pub(crate) fn put_text(&mut self, index: usize, text: &str, raw: Span) {
        let value = self.append(&mut std::iter::once(text));
        self.draft.put(index, value);
        self.raw[index] = raw;
    }

    /// Where the text of a value is.
    pub(crate) const fn location(&self, index: usize) -> Span {
        self.raw[index]
    }

    /// The guards on a database, a socket, or another name that a path gives.
    #[cold]
    pub(crate) fn guard_path(&self, component: Component, raw: Span) -> Result<(), Error> {
        let text = &self.text[raw.range()];
        guard::misplaced(text, component, raw, false, &guard::is_name)?;
        reject_swallowed(text, component, raw)
    }

    fn warn_of_password(&mut self, raw: Span) -> Result<(), Error> {
        let text = &self.text[raw.range()];
        guard::masked(text, Component::Password, raw)?;
        self.warnings
            .note(placeholder::in_password(text), "password");
        Ok(())
    }

    // ---- hosts

    fn hosts(&mut self, list: Span) -> Result<(), Error> {
        if list.is_empty() {
            return Ok(());
        }
        if self.parts.is_list {
            return self.host_list(list);
        }
        let element = match self.parts.only {
            Some(element) => element,
            None => url::element(self.text, list.start(), list.end())?.0,
        };
        let host = self.decoded(element.host, Component::Host, false)?;
        let kind = kind_of_host(self.draft.bytes(host), HostForm::Name)
            .map_err(|detail| host_error(self.text, element.host, detail))?;
        self.one(kind, host, element)
    }

    /// Puts the only host, or a socket.
    fn one(&mut self, kind: HostKind, host: Span, element: Element) -> Result<(), Error> {
        let port = element.port.filter(|port| !port.is_empty());
        if let Some(port) = port {
            self.check_port(port)?;
            self.put(PORT, self.unpadded(port), port)?;
        }
        match kind {
            HostKind::Absent => Ok(()),
            HostKind::Host => self.put(HOST, host, element.host),
            HostKind::Socket if port.is_some() => {
                Err(socket_error(element.host, "a socket has no port"))
            }
            HostKind::Socket => self.put(SOCKET, host, element.host),
        }
    }

    pub(crate) fn check_port(&self, raw: Span) -> Result<u16, Error> {
        let text = &self.text[raw.range()];
        port(text).ok_or_else(|| port_error(text, raw))
    }

    /// A number in the draft without leading zeros, so that it is kept as it is rendered.
    pub(crate) fn unpadded(&self, value: Span) -> Span {
        let digits = self.draft.bytes(value);
        let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
        let zeros = zeros.min(digits.len().saturating_sub(1));
        Span::new(value.start() + zeros, value.end())
    }

    /// Several hosts, or one in brackets or parentheses: each is decoded by itself, and the lists are put after the text.
    fn host_list(&mut self, list: Span) -> Result<(), Error> {
        let elements = url::elements(self.text, list)?;
        let mut hosts = Vec::with_capacity(elements.len());
        for element in &elements {
            hosts.push(self.host(element)?);
        }
        if let [(kind, host)] = hosts.as_slice() {
            let only = elements[0];
            let host = self.append(&mut std::iter::once(host.as_str()));
            self.put_list(PRIORITY, &elements, list, &|one| one.priority)?;
            return self.one(*kind, host, only);
        }
        for ((kind, _), element) in hosts.iter().zip(&elements) {
            match kind {
                HostKind::Host => {}
                HostKind::Absent => {
                    let detail = "an empty element of the list";
                    return Err(
                        invalid(Component::Host, element.host, detail).with_help(NO_EMPTY_HOST)
                    );
                }
                HostKind::Socket => {
                    return Err(socket_error(element.host, "a socket excludes other hosts"));
                }
            }
        }
        let names = self.append(&mut hosts.iter().map(|(_, host)| host.as_str()));
        self.put(HOST, names, list)?;
        for port in elements
            .iter()
            .filter_map(|one| one.port)
            .filter(|port| !port.is_empty())
        {
            self.check_port(port)?;
        }
        self.put_list(PORT, &elements, list, &|one| {
            one.port.filter(|port| !port.is_empty())
        })?;
        self.put_list(PRIORITY, &elements, list, &|one| one.priority)
    }

    /// Puts ports or priorities as a list next to the hosts, if there are any.
    fn put_list(
        &mut self,
        index: usize,
        elements: &[Element],
        list: Span,
        part: &dyn Fn(&Element) -> Option<Span>,
    ) -> Result<(), Error> {
        if elements.iter().all(|one| part(one).is_none()) {
            return Ok(());
        }
        let text = self.text;
        let spans: Vec<_> = elements
            .iter()
            .map(|one| part(one).map(|span| self.unpadded(span)))
            .collect();
        let mut texts = spans.iter().map(|span| {
            // What is between ASCII delimiters is UTF-8.
            span.map_or("", |span| {
                std::str::from_utf8(&text[span.range()]).unwrap_or("")
            })
        });
        let value = self.append(&mut texts);
        self.put(index, value, list)
    }

    /// The text of one host.
    fn host(&self, element: &Element) -> Result<(HostKind, HostText<'t>), Error> {
        let raw = element.host;
        let text = &self.text[raw.range()];
        let host = match std::str::from_utf8(text) {
            Ok(text) if self.plain => HostText::Raw(text),
            _ => HostText::Decoded(decoded_copy(text, raw, Component::Host, false)?),
        };
        let kind = kind_of_host(host.as_str().as_bytes(), element.form)
            .map_err(|detail| host_error(self.text, raw, detail))?;
        Ok((kind, host))
    }

    // ---- the query

    /// Decodes the parameters and keeps them as pairs. `mend` may change a decoded value in place.
    pub(crate) fn query(&mut self, fix: impl Fn(&[u8], &mut [u8])) -> Result<(), Error> {
        let Some(query) = self.parts.query else {
            return Ok(());
        };
        if self.plain {
            self.draft.open_pairs(query);
            return Ok(());
        }
        self.draft.open_pairs_after();
        let mut at = query.start();
        while let Some((raw_name, raw, next)) = url::raw_param(self.text, at, query.end()) {
            let name = self.decoded(raw_name, Component::Query, true)?;
            let value = self.decoded(raw, Component::Query, true)?;
            let mut key = self.draft.bytes(name).to_vec();
            self.draft.edit(value, |part| {
                fix(&key, part);
                Ok::<_, Error>(part.len())
            })?;
            wipe(std::mem::take(&mut key));
            self.draft.append_pair(name, value);
            at = next;
        }
        Ok(())
    }

    /// The next parameter at or after a cursor, which begins as the default; to be called after [`query`](Self::query).
    #[inline]
    pub(crate) fn next_param(&self, cursor: &mut Cursor) -> Option<Param> {
        let query = self.parts.query?;
        let at = cursor.raw.max(query.start());
        let (raw_name, raw, next) = url::raw_param(self.text, at, query.end())?;
        cursor.raw = next;
        let (name, value) = if self.plain {
            (raw_name, raw)
        } else {
            self.draft
                .pair_at(cursor.stored.max(self.draft.pairs_start()))
        };
        cursor.stored = value.end();
        Some(Param {
            raw_name,
            raw,
            name,
            value,
        })
    }

    /// Rejects a setting of TLS that is part of the value.
    pub(crate) fn guard_value(&self, param: &Param) -> Result<(), Error> {
        reject_swallowed_in(self.text, param.raw_name, param.raw)
    }

    /// Rejects the mask of a tool in place of a value.
    pub(crate) fn guard_param(&self, param: &Param) -> Result<(), Error> {
        guard::masked(&self.text[param.raw.range()], Component::Query, param.raw)
    }

    /// The decoded text of a span, checked.
    pub(crate) fn str(&self, span: Span, component: Component, raw: Span) -> Result<&str, Error> {
        self.draft
            .str(span)
            .map_err(|_| decode_error(ErrorKind::InvalidUtf8, component, raw))
    }

    /// Hands the text over to the store.
    #[inline]
    pub(crate) fn finish(&mut self) -> Result<&Store<N>, Error> {
        let raw = &*self.raw;
        self.draft.finish(self.scheme).map_err(|index| {
            let in_query = || {
                let query = self.parts.query.unwrap_or_default();
                (Component::Query, libpq_uri::not_utf8(self.text, query))
            };
            let (component, span) =
                index.map_or_else(in_query, |index| (component(index), raw[index]));
            decode_error(ErrorKind::InvalidUtf8, component, span)
        })
    }
}

/// Where [`UrlReader::next_param`] is.
#[derive(Default)]
pub(crate) struct Cursor {
    raw: usize,
    stored: usize,
}

/// Rejects, in any part of the text, what other parsers would drop or expand.
pub(crate) fn scan(text: &[u8]) -> Result<(), Error> {
    reject_controls(text)?;
    if let Some(at) = memchr(b'#', text) {
        let detail = "a raw `#`, at which other parsers end the URL";
        return Err(guard::delimiter(Component::Text, at, detail)
            .with_help("write a `#` of a password or a value as %23"));
    }
    guard::references(text, false)
}

/// Rejects NUL and other control characters.
pub(crate) fn reject_controls(text: &[u8]) -> Result<(), Error> {
    guard::control(text, false).map_or(Ok(()), |span| Err(control_error(text, span)))
}

#[cold]
pub(crate) fn control_error(text: &[u8], span: Span) -> Error {
    if text[span.start()] == 0 {
        return decode_error(ErrorKind::NulByte, Component::Text, span);
    }
    let detail = "a tab, a line end or the like, which other parsers drop in silence";
    parse_error(ErrorKind::ControlCharacter, Component::Text, span, detail).with_help(
        "remove it; one that belongs to a password is written as its percent escape, such as %0A",
    )
}

/// A decoded copy of a part.
pub(crate) fn decoded_copy(
    part: &[u8],
    location: Span,
    component: Component,
    plus_is_space: bool,
) -> Result<Secret, Error> {
    let mut copy = part.to_vec();
    let decoded = percent::decode_data_in_place(&mut copy, plus_is_space);
    decoded_secret(copy, decoded).map_err(|(kind, offset)| {
        let at = offset.map(|offset| location.start() + offset);
        let span = at.map_or(location, |at| Span::new(at, at + 1));
        decode_error(kind, component, span)
    })
}

/// What was decoded in place, or what is wrong with it: at an offset, or as a whole.
pub(crate) fn decoded_secret(
    mut bytes: Vec<u8>,
    decoded: Result<usize, EscapeFailure>,
) -> Result<Secret, (ErrorKind, Option<usize>)> {
    match decoded {
        Ok(len) => bytes.truncate(len),
        Err((kind, offset)) => {
            wipe(bytes);
            return Err((kind, Some(offset)));
        }
    }
    String::from_utf8(bytes).map(Secret::new).map_err(|error| {
        wipe(error.into_bytes());
        (ErrorKind::InvalidUtf8, None)
    })
}

#[cold]
pub(crate) fn conflict(component: Component, span: Span) -> Error {
    let detail = "it is given twice with different values";
    Error::new(ErrorKind::Conflict, detail)
        .at(component, span)
        .stage_is(Stage::Options)
        .with_help("keep the one that is meant; two spellings of one setting count as the same")
}

#[cold]
pub(crate) fn decode_error(kind: ErrorKind, component: Component, span: Span) -> Error {
    let (detail, help) = match kind {
        ErrorKind::UnescapedSpace => ("a raw space inside a part of the URL", "write it as %20"),
        ErrorKind::InvalidEscape => (
            "expected two hexadecimal digits after `%`",
            "write a `%` that is data as %25",
        ),
        ErrorKind::NulByte => (
            "no server takes one",
            "remove it; a password cannot hold it",
        ),
        _ => (NOT_UTF8, "encode the text as UTF-8 before escaping it"),
    };
    parse_error(kind, component, span, detail).with_help(help)
}

pub(crate) const NOT_UTF8: &str = "the escapes do not give UTF-8";
