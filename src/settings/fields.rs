//! What settings say of one database, field by field, made into a config.
//!
//! Settings of the engine (`sslmode`, `charset`) are read as the query of a URL is, so that every spelling, every check and
//! every "did you mean" is the same; the error then tells the field's own place. A URL that the settings name comes first:
//! fields give what it leaves open.

use crate::database::{Database, ParseOptions};
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::place::{Component, Span};
use crate::platform::compose;
use crate::postgres;
use crate::provenance::{FilePlace, Provenance, Source};
use crate::resolved::{Parts, Resolved};
use crate::scheme::{Engine, Scheme};
use crate::secret::{Secret, SecretStr};
use crate::service;
use crate::settings::document::{Kind, Node, Scalar, Value};
use crate::settings::located::Located;
use crate::sqlite;
use crate::syntax::{guard, percent};
use crate::value::Setting;
use crate::warning::{Warning, WarningCode};

/// The parts of a database that every system has a key for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    User,
    Password,
    Host,
    Port,
    Database,
    Socket,
}

impl Slot {
    pub(super) const ALL: [Self; 6] = [
        Self::User,
        Self::Password,
        Self::Host,
        Self::Port,
        Self::Database,
        Self::Socket,
    ];

    pub(super) const fn component(self) -> Component {
        match self {
            Self::User => Component::User,
            Self::Password => Component::Password,
            Self::Host => Component::Host,
            Self::Port => Component::Port,
            Self::Database => Component::Database,
            Self::Socket => Component::Setting("socket"),
        }
    }

    /// Whether a database says something of it.
    pub(super) fn is_in(self, database: &Database) -> bool {
        match self {
            Self::User => database.user().is_some(),
            Self::Password => database.password().is_some(),
            Self::Host => {
                database.socket().is_some()
                    || database
                        .hosts()
                        .any(|host| host.host().is_some() || host.hostaddr().is_some())
            }
            Self::Port => database.hosts().any(|host| host.port().is_some()),
            Self::Database => database.dbname().is_some(),
            Self::Socket => {
                database.socket().is_some() || database.hosts().any(|host| host.host().is_some())
            }
        }
    }
}

/// A text, and where it came from.
#[derive(Clone, Debug)]
struct Given {
    text: Secret,
    from: Source,
}

impl Base {
    /// The parameters of the URL that nothing is known of.
    pub(super) fn extras(&self) -> Vec<(&str, SecretStr<'_>)> {
        match &self.database {
            Database::Postgres(config) => config.extras().collect(),
            Database::MySql(config) => config.extras().collect(),
            Database::Sqlite(config) => config.extras().collect(),
            Database::Service(config) => config.extras().collect(),
        }
    }
}

/// The fields of one database.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// Where the section stands.
    section: Source,
    slots: Vec<(Slot, Given)>,
    params: Vec<(String, Given)>,
    extras: Vec<(String, Setting, Source)>,
    sqlite: sqlite::Family,
    warnings: Vec<Warning>,
}

/// A database that a URL gives, and who gave the URL.
#[derive(Clone, Debug)]
pub(super) struct Base {
    pub(super) database: Database,
    pub(super) source: Source,
}

impl Base {
    /// Reads the URL that somebody gives.
    pub(super) fn read(url: &str, source: Source, sqlite: sqlite::Family) -> Result<Self, Error> {
        let options = ParseOptions::new();
        let options = if Scheme::of_file(url) && !url.starts_with("file:") {
            options.sqlite_family(sqlite)
        } else {
            options
        };
        if url.is_empty() {
            let detail = "expected a database URL";
            let kind = match &source {
                Source::ConfigVar(_) => ErrorKind::EmptyVariable,
                _ => ErrorKind::Empty,
            };
            return Err(Error::new(kind, detail).said_by(&source).with_help(
                "set it to a URL, or unset it; set but empty is not the same as unset",
            ));
        }
        let database = options.parse(url).map_err(|error| error.said_by(&source))?;
        Ok(Self { database, source })
    }
}

impl Fields {
    pub(super) const fn new(section: Source, sqlite: sqlite::Family) -> Self {
        Self {
            section,
            slots: Vec::new(),
            params: Vec::new(),
            extras: Vec::new(),
            sqlite,
            warnings: Vec::new(),
        }
    }

    pub(super) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    pub(super) fn warn_if(&mut self, warning: Option<Warning>) {
        self.warnings.extend(warning);
    }

    /// A setting that a URL gives as a text, as the program takes it.
    pub(super) fn typed(&mut self, name: &str, setting: Setting, from: Source) {
        self.extras.push((name.to_owned(), setting, from));
    }

