//! Byte offsets of the parser's locations.

use saphyr_parser::Marker;

use crate::span::Position;

/// Where a byte of the text is in the file.
pub(super) type PositionOf<'p> = &'p dyn Fn(usize) -> Position;

/// Byte offsets of the parser's locations, which count characters.
pub(super) struct Offsets<'t> {
    text: &'t str,
    /// Those of every [`Self::STEP`] characters; none where each character is a byte.
    known: Vec<usize>,
}

impl<'t> Offsets<'t> {
    const STEP: usize = 64;

    pub(super) fn of(text: &'t str) -> Self {
        let known = if text.is_ascii() {
            Vec::new()
        } else {
            let offsets = text.char_indices().map(|(offset, _)| offset);
            offsets.step_by(Self::STEP).collect()
        };
        Self { text, known }
    }

    pub(super) fn byte(&self, mark: Marker) -> usize {
        let index = mark.index();
        if self.known.is_empty() {
            return index.min(self.text.len());
        }
        let Some(&start) = self.known.get(index / Self::STEP) else {
            return self.text.len();
        };
        let after = self.text[start..].char_indices().nth(index % Self::STEP);
        after.map_or(self.text.len(), |(offset, _)| start + offset)
    }
}
