//! TLS that is requested: in a URL and next to it, and where it has no effect.

use std::borrow::Cow;

use crate::config::tls_name::is_tls_name_of;
use crate::config::value::Setting;
use crate::database::Database;
use crate::document::node_ref::Located;
use crate::document::shown_key;
use crate::engine::{Engine, Scheme};
use crate::mysql;
use crate::postgres;
use crate::service::Tls;
use crate::settings::section::base::Base;
use crate::settings::section::collect::{Fields, Kept, SectionEntry, setting};
use crate::settings::section::engine::{Read, alone};
use crate::warning::{Warning, WarningCode};

/// Keys by which programs switch TLS on.
const SWITCHES: &[&str] = &["ssl", "tls", "use_ssl", "use_tls", "useTLS"];

/// Whether programs switch TLS on by a key of this name.
pub(in crate::settings) fn is_switch(name: &str) -> bool {
    SWITCHES.contains(&name)
}

/// What a config requests of TLS: the more, the greater, among configs of one engine.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Strength {
    mode: u8,
    /// Whether a connection without TLS is ruled out.
    is_demanded: bool,
}

impl Strength {
    fn of(database: &Database) -> Option<Self> {
        let (mode, is_demanded) = match database {
            Database::Postgres(config) => {
                let mode = config.effective_sslmode();
                (mode as u8, mode.requires_tls())
            }
            // No one says: the driver takes one of the two weakest.
            Database::MySql(config) => {
                let mode = config.ssl_mode().unwrap_or(mysql::SslMode::Disabled);
                (mode as u8, mode.requires_tls())
            }
            Database::Sqlite(_) | Database::Service(_) => return None,
        };
        Some(Self { mode, is_demanded })
    }

    /// What one setting requests, if it concerns TLS.
    fn requested(engine: Engine, name: &str, value: &str) -> Option<Self> {
        let one = alone(engine, name, value)?;
        let says = one
            .fields()
            .iter()
            .any(|(field, _)| ["sslmode", "ssl_mode"].contains(field));
        says.then(|| Self::of(&one))?
    }
}

/// Whether a connection without TLS is ruled out.
pub(super) fn is_demanded(database: &Database) -> bool {
    Strength::of(database).is_some_and(|strength| strength.is_demanded)
}

impl Base {
    /// Takes back what the URL requests of TLS if a setting next to it requests more.
    pub(in crate::settings) fn yields_to(&mut self, name: &str, word: &str) {
        let engine = self.database.engine();
        let own = Strength::of(&self.database);
        let requested = Strength::requested(engine, name, word);
        if !own
            .zip(requested)
            .is_some_and(|(own, requested)| own < requested)
        {
            return;
        }
        let changed: Option<Database> = match &self.database {
            Database::Postgres(config) => {
                let config = config.clone().without(postgres::Keyword::SslMode);
                config.ok().map(Into::into)
            }
            Database::MySql(config) => {
                let config = config.clone().without(mysql::Keyword::SslMode);
                config.ok().map(Into::into)
            }
            Database::Sqlite(_) | Database::Service(_) => None,
        };
        if let Some(database) = changed {
            self.database = database;
        }
    }
}

impl Fields<'_> {
    /// A setting that the program does not act on: a warning for each name in it that is about TLS. `help` says what works.
    pub(in crate::settings) fn idle(&mut self, at: &Located<'_>, help: &'static str) {
        if is_tls_name_of(at.name, at.letters()) && !at.node.is_null() {
            self.not_acted_on(at, help);
        } else if at.node.scalar().is_none() {
            self.idle_members(at, help);
        }
    }

    #[cold]
    fn not_acted_on(&mut self, at: &Located<'_>, help: &'static str) {
        let (location, name) = (at.location(), shown_key(at.name));
        let message = format!("{location}: the program does not act on `{name}`");
        self.warn(Warning::new(
            WarningCode::WeakerThanRequested,
            message,
            help,
        ));
    }

    #[inline(never)]
    fn idle_members(&mut self, at: &Located<'_>, help: &'static str) {
        at.members().for_each(|member| self.idle(&member, help));
    }

    /// Settings that request more than the URL next to them, which comes first.
    pub(super) fn overruled(&self, base: &Base, database: &Database, read: &Read) -> Vec<Warning> {
        let engine = database.engine();
        let weaker = |index: &usize| {
            let entry = &self.entries[*index];
            let requested = Strength::requested(engine, &entry.name, entry.word?)?;
            (Strength::of(database)? < requested).then(|| {
                let message = format!(
                    "{}: this requests more than the URL of {} requests of TLS, which is used",
                    entry.from.to_source(),
                    base.source
                );
                let help = "say it in the URL, or take out what the URL says of TLS";
                Warning::new(WarningCode::WeakerThanRequested, message, help)
            })
        };
        read.tls.iter().filter_map(weaker).collect()
    }

    /// Where a program's own switch requests TLS; whether it does so by a map of settings.
    fn switch(&self) -> Option<(&SectionEntry<'_>, bool)> {
        let switches = self.entries.iter();
        let mut switches = switches.filter(|entry| is_switch(&entry.name));
        switches.find_map(|entry| {
            let setting = match entry.kept.as_ref()? {
                Kept::Node(node) => Cow::Owned(setting(node)),
                Kept::Typed(setting) => Cow::Borrowed(&**setting),
            };
            let is_map = matches!(*setting, Setting::Map(_));
            let requests = match &*setting {
                Setting::Bool(is_on) => *is_on,
                Setting::Text(text) => text.expose() == "true",
                _ => is_map,
            };
            requests.then_some((entry, is_map))
        })
    }

    /// The scheme that says so where TLS is requested.
    pub(super) fn secured(&self, row: Scheme) -> Scheme {
        let secure = match row.name {
            "redis" => "rediss",
            "valkey" => "valkeys",
            "amqp" => "amqps",
            _ => return row,
        };
        let requested = self.switch().and_then(|_| Scheme::find(secure));
        requested.unwrap_or(row)
    }

    /// A switch that the config does not follow.
    pub(super) fn plain_text(&self, database: &Database) -> Option<Warning> {
        // A single word is read with the engine's other settings.
        let (SectionEntry { name, from, .. }, is_unread) = self.switch()?;
        let (is_off, help) = match database {
            Database::Postgres(_) => (
                is_unread && !is_demanded(database),
                "name the settings one by one: `sslmode`, `sslrootcert`, `sslcert` and `sslkey`",
            ),
            Database::MySql(_) => (
                is_unread && !is_demanded(database),
                "name the settings one by one: `ssl-mode`, `ssl-ca`, `ssl-cert` and `ssl-key`",
            ),
            Database::Service(config) => (
                matches!(config.tls(), Tls::Off | Tls::DriverDefault),
                "say it in a URL: rediss://, amqps://, neo4j+s://, or `tls=true` of MongoDB",
            ),
            Database::Sqlite(_) => return None,
        };
        is_off.then(|| {
            let (from, name) = (from.to_source(), shown_key(name));
            let message = format!("{from}: `{name}` requests TLS, but nothing here acts on it");
            Warning::new(WarningCode::WeakerThanRequested, message, help)
        })
    }
}
