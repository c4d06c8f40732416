//! Every seed, and every input that once was a finding, is checked again: on stable, without a fuzzer.

use std::fs;
use std::path::Path;

/// Checks each file of the target's seeds and regressions.
fn replay(target: &str, check: fn(&str)) {
    let mut files = 0;
    for kind in ["seeds", "regressions"] {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(kind)
            .join(target);
        for entry in fs::read_dir(&directory).expect("a directory for the target") {
            let path = entry.expect("a directory entry").path();
            let bytes = fs::read(&path).expect("a file");
            // As the fuzzer does: what is not UTF-8 is no input.
            if let Ok(text) = String::from_utf8(bytes) {
                // Seen only if the check panics.
                println!("{}", path.display());
                check(&text);
                files += 1;
            }
        }
    }
    assert!(files > 1, "no seeds found");
}

#[test]
fn parse() {
    replay("parse", database_url_fuzz::parse::check);
}

#[test]
fn raw_password() {
    replay("raw_password", database_url_fuzz::raw_password::check);
}

#[test]
fn round_trip() {
    replay("round_trip", database_url_fuzz::round_trip::check);
}

#[test]
fn no_secret() {
    replay("no_secret", database_url_fuzz::no_secret::check);
}

#[test]
fn differential() {
    replay("differential", database_url_fuzz::differential::check);
}

#[test]
fn mysql_parse() {
    replay("mysql_parse", database_url_fuzz::mysql_parse::check);
}

#[test]
fn mysql_round_trip() {
    replay(
        "mysql_round_trip",
        database_url_fuzz::mysql_round_trip::check,
    );
}

#[test]
fn mysql_no_secret() {
    replay("mysql_no_secret", database_url_fuzz::mysql_no_secret::check);
}

#[test]
fn service() {
    replay("service", database_url_fuzz::service::check);
}

#[test]
fn sqlite() {
    replay("sqlite", database_url_fuzz::sqlite::check);
}

#[test]
fn dotenv() {
    replay("dotenv", database_url_fuzz::dotenv::check);
}

#[test]
fn erb() {
    replay("erb", database_url_fuzz::erb::check);
}

#[test]
fn template_shell() {
    replay("template_shell", database_url_fuzz::template::shell);
}

#[test]
fn template_compose() {
    replay("template_compose", database_url_fuzz::template::compose);
}

#[test]
fn template_conduit() {
    replay("template_conduit", database_url_fuzz::template::conduit);
}

#[test]
fn settings() {
    replay("settings", database_url_fuzz::settings::check);
}
