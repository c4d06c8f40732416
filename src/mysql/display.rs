//! Configs to text: URLs, Go DSNs, JDBC URLs, and the masked `Display`.
//!
//! What a form cannot say is rejected. What it says otherwise than the text it is rendered to would be read (a password that
//! holds what ends it, in a form without escapes) is found by reading it again.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::ops::Range;

use crate::bytes::contains;
use crate::config::display::{Params, View, bounded};
use crate::error::{Error, ErrorKind};
use crate::grammar::percent;
use crate::mysql::alias::Names;
use crate::mysql::config::Config;
use crate::mysql::keyword::{Keyword, ValueKind};
use crate::mysql::param::JAVA_CHARSETS;
use crate::mysql::tls::SslMode;
use crate::secret::{MASK, Secret};
use crate::span::Component;

impl Config {
    /// The config as a URL, secrets included, which parses back to an equal config. The scheme is the one it was written with,
    /// else `mysql`, and so is each setting that was not changed: no driver knows all names, so a URL that works in a driver
    /// still works in it.
    ///
    /// ```
    /// use database_url::mysql::Config;
    ///
    /// let config: Config = "mysql://app@db.example/shop?require_ssl=true".parse()?;
    /// let config = config.with_password("p@ss")?;
    /// assert_eq!(config.to_url()?.expose(), "mysql://app:p%40ss@db.example/shop?require_ssl=true");
    /// assert_eq!(
    ///     config.to_canonical_url()?.expose(),
    ///     "mysql://app:p%40ss@db.example/shop?ssl-mode=VERIFY_IDENTITY",
    /// );
    /// # Ok::<(), database_url::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the config comes from a Go DSN and holds what a URL cannot say: a network of its own, or a variable of the server
    /// that has the name of a setting. Or if the URL is longer than [`MAX_LEN`](crate::MAX_LEN).
    pub fn to_url(&self) -> Result<Secret, Error> {
        self.check_url()?;
        bounded(&|out| self.write_url(out, View::Exposed, self.as_written()))
    }

    /// The config as a URL as [`to_url`](Self::to_url) gives it, but with every setting under its canonical name, or the name
    /// nearest to it that drivers know.
    ///
    /// # Errors
    ///
    /// As [`to_url`](Self::to_url).
    pub fn to_canonical_url(&self) -> Result<Secret, Error> {
        self.check_url()?;
        bounded(&|out| self.write_url(out, View::Exposed, 0))
    }

    /// Rejects what a URL cannot say.
    fn check_url(&self) -> Result<(), Error> {
        if self.net().or(self.address()).is_some() {
            let detail = "a URL has no networks but TCP and Unix sockets";
            return Err(rejected(Component::Setting("net"), detail));
        }
        if self
            .scheme()
            .is_some_and(|scheme| scheme.starts_with("jdbc:mysql+srv"))
        {
            let detail =
                "only X DevAPI's URLs have names for DNS SRV, and the protocol is another one";
            return Err(rejected(Component::Scheme, detail));
        }
        if self.names == Names::Go
            && self
                .extra_pairs()
                .any(|(name, value)| !Names::Common.is_extra(name, value.expose()))
        {
            let detail = "a variable that Go would set on the server has the name of a setting of other drivers";
            return Err(rejected(Component::Query, detail));
        }
        Ok(())
    }

    /// The config as a DSN of go-sql-driver, secrets included, which [`from_go_dsn`](Self::from_go_dsn) reads as an equal config.
    ///
    /// # Errors
    ///
    /// If the driver has no word for a setting (`ssl_ca`, `pool_max`, several hosts…), or the DSN, which knows no escapes for
    /// user and password, would be read otherwise.
    pub fn to_go_dsn(&self) -> Result<Secret, Error> {
        if self.hosts().nth(1).is_some() {
            let help = "leave one host in the URL, or put a proxy in front of them";
            return Err(rejected(Component::Host, "a Go DSN has one host").with_help(help));
        }
        self.check_words(Self::has_go_word, "go-sql-driver")?;
        let dsn = bounded(&|out| self.write_go_dsn(out, View::Exposed))?;
        self.read_again(dsn, Self::from_go_dsn)
    }

    /// Whether it was read from a DSN, so that its extras are variables of the server.
    #[cfg(feature = "convert")]
    pub(crate) fn is_go_dsn(&self) -> bool {
        self.names == Names::Go
    }

