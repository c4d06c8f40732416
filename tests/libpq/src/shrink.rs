//! Makes a disagreement small enough to read.

use crate::compare::{Disagreement, compare};

/// The smallest text found that the two parsers disagree on in the same way: pieces are cut out, from halves down to
/// single characters, as long as that holds.
#[must_use]
pub fn shrink(disagreement: Box<Disagreement>) -> Box<Disagreement> {
    let kind = disagreement.kind();
    let mut best = disagreement;
    let mut piece = best.text.chars().count() / 2;
    while piece > 0 {
        match cut_one(&best.text, piece, &kind) {
            Some(smaller) => best = smaller,
            None => piece /= 2,
        }
    }
    best
}

/// The first shorter text, one piece of `piece` characters cut out, that still fails in the same way.
fn cut_one(text: &str, piece: usize, kind: &str) -> Option<Box<Disagreement>> {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).step_by(piece).find_map(|start| {
        let end = (start + piece).min(chars.len());
        let shorter: String = chars[..start].iter().chain(&chars[end..]).collect();
        compare(&shorter)
            .err()
            .filter(|disagreement| disagreement.kind() == kind)
    })
}
