//! Settings of an engine by any of its names, read as a URL's query is, each with the field that gave it.

use crate::config::Location;
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;
use crate::mistake::of_port;
use crate::mysql;
use crate::postgres;
use crate::settings::fields::collect::{Fields, Given};
use crate::settings::fields::slot::Slot;
use crate::source::Source;
use crate::span::Component;
use crate::warning::{Warning, WarningCode};

/// Warnings that depend on more than one setting.
const OF_SEVERAL: &[WarningCode] = &[WarningCode::CertificateUnused, WarningCode::CaUnused];

/// What an engine makes of the settings of a section.
pub(super) struct Settings<'f, C> {
    pub(super) config: C,
    pub(super) read: Read<'f>,
}

/// What the names of the settings are to the engine.
#[derive(Default)]
pub(super) struct Read<'f> {
    /// Where each field of the config was given, by the field's name.
    pub(super) sources: Vec<(&'static str, &'f Source)>,
    /// The settings that are the engine's, by their index; any other stays the program's.
    pub(super) known: Vec<usize>,
    /// The settings that say something of TLS, by their index.
    pub(super) tls: Vec<usize>,
}

impl<'f> Read<'f> {
    /// Where a field of the config was given.
    pub(super) fn location(&self, field: &str) -> Location<'f> {
        let found = self.sources.iter().find(|(known, _)| *known == field);
        found.map_or(Location::Caller, |(_, source)| Location::Source(source))
    }
}

impl Fields<'_> {
    /// The settings that may be an engine's, each with its index, and where it was given.
    fn words(&self) -> impl Iterator<Item = (usize, &str, &str, &Source)> {
        let entries = self.entries.iter().enumerate();
        entries.filter_map(|(index, entry)| {
            let word = entry.word.as_ref()?;
            Some((index, &*entry.name, word.as_str(), &entry.from))
        })
    }

    /// The settings of Postgres next to a URL, which says more.
    pub(super) fn settings_of_postgres(&self) -> Result<Settings<'_, postgres::Config>, Error> {
        let (config, read) = self.read_postgres()?;
        let config = config.finish().map_err(|error| self.blame(error))?;
        Ok(Settings { config, read })
    }

    /// The settings of Postgres, in an assembly that the parts may be added to.
    pub(super) fn read_postgres(&self) -> Result<(postgres::Assembly<'_>, Read<'_>), Error> {
        use postgres::Keyword;

        let mut config = postgres::Assembly::new(postgres::ParseOptions::new(), "", 5432);
        let mut read = Read::default();
        for (index, name, text, from) in self.words() {
            let at = Location::Source(from);
            let keyword = config.param(name, text, at, at)?;
            if keyword.is_some() {
                read.known.push(index);
            }
            if keyword == Some(Keyword::SslMode) {
                read.tls.push(index);
            }
        }
        let source = |keyword: &Keyword| {
            let source = config.location(*keyword)?.source()?;
            Some((keyword.component().as_str(), source))
        };
        read.sources = Keyword::ALL.iter().filter_map(source).collect();
        Ok((config, read))
    }

    pub(super) fn settings_of_mysql(&self) -> Result<Settings<'_, mysql::Config>, Error> {
        use mysql::Keyword;

        let mut config = mysql::Assembly::new("", 3306);
        let mut read = Read::default();
        for (index, name, text, from) in self.words() {
            let at = Location::Source(from);
            let keywords = config.param(name, text, at, at)?;
            if keywords.is_some() {
                read.known.push(index);
            }
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
            Some((keyword.component().as_str(), source))
        };
        read.sources = Keyword::ALL.iter().filter_map(source).collect();
        let config = config.finish().map_err(|error| self.blame(error))?;
        Ok(Settings { config, read })
    }

    /// What each setting gives reason to warn of, with its location; `all` are the warnings of all together.
    pub(super) fn warnings_of_settings(
        &self,
        engine: Engine,
        all: impl IntoIterator<Item = Warning>,
    ) -> Vec<Warning> {
        let codes: Vec<_> = all.into_iter().map(|warning| warning.code()).collect();
        if codes.is_empty() {
            return Vec::new();
        }
        // What a setting lacks by itself another one may say.
        let counts = |warning: &Warning| {
            !OF_SEVERAL.contains(&warning.code()) || codes.contains(&warning.code())
        };
        let found = self.words().flat_map(|(_, name, text, from)| {
            let one = alone(engine, name, text);
            let warnings = one.into_iter().flat_map(|one| one.warnings());
            warnings.filter(counts).map(|warning| warning.about(from))
        });
        found.collect()
    }

    /// An error with the field that it is about.
    pub(super) fn blame(&self, error: Error) -> Error {
        let component = error.component();
        let is_of = |slot: Slot| {
            Some(slot.component()) == component
                || slot == Slot::Socket && component == Some(Component::Host)
        };
        let slot = self.slots.iter().find(|(slot, _)| is_of(*slot));
        match (slot, error.origin()) {
            (Some((slot, given)), from) if from.is_none_or(|from| *from == given.from) => {
                let error = match slot {
                    Slot::Port => of_port(error, given.text.as_str()),
                    _ => error,
                };
                error.without_span().with_source(&given.from)
            }
            (_, Some(_)) => error,
            (_, None) => error.without_span().with_source(&self.section),
        }
    }
}

impl Given<'_> {
    /// The value, and where it is.
    pub(super) fn located(&self) -> (&str, Location<'_>) {
        (self.text.as_str(), Location::Source(&self.from))
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
