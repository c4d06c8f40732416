//! A URL made of parts that were given one by one, so that they are read and checked as every other URL is.

use std::fmt::{self, Write};

use crate::database::Database;
use crate::error::Error;
use crate::postgres::Keyword;
use crate::render::{View, rendered};
use crate::secret::Secret;
use crate::syntax::percent;

/// What a platform says of a database, part by part.
#[derive(Clone, Copy, Default)]
pub(crate) struct Parts<'a> {
    pub(crate) scheme: &'a str,
    pub(crate) host: &'a str,
    /// Whether the host is a list of servers with their ports.
    pub(crate) is_list: bool,
    pub(crate) port: Option<&'a str>,
    pub(crate) user: Option<&'a str>,
    pub(crate) password: Option<&'a str>,
    pub(crate) database: Option<&'a str>,
    pub(crate) sslmode: Option<&'a str>,
}

/// The URL of the parts; whatever they hold is data in it.
pub(crate) fn compose(parts: &Parts<'_>) -> Secret {
    rendered(&|out| {
        write!(out, "{}://", parts.scheme)?;
        credentials(out, parts.user, parts.password)?;
        if parts.is_list {
            servers(out, parts.host)?;
        } else {
            View::Exposed.write_host(out, parts.host)?;
        }
        for (before, text) in [
            (":", parts.port),
            ("/", parts.database),
            ("?sslmode=", parts.sslmode),
        ] {
            if let Some(text) = text {
                out.write_str(before)?;
                percent::write(out, text)?;
            }
        }
        Ok(())
    })
}

fn credentials(out: &mut dyn Write, user: Option<&str>, password: Option<&str>) -> fmt::Result {
    percent::write(out, user.unwrap_or_default())?;
    if let Some(password) = password {
        out.write_str(":")?;
        percent::write(out, password)?;
    }
    if user.is_some() || password.is_some() {
        out.write_str("@")?;
    }
    Ok(())
}

/// Servers of a list: `host:port,host:port`.
fn servers(out: &mut dyn Write, list: &str) -> fmt::Result {
    for (index, text) in list.split(',').map(str::trim).enumerate() {
        if index > 0 {
            out.write_str(",")?;
        }
        let (host, port) = text.rsplit_once(':').unwrap_or((text, ""));
        View::Exposed.write_host(out, host)?;
        if !port.is_empty() {
            out.write_str(":")?;
            percent::write(out, port)?;
        }
    }
    Ok(())
}

/// A database with what stands beside its URL: user and password where the URL has neither, `sslmode` where it says
/// nothing of it.
pub(crate) fn complete(
    database: Database,
    user: Option<&str>,
    password: Option<&str>,
    sslmode: Option<&str>,
) -> Result<Database, Error> {
    let is_open = database.user().is_none() && database.password().is_none();
    let (user, password) = (user.filter(|_| is_open), password.filter(|_| is_open));
    Ok(match database {
        Database::Postgres(mut config) => {
            let said = config.sslmode().is_some();
            for (keyword, text) in [
                (Keyword::User, user),
                (Keyword::Password, password),
                (Keyword::SslMode, sslmode.filter(|_| !said)),
            ] {
                if let Some(text) = text {
                    config = config.with(keyword, text)?;
                }
            }
            config.into()
        }
        Database::MySql(mut config) => {
            if let Some(user) = user {
                config = config.with_user(user)?;
            }
            if let Some(password) = password {
                config = config.with_password(password)?;
            }
            config.into()
        }
        // A file has no credentials.
        Database::Sqlite(_) => database,
        Database::Service(mut config) => {
            if let Some(user) = user {
                config = config.with_user(user)?;
            }
            if let Some(password) = password {
                config = config.with_password(password)?;
            }
            config.into()
        }
    })
}
