//! A config made of parts instead of a URL, or changed: the rules of a URL hold for its servers and its database.

use crate::config::url::{
    self, DATABASE, HOST, HostKind as Server, NO_EMPTY_HOST, PORT, SOCKET, USER, component,
};
use crate::config::{self, Location, Text};
use crate::engine::Path;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::service::check;
use crate::service::config::Config;
use crate::service::kind::ServiceKind;
use crate::service::params::{self, COUNT, NAME};
use crate::service::parse::repeats_a_parameter;
use crate::service::tls::{self, Requested, Tls};
use crate::span::{Component, Span};
use crate::warning::{WarningCode, WarningSet};

/// A config in the making.
pub(crate) struct Assembly<'a> {
    values: config::Assembly<'a, COUNT>,
    kind: ServiceKind,
    scheme: &'a str,
    /// What the parameters of a config say that is changed.
    tls: Option<Tls>,
    /// What the parameters say that are added.
    requested: Requested,
    /// The settings of TLS that are given once, by a spelling for all.
    single: Vec<(&'static str, &'a str)>,
    warnings: WarningSet,
    from_query: u64,
}

impl<'a> Assembly<'a> {
    /// Nothing set, for a scheme in lower case.
    pub(crate) fn new(scheme: &'a str) -> Result<Self, Error> {
        Ok(Self {
            values: config::Assembly::new(),
            kind: ServiceKind::of_scheme(scheme)?,
            scheme,
            tls: None,
            requested: Requested::default(),
            single: Vec::new(),
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
            requested: Requested::default(),
            single: Vec::new(),
            warnings: config.warnings.clone(),
            from_query: config.from_query,
        }
    }

    pub(super) fn unset(&mut self, index: usize) {
        self.values.unset(index);
    }

    pub(super) fn unset_servers(&mut self) {
        for index in [HOST, PORT, SOCKET] {
            self.unset(index);
        }
    }

    /// Sets a value in place of another one.
    pub(crate) fn set(
        &mut self,
        index: usize,
        text: impl Into<Text<'a>>,
        at: Location<'a>,
    ) -> Result<(), Error> {
        let text = text.into();
        at.check_nul(|| component(index), text.as_str())?;
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

    /// Sets the only server, or the path of a socket; `ats` are the locations of host and port.
    pub(crate) fn server(
        &mut self,
        host: &str,
        port: &str,
        ats: [Location<'a>; 2],
    ) -> Result<(), Error> {
        let server = url::server(host, port);
        let (kind, port) = server.map_err(|error| Location::of_server(error, ats))?;
        let [at, port_at] = ats;
        if !port.is_empty() {
            self.set(PORT, Secret::from(port), port_at)?;
        }
        match kind {
            Server::Absent => Ok(()),
            Server::Host => self.set(HOST, Secret::from(host), at),
            Server::Socket => self.set(SOCKET, Secret::from(host), at),
        }
    }

    /// Sets servers, each with its port or none: `db1:27017,db2:27017`.
    pub(crate) fn servers(&mut self, list: &str, ats: [Location<'a>; 2]) -> Result<(), Error> {
        let servers = list.split(',').map(str::trim);
        let servers: Vec<_> = servers
            .map(|server| server.rsplit_once(':').unwrap_or((server, "")))
            .collect();
        self.server_list(&servers, ats)
    }

    /// Sets servers, each with its port or an empty one.
    pub(super) fn server_list(
        &mut self,
        servers: &[(&str, &str)],
        ats: [Location<'a>; 2],
    ) -> Result<(), Error> {
        if let [(host, port)] = servers {
            return self.server(host, port, ats);
        }
        let [at, port_at] = ats;
        let (mut hosts, mut ports) = (Vec::new(), Vec::new());
        for (host, port) in servers {
            if host.contains(',') {
                let detail = "a host cannot hold a comma";
                return Err(at.of(url::invalid(Component::Host, Span::default(), detail)));
            }
            let server = url::server(host, port);
            let (kind, port) = server.map_err(|error| Location::of_server(error, ats))?;
            let (detail, help) = match kind {
                Server::Host => {
                    hosts.push(*host);
                    ports.push(port);
                    continue;
                }
                Server::Absent => ("an empty element of the list", NO_EMPTY_HOST),
                Server::Socket => (
                    "a socket cannot be listed with other hosts",
                    "give the path of the socket alone",
                ),
            };
            let error = url::invalid(Component::Host, Span::default(), detail);
            return Err(at.of(error.with_help(help)));
        }
        self.set(HOST, Secret::from(hosts.join(",")), at)?;
        if ports.iter().any(|port| !port.is_empty()) {
            self.set(PORT, Secret::from(ports.join(",")), port_at)?;
        }
        Ok(())
    }

    /// Sets the instance, or the name of a Sentinel service.
    pub(super) fn name(&mut self, text: &'a str, path: Path) -> Result<(), Error> {
        let component = Component::Setting(if path == Path::Sentinel {
            "service"
        } else {
            "instance"
        });
        Location::Caller.check_nul(|| component, text)?;
        if self.kind.path != path {
            let detail = "this service has no such part";
            return Err(Error::new(ErrorKind::InvalidValue, detail).of(component));
        }
        self.values.set(NAME, text, Location::Caller);
        Ok(())
    }

    /// Adds a parameter by the rules of a query: one that is another part of the URL sets that part.
    pub(super) fn param(&mut self, name: &'a str, value: &'a str) -> Result<(), Error> {
        let at = Location::Caller;
        at.check_nul(|| Component::Query, name)?;
        at.check_nul(|| Component::Query, value)?;
        if name.is_empty() {
            let error = Error::new(ErrorKind::InvalidName, "a parameter needs a name");
            return Err(error.of(Component::Query));
        }
        if let Some(index) = params::promoted(self.kind, name) {
            return self.set(index, value, at);
        }
        let unplaced = Error::without_span;
        params::check_spelling(self.kind, name, Span::default()).map_err(unplaced)?;
        let (span, mongodb) = (Span::default(), self.kind.is_mongodb());
        let noted = self.requested.note(name, value, (span, span), mongodb);
        noted.map_err(unplaced)?;
        if let Some(known) = tls::single(name, mongodb) {
            let earlier = self.single.iter().find(|(earlier, _)| *earlier == known);
            if earlier.is_some_and(|(_, earlier)| *earlier != value) {
                return Err(unplaced(url::conflict(Component::Setting("tls"), span)));
            }
            self.single.push((known, value));
        }
        self.values.pair(name, value);
        Ok(())
    }

    /// Checks the whole, and makes the config. All that is wrong is reported.
    pub(crate) fn finish(self) -> Result<Config, Error> {
        let store = self.values.finish(self.scheme);
        let get = |index| store.get(index).map(str::as_bytes);
        let tls = match self.tls {
            Some(tls) => Ok(tls),
            None => self
                .requested
                .against(self.kind.tls, self.kind.is_mongodb())
                .map_err(Error::without_span),
        };
        let checks = [check::servers, check::socket, check::database];
        let failures = checks
            .iter()
            .filter_map(|check| check(self.kind, &get).err());
        let failures: Vec<_> = failures
            .map(|failure| {
                let index = failure.index;
                self.values.placed(index, failure.at(Span::default()))
            })
            .collect();
        let (tls, failures) = match tls {
            Ok(tls) => (tls, failures),
            Err(error) => (Tls::Off, [failures, vec![error]].concat()),
        };
        Error::together(failures)?;
        let mut config = Config {
            scheme: Span::new(0, self.scheme.len()),
            kind: self.kind,
            tls,
            warnings: self.warnings,
            from_query: self.from_query,
            store,
        };
        if self.tls.is_none() && repeats_a_parameter(&config) {
            config.warnings.insert(WarningCode::RepeatedSetting);
        }
        Ok(config)
    }
}
