//! Guards on the raw text of the default dialect: what every grammar would read, but not as it was meant.
//!
//! They look at text only, before anything is decoded; an escaped form is always data.

use memchr::{memchr_iter, memchr2, memchr2_iter, memchr3, memchr3_iter};

use crate::bytes::any;
use crate::error::{Error, ErrorKind, parse_error};
use crate::span::{Component, Span};

pub(crate) use crate::grammar::placeholder::{masked, reference, references};
pub(crate) use crate::grammar::surroundings::surroundings;

/// Whether the byte at `at` is escaped by a backslash: an odd number of them is before it.
pub(crate) fn escaped(text: &[u8], at: usize) -> bool {
    let backslashes = text[..at].iter().rev().take_while(|&&byte| byte == b'\\');
    backslashes.count() % 2 == 1
}

/// Rejects a host or database that is a URL or has credentials, and a setting that is in another one's value since
/// the wrong separator was used: `host=h;password=x`, `postgres://h/d&sslmode=require`. `is_keyword` knows the names.
/// With `backslashes`, as in keyword/value text, an escaped character is data.
pub(crate) fn misplaced(
    raw: &[u8],
    component: Component,
    span: Span,
    backslashes: bool,
    is_keyword: &dyn Fn(&[u8]) -> bool,
) -> Result<(), Error> {
    let is_raw = |at: &usize| !(backslashes && escaped(raw, *at));
    let reject = |at: usize, detail, help| {
        Err(delimiter(component, span.start() + at, detail).with_help(help))
    };
    let url = memchr_iter(b':', raw).find(|at| raw[at + 1..].starts_with(b"//") && is_raw(at));
    if let Some(at) = url.filter(|_| component != Component::User) {
        let help = "give the URL alone, or its parts each as their own setting; a `:` that is data is written %3A";
        return reject(at, "expected a part of a URL, found a URL", help);
    }
    let credentials = memchr_iter(b'@', raw).find(|at| *at > 0 && is_raw(at));
    let is_path = raw.starts_with(b"/") && !raw.contains(&b',');
    if let Some(at) = credentials.filter(|_| component == Component::Host && !is_path) {
        let help = "give them as `user` and `password`; a `@` that is data is written %40";
        return reject(at, "the host holds user and password", help);
    }
    let separator = memchr2_iter(b';', b'&', raw).filter(is_raw).find(|at| {
        // A name ends before the next separator, which keeps the cost linear.
        let rest = &raw[at + 1..];
        let end = memchr3(b'=', b';', b'&', rest);
        end.is_some_and(|end| rest[end] == b'=' && is_keyword(&rest[..end]))
    });
    separator.map_or(Ok(()), |at| {
        let help = "settings are separated by spaces in keyword/value text, and in a URL by `?` and then `&`; a `;` or \
                    `&` that is data is written %3B or %26";
        reject(at, "the value holds another setting", help)
    })
}

/// Rejects what would make another setting part of a value: a second `?`, an `&` written for XML or JSON, and a `;` before a
/// name and `=`. Where `questions` are part of the grammar, they are not among these.
#[inline]
#[expect(
    clippy::needless_bitwise_bool,
    reason = "`||` would branch at every byte"
)]
pub(crate) fn separators(text: &[u8], query: Span, questions: bool) -> Result<(), Error> {
    let is_separator = |byte| (byte == b'?') | (byte == b';') | (byte == b'\\');
    if any::<16>(&text[query.range()], is_separator) {
        wrong_separators(text, query, questions)
    } else {
        Ok(())
    }
}

#[cold]
fn wrong_separators(text: &[u8], query: Span, questions: bool) -> Result<(), Error> {
    let mut start = query.start();
    for param in text[query.range()].split(|&byte| byte == b'&') {
        let found = memchr3_iter(b'?', b';', b'\\', param)
            .find_map(|at| separator_at(param, at, questions).map(|wrong| (at, wrong)));
        if let Some((at, (detail, help))) = found {
            return Err(delimiter(Component::Query, start + at, detail).with_help(help));
        }
        start += param.len() + 1;
    }
    Ok(())
}

