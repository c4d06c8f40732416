//! The config of each engine, made of its fields.

use crate::database::Database;
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::platform::compose;
use crate::postgres;
use crate::scheme::{Engine, Scheme};
use crate::secret::SecretStr;
use crate::service;
use crate::settings::fields::{Fields, Slot};
use crate::sqlite;

/// A config with what it leaves open: the settings of `read`, then the slots, by keywords of the one engine that all are of.
macro_rules! completed {
    ($fields:expr, $config:expr, $read:expr, $slots:expr) => {{
        let settings = $read
            .keywords()
            .filter(|(keyword, _)| $config.get(*keyword).is_none())
            .map(|(keyword, text)| (keyword, text.expose()));
        let settings: Vec<_> = settings.chain($slots).collect();
        let extras = unknown_of($read.extras(), $config.extras());
        let mut config = $config
            .with_all(settings)
            .map_err(|error| $fields.blame(error))?;
        for (name, text) in extras {
            config = config
                .with_extra(name, text)
                .map_err(|error| $fields.blame(error))?;
        }
        Ok(config.into())
    }};
}

impl Fields {
    /// The slots that a base leaves open.
    fn open<'f>(&'f self, base: Option<&'f Database>) -> impl Iterator<Item = (Slot, &'f str)> {
        self.slots
            .iter()
            .filter(move |(slot, _)| base.is_none_or(|base| !slot.is_in(base)))
            .map(|(slot, given)| (*slot, given.text.expose()))
    }

    pub(super) fn postgres(&mut self, base: Option<&Database>) -> Result<Database, Error> {
        use postgres::Keyword;

        let Database::Postgres(read) = self.settings(Engine::Postgres)? else {
            return Err(Error::new(ErrorKind::WrongEngine, "").said_by(&self.section));
        };
        let config = match base {
            Some(Database::Postgres(config)) => config.clone(),
            _ => postgres::Config::new(),
        };
        let slots = self.open(base).map(|(slot, text)| {
            let keyword = match slot {
                Slot::User => Keyword::User,
                Slot::Password => Keyword::Password,
                Slot::Host | Slot::Socket => Keyword::Host,
                Slot::Port => Keyword::Port,
                Slot::Database => Keyword::Dbname,
            };
            (keyword, text)
        });
        completed!(self, config, read, slots)
    }

    pub(super) fn mysql(&mut self, base: Option<&Database>) -> Result<Database, Error> {
        use mysql::Keyword;

        let Database::MySql(read) = self.settings(Engine::MySql)? else {
            return Err(Error::new(ErrorKind::WrongEngine, "").said_by(&self.section));
        };
        let config = match base {
            Some(Database::MySql(config)) => config.clone(),
            _ => mysql::Config::new(),
        };
        let slots = self
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
            });
        completed!(self, config, read, slots)
    }

    pub(super) fn sqlite(&self) -> Result<Database, Error> {
        let Some(path) = self.text(Slot::Database) else {
            let detail = "a database of SQLite is a file, or :memory:";
            return Err(Error::new(ErrorKind::MissingKey, detail)
                .said_by(&self.section)
                .with_help("name the file where the settings name the database"));
        };
        let config = sqlite::Config::from_path(self.sqlite, path);
        config.map(Into::into).map_err(|error| self.blame(error))
    }

    /// A service, made of its parts.
    pub(super) fn service(&self, engine: Option<Scheme>) -> Result<Database, Error> {
        let scheme = engine.map(|row| self.secured(row));
        let composed = |database| {
            let url = compose::compose(&compose::Parts {
                scheme: scheme.map_or("", |row| row.name),
                host: self.text(Slot::Host).unwrap_or_default(),
                // Each of MongoDB's servers has a port of its own.
                is_list: scheme.is_some_and(|row| row.engine == Engine::MongoDb),
                port: self.text(Slot::Port),
                user: self.text(Slot::User),
                password: self.text(Slot::Password),
                database,
            });
            let parsed = url.expose().parse::<Database>();
            parsed.map_err(|error| self.blame(error))
        };
        let name = self.text(Slot::Database);
        let database = composed(name)?;
        match name {
            // The path of such a URL is something else, as the instance of SQL Server.
            Some(name) if !name.is_empty() && database.dbname() != Some(name) => {
                let Database::Service(config) = composed(None)? else {
                    return Ok(database);
                };
                let config = config.with_dbname(name);
                config.map(Into::into).map_err(|error| self.blame(error))
            }
            _ => Ok(database),
        }
    }

    pub(super) fn beside_service(&self, base: service::Config) -> Result<Database, Error> {
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
fn unknown_of<'e, 'k>(
    extras: impl Iterator<Item = (&'e str, SecretStr<'e>)>,
    known: impl Iterator<Item = (&'k str, SecretStr<'k>)>,
) -> Vec<(&'e str, &'e str)> {
    let known: Vec<_> = known.map(|(name, _)| name).collect();
    extras
        .filter(|(name, _)| !known.contains(name))
        .map(|(name, text)| (name, text.expose()))
        .collect()
}
