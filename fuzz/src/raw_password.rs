//! Passwords written raw, before every kind of host: an error, or what was meant.

#[path = "../../tests/it/common/raw_password/mod.rs"]
mod shared;

use shared::{Random, Shape};

/// The first two bytes choose the rest of the connection string; what follows them is the password.
///
/// # Panics
///
/// When the password is read, but not as it was meant.
pub fn check(text: &str) {
    let Some((shape, password)) = text.split_at_checked(2) else {
        return;
    };
    let seed = shape
        .bytes()
        .fold(0, |seed, byte| seed << 8 | u64::from(byte));
    let shape = Shape::of(&mut Random(seed));
    shared::read(&shape, password).unwrap_or_else(|what| panic!("{what}"));
}

/// Counts how the cases of some numbers are taken: rejected, and read as meant.
///
/// # Panics
///
/// With the first misreadings, if there are any.
#[must_use]
pub fn count(seeds: std::ops::Range<u64>) -> (u64, u64) {
    shared::count(seeds)
}

/// Reads the passwords of some numbers written as their escapes.
///
/// # Panics
///
/// With the first that do not come back, if there are any.
pub fn assert_escaped(seeds: std::ops::Range<u64>) {
    shared::assert_escaped(seeds);
}
