//! `dburl render`: settings files, and the variables that they use.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};

const VARS: [(&str, &str); 4] = [
    ("DATABASE_URL", "postgres://app:hunter2@db.example/shop"),
    ("PW", "hunter2"),
    ("POOL", "7"),
    ("NOTHING", ""),
];

/// A folder of its own, with this one file.
fn file(folder: &str, name: &str, text: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("cli_render")
        .join(folder);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(name), text).expect("a file");
    folder
}

fn run(folder: &PathBuf, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dburl"));
    command.env_clear().envs(VARS).current_dir(folder);
    command
        .arg("render")
        .args(arguments)
        .output()
        .expect("dburl runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn object(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn variables_are_listed_with_their_locations() {
    let yaml = "db:\n  url: ${DATABASE_URL}\n  pool: ${POOL:-5}\n  var: [BRONZE_URL]\n";
    let folder = file("list", "app.yaml", yaml);
    let output = run(&folder, &["app.yaml", "--list"]);
    assert_eq!(
        text(&output.stdout),
        "  DATABASE_URL  required, set       app.yaml:2:8: db.url\n  \
           POOL          has a default, set  app.yaml:3:9: db.pool\n  \
           BRONZE_URL    optional, unset     app.yaml:4:9: db.var[0]\n"
    );
    assert_eq!((text(&output.stderr), output.status.code()), ("", Some(0)));
    let listed = object(&run(&folder, &["app.yaml", "--list", "--json"]));
    let source =
        json!({ "kind": "file", "path": "app.yaml", "line": 3, "column": 9, "key": "db.pool" });
    let expected = json!({
        "name": "POOL", "default": true, "required": false, "state": "set", "source": source
    });
    assert_eq!(listed[1], expected);
    assert_eq!(listed.as_array().map(Vec::len), Some(3));
}

#[test]
fn a_list_of_a_file_that_is_wrong_is_rejected_as_a_whole() {
    let folder = file("list_refused", "app.yaml", "a: ${X\nb: ${}\n");
    let output = run(&folder, &["app.yaml", "--list", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = &object(&output)["error"]["errors"];
    assert_eq!(errors.as_array().map(Vec::len), Some(2));
    let output = run(&folder, &["missing.yaml", "--list"]);
    assert!(text(&output.stderr).contains("missing.yaml"));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_file_is_shown_with_its_values_on_demand_only() {
    let yaml = concat!(
        "production:\n",
        "  url: <%= ENV['DATABASE_URL'] %>\n",
        "  password: literal\n",
        "  pool: <%= ENV['POOL'] %>\n",
        "  host: <%= ENV['GONE'] %>\n",
    );
    let folder = file("render", "database.yml", yaml);
    let output = run(&folder, &["database.yml"]);
    let warning = "warning: database.yml:5:9: production.host: GONE is not set [unset-variable]\n  \
                   set it, or give it a default in the file\n";
    assert_eq!(
        (text(&output.stdout), text(&output.stderr)),
        (
            "production:\n  url: \"****\"\n  password: \"****\"\n  pool: \"****\"\n  host: null\n",
            warning
        )
    );
    let output = run(&folder, &["database.yml", "--show-secrets"]);
    assert_eq!(
        text(&output.stdout),
        "production:\n  url: postgres://app:hunter2@db.example/shop\n  password: literal\n  pool: 7\n  host: null\n"
    );
    let shown = object(&run(&folder, &["database.yml", "--json"]));
    let members = json!({ "url": "****", "password": "****", "pool": "****", "host": null });
    assert_eq!(shown["value"], json!({ "production": members }));
    assert_eq!(shown["ok"], true);
    assert_eq!(shown["warnings"][0]["code"], "unset-variable");
    let real = object(&run(&folder, &["database.yml", "--json", "--show-secrets"]));
    assert_eq!(real["value"]["production"]["pool"], 7);
}

#[test]
fn variables_come_from_files_too_and_the_system_may_be_named() {
    let folder = file("files", "app.yaml", "url: $TOKEN_X\nname: ${EXTRA:-x}\n");
    file("files", ".env", "TOKEN_X=filled\nEXTRA=more\n");
    let arguments = ["app.yaml", "--env-file", ".env", "--show-secrets"];
    let output = run(&folder, &arguments);
    assert_eq!(text(&output.stdout), "url: filled\nname: more\n");
    let output = run(
        &folder,
        &[&arguments[..], &["--system", "conduit"]].concat(),
    );
    assert_eq!(text(&output.stdout), "url: filled\nname: null\n");
}

#[test]
fn all_that_is_missing_is_reported_together_and_nothing_is_shown() {
    let folder = file(
        "refused",
        "app.yaml",
        "a: $GONE\nb: literal\nc: ${NOTHING:?hunter2}\n",
    );
    let output = run(&folder, &["app.yaml"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    let message = text(&output.stderr);
    assert!(message.contains("app.yaml:1:4: a"), "{message}");
    assert!(message.contains("app.yaml:3:4: c"), "{message}");
    assert!(!message.contains("hunter2"), "{message}");
    let rejected = object(&run(&folder, &["app.yaml", "--json"]));
    assert_eq!(
        rejected["error"]["errors"].as_array().map(Vec::len),
        Some(2)
    );
}
