//! One parameter, read: from a spelling and a value to a canonical setting and its value.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind, Stage};
use crate::mysql::alias::{Meaning, Spelling, is_bare_number};
use crate::mysql::keyword::{Keyword, ValueKind};
use crate::mysql::ssl_object;
use crate::mysql::tls::{Fact, SslMode, Switch};
use crate::span::{Component, Span};

/// What a parameter gives.
pub(super) enum ParamMeaning {
    /// The value as written.
    AsIs(Keyword),
    Word(Keyword, &'static str),
    Number(Keyword, u64),
    Tls(Fact),
    /// mysql2's object, which may hold certificates, too.
    Object(Box<ssl_object::Options>),
    /// Nothing: an empty port, say.
    Nothing,
    /// It is someone else's parameter.
    Extra,
}

/// Why a value cannot be used.
pub(super) struct Wrong {
    detail: Cow<'static, str>,
    help: &'static str,
}

impl Wrong {
    pub(super) fn new(detail: impl Into<Cow<'static, str>>, help: &'static str) -> Self {
        Self {
            detail: detail.into(),
            help,
        }
    }

    pub(super) fn at(self, component: Component, location: Span) -> Error {
        Error::new(ErrorKind::InvalidValue, self.detail)
            .at(component, location)
            .stage_is(Stage::Options)
            .with_help(self.help)
    }
}

impl Meaning {
    /// The setting that an error speaks of.
    pub(super) const fn keyword(self) -> Keyword {
        match self {
            Self::Location(keyword)
            | Self::Text(keyword)
            | Self::Number(keyword)
            | Self::Seconds(keyword)
            | Self::Duration(keyword)
            | Self::PerhapsDuration(keyword)
            | Self::Bool(keyword)
            | Self::GoBool(keyword)
            | Self::Not(keyword) => keyword,
            Self::Compress | Self::Level => Keyword::Compress,
            Self::JavaCharset => Keyword::Charset,
            Self::Timezone => Keyword::Timezone,
            Self::Tls(_) | Self::Switch(_) => Keyword::SslMode,
        }
    }

    /// Reads a value.
    pub(super) fn read(self, value: &str) -> Result<ParamMeaning, Wrong> {
        match self {
            Self::Location(Keyword::Port | Keyword::Socket) if value.is_empty() => {
                Ok(ParamMeaning::Nothing)
            }
            Self::Location(keyword) | Self::Text(keyword) => Ok(ParamMeaning::AsIs(keyword)),
            Self::Timezone => Ok(ParamMeaning::AsIs(Keyword::Timezone)),
            Self::Number(keyword) if number_of_any_size(value).is_some() => {
                Ok(ParamMeaning::AsIs(keyword))
            }
            Self::Number(keyword) => {
                number(value).map(|number| ParamMeaning::Number(keyword, number))
            }
            Self::Seconds(keyword) => {
                let milliseconds = number(value)?.checked_mul(1000);
                let milliseconds = milliseconds.filter(|&number| number <= LARGEST);
                Ok(ParamMeaning::Number(
                    keyword,
                    milliseconds.ok_or_else(out_of_range)?,
                ))
            }
            Self::PerhapsDuration(_) if is_bare_number(value) => Ok(ParamMeaning::Extra),
            Self::Duration(keyword) | Self::PerhapsDuration(keyword) => {
                go_duration(value).map(|milliseconds| ParamMeaning::Number(keyword, milliseconds))
            }
            Self::Bool(keyword) => {
                boolean(value).map(|given| ParamMeaning::Word(keyword, word(given)))
            }
            Self::GoBool(keyword) => {
                go_boolean(value).map(|is| ParamMeaning::Word(keyword, word(is)))
            }
            Self::Not(keyword) => {
                boolean(value).map(|given| ParamMeaning::Word(keyword, word(!given)))
            }
            Self::Compress => compress(value),
            Self::Level => level(value).map(|()| ParamMeaning::Extra),
            Self::JavaCharset => Ok(java_charset(value)
                .map_or(ParamMeaning::AsIs(Keyword::Charset), |charset| {
                    ParamMeaning::Word(Keyword::Charset, charset)
                })),
            Self::Tls(spelling) => tls(spelling, value),
            Self::Switch(given) => {
                switch(given, value).map(|is_on| ParamMeaning::Tls(Fact::Switch(given, is_on)))
            }
        }
    }
}

const fn word(given: bool) -> &'static str {
    if given { "true" } else { "false" }
}

