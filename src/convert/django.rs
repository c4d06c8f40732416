//! `django`: the dict `DATABASES`, in Python.

use crate::convert::lost::Losses;
use crate::convert::parts::ConvertParts;
use crate::convert::tree::{self, Tree};
use crate::convert::{Notation, Texts, mysql_tls, wrong_engine};
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    if matches!(database, Database::Service(_)) {
        let help = "Django has backends for Postgres, MySQL and SQLite";
        return Err(wrong_engine(database, Notation::Django, help));
    }
    Texts::of_parts(database, lost, fit, |out, parts| {
        out.write_str("DATABASES = ")?;
        let databases = Tree::Map(vec![("default", section(parts))]);
        tree::braces(out, tree::PYTHON, &databases, 0)
    })
}

fn fit(parts: &mut ConvertParts<'_>, lost: &mut Losses) -> Result<(), Error> {
    let is_own = |name: &str| matches!(name, "conn_max_age" | "conn_health_checks");
    parts.retain_extras("Django", lost, is_own)?;
    match parts.engine {
        // libpq reads all of `OPTIONS`.
        Engine::Postgres => Ok(()),
        Engine::MySql => {
            parts.one_server("mysqlclient")?;
            mysql_tls::require_names(parts, "mysqlclient")?;
            parts.rename("mysqlclient", lost, |name| {
                Some(match name {
                    "ssl_mode" | "charset" => name,
                    "ssl_ca" => "ca",
                    "ssl_capath" => "capath",
                    "ssl_cert" => "cert",
                    "ssl_key" => "key",
                    "ssl_cipher" => "cipher",
                    name => return mysql_tls::shared(name),
                })
            })
        }
        _ => parts.no_password(),
    }
}

fn section<'p>(parts: &'p ConvertParts<'_>) -> Tree<'p> {
    let engine = match parts.engine {
        Engine::Postgres => "django.db.backends.postgresql",
        Engine::MySql => "django.db.backends.mysql",
        _ => "django.db.backends.sqlite3",
    };
    let text = |text: Option<&'p str>| text.map(Tree::text);
    let [hosts, numbers] = parts.lists();
    // A path as host is that of MySQL's socket.
    let host = text(parts.socket.as_deref()).or(hosts.map(Tree::text));
    // Django requires a name; without one, libpq uses the user's.
    let database = parts.database.as_deref().filter(|name| !name.is_empty());
    let user = parts.user.as_deref();
    let of_user = user.filter(|_| parts.engine == Engine::Postgres);
    let extra = |name: &str| {
        let mut extras = parts.extras.iter();
        Some(&*extras.find(|extra| extra.name == name)?.value)
    };
    let is_true = |value: &str| matches!(value, "1" | "true" | "True" | "yes" | "on");
    let checks = extra("conn_health_checks").map(|value| Tree::Bool(is_true(value)));
    Tree::map([
        ("ENGINE", Some(Tree::text(engine))),
        ("NAME", text(database.or(of_user))),
        ("USER", text(user)),
        ("PASSWORD", text(parts.password.as_deref())),
        ("HOST", host),
        ("PORT", numbers.map(Tree::text)),
        ("CONN_MAX_AGE", extra("conn_max_age").map(Tree::number)),
        ("CONN_HEALTH_CHECKS", checks),
        ("OPTIONS", options(parts).given()),
    ])
}

fn options<'p>(parts: &'p ConvertParts<'_>) -> Tree<'p> {
    let is_tls = |name: &str| matches!(name, "ca" | "capath" | "cert" | "key" | "cipher");
    let mut options = Vec::new();
    let mut tls = Vec::new();
    if let Some(addresses) = parts.addresses() {
        options.push(("hostaddr", Tree::text(addresses)));
    }
    for setting in &parts.settings {
        let value = &*setting.value;
        if parts.engine != Engine::MySql {
            options.push((setting.name, Tree::text(value)));
            continue;
        }
        match setting.name {
            name if is_tls(name) => tls.push((name, Tree::text(value))),
            "ssl_mode" => options.push(("ssl_mode", Tree::text(value.to_ascii_uppercase()))),
            name if name.ends_with("_timeout") => {
                options.push((name, Tree::number(mysql_tls::seconds(value))));
            }
            "local_infile" => options.push(("local_infile", Tree::Bool(value == "true"))),
            name => options.push((name, Tree::text(value))),
        }
    }
    if !tls.is_empty() {
        options.push(("ssl", Tree::Map(tls)));
    }
    Tree::Map(options)
}
