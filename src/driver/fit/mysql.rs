//! MySQL: the cells of the canonical settings, and what depends on several of them.

use crate::driver::fit::{Cell, Driver, Fit, Reason};
use crate::mysql::{Config, Keyword, SslMode};
use crate::span::Component;

impl Driver {
    /// What the driver does with a setting of MySQL; `None` if it does not connect to MySQL by a config of this crate.
    ///
    /// Lists of hosts, and what depends on several settings, are in [`Config::fit`] only.
    #[must_use]
    pub const fn mysql(self, keyword: Keyword) -> Option<Cell> {
        Some(match self {
            Self::Sqlx => sqlx(keyword),
            Self::MysqlAsync => mysql_async(keyword),
            Self::Mysql => mysql(keyword),
            _ => return None,
        })
    }
}

const REMOVE: &str = "remove it";
const IN_THE_POOL: &str = "set it in the pool's options";
const IDENTITY: &str = "add it to the options' `SslOpts` by `with_client_identity`";
/// A keyword without a cell.
const UNDECIDED: Cell = Cell::rejected(&[], "has no such setting", REMOVE);

/// sqlx' `MySqlConnectOptions`.
const fn sqlx(keyword: Keyword) -> Cell {
    use Keyword as K;
    match keyword {
        K::SslMode | K::SslCert | K::SslKey | K::Charset => Cell::Expressed,
        K::InitCommand => Cell::lost(
            &[],
            "has no first command",
            "run it in `after_connect` of the pool",
        ),
        K::ConnectTimeoutMs => Cell::lost(
            &[],
            "has no timeout for connecting",
            "set `acquire_timeout` of the pool",
        ),
        K::ReadTimeoutMs | K::WriteTimeoutMs => Cell::lost(
            &["0"],
            "has no timeout for the network",
            "use `tokio::time::timeout`, or `max_execution_time`",
        ),
        K::PoolMin => Cell::lost(
            &[],
            "has it in its pool",
            "set `min_connections` of the pool",
        ),
        K::PoolMax => Cell::lost(
            &[],
            "has it in its pool",
            "set `max_connections` of the pool",
        ),
        K::Compress => Cell::lost(&["false"], "never compresses", REMOVE),
        K::MaxAllowedPacket => Cell::lost(&["0"], "takes what the server allows", REMOVE),
        K::PreferSocket => Cell::lost(
            &["false"],
            "stays with the host",
            "name the socket by `socket`",
        ),
        K::FoundRows => Cell::lost(&["true"], "always counts the rows found", REMOVE),
        K::ServerPublicKey => Cell::rejected(
            &[],
            "asks the server for its key",
            "use TLS: `ssl-mode=VERIFY_IDENTITY`",
        ),
        _ => common(keyword),
    }
}

/// `mysql_async::Opts`.
const fn mysql_async(keyword: Keyword) -> Cell {
    use Keyword as K;
    match keyword {
        K::FoundRows => Cell::Expressed,
        K::ConnectTimeoutMs | K::ReadTimeoutMs | K::WriteTimeoutMs => Cell::lost(
            &["0"],
            "has no timeout for the network",
            "use `tokio::time::timeout`",
        ),
        K::ServerPublicKey => Cell::rejected(
            &[],
            "asks the server for its key",
            "use TLS: `ssl-mode=VERIFY_IDENTITY`",
        ),
        _ => both(keyword),
    }
}

/// `mysql::Opts`.
const fn mysql(keyword: Keyword) -> Cell {
    use Keyword as K;
    match keyword {
        K::ConnectTimeoutMs
        | K::ReadTimeoutMs
        | K::WriteTimeoutMs
        | K::FoundRows
        | K::ServerPublicKey => Cell::Expressed,
        _ => both(keyword),
    }
}

/// What mysql and `mysql_async` have in common.
const fn both(keyword: Keyword) -> Cell {
    use Keyword as K;
    match keyword {
        K::InitCommand
        | K::PoolMin
        | K::PoolMax
        | K::Compress
        | K::MaxAllowedPacket
        | K::PreferSocket => Cell::Expressed,
        K::SslMode => Cell::rejected(
            &["disabled", "required", "verify_ca", "verify_identity"],
            "has no mode that goes on without TLS",
            "use `REQUIRED`, `VERIFY_IDENTITY` or `DISABLED`",
        ),
        K::SslCert | K::SslKey => Cell::rejected(
            &[],
            "takes a client certificate by its TLS backend only",
            IDENTITY,
        ),
        K::Charset => Cell::lost(
            &["utf8mb4", "utf8", "utf-8"],
            "always speaks utf8mb4",
            REMOVE,
        ),
        _ => common(keyword),
    }
}

