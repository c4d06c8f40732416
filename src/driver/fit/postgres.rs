//! Postgres: the cells of libpq's keywords, and what depends on several of them.

use std::net::IpAddr;

use crate::config::value::Host;
use crate::driver::fit::options::server_settings;
use crate::driver::fit::{Cell, Driver, Fit};
use crate::libpq::{keywords, optional};
use crate::postgres::{Config, Keyword, SslCertMode, SslMode};
use crate::secret::SecretStr;
use crate::span::Component;

/// What drivers that are not on libpq do with a keyword.
struct Row {
    most: Cell,
    tokio_postgres: Option<Cell>,
    sqlx: Option<Cell>,
}

macro_rules! rows {
    ($($name:ident: $keyword:ident {
        doc: $doc:literal, value: $kind:ident $(($type:ty))?, $(shown: $form:expr,)?
        drivers: $most:ident $(($($reason:expr),*))?,
        $(tokio_postgres: $tokio_postgres:ident ($($tokio_postgres_reason:expr),*),)?
        $(sqlx: $sqlx:ident ($($sqlx_reason:expr),*),)?
        since: $since:literal, $($rest:tt)*
    })*) => {
        static ROWS: &[Row] = &[$(Row {
            most: Cell::$most $(($($reason),*))?,
            tokio_postgres: optional!($(Cell::$tokio_postgres($($tokio_postgres_reason),*))?),
            sqlx: optional!($(Cell::$sqlx($($sqlx_reason),*))?),
        }),*];
    };
}

keywords!(rows);

const COMPLETE: &str = "use the config that `complete` gives, which has read the file";
const WITH_RUSTLS: &str = "use `driver::tokio_postgres::parts` of the feature `rustls-0_23`";
const BY_PASSWORD: &str = "use a driver on libpq, or log in with a password";
const ONE_ROOT_FILE: &str =
    "use `tokio-postgres` with the feature `rustls-0_23`, which trusts the file alone";

impl Driver {
    /// What the driver does with a keyword of Postgres; `None` if it does not connect to Postgres.
    ///
    /// Lists of hosts, and what depends on several settings, are in [`Config::fit`] only.
    #[must_use]
    pub const fn postgres(self, keyword: Keyword) -> Option<Cell> {
        let row = &ROWS[keyword as usize];
        let own = match self {
            Self::Libpq | Self::Diesel => Some(Cell::Expressed),
            Self::TokioPostgres => row.tokio_postgres,
            Self::TokioPostgresRustls => None,
            Self::Sqlx => row.sqlx,
            Self::MysqlAsync | Self::Mysql | Self::Redis => return None,
        };
        match own {
            Some(cell) => Some(cell),
            None => Some(row.most),
        }
    }
}

impl Config {
    /// What of the config a driver cannot express: what the conversion rejects, and what it leaves out.
    #[must_use]
    pub fn fit(&self, driver: Driver) -> Fit {
        let mut fit = Fit::default();
        for (keyword, value) in self.keywords().filter(|(_, value)| !value.is_empty()) {
            let Some(cell) = driver.postgres(keyword) else {
                return Fit::of_another_engine(driver, "use tokio-postgres, sqlx or diesel");
            };
            if self.matters(keyword) {
                fit.add(driver, keyword.component(), cell, value.expose());
            }
        }
        match driver {
            Driver::TokioPostgres | Driver::TokioPostgresRustls => {
                self.fit_tokio_postgres(driver, &mut fit);
            }
            Driver::Sqlx => self.fit_sqlx(&mut fit),
            Driver::Libpq | Driver::Diesel => {}
            Driver::MysqlAsync | Driver::Mysql | Driver::Redis => {
                return Fit::of_another_engine(driver, "use tokio-postgres, sqlx or diesel");
            }
        }
        for (name, value) in self.extra_pairs() {
            fit.add_extra(driver, name, extra(driver, name, value.expose()));
        }
        fit
    }

