//! The examples of `--help` run.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use super::manners::VERBS;
use super::verbs::{SHOP, run, status, stderr, stdout};

/// The examples of a help page, one command line each.
fn examples(verb: &str) -> Vec<String> {
    let help = run(&[], &[verb, "--help"], b"");
    let after = stdout(&help)
        .split("Examples:\n")
        .nth(1)
        .unwrap_or_default();
    let lines = after.lines().take_while(|line| line.starts_with("  "));
    lines.map(|line| line.trim().to_owned()).collect()
}

/// A folder with the files that the examples name, and the programs, which do nothing.
fn application() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("examples");
    for path in ["config", "bin"] {
        fs::create_dir_all(folder.join(path)).expect("a folder");
    }
    let settings = "production:\n  adapter: postgresql\nstaging:\n  adapter: postgresql\n";
    let sequelize = r#"{"production": {"use_env_variable": "DATABASE_URL"}}"#;
    for (path, text) in [
        ("config/database.yml", settings),
        ("config/config.json", sequelize),
        (".env", "A=1\n"),
        ("url.txt", SHOP.1),
        ("urls.txt", SHOP.1),
        ("template.txt", "a"),
    ] {
        fs::write(folder.join(path), text).expect("a file");
    }
    for program in ["heroku", "kubectl", "psql", "mysql", "pg_dump", "rails"] {
        let path = folder.join("bin").join(program);
        fs::write(
            &path,
            "#!/bin/sh\necho '{\"DATABASE_URL\": \"postgres://h/d\"}'\n",
        )
        .expect("a file");
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(&path, mode).expect("our own file");
    }
    folder
}

#[test]
fn the_examples_of_help_are_understood() {
    let folder = application();
    let path = format!("{}/bin:/usr/bin:/bin", folder.display());
    for verb in VERBS.iter().chain(&["--quiet"]) {
        let found = examples(verb);
        assert!(!found.is_empty(), "{verb}");
        for example in found {
            if example.starts_with("dburl wait") {
                // It needs a server.
                continue;
            }
            // What is found may be an error, but none of usage.
            let script = format!(
                "dburl() {{ {} \"$@\" || [ $? != 2 ]; }}; {example}",
                env!("CARGO_BIN_EXE_dburl")
            );
            let script = script.replace("/etc/bash_completion.d/", "");
            let mut bash = Command::new("bash");
            bash.args(["-o", "pipefail", "-c", &script])
                .env_clear()
                .envs([
                    SHOP,
                    ("PATH", &path),
                    ("HEROKU_POSTGRESQL_BRONZE_URL", SHOP.1),
                    ("JAWSDB_URL", "mysql://app:hunter2@db.example/d"),
                    ("URL", SHOP.1),
                    ("OLD", SHOP.1),
                    ("NEW", SHOP.1),
                ]);
            let output = bash.current_dir(&folder).output().expect("bash");
            assert_eq!(status(&output), 0, "{example}: {}", stderr(&output));
        }
    }
}
