//! A migration runner by sqlx. Migrations need a session of their own, which a pooler does not give, so it takes the first of:
//! `MIGRATION_DATABASE_URL`, the direct URL that a platform sets next to a pooled one, `DATABASE_URL`, and `config/database.yml`.
//!
//! `DATABASE_URL=postgres://app:hunter2@localhost/shop migrate migrations`

use std::path::Path;

use database_url::settings::Settings;
use database_url::{Database, Resolver, Role, Vars};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

const SETTINGS: &str = "config/database.yml";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "migrations".to_owned());
    let vars = Vars::from_process();

    let mut resolver = Resolver::new(&vars).config_var("MIGRATION_DATABASE_URL");
    let direct = resolver
        .attachments()
        .iter()
        .find(|attachment| attachment.role() == Role::Direct);
    if let Some(name) = direct.map(|attachment| attachment.var().to_owned()) {
        resolver = resolver.config_var(&name);
    }
    resolver = resolver.config_var("DATABASE_URL");
    if Path::new(SETTINGS).exists() {
        resolver = resolver.settings(&Settings::from_path(SETTINGS)?, None);
    }

    let db = resolver.resolve()?;
    let Database::Postgres(config) = db.value() else {
        return Err("these migrations are written for Postgres".into());
    };
    println!("migrating {db}");

    let options: PgConnectOptions = config.try_into()?;
    let mut connection: PgConnection = options.connect().await?;
    Migrator::new(Path::new(&folder))
        .await?
        .run(&mut connection)
        .await?;
    connection.close().await?;
    println!("done");
    Ok(())
}
