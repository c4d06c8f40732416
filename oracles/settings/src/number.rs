//! The tests' own knobs.

/// A number from the environment, decimal.
///
/// # Panics
/// If it is none.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "a test's own knobs")]
pub fn number(variable: &str, default: usize) -> usize {
    match std::env::var(variable) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{variable} must be a number")),
        Err(_) => default,
    }
}
