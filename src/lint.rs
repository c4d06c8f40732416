//! What somebody should know beside the config itself: variables that a driver reads unasked, and those that nobody does.

use crate::attachment::{Attachment, Attachments};
use crate::database::Database;
use crate::resolved::Resolved;
use crate::vars::Vars;

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

/// The ambient variables that are set, beside a database. Mind `PGHOSTADDR`: libpq connects there whatever host is given.
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

/// The variables of databases that nothing reads: they hold another database than the one used, or none at all. Caches,
/// queues and the like are not among them, unless one of their engine is used: a program has a use for each of them.
#[must_use]
pub fn unused(vars: &Vars, used: &Resolved<Database>) -> Vec<String> {
    let is_of_engine = |other: &Attachment| {
        other
            .database()
            .is_ok_and(|other| other.engine() == used.engine())
    };
    let attachments = Attachments::of(vars);
    let others = attachments
        .iter()
        .filter(|other| other.is_data_store() || is_of_engine(other))
        .filter(|other| !other.is_database_of(used.source(), used));
    others.map(|other| other.source().to_string()).collect()
}
