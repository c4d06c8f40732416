//! Making and changing configs by value. Every step makes a new buffer and checks the whole.

use std::borrow::Cow;
use std::time::Duration;

use crate::config::store::Store;
use crate::config::{self, Location, changes};
use crate::error::{Error, ErrorKind};
use crate::postgres::assembly::Assembly;
use crate::postgres::config::Config;
use crate::postgres::keyword::Keyword;
use crate::postgres::session::{ChannelBinding, LoadBalanceHosts, TargetSessionAttrs};
use crate::postgres::tls::{SslMode, SslNegotiation};
use crate::postgres::unknown::{self, Verdict};
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::secret::SecretStr;
use crate::span::{Component, Span};
use crate::warning::WarningSet;

impl Default for Config {
    /// Nothing set: what the empty keyword/value text gives.
    fn default() -> Self {
        Self::empty(Span::default(), 5432)
    }
}

changes! {
    /// Sets a keyword to a string, as a connection string would: lists are separated by commas.
    ///
    /// # Errors
    ///
    /// If the text holds a NUL, or the keyword does not take it together with the rest of the config.
    replace;
    with_user(user: &str) => User, user, "`user`", "If it holds a NUL";
    with_password(password: &str) => Password, password, "`password`; any text will do, nothing needs escaping", "If it holds a NUL";
    with_dbname(dbname: &str) => Dbname, dbname, "`dbname`", "If it holds a NUL";
    with_host(host: &str) => Host, host, "`host`, or a list of hosts with a comma between two. [`with_hosts`](Self::with_hosts) sets the ports with them", "If it holds a NUL, or the list does not fit the one of ports";
    with_port(port: u16) => Port, &port.to_string(), "`port`, for every host", "If it is 0";
    with_sslmode(mode: SslMode) => SslMode, mode.as_str(), "`sslmode`", "If `sslnegotiation` or `sslrootcert` request a stronger one";
    with_sslnegotiation(negotiation: SslNegotiation) => SslNegotiation, negotiation.as_str(), "`sslnegotiation`", "If it is `direct` and `sslmode` is not at least `require`";
    with_channel_binding(binding: ChannelBinding) => ChannelBinding, binding.as_str(), "`channel_binding`", "None; the type is that of its siblings";
    with_target_session_attrs(attrs: TargetSessionAttrs) => TargetSessionAttrs, attrs.as_str(), "`target_session_attrs`", "None; the type is that of its siblings";
    with_load_balance_hosts(order: LoadBalanceHosts) => LoadBalanceHosts, order.as_str(), "`load_balance_hosts`", "None; the type is that of its siblings";
    with_application_name(name: &str) => ApplicationName, name, "`application_name`", "If it holds a NUL";
}

impl Config {
    /// A config of a scheme without a value.
    pub(super) const fn empty(scheme: Span, default_port: u16) -> Self {
        Self {
            store: Store::empty(),
            scheme,
            default_port,
            warnings: WarningSet::new(),
            from_query: 0,
        }
    }

    /// A config with nothing set, to be filled with the `with_*` methods.
    ///
    /// ```
    /// use database_url::postgres::{Config, SslMode};
    ///
    /// let config = Config::new()
    ///     .with_hosts([("db1.example", Some(5433)), ("db2.example", None)])?
    ///     .with_user("app")?
    ///     .with_password("p@ss/word")?
    ///     .with_dbname("shop")?
    ///     .with_sslmode(SslMode::VerifyFull)?;
    /// assert_eq!(
    ///     config.to_url()?.expose(),
    ///     "postgres://app:p%40ss%2Fword@db1.example:5433,db2.example/shop?sslmode=verify-full",
    /// );
    /// # Ok::<(), database_url::Error>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a parameter that is no keyword of libpq, for another reader of the URL.
    ///
    /// # Errors
    ///
    /// If the name is empty, is a keyword, or is so near to one of TLS or authentication that it would be rejected in a
    /// URL; or if name or value holds a NUL.
    pub fn with_extra(mut self, name: &str, value: &str) -> Result<Self, Error> {
        if name.contains('\0') || value.contains('\0') {
            return Err(config::nul().of(Component::Query));
        }
        let taken = name.is_empty() || Keyword::find(name.as_bytes()).is_some();
        if taken || matches!(unknown::classify(name), Verdict::Misspelt(_)) {
            let detail = "an extra needs a name of its own, not (nearly) that of a keyword";
            return Err(Error::new(ErrorKind::UnknownKeyword, detail)
                .of(Component::Query)
                .with_help("set keywords with `with`"));
        }
        self.store.push_pair(self.scheme, name, value);
        Ok(self)
    }

