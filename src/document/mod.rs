//! A settings file as a tree: every key and every scalar with its location in the file.
//!
//! JSON and YAML give the same tree. A scalar keeps the text that was written (a password `0123` is these four
//! characters, whatever YAML makes of it); what kind of value it is, is asked when it is used.

#[cfg(any(feature = "json", feature = "yaml"))]
pub(crate) mod emit;
pub(crate) mod json;
mod node;
#[cfg(any(feature = "json", feature = "yaml"))]
pub(crate) mod node_ref;
#[cfg(feature = "yaml")]
pub(crate) mod yaml;

pub(crate) use crate::source::shown_key;
pub(crate) use node::{Entry, Node, NodeValue, Scalar, ScalarKind, Style};

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::ops::Range;

use crate::bytes::any;
use crate::error::{Error, ErrorKind};
use crate::key::Key;
use crate::limits::MAX_LEN;
use crate::source::KeyPath;
use crate::span::Position;

/// How many maps and lists may be within each other; a merge counts as one, so that a chain of them ends, too.
pub(crate) const MAX_DEPTH: usize = 64;

/// How many values (scalars, lists, maps) a document may hold, where each alias counts as all that it stands for.
pub(crate) const MAX_NODES: usize = 100_000;

/// How much text a document may hold, where each alias counts as all that it stands for, and what variables fill in counts, too.
pub(crate) const MAX_TEXT: usize = 16 * MAX_LEN;

/// Why a document was rejected, and where: the location is known before anybody knows the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DocumentFailure {
    pub(crate) error: Error,
    pub(crate) position: Position,
    /// The path of keys, such as `production.url`, as far as it is safe to show.
    pub(crate) key: String,
}

impl DocumentFailure {
    pub(crate) const fn new(error: Error, position: Position) -> Self {
        Self {
            error,
            position,
            key: String::new(),
        }
    }

    /// The same, seen from outside of the map that has this key.
    pub(crate) fn under(mut self, key: &str) -> Self {
        self.key = joined(shown_key(key), &self.key);
        self
    }

    /// The same, seen from outside of a list.
    pub(crate) fn under_index(mut self, index: usize) -> Self {
        self.key = joined(&format!("[{index}]"), &self.key);
        self
    }
}

/// A path of keys, one step longer at its front.
pub(crate) fn joined(outer: &str, inner: &str) -> String {
    let outer = KeyPath::empty().joined(outer);
    outer.joined(inner).as_str().to_owned()
}

/// What no document may be, in either grammar: too long, or with characters that no editor shows. Gives the string after
/// a byte order mark, and how many bytes that has.
pub(crate) fn checked<'t>(
    text: &'t str,
    location: &dyn Fn(usize) -> Position,
) -> Result<(&'t str, usize), DocumentFailure> {
    if text.len() > MAX_LEN {
        let error = Error::new(ErrorKind::TooLong, "expected a file of at most 1 MiB");
        return Err(DocumentFailure::new(error, location(0)));
    }
    if let Some(offset) = first_control(text.as_bytes()) {
        let error = if text.as_bytes()[offset] == 0 {
            Error::new(ErrorKind::NulByte, "expected a file of text")
                .with_help("save the file as UTF-8: text of two bytes per character has such bytes")
        } else {
            Error::new(ErrorKind::ControlCharacter, "expected a file of text").with_help(
                "remove it, or write it as an escape in a quoted value, such as \"\\u001b\"",
            )
        };
        return Err(DocumentFailure::new(error, location(offset)));
    }
    let after = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok((after, text.len() - after.len()))
}

/// The first control character but tab and line ends.
fn first_control(bytes: &[u8]) -> Option<usize> {
    let is_control =
        |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    if !any::<64>(bytes, is_control) {
        return None;
    }
    bytes.iter().position(|&byte| is_control(byte))
}

