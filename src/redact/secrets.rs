//! Secrets that are known, and the search for them in any mix of notations.

use std::ops::Range;

use zeroize::Zeroizing;

use crate::attachment::Attachments;
use crate::database::Database;
use crate::engine::Scheme;
use crate::redact::find::{self, Found};
use crate::vars::Vars;
use crate::words::is_secret_name;

/// A shorter secret is likely to be an ordinary word.
const SHORTEST: usize = 8;
/// A longer secret is searched for in pieces, so that the length of a match is bounded.
const PIECE: usize = 1 << 10;

/// Variables whose name names a secret, but whose value is not one.
const OTHERS: &[&str] = &["PWD", "OLDPWD", "SSH_AUTH_SOCK", "XAUTHORITY"];
/// Ends of the names of variables that say where a secret is.
const OF_LOCATIONS: &[&str] = &[
    "_FILE", "_PATH", "_DIR", "_SOCK", "_URL", "ASKPASS", "PASSFILE",
];

/// Secrets in order, and which of them can begin with two given bytes.
#[derive(Clone)]
pub(super) struct Secrets {
    sorted: Vec<Zeroizing<Vec<u8>>>,
    /// A bit for every two bytes that a secret can begin with.
    starts: Vec<u64>,
}

impl Default for Secrets {
    fn default() -> Self {
        Self {
            sorted: Vec::new(),
            starts: vec![0; (1 << 16) / 64],
        }
    }
}

impl Secrets {
    /// What the variables hold.
    pub(super) fn of(vars: &Vars) -> Self {
        let mut secrets = Self::default();
        for name in vars.names() {
            let Ok(Some(value)) = vars.get(name) else {
                continue;
            };
            let value = value.expose();
            let found = find::connections(value.as_bytes());
            let passwords = found
                .iter()
                .filter_map(|found| value.get(found.secret.clone()));
            passwords.for_each(|password| secrets.add_encoded(password));
            if found.is_empty() && is_of_secret(name) {
                secrets.add(value);
            }
        }
        let attachments = Attachments::of(vars);
        let databases = attachments.iter().filter_map(|one| one.database().ok());
        for password in databases.filter_map(Database::password) {
            secrets.add(password.expose());
        }
        secrets
    }

    /// A secret of a URL, where it is encoded.
    fn add_encoded(&mut self, text: &str) {
        let decoded =
            Zeroizing::new(percent_encoding::percent_decode_str(text).collect::<Vec<_>>());
        if let Ok(decoded) = std::str::from_utf8(&decoded) {
            self.add(decoded);
        }
        self.add(text);
    }

    /// Adds each line of a secret that is long enough.
    pub(super) fn add(&mut self, secret: &str) {
        // The lines round a key in PEM are the same for every key.
        let is_secret = |line: &&str| {
            line.chars().count() >= SHORTEST
                && !line.starts_with("-----")
                && !line.bytes().all(|byte| byte == b'*')
                && Scheme::find(line).is_none()
        };
        for line in secret.lines().map(str::trim).filter(is_secret) {
            let line = line.as_bytes();
            let last = line.len().saturating_sub(PIECE);
            let starts = (0..last).step_by(PIECE).chain([last]);
            starts.for_each(|start| self.insert(&line[start..line.len().min(start + PIECE)]));
        }
    }

    fn insert(&mut self, secret: &[u8]) {
        let Err(at) = self
            .sorted
            .binary_search_by(|known| (**known)[..].cmp(secret))
        else {
            return;
        };
        self.sorted.insert(at, Zeroizing::new(secret.to_vec()));
        let [first, second, ..] = *secret else { return };
        for second in [second, b'%', b'\\', b'+'] {
            self.may_start(first, second);
        }
        // An escape can be the first character of any secret.
        for digit in *b"0123456789abcdefABCDEF" {
            self.may_start(b'%', digit);
        }
        for escaped in *b"\"\\/'bfnrtu" {
            self.may_start(b'\\', escaped);
        }
        self.may_start(b'+', second);
    }

    fn may_start(&mut self, first: u8, second: u8) {
        let bit = usize::from(u16::from_be_bytes([first, second]));
        self.starts[bit / 64] |= 1 << (bit % 64);
    }

