//! A web app: axum with sqlx. It answers `GET /` with the user and the database of its pool.
//!
//! `DATABASE_URL=postgres://app:hunter2@localhost/shop PORT=3000 axum_sqlx`

use axum::{Router, extract::State, http::StatusCode, routing::get};
use database_url::{Vars, postgres};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let vars = Vars::from_process();
    let db = postgres::Config::resolve(&vars)?;
    println!("connecting to {db}"); // The password is masked.

    let options: PgConnectOptions = db.value().try_into()?;
    let pool = PgPoolOptions::new()
        .max_connections(5)
        .connect_with(options)
        .await?;

    let port = vars
        .get("PORT")?
        .map_or(Ok(3000), |port| port.expose().parse())?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on port {port}");
    let app = Router::new().route("/", get(who)).with_state(pool);
    Ok(axum::serve(listener, app).await?)
}

async fn who(State(pool): State<PgPool>) -> Result<String, StatusCode> {
    let who = sqlx::query_scalar("SELECT current_user || ' ' || current_database()")
        .fetch_one(&pool)
        .await;
    who.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)
}
