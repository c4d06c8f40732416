//! `sqlalchemy`: a URL for `create_engine` (`_parse_url` in engine/url.py). User and password are decoded, the host is not, and the
//! database is from SQLAlchemy 2.1 on only, so it is written where that makes no difference.

use std::fmt::{self, Write};

use crate::convert::lost::{Losses, guard};
use crate::convert::parts::ConvertParts;
use crate::convert::{Notation, Texts, mysql_tls, not_representable, wrong_engine};
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;
use crate::span::Component;
use crate::sqlite::Family;

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    match database {
        Database::Postgres(_) => Texts::of_parts(database, lost, of_postgres, write),
        Database::MySql(_) => Texts::of_parts(database, lost, of_mysql, write),
        Database::Sqlite(config) if config.family() == Family::Python => {
            super::url::convert(database)
        }
        Database::Sqlite(_) => Texts::of_parts(database, lost, of_sqlite, write_file),
        Database::Service(_) => {
            let help = "SQLAlchemy URLs are written for Postgres, MySQL and SQLite";
            Err(wrong_engine(database, Notation::Sqlalchemy, help))
        }
    }
}

/// The driver that the scheme names, as far as its arguments are known here.
fn driver(parts: &ConvertParts<'_>) -> &'static str {
    match parts.scheme.split_once('+').map(|(_, driver)| driver) {
        Some("psycopg2") => "psycopg2",
        Some("asyncpg") => "asyncpg",
        _ => "psycopg",
    }
}

fn of_postgres(parts: &mut ConvertParts<'_>, lost: &mut Losses) -> Result<(), Error> {
    check_database(parts)?;
    let driver = driver(parts);
    parts.retain_extras(driver, lost, |_| false)?;
    if driver != "asyncpg" {
        return Ok(());
    }
    // The query is the keyword arguments of `asyncpg.connect`.
    parts.merge_addresses(driver)?;
    parts.rename(driver, lost, |name| {
        Some(match name {
            "sslmode" => "ssl",
            "passfile" | "service" | "target_session_attrs" | "krbsrvname" | "gsslib" => name,
            _ => return None,
        })
    })
}

fn of_mysql(parts: &mut ConvertParts<'_>, lost: &mut Losses) -> Result<(), Error> {
    const READER: &str = "PyMySQL";
    check_database(parts)?;
    parts.one_server(READER)?;
    parts.retain_extras(READER, lost, |_| false)?;
    tls_of_pymysql(parts)?;
    parts.rename(READER, lost, |name| {
        Some(match name {
            "ssl_disabled" | "ssl_verify_cert" | "ssl_check_hostname" | "ssl_ca" | "ssl_capath"
            | "ssl_cert" | "ssl_key" | "ssl_cipher" | "charset" => name,
            name => return mysql_tls::shared(name),
        })
    })?;
    for setting in &mut parts.settings {
        if setting.name.ends_with("_timeout") {
            setting.set(mysql_tls::seconds(&setting.value));
        }
    }
    Ok(())
}

/// `PyMySQL` checks the chain where it is given a CA, the name unless that is switched off, and nothing without a CA, not even the
/// name that it should check (`_create_ssl_ctx` in connections.py).
fn tls_of_pymysql(parts: &mut ConvertParts<'_>) -> Result<(), Error> {
    let has_ca = parts.get("ssl_ca").or(parts.get("ssl_capath")).is_some();
    let mode = parts.get("ssl_mode").map(str::to_owned);
    let (name, value) = match (mode.as_deref(), has_ca) {
        (None | Some("preferred"), _) | (Some("verify_identity"), true) => {
            if mode.as_deref() == Some("verify_identity") {
                parts.take("ssl_mode");
            }
            return Ok(());
        }
        (Some("disabled"), _) => ("ssl_disabled", "true"),
        (Some("required"), false) => ("ssl_verify_cert", "false"),
        (Some("verify_ca"), false) => ("ssl_verify_cert", "true"),
        (Some("verify_ca"), true) => ("ssl_check_hostname", "false"),
        _ => return Err(guard("ssl_mode", "PyMySQL")),
    };
    for setting in parts
        .settings
        .iter_mut()
        .filter(|setting| setting.name == "ssl_mode")
    {
        setting.name = name;
        setting.set(value);
    }
    Ok(())
}

fn of_sqlite(parts: &mut ConvertParts<'_>, lost: &mut Losses) -> Result<(), Error> {
    parts.retain_extras("SQLAlchemy", lost, |_| false)?;
    parts.no_password()?;
    check_database(parts)
}

/// A name in which `%` and `?` mean something to one version and nothing to the other.
fn check_database(parts: &ConvertParts<'_>) -> Result<(), Error> {
    let database = parts.database.as_deref().unwrap_or_default();
    if database.contains(['%', '?', '\n']) {
        let detail = "SQLAlchemy decodes the name of a database from 2.1 on only";
        let help = "call sqlalchemy.engine.URL.create(database=…), or rename the database";
        return Err(not_representable(Component::Database, detail, help));
    }
    Ok(())
}

fn write_file(out: &mut dyn Write, parts: &ConvertParts<'_>) -> fmt::Result {
    write!(
        out,
        "sqlite:///{}",
        parts.database.as_deref().unwrap_or_default()
    )
}

fn write(out: &mut dyn Write, parts: &ConvertParts<'_>) -> fmt::Result {
    if parts.engine == Engine::MySql {
        out.write_str("mysql+pymysql://")?;
    } else {
        write!(out, "postgresql+{}://", driver(parts))?;
    }
    if parts.user.is_some() || parts.password.is_some() {
        parts.percent(out, parts.user.as_deref().unwrap_or_default())?;
        if let Some(password) = &parts.password {
            out.write_char(':')?;
            parts.percent(out, password)?;
        }
        out.write_char('@')?;
    }
    let in_authority = write_host(out, parts)?;
    if let Some(database) = parts.database.as_deref().filter(|name| !name.is_empty()) {
        write!(out, "/{database}")?;
    }
    let mut separator = if parts.database.as_deref().is_none_or(str::is_empty) {
        "/?"
    } else {
        "?"
    };
    let mut param = |name: &str, value: Option<&str>| {
        let Some(value) = value else { return Ok(()) };
        write!(out, "{separator}{name}=")?;
        separator = "&";
        parts.percent(out, value)
    };
    if !in_authority {
        let [hosts, numbers] = parts.lists();
        param("host", hosts.as_deref())?;
        param("port", numbers.as_deref())?;
    }
    param("unix_socket", parts.socket.as_deref())?;
    param("hostaddr", parts.addresses().as_deref())?;
    parts
        .settings
        .iter()
        .try_for_each(|setting| param(setting.name, Some(&setting.value)))
}

/// Writes the server where a URL has it, if it is one that needs no escape; tells whether.
fn write_host(out: &mut dyn Write, parts: &ConvertParts<'_>) -> Result<bool, fmt::Error> {
    let [server] = &parts.servers[..] else {
        return Ok(parts.servers.is_empty());
    };
    let host = server.host.as_deref().unwrap_or_default();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._*".contains(&byte);
    let is_address = |byte: u8| byte.is_ascii_hexdigit() || b":.".contains(&byte);
    if host.contains(':') && host.bytes().all(is_address) {
        write!(out, "[{host}]")?;
    } else if !host.is_empty() && host.bytes().all(is_name) {
        out.write_str(host)?;
    } else {
        return Ok(false);
    }
    server.port.map_or(Ok(()), |port| write!(out, ":{port}"))?;
    Ok(true)
}
