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
mod environment;
mod file;
mod libpq;
mod mysql_client;
mod option_file;
mod option_tls;
mod passfile;
mod service_file;
mod slots;

use std::path::{Path, PathBuf};

use crate::database::Database;
use crate::error::Error;
use crate::mysql;
use crate::postgres;
use crate::resolution::Resolved;
use crate::source::Source;
use crate::vars::Vars;

pub use completed::{Completed, Field, Server};

/// Where the socket's directory and the system-wide service file are, in Debian's builds of libpq.
const SOCKET_DIR: &str = if cfg!(windows) {
    "localhost"
} else {
    "/var/run/postgresql"
};
const SYSCONF_DIR: &str = "/etc/postgresql-common";

/// The option files of MySQL's and MariaDB's clients for everyone.
const OPTION_FILES: &[&str] = if cfg!(windows) {
    &[]
} else {
    &["/etc/my.cnf", "/etc/mysql/my.cnf"]
};

/// How a config is completed: the variables, and what replaces the user database and of compiled paths.
#[derive(Clone, Debug)]
#[must_use]
pub struct Completion<'v> {
    vars: &'v Vars,
    home: Option<PathBuf>,
    system_user: Option<String>,
    socket_dir: String,
    sysconf_dir: PathBuf,
    option_files: Vec<PathBuf>,
    untrusted: bool,
}

impl<'v> Completion<'v> {
    /// With these variables; home directory and system user come from them, too.
    pub fn new(vars: &'v Vars) -> Self {
        Self {
            vars,
            home: None,
            system_user: None,
            socket_dir: SOCKET_DIR.to_owned(),
            sysconf_dir: PathBuf::from(SYSCONF_DIR),
            option_files: OPTION_FILES.iter().map(PathBuf::from).collect(),
            untrusted: false,
        }
    }

    /// The directory of `.pgpass`, `.pg_service.conf` and `.my.cnf`, in place of `HOME` (on Windows, for libpq, of
    /// `%APPDATA%\postgresql`).
    pub fn home(mut self, path: impl Into<PathBuf>) -> Self {
        self.home = Some(path.into());
        self
    }

    /// The name of the system user, in place of `USER` or `LOGNAME`.
    pub fn system_user(mut self, name: &str) -> Self {
        self.system_user = Some(name.to_owned());
        self
    }

    /// The directory of the socket that is used where no host is given, in place of `/var/run/postgresql`.
    pub fn socket_dir(mut self, path: &str) -> Self {
        path.clone_into(&mut self.socket_dir);
        self
    }

    /// The directory of the system-wide `pg_service.conf` where `PGSYSCONFDIR` is unset, in place of
    /// `/etc/postgresql-common`: what `pg_config --sysconfdir` prints.
    pub fn sysconf_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.sysconf_dir = path.into();
        self
    }

    /// The option files of MySQL for everyone, in place of `/etc/my.cnf` and `/etc/mysql/my.cnf`.
    pub fn option_files<P: Into<PathBuf>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        self.option_files = paths.into_iter().map(Into::into).collect();
        self
    }

    /// For a string from a stranger. An error if it sets what reads a file of this machine, or decides where else to
    /// connect: `service`, `passfile`, the paths of TLS (not `sslrootcert=system`), `options`, `hostaddr`,
    /// `oauth_issuer`. No secret of this machine is added: no service, no password file, no `PGPASSWORD`, no key. Of MySQL: no
    /// option file, no `MYSQL_PWD`; an error for paths of TLS, `socket`, `init_command` and `local_infile`.
    ///
    /// The host is not checked: compare it with the hosts that you allow.
    pub const fn untrusted(mut self) -> Self {
        self.untrusted = true;
        self
    }

    /// Completes a config of Postgres.
    ///
    /// # Errors
    ///
    /// If a service is not found, a file that was named cannot be read, a line of a service file is malformed, or a value
    /// cannot be used; the error's [`provenance`](Error::provenance) is the variable or the line.
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
    /// If an option file is malformed, or a value cannot be used; the error's [`provenance`](Error::provenance) is the variable or
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
        match resolved.value() {
            Database::Postgres(config) => {
                let completed = self.postgres(config);
                let completed = completed.map_err(|error| of_string(error, resolved.source()))?;
                Ok(completed.into_resolved(resolved))
            }
            Database::MySql(config) => {
                let completed = self.mysql(config);
                let completed = completed.map_err(|error| of_string(error, resolved.source()))?;
                Ok(completed.into_resolved(resolved))
            }
            _ => Ok(resolved),
        }
    }

    /// A variable's value where it is set and not empty.
    fn var(&self, name: &str) -> Option<&'v str> {
        let value = self.vars.get(name).ok().flatten()?.expose();
        Some(value).filter(|value| !value.is_empty())
    }

    /// `pqGetHomeDirectory`: the directory of the files of libpq.
    fn home_of_libpq(&self) -> Option<PathBuf> {
        let given = self.home.clone();
        if cfg!(windows) {
            let roaming = || Some(Path::new(self.var("APPDATA")?).join("postgresql"));
            given.or_else(roaming)
        } else {
            given.or_else(|| self.var("HOME").map(PathBuf::from))
        }
    }

    fn home_of_mysql(&self) -> Option<PathBuf> {
        let given = self.home.clone();
        given.or_else(|| self.var("HOME").map(PathBuf::from))
    }

    /// The system user, and who names it.
    fn user(&self) -> Option<(&str, Source)> {
        if let Some(name) = &self.system_user {
            return Some((name, Source::Argument("system_user")));
        }
        let names: &[&str] = if cfg!(windows) {
            &["USERNAME"]
        } else {
            &["USER", "LOGNAME"]
        };
        let mut known = names
            .iter()
            .filter_map(|name| Some((self.var(name)?, Source::ConfigVar((*name).to_owned()))));
        known.next()
    }
}

/// An error about the string itself, with the source of the string.
fn of_string(error: Error, source: &Source) -> Error {
    if error.origin().is_none() {
        error.said_by(source)
    } else {
        error
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