/// As many seconds as any driver takes, in milliseconds: what is read in one unit is rendered in the other.
const LARGEST: u64 = u32::MAX as u64 * 1000;

/// Digits only.
#[inline(never)]
fn number(text: &str) -> Result<u64, Wrong> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Wrong::new(
            "expected a whole number",
            "write digits only; the unit follows from the parameter's name",
        ));
    }
    text.parse()
        .ok()
        .filter(|&number| number <= LARGEST)
        .ok_or_else(out_of_range)
}

fn out_of_range() -> Wrong {
    Wrong::new(
        "the number is too large",
        "the largest is 4294967295000, in the setting's smallest unit",
    )
}

/// As any driver spells a boolean.
fn boolean(text: &str) -> Result<bool, Wrong> {
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["true", "1", "yes", "on"]) {
        Ok(true)
    } else if is(&["false", "0", "no", "off"]) {
        Ok(false)
    } else {
        Err(Wrong::new(
            "expected `true` or `false`",
            "some drivers take any text, even `false`, for true; here it is what it says",
        ))
    }
}

/// As go-sql-driver spells a boolean.
pub(super) fn go_boolean(text: &str) -> Result<bool, Wrong> {
    match text {
        "1" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err(Wrong::new(
            "expected `true`, `false`, `1` or `0`",
            "Go takes no other words, such as `yes` or `on`",
        )),
    }
}

/// As its driver spells a switch of TLS.
fn switch(switch: Switch, text: &str) -> Result<bool, Wrong> {
    match switch {
        // To MariaDB's JDBC driver a mere name is `true`.
        Switch::UseOfMariaDb | Switch::TrustCertificate | Switch::TrustHostname
            if text.is_empty() =>
        {
            Ok(true)
        }
        Switch::Fallback => go_boolean(text),
        _ => boolean(text),
    }
}

/// The levels of zlib and zstd.
pub(super) fn level(text: &str) -> Result<(), Wrong> {
    match number(text) {
        Ok(..=22) => Ok(()),
        _ => Err(Wrong::new(
            "expected a level from 0 to 22",
            "zlib has levels up to 9, zstd up to 22",
        )),
    }
}

/// The crates mysql and `mysql_async` take a level, MySQL Shell takes how much it is wanted.
fn compress(text: &str) -> Result<ParamMeaning, Wrong> {
    const LEVELS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    const WORDS: [(&str, &str); 11] = [
        ("true", "true"),
        ("yes", "true"),
        ("on", "true"),
        ("required", "true"),
        ("preferred", "true"),
        ("false", "false"),
        ("no", "false"),
        ("off", "false"),
        ("disabled", "false"),
        ("fast", "fast"),
        ("best", "best"),
    ];
    let level = LEVELS.iter().find(|level| **level == text);
    let found = WORDS
        .iter()
        .find(|(spelling, _)| text.eq_ignore_ascii_case(spelling))
        .map(|(_, word)| word);
    let word = level.or(found);
    word.map(|word| ParamMeaning::Word(Keyword::Compress, word))
        .ok_or_else(|| {
            Wrong::new(
                "expected `true`, `false`, a level from 0 to 9, `fast` or `best`",
                "write `compress=true` to leave the rest to the driver",
            )
        })
}

/// Java's name of a character set in MySQL's words; another one is kept as it is.
pub(super) fn java_charset(name: &str) -> Option<&'static str> {
    JAVA_CHARSETS
        .iter()
        .find(|(java, _)| java.eq_ignore_ascii_case(name))
        .map(|(_, charset)| *charset)
}

/// The first row of a character set is the one that is rendered.
pub(super) const JAVA_CHARSETS: &[(&str, &str)] = &[
    ("UTF-8", "utf8mb4"),
    ("UTF8", "utf8mb4"),
    ("ISO-8859-1", "latin1"),
    ("ISO8859_1", "latin1"),
    ("Cp1252", "latin1"),
    ("windows-1252", "latin1"),
    ("ISO-8859-2", "latin2"),
    ("US-ASCII", "ascii"),
    ("ASCII", "ascii"),
    ("EUC-JP", "ujis"),
    ("Shift_JIS", "sjis"),
    ("SJIS", "sjis"),
    ("GBK", "gbk"),
    ("Big5", "big5"),
    ("EUC-KR", "euckr"),
    ("UTF-16", "utf16"),
];

