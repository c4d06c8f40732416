//! go-sql-driver's own parser, in a small Go program (`go/main.go`).
//!
//! Needs Go (Debian: `golang-go`) and, once, the network: `go/driver` fetches the driver.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use support::process::ask_str;

use crate::reading::Reading;

/// What go-sql-driver makes of each DSN: its message, or its fields with all defaults. Its own switches that we have no
/// setting for (`parseTime`, `loc`…) are left out.
///
/// # Panics
/// If Go or the driver is missing, or if a DSN holds a NUL.
#[must_use]
pub fn read(dsns: &[String]) -> Vec<Result<Reading, String>> {
    assert!(dsns.iter().all(|dsn| !dsn.contains('\0')), "NUL separates");
    let answers: Vec<_> = ask_str(&mut Command::new(program()), dsns.join("\0"))
        .lines()
        .map(answer)
        .collect();
    assert_eq!(answers.len(), dsns.len());
    answers
}

fn answer(line: &str) -> Result<Reading, String> {
    let answer: Value = serde_json::from_str(line).expect("an object per line");
    if let Some(error) = answer["error"].as_str() {
        return Err(error.to_owned());
    }
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    let word = |name: &str| answer[name].to_string();
    let milliseconds = |name: &str| answer[name].as_i64().unwrap_or_default() / 1_000_000;
    let falls_back = answer["fallback"].as_bool().unwrap_or_default();
    let tls = match text("tls").as_str() {
        // The driver goes on in plain text if the server has no TLS.
        "true" | "skip-verify" if falls_back => "preferred",
        "true" => "verify_identity",
        "skip-verify" => "required",
        "preferred" => "preferred",
        _ => "disabled",
    };
    let parameters = answer["params"].as_object().into_iter().flatten();
    let parameters: BTreeMap<String, String> = parameters
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect();
    Ok(Reading::new()
        .with("user", Some(text("user")))
        .with("password", Some(text("password")))
        .with("net", Some(text("net")))
        .with("address", Some(text("address")))
        .with("database", Some(text("database")))
        .with("tls", Some(tls))
        .with("charset", Some(text("charset")))
        .with("collation", Some(text("collation")))
        .with("compress", Some(word("compress")))
        .with("connect_timeout_ms", Some(milliseconds("timeout")))
        .with("read_timeout_ms", Some(milliseconds("read_timeout")))
        .with("write_timeout_ms", Some(milliseconds("write_timeout")))
        .with("max_allowed_packet", Some(word("max_allowed_packet")))
        .with("local_infile", Some(word("allow_all_files")))
        .with("cleartext", Some(word("cleartext")))
        .with("found_rows", Some(word("found_rows")))
        .with("parameters", Some(format!("{parameters:?}"))))
}

/// The program, built once.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(build)
}

fn build() -> PathBuf {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("go");
    let output = Command::new(sources.join("driver")).output().expect("bash");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "go-sql-driver cannot be fetched: {messages}"
    );
    let gopath = String::from_utf8(output.stdout).expect("a path");
    let gopath = Path::new(gopath.trim());

    let binary = std::env::current_exe().expect("a test's binary");
    let work = binary
        .parent()
        .expect("a folder of Cargo's")
        .join("go-oracle");
    fs::create_dir_all(&work).expect("a folder for the program");
    let driver = gopath.join("src/github.com/go-sql-driver/mysql");
    let overlay = serde_json::json!({ "Replace": { driver.join("z_min.go").display().to_string(): sources.join("min.go") } });
    fs::write(work.join("overlay.json"), overlay.to_string()).expect("room for a file");
    let program = work.join("oracle");
    let built = Command::new("go")
        .args(["build", "-overlay"])
        .arg(work.join("overlay.json"))
        .arg("-o")
        .arg(&program)
        .arg(sources.join("main.go"))
        .env("GO111MODULE", "off")
        .env("GOPATH", gopath)
        .output()
        .expect("go (`apt-get install golang-go`)");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    program
}
