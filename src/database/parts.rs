//! A database that is given part by part, each as data: nothing in it is escaped.

use crate::config::Location;
use crate::database::Database;
use crate::engine::{Engine, Scheme};
use crate::error::Error;
use crate::fill::{self, DATABASE, PASSWORD, USER};
use crate::mistake::of_port;
use crate::mysql;
use crate::postgres;
use crate::service;
use crate::span::Component;
use crate::sqlite;

/// The parts. An error names its part as component.
#[derive(Clone, Copy, Default)]
pub(crate) struct Parts<'a> {
    pub(crate) scheme: &'a str,
    pub(crate) host: &'a str,
    /// Whether the host is a list of servers with their ports.
    pub(crate) is_list: bool,
    pub(crate) port: Option<&'a str>,
    pub(crate) user: Option<&'a str>,
    pub(crate) password: Option<&'a str>,
    pub(crate) database: Option<&'a str>,
}

impl Parts<'_> {
    /// The database of the parts.
    pub(crate) fn assemble(&self) -> Result<Database, Error> {
        let scheme = self.scheme.to_ascii_lowercase();
        let row = Scheme::find_any(&scheme);
        let assembled = match row.map(|row| (row.engine, row.default_port)) {
            Some((Engine::Postgres, port)) => self.postgres(&scheme, port),
            Some((Engine::MySql, port)) => self.mysql(&scheme, port),
            Some((Engine::Sqlite, _)) => {
                let path = self.database.unwrap_or_default();
                sqlite::Config::from_path(sqlite::Family::Sqlx, path).map(Into::into)
            }
            _ => self.service(&scheme),
        };
        assembled.map_err(|error| match (error.component(), self.port) {
            (Some(Component::Port), Some(port)) if !self.is_list => of_port(error, port),
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
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                config.set(keyword, text, Location::Caller)?;
            }
        }
        config.finish().map(Into::into)
    }

    fn mysql(&self, scheme: &str, port: u16) -> Result<Database, Error> {
        use mysql::Keyword;

        let mut config = mysql::Assembly::new(scheme, port);
        let (kind, port) = fill::server(self.host, self.port.unwrap_or_default())?;
        let given = |text: &'_ str| !text.is_empty();
        let parts = [
            (Keyword::User, self.user()),
            (Keyword::Password, self.password),
            (Keyword::Port, Some(port).filter(|port| given(port))),
            (
                match kind {
                    fill::Kind::Socket => Keyword::Socket,
                    fill::Kind::Host | fill::Kind::Absent => Keyword::Host,
                },
                Some(self.host).filter(|host| given(host)),
            ),
            (Keyword::Database, self.database.filter(|name| given(name))),
        ];
        for (keyword, text) in parts {
            if let Some(text) = text {
                config.set(keyword, text, Location::Caller)?;
            }
        }
        config.finish().map(Into::into)
    }

    fn service(&self, scheme: &str) -> Result<Database, Error> {
        let at = Location::Caller;
        let mut config = service::Assembly::new(scheme)?;
        let parts = [
            (USER, self.user()),
            (PASSWORD, self.password),
            (DATABASE, self.database),
        ];
        for (index, text) in parts {
            if let Some(text) = text {
                config.set(index, text, at)?;
            }
        }
        let port = self.port.unwrap_or_default();
        if !self.is_list {
            config.server(self.host, port, at)?;
        } else if port.is_empty() {
            config.servers(self.host, at)?;
        } else {
            config.servers(&format!("{}:{port}", self.host), at)?;
        }
        config.finish().map(Into::into)
    }

    /// A password without a user belongs to the user without a name.
    fn user(&self) -> Option<&str> {
        self.user.or(self.password.map(|_| ""))
    }
}