pub(crate) fn too_deep() -> Error {
    Error::new(
        ErrorKind::LimitExceeded,
        format!("expected at most {MAX_DEPTH} maps and lists within each other"),
    )
}

/// Counts the values of a document.
#[derive(Debug, Default)]
pub(crate) struct Count {
    values: Cell<usize>,
    #[cfg(feature = "yaml")]
    text: Cell<usize>,
}

impl Count {
    pub(crate) fn one(&self) -> Result<(), Error> {
        self.values.set(self.values.get() + 1);
        if self.values.get() > MAX_NODES {
            return Err(Error::new(
                ErrorKind::LimitExceeded,
                format!(
                    "expected at most {MAX_NODES} values, where each alias counts as all that it stands for"
                ),
            ));
        }
        Ok(())
    }

    /// Text, which only aliases can make more than the file.
    #[cfg(feature = "yaml")]
    pub(crate) fn text(&self, text: &str) -> Result<(), Error> {
        self.text.set(self.text.get() + text.len());
        if self.text.get() > MAX_TEXT {
            return Err(too_much_text());
        }
        Ok(())
    }
}

pub(crate) fn too_much_text() -> Error {
    Error::new(
        ErrorKind::LimitExceeded,
        "expected at most 16 MiB of text, with aliases written out and variables filled in",
    )
}

/// A duplicate key; `first` is the other location.
pub(crate) fn duplicate(first: Position) -> Error {
    Error::new(
        ErrorKind::DuplicateKey,
        format!(
            "it is at line {}, column {} already",
            first.line(),
            first.column()
        ),
    )
    .with_help("remove one of the two: parsers disagree on which of them counts")
}

/// The index of the first entry whose key appears earlier, and that of the earlier one.
pub(crate) fn first_duplicate<T>(
    entries: &[T],
    key: impl Fn(&T) -> &Key,
) -> Option<(usize, usize)> {
    const FEW: usize = 64;
    let is_same = |one: usize, other: usize| key(&entries[one]) == key(&entries[other]);
    if entries.len() <= FEW {
        // A bit for each key: most bits are of one key, if of any.
        let mut seen = [0_u64; 16];
        let may_be_seen = |at: &usize| {
            let bit = key(&entries[*at]).letters().hash() % 1024;
            let (word, bit) = (&mut seen[bit / 64], 1 << (bit % 64));
            std::mem::replace(word, *word | bit) & bit != 0
        };
        let mut seconds = (0..entries.len()).filter(may_be_seen);
        let first = |second| (0..second).find(|first| is_same(*first, second));
        return seconds.find_map(|second| Some((second, first(second)?)));
    }
    let mut seen = HashMap::with_capacity(entries.len());
    let mut entries = entries.iter().enumerate();
    entries.find_map(|(second, entry)| Some((second, seen.insert(&**key(entry), second)?)))
}

/// Locations of bytes in a string. A line ends at `\n`, `\r\n` or `\r`, as YAML has it; a byte order mark is no column.
pub(crate) fn positions(text: &str) -> impl Fn(usize) -> Position + '_ {
    let index = OnceCell::new();
    // Locations are requested in the order of the file, mostly: the next one is near the last.
    let last = Cell::new(0);
    move |offset| {
        let (known, is_ascii) = index.get_or_init(|| known_locations(text));
        let offset = offset.min(text.len());
        let is_nearest = |index: usize| {
            let from = known.get(index).is_some_and(|known| known.offset <= offset);
            from && known.get(index + 1).is_none_or(|next| next.offset > offset)
        };
        let guess = last.get();
        let nearest = (guess..guess + 3).find(|&index| is_nearest(index));
        let nearest = nearest.unwrap_or_else(|| {
            let after = known.partition_point(|known| known.offset <= offset);
            after.saturating_sub(1)
        });
        last.set(nearest);
        let nearest = known[nearest];
        let between = nearest.offset..offset;
        let characters = if *is_ascii {
            u32::try_from(between.len()).unwrap_or(u32::MAX)
        } else {
            characters(text.as_bytes(), between)
        };
        Position::new(nearest.line, nearest.column + characters)
    }
}

