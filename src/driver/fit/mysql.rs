//! MySQL: the cells of the canonical settings, and what depends on several of them.

use crate::bytes::contains;
use crate::driver::fit::{Cell, Driver, Fit};
use crate::libpq::optional;
use crate::mysql::{Config, Keyword, SslMode, settings};
use crate::secret::SecretStr;
use crate::span::Component;

/// What the drivers do with a setting.
struct Row {
    most: Cell,
    mysql_async: Option<Cell>,
    sqlx: Option<Cell>,
}

macro_rules! rows {
    ($($method:ident: $keyword:ident = $name:literal {
        doc: $doc:literal, value: $value:ident $(($type:ty))?,
        drivers: $most:ident $(($($reason:expr),*))?,
        $(mysql_async: $mysql_async:ident ($($mysql_async_reason:expr),*),)?
        $(sqlx: $sqlx:ident $(($($sqlx_reason:expr),*))?,)?
        kind: $($rest:tt)*
    })*) => {
        static ROWS: &[Row] = &[$(Row {
            most: Cell::$most $(($($reason),*))?,
            mysql_async: optional!($(Cell::$mysql_async($($mysql_async_reason),*))?),
            sqlx: optional!($(Cell::$sqlx $(($($sqlx_reason),*))?)?),
        }),*];
    };
}

settings!(rows);

const IN_THE_POOL: &str = "set it in the pool's options";
const IDENTITY: &str = "add it to the options' `SslOpts` by `with_client_identity`";

impl Driver {
    /// What the driver does with a setting of MySQL; `None` if it does not connect to MySQL by a config of this crate.
    ///
    /// Lists of hosts, and what depends on several settings, are in [`Config::fit`] only.
    #[must_use]
    pub const fn mysql(self, keyword: Keyword) -> Option<Cell> {
        let row = &ROWS[keyword as usize];
        let own = match self {
            Self::Sqlx => row.sqlx,
            Self::MysqlAsync => row.mysql_async,
            Self::Mysql => None,
            _ => return None,
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
        for (keyword, value) in self.keywords() {
            let Some(cell) = driver.mysql(keyword) else {
                break;
            };
            let without_hosts =
                matches!(keyword, Keyword::Host | Keyword::Port | Keyword::Priority)
                    && self.socket().is_some();
            if !value.is_empty() && !without_hosts && (!keyword.is_of_tls() || self.uses_tls()) {
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

    /// A value that is set and not empty.
    pub(in crate::driver) fn given(&self, keyword: Keyword) -> Option<&str> {
        let value = self.get(keyword).map(SecretStr::expose);
        value.filter(|value| !value.is_empty())
    }

    /// Whether TLS is tried: an unset mode is the driver's own default.
    fn uses_tls(&self) -> bool {
        self.ssl_mode() != Some(SslMode::Disabled)
    }

    fn fit_together(&self, driver: Driver, fit: &mut Fit) {
        if self.hosts().count() > 1 && self.socket().is_none() {
            fit.reject(
                driver,
                Component::Host,
                "connects to one host",
                "name one host",
            );
        }
        self.fit_names(driver, fit);
        self.fit_tls(driver, fit);
        if matches!((self.pool_min(), self.pool_max()), (Some(least), Some(most)) if least > most) {
            let why = "takes a minimum up to the maximum";
            fit.lose(driver, Keyword::PoolMin.component(), why, IN_THE_POOL);
        }
    }

    /// Names that go into a statement as they are, in sqlx and in this crate.
    fn fit_names(&self, driver: Driver, fit: &mut Fit) {
        let is_zone = |byte: u8| byte.is_ascii_alphanumeric() || b"+-_/:".contains(&byte);
        let mut reject = |keyword: Keyword, why, fix| {
            fit.reject(driver, keyword.component(), why, fix);
        };
        let charset = self.charset().filter(|_| driver == Driver::Sqlx);
        if charset.is_some_and(|name| !is_word(name)) {
            let fix = "write the name of a character set";
            reject(Keyword::Charset, ONE_WORD, fix);
        }
        if self.collation().is_some_and(|name| !is_word(name)) {
            reject(
                Keyword::Collation,
                ONE_WORD,
                "write the name of a collation",
            );
        }
        let zone = self.timezone();
        if zone.is_some_and(|zone| !zone.bytes().all(is_zone)) {
            let fix = "write `Europe/Berlin` or `+02:00`";
            reject(Keyword::Timezone, "takes a name or an offset", fix);
        }
    }

    fn fit_tls(&self, driver: Driver, fit: &mut Fit) {
        let mode = self.ssl_mode();
        let ca = self.given(Keyword::SslCa);
        let mut reject = |keyword: Keyword, why, fix| {
            fit.reject(driver, keyword.component(), why, fix);
        };
        let requires_tls = mode.is_some_and(SslMode::requires_tls);
        if driver != Driver::Sqlx && self.socket().is_some() && requires_tls {
            let fix = "remove `ssl-mode`: a socket stays on this machine";
            reject(Keyword::SslMode, "uses no TLS on a socket", fix);
        }
        let [certificate, key] = [Keyword::SslCert, Keyword::SslKey].map(|part| self.given(part));
        if driver == Driver::Sqlx && self.uses_tls() && certificate.is_some() != key.is_some() {
            let fix = "add both `ssl-cert=FILE` and `ssl-key=FILE`";
            let why = "takes a certificate and its key together";
            reject(Keyword::SslKey, why, fix);
        }
        if driver == Driver::Mysql && ca.is_some_and(is_pem) {
            let fix = "write the certificates into a file, and name it";
            reject(Keyword::SslCa, "takes the path of a file", fix);
        }
        if mode == Some(SslMode::VerifyCa) && ca.is_none() {
            let fix = "add `ssl-ca=FILE`, or use `VERIFY_IDENTITY`";
            let why = "would trust every public authority, for any name";
            reject(Keyword::SslCa, why, fix);
        }
        if driver == Driver::MysqlAsync && mode == Some(SslMode::VerifyCa) && ca.is_some() {
            let why = "checks the name, too, by rustls";
            let fix = "use `VERIFY_IDENTITY`, or its `native-tls`";
            fit.lose(driver, Keyword::SslMode.component(), why, fix);
        }
        if driver != Driver::MysqlAsync && ca.is_some() && mode >= Some(SslMode::VerifyCa) {
            let why = "trusts public authorities, too, and not this file alone";
            let fix = "use `mysql_async`, which trusts the file alone";
            fit.lose(driver, Keyword::SslCa.component(), why, fix);
        }
    }
}

const ONE_WORD: &str = "takes letters, digits and `_` there";

fn is_word(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a value is certificates or a key, and not the path of a file.
pub(in crate::driver) fn is_pem(text: &str) -> bool {
    contains(text, "-----BEGIN ")
}
