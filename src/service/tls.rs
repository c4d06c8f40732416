//! Whether TLS is used: what the scheme says, what the parameters ask for, and where the two contradict each other.

use std::fmt;

use crate::error::{Error, ErrorKind, Stage};
use crate::fill::{conflict, invalid};
use crate::place::{Component, Span};
use crate::suggest::is_one_edit;
use crate::syntax::uri::parse_error;

/// What a URL says of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tls {
    /// `off`: the connection is plain text.
    Off,
    /// `driver-default`: the URL does not say; some drivers use TLS, and others do not.
    DriverDefault,
    /// `unverified`: TLS, but the server may show any certificate (`neo4j+ssc`, `tlsInsecure=true`, `ssl_cert_reqs=none`).
    Unverified,
    /// `on`: TLS, with a certificate that is verified.
    On,
}

impl Tls {
    /// The word in backticks above.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::DriverDefault => "driver-default",
            Self::Unverified => "unverified",
            Self::On => "on",
        }
    }
}

impl fmt::Display for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a scheme says of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// Plain text, whatever the parameters say.
    Plain,
    /// TLS, whatever the parameters say.
    Encrypted,
    /// TLS with any certificate.
    SelfSigned,
    /// The parameters say; without any, this holds.
    Parameters(Tls),
}

/// What a parameter says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// TLS is switched on or off.
    Switch,
    /// If it is true, no certificate is verified.
    SkipVerify,
    /// If it is true, or a word for verification, certificates are verified.
    Verify,
    /// A file, or the like, that is of use with TLS only.
    File,
}

/// The parameters about TLS, in lower case and without `-`, `_` and blanks.
const NAMES: &[(&str, Effect)] = &[
    ("ssl", Effect::Switch),
    ("tls", Effect::Switch),
    ("usessl", Effect::Switch),
    ("usetls", Effect::Switch),
    ("sslmode", Effect::Switch),
    ("tlsmode", Effect::Switch),
    ("secure", Effect::Switch),
    ("encrypt", Effect::Switch),
    ("encrypted", Effect::Switch),
    ("encryption", Effect::Switch),
    ("tlsinsecure", Effect::SkipVerify),
    ("tlsallowinvalidcertificates", Effect::SkipVerify),
    ("tlsallowinvalidhostnames", Effect::SkipVerify),
    ("sslallowinvalidcertificates", Effect::SkipVerify),
    ("sslallowinvalidhostnames", Effect::SkipVerify),
    ("trustservercertificate", Effect::SkipVerify),
    ("skipverify", Effect::SkipVerify),
    ("tlsskipverify", Effect::SkipVerify),
    ("insecureskipverify", Effect::SkipVerify),
    ("noverifyssl", Effect::SkipVerify),
    ("sslcertreqs", Effect::Verify),
    ("sslcheckhostname", Effect::Verify),
    ("sslverify", Effect::Verify),
    ("tlsverify", Effect::Verify),
    ("verify", Effect::Verify),
    ("verifypeer", Effect::Verify),
    ("sslverifypeer", Effect::Verify),
    ("verifycerts", Effect::Verify),
    ("sslca", Effect::File),
    ("tlsca", Effect::File),
    ("sslcafile", Effect::File),
    ("tlscafile", Effect::File),
    ("sslcacerts", Effect::File),
    ("sslcapath", Effect::File),
    ("tlscacerts", Effect::File),
    ("tlscapath", Effect::File),
    ("sslcadata", Effect::File),
    ("sslcert", Effect::File),
    ("tlscert", Effect::File),
    ("sslkey", Effect::File),
    ("tlskey", Effect::File),
    ("sslcertfile", Effect::File),
    ("tlscertfile", Effect::File),
    ("sslkeyfile", Effect::File),
    ("tlskeyfile", Effect::File),
    ("sslcertificateauthorityfile", Effect::File),
    ("sslclientcertificatekeyfile", Effect::File),
    ("tlscertificatekeyfile", Effect::File),
    ("cafile", Effect::File),
    ("cacertfile", Effect::File),
    ("certfile", Effect::File),
    ("keyfile", Effect::File),
];

/// Names of three letters have too many neighbours for "one edit away"; these are swaps of `ssl` and `tls`.
const SWAPPED: &[(&str, &str)] = &[("sls", "ssl"), ("tsl", "tls"), ("lts", "tls")];

const ON: &[&str] = &[
    "true",
    "1",
    "yes",
    "on",
    "require",
    "required",
    "mandatory",
    "strict",
    "enable",
    "enabled",
    "verify-ca",
    "verify-full",
    "cert_required",
    "cert_optional",
    "verify_peer",
];
const OFF: &[&str] = &[
    "false",
    "0",
    "no",
    "off",
    "disable",
    "disabled",
    "none",
    "cert_none",
    "verify_none",
];
const NEITHER: &[&str] = &[
    "prefer",
    "preferred",
    "allow",
    "optional",
    "opportunistic",
    "starttls",
];

/// What all parameters of a URL say together.
#[derive(Default)]
pub(super) struct Asked {
    switch: Option<bool>,
    /// Where something stands that is of use with TLS only, and wants it.
    wanted: Option<Span>,
    /// Where a check of the certificate is left out, which is of use with TLS only, too.
    unchecked: Option<Span>,
    /// Where something stands that switches TLS off.
    unwanted: Option<Span>,
}

/// What is to be said of a parameter's name.
pub(super) enum Verdict {
    /// It has nothing to do with TLS.
    Other,
    /// It is about TLS, and known.
    Known,
    /// It looks like a setting of TLS.
    Unknown,
}

