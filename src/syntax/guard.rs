//! Guards on the raw text of the default dialect: what every grammar would read, but not as it was meant.
//!
//! They look at text only, before anything is decoded; an escaped form is always data.

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memchr3, memmem};

use crate::error::{Error, ErrorKind};
use crate::place::{Component, Span};
use crate::secret::{MASK, wipe};
use crate::syntax::authority::credentials_behind;
use crate::syntax::conninfo::is_blank;
use crate::syntax::percent::decode_in_place;
use crate::syntax::uri::{Uri, parse_error};

/// Whether a text may hold an escape, or a byte that a guard on raw text looks for: NUL, a blank, `#`, `$`, `%` or `{`.
/// Other punctuation and control characters are taken for such bytes, too, so that two comparisons are enough.
///
/// There are no branches inside a block, so that the compiler makes vector instructions of it.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "`||` would branch at every byte"
)]
pub(crate) fn may_be_special(text: &[u8]) -> bool {
    let special = |&byte: &u8| (byte < b'&') | (byte == b'{');
    let hit = |block: &[u8; 16]| block.iter().fold(false, |hit, byte| hit | special(byte));
    let mut rest = text;
    while let Some((block, behind)) = rest.split_first_chunk() {
        if hit(block) {
            return true;
        }
        rest = behind;
    }
    // The last block overlaps with the one before, so that no byte is left over.
    match text.last_chunk() {
        Some(block) => hit(block),
        None => text.iter().any(special),
    }
}

/// Refuses quotation marks, blanks and line ends round the text, and a byte order mark before it.
pub(crate) fn surroundings(text: &str) -> Result<(), Error> {
    let bytes = text.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else {
        return Err(parse_error(
            ErrorKind::Empty,
            Component::Text,
            Span::default(),
            "expected a connection string",
        ));
    };
    if first.is_ascii_alphanumeric() && last.is_ascii_graphic() {
        return Ok(());
    }
    if is_blank(first) || text.starts_with('\u{feff}') {
        return Err(blanks(
            Span::new(0, text.chars().next().map_or(0, char::len_utf8)),
            "at the start",
        ));
    }
    if is_blank(last) && !(is_conninfo(bytes) && escaped(bytes, bytes.len() - 1)) {
        return Err(blanks(
            Span::new(bytes.len() - 1, bytes.len()),
            "at the end",
        ));
    }
    let quote = text
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '«'));
    quote.map_or(Ok(()), |quote| {
        let span = Span::new(0, quote.len_utf8());
        Err(parse_error(ErrorKind::SurroundingQuotes, Component::Text, span, "the text begins with a quotation mark")
            .with_help("remove the quotation marks: a shell or a .env reader removes its own, here nobody does"))
    })
}

fn blanks(span: Span, place: &'static str) -> Error {
    let detail = if place == "at the start" {
        "the text begins with a blank, a line end or a byte order mark"
    } else {
        "the text ends with a blank or a line end"
    };
    parse_error(ErrorKind::SurroundingBlanks, Component::Text, span, detail)
        .with_help("remove it where the value is set; a blank that belongs to a password is written %20 in a URL")
}

/// Whether the text is of the kind in which a backslash escapes: its first `=` comes before any `:`.
fn is_conninfo(text: &[u8]) -> bool {
    memchr2(b':', b'=', text).is_some_and(|found| text[found] == b'=')
}

/// Whether the byte at `at` stands behind an odd number of backslashes.
fn escaped(text: &[u8], at: usize) -> bool {
    text[..at]
        .iter()
        .rev()
        .take_while(|&&byte| byte == b'\\')
        .count()
        % 2
        == 1
}

/// Refuses `${…}`, `$(…)` and `{{…}}`, which a shell, Compose or a template should have filled in. They are never
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
                return Err(reference(Span::new(
                    start,
                    at + 1 + end + CLOSERS[kind].len(),
                )));
            }
            None => exhausted[kind] = true,
        }
    }
    Ok(())
}

