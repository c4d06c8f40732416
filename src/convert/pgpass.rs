//! `pgpass`: `host:port:database:user:password`, a line for each host (`passwordFromFile` in fe-connect.c).
//!
//! The file holds passwords and nothing else, so the other settings are left out, those of TLS, too.

use std::fmt::{self, Write};

use crate::convert::lost::Losses;
use crate::convert::parts::{ConvertParts, Server};
use crate::convert::setting::ConvertExtra;
use crate::convert::{Notation, Texts, escape, not_representable, wrong_engine};
use crate::database::Database;
use crate::error::Error;
use crate::postgres::Keyword;
use crate::secret::SecretStr;
use crate::span::Component;

/// Where libpq's builds look for the socket; there the file calls the host `localhost`.
const SOCKET_FOLDERS: &[&str] = &["/var/run/postgresql", "/run/postgresql", "/tmp"];

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    let Database::Postgres(config) = database else {
        let help = "libpq's password file is for Postgres alone";
        return Err(wrong_engine(database, Notation::Pgpass, help));
    };
    match config.password().map(SecretStr::expose) {
        None | Some("") => {
            let detail = "there is no password to write";
            let help = "a password file is of use with a password only";
            return Err(not_representable(Component::Password, detail, help));
        }
        Some(password) if password.contains(['\n', '\r']) => {
            let detail = "the password holds a line end, which ends the line of the file";
            let help = "set PGPASSWORD instead, with the notation `env`";
            return Err(not_representable(Component::Password, detail, help));
        }
        Some(_) => {}
    }
    for keyword in [Keyword::User, Keyword::Dbname, Keyword::Host] {
        let text = config.get(keyword).map(SecretStr::expose);
        if text.is_some_and(|text| text.contains(['\n', '\r'])) {
            let detail = "it holds a line end, which ends the line of the file";
            let help = "remove the line end";
            return Err(not_representable(keyword.component(), detail, help));
        }
    }
    Texts::of_parts(database, lost, fit, write)
}

fn fit(parts: &mut ConvertParts<'_>, lost: &mut Losses) -> Result<(), Error> {
    let help =
        "a password file holds passwords only; give the program the rest by `libpq` or `conninfo`";
    for setting in parts.settings.drain(..) {
        lost.note(setting.name, "a password file has no settings", help);
    }
    let extras = std::mem::take(&mut parts.extras);
    for extra in extras {
        let is_tls = false;
        lost.extra(&ConvertExtra { is_tls, ..extra }, "libpq")?;
    }
    Ok(())
}

fn write(out: &mut dyn Write, parts: &ConvertParts<'_>) -> fmt::Result {
    let default = [Server::default()];
    let servers = match &parts.servers[..] {
        [] => &default[..],
        servers => servers,
    };
    let mut separator = "";
    for server in servers {
        let host = server.host.as_deref().or(server.address.as_deref());
        let names = match host {
            None => ["localhost", ""],
            Some(folder) if SOCKET_FOLDERS.contains(&folder) => [folder, "localhost"],
            Some(host) => [host, ""],
        };
        for name in names.iter().filter(|name| !name.is_empty()) {
            out.write_str(separator)?;
            separator = "\n";
            line(out, parts, name, server.port.unwrap_or(parts.default_port))?;
        }
    }
    Ok(())
}

fn line(out: &mut dyn Write, parts: &ConvertParts<'_>, host: &str, port: u16) -> fmt::Result {
    escape::pgpass(out, host)?;
    write!(out, ":{port}:")?;
    let user = given(parts.user.as_deref());
    for field in [given(parts.database.as_deref()).or(user), user] {
        // Without a name it is that of the system's user.
        match field {
            Some(name) => escape::pgpass(out, name)?,
            None => out.write_char('*')?,
        }
        out.write_char(':')?;
    }
    escape::pgpass(out, parts.password.as_deref().unwrap_or_default())
}

fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}
