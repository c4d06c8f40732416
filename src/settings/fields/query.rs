//! Settings of an engine, read as the query of a URL is.

use crate::database::Database;
use crate::error::Error;
use crate::mistake::of_port;
use crate::place::Component;
use crate::scheme::Engine;
use crate::secret::Secret;
use crate::settings::fields::{Fields, Slot};
use crate::syntax::percent;
use crate::warning::{Warning, WarningCode};

/// Warnings that depend on more than one setting.
const OF_SEVERAL: &[WarningCode] = &[WarningCode::CertificateUnused, WarningCode::CaUnused];

impl Fields {
    /// Whether a name is a setting of the engine; what is none stays an extra.
    pub(super) fn is_setting(&self, engine: Engine, name: &str) -> bool {
        if ![Engine::Postgres, Engine::MySql].contains(&engine) {
            return false;
        }
        let given = self.params.iter().find(|(known, _)| known == name);
        let read = given.map(|(_, given)| query(Some(engine), [(name, given.text.expose())]));
        match read {
            Some(Ok(Database::Postgres(config))) => config.extras().next().is_none(),
            Some(Ok(Database::MySql(config))) => config.extras().next().is_none(),
            _ => false,
        }
    }

    /// The settings of the engine, read together as one query; errors and warnings tell the field's place.
    pub(super) fn settings(&mut self, engine: Engine) -> Result<Database, Error> {
        let pairs = self
            .params
            .iter()
            .map(|(name, given)| (name.as_str(), given.text.expose()));
        let pairs: Vec<_> = pairs.collect();
        let read = query(Some(engine), pairs.iter().copied());
        let database = match read {
            Ok(database) => database,
            Err((error, at)) => {
                let from = at.map_or(&self.section, |index| &self.params[index].1.from);
                return Err(error.without_span().said_by(from));
            }
        };
        let mut found = Vec::new();
        for (name, given) in &self.params {
            if let Ok(one) = query(Some(engine), [(name.as_str(), given.text.expose())]) {
                // What a setting lacks by itself another one may say.
                let counts = |warning: &Warning| {
                    !OF_SEVERAL.contains(&warning.code())
                        || database
                            .warnings()
                            .any(|whole| whole.code() == warning.code())
                };
                let counted = one.warnings().filter(counts);
                found.extend(counted.map(|warning| warning.about(&given.from)));
            }
        }
        self.warnings.extend(found);
        Ok(database)
    }

    /// The field that an error speaks of, as its source.
    pub(super) fn blame(&self, error: Error) -> Error {
        let component = error.component();
        let slot = self.slots.iter().find(|(slot, _)| {
            Some(slot.component()) == component
                || (*slot == Slot::Socket && component == Some(Component::Host))
        });
        let param = || {
            let name = component?.as_str();
            let engine = [Engine::Postgres, Engine::MySql].into_iter();
            engine.into_iter().find_map(|engine| {
                self.params.iter().find(|(known, given)| {
                    let read = query(Some(engine), [(known.as_str(), given.text.expose())]);
                    read.is_ok_and(|one| one.fields().iter().any(|(field, _)| *field == name))
                })
            })
        };
        let from = slot
            .map(|(_, given)| &given.from)
            .or_else(|| param().map(|(_, given)| &given.from));
        let error = match slot {
            Some((Slot::Port, given)) => of_port(error, given.text.expose()),
            _ => error,
        };
        error.without_span().said_by(from.unwrap_or(&self.section))
    }
}

/// Reads names and values as the query of a URL. The error comes with the pair that it is about.
pub(super) fn query<'q>(
    engine: Option<Engine>,
    pairs: impl IntoIterator<Item = (&'q str, &'q str)>,
) -> Result<Database, (Error, Option<usize>)> {
    let scheme = match engine {
        Some(Engine::MySql) => "mysql",
        _ => "postgres",
    };
    let pairs: Vec<_> = pairs.into_iter().collect();
    let len = pairs.iter().map(|(name, text)| name.len() + text.len() + 2);
    // An escape is three times as long as what it stands for.
    let mut url = String::with_capacity(scheme.len() + 4 + 3 * len.sum::<usize>());
    url.extend([scheme, ":///"]);
    let mut ends = Vec::new();
    let mut separator = '?';
    for (name, text) in pairs {
        url.push(separator);
        url.push_str(percent::escaped(name).expose());
        url.push('=');
        url.push_str(percent::escaped(text).expose());
        ends.push(url.len());
        separator = '&';
    }
    let url = Secret::from(url);
    let parsed = url.expose().parse::<Database>();
    parsed.map_err(|error| {
        let at = error
            .span()
            .and_then(|span| ends.iter().position(|end| span.start() <= *end));
        (error, at)
    })
}
