//! A database that is given part by part, each as data: nothing in it is escaped.

use crate::config::Location;
use crate::config::url::{self, DATABASE, PASSWORD, USER};
use crate::database::Database;
use crate::engine::{Engine, Scheme};
use crate::error::Error;
use crate::mistake::of_port;
use crate::mysql;
use crate::postgres;
use crate::service;
use crate::span::Component;
use crate::sqlite;

/// A part, and where it was given.
pub(crate) type Part<'a> = (&'a str, Location<'a>);

/// A part without a location.
pub(crate) const fn by_caller(text: &str) -> Part<'_> {
    (text, Location::Caller)
}

/// The parts. An error names its part as component, and has the part's location.
#[derive(Clone, Copy, Default)]
pub(crate) struct DatabaseParts<'a> {
    pub(crate) scheme: &'a str,
    pub(crate) host: Part<'a>,
    /// Whether the host is a list of servers with their ports.
    pub(crate) is_list: bool,
    pub(crate) port: Option<Part<'a>>,
    pub(crate) user: Option<Part<'a>>,
    pub(crate) password: Option<Part<'a>>,
    pub(crate) database: Option<Part<'a>>,
}

impl DatabaseParts<'_> {
    /// The database of the parts.
    pub(crate) fn assemble(&self) -> Result<Database, Error> {
        let scheme = self.scheme.to_ascii_lowercase();
        let row = Scheme::find_any(&scheme);
        let assembled = match row.map(|row| (row.engine, row.default_port)) {
            Some((Engine::Postgres, port)) => self.postgres(&scheme, port),
            Some((Engine::MySql, port)) => self.mysql(&scheme, port),
            Some((Engine::Sqlite, _)) => {
                let (path, at) = self.database.unwrap_or_default();
                let config = sqlite::Config::from_path(sqlite::Family::Sqlx, path);
                config.map(Into::into).map_err(|error| at.of(error))
            }
            _ => self.service(&scheme),
        };
        assembled.map_err(|error| match (error.component(), self.port) {
            (Some(Component::Port), Some((port, _))) if !self.is_list => of_port(error, port),
            _ => error,
        })
    }

    fn postgres(&self, scheme: &str, port: u16) -> Result<Database, Error> {
        use postgres::Keyword;

        let options = postgres::ParseOptions::new();
        let mut config = postgres::Assembly::new(options, scheme, port);
        let parts = [
            (Keyword::User, self.user),
            (Keyword::Password, self.password),
            (Keyword::Host, Some(self.host)),
            (Keyword::Port, self.port),
            (Keyword::Dbname, self.database),
        ];
        for (keyword, text) in parts {
            if let Some((text, at)) = text.filter(|(text, _)| !text.is_empty()) {
                config.set(keyword, text, at)?;
            }
        }
        config.finish().map(Into::into)
    }

    fn mysql(&self, scheme: &str, port: u16) -> Result<Database, Error> {
        use mysql::Keyword;

        let mut config = mysql::Assembly::new(scheme, port);
        let (host, at) = self.host;
        let (port, port_at) = self.port.unwrap_or_default();
        let server = url::server(host, port);
        let (kind, port) = server.map_err(|error| Location::of_server(error, [at, port_at]))?;
        let given = |(text, _): &Part<'_>| !text.is_empty();
        let parts = [
            (Keyword::User, self.user()),
            (Keyword::Password, self.password),
            (Keyword::Port, Some((port, port_at)).filter(given)),
            (
                match kind {
                    url::HostKind::Socket => Keyword::Socket,
                    url::HostKind::Host | url::HostKind::Absent => Keyword::Host,
                },
                Some(self.host).filter(given),
            ),
            (Keyword::Database, self.database.filter(given)),
        ];
        for (keyword, text) in parts {
            if let Some((text, at)) = text {
                config.set(keyword, text, at)?;
            }
        }
        config.finish().map(Into::into)
    }

    fn service(&self, scheme: &str) -> Result<Database, Error> {
        let mut config = service::Assembly::new(scheme)?;
        let parts = [
            (USER, self.user()),
            (PASSWORD, self.password),
            (DATABASE, self.database),
        ];
        for (index, text) in parts {
            if let Some((text, at)) = text {
                config.set(index, text, at)?;
            }
        }
        let (host, at) = self.host;
        let (port, port_at) = self.port.unwrap_or(("", at));
        let ats = [at, port_at];
        if !self.is_list {
            config.server(host, port, ats)?;
        } else if port.is_empty() {
            config.servers(host, ats)?;
        } else {
            config.servers(&format!("{host}:{port}"), ats)?;
        }
        let finished = config.finish().map(Into::into);
        // A host that is empty is set nowhere.
        finished.map_err(|error| match error.component() {
            Some(Component::Host) if error.origin().is_none() => at.of(error),
            _ => error,
        })
    }

    /// A password without a user belongs to the user without a name.
    fn user(&self) -> Option<Part<'_>> {
        self.user.or(self.password.map(|(_, at)| ("", at)))
    }
}
