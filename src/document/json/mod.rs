//! JSON as a tree with locations: RFC 8259 and nothing beyond it, duplicate keys rejected.
//!
//! A reader of its own: serde's tree has no locations, and its buffers of texts grow while they hold one, so that pieces of a
//! password stay in freed memory; the locations that its raw values give are had by reading each level again. A test compares
//! the two on arbitrary texts.

use std::sync::Arc;

use crate::bytes::Bytes;
use crate::document::{
    Count, DocumentFailure, Entry, MAX_DEPTH, Node, NodeValue, Scalar, Style, checked, duplicate,
    first_duplicate, too_deep,
};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::span::Position;

/// Reads a document. `place` says where in the file a byte of the text is.
pub(crate) fn parse(
    text: &str,
    location: &dyn Fn(usize) -> Position,
) -> Result<Node, DocumentFailure> {
    let (text, skipped) = checked(text, location)?;
    let mut reader = JsonReader {
        text,
        at: 0,
        count: Count::default(),
        location: &|offset| location(offset + skipped),
    };
    let node = reader.value(0)?;
    if reader.peek().is_some() {
        return Err(reader.reject("expected nothing after the document's one value", ""));
    }
    Ok(node)
}

struct JsonReader<'t> {
    text: &'t str,
    at: usize,
    count: Count,
    location: &'t dyn Fn(usize) -> Position,
}

impl<'t> JsonReader<'t> {
    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        let spaces = |byte: &u8| b" \t\r\n".contains(byte);
        self.at += self.text[self.at..].bytes().take_while(spaces).count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, wanted: u8) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn here(&self) -> Position {
        (self.location)(self.at)
    }

    #[cold]
    fn reject(&self, expected: &'static str, help: &'static str) -> DocumentFailure {
        let error = Error::new(ErrorKind::InvalidDocument, expected).with_help(help);
        DocumentFailure::new(error, self.here())
    }

    fn value(&mut self, depth: usize) -> Result<Node, DocumentFailure> {
        let first = self.peek();
        let position = self.here();
        let failed = |error| DocumentFailure::new(error, position);
        self.count.one().map_err(failed)?;
        if depth == MAX_DEPTH && matches!(first, Some(b'{' | b'[')) {
            return Err(failed(too_deep()));
        }
        let value = match first {
            Some(b'{') => NodeValue::Map(self.map(depth + 1)?.into()),
            Some(b'[') => NodeValue::List(self.list(depth + 1)?),
            Some(b'"') => NodeValue::Scalar(Scalar::new(self.string::<Secret>()?, Style::Quoted)),
            _ => NodeValue::Scalar(Scalar::new(self.plain()?, Style::Plain)),
        };
        Ok(Node { value, position })
    }

    fn map(&mut self, depth: usize) -> Result<Vec<Entry>, DocumentFailure> {
        self.at += 1;
        let mut entries = Vec::new();
        if self.take(b'}') {
            return Ok(entries);
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.reject("expected a key in double quotation marks", COMMA));
            }
            let key_position = self.here();
            let key: Arc<str> = self.string()?;
            if !self.take(b':') {
                return Err(self.reject("expected `:` after the key", "").under(&key));
            }
            let node = self.value(depth).map_err(|failure| failure.under(&key))?;
            entries.push(Entry {
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
        if let Some((second, first)) = first_duplicate(&entries, |entry| &entry.key) {
            let Entry {
                key, key_position, ..
            } = &entries[second];
            let error = duplicate(entries[first].key_position);
            return Err(DocumentFailure::new(error, *key_position).under(key));
        }
        Ok(entries)
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

    /// A string in quotation marks: its size first, so that the buffer never moves while it holds a secret.
    fn string<T: From<&'t str> + From<String>>(&mut self) -> Result<T, DocumentFailure> {
        self.at += 1;
        let start = self.at;
        // Most strings have no escape, so they are one run.
        let run = self.run();
        if self.text.as_bytes().get(start + run.len()) == Some(&b'"') {
            self.at += run.len() + 1;
            return Ok(run.into());
        }
        let mut length = 0;
        while let Some(piece) = self.piece()? {
            length += match piece {
                StringPiece::Run(run) => run.len(),
                StringPiece::Escaped(character) => character.len_utf8(),
            };
        }
        let mut string = String::with_capacity(length);
        self.at = start;
        while let Some(piece) = self.piece()? {
            match piece {
                StringPiece::Run(run) => string.push_str(run),
                StringPiece::Escaped(character) => string.push(character),
            }
        }
        Ok(string.into())
    }

    /// The characters up to the next one that may not be in a string as it is.
    fn run(&self) -> &'t str {
        // Keys and values are short mostly: a search by blocks would cost more than it saves.
        static ENDS: Bytes = Bytes::of(b"\"\\\n\t\r");
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|byte| ENDS.has(byte));
        &rest[..length.unwrap_or(rest.len())]
    }

    /// The next piece of a string; `None` after its closing quotation mark.
    fn piece(&mut self) -> Result<Option<StringPiece<'t>>, DocumentFailure> {
        let run = self.run();
        if !run.is_empty() {
            self.at += run.len();
            return Ok(Some(StringPiece::Run(run)));
        }
        match self.text[self.at..].bytes().next() {
            Some(b'"') => {
                self.at += 1;
                Ok(None)
            }
            Some(b'\\') => self
                .escape()
                .map(|character| Some(StringPiece::Escaped(character))),
            Some(b'\t' | b'\r') => Err(self.reject(
                "expected `\\t` or `\\r` in place of the character itself",
                "",
            )),
            _ => Err(self.reject(
                "expected `\"` at the end of a string",
                "write a line end within a string as `\\n`",
            )),
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
    fn plain(&mut self) -> Result<Secret, DocumentFailure> {
        let rest = &self.text[self.at..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._".contains(byte);
        let written = &rest[..rest.bytes().take_while(is_part).count()];
        if !matches!(written, "null" | "true" | "false") && !is_number(written.as_bytes()) {
            let help = match rest.bytes().next() {
                Some(b'\'') => "JSON's quotation marks are double ones",
                Some(b'/') => "JSON has no comments",
                Some(b']' | b'}') => COMMA,
                None if self.at == 0 => "a document of nothing is written `{}`",
                _ => "write a string in double quotation marks",
            };
            return Err(self.reject("expected a value", help));
        }
        self.at += written.len();
        Ok(Secret::from(written))
    }
}

/// A part of a string: as written, or after a backslash.
enum StringPiece<'t> {
    Run(&'t str),
    Escaped(char),
}

const COMMA: &str = "remove a comma that nothing follows";

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