    /// Whether go-sql-driver has a parameter for a setting with its value.
    pub(crate) fn has_go_word(&self, keyword: Keyword) -> bool {
        let value = self.text(keyword).and_then(|text| go_value(keyword, text));
        keyword.row().go.is_some() && value.is_some()
    }

    /// The config as a JDBC URL, secrets included, which [`from_jdbc`](Self::from_jdbc) reads as an equal config: for MariaDB's
    /// driver if the scheme is one of MariaDB's, else for MySQL Connector/J.
    ///
    /// # Errors
    ///
    /// If the driver has no word for a setting, or the text would be read otherwise.
    pub fn to_jdbc(&self) -> Result<Secret, Error> {
        self.check_words(Self::has_jdbc_word, "the JDBC driver")?;
        let url = bounded(&|out| self.write_jdbc(out, View::Exposed))?;
        self.read_again(url, Self::from_jdbc)
    }

    /// Whether the JDBC driver has a parameter for a setting with its value.
    pub(crate) fn has_jdbc_word(&self, keyword: Keyword) -> bool {
        let value = self
            .text(keyword)
            .and_then(|text| jdbc_value(keyword, text));
        jdbc_name(keyword).is_some() && value.is_some()
    }

    /// Rejects a setting that a driver has no word for.
    fn check_words(&self, has_word: fn(&Self, Keyword) -> bool, driver: &str) -> Result<(), Error> {
        let mut settings = self.settings();
        settings.try_for_each(|(keyword, _)| {
            if has_word(self, keyword) {
                return Ok(());
            }
            let detail = format!("{driver} has no word for it, or not for this value");
            let help = "unset it, and tell the driver in the program";
            Err(rejected(keyword.component(), detail).with_help(help))
        })
    }

    /// The text, if it reads as this config does.
    fn read_again(
        &self,
        text: Secret,
        read: impl FnOnce(&str) -> Result<Self, Error>,
    ) -> Result<Secret, Error> {
        match read(text.expose()) {
            Ok(read) if read == *self => Ok(text),
            _ => Err(rejected(Component::Text, "in that form it would be read as another config")
                .with_help("a character of user, password or a value means something else there; hand the URL on instead")),
        }
    }

    /// The scheme of a URL: JDBC's `jdbc:` is no part of one.
    fn url_scheme(&self) -> &str {
        let scheme = self.scheme().unwrap_or("mysql");
        let Some(scheme) = scheme.strip_prefix("jdbc:") else {
            return scheme;
        };
        let base = scheme.split(':').next().unwrap_or(scheme);
        base.strip_suffix("+srv").unwrap_or(base)
    }

    /// A bit for each setting that is written with the parameters of the text, as they are.
    pub(crate) fn as_written(&self) -> u64 {
        // The parameters of the other formats have other meanings in a URL, and other escapes.
        let is_url = |scheme: &str| self.names == Names::Common && !scheme.starts_with("jdbc:");
        if self.scheme().is_some_and(is_url) {
            self.from_query
        } else {
            0
        }
    }

    /// Writes a URL; `as_written` has a bit for each setting whose parameters stay as they are.
    pub(crate) fn write_url(
        &self,
        out: &mut dyn Write,
        view: View,
        as_written: u64,
    ) -> fmt::Result {
        let scheme = self.url_scheme();
        write!(out, "{scheme}://")?;
        // What was a parameter stays one, unless authority or path have it, too.
        let text = |keyword: Keyword| {
            let in_query = as_written & keyword.bit() & !self.from_authority != 0;
            self.text(keyword).filter(|_| !in_query)
        };
        let mut written = as_written | Keyword::User.bit();
        let password = text(Keyword::Password);
        let user =
            text(Keyword::User).or_else(|| self.text(Keyword::User).filter(|_| password.is_some()));
        if let Some(user) = user {
            view.write(out, user, || Keyword::User.hidden(user))?;
            if let Some(password) = password {
                written |= Keyword::Password.bit();
                out.write_char(':')?;
                view.write(out, password, || Keyword::Password.hidden(password))?;
            }
            out.write_char('@')?;
        }
        let (host, port) = (text(Keyword::Host), text(Keyword::Port));
        if host.or(port).is_some() {
            let without_port = port.is_none();
            written |= self.write_hosts(out, view, without_port)?;
        }
        let without_host = host.or(port).is_none();
        // Without a host such a path would be the path of a socket.
        let socket_like = |name: &str| without_host && (scheme == "mysqlx" || name.contains('/'));
        let in_path = |name: &&str| !name.is_empty() && !socket_like(name);
        let database = text(Keyword::Database).filter(in_path);
        if let Some(database) = database {
            written |= Keyword::Database.bit();
            out.write_char('/')?;
            view.write(out, database, || Keyword::Database.hidden(database))?;
        }
        let mut params = Params::new(out, if database.is_some() { "?" } else { "/?" });
        for (keyword, text) in self
            .keywords()
            .filter(|(keyword, _)| written & keyword.bit() == 0)
        {
            params.name(keyword.row().url)?;
            match keyword {
                Keyword::SslMode => params.out.write_str(&text.expose().to_ascii_uppercase())?,
                // MySQL Shell's parentheses would be taken off.
                Keyword::Socket
                    if view == View::Exposed
                        && text.expose().starts_with('(')
                        && text.expose().ends_with(')') =>
                {
                    percent::write(params.out, &format!("({})", text.expose()))?;
                }
                _ => view.write(params.out, text.expose(), || keyword.hidden(text.expose()))?,
            }
        }
        for (name, value) in self.store.pairs() {
            let is_extra = self.names.is_extra(name, value);
            if is_extra || self.names.settings(name, value) & as_written != 0 {
                let (name, value) = match view {
                    View::Masked => self.masked_param(name, value),
                    View::Exposed => (name, value),
                };
                params.shown((name, value), view)?;
            }
        }
        Ok(())
    }

