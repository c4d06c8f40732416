//! What a connection string leaves open, filled in as the databases' own clients do.
//!
//! Drivers of other languages than C connect with what the string says. `psql` and `mysql` add variables, files and defaults,
//! and so does this module, as an explicit step: [`postgres::Config::complete`], [`mysql::Config::complete`], or a
//! [`Completion`] with more to choose from.
//!
//! ```
//! use database_url::{Vars, postgres};
//!
//! let vars = Vars::from([("PGUSER", "app"), ("PGPASSWORD", "hunter2"), ("PGSSLMODE", "verify-full"), ("PGPORT", "5433")]);
//! let config: postgres::Config = "postgres://db.internal:6432/shop".parse()?;
//! let completed = config.complete(&vars)?;
//! assert_eq!(completed.config().to_string(), "postgres://app:****@db.internal:6432/shop?sslmode=verify-full");
//! let port = completed.field("port").expect("a port");
//! assert_eq!(port.lost()[0].to_string(), "PGPORT");
//! # Ok::<(), database_url::Error>(())
//! ```
//!
//! # Postgres
//!
//! The rules are libpq's (fe-connect.c of libpq 18: `conninfo_add_defaults`, `parseServiceInfo`, `parseServiceFile`,
//! `pqConnectOptions2`, `passwordFromFile`), proven against it in `oracles/libpq`. For each of its 50 keywords the first of
//! these gives the value; a value that is set but empty is a value:
//!
//! 1. the string;
//! 2. the section of the service file that `service` or `PGSERVICE` names: of `PGSERVICEFILE` (it must exist), else of
//!    `~/.pg_service.conf`; where that has no such section, of `pg_service.conf` in `PGSYSCONFDIR`;
//! 3. the keyword's environment variable; for `sslmode` also `PGREQUIRESSL`, if it begins with `1`;
//! 4. the compiled default; for `user` the system user. `sslrootcert=system` turns the default of `sslmode` into
//!    `verify-full`.
//!
//! Then an empty user is the system user, an empty or unset database is the user's name, and an empty or unset password is
//! looked up in the password file (`passfile`, else `~/.pgpass`) for each host.
//!
//! # Deliberate differences
//!
//! * Nothing but the [`Vars`] and the arguments of [`Completion`] is consulted: the home directory is `HOME`, the system user
//!   `USER` or `LOGNAME`, where libpq asks the user database. Without a user there is no password from the password file.
//! * Files are at most 1 MiB, and regular files. A service file that is not is an error, a password file is ignored with a
//!   warning. Values that are used must be UTF-8.
//! * The string is checked by itself before anything is added: two ports for the two hosts of `PGHOST` are an error.
//! * Values are checked with the others, as [`Dialect::Libpq`](postgres::Dialect::Libpq) has it. A variable that holds a
//!   reference that nothing has filled in (`${…}`), a masked password, or a URL as its host is an error.
//! * `ldap://` lines of a service file are errors, as in libpq without LDAP.
//! * The default directories are Debian's: `/var/run/postgresql` for sockets, `/etc/postgresql-common` for `pg_service.conf`.
//! * Where the scheme has a port of its own (`cockroachdb`), that is the default in place of 5432.
//!
//! # MySQL
//!
//! The rules are those of the client `mysql` of MariaDB 10.11, which is the oracle together with `my_print_defaults`: where it
//! connects, as whom, with which password and database, and whether it begins TLS. See [`mysql::Config::complete`] for the order.
//! What differs on purpose:
//!
//! * A location is never made of two sources: a socket of a file or a variable is not used next to the string's host, and the other
//!   way round. `localhost` in the string is a host, as for the drivers of Rust; the client takes it for the socket.
//! * Oracle's groups and MariaDB's are read alike: a program should not change its database with the client that is installed.
//! * `ssl` in a file requires TLS, where MariaDB's client may go on without; a file or folder of authorities means `VERIFY_CA`, as for
//!   Oracle's client. `MYSQL_TCP_PORT` that is no number is an error.
//! * Options are known by their full names, not by unambiguous beginnings of them. `.mylogin.cnf` is reported and not read.
//! * An error in an included file is an error; the client reports it and goes on. A password option without a value prompts for nothing.
//! * Files are at most 1 MiB, and values that are used must be UTF-8.
//!
//! # Windows
//!
//! The home directory is `%APPDATA%\postgresql`, the password file `pgpass.conf` there, the default host `localhost`; the
//! permissions of a password file are not checked. This follows libpq's source and was not run.