/// What all three have in common.
const fn common(keyword: Keyword) -> Cell {
    use Keyword as K;
    match keyword {
        K::User
        | K::Password
        | K::Host
        | K::Port
        | K::Database
        | K::Socket
        | K::SslCa
        | K::Collation
        | K::Timezone
        | K::StatementCache
        | K::Cleartext => Cell::Expressed,
        K::Priority => Cell::lost(&[], "connects to one host", REMOVE),
        K::Net | K::Address => Cell::rejected(
            &[],
            "knows TCP and Unix sockets only",
            "name a host, or a socket by `socket`",
        ),
        K::SslCapath => Cell::rejected(
            &[],
            "reads no folder of certificates",
            "name one file by `ssl-ca`",
        ),
        K::SslCipher => Cell::rejected(&[], "takes its TLS backend's ciphers", REMOVE),
        K::SslCrl | K::SslCrlpath => {
            Cell::rejected(&[], "reads no lists of revoked certificates", REMOVE)
        }
        K::TlsVersion => Cell::rejected(
            &["TLSv1.2,TLSv1.3", "TLSv1.3,TLSv1.2"],
            "takes TLS 1.2 and 1.3 alike",
            "remove it, and set `tls_version` in the server",
        ),
        K::AllowPublicKeyRetrieval => Cell::rejected(
            &["true"],
            "asks the server for its key",
            "use TLS: `ssl-mode=VERIFY_IDENTITY`",
        ),
        K::LocalInfile => Cell::lost(
            &["false"],
            "sends files by a handler only",
            "set a handler in the options",
        ),
        K::Reconnect => Cell::lost(&["false"], "does not connect again by itself", "use a pool"),
        // Each driver's own function has the others. A setting that is in none is rejected, and a test fails.
        _ => UNDECIDED,
    }
}

impl Config {
    /// What of the config a driver cannot express: what the conversion rejects, and what it leaves out.
    #[must_use]
    pub fn fit(&self, driver: Driver) -> Fit {
        let mut fit = Fit::default();
        for (keyword, value) in self.keywords() {
            let Some(cell) = driver.mysql(keyword) else {
                break;
            };
            let without_hosts =
                matches!(keyword, Keyword::Host | Keyword::Port | Keyword::Priority)
                    && self.socket().is_some();
            if !value.is_empty() && !without_hosts && (!is_of_tls(keyword) || self.uses_tls()) {
                fit.add(driver, keyword.component(), cell, value.expose());
            }
        }
        if driver.mysql(Keyword::User).is_none() {
            return Fit::of_another_engine(driver, "use sqlx, mysql_async or mysql");
        }
        self.fit_together(driver, &mut fit);
        for (name, _) in self.extra_pairs() {
            let cell = Cell::lost(
                &[],
                "has no such setting",
                "give it to the pool or the framework that it is for",
            );
            fit.add_extra(driver, name, cell);
        }
        fit
    }

    /// Whether TLS is tried: an unset mode is the driver's own default.
    fn uses_tls(&self) -> bool {
        self.ssl_mode() != Some(SslMode::Disabled)
    }

    fn fit_together(&self, driver: Driver, fit: &mut Fit) {
        if self.hosts().count() > 1 && self.socket().is_none() {
            let reason = Reason::new("connects to one host", "name one host");
            fit.reject(driver, Component::Host, reason);
        }
        self.fit_names(driver, fit);
        self.fit_tls(driver, fit);
        if matches!((self.pool_min(), self.pool_max()), (Some(least), Some(most)) if least > most) {
            let reason = Reason::new("takes a minimum up to the maximum", IN_THE_POOL);
            fit.lose(driver, Keyword::PoolMin.component(), reason);
        }
    }

