//! README.md and `docs/`: their tables are true of this crate. Their console blocks run in `tests/docs.rs`.

mod fit;

use std::fs;
use std::path::{Path, PathBuf};

use database_url::postgres::Config;

use crate::common::overwrites;

fn path(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(page)
}

fn page(name: &str) -> String {
    fs::read_to_string(path(name)).expect("a page in UTF-8")
}

/// Compares a page with what it should be, or writes it.
fn update(name: &str, expected: &str) {
    if overwrites() {
        fs::write(path(name), expected).expect("the page");
    }
    let found = page(name);
    let wrong = found
        .lines()
        .zip(expected.lines())
        .find(|(old, new)| old != new);
    assert_eq!(wrong, None, "{name}: run with TRYCMD=overwrite");
    assert_eq!(
        found.len(),
        expected.len(),
        "{name}: run with TRYCMD=overwrite"
    );
}

/// What the second column has for an input: the kind of the error, or the masked config and whether there is a warning.
fn ours(input: &str) -> String {
    match input.parse::<Config>() {
        Err(error) => format!("rejected: `{}`", error.kind()),
        Ok(config) => {
            let warned = if config.warnings().next().is_some() {
                ", warned"
            } else {
                ""
            };
            format!("`{config}`{warned}")
        }
    }
}

#[test]
fn the_comparison_with_other_parsers_is_true() {
    let compare = page("docs/COMPARE.md");
    let rows = compare
        .lines()
        .skip_while(|line| !line.starts_with("| input | database-url |"))
        .skip(2);
    let mut checked = 0;
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 8, "{row}");
        assert_eq!(ours(cells[0].trim_matches('`')), cells[1], "{row}");
        checked += 1;
    }
    assert!(checked >= 15, "the table was found: {checked}");
}

#[test]
fn the_rust_version_is_that_of_the_manifest() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    let readme = page("README.md");
    assert!(readme.contains(&format!("Rust {version} or later")));
    assert!(readme.contains(&format!("minimum supported Rust version is {version}")));
}

#[test]
fn the_readme_fits_on_a_few_screens() {
    let readme = page("README.md");
    assert!(readme.lines().count() <= 200);
    assert!(!readme.contains("\n? 1\n") && !readme.contains("\n# Ok"));
}
