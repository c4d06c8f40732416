//! A config made of parts instead of a URL, or changed: the rules of a URL hold for its servers and its database.

use crate::config::{self, Location, Text};
use crate::engine::Path;
use crate::error::Error;
use crate::fill::{
    self, DATABASE, HOST, Kind as Server, NO_EMPTY_HOST, PORT, SOCKET, USER, component,
};
use crate::secret::Secret;
use crate::service::check;
use crate::service::config::Config;
use crate::service::kind::Kind;
use crate::service::names::COUNT;
use crate::service::tls::{Asked, Tls};
use crate::span::{Component, Span};
use crate::warning::{WarningCode, WarningSet};

/// A config in the making.
pub(crate) struct Assembly<'a> {
    values: config::Assembly<'a, COUNT>,
    kind: Kind,
    scheme: &'a str,
    /// What the parameters say.
    tls: Option<Tls>,
    warnings: WarningSet,
    from_query: u64,
}

impl<'a> Assembly<'a> {
    /// Nothing set, for a scheme in lower case.
    pub(crate) fn new(scheme: &'a str) -> Result<Self, Error> {
        Ok(Self {
            values: config::Assembly::new(),
            kind: Kind::of_scheme(scheme)?,
            scheme,
            tls: None,
            warnings: WarningSet::new(),
            from_query: 0,
        })
    }

    /// The values and parameters of a config, to be changed.
    pub(super) fn of(config: &'a Config) -> Self {
        let mut values = config::Assembly::of(&config.store);
        for (name, value) in config.extra_pairs() {
            values.pair(name, value.expose());
        }
        Self {
            values,
            kind: config.kind,
            scheme: config.scheme().unwrap_or_default(),
            tls: Some(config.tls),
            warnings: config.warnings.clone(),
            from_query: config.from_query,
        }
    }

    pub(super) fn unset(&mut self, index: usize) {
        self.values.unset(index);
    }

    /// Sets a value in place of another one.
    pub(crate) fn set(
        &mut self,
        index: usize,
        text: impl Into<Text<'a>>,
        at: Location<'a>,
    ) -> Result<(), Error> {
        let text = text.into();
        at.check_nul(component(index), text.as_str())?;
        if index == USER && text.as_str().contains(':') {
            self.warnings.insert(WarningCode::ColonInUser);
        }
        self.from_query &= !(1 << index);
        // An empty vhost is one; no other database has an empty name.
        if index == DATABASE && text.as_str().is_empty() && self.kind.path != Path::Vhost {
            self.unset(index);
        } else {
            self.values.set(index, text, at);
        }
        Ok(())
    }

    /// Sets the only server, or the path of a socket.
    pub(crate) fn server(&mut self, host: &str, port: &str, at: Location<'a>) -> Result<(), Error> {
        let (kind, port) = fill::server(host, port).map_err(|error| at.of(error))?;
        if !port.is_empty() {
            self.set(PORT, Secret::from(port), at)?;
        }
        match kind {
            Server::Absent => Ok(()),
            Server::Host => self.set(HOST, Secret::from(host), at),
            Server::Socket => self.set(SOCKET, Secret::from(host), at),
        }
    }

    /// Sets servers, each with its port or none: `db1:27017,db2:27017`.
    pub(crate) fn servers(&mut self, list: &str, at: Location<'a>) -> Result<(), Error> {
        let servers = list.split(',').map(str::trim);
        let servers: Vec<_> = servers
            .map(|server| server.rsplit_once(':').unwrap_or((server, "")))
            .collect();
        if let [(host, port)] = servers[..] {
            return self.server(host, port, at);
        }
        let (mut hosts, mut ports) = (Vec::new(), Vec::new());
        for (host, port) in servers {
            let (kind, port) = fill::server(host, port).map_err(|error| at.of(error))?;
            let (detail, help) = match kind {
                Server::Host => {
                    hosts.push(host);
                    ports.push(port);
                    continue;
                }
                Server::Absent => ("an empty element of the list", NO_EMPTY_HOST),
                Server::Socket => (
                    "a socket cannot be listed with other hosts",
                    "give the path of the socket alone",
                ),
            };
            let error = fill::invalid(Component::Host, Span::default(), detail);
            return Err(at.of(error.with_help(help)));
        }
        self.set(HOST, Secret::from(hosts.join(",")), at)?;
        if ports.iter().any(|port| !port.is_empty()) {
            self.set(PORT, Secret::from(ports.join(",")), at)?;
        }
        Ok(())
    }

    /// Checks the whole, and makes the config.
    pub(crate) fn finish(self) -> Result<Config, Error> {
        let store = self.values.finish(self.scheme);
        let get = |index| store.get(index).map(str::as_bytes);
        let tls = match self.tls {
            Some(tls) => Ok(tls),
            None => Asked::default().against(self.kind.tls, self.kind.is_mongodb()),
        };
        check::servers(self.kind, &get)
            .and_then(|()| check::socket(self.kind, &get))
            .and_then(|()| check::database(self.kind, &get))
            .map_err(|failure| {
                let index = failure.index;
                self.values.placed(index, failure.at(Span::default()))
            })?;
        Ok(Config {
            scheme: Span::new(0, self.scheme.len()),
            kind: self.kind,
            tls: tls?,
            warnings: self.warnings,
            from_query: self.from_query,
            store,
        })
    }
}
