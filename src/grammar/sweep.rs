//! One pass over a string that notes each byte that may delimit a part or that a guard looks for; all that follows steps from
//! one noted byte to the next, and looks at none between.
//!
//! ```text
//! postgres://app:p%40ss@db.example.com:5432/shop        the string
//!         ^^^   ^ ^    ^              ^    ^            the noted bytes, a bit each
//! ```
//!
//! The steps add up the [classes](Class) of what they meet. So a guard that looks for a byte knows after the walk whether
//! there is one, and most often has nothing left to do.

/// What a noted byte is, a bit each.
pub(crate) type Class = u32;
pub(crate) const COLON: Class = 1;
pub(crate) const SLASH: Class = 1 << 1;
pub(crate) const QUESTION: Class = 1 << 2;
pub(crate) const COMMA: Class = 1 << 3;
pub(crate) const AT: Class = 1 << 4;
pub(crate) const AMPERSAND: Class = 1 << 5;
pub(crate) const SEMICOLON: Class = 1 << 6;
pub(crate) const EQUALS: Class = 1 << 7;
pub(crate) const PLUS: Class = 1 << 8;
pub(crate) const PERCENT: Class = 1 << 9;
pub(crate) const BACKSLASH: Class = 1 << 10;
/// `[` and `]`.
pub(crate) const BRACKET: Class = 1 << 11;
/// `(`.
pub(crate) const PARENTHESIS: Class = 1 << 12;
/// `#`, `$` and `{`.
pub(crate) const MARK: Class = 1 << 13;
/// What C's `isspace` takes for a space.
pub(crate) const WHITESPACE: Class = 1 << 14;
/// The space itself.
pub(crate) const SPACE: Class = 1 << 15;
/// A control character, or a byte of a character that may be one.
pub(crate) const CONTROL: Class = 1 << 16;
/// `<`.
pub(crate) const ANGLE: Class = 1 << 17;
/// The end of the string, which no byte is.
pub(crate) const END: Class = 1 << 18;

/// What is escaped in a URL, or is a guard's on the string as a whole.
pub(crate) const SPECIAL: Class = PERCENT | SPACE | CONTROL | MARK;

static CLASSES: [Class; 256] = {
    let mut classes = [0; 256];
    let mut byte = u8::MAX;
    while byte > 0 {
        classes[byte as usize] = class(byte);
        byte -= 1;
    }
    classes[0] = class(0);
    classes
};

const fn class(byte: u8) -> Class {
    match byte {
        b':' => COLON,
        b'/' => SLASH,
        b'?' => QUESTION,
        b',' => COMMA,
        b'@' => AT,
        b'&' => AMPERSAND,
        b';' => SEMICOLON,
        b'=' => EQUALS,
        b'+' => PLUS,
        b'%' => PERCENT,
        b'\\' => BACKSLASH,
        b'[' | b']' => BRACKET,
        b'(' => PARENTHESIS,
        b'#' | b'$' | b'{' => MARK,
        b'<' => ANGLE,
        b' ' => SPACE | WHITESPACE,
        b'\t'..=b'\r' => CONTROL | WHITESPACE,
        0..=0x1f | 0x7f.. => CONTROL,
        _ => 0,
    }
}

/// So many bytes are read at once, and noted in one word of bits.
const WORD: usize = 64;
/// So many words are kept. Most strings have no more; later ones are made each time they are needed.
const KEPT: usize = 4;

/// The noted bytes of a string.
pub(crate) struct Sweep<'t> {
    text: &'t [u8],
    words: [u64; KEPT],
}

impl<'t> Sweep<'t> {
    #[expect(clippy::inline_always, reason = "what is returned is large")]
    #[inline(always)]
    pub(crate) fn of(text: &'t [u8]) -> Self {
        let mut words = [0; KEPT];
        for (kept, at) in words.iter_mut().zip((0..text.len()).step_by(WORD)) {
            *kept = word(text, at);
        }
        Self { text, words }
    }

    /// The bits of the word that begins at `at`.
    #[inline]
    fn word(&self, at: usize) -> u64 {
        match self.words.get(at / WORD) {
            Some(&word) => word,
            None => word(self.text, at),
        }
    }

    /// The first word from `at` on that has a bit, where it begins, and classes that are seen in it without one; the end where
    /// none has.
    #[inline(never)]
    fn later(&self, mut at: usize) -> (usize, u64, Class) {
        while let Some(whole) = self.text.get(at..).and_then(<[u8]>::first_chunk) {
            let lanes = lanes(whole);
            if lanes != [0; WORD] {
                let (bits, seen) = without_escapes(whole, gathered(&lanes));
                return (at, bits, seen);
            }
            at += WORD;
        }
        match self.text.get(at) {
            Some(_) => (at, word(self.text, at), 0),
            None => (self.text.len(), 0, 0),
        }
    }
}

/// The bits of a word, without those of escapes in a row, which are three bytes apart: no step ends at a `%`.
#[inline]
fn without_escapes(bytes: &[u8; WORD], bits: u64) -> (u64, Class) {
    if bits & (bits >> 3) & (bits >> 6) & (bits >> 9) == 0 {
        return (bits, 0);
    }
    let mut percents = [0; WORD];
    for (lane, &byte) in percents.iter_mut().zip(bytes) {
        *lane = u8::from(byte == b'%');
    }
    match gathered(&percents) {
        0 => (bits, 0),
        percents => (bits & !percents, PERCENT),
    }
}