/// What is wrong with the `?`, `;` or `\` of a parameter, and the help.
fn separator_at(param: &[u8], at: usize, questions: bool) -> Option<(&'static str, &'static str)> {
    if param[at] == b'?' {
        let help = "parameters are separated by `&`; a `?` that is data is written %3F";
        return (!questions).then_some(("a second `?`", help));
    }
    if param[..at].eq_ignore_ascii_case(b"amp") {
        let help = "write `&` alone: `&amp;` is how HTML and XML write it";
        return Some(("expected `&` between parameters, found `&amp;`", help));
    }
    if param[at] == b'\\' {
        let help = "write `&` alone: `\\u0026` is how JSON may write it";
        let is_escape = starts_with(&param[at..], b"\\u0026");
        return is_escape.then_some(("expected `&` between parameters, found `\\u0026`", help));
    }
    let rest = param[at + 1..].trim_ascii_start();
    let name = &rest[..memchr2(b'=', b';', rest).unwrap_or(0)];
    let is_setting = rest.get(name.len()) == Some(&b'=') && is_name(name);
    // Connector/J separates session variables with `;`, too.
    let in_list = starts_with(param, b"sessionVariables=");
    (is_setting && !in_list).then_some((
        "another setting follows `;`, and would be taken for a part of this value",
        "parameters are separated by `&`; a `;` that is data is written %3B",
    ))
}

fn starts_with(text: &[u8], start: &[u8]) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Whether a string may be the name of a parameter.
pub(crate) fn is_name(text: &[u8]) -> bool {
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    !text.is_empty() && text.iter().all(in_name)
}

/// Whether a path is `host:port`, perhaps with another path.
pub(crate) fn is_host_and_port(raw: &[u8]) -> bool {
    let end = memchr::memchr(b'/', raw).unwrap_or(raw.len());
    let Some(colon) = memchr::memrchr(b':', &raw[..end]) else {
        return false;
    };
    let port = &raw[colon + 1..end];
    colon > 0 && !port.is_empty() && port.iter().all(u8::is_ascii_digit)
}

/// Where the first control character or line end is: C0, DEL, C1, and the separators of Unicode. In keyword/value text,
/// with `backslashes`, an escaped one is data.
#[inline(never)]
pub(crate) fn control(text: &[u8], backslashes: bool) -> Option<Span> {
    let is_plain = !any::<16>(text, |byte| byte.wrapping_sub(b' ') > b'~' - b' ');
    if is_plain {
        None
    } else {
        first_control(text, backslashes)
    }
}

#[cold]
fn first_control(text: &[u8], backslashes: bool) -> Option<Span> {
    let len = |at: usize| match text[at..] {
        [0..=0x1f | 0x7f, ..] => 1,
        [0xc2, 0x80..=0x9f, ..] => 2,
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
        _ => 0,
    };
    let is_raw = |at: usize| len(at) > 0 && !(backslashes && escaped(text, at));
    let at = (0..text.len()).find(|&at| is_raw(at))?;
    Some(Span::new(at, at + len(at)))
}

pub(crate) fn delimiter(component: Component, at: usize, detail: &'static str) -> Error {
    delimiter_in(component, Span::new(at, at + 1), detail)
}

/// The same about a whole part, of which the first character is shown: it may have several bytes.
#[cold]
pub(crate) fn at_start(
    component: Component,
    part: &[u8],
    at: usize,
    detail: &'static str,
) -> Error {
    let rest = part.iter().skip(1);
    let rest = rest.take_while(|byte| **byte & 0xc0 == 0x80).count();
    delimiter_in(component, Span::new(at, at + 1 + rest), detail)
}

fn delimiter_in(component: Component, location: Span, detail: &'static str) -> Error {
    parse_error(ErrorKind::UnescapedDelimiter, component, location, detail)
}
