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
    /// All keys of its map, once it is read.
    names: Option<Arc<str>>,
    span: Span,
    /// Which letters it has, and [`OTHER`] unless it is a word.
    found: u64,
}

impl Key {
    /// Which letters it has.
    pub(crate) fn letters(&self) -> Letters {
        Letters(u32::try_from(self.found & LETTERS).unwrap_or_default())
    }

    /// Whether it is at most 20 letters, digits, `_`, `.` and `-`, without one of the last two in front: such a key may be
    /// shown, and needs no closer look.
    pub(crate) const fn is_word(&self) -> bool {
        self.found & OTHER == 0
    }
}

/// The keys of the maps that are being read, those of an inner map after those of the outer one.
#[derive(Debug)]
pub(crate) struct Names(String);

impl Names {
    /// For the keys of a document.
    pub(crate) fn of(document: &str) -> Self {
        Self(String::with_capacity(document.len() / 2))
    }

    /// Where the keys of a map begin that is read next.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// One more key of the innermost map, which began at `start`. It is empty until [`share`](Self::share).
    pub(crate) fn push(&mut self, start: usize, name: &str) -> Key {
        let class = |found, byte| found | CLASSES[usize::from(byte)];
        let found = match name.bytes().fold(0, class) {
            found if found & END == 0 => found,
            _ => OTHER | u64::from(Letters::of(name).0),
        };
        self.add(start, name, found)
    }

    /// The same of what is before a quotation mark in a document, and its length; `None` unless it is ASCII without escapes.
    #[inline]
    pub(crate) fn read(&mut self, start: usize, document: &str, at: usize) -> Option<(Key, usize)> {
        let document = document.get(at..)?;
        let rest = document.as_bytes();
        let class = |byte: u8| CLASSES[usize::from(byte)];
        let (mut found, mut len) = (0, 0);
        for four in rest.chunks_exact(4) {
            let classes = four.iter().fold(0, |found, byte| found | class(*byte));
            if classes & END != 0 {
                break;
            }
            found |= classes;
            len += 4;
        }
        len += rest[len..].iter().position(|byte| {
            found |= class(*byte);
            found & END != 0
        })?;
        let name = document.get(..len).filter(|_| rest[len] == b'"')?;
        Some((self.add(start, name, found), len))
    }

    #[inline]
    fn add(&mut self, start: usize, name: &str, found: u64) -> Key {
        let at = self.0.len() - start;
        self.0.push_str(name);
        let is_word =
            name.len() <= LONGEST_WORD && !matches!(name.as_bytes(), [] | [b'.' | b'-', ..]);
        Key {
            names: None,
            span: Span::new(at, at + name.len()),
            found: if is_word { found } else { found | OTHER },
        }
    }

    /// The name that a key was made of, while its map is being read.
    pub(crate) fn name(&self, start: usize, key: &Key) -> &str {
        let names = self.0.get(start..).unwrap_or_default();
        names.get(key.span.range()).unwrap_or_default()
    }

    /// Gives the keys of the innermost map their names.
    pub(crate) fn share<'k>(&mut self, start: usize, keys: impl Iterator<Item = &'k mut Key>) {
        let names: Arc<str> = self.0.get(start..).unwrap_or_default().into();
        keys.for_each(|key| key.names = Some(names.clone()));
        self.0.truncate(start);
    }
}

/// A longer word of letters and digits mixed is no word.
pub(crate) const LONGEST_WORD: usize = 20;

/// The bits of letters.
const LETTERS: u64 = OTHER - 1;

/// The bit of bytes that are in no word.
const OTHER: u64 = 1 << 32;

/// The bit of bytes that are not written as they are in a string of JSON, and of those beyond ASCII.
const END: u64 = 1 << 63;

/// The letter of each byte and [`OTHER`], or [`END`] alone.
static CLASSES: [u64; 256] = {
    let mut classes = [END; 256];
    let mut byte = b' ';
    while byte < 0x7f {
        let is_in_word = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        if !matches!(byte, b'"' | b'\\') {
            classes[byte as usize] = Letters::bit(byte) as u64 | if is_in_word { 0 } else { OTHER };
        }
        byte += 1;
    }
    classes
};

impl From<&str> for Key {
    fn from(name: &str) -> Self {
        let mut names = Names::of(name);
        let mut key = names.push(0, name);
        names.share(0, std::iter::once(&mut key));
        key
    }
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        let names = self.names.as_deref().unwrap_or_default();
        names.get(self.span.range()).unwrap_or_default()
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.letters() == other.letters() && **self == **other
    }
}

impl PartialEq<str> for Key {
    fn eq(&self, other: &str) -> bool {
        // Most keys differ in their length already.
        self.span.range().len() == other.len() && **self == *other
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
        let mut names = Names::of("");
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
