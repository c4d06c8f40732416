//! Settings of an engine by any of its names, read as a URL's query is, each with the field that gave it.

use std::collections::HashMap;

use crate::config::Location;
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;
use crate::mistake::of_port;
use crate::mysql;
use crate::postgres;
use crate::settings::fields::{Fields, Given, Slot};
use crate::source::Source;
use crate::span::Component;
use crate::warning::{Warning, WarningCode};

/// Warnings that depend on more than one setting.
const OF_SEVERAL: &[WarningCode] = &[WarningCode::CertificateUnused, WarningCode::CaUnused];

/// What an engine makes of the settings of a section.
pub(super) struct Settings<C> {
    pub(super) config: C,
    pub(super) read: Read,
}

/// What the names of the settings are to the engine.
#[derive(Default)]
pub(super) struct Read {
    /// Where each field of the config was given, by the field's name.
    pub(super) sources: Vec<(&'static str, Source)>,
    /// Whether a name is a setting of the engine; any other stays an extra.
    known: HashMap<String, bool>,
    /// The settings that say something of TLS, by their index.
    pub(super) tls: Vec<usize>,
}

impl Read {
    fn note(&mut self, name: &str, is_known: bool) {
        self.known.entry(name.to_owned()).or_insert(is_known);
    }

    pub(super) fn is_setting(&self, name: &str) -> bool {
        self.known.get(name) == Some(&true)
    }

    /// Where a field of the config was given.
    pub(super) fn source(&self, field: &str) -> Option<&Source> {
        let found = self.sources.iter().find(|(known, _)| *known == field);
        found.map(|(_, source)| source)
    }

    pub(super) fn location(&self, field: &str) -> Location<'_> {
        self.source(field)
            .map_or(Location::Caller, Location::Source)
    }
}

impl Fields {
    pub(super) fn settings_of_postgres(&self) -> Result<Settings<postgres::Config>, Error> {
        use postgres::Keyword;

        let mut config = postgres::Assembly::new(postgres::ParseOptions::new(), "", 5432);
        let mut read = Read::default();
        for (index, (name, given)) in self.params.iter().enumerate() {
            let (text, at) = given.located();
            let keyword = config.param(name.as_str(), text, at, at)?;
            read.note(name, keyword.is_some());
            if keyword == Some(Keyword::SslMode) {
                read.tls.push(index);
            }
        }
        let source = |keyword: &Keyword| {
            let source = config.location(*keyword)?.source()?;
            Some((keyword.component().as_str(), source.clone()))
        };
        read.sources = Keyword::ALL.iter().filter_map(source).collect();
        let config = config.finish().map_err(|error| self.blame(error))?;
        Ok(Settings { config, read })
    }

    pub(super) fn settings_of_mysql(&self) -> Result<Settings<mysql::Config>, Error> {
        use mysql::Keyword;

        let mut config = mysql::Assembly::new("", 3306);
        let mut read = Read::default();
        for (index, (name, given)) in self.params.iter().enumerate() {
            let (text, at) = given.located();
            let keywords = config.param(name.as_str(), text, at, at)?;
            read.note(name, keywords.is_some());
            let of_tls = [Keyword::SslMode, Keyword::SslCa, Keyword::SslCapath];
            if of_tls
                .iter()
                .any(|of_tls| keywords.unwrap_or(0) & of_tls.bit() != 0)
            {
                read.tls.push(index);
            }
        }
        config.settle_tls().map_err(|error| self.blame(error))?;
        let source = |keyword: &Keyword| {
            let source = config.location(*keyword)?.source()?;
            Some((keyword.component().as_str(), source.clone()))
        };
        read.sources = Keyword::ALL.iter().filter_map(source).collect();
        let config = config.finish().map_err(|error| self.blame(error))?;
        Ok(Settings { config, read })
    }

    /// Warns of each setting that gives reason to, with its location.
    pub(super) fn warn_of_settings(&mut self, engine: Engine, all: impl Iterator<Item = Warning>) {
        let codes: Vec<_> = all.map(|warning| warning.code()).collect();
        if codes.is_empty() {
            return;
        }
        // What a setting lacks by itself another one may say.
        let counts = |warning: &Warning| {
            !OF_SEVERAL.contains(&warning.code()) || codes.contains(&warning.code())
        };
        let found = self.params.iter().flat_map(|(name, given)| {
            let one = alone(engine, name, given.text.expose());
            let warnings = one.into_iter().flat_map(|one| one.warnings());
            warnings
                .filter(counts)
                .map(|warning| warning.about(&given.from))
        });
        let found: Vec<_> = found.collect();
        self.warnings.extend(found);
    }

    /// An error with the field that it is about.
    pub(super) fn blame(&self, error: Error) -> Error {
        let component = error.component();
        let is_of = |slot: Slot| {
            Some(slot.component()) == component
                || slot == Slot::Socket && component == Some(Component::Host)
        };
        let slot = self.slots.iter().find(|(slot, _)| is_of(*slot));
        match (slot, error.provenance()) {
            (Some((slot, given)), from) if from.is_none_or(|from| *from == given.from) => {
                let error = match slot {
                    Slot::Port => of_port(error, given.text.expose()),
                    _ => error,
                };
                error.without_span().said_by(&given.from)
            }
            (_, Some(_)) => error,
            (_, None) => error.without_span().said_by(&self.section),
        }
    }
}

impl Given {
    /// The value, and where it is.
    pub(super) fn located(&self) -> (&str, Location<'_>) {
        (self.text.expose(), Location::Source(&self.from))
    }
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
