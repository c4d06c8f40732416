//! `ask DRIVER URL`: logs in, and prints what the server says, or `failed` and why.

#![expect(clippy::print_stdout, reason = "its purpose")]

use database_url_drivers_oracle::{postgres, redis};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [driver, url] = arguments.as_slice() else {
        panic!("expected a driver and a URL");
    };
    let found = match driver.as_str() {
        "tokio-postgres-rustls" => postgres::tokio_postgres_rustls(&url.parse().expect("a URL")),
        "sqlx" => postgres::sqlx(&url.parse().expect("a URL")),
        _ => redis::redis(&url.parse().expect("a URL")),
    };
    match found {
        Ok(session) => println!(
            "{} {} {}",
            session.user,
            session.database,
            session.tls.unwrap_or_default()
        ),
        Err(failure) => println!("failed: {failure:?}"),
    }
}
