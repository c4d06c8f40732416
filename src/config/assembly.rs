//! Values by keyword, each with its location, on the way to a store.
//!
//! This is how settings become a config unless they come in a URL or in keyword/value text, which are decoded in place: from
//! JDBC URLs and Go DSNs, settings files, variables, bound services and the `with_*` methods. The engines add what their
//! names mean and check the whole. A location goes along with its value, so that errors and provenance need no second look.

use std::collections::HashSet;

use crate::config::store::Store;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::source::ValueSource;
use crate::span::{Component, Span};

/// A value that is borrowed, or that was decoded and is wiped.
pub(crate) enum Text<'t> {
    Borrowed(&'t str),
    Owned(Secret),
}

impl Text<'_> {
    /// The same value again; a decoded one is copied.
    pub(crate) fn again(&self) -> Self {
        match self {
            Self::Borrowed(text) => Self::Borrowed(text),
            Self::Owned(text) => Self::Owned(text.clone()),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text.expose(),
        }
    }
}

impl<'t> From<&'t str> for Text<'t> {
    fn from(text: &'t str) -> Self {
        Self::Borrowed(text)
    }
}

impl From<Secret> for Text<'_> {
    fn from(text: Secret) -> Self {
        Self::Owned(text)
    }
}

/// Where a value was given.
#[derive(Clone, Copy, Default)]
pub(crate) enum Location<'l> {
    /// By the caller.
    #[default]
    Caller,
    /// In a string, in which some characters may be escaped.
    Text { whole: &'l str, span: Span },
    /// In a field of a file or in a variable: the value is data as it is.
    #[cfg_attr(
        not(any(feature = "json", feature = "yaml")),
        expect(dead_code, reason = "sections of settings files have one")
    )]
    Value(&'l ValueSource),
}

impl<'l> Location<'l> {
    /// The value as it was written, if escapes or delimiters may be part of it.
    pub(crate) fn raw(self) -> Option<(&'l [u8], Span)> {
        match self {
            Self::Text { whole, span } => Some((&whole.as_bytes()[span.range()], span)),
            Self::Caller | Self::Value(_) => None,
        }
    }

    /// The field or variable that holds the value.
    #[cfg_attr(
        not(any(feature = "json", feature = "yaml")),
        expect(dead_code, reason = "sections of settings files have one")
    )]
    pub(crate) const fn source(self) -> Option<&'l ValueSource> {
        match self {
            Self::Value(source) => Some(source),
            Self::Caller | Self::Text { .. } => None,
        }
    }

    /// Rejects a NUL in a value that was not decoded from a string.
    #[inline]
    pub(crate) fn check_nul(
        self,
        component: impl FnOnce() -> Component,
        text: &str,
    ) -> Result<(), Error> {
        if self.raw().is_some() || !has_nul(text) {
            return Ok(());
        }
        Err(self.of(nul().of(component())))
    }

    /// An error about a host or its port, with the location of the one that it is about.
    #[cold]
    pub(crate) fn of_server(error: Error, [host, port]: [Self; 2]) -> Error {
        match error.component() {
            Some(Component::Port) => port.of(error),
            _ => host.of(error),
        }
    }

    /// An error about the value, with its location.
    #[cold]
    pub(crate) fn of(self, error: Error) -> Error {
        match self {
            Self::Caller => error.without_span(),
            Self::Text { span, .. } => {
                let component = error.component().unwrap_or(Component::Text);
                error.at(component, span)
            }
            Self::Value(source) => error.without_span().with_source(&source.to_source()),
        }
    }
}

#[inline(never)]
fn has_nul(text: &str) -> bool {
    text.as_bytes().contains(&0)
}

#[cold]
pub(crate) fn nul() -> Error {
    Error::new(ErrorKind::NulByte, "no server takes one")
        .with_help("remove it; a password cannot hold it")
}

/// The values of up to `N` keywords, by index, and the parameters in order.
pub(crate) struct Assembly<'a, const N: usize> {
    values: [Option<(Text<'a>, Location<'a>)>; N],
    pairs: Vec<(Text<'a>, Text<'a>)>,
}

impl<'a, const N: usize> Assembly<'a, N> {
    pub(crate) const fn new() -> Self {
        Self {
            values: [const { None }; N],
            pairs: Vec::new(),
        }
    }

    /// The values of a store, to be changed.
    pub(crate) fn of(store: &'a Store<N>) -> Self {
        let value = |index| Some((Text::Borrowed(store.get(index)?), Location::Caller));
        Self {
            values: std::array::from_fn(value),
            pairs: Vec::new(),
        }
    }

    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        self.values[index].as_ref().map(|(text, _)| text.as_str())
    }

    /// Adds what is set in another one, and only there, and its parameters.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn complete(&mut self, other: Self) {
        for (value, other) in self.values.iter_mut().zip(other.values) {
            if value.is_none() {
                *value = other;
            }
        }
        self.pairs.extend(other.pairs);
    }

    /// The values that fields of a file and variables gave, and where.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn sources(&self) -> impl Iterator<Item = (usize, &'a ValueSource)> {
        let values = self.values.iter().enumerate();
        values.filter_map(|(index, value)| Some((index, value.as_ref()?.1.source()?)))
    }

    /// A bit for each value that is set.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn set_bits(&self) -> u64 {
        let values = self.values.iter().rev();
        values.fold(0, |bits, value| bits << 1 | u64::from(value.is_some()))
    }

    pub(crate) fn location(&self, index: usize) -> Option<Location<'a>> {
        self.values[index].as_ref().map(|(_, location)| *location)
    }

    /// Sets a value.
    pub(crate) fn set(&mut self, index: usize, text: impl Into<Text<'a>>, at: Location<'a>) {
        self.values[index] = Some((text.into(), at));
    }

    pub(crate) fn unset(&mut self, index: usize) {
        self.values[index] = None;
    }

    /// Adds a parameter that the engine keeps as it was written.
    pub(crate) fn pair(&mut self, name: impl Into<Text<'a>>, value: impl Into<Text<'a>>) {
        self.pairs.push((name.into(), value.into()));
    }

    /// Puts parameters in front of those that there are, of which only new names are kept.
    pub(crate) fn lead(&mut self, pairs: impl Iterator<Item = (&'a str, &'a str)>) {
        let own = std::mem::take(&mut self.pairs);
        let pairs = pairs.map(|(name, value)| (name.into(), value.into()));
        self.pairs.extend(pairs);
        if !own.is_empty() {
            let known: HashSet<_> = self.pairs.iter().map(|(name, _)| name.as_str()).collect();
            let is_new = |(name, _): &(Text<'_>, _)| !known.contains(name.as_str());
            let own: Vec<_> = own.into_iter().filter(is_new).collect();
            self.pairs.extend(own);
        }
    }

    /// An error about a value, with the location of the value if it is set.
    pub(crate) fn placed(&self, index: usize, error: Error) -> Error {
        self.location(index).unwrap_or(Location::Caller).of(error)
    }

    /// Lays the values out in a store, after the scheme.
    pub(crate) fn finish(&self, scheme: &str) -> Store<N> {
        let (mut values, mut len) = ([(0, ""); N], 0);
        for (index, value) in self.values.iter().enumerate() {
            if let Some((text, _)) = value {
                values[len] = (index, text.as_str());
                len += 1;
            }
        }
        let pairs = self.pairs.iter();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        Store::build(scheme, &values[..len], &pairs)
    }
}
