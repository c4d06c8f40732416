//! A key of a map in a document. The keys of one map share an allocation, which holds no value of the document.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use crate::did_you_mean::Letters;
use crate::span::Span;

/// A key, with what later code asks of it again and again.
#[derive(Clone)]
pub(crate) struct Key {
    /// All keys of its map.
    names: Arc<str>,
    span: Span,
    letters: Letters,
    is_word: bool,
}

impl Key {
    /// Which letters it has.
    pub(crate) const fn letters(&self) -> Letters {
        self.letters
    }

    /// Whether it is at most 20 letters, digits, `_`, `.` and `-`, without one of the last two in front: such a key may be
    /// shown, and needs no closer look.
    pub(crate) const fn is_word(&self) -> bool {
        self.is_word
    }

    /// What keys are sorted by where any order will do: most differ in their letters.
    pub(crate) fn rank(&self) -> (Letters, &str) {
        (self.letters(), self)
    }
}

/// The keys of the maps that are being read, those of an inner map after those of the outer one.
#[derive(Debug, Default)]
pub(crate) struct Names(String);

impl Names {
    /// Where the keys of a map begin that is read next.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// One more key of the innermost map, which began at `start`. It is empty until [`share`](Self::share).
    pub(crate) fn push(&mut self, start: usize, name: &str) -> Key {
        const LONGEST_WORD: usize = 20;
        let class = |found, byte| found | CLASSES[usize::from(byte)];
        let found: u64 = name.bytes().fold(0, class);
        let at = self.0.len() - start;
        self.0.push_str(name);
        Key {
            names: Arc::default(),
            span: Span::new(at, at + name.len()),
            letters: Letters(u32::try_from(found & !OTHER).unwrap_or_default()),
            is_word: name.len() <= LONGEST_WORD
                && found & OTHER == 0
                && !matches!(name.as_bytes(), [] | [b'.' | b'-', ..]),
        }
    }

    /// The name that a key was made of, while its map is being read.
    #[cfg(any(feature = "yaml", test))]
    pub(crate) fn name(&self, start: usize, key: &Key) -> &str {
        let names = self.0.get(start..).unwrap_or_default();
        names.get(key.span.range()).unwrap_or_default()
    }

    /// Gives the keys of the innermost map their names.
    pub(crate) fn share<'k>(&mut self, start: usize, keys: impl Iterator<Item = &'k mut Key>) {
        let names: Arc<str> = self.0.get(start..).unwrap_or_default().into();
        keys.for_each(|key| key.names = names.clone());
        self.0.truncate(start);
    }
}

/// The bit of bytes that are in no word.
const OTHER: u64 = 1 << 32;

/// The letter of each byte, and [`OTHER`].
static CLASSES: [u64; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0_u8;
    loop {
        let is_in_word = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        classes[byte as usize] = Letters::bit(byte) as u64 | if is_in_word { 0 } else { OTHER };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

impl From<&str> for Key {
    fn from(name: &str) -> Self {
        let mut names = Names::default();
        let mut key = names.push(0, name);
        names.share(0, std::iter::once(&mut key));
        key
    }
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        self.names.get(self.span.range()).unwrap_or_default()
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.letters == other.letters && **self == **other
    }
}

impl PartialEq<str> for Key {
    fn eq(&self, other: &str) -> bool {
        self.names.as_bytes().get(self.span.range()) == Some(other.as_bytes())
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_maps_within_each_other_have_their_names() {
        let mut names = Names::default();
        let mut outer = vec![names.push(0, "outer")];
        let start = names.len();
        let mut inner = ["", "größe", "b"].map(|name| names.push(start, name));
        assert_eq!(names.name(start, &inner[1]), "größe");
        names.share(start, inner.iter_mut());
        outer.push(names.push(0, "last"));
        names.share(0, outer.iter_mut());
        assert_eq!([&*inner[0], &*inner[1], &*inner[2]], ["", "größe", "b"]);
        assert_eq!([&*outer[0], &*outer[1]], ["outer", "last"]);
        assert_eq!(names.len(), 0);
    }
}
