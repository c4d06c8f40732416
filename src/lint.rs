//! What a user should know in addition to the config: variables that a driver reads unasked, and those that nothing reads.

#[cfg(any(feature = "json", feature = "yaml"))]
use crate::attachment::PRIMARY;
use crate::attachment::{Attachment, Attachments};
use crate::database::Database;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::document::shown_key;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::provenance::Source;
use crate::resolved::Resolved;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::settings::{Settings, System};
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

/// The ambient variables that are set, in addition to a database. Mind `PGHOSTADDR`: libpq connects there whatever host is given.
#[must_use]
pub fn ambient(vars: &Vars, database: &Database) -> Vec<Ambient> {
    let known = database
        .ambient()
        .into_iter()
        .filter(|(name, _)| vars.is_set(name));
    known
        .map(|(name, applies)| Ambient { name, applies })
        .collect()
}

/// The environments of a settings file that use the same database as the one that was chosen from it. A file whose sections
/// name one variable is reported, too: that is fine only where each environment runs with variables of its own.
#[cfg(any(feature = "json", feature = "yaml"))]
#[must_use]
pub fn same_database(settings: &Settings, vars: &Vars, used: &Resolved<Database>) -> Vec<Warning> {
    let is_memory = matches!(used.value(), Database::Sqlite(config) if config.is_memory());
    let is_of_file = |source: &Source| {
        let is_ambient = settings.whose() == System::Rails
            && source.name().is_some_and(|name| name.ends_with(PRIMARY));
        !is_ambient
    };
    let chosen = settings.chosen_environment(vars);
    let mut warnings = Vec::new();
    for (name, other) in settings.resolve_others(vars) {
        if is_memory || !is_of_file(other.source()) || other.target() != used.target() {
            continue;
        }
        let message = format!(
            "the environments `{}` and `{}` use the same database",
            shown_key(chosen.as_deref().unwrap_or_default()),
            shown_key(&name)
        );
        let help = match other.source().name() {
            Some(variable) if used.source() == other.source() => {
                format!("both read {variable}: fine only where each runs with variables of its own")
            }
            _ => "give each a database of its own".to_owned(),
        };
        warnings.push(Warning::new(WarningCode::SameDatabase, message, help));
    }
    warnings
}

/// The variables of databases that nothing reads: they hold another database than the one used, or none at all. Caches,
/// queues and the like are not among them, unless one of their engine is used: a program has a use for each of them.
#[must_use]
pub fn unused(attachments: &Attachments, used: &Resolved<Database>) -> Vec<String> {
    let is_of_engine = |other: &Attachment| {
        other
            .database()
            .is_ok_and(|other| other.engine() == used.engine())
    };
    let others = attachments
        .iter()
        .filter(|other| other.is_data_store() || is_of_engine(other))
        .filter(|other| !other.is_database_of(used.source(), used));
    others.map(|other| other.source().to_string()).collect()
}
