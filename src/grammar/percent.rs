//! Percent escapes: strict decoding in place, as libpq 18's `conninfo_uri_decode`, and the encode set of the renderers.
//!
//! `%` and exactly two hexadecimal digits are one byte; anything else after `%` is an error, and so is `%00`. `+` is a
//! plus sign. Raw spaces (0x20 only) at both ends of a part are dropped, one inside is an error; libpq before 18 took
//! them as data.

use std::fmt;
use std::ops::Range;

use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, PercentEncode, percent_encode_byte, utf8_percent_encode,
};

use crate::bytes::Bytes;
use crate::error::ErrorKind;
use crate::grammar::tool_mask;
use crate::secret::{Secret, wipe};

/// What the renderers leave as it is: the unreserved characters of RFC 3986. All else is escaped, also where a raw
/// character would do, so that no reader of any grammar can take data for structure (`$`, `{` and `*` included).
const RENDERED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The same, for strings that have nothing to escape.
static UNRESERVED: Bytes = Bytes::alphanumeric_and(b"-._~");

/// Writes `text` so that it is data in every part of a URL.
pub(crate) fn write(out: &mut dyn fmt::Write, text: &str) -> fmt::Result {
    if UNRESERVED.has_all_of(text) && !tool_mask::is_mask(text.as_bytes()) {
        return out.write_str(text);
    }
    encode(text).try_for_each(|piece| out.write_str(piece))
}

/// What looks like the mask of a tool, such as `xxxxxx`, begins with an escape.
fn encode<'t>(text: &'t str) -> impl Iterator<Item = &'t str> {
    let first = usize::from(text.is_ascii() && tool_mask::is_mask(text.as_bytes()));
    let (first, rest) = text.split_at(first);
    let first = first
        .bytes()
        .map(|byte| -> &'t str { percent_encode_byte(byte) });
    first.chain(utf8_percent_encode(rest, RENDERED))
}

/// Escapes a string so that it is data in every part of a URL: everything but letters, digits and `-._~`.
///
/// ```
/// assert_eq!(database_url::encode("p@ss/word").expose(), "p%40ss%2Fword");
/// ```
#[must_use]
pub fn escaped(text: &str) -> Secret {
    let mut escaped = String::with_capacity(text.len() * 3);
    escaped.extend(encode(text));
    Secret::new(escaped)
}

/// Writes the text of an address so that it is data between brackets, where a `:` stays as it is.
pub(crate) fn encode_address(text: &str) -> PercentEncode<'_> {
    const ADDRESS: &AsciiSet = &RENDERED.remove(b':');
    utf8_percent_encode(text, ADDRESS)
}

/// What is wrong with an escape, and where in the part it is.
pub(crate) type EscapeFailure = (ErrorKind, usize);

/// Decodes one part in place and returns the decoded length; the bytes after it are overwritten with zeroes.
///
/// The decoded text is never longer than the raw one.
pub(crate) fn decode_in_place(part: &mut [u8]) -> Result<usize, EscapeFailure> {
    let is_plain = |byte: &&u8| !matches!(byte, b'%' | b' ' | 0);
    let plain = part.iter().take_while(is_plain).count();
    if plain == part.len() {
        return Ok(plain);
    }
    let end = part
        .iter()
        .rposition(|&byte| byte != b' ')
        .map_or(0, |last| last + 1);
    let spaces = part.iter().take_while(|&&byte| byte == b' ').count();
    // After outer spaces everything moves; else what is before the first escape stays.
    let (read, written) = if spaces > 0 {
        (spaces, 0)
    } else {
        (plain.min(end), plain.min(end))
    };
    decode_between(part, read..end, written, |byte| {
        (byte != b' ').then_some(byte)
    })
}

/// Decodes one part in place as [`decode_in_place`] does, but with every space as data. With `plus_is_space`, as in the
/// query of a form (`application/x-www-form-urlencoded`), `+` is one.
pub(crate) fn decode_data_in_place(
    part: &mut [u8],
    plus_is_space: bool,
) -> Result<usize, EscapeFailure> {
    let raw = |byte| match byte {
        b'+' if plus_is_space => Some(b' '),
        byte => Some(byte),
    };
    decode_between(part, 0..part.len(), 0, raw)
}

/// Whether a part decodes to UTF-8.
pub(crate) fn is_utf8(part: &[u8]) -> bool {
    let mut copy = part.to_vec();
    let len = decode_data_in_place(&mut copy, false).unwrap_or(0);
    let is_utf8 = std::str::from_utf8(&copy[..len]).is_ok();
    wipe(copy);
    is_utf8
}

