//! Configs made from values instead of a text, and changed ones: nothing is changed in place, a new store is laid out.

use crate::error::{Error, ErrorKind};
use crate::fill::{Kind, kind_of_host, port};
use crate::keywords::Store;
use crate::mysql::check::{self, Failure};
use crate::mysql::config::Config;
use crate::mysql::keyword::{COUNT, Keyword};
use crate::mysql::names::Names;
use crate::mysql::param;
use crate::mysql::tls::SslMode;
use crate::mysql::unknown::{self, Verdict};
use crate::place::Span;
use crate::syntax::authority::Form;
use crate::value::count;
use crate::warning::WarningSet;

/// Everything a config is made of.
pub(super) struct Parts<'p> {
    pub(super) scheme: &'p str,
    pub(super) default_port: u16,
    pub(super) values: Vec<(usize, &'p str)>,
    pub(super) pairs: Vec<(&'p str, &'p str)>,
    pub(super) warnings: WarningSet,
    pub(super) from_query: u64,
    pub(super) from_authority: u64,
    pub(super) names: Names,
}

impl Parts<'_> {
    pub(super) fn assemble(mut self) -> Result<Config, Failure> {
        self.values.sort_unstable_by_key(|(index, _)| *index);
        let config = Config {
            store: Store::build(self.scheme, &self.values, &self.pairs),
            scheme: Span::new(0, self.scheme.len()),
            default_port: self.default_port,
            warnings: self.warnings,
            from_query: self.from_query,
            from_authority: self.from_authority,
            names: self.names,
        };
        check::check(&config.store)?;
        Ok(config)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::empty(Span::new(0, 0), 3306)
    }
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

    /// Sets a setting to its canonical text: `connect_timeout_ms` to digits, `ssl_mode` to `required`. Hosts and ports are lists
    /// separated by commas.
    ///
    /// # Errors
    ///
    /// If the text holds a NUL, or the setting does not take it together with the rest of the config.
    pub fn with(self, keyword: Keyword, text: &str) -> Result<Self, Error> {
        self.with_all([(keyword, text)])
    }

    /// Sets several settings at once, for values that are only valid together.
    ///
    /// # Errors
    ///
    /// As [`with`](Self::with).
    pub fn with_all<'v>(
        self,
        settings: impl IntoIterator<Item = (Keyword, &'v str)>,
    ) -> Result<Self, Error> {
        let mut values = self.values();
        for (keyword, text) in settings {
            check_value(keyword, text)?;
            values[keyword as usize] = Some(text);
        }
        self.assembled(&values, None)
    }

    /// Unsets a setting.
    ///
    /// # Errors
    ///
    /// If the rest of the config is not valid without it.
    pub fn without(self, keyword: Keyword) -> Result<Self, Error> {
        let mut values = self.values();
        values[keyword as usize] = None;
        self.assembled(&values, None)
    }

    /// Adds a parameter that nothing is known of, for another reader of the URL.
    ///
    /// # Errors
    ///
    /// If the name is empty, is known, or would be refused in a URL; or if name or value holds a NUL.
    pub fn with_extra(self, name: &str, value: &str) -> Result<Self, Error> {
        if name.contains('\0') || value.contains('\0') {
            return Err(nul());
        }
        let taken = name.is_empty()
            || !Names::Common.is_extra(name, value)
            || !self.names.is_extra(name, value);
        if taken
            || matches!(
                unknown::judge(name),
                Verdict::Misspelt(_) | Verdict::OfPostgres(_)
            )
        {
            let detail = "an extra needs a name of its own, not (nearly) that of a setting";
            return Err(
                Error::new(ErrorKind::UnknownKeyword, detail).with_help("set settings with `with`")
            );
        }
        let values = self.values();
        self.assembled(&values, Some((name, value)))
    }

    /// The same config without its extras.
    pub(crate) fn without_extras(&self) -> Self {
        let values: Vec<_> = self
            .store
            .indices()
            .filter_map(|index| Some((index, self.store.get(index)?)))
            .collect();
        let scheme = self.scheme().unwrap_or_default();
        Self {
            store: Store::build(scheme, &values, &[]),
            scheme: Span::new(0, scheme.len()),
            warnings: self.warnings.clone(),
            ..*self
        }
    }

    /// Sets `user`.
    ///
    /// # Errors
    ///
    /// If it holds a NUL.
    pub fn with_user(self, user: &str) -> Result<Self, Error> {
        self.with(Keyword::User, user)
    }

    /// Sets `password`; any text will do, nothing needs escaping.
    ///
    /// # Errors
    ///
    /// If it holds a NUL.
    pub fn with_password(self, password: &str) -> Result<Self, Error> {
        self.with(Keyword::Password, password)
    }

    /// Sets `database`.
    ///
    /// # Errors
    ///
    /// If it holds a NUL.
    pub fn with_dbname(self, dbname: &str) -> Result<Self, Error> {
        self.with(Keyword::Database, dbname)
    }

    /// Sets `socket`.
    ///
    /// # Errors
    ///
    /// If it is empty or holds a NUL.
    pub fn with_socket(self, path: &str) -> Result<Self, Error> {
        self.with(Keyword::Socket, path)
    }

    /// Sets `ssl_mode`.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn with_ssl_mode(self, mode: SslMode) -> Result<Self, Error> {
        self.with(Keyword::SslMode, mode.as_str())
    }

    /// Sets `host`, or a list of hosts with a comma between two. [`with_hosts`](Self::with_hosts) sets the ports with them.
    ///
    /// # Errors
    ///
    /// If it holds a NUL, or the list does not fit the one of ports.
    pub fn with_host(self, host: &str) -> Result<Self, Error> {
        self.with(Keyword::Host, host)
    }

    /// Sets `port`, for every host.
    ///
    /// # Errors
    ///
    /// If it is 0.
    pub fn with_port(self, port: u16) -> Result<Self, Error> {
        self.with(Keyword::Port, &port.to_string())
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
        let (mut names, mut ports) = (Vec::new(), Vec::new());
        for (host, port) in hosts {
            if host.contains(',') {
                return Err(not_a_host("a host cannot hold a comma"));
            }
            names.push(host);
            ports.push(port.map_or_else(String::new, |port| port.to_string()));
        }
        let (names, ports) = (names.join(","), ports.join(","));
        let mut values = self.values();
        for (keyword, list) in [(Keyword::Host, &names), (Keyword::Port, &ports)] {
            let given = list.bytes().any(|byte| byte != b',');
            if given {
                check_value(keyword, list)?;
            }
            values[keyword as usize] = given.then_some(list);
        }
        values[Keyword::Priority as usize] = None;
        self.assembled(&values, None)
    }

    /// The text of each setting, to be changed and assembled again.
    fn values(&self) -> [Option<&str>; COUNT] {
        std::array::from_fn(|index| self.store.get(index))
    }

    fn assembled(
        &self,
        values: &[Option<&str>; COUNT],
        extra: Option<(&str, &str)>,
    ) -> Result<Self, Error> {
        let mode = coherent(self.scheme(), values)?;
        let changed = self.changed(values, mode);
        let unchanged = self
            .store
            .pairs()
            .filter(|(name, value)| self.names.settings(name, value) & changed == 0);
        let parts = Parts {
            scheme: self.scheme().unwrap_or_default(),
            default_port: self.default_port,
            values: values
                .iter()
                .enumerate()
                .filter_map(|(index, value)| Some((index, (*value)?)))
                .chain(mode.map(|mode| (Keyword::SslMode as usize, mode.as_str())))
                .collect(),
            pairs: unchanged.chain(extra).collect(),
            warnings: self.warnings.clone(),
            from_query: self.from_query & !changed,
            from_authority: self.from_authority,
            names: self.names,
        };
        parts.assemble().map_err(Failure::into_error)
    }

    /// A bit for each setting whose spelling is lost: its value is a new one, or that of another setting of TLS is, since they
    /// have their meaning together.
    fn changed(&self, values: &[Option<&str>; COUNT], mode: Option<SslMode>) -> u64 {
        let is_new = |keyword: &Keyword| {
            let mut value = values[*keyword as usize];
            if *keyword == Keyword::SslMode {
                value = mode.map(SslMode::as_str).or(value);
            }
            self.text(*keyword) != value
        };
        let bits = |keywords: &mut dyn Iterator<Item = Keyword>| {
            keywords.fold(0, |bits, keyword| bits | keyword.bit())
        };
        let all = || Keyword::ALL.iter().copied();
        let tls = bits(&mut all().filter(|keyword| keyword.is_of_tls()));
        let changed = bits(&mut all().filter(is_new));
        if changed & tls == 0 {
            changed
        } else {
            changed | tls
        }
    }
}

