//! A settings struct with a database, by the crate config: a file, and variables over it.
//!
//! ```console
//! $ APP__DATABASE=postgres://app:hunter2@db.example/shop cargo run --example config --features serde
//! ```

#![expect(clippy::print_stdout, reason = "an example")]

use std::error::Error;

use config::{Config, ConfigError, Environment, File, FileFormat};
use database_url::{Database, postgres};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Settings {
    /// Of any engine; `postgres::Config` or another where only one will do.
    database: Database,
    /// From a URL as well as from a map of libpq's keywords.
    reports: Option<postgres::Config>,
    workers: u16,
}

const FILE: &str = r#"{
    "database": "postgres://localhost/shop_dev",
    "reports": { "host": "db.internal", "port": 5433, "dbname": "reports" },
    "workers": 4
}"#;

fn settings(file: &str, variables: Environment) -> Result<Settings, ConfigError> {
    let settings = Config::builder()
        .add_source(File::from_str(file, FileFormat::Json))
        .add_source(variables);
    settings.build()?.try_deserialize()
}

fn main() -> Result<(), Box<dyn Error>> {
    let settings = settings(FILE, Environment::with_prefix("APP").separator("__"))?;
    println!("{} for {} workers", settings.database, settings.workers);
    if let Some(reports) = settings.reports {
        println!("reports from {reports}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn variables(database: Option<&str>) -> Environment {
        let variables = database.map(|url| ("APP__DATABASE".to_owned(), url.to_owned()));
        let variables: HashMap<_, _> = variables.into_iter().collect();
        Environment::with_prefix("APP")
            .separator("__")
            .source(Some(variables))
    }

    fn file(database: &str) -> String {
        format!(r#"{{ "database": {database}, "workers": 1 }}"#)
    }

    #[test]
    fn a_database_is_a_field_and_a_variable_wins() {
        let settings = settings(FILE, variables(None)).expect("settings");
        assert_eq!(
            settings.database.to_string(),
            "postgres://localhost/shop_dev"
        );
        let reports = settings.reports.expect("a database");
        assert_eq!(reports.to_string(), "postgres://db.internal:5433/reports");
        let variables = variables(Some("mysql://app:hunter2@db.example/shop"));
        let settings = super::settings(FILE, variables).expect("settings");
        assert_eq!(
            settings.database.to_string(),
            "mysql://app:****@db.example/shop"
        );
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
        ] {
            let error = settings(&file(database), variables(None)).expect_err(database);
            let shown = format!("{error} {error:?} {error:#?}");
            assert!(shown.contains(given), "{database}: {shown}");
            assert!(error.to_string().contains("database"), "{error}");
            assert!(
                !shown.contains("hunter2") && !shown.contains("31337"),
                "{database}: {shown}"
            );
        }
        let error = settings(FILE, variables(Some("postgres://app:hunter2/9@h/d")))
            .expect_err("a raw slash");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}