    /// A part; null is not given. What is no scalar is an error.
    pub(super) fn slot(&mut self, slot: Slot, at: &Located<'_>) -> Result<(), Error> {
        let Some(scalar) = at.node.scalar() else {
            let detail = "expected a text or a number";
            return Err(Error::new(ErrorKind::InvalidValue, detail)
                .of(slot.component())
                .said_by(&at.source()));
        };
        if scalar.kind() != Kind::Null {
            self.suspect(slot, scalar, &at.place());
            self.put(slot, scalar.text.clone(), at.origin());
        }
        Ok(())
    }

    pub(super) fn put(&mut self, slot: Slot, text: Secret, from: Source) {
        self.slots.retain(|(known, _)| *known != slot);
        self.slots.push((slot, Given { text, from }));
    }

    pub(super) fn has(&self, slot: Slot) -> bool {
        self.slots.iter().any(|(known, _)| *known == slot)
    }

    pub(super) fn text(&self, slot: Slot) -> Option<&str> {
        let (_, given) = self.slots.iter().find(|(known, _)| *known == slot)?;
        Some(given.text.expose())
    }

    pub(super) fn drop_slot(&mut self, slot: Slot) {
        self.slots.retain(|(known, _)| *known != slot);
    }

    /// A setting by its name: a scalar may be one of the engine's, all else is for the program.
    pub(super) fn param(&mut self, name: &str, at: &Located<'_>) {
        let scalar = at
            .node
            .scalar()
            .filter(|scalar| scalar.kind() != Kind::Null);
        if let Some(scalar) = scalar {
            self.word(name, scalar.text.clone(), at.origin());
        }
        if !at.node.is_null() {
            self.extra(name, at);
        }
    }

    /// A setting of the engine in its own words, such as the `sslmode` that a program's options amount to.
    pub(super) fn word(&mut self, name: &str, text: impl Into<Secret>, from: Source) {
        let text = text.into();
        self.params.push((name.to_owned(), Given { text, from }));
    }

    /// A setting that is the program's own, whatever an engine calls by that name.
    pub(super) fn extra(&mut self, name: &str, at: &Located<'_>) {
        self.extras
            .push((name.to_owned(), setting(at.node), at.origin()));
    }

    /// A part that looks as if something was meant to be put in its place.
    fn suspect(&mut self, slot: Slot, scalar: &Scalar, place: &FilePlace) {
        let text = scalar.text.expose();
        let bytes = text.as_bytes();
        let whole = Span::new(0, text.len());
        let component = slot.component();
        if slot == Slot::Password && guard::is_placeholder(bytes) {
            let warning = Warning::from(WarningCode::PlaceholderPassword);
            self.warn(warning.about(place));
            return;
        }
        let odd = guard::masked(bytes, component, whole)
            .and_then(|()| guard::references(bytes, false))
            .and_then(|()| match text {
                "" => Ok(()),
                text => guard::surroundings(text),
            });
        if let Err(error) = odd {
            let message = format!("{place}: {}", error.kind().phrase());
            let help = error.help().unwrap_or_default().to_owned();
            self.warn(Warning::new(WarningCode::SuspiciousValue, message, help));
        }
    }

    /// The config, on top of what a URL says where there is one, else of the engine given.
    pub(super) fn assemble(
        mut self,
        base: Option<Base>,
        engine: Option<Scheme>,
    ) -> Result<Resolved<Database>, Error> {
        let source = base
            .as_ref()
            .map_or_else(|| self.section.clone(), |base| base.source.clone());
        let base = base.map(|base| base.database);
        let engine_is = base
            .as_ref()
            .map(Database::engine)
            .or(engine.map(|row| row.engine));
        let mut named = self.provenance(base.as_ref(), engine_is);
        let database = match (engine_is, base) {
            (Some(Engine::Postgres), base) => self.postgres(base.as_ref())?,
            (Some(Engine::MySql), base) => self.mysql(base.as_ref())?,
            (Some(Engine::Sqlite), Some(base)) => base,
            (Some(Engine::Sqlite), None) => self.sqlite()?,
            (_, Some(Database::Service(config))) => self.beside_service(config)?,
            (_, Some(base)) => base,
            (Some(_), None) => self.service(engine)?,
            (None, None) => {
                return Err(
                    Error::new(ErrorKind::MissingKey, "nothing says which engine it is")
                        .said_by(&self.section),
                );
            }
        };
        let given: Vec<_> = database.fields();
        named.retain(|(name, _)| given.iter().any(|(field, _)| field == name));
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.extend(database.warnings());
        let is_setting = |name: &str| self.setting_of(engine_is, name).is_some();
        let extras: Vec<_> = self
            .extras
            .iter()
            .filter(|(name, setting, _)| {
                matches!(setting, Setting::List(_) | Setting::Map(_)) || !is_setting(name)
            })
            .collect();
        let sources = extras
            .iter()
            .map(|(name, _, from)| (name.clone(), Provenance::new(from.clone(), None)));
        named.extend(sources);
        let extras = extras
            .into_iter()
            .map(|(name, setting, _)| (name.clone(), setting.clone()))
            .collect();
        let mut resolved = Resolved::new(database, source, Parts::Fields(named));
        resolved.warnings = warnings;
        resolved.extras = extras;
        Ok(resolved)
    }