/// Checks what a text cannot say, but a builder can: a port without its host, or a CA without TLS. Gives the mode of TLS
/// that follows from a CA, if none is set.
fn coherent(
    scheme: Option<&str>,
    values: &[Option<&str>; COUNT],
) -> Result<Option<SslMode>, Error> {
    let get = |keyword: Keyword| values[keyword as usize];
    let hosts = get(Keyword::Host).map_or(1, count);
    if let Some(ports) = get(Keyword::Port) {
        let several = count(ports) > 1;
        if several && (count(ports) != hosts || ports.bytes().all(|byte| byte == b',')) {
            let detail = "expected one for each host, or one for all of them";
            return Err(Error::new(ErrorKind::CountMismatch, detail).of(Keyword::Port.component()));
        }
    }
    // `mysqlx+srv`, and JDBC's `jdbc:mysql+srv:loadbalance`.
    if scheme.is_some_and(|scheme| scheme.split(':').any(|part| part.ends_with("+srv")))
        && (hosts > 1 || get(Keyword::Port).is_some())
    {
        return Err(not_a_host(
            "a name for DNS SRV stands alone, without a port",
        ));
    }
    let has_ca = get(Keyword::SslCa).or(get(Keyword::SslCapath)).is_some();
    match get(Keyword::SslMode) {
        None if has_ca => Ok(Some(SslMode::VerifyCa)),
        Some(mode) if has_ca && mode == SslMode::Disabled.as_str() => {
            let detail = "certificates of an authority are given, which ask for TLS";
            Err(Error::new(ErrorKind::Conflict, detail)
                .of(Keyword::SslMode.component())
                .with_help("unset `ssl_ca` and `ssl_capath`, or choose another mode"))
        }
        _ => Ok(None),
    }
}