fn tls(spelling: Spelling, value: &str) -> Result<ParamMeaning, Wrong> {
    let fact = match spelling {
        Spelling::Mode => Fact::Mode(SslMode::from_spelling(value).ok_or_else(mode_expected)?),
        Spelling::Go => Fact::Mode(SslMode::from_go(value).ok_or_else(|| {
            Wrong::new(
                "expected `true`, `false`, `skip-verify` or `preferred`",
                "another name is a configuration registered in a Go program, which no other program can read",
            )
        })?),
        Spelling::Accept => Fact::Mode(match value {
            "strict" => SslMode::VerifyIdentity,
            "accept_invalid_certs" => SslMode::Required,
            _ => return Err(Wrong::new("expected `strict` or `accept_invalid_certs`", "write `sslaccept=strict`, or say it as `ssl-mode=VERIFY_IDENTITY`")),
        }),
        Spelling::Ssl => return ssl(value),
    };
    Ok(ParamMeaning::Tls(fact))
}

fn mode_expected() -> Wrong {
    Wrong::new(
        "expected `DISABLED`, `PREFERRED`, `REQUIRED`, `VERIFY_CA` or `VERIFY_IDENTITY`",
        "in any case; Postgres' `disable`, `prefer`, `require`, `verify-ca` and `verify-full` mean the same",
    )
}

/// `ssl`: a boolean (`true` is TLS or no connection), mysql2's JSON object, or its profile.
fn ssl(value: &str) -> Result<ParamMeaning, Wrong> {
    if value.starts_with('{') {
        let options = ssl_object::read(value).ok_or_else(|| {
            Wrong::new(
                "expected a flat JSON object such as {\"rejectUnauthorized\":true}",
                "say what TLS should do with `ssl-mode`, such as `ssl-mode=VERIFY_IDENTITY`",
            )
        })?;
        return Ok(ParamMeaning::Object(options.into()));
    }
    // The only profile that mysql2 has.
    if value == "Amazon RDS" {
        return Ok(ParamMeaning::Tls(Fact::Mode(SslMode::VerifyCa)));
    }
    match boolean(value) {
        Ok(true) => Ok(ParamMeaning::Tls(Fact::Switch(Switch::Require, true))),
        Ok(false) => Ok(ParamMeaning::Tls(Fact::Switch(Switch::Use, false))),
        Err(_) => SslMode::from_spelling(value)
            .map(|mode| ParamMeaning::Tls(Fact::Mode(mode)))
            .ok_or_else(mode_expected),
    }
}

/// A duration of Go in whole milliseconds.
fn go_duration(text: &str) -> Result<u64, Wrong> {
    let nanoseconds = go_nanoseconds(text).ok_or_else(duration_expected)?;
    let milliseconds = nanoseconds / 1_000_000;
    if nanoseconds % 1_000_000 != 0 {
        return Err(Wrong::new(
            "expected whole milliseconds",
            "the shortest time that is kept is 1ms",
        ));
    }
    u64::try_from(milliseconds)
        .ok()
        .filter(|&value| value <= LARGEST)
        .ok_or_else(out_of_range)
}

pub(super) fn duration_expected() -> Wrong {
    Wrong::new(
        "expected a duration with its unit",
        "write it as Go does, such as 30s, 1m30s or 500ms",
    )
}

/// Go's `time.ParseDuration`: numbers with units, such as `1m30s`, in nanoseconds. A negative one is not read.
pub(crate) fn go_nanoseconds(text: &str) -> Option<u128> {
    if text == "0" {
        return Some(0);
    }
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let mut nanoseconds = 0_u128;
    if rest.is_empty() {
        return None;
    }
    let in_number = |character: char| character.is_ascii_digit() || character == '.';
    while !rest.is_empty() {
        let digits = rest.find(|character| !in_number(character))?;
        let (number, after) = rest.split_at(digits);
        let (unit, next) = after.split_at(after.find(in_number).unwrap_or(after.len()));
        let unit: u128 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        nanoseconds += decimal(number, unit)?;
        rest = next;
    }
    Some(nanoseconds)
}

