//! Settings of an engine by any of its names, read as a URL's query is, each with the field that gave it.

use crate::config::Location;
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;
use crate::mysql;
use crate::postgres;
use crate::settings::section::collect::{Fields, LocatedText, SectionEntry};
use crate::source::ValueSource;
use crate::warning::{Warning, WarningCode};

/// What the names of the settings are to the engine.
#[derive(Default)]
pub(super) struct Read {
    /// Where each field of the config was given, by the field's name, except for what a URL gives.
    pub(super) fields: Vec<(&'static str, ValueSource)>,
    /// How many of the settings are the engine's.
    known: usize,
    /// The settings that say something of TLS, by their index.
    pub(super) tls: Vec<usize>,
}

impl Read {
    /// Nothing but where the fields were given.
    pub(super) fn of<'f>(sources: impl Iterator<Item = (&'static str, &'f ValueSource)>) -> Self {
        let mut read = Self::default();
        read.locate(sources);
        read
    }

    pub(super) fn locate<'f>(
        &mut self,
        sources: impl Iterator<Item = (&'static str, &'f ValueSource)>,
    ) {
        // The settings, and at most six parts.
        self.fields.reserve(self.known + 6);
        self.fields
            .extend(sources.map(|(name, from)| (name, from.clone())));
    }
}

impl Fields<'_> {
    /// The settings that may be an engine's, each with its index and its value.
    fn words(&self) -> impl Iterator<Item = (usize, &SectionEntry<'_>, &str)> {
        let entries = self.entries.iter().enumerate();
        entries.filter_map(|(index, entry)| Some((index, entry, entry.word?)))
    }

    /// The settings of Postgres, in an assembly that the parts may be added to.
    pub(super) fn read_postgres(&self) -> Result<(postgres::Assembly<'_>, Read), Error> {
        let mut config = postgres::Assembly::new(postgres::ParseOptions::new(), "", 5432);
        let read = self.read(|name, text, at| {
            let keyword = config.param(name, text, at, at)?;
            Ok(keyword.map(|keyword| keyword == postgres::Keyword::SslMode))
        })?;
        Ok((config, read))
    }

    /// The same of MySQL.
    pub(super) fn read_mysql(&self) -> Result<(mysql::Assembly<'_>, Read), Error> {
        use mysql::Keyword;

        let of_tls = Keyword::SslMode.bit() | Keyword::SslCa.bit() | Keyword::SslCapath.bit();
        let mut config = mysql::Assembly::of_settings();
        let read = self.read(|name, text, at| {
            let keywords = config.param(name, text, at, at)?;
            Ok(keywords.map(|keywords| keywords & of_tls != 0))
        })?;
        Ok((config, read))
    }

    /// Reads each setting; `param` tells of the engine's own whether it says something of TLS.
    fn read<'f>(
        &'f self,
        mut param: impl FnMut(&'f str, &'f str, Location<'f>) -> Result<Option<bool>, Error>,
    ) -> Result<Read, Error> {
        let mut read = Read::default();
        for (index, entry, text) in self.words() {
            let is_of_tls = param(&entry.name, text, Location::Value(&entry.from))?;
            entry.is_known.set(is_of_tls.is_some());
            read.known += usize::from(is_of_tls.is_some());
            if is_of_tls == Some(true) {
                read.tls.push(index);
            }
        }
        Ok(read)
    }

    /// What each setting gives reason to warn of, with its location; `all` are the warnings of all together.
    pub(super) fn warnings_of_settings<'w>(
        &self,
        engine: Engine,
        all: impl Iterator<Item = &'w Warning>,
    ) -> Vec<Warning> {
        let codes: Vec<_> = all.map(Warning::code).collect();
        if codes.is_empty() {
            return Vec::new();
        }
        // What a setting lacks by itself another one may say.
        let counts = |warning: &Warning| !is_of_several(warning) || codes.contains(&warning.code());
        let found = self.words().flat_map(|(_, entry, text)| {
            let one = alone(engine, &entry.name, text);
            let warnings = one.into_iter().flat_map(|one| one.warnings());
            warnings
                .filter(counts)
                .map(|warning| warning.about(&entry.from.to_source()))
        });
        found.collect()
    }
}

impl LocatedText<'_> {
    /// The value, and where it is.
    pub(super) fn located(&self) -> (&str, Location<'_>) {
        (self.text.as_str(), Location::Value(&self.from))
    }
}

/// Whether a warning depends on more than one setting.
pub(super) fn is_of_several(warning: &Warning) -> bool {
    matches!(
        warning.code(),
        WarningCode::CertificateUnused | WarningCode::CaUnused
    )
}

/// One setting by itself, if the engine takes it.
pub(super) fn alone(engine: Engine, name: &str, value: &str) -> Option<Database> {
    let at = Location::Caller;
    if engine == Engine::MySql {
        let mut one = mysql::Assembly::new("", 3306);
        one.param(name, value, at, at).ok()?;
        return one.finish().ok().map(Into::into);
    }
    let mut one = postgres::Assembly::new(postgres::ParseOptions::new(), "", 5432);
    one.param(name, value, at, at).ok()?;
    one.finish().ok().map(Into::into)
}