    /// Writes hosts, ports and priorities, and tells which of them.
    fn write_hosts(
        &self,
        out: &mut dyn Write,
        view: View,
        without_port: bool,
    ) -> Result<u64, fmt::Error> {
        let prioritised = self.text(Keyword::Priority).is_some();
        // One port for several hosts was a parameter, and stays one.
        let shared = self.hosts().nth(1).is_some()
            && self
                .text(Keyword::Port)
                .is_some_and(|port| !port.contains(','));
        if prioritised {
            out.write_char('[')?;
        }
        for (index, host) in self.hosts().enumerate() {
            if index > 0 {
                out.write_char(',')?;
            }
            if prioritised {
                out.write_str("(address=")?;
            }
            view.write_host(out, view.host(&host))?;
            if let Some(port) = host.port().filter(|_| !shared && !without_port) {
                write!(out, ":{port}")?;
            }
            if let Some(priority) = host.priority() {
                write!(out, ",priority={priority})")?;
            }
        }
        if prioritised {
            out.write_char(']')?;
        }
        let port = if shared { 0 } else { Keyword::Port.bit() };
        Ok(Keyword::Host.bit() | port | Keyword::Priority.bit())
    }

    #[inline(never)]
    pub(crate) fn write_go_dsn(&self, out: &mut dyn Write, view: View) -> fmt::Result {
        let text = |keyword| self.text(keyword);
        if text(Keyword::User).or(text(Keyword::Password)).is_some() {
            let user = text(Keyword::User).unwrap_or_default();
            view.write_raw(out, user, || Keyword::User.hidden(user))?;
            if let Some(password) = text(Keyword::Password) {
                out.write_char(':')?;
                view.write_raw(out, password, || Keyword::Password.hidden(password))?;
            }
            out.write_char('@')?;
        }
        let host = self.hosts().next();
        match (text(Keyword::Net), text(Keyword::Socket), host) {
            (Some(net), ..) if text(Keyword::Address).is_some() => {
                let address = text(Keyword::Address).unwrap_or_default();
                write!(out, "{net}(")?;
                view.write_raw(out, address, || Keyword::Address.hidden(address))?;
                out.write_char(')')?;
            }
            (_, Some(socket), _) => {
                out.write_str("unix(")?;
                view.write_raw(out, socket, || Keyword::Socket.hidden(socket))?;
                out.write_char(')')?;
            }
            (net, None, Some(host)) => {
                let name = view.host(&host);
                let net = net.unwrap_or("tcp");
                if name.contains(':') {
                    write!(out, "{net}([{name}]")?;
                } else {
                    write!(out, "{net}({name}")?;
                }
                let default = (self.default_port != 3306).then_some(self.default_port);
                host.port()
                    .or(default)
                    .map_or(Ok(()), |port| write!(out, ":{port}"))?;
                out.write_char(')')?;
            }
            (net, None, None) => out.write_str(net.unwrap_or_default())?,
        }
        out.write_char('/')?;
        let database = text(Keyword::Database).unwrap_or_default();
        view.write(out, database, || Keyword::Database.hidden(database))?;
        let mut params = Params::new(out, "?");
        for (keyword, text) in self.settings() {
            params.name(keyword.row().go.unwrap_or_default())?;
            let value = go_value(keyword, text.expose()).unwrap_or_default();
            if is_unescaped_in_go(keyword) {
                view.write_raw(params.out, &value, || keyword.hidden(&value))?;
            } else {
                view.write(params.out, &value, || keyword.hidden(&value))?;
            }
        }
        for (name, value) in self.extra_pairs() {
            let (name, value) = view.param(name, value.expose());
            params.name(name)?;
            view.write_shown(params.out, value)?;
        }
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn write_jdbc(&self, out: &mut dyn Write, view: View) -> fmt::Result {
        let mariadb = self
            .scheme()
            .is_some_and(|scheme| contains(scheme, "maria"));
        let ours = self.scheme().filter(|scheme| scheme.starts_with("jdbc:"));
        let usual = if mariadb {
            "jdbc:mariadb"
        } else {
            "jdbc:mysql"
        };
        write!(out, "{}://", ours.unwrap_or(usual))?;
        self.write_hosts(out, view, false)?;
        out.write_char('/')?;
        // MariaDB's driver decodes nothing.
        let write = |out: &mut dyn Write, view: View, text: &str, hidden: Option<Range<usize>>| {
            if mariadb {
                view.write_raw(out, text, || hidden)
            } else {
                view.write(out, text, || hidden)
            }
        };
        let database = self.text(Keyword::Database).unwrap_or_default();
        write(out, view, database, Keyword::Database.hidden(database))?;
        let mut params = Params::new(out, "?");
        let in_authority = [
            Keyword::Host,
            Keyword::Port,
            Keyword::Priority,
            Keyword::Database,
        ];
        for (keyword, text) in self
            .keywords()
            .filter(|(keyword, _)| !in_authority.contains(keyword))
        {
            params.name(jdbc_name(keyword).unwrap_or("socket"))?;
            let value = jdbc_value(keyword, text.expose()).unwrap_or_default();
            write(params.out, view, &value, keyword.hidden(&value))?;
        }
        for (name, value) in self.extra_pairs() {
            let (name, value) = view.param(name, value.expose());
            params.name(name)?;
            let hidden = (value == MASK).then_some(0..value.len());
            write(params.out, view, value, hidden)?;
        }
        Ok(())
    }
}

/// go-sql-driver decodes the values of few of its own parameters (`parseDSNParams`).
fn is_unescaped_in_go(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::Charset | Keyword::Collation)
        || keyword.row().kind == ValueKind::Number
}

