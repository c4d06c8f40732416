//! A password written raw never changes the host, on any engine.

use crate::common::raw_password::{assert_escaped, count};

/// The fuzz package runs more of them, compiled for release.
#[test]
fn a_raw_password_is_refused_or_read_as_meant() {
    let (refused, read) = count(0..20_000);
    assert!(
        refused > 4_000 && read > 4_000,
        "{refused} refused, {read} read"
    );
}

#[test]
fn an_escaped_password_always_comes_back() {
    assert_escaped(0..20_000);
}
