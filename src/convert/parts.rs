//! A database as the notations see it: the same fields for every engine, exposed, then masked.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::config::tls_name::is_tls_name;
use crate::config::value::Host;
use crate::convert::lost::{Losses, guard, not_representable};
use crate::convert::setting::{ConvertExtra, ConvertSetting};
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;
use crate::grammar::percent;
use crate::mysql;
use crate::postgres;
use crate::secret::{MASK, SecretStr};
use crate::shown;
use crate::span::Component;

/// One server. The port is there if it is given, or if the scheme means another one than the engine.
#[derive(Default)]
pub(super) struct Server<'d> {
    pub(super) host: Option<Cow<'d, str>>,
    pub(super) address: Option<Cow<'d, str>>,
    pub(super) port: Option<u16>,
    pub(super) is_socket: bool,
}

pub(super) struct ConvertParts<'d> {
    pub(super) engine: Engine,
    pub(super) scheme: &'d str,
    pub(super) user: Option<Cow<'d, str>>,
    pub(super) password: Option<Cow<'d, str>>,
    pub(super) database: Option<Cow<'d, str>>,
    pub(super) servers: Vec<Server<'d>>,
    /// The path of MySQL's socket; that of Postgres is a host.
    pub(super) socket: Option<Cow<'d, str>>,
    pub(super) settings: Vec<ConvertSetting<'d>>,
    pub(super) extras: Vec<ConvertExtra<'d>>,
    /// The port where none is given.
    pub(super) default_port: u16,
    is_masked: bool,
}

impl<'d> ConvertParts<'d> {
    pub(super) fn of(database: &'d Database) -> Self {
        let mut parts = Self {
            engine: database.engine(),
            scheme: database.scheme().unwrap_or_default(),
            user: database.user().map(Cow::Borrowed),
            password: database
                .password()
                .map(|password| Cow::Borrowed(password.expose())),
            database: database.dbname().map(Cow::Borrowed),
            servers: Vec::new(),
            socket: database.socket().map(Cow::Borrowed),
            settings: Vec::new(),
            extras: Vec::new(),
            default_port: 0,
            is_masked: false,
        };
        match database {
            Database::Postgres(config) => parts.of_postgres(config),
            Database::MySql(config) => parts.of_mysql(config),
            Database::Sqlite(config) => {
                let extras = config.extra_pairs();
                parts.extras(extras, |_| false);
            }
            Database::Service(_) => {}
        }
        parts
    }

    fn of_postgres(&mut self, config: &'d postgres::Config) {
        use postgres::Keyword as K;
        self.default_port = config.default_port();
        self.servers(config.hosts(), 5432);
        for (keyword, text) in config.keywords() {
            if matches!(
                keyword,
                K::User | K::Password | K::Dbname | K::Host | K::HostAddr | K::Port
            ) {
                continue;
            }
            let text = text.expose();
            let guards = keyword.guards_connection()
                && !text.is_empty()
                && keyword.default_value() != Some(text);
            self.setting(keyword.as_str(), text, keyword.mask(text), guards);
        }
        self.extras(config.extra_pairs(), is_tls_name);
    }

    fn of_mysql(&mut self, config: &'d mysql::Config) {
        self.default_port = config.default_port();
        self.servers(config.hosts(), 3306);
        for (keyword, text) in config.settings() {
            let text = text.expose();
            let guards = keyword.guards_connection()
                && !matches!(
                    (keyword, text),
                    (mysql::Keyword::SslMode, "preferred") | (_, "false")
                );
            self.setting(keyword.as_str(), text, keyword.mask(text), guards);
        }
        self.extras(config.extra_pairs(), is_tls_name);
    }

    fn setting(&mut self, name: &'static str, value: &'d str, masked: Cow<'d, str>, guards: bool) {
        self.settings.push(ConvertSetting {
            name,
            value: Cow::Borrowed(value),
            masked,
            guards,
        });
    }

    fn servers(&mut self, hosts: impl Iterator<Item = Host<'d>>, usual: u16) {
        let default = (self.default_port != usual).then_some(self.default_port);
        let given = |text: Option<&'d str>| text.filter(|text| !text.is_empty()).map(Cow::Borrowed);
        self.servers = hosts
            .map(|host| Server {
                host: given(host.host()),
                address: given(host.hostaddr()),
                port: host.port().or(default),
                is_socket: host.is_socket(),
            })
            .collect();
    }

    fn extras(
        &mut self,
        extras: impl Iterator<Item = (&'d str, SecretStr<'d>)>,
        is_tls: impl Fn(&str) -> bool,
    ) {
        self.extras = extras
            .map(|(name, value)| ConvertExtra {
                name,
                value: Cow::Borrowed(value.expose()),
                is_tls: is_tls(name),
            })
            .collect();
    }