/// A decimal number times a unit.
fn decimal(number: &str, unit: u128) -> Option<u128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() + fraction.len() == 0 || number.len() > 18 {
        return None;
    }
    let read = |digits: &str| {
        if digits.is_empty() {
            Some(0)
        } else {
            digits.parse::<u128>().ok()
        }
    };
    let scale = 10_u128.pow(u32::try_from(fraction.len()).ok()?);
    Some(read(whole)? * unit + read(fraction)? * unit / scale)
}

/// Checks a canonical text, as a builder or a map gives it.
pub(super) fn check(keyword: Keyword, text: &str) -> Result<(), Wrong> {
    match keyword.row().kind {
        _ if keyword.is_certificate() && text.is_empty() => {
            Err(Wrong::new("the value is empty", "unset it instead"))
        }
        _ if keyword == Keyword::Timezone => {
            let mut mended = text.as_bytes().to_vec();
            fix_timezone(&mut mended);
            let same = mended == text.as_bytes();
            same.then_some(())
                .ok_or_else(|| Wrong::new("expected a name, or an offset such as `+02:00`", ""))
        }
        _ if keyword == Keyword::SslMode => {
            let known = SslMode::from_word(text).is_some();
            known.then_some(()).ok_or_else(|| Wrong::new("expected `disabled`, `preferred`, `required`, `verify_ca` or `verify_identity`", ""))
        }
        ValueKind::Location | ValueKind::Text | ValueKind::Secret => Ok(()),
        ValueKind::Number => match number_of_any_size(text) {
            Some(_) => Ok(()),
            None => Err(Wrong::new("expected a whole number", "")),
        },
        ValueKind::Bool if matches!(text, "true" | "false") => Ok(()),
        ValueKind::Bool => Err(Wrong::new("expected `true` or `false`", "")),
        ValueKind::Compress => match compress(text) {
            Ok(ParamMeaning::Word(_, word)) if word == text => Ok(()),
            _ => Err(Wrong::new(
                "expected `true`, `false`, a level from 0 to 9, `fast` or `best`",
                "",
            )),
        },
    }
}

/// A number as it is kept: digits without leading zeros.
pub(super) fn number_of_any_size(text: &str) -> Option<u64> {
    let plain = text == "0" || !text.starts_with('0');
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|&number: &u64| plain && digits && number <= LARGEST)
}

/// A session's time zone in one spelling: without the quotes of SQL, and with the `+` that form-decoding took.
pub(super) fn fix_timezone(value: &mut [u8]) {
    if let [sign @ b' ', h, m @ ..] = value {
        let offset = matches!(m, [_, b':', _, _] | [b':', _, _]) && h.is_ascii_digit();
        let digits = m.iter().all(|byte| byte.is_ascii_digit() || *byte == b':');
        if offset && digits {
            *sign = b'+';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_those_of_go() {
        for (text, milliseconds) in [
            ("0", 0),
            ("30s", 30_000),
            ("1m30s", 90_000),
            ("1.5h", 5_400_000),
            ("500ms", 500),
            ("+1s", 1000),
            (".5s", 500),
            ("1.s", 1000),
            ("2000us", 2),
            ("1h2m3s4ms", 3_723_004),
        ] {
            assert_eq!(go_duration(text).ok(), Some(milliseconds), "{text}");
        }
        for text in [
            "",
            "5",
            "-1s",
            "s",
            ".s",
            "1x",
            "1s2",
            "1us",
            "+",
            "1 s",
            "99999999999999999999s",
            "9999999h",
        ] {
            assert!(go_duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_plus_comes_back_to_time_zones_only() {
        for (decoded, mended) in [
            (" 08:00", "+08:00"),
            (" 8:00", "+8:00"),
            (" 08:0x", " 08:0x"),
            (" UTC", " UTC"),
            ("+01:00", "+01:00"),
            ("", ""),
        ] {
            let mut value = decoded.as_bytes().to_vec();
            fix_timezone(&mut value);
            assert_eq!(value, mended.as_bytes(), "{decoded}");
        }
    }
}
