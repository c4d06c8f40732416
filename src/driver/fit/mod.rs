//! What each driver can express, as data: a [`Cell`] for every driver and every keyword. It depends on no driver.

use std::borrow::Cow;
use std::fmt;

use crate::error::{Error, ErrorKind, words};
use crate::shown;
use crate::span::Component;

mod mysql;
mod options;
mod postgres;
mod service;
mod sqlite;

#[cfg(any(feature = "mysql_async-0_37", feature = "sqlx-mysql-0_9"))]
pub(super) use mysql::is_pem;
#[cfg(feature = "sqlx-postgres-0_9")]
pub(super) use options::server_settings;
#[cfg(any(feature = "sqlx-postgres-0_9", feature = "tokio-postgres-0_7"))]
pub(super) use postgres::{address, name};

words! {
    /// A driver, or a library that takes a connection string.
    Driver {
        /// `libpq`: what takes [`to_conninfo`](crate::postgres::Config::to_conninfo), such as `psql`.
        Libpq = "libpq",
        /// `diesel`, which hands [`to_libpq_url`](crate::postgres::Config::to_libpq_url) to libpq.
        Diesel = "diesel",
        /// `tokio-postgres` and what builds on it, with a connector of the program's own.
        TokioPostgres = "tokio-postgres",
        /// `tokio-postgres-rustls`: tokio-postgres with the connector of this crate's feature `rustls-0_23`.
        TokioPostgresRustls = "tokio-postgres-rustls",
        /// `sqlx`, for Postgres, MySQL and SQLite.
        Sqlx = "sqlx",
        /// `mysql_async`.
        MysqlAsync = "mysql_async",
        /// `mysql`.
        Mysql = "mysql",
        /// `redis`.
        Redis = "redis",
    }
}

/// What a driver does with a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cell {
    /// Every value of it reaches the driver.
    Expressed,
    /// The conversion is an error, except for values that the driver acts on anyway.
    Rejected(Reason),
    /// The value has no effect, except for those that the driver acts on anyway.
    Lost(Reason),
}

/// Why a keyword is rejected or lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// Values that the driver acts on anyway, in any case.
    pub except: &'static [&'static str],
    /// What the driver does instead; it follows the driver's name.
    pub why: &'static str,
    /// What to write or to do instead.
    pub fix: &'static str,
}

impl Cell {
    const fn rejected(
        except: &'static [&'static str],
        why: &'static str,
        fix: &'static str,
    ) -> Self {
        Self::Rejected(Reason { except, why, fix })
    }

    const fn lost(except: &'static [&'static str], why: &'static str, fix: &'static str) -> Self {
        Self::Lost(Reason { except, why, fix })
    }
}

/// What of a config a driver cannot express.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fit {
    /// TLS, authentication, hosts and addresses: the conversion is an error.
    pub rejected: Vec<Misfit>,
    /// The rest: the conversion leaves it out.
    pub lost: Vec<Misfit>,
}

impl Fit {
    /// Whether the driver expresses all of the config.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.rejected.is_empty() && self.lost.is_empty()
    }

    /// The settings that are rejected as one error, as the conversion reports them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotRepresentable`], if any is rejected; the error names each setting, the driver and the fix.
    pub fn accept(&self) -> Result<(), Error> {
        Error::together(self.rejected.iter().map(Misfit::error))
    }

    /// The config of an engine that the driver does not connect to.
    fn of_another_engine(driver: Driver, fix: &'static str) -> Self {
        let mut fit = Self::default();
        let why = "does not connect to this engine";
        fit.reject(driver, Component::Scheme, why, fix);
        fit
    }

    fn reject(
        &mut self,
        driver: Driver,
        component: Component,
        why: &'static str,
        fix: &'static str,
    ) {
        let cell = Cell::rejected(&[], why, fix);
        self.push(driver, component, component.as_str().into(), cell);
    }

    fn lose(&mut self, driver: Driver, component: Component, why: &'static str, fix: &'static str) {
        let cell = Cell::lost(&[], why, fix);
        self.push(driver, component, component.as_str().into(), cell);
    }

    /// Enters what a table says about one value.
    fn add(&mut self, driver: Driver, component: Component, cell: Cell, value: &str) {
        let is_exception = match cell {
            Cell::Expressed => true,
            Cell::Rejected(reason) | Cell::Lost(reason) => {
                let mut except = reason.except.iter();
                except.any(|known| known.eq_ignore_ascii_case(value))
            }
        };
        if !is_exception {
            self.push(driver, component, component.as_str().into(), cell);
        }
    }

    /// Enters a parameter that is no setting of the engine. Its name is shown only if it is a known one: anything may be in it.
    fn add_extra(&mut self, driver: Driver, name: &str, cell: Cell) {
        let name = if shown::is_known(name) {
            Cow::Owned(name.to_owned())
        } else {
            Cow::Borrowed("a parameter of the query")
        };
        self.push(driver, Component::Query, name, cell);
    }

    fn push(&mut self, driver: Driver, component: Component, name: Cow<'static, str>, cell: Cell) {
        let (misfits, reason) = match cell {
            Cell::Expressed => return,
            Cell::Rejected(reason) => (&mut self.rejected, reason),
            Cell::Lost(reason) => (&mut self.lost, reason),
        };
        misfits.push(Misfit {
            driver,
            component,
            name,
            reason,
        });
    }
}

/// One setting that a driver cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    driver: Driver,
    component: Component,
    name: Cow<'static, str>,
    reason: Reason,
}

impl Misfit {
    /// The keyword, or a parameter that is known to hold no secret.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the driver does instead: "sqlx connects to one host".
    #[must_use]
    pub fn message(&self) -> String {
        format!("{} {}", self.driver, self.reason.why)
    }

    /// What to write or to do instead.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        self.reason.fix
    }

    fn error(&self) -> Error {
        Error::new(ErrorKind::NotRepresentable, self.message())
            .of(self.component)
            .with_help(self.reason.fix)
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.name, self.driver, self.reason.why)
    }
}
