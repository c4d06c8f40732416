//! Our libpq dialect and libpq 18 itself agree.

use database_url_libpq_oracle::compare::compare;

/// # Panics
/// When the two disagree.
pub fn check(text: &str) {
    if let Err(disagreement) = compare(text) {
        panic!("{disagreement}");
    }
}
