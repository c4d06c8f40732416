//! Postgres: the cells of libpq's keywords, and what depends on several of them.

use crate::driver::fit::options::server_settings;
use crate::driver::fit::{Cell, Driver, Fit, Reason};
use crate::postgres::{Config, Keyword, SslCertMode, SslMode};
use crate::span::Component;
use crate::value::Host;

impl Driver {
    /// What the driver does with a keyword of Postgres; `None` if it does not connect to Postgres.
    ///
    /// Lists of hosts, and what depends on several settings, are in [`Config::fit`] only.
    #[must_use]
    pub const fn postgres(self, keyword: Keyword) -> Option<Cell> {
        Some(match self {
            Self::Libpq | Self::Diesel => Cell::Expressed,
            Self::TokioPostgres => tokio_postgres(keyword),
            Self::TokioPostgresRustls => tokio_postgres_rustls(keyword),
            Self::Sqlx => sqlx(keyword),
            Self::MysqlAsync | Self::Mysql | Self::Redis => return None,
        })
    }
}

const COMPLETE: &str = "use the config that `complete` gives, which has read the file";
const WITH_RUSTLS: &str = "use `driver::tokio_postgres::parts` of the feature `rustls-0_23`";
const BY_PASSWORD: &str = "use a driver on libpq, or log in with a password";
const REMOVE: &str = "remove it";
const ON_LIBPQ: &str = "use a driver on libpq, such as diesel";
const ONE_ROOT_FILE: &str =
    "use `tokio-postgres` with the feature `rustls-0_23`, which trusts the file alone";
/// A keyword without a cell.
const UNDECIDED: Cell = Cell::rejected(&[], "has no such setting", REMOVE);
const OFF: &[&str] = &["false", "off", "no", "0"];

/// What tokio-postgres does whatever connects its TLS.
const fn tokio_postgres(keyword: Keyword) -> Cell {
    use Keyword as K;
    match keyword {
        K::SslMode => Cell::rejected(
            &["disable", "prefer", "require"],
            "knows only `disable`, `prefer` and `require`; its connector checks certificates",
            WITH_RUSTLS,
        ),
        K::SslRootCert | K::SslCert | K::SslKey | K::SslCrl => {
            Cell::rejected(&[], "leaves certificates to its connector", WITH_RUSTLS)
        }
        K::SslSni => Cell::rejected(
            &["1"],
            "leaves the server's name to its connector",
            WITH_RUSTLS,
        ),
        K::SslMinProtocolVersion => Cell::rejected(
            &["TLSv1", "TLSv1.1", "TLSv1.2"],
            "leaves versions of TLS to its connector",
            WITH_RUSTLS,
        ),
        K::SslMaxProtocolVersion => Cell::rejected(
            &["TLSv1.3"],
            "leaves versions of TLS to its connector",
            WITH_RUSTLS,
        ),
        _ => tokio_postgres_rustls(keyword),
    }
}

/// tokio-postgres with the connector of `driver::tokio_postgres::parts`.
const fn tokio_postgres_rustls(keyword: Keyword) -> Cell {
    use Keyword as K;
    match keyword {
        K::User
        | K::Password
        | K::Dbname
        | K::Host
        | K::HostAddr
        | K::Port
        | K::ChannelBinding
        | K::ConnectTimeout
        | K::Options
        | K::ApplicationName
        | K::FallbackApplicationName
        | K::Keepalives
        | K::KeepalivesIdle
        | K::KeepalivesInterval
        | K::KeepalivesCount
        | K::TcpUserTimeout
        | K::SslMode
        | K::SslNegotiation
        | K::SslCert
        | K::SslKey
        | K::SslRootCert
        | K::SslCrl
        | K::SslSni
        | K::SslMinProtocolVersion
        | K::SslMaxProtocolVersion
        | K::LoadBalanceHosts => Cell::Expressed,
        K::TargetSessionAttrs => Cell::rejected(
            &["any", "read-write", "read-only"],
            "knows only `any`, `read-write` and `read-only`",
            "use `read-write` for a primary and `read-only` for a standby",
        ),
        _ => common(keyword),
    }
}

