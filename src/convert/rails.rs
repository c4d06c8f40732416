//! `rails`: a section of `config/database.yml`, which ERB reads before YAML does. As Rails has it for URLs, a parameter is a key.

use std::collections::HashMap;

use crate::config::tls_name::is_tls_name;
use crate::convert::lost::Losses;
use crate::convert::parts::ConvertParts;
use crate::convert::tree::{Tree, yaml};
use crate::convert::{Notation, Texts, escape, mysql_tls, wrong_engine};
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;

/// The keys that the fields have.
const FIELDS: &[&str] = &[
    "adapter", "url", "host", "hostaddr", "port", "database", "username", "user", "dbname",
    "password", "socket",
];

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    if matches!(database, Database::Service(_)) {
        let help = "Rails has adapters for Postgres, MySQL and SQLite";
        return Err(wrong_engine(database, Notation::Rails, help));
    }
    Texts::of_parts(database, lost, fit, |out, parts| {
        let file = Tree::Map(vec![("production", section(parts))]);
        yaml(out, &file, 0, escape::erb)
    })
}

fn fit(parts: &mut ConvertParts<'_>, lost: &mut Losses) -> Result<(), Error> {
    // YAML takes a key once.
    let mut times = HashMap::new();
    for extra in &parts.extras {
        *times.entry(extra.name).or_insert(0) += 1;
    }
    let is_once = |name: &str| times.get(name) == Some(&1);
    parts.retain_extras("Rails", lost, |name| {
        !FIELDS.contains(&name) && !is_tls_name(name) && is_once(name)
    })?;
    match parts.engine {
        Engine::Postgres => Ok(()),
        Engine::MySql => {
            parts.one_server("mysql2")?;
            mysql_tls::require_names(parts, "mysql2")?;
            parts.rename("mysql2", lost, |name| {
                Some(match name {
                    "ssl_mode" | "reconnect" => name,
                    "ssl_ca" => "sslca",
                    "ssl_capath" => "sslcapath",
                    "ssl_cert" => "sslcert",
                    "ssl_key" => "sslkey",
                    "ssl_cipher" => "sslcipher",
                    "charset" => "encoding",
                    "pool_max" => "pool",
                    "cleartext" => "enable_cleartext_plugin",
                    "allow_public_key_retrieval" => "get_server_public_key",
                    name => return mysql_tls::shared(name),
                })
            })
        }
        _ => parts.no_password(),
    }
}

fn section<'p>(parts: &'p ConvertParts<'_>) -> Tree<'p> {
    let adapter = match parts.engine {
        Engine::Postgres => "postgresql",
        Engine::MySql if parts.scheme == "trilogy" => "trilogy",
        Engine::MySql => "mysql2",
        _ => "sqlite3",
    };
    let text = |text: Option<&'p str>| text.map(Tree::text);
    let [hosts, numbers] = parts.lists();
    let port_of_scheme = (parts.engine == Engine::Postgres && parts.default_port != 5432)
        .then(|| parts.default_port.to_string());
    let mut section = vec![
        ("adapter", Some(Tree::text(adapter))),
        ("host", hosts.map(Tree::text)),
        ("hostaddr", parts.addresses().map(Tree::text)),
        ("port", numbers.or(port_of_scheme).map(Tree::number)),
        ("socket", text(parts.socket.as_deref())),
        ("database", text(parts.database.as_deref())),
        ("username", text(parts.user.as_deref())),
        ("password", text(parts.password.as_deref())),
    ];
    for setting in &parts.settings {
        let value = &*setting.value;
        let tree = match setting.name {
            "connect_timeout" | "read_timeout" | "write_timeout"
                if parts.engine == Engine::MySql =>
            {
                Tree::number(mysql_tls::seconds(value))
            }
            "pool" => Tree::number(value),
            "reconnect" | "local_infile" | "enable_cleartext_plugin" | "get_server_public_key" => {
                Tree::Bool(value == "true")
            }
            _ => Tree::text(value),
        };
        section.push((setting.name, Some(tree)));
    }
    for extra in &parts.extras {
        let value = Tree::number(&*extra.value);
        section.push((extra.name, Some(value)));
    }
    Tree::map(section)
}
