//! Configs made from values instead of a string, and changed ones: nothing is changed in place, a new store is laid out.

use crate::config::value::count;
use crate::config::{self, Location, changes, not_a_host};
use crate::error::{Error, ErrorKind};
use crate::mysql::alias::Names;
use crate::mysql::assembly::Assembly;
use crate::mysql::config::Config;
use crate::mysql::keyword::Keyword;
use crate::mysql::tls::SslMode;
use crate::mysql::unknown::{self, Verdict};
use crate::span::{Component, Span};

impl Default for Config {
    fn default() -> Self {
        Self::empty(Span::new(0, 0), 3306)
    }
}

changes! {
    /// Sets a setting to its canonical text: `connect_timeout_ms` to digits, `ssl_mode` to `required`. Hosts and ports are lists
    /// separated by commas.
    ///
    /// # Errors
    ///
    /// If the text holds a NUL, or the setting does not take it together with the rest of the config.
    put;
    with_user(user: &str) => User, user, "`user`", "If it holds a NUL";
    with_password(password: &str) => Password, password, "`password`; any text will do, nothing needs escaping", "If it holds a NUL";
    with_dbname(dbname: &str) => Database, dbname, "`database`", "If it holds a NUL";
    with_socket(path: &str) => Socket, path, "`socket`", "If it is empty or holds a NUL";
    with_ssl_mode(mode: SslMode) => SslMode, mode.as_str(), "`ssl_mode`", "None at present";
    with_host(host: &str) => Host, host, "`host`, or a list of hosts with a comma between two. [`with_hosts`](Self::with_hosts) sets the ports with them", "If it holds a NUL, or the list does not fit the one of ports";
    with_port(port: u16) => Port, &port.to_string(), "`port`, for every host", "If it is 0";
}

impl Config {
    /// A config that sets nothing.
    ///
    /// ```
    /// use database_url::mysql::{Config, SslMode};
    ///
    /// let config = Config::new()
    ///     .with_hosts([("db1.example", Some(3307)), ("db2.example", None)])?
    ///     .with_user("app")?
    ///     .with_password("p@ss/word")?
    ///     .with_dbname("shop")?
    ///     .with_ssl_mode(SslMode::VerifyIdentity)?;
    /// assert_eq!(
    ///     config.to_url()?.expose(),
    ///     "mysql://app:p%40ss%2Fword@db1.example:3307,db2.example/shop?ssl-mode=VERIFY_IDENTITY",
    /// );
    /// # Ok::<(), database_url::Error>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a parameter that nothing is known of, for another reader of the URL.
    ///
    /// # Errors
    ///
    /// If the name is empty, is known, or would be rejected in a URL; or if name or value holds a NUL.
    pub fn with_extra(mut self, name: &str, value: &str) -> Result<Self, Error> {
        if name.contains('\0') || value.contains('\0') {
            return Err(config::nul().of(Component::Query));
        }
        let taken = name.is_empty()
            || !Names::Common.is_extra(name, value)
            || !self.names.is_extra(name, value);
        if taken
            || matches!(
                unknown::classify(name),
                Verdict::Misspelt(_) | Verdict::OfPostgres(_)
            )
        {
            let detail = "an extra needs a name of its own, not (nearly) that of a setting";
            return Err(Error::new(ErrorKind::UnknownKeyword, detail)
                .of(Component::Query)
                .with_help("set settings with `with`"));
        }
        self.store.push_pair(self.scheme, name, value);
        Ok(self)
    }

    /// The same config without its extras.
    #[cfg(feature = "convert")]
    pub(crate) fn without_extras(&self) -> Self {
        let scheme = self.scheme().unwrap_or_default();
        Self {
            store: config::Assembly::of(&self.store).finish(scheme),
            scheme: Span::new(0, scheme.len()),
            warnings: self.warnings.clone(),
            ..*self
        }
    }

