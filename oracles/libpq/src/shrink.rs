//! Makes a disagreement small enough to read.

use crate::compare::{Disagreement, compare};

/// Up to this many characters every cut is tried; there are too many of them in longer texts.
const SHORT: usize = 100;

/// The smallest text found that the two parsers disagree on in the same way: pieces are cut out, from halves down to
/// single characters, as long as that holds.
#[must_use]
pub fn shrink(disagreement: Box<Disagreement>) -> Box<Disagreement> {
    let kind = disagreement.kind();
    let mut best = disagreement;
    let mut piece = best.text.chars().count() / 2;
    while piece > 0 {
        let short = best.text.chars().count() <= SHORT;
        match cut_one(&best.text, piece, if short { 1 } else { piece }, &kind) {
            Some(smaller) => best = smaller,
            None if short => piece = piece.min(SHORT) - 1,
            None => piece /= 2,
        }
    }
    best
}

/// The first shorter text, one piece of `piece` characters cut out, that still fails in the same way.
fn cut_one(text: &str, piece: usize, step: usize, kind: &str) -> Option<Box<Disagreement>> {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).step_by(step).find_map(|start| {
        let end = (start + piece).min(chars.len());
        let shorter: String = chars[..start].iter().chain(&chars[end..]).collect();
        compare(&shorter)
            .err()
            .filter(|disagreement| disagreement.kind() == kind)
    })
}
