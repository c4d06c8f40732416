//! mysql2's `ssl` parameter: a flat JSON object of Node's TLS options.
//!
//! `{"rejectUnauthorized":true,"verifyIdentity":true,"ca":"…"}`. The core has no JSON reader, and needs no more than this:
//! members that are strings, numbers, `true`, `false` or `null`. What is nested is refused.

use crate::mysql::tls::SslMode;
use crate::secret::Secret;

/// What the object says of TLS.
pub(super) struct Options {
    pub(super) mode: SslMode,
    /// Certificates, as text.
    pub(super) ca: Option<Secret>,
}

/// mysql2 verifies the certificate unless `rejectUnauthorized` is false, but the host's name only with `verifyIdentity`.
pub(super) fn read(text: &str) -> Option<Options> {
    let (mut reject, mut identity, mut ca) = (true, false, None);
    let mut rest = text.trim().strip_prefix('{')?.trim_start();
    while !rest.starts_with('}') {
        let (name, behind) = string(rest)?;
        let (value, behind) = value(behind.trim_start().strip_prefix(':')?.trim_start())?;
        match (name.expose(), value) {
            ("rejectUnauthorized", Value::Bool(said)) => reject = said,
            ("verifyIdentity", Value::Bool(said)) => identity = said,
            // To Node an empty text is none.
            ("ca", Value::Text(text)) => ca = Some(text).filter(|text| !text.expose().is_empty()),
            ("rejectUnauthorized" | "verifyIdentity" | "ca", _) => return None,
            _ => {}
        }
        rest = behind.trim_start();
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None if rest.starts_with('}') => {}
            None => return None,
        }
    }
    let mode = match (reject, identity) {
        (true, true) => SslMode::VerifyIdentity,
        (true, false) => SslMode::VerifyCa,
        (false, _) => SslMode::Required,
    };
    (rest == "}").then_some(Options { mode, ca })
}

enum Value {
    Bool(bool),
    Text(Secret),
    /// A number or `null`.
    Other,
}

/// A member's value, and what follows it.
fn value(text: &str) -> Option<(Value, &str)> {
    if text.starts_with('"') {
        return string(text).map(|(text, rest)| (Value::Text(text), rest));
    }
    let end = text.find([',', '}'])?;
    let (word, rest) = text.split_at(end);
    let value = match word.trim_end() {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Other,
        number => number.parse::<f64>().ok().map(|_| Value::Other)?,
    };
    Some((value, rest))
}

/// Where the first quotation mark stands that no backslash escapes.
fn closing_quote(inside: &str) -> Option<usize> {
    let mut escaped = false;
    inside.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })
}

/// A quoted string, and what follows it.
fn string(text: &str) -> Option<(Secret, &str)> {
    let inside = text.strip_prefix('"')?;
    // What is escaped is longer than what it stands for, so the buffer never grows.
    let mut read = String::with_capacity(closing_quote(inside)?);
    let mut characters = inside.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((Secret::new(read), &inside[at + 1..])),
            '\\' => read.push(match characters.next()?.1 {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                plain @ ('"' | '\\' | '/') => plain,
                'u' => {
                    let digits = inside.get(at + 2..at + 6)?;
                    characters.nth(3)?;
                    // A NUL is for no reader of certificates; a sign is no digit.
                    let number = u32::from_str_radix(digits, 16)
                        .ok()
                        .filter(|number| *number > 0)?;
                    char::from_u32(number).filter(|_| !digits.starts_with('+'))?
                }
                _ => return None,
            }),
            character => read.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_mysql2_takes() {
        let mode = |text| read(text).map(|options| options.mode);
        assert_eq!(mode("{}"), Some(SslMode::VerifyCa));
        assert_eq!(
            mode(r#"{"rejectUnauthorized":false}"#),
            Some(SslMode::Required)
        );
        assert_eq!(
            mode(r#" { "rejectUnauthorized" : true , "verifyIdentity": true } "#),
            Some(SslMode::VerifyIdentity)
        );
        assert_eq!(
            mode(r#"{"minVersion":"TLSv1.2","x":1.5,"y":null}"#),
            Some(SslMode::VerifyCa)
        );
        let ca = read(r#"{"ca":"a\n\u00e9\""}"#).and_then(|options| options.ca);
        assert_eq!(ca.as_ref().map(Secret::expose), Some("a\né\""));
    }

    #[test]
    fn refuses_what_is_none() {
        for text in [
            "",
            "{",
            "true",
            "{}}",
            r#"{"a"}"#,
            r#"{"a":1"#,
            r#"{"a":{}}"#,
            r#"{"a":[1]}"#,
            r#"{"ca":1}"#,
            r#"{"a":x}"#,
            r#"{"a":"\ud800"}"#,
            r#"{"a":"\u0000"}"#,
            r#"{"a":"\u+041"}"#,
            r#"{"a":"b\"#,
            r#"{"rejectUnauthorized":"false"}"#,
            r#"{"a":1 "b":2}"#,
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
