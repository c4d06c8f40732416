//! mysql2's `ssl` parameter: a flat JSON object of Node's TLS options.
//!
//! `{"rejectUnauthorized":true,"verifyIdentity":true,"ca":"…"}`. Its members are strings, numbers, `true`, `false` or `null`;
//! what is nested is rejected, and so is a member that is there twice.

use crate::document::{ScalarKind, json};
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
    let document = json::parse(&Secret::from(text).into()).ok()?;
    let (mut reject, mut identity, mut has_others) = (true, false, false);
    let (mut ca, mut cert, mut key) = (None, None, None);
    for entry in document.entries()? {
        // What is nested is not understood, and a NUL is in no certificate.
        let scalar = entry.node.scalar()?;
        let text = scalar.text.expose();
        if text.contains('\0') {
            return None;
        }
        // To Node an empty string is the same as no value.
        let given = || Some(scalar.text.to_secret()).filter(|_| !text.is_empty());
        match (&*entry.key, scalar.kind()) {
            ("rejectUnauthorized", ScalarKind::Bool(value)) => reject = value,
            ("verifyIdentity", ScalarKind::Bool(value)) => identity = value,
            ("ca", ScalarKind::Text) => ca = given(),
            ("cert", ScalarKind::Text) => cert = given(),
            ("key", ScalarKind::Text) => key = given(),
            ("rejectUnauthorized" | "verifyIdentity" | "ca" | "cert" | "key", _) => return None,
            _ => has_others = true,
        }
    }
    let mode = match (reject, identity) {
        (true, true) => SslMode::VerifyIdentity,
        (true, false) => SslMode::VerifyCa,
        (false, _) => SslMode::Required,
    };
    Some(Options {
        mode,
        ca,
        cert,
        key,
        has_others,
    })
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
    fn rejects_what_is_no_object() {
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
            r#"{"a":1,}"#,
            r#"{"rejectUnauthorized":true,"rejectUnauthorized":false}"#,
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