mod completed;
mod completion;
mod environment;
mod file;
mod libpq;
mod mysql_client;
mod option_file;
mod option_tls;
mod passfile;
mod service_file;
mod slots;

use crate::database::Database;
use crate::error::Error;
use crate::mysql;
use crate::postgres;
use crate::resolution::Resolved;
use crate::vars::Vars;

pub use completed::{Completed, Field, Server};
pub use completion::Completion;

impl Completion<'_> {
    /// Completes a config of Postgres.
    ///
    /// # Errors
    ///
    /// If a service is not found, a file that was named cannot be read, a line of a service file is malformed, or a value
    /// cannot be used; the error's [`origin`](Error::origin) is the variable or the line.
    pub fn postgres(
        &self,
        config: &postgres::Config,
    ) -> Result<Completed<postgres::Config>, Error> {
        libpq::complete(self, config)
    }

    /// Completes a config of MySQL.
    ///
    /// # Errors
    ///
    /// If an option file is malformed, or a value cannot be used; the error's [`origin`](Error::origin) is the variable or
    /// the line.
    pub fn mysql(&self, config: &mysql::Config) -> Result<Completed<mysql::Config>, Error> {
        mysql_client::complete(self, config)
    }

    /// Completes a database that was chosen: the same with its history. Engines without such rules are returned as they are,
    /// and so is what is complete already.
    ///
    /// # Errors
    ///
    /// As [`postgres`](Self::postgres).
    pub fn resolved(&self, resolved: Resolved<Database>) -> Result<Resolved<Database>, Error> {
        if resolved.is_complete() {
            return Ok(resolved);
        }
        // An error about the string itself has the source of the string.
        let placed = |error: Error| match error.origin() {
            None => error.with_source(resolved.source()),
            Some(_) => error,
        };
        match resolved.value() {
            Database::Postgres(config) => {
                let completed = self.postgres(config).map_err(placed)?;
                Ok(completed.into_resolved(resolved))
            }
            Database::MySql(config) => {
                let completed = self.mysql(config).map_err(placed)?;
                Ok(completed.into_resolved(resolved))
            }
            _ => Ok(resolved),
        }
    }
}

impl postgres::Config {
    /// The config with what libpq would add to it, by the rules of [`credentials`](crate::credentials). [`Completion`] has
    /// more to choose from.
    ///
    /// # Errors
    ///
    /// As [`Completion::postgres`].
    pub fn complete(&self, vars: &Vars) -> Result<Completed<Self>, Error> {
        Completion::new(vars).postgres(self)
    }
}

impl mysql::Config {
    /// The config with what the client `mysql` would add to it: the option files (`/etc/my.cnf`, `/etc/mysql/my.cnf`, `~/.my.cnf` and
    /// what they include; the groups `client` and `mysql`), then `MYSQL_HOST`, `MYSQL_TCP_PORT`, `MYSQL_UNIX_PORT`, `MARIADB_UNIX_PORT` and
    /// `MYSQL_PWD`, then the system user. The first that gives a value wins; a later line of an option file comes before an earlier one.
    ///
    /// A socket from a file or a variable is not used next to the string's host, and the other way round: drivers connect to the
    /// socket if both are given. `localhost` in a file means the socket, as for the client, unless `protocol=tcp` is there; in the
    /// string it is a host, as for the drivers of Rust.
    ///
    /// # Errors
    ///
    /// As [`Completion::mysql`].
    pub fn complete(&self, vars: &Vars) -> Result<Completed<Self>, Error> {
        Completion::new(vars).mysql(self)
    }
}

impl Resolved<Database> {
    /// The same with what the database's own client would add. See [`credentials`](crate::credentials).
    ///
    /// # Errors
    ///
    /// As [`Completion::postgres`].
    pub fn complete(self, vars: &Vars) -> Result<Self, Error> {
        Completion::new(vars).resolved(self)
    }
}
