//! What came along when a connection string was copied: quotation marks, whitespace, brackets and punctuation at its ends.

use std::borrow::Cow;

use memchr::memchr2;

use crate::bytes::contains;
use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::guard::escaped;
use crate::span::{Component, Span};

/// Rejects what is at either end of a string, but belongs to no connection string.
#[inline]
pub(crate) fn surroundings(text: &str) -> Result<(), Error> {
    match text.as_bytes() {
        [first, .., before, last]
            if first.is_ascii_alphanumeric()
                && last.is_ascii_alphanumeric()
                && *before != b'\\' =>
        {
            Ok(())
        }
        _ => odd(text),
    }
}

/// The same of a string that has another character than a letter or a digit at one of its ends.
#[cold]
fn odd(text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(parse_error(
            ErrorKind::Empty,
            Component::Text,
            Span::default(),
            "expected a connection string",
        ));
    }
    start(text)?;
    end(text)
}

const OPENING_QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '«'];
const CLOSING_QUOTES: [char; 8] = ['"', '\'', '`', '“', '”', '‘', '’', '»'];
const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];

fn start(text: &str) -> Result<(), Error> {
    let Some(first) = text.chars().next() else {
        return Ok(());
    };
    let span = Span::new(0, first.len_utf8());
    if is_invisible(first) {
        return Err(whitespace(span, first, "starts"));
    }
    if OPENING_QUOTES.contains(&first) {
        return Err(quotation_mark(span, first, "starts"));
    }
    // `<postgres://…>` and `(postgres://…)`; JSON begins with `{` and `[`.
    if matches!(first, '<' | '(') && contains(text, "://") {
        return Err(bracket(span, first, "starts"));
    }
    Ok(())
}

fn end(text: &str) -> Result<(), Error> {
    let Some((at, last)) = text.char_indices().next_back() else {
        return Ok(());
    };
    let span = Span::new(at, text.len());
    let in_url = !is_conninfo(text.as_bytes());
    if !in_url && escaped(text.as_bytes(), at) {
        return Ok(());
    }
    if is_invisible(last) {
        return Err(whitespace(span, last, "ends"));
    }
    // Values of JDBC parameters may be in quotes, and a password may hold any character.
    let credentials = text
        .rfind('@')
        .filter(|_| text.starts_with(|first: char| first.is_ascii_alphanumeric()));
    let after_credentials = credentials.map_or(text, |at| &text[at..]);
    let count = |wanted: char| after_credentials.matches(wanted).count();
    let is_lone = if in_url {
        count(last) % 2 == 1
    } else {
        is_lone_quote(text, last)
    };
    if CLOSING_QUOTES.contains(&last) && is_lone {
        return Err(quotation_mark(span, last, "ends"));
    }
    if !in_url {
        return Ok(());
    }
    let opening = BRACKETS.iter().find(|(_, closing)| *closing == last);
    if let Some((opening, _)) = opening {
        if count(last) > count(*opening) {
            return Err(bracket(span, last, "ends"));
        }
    }
    written_line_end(text)?;
    punctuation(text, span, last)
}

/// Whether the string is of the kind in which a backslash escapes: its first `=` comes before any `:`.
fn is_conninfo(text: &[u8]) -> bool {
    memchr2(b':', b'=', text).is_some_and(|found| text[found] == b'=')
}

/// Whether a keyword/value string ends with a quotation mark that closes nothing, and that is no password's.
fn is_lone_quote(text: &str, quote: char) -> bool {
    let before = text
        .rfind('=')
        .map_or("", |equals| text[..equals].trim_end());
    let of_password = before.ends_with("password");
    let unescaped = text
        .char_indices()
        .filter(|&(at, one)| one == quote && !escaped(text.as_bytes(), at));
    !of_password && unescaped.count() % 2 == 1
}

/// `\n` written out, as `echo`, JSON in JSON and copied logs leave it.
fn written_line_end(text: &str) -> Result<(), Error> {
    let Some(rest) = text
        .strip_suffix(r"\n")
        .map(|rest| rest.strip_suffix(r"\r").unwrap_or(rest))
    else {
        return Ok(());
    };
    let span = Span::new(rest.len(), text.len());
    let detail = r"the value ends with a line end that is written out as `\n`";
    Err(
        parse_error(ErrorKind::SurroundingSpaces, Component::Text, span, detail)
            .with_help("remove it where the value is set; a `\\` that is data is written %5C"),
    )
}

/// A `;` or `,` of the line of code or JSON that a URL was copied from. Some databases end their URLs so.
fn punctuation(text: &str, span: Span, last: char) -> Result<(), Error> {
    let is_data = match last {
        ';' => contains(text, "sqlserver:"),
        ',' => text.matches('/').count() < 3,
        _ => true,
    };
    if is_data || text.contains('?') && !ends_with_word(&text[..span.start()]) {
        return Ok(());
    }
    let detail = format!("the URL ends with `{last}`, which becomes part of its last value");
    let help = if last == ';' {
        "remove the `;`; one that is data is written %3B"
    } else {
        "remove the `,`; one that is data is written %2C"
    };
    Err(parse_error(ErrorKind::UnescapedDelimiter, Component::Text, span, detail).with_help(help))
}

/// Whether the last value of a query is a word, and not SQL, which may end with a `;`.
fn ends_with_word(text: &str) -> bool {
    let value = text.rsplit('=').next().unwrap_or_default();
    let in_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    value.bytes().all(in_word)
}

/// Whitespace of any kind, and characters that have no width.
fn is_invisible(character: char) -> bool {
    let has_no_width = matches!(
        character,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
    );
    character.is_whitespace() || has_no_width
}

/// The name of an invisible character.
fn name(character: char) -> Cow<'static, str> {
    Cow::Borrowed(match character {
        ' ' => "a space",
        '\t' => "a tab",
        '\n' | '\r' => "a line end",
        '\u{a0}' => "a no-break space (U+00A0)",
        '\u{200b}' => "a zero-width space (U+200B)",
        '\u{feff}' => "a byte order mark (U+FEFF)",
        _ if character.is_whitespace() => {
            return Cow::Owned(format!("a Unicode space (U+{:04X})", u32::from(character)));
        }
        _ => {
            return Cow::Owned(format!(
                "a character without width (U+{:04X})",
                u32::from(character)
            ));
        }
    })
}

#[cold]
fn whitespace(span: Span, character: char, end: &str) -> Error {
    let detail = format!("the value {end} with {}", name(character));
    parse_error(ErrorKind::SurroundingSpaces, Component::Text, span, detail)
        .with_help("remove it where the value is set; a space that belongs to a password is written %20 in a URL")
}

#[cold]
fn quotation_mark(span: Span, quote: char, end: &str) -> Error {
    let detail = format!("the value {end} with a quotation mark ({quote})");
    parse_error(ErrorKind::SurroundingQuotes, Component::Text, span, detail).with_help(
        "remove the quotation marks: a shell or .env parser strips its own, a URL keeps them",
    )
}

#[cold]
fn bracket(span: Span, bracket: char, end: &str) -> Error {
    let detail = format!("the value {end} with a lone bracket (`{bracket}`)");
    parse_error(ErrorKind::SurroundingQuotes, Component::Text, span, detail).with_help(
        "remove the brackets around the URL; one that is data is written as its percent escape",
    )
}