    /// Names that go into a statement as they are, in sqlx and in this crate.
    fn fit_names(&self, driver: Driver, fit: &mut Fit) {
        let is_zone = |byte: u8| byte.is_ascii_alphanumeric() || b"+-_/:".contains(&byte);
        let charset = self.charset().filter(|_| driver == Driver::Sqlx);
        if charset.is_some_and(|name| !is_word(name)) {
            let reason = Reason::new(ONE_WORD, "write the name of a character set");
            fit.reject(driver, Keyword::Charset.component(), reason);
        }
        if self.collation().is_some_and(|name| !is_word(name)) {
            let reason = Reason::new(ONE_WORD, "write the name of a collation");
            fit.reject(driver, Keyword::Collation.component(), reason);
        }
        if self
            .timezone()
            .is_some_and(|zone| !zone.bytes().all(is_zone))
        {
            let reason = Reason::new(
                "takes a name or an offset",
                "write `Europe/Berlin` or `+02:00`",
            );
            fit.reject(driver, Keyword::Timezone.component(), reason);
        }
    }

    fn fit_tls(&self, driver: Driver, fit: &mut Fit) {
        let mode = self.ssl_mode();
        let ca = self.ssl_ca().filter(|ca| !ca.is_empty());
        let mut reject = |keyword: Keyword, why, fix| {
            fit.reject(driver, keyword.component(), Reason::new(why, fix));
        };
        let requires_tls = mode.is_some_and(SslMode::requires_tls);
        if driver != Driver::Sqlx && self.socket().is_some() && requires_tls {
            let fix = "remove `ssl-mode`: a socket stays on this machine";
            reject(Keyword::SslMode, "uses no TLS on a socket", fix);
        }
        let has_certificate = self.ssl_cert().is_some_and(|path| !path.is_empty());
        let has_key = self.ssl_key().is_some_and(|key| !key.is_empty());
        if driver == Driver::Sqlx && self.uses_tls() && has_certificate != has_key {
            let fix = "add both `ssl-cert=FILE` and `ssl-key=FILE`";
            reject(
                Keyword::SslKey,
                "takes a certificate and its key together",
                fix,
            );
        }
        if driver == Driver::Mysql && ca.is_some_and(is_pem) {
            let fix = "write the certificates into a file, and name it";
            reject(Keyword::SslCa, "takes the path of a file", fix);
        }
        if mode == Some(SslMode::VerifyCa) && ca.is_none() {
            let fix = "add `ssl-ca=FILE`, or use `VERIFY_IDENTITY`";
            reject(
                Keyword::SslCa,
                "would trust every public authority, for any name",
                fix,
            );
        }
        if driver == Driver::MysqlAsync && mode == Some(SslMode::VerifyCa) && ca.is_some() {
            let reason = Reason::new(
                "checks the name, too, by rustls",
                "use `VERIFY_IDENTITY`, or its `native-tls`",
            );
            fit.lose(driver, Keyword::SslMode.component(), reason);
        }
        if driver != Driver::MysqlAsync && ca.is_some() && mode >= Some(SslMode::VerifyCa) {
            let why = "trusts public authorities, too, and not this file alone";
            let reason = Reason::new(why, "use `mysql_async`, which trusts the file alone");
            fit.lose(driver, Keyword::SslCa.component(), reason);
        }
    }
}

const ONE_WORD: &str = "takes letters, digits and `_` there";

const fn is_of_tls(keyword: Keyword) -> bool {
    use Keyword as K;
    matches!(
        keyword,
        K::SslMode
            | K::SslCa
            | K::SslCapath
            | K::SslCert
            | K::SslKey
            | K::SslCipher
            | K::SslCrl
            | K::SslCrlpath
            | K::TlsVersion
    )
}

fn is_word(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a value is certificates or a key, and not the path of a file.
pub(in crate::driver) fn is_pem(text: &str) -> bool {
    text.contains("-----BEGIN ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_a_cell_for_every_driver() {
        let drivers = Driver::ALL
            .iter()
            .filter(|driver| driver.mysql(Keyword::User).is_some());
        for (&driver, &keyword) in
            drivers.flat_map(|driver| Keyword::ALL.iter().map(move |keyword| (driver, keyword)))
        {
            assert!(
                driver.mysql(keyword).is_some_and(|cell| cell != UNDECIDED),
                "{driver} {keyword}"
            );
        }
    }
}
