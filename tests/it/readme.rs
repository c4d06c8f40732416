//! README.md: its console blocks run, and its table beside the peers is true of this crate.

use database_url::postgres::Config;

const README: &str = include_str!("../../README.md");

#[test]
fn console_blocks() {
    trycmd::TestCases::new().case("README.md");
}

/// What the second column says of an input: the kind of the refusal, or the masked config and whether it is warned of.
fn ours(input: &str) -> String {
    match input.parse::<Config>() {
        Err(error) => format!("refused: `{}`", error.kind()),
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
fn the_table_beside_the_peers_is_true() {
    let rows = README
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

/// The minimum supported version is said the same everywhere.
#[test]
fn the_rust_version_is_that_of_the_manifest() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(README.contains(&format!("Rust {version} or later")));
    assert!(README.contains(&format!("minimum supported Rust version is {version}")));
}
