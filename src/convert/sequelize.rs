//! `sequelize`: a section of `config/config.json`. TLS is Node's option `ssl`, which holds certificates and not their paths.

use crate::convert::lost::{Losses, guard};
use crate::convert::parts::ConvertParts;
use crate::convert::tree::{self, Tree};
use crate::convert::{Notation, Texts, wrong_engine};
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;

/// What Sequelize hands on to node-postgres (`connection-manager.js`) and libpq calls the same.
const POSTGRES: &[&str] = &["application_name", "client_encoding", "options"];

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
            checked_mode(
                parts,
                lost,
                "sslmode",
                &["disable", "require", "verify-full"],
            )?;
            // The chain is checked where there is a root certificate, of which Node wants the text.
            let system = parts.get("sslrootcert") == Some("system");
            if system
                && parts
                    .get("sslmode")
                    .is_none_or(|mode| mode == "verify-full")
            {
                parts.take("sslrootcert");
                if parts.get("sslmode").is_none() {
                    return Err(guard("sslrootcert", READER));
                }
            }
            parts.rename(READER, lost, |name| {
                let known = POSTGRES.iter().copied().chain(["sslmode"]);
                known.into_iter().find(|known| *known == name)
            })
        }
        Engine::MySql => {
            parts.one_server(READER)?;
            checked_mode(
                parts,
                lost,
                "ssl_mode",
                &["disabled", "required", "verify_ca", "verify_identity"],
            )?;
            parts.rename(READER, lost, |name| {
                Some(match name {
                    "ssl_mode" => "ssl_mode",
                    "charset" => "charset",
                    "connect_timeout_ms" => "connectTimeout",
                    "pool_min" => "min",
                    "pool_max" => "max",
                    "timezone" => "timezone",
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
    Tree::map([
        ("dialect", Some(Tree::text(dialect))),
        ("host", host),
        ("port", port.map(|port| Tree::Number(port.into()))),
        ("database", database),
        ("storage", storage),
        ("username", text(parts.user.as_deref())),
        ("password", text(parts.password.as_deref())),
        (
            "timezone",
            text(
                parts
                    .get("timezone")
                    .filter(|_| parts.engine == Engine::MySql),
            ),
        ),
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
    let object = |members: Vec<(&'static str, bool)>| {
        let members = members
            .into_iter()
            .map(|(name, value)| (name, Tree::Bool(value)));
        Some(Tree::Map(members.collect()))
    };
    match mode {
        "disable" | "disabled" => Some(Tree::Bool(false)),
        "require" | "required" => object(vec![("rejectUnauthorized", false)]),
        "verify_identity" if !scheme.contains("maria") => {
            object(vec![("rejectUnauthorized", true), ("verifyIdentity", true)])
        }
        "verify_ca" | "verify-full" | "verify_identity" => {
            object(vec![("rejectUnauthorized", true)])
        }
        _ => None,
    }
}
