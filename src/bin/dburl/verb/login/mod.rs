//! Logging in: who answers, by which TLS, or why nothing does.

mod mysql;
mod postgres;
mod session;

use std::net::ToSocketAddrs;
use std::sync::Once;
use std::time::Duration;

use database_url::{Database, Host};

use crate::Status;

pub(crate) use session::{LoginFailure, Session};

/// Logs in, asks who it is, and logs out.
pub(crate) fn login(database: &Database, timeout: Duration) -> Result<Session, LoginFailure> {
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
        return Err(LoginFailure::other("the runtime cannot be started"));
    };
    let session = runtime.block_on(async {
        let session = async {
            match database {
                Database::Postgres(config) => postgres::login(config).await,
                Database::MySql(config) => mysql::login(config).await,
                _ => Err(LoginFailure::other(
                    "only Postgres and MySQL can be connected to",
                )),
            }
        };
        tokio::time::timeout(timeout, session).await
    });
    // What a driver left over is not waited for.
    runtime.shutdown_background();
    session.unwrap_or_else(|_| Err(LoginFailure::unreachable("no answer")))
}

/// Whether any host has an address: drivers report it like any other failure.
fn look_up(database: &Database) -> Result<(), LoginFailure> {
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
    Err(LoginFailure::new(
        Status::Name,
        "the host's name cannot be resolved",
        "check its spelling, and the name server of this machine",
    ))
}
