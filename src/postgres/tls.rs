//! The values of the TLS settings, and of `ssl` and `requiressl`, the other names of `sslmode`.

use crate::did_you_mean::is_one_edit;
use crate::error::{Error, ErrorKind, parse_error, words};
use crate::span::{Component, Span};

words! {
    /// Whether TLS is used, and what of the server's certificate is checked: `sslmode`.
    SslMode {
        /// `disable`: never TLS.
        Disable = "disable",
        /// `allow`: TLS only if the server rejects without.
        Allow = "allow",
        /// `prefer`: TLS if the server has it, silently none otherwise; libpq's default.
        Prefer = "prefer",
        /// `require`: TLS or no connection; the certificate is not checked unless a root certificate is given.
        Require = "require",
        /// `verify-ca`: TLS, and a certificate of a trusted authority.
        VerifyCa = "verify-ca",
        /// `verify-full`: TLS, a trusted certificate, and the host's name in it.
        VerifyFull = "verify-full",
    }
}

impl SslMode {
    /// Whether a connection without TLS is ruled out.
    #[must_use]
    pub fn requires_tls(self) -> bool {
        self >= Self::Require
    }
}

/// Of the default dialect.
impl SslMode {
    /// `ssl`: a switch, or a value of `sslmode`, for which asyncpg has no other name.
    pub(super) fn from_ssl(value: &str) -> Option<Self> {
        let is = |words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
        match () {
            () if is(&["true", "1", "yes", "on"]) => Some(Self::Require),
            () if is(&["false", "0", "no", "off"]) => Some(Self::Disable),
            () => Self::from_word(value),
        }
    }

    /// `requiressl`: `1` or `0`. To libpq everything that does not begin with `1` is `0`, even `true`.
    pub(super) fn from_requiressl(value: &str) -> Option<Self> {
        match value {
            "1" => Some(Self::Require),
            "0" => Some(Self::Prefer),
            _ => None,
        }
    }

    /// `ssl` of pgjdbc, where a mere name is `true`, and `true` is stricter than libpq's.
    pub(super) fn from_ssl_of_jdbc(value: &str) -> Option<Self> {
        match value {
            "true" | "" => Some(Self::VerifyFull),
            "false" => Some(Self::Disable),
            _ => None,
        }
    }
}

#[cold]
pub(super) fn wrong_ssl(value: &str, location: Span) -> Error {
    let detail = "expected `true`, `false`, or a value of `sslmode`";
    let help = help_for_mode(value)
        .unwrap_or("say what TLS should do with `sslmode`, such as `sslmode=verify-full`");
    wrong("ssl", detail, location).with_help(help)
}

#[cold]
pub(super) fn wrong_requiressl(location: Span) -> Error {
    wrong("requiressl", "expected `1` or `0`", location)
        .with_help("to libpq every other value is `0`; write `sslmode=require` or stronger instead")
}

fn wrong(name: &'static str, detail: &'static str, location: Span) -> Error {
    parse_error(
        ErrorKind::InvalidValue,
        Component::Setting(name),
        location,
        detail,
    )
}

/// MySQL's words, and what to write for them.
const OF_MYSQL: &[(&str, &str)] = &[
    (
        "disabled",
        "did you mean `disable`? DISABLED is MySQL's word",
    ),
    (
        "preferred",
        "did you mean `prefer`? PREFERRED is MySQL's word",
    ),
    (
        "required",
        "did you mean `require`? REQUIRED is MySQL's word",
    ),
    (
        "verify_identity",
        "did you mean `verify-full`? VERIFY_IDENTITY is MySQL's word",
    ),
];

/// The `sslmode` that a wrong value most likely means.
pub(super) fn help_for_mode(value: &str) -> Option<&'static str> {
    let folded = |value: &str| {
        let letters = value.bytes().filter(u8::is_ascii_alphabetic);
        letters.map(|byte| byte.to_ascii_lowercase()).collect()
    };
    let value: Vec<u8> = folded(value);
    let is = |words: &[&str]| words.iter().any(|word| folded(word) == value);
    let nearly = |mode: &&SslMode| {
        let mode: Vec<u8> = folded(mode.as_str());
        mode == value || is_one_edit(&value, &mode)
    };
    if is(&["noverify", "skipverify", "insecure", "unverified"]) {
        return Some(
            "libpq has no such mode: `sslmode=require` is TLS without a check of the certificate",
        );
    }
    let of_mysql = OF_MYSQL.iter().find(|(word, _)| is(&[word]));
    if let Some((_, help)) = of_mysql {
        return Some(help);
    }
    SslMode::ALL.iter().find(nearly).map(|mode| match mode {
        SslMode::Disable => "did you mean `disable`?",
        SslMode::Allow => "did you mean `allow`?",
        SslMode::Prefer => "did you mean `prefer`?",
        SslMode::Require => "did you mean `require`?",
        SslMode::VerifyCa => "did you mean `verify-ca`?",
        SslMode::VerifyFull => "did you mean `verify-full`?",
    })
}

words! {
    /// How TLS begins: `sslnegotiation` (libpq 17).
    SslNegotiation {
        /// `postgres`: by a request of the Postgres protocol; the default.
        Postgres = "postgres",
        /// `direct`: at once. Needs an `sslmode` of at least `require`.
        Direct = "direct",
    }
}

words! {
    /// Whether a client certificate is sent: `sslcertmode` (libpq 16).
    SslCertMode {
        /// `disable`: never.
        Disable = "disable",
        /// `allow`: if the server requests one and there is one; the default.
        Allow = "allow",
        /// `require`: the server must request one.
        Require = "require",
    }
}

words! {
    /// A version of TLS: `ssl_min_protocol_version` and `ssl_max_protocol_version` (libpq 13). Any case is accepted.
    TlsVersion {
        /// `TLSv1`.
        V1_0 = "TLSv1",
        /// `TLSv1.1`.
        V1_1 = "TLSv1.1",
        /// `TLSv1.2`.
        V1_2 = "TLSv1.2",
        /// `TLSv1.3`.
        V1_3 = "TLSv1.3",
    }
}

impl TlsVersion {
    /// As libpq's `sslVerifyProtocolVersion`: any case.
    pub(crate) fn from_any_case(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|version| version.as_str().eq_ignore_ascii_case(text))
    }
}
