//! A config filled from one URL or keyword/value text: parts are decoded, guarded and put into its store, and the whole is
//! checked.

mod conninfo;
mod hosts;
mod locations;

use memchr::memchr;

use crate::config::store::Draft;
use crate::config::tls_name::reject_swallowed;
use crate::config::url::{control_error, decode_error};
use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::libpq_uri::{Netloc, Netlocs, Param, Uri};
use crate::grammar::raw_at::{self, Tail};
use crate::grammar::sweep::{
    ANGLE, AT, BACKSLASH, BRACKET, CONTROL, Class, MARK, PERCENT, QUESTION, SEMICOLON, SPACE,
    SPECIAL, Sweep, Walk,
};
use crate::grammar::{guard, libpq_uri, percent, placeholder};
use crate::mistake::Given;
use crate::postgres::check;
use crate::postgres::config::Config;
use crate::postgres::keyword::{COUNT, Keyword, Topic};
use crate::postgres::location::{self, early_question, element, holds};
use crate::postgres::options::{Dialect, ParseOptions};
use crate::postgres::tls::{self, SslMode};
use crate::span::{Component, Span};
use crate::warning::{WarningCode, WarningSet};

/// Fills an empty config: from a URL where it has a scheme, else from keyword/value text. `other_scheme` is the scheme, unless
/// it is one of libpq's own. Where each keyword's value is, is put into `places`, if there are any.
pub(super) fn fill(
    options: ParseOptions,
    text: &str,
    other_scheme: Span,
    config: &mut Config,
    locations: Option<&mut [Span; COUNT]>,
) -> Result<(), Error> {
    let several_extras = {
        let mut parser = Parser::new(options, text, other_scheme, config, locations);
        if parser.scheme.is_empty() {
            parser.conninfo()?;
            return parser.finish(None);
        }
        let sweep = Sweep::of(parser.text);
        let mut uri = Uri::default();
        parser.uri(&sweep, &mut uri)?;
        parser.finish(Some((&sweep, &uri.netlocs)))?;
        parser.extras > 1
    };
    if several_extras && repeats_an_extra(config) {
        config.warnings.insert(WarningCode::RepeatedSetting);
    }
    Ok(())
}

/// Whether an extra is given twice with different values.
fn repeats_an_extra(config: &Config) -> bool {
    let mut given = Given::default();
    config
        .extra_pairs()
        .any(|(name, value)| given.differs(name, value.expose().as_bytes()))
}

/// Fills a config from the spans of one text.
struct Parser<'t, 'c> {
    whole: &'t str,
    text: &'t [u8],
    options: ParseOptions,
    libpq: bool,
    draft: Draft<'c, COUNT>,
    /// Where each keyword's value is in the text, where an error needs it.
    locations: Option<&'c mut [Span; COUNT]>,
    /// Where the database is in the text.
    database: Span,
    /// Nothing in the text is escaped, so nothing needs decoding.
    plain: bool,
    /// What is read now may hold something that belongs elsewhere.
    suspect: bool,
    /// The classes of all bytes of the string.
    seen: Class,
    /// Where [`MODES`] were appended, for aliases.
    modes: Option<Span>,
    warnings: &'c mut WarningSet,
    /// A bit for each keyword that a parameter of the query gave.
    from_query: &'c mut u64,
    /// A bit for each keyword that another program's name gave.
    foreign: u64,
    /// How many parameters of the query are no keywords.
    extras: usize,
    /// The hosts of the query, as value and raw value: they are put when it was read as a whole.
    hosts: Vec<(Span, Span)>,
    query: Option<Span>,
    scheme: Span,
    /// The scheme, unless it is one of libpq's own: in lower case and without a driver.
    other_scheme: Span,
}

/// What `ssl` and `requiressl` may mean, in the order of [`SslMode::ALL`].
const MODES: &str = "disable,allow,prefer,require,verify-ca,verify-full";

impl<'t, 'c> Parser<'t, 'c> {
    fn new(
        options: ParseOptions,
        text: &'t str,
        other_scheme: Span,
        config: &'c mut Config,
        locations: Option<&'c mut [Span; COUNT]>,
    ) -> Self {
        Self {
            whole: text,
            text: text.as_bytes(),
            options,
            libpq: options.dialect == Dialect::Libpq,
            draft: Draft::new(&mut config.store),
            locations,
            database: Span::default(),
            plain: false,
            suspect: true,
            seen: Class::MAX,
            modes: None,
            warnings: &mut config.warnings,
            from_query: &mut config.from_query,
            foreign: 0,
            extras: 0,
            hosts: Vec::new(),
            query: None,
            scheme: config.scheme,
            other_scheme,
        }
    }

