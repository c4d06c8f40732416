//! JSON as a tree with locations: RFC 8259 and nothing beyond it, duplicate keys rejected.
//!
//! A reader of its own: serde's tree has no locations, and its buffers of texts grow while they hold one, so that pieces of a
//! password stay in freed memory; the locations that its raw values give are had by reading each level again. A test compares
//! the two on arbitrary texts.

use std::sync::Arc;

use crate::document::{
    Count, DocumentFailure, Entry, MAX_DEPTH, Node, NodeValue, Scalar, Style, checked, duplicate,
    first_duplicate, positions, too_deep,
};
use crate::error::{Error, ErrorKind};
use crate::key::{Key, Names};
use crate::limits::MAX_LEN;
use crate::secret::{Secret, SecretPiece};
use crate::span::{Position, Span};

/// Reads a document, of which the scalars are pieces.
pub(crate) fn parse(document: &Arc<Secret>) -> Result<Node, DocumentFailure> {
    let text = document.expose();
    let checked = || checked(text, &positions(text));
    if text.len() > MAX_LEN {
        checked()?;
    }
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let mut reader = JsonReader {
        document,
        text,
        at: start,
        line: 1,
        line_start: start,
        count: Count::default(),
        names: Names::of(text),
        entries: Vec::with_capacity(text.len() / ENTRY),
    };
    // No character is read that a document may not have, so that another look is worth it only then.
    reader
        .whole()
        .or_else(|failure| checked().and(Err(failure)))
}

struct JsonReader<'t> {
    document: &'t Arc<Secret>,
    text: &'t str,
    at: usize,
    /// The line, and the byte where it would begin if each of its characters up to here were one byte.
    line: u32,
    line_start: usize,
    count: Count,
    /// What is read of the maps that are not at their end, those of an inner one last.
    names: Names,
    entries: Vec<Entry>,
}

impl JsonReader<'_> {
    fn whole(&mut self) -> Result<Node, DocumentFailure> {
        let node = self.value(0)?;
        if self.peek().is_some() {
            return Err(self.reject("expected nothing after the document's one value", ""));
        }
        Ok(node)
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
            if byte == b'\n' || byte == b'\r' && bytes.get(self.at) != Some(&b'\n') {
                self.line += 1;
                self.line_start = self.at;
            }
        }
    }

    fn take(&mut self, wanted: u8) -> bool {
        // No space is before most of what is taken.
        let is_next = self.text.as_bytes().get(self.at) == Some(&wanted);
        let is_there = is_next || self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "documents are at most MAX_LEN bytes"
    )]
    fn here(&self) -> Position {
        Position::new(self.line, (self.at - self.line_start) as u32 + 1)
    }

    /// What was read since then.
    fn since(&self, start: usize) -> SecretPiece {
        SecretPiece::of(self.document, Span::new(start, self.at))
    }

    #[cold]
    fn reject(&self, expected: &'static str, help: &'static str) -> DocumentFailure {
        let error = Error::new(ErrorKind::InvalidDocument, expected).with_help(help);
        DocumentFailure::new(error, self.here())
    }

    #[expect(clippy::inline_always, reason = "what is returned is large")]
    #[inline(always)]
    fn value(&mut self, depth: usize) -> Result<Node, DocumentFailure> {
        let first = self.peek();
        let position = self.here();
        let failed = |error| DocumentFailure::new(error, position);
        self.count.one().map_err(failed)?;
        let value = match first {
            Some(b'"') => NodeValue::Scalar(Scalar::new(self.string()?, Style::Quoted)),
            Some(b'{' | b'[') if depth == MAX_DEPTH => return Err(failed(too_deep())),
            Some(b'{') => NodeValue::Map(self.map(depth + 1)?.into()),
            Some(b'[') => NodeValue::List(self.list(depth + 1)?),
            _ => NodeValue::Scalar(Scalar::new(self.plain()?, Style::Plain)),
        };
        Ok(Node { value, position })
    }

    fn map(&mut self, depth: usize) -> Result<Vec<Entry>, DocumentFailure> {
        self.at += 1;
        if self.take(b'}') {
            return Ok(Vec::new());
        }
        let (names, start) = (self.names.len(), self.entries.len());
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.reject("expected a key in double quotation marks", COMMA));
            }
            let key_position = self.here();
            let key = self.key(names)?;
            let node = if self.take(b':') {
                self.value(depth)
            } else {
                Err(self.reject("expected `:` after the key", ""))
            };
            let node = match node {
                Ok(node) => node,
                Err(failure) => return Err(failure.under(self.names.name(names, &key))),
            };
            self.entries.push(Entry {
                key,
                key_position,
                node,
            });
            if !self.take(b',') {
                break;
            }
        }
        if !self.take(b'}') {
            return Err(self.reject("expected `,` or `}`", ""));
        }
        // The first map takes the buffer over, which has room for the whole document.
        let mut entries = match start {
            0 => std::mem::take(&mut self.entries),
            _ => self.entries.split_off(start),
        };
        let keys = entries.iter_mut().map(|entry| &mut entry.key);
        self.names.share(names, keys);
        if let Some((second, first)) = first_duplicate(&entries, |entry| &entry.key) {
            let Entry {
                key, key_position, ..
            } = &entries[second];
            let error = duplicate(entries[first].key_position);
            return Err(DocumentFailure::new(error, *key_position).under(key));
        }
        Ok(entries)
    }

    /// A key of a map, whose names begin at `names`.
    fn key(&mut self, names: usize) -> Result<Key, DocumentFailure> {
        if let Some((key, len)) = self.names.read(names, self.text, self.at + 1) {
            self.at += len + 2;
            return Ok(key);
        }
        let name = self.string()?;
        Ok(self.names.push(names, name.expose()))
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node>, DocumentFailure> {
        self.at += 1;
        let mut nodes = Vec::new();
        if self.take(b']') {
            return Ok(nodes);
        }
        loop {
            let node = self.value(depth);
            nodes.push(node.map_err(|failure| failure.under_index(nodes.len()))?);
            if !self.take(b',') {
                break;
            }
        }
        if !self.take(b']') {
            return Err(self.reject("expected `,` or `]`", ""));
        }
        Ok(nodes)
    }

    /// A string in quotation marks. Most have no escape, so they are a piece of the document.
    #[expect(clippy::inline_always, reason = "what is returned is large")]
    #[inline(always)]
    fn string(&mut self) -> Result<SecretPiece, DocumentFailure> {
        self.at += 1;
        let start = self.at;
        self.run();
        let piece = self.since(start);
        if self.text.as_bytes().get(self.at) == Some(&b'"') {
            self.at += 1;
            return Ok(piece);
        }
        self.decoded(piece.to_secret()).map(SecretPiece::from)
    }

    /// The rest of a string with escapes.
    #[cold]
    fn decoded(&mut self, mut string: Secret) -> Result<Secret, DocumentFailure> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => {
                    let character = self.escape()?;
                    string.append(&[character.encode_utf8(&mut [0; 4])]);
                }
                Some(b'\t' | b'\r') => {
                    let expected = "expected `\\t` or `\\r` in place of the character itself";
                    return Err(self.reject(expected, ""));
                }
                _ => {
                    let help = "write a line end within a string as `\\n`";
                    return Err(self.reject("expected `\"` at the end of a string", help));
                }
            }
            let start = self.at;
            self.run();
            string.append(&[&self.text[start..self.at]]);
        }
    }

    /// Reads the characters up to the next one that may not be in a string as it is.
    #[inline]
    fn run(&mut self) {
        let (length, is_ascii) = run(&self.text.as_bytes()[self.at..]);
        let start = self.at;
        self.at += length;
        if !is_ascii {
            // A column is a character, whatever its bytes.
            let run = &self.text[start..self.at];
            self.line_start += length - run.chars().count();
        }
    }

    fn escape(&mut self) -> Result<char, DocumentFailure> {
        let rest = &self.text[self.at + 1..];
        let simple = match rest.bytes().next() {
            Some(same @ (b'"' | b'\\' | b'/')) => same,
            Some(b'b') => 0x08,
            Some(b'f') => 0x0c,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            _ => {
                let (character, length) = unicode(rest).ok_or_else(|| {
                    self.reject("expected an escape of JSON", "write a backslash as `\\\\`")
                })?;
                self.at += 1 + length;
                return Ok(character);
            }
        };
        self.at += 2;
        Ok(char::from(simple))
    }

    /// A number or a word, as it was written.
    fn plain(&mut self) -> Result<SecretPiece, DocumentFailure> {
        let rest = &self.text[self.at..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._".contains(byte);
        let written = &rest[..rest.bytes().take_while(is_part).count()];
        if !matches!(written, "null" | "true" | "false") && !is_number(written.as_bytes()) {
            let help = match rest.bytes().next() {
                Some(b'\'') => "JSON's quotation marks are double ones",
                Some(b'/') => "JSON has no comments",
                Some(b']' | b'}') => COMMA,
                None if self.here() == Position::new(1, 1) => {
                    "a document of nothing is written `{}`"
                }
                _ => "write a string in double quotation marks",
            };
            return Err(self.reject("expected a value", help));
        }
        let start = self.at;
        self.at += written.len();
        Ok(self.since(start))
    }
}

