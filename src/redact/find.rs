//! Where the passwords of connection strings are in a line.
//!
//! Three characters lead to all of them: `:` (before `//`, or after the name of a JSON member), `=` (after a name such as
//! `password`), and `@` (before `tcp(`, in a Go DSN).
//!
//! The credentials of a URL end at the last `@` before the first `/`, `?` or `#`, if no other `@` follows in the token, or if
//! the URL can be read as it is. Else the password has delimiters that are not escaped: it ends at the last `@` of the token.

use std::borrow::Cow;
use std::ops::Range;

use crate::database::ParseOptions;
use crate::engine::Scheme;
use crate::redact::token::{Ends, Quote, run, run_before};
use crate::secret::MASK;
use crate::shown;
use crate::words::is_secret_name;

/// Something with a secret, or without one, that must not be cut in two.
pub(super) struct Found {
    pub(super) whole: Range<usize>,
    /// What is masked; may be empty.
    pub(super) secret: Range<usize>,
}

impl Found {
    pub(super) const fn new(whole: Range<usize>, secret: Range<usize>) -> Self {
        Self { whole, secret }
    }
}

/// How far after a URL that was cut at a space its `@` is searched.
const FAR: usize = 256;
/// Schemes whose user without a password is a token.
const TOKENS: &[&str] = &["nats", "http", "https", "elasticsearch", "elasticsearchs"];
/// No scheme with its driver is longer.
const LONGEST: usize = 32;
/// What comes before the user in a URL of Oracle's driver.
const ORACLE: &[u8] = b"jdbc:oracle:thin";
/// What makes a URL of SQLite without `//`.
const FILES: &[&str] = &["file", "sqlite", "sqlite3"];

/// Finds the connection strings of a line, from left to right.
pub(super) fn connections(line: &[u8]) -> Vec<Found> {
    let mut finder = Finder {
        line,
        ends: Ends::default(),
        decided: 0,
        url_end: 0,
        found: Vec::new(),
    };
    for at in memchr::memchr3_iter(b':', b'=', b'@', line) {
        if at >= finder.decided {
            finder.look(at);
        }
    }
    finder.found
}

struct Finder<'l> {
    line: &'l [u8],
    ends: Ends,
    /// What is before belongs to something that was found.
    decided: usize,
    /// Where the database URL ends that is being read: until there parameters have more names of secrets.
    url_end: usize,
    found: Vec<Found>,
}

