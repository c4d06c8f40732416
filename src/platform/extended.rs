//! A database with what is given alongside its URL: credentials, and TLS.

use crate::database::Database;
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::postgres::Keyword;
use crate::service;

/// The database of a config with a user and a password, as far as they are given.
macro_rules! with_login {
    ($config:ident, $user:ident, $password:ident) => {{
        let mut config = $config;
        if let Some(user) = $user {
            config = config.with_user(user)?;
        }
        if let Some(password) = $password {
            config = config.with_password(password)?;
        }
        config.into()
    }};
}

/// A database with what is given next to its URL: what the URL lacks. A password belongs to its user.
pub(crate) fn extended(
    database: Database,
    user: Option<&str>,
    password: Option<&str>,
    sslmode: Option<&str>,
) -> Result<Database, Error> {
    let of_user = database
        .user()
        .is_none_or(|own| user.is_none_or(|user| user == own));
    let is_open = database.password().is_none();
    let user = user.filter(|_| is_open && database.user().is_none());
    let password = password.filter(|_| is_open && of_user);
    let database = match database {
        Database::Postgres(config) => with_login!(config, user, password),
        Database::MySql(config) => with_login!(config, user, password),
        // A file has no credentials.
        Database::Sqlite(_) => database,
        Database::Service(config) => with_login!(config, user, password),
    };
    match sslmode {
        None => Ok(database),
        Some(sslmode) => with_tls(database, sslmode),
    }
}

/// A database with the `sslmode` that is given next to its URL. One that requests TLS is never dropped.
fn with_tls(database: Database, sslmode: &str) -> Result<Database, Error> {
    // In the words of either engine.
    let requested = mysql::SslMode::from_spelling(sslmode)
        .ok_or_else(|| rejected(ErrorKind::InvalidValue, "expected a word such as `require`"))?;
    let does_without = match &database {
        Database::Postgres(config) => config.sslmode().map(|given| !given.requires_tls()),
        Database::MySql(config) => config.ssl_mode().map(|given| !given.requires_tls()),
        Database::Service(config) => Some(config.tls() == service::Tls::Off),
        Database::Sqlite(_) => Some(false),
    };
    match (database, does_without) {
        (_, Some(true)) if requested.requires_tls() => {
            let detail = "it requests TLS, and the URL next to it does without";
            Err(rejected(ErrorKind::Conflict, detail))
        }
        (Database::Postgres(config), None) => Ok(config.with(Keyword::SslMode, sslmode)?.into()),
        (Database::MySql(config), None) => Ok(config.with_ssl_mode(requested)?.into()),
        (database, _) => Ok(database),
    }
}

fn rejected(kind: ErrorKind, detail: &'static str) -> Error {
    Error::new(kind, detail)
        .of(Keyword::SslMode.component())
        .with_help("give the same mode in the URL and in `sslmode`, or give it once")
}
