//! A URL made of parts that were given one by one, so that they are read and checked as every other URL is.

use std::fmt::Write;
use std::net::Ipv6Addr;

use crate::database::Database;
use crate::error::Error;
use crate::postgres::Keyword;
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
    let texts = [
        Some(parts.host),
        parts.port,
        parts.user,
        parts.password,
        parts.database,
        parts.sslmode,
    ];
    let escaped: usize = texts.iter().flatten().map(|text| text.len() * 3).sum();
    let mut url = buffer(parts.scheme.len() + escaped);
    url.extend([parts.scheme, "://"]);
    credentials(&mut url, parts.user, parts.password);
    let mut servers = parts.host.split(',');
    if parts.is_list {
        server(&mut url, servers.next().unwrap_or_default());
        for text in servers {
            url.push(',');
            server(&mut url, text);
        }
    } else {
        address(&mut url, parts.host);
    }
    for (before, text) in [
        (":", parts.port),
        ("/", parts.database),
        ("?sslmode=", parts.sslmode),
    ] {
        if let Some(text) = text {
            url.push_str(before);
            escape(&mut url, text);
        }
    }
    Secret::new(url)
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

/// Room for all that is written, so that no copy of a secret is left behind.
fn buffer(len: usize) -> String {
    String::with_capacity(len + 64)
}

/// One server of a list: `host:port`.
fn server(url: &mut String, text: &str) {
    let (host, port) = text.trim().rsplit_once(':').unwrap_or((text.trim(), ""));
    address(url, host);
    if !port.is_empty() {
        url.push(':');
        escape(url, port);
    }
}

fn address(url: &mut String, host: &str) {
    if host.parse::<Ipv6Addr>().is_ok() {
        url.extend(["[", host, "]"]);
    } else {
        escape(url, host);
    }
}

fn credentials(url: &mut String, user: Option<&str>, password: Option<&str>) {
    escape(url, user.unwrap_or_default());
    if let Some(password) = password {
        url.push(':');
        escape(url, password);
    }
    if user.is_some() || password.is_some() {
        url.push('@');
    }
}

fn escape(url: &mut String, text: &str) {
    write!(url, "{}", percent::encode(text)).expect("a String takes all");
}
