//! `jdbc`: a URL for pgjdbc, MySQL Connector/J or MariaDB Connector/J. pgjdbc form-decodes database and values, and takes
//! names that it does not know.

use std::fmt::{self, Write};

use crate::config::display::View;
use crate::convert::lost::Losses;
use crate::convert::mysql_tls::with_words;
use crate::convert::parts::ConvertParts;
use crate::convert::texts::masked;
use crate::convert::{Notation, Texts, not_representable, wrong_engine};
use crate::database::Database;
use crate::error::Error;
use crate::mysql;
use crate::postgres::Keyword;
use crate::span::Component;

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    match database {
        Database::Postgres(_) => Texts::of_parts(database, lost, fit, write),
        Database::MySql(config) => of_mysql(database, config, lost),
        _ => {
            let help = "JDBC URLs are written for Postgres, MySQL and MariaDB";
            Err(wrong_engine(database, Notation::Jdbc, help))
        }
    }
}

fn of_mysql(
    database: &Database,
    config: &mysql::Config,
    lost: &mut Losses,
) -> Result<Texts, Error> {
    let (config, reader) = (config.clone(), "the JDBC driver");
    let config = with_words(database, config, reader, mysql::Config::has_jdbc_word, lost)?;
    Ok(Texts {
        exposed: config.to_jdbc()?,
        masked: masked(&|out| config.write_jdbc(out, View::Masked)),
    })
}

fn fit(parts: &mut ConvertParts<'_>, lost: &mut Losses) -> Result<(), Error> {
    const READER: &str = "pgjdbc";
    if parts.servers.iter().any(|server| server.is_socket) {
        let detail = "pgjdbc connects over TCP, not to the directory of a socket";
        let help = "name a host and a port, or give pgjdbc a `socketFactory`";
        return Err(not_representable(Component::Host, detail, help));
    }
    parts.merge_addresses(READER)?;
    // pgjdbc checks nothing with `require`, libpq checks the chain where a root certificate is given.
    let has_root = parts
        .get("sslrootcert")
        .is_some_and(|path| !path.is_empty());
    for setting in &mut parts.settings {
        match (setting.name, &*setting.value) {
            ("sslmode", "require") if has_root => {
                setting.set("verify-ca");
                lost.note(
                    "sslmode",
                    "written as `verify-ca`, which is what libpq does for `require` with `sslrootcert`",
                    "write `sslmode=verify-ca` or `verify-full` in the URL",
                );
            }
            ("sslrootcert", "system") => return Err(super::lost::guard("sslrootcert", READER)),
            ("sslkey", _) => lost.note(
                "sslkey",
                "pgjdbc reads the key as PKCS#8 in DER, not as PEM",
                "convert it: openssl pkcs8 -topk8 -inform PEM -outform DER -nocrypt",
            ),
            ("target_session_attrs", value) => {
                let value = match value {
                    "any" => "any",
                    "primary" | "read-write" => "primary",
                    "standby" => "secondary",
                    "prefer-standby" => "preferSecondary",
                    // No name, so that it is left out.
                    _ => continue,
                };
                setting.set(value);
                setting.name = "targetServerType";
            }
            ("load_balance_hosts", value) => {
                let value = if value == "random" { "true" } else { "false" };
                setting.set(value);
                setting.name = "loadBalanceHosts";
            }
            _ => {}
        }
    }
    parts.rename(READER, lost, |name| match name {
        "targetServerType" | "loadBalanceHosts" => Some(name),
        name => name.parse::<Keyword>().ok()?.pgjdbc_name(),
    })
}

fn write(out: &mut dyn Write, parts: &ConvertParts<'_>) -> fmt::Result {
    out.write_str("jdbc:postgresql://")?;
    for (index, server) in parts.servers.iter().enumerate() {
        if index > 0 {
            out.write_char(',')?;
        }
        View::Exposed.write_host(out, server.host.as_deref().unwrap_or_default())?;
        if let Some(port) = server.port {
            write!(out, ":{port}")?;
        }
    }
    out.write_char('/')?;
    parts.percent(out, parts.database.as_deref().unwrap_or_default())?;
    let mut separator = '?';
    let mut param = |name: &str, value: Option<&str>| {
        let Some(value) = value else { return Ok(()) };
        out.write_char(separator)?;
        separator = '&';
        parts.percent(out, name)?;
        out.write_char('=')?;
        parts.percent(out, value)
    };
    param("user", parts.user.as_deref())?;
    param("password", parts.password.as_deref())?;
    for setting in &parts.settings {
        param(setting.name, Some(&setting.value))?;
    }
    parts
        .extras
        .iter()
        .try_for_each(|extra| param(extra.name, Some(&extra.value)))
}