    /// Finds every occurrence.
    pub(super) fn search(&self, line: &[u8], found: &mut Vec<Found>) {
        if self.sorted.is_empty() {
            return;
        }
        for (at, pair) in line.windows(2).enumerate() {
            let bit = usize::from(u16::from_be_bytes([pair[0], pair[1]]));
            if self.starts[bit / 64] & (1 << (bit % 64)) == 0 {
                continue;
            }
            if let Some(len) = self.longest(&line[at..]) {
                found.push(Found::new(at..at + len, at..at + len));
            }
        }
    }

    /// How long the longest secret at the start of a string is, as it is written there.
    fn longest(&self, text: &[u8]) -> Option<usize> {
        let raw = text.first().copied();
        let escaped = Escape::of(text).map(|escape| escape.bytes[0]);
        let plus = raw.filter(|&byte| byte == b'+').map(|_| b' ');
        let firsts = [raw, escaped.filter(|_| escaped != raw), plus];
        let starting = firsts
            .into_iter()
            .flatten()
            .flat_map(|first| &self.sorted[self.starting(first)]);
        let lengths = starting.filter_map(|secret| length(secret, text, &mut 64));
        lengths.max()
    }

    /// The secrets that begin with a byte.
    fn starting(&self, first: u8) -> Range<usize> {
        let before = |byte: u8| self.sorted.partition_point(|secret| secret[0] < byte);
        let end = first.checked_add(1).map_or(self.sorted.len(), before);
        before(first)..end
    }
}

/// Whether the value of a variable is a secret by the variable's name.
fn is_of_secret(name: &str) -> bool {
    is_secret_name(name)
        && !OTHERS.contains(&name)
        && !OF_LOCATIONS.iter().any(|end| name.ends_with(end))
}

/// The length of a secret at the start of a string, each character as it is or escaped. Where the secret itself has the
/// character that begins an escape, the longer of both readings counts; after so many in all, the character as it is.
fn length(secret: &[u8], text: &[u8], tries: &mut u32) -> Option<usize> {
    let (mut known, mut at) = (0, 0);
    while let Some(&wanted) = secret.get(known) {
        let byte = *text.get(at)?;
        let rest = |(known, at): (usize, usize), tries: &mut u32| {
            length(&secret[known..], &text[at..], tries).map(|len| at + len)
        };
        if byte == wanted && matches!(byte, b'%' | b'\\') && *tries > 0 {
            *tries -= 1;
            let raw = rest((known + 1, at + 1), tries);
            let escaped = after_escape(secret, known, text, at).and_then(|next| rest(next, tries));
            return raw.max(escaped);
        }
        (known, at) = if byte == wanted || byte == b'+' && wanted == b' ' {
            (known + 1, at + 1)
        } else {
            after_escape(secret, known, text, at)?
        };
    }
    Some(at)
}

/// The positions in the secret and the string after an escape that gives what the secret has there.
fn after_escape(secret: &[u8], known: usize, text: &[u8], at: usize) -> Option<(usize, usize)> {
    let secret = &secret[known..];
    let mut escape = Escape::of(&text[at..])?;
    if escape.bytes() == b"%" && secret.first() != Some(&b'%') {
        escape = escape.twice(&text[at..])?;
    }
    let is_next = secret.starts_with(escape.bytes());
    is_next.then_some((known + escape.bytes().len(), at + escape.len))
}

/// One character after an escape of URLs or of JSON.
struct Escape {
    bytes: [u8; 4],
    count: usize,
    /// How long it is as written.
    len: usize,
}

impl Escape {
    fn of(text: &[u8]) -> Option<Self> {
        match text {
            [b'%', high, low, ..] => Some(Self::byte(hex(*high)? << 4 | hex(*low)?, 3)),
            [b'\\', b'u', digits @ ..] => Self::unicode(digits),
            [b'\\', escaped, ..] => {
                let byte = match escaped {
                    b'"' | b'\\' | b'/' | b'\'' => *escaped,
                    b'b' => 8,
                    b'f' => 12,
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    _ => return None,
                };
                Some(Self::byte(byte, 2))
            }
            _ => None,
        }
    }

