//! `--env-file`, `--vars` and `--secret-files`: whose variables the command reads, and what it says of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

/// The command in a folder of its own that holds these files.
fn dburl(test: &str, files: &[(&str, &str)], vars: &[(&str, &str)], arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli_variables")
        .join(test);
    fs::create_dir_all(&folder).expect("a folder");
    for (name, content) in files {
        fs::write(folder.join(name), content).expect("a file");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_dburl"));
    command
        .env_clear()
        .envs(vars.iter().copied())
        .args(arguments)
        .current_dir(folder);
    command.output().expect("dburl runs")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

const ENV: &[(&str, &str)] = &[(
    ".env",
    "# for development\n\nDATABASE_URL='postgres://app:hunter2@db.example/shop?sslmode=require'\n",
)];

#[test]
fn a_variable_of_a_file_is_shown_with_its_line() {
    let output = dburl("line", ENV, &[], &["explain", "--env-file", ".env"]);
    let shown = stdout(&output);
    assert!(
        shown.starts_with(
            "postgres://app:****@db.example/shop?sslmode=require (from DATABASE_URL (.env:3))\n"
        ),
        "{shown}"
    );
    assert!(
        shown.contains("\n  DATABASE_URL (.env:3)  used\n"),
        "{shown}"
    );
    let output = dburl("line", ENV, &[], &["list", "--env-file", ".env"]);
    assert!(
        stdout(&output).starts_with("  DATABASE_URL (.env:3)\n    postgres://app:****@"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn json_tells_the_origin_of_a_variable() {
    let output = dburl(
        "json",
        ENV,
        &[],
        &["resolve", "--json", "--env-file", ".env"],
    );
    let object: Value = serde_json::from_str(stdout(&output)).expect("JSON");
    let origin = json!({ "kind": "file", "path": ".env", "line": 3, "column": 1 });
    assert_eq!(
        object["source"],
        json!({ "kind": "config-var", "name": "DATABASE_URL", "origin": origin })
    );
    assert_eq!(object["considered"][0]["source"]["origin"], origin);
    assert_eq!(object["provenance"]["user"]["origin"], origin);
}

#[test]
fn the_process_wins_over_the_file() {
    let vars = [("DATABASE_URL", "postgres://h/process")];
    let output = dburl("process", ENV, &vars, &["resolve", "--env-file", ".env"]);
    assert_eq!(stdout(&output), "postgres://h/process\n");
}

#[test]
fn variables_of_an_app_replace_those_of_the_process() {
    let files = [
        ("config.json", r#"{"DATABASE_URL": "postgres://h/app"}"#),
        ("config.sh", "DATABASE_URL='postgres://h/app'\n"),
        ("empty.json", "{}"),
        (".env", "DATABASE_URL=postgres://h/file"),
    ];
    let vars = [("DATABASE_URL", "postgres://h/process")];
    let run = |arguments: &[&str]| dburl("replace", &files, &vars, arguments);
    for path in ["config.json", "config.sh"] {
        let output = run(&["resolve", "--vars", path]);
        assert_eq!(stdout(&output), "postgres://h/app\n", "{path}");
        let output = run(&["resolve", "--env-file", ".env", "--vars", path]);
        assert_eq!(stdout(&output), "postgres://h/app\n", "{path}");
    }
    let output = run(&["resolve", "--vars", "empty.json"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let output = run(&["resolve", "--vars", "empty.json", "--env-file", ".env"]);
    assert_eq!(stdout(&output), "postgres://h/file\n");
    let output = run(&["list", "--vars", "empty.json"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
}

#[test]
fn secret_files_are_read_only_where_it_is_requested() {
    let files = [("url", "postgres://app:hunter2@h/d\n")];
    let vars = [("DATABASE_URL_FILE", "url")];
    let output = dburl("secret", &files, &vars, &["resolve"]);
    assert_eq!(output.status.code(), Some(3));
    let output = dburl("secret", &files, &vars, &["explain", "--secret-files"]);
    let first = stdout(&output).lines().next().expect("a line");
    assert_eq!(
        first,
        "postgres://app:****@h/d (from DATABASE_URL (DATABASE_URL_FILE))"
    );
    let vars = [("DATABASE_URL_FILE", "postgres://app:hunter2@h/d")];
    let output = dburl("secret", &files, &vars, &["resolve", "--secret-files"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("DATABASE_URL_FILE: cannot read"),
        "{}",
        stderr(&output)
    );
    assert!(!stderr(&output).contains("hunter2"), "{}", stderr(&output));
}

#[test]
fn templates_are_filled_from_files_too() {
    let files = [
        (".env", "HOST=db.example\n"),
        ("config.sh", "HOST=other.example\n"),
    ];
    let run = |arguments: &[&str]| {
        let all = ["expand", "--show-secrets", "http://$HOST"];
        dburl("expand", &files, &[], &[&all, arguments].concat())
    };
    assert_eq!(stdout(&run(&["--env-file", ".env"])), "http://db.example\n");
    assert_eq!(
        stdout(&run(&["--vars", "config.sh"])),
        "http://other.example\n"
    );
    assert_eq!(
        stdout(&run(&["--vars", "config.sh", "--env-file", ".env"])),
        "http://other.example\n"
    );
}

#[test]
fn a_file_that_readers_disagree_on_is_warned_of() {
    let files = [(".env", "DATABASE_URL=postgres://app:hunter#2@h/d\n")];
    for verb in ["explain", "resolve", "list"] {
        let output = dburl("warned", &files, &[], &[verb, "--env-file", ".env"]);
        let given = stderr(&output);
        assert!(
            given.contains(".env:1:1: DATABASE_URL: read differently by other readers"),
            "{given}"
        );
        assert!(!given.contains("hunter"), "{given}");
    }
    let output = dburl(
        "warned",
        &files,
        &[],
        &["resolve", "--json", "--env-file", ".env"],
    );
    let object: Value = serde_json::from_str(stdout(&output)).expect("JSON");
    assert_eq!(object["warnings"][0]["code"], "readers-disagree");
}

#[test]
fn a_file_that_cannot_be_read_is_rejected_with_its_location() {
    let files = [(".env", "DATABASE_URL='postgres://app:hunter2@h/d\n")];
    for verb in ["explain", "resolve", "list"] {
        let output = dburl("refused", &files, &[], &[verb, "--env-file", ".env"]);
        assert_eq!((output.status.code(), stdout(&output)), (Some(1), ""));
        let given = stderr(&output);
        assert!(
            given.starts_with("dburl: .env:1:14: DATABASE_URL: unterminated quoted value"),
            "{given}"
        );
        assert!(!given.contains("hunter2"), "{given}");
        for flag in ["--env-file", "--vars"] {
            let output = dburl("refused", &files, &[], &[verb, flag, "missing"]);
            assert_eq!(output.status.code(), Some(1));
            assert!(
                stderr(&output).starts_with("dburl: missing: cannot read"),
                "{}",
                stderr(&output)
            );
        }
    }
}

#[test]
fn all_that_is_wrong_with_a_file_is_reported() {
    let files = [(".env", "A\nB='\n=c\n")];
    let output = dburl("all", &files, &[], &["resolve", "--env-file", ".env"]);
    let given = stderr(&output);
    assert!(given.contains(".env:2:3: B: unterminated"), "{given}");
    assert!(given.contains(".env:3:1: invalid variable name"), "{given}");
}