/// Decodes `raw`, writing from `written` on; `data` gives what an unescaped byte means, or `None` for one that must be
/// escaped.
#[inline]
fn decode_between(
    part: &mut [u8],
    raw: Range<usize>,
    mut written: usize,
    data: impl Fn(u8) -> Option<u8>,
) -> Result<usize, EscapeFailure> {
    let Range { start, end } = raw;
    let (raw, mut read) = (&mut part[..end], start);
    // INVARIANT: written <= read <= end, so no byte is read after it was overwritten.
    while let Some(&byte) = raw.get(read) {
        let (decoded, width) = if byte == b'%' {
            let decoded = raw.get(read + 1).zip(raw.get(read + 2)).and_then(byte_of);
            (decoded.ok_or((ErrorKind::InvalidEscape, read))?, 3)
        } else {
            (data(byte).ok_or((ErrorKind::UnescapedSpace, read))?, 1)
        };
        if decoded == 0 {
            return Err((ErrorKind::NulByte, read));
        }
        raw[written] = decoded;
        written += 1;
        read += width;
    }
    part[written..].fill(0);
    Ok(written)
}

/// The byte that `%` and these two digits stand for.
#[inline]
fn byte_of((high, low): (&u8, &u8)) -> Option<u8> {
    let (high, low) = (DIGITS[*high as usize], DIGITS[*low as usize]);
    (high | low < NO_DIGIT).then_some(high << 4 | low)
}

/// More than any digit, in a bit that no digit has.
const NO_DIGIT: u8 = 16;

/// The value of every byte as a hexadecimal digit.
const DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut digit = 0;
    while digit < 16 {
        digits[b"0123456789abcdef"[digit as usize] as usize] = digit;
        digits[b"0123456789ABCDEF"[digit as usize] as usize] = digit;
        digit += 1;
    }
    digits
};

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Result<String, EscapeFailure> {
        let mut part = text.as_bytes().to_vec();
        let len = decode_in_place(&mut part)?;
        assert!(
            part[len..].iter().all(|&byte| byte == 0),
            "leftovers are wiped"
        );
        Ok(String::from_utf8(part[..len].to_vec()).expect("UTF-8"))
    }

    #[test]
    fn takes_two_digits_of_any_case_once() {
        assert_eq!(decoded("p%40%2f%2Fw%2541"), Ok("p@//w%41".to_owned()));
        assert_eq!(decoded("a+b"), Ok("a+b".to_owned()));
        assert_eq!(decoded(""), Ok(String::new()));
    }

    #[test]
    fn drops_outer_spaces_only() {
        assert_eq!(decoded("  a%20 "), Ok("a ".to_owned()));
        assert_eq!(decoded("   "), Ok(String::new()));
        assert_eq!(decoded("\ta\n"), Ok("\ta\n".to_owned()));
        assert_eq!(decoded(" a b"), Err((ErrorKind::UnescapedSpace, 2)));
    }

    #[test]
    fn rejects_short_and_wrong_escapes_with_their_location() {
        for text in ["ab%", "ab%4", "ab%zz", "ab%4 ", "ab%u0041"] {
            assert_eq!(decoded(text), Err((ErrorKind::InvalidEscape, 2)), "{text}");
        }
        assert_eq!(decoded("ab%00"), Err((ErrorKind::NulByte, 2)));
    }

    #[test]
    fn spaces_are_data_where_they_are_not_libpqs() {
        let decoded = |text: &str, plus_is_space| {
            let mut part = text.as_bytes().to_vec();
            let len = decode_data_in_place(&mut part, plus_is_space)?;
            assert!(part[len..].iter().all(|&byte| byte == 0), "{text}");
            Ok(String::from_utf8_lossy(&part[..len]).into_owned())
        };
        assert_eq!(decoded(" a b+%2B ", false), Ok(" a b++ ".to_owned()));
        assert_eq!(decoded("+a+%2B", true), Ok(" a +".to_owned()));
        assert_eq!(decoded("a%4", true), Err((ErrorKind::InvalidEscape, 1)));
        assert_eq!(decoded("a%00", true), Err((ErrorKind::NulByte, 1)));
    }

    #[test]
    fn encodes_everything_but_unreserved_characters() {
        assert_eq!(
            escaped("aZ09-._~ /@:?#%+$*{é\n").expose(),
            "aZ09-._~%20%2F%40%3A%3F%23%25%2B%24%2A%7B%C3%A9%0A"
        );
    }
}