impl Finder<'_> {
    fn look(&mut self, at: usize) {
        let rest = &self.line[at + 1..];
        match self.line[at] {
            b':' if rest.starts_with(b"//") => self.url(at, at + 3),
            b':' if rest.starts_with(br"\/\/") => self.url(at, at + 5),
            b':' => self.colon(at),
            b'=' => self.pair(at),
            _ => self.dsn(at),
        }
    }

    fn add(&mut self, whole: Range<usize>, secret: Range<usize>) {
        self.decided = self.decided.max(secret.end);
        let is_hidden = !is_masked(&self.line[secret.clone()]);
        let end = if is_hidden { secret.end } else { secret.start };
        let whole = whole.start..whole.end.max(end);
        self.found.push(Found::new(whole, secret.start..end));
    }

    // ---- URLs

    /// A scheme and `://`; the token goes on from `start`.
    fn url(&mut self, colon: usize, start: usize) {
        let first = scheme_start(self.line, colon);
        let scheme = as_scheme(&self.line[first..colon]);
        let (is_known, is_token) = (Scheme::find(scheme).is_some(), is_token(scheme));
        let is_glued = self.line[..first].last().copied().is_some_and(is_of_scheme);
        let first = self.with_jdbc(first);
        let end = self.token_end(first, start);
        self.url_end = if is_known { end } else { start };
        let whole = self.with_quote(first)..self.url_end;
        match self.credentials(is_known, first, start, end) {
            // The password of a DSN can begin like a URL.
            Some((at, _)) if (!is_known || is_glued) && self.is_before_network(at) => self.dsn(at),
            Some((at, end)) => {
                self.url_end = if is_known { end } else { at };
                let whole = whole.start..self.url_end;
                match memchr::memchr(b':', &self.line[start..at]) {
                    Some(colon) => self.add(whole, start + colon + 1..at),
                    None if is_token || is_escaped_pair(&self.line[start..at]) => {
                        self.add(whole, start..at);
                    }
                    None => self.found.push(Found::new(whole, at..at)),
                }
                self.decided = self.decided.max(at + 1);
            }
            None if is_known => {
                let end = self.ends.word(self.line, start).min(end);
                match self.cut_off(start, end) {
                    Some(secret) => self.add(whole, secret),
                    None => self.found.push(Found::new(whole, start..start)),
                }
            }
            None => {}
        }
    }

    /// The start of a token with the quotation mark that opens it.
    fn with_quote(&self, first: usize) -> usize {
        first - usize::from(Quote::before(self.line, first).is_some())
    }

    fn with_jdbc(&self, first: usize) -> usize {
        if ends_with(&self.line[..first], b"jdbc:") {
            first - 5
        } else {
            first
        }
    }

    /// Where a token ends that goes on from `start`, and that a quotation mark before `first` may have opened.
    fn token_end(&mut self, first: usize, start: usize) -> usize {
        let quoted = Quote::before(self.line, first);
        let quoted = quoted.and_then(|quote| self.ends.quoted(self.line, quote, start));
        quoted.unwrap_or_else(|| self.ends.word(self.line, start))
    }

    /// Where the credentials of a URL end, and where the URL does.
    fn credentials(
        &mut self,
        is_known: bool,
        first: usize,
        start: usize,
        end: usize,
    ) -> Option<(usize, usize)> {
        let end = self.before_next(start, end);
        let token = &self.line[start..end];
        let delimiter = memchr::memchr3(b'/', b'?', b'#', token).unwrap_or(token.len());
        let within = memchr::memrchr(b'@', &token[..delimiter]).map(|at| start + at);
        let last = self.ends.last_at(self.line, start, end);
        let beyond = last.filter(|&last| is_known && last >= start + delimiter);
        match beyond {
            Some(last) if !self.is_readable(first..end) => Some((last, end)),
            _ => within.map(|at| (at, end)),
        }
    }

    /// The end of a token, or the start of the next URL in it: of a list, if what is before is one by itself.
    fn before_next(&self, start: usize, end: usize) -> usize {
        let token = &self.line[start..end];
        let Some(next) = memchr::memmem::find(token, b"://") else {
            return end;
        };
        let scheme = run_before(token, next, is_of_scheme);
        let before = &token[..scheme];
        // A password can begin like a URL.
        let is_in_password = before.ends_with(b":") && !before.ends_with(b"jdbc:");
        let is_whole = memchr::memchr(b'@', before).is_some()
            || !is_in_password && self.cut_off(start, start + scheme).is_none();
        if is_whole { start + scheme } else { end }
    }

    fn is_readable(&self, url: Range<usize>) -> bool {
        let Ok(text) = std::str::from_utf8(&self.line[url]) else {
            return false;
        };
        let text = text.trim_end_matches(|c: char| ".,;:!?)]}>".contains(c));
        let text = if text.contains('\\') {
            Cow::Owned(text.replace("\\/", "/").replace("\\u0026", "&"))
        } else {
            Cow::Borrowed(text)
        };
        ParseOptions::new().parse(&text).is_ok()
    }

    /// The password of a URL whose `@` is missing: what is after the first `:` is no port. A raw space may have cut it off.
    fn cut_off(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let token = &self.line[start..end];
        let delimiter = token.iter().position(|byte| b"/?#;".contains(byte));
        let delimiter = delimiter.unwrap_or(token.len());
        let is_host = |element: &[u8]| {
            let port = element.iter().rposition(|&byte| byte == b':');
            let port = port.map_or(&[][..], |colon| &element[colon + 1..]);
            element.starts_with(b"[")
                || port.iter().all(u8::is_ascii_digit)
                || port.starts_with(b"$")
        };
        // An address in parentheses or a list of JDBC has settings, which are found by their names.
        let is_list = token.starts_with(b"(") || token.starts_with(b"address");
        if is_list || token[..delimiter].split(|&byte| byte == b',').all(is_host) {
            return None;
        }
        let colon = start + memchr::memchr(b':', token)? + 1;
        let far = &self.line[end..self.line.len().min(end + FAR)];
        let line = memchr::memchr(b'\n', far).map_or(far, |line| &far[..line]);
        let line = memchr::memmem::find(line, b"://").map_or(line, |next| &line[..next]);
        let at = memchr::memchr(b'@', line).map(|at| end + at);
        let is_host = |at: &usize| {
            let next = self.line.get(at + 1);
            next.is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'[')
        };
        Some(colon..at.filter(is_host).unwrap_or(end))
    }

    // ---- Names and values

    /// After the name of a JSON member, or after a scheme that needs no `//`.
    fn colon(&mut self, at: usize) {
        let before = &self.line[..at];
        let file = FILES.iter().find(|file| ends_with(before, file.as_bytes()));
        if let Some(first) = file.map(|file| at - file.len()) {
            if is_apart(&before[..first]) {
                self.url_end = self.token_end(first, at + 1);
                let whole = self.with_quote(first)..self.url_end;
                self.found.push(Found::new(whole, at..at));
            }
        } else if ends_with(before, ORACLE) {
            self.oracle(at);
        }
        let Some(mark) = Quote::before(self.line, at) else {
            return;
        };
        let name = self.quoted_name(at);
        if !is_of_password(&self.line[name.clone()]) {
            return;
        }
        let spaces = run(&self.line[at + 1..], |byte| byte == b' ');
        let value = at + 1 + spaces;
        if let Some((quote, len)) = Quote::at(self.line, value).filter(|(quote, _)| *quote == mark)
        {
            let start = value + len;
            let end = self.ends.quoted(self.line, quote, start);
            let end = end.unwrap_or_else(|| self.ends.word(self.line, start));
            self.add(name.start..end, start..end);
        }
    }

    /// The name between quotation marks that ends just before a position.
    fn quoted_name(&self, at: usize) -> Range<usize> {
        let end = at - 1;
        let end = run_before(self.line, end, |byte| byte == b'\\');
        run_before(self.line, end, is_of_name)..end
    }

    /// `jdbc:oracle:thin:user/password@host`.
    fn oracle(&mut self, colon: usize) {
        let first = colon - b"thin".len();
        let end = self.token_end(colon - ORACLE.len(), colon + 1);
        let Some(at) = self.ends.last_at(self.line, colon + 1, end) else {
            return;
        };
        if let Some(slash) = memchr::memchr(b'/', &self.line[colon + 1..at]) {
            self.add(first..at, colon + 1 + slash + 1..at);
        }
    }

    /// A name, `=`, and a value. In the URL of a database every name of a secret counts, unless the value is harmless.
    fn pair(&mut self, equals: usize) {
        let is_in_url = equals < self.url_end;
        let spaces = if is_in_url {
            0
        } else {
            let before = self.line[..equals].iter().rev();
            run(before.take(8), |byte| matches!(byte, b' ' | b'\t'))
        };
        let end = equals - spaces;
        let name = match Quote::before(self.line, end) {
            Some(_) if !is_in_url => self.quoted_name(end),
            _ => run_before(self.line, end, is_of_name)..end,
        };
        if name.is_empty() {
            return;
        }
        let given = decoded(&self.line[name.clone()]);
        let is_named = if is_in_url {
            is_secret_name(&given)
        } else {
            is_of_password(given.as_bytes())
        };
        if !is_named {
            return;
        }
        let value = self.value(&name, equals + 1, spaces > 0, is_in_url);
        let is_harmless =
            is_in_url && shown::is_harmless(&given, &decoded(&self.line[value.clone()]));
        if !is_harmless {
            self.add(name.start..value.end, value);
        }
    }

    /// The value of a setting: quoted, in braces, or up to what separates settings.
    fn value(
        &mut self,
        name: &Range<usize>,
        start: usize,
        is_spaced: bool,
        is_in_url: bool,
    ) -> Range<usize> {
        let limit = if is_in_url {
            self.url_end
        } else {
            self.line.len()
        };
        let mut start = start;
        if is_spaced {
            start += run(&self.line[start..], |byte| byte == b' ');
        }
        // Ruby's `"password"=>"..."`.
        if self.line[start..].starts_with(b">") {
            start += 1;
        }
        if let Some((quote, len)) = Quote::at(self.line, start).filter(|_| !is_in_url) {
            let start = start + len;
            if let Some(end) = self.ends.quoted(self.line, quote, start) {
                return start..end;
            }
        }
        if self.line[start..].starts_with(b"{") {
            if let Some(end) = memchr::memchr(b'}', &self.line[start..limit]) {
                return start + 1..start + end;
            }
        }
        let is_in_parentheses = name.start > 0 && self.line[name.start - 1] == b'(';
        let end = if is_in_url {
            limit
        } else {
            self.unquoted(start)
        };
        let mut at = start;
        while at < end {
            match self.line[at] {
                b')' if is_in_parentheses => break,
                b'&' | b';' if self.begins_setting(at, end) => break,
                b'\\' if self.line[at..].starts_with(b"\\u0026") => break,
                _ => at += 1,
            }
        }
        if is_in_url || at < end {
            return start..at;
        }
        // Punctuation of the sentence.
        let before = self.line[start..at].iter().rev();
        start..at - run(before, |byte| b",.;:)".contains(&byte))
    }

    /// The end of an unquoted value of keyword/value text, where a backslash escapes a space.
    fn unquoted(&mut self, start: usize) -> usize {
        let mut end = self.ends.word(self.line, start);
        while end > start && self.line[end - 1] == b'\\' && self.line.get(end) == Some(&b' ') {
            end = self.ends.word(self.line, end + 1);
        }
        end
    }

    /// Whether a separator is followed by another setting, or by nothing more of the value.
    fn begins_setting(&self, at: usize, end: usize) -> bool {
        let rest = &self.line[at + 1..end];
        let rest = rest.strip_prefix(b"amp;").unwrap_or(rest);
        let name = run(rest.iter().take(64), |byte| {
            is_of_name(byte) || byte == b' '
        });
        rest.is_empty() || name > 0 && rest.get(name) == Some(&b'=')
    }

    // ---- DSNs

    /// `user:password@tcp(host)/database`: the `@` is the last of its word that is followed by a network.
    fn dsn(&mut self, at: usize) {
        if !self.is_before_network(at) {
            return;
        }
        let end = self.ends.word(self.line, at);
        let mut later = memchr::memchr_iter(b'@', &self.line[at..end]).map(|later| at + later);
        let last = later
            .rfind(|&later| self.is_before_network(later))
            .unwrap_or(at);
        let region = self.dsn_start(at);
        match memchr::memchr(b':', &self.line[region..at]) {
            Some(colon) => self.add(region..last, region + colon + 1..last),
            None => self.found.push(Found::new(region..last, last..last)),
        }
        self.decided = self.decided.max(last + 1);
    }

    fn is_before_network(&self, at: usize) -> bool {
        let rest = &self.line[at + 1..];
        let name = run(rest.iter().take(32), |byte| byte.is_ascii_alphanumeric());
        name > 0 && rest.get(name) == Some(&b'(')
    }

    /// Where a DSN begins: after the quotation mark that opens it, else after a space.
    fn dsn_start(&self, at: usize) -> usize {
        let from = self.decided.max(at.saturating_sub(1 << 12));
        let before = &self.line[from..at];
        let is_opening = |quote: &usize| {
            let is_mark = matches!(before[*quote], b'"' | b'\'' | b'`');
            let is_open = |byte: u8| byte.is_ascii_whitespace() || b":=,({[\\".contains(&byte);
            is_mark
                && (*quote == 0 && from == self.decided || *quote > 0 && is_open(before[quote - 1]))
        };
        let is_space = |byte: &u8| byte.is_ascii_whitespace() || byte.is_ascii_control();
        let space = before
            .iter()
            .rposition(is_space)
            .map_or(0, |space| space + 1);
        let quote = (0..before.len())
            .rev()
            .find(is_opening)
            .map(|quote| quote + 1);
        let is_unclosed =
            |start: &usize| *start >= space || !before[*start..].contains(&before[start - 1]);
        from + quote.filter(is_unclosed).unwrap_or(space)
    }
}

