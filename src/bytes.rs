//! Sets of bytes as tables, so that one load tells whether a byte is in a set.

pub(crate) struct Bytes([bool; 256]);

impl Bytes {
    /// The letters and digits of ASCII, and some more bytes.
    pub(crate) const fn alphanumeric_and(others: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut byte = 0_u8;
        while byte.is_ascii() {
            set[byte as usize] = byte.is_ascii_alphanumeric();
            byte += 1;
        }
        let mut at = 0;
        while at < others.len() {
            set[others[at] as usize] = true;
            at += 1;
        }
        Self(set)
    }

    /// Whether a string is made of nothing else.
    pub(crate) fn has_all_of(&self, text: &str) -> bool {
        text.bytes().all(|byte| self.0[usize::from(byte)])
    }
}