/// sqlx' `PgConnectOptions`.
const fn sqlx(keyword: Keyword) -> Cell {
    use Keyword as K;
    match keyword {
        K::User
        | K::Password
        | K::Dbname
        | K::Host
        | K::HostAddr
        | K::Port
        | K::Options
        | K::ApplicationName
        | K::FallbackApplicationName
        | K::SslCert
        | K::SslKey
        | K::SslRootCert => Cell::Expressed,
        K::SslMode => Cell::rejected(
            &["disable", "prefer", "require", "verify-ca", "verify-full"],
            "never uses TLS with `allow`",
            "use `prefer`, or `disable`",
        ),
        K::SslNegotiation => Cell::rejected(
            &["postgres"],
            "begins TLS by a request only",
            "remove it; the server takes both",
        ),
        K::SslCrl => Cell::rejected(&[], "reads no lists of revoked certificates", ONE_ROOT_FILE),
        K::SslSni => Cell::rejected(&["1"], "always sends the server's name", REMOVE),
        K::SslMinProtocolVersion => Cell::rejected(
            &["TLSv1", "TLSv1.1", "TLSv1.2"],
            "takes TLS 1.2 and 1.3 alike",
            "remove it, and set `ssl_min_protocol_version` in the server",
        ),
        K::SslMaxProtocolVersion => Cell::rejected(
            &["TLSv1.3"],
            "takes TLS 1.2 and 1.3 alike",
            "remove it, and set `ssl_max_protocol_version` in the server",
        ),
        K::ChannelBinding => Cell::rejected(
            &["disable", "prefer"],
            "binds no password to its TLS channel",
            "use `prefer` with `sslmode=verify-full`, or tokio-postgres",
        ),
        K::TargetSessionAttrs => Cell::rejected(
            &["any"],
            "takes the first server whatever its state",
            "name the primary's own host, or use tokio-postgres",
        ),
        K::LoadBalanceHosts => Cell::lost(&["disable"], "tries addresses in their order", REMOVE),
        K::ConnectTimeout => Cell::lost(
            &["0"],
            "has no timeout for connecting",
            "set `acquire_timeout` of the pool",
        ),
        K::Keepalives => Cell::lost(&["0"], "sends no TCP keepalives", REMOVE),
        K::KeepalivesIdle | K::KeepalivesInterval | K::KeepalivesCount => Cell::lost(
            &["0"],
            "sends no TCP keepalives",
            "set `idle_timeout` of the pool",
        ),
        K::TcpUserTimeout => Cell::lost(&["0"], "leaves TCP's timeouts to the system", REMOVE),
        _ => common(keyword),
    }
}