/// Checks the canonical text of one setting.
fn check_value(keyword: Keyword, text: &str) -> Result<(), Error> {
    let component = keyword.component();
    if text.contains('\0') {
        return Err(nul().of(component));
    }
    match keyword {
        Keyword::Host => text.split(',').try_for_each(host),
        Keyword::Port => {
            let several = count(text) > 1;
            let number = |one: &str| port(one.as_bytes()).is_some() && !one.starts_with('0');
            let valid = |one: &str| (several && one.is_empty()) || number(one);
            if text.split(',').all(valid) {
                Ok(())
            } else {
                Err(
                    Error::new(ErrorKind::InvalidValue, "expected a number from 1 to 65535")
                        .of(component),
                )
            }
        }
        Keyword::Socket | Keyword::Net if text.is_empty() => {
            Err(Error::new(ErrorKind::InvalidValue, "the value is empty").of(component))
        }
        _ => param::check(keyword, text).map_err(|wrong| wrong.at(component, Span::default())),
    }
}

fn host(host: &str) -> Result<(), Error> {
    let form = if host.contains(':') {
        Form::Address
    } else {
        Form::Name
    };
    match kind_of_host(host.as_bytes(), form) {
        Ok(Kind::Host) => Ok(()),
        Ok(Kind::Absent) => Err(not_a_host("a host cannot be empty")),
        Ok(Kind::Socket) => {
            Err(not_a_host("it is the path of a socket").with_help("give it with `with_socket`"))
        }
        Err(detail) => Err(not_a_host(detail)),
    }
}

fn not_a_host(detail: &'static str) -> Error {
    Error::new(ErrorKind::InvalidValue, detail)
        .of(Keyword::Host.component())
        .with_help("give several hosts as several elements")
}

fn nul() -> Error {
    Error::new(ErrorKind::NulByte, "no server takes one")
        .with_help("remove it; a password cannot hold it")
}
