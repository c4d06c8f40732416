//! The forms of harmless values, each so narrow that neither a URL nor a password with a delimiter fits it.

use crate::bytes::Bytes;
use crate::key::LONGEST_WORD;

/// What a value must look like to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A number, alone or with units (`5`, `-1`, `10.5s`, `1m30s`, `64MB`), or a truth value.
    Number,
    /// `true`, `off`, a digit and their like, or nothing (`null`, `none`).
    Truth,
    /// One of a list in any case, whichever of `-`, `_` and space joins its words; or a truth value.
    OneOf(&'static [&'static str]),
    /// A name: letters, digits, `_`, `-`, `.` and `+`.
    Identifier,
    /// Several names, separated by commas or spaces.
    List,
    /// The path of a file or a directory.
    Path,
    /// A path, or one of a list as it is written.
    PathOr(&'static [&'static str]),
    /// A path or a name.
    PathOrName,
    /// A time zone: a name such as `Europe/Paris`, or an offset.
    Zone,
    /// Tags of MongoDB's servers: `dc:ny,rack:1`.
    Tags,
    /// Names of ciphers in OpenSSL's spelling.
    Ciphers,
    /// A web address without credentials, query or fragment.
    Origin,
    /// A map, whose members have forms of their own.
    Group,
}

impl Form {
    pub(super) fn takes(self, text: &str) -> bool {
        match self {
            Self::Number => is_number(text) || is_truth(text),
            Self::Truth => is_truth(text),
            Self::OneOf(words) => {
                is_truth(text) || words.iter().any(|word| is_same_word(word, text))
            }
            Self::Identifier => is_identifier(text),
            Self::List => all(text, &[',', ' '], |name| {
                is_identifier(name.strip_prefix('$').unwrap_or(name))
            }),
            Self::Path => is_path(text),
            Self::PathOr(words) => is_path(text) || words.contains(&text),
            Self::PathOrName => is_path(text) || is_identifier(text),
            Self::Zone => is_zone(text),
            Self::Tags => all(text, &[','], |tag| {
                tag.split_once(':')
                    .is_some_and(|(name, value)| is_identifier(name) && is_identifier(value))
            }),
            Self::Ciphers => all(text, &[':', ',', ' '], is_cipher),
            Self::Origin => is_origin(text),
            Self::Group => false,
        }
    }
}

/// The pieces of a list, each of which has to hold; quotation marks round one are not looked at.
fn all(text: &str, separators: &[char], holds: impl Fn(&str) -> bool) -> bool {
    let pieces = text.split(separators).filter(|piece| !piece.is_empty());
    text.len() <= 512 && pieces.map(|piece| piece.trim_matches('"')).all(holds)
}

fn is_truth(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "true", "false", "t", "f", "yes", "no", "y", "n", "on", "off", "enable", "disable",
        "enabled", "disabled", "none", "null", "nil",
    ];
    matches!(text.as_bytes(), [b'0'..=b'9'])
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

fn is_same_word(word: &str, text: &str) -> bool {
    fn plain(text: &str) -> impl Iterator<Item = u8> {
        let letters = text
            .bytes()
            .filter(|byte| !matches!(byte, b'-' | b'_' | b' '));
        letters.map(|byte| byte.to_ascii_lowercase())
    }
    text.len() <= 32 && plain(word).eq(plain(text))
}

/// The longest number that is shown.
const DIGITS: usize = 20;

fn is_number(text: &str) -> bool {
    const UNITS: &[&str] = &[
        "ns", "us", "µs", "ms", "s", "sec", "m", "min", "h", "d", "b", "k", "kb", "mb", "gb", "g",
    ];
    let text = text.trim_matches([' ', '\t']);
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    if text.is_empty() || text.len() > DIGITS {
        return false;
    }
    let mut rest = text;
    while !rest.is_empty() {
        let digits = leading(rest, |c| c.is_ascii_digit() || matches!(c, '.' | '_'));
        let unit = leading(&rest[digits..], char::is_alphabetic);
        let (number, unit) = (&rest[..digits], &rest[digits..digits + unit]);
        let is_unit = unit.is_empty() || UNITS.iter().any(|known| known.eq_ignore_ascii_case(unit));
        if !number.starts_with(|c: char| c.is_ascii_digit()) || !is_unit {
            return text.parse::<f64>().is_ok();
        }
        rest = &rest[digits + unit.len()..];
    }
    true
}