    // ---- URIs

    #[expect(clippy::inline_always, reason = "there is one caller")]
    #[inline(always)]
    fn uri(&mut self, sweep: &Sweep<'_>, uri: &mut Uri) -> Result<(), Error> {
        let split = uri.split(sweep, self.scheme.end() + 3);
        // Where splitting failed, not all was seen.
        let seen = if split.is_ok() { uri.seen } else { Class::MAX };
        self.plain = seen & (PERCENT | SPACE) == 0;
        self.seen = seen;
        if seen & SPECIAL != 0 {
            self.guards(seen, false)?;
        }
        split?;
        self.query = uri.query;
        if !self.libpq {
            self.delimiters(uri)?;
        }
        self.draft.copy(self.whole, self.room(uri), self.plain);
        self.suspect = !self.libpq && uri.may_be_misplaced;
        self.authority(sweep, uri)?;
        self.suspect = true;
        uri.query.map_or(Ok(()), |query| self.query(sweep, query))
    }

    /// The guards on delimiters that may belong to a password, or that separate nothing here.
    fn delimiters(&self, uri: &Uri) -> Result<(), Error> {
        if let (Some(at), Some(user)) = (uri.early_question, uri.user) {
            return Err(early_question(at, user));
        }
        if uri.seen_after & AT != 0 {
            let tail = Tail {
                credentials: Tail::credentials(uri.user, uri.password, uri.netlocs.span),
                hosts: uri.netlocs.span,
                path: uri.database,
                query: uri.query,
            };
            raw_at::reject(self.text, &tail, holds)?;
        }
        match uri.query {
            Some(query) if uri.seen_in_query & (QUESTION | SEMICOLON | BACKSLASH) != 0 => {
                guard::separators(self.text, query, false)
            }
            _ => Ok(()),
        }
    }

    /// How much longer than the text the store may become: the lists of several hosts, and the words of aliases.
    fn room(&self, uri: &Uri) -> usize {
        let lists = if uri.netlocs.commas == 0 {
            0
        } else {
            uri.netlocs.span.range().len() + uri.netlocs.commas + 2
        };
        let modes = if uri.query.is_some() {
            MODES.len() + 1
        } else {
            0
        };
        let hosts = uri.query.filter(|_| self.has_driver());
        lists + modes + hosts.map_or(0, |query| 2 * query.range().len() + 2)
    }

    /// Whether the scheme is `<scheme>+<driver>`.
    fn has_driver(&self) -> bool {
        self.text[self.other_scheme.range()].contains(&b'+')
    }

    /// The guards on the whole string as written: NUL in both dialects, and in the default one other control characters and
    /// references. `seen` are the classes of its bytes.
    #[cold]
    fn guards(&mut self, seen: Class, backslashes: bool) -> Result<(), Error> {
        if seen & CONTROL != 0 {
            if let Some(at) = memchr(0, self.text) {
                let span = Span::new(at, at + 1);
                return Err(decode_error(ErrorKind::NulByte, Component::Text, span));
            }
        }
        if self.libpq {
            return Ok(());
        }
        if seen & CONTROL != 0 {
            if let Some(span) = guard::control(self.text, backslashes) {
                return Err(control_error(self.text, span));
            }
        }
        if seen & MARK != 0 {
            guard::references(self.text, backslashes)?;
            if !backslashes && memchr(b'#', self.text).is_some() {
                self.warnings.insert(WarningCode::RawHash);
            }
        }
        Ok(())
    }

    #[inline]
    fn authority(&mut self, sweep: &Sweep<'_>, uri: &Uri) -> Result<(), Error> {
        if let Some(user) = uri.user.filter(|user| !user.is_empty()) {
            self.part(Keyword::User, user)?;
        }
        if let Some(password) = uri.password.filter(|password| !password.is_empty()) {
            self.part(Keyword::Password, password)?;
        }
        if uri.netlocs.commas > 0 {
            self.lists(sweep, &uri.netlocs)?;
        } else {
            let netloc = uri.netlocs.first();
            if !netloc.host.is_empty() {
                self.part(Keyword::Host, netloc.host)?;
            }
            if let Some(port) = netloc.port.filter(|port| !port.is_empty()) {
                self.part(Keyword::Port, port)?;
            }
        }
        match uri.database.filter(|database| !database.is_empty()) {
            Some(database) => self.part(Keyword::Dbname, database),
            None => Ok(()),
        }
    }

