//! Secrets that are known, and the search for them in any mix of notations.

use percent_encoding::percent_decode_str;
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

/// How often a character of a secret is tried both as it is and as an escape.
const TRIES: u32 = 64;

/// Variables whose name names a secret, but whose value is not one.
const OTHERS: &[&str] = &["PWD", "OLDPWD", "SSH_AUTH_SOCK", "XAUTHORITY"];
/// Ends of the names of variables that say where a secret is.
const OF_LOCATIONS: &[&str] = &[
    "_FILE", "_PATH", "_DIR", "_SOCK", "_URL", "ASKPASS", "PASSFILE",
];

/// A secret, or a piece of one.
type Known = Zeroizing<Vec<u8>>;

/// Secrets in order, and the pairs of bytes that one of them can begin with.
#[derive(Clone)]
pub(super) struct Secrets {
    sorted: Vec<Known>,
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
        let mut sorted = Vec::new();
        for name in vars.names() {
            let Ok(Some(value)) = vars.get(name) else {
                continue;
            };
            let value = value.expose();
            let found = find::connections(value.as_bytes());
            let passwords = found
                .iter()
                .filter_map(|found| value.get(found.secret.clone()));
            for password in passwords {
                let decoded = percent_decode_str(password).collect::<Vec<_>>();
                if let Ok(decoded) = std::str::from_utf8(&Zeroizing::new(decoded)) {
                    sorted.extend(pieces(decoded));
                }
                sorted.extend(pieces(password));
            }
            if is_of_secret(name) {
                sorted.extend(pieces(value));
            }
        }
        let attachments = Attachments::of(vars);
        let databases = attachments.iter().filter_map(|one| one.database().ok());
        for password in databases.filter_map(Database::password) {
            sorted.extend(pieces(password.expose()));
        }
        sorted.sort_unstable_by(|one, other| (**one).cmp(other));
        sorted.dedup();
        let mut secrets = Self::default();
        for piece in &sorted {
            secrets.note_start(piece);
        }
        Self { sorted, ..secrets }
    }

    /// Adds each line of a secret that is long enough.
    pub(super) fn add(&mut self, secret: &str) {
        for piece in pieces(secret) {
            if let Err(at) = self.sorted.binary_search_by(|known| (**known).cmp(&piece)) {
                self.note_start(&piece);
                self.sorted.insert(at, piece);
            }
        }
    }

    fn note_start(&mut self, piece: &[u8]) {
        let [first, second, ..] = *piece else { return };
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
        let mut tries = TRIES;
        let longest = longest(&self.sorted, (0, 0), text, &mut tries);
        if tries > 0 {
            return longest;
        }
        let each = self.sorted.chunks(1);
        let lengths =
            each.filter_map(|secret| self::longest(secret, (0, 0), text, &mut TRIES.clone()));
        lengths.max()
    }
}

/// The lines of a secret that are long enough, in pieces.
fn pieces(secret: &str) -> impl Iterator<Item = Known> {
    // The lines round a key in PEM are the same for every key.
    let is_secret = |line: &&str| {
        line.chars().count() >= SHORTEST
            && !line.starts_with("-----")
            && !line.bytes().all(|byte| byte == b'*')
            // A scheme alone: `pg+…` may be a password.
            && (line.contains('+') || Scheme::find(line).is_none())
    };
    let lines = secret.lines().map(str::trim).filter(is_secret);
    lines.map(str::as_bytes).flat_map(|line| {
        let last = line.len().saturating_sub(PIECE);
        let starts = (0..last).step_by(PIECE).chain([last]);
        starts.map(|start| Zeroizing::new(line[start..line.len().min(start + PIECE)].to_vec()))
    })
}

/// Whether the value of a variable is a secret by the variable's name.
fn is_of_secret(name: &str) -> bool {
    is_secret_name(name)
        && !OTHERS.contains(&name)
        && !OF_LOCATIONS.iter().any(|end| name.ends_with(end))
}

/// The length of the longest of some secrets in order at the start of a string, each character as it is or escaped. All begin
/// with the same `known` bytes, found before `at`. Where a secret itself has the character that begins an escape, the longer of
/// both readings counts; after so many in all, the character as it is.
fn longest(
    mut secrets: &[Known],
    (mut known, mut at): (usize, usize),
    text: &[u8],
    tries: &mut u32,
) -> Option<usize> {
    let mut longest = None;
    loop {
        // The one that ends here is before those that go on.
        if secrets[0].len() == known {
            longest = longest.max(Some(at));
        }
        let Some(&byte) = text.get(at) else {
            return longest;
        };
        let raw = next(secrets, known, &[byte]);
        let is_tried = matches!(byte, b'%' | b'\\') && !raw.is_empty();
        let only_raw = is_tried && *tries == 0;
        *tries -= u32::from(is_tried && !only_raw);
        let mut chosen = Some((raw, (known + 1, at + 1))).filter(|_| !raw.is_empty());
        for escape in Escape::readings(&text[at..]) {
            let bytes = escape.bytes();
            let secrets = next(secrets, known, bytes);
            if secrets.is_empty() || only_raw && bytes == [byte] {
                continue;
            }
            let after = (known + bytes.len(), at + escape.len);
            if let Some((secrets, after)) = chosen.replace((secrets, after)) {
                longest = longest.max(self::longest(secrets, after, text, tries));
            }
        }
        let Some(rest) = chosen else { return longest };
        (secrets, (known, at)) = rest;
    }
}

/// Of secrets that are alike before `known`, those that go on with these bytes.
fn next<'s>(mut secrets: &'s [Known], known: usize, bytes: &[u8]) -> &'s [Known] {
    for (byte, at) in bytes.iter().zip(known..) {
        let is_next = |secret: &Known| secret.get(at) == Some(byte);
        let ends = [secrets.first(), secrets.last()];
        if !ends.into_iter().flatten().all(is_next) {
            let start = secrets.partition_point(|secret| secret.get(at) < Some(byte));
            secrets = &secrets[start..];
            secrets = &secrets[..secrets.partition_point(is_next)];
        }
    }
    secrets
}

/// One character after an escape of URLs or of JSON.
struct Escape {
    bytes: [u8; 4],
    count: usize,
    /// How long it is as written.
    len: usize,
}

impl Escape {
    /// What the start of a string can be but its first byte: a space, what an escape gives, and what an escaped escape gives.
    fn readings(text: &[u8]) -> impl Iterator<Item = Self> {
        let escape = match text {
            [b'+', ..] => Some(Self::byte(b' ', 1)),
            _ => Self::of(text),
        };
        let percent = escape.as_ref().filter(|escape| escape.bytes() == b"%");
        let twice = percent.and_then(|escape| escape.twice(text));
        escape.into_iter().chain(twice)
    }

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
