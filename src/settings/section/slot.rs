//! The parts of a database that every system has a key for.

use crate::database::Database;
use crate::span::Component;

/// The parts of a database that every system has a key for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::settings) enum Slot {
    User,
    Password,
    Host,
    Port,
    Database,
    Socket,
}

impl Slot {
    pub(in crate::settings) const fn component(self) -> Component {
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
    pub(in crate::settings) fn is_in(self, database: &Database) -> bool {
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
