//! One URL or DSN before a peer and us.

pub use support::compare::What;

use crate::ours;
use crate::peer::Peer;
use crate::reading::Reading;

/// What the two make of a string.
pub type Outcome = support::compare::Outcome<Peer>;

/// One thing in which a peer and we differ.
pub type Finding = support::compare::Finding<Peer>;

impl support::compare::Oracle for Peer {
    type Case = String;
}

/// Puts the string before both.
#[must_use]
pub fn compare(peer: Peer, text: &str) -> Outcome {
    compare_with(peer, text, peer.read(text))
}

/// Puts the string before us, and compares with what the peer made of it.
#[must_use]
pub fn compare_with(peer: Peer, text: &str, theirs: Result<Reading, String>) -> Outcome {
    let ours = ours::read(peer, text)
        .map(Reading::into_fields)
        .map_err(|error| (error.kind().as_str(), error.to_string()));
    let theirs = theirs.map(Reading::into_fields);
    support::compare::compare(peer, &text.to_owned(), ours, theirs)
}
