//! diesel, which hands its URL to libpq: `to_libpq_url` writes only what libpq knows.
//!
//! `DATABASE_URL=postgres://app:hunter2@localhost/shop diesel`

use database_url::{Vars, postgres};
use diesel::prelude::*;
use diesel::sql_types::Text;

#[derive(QueryableByName)]
struct Session {
    #[diesel(sql_type = Text)]
    who: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = postgres::Config::resolve(&Vars::from_process())?;
    println!("connecting to {db}");

    let url = db.value().to_libpq_url()?;
    // libpq's messages name hosts and users, and never a password.
    let mut connection = PgConnection::establish(url.expose())?;

    let session: Session =
        diesel::sql_query("SELECT current_user || ' ' || current_database() AS who")
            .get_result(&mut connection)?;
    println!("{}", session.who);
    Ok(())
}
