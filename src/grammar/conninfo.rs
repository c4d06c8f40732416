//! libpq's keyword/value text (`conninfo_parse`), one setting at a time.
//!
//! ```text
//! text    = *( ws / setting )
//! setting = key [ws] "=" [ws] value
//! value   = "'" *( "\" any / not-"'" ) "'" / *( "\" any / not-ws )      (a last lone "\" is dropped)
//! ```
//!
//! ws is C's `isspace`. Spaces after `=` are skipped even up to the next word: `password= user=ada` sets the password to
//! `user=ada`. A value may follow a closing quote without a space. Nothing is percent-decoded.

use std::fmt;

use memchr::{memchr2, memrchr};

use crate::bytes::{Bytes, contains};
use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::sweep::{BACKSLASH, EQUALS, WHITESPACE, Walk};
use crate::grammar::tool_mask;
use crate::span::{Component, Span};

/// One `key=value`; the value is raw, without its quotes.
pub(crate) struct ConninfoPair {
    pub(crate) key: Span,
    pub(crate) value: Span,
    pub(crate) quoted: bool,
    /// Spaces stood between `=` and the value.
    pub(crate) after_spaces: bool,
}

/// C's `isspace` in the C locale.
pub(crate) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn skip_spaces(text: &[u8], at: usize) -> usize {
    let mut at = at;
    while text.get(at).is_some_and(|&byte| is_space(byte)) {
        at += 1;
    }
    at
}

/// Reads the setting at or after `at`, where the walk is; also gives where to go on, and `None` at the end of the string.
#[inline]
pub(crate) fn setting(
    walk: &mut Walk<'_, '_>,
    at: usize,
) -> Result<Option<(ConninfoPair, usize)>, Error> {
    let text = walk.text();
    let start = skip_spaces(text, at);
    if start >= text.len() {
        return Ok(None);
    }
    if start > at {
        walk.seek(start);
    }
    let (key_end, ended_by) = walk.until(EQUALS | WHITESPACE);
    let key = Span::new(start, key_end);
    let mut equals = key_end;
    if ended_by != EQUALS {
        equals = skip_spaces(text, key_end);
        if text.get(equals) != Some(&b'=') {
            return Err(missing_equals(key));
        }
    }
    let value = skip_spaces(text, equals + 1);
    let after_spaces = value > equals + 1;
    let quoted = text.get(value) == Some(&b'\'');
    let (value, next) = if quoted {
        let (value, next) = quoted_value(text, value)?;
        walk.seek(next);
        (value, next)
    } else {
        if value > key_end + 1 {
            walk.seek(value);
        }
        let value = plain_value(walk, value);
        // The walk is past a space.
        (value, value.end() + 1)
    };
    Ok(Some((
        ConninfoPair {
            key,
            value,
            quoted,
            after_spaces,
        },
        next,
    )))
}

#[cold]
fn missing_equals(span: Span) -> Error {
    parse_error(
        ErrorKind::MissingEquals,
        Component::Text,
        span,
        "expected `=` after the keyword",
    )
    .with_help("put a value that holds spaces in single quotes, and write a `'` inside it as \\'")
}

#[inline]
fn plain_value(walk: &mut Walk<'_, '_>, start: usize) -> Span {
    loop {
        let (at, ended_by) = walk.until(WHITESPACE | BACKSLASH);
        if ended_by != BACKSLASH {
            return Span::new(start, at);
        }
        // What a backslash escapes is data.
        walk.seek(at + 2);
    }
}

fn quoted_value(text: &[u8], open: usize) -> Result<(Span, usize), Error> {
    let mut at = open + 1;
    while let Some(found) = text.get(at..).and_then(|tail| memchr2(b'\'', b'\\', tail)) {
        at += found;
        if text[at] == b'\'' {
            return Ok((Span::new(open + 1, at), at + 1));
        }
        at += 2;
    }
    let span = Span::new(open, text.len());
    Err(parse_error(
        ErrorKind::UnterminatedQuote,
        Component::Text,
        span,
        "expected a closing `'`",
    )
    .with_help("write a `'` inside a quoted value as \\'"))
}

/// Removes the backslashes of a raw value in place and returns its length; the bytes after it are overwritten.
pub(crate) fn unescape_in_place(value: &mut [u8]) -> usize {
    let mut written = 0;
    let mut read = 0;
    // INVARIANT: written <= read, so no byte is read after it was overwritten.
    while read < value.len() {
        if value[read] == b'\\' {
            read += 1;
        }
        if let Some(&byte) = value.get(read) {
            value[written] = byte;
            written += 1;
        }
        read += 1;
    }
    value[written..].fill(0);
    written
}

