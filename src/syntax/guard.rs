//! Guards on the raw text of the default dialect: what every grammar would read, but not as it was meant.
//!
//! They look at text only, before anything is decoded; an escaped form is always data.

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memchr3};

use crate::error::{Error, ErrorKind};
use crate::place::{Component, Span};
use crate::secret::wipe;
use crate::syntax::authority::credentials_behind;
use crate::syntax::percent::decode_in_place;
use crate::syntax::uri::{Uri, parse_error};

pub(crate) use crate::syntax::placeholder::{masked, reference, references};
pub(crate) use crate::syntax::surroundings::surroundings;

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

/// Whether the byte at `at` is escaped by a backslash: an odd number of them is before it.
pub(super) fn escaped(text: &[u8], at: usize) -> bool {
    let backslashes = text[..at].iter().rev().take_while(|&&byte| byte == b'\\');
    backslashes.count() % 2 == 1
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