/// A value in go-sql-driver's words, if it has any.
fn go_value(keyword: Keyword, text: &str) -> Option<Cow<'_, str>> {
    let milliseconds = matches!(
        keyword,
        Keyword::ConnectTimeoutMs | Keyword::ReadTimeoutMs | Keyword::WriteTimeoutMs
    );
    match keyword {
        Keyword::SslMode => SslMode::from_word(text)?.to_go().map(Cow::from),
        Keyword::Compress => matches!(text, "true" | "false").then_some(text.into()),
        // It is sent as SQL.
        Keyword::Timezone => (!text.contains('\'')).then(|| format!("'{text}'").into()),
        _ if milliseconds => Some(format!("{text}ms").into()),
        _ => Some(text.into()),
    }
}

/// Connector/J has `found_rows` the other way round.
fn jdbc_name(keyword: Keyword) -> Option<&'static str> {
    match keyword {
        Keyword::FoundRows => Some("useAffectedRows"),
        keyword => keyword.row().jdbc,
    }
}

/// A value in the JDBC driver's words, if it has any.
fn jdbc_value(keyword: Keyword, text: &str) -> Option<Cow<'_, str>> {
    match keyword {
        Keyword::SslMode => Some(text.to_ascii_uppercase().into()),
        Keyword::Compress => matches!(text, "true" | "false").then_some(text.into()),
        Keyword::FoundRows => Some(if text == "true" { "false" } else { "true" }.into()),
        Keyword::Charset => JAVA_CHARSETS
            .iter()
            .find(|(_, charset)| *charset == text)
            .map(|(java, _)| (*java).into()),
        // The password among them is not copied: no one would wipe the copy.
        _ => Some(text.into()),
    }
}

fn rejected(component: Component, detail: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::NotRepresentable, detail).of(component)
}

/// The URL with every secret, every extra that is not known to be harmless, and what looks like a misplaced password
/// ([`Keyword::mask`]) as `****`.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_url(f, View::Masked, 0)
    }
}
