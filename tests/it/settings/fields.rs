//! What single fields of settings files may hold: each row is a key, its value, and what comes of it.

use std::fmt::Write as _;

use database_url::Vars;
use database_url::settings::{Settings, System};

use crate::common::Failures;

/// Values in JSON, in a section of MySQL or Postgres; the error's kind, or a warning's code, or nothing.
const ROWS: &[(&str, &str, &str, &str)] = &[
    (
        "postgres",
        "host",
        "db:5432",
        "error invalid-value: its own key",
    ),
    (
        "mysql",
        "host",
        "db:3306",
        "error invalid-value: its own key",
    ),
    (
        "postgres",
        "host",
        "[::1]",
        "error invalid-value: its own key",
    ),
    ("postgres", "host", "::1", ""),
    ("postgres", "host", "fe80::1%eth0", ""),
    ("postgres", "host", "h1,h2", ""),
    ("postgres", "host", "/cloudsql/project:region:instance", ""),
    ("postgres", "host", "@abstract", ""),
    (
        "postgres",
        "host",
        "/tmp/.s.PGSQL.5432",
        "error invalid-value: socket's directory",
    ),
    (
        "postgres",
        "host",
        "postgres://a:b@h/d",
        "error invalid-value: whole URL",
    ),
    (
        "postgres",
        "host",
        "db/shop",
        "error invalid-value: have keys of their own",
    ),
    (
        "postgres",
        "host",
        "db\\n",
        "error control-character: line end",
    ),
    (
        "postgres",
        "username",
        "app\\n",
        "error control-character: line end",
    ),
    (
        "postgres",
        "database",
        "shop\\t",
        "error control-character: line end",
    ),
    (
        "mysql",
        "database",
        "sh\\u0001op",
        "error control-character: line end",
    ),
    (
        "postgres",
        "port",
        "5432\\n",
        "error control-character: line end",
    ),
    (
        "postgres",
        "host",
        "db\\u2028.example",
        "error control-character: line end",
    ),
    (
        "mysql",
        "password",
        "k\\u20293y",
        "warning control-character: line end",
    ),
    (
        "postgres",
        "password",
        "k3y\\n",
        "warning control-character: line end",
    ),
    (
        "mysql",
        "password",
        "k\\r3y",
        "warning control-character: line end",
    ),
    ("postgres", "password", "pa$word", ""),
    (
        "postgres",
        "password",
        "****",
        "warning suspicious-value: masked",
    ),
    (
        "postgres",
        "password",
        "[YOUR-PASSWORD]",
        "warning placeholder-password: placeholder",
    ),
    (
        "postgres",
        "username",
        "${DB_USER}",
        "warning suspicious-value: unexpanded",
    ),
    (
        "postgres",
        "database",
        "/var/run/postgresql",
        "error invalid-value: `host` (Postgres)",
    ),
    (
        "postgres",
        "database",
        "postgres://h/d",
        "error invalid-value: whole URL",
    ),
    ("sqlite", "storage", "/var/lib/shop.db", ""),
];

#[test]
fn a_field_holds_its_own_part_alone() {
    let mut failures = Failures::default();
    for (dialect, key, value, expected) in ROWS {
        let mut text = format!(r#"{{"p": {{"dialect": "{dialect}", "{key}": "{value}""#);
        for (name, other) in [("host", "db.example"), ("database", "shop")] {
            if name != *key && *dialect != "sqlite" {
                let _ = write!(text, r#", "{name}": "{other}""#);
            }
        }
        text.push_str("}}");
        let settings = Settings::from_str("config/config.json", text).expect("not too long");
        let settings = settings
            .with_system(System::Sequelize)
            .with_environment("p");
        let (found, shown) = match settings.resolve(&Vars::default()) {
            Err(error) => {
                let help = error.help().unwrap_or_default();
                (
                    format!("error {}", error.kind().as_str()),
                    format!("{error} {help}"),
                )
            }
            Ok(resolved) => match resolved.warnings().first() {
                Some(warning) => (
                    format!("warning {}", warning.code()),
                    format!("{warning} {}", warning.help()),
                ),
                None => (String::new(), String::new()),
            },
        };
        let (code, phrase) = expected.split_once(": ").unwrap_or((expected, ""));
        let shown = if shown.contains(phrase) {
            phrase
        } else {
            &shown
        };
        failures.compare(
            &format!("{dialect} {key} {value}"),
            (found, shown.to_owned()),
            (code.to_owned(), phrase.to_owned()),
        );
    }
    failures.finish();
}
