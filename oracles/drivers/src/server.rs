//! The servers of these tests, each started once.

use std::net::TcpStream;
use std::sync::OnceLock;

pub use support::server::{Server, certificates, free_port as dead_port};

use crate::{mysql, postgres, redis};

/// The servers that differ in their certificate, with `plain` first.
pub const CERTIFICATES: [&str; 5] = ["plain", "good", "other-ca", "other-name", "expired"];

/// Servers that only tests of single settings use: an authority's own certificate, and one that is revoked.
const OTHERS: [&str; 2] = ["pinned", "revoked"];

fn position(certificate: &str) -> usize {
    let mut known = CERTIFICATES.iter().chain(&OTHERS);
    known
        .position(|known| *known == certificate)
        .expect("a known certificate")
}

fn start_postgres(certificate: &str, primary: Option<&Server>) -> Server {
    static TEMPLATE: OnceLock<Server> = OnceLock::new();
    let template =
        TEMPLATE.get_or_init(|| Server::start("template-postgres", &[]).until_complete());
    let mut arguments = vec![
        template.folder().to_owned(),
        certificates().folder().to_owned(),
        certificate.to_owned(),
    ];
    arguments.extend(primary.map(|primary| primary.port().to_string()));
    Server::start("postgres", &arguments).until(|server| postgres::is_ready(server.port()))
}

/// A PostgreSQL server with a certificate of that name, or `plain`.
pub fn postgres(certificate: &str) -> &'static Server {
    static SERVERS: [OnceLock<Server>; CERTIFICATES.len() + OTHERS.len()] =
        [const { OnceLock::new() }; CERTIFICATES.len() + OTHERS.len()];
    SERVERS[position(certificate)].get_or_init(|| start_postgres(certificate, None))
}

/// A standby of the PostgreSQL server with a good certificate; it has no TLS.
pub fn standby() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| start_postgres("plain", Some(postgres("good"))))
}

/// `PgBouncer`, before the PostgreSQL server with a good certificate.
pub fn pgbouncer() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let server = Server::start("pgbouncer", &[postgres("good").port().to_string()]);
        server.until(|server| {
            TcpStream::connect(("127.0.0.1", server.port()))
                .map(drop)
                .map_err(|error| error.to_string())
        })
    })
}

/// A MariaDB server with a certificate of that name, or `plain`.
pub fn mariadb(certificate: &str) -> &'static Server {
    static SERVERS: [OnceLock<Server>; CERTIFICATES.len()] =
        [const { OnceLock::new() }; CERTIFICATES.len()];
    SERVERS[position(certificate)]
        .get_or_init(|| support::server::mariadb(certificate, mysql::prepare))
}

/// A Redis server with a certificate of that name, or `plain`.
pub fn redis(certificate: &str) -> &'static Server {
    static SERVERS: [OnceLock<Server>; CERTIFICATES.len()] =
        [const { OnceLock::new() }; CERTIFICATES.len()];
    SERVERS[position(certificate)].get_or_init(|| {
        let arguments = [certificates().folder().to_owned(), certificate.to_owned()];
        Server::start("redis", &arguments).until(redis::prepare)
    })
}