/// How long a key and its value are together, about.
const ENTRY: usize = 24;

const COMMA: &str = "remove a comma that nothing follows";

/// How many bytes are before the first that may not be in a string as it is, and whether all of them are surely ASCII.
fn run(bytes: &[u8]) -> (usize, bool) {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    let (mut at, mut all) = (0, 0);
    while let Some(word) = bytes[at..].first_chunk() {
        let word = u64::from_le_bytes(*word);
        all |= word;
        // The high bits of bytes that end it; the lowest of them is exact.
        let ends =
            [b'"', b'\\', 0x7f].map(|end| (word ^ (EACH * u64::from(end))).wrapping_sub(EACH));
        let controls = word.wrapping_sub(EACH * u64::from(b' '));
        let ends = (ends[0] | ends[1] | ends[2] | controls) & !word & HIGH;
        if ends != 0 {
            return (at + ends.trailing_zeros() as usize / 8, all & HIGH == 0);
        }
        at += 8;
    }
    let is_end = |byte: &u8| byte.is_ascii_control() || matches!(byte, b'"' | b'\\');
    let rest = &bytes[at..];
    (
        at + rest.iter().position(is_end).unwrap_or(rest.len()),
        false,
    )
}

/// `uXXXX`, twice where it is a pair of surrogates: the character, and how long it is written.
fn unicode(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| {
        let digits = text.strip_prefix('u')?.get(..4)?;
        let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16)
            .ok()
            .filter(|_| is_hexadecimal)
    };
    let high = unit(text)?;
    if !(0xd800..0xdc00).contains(&high) {
        return Some((char::from_u32(high)?, 5));
    }
    let low = unit(text[5..].strip_prefix('\\')?)?;
    let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    let character = char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)?;
    Some((character, 11))
}

/// JSON's numbers: no leading zero, no `+` in front, digits on both sides of the point.
fn is_number(text: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = text.strip_prefix(b"-").unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest[0] == b'0') {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(after) = rest.strip_prefix(b".") {
        let fraction = digits(after);
        if fraction == 0 {
            return false;
        }
        rest = &after[fraction..];
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let signed = exponent.strip_prefix(b"-").or(exponent.strip_prefix(b"+"));
        let exponent = signed.unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests;
