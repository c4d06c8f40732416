//! A config made of values that come one by one: what a name means, what is given twice, and the check of the whole.

use crate::config::tls_name::reject_swallowed;
use crate::config::{self, Location, Text};
use crate::error::Error;
use crate::grammar::{guard, placeholder};
use crate::postgres::check::{self, CheckFailure};
use crate::postgres::config::Config;
use crate::postgres::keyword::{COUNT, Keyword};
use crate::postgres::location;
use crate::postgres::options::ParseOptions;
use crate::postgres::tls::{self, SslMode};
use crate::postgres::url::{foreign_conflict, repeated, ssl};
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::source::ValueSource;
use crate::span::{Component, Span};
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::warning::Warning;
use crate::warning::{WarningCode, WarningSet};

/// A config in the making.
pub(crate) struct Assembly<'a> {
    values: config::Assembly<'a, COUNT>,
    options: ParseOptions,
    scheme: &'a str,
    default_port: u16,
    pub(super) warnings: WarningSet,
    /// A bit for each keyword that a parameter gave.
    pub(super) from_query: u64,
    /// A bit for each keyword that another program's name gave.
    foreign: u64,
}

impl<'a> Assembly<'a> {
    /// Nothing set, for a scheme and its port.
    pub(crate) fn new(options: ParseOptions, scheme: &'a str, default_port: u16) -> Self {
        Self {
            values: config::Assembly::new(),
            options,
            scheme,
            default_port,
            warnings: WarningSet::new(),
            from_query: 0,
            foreign: 0,
        }
    }

    /// The values of a config without its extras, to be changed.
    pub(crate) fn of(config: &'a Config) -> Self {
        Self {
            values: config::Assembly::of(&config.store),
            options: ParseOptions::new(),
            scheme: config.scheme().unwrap_or_default(),
            default_port: config.default_port,
            warnings: config.warnings.clone(),
            from_query: 0,
            foreign: 0,
        }
    }