    /// Which field each part of the config came from, except for what the URL gives.
    fn provenance(
        &self,
        base: Option<&Database>,
        engine: Option<Engine>,
    ) -> Vec<(String, Provenance)> {
        let is_open = |slot: Slot| base.is_none_or(|base| !slot.is_in(base));
        let slots = self.slots.iter().filter(|(slot, _)| is_open(*slot));
        let slots = slots.map(|(slot, given)| {
            let name = match slot {
                // A socket is a host of Postgres.
                Slot::Socket if engine == Some(Engine::Postgres) => Component::Host,
                slot => slot.component(),
            };
            (name.as_str().to_owned(), given)
        });
        let own: Vec<_> = base.map_or_else(Vec::new, |base| {
            base.fields().into_iter().map(|(name, _)| name).collect()
        });
        let params = self.params.iter().flat_map(|(name, given)| {
            let settings = query(engine, [(name.as_str(), given.text.expose())]).ok();
            let settings = settings.map_or_else(Vec::new, |database| database.fields());
            settings
                .into_iter()
                .filter(|(name, _)| !own.contains(name))
                .map(move |(name, _)| (name.to_owned(), given))
        });
        slots
            .chain(params)
            .map(|(name, given)| (name, Provenance::new(given.from.clone(), None)))
            .collect()
    }

    /// Whether a name is a setting of the engine; what is none stays an extra.
    fn setting_of(&self, engine: Option<Engine>, name: &str) -> Option<()> {
        let given = self.params.iter().find(|(known, _)| known == name)?;
        let database = query(engine, [(name, given.1.text.expose())]).ok()?;
        let is_extra = match &database {
            Database::Postgres(config) => config.extras().next().is_some(),
            Database::MySql(config) => config.extras().next().is_some(),
            _ => true,
        };
        (!is_extra).then_some(())
    }

