//! What completes a config: the variables, and what replaces the user database and compiled paths.

use std::path::{Path, PathBuf};

use crate::source::Source;
use crate::vars::Vars;

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
    pub(super) vars: &'v Vars,
    pub(super) home: Option<PathBuf>,
    pub(super) system_user: Option<String>,
    pub(super) socket_dir: String,
    pub(super) sysconf_dir: PathBuf,
    pub(super) option_files: Vec<PathBuf>,
    pub(super) untrusted: bool,
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

    /// A variable's value where it is set and not empty.
    pub(super) fn var(&self, name: &str) -> Option<&'v str> {
        let value = self.vars.get(name).ok().flatten()?.expose();
        Some(value).filter(|value| !value.is_empty())
    }

    /// `pqGetHomeDirectory`: the directory of the files of libpq.
    pub(super) fn home_of_libpq(&self) -> Option<PathBuf> {
        if self.home.is_some() || cfg!(not(windows)) {
            return self.home_of_mysql();
        }
        Some(Path::new(self.var("APPDATA")?).join("postgresql"))
    }

    pub(super) fn home_of_mysql(&self) -> Option<PathBuf> {
        let given = self.home.clone();
        given.or_else(|| self.var("HOME").map(PathBuf::from))
    }

    /// The system user, and who names it.
    pub(super) fn user(&self) -> Option<(&str, Source)> {
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
