//! Configs to URLs, masked and exposed, and changes by value.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::config::Location;
use crate::config::display::{Params, View, bounded};
use crate::config::url::{DATABASE, HOST, PASSWORD, PORT, SOCKET, USER, component};
use crate::engine::{Path, Servers};
use crate::error::Error;
use crate::grammar::percent;
use crate::secret::{MASK, Secret, SecretStr};
use crate::service::assembly::Assembly;
use crate::service::config::Config;
use crate::service::params::{self, NAME};
use crate::shown;
use crate::span::Component;

const SOCKET_PART: Component = component(SOCKET);

impl Config {
    /// The config as a URL, secrets included, which parses back to an equal config.
    ///
    /// # Errors
    ///
    /// If the URL is longer than [`MAX_LEN`](crate::MAX_LEN).
    pub fn to_url(&self) -> Result<Secret, Error> {
        bounded(&|out| self.write(out, View::Exposed))
    }

    fn write(&self, out: &mut dyn Write, view: View) -> fmt::Result {
        out.write_str(self.scheme().unwrap_or_default())?;
        out.write_str("://")?;
        self.write_credentials(out, view)?;
        if self.kind.path == Path::Socket {
            // The path is the socket's.
            let socket = self.socket().unwrap_or_default();
            write_path(out, SOCKET_PART, socket, view)?;
        } else {
            self.write_hosts(out, view)?;
            self.write_path(out, view)?;
        }
        self.write_query(out, view)
    }

    /// Without a user only the query can hold a password, since an empty user is a user.
    fn write_credentials(&self, out: &mut dyn Write, view: View) -> fmt::Result {
        let Some(user) = self.user() else {
            return Ok(());
        };
        self.write_user(out, user, view)?;
        if let Some(password) = self.password() {
            out.write_char(':')?;
            view.write_secret(out, password.expose())?;
        }
        out.write_char('@')
    }

    fn write_user(&self, out: &mut dyn Write, user: &str, view: View) -> fmt::Result {
        if self.is_user_secret() {
            return view.write_secret(out, user);
        }
        write_visible(out, Component::User, user, view)
    }

    fn write_hosts(&self, out: &mut dyn Write, view: View) -> fmt::Result {
        if let Some(socket) = self.socket() {
            return write_visible(out, SOCKET_PART, socket, view);
        }
        for (index, host) in self.hosts().enumerate() {
            if index > 0 {
                out.write_char(',')?;
                if self.kind.servers == Servers::Urls {
                    write!(out, "{}://", self.scheme().unwrap_or_default())?;
                    self.write_credentials(out, view)?;
                }
            }
            view.write_host(out, view.host(&host))?;
            if let Some(port) = host.port() {
                write!(out, ":{port}")?;
            }
        }
        Ok(())
    }

    fn write_path(&self, out: &mut dyn Write, view: View) -> fmt::Result {
        if let Some(name) = self.store.get(NAME) {
            out.write_char('/')?;
            write_visible(out, Component::Setting("service"), name, view)?;
            // A service that is called by a number would be taken for the database's.
            let number = name.bytes().all(|byte| byte.is_ascii_digit());
            if number && self.kind.path == Path::Sentinel && self.dbname().is_none() {
                out.write_str("//")?;
            }
        }
        let Some(database) = self
            .dbname()
            .filter(|_| !params::database_is_parameter(self.kind))
        else {
            // MongoDB's older drivers request a `/` before the `?`.
            let slash = self.kind.is_mongodb() && self.extra_pairs().next().is_some();
            return if slash { out.write_char('/') } else { Ok(()) };
        };
        out.write_char('/')?;
        if self.kind.path == Path::Free {
            write_path(out, Component::Database, database, view)
        } else {
            write_visible(out, Component::Database, database, view)
        }
    }

    fn write_query(&self, out: &mut dyn Write, view: View) -> fmt::Result {
        let password = self.password().filter(|_| self.user().is_none());
        let database = self
            .dbname()
            .filter(|_| params::database_is_parameter(self.kind));
        let promoted = [
            (PASSWORD, password.map(SecretStr::expose)),
            (DATABASE, database),
        ];
        let mut query = Params::new(out, "?");
        for (index, value) in promoted {
            let Some(value) = value else { continue };
            query.name(params::parameter(self.kind, index))?;
            if index == PASSWORD {
                view.write_secret(query.out, value)?;
            } else {
                write_visible(query.out, Component::Database, value, view)?;
            }
        }
        let is_ldap = self.kind.is("ldap") || self.kind.is("ldaps");
        for (name, value) in self.extra_pairs() {
            let (name, value) = view.param(name, value.expose());
            if !is_ldap {
                query.shown((name, value), view)?;
                continue;
            }
            query.begin()?;
            // The parts of an LDAP URL's query (RFC 4516) have a raw `?` between them.
            match name {
                MASK if view == View::Masked => query.out.write_str(MASK)?,
                name => write_joined(query.out, name, '?')?,
            }
            if !value.is_empty() || name.is_empty() {
                query.out.write_char('=')?;
                view.write_shown(query.out, value)?;
            }
        }
        Ok(())
    }
}

/// Writes what is no secret by itself, but may have swallowed one.
fn write_visible(out: &mut dyn Write, component: Component, text: &str, view: View) -> fmt::Result {
    view.write(out, text, || shown::misplaced(component, text))
}