/// The length of the start of a string where all characters fit.
fn leading(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}

/// The longest name of Postgres, and of most other programs.
const LONGEST_NAME: usize = 63;

/// Letters, digits, `_`, `-`, `.` and `+`, and no token: those are long, or have a long piece of letters and digits mixed.
pub(super) fn is_identifier(text: &str) -> bool {
    static PLAIN: Bytes = Bytes::alphanumeric_and(b"_-.+");
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+');
    is_plain_identifier(text) && (PLAIN.has_all_of(text) || text.chars().all(fits))
}

/// The same, where the text is known to be of such characters.
pub(super) fn is_plain_identifier(text: &str) -> bool {
    let starts = |c: char| c.is_alphanumeric() || c == '_';
    text.len() <= LONGEST_NAME
        && text.starts_with(starts)
        && (text.len() <= LONGEST_WORD || !text.split(['_', '-', '.']).any(is_random))
}

/// Whether a word without separators looks like a token or a hash.
fn is_random(word: &str) -> bool {
    word.len() > LONGEST_WORD
        && word.contains(|c: char| c.is_ascii_digit())
        && word.contains(|c: char| !c.is_ascii_digit())
}

/// A path from the root, from home or from a variable, one that begins with a dot, the name of a file with an extension that
/// such files have, or words in lower case.
fn is_path(text: &str) -> bool {
    let text = text.strip_prefix("file:").unwrap_or(text);
    let Some(rest) = after_root(text) else {
        return is_path_text(text) && (has_extension(text) || is_plain_relative(text));
    };
    is_path_text(rest)
}

fn is_path_text(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || "/\\._-+~() ".contains(c);
    text.len() <= 1024 && text.chars().all(fits)
}

/// What follows the start of a path that is recognised by its start.
fn after_root(path: &str) -> Option<&str> {
    let is_separator = |c: char| matches!(c, '/' | '\\');
    if path.starts_with(is_separator) || path.starts_with('.') {
        return Some(path);
    }
    if let Some(rest) = path.strip_prefix('~') {
        return rest.starts_with(is_separator).then_some(rest);
    }
    if let Some(rest) = path.strip_prefix('$') {
        let rest = rest.strip_prefix('{').unwrap_or(rest);
        let name = leading(rest, |c| c.is_ascii_uppercase() || c == '_');
        let rest = rest[name..].strip_prefix('}').unwrap_or(&rest[name..]);
        return (name > 0 && rest.starts_with(is_separator)).then_some(rest);
    }
    match path.as_bytes() {
        [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic() => Some(&path[2..]),
        _ => None,
    }
}

fn has_extension(path: &str) -> bool {
    const KNOWN: &[&str] = &[
        "pem", "crt", "cer", "cert", "der", "key", "p8", "pk8", "p12", "pfx", "jks", "crl", "pub",
        "txt", "conf", "cnf", "ini", "log", "sock", "db", "sqlite", "sqlite3", "sql", "rb", "json",
        "yml", "yaml", "pgpass",
    ];
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        KNOWN
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    })
}

/// `db/migrate`; the keys of Amazon, which have slashes in them, have capitals and digits as well.
fn is_plain_relative(path: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '-' | '.' | '/');
    path.contains('/') && path.chars().all(fits)
}

fn is_zone(text: &str) -> bool {
    let text = text.trim_matches('\'');
    let is_offset = |text: &str| {
        let digits = |c: char| c.is_ascii_digit() || c == ':';
        text.strip_prefix(['+', '-'])
            .is_some_and(|text| (1..=8).contains(&text.len()) && text.chars().all(digits))
    };
    let is_name = |text: &str| {
        let fits = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '-');
        let (name, offset) = text.split_at(leading(text, fits));
        !name.is_empty() && (offset.is_empty() || is_offset(offset) || is_number(offset))
    };
    text.len() <= 40 && (is_offset(text) || is_number(text) || text.split('/').all(is_name))
}

