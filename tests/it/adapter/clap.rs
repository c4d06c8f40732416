//! Arguments of clap: a rejected value is not in what the user sees, the help is.

use clap::Parser;
use database_url::{Database, SecretStr, mysql, postgres, service, sqlite};

#[derive(Debug, Parser)]
#[command(name = "app")]
struct Cli {
    /// Read from a variable that every test has, and that is no connection string.
    #[arg(long, env = "CARGO_MANIFEST_DIR", hide_env_values = true)]
    db: Option<Database>,
    #[arg(long)]
    postgres: Option<postgres::Config>,
    #[arg(long)]
    mysql: Option<mysql::Config>,
    #[arg(long)]
    sqlite: Option<sqlite::Config>,
    #[arg(long)]
    service: Vec<service::Config>,
}

/// The variable would be rejected.
const DB: &str = "--db=sqlite::memory:";

#[test]
fn every_config_is_an_arguments_type() {
    let cli = Cli::try_parse_from([
        "app",
        DB,
        "--postgres=postgres://app:hunter2@db.example/shop",
        "--mysql=mysql://app:hunter2@db.example/shop",
        "--sqlite=sqlite:///app.db",
        "--service=redis://:hunter2@one.example",
        "--service=amqp://app:hunter2@two.example",
    ])
    .expect("all are fine");
    let password = cli.postgres.as_ref().and_then(postgres::Config::password);
    assert_eq!(password.map(SecretStr::expose), Some("hunter2"));
    assert_eq!(cli.service.len(), 2);
    let shown = format!("{cli:?}");
    assert!(
        !shown.contains("hunter2") && shown.contains("one.example"),
        "{shown}"
    );
}

#[test]
fn a_rejected_value_is_not_shown() {
    for argument in ["postgres", "mysql", "service", "sqlite", "db"] {
        for value in [
            "postgres://app:hunter2/x@db.example/shop",
            "app:hunter2@tcp(db)/shop",
            "hunter2",
            "redis://app:hunter2@db.example:x",
        ] {
            let error = Cli::try_parse_from(["app", &format!("--{argument}={value}")]);
            let error = error.expect_err(value);
            let shown = format!("{error} {error:?} {}", error.render());
            assert!(!shown.contains("hunter2"), "{argument} {value}: {shown}");
            assert_eq!(error.kind(), clap::error::ErrorKind::ValueValidation);
            assert_eq!(error.exit_code(), 2);
        }
    }
    let error = Cli::try_parse_from(["app", DB, "--postgres=postgres://db/d?slmode=require"]);
    let error = error.expect_err("misspelt");
    let shown = error.to_string();
    let expected = "error: invalid value for '--postgres <POSTGRES>': unknown keyword";
    assert!(shown.starts_with(expected), "{shown}");
    assert!(shown.contains("\n  did you mean `sslmode`?\n"), "{shown}");
}

#[test]
fn a_value_of_a_variable_is_not_shown() {
    let error = Cli::try_parse_from(["app"]).expect_err("the variable holds a path");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("'--db <DB>'"), "{shown}");
    assert!(!shown.contains(env!("CARGO_MANIFEST_DIR")), "{shown}");
    let help = Cli::try_parse_from(["app", "--help"])
        .expect_err("help")
        .to_string();
    assert!(help.contains("[env: CARGO_MANIFEST_DIR]"), "{help}");
    assert!(!help.contains(env!("CARGO_MANIFEST_DIR")), "{help}");
}

#[cfg(unix)]
#[test]
fn what_is_not_utf_8_is_not_shown() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let value = OsString::from_vec(b"--postgres=postgres://app:hunter2\xff@db".to_vec());
    let error = Cli::try_parse_from(["app".into(), value]).expect_err("not UTF-8");
    assert!(error.to_string().contains("invalid UTF-8"), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}
