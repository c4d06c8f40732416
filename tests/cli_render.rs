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
fn file(test: &str, name: &str, content: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("cli_render")
        .join(test);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(name), content).expect("a file");
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
fn variables_are_listed_with_their_places() {
    let yaml = "db:\n  url: ${DATABASE_URL}\n  pool: ${POOL:-5}\n  var: [BRONZE_URL]\n";
    let folder = file("list", "app.yaml", yaml);
    let output = run(&folder, &["app.yaml", "--list"]);
    assert_eq!(
        text(&output.stdout),
        "  DATABASE_URL  required       app.yaml:2:8: db.url\n  \
           POOL          has a default  app.yaml:3:9: db.pool\n  \
           BRONZE_URL    optional       app.yaml:4:9: db.var[0]\n"
    );
    assert_eq!((text(&output.stderr), output.status.code()), ("", Some(0)));
    let listed = object(&run(&folder, &["app.yaml", "--list", "--json"]));
    let source =
        json!({ "kind": "file", "path": "app.yaml", "line": 3, "column": 9, "key": "db.pool" });
    let expected = json!({ "name": "POOL", "default": true, "required": false, "source": source });
    assert_eq!(listed[1], expected);
    assert_eq!(listed.as_array().map(Vec::len), Some(3));
}

#[test]
fn a_list_of_a_file_that_is_wrong_is_refused_as_a_whole() {
    let folder = file("list_refused", "app.yaml", "a: ${X\nb: ${}\n");
    let output = run(&folder, &["app.yaml", "--list", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = &object(&output)["error"]["errors"];
    assert_eq!(errors.as_array().map(Vec::len), Some(2));
    let output = run(&folder, &["missing.yaml", "--list"]);
    assert!(text(&output.stderr).contains("missing.yaml"));
    assert_eq!(output.status.code(), Some(1));
}