    /// Sets the servers to try, in order, each a name or an address without brackets, and a port. The list replaces hosts,
    /// ports and priorities.
    ///
    /// # Errors
    ///
    /// If one is no host, or a port is 0.
    pub fn with_hosts<'h>(
        self,
        hosts: impl IntoIterator<Item = (&'h str, Option<u16>)>,
    ) -> Result<Self, Error> {
        let [names, ports] = config::host_lists(&mut hosts.into_iter())?;
        let mut changed = Assembly::of(&self);
        changed.unset(Keyword::Priority);
        for (keyword, list) in [(Keyword::Host, &*names), (Keyword::Port, &*ports)] {
            changed.unset(keyword);
            if list.bytes().any(|byte| byte != b',') {
                changed.put(keyword, list, Location::Caller)?;
            }
        }
        self.finish(&mut changed)
    }

    /// Finishes a change. The parameters of settings whose spelling is lost go, the others stay as they were written.
    pub(crate) fn finish<'a>(&'a self, changed: &mut Assembly<'a>) -> Result<Self, Error> {
        if let Some(mode) = coherent(self.scheme(), changed)? {
            changed.put(Keyword::SslMode, mode.as_str(), Location::Caller)?;
        }
        let lost = self.changed(changed);
        let is_kept = |(name, value): &(&str, &str)| self.names.settings(name, value) & lost == 0;
        changed.respell(lost, self.store.pairs().filter(is_kept));
        changed.finish()
    }

    /// A bit for each setting whose spelling is lost: its value is a new one, or that of another setting of TLS is, since they
    /// have their meaning together.
    fn changed(&self, new: &Assembly<'_>) -> u64 {
        let bits = |counts: &dyn Fn(Keyword) -> bool| {
            let keywords = Keyword::ALL.iter().filter(|keyword| counts(**keyword));
            keywords.fold(0, |bits, keyword| bits | keyword.bit())
        };
        let changed = bits(&|keyword| self.text(keyword) != new.get(keyword));
        let tls = bits(&Keyword::is_of_tls);
        if changed & tls == 0 {
            changed
        } else {
            changed | tls
        }
    }
}

/// Checks what a string cannot say, but a builder can: a port without its host, or a CA without TLS. Gives the mode of TLS
/// that follows from a CA, if none is set.
fn coherent(scheme: Option<&str>, values: &Assembly<'_>) -> Result<Option<SslMode>, Error> {
    let get = |keyword: Keyword| values.get(keyword);
    let hosts = get(Keyword::Host).map_or(1, count);
    if let Some(ports) = get(Keyword::Port) {
        let several = count(ports) > 1;
        if several && (count(ports) != hosts || ports.bytes().all(|byte| byte == b',')) {
            let detail = "expected one for each host, or one for all of them";
            let error = Error::new(ErrorKind::CountMismatch, detail);
            return Err(values.placed(Keyword::Port, error.of(Keyword::Port.component())));
        }
    }
    // `mysqlx+srv`, and JDBC's `jdbc:mysql+srv:loadbalance`.
    if scheme.is_some_and(|scheme| scheme.split(':').any(|part| part.ends_with("+srv")))
        && (hosts > 1 || get(Keyword::Port).is_some())
    {
        let error = not_a_host("a name for DNS SRV has no port");
        let keyword = if hosts > 1 {
            Keyword::Host
        } else {
            Keyword::Port
        };
        return Err(values.placed(keyword, error));
    }
    let has_ca = get(Keyword::SslCa).or(get(Keyword::SslCapath)).is_some();
    match get(Keyword::SslMode) {
        None if has_ca => Ok(Some(SslMode::VerifyCa)),
        Some(mode) if has_ca && mode == SslMode::Disabled.as_str() => {
            let detail = "certificates of an authority are given, which request TLS";
            let error = Error::new(ErrorKind::Conflict, detail)
                .of(Keyword::SslMode.component())
                .with_help("unset `ssl_ca` and `ssl_capath`, or choose another mode");
            Err(values.placed(Keyword::SslMode, error))
        }
        _ => Ok(None),
    }
}