    /// Whether a keyword has any effect next to the others.
    fn matters(&self, keyword: Keyword) -> bool {
        match keyword {
            Keyword::Passfile => self.given(Keyword::Password).is_none(),
            Keyword::Service => !self.is_completed(),
            Keyword::RequirePeer => self.hosts().any(|host| host.is_socket()),
            Keyword::SslCert | Keyword::SslKey | Keyword::SslPassword => {
                self.uses_tls() && self.sslcertmode() != Some(SslCertMode::Disable)
            }
            _ => !keyword.is_of_tls() || self.uses_tls(),
        }
    }

    /// Whether everything is set that a service could give, as [`complete`](Self::complete) leaves it.
    fn is_completed(&self) -> bool {
        let host = self
            .get(Keyword::Host)
            .or_else(|| self.get(Keyword::HostAddr));
        host.is_some()
            && self.user().is_some()
            && self.dbname().is_some()
            && self.sslmode().is_some()
    }

    /// Whether TLS is tried at all: neither `sslmode=disable` nor sockets alone, on which libpq uses none.
    pub(in crate::driver) fn uses_tls(&self) -> bool {
        let mut hosts = self.hosts().peekable();
        let sockets_only = hosts.peek().is_some() && hosts.all(|host| host.is_socket());
        self.effective_sslmode() != SslMode::Disable && !sockets_only
    }

    /// A file of trusted certificates, for modes in which libpq checks against it: all but `disable`.
    pub(in crate::driver) fn root_file(&self) -> Option<&str> {
        let given = self.given(Keyword::SslRootCert);
        given.filter(|path| *path != "system")
    }

    fn fit_tokio_postgres(&self, driver: Driver, fit: &mut Fit) {
        let (mut named, mut numeric, mut unnamed) = (0, 0, 0);
        for host in self.hosts() {
            let has_address = address(&host).is_some();
            numeric += usize::from(has_address);
            named += usize::from(name(&host).is_some());
            unnamed += usize::from(name(&host).is_none() && !has_address);
        }
        let total = self.hosts().count();
        if unnamed > 0 || total == 0 {
            let why = "has no default host";
            let fix = "add a host: a name, `localhost`, or the folder of the server's socket";
            fit.reject(driver, Component::Host, why, fix);
        }
        if numeric > 0 && numeric < total {
            let why = "takes an address for each host, or for none";
            let fix = "give every host its `hostaddr`";
            fit.reject(driver, Component::HostAddr, why, fix);
        }
        let mut addresses = self.hosts().filter_map(|host| address(&host));
        if addresses.any(|text| text.parse::<IpAddr>().is_err()) {
            let why = "takes IPv4 and IPv6 addresses without a zone";
            let fix = "write the address without `%zone`";
            fit.reject(driver, Component::HostAddr, why, fix);
        }
        self.fit_socket(driver, fit);
        if driver == Driver::TokioPostgresRustls && self.uses_tls() {
            self.fit_trust(driver, named < total, fit);
        }
    }

    fn fit_sqlx(&self, fit: &mut Fit) {
        let driver = Driver::Sqlx;
        if self.hosts().count() > 1 {
            let why = "connects to one host";
            let fix = "name one host, or use tokio-postgres";
            fit.reject(driver, Component::Host, why, fix);
        }
        let has_both = |host: Host<'_>| name(&host).is_some() && address(&host).is_some();
        if self.hosts().any(has_both) {
            let why = "takes a name or an address, not both";
            let fix = "remove `hostaddr`, or use tokio-postgres";
            fit.reject(driver, Component::HostAddr, why, fix);
        }
        self.fit_socket(driver, fit);
        // Nothing of these was assigned in Unicode 3.2, by which sqlx prepares passwords for SCRAM.
        let is_newer = |character: char| ('\u{1f000}'..='\u{1ffff}').contains(&character);
        let password = self.given(Keyword::Password);
        if password.is_some_and(|password| password.contains(is_newer)) {
            let why = "rejects characters newer than Unicode 3.2 in SCRAM, such as emoji";
            let fix = "use tokio-postgres, or another password";
            fit.lose(driver, Component::Password, why, fix);
        }
        let options = self.get(Keyword::Options).map(SecretStr::expose);
        if options.is_some_and(|options| server_settings(options).is_none()) {
            let why = "takes `-c name=value` only";
            let fix = "write each option as `-c name=value`";
            fit.reject(driver, Keyword::Options.component(), why, fix);
        }
        if !self.uses_tls() {
            return;
        }
        let mode = self.effective_sslmode();
        if mode == SslMode::VerifyCa && self.root_file().is_none() {
            let why = "would trust every public authority, for any name";
            let fix = "add `sslrootcert=FILE`, or use `verify-full`";
            fit.reject(driver, Keyword::SslRootCert.component(), why, fix);
        }
        if mode == SslMode::VerifyFull && self.hosts().all(|host| name(&host).is_none()) {
            let (why, fix) = NO_NAME;
            fit.reject(driver, Component::Host, why, fix);
        }
        self.fit_client_certificate(driver, fit);
        if self.root_file().is_some() && mode >= SslMode::Require {
            let why = "trusts public authorities, too, and not this file alone";
            let fix = ONE_ROOT_FILE;
            fit.lose(driver, Keyword::SslRootCert.component(), why, fix);
        }
    }

