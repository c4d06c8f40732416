//! The MariaDB servers of these tests, each started once.
//!
//! Need the server and OpenSSL's command (Debian: `mariadb-server-core`, `mariadb-client-core`, `openssl`).

use std::sync::OnceLock;

use mysql::prelude::Queryable;
use support::server::mariadb;
pub use support::server::{Server, certificates};

/// The server that speaks TLS, with a certificate for `localhost` by the authority in [`certificates`].
#[must_use]
pub fn with_tls() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| mariadb("good", is_ready))
}

/// The server that does not.
#[must_use]
pub fn without_tls() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| mariadb("plain", is_ready))
}

fn root(server: &Server) -> Result<mysql::Conn, mysql::Error> {
    let options = mysql::OptsBuilder::new()
        .user(Some("root"))
        .socket(Some(server.file("socket")));
    mysql::Conn::new(options)
}

fn is_ready(server: &Server) -> Result<(), String> {
    root(server).map(drop).map_err(|error| error.to_string())
}

/// Executes a statement as root.
///
/// # Panics
/// If it fails.
pub fn execute(server: &Server, statement: &str) {
    let mut root = root(server).expect("root needs no password");
    root.query_drop(statement).expect("a statement that works");
}
