//! The answer: a config with everything that was added, and for each field its source and what lost.

use std::fmt;

use crate::config::value::Host;
use crate::database::Database;
use crate::resolution::Resolved;
use crate::secret::{Secret, SecretStr};
use crate::source::{Provenance, Source};
use crate::span::Component;
use crate::warning::Warning;

/// A config with what its client adds.
#[derive(Clone, Debug)]
pub struct Completed<C> {
    pub(super) config: C,
    pub(super) fields: Vec<Field>,
    pub(super) servers: Vec<Server>,
    pub(super) warnings: Vec<Warning>,
}

impl<C> Completed<C> {
    /// The config, with what the string, files, variables and the system user give. Defaults that every driver has of its own
    /// (`port`, `sslmode=prefer`…) are not written into it, nor are `service` and `passfile`, which were followed;
    /// [`fields`](Self::fields) has them.
    #[must_use]
    pub const fn config(&self) -> &C {
        &self.config
    }

    /// The config alone.
    #[must_use]
    pub fn into_config(self) -> C {
        self.config
    }

    /// Everything that has a value, in the order of the client's table, defaults included.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }

    /// A field by its name, such as `sslmode`; the database is `database`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The servers to try, each with its port and its password. There is always one.
    #[must_use]
    pub fn servers(&self) -> &[Server] {
        &self.servers
    }

    /// What was accepted, but may not be meant.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

impl<C: Into<Database>> Completed<C> {
    /// The completed database in place of the one that was chosen.
    pub(super) fn into_resolved(self, chosen: Resolved<Database>) -> Resolved<Database> {
        let mut fields: Vec<_> = chosen.fields().collect();
        let (mut lost, mut defaults) = (Vec::new(), Vec::new());
        for field in self.fields {
            lost.extend(field.lost.into_iter().map(|source| (field.name, source)));
            match field.from {
                Some(from) if field.is_default => {
                    defaults.push((field.name, field.value.expose().to_owned(), from));
                }
                Some(from) => {
                    fields.retain(|(name, _)| *name != field.name);
                    fields.push((field.name, from));
                }
                None => {}
            }
        }
        chosen.completed(self.config.into(), fields, lost, defaults, self.warnings)
    }
}

/// One setting of a completed config.
#[derive(Clone, Debug)]
pub struct Field {
    pub(super) name: &'static str,
    pub(super) value: Secret,
    pub(super) from: Option<Provenance>,
    pub(super) lost: Vec<Source>,
    pub(super) is_default: bool,
}

impl Field {
    /// Its name, as in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The value, which may be a secret.
    #[must_use]
    pub fn value(&self) -> SecretStr<'_> {
        self.value.view()
    }

    /// Where it came from; `None` if the config had it already.
    #[must_use]
    pub const fn provenance(&self) -> Option<&Provenance> {
        self.from.as_ref()
    }

    /// What gave it, too, but came later in the client's order.
    #[must_use]
    pub fn lost(&self) -> &[Source] {
        &self.lost
    }

    /// Whether it is the client's own default, which is not written into the config.
    #[must_use]
    pub const fn is_default(&self) -> bool {
        self.is_default
    }
}

/// A server to try.
///
/// `Debug` masks what looks like a swallowed password.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    pub(super) host: String,
    pub(super) hostaddr: Option<String>,
    pub(super) port: u16,
    /// As it is written, for the password file.
    pub(super) port_text: String,
    pub(super) password: Option<Secret>,
    pub(super) password_from: Option<Source>,
    /// Whether a host of the list looks like a swallowed password.
    pub(super) is_hidden: bool,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = Host {
            host: Some(&self.host),
            hostaddr: self.hostaddr(),
            port: Some(self.port),
            priority: None,
            is_hidden: self.is_hidden,
        };
        f.debug_struct("Server")
            .field("host", &host)
            .field("password", &self.password)
            .field("password_from", &self.password_from)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// The name, the address or the directory of the socket: what `PQhost` reports.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The address to connect to, if one is given next to the host.
    #[must_use]
    pub fn hostaddr(&self) -> Option<&str> {
        self.hostaddr.as_deref()
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The password for this server.
    #[must_use]
    pub fn password(&self) -> Option<SecretStr<'_>> {
        self.password.as_ref().map(Secret::view)
    }

    /// The line of the password file that has the password, if it came from there.
    #[must_use]
    pub const fn password_source(&self) -> Option<&Source> {
        self.password_from.as_ref()
    }
}

/// Where a field came from as a whole.
pub(super) const fn from(source: Source) -> Provenance {
    Provenance::new(source, None)
}

/// A default that repeats another field.
pub(super) const fn from_default(field: Component) -> Provenance {
    Provenance::new(Source::Default, Some(field))
}
