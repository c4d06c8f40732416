//! Postgres by tokio-postgres, with libpq's meaning of every `sslmode`.

use database_url::driver::tokio_postgres::parts;
use database_url::postgres::{Config, Keyword, SslMode};
use tokio_postgres::{Client, Error, SimpleQueryMessage};

use crate::verb::login::session::{Certificate, LoginFailure, Session, Tls, printable};

pub(super) async fn login(config: &Config) -> Result<Session, LoginFailure> {
    let parts = parts(config)?;
    let connected = parts.config.connect(parts.connector).await;
    let (client, connection) = connected.map_err(|error| failure(&error))?;
    let connection = tokio::spawn(connection);
    let session = session(&client, config).await;
    drop(client);
    // The session is over, however it ends.
    let _ = connection.await;
    session
}

async fn session(client: &Client, config: &Config) -> Result<Session, LoginFailure> {
    let version = one(client, "SHOW server_version").await?;
    let user = one(client, "SELECT current_user").await?;
    let database = one(client, "SELECT current_database()").await?;
    // What only speaks the protocol, and poolers, have no such view.
    let tls = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let tls = one(client, tls).await.ok().flatten();
    Ok(Session {
        server: "PostgreSQL",
        version: version.unwrap_or_default(),
        user: user.unwrap_or_default(),
        database,
        tls: tls.map(|version| Tls {
            version,
            certificate: certificate(config),
        }),
    })
}

/// The first value of the first row. No statement is prepared, which a pooler would lose.
async fn one(client: &Client, statement: &str) -> Result<Option<String>, LoginFailure> {
    let messages = client
        .simple_query(statement)
        .await
        .map_err(|error| failure(&error))?;
    let value = messages.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(printable),
        _ => None,
    });
    Ok(value)
}

/// As libpq: with a root certificate `require` checks the chain, too.
fn certificate(config: &Config) -> Certificate {
    let has_root = config
        .get(Keyword::SslRootCert)
        .is_some_and(|root| !root.is_empty());
    match config.effective_sslmode() {
        SslMode::VerifyFull => Certificate::ChainAndName,
        SslMode::VerifyCa => Certificate::Chain,
        SslMode::Require if has_root => Certificate::Chain,
        _ => Certificate::Unchecked,
    }
}

fn failure(error: &Error) -> LoginFailure {
    if let Some(code) = error.code() {
        let code = code.code();
        return match code {
            "3D000" => LoginFailure::database(code),
            "57P03" => LoginFailure::unreachable("it is starting up (57P03)"),
            _ if code.starts_with("28") => LoginFailure::login(code),
            _ => LoginFailure::other(format!("the server rejects the session ({code})")),
        };
    }
    // The kinds are private to the driver; each has a sentence of its own.
    let sentence = error.to_string();
    if sentence.starts_with("invalid configuration") || sentence.starts_with("authentication error")
    {
        return LoginFailure::login("user or password is missing, or of another method");
    }
    LoginFailure::of(error, sentence.contains("TLS"))
}
