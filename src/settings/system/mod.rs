//! The systems whose settings files are read, one file each: which section counts, what beats what.

mod choices;
pub(super) mod conduit;
mod django;
pub(super) mod plain;
mod procfile;
mod rails;
pub(super) mod sequelize;

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use crate::database::Database;
use crate::document::node_ref::Located;
use crate::document::{Node, shown_key as shown};
use crate::error::{Error, ErrorKind};
use crate::place::Position;
use crate::provenance::{FilePlace, Source};
use crate::resolved::Resolved;
use crate::scheme::Scheme;
use crate::secret::Secret;
use crate::settings::fields::Base;
use crate::settings::fill::Unset;
use crate::settings::uses::is_below;
use crate::suggest::nearest;
use crate::template::Syntax;
use crate::vars::{Vars, is_name};
use crate::warning::{Warning, WarningCode};

pub use django::Arguments as DjangoArguments;

/// Which system a settings file is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum System {
    /// `sequelize`: `config/config.json` of sequelize-cli.
    Sequelize,
    /// `rails`: `config/database.yml` of Rails and Active Record; also `cable.yml`, `neo4j.yml`, `secrets.yml`.
    Rails,
    /// `conduit`: the configuration of Conduit and Aqueduct, `database: $DATABASE_URL`.
    Conduit,
    /// `django`: `DATABASES` of Django as JSON or YAML, and dj-database-url's `DATABASE_URL`.
    Django,
    /// `procfile`: the commands of a Procfile, `release: migrate --connect $DATABASE_URL`.
    Procfile,
    /// `plain`: any YAML or JSON, with Compose's syntax for variables.
    Plain,
}

impl System {
    /// Every system.
    pub const ALL: &[Self] = &[
        Self::Sequelize,
        Self::Rails,
        Self::Conduit,
        Self::Django,
        Self::Procfile,
        Self::Plain,
    ];

    /// The name used by the command.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sequelize => "sequelize",
            Self::Rails => "rails",
            Self::Conduit => "conduit",
            Self::Django => "django",
            Self::Procfile => "procfile",
            Self::Plain => "plain",
        }
    }

    /// The files that are read where none is named, the first that is there.
    #[must_use]
    pub const fn default_files(self) -> &'static [&'static str] {
        match self {
            Self::Sequelize => &["config/config.json"],
            Self::Rails => &["config/database.yml"],
            Self::Conduit => &["config.yaml", "database.yaml"],
            Self::Procfile => &["Procfile"],
            Self::Django | Self::Plain => &[],
        }
    }

    /// The syntax of variables in the file; `None` where nothing is filled in.
    #[must_use]
    pub const fn syntax(self) -> Option<Syntax> {
        match self {
            Self::Rails => Some(Syntax::Erb),
            Self::Conduit => Some(Syntax::Conduit),
            Self::Procfile => Some(Syntax::Shell),
            Self::Plain => Some(Syntax::Compose),
            Self::Sequelize | Self::Django => None,
        }
    }

    /// Which system the document is of, by its keys. Sections are one level below the root, or the root is one.
    pub(super) fn guess(root: &Node) -> Self {
        let sections = || {
            let below = root.entries().unwrap_or_default().iter();
            std::iter::once(root).chain(below.map(|entry| &entry.node))
        };
        let any = |keys: &[&str]| {
            sections().any(|section| keys.iter().any(|key| section.get(key).is_some()))
        };
        let is_conduit = |node: &Node| {
            let is_reference = |text: &str| text.strip_prefix('$').is_some_and(is_name);
            node.get("databaseName").is_some() || node.text().is_some_and(is_reference)
        };
        let database = root.get("database");
        if any(&["var"]) {
            Self::Plain
        } else if any(&["use_env_variable", "dialect", "dialectOptions"]) {
            Self::Sequelize
        } else if any(&["ENGINE"]) || root.get("DATABASES").is_some() {
            Self::Django
        } else if database.is_some_and(is_conduit) || root.get("databaseName").is_some() {
            Self::Conduit
        } else if any(&["adapter"]) {
            Self::Rails
        } else {
            Self::Plain
        }
    }

    /// Whether a file has a section per environment.
    pub(super) const fn has_environments(self) -> bool {
        self.environment().1.is_some()
    }

    /// The variables that name the environment, in order, and what applies without them.
    const fn environment(self) -> (&'static [&'static str], Option<&'static str>) {
        match self {
            Self::Sequelize => (&["NODE_ENV"], Some("development")),
            Self::Rails => (&["RAILS_ENV", "RACK_ENV"], Some("development")),
            Self::Conduit | Self::Django | Self::Procfile | Self::Plain => (&[], None),
        }
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for System {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let known = Self::ALL.iter().find(|system| system.as_str() == name);
        known.copied().ok_or_else(|| {
            let names = Self::ALL.iter().map(|system| system.as_str());
            let help = nearest(name, names).map_or_else(
                || {
                    "the systems are sequelize, rails, conduit, django, procfile and plain"
                        .to_owned()
                },
                |meant| format!("did you mean `{meant}`?"),
            );
            Error::new(ErrorKind::UnknownSystem, "expected the name of a system").with_help(help)
        })
    }
}