fn is_cipher(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    let name = name.strip_prefix(['!', '+', '-']).unwrap_or(name);
    let name = name.strip_prefix('a').unwrap_or(name);
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(fits)
        && !name.split(['_', '-']).any(is_random)
}

fn is_origin(text: &str) -> bool {
    let address = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let is_host = |host: &str| {
        let (name, port) = host.split_once(':').unwrap_or((host, "0"));
        is_identifier(name) && is_number(port)
    };
    address.is_some_and(|address| {
        let mut pieces = address.trim_end_matches('/').split('/');
        pieces.next().is_some_and(is_host) && pieces.all(is_identifier)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATHS: Form = Form::Path;

    #[test]
    fn harmless_values_have_their_form() {
        for (form, values) in [
            (
                Form::Number,
                &[
                    "5", "-1", " 7\t", "0", "10.5", "1e3", "30s", "1m30s", "250ms", "64MB",
                    "10_000", "true", "None",
                ][..],
            ),
            (Form::Truth, &["true", "False", "on", "0", "disabled"]),
            (
                Form::OneOf(&["read-write", "amazon rds"]),
                &["read_write", "READ-WRITE", "Amazon RDS", "true", "7"],
            ),
            (
                Form::Identifier,
                &[
                    "web.1",
                    "my-app",
                    "rails_console",
                    "utf8mb4",
                    "en_US.UTF-8",
                    "app-7d4b9c6f5d-x2lqz",
                    "größe",
                    "7",
                ],
            ),
            (
                Form::List,
                &[
                    "public",
                    "\"$user\", public",
                    "snappy,zlib",
                    "openid profile",
                ],
            ),
            (
                PATHS,
                &[
                    "/etc/ssl/ca.pem",
                    "~/.pgpass",
                    "./ca",
                    "../x/y.key",
                    "C:\\certs\\ca.pem",
                    "C:/x",
                    "ca.pem",
                    "certs/Ca1.crt",
                    "$HOME/.postgresql/root.crt",
                    "${HOME}/x",
                    "/Library/Application Support/ca",
                    ".pgpass",
                    "db/migrate",
                    "file:///x/k.jks",
                ],
            ),
            (Form::PathOr(&["system"]), &["system", "/x/y.pem"]),
            (Form::PathOrName, &["key_1", "/x/y.pem"]),
            (
                Form::Zone,
                &[
                    "+02:00",
                    "UTC",
                    "Europe/Paris",
                    "'America/Argentina/Buenos_Aires'",
                    "Etc/GMT+5",
                    "local",
                ],
            ),
            (Form::Tags, &["dc:ny,rack:1", "dc:ny"]),
            (
                Form::Ciphers,
                &[
                    "ECDHE-RSA-AES256-GCM-SHA384:HIGH:!aNULL",
                    "TLS_AES_128_GCM_SHA256,HIGH",
                ],
            ),
            (
                Form::Origin,
                &["https://id.example", "https://id.example:8443/tenant-1/v2/"],
            ),
        ] {
            for value in values {
                assert!(form.takes(value), "{form:?} {value}");
            }
        }
    }

    #[test]
    fn secrets_have_none() {
        let forms = [
            Form::Number,
            Form::Truth,
            Form::OneOf(&["read-write"]),
            Form::Identifier,
            Form::List,
            Form::Path,
            Form::PathOr(&["system"]),
            Form::PathOrName,
            Form::Zone,
            Form::Tags,
            Form::Ciphers,
            Form::Origin,
            Form::Group,
        ];
        for value in [
            "postgres://a:secret@b/c",
            "postgres://b/c?password=secret",
            "host=h password=secret",
            "a:secret@tcp(h)/d",
            "/postgres://a:secret@b",
            "https://u:secret@id.example",
            "https://secret@id.example",
            "https://id.example/?key=secret",
            "p@ss",
            "p:ss,w:r?",
            "p#ss",
            "p=ss",
            "p%73s",
            "p&s",
            "p?s",
            "p$s",
            "/x?s",
            "~p/s*",
            "'p ss!'",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
            "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd6",
            "-----BEGIN PRIVATE KEY-----",
        ] {
            for form in forms {
                assert!(!form.takes(value), "{form:?} {value}");
            }
        }
    }
}
