//! What programs and documentation write in place of a value: masks, placeholders, and references that nothing expanded.
//!
//! All of it is looked for in the string as written; an escaped form is always data.

use memchr::{memchr2, memmem};

use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::guard::escaped;
use crate::grammar::tool_mask;
use crate::span::{Component, Span};
use crate::warning::WarningCode;

/// Rejects `${…}`, `$(…)` and `{{…}}`, which a shell, Compose or a template should have expanded. They are never
/// expanded here. With `backslashes`, as in keyword/value text, an escaped character is data.
pub(crate) fn references(text: &[u8], backslashes: bool) -> Result<(), Error> {
    const CLOSERS: [&[u8]; 3] = [b"}", b")", b"}}"];
    // Once a closer is not found it is not looked for again, which keeps the cost linear.
    let mut exhausted = [false; CLOSERS.len()];
    let mut at = 0;
    while let Some(found) = memchr2(b'$', b'{', &text[at..]) {
        let start = at + found;
        at = start + 1;
        let kind = match (text[start], text.get(at)) {
            (b'$', Some(b'{')) => 0,
            (b'$', Some(b'(')) => 1,
            (b'{', Some(b'{')) => 2,
            _ => continue,
        };
        if exhausted[kind] || (backslashes && (escaped(text, start) || escaped(text, at))) {
            continue;
        }
        match memmem::find(&text[at + 1..], CLOSERS[kind]) {
            Some(end) => {
                let end = at + 1 + end + CLOSERS[kind].len();
                return Err(reference(Span::new(start, end)));
            }
            None => exhausted[kind] = true,
        }
    }
    Ok(())
}

#[cold]
pub(crate) fn reference(span: Span) -> Error {
    let detail = "a reference such as `$NAME`, `${…}`, `$(…)` or `{{…}}` is not expanded";
    parse_error(ErrorKind::UnexpandedReference, Component::Text, span, detail).with_help(
        "let the shell, Compose or the platform expand it before; a `$` that is data is written %24 in a URL, a `{` %7B",
    )
}

/// Rejects a value that is the mask of a tool: its output, pasted back.
#[inline]
pub(crate) fn masked(raw: &[u8], component: Component, span: Span) -> Result<(), Error> {
    if tool_mask::is_mask(raw) {
        return Err(mask(component, span));
    }
    Ok(())
}

#[cold]
fn mask(component: Component, span: Span) -> Error {
    let detail = "expected the value itself, found a tool's mask";
    parse_error(ErrorKind::MaskedValue, component, span, detail).with_help(
        "put the real value there, escaped with `dburl encode`; data that looks like this is escaped too: `*` is %2A, `x` %78",
    )
}

/// Whether a password looks like a placeholder: words between brackets, as in `[YOUR-PASSWORD]`.
#[inline(never)]
pub(crate) fn is_placeholder(raw: &[u8]) -> bool {
    let ([b'[', inside @ .., b']'] | [b'<', inside @ .., b'>'] | [b'{', inside @ .., b'}']) = raw
    else {
        return false;
    };
    let in_words = |byte: &u8| byte.is_ascii_alphabetic() || b"-_. ".contains(byte);
    !inside.is_empty() && inside.iter().all(in_words)
}

/// What a password looks like that is no password, or that has quotation marks around it.
#[inline]
pub(crate) fn in_password(raw: &[u8]) -> Option<WarningCode> {
    match raw {
        [b'[' | b'<' | b'{' | b'"' | b'\'', ..] => odd_password(raw),
        _ if raw.len() > SHORTEST_TOKEN => long_password(raw),
        _ => None,
    }
}

#[cold]
fn odd_password(raw: &[u8]) -> Option<WarningCode> {
    match raw {
        [first @ (b'"' | b'\''), .., last] if first == last => Some(WarningCode::QuotedValue),
        _ => is_placeholder(raw).then_some(WarningCode::PlaceholderPassword),
    }
}

/// A signed request is longer; what is shorter need not be searched.
const SHORTEST_TOKEN: usize = 150;

/// A token of IAM is a signed URL with escapes of its own, so a `%` of it is written %25.
#[cold]
fn long_password(raw: &[u8]) -> Option<WarningCode> {
    let has = |part: &[u8]| memmem::find(raw, part).is_some();
    (has(b"X-Amz-Credential") && !has(b"%25")).then_some(WarningCode::PartlyEscapedToken)
}

/// What a user, host, port, database or path that is not one looks like.
#[inline]
pub(crate) fn in_part(raw: &[u8]) -> Option<WarningCode> {
    match raw {
        [b'$', name @ ..] => is_variable(name).then_some(WarningCode::UnexpandedReference),
        [b'[' | b'<' | b'{', ..] => is_placeholder(raw).then_some(WarningCode::PlaceholderValue),
        _ => None,
    }
}

/// Whether what follows a `$` is the name of a variable, in capitals. MongoDB's `$external` is not.
fn is_variable(name: &[u8]) -> bool {
    let in_name = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    name.first().is_some_and(u8::is_ascii_uppercase) && name.iter().all(in_name)
}
