//! The tests' own knobs.

use std::str::FromStr;

/// A number from the environment, decimal.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "a test's own knobs")]
pub fn number<T: FromStr>(variable: &str, default: T) -> T {
    match std::env::var(variable) {
        Ok(value) => value
            .parse()
            .unwrap_or_else(|_| panic!("{variable} must be a number")),
        Err(_) => default,
    }
}

/// How many cases, and the seed: `DBURL_DIFF_CASES` and `DBURL_DIFF_SEED`, else these.
#[must_use]
pub fn cases_and_seed(cases: usize, seed: u64) -> (usize, u64) {
    let cases = number("DBURL_DIFF_CASES", cases);
    let seed = number("DBURL_DIFF_SEED", seed);
    eprintln!("DBURL_DIFF_SEED={seed} DBURL_DIFF_CASES={cases}");
    (cases, seed)
}