/// Lower-cased and without what spellings of one name differ in.
fn normalised(name: &str) -> Vec<u8> {
    let letters = name.bytes().filter(|byte| !b"-_ ".contains(byte));
    letters.map(|byte| byte.to_ascii_lowercase()).collect()
}

impl Asked {
    /// Takes a parameter into account. With `strict`, as MongoDB has it, a switch is `true` or `false`.
    pub(super) fn note(
        &mut self,
        name: &str,
        value: &str,
        places: (Span, Span),
        strict: bool,
    ) -> Result<Verdict, Error> {
        let plain = normalised(name);
        let Some(&(_, effect)) = NAMES.iter().find(|(known, _)| known.as_bytes() == plain) else {
            return misspelt(&plain, places.0);
        };
        let span = places.1;
        if effect == Effect::File {
            if !value.is_empty() {
                self.wanted = Some(span);
            }
            return Ok(Verdict::Known);
        }
        let Some(says) = read(value, strict && effect != Effect::Verify) else {
            let detail = if strict {
                "expected `true` or `false`"
            } else {
                "expected a word such as `true`, `false`, `require`, `disable` or `none`"
            };
            return Err(invalid(Component::Query, span, detail)
                .with_help("a setting of TLS that a driver cannot read would be dropped"));
        };
        match (effect, says) {
            (_, Says::Neither) | (Effect::SkipVerify, Says::Off) | (Effect::File, _) => {}
            (Effect::Switch, says) => self.switched(says == Says::On, span)?,
            (Effect::SkipVerify, Says::On) | (Effect::Verify, Says::Off) => {
                self.unchecked = Some(span);
            }
            (Effect::Verify, Says::On) => self.wanted = Some(span),
        }
        Ok(Verdict::Known)
    }

    fn switched(&mut self, on: bool, span: Span) -> Result<(), Error> {
        if self.switch.is_some_and(|earlier| earlier != on) {
            return Err(conflict(Component::Setting("tls"), span));
        }
        self.switch = Some(on);
        *(if on {
            &mut self.wanted
        } else {
            &mut self.unwanted
        }) = Some(span);
        Ok(())
    }

    /// What holds, or the contradiction.
    pub(super) fn against(&self, base: Base, skipping_implies: bool) -> Result<Tls, Error> {
        let encrypted = if self.unchecked.is_some() {
            Tls::Unverified
        } else {
            Tls::On
        };
        // To leave out a check that plain text never makes is to think of TLS.
        let is_plain = base == Base::Plain && self.unwanted.is_none();
        let wanted = self.wanted.or(self.unchecked.filter(|_| is_plain));
        match (base, wanted, self.unwanted) {
            (Base::Plain, Some(span), _) => Err(refused(
                span,
                "the parameter is about TLS, but the scheme is one of plain text",
                "choose the scheme with TLS, such as rediss://, amqps:// or neo4j+s://, or remove the parameter",
            )),
            (Base::Encrypted | Base::SelfSigned, _, Some(span)) => Err(refused(
                span,
                "the scheme asks for TLS, and the parameter switches it off",
                "choose the scheme without TLS, or remove the parameter",
            )),
            (Base::Parameters(_), Some(span), Some(_)) => Err(refused(
                span,
                "the parameter is of use with TLS only, and another one switches TLS off",
                "keep one of the two",
            )),
            (Base::Plain, ..) | (Base::Parameters(_), _, Some(_)) => Ok(Tls::Off),
            (Base::Encrypted, ..) | (Base::Parameters(_), Some(_), _) => Ok(encrypted),
            (Base::SelfSigned, ..) => Ok(Tls::Unverified),
            (Base::Parameters(default), None, None) => Ok(match default {
                Tls::On => encrypted,
                _ if self.unchecked.is_some() && skipping_implies => Tls::Unverified,
                default => default,
            }),
        }
    }
}

/// What a value says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    On,
    Off,
    /// The driver and the server agree on it.
    Neither,
}

/// The word of a switch.
fn read(value: &str, strict: bool) -> Option<Says> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
    match value {
        "true" => Some(Says::On),
        "false" => Some(Says::Off),
        _ if strict => None,
        _ if is(ON) => Some(Says::On),
        _ if is(OFF) => Some(Says::Off),
        _ => is(NEITHER).then_some(Says::Neither),
    }
}

/// A name that is none of those: refused if it nearly is one, since dropping it would drop TLS.
fn misspelt(plain: &[u8], span: Span) -> Result<Verdict, Error> {
    let swapped = SWAPPED.iter().find(|(wrong, _)| wrong.as_bytes() == plain);
    let near = || {
        let long = NAMES
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| name.len() > 4);
        long.into_iter()
            .find(|name| is_one_edit(plain, name.as_bytes()))
    };
    if let Some(meant) = swapped.map(|(_, meant)| *meant).or_else(near) {
        let detail = "it looks like a setting of TLS, but no driver knows such a name";
        return Err(
            parse_error(ErrorKind::UnknownKeyword, Component::Query, span, detail)
                .with_help(format!("did you mean `{meant}`, as the driver spells it?")),
        );
    }
    let looks_like_tls = plain.starts_with(b"ssl") || plain.starts_with(b"tls");
    Ok(if looks_like_tls {
        Verdict::Unknown
    } else {
        Verdict::Other
    })
}

#[cold]
fn refused(span: Span, detail: &'static str, help: &'static str) -> Error {
    Error::new(ErrorKind::Conflict, detail)
        .at(Component::Setting("tls"), span)
        .stage_is(Stage::Options)
        .with_help(help)
}