/// What a system is asked.
#[derive(Debug)]
pub(super) struct Question<'q> {
    /// The filled file, if there is one.
    pub(super) root: Option<Located<'q>>,
    pub(super) vars: &'q Vars,
    /// The environment, as named by the caller or by the system's own variables; `None` where the system has none.
    pub(super) environment: Option<&'q str>,
    /// Which of several connections.
    pub(super) connection: Option<&'q str>,
    /// A URL that the caller gives in place of what the file says.
    pub(super) url: Option<&'q Secret>,
    /// The arguments of dj-database-url.
    pub(super) django: &'q DjangoArguments,
    /// The variables that the file uses and that are not set.
    pub(super) unset: &'q [Unset],
    /// Conditions of the file that are not known, each with its location; what they guard is left out.
    pub(super) unknown: &'q [Error],
}

impl Question<'_> {
    /// The variables that are not set, below a key of the file.
    pub(super) fn unset_below<'q>(
        &'q self,
        section: &Located<'_>,
    ) -> impl Iterator<Item = &'q Unset> + use<'q> {
        let key = section.key();
        let unset = self.unset.iter();
        unset.filter(move |unset| is_below(unset.place.key(), &key))
    }

    /// A condition that is not known, in a part of the file that a section is made of, or anywhere if there is no section.
    pub(super) fn unknown_condition(&self, sections: &[Option<&Located<'_>>]) -> Option<Error> {
        let first = self.unknown.first()?;
        let root = self.root.as_ref()?;
        if sections.iter().flatten().next().is_none() {
            return Some(first.clone());
        }
        let mut starts: Vec<_> = root.entries().map(|entry| line(&entry.source())).collect();
        starts.sort_unstable();
        let part = |line: u32| starts.partition_point(|start| *start <= line);
        let mut parts = HashSet::new();
        for section in sections.iter().flatten() {
            section.visit(&mut |at| {
                parts.insert(part(line(&at.source())));
            });
        }
        let of_condition = |error: &&Error| error.provenance().map(line).map(part);
        let found = self.unknown.iter();
        let mut found =
            found.filter(|error| of_condition(error).is_some_and(|part| parts.contains(&part)));
        found.next().cloned()
    }
}

/// The line of a location in a file.
fn line(source: &Source) -> u32 {
    let position = source.file().and_then(FilePlace::position);
    position.map_or(0, Position::line)
}

/// A variable that is not set, and that the settings do without.
pub(super) fn warn_of(unset: &Unset) -> Warning {
    // A template tells no name that may be a piece of a password; Ruby takes others than a shell.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    let name = if unset.name.bytes().all(is_plain) {
        &unset.name
    } else {
        "this variable"
    };
    let message = format!("{}: {name} is not set", unset.place);
    let help = "set it, or give it a default in the file";
    Warning::new(WarningCode::UnsetVariable, message, help)
}

/// A URL of another engine than the one next to it.
pub(super) fn mismatch(base: &Base, row: Scheme, entry: &Located<'_>) -> Option<Warning> {
    let engine = base.database.engine();
    (engine != row.engine).then(|| {
        let message = format!(
            "{}: this is one of {}, but the URL of {} is one of {engine}, which is used",
            entry.place(),
            row.engine,
            base.source
        );
        let help = "make the two agree";
        Warning::new(WarningCode::EngineMismatch, message, help)
    })
}

/// The value must be a string, and is not one, or is unknown.
pub(super) fn not_a_text(value: &Located<'_>) -> Error {
    if let Some(error) = value.node.unknown() {
        return error.clone();
    }
    Error::new(ErrorKind::InvalidValue, "expected a string").said_by(&value.source())
}

/// The environment: the caller's, else that of the system's variables (spaces alone are unset), else its default.
pub(super) fn environment<'q>(
    system: System,
    named: Option<&'q str>,
    vars: &'q Vars,
) -> Result<Option<&'q str>, Error> {
    if named.is_some() {
        return Ok(named);
    }
    let (variables, default) = system.environment();
    for name in variables {
        if let Some(text) = vars.get(name)? {
            if !text.expose().trim().is_empty() {
                return Ok(Some(text.expose()));
            }
        }
    }
    Ok(default)
}

/// Answers for a system.
pub(super) fn resolve(
    system: System,
    question: &Question<'_>,
) -> Result<Resolved<Database>, Error> {
    match system {
        System::Sequelize => sequelize::resolve(question),
        System::Conduit => conduit::resolve(question),
        System::Rails => rails::resolve(question),
        System::Django => django::resolve(question),
        System::Procfile => procfile::resolve(question),
        System::Plain => plain::resolve(question),
    }
}