/// The locations of line starts, and whether all characters are bytes. Where they are not, a known location is never far from
/// any byte: locations are requested for each value of a line of a megabyte, too.
fn known_locations(text: &str) -> (Vec<Known>, bool) {
    const STEP: usize = 32;
    let bytes = text.as_bytes();
    let is_ascii = text.is_ascii();
    let mut at = Known {
        offset: 0,
        line: 1,
        column: 1,
    };
    let mut known = Vec::with_capacity(bytes.len() / STEP + 2);
    known.push(at);
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|&end| bytes[end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'));
    for end in ends.chain([bytes.len()]) {
        while !is_ascii && end - at.offset > STEP {
            let offset = at.offset + STEP;
            at = Known {
                offset,
                column: at.column + characters(bytes, at.offset..offset),
                ..at
            };
            known.push(at);
        }
        at = Known {
            offset: end + 1,
            line: at.line + 1,
            column: 1,
        };
        known.push(at);
    }
    (known, is_ascii)
}

/// A byte whose location is known.
#[derive(Clone, Copy)]
struct Known {
    offset: usize,
    line: u32,
    column: u32,
}

/// How many characters begin in a range of bytes; the mark at the front does not count.
fn characters(bytes: &[u8], range: Range<usize>) -> u32 {
    let mark = "\u{feff}".as_bytes();
    let has_mark = range.contains(&0) && bytes.starts_with(mark);
    let begins = bytes[range].iter().filter(|&&byte| byte & 0xc0 != 0x80);
    begins.fold(0, |count, _| count + 1) - u32::from(has_mark)
}

#[cfg(test)]
pub(crate) mod dump {
    use super::{DocumentFailure, Node, NodeValue, Style};

    /// In a thread as small as any: two megabytes, where a debug build's frames are large.
    pub(crate) fn in_a_small_thread(read: impl FnOnce() -> String + Send + 'static) -> String {
        let thread = std::thread::Builder::new().stack_size(2 << 20);
        let thread = thread.spawn(read).expect("a thread");
        thread.join().expect("no panic")
    }

    /// A tree in one line: JSON with each location after an `@`, texts in quotation marks where they were.
    pub(crate) fn tree(node: &Node) -> String {
        let location = node.position;
        match &node.value {
            NodeValue::Scalar(scalar) if scalar.style == Style::Plain => {
                format!("{}@{location}", scalar.text.expose())
            }
            NodeValue::Scalar(scalar) => format!("{:?}@{location}", scalar.text.expose()),
            NodeValue::List(nodes) => {
                let nodes: Vec<_> = nodes.iter().map(tree).collect();
                format!("[{}]@{location}", nodes.join(", "))
            }
            NodeValue::Map(entries) => {
                let entries = entries.iter().map(|entry| {
                    format!(
                        "{}@{}: {}",
                        &*entry.key,
                        entry.key_position,
                        tree(&entry.node)
                    )
                });
                format!("{{{}}}@{location}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// A tree without its locations.
    pub(crate) fn shape(node: &Node) -> String {
        match &node.value {
            NodeValue::Scalar(scalar) if scalar.style == Style::Plain => {
                scalar.text.expose().to_owned()
            }
            NodeValue::Scalar(scalar) => format!("{:?}", scalar.text.expose()),
            NodeValue::List(nodes) => {
                format!(
                    "[{}]",
                    nodes.iter().map(shape).collect::<Vec<_>>().join(", ")
                )
            }
            NodeValue::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|entry| format!("{}: {}", &*entry.key, shape(&entry.node)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }

    pub(crate) fn failure(failure: &DocumentFailure) -> String {
        format!("{} {} {}", failure.position, failure.key, failure.error)
    }
}

#[cfg(test)]
mod tests;
