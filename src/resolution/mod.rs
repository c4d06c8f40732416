//! A value, where it came from, and what lost to it.

pub(crate) mod candidate;
pub(crate) mod first;

use std::fmt;
use std::sync::OnceLock;

use crate::config::value::Setting;
use crate::database::Database;
use crate::error::{Error, words};
use crate::key::Key;
use crate::mysql;
use crate::platform::parts::Origin;
use crate::postgres;
use crate::shown;
use crate::source::{Provenance, Source, ValueSource};
use crate::span::Component;
use crate::warning::Warning;

words! {
    /// What became of a candidate that was looked at.
    Outcome {
        /// `used`.
        Used = "used",
        /// `shadowed`: it holds something, but another candidate comes first.
        Shadowed = "shadowed",
        /// `unset`.
        Unset = "unset",
        /// `empty`: set, but empty.
        Empty = "empty",
        /// `invalid`: it holds something that cannot be used.
        Invalid = "invalid",
    }
}

/// A value, where it came from, and what lost to it.
///
/// `Display` shows the value (masked, if it holds secrets) and its source; `Debug` shows the extras masked.
#[derive(Clone)]
pub struct Resolved<T> {
    value: T,
    source: Source,
    pub(crate) considered: Vec<(Source, Outcome)>,
    pub(crate) warnings: Vec<Warning>,
    parts: PartOrigins,
    pub(crate) extras: Vec<Extra>,
    lost: Vec<(&'static str, Source)>,
    defaults: Vec<ClientDefault>,
    is_complete: bool,
}

/// A client's default that applies: the field, its value, and where that came from.
type ClientDefault = (&'static str, String, Provenance);

/// Where the parts of a value came from.
#[derive(Clone)]
pub(crate) enum PartOrigins {
    /// From a string of one variable, or of several of a platform.
    Text(Origin),
    /// One by one, by the names of fields in JSON; what is not listed came from the source's text.
    Fields(Vec<(&'static str, Provenance)>),
    /// The same, from a section of a settings file.
    #[cfg_attr(
        not(any(feature = "json", feature = "yaml")),
        expect(dead_code, reason = "sections of settings files have one")
    )]
    Section(Vec<(&'static str, ValueSource)>),
}

/// What a settings file has in addition to the connection.
#[derive(Clone)]
pub(crate) struct Extra {
    pub(crate) name: Key,
    pub(crate) setting: Setting,
    from: ValueSource,
    /// The same as it is shown, which the most never are.
    provenance: OnceLock<Box<Provenance>>,
}

impl Extra {
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) const fn new(name: Key, setting: Setting, from: ValueSource) -> Self {
        Self {
            name,
            setting,
            from,
            provenance: OnceLock::new(),
        }
    }

    fn provenance(&self) -> &Provenance {
        let made = || Provenance::new(self.from.to_source(), None).into();
        self.provenance.get_or_init(made)
    }
}

impl<T> Resolved<T> {
    pub(crate) const fn new(value: T, source: Source, parts: PartOrigins) -> Self {
        Self {
            value,
            source,
            considered: Vec::new(),
            warnings: Vec::new(),
            parts,
            extras: Vec::new(),
            lost: Vec::new(),
            defaults: Vec::new(),
            is_complete: false,
        }
    }

    /// The value.
    #[must_use]
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// The value, without its history.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Who gave it.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Every candidate that was looked at, in order, and what became of it.
    pub fn considered(&self) -> impl Iterator<Item = (&Source, Outcome)> {
        self.considered
            .iter()
            .map(|(source, outcome)| (source, *outcome))
    }

    /// What was accepted, but may not be meant: of the text, and of the choice.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// What a settings file has in addition to the connection, for the program that the file is of: Sequelize's `pool`, Rails'
    /// `prepared_statements`. Scalars that an engine knows are in the config instead.
    pub fn extras(&self) -> impl Iterator<Item = (&str, &Setting)> {
        let extras = self.extras.iter();
        extras.map(|extra| (&*extra.name, &extra.setting))
    }

    /// The [`extras`](Self::extras) as they may be shown to anyone: values that are not known to be harmless are `****`, and
    /// so are keys that are no identifiers.
    pub fn masked_extras(&self) -> impl Iterator<Item = (&str, Setting)> {
        self.extras()
            .map(|(name, setting)| (shown::name(name), setting.masked(name)))
    }

    /// Where each of the [`extras`](Self::extras) came from, in the same order.
    pub fn extra_fields(&self) -> impl Iterator<Item = (&str, &Provenance)> {
        let extras = self.extras.iter();
        extras.map(|extra| (&*extra.name, extra.provenance()))
    }

    /// Where one of the [`extras`](Self::extras) came from.
    #[must_use]
    pub fn extra_provenance(&self, name: &str) -> Option<Provenance> {
        let (_, from) = self.extra_fields().find(|(known, _)| *known == name)?;
        Some(from.clone())
    }

    /// Whether the value is one string of a variable or an argument.
    pub(crate) const fn is_of_string(&self) -> bool {
        matches!(self.parts, PartOrigins::Text(_))
    }

    /// Where a part of the value came from.
    fn provenance_of(&self, field: &str, component: Component) -> Provenance {
        let whole = || Provenance::new(self.source.clone(), Some(component));
        match &self.parts {
            PartOrigins::Text(origin) => match origin.variable(component) {
                Some(var) => Provenance::new(Source::ConfigVar(var.to_owned()), None),
                None => whole(),
            },
            PartOrigins::Fields(fields) => {
                let found = fields.iter().find(|(known, _)| *known == field);
                found.map_or_else(whole, |(_, from)| from.clone())
            }
            PartOrigins::Section(fields) => {
                let found = fields.iter().find(|(known, _)| *known == field);
                found.map_or_else(whole, |(_, from)| Provenance::new(from.to_source(), None))
            }
        }
    }

    pub(crate) fn map<U>(
        self,
        convert: impl FnOnce(T) -> Result<U, Error>,
    ) -> Result<Resolved<U>, Error> {
        let value = convert(self.value).map_err(|error| error.with_source(&self.source))?;
        Ok(Resolved {
            value,
            source: self.source,
            considered: self.considered,
            warnings: self.warnings,
            parts: self.parts,
            extras: self.extras,
            lost: self.lost,
            defaults: self.defaults,
            is_complete: self.is_complete,
        })
    }

    /// Whether the client's additions are in it: see [`complete`](Resolved::complete).
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// After [`complete`](Resolved::complete): what also gave a field, and lost to what came before it in the client's order.
    pub fn lost(&self) -> impl Iterator<Item = (&'static str, &Source)> {
        self.lost.iter().map(|(field, source)| (*field, source))
    }

    /// After [`complete`](Resolved::complete): the client's defaults that apply, each with the field, the value and where it
    /// came from. They are not written into the value.
    pub fn defaults(&self) -> impl Iterator<Item = (&'static str, &str, &Provenance)> {
        let defaults = self.defaults.iter();
        defaults.map(|(field, value, from)| (*field, value.as_str(), from))
    }
}

impl Resolved<Database> {
    /// The same choice with what a client adds to it.
    pub(crate) fn completed(
        mut self,
        value: Database,
        fields: Vec<(&'static str, Provenance)>,
        lost: Vec<(&'static str, Source)>,
        defaults: Vec<ClientDefault>,
        warnings: Vec<Warning>,
    ) -> Self {
        self.warnings.extend(warnings);
        Self {
            value,
            parts: PartOrigins::Fields(fields),
            lost,
            defaults,
            is_complete: true,
            ..self
        }
    }

    /// The same, with each source as another one: a variable as the location that sets it. What is not set plays no part.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn placed(mut self, location: impl Fn(&Source) -> Source) -> Self {
        let placed = |from: &Provenance| Provenance::new(location(from.source()), from.component());
        let fields = self.fields().map(|(field, from)| (field, placed(&from)));
        self.parts = PartOrigins::Fields(fields.collect());
        for extra in &mut self.extras {
            extra.from = location(extra.provenance().source()).into();
            extra.provenance.take();
        }
        self.source = location(&self.source);
        self.considered
            .retain(|(_, outcome)| *outcome != Outcome::Unset);
        for (source, _) in &mut self.considered {
            *source = location(source);
        }
        self
    }

    /// The fields that are given, by their names in JSON, and where each came from.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Provenance)> {
        let fields = self.value.fields().into_iter();
        fields.map(|(field, component)| (field, self.provenance_of(field, component)))
    }
}

impl<T: fmt::Debug> fmt::Debug for Resolved<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let extras: Vec<_> = self
            .extras()
            .map(|(name, setting)| (shown::name(name), setting))
            .collect();
        f.debug_struct("Resolved")
            .field("value", &self.value)
            .field("source", &self.source)
            .field("considered", &self.considered)
            .field("warnings", &self.warnings)
            .field("extras", &extras)
            .finish_non_exhaustive()
    }
}

impl<T: fmt::Display> fmt::Display for Resolved<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (from {})", self.value, self.source)
    }
}

impl Resolved<Database> {
    /// A database that an argument of a program gave, by the argument's name.
    #[must_use]
    pub fn from_argument(name: &'static str, database: Database) -> Self {
        let source = Source::Argument(name);
        let warnings = database.warnings().collect();
        let mut resolved = Self::new(database, source.clone(), PartOrigins::Text(Origin::Whole));
        resolved.considered = vec![(source, Outcome::Used)];
        resolved.warnings = warnings;
        resolved
    }
}

impl Resolved<postgres::Config> {
    /// Where a keyword's value came from, if it is set.
    #[must_use]
    pub fn provenance(&self, keyword: postgres::Keyword) -> Option<Provenance> {
        self.value.get(keyword)?;
        let field = keyword.component().as_str();
        Some(self.provenance_of(field, self.value.component(keyword)))
    }
}

impl Resolved<mysql::Config> {
    /// Where a setting's value came from, if it is set.
    #[must_use]
    pub fn provenance(&self, keyword: mysql::Keyword) -> Option<Provenance> {
        self.value.get(keyword)?;
        let field = keyword.component().as_str();
        Some(self.provenance_of(field, self.value.component(keyword)))
    }
}
