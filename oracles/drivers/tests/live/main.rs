//! Configs and real servers, in one program, so that each server starts once.

#![expect(
    clippy::items_after_statements,
    clippy::match_same_arms,
    clippy::needless_pass_by_value,
    reason = "tables and results are written where they are used"
)]

mod downgrade;
mod hosts;
mod passwords;
mod sessions;
mod tls;

/// All that is wrong, at once.
#[track_caller]
fn none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
