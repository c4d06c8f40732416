//! The systems whose settings files are read, one file each: which section counts, what beats what. A new one is a file, and a
//! line in [`System`]'s list.

mod choices;
mod compose;
mod conduit;
mod django;
mod plain;
mod procfile;
mod rails;
pub(crate) mod rules;
mod sequelize;

use crate::error::{Error, words};
use crate::settings::file::File;
use crate::settings::not_read::not_read;
use crate::settings::system::rules::Rules;
use crate::template::Syntax;

pub use django::arguments::Arguments as DjangoArguments;

macro_rules! systems {
    ($($(#[$documentation:meta])* $variant:ident = $word:literal, $rules:expr;)*) => {
        words! {
            /// Which system a settings file is of, in the order in which they are asked whether a file is theirs.
            ///
            /// ```
            /// use database_url::settings::System;
            ///
            /// let system: System = "rails".parse()?;
            /// assert_eq!(system, System::Rails);
            /// assert!(System::ALL.contains(&system));
            /// # Ok::<(), database_url::Error>(())
            /// ```
            System {
                $($(#[$documentation])* $variant = $word,)*
            }
        }

        impl System {
            /// What the system is.
            pub(super) fn rules(self) -> &'static dyn Rules {
                match self {
                    $(Self::$variant => &$rules,)*
                }
            }
        }
    };
}

systems! {
    /// `sequelize`: `config/config.json` of sequelize-cli.
    Sequelize = "sequelize", sequelize::Sequelize;
    /// `django`: `DATABASES` of Django as JSON or YAML, and dj-database-url's `DATABASE_URL`.
    Django = "django", django::Django;
    /// `conduit`: the configuration of Conduit and Aqueduct, `database: $DATABASE_URL`.
    Conduit = "conduit", conduit::Conduit;
    /// `rails`: `config/database.yml` of Rails and Active Record; also `cable.yml`, `neo4j.yml`, `secrets.yml`.
    Rails = "rails", rails::Rails;
    /// `procfile`: the commands of a Procfile, `release: migrate --connect $DATABASE_URL`.
    Procfile = "procfile", procfile::Procfile;
    /// `compose`: the services of Docker Compose, by their `environment` and `env_file`.
    Compose = "compose", compose::Compose;
    /// `plain`: any YAML or JSON, with Compose's syntax for variables.
    Plain = "plain", plain::Plain;
}

impl System {
    /// What its files are, in a line.
    #[must_use]
    pub fn about(self) -> &'static str {
        self.rules().facts().about
    }

    /// The files that are read where none is named, the first that is there.
    #[must_use]
    pub fn default_files(self) -> &'static [&'static str] {
        self.rules().facts().default_files
    }

    /// The syntax of variables in the file; `None` where nothing is filled in.
    #[must_use]
    pub fn syntax(self) -> Option<Syntax> {
        self.rules().facts().syntax
    }

    /// The system whose file it is: by its name, or a mark in its text, else by its keys; what no other claims is plain. What
    /// cannot be read is reported when it is read for good.
    pub(super) fn of_file(file: &File) -> Self {
        let first = |claims: &dyn Fn(&dyn Rules) -> bool| {
            let mut systems = Self::ALL.iter().copied();
            systems.find(|system| claims(system.rules()))
        };
        let by_keys = |root| {
            let certain = first(&|rules| rules.is_certain(root));
            certain.or_else(|| first(&|rules| rules.detect(file, root)))
        };
        first(&|rules| rules.is_named(file))
            .or_else(|| first(&|rules| rules.is_marked(file)))
            .or_else(|| file.own_tree().and_then(by_keys))
            .unwrap_or(Self::Plain)
    }

    /// Why a file is not one that is read, or none that is known to name a database; `named` is the system that the caller names.
    pub(super) fn rejection(named: Option<Self>, file: &File) -> Option<Error> {
        let rules = named.unwrap_or_else(|| Self::of_file(file)).rules();
        if rules.facts().grammar.is_some() {
            return None;
        }
        let of_system = || rules.rejection(file).filter(|_| named.is_none());
        let rejected = not_read(file.name(), file.text.expose()).or_else(of_system);
        rejected.map(|error| error.with_source(&file.source()))
    }

    /// Whether a file has a section per environment.
    pub(super) fn has_environments(self) -> bool {
        self.rules().facts().environment.is_some()
    }
}
