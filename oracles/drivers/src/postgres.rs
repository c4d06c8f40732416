//! Logins to PostgreSQL.

use database_url::postgres::Config;
use diesel::connection::Connection as _;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tokio_postgres::NoTls;

use crate::{Failure, Session, install_provider, wait};

/// A driver's way in.
pub type Login = fn(&Config) -> Result<Session, Failure>;

/// All of them, by name.
pub const DRIVERS: [(&str, Login); 4] = [
    ("tokio-postgres", tokio_postgres),
    ("tokio-postgres-rustls", tokio_postgres_rustls),
    ("sqlx", sqlx),
    ("diesel", diesel),
];

const SESSION: &str = "SELECT current_user::text, current_database()::text, \
                       (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid())";

/// Whether the server takes logins.
///
/// # Errors
/// The driver's message.
pub fn is_ready(port: u16) -> Result<(), String> {
    execute(port, "SELECT 1").map_err(|error| error.to_string())
}

/// Executes statements as the server's superuser.
///
/// # Errors
/// The driver's.
pub fn execute(port: u16, statements: &str) -> Result<(), tokio_postgres::Error> {
    let mut options = tokio_postgres::Config::new();
    options
        .host("127.0.0.1")
        .port(port)
        .user("postgres")
        .password("secret")
        .dbname("postgres");
    wait(async {
        let (client, connection) = options.connect(NoTls).await?;
        let connection = tokio::spawn(connection);
        client.batch_execute(statements).await?;
        drop(client);
        _ = connection.await;
        Ok(())
    })
}

/// The config alone, with a connector that checks nothing where TLS is used.
///
/// # Errors
/// If the config is rejected, or there is no connection.
pub fn tokio_postgres(config: &Config) -> Result<Session, Failure> {
    let options =
        tokio_postgres::Config::try_from(config).map_err(|error| Failure::rejected(&error))?;
    tokio_postgres_with(&options)
}

/// The options of tokio-postgres, with a connector that checks nothing.
///
/// # Errors
/// If there is no connection.
///
/// # Panics
/// If there is no connector.
pub fn tokio_postgres_with(options: &tokio_postgres::Config) -> Result<Session, Failure> {
    install_provider();
    let any: Config = "host=h sslmode=require".parse().expect("a config");
    let connector = database_url::driver::tokio_postgres::parts(&any)
        .expect("a connector")
        .connector;
    ask_tokio_postgres(options, connector)
}

/// The config with its connector.
///
/// # Errors
/// If the config is rejected, or there is no connection.
pub fn tokio_postgres_rustls(config: &Config) -> Result<Session, Failure> {
    install_provider();
    let parts = database_url::driver::tokio_postgres::parts(config)
        .map_err(|error| Failure::rejected(&error))?;
    ask_tokio_postgres(&parts.config, parts.connector)
}

fn ask_tokio_postgres<T>(options: &tokio_postgres::Config, tls: T) -> Result<Session, Failure>
where
    T: tokio_postgres::tls::MakeTlsConnect<tokio_postgres::Socket>,
    T::Stream: Send + 'static,
{
    let requested = wait(async {
        let (client, connection) = options.connect(tls).await?;
        let connection = tokio::spawn(connection);
        let row = client.query_one(SESSION, &[]).await?;
        let session = Session {
            user: row.get(0),
            database: row.get(1),
            tls: row.get(2),
        };
        drop(client);
        _ = connection.await;
        Ok(session)
    });
    requested.map_err(|error: tokio_postgres::Error| Failure::failed(&error))
}

/// sqlx.
///
/// # Errors
/// If the config is rejected, or there is no connection.
pub fn sqlx(config: &Config) -> Result<Session, Failure> {
    sqlx_with(PgConnectOptions::try_from(config).map_err(|error| Failure::rejected(&error))?)
}

/// sqlx' options.
///
/// # Errors
/// If there is no connection.
pub fn sqlx_with(options: PgConnectOptions) -> Result<Session, Failure> {
    let requested = wait(async {
        let mut connection = options.disable_statement_logging().connect().await?;
        // Without a name, which a pooler would lose.
        let (user, database, tls) = sqlx::query_as(SESSION)
            .persistent(false)
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        Ok(Session {
            user,
            database,
            tls,
        })
    });
    requested.map_err(|error: sqlx::Error| Failure::failed(&error))
}

/// diesel, which hands its URL to the libpq of the system.
///
/// # Errors
/// If the config is rejected, or there is no connection.
pub fn diesel(config: &Config) -> Result<Session, Failure> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        who: String,
        #[diesel(sql_type = Text)]
        what: String,
        #[diesel(sql_type = Nullable<Text>)]
        tls: Option<String>,
    }
    let url = config
        .to_libpq_url()
        .map_err(|error| Failure::rejected(&error))?;
    let mut connection =
        PgConnection::establish(url.expose()).map_err(|error| Failure::failed(&error))?;
    let rows = format!("SELECT * FROM ({SESSION}) AS session(who, what, tls)");
    let row: Row = diesel::sql_query(rows)
        .get_result(&mut connection)
        .map_err(|error| Failure::failed(&error))?;
    Ok(Session {
        user: row.who,
        database: row.what,
        tls: row.tls,
    })
}