/// What none of the drivers in Rust has.
const fn common(keyword: Keyword) -> Cell {
    use Keyword as K;
    match keyword {
        K::Service => Cell::rejected(&[], "reads no service file", COMPLETE),
        K::Passfile => Cell::lost(&[], "reads no password file", COMPLETE),
        K::ClientEncoding => {
            Cell::lost(&["utf8", "utf-8", "unicode"], "always speaks UTF-8", REMOVE)
        }
        K::SslCompression => Cell::lost(
            &["0"],
            "never compresses",
            "remove it; libpq ignores it since version 14",
        ),
        K::SslCertMode => Cell::rejected(
            &["disable", "allow"],
            "cannot demand that the server requests a certificate",
            "use `allow`, and let the server's pg_hba.conf demand the certificate",
        ),
        K::SslPassword => Cell::rejected(
            &[],
            "reads no encrypted key",
            "decrypt the key with `openssl pkey -in KEY -out NEW`",
        ),
        K::SslCrlDir => Cell::rejected(
            &[],
            "reads no folder of revoked certificates",
            "name one file by `sslcrl`",
        ),
        K::RequirePeer => Cell::rejected(&[], "does not check who owns a socket", ON_LIBPQ),
        K::RequireAuth => Cell::rejected(
            &[],
            "logs in by any method that the server requests",
            "use `channel_binding=require` with tokio-postgres, or `sslmode=verify-full`",
        ),
        K::MinProtocolVersion => Cell::lost(&["3.0"], "speaks version 3.0 of the protocol", REMOVE),
        K::MaxProtocolVersion => Cell::lost(
            &["3.0", "3.2", "latest"],
            "speaks version 3.0 of the protocol",
            REMOVE,
        ),
        K::GssEncMode => Cell::rejected(
            &["disable", "prefer"],
            "has no GSSAPI",
            "use TLS: `sslmode=verify-full`",
        ),
        K::KrbSrvName => Cell::lost(&["postgres"], "has no GSSAPI", REMOVE),
        K::GssLib => Cell::lost(&[], "has no GSSAPI", REMOVE),
        K::GssDelegation => Cell::lost(&["0"], "has no GSSAPI", REMOVE),
        K::Replication => Cell::lost(
            OFF,
            "opens ordinary sessions only",
            "use a client for replication",
        ),
        K::ScramClientKey | K::ScramServerKey => {
            Cell::rejected(&[], "computes SCRAM's keys from a password", BY_PASSWORD)
        }
        K::OauthIssuer | K::OauthClientId | K::OauthClientSecret | K::OauthScope => {
            Cell::rejected(&[], "has no OAuth", BY_PASSWORD)
        }
        K::SslKeyLogFile => Cell::lost(&[], "writes no keys of TLS", REMOVE),
        // Each driver's own function has the others. A keyword that is in none is rejected, and a test fails.
        _ => UNDECIDED,
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
            Keyword::Passfile => self
                .password()
                .is_none_or(crate::secret::SecretStr::is_empty),
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
        let given = self
            .get(Keyword::SslRootCert)
            .map(crate::secret::SecretStr::expose);
        given.filter(|path| !path.is_empty() && *path != "system")
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
            fit.reject(driver, Component::Host, Reason::new(why, fix));
        }
        if numeric > 0 && numeric < total {
            let why = "takes an address for each host, or for none";
            fit.reject(
                driver,
                Component::HostAddr,
                Reason::new(why, "give every host its `hostaddr`"),
            );
        }
        if self
            .hosts()
            .filter_map(|host| address(&host))
            .any(|text| text.parse::<std::net::IpAddr>().is_err())
        {
            let why = "takes IPv4 and IPv6 addresses without a zone";
            fit.reject(
                driver,
                Component::HostAddr,
                Reason::new(why, "write the address without `%zone`"),
            );
        }
        self.fit_socket(driver, fit);
        if driver == Driver::TokioPostgresRustls && self.uses_tls() {
            self.fit_trust(driver, named < total, fit);
        }
    }

    fn fit_sqlx(&self, fit: &mut Fit) {
        let driver = Driver::Sqlx;
        let hosts = self.hosts().count();
        if hosts > 1 {
            let why = "connects to one host";
            fit.reject(
                driver,
                Component::Host,
                Reason::new(why, "name one host, or use tokio-postgres"),
            );
        }
        if self
            .hosts()
            .any(|host| name(&host).is_some() && address(&host).is_some())
        {
            let why = "takes a name or an address, not both";
            fit.reject(
                driver,
                Component::HostAddr,
                Reason::new(why, "remove `hostaddr`, or use tokio-postgres"),
            );
        }
        self.fit_socket(driver, fit);
        // Nothing of these was assigned in Unicode 3.2, by which sqlx prepares passwords for SCRAM.
        let is_newer = |character: char| ('\u{1f000}'..='\u{1ffff}').contains(&character);
        if self
            .password()
            .is_some_and(|password| password.expose().contains(is_newer))
        {
            let why = "rejects characters newer than Unicode 3.2 in SCRAM, such as emoji";
            let fix = "use tokio-postgres, or another password";
            fit.lose(driver, Component::Password, Reason::new(why, fix));
        }
        if self
            .get(Keyword::Options)
            .is_some_and(|options| server_settings(options.expose()).is_none())
        {
            let why = "takes `-c name=value` only";
            fit.reject(
                driver,
                Keyword::Options.component(),
                Reason::new(why, "write each option as `-c name=value`"),
            );
        }
        if !self.uses_tls() {
            return;
        }
        let mode = self.effective_sslmode();
        if mode == SslMode::VerifyCa && self.root_file().is_none() {
            let why = "would trust every public authority, for any name";
            fit.reject(
                driver,
                Keyword::SslRootCert.component(),
                Reason::new(why, "add `sslrootcert=FILE`, or use `verify-full`"),
            );
        }
        if mode == SslMode::VerifyFull && self.hosts().all(|host| name(&host).is_none()) {
            fit.reject(driver, Component::Host, NO_NAME);
        }
        self.fit_client_certificate(driver, fit);
        if self.root_file().is_some() && mode >= SslMode::Require {
            let why = "trusts public authorities, too, and not this file alone";
            fit.lose(
                driver,
                Keyword::SslRootCert.component(),
                Reason::new(why, ONE_ROOT_FILE),
            );
        }
    }

    /// What the connector of rustls needs.
    fn fit_trust(&self, driver: Driver, some_unnamed: bool, fit: &mut Fit) {
        let mode = self.effective_sslmode();
        let has_root = self
            .get(Keyword::SslRootCert)
            .is_some_and(|root| !root.is_empty());
        if mode >= SslMode::VerifyCa && !has_root {
            let why = "looks for no certificates in the home folder";
            fit.reject(
                driver,
                Keyword::SslRootCert.component(),
                Reason::new(why, "add `sslrootcert=FILE`, or `sslrootcert=system`"),
            );
        }
        if mode == SslMode::VerifyFull && some_unnamed {
            fit.reject(driver, Component::Host, NO_NAME);
        }
        if mode == SslMode::Allow {
            let why = "tries TLS first, and not last";
            fit.lose(
                driver,
                Keyword::SslMode.component(),
                Reason::new(why, "use `prefer`, which does the same"),
            );
        }
        self.fit_client_certificate(driver, fit);
    }

    fn fit_client_certificate(&self, driver: Driver, fit: &mut Fit) {
        let given = |keyword| self.get(keyword).is_some_and(|path| !path.is_empty());
        if self.matters(Keyword::SslCert) && given(Keyword::SslCert) != given(Keyword::SslKey) {
            let missing = if given(Keyword::SslCert) {
                Keyword::SslKey
            } else {
                Keyword::SslCert
            };
            let why = "takes a certificate and its key together";
            fit.reject(
                driver,
                missing.component(),
                Reason::new(why, "add both `sslcert=FILE` and `sslkey=FILE`"),
            );
        }
    }

    fn fit_socket(&self, driver: Driver, fit: &mut Fit) {
        if self
            .hosts()
            .any(|host| name(&host).is_some_and(|name| name.starts_with('@')))
        {
            let why = "has no abstract sockets";
            fit.reject(
                driver,
                Component::Host,
                Reason::new(why, "name the folder of the server's socket"),
            );
        }
    }
}

const NO_NAME: Reason = Reason::new(
    "checks the name of the host with `verify-full`, and there is none",
    "add the server's name as `host`, or use `verify-ca`",
);

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
        Driver::Libpq | Driver::Diesel => {
            Cell::rejected(&[], "rejects a parameter that it does not know", REMOVE)
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_has_a_cell_for_every_driver() {
        let drivers = Driver::ALL
            .iter()
            .filter(|driver| driver.postgres(Keyword::User).is_some());
        for (&driver, &keyword) in
            drivers.flat_map(|driver| Keyword::ALL.iter().map(move |keyword| (driver, keyword)))
        {
            assert!(
                driver
                    .postgres(keyword)
                    .is_some_and(|cell| cell != UNDECIDED),
                "{driver} {keyword}"
            );
        }
    }
}