pub(crate) fn reference(span: Span) -> Error {
    let detail = "the text holds a reference such as `$NAME`, `${…}`, `$(…)` or `{{…}}`, which nothing has filled in";
    parse_error(ErrorKind::UnexpandedReference, Component::Text, span, detail).with_help(
        "let the shell, Compose or the platform fill it in before; a `$` that is data is written %24 in a URL, a `{` %7B",
    )
}

/// Refuses a value that is exactly the mask: somebody's masked output, pasted back.
pub(crate) fn masked(raw: &[u8], component: Component, span: Span) -> Result<(), Error> {
    if raw != MASK.as_bytes() {
        return Ok(());
    }
    Err(parse_error(
        ErrorKind::MaskedValue,
        component,
        span,
        "the value is `****`, which is how secrets are printed",
    )
    .with_help(
        "put the real value in; if it really is four asterisks, write %2A%2A%2A%2A in a URL",
    ))
}

/// Refuses a host or database that is a URL or has credentials, and a setting that stands in another one's value since
/// the wrong separator was used: `host=h;password=x`, `postgres://h/d&sslmode=require`. `is_keyword` knows the names.
/// With `backslashes`, as in keyword/value text, an escaped character is data.
pub(crate) fn misplaced(
    raw: &[u8],
    component: Component,
    span: Span,
    backslashes: bool,
    is_keyword: impl Fn(&[u8]) -> bool,
) -> Result<(), Error> {
    let is_raw = |at: &usize| !(backslashes && escaped(raw, *at));
    let refuse = |at: usize, detail, help| {
        Err(delimiter(component, span.start() + at, detail).with_help(help))
    };
    let url = memchr_iter(b':', raw).find(|at| raw[at + 1..].starts_with(b"//") && is_raw(at));
    if let Some(at) = url.filter(|_| component != Component::User) {
        let help = "give the URL alone, or its parts each as their own setting; a `:` that is data is written %3A";
        return refuse(at, "a URL stands where a part of one belongs", help);
    }
    let credentials = memchr_iter(b'@', raw).find(|at| *at > 0 && is_raw(at));
    if let Some(at) = credentials.filter(|_| component == Component::Host) {
        let help = "give them as `user` and `password`; a `@` that is data is written %40";
        return refuse(at, "user and password stand in the host", help);
    }
    let separator = memchr2_iter(b';', b'&', raw).filter(is_raw).find(|at| {
        // A name ends before the next separator, which keeps the cost linear.
        let rest = &raw[at + 1..];
        let end = memchr3(b'=', b';', b'&', rest);
        end.is_some_and(|end| rest[end] == b'=' && is_keyword(&rest[..end]))
    });
    separator.map_or(Ok(()), |at| {
        let help = "settings are separated by blanks in keyword/value text, and in a URL by `?` and then `&`; a `;` or \
                    `&` that is data is written %3B or %26";
        refuse(at, "another setting stands in the value", help)
    })
}

/// Whether a password looks like a placeholder: words in `[…]` or `<…>`, as in `[YOUR-PASSWORD]` and `[FILTERED]`.
pub(crate) fn is_placeholder(raw: &[u8]) -> bool {
    let ([b'[', inside @ .., b']'] | [b'<', inside @ .., b'>']) = raw else {
        return false;
    };
    !inside.is_empty()
        && inside
            .iter()
            .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_' | b' '))
}