    /// Several hosts: libpq joins hosts and ports to two lists, and decodes each as one text.
    fn lists(&mut self, sweep: &Sweep<'_>, netlocs: &Netlocs) -> Result<(), Error> {
        match netlocs.few() {
            Some(few) => self.put_lists(few.iter().copied(), netlocs.span),
            None => self.put_lists(netlocs.iter(sweep), netlocs.span),
        }
    }

    #[inline]
    fn put_lists(
        &mut self,
        netlocs: impl Iterator<Item = Netloc> + Clone,
        span: Span,
    ) -> Result<(), Error> {
        let text = self.whole;
        let hosts = netlocs.clone().map(|netloc| &text[netloc.host.range()]);
        let hosts = self.draft.append(hosts);
        let ports = netlocs.map(|netloc| netloc.port.map_or("", |port| &text[port.range()]));
        let ports = self.draft.append(ports);
        for (keyword, list) in [(Keyword::Host, hosts), (Keyword::Port, ports)] {
            if !list.is_empty() {
                let list = if self.plain {
                    list
                } else {
                    self.decode(list, keyword.component(), Some(span))?
                };
                self.store(keyword, list, span)?;
            }
        }
        Ok(())
    }

    /// Decodes and keeps one part, which is the first that gives this keyword.
    #[expect(
        clippy::inline_always,
        reason = "where the keyword is a constant, most of it folds away"
    )]
    #[inline(always)]
    fn part(&mut self, keyword: Keyword, raw: Span) -> Result<(), Error> {
        let value = if self.plain {
            raw
        } else {
            self.decode(raw, keyword.component(), None)?
        };
        self.guards_on(keyword, value, raw)?;
        self.keep(keyword, value, raw);
        Ok(())
    }

    /// Decodes a part of the draft; an error is given to be at `place` where the part is no part of the text.
    fn decode(
        &mut self,
        part: Span,
        component: Component,
        location: Option<Span>,
    ) -> Result<Span, Error> {
        if self.plain {
            return Ok(part);
        }
        let space = |byte: Option<&u8>| byte == Some(&b' ');
        let bytes = self.draft.bytes(part);
        if !self.libpq && (space(bytes.first()) || space(bytes.last())) {
            if component == Component::Password {
                let span = location.unwrap_or(part);
                return Err(decode_error(ErrorKind::UnescapedSpace, component, span));
            }
            self.warnings.insert(WarningCode::TrimmedSpaces);
        }
        let decoded = self.draft.edit(part, percent::decode_in_place);
        decoded.map_err(|(kind, offset)| {
            let at = part.start() + offset;
            decode_error(kind, component, location.unwrap_or(Span::new(at, at + 1)))
        })
    }

    /// `conninfo_uri_parse_params`, with the pairs kept in the draft for the extras.
    fn query(&mut self, sweep: &Sweep<'_>, query: Span) -> Result<(), Error> {
        self.draft.open_pairs(query);
        let mut at = query.start();
        let mut walk = Walk::from(sweep, at);
        while at < query.end() {
            let (Param { key, value }, next) = libpq_uri::param(&mut walk, at)?;
            let (name, decoded, keyword);
            if self.plain {
                (name, decoded) = (key, value);
                keyword = Keyword::find(&self.text[key.range()]);
            } else {
                let decoded_name = self.decode(key, Component::Query, None)?;
                keyword = Keyword::find(self.draft.bytes(decoded_name));
                let component = keyword.map_or(Component::Query, Keyword::component);
                let decoded_value = self.decode(value, component, None)?;
                (name, decoded) = self.draft.push_pair(decoded_name, decoded_value);
            }
            match keyword {
                Some(Keyword::Host) if !self.libpq => {
                    self.hosts.push((decoded, value));
                }
                Some(keyword) => {
                    self.store(keyword, decoded, value)?;
                    *self.from_query |= keyword.bit();
                }
                None => self.other_name(name, key, decoded, value)?,
            }
            at = next;
        }
        self.draft.close_pairs(query.end());
        if self.hosts.is_empty() {
            Ok(())
        } else {
            self.put_hosts()
        }
    }

    /// A name in a query that is no keyword: an alias, an extra, or a mistake.
    #[cold]
    fn other_name(
        &mut self,
        name: Span,
        raw_name: Span,
        value: Span,
        raw: Span,
    ) -> Result<(), Error> {
        let alias = match (self.draft.bytes(name), self.draft.bytes(value)) {
            (b"ssl", b"true") => Some(SslMode::Require),
            (b"ssl", value) if !self.libpq => Some(ssl(value, raw)?),
            (b"requiressl", value) => Some(self.requiressl(value, raw)?),
            (b"unix_sock", _) if !self.libpq => return self.unix_sock(value, raw),
            _ => None,
        };
        if let Some(mode) = alias {
            *self.from_query |= Keyword::SslMode.bit();
            return self.alias(mode, raw);
        }
        if let Some(keyword) = self.options.foreign(self.draft.bytes(name)) {
            return self.foreign(keyword, value, raw);
        }
        self.extras += 1;
        let name = String::from_utf8_lossy(self.draft.bytes(name));
        self.options.check_name(&name, raw_name)?;
        guard::masked(&self.text[raw.range()], Component::Query, raw)
    }

    /// Stores what another program's name for a keyword gives, where nothing else gives it.
    fn foreign(&mut self, keyword: Keyword, value: Span, raw: Span) -> Result<(), Error> {
        let index = keyword as usize;
        if self.draft.is_set(index) && self.draft.get(index) != self.draft.bytes(value) {
            return Err(foreign_conflict(keyword, raw));
        }
        self.foreign |= keyword.bit();
        *self.from_query |= keyword.bit();
        let name = keyword.as_str();
        self.warnings
            .insert_about(WarningCode::ForeignKeyword, name);
        self.store(keyword, value, raw)
    }

    /// Stores what an alias of `sslmode` means.
    fn alias(&mut self, mode: SslMode, raw: Span) -> Result<(), Error> {
        let modes = match self.modes {
            Some(modes) => modes,
            None => *self.modes.insert(self.draft.append(std::iter::once(MODES))),
        };
        let before = SslMode::WORDS.iter().take(mode as usize);
        let start = modes.start() + before.map(|word| word.len() + 1).sum::<usize>();
        let end = start + mode.as_str().len();
        self.store(Keyword::SslMode, Span::new(start, end), raw)
    }

    /// `requiressl`: to libpq a value beginning with `1` is `require`, and any other is `prefer`.
    fn requiressl(&self, value: &[u8], raw: Span) -> Result<SslMode, Error> {
        match std::str::from_utf8(value)
            .ok()
            .and_then(SslMode::from_requiressl)
        {
            Some(mode) => Ok(mode),
            None if !self.libpq => Err(tls::wrong_requiressl(raw)),
            None if value.starts_with(b"1") => Ok(SslMode::Require),
            None => Ok(SslMode::Prefer),
        }
    }

    // ---- both

    /// Puts a value, and sees to the guards on values and to repetitions. The later one wins, as for libpq.
    #[inline]
    fn store(&mut self, keyword: Keyword, value: Span, raw: Span) -> Result<(), Error> {
        self.guards_on(keyword, value, raw)?;
        let index = keyword as usize;
        let is_other = |draft: &Draft<'_, COUNT>| draft.get(index) != draft.bytes(value);
        if !self.libpq && self.draft.is_set(index) && is_other(&self.draft) {
            if self.foreign & keyword.bit() != 0 {
                return Err(foreign_conflict(keyword, raw));
            }
            repeated(keyword, raw, self.warnings)?;
        }
        self.keep(keyword, value, raw);
        Ok(())
    }

    #[inline]
    fn keep(&mut self, keyword: Keyword, value: Span, raw: Span) {
        self.draft.put(keyword as usize, value);
        if keyword == Keyword::Dbname {
            self.database = raw;
        }
        if let Some(locations) = &mut self.locations {
            locations[keyword as usize] = raw;
        }
    }

    /// The guards on a value.
    #[expect(
        clippy::inline_always,
        reason = "where the keyword is a constant, most of it folds away"
    )]
    #[inline(always)]
    fn guards_on(&mut self, keyword: Keyword, value: Span, raw: Span) -> Result<(), Error> {
        if self.libpq {
            return Ok(());
        }
        if Keyword::SECRETS & keyword.bit() != 0 {
            return self.secret(keyword, raw);
        }
        if !keyword.is_guarded() {
            return Ok(());
        }
        let begins_oddly = || matches!(self.text.get(raw.start()), Some(b'$' | b'{' | b'<'));
        if self.seen & (MARK | ANGLE) != 0 && begins_oddly() {
            let odd = placeholder::in_part(&self.text[raw.range()]);
            self.warnings.note(odd, keyword.component().as_str());
        }
        // Where nothing was decoded, the grammar keeps out what is guarded against.
        if self.suspect || (!self.plain && value.range().len() != raw.range().len()) {
            self.guarded(keyword, value, raw)?;
        }
        Ok(())
    }

    /// The guards on a raw host, port, database or user name.
    fn guarded(&mut self, keyword: Keyword, value: Span, raw: Span) -> Result<(), Error> {
        let text = &self.text[raw.range()];
        let in_conninfo = self.scheme.is_empty();
        if self.suspect {
            let is_keyword = |name: &[u8]| {
                Keyword::find(name).is_some() || (!in_conninfo && guard::is_name(name))
            };
            guard::misplaced(text, keyword.component(), raw, in_conninfo, &is_keyword)?;
        }
        match keyword {
            Keyword::Host => {
                location::check_name(text, raw, in_conninfo)?;
                location::check_socket(self.draft.bytes(value), text, raw)
            }
            Keyword::Dbname if !in_conninfo => reject_swallowed(text, keyword.component(), raw),
            Keyword::User if memchr(b':', self.draft.bytes(value)).is_some() => {
                self.warnings.insert(WarningCode::ColonInUser);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "most secrets differ from what it looks for in their first byte"
    )]
    #[inline(always)]
    fn secret(&mut self, keyword: Keyword, raw: Span) -> Result<(), Error> {
        let text = &self.text[raw.range()];
        guard::masked(text, keyword.component(), raw)?;
        if keyword == Keyword::Password {
            self.warnings
                .note(placeholder::in_password(text), keyword.as_str());
        }
        Ok(())
    }

    /// Finishes the store, and checks the whole.
    fn finish(&mut self, netlocs: Option<(&Sweep<'_>, &Netlocs)>) -> Result<(), Error> {
        let store = match self.draft.finish(self.other_scheme) {
            Ok(store) => store,
            Err(index) => return Err(self.not_utf8(index)),
        };
        let of_query = Keyword::Host.bit() | Keyword::HostAddr.bit() | Keyword::Port.bit();
        // A comma that is escaped or in brackets makes two hosts of one netloc.
        let as_many = self.plain
            && self.seen & BRACKET == 0
            && netlocs.is_some_and(|(_, netlocs)| netlocs.commas > 0)
            && *self.from_query & of_query == 0;
        if let Err(failure) = check::check(store, as_many) {
            let component = failure.keyword.component();
            let location = self.locations()[failure.keyword as usize];
            let span = element(self.text, location, &failure, netlocs);
            return Err(failure.error.at(component, span));
        }
        let (text, database) = (self.text, self.database);
        if self.libpq || database.is_empty() {
            return Ok(());
        }
        let has_host = store.get(Keyword::Host as usize).is_some();
        let raw = &text[database.range()];
        location::check_database(raw, database, has_host)?;
        let in_path = netlocs.is_some() && *self.from_query & Keyword::Dbname.bit() == 0;
        if in_path && !has_host {
            location::check_path(raw, database)?;
        }
        Ok(())
    }
}

/// A keyword and another program's name for it have different values.
#[cold]
pub(super) fn foreign_conflict(keyword: Keyword, raw: Span) -> Error {
    let name = keyword.as_str();
    let detail = format!("`{name}` and another program's name for it have different values");
    parse_error(ErrorKind::Conflict, keyword.component(), raw, detail)
        .with_help(format!("keep `{name}`: it is libpq's name"))
}

/// A keyword is given twice with different values.
#[cold]
pub(super) fn repeated(
    keyword: Keyword,
    raw: Span,
    warnings: &mut WarningSet,
) -> Result<(), Error> {
    if keyword.row().topic != Topic::Tls {
        warnings.insert_about(WarningCode::RepeatedSetting, keyword.as_str());
        return Ok(());
    }
    let detail = "it is given twice with different values";
    Err(
        parse_error(ErrorKind::Conflict, keyword.component(), raw, detail).with_help(
            "keep the one that is meant; `ssl` and `requiressl` are other spellings of `sslmode`",
        ),
    )
}

/// `ssl` in the default dialect.
pub(super) fn ssl(value: &[u8], raw: Span) -> Result<SslMode, Error> {
    let value = std::str::from_utf8(value).unwrap_or_default();
    SslMode::from_ssl(value).ok_or_else(|| tls::wrong_ssl(value, raw))
}
