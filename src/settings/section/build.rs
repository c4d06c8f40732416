//! The config of each engine, made of its fields.

use crate::database::{Database, DatabaseParts};
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::postgres;
use crate::service;
use crate::settings::section::collect::{Fields, LocatedText};
use crate::settings::section::engine::Read;
use crate::settings::section::slot::Slot;
use crate::sqlite;
use crate::warning::Warning;

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
    pub(super) fn open<'f>(
        &'f self,
        base: Option<&Database>,
    ) -> impl Iterator<Item = (Slot, &'f LocatedText<'s>)> {
        let is_open = move |slot: Slot| base.is_none_or(|base| !slot.is_in(base));
        let slots = self.slots.iter().filter(move |(slot, _)| is_open(*slot));
        slots.map(|(slot, given)| (*slot, given))
    }

    /// A database of Postgres: what its URL says, then the parts, then the settings. Gives the warnings of the settings, too.
    pub(super) fn postgres(
        &self,
        url: Option<&Database>,
    ) -> Result<(Database, Read, Vec<Warning>), Error> {
        let (mut config, mut read) = self.read_postgres()?;
        let base = match url {
            Some(Database::Postgres(base)) => Some(base),
            _ => None,
        };
        let warnings = match base {
            None => config.forget_spelling().iter().collect(),
            // The settings have to be valid by themselves.
            Some(base) => {
                let warnings = config.check_alone()?;
                config = postgres::Assembly::over(base, config);
                warnings
            }
        };
        for (slot, given) in self.open(url) {
            let (text, at) = given.located();
            config.replace(keyword_of(slot), text, at)?;
        }
        read.locate(config.sources());
        let config = match base {
            Some(base) => base.finish(&mut config)?,
            None => config.finish()?,
        };
        Ok((config.into(), read, warnings))
    }

    /// The same of MySQL.
    pub(super) fn mysql(
        &self,
        url: Option<&Database>,
    ) -> Result<(Database, Read, Vec<Warning>), Error> {
        use mysql::Keyword;

        let (mut config, mut read) = self.read_mysql()?;
        // The settings have to be valid by themselves.
        let warnings = config.check_alone()?;
        let none = mysql::Config::new();
        let base = if let Some(Database::MySql(base)) = url {
            config = mysql::Assembly::over(base, config);
            base
        } else {
            &none
        };
        for (slot, given) in self.open(url) {
            let (text, at) = given.located();
            let keyword = match slot {
                Slot::Port | Slot::Socket if text.is_empty() => continue,
                Slot::User => Keyword::User,
                Slot::Password => Keyword::Password,
                Slot::Host if text.starts_with('/') => Keyword::Socket,
                Slot::Host => Keyword::Host,
                Slot::Socket => Keyword::Socket,
                Slot::Port => Keyword::Port,
                Slot::Database => Keyword::Database,
            };
            config.put(keyword, text, at)?;
        }
        read.locate(config.sources());
        Ok((base.finish(&mut config)?.into(), read, warnings))
    }

    pub(super) fn sqlite(&self) -> Result<Database, Error> {
        let Some((path, at)) = self.slot_of(Slot::Database).map(LocatedText::located) else {
            let detail = "a database of SQLite is a file, or :memory:";
            return Err(Error::new(ErrorKind::MissingKey, detail)
                .with_source(&self.section)
                .with_help("name the file where the settings name the database"));
        };
        let config = sqlite::Config::from_path(self.sqlite, path);
        config.map(Into::into).map_err(|error| at.of(error))
    }

    /// A service, made of its parts.
    pub(super) fn service(&self, engine: Option<Scheme>) -> Result<Database, Error> {
        let scheme = engine.map(|row| self.secured(row));
        let part = |slot| self.slot_of(slot).map(LocatedText::located);
        let parts = DatabaseParts {
            scheme: scheme.map_or("", |row| row.name),
            host: part(Slot::Host).unwrap_or_default(),
            // Each of MongoDB's servers has a port of its own.
            is_list: scheme.is_some_and(|row| row.engine == Engine::MongoDb),
            port: part(Slot::Port),
            user: part(Slot::User),
            password: part(Slot::Password),
            database: part(Slot::Database),
        };
        parts.assemble()
    }

    pub(super) fn next_to_service(&self, base: service::Config) -> Result<Database, Error> {
        let whole = Database::Service(base.clone());
        let mut config = base;
        for (slot, given) in self.open(Some(&whole)) {
            let (text, at) = given.located();
            let next = match slot {
                Slot::User => config.clone().with_user(text),
                Slot::Password => config.clone().with_password(text),
                Slot::Database => config.clone().with_dbname(text),
                _ => continue,
            };
            config = next.map_err(|error| at.of(error))?;
        }
        Ok(config.into())
    }
}
