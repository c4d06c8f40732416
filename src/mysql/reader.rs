//! A string that is read part by part into an assembly, as Go DSNs and JDBC URLs are.

use crate::config::Location;
use crate::error::Error;
use crate::mysql::alias::Names;
use crate::mysql::assembly::Assembly;
use crate::mysql::config::Config;
use crate::mysql::keyword::Keyword;
use crate::secret::Secret;
use crate::span::Span;

pub(super) struct ParamReader<'t> {
    pub(super) text: &'t str,
    pub(super) config: Assembly<'t>,
}

impl<'t> ParamReader<'t> {
    pub(super) fn new(text: &'t str, names: Names, scheme: &'t str) -> Self {
        Self {
            text,
            config: Assembly::of_text(names, scheme),
        }
    }

    pub(super) const fn at(&self, span: Span) -> Location<'t> {
        Location::Text {
            whole: self.text,
            span,
        }
    }

    pub(super) fn raw(&self, span: Span) -> &'t [u8] {
        &self.text.as_bytes()[span.range()]
    }

    pub(super) fn set(&mut self, keyword: Keyword, text: Secret, span: Span) -> Result<(), Error> {
        self.config.set(keyword, text, self.at(span))
    }

    /// Sets what is data as it is written.
    pub(super) fn set_raw(&mut self, keyword: Keyword, span: Span) -> Result<(), Error> {
        self.set(keyword, Secret::from(&self.text[span.range()]), span)
    }

    /// Reads a decoded parameter.
    pub(super) fn param(
        &mut self,
        name: Secret,
        value: Secret,
        name_span: Span,
        span: Span,
    ) -> Result<(), Error> {
        let (name_at, at) = (self.at(name_span), self.at(span));
        self.config.param(name, value, name_at, at).map(drop)
    }

    pub(super) fn without_value(&mut self, span: Span) -> Result<(), Error> {
        self.config.without_value(&self.text[span.range()], span)
    }

    pub(super) fn finish(mut self) -> Result<Config, Error> {
        self.config.finish()
    }
}
