//! A pool of tokio-postgres by deadpool, with libpq's meaning of every `sslmode`.
//!
//! `DATABASE_URL='postgres://app:hunter2@localhost/shop?sslmode=verify-full&sslrootcert=ca.pem' deadpool_postgres`

use database_url::{Vars, driver, postgres};
use deadpool_postgres::{Manager, Pool};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Once in a program: the cryptography that rustls uses.
    _ = rustls::crypto::ring::default_provider().install_default();

    let db = postgres::Config::resolve(&Vars::from_process())?;
    println!("connecting to {db}");

    let parts = driver::tokio_postgres::parts(db.value())?;
    let pool = Pool::builder(Manager::new(parts.config, parts.connector))
        .max_size(5)
        .build()?;

    let client = pool.get().await?;
    let row = client
        .query_one("SELECT current_user::text, current_database()::text, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[])
        .await?;
    let (user, database, encrypted): (&str, &str, bool) = (row.get(0), row.get(1), row.get(2));
    println!(
        "{user} {database} {}",
        if encrypted { "with TLS" } else { "without TLS" }
    );
    Ok(())
}