    /// The settings of the engine, read together as one query; errors and warnings tell the field's place.
    fn settings(&mut self, engine: Engine) -> Result<Database, Error> {
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
                found.extend(one.warnings().map(|warning| warning.about(&given.from)));
            }
        }
        self.warnings.extend(found);
        Ok(database)
    }

    /// The field that an error speaks of, as its source.
    fn blame(&self, error: Error) -> Error {
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
        error.without_span().said_by(from.unwrap_or(&self.section))
    }

    /// The slots that a base leaves open.
    fn open<'f>(&'f self, base: Option<&'f Database>) -> impl Iterator<Item = (Slot, &'f str)> {
        self.slots
            .iter()
            .filter(move |(slot, _)| base.is_none_or(|base| !slot.is_in(base)))
            .map(|(slot, given)| (*slot, given.text.expose()))
    }

    fn postgres(&mut self, base: Option<&Database>) -> Result<Database, Error> {
        use postgres::Keyword;

        let Database::Postgres(read) = self.settings(Engine::Postgres)? else {
            return Err(Error::new(ErrorKind::WrongEngine, "").said_by(&self.section));
        };
        let config = match base {
            Some(Database::Postgres(config)) => config.clone(),
            _ => postgres::Config::new(),
        };
        let slots: Vec<_> = self
            .open(base)
            .map(|(slot, text)| {
                let keyword = match slot {
                    Slot::User => Keyword::User,
                    Slot::Password => Keyword::Password,
                    Slot::Host | Slot::Socket => Keyword::Host,
                    Slot::Port => Keyword::Port,
                    Slot::Database => Keyword::Dbname,
                };
                (keyword, text)
            })
            .collect();
        let settings = read
            .keywords()
            .filter(|(keyword, _)| config.get(*keyword).is_none())
            .map(|(keyword, text)| (keyword, text.expose()));
        let settings: Vec<_> = settings.chain(slots).collect();
        let extras = unknown_of(read.extras(), config.extras());
        let mut config = config
            .clone()
            .with_all(settings)
            .map_err(|error| self.blame(error))?;
        for (name, text) in extras {
            config = config
                .with_extra(name, text)
                .map_err(|error| self.blame(error))?;
        }
        Ok(config.into())
    }

    fn mysql(&mut self, base: Option<&Database>) -> Result<Database, Error> {
        use mysql::Keyword;

        let Database::MySql(read) = self.settings(Engine::MySql)? else {
            return Err(Error::new(ErrorKind::WrongEngine, "").said_by(&self.section));
        };
        let config = match base {
            Some(Database::MySql(config)) => config.clone(),
            _ => mysql::Config::new(),
        };
        let slots: Vec<_> = self
            .open(base)
            .filter(|(slot, text)| !text.is_empty() || !matches!(slot, Slot::Port | Slot::Socket))
            .map(|(slot, text)| {
                let keyword = match slot {
                    Slot::User => Keyword::User,
                    Slot::Password => Keyword::Password,
                    Slot::Host if text.starts_with('/') => Keyword::Socket,
                    Slot::Host => Keyword::Host,
                    Slot::Socket => Keyword::Socket,
                    Slot::Port => Keyword::Port,
                    Slot::Database => Keyword::Database,
                };
                (keyword, text)
            })
            .collect();
        let settings = read
            .keywords()
            .filter(|(keyword, _)| config.get(*keyword).is_none())
            .map(|(keyword, text)| (keyword, text.expose()));
        let settings: Vec<_> = settings.chain(slots).collect();
        let extras = unknown_of(read.extras(), config.extras());
        let mut config = config
            .clone()
            .with_all(settings)
            .map_err(|error| self.blame(error))?;
        for (name, text) in extras {
            config = config
                .with_extra(name, text)
                .map_err(|error| self.blame(error))?;
        }
        Ok(config.into())
    }

    fn sqlite(&self) -> Result<Database, Error> {
        let Some(path) = self.text(Slot::Database) else {
            let detail = "a database of SQLite is a file, or :memory:";
            return Err(Error::new(ErrorKind::MissingKey, detail).said_by(&self.section));
        };
        let config = sqlite::Config::from_path(self.sqlite, path);
        config.map(Into::into).map_err(|error| self.blame(error))
    }

    /// A service, made of its parts.
    fn service(&self, engine: Option<Scheme>) -> Result<Database, Error> {
        let url = compose::compose(&compose::Parts {
            scheme: engine.map_or("", |row| row.name),
            host: self.text(Slot::Host).unwrap_or_default(),
            is_list: false,
            port: self.text(Slot::Port),
            user: self.text(Slot::User),
            password: self.text(Slot::Password),
            database: self.text(Slot::Database),
        });
        let parsed = url.expose().parse::<Database>();
        parsed.map_err(|error| self.blame(error))
    }

    fn beside_service(&self, base: service::Config) -> Result<Database, Error> {
        let whole = Database::Service(base.clone());
        let mut config = base;
        for (slot, text) in self.open(Some(&whole)) {
            let next = match slot {
                Slot::User => config.clone().with_user(text),
                Slot::Password => config.clone().with_password(text),
                Slot::Database => config.clone().with_dbname(text),
                _ => continue,
            };
            config = next.map_err(|error| self.blame(error))?;
        }
        Ok(config.into())
    }
}

/// The extras that are not there yet.
fn unknown_of<'e>(
    extras: impl Iterator<Item = (&'e str, SecretStr<'e>)>,
    known: impl Iterator<Item = (&'e str, SecretStr<'e>)>,
) -> Vec<(&'e str, &'e str)> {
    let known: Vec<_> = known.map(|(name, _)| name).collect();
    extras
        .filter(|(name, _)| !known.contains(name))
        .map(|(name, text)| (name, text.expose()))
        .collect()
}

/// Reads names and values as the query of a URL. The error comes with the pair that it is about.
fn query<'q>(
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

/// A value of a settings file as it is handed on.
pub(super) fn setting(node: &Node) -> Setting {
    match &node.value {
        Value::Scalar(scalar) => match scalar.kind() {
            Kind::Null => Setting::Null,
            Kind::Bool(said) => Setting::Bool(said),
            Kind::Integer(number) => Setting::Integer(number),
            Kind::Float(number) => Setting::Float(number),
            Kind::Text => Setting::Text(scalar.text.clone()),
        },
        Value::List(nodes) => Setting::List(nodes.iter().map(setting).collect()),
        Value::Map(entries) => Setting::Map(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), setting(&entry.node)))
                .collect(),
        ),
    }
}