    /// Drops the parameters of a name that is no keyword, if there are any.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn without_extra(&self, name: &str) -> Result<Self, Error> {
        self.with_extras_where(|known, _| known != name)
    }

    /// Keeps some of the extras.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn with_extras_where(
        &self,
        is_kept: impl Fn(&str, SecretStr<'_>) -> bool,
    ) -> Result<Self, Error> {
        let mut changed = Assembly::of(self);
        let kept = self
            .extra_pairs()
            .filter(|(name, value)| is_kept(name, *value));
        kept.for_each(|(name, value)| changed.extra(name, value.expose()));
        changed.finish()
    }

    /// Finishes a change that leaves the extras as they are, and may add others.
    pub(crate) fn finish<'a>(&'a self, changed: &mut Assembly<'a>) -> Result<Self, Error> {
        let extras = self.extra_pairs();
        changed.lead(extras.map(|(name, value)| (name, value.expose())));
        changed.finish()
    }

    /// Sets the servers to try, in order, each a name, an address without brackets or a socket directory, and a port.
    /// The list replaces `host`, `hostaddr` and `port`.
    ///
    /// # Errors
    ///
    /// If a host holds a NUL, or a comma, which libpq could not tell from the one between hosts; or if a port is 0.
    pub fn with_hosts<'h>(
        self,
        hosts: impl IntoIterator<Item = (&'h str, Option<u16>)>,
    ) -> Result<Self, Error> {
        let [names, ports] = config::host_lists(&mut hosts.into_iter())?;
        let mut changed = Assembly::of(&self);
        for keyword in [Keyword::Host, Keyword::HostAddr, Keyword::Port] {
            changed.unset(keyword);
        }
        if !names.is_empty() {
            changed.replace(Keyword::Host, &*names, Location::Caller)?;
        }
        if ports.bytes().any(|byte| byte != b',') {
            changed.replace(Keyword::Port, &*ports, Location::Caller)?;
        }
        self.finish(&mut changed)
    }

    /// Sets `connect_timeout`, in whole seconds, rounded up; zero is forever.
    ///
    /// # Errors
    ///
    /// If it is more than `i32::MAX` seconds.
    pub fn with_connect_timeout(self, timeout: Duration) -> Result<Self, Error> {
        let seconds = timeout
            .as_secs()
            .saturating_add(u64::from(timeout.subsec_nanos() > 0));
        self.with(Keyword::ConnectTimeout, &seconds.to_string())
    }

    /// The config with the port of its scheme written out, for readers that take every scheme for 5432; borrowed where
    /// nothing is to be added.
    pub(crate) fn with_explicit_ports(&self) -> Cow<'_, Self> {
        let default = self.default_port;
        let missing =
            || self.hosts().any(|host| host.port().is_none()) || self.hosts().next().is_none();
        if default == 5432 || !missing() {
            return Cow::Borrowed(self);
        }
        let mut ports: Vec<_> = self
            .hosts()
            .map(|host| host.port().unwrap_or(default).to_string())
            .collect();
        if ports.is_empty() {
            ports.push(default.to_string());
        }
        let ports = ports.join(",");
        let mut changed = Assembly::of(self);
        let replaced = changed.replace(Keyword::Port, &*ports, Location::Caller);
        let mut config = replaced
            .and_then(|()| self.finish(&mut changed))
            .unwrap_or_else(|_| self.clone());
        config.default_port = 5432;
        Cow::Owned(config)
    }

    /// The same config without its extras, as libpq needs it.
    #[must_use]
    pub fn without_extras(&self) -> Self {
        let scheme = self.scheme().unwrap_or_default();
        Self {
            store: config::Assembly::of(&self.store).finish(scheme),
            scheme: Span::new(0, scheme.len()),
            warnings: self.warnings.clone(),
            ..*self
        }
    }
}