    /// What the connector of rustls needs.
    fn fit_trust(&self, driver: Driver, some_unnamed: bool, fit: &mut Fit) {
        let mode = self.effective_sslmode();
        if mode >= SslMode::VerifyCa && self.given(Keyword::SslRootCert).is_none() {
            let why = "looks for no certificates in the home folder";
            let fix = "add `sslrootcert=FILE`, or `sslrootcert=system`";
            fit.reject(driver, Keyword::SslRootCert.component(), why, fix);
        }
        if mode == SslMode::VerifyFull && some_unnamed {
            let (why, fix) = NO_NAME;
            fit.reject(driver, Component::Host, why, fix);
        }
        if mode == SslMode::Allow {
            let why = "tries TLS first, and not last";
            let fix = "use `prefer`, which does the same";
            fit.lose(driver, Keyword::SslMode.component(), why, fix);
        }
        self.fit_client_certificate(driver, fit);
    }

    fn fit_client_certificate(&self, driver: Driver, fit: &mut Fit) {
        let given = |keyword| self.given(keyword).is_some();
        if self.matters(Keyword::SslCert) && given(Keyword::SslCert) != given(Keyword::SslKey) {
            let missing = if given(Keyword::SslCert) {
                Keyword::SslKey
            } else {
                Keyword::SslCert
            };
            let why = "takes a certificate and its key together";
            let fix = "add both `sslcert=FILE` and `sslkey=FILE`";
            fit.reject(driver, missing.component(), why, fix);
        }
    }

    fn fit_socket(&self, driver: Driver, fit: &mut Fit) {
        let mut names = self.hosts().filter_map(|host| name(&host));
        if names.any(|name| name.starts_with('@')) {
            let why = "has no abstract sockets";
            let fix = "name the folder of the server's socket";
            fit.reject(driver, Component::Host, why, fix);
        }
    }
}

const NO_NAME: (&str, &str) = (
    "checks the name of the host with `verify-full`, and there is none",
    "add the server's name as `host`, or use `verify-ca`",
);

impl Config {
    /// A value that is set and not empty: libpq takes an empty one for an unset one.
    pub(in crate::driver) fn given(&self, keyword: Keyword) -> Option<&str> {
        let value = self.get(keyword).map(SecretStr::expose);
        value.filter(|value| !value.is_empty())
    }
}

/// The name or folder, if it is given.
pub(in crate::driver) fn name<'h>(host: &Host<'h>) -> Option<&'h str> {
    host.host().filter(|name| !name.is_empty())
}

/// The numeric address, if it is given.
pub(in crate::driver) fn address<'h>(host: &Host<'h>) -> Option<&'h str> {
    host.hostaddr().filter(|address| !address.is_empty())
}

/// A parameter of the query that libpq does not know.
fn extra(driver: Driver, name: &str, value: &str) -> Cell {
    match driver {
        Driver::Libpq | Driver::Diesel => Cell::rejected(
            &[],
            "rejects a parameter that it does not know",
            "remove it",
        ),
        Driver::Sqlx if name == "statement-cache-capacity" && value.parse::<usize>().is_ok() => {
            Cell::Expressed
        }
        _ => Cell::lost(
            &[],
            "has no such setting",
            "give it to the pool or the framework that it is for",
        ),
    }
}
