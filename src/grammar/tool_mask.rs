//! What programs print in place of a secret. Pasted back it is an error; the renderers escape data that looks like it.

use crate::bytes::Bytes;

/// Whether a value is the mask of a tool.
#[expect(
    clippy::inline_always,
    reason = "most values differ in their first byte"
)]
#[inline(always)]
pub(crate) fn is_mask(raw: &[u8]) -> bool {
    matches!(raw, [first, ..] if FIRST.has(*first) && is_known(raw))
}

/// What masks begin with.
static FIRST: Bytes = Bytes::of(b"*xX[<({-RFM\xe2");

/// Asterisks, `x`, bullets, or a word such as `[REDACTED]`.
#[cold]
#[inline(never)]
fn is_known(raw: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(raw) else {
        return false;
    };
    let is_all = |of: &[char]| text.chars().all(|one| of.contains(&one));
    match text.chars().count() {
        len if len >= 3 && (is_all(&['*']) || is_all(&['•', '●', '∙', '⬤'])) => true,
        len if len >= 5 && (is_all(&['x']) || is_all(&['X'])) => true,
        _ => is_mask_word(text),
    }
}

/// `[REDACTED]`, `<masked>`, `***FILTERED***`: one of these words, in capitals or between brackets and the like.
fn is_mask_word(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "redacted",
        "filtered",
        "masked",
        "hidden",
        "scrubbed",
        "sensitive",
        "sensitive value",
        "sensitive data",
        "protected",
    ];
    let word = text.trim_matches(|one: char| "[]<>(){}*-_ ".contains(one));
    let is_marked = word.len() < text.len() || !word.contains(|one: char| one.is_ascii_lowercase());
    is_marked && WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}