/// The same of a path, whose slashes stay as they are.
fn write_path(out: &mut dyn Write, component: Component, path: &str, view: View) -> fmt::Result {
    let hidden = shown::misplaced(component, path).filter(|_| view == View::Masked);
    let Some(hidden) = hidden else {
        return write_joined(out, path, '/');
    };
    write_joined(out, &path[..hidden.start], '/')?;
    out.write_str(MASK)?;
    write_joined(out, &path[hidden.end..], '/')
}

fn write_joined(out: &mut dyn Write, text: &str, joint: char) -> fmt::Result {
    let mut pieces = text.split(joint);
    percent::write(out, pieces.next().unwrap_or_default())?;
    pieces.try_for_each(|piece| {
        out.write_char(joint)?;
        percent::write(out, piece)
    })
}

impl Config {
    /// A string of a part as it may be shown to everyone: `****` for the password, for a user that may be a token
    /// ([`is_user_secret`](Self::is_user_secret)), and for what looks like a misplaced password.
    #[must_use]
    pub fn mask<'t>(&self, component: Component, text: &'t str) -> Cow<'t, str> {
        let whole = match component {
            Component::Password => true,
            Component::User => self.is_user_secret(),
            _ => false,
        };
        shown::masked(
            text,
            if whole {
                Some(0..text.len())
            } else {
                shown::misplaced(component, text)
            },
        )
    }
}

/// Changes by value.
impl Config {
    /// Sets the user.
    ///
    /// # Errors
    ///
    /// If the text holds a NUL byte.
    pub fn with_user(self, user: &str) -> Result<Self, Error> {
        self.with(USER, user)
    }

    /// Sets the password; where there is no user, the empty one is set, too.
    ///
    /// # Errors
    ///
    /// If the text holds a NUL byte.
    pub fn with_password(self, password: &str) -> Result<Self, Error> {
        self.changed(PASSWORD, |changed, user| {
            if user.is_none() {
                changed.set(USER, "", Location::Caller)?;
            }
            changed.set(PASSWORD, password, Location::Caller)
        })
    }

    /// Sets the database: a name, a number of Redis, a vhost. Except for a vhost, an empty string unsets it.
    ///
    /// # Errors
    ///
    /// If the service has no such database.
    pub fn with_dbname(self, name: &str) -> Result<Self, Error> {
        self.with(DATABASE, name)
    }

    /// Replaces the servers by one, which is also how a socket is set: by its path. A port that is set for all servers stays.
    ///
    /// # Errors
    ///
    /// If it is no host, or the service does not take it.
    pub fn with_host(self, host: &str) -> Result<Self, Error> {
        let port = self.store.get(PORT).filter(|port| !port.contains(','));
        let port = port.unwrap_or_default().to_owned();
        self.changed(HOST, |changed, _| {
            changed.unset_servers();
            changed.server(host, &port, Default::default())
        })
    }

    /// Sets the port of every server.
    ///
    /// # Errors
    ///
    /// If it is 0, or the service has no ports, as with a socket and `mongodb+srv`.
    pub fn with_port(self, port: u16) -> Result<Self, Error> {
        let names: Vec<_> = self
            .hosts()
            .map(|host| host.host().unwrap_or_default().to_owned())
            .collect();
        let hosts: Vec<_> = names.iter().map(|name| (&**name, Some(port))).collect();
        if hosts.is_empty() {
            return self.changed(PORT, |changed, _| {
                changed.server("", &port.to_string(), Default::default())
            });
        }
        self.with_hosts(hosts)
    }

    /// Replaces the servers, each a name or an address without brackets, and a port.
    ///
    /// # Errors
    ///
    /// If one is no host, a port is 0, or the service does not take several.
    pub fn with_hosts<'h>(
        self,
        hosts: impl IntoIterator<Item = (&'h str, Option<u16>)>,
    ) -> Result<Self, Error> {
        let number = |port: Option<u16>| port.map_or_else(String::new, |port| port.to_string());
        let hosts = hosts.into_iter().map(|(host, port)| (host, number(port)));
        let hosts: Vec<_> = hosts.collect();
        let hosts: Vec<_> = hosts.iter().map(|(host, port)| (*host, &**port)).collect();
        self.changed(HOST, |changed, _| {
            changed.unset_servers();
            if hosts.is_empty() {
                return Ok(());
            }
            changed.server_list(&hosts, Default::default())
        })
    }

    fn with(self, index: usize, value: &str) -> Result<Self, Error> {
        self.changed(index, |changed, _| {
            changed.set(index, value, Location::Caller)
        })
    }

    /// Changes the value at an index. The change gets the user, too.
    fn changed<'a>(
        &'a self,
        index: usize,
        change: impl FnOnce(&mut Assembly<'a>, Option<&str>) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let mut changed = Assembly::of(self);
        let config = change(&mut changed, self.user()).and_then(|()| changed.finish());
        config.map_err(|error| {
            let detail = "the new value cannot be used";
            Error::new(error.kind(), detail)
                .of(error.component().unwrap_or(component(index)))
                .with_help(error.help().unwrap_or_default().to_owned())
        })
    }
}

/// The URL with the password, whatever may be one, and every parameter that is not known to be harmless as `****`.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, View::Masked)
    }
}
