//! Where a value that cannot be used is in the string.

use crate::config::url::decode_error;
use crate::error::{Error, ErrorKind};
use crate::grammar::libpq_uri;
use crate::postgres::config::Config;
use crate::postgres::keyword::{COUNT, Keyword};
use crate::span::{Component, Span};

use super::{Parser, fill};

impl Parser<'_, '_> {
    /// What was decoded for a keyword, or else for a name of the query, is not UTF-8.
    #[cold]
    pub(super) fn not_utf8(&self, keyword: Option<usize>) -> Error {
        let (component, location) = if let Some(index) = keyword {
            (Keyword::ALL[index].component(), self.locations()[index])
        } else {
            let location = self
                .query
                .map(|query| libpq_uri::not_utf8(self.text, query));
            (Component::Query, location.unwrap_or_default())
        };
        decode_error(ErrorKind::InvalidUtf8, component, location)
    }

    /// Where each keyword's value is in the text. Only few need it, so it is found by reading the text once more.
    #[cold]
    pub(super) fn locations(&self) -> [Span; COUNT] {
        if let Some(locations) = &self.locations {
            return **locations;
        }
        let mut locations = [Span::default(); COUNT];
        let mut config = Config::empty(self.scheme, 0);
        let Self {
            options,
            whole,
            other_scheme,
            ..
        } = *self;
        // It fails as it did before, when all of it was read.
        let _ = fill(
            options,
            whole,
            other_scheme,
            &mut config,
            Some(&mut locations),
        );
        locations
    }
}
