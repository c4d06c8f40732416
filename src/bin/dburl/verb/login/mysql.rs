//! MySQL and MariaDB by `mysql_async`.

use database_url::mysql::{Config, SslMode};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, DriverError, Error, IoError, Opts, Row};

use crate::verb::login::session::{Certificate, LoginFailure, Session, Tls, printable};

pub(super) async fn login(config: &Config) -> Result<Session, LoginFailure> {
    let options = Opts::try_from(config)?;
    let mut connection = Conn::new(options).await.map_err(|error| failure(&error))?;
    let session = session(&mut connection, config)
        .await
        .map_err(|error| failure(&error));
    // The session is over, however it ends.
    let _ = connection.disconnect().await;
    session
}

async fn session(connection: &mut Conn, config: &Config) -> Result<Session, Error> {
    let row: Option<(String, String, Option<String>)> = connection
        .query_first("SELECT VERSION(), CURRENT_USER(), DATABASE()")
        .await?;
    let (version, user, database) = row.unwrap_or_default();
    let tls: Option<Row> = connection
        .query_first("SHOW SESSION STATUS LIKE 'Ssl_version'")
        .await?;
    let tls: Option<String> = tls.and_then(|mut row| row.take(1));
    let is_mariadb = version.contains("MariaDB");
    let certificate = match config.ssl_mode() {
        Some(SslMode::VerifyIdentity) => Certificate::ChainAndName,
        Some(SslMode::VerifyCa) => Certificate::Chain,
        _ => Certificate::Unchecked,
    };
    Ok(Session {
        server: if is_mariadb { "MariaDB" } else { "MySQL" },
        version: printable(&version),
        user: printable(&user),
        database: database.as_deref().map(printable),
        tls: tls
            .filter(|version| !version.is_empty())
            .map(|version| Tls {
                version: printable(&version),
                certificate,
            }),
    })
}

fn failure(error: &Error) -> LoginFailure {
    match error {
        Error::Server(server) => match server.code {
            1044 | 1045 | 1130 | 1698 | 3118 | 3159 => {
                LoginFailure::login(&server.code.to_string())
            }
            1049 => LoginFailure::database(&server.code.to_string()),
            code => LoginFailure::other(format!("the server rejects the session ({code})")),
        },
        Error::Io(IoError::Tls(_)) | Error::Driver(DriverError::NoClientSslFlagFromServer) => {
            LoginFailure::tls()
        }
        Error::Io(io) => LoginFailure::of(io, false),
        Error::Driver(_) => LoginFailure::login("its method of authentication is not available"),
        _ => LoginFailure::of(error, false),
    }
}
