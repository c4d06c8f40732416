//! The config of each engine, made of its fields.

use crate::database::{Database, Parts};
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::postgres;
use crate::service;
use crate::settings::fields::collect::{Fields, Given};
use crate::settings::fields::engine::{Read, Settings};
use crate::settings::fields::slot::Slot;
use crate::sqlite;
use crate::warning::WarningSet;

/// A config with what it leaves open: the settings, then the slots, by keywords of the one engine that all are of.
macro_rules! completed {
    ($fields:expr, $base:expr, $changed:expr, $own:expr, $slots:expr, $put:ident) => {{
        let Settings { config: own, read } = $own;
        let mut changed = $changed;
        for (keyword, text) in own.keywords() {
            if changed.get(keyword).is_none() {
                let at = read.location(keyword.component().as_str());
                let put = changed.$put(keyword, text.expose(), at);
                put.map_err(|error| $fields.blame(error))?;
            }
        }
        for (keyword, given) in $slots {
            let (text, at) = given.located();
            let put = changed.$put(keyword, text, at);
            put.map_err(|error| $fields.blame(error))?;
        }
        let config = $base.finish(changed);
        let config = config.map_err(|error| $fields.blame(error))?;
        Ok(config.with_extras_of(own).into())
    }};
}

/// The keyword of Postgres that a part is.
const fn keyword_of(slot: Slot) -> postgres::Keyword {
    use postgres::Keyword;

    match slot {
        Slot::User => Keyword::User,
        Slot::Password => Keyword::Password,
        Slot::Host | Slot::Socket => Keyword::Host,
        Slot::Port => Keyword::Port,
        Slot::Database => Keyword::Dbname,
    }
}

impl<'s> Fields<'s> {
    /// The slots that a base leaves open.
    fn open<'f>(&'f self, base: Option<&Database>) -> impl Iterator<Item = (Slot, &'f Given<'s>)> {
        let is_open = move |slot: Slot| base.is_none_or(|base| !slot.is_in(base));
        let slots = self.slots.iter().filter(move |(slot, _)| is_open(*slot));
        slots.map(|(slot, given)| (*slot, given))
    }

    /// A database of Postgres without a URL: the settings and the parts in one assembly. The warnings are those of the settings.
    pub(super) fn postgres_alone(&self) -> Result<(postgres::Config, Read<'_>, WarningSet), Error> {
        let (mut config, read) = self.read_postgres()?;
        let warnings = config.forget_spelling();
        for (slot, given) in self.open(None) {
            let (text, at) = given.located();
            let put = config.replace(keyword_of(slot), text, at);
            put.map_err(|error| self.blame(error))?;
        }
        let config = config.finish().map_err(|error| self.blame(error))?;
        Ok((config, read, warnings))
    }

    pub(super) fn postgres(
        &self,
        config: &postgres::Config,
        base: &Database,
        own: &Settings<'_, postgres::Config>,
    ) -> Result<Database, Error> {
        let slots = self.open(Some(base));
        let slots = slots.map(|(slot, given)| (keyword_of(slot), given));
        let changed = postgres::Assembly::of(config);
        completed!(self, config, changed, own, slots, replace)
    }

    pub(super) fn mysql(
        &self,
        base: Option<&Database>,
        own: &Settings<'_, mysql::Config>,
    ) -> Result<Database, Error> {
        use mysql::Keyword;

        let none = mysql::Config::new();
        let config = match base {
            Some(Database::MySql(config)) => config,
            _ => &none,
        };
        let is_given = |slot, given: &Given<'_>| {
            !given.text.as_str().is_empty() || !matches!(slot, Slot::Port | Slot::Socket)
        };
        let slots = self
            .open(base)
            .filter(|(slot, given)| is_given(*slot, given));
        let slots = slots.map(|(slot, given)| {
            let keyword = match slot {
                Slot::User => Keyword::User,
                Slot::Password => Keyword::Password,
                Slot::Host if given.text.as_str().starts_with('/') => Keyword::Socket,
                Slot::Host => Keyword::Host,
                Slot::Socket => Keyword::Socket,
                Slot::Port => Keyword::Port,
                Slot::Database => Keyword::Database,
            };
            (keyword, given)
        });
        let changed = mysql::Assembly::of(config);
        completed!(self, config, changed, own, slots, put)
    }

    pub(super) fn sqlite(&self) -> Result<Database, Error> {
        let Some(path) = self.text(Slot::Database) else {
            let detail = "a database of SQLite is a file, or :memory:";
            return Err(Error::new(ErrorKind::MissingKey, detail)
                .with_source(&self.section)
                .with_help("name the file where the settings name the database"));
        };
        let config = sqlite::Config::from_path(self.sqlite, path);
        config.map(Into::into).map_err(|error| self.blame(error))
    }

    /// A service, made of its parts.
    pub(super) fn service(&self, engine: Option<Scheme>) -> Result<Database, Error> {
        let scheme = engine.map(|row| self.secured(row));
        let parts = Parts {
            scheme: scheme.map_or("", |row| row.name),
            host: self.text(Slot::Host).unwrap_or_default(),
            // Each of MongoDB's servers has a port of its own.
            is_list: scheme.is_some_and(|row| row.engine == Engine::MongoDb),
            port: self.text(Slot::Port),
            user: self.text(Slot::User),
            password: self.text(Slot::Password),
            database: self.text(Slot::Database),
        };
        parts.assemble().map_err(|error| self.blame(error))
    }

    pub(super) fn next_to_service(&self, base: service::Config) -> Result<Database, Error> {
        let whole = Database::Service(base.clone());
        let mut config = base;
        for (slot, given) in self.open(Some(&whole)) {
            let text = given.text.as_str();
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