const fn is_of_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'%')
}

/// Where a scheme begins that ends at a position. It may have no space before it: the sign of a diff, the code of a color
/// (`\x1b[32m`), or the escape of a line end (`\n`), so a known scheme is one also where letters are before it.
fn scheme_start(line: &[u8], colon: usize) -> usize {
    let start = run_before(line, colon, is_of_scheme);
    let first = start + run(&line[start..colon], |byte| !byte.is_ascii_alphabetic());
    let is_known = |start: &usize| {
        let scheme = as_scheme(&line[*start..colon]);
        // `git+https` has no token.
        let is_driver = *start > first && line[start - 1] == b'+';
        Scheme::find(scheme).is_some() || !is_driver && is_token(scheme)
    };
    let mut starts = first.max(colon.saturating_sub(LONGEST))..colon;
    starts.find(is_known).unwrap_or(first)
}

/// What has only characters of schemes.
fn as_scheme(text: &[u8]) -> &str {
    std::str::from_utf8(text).unwrap_or_default()
}

fn is_token(scheme: &str) -> bool {
    let mut known = TOKENS.iter();
    known.any(|known| known.eq_ignore_ascii_case(scheme))
}

/// Whether a word begins after this: not after a letter, but for one of a code or an escape (`[32m`, `\n`).
const fn is_apart(before: &[u8]) -> bool {
    match before {
        [.., b'0'..=b'9' | b'[' | b'\\', _] | [] => true,
        [.., last] => !last.is_ascii_alphabetic(),
    }
}

/// A user that was escaped together with its password.
fn is_escaped_pair(user: &[u8]) -> bool {
    memchr::memmem::find(&user.to_ascii_uppercase(), b"%3A").is_some()
}

/// Whether a name outside of a URL is that of a password: `password`, `sslpassword`, `DB_PASSWORD`, `Pwd`, `clientSecret`.
fn is_of_password(name: &[u8]) -> bool {
    const ENDS: &[&[u8]] = &[b"password", b"passwd", b"passphrase", b"pwd", b"secret"];
    let is_folder = matches!(name, b"PWD" | b"OLDPWD");
    !is_folder && ENDS.iter().any(|end| ends_with(name, end))
}

fn ends_with(text: &[u8], end: &[u8]) -> bool {
    let start = text.len().checked_sub(end.len());
    start.is_some_and(|start| text[start..].eq_ignore_ascii_case(end))
}

fn decoded(text: &[u8]) -> Cow<'_, str> {
    percent_encoding::percent_decode(text).decode_utf8_lossy()
}

/// Whether a password is nothing to hide: empty, or masked already.
pub(super) fn is_masked(password: &[u8]) -> bool {
    password.is_empty() || password == MASK.as_bytes()
}
