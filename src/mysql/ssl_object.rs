//! mysql2's `ssl` parameter: a flat JSON object of Node's TLS options.
//!
//! `{"rejectUnauthorized":true,"verifyIdentity":true,"ca":"…"}`. The core has no JSON reader, and needs no more than this:
//! members that are strings, numbers, `true`, `false` or `null`. What is nested is refused.

use zeroize::Zeroizing;

use crate::mysql::keyword::Keyword;
use crate::mysql::tls::SslMode;
use crate::secret::Secret;

/// What the object says of TLS.
pub(super) struct Options {
    pub(super) mode: SslMode,
    /// Certificates, the client's own among them, and its key, as text.
    pub(super) ca: Option<Secret>,
    pub(super) cert: Option<Secret>,
    pub(super) key: Option<Secret>,
    /// Whether there are members that no setting stands for, such as `passphrase`.
    pub(super) has_others: bool,
}

impl Options {
    /// The settings that the object gives as texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = (Keyword, &Secret)> {
        let texts = [
            (Keyword::SslCa, &self.ca),
            (Keyword::SslCert, &self.cert),
            (Keyword::SslKey, &self.key),
        ];
        texts
            .into_iter()
            .filter_map(|(keyword, text)| Some((keyword, text.as_ref()?)))
    }
}

/// mysql2 verifies the certificate unless `rejectUnauthorized` is false, but the host's name only with `verifyIdentity`.
pub(super) fn read(text: &str) -> Option<Options> {
    let (mut reject, mut identity, mut has_others) = (true, false, false);
    let (mut ca, mut cert, mut key) = (None, None, None);
    let mut rest = text.trim().strip_prefix('{')?.trim_start();
    while !rest.starts_with('}') {
        let (name, behind) = string(rest)?;
        let (value, behind) = value(behind.trim_start().strip_prefix(':')?.trim_start())?;
        // To Node an empty text is none.
        let given = |text: Secret| Some(text).filter(|text| !text.expose().is_empty());
        match (name.expose(), value) {
            ("rejectUnauthorized", Value::Bool(said)) => reject = said,
            ("verifyIdentity", Value::Bool(said)) => identity = said,
            ("ca", Value::Text(text)) => ca = given(text),
            ("cert", Value::Text(text)) => cert = given(text),
            ("key", Value::Text(text)) => key = given(text),
            ("rejectUnauthorized" | "verifyIdentity" | "ca" | "cert" | "key", _) => return None,
            _ => has_others = true,
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
    (rest == "}").then_some(Options {
        mode,
        ca,
        cert,
        key,
        has_others,
    })
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
    let mut read = Zeroizing::new(String::with_capacity(closing_quote(inside)?));
    let mut characters = inside.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((Secret::new(std::mem::take(&mut *read)), &inside[at + 1..])),
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
            r#"{"key":true}"#,
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