    const fn byte(byte: u8, len: usize) -> Self {
        Self {
            bytes: [byte, 0, 0, 0],
            count: 1,
            len,
        }
    }

    /// `\u` and the digits of one UTF-16 unit, or of two.
    fn unicode(digits: &[u8]) -> Option<Self> {
        let unit = |digits: &[u8]| {
            let digits = digits.get(..4)?;
            digits.iter().try_fold(0_u16, |unit, digit| {
                Some(unit << 4 | u16::from(hex(*digit)?))
            })
        };
        let first = unit(digits)?;
        let second = || unit(digits.get(4..)?.strip_prefix(b"\\u")?);
        let mut units = [first, 0];
        let count = match second() {
            Some(second) if (0xd800..0xdc00).contains(&first) => {
                units[1] = second;
                2
            }
            _ => 1,
        };
        let character = char::decode_utf16(units[..count].iter().copied())
            .next()?
            .ok()?;
        let mut bytes = [0; 4];
        let len = character.encode_utf8(&mut bytes).len();
        Some(Self {
            bytes,
            count: len,
            len: 6 * count,
        })
    }

    /// The same of `%25` with two digits: an escape that was escaped.
    fn twice(&self, text: &[u8]) -> Option<Self> {
        let [high, low, ..] = text.get(self.len..)? else {
            return None;
        };
        Some(Self::byte(hex(*high)? << 4 | hex(*low)?, self.len + 2))
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.count]
    }
}

fn hex(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(secret: &str, line: &str) -> Option<Range<usize>> {
        let mut secrets = Secrets::default();
        secrets.add(secret);
        let mut found = Vec::new();
        secrets.search(line.as_bytes(), &mut found);
        found.first().map(|found| found.secret.clone())
    }

    #[test]
    fn a_secret_is_found_in_any_mix_of_notations() {
        for (secret, written) in [
            ("p@ss/word", "p@ss/word"),
            ("p@ss/word", "p%40ss%2fword"),
            ("p@ss/word", "%70%40%73s%2Fw%6frd"),
            ("p@ss/word", "p@ss\\/word"),
            ("p@ss/word", "p\\u0040ss/word"),
            ("p@ss/word", "p%2540ss%252Fword"),
            ("p\"ss\\word", "p\\\"ss\\\\word"),
            ("p\"ss\\word", "p\"ss\\word"),
            ("p ss word", "p+ss%20word"),
            ("50%25secret", "50%25secret"),
            ("50%25secret", "50%2525secret"),
            ("%%%%%%%%%", "%25%25%25%25%25%25%25%25%25"),
            ("größe-🔑-xx", "gr\\u00f6\\u00dfe-\\ud83d\\udd11-xx"),
            ("größe-🔑-xx", "gr%C3%B6%C3%9Fe-%F0%9F%94%91-xx"),
            ("größe-🔑-xx", "größe-🔑-xx"),
        ] {
            let line = format!("x {written} y");
            assert_eq!(
                first(secret, &line),
                Some(2..2 + written.len()),
                "{secret} in {line}"
            );
        }
    }

    #[test]
    fn short_words_schemes_and_masks_are_no_secrets() {
        for word in [
            "hunter2",
            "postgres",
            "********",
            "-----BEGIN PRIVATE KEY-----",
            "",
        ] {
            assert_eq!(first(word, &format!("a {word} b")), None, "{word}");
        }
    }

    #[test]
    fn variables_are_secret_by_their_name() {
        for (name, expected) in [
            ("PGPASSWORD", true),
            ("SECRET_KEY_BASE", true),
            ("AWS_SECRET_ACCESS_KEY", true),
            ("DB_PASSWORD", true),
            ("PWD", false),
            ("OLDPWD", false),
            ("SSH_AUTH_SOCK", false),
            ("PGPASSFILE", false),
            ("GIT_ASKPASS", false),
            ("DB_PASSWORD_FILE", false),
            ("PATH", false),
            ("HOME", false),
        ] {
            assert_eq!(is_of_secret(name), expected, "{name}");
        }
    }
}
