//! Every driver and real servers: what the server says about a session is compared with the config that led to it.

pub mod mysql;
pub mod passwords;
pub mod postgres;
pub mod redis;
pub mod server;

use std::future::Future;

/// What a server says about a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who is logged in.
    pub user: String,
    /// Which database is used.
    pub database: String,
    /// The version of TLS, as the server names it.
    pub tls: Option<String>,
}

/// Why there is no connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// This crate rejected the config for the driver.
    Rejected(String),
    /// The driver or the server failed.
    Failed(String),
}

impl Failure {
    /// An error, with its fix.
    #[must_use]
    pub fn rejected(error: &database_url::Error) -> Self {
        Self::Rejected(format!("{error}; {}", error.help().unwrap_or_default()))
    }

    /// A failure with its causes.
    pub fn failed(error: &dyn std::error::Error) -> Self {
        let causes = std::iter::successors(Some(error), |error| error.source());
        Self::Failed(
            causes
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(": "),
        )
    }
}

/// Waits for a future on a runtime of its own.
///
/// # Panics
/// If there is no runtime.
pub fn wait<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(work)
}

/// The crypto provider of the process.
pub fn install_provider() {
    // Another test may have been first.
    _ = rustls::crypto::ring::default_provider().install_default();
}
