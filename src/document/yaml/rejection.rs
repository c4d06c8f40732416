//! Why a string is rejected, in words of our own.

use crate::document::too_deep;
use crate::error::{Error, ErrorKind};
use saphyr_parser::Tag;

pub(super) fn malformed(expected: &'static str) -> Error {
    Error::new(ErrorKind::InvalidDocument, expected)
}

pub(super) fn no_scalar_key() -> Error {
    malformed("expected a key that is no list and no map")
        .with_help("put a value that begins with `{`, `[` or `*` in quotation marks")
}

/// What the parser says where a key has no space after its colon, which makes a value of it.
const AFTER_GLUED: &[&str] = &["simple key expect", "mapping values are not allowed"];

pub(super) fn no_space() -> Error {
    malformed("expected a space after the `:` of a key").with_help("write `key: value`")
}

/// The colon of a key that has no space after it, on the last such line before what the parser stumbled over.
pub(super) fn glued_colon(text: &str, offset: usize, info: &str) -> Option<usize> {
    if !AFTER_GLUED.iter().any(|part| info.contains(part)) {
        return None;
    }
    let end = text[offset..]
        .find('\n')
        .map_or(text.len(), |end| offset + end);
    let mut start = end;
    text[..end].rsplit('\n').take(MAX_LINES).find_map(|line| {
        start -= line.len();
        let at = start;
        start = start.saturating_sub(1);
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        let (key, value) = line[indent..].split_once(':')?;
        let is_key = !key.is_empty()
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        let is_glued = value.starts_with(|c: char| !c.is_whitespace() && c != '/');
        (is_key && is_glued && !line.contains(": ")).then_some(at + indent + key.len())
    })
}

/// How many lines are looked at: a value goes on over few.
const MAX_LINES: usize = 10;

/// A tag that is not one of YAML's own.
pub(super) fn rejected_tag(tag: Option<&Tag>) -> Error {
    let is_ruby = tag.is_some_and(|tag| {
        let names = [&*tag.handle, &*tag.suffix];
        names.iter().any(|name| name.contains("ruby/"))
    });
    let expected = if is_ruby {
        "expected no object of Ruby; none is made from settings"
    } else {
        "expected no tag but YAML's own, such as `!!str`"
    };
    malformed(expected).with_help("put a string that begins with `!` in quotation marks")
}

/// What the parser says of a string that is no YAML, in our words: its own could change, or quote the text.
pub(super) fn unreadable(info: &str) -> Error {
    match info {
        "recursion limit exceeded" => return too_deep(),
        "the handle wasn't declared" => return rejected_tag(None),
        _ => {}
    }
    let row = LIBRARY_MESSAGES
        .iter()
        .find(|(part, ..)| info.contains(part));
    let (expected, help) = row.map_or(("expected well-formed YAML", QUOTE), |row| (row.1, row.2));
    malformed(expected).with_help(help)
}

const QUOTE: &str = "put the value in quotation marks";

/// A part of what the parser says, what was expected there, and help.
const LIBRARY_MESSAGES: &[(&str, &str, &str)] = &[
    (
        "unexpected character",
        "expected no value that begins with `@`, `%` or a backtick",
        QUOTE,
    ),
    (
        "mapping values are not allowed",
        "expected no second `: ` in a value, and no line that is indented deeper than its key",
        QUOTE,
    ),
    (
        "unknown anchor",
        "expected an anchor (`&name`) before its alias (`*name`)",
        "put a value that begins with `*` in quotation marks",
    ),
    ("found a tab", NO_TAB, SPACES),
    ("with a tab", NO_TAB, SPACES),
    ("tab cannot", NO_TAB, SPACES),
    ("tabs disallowed", NO_TAB, SPACES),
    ("valid YAML whitespace", NO_TAB, SPACES),
    ("indentation", INDENTED, ""),
    ("indented", INDENTED, ""),
    ("parsing a block", INDENTED, ""),
    (
        "unexpected end of stream",
        "expected a quotation mark at the value's end",
        "",
    ),
    (
        "escape",
        "expected an escape of YAML",
        "write a backslash as `\\\\`, or put the value in single quotation marks",
    ),
    (
        "trailing content",
        "expected nothing after the quotation mark that ends a value",
        "",
    ),
    ("simple key expect", "expected `: ` after a key", ""),
    ("flow", CLOSED, QUOTE),
    ("illegal placement", CLOSED, QUOTE),
    ("bracket", CLOSED, QUOTE),
    (
        ",[]{}",
        "expected no `-` before a bracket or a comma",
        QUOTE,
    ),
    (
        "byte order mark",
        "expected no byte order mark within the document",
        "",
    ),
    ("directive", "expected no `%` at the front of a line", QUOTE),
    (
        "tag",
        "expected a tag of YAML's own, such as `!!str`",
        QUOTE,
    ),
];

const NO_TAB: &str = "expected no tab here";
const SPACES: &str = "indent with spaces";
const INDENTED: &str = "expected the indentation of the lines around it";
const CLOSED: &str = "expected `,` or the bracket that closes the list or map";
