//! Logging in: who answers, by which TLS, or why nothing does.

mod mysql;
mod postgres;

use std::error::Error as StdError;
use std::io;
use std::net::ToSocketAddrs;
use std::sync::Once;
use std::time::Duration;

use database_url::{Database, Error, Host};
use serde_json::{Value, json};

use crate::Status;

/// What the server says of the session.
pub(crate) struct Session {
    pub(crate) server: &'static str,
    pub(crate) version: String,
    pub(crate) user: String,
    pub(crate) database: Option<String>,
    pub(crate) tls: Option<Tls>,
}

/// The TLS of a session.
pub(crate) struct Tls {
    pub(crate) version: String,
    pub(crate) certificate: Certificate,
}

/// How far the server's certificate was checked.
#[derive(Clone, Copy)]
pub(crate) enum Certificate {
    Unchecked,
    Chain,
    ChainAndName,
}

impl Certificate {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Chain => "chain-checked",
            Self::ChainAndName => "checked",
        }
    }
}

/// Why there is no session: the exit status, and a sentence that has no word of the server or of the config.
pub(crate) struct Failure {
    pub(crate) status: Status,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Failure {
    fn new(status: Status, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            help: help.into(),
        }
    }

    fn tls() -> Self {
        let help = "a server without TLS, or a certificate that is expired, of another name, or of an unknown authority";
        Self::new(Status::Tls, "TLS cannot be established", help)
    }

    fn login(code: &str) -> Self {
        let message = format!("the server rejects the login ({code})");
        Self::new(
            Status::Authentication,
            message,
            "check user, password and the server's rules for this host",
        )
    }

    fn database(code: &str) -> Self {
        let message = format!("the server has no such database ({code})");
        Self::new(Status::NoDatabase, message, "create it, or check the name")
    }

    fn unreachable(why: &str) -> Self {
        let message = format!("the server cannot be reached: {why}");
        Self::new(
            Status::Unreachable,
            message,
            "check host and port, and whether the server runs",
        )
    }

    fn other(message: impl Into<String>) -> Self {
        Self::new(Status::Refused, message, "")
    }

    /// By the error of the operating system that a driver's error is from; another one is of TLS where the driver says so.
    fn of(error: &(dyn StdError + 'static), is_tls: bool) -> Self {
        let mut cause = Some(error);
        let mut kind = None;
        while let Some(error) = cause.filter(|_| kind.is_none()) {
            kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
            cause = error.source();
        }
        match kind {
            Some(io::ErrorKind::ConnectionRefused) => {
                Self::unreachable("the connection is refused")
            }
            Some(io::ErrorKind::NotFound) => Self::unreachable("there is no such socket"),
            Some(io::ErrorKind::TimedOut) => Self::unreachable("no answer"),
            _ if is_tls => Self::tls(),
            Some(kind) => Self::unreachable(&kind.to_string()),
            None => Self::other("the server's answer is not understood"),
        }
    }

    /// Whether another try cannot help.
    pub(crate) const fn is_final(&self) -> bool {
        matches!(self.status, Status::Refused)
    }

    pub(crate) fn json(&self) -> Value {
        let kind = match self.status {
            Status::Name => "unknown-host",
            Status::Unreachable => "unreachable",
            Status::Tls => "tls",
            Status::Authentication => "authentication",
            Status::NoDatabase => "no-database",
            _ => "connection-failed",
        };
        json!({ "kind": kind, "message": self.message, "help": self.help })
    }
}

/// The config is one that the driver cannot take.
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::new(
            Status::Refused,
            error.to_string(),
            error.help().unwrap_or_default(),
        )
    }
}

impl Session {
    pub(crate) fn json(&self) -> Value {
        let tls = self.tls.as_ref();
        let tls = tls
            .map(|tls| json!({ "version": tls.version, "certificate": tls.certificate.as_str() }));
        json!({
            "server": self.server, "version": self.version, "user": self.user, "database": self.database, "tls": tls,
        })
    }

    pub(crate) fn line(&self) -> String {
        let tls = self.tls.as_ref().map_or_else(
            || "no TLS".to_owned(),
            |tls| format!("{}, certificate {}", tls.version, tls.certificate.as_str()),
        );
        let database = self.database.as_deref().unwrap_or("none");
        format!(
            "connected to {} {} as {}, database {database}, {tls}",
            self.server, self.version, self.user
        )
    }
}

/// What a server says, as it may be printed: a line of ordinary length.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(100).collect()
}

/// Logs in, asks who it is, and logs out.
pub(crate) fn login(database: &Database, timeout: Duration) -> Result<Session, Failure> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // The command installs one only, so there is none before.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    look_up(database)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return Err(Failure::other("the runtime cannot be started"));
    };
    let session = runtime.block_on(async {
        let session = async {
            match database {
                Database::Postgres(config) => postgres::login(config).await,
                Database::MySql(config) => mysql::login(config).await,
                _ => Err(Failure::other(
                    "only Postgres and MySQL can be connected to",
                )),
            }
        };
        tokio::time::timeout(timeout, session).await
    });
    // What a driver left over is not waited for.
    runtime.shutdown_background();
    session.unwrap_or_else(|_| Err(Failure::unreachable("no answer")))
}

/// Whether any host has an address: drivers report it like any other failure.
fn look_up(database: &Database) -> Result<(), Failure> {
    let name = |host: &Host<'_>| {
        let is_named = !host.is_socket() && host.hostaddr().is_none_or(str::is_empty);
        host.host()
            .filter(|name| is_named && !name.is_empty())
            .map(str::to_owned)
    };
    let names: Vec<_> = database.hosts().map(|host| name(&host)).collect();
    let is_known = |name: &Option<String>| {
        name.as_deref()
            .is_none_or(|name| (name, 0).to_socket_addrs().is_ok())
    };
    if names.is_empty() || names.iter().any(is_known) {
        return Ok(());
    }
    Err(Failure::new(
        Status::Name,
        "the host's name cannot be resolved",
        "check its spelling, and the name server of this machine",
    ))
}
