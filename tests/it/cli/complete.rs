//! `--complete`: what the client of the database adds, with files and lines.

use std::process::{Command, Output};

use serde_json::{Value, json};

use super::verbs::flat;
use crate::credentials::home;

fn run(home: &str, vars: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dburl"));
    command.env_clear().env("HOME", home).env("USER", "app");
    command.envs(vars.iter().copied()).args(arguments);
    command.output().expect("dburl runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

const FILES: &[(&str, &str)] = &[
    (".pgpass", "# ours\ndb.internal:6432:shop:app:hunter2\n"),
    (".pg_service.conf", "[prod]\nhost=db.internal\nport=6432\n"),
];
const VARS: &[(&str, &str)] = &[
    ("DATABASE_URL", "postgres:///shop?service=prod"),
    ("PGPORT", "1"),
];

#[test]
fn the_json_has_files_and_lines_and_what_lost() {
    let home = home("cli_json", FILES);
    let output = run(
        home.to_str().expect("UTF-8"),
        VARS,
        &["resolve", "--complete", "--json"],
    );
    let object: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        object["hosts"],
        json!([{ "host": "db.internal", "port": 6432 }])
    );
    assert_eq!(
        (&object["password"], &object["user"]),
        (&json!("****"), &json!("app"))
    );
    let from = |field: &str| &object["provenance"][field];
    assert_eq!(
        (&from("password")["kind"], &from("password")["line"]),
        (&json!("passfile"), &json!(2))
    );
    assert_eq!(
        (&from("host")["kind"], &from("host")["line"]),
        (&json!("service-file"), &json!(2))
    );
    assert_eq!(from("host")["key"], "prod.host");
    assert_eq!(
        object["lost"],
        json!({ "port": [{ "kind": "config-var", "name": "PGPORT" }] })
    );
    assert_eq!(object["defaults"]["sslmode"], "prefer");
}

#[test]
fn explain_shows_them_too() {
    let home = home("cli_text", FILES);
    let output = run(
        home.to_str().expect("UTF-8"),
        VARS,
        &["explain", "--complete"],
    );
    let shown = text(&output.stdout);
    for expected in [
        "postgres://app:****@db.internal:6432/shop (from DATABASE_URL)",
        "/.pgpass:2:1",
        "/.pg_service.conf:2:1: prod.host",
        "Defaults that apply",
        "Set, but another source came first port PGPORT",
    ] {
        assert!(flat(shown).contains(expected), "{expected} in\n{shown}");
    }
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn without_the_flag_nothing_is_read() {
    let home = home("cli_without", FILES);
    let output = run(home.to_str().expect("UTF-8"), VARS, &["resolve"]);
    assert_eq!(text(&output.stdout), "postgres:///shop?service=prod\n");
}

#[test]
fn the_variables_of_libpq_are_enough() {
    let home = home("cli_libpq", FILES);
    let vars = [
        ("PGHOST", "db.internal"),
        ("PGPORT", "6432"),
        ("PGDATABASE", "shop"),
    ];
    let output = run(
        home.to_str().expect("UTF-8"),
        &vars,
        &["resolve", "--show-secrets"],
    );
    assert_eq!(
        text(&output.stdout),
        "postgres://app:hunter2@db.internal:6432/shop\n"
    );
}

#[test]
fn a_service_that_is_not_there_names_its_source() {
    let home = home("cli_missing", FILES);
    let vars = [("PGSERVICE", "hunter2")];
    let output = run(home.to_str().expect("UTF-8"), &vars, &["resolve"]);
    let shown = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        shown.contains("PGSERVICE: unknown section: the service is not defined"),
        "{shown}"
    );
    assert!(!shown.contains("hunter2"), "{shown}");
}
