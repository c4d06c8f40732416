//! A settings struct with a database, by figment: a file, and `DATABASE_URL` over it.
//!
//! ```console
//! $ DATABASE_URL=postgres://app:hunter2@db.example/shop cargo run --example figment --features serde
//! ```

#![expect(clippy::print_stdout, reason = "an example")]

use std::error::Error;

use database_url::{Database, service};
use figment::Figment;
use figment::providers::{Env, Format, Json};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Settings {
    /// Of any engine; `postgres::Config` or another where only one will do.
    database: Database,
    cache: Option<service::Config>,
    workers: u16,
}

const FILE: &str = r#"{
    "database": "postgres://localhost/shop_dev",
    "cache": "redis://localhost:6379",
    "workers": 4
}"#;

fn settings(file: &str, variables: Env) -> Result<Settings, Box<figment::Error>> {
    let variables = variables.only(&["DATABASE_URL", "CACHE_URL"]);
    let variables = variables.map(|name| name.as_str().trim_end_matches("_URL").into());
    let settings = Figment::from(Json::string(file)).merge(variables);
    settings.extract().map_err(Box::new)
}

fn main() -> Result<(), Box<dyn Error>> {
    let settings = settings(FILE, Env::raw())?;
    println!("{} for {} workers", settings.database, settings.workers);
    if let Some(cache) = settings.cache {
        println!("cached by {cache}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use database_url::Engine;

    /// No variable of this process.
    fn none() -> Env {
        Env::raw().only(&[])
    }

    fn file(database: &str) -> String {
        format!(r#"{{ "database": {database}, "workers": 1 }}"#)
    }

    #[test]
    fn a_database_of_any_engine_is_a_field() {
        let settings = settings(FILE, none()).expect("settings");
        assert_eq!(settings.database.engine(), Engine::Postgres);
        assert_eq!(
            settings.database.to_string(),
            "postgres://localhost/shop_dev"
        );
        assert_eq!(settings.cache.expect("a cache").engine(), Engine::Redis);
        let other = file(r#""mysql://app:hunter2@db.example/shop""#);
        let settings = super::settings(&other, none()).expect("settings");
        assert_eq!(settings.database.engine(), Engine::MySql);
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn errors_name_the_key_and_show_nothing_of_the_value() {
        for (database, given) in [
            (r#""postgres://app:hunter2@h:hunter2/d""#, "invalid port"),
            (r#""postgres://app:hunter2/9@h/d""#, "%2F"),
            (r#""hunter2""#, "unknown format"),
            ("31337.5", "expected"),
            ("true", "expected"),
            ("-31337", "expected"),
            (r#"["hunter2"]"#, "expected"),
            (r#"{"hunter2": "hunter2"}"#, "expected"),
            ("null", "expected"),
        ] {
            let error = settings(&file(database), none()).expect_err(database);
            let shown = format!("{error} {error:?} {error:#?}");
            assert!(shown.contains(given), "{database}: {shown}");
            assert!(error.to_string().contains("database"), "{error}");
            assert!(
                !shown.contains("hunter2") && !shown.contains("31337"),
                "{database}: {shown}"
            );
        }
    }
}