#[inline(never)]
fn word(text: &[u8], at: usize) -> u64 {
    let mut padded;
    let (bytes, before) = match (text[at..].first_chunk(), text.last_chunk()) {
        (Some(bytes), _) => (bytes, 0),
        // The last bytes, with some that come before them.
        (None, Some(bytes)) => (bytes, at + WORD - text.len()),
        (None, None) => {
            padded = [b'a'; WORD];
            padded[..text.len()].copy_from_slice(text);
            (&padded, 0)
        }
    };
    gathered(&lanes(bytes)) >> before
}

/// A one for each noted byte, else a zero. Noted are all but letters, digits, `-` and `.`.
///
/// There are no branches, so that the compiler makes vector instructions of it; `benches/budget` shows if it does not.
#[expect(
    clippy::inline_always,
    reason = "what is returned is to stay in registers"
)]
#[inline(always)]
fn lanes(bytes: &[u8; WORD]) -> [u8; WORD] {
    // Vector instructions compare signed numbers only.
    let is_of = |byte: u8, first: u8, len: i8| {
        i8::from_ne_bytes([byte.wrapping_sub(first) ^ 0x80]) < i8::MIN + len
    };
    #[expect(clippy::needless_bitwise_bool, reason = "`&&` would branch")]
    let is_noted = |byte: u8| {
        let is_letter = is_of(byte | 0x20, b'a', 26);
        !(is_letter | (is_of(byte, b'-', 13) & (byte != b'/')))
    };
    let mut lanes = [0; WORD];
    for (lane, &byte) in lanes.iter_mut().zip(bytes) {
        *lane = u8::from(is_noted(byte));
    }
    lanes
}

/// The lanes as a bit each.
#[expect(clippy::inline_always, reason = "the lanes are to stay in registers")]
#[inline(always)]
fn gathered(lanes: &[u8; WORD]) -> u64 {
    let mut bits = 0;
    for (index, eight) in lanes.chunks_exact(8).enumerate() {
        let mut lanes = [0; 8];
        lanes.copy_from_slice(eight);
        // The product has the lowest bit of each lane in its highest byte.
        let byte = u64::from_le_bytes(lanes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= byte << (index * 8);
    }
    bits
}

/// Steps over the noted bytes from a position on.
#[derive(Clone)]
pub(crate) struct Walk<'s, 't> {
    sweep: &'s Sweep<'t>,
    /// Where the word that `bits` remain of begins.
    base: usize,
    bits: u64,
    /// The classes of all bytes that were met.
    pub(crate) seen: Class,
}

impl<'s, 't> Walk<'s, 't> {
    #[inline]
    pub(crate) fn from(sweep: &'s Sweep<'t>, at: usize) -> Self {
        let base = at / WORD * WORD;
        let bits = if at < sweep.text.len() {
            sweep.word(base) & (u64::MAX << (at % WORD))
        } else {
            0
        };
        Self {
            sweep,
            base,
            bits,
            seen: 0,
        }
    }

    pub(crate) const fn text(&self) -> &'t [u8] {
        self.sweep.text
    }

    /// Goes on at a position, with nothing seen.
    #[inline]
    pub(crate) fn seek(&mut self, at: usize) {
        *self = Self::from(self.sweep, at);
    }

    /// Steps to the next noted byte; gives where it is, and its class.
    #[inline]
    fn next(&mut self) -> Option<(usize, Class)> {
        let text = self.sweep.text;
        while self.bits == 0 {
            if self.base + WORD >= text.len() {
                return None;
            }
            self.base += WORD;
            if let Some(&bits) = self.sweep.words.get(self.base / WORD) {
                self.bits = bits;
            } else {
                let seen;
                (self.base, self.bits, seen) = self.sweep.later(self.base);
                self.seen |= seen;
            }
        }
        let at = self.base + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        let class = CLASSES[usize::from(*text.get(at)?)];
        self.seen |= class;
        Some((at, class))
    }

    /// Steps to the next byte of one of these classes, or to the end; gives where it is, and its class. No step ends at a `%`.
    #[inline]
    pub(crate) fn until(&mut self, classes: Class) -> (usize, Class) {
        while let Some((at, class)) = self.next() {
            if class & classes != 0 {
                return (at, class);
            }
        }
        (self.sweep.text.len(), END)
    }

    /// Steps to the end, and gives the classes of all bytes that were met.
    #[inline]
    pub(crate) fn see_all(&mut self) -> Class {
        while self.next().is_some() {}
        self.seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_with_a_class_is_noted() {
        for byte in 0..=u8::MAX {
            let is_noted = gathered(&lanes(&[byte; WORD]));
            assert!(is_noted == 0 || is_noted == u64::MAX, "{byte:#x}");
            assert!(is_noted != 0 || class(byte) == 0, "{byte:#x}");
            let is_common = byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
            assert!(is_noted == 0 || !is_common, "{byte:#x}");
        }
    }

    #[test]
    fn escapes_of_long_strings_are_seen() {
        for at in 0..1000 {
            let mut text = vec![b'a'; 1000];
            text[at] = b'%';
            let sweep = Sweep::of(&text);
            assert_eq!(Walk::from(&sweep, 0).see_all(), PERCENT, "{at}");
        }
    }

    #[test]
    fn each_byte_is_met_where_it_is_whatever_the_length() {
        for len in (0..200).chain([255, 256, 257, 300, 512]) {
            for at in 0..len {
                let mut text = vec![b'a'; len];
                text[at] = b'@';
                let sweep = Sweep::of(&text);
                let mut walk = Walk::from(&sweep, 0);
                assert_eq!(walk.until(AT), (at, AT), "{at} of {len}");
                assert_eq!(walk.until(AT), (len, END), "{at} of {len}");
                let mut later = Walk::from(&sweep, at + 1);
                assert_eq!(later.see_all(), 0, "{at} of {len}");
                later.seek(at);
                assert_eq!(later.until(AT), (at, AT), "{at} of {len}");
            }
        }
    }
}
