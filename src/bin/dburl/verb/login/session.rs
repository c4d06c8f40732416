//! What the server says of a session, or why there is none.

use std::error::Error as StdError;
use std::io;

use database_url::Error;
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
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Chain => "chain-checked",
            Self::ChainAndName => "checked",
        }
    }
}

/// Why there is no session: the exit status, and a sentence that has no word of the server or of the config.
pub(crate) struct LoginFailure {
    pub(crate) status: Status,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl LoginFailure {
    pub(super) fn new(status: Status, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            help: help.into(),
        }
    }

    pub(super) fn tls() -> Self {
        let help = "a server without TLS, or a certificate that is expired, of another name, or of an unknown authority";
        Self::new(Status::Tls, "TLS cannot be established", help)
    }

    pub(super) fn login(code: &str) -> Self {
        let message = format!("the server rejects the login ({code})");
        let help = "check user, password and the server's rules for this host";
        Self::new(Status::Authentication, message, help)
    }

    pub(super) fn database(code: &str) -> Self {
        let message = format!("the server has no such database ({code})");
        Self::new(Status::NoDatabase, message, "create it, or check the name")
    }

    pub(super) fn unreachable(why: &str) -> Self {
        let message = format!("the server cannot be reached: {why}");
        let help = "check host and port, and whether the server runs";
        Self::new(Status::Unreachable, message, help)
    }

    pub(super) fn other(message: impl Into<String>) -> Self {
        Self::new(Status::Rejected, message, "")
    }

    /// By the error of the operating system that a driver's error is from; another one is of TLS where the driver says so.
    pub(super) fn of(error: &(dyn StdError + 'static), is_tls: bool) -> Self {
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
        matches!(self.status, Status::Rejected)
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
impl From<Error> for LoginFailure {
    fn from(error: Error) -> Self {
        let help = error.help().unwrap_or_default();
        Self::new(Status::Rejected, error.to_string(), help)
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
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(100).collect()
}