    /// The values of a config, and what of these it does not set.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn over(config: &'a Config, settings: Self) -> Self {
        let mut whole = Self::of(config);
        whole.values.complete(settings.values);
        whole
    }

    /// Where the values were given that are not the caller's.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&'static str, &'a ValueSource)> {
        let sources = self.values.sources();
        sources.map(|(index, source)| (Keyword::ALL[index].component().as_str(), source))
    }

    pub(crate) fn get(&self, keyword: Keyword) -> Option<&str> {
        self.values.get(keyword as usize)
    }

    /// Puts the parameters of a config in front.
    pub(super) fn lead(&mut self, pairs: impl Iterator<Item = (&'a str, &'a str)>) {
        self.values.lead(pairs);
    }

    pub(super) fn location(&self, keyword: Keyword) -> Option<Location<'a>> {
        self.values.location(keyword as usize)
    }

    /// Sets a value in place of another one.
    #[inline]
    pub(crate) fn replace(
        &mut self,
        keyword: Keyword,
        text: impl Into<Text<'a>>,
        at: Location<'a>,
    ) -> Result<(), Error> {
        let text = text.into();
        at.check_nul(|| keyword.component(), text.as_str())?;
        self.values.set(keyword as usize, text, at);
        Ok(())
    }

    /// Lets the config be written as one that no query gave; gives its warnings so far.
    #[cfg_attr(
        not(any(feature = "json", feature = "yaml")),
        expect(dead_code, reason = "for sections of settings files")
    )]
    pub(crate) fn forget_spelling(&mut self) -> WarningSet {
        self.from_query = 0;
        std::mem::take(&mut self.warnings)
    }

    /// Checks what is set as a config of its own, and gives its warnings.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn check_alone(&mut self) -> Result<Vec<Warning>, Error> {
        let set = self.values.set_bits();
        if set & check::TOGETHER != 0 {
            return Ok(self.finish()?.warnings().collect());
        }
        let checked = check::values(set, |index| self.values.get(index));
        checked.map_err(|failure| self.misfit(failure))?;
        Ok(self.forget_spelling().iter().collect())
    }

    /// What a check found, with its location.
    fn misfit(&self, failure: CheckFailure) -> Error {
        self.values.placed(failure.keyword as usize, failure.error)
    }

    pub(crate) fn unset(&mut self, keyword: Keyword) {
        self.values.unset(keyword as usize);
    }

    /// Adds a parameter that is no keyword, unchecked.
    pub(crate) fn extra(&mut self, name: impl Into<Text<'a>>, value: impl Into<Text<'a>>) {
        self.values.pair(name, value);
    }

    /// Sets a value; of two that differ the later one wins, except for TLS, where they are an error.
    #[inline]
    pub(crate) fn set(
        &mut self,
        keyword: Keyword,
        text: impl Into<Text<'a>>,
        at: Location<'a>,
    ) -> Result<(), Error> {
        let text = text.into();
        match at.raw() {
            Some((raw, span)) => self.guard(keyword, raw, span)?,
            None => self.check(keyword, text.as_str(), at)?,
        }
        let known = self.get(keyword);
        if known.is_some_and(|known| known != text.as_str()) {
            self.differs(keyword).map_err(|error| at.of(error))?;
        }
        self.replace(keyword, text, at)
    }

    /// Warns of another value, or rejects it.
    #[cold]
    fn differs(&mut self, keyword: Keyword) -> Result<(), Error> {
        if self.foreign & keyword.bit() != 0 {
            return Err(foreign_conflict(keyword, Span::default()));
        }
        repeated(keyword, Span::default(), &mut self.warnings)
    }

    /// What a value looks like that is data as it is, but no user or no host.
    #[inline]
    fn check(&mut self, keyword: Keyword, text: &str, at: Location<'a>) -> Result<(), Error> {
        if keyword == Keyword::User && text.contains(':') {
            self.warnings.insert(WarningCode::ColonInUser);
        }
        if keyword != Keyword::Host {
            return Ok(());
        }
        let socket = location::check_socket(text.as_bytes(), text.as_bytes(), span_of(text));
        socket.map_err(|error| at.of(error))
    }

    /// What a raw value looks like that belongs elsewhere, or that nothing has filled in.
    fn guard(&mut self, keyword: Keyword, raw: &[u8], span: Span) -> Result<(), Error> {
        let component = keyword.component();
        if keyword.is_guarded() {
            guard::misplaced(raw, component, span, false, &guard::is_name)?;
            reject_swallowed(raw, component, span)?;
        }
        let odd = match keyword {
            Keyword::Password => placeholder::in_password(raw),
            _ if keyword.is_guarded() => placeholder::in_part(raw),
            _ => None,
        };
        self.warnings.note(odd, component.as_str());
        if keyword.is_secret() {
            guard::masked(raw, component, span)?;
        }
        Ok(())
    }

    /// Reads a setting by any name that a query may have for it. Gives its keyword, or `None` for an extra.
    pub(crate) fn param(
        &mut self,
        name: impl Into<Text<'a>>,
        value: impl Into<Text<'a>>,
        name_at: Location<'a>,
        at: Location<'a>,
    ) -> Result<Option<Keyword>, Error> {
        let (name, mut value) = (name.into(), value.into());
        let keyword = if let Some(keyword) = Keyword::find(name.as_str().as_bytes()) {
            keyword
        } else if let Some(mode) = alias(name.as_str(), value.as_str()) {
            value = mode.map_err(|error| at.of(error))?.as_str().into();
            Keyword::SslMode
        } else if let Some(keyword) = self.options.foreign(name.as_str().as_bytes()) {
            self.foreign(keyword, value.as_str(), at)?;
            keyword
        } else {
            let checked = self.options.check_name(name.as_str(), Span::default());
            checked.map_err(|error| name_at.of(error))?;
            if let Some((raw, span)) = at.raw() {
                guard::masked(raw, Component::Query, span)?;
            }
            name_at.check_nul(|| Component::Query, name.as_str())?;
            at.check_nul(|| Component::Query, value.as_str())?;
            self.extra(name, value);
            return Ok(None);
        };
        self.set(keyword, value, at)?;
        self.from_query |= keyword.bit();
        Ok(Some(keyword))
    }

    /// Notes that another program's name for a keyword gives its value, where nothing else does.
    fn foreign(&mut self, keyword: Keyword, value: &str, at: Location<'a>) -> Result<(), Error> {
        let known = self.get(keyword);
        if known.is_some_and(|known| known != value) {
            return Err(at.of(foreign_conflict(keyword, Span::default())));
        }
        self.foreign |= keyword.bit();
        self.warnings
            .insert_about(WarningCode::ForeignKeyword, keyword.as_str());
        Ok(())
    }

    /// Checks the whole, and makes the config.
    pub(crate) fn finish(&mut self) -> Result<Config, Error> {
        let store = self.values.finish(self.scheme);
        check::check(&store, false).map_err(|failure| self.misfit(failure))?;
        Ok(Config {
            store,
            scheme: span_of(self.scheme),
            default_port: self.default_port,
            warnings: std::mem::take(&mut self.warnings),
            from_query: self.from_query,
        })
    }
}

fn span_of(text: &str) -> Span {
    Span::new(0, text.len())
}

/// The mode that `ssl` or `requiressl` means.
fn alias(name: &str, value: &str) -> Option<Result<SslMode, Error>> {
    match name {
        "ssl" => Some(ssl(value.as_bytes(), Span::default())),
        "requiressl" => {
            let mode = SslMode::from_requiressl(value);
            Some(mode.ok_or_else(|| tls::wrong_requiressl(Span::default())))
        }
        _ => None,
    }
}
