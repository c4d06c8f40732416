//! `sequelize`: a section of `config/config.json`. TLS is Node's option `ssl`, which holds certificates and not their paths.

use crate::convert::lost::{Losses, guard};
use crate::convert::parts::ConvertParts;
use crate::convert::tree::{self, Tree};
use crate::convert::{Notation, Texts, wrong_engine};
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;

/// What Sequelize hands on to node-postgres (`connection-manager.js`) and libpq calls the same.
const POSTGRES: &[&str] = &["application_name", "client_encoding", "options", "sslmode"];

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    if matches!(database, Database::Service(_)) {
        let help = "Sequelize has dialects for Postgres, MySQL, MariaDB and SQLite";
        return Err(wrong_engine(database, Notation::Sequelize, help));
    }
    Texts::of_parts(database, lost, fit, |out, parts| {
        let file = Tree::Map(vec![("production", section(parts))]);
        tree::braces(out, tree::JSON, &file, 0)
    })
}

fn fit(parts: &mut ConvertParts<'_>, lost: &mut Losses) -> Result<(), Error> {
    const READER: &str = "Sequelize";
    parts.retain_extras(READER, lost, |name| name == "pool")?;
    match parts.engine {
        Engine::Postgres => {
            parts.merge_addresses(READER)?;
            parts.one_server(READER)?;
            let known = ["disable", "require", "verify-full"];
            checked_mode(parts, lost, "sslmode", &known)?;
            // The chain is checked where there is a root certificate, of which Node wants the text.
            if parts.get("sslrootcert") == Some("system") {
                match parts.get("sslmode") {
                    None => return Err(guard("sslrootcert", READER)),
                    Some("verify-full") => drop(parts.take("sslrootcert")),
                    Some(_) => {}
                }
            }
            parts.rename(READER, lost, |name| {
                POSTGRES.contains(&name).then_some(name)
            })
        }
        Engine::MySql => {
            parts.one_server(READER)?;
            let known = ["disabled", "required", "verify_ca", "verify_identity"];
            checked_mode(parts, lost, "ssl_mode", &known)?;
            parts.rename(READER, lost, |name| {
                Some(match name {
                    "ssl_mode" | "charset" | "timezone" => name,
                    "connect_timeout_ms" => "connectTimeout",
                    "pool_min" => "min",
                    "pool_max" => "max",
                    _ => return None,
                })
            })
        }
        _ => parts.no_password(),
    }
}

/// A mode that Node's drivers do not have: the one that goes on without TLS is left out, the others are an error.
fn checked_mode(
    parts: &mut ConvertParts<'_>,
    lost: &mut Losses,
    name: &'static str,
    known: &[&str],
) -> Result<(), Error> {
    match parts.get(name) {
        Some("prefer" | "preferred") => {
            parts.take(name);
            lost.note(
                name,
                "Node's drivers use TLS always or never",
                "choose `require` (`required`) or `disable` (`disabled`)",
            );
            Ok(())
        }
        Some(mode) if !known.contains(&mode) => Err(guard(name, "Sequelize")),
        _ => Ok(()),
    }
}

fn section<'p>(parts: &'p ConvertParts<'_>) -> Tree<'p> {
    let is_file = parts.engine == Engine::Sqlite;
    let dialect = match parts.engine {
        Engine::Postgres => "postgres",
        Engine::MySql if parts.scheme.contains("maria") => "mariadb",
        Engine::MySql => "mysql",
        _ => "sqlite",
    };
    let server = parts.servers.first();
    let text = |text: Option<&'p str>| text.map(Tree::text);
    let host = text(server.and_then(|server| server.host.as_deref()));
    let port = server.and_then(|server| server.port);
    let database = text(parts.database.as_deref());
    let (database, storage) = if is_file {
        (None, database)
    } else {
        (database, None)
    };
    let is_mysql = parts.engine == Engine::MySql;
    let timezone = parts.get("timezone").filter(|_| is_mysql);
    Tree::map([
        ("dialect", Some(Tree::text(dialect))),
        ("host", host),
        ("port", port.map(|port| Tree::Number(port.into()))),
        ("database", database),
        ("storage", storage),
        ("username", text(parts.user.as_deref())),
        ("password", text(parts.password.as_deref())),
        ("timezone", text(timezone)),
        ("pool", pool(parts).given()),
        ("dialectOptions", options(parts).given()),
    ])
}

fn pool<'p>(parts: &'p ConvertParts<'_>) -> Tree<'p> {
    let extra = parts.extras.first().map(|extra| &*extra.value);
    Tree::map([
        ("min", parts.get("min").map(Tree::number)),
        ("max", parts.get("max").or(extra).map(Tree::number)),
    ])
}

fn options<'p>(parts: &'p ConvertParts<'_>) -> Tree<'p> {
    let mut options = Vec::new();
    if let Some(socket) = parts.socket.as_deref() {
        options.push(("socketPath", Tree::text(socket)));
    }
    for setting in &parts.settings {
        let value = &*setting.value;
        match setting.name {
            "sslmode" | "ssl_mode" => {
                options.extend(tls(parts.scheme, value).map(|tls| ("ssl", tls)));
            }
            "connectTimeout" => options.push(("connectTimeout", Tree::number(value))),
            "min" | "max" | "timezone" => {}
            name => options.push((name, Tree::text(value))),
        }
    }
    Tree::Map(options)
}

/// node-postgres and MariaDB's driver check the host's name, mysql2 with `verifyIdentity` only.
fn tls(scheme: &str, mode: &str) -> Option<Tree<'static>> {
    let mut checks = match mode {
        "disable" | "disabled" => return Some(Tree::Bool(false)),
        "require" | "required" => vec![("rejectUnauthorized", Tree::Bool(false))],
        "verify_ca" | "verify-full" | "verify_identity" => {
            vec![("rejectUnauthorized", Tree::Bool(true))]
        }
        _ => return None,
    };
    if mode == "verify_identity" && !scheme.contains("maria") {
        checks.push(("verifyIdentity", Tree::Bool(true)));
    }
    Some(Tree::Map(checks))
}