    /// Hides every secret, and what looks like a misplaced one.
    pub(super) fn mask(&mut self) {
        self.is_masked = true;
        let is_file = self.engine == Engine::Sqlite;
        let hide = |component, text: &mut Option<Cow<'d, str>>| {
            let Some(given) = text.as_deref() else { return };
            let hidden = match component {
                Component::Password => Some(0..given.len()),
                Component::Database if is_file => shown::misplaced_in_path(given),
                component => shown::misplaced(component, given),
            };
            let masked = hidden.map(|hidden| shown::masked(given, Some(hidden)).into_owned());
            if let Some(masked) = masked {
                *text = Some(Cow::Owned(masked));
            }
        };
        hide(Component::User, &mut self.user);
        hide(Component::Password, &mut self.password);
        hide(Component::Database, &mut self.database);
        hide(Component::Setting("socket"), &mut self.socket);
        let servers = self.servers.iter();
        let hosts = servers
            .clone()
            .map(|server| server.host.as_deref().unwrap_or_default());
        let addresses = servers.map(|server| server.address.as_deref().unwrap_or_default());
        if shown::hides_hosts(hosts) || shown::hides_hosts(addresses) {
            for server in &mut self.servers {
                for name in [&mut server.host, &mut server.address] {
                    *name = name.take().map(|_| Cow::Borrowed(MASK));
                }
            }
        }
        for setting in &mut self.settings {
            setting.value = std::mem::take(&mut setting.masked);
        }
        for extra in &mut self.extras {
            let (name, value) = shown::param(extra.name, &extra.value);
            let name = if name == extra.name { extra.name } else { MASK };
            (extra.name, extra.value) = (name, Cow::Owned(value.to_owned()));
        }
    }

    /// Writes a field or a value percent-encoded, with a mask as it is.
    pub(super) fn percent(&self, out: &mut dyn Write, text: &str) -> fmt::Result {
        if !self.is_masked {
            return percent::write(out, text);
        }
        for (index, piece) in text.split(MASK).enumerate() {
            if index > 0 {
                out.write_str(MASK)?;
            }
            percent::write(out, piece)?;
        }
        Ok(())
    }

    /// Takes a setting out.
    pub(super) fn take(&mut self, name: &str) -> Option<Cow<'d, str>> {
        let at = self
            .settings
            .iter()
            .position(|setting| setting.name == name)?;
        Some(self.settings.remove(at).value)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut settings = self.settings.iter();
        settings
            .find(|setting| setting.name == name)
            .map(|setting| &*setting.value)
    }

    /// Gives settings the names of the reader, and leaves out those that it has no name for.
    pub(super) fn rename(
        &mut self,
        reader: &str,
        lost: &mut Losses,
        name: impl Fn(&'static str) -> Option<&'static str>,
    ) -> Result<(), Error> {
        let mut kept = Vec::with_capacity(self.settings.len());
        for mut setting in self.settings.drain(..) {
            if let Some(name) = name(setting.name) {
                setting.name = name;
                kept.push(setting);
            } else {
                lost.setting(&setting, reader)?;
            }
        }
        self.settings = kept;
        Ok(())
    }

    /// Leaves out the extras that the reader does not know.
    pub(super) fn retain_extras(
        &mut self,
        reader: &str,
        lost: &mut Losses,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<(), Error> {
        let mut kept = Vec::new();
        for extra in self.extras.drain(..) {
            if is_known(extra.name) {
                kept.push(extra);
            } else {
                lost.extra(&extra, reader)?;
            }
        }
        self.extras = kept;
        Ok(())
    }

    /// For a reader without libpq's `hostaddr`: an address without a name is a host.
    pub(super) fn merge_addresses(&mut self, reader: &str) -> Result<(), Error> {
        for server in &mut self.servers {
            match (&server.host, server.address.take()) {
                (_, None) => {}
                (None, Some(address)) => server.host = Some(address),
                (Some(_), Some(_)) => {
                    let detail =
                        format!("{reader} cannot connect to an address under another name");
                    let help = "remove `hostaddr`, or write the address in place of the host";
                    return Err(not_representable(Component::HostAddr, detail, help));
                }
            }
        }
        Ok(())
    }

    /// For a reader that connects to one server.
    pub(super) fn one_server(&self, reader: &str) -> Result<(), Error> {
        if self.servers.len() <= 1 {
            return Ok(());
        }
        let detail = format!("{reader} connects to one host");
        let help = "leave one host in the URL, or put a proxy in front of them";
        Err(not_representable(Component::Host, detail, help))
    }

    /// A passphrase of `SQLCipher`, which no framework has a key for.
    pub(super) fn no_password(&self) -> Result<(), Error> {
        match self.password {
            None => Ok(()),
            Some(_) => Err(guard("password", "the SQLite driver")),
        }
    }

    /// A list of hosts and a list of ports, as libpq has them; empty lists are not given.
    pub(super) fn lists(&self) -> [Option<String>; 2] {
        let hosts: Vec<_> = self
            .servers
            .iter()
            .map(|server| server.host.as_deref().unwrap_or_default())
            .collect();
        let given = self.servers.iter().any(|server| server.port.is_some());
        let ports = self.servers.iter().map(|server| {
            let port = server.port.unwrap_or(self.default_port);
            port.to_string()
        });
        let ports = given.then(|| ports.collect::<Vec<_>>().join(","));
        let hosts = hosts.join(",");
        [
            Some(hosts).filter(|hosts| hosts.bytes().any(|byte| byte != b',')),
            ports,
        ]
    }

    /// libpq's addresses, if there are any.
    pub(super) fn addresses(&self) -> Option<String> {
        let given = self.servers.iter().any(|server| server.address.is_some());
        let addresses = self
            .servers
            .iter()
            .map(|server| server.address.as_deref().unwrap_or_default());
        given.then(|| addresses.collect::<Vec<_>>().join(","))
    }
}