/// Refuses a raw `/`, `@` or `?` that most likely belongs to a password, and that would change the host.
///
/// * (a) no `@` before the first `/`, a port, and an `@` in the database's name: `u:12/34@h/db`; or the text of the port
///   is none, and an `@` follows anywhere: `u:pw/9@h`; or there is a `:` before the `@` in the database: `/u:pw@h/db`.
/// * (b) a second `@` before the first `/` or `?` that follows the first one: `u:p@ss@h/db`.
/// * (c) a `?` before the `@`: `h:5432?user=a@b` would connect to `b`.
pub(crate) fn swallowed_delimiters(text: &[u8], start: usize, uri: &Uri) -> Result<(), Error> {
    if uri.early_question.is_none() && !uri.has_later_at {
        return Ok(());
    }
    match uri.user {
        Some(user) => in_credentials(text, user, uri),
        None => behind_host(text, start, uri),
    }
}

fn in_credentials(text: &[u8], user: Span, uri: &Uri) -> Result<(), Error> {
    // The part that the `@` ends.
    let last = uri.password.unwrap_or(user);
    let component_at = |at| {
        if last == user || at < user.end() {
            Component::User
        } else {
            Component::Password
        }
    };
    if let Some(at) = uri.early_question {
        let detail = "a raw `?` before `@`, so the text before it would be taken for a user name and not for a host";
        return Err(delimiter(component_at(at), at, detail).with_help(
            "if `?` belongs to the password, write it as %3F; if it starts the parameters, write the `@` in them as %40",
        ));
    }
    let rest = &text[last.end() + 1..];
    let rest = &rest[..memchr2(b'/', b'?', rest).unwrap_or(rest.len())];
    if memchr(b'@', rest).is_some() {
        let detail = "two raw `@`: the first would end the password, and the host would begin in the middle of it";
        return Err(delimiter(component_at(last.end()), last.end(), detail)
            .with_help("write an `@` of the user name or password as %40; only the one before the host stays raw"));
    }
    Ok(())
}

fn behind_host(text: &[u8], start: usize, uri: &Uri) -> Result<(), Error> {
    // Without credentials every `@` stands behind a `/`.
    let Some(slash) = memchr2(b'@', b'/', &text[start..]).map(|found| start + found) else {
        return Ok(());
    };
    if memchr(b'@', &text[slash..]).is_none() {
        return Ok(());
    }
    let ports = || uri.netlocs.iter(text).filter_map(|netloc| netloc.port);
    let at_in_database = uri
        .database
        .is_some_and(|database| memchr(b'@', &text[database.range()]).is_some());
    let credentials_in_database = uri.database.is_some_and(|database| {
        let found = memchr2(b':', b'@', &text[database.range()]);
        found.is_some_and(|at| at_in_database && text[database.start() + at] == b':')
    });
    let swallowed = (at_in_database && ports().next().is_some())
        || credentials_in_database
        || (ports().next().is_some() && credentials_behind(text, uri.netlocs.span.end()).is_some())
        || ports().any(|port| {
            !looks_like_port(&text[port.range()]) && memchr(b'@', &text[port.end()..]).is_some()
        });
    if !swallowed {
        return Ok(());
    }
    let detail = if credentials_in_database && ports().next().is_none() {
        "a raw `/` ends the host, so what looks like user and password would be taken for the database"
    } else {
        "a raw `/` ends the host, so the text before it would be taken for host and port"
    };
    Err(delimiter(Component::Password, slash, detail).with_help(
        "if `/` belongs to the password, write it as %2F; if `@` belongs to the database, write it as %40",
    ))
}

/// Digits, or an empty text: a colon without a port is the default port.
fn looks_like_port(text: &[u8]) -> bool {
    let mut port = text.to_vec();
    let len = decode_in_place(&mut port).unwrap_or(0);
    let digits = port[..len].trim_ascii();
    let digits = digits.strip_prefix(b"+").unwrap_or(digits);
    let looks = digits.iter().all(u8::is_ascii_digit) && (len > 0 || text.trim_ascii().is_empty());
    wipe(port);
    looks
}

pub(crate) fn delimiter(component: Component, at: usize, detail: &'static str) -> Error {
    parse_error(
        ErrorKind::UnescapedDelimiter,
        component,
        Span::new(at, at + 1),
        detail,
    )
}
