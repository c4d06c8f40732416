//! Sets of bytes as tables, so that one load tells whether a byte is in a set, and searches.

pub(crate) struct Bytes([bool; 256]);

impl Bytes {
    /// These bytes.
    pub(crate) const fn of(list: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut at = 0;
        while at < list.len() {
            set[list[at] as usize] = true;
            at += 1;
        }
        Self(set)
    }

    /// The letters and digits of ASCII, and these bytes.
    pub(crate) const fn alphanumeric_and(list: &[u8]) -> Self {
        Self::of(list)
            .with(b'A', b'Z')
            .with(b'a', b'z')
            .with(b'0', b'9')
    }

    /// The set with all bytes from the first to the last added.
    pub(crate) const fn with(mut self, first: u8, last: u8) -> Self {
        let mut byte = first;
        while byte <= last {
            self.0[byte as usize] = true;
            byte += 1;
        }
        self
    }

    #[inline]
    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// Whether a string is made of nothing else.
    #[inline]
    pub(crate) fn has_all_of(&self, text: &str) -> bool {
        !any::<8>(text.as_bytes(), |byte| !self.has(byte))
    }
}

/// Whether a byte is of a kind. There are no branches inside a block, so that the compiler makes vector instructions of it.
#[inline]
pub(crate) fn any<const BLOCK: usize>(text: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let hit = |block: &[u8; BLOCK]| block.iter().fold(false, |hit, &byte| hit | is(byte));
    let mut rest = text;
    while let Some((block, after)) = rest.split_first_chunk() {
        if hit(block) {
            return true;
        }
        rest = after;
    }
    // The last block overlaps with the one before, so that no byte is left over.
    match text.last_chunk() {
        Some(block) => hit(block),
        None => text.iter().any(|&byte| is(byte)),
    }
}

/// `str::contains`, compiled once and not wherever it is called.
#[inline(never)]
pub(crate) fn contains(text: &str, part: &str) -> bool {
    text.contains(part)
}
