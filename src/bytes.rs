//! Sets of bytes as tables, so that one load tells whether a byte is in a set, and the search for a string.

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
    pub(crate) fn has_all_of(&self, text: &str) -> bool {
        text.bytes().all(|byte| self.has(byte))
    }
}

/// `str::contains`, compiled once and not wherever it is called.
#[inline(never)]
pub(crate) fn contains(text: &str, part: &str) -> bool {
    text.contains(part)
}