/// Whether a raw value ends with a `,` or `;` that is meant to separate it from the next setting; a list of ports may end so.
pub(crate) fn ends_setting(raw: &[u8]) -> bool {
    let of_ports = |byte: &u8| byte.is_ascii_digit() || *byte == b',';
    matches!(raw, [.., b',' | b';']) && !raw.iter().all(of_ports)
}

/// Writes a value: as it is where it is plain, else in quotes, escaped so that it is data, and so that no guard on raw
/// text takes it for a placeholder or a mask. A `guarded` value is also looked at for misplaced settings, and `escaped` are the
/// characters that are not its data otherwise.
pub(crate) fn write_value(
    out: &mut dyn fmt::Write,
    text: &str,
    guarded: bool,
    escaped: &[char],
) -> fmt::Result {
    static PLAIN: Bytes = Bytes::alphanumeric_and(b"-._~/:,@+%");
    let is_mask = tool_mask::is_mask(text.as_bytes());
    let plain =
        !text.is_empty() && !is_mask && !ends_setting(text.as_bytes()) && PLAIN.has_all_of(text);
    let holds_url = guarded && text.contains(':') && contains(text, "://");
    let suspect = holds_url || (guarded && memrchr(b'@', text.as_bytes()).is_some_and(|at| at > 0));
    if plain && !suspect && (escaped.is_empty() || !text.contains(escaped)) {
        return out.write_str(text);
    }
    out.write_char('\'')?;
    for (at, character) in text.char_indices() {
        let is_escaped = match character {
            _ if at == 0 && is_mask => true,
            '\'' | '\\' | '$' | '{' | '*' | '\u{2028}' | '\u{2029}' => true,
            character if character.is_control() => true,
            '@' | ';' | '&' => guarded,
            ':' if holds_url => true,
            character => escaped.contains(&character),
        };
        if is_escaped {
            out.write_char('\\')?;
        }
        out.write_char(character)?;
    }
    out.write_char('\'')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::sweep::Sweep;

    fn settings(text: &str) -> Result<Vec<(String, String)>, ErrorKind> {
        let mut found = Vec::new();
        let mut at = 0;
        let sweep = Sweep::of(text.as_bytes());
        let mut walk = Walk::from(&sweep, 0);
        while let Some((setting, next)) = setting(&mut walk, at).map_err(|error| error.kind())? {
            let mut value = text.as_bytes()[setting.value.range()].to_vec();
            let len = unescape_in_place(&mut value);
            value.truncate(len);
            found.push((
                text[setting.key.range()].to_owned(),
                String::from_utf8(value).expect("UTF-8"),
            ));
            at = next;
        }
        Ok(found)
    }

    #[track_caller]
    fn ok(text: &str, expected: &[(&str, &str)]) {
        let expected = expected
            .iter()
            .map(|&(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        assert_eq!(settings(text), Ok(expected), "{text:?}");
    }

    #[test]
    fn reads_what_libpq_reads() {
        ok("", &[]);
        ok(
            "host\t=\n\r\x0b\x0cdb\x0buser=a",
            &[("host", "db"), ("user", "a")],
        );
        ok("password= user=ada", &[("password", "user=ada")]);
        ok("password=", &[("password", "")]);
        ok("password='' user=a", &[("password", ""), ("user", "a")]);
        ok(
            "password='p'user=ada",
            &[("password", "p"), ("user", "ada")],
        );
        ok(r"password='it\'s \\ \x'", &[("password", r"it's \ x")]);
        ok(
            r"password=a\ b\\ user=c",
            &[("password", r"a b\"), ("user", "c")],
        );
        ok(r"password=a\", &[("password", "a")]);
        ok("password=p'w", &[("password", "p'w")]);
        ok("=x", &[("", "x")]);
    }

    #[test]
    fn rejects_what_libpq_rejects() {
        for text in ["host", "host x", "password='p''w'", "password=\"p w\""] {
            assert_eq!(settings(text), Err(ErrorKind::MissingEquals), "{text}");
        }
        for text in ["a='", "a='x", r"a='x\", r"a='x\'"] {
            assert_eq!(settings(text), Err(ErrorKind::UnterminatedQuote), "{text}");
        }
    }

    #[test]
    fn writes_values_that_read_back() {
        for text in ["", " ", "it's", r"\", r"\'", "${X}", "****", "a\nb", "é"] {
            let mut written = String::from("k=");
            write_value(&mut written, text, true, &[]).expect("a String takes all");
            ok(&written, &[("k", text)]);
        }
    }
}
