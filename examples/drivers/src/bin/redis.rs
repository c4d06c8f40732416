//! redis, over one connection that tasks share.
//!
//! `REDIS_URL=redis://app:hunter2@localhost/1 redis`

use database_url::{Vars, service};
use redis::{AsyncCommands, Client, ConnectionInfo};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Once in a program: the cryptography that rustls uses.
    _ = rustls::crypto::ring::default_provider().install_default();

    let vars = Vars::from_process();
    let url = vars.get("REDIS_URL")?.ok_or("set REDIS_URL")?;
    let config: service::Config = url.expose().parse()?;
    println!("connecting to {config}");

    let info: ConnectionInfo = (&config).try_into()?;
    let mut connection = Client::open(info)?
        .get_multiplexed_async_connection()
        .await?;

    let () = connection.set("greeting", "hello").await?;
    let greeting: String = connection.get("greeting").await?;
    println!("{greeting}");
    Ok(())
}
