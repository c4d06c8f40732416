//! What a user should know in addition to the config: variables that a driver reads unasked, and those that nothing reads.

#[cfg(any(feature = "json", feature = "yaml"))]
use crate::attachment::PRIMARY;
use crate::attachment::{Attachment, Attachments};
use crate::database::Database;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::document::shown_key;
use crate::resolution::Resolved;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::settings::Settings;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::source::Source;
use crate::vars::Vars;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::warning::{Warning, WarningCode};

/// A variable that is set, and that a driver of the engine reads by itself: `PGHOST`, `PGSSLMODE` and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ambient {
    name: &'static str,
    applies: bool,
}

impl Ambient {
    /// The variable's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the config leaves open what the variable says, so that libpq or libmysqlclient takes it. Other drivers
    /// may not.
    #[must_use]
    pub const fn applies(&self) -> bool {
        self.applies
    }
}

/// The ambient variables that are set.
pub(crate) fn ambient(vars: &Vars, database: &Database) -> Vec<Ambient> {
    let known = database
        .ambient()
        .into_iter()
        .filter(|(name, _)| vars.is_set(name));
    known
        .map(|(name, applies)| Ambient { name, applies })
        .collect()
}

/// An environment that uses the same database as the chosen one.
#[cfg(any(feature = "json", feature = "yaml"))]
pub(crate) struct Twin {
    pub(crate) name: String,
    pub(crate) source: Source,
    /// Whether both read one variable, which may have another value in each.
    pub(crate) shares_variable: bool,
    pub(crate) warning: Warning,
}

#[cfg(any(feature = "json", feature = "yaml"))]
pub(crate) fn twins(settings: &Settings, vars: &Vars, used: &Resolved<Database>) -> Vec<Twin> {
    let is_memory = matches!(used.value(), Database::Sqlite(config) if config.is_memory());
    let is_of_file = |source: &Source| {
        let is_ambient = settings.reads_database_url()
            && source.name().is_some_and(|name| name.ends_with(PRIMARY));
        !is_ambient
    };
    let chosen = settings.chosen_environment(vars);
    let others = settings.resolve_others(vars).into_iter();
    let others = others.filter(|(_, other)| {
        !is_memory && is_of_file(other.source()) && other.value().target() == used.value().target()
    });
    let twin = |(name, other): (String, Resolved<Database>)| {
        let message = format!(
            "the environments `{}` and `{}` use the same database",
            shown_key(chosen.as_deref().unwrap_or_default()),
            shown_key(&name)
        );
        let shared = other
            .source()
            .name()
            .filter(|_| used.source() == other.source());
        let help = match shared {
            Some(variable) => {
                format!("both read {variable}: fine only where each runs with variables of its own")
            }
            None => "give each a database of its own".to_owned(),
        };
        Twin {
            shares_variable: shared.is_some(),
            source: other.source().clone(),
            warning: Warning::new(WarningCode::SameDatabase, message, help),
            name,
        }
    };
    others.map(twin).collect()
}

/// The variables of databases that nothing reads: they hold another database than the one used, or none at all. Caches,
/// queues and the like are not among them, unless one of their engine is used: a program has a use for each of them.
pub(crate) fn unused_attachments<'a>(
    attachments: &'a Attachments,
    used: &Resolved<Database>,
) -> impl Iterator<Item = &'a Attachment> {
    let is_of_engine = |other: &Attachment| {
        other
            .database()
            .is_ok_and(|other| other.engine() == used.value().engine())
    };
    attachments
        .iter()
        .filter(move |other| other.is_data_store() || is_of_engine(other))
        .filter(move |other| !other.is_database_of(used.source(), used.value()))
}
