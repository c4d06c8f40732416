//! Keys of a section that Active Record's drivers do not act on.

use crate::document::node_ref::Located;
use crate::engine::Engine;
use crate::postgres::Keyword;
use crate::settings::section::Fields;
use crate::settings::system::rails::section::Section;
use crate::warning::{Warning, WarningCode};

/// What mysql2 and trilogy take of TLS.
const OF_MYSQL: &[&str] = &[
    "ssl",
    "ssl_ca",
    "ssl_capath",
    "ssl_cert",
    "ssl_cipher",
    "ssl_crl",
    "ssl_crlpath",
    "ssl_key",
    "ssl_mode",
    "sslca",
    "sslcapath",
    "sslcert",
    "sslcipher",
    "sslkey",
    "sslverify",
    "tls_ciphersuites",
    "tls_max_version",
    "tls_min_version",
];

/// A socket that no driver looks at: libpq gets none from Active Record, and MySQL's clients prefer a host that is not `localhost`.
pub(super) fn idle_socket(
    section: &Section<'_>,
    engine: Option<Engine>,
    socket: &Located<'_>,
) -> Option<Warning> {
    let host = section.get("host");
    let host = host.and_then(|host| host.text());
    let has_host = host.is_some_and(|host| !host.trim().is_empty() && host != "localhost");
    let (cause, help) = match engine {
        Some(Engine::Postgres) => ("libpq gets none", "write its folder as `host`"),
        Some(Engine::MySql) if has_host => ("a host is given", "keep one of the two"),
        _ => return None,
    };
    let message = format!(
        "{}: the socket is not used, since {cause}",
        socket.location()
    );
    (!socket.node.is_null()).then(|| Warning::new(WarningCode::KeyIgnored, message, help))
}

/// Warns of TLS in keys that Active Record hands to no driver: of Postgres only libpq's own keywords get there.
pub(super) fn idle_tls(fields: &mut Fields<'_>, section: &Section<'_>, engine: Option<Engine>) {
    let (known, help): (&[&str], _) = match engine {
        Some(Engine::Postgres) => (&[], "write `sslmode: verify-full` in the section itself"),
        Some(Engine::MySql) => (
            OF_MYSQL,
            "write `ssl_mode: verify_identity` in the section itself",
        ),
        _ => return,
    };
    for entry in section.entries() {
        let is_keyword =
            engine == Some(Engine::Postgres) && Keyword::find(entry.name.as_bytes()).is_some();
        // A map under `options` is not libpq's string.
        let is_keyword = is_keyword && entry.node.scalar().is_some();
        if !is_keyword && !known.contains(&entry.name) && entry.name != "requiressl" {
            fields.idle(&entry, help);
        }
    }
}
