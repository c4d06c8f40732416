//! Whether TLS is used: what the scheme says, what the parameters request, and where the two contradict each other.

use crate::config::tls_name::is_tls_name;
use crate::config::url::{conflict, invalid};
use crate::did_you_mean::is_one_edit;
use crate::error::{Error, ErrorKind, Stage, parse_error, words};
use crate::service::tls_names::is_official;
use crate::span::{Component, Span};

words! {
    /// What a URL says of TLS.
    Tls {
        /// `off`: the connection is plain text.
        Off = "off",
        /// `driver-default`: the URL does not say; some drivers use TLS, and others do not.
        DriverDefault = "driver-default",
        /// `unverified`: TLS, but the server may show any certificate (`neo4j+ssc`, `tlsInsecure=true`, `ssl_cert_reqs=none`).
        Unverified = "unverified",
        /// `on`: TLS, with a certificate that is verified.
        On = "on",
    }
}

/// What a scheme says of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TlsBase {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// TLS is switched on or off.
    Switch,
    /// If it is true, TLS is switched on; if it is false, nothing changes.
    Require,
    /// If it is true, no certificate is verified.
    SkipVerify,
    /// If it is true, or a word for verification, certificates are verified.
    Verify,
    /// A file, or the like, that is of use with TLS only.
    File,
    /// A switch that is of use with TLS only, whether it is on or off.
    Detail,
}

use Effect::{Detail, File, Require, SkipVerify, Switch, Verify};

/// The parameters about TLS of the services' drivers, without what spellings differ in, in order: those that MongoDB's drivers do
/// not read.
const NAMES: &[(&str, Effect)] = &[
    ("cacert", File),
    ("cacertfile", File),
    ("cacerts", File),
    ("cafile", File),
    ("capath", File),
    ("certfile", File),
    ("checkhostname", Verify),
    ("enablessl", Switch),
    ("enabletls", Switch),
    ("encrypt", Switch),
    ("encrypted", Switch),
    ("encryption", Switch),
    ("failifnopeercert", Require),
    ("forcessl", Require),
    ("forcetls", Require),
    ("insecureskipverify", SkipVerify),
    ("keyfile", File),
    ("noverifyssl", SkipVerify),
    ("rejectunauthorized", Verify),
    ("requiressl", Require),
    ("requiretls", Require),
    ("secure", Switch),
    ("securityprotocol", Switch), // Kafka
    ("skipverify", SkipVerify),
    ("sslassertfingerprint", File),
    ("sslasserthostname", File),
    ("sslcadata", File),
    ("sslcafile", File),
    ("sslcalocation", File), // Kafka
    ("sslcapath", File),
    ("sslcertificatelocation", File), // Kafka
    ("sslcheckhostname", Verify),
    ("sslciphers", File),
    ("sslcontext", File), // python-oracledb
    ("sslenabled", Switch),
    ("sslexcludeverifyflags", File),
    ("sslincludeverifyflags", File),
    ("sslkeylocation", File), // Kafka
    ("sslkeypassword", File),
    ("sslminversion", File),
    ("sslmode", Switch),
    ("sslocspcontext", File),
    ("sslocspexpectedcert", File),
    ("sslpassword", File),
    ("sslprotocol", File),
    ("sslrequired", Require),
    ("sslrootcert", File),
    ("sslservercertdn", File), // python-oracledb
    ("sslserverdnmatch", Verify),
    ("sslvalidateocsp", Require),
    ("sslvalidateocspstapled", Require),
    ("sslverify", Verify),
    ("sslverifycert", Verify),
    ("sslverifypeer", Verify),
    ("sslversion", File),
    ("starttls", Require),
    ("tlsca", File),
    ("tlscacerts", File),
    ("tlscapath", File),
    ("tlscert", File),
    ("tlscertfile", File),
    ("tlsenabled", Switch),
    ("tlskey", File),
    ("tlskeyfile", File),
    ("tlsmin", File), // go-mssqldb
    ("tlsmode", Switch),
    ("tlsreqcert", Verify), // LDAP
    ("tlsrequired", Require),
    ("tlsskipverify", SkipVerify),
    ("tlsverify", Verify),
    ("trustservercertificate", SkipVerify),
    ("usessl", Switch),
    ("usestarttls", Require),
    ("usetls", Switch),
    ("verify", Verify),
    ("verifyca", Verify),
    ("verifycert", Verify),
    ("verifycertificate", Verify),
    ("verifycerts", Verify),
    ("verifyhostname", Verify),
    ("verifyidentity", Verify),
    ("verifypeer", Verify),
    ("verifyservercertificate", Verify),
    ("verifyssl", Verify),
    ("verifytls", Verify),
];

/// The same of MongoDB's drivers, of its specification of URI options and of older releases; they drop all other names.
const OF_MONGODB: &[(&str, Effect)] = &[
    ("ssl", Switch),
    ("sslallowinvalidcertificates", SkipVerify),
    ("sslallowinvalidhostnames", SkipVerify),
    ("sslca", File),
    ("sslcacerts", File),
    ("sslcert", File),
    ("sslcertfile", File),
    ("sslcertificateauthorityfile", File),
    ("sslcertreqs", Verify),
    ("sslclientcertificatekeyfile", File),
    ("sslclientcertificatekeypassword", File),
    ("sslcrlfile", File),
    ("sslinsecure", SkipVerify),
    ("sslinvalidhostnameallowed", SkipVerify),
    ("sslkey", File),
    ("sslkeyfile", File),
    ("sslmatchhostname", Verify),
    ("sslpempassphrase", File),
    ("sslvalidate", Verify),
    ("sslverifycertificate", Verify),
    ("tls", Switch),
    ("tlsallowinvalidcertificates", SkipVerify),
    ("tlsallowinvalidhostnames", SkipVerify),
    ("tlscafile", File),
    ("tlscertificatefile", File),
    ("tlscertificatekeyfile", File),
    ("tlscertificatekeyfilepassword", File),
    ("tlscertificatekeypassword", File),
    ("tlscrlfile", File),
    ("tlsdisablecertificaterevocationcheck", Detail),
    ("tlsdisableocspendpointcheck", Detail),
    ("tlsinsecure", SkipVerify),
    ("tlsprivatekeyfile", File),
];

/// The pairs of settings that MongoDB's drivers must reject together, whatever their values are (its specification of URI
/// options, "Conflicting TLS options").
const EXCLUSIVE: &[(&str, &str)] = &[
    ("tlsinsecure", "tlsallowinvalidcertificates"),
    ("tlsinsecure", "tlsallowinvalidhostnames"),
    ("tlsinsecure", "tlsdisableocspendpointcheck"),
    ("tlsinsecure", "tlsdisablecertificaterevocationcheck"),
    ("tlsallowinvalidcertificates", "tlsdisableocspendpointcheck"),
    (
        "tlsallowinvalidcertificates",
        "tlsdisablecertificaterevocationcheck",
    ),
    (
        "tlsdisableocspendpointcheck",
        "tlsdisablecertificaterevocationcheck",
    ),
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
    // Lettuce's `verifyPeer`.
    "full",
    "ca",
    // OpenLDAP's `tls_reqcert`.
    "demand",
    "hard",
    // Kafka's `security.protocol`.
    "ssl",
    "sasl_ssl",
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
    "never",
    "plaintext",
    "sasl_plaintext",
];
const NEITHER: &[&str] = &[
    "prefer",
    "preferred",
    "allow",
    "optional",
    "opportunistic",
    "starttls",
    "try",
];

/// Whether a parameter names a file of certificates or a key.
pub(super) fn is_file(name: &str) -> bool {
    find(&normalised(name), false).is_some_and(|(_, effect)| effect == File)
}

/// What all parameters of a URL say together.
#[derive(Default)]
pub(super) struct Requested {
    switch: Option<bool>,
    /// Where a parameter is that is of use with TLS only, and requires it.
    wanted: Option<Span>,
    /// Where a check of the certificate is left out, which is of use with TLS only, too.
    unchecked: Option<Span>,
    /// The span of something else that is of use with TLS only.
    mentioned: Option<Span>,
    /// Where a parameter is that switches TLS off.
    unwanted: Option<Span>,
    /// The settings of MongoDB that exclude each other.
    exclusive: Vec<&'static str>,
}

/// Lower-cased and without what spellings of one name differ in.
fn normalised(name: &str) -> Vec<u8> {
    let letters = name.bytes().filter(|byte| !b"-_ .".contains(byte));
    letters.map(|byte| byte.to_ascii_lowercase()).collect()
}

/// A setting of TLS by its normalised name, if a driver of the service has it.
fn find(plain: &[u8], mongodb: bool) -> Option<(&'static str, Effect)> {
    let in_table = |table: &[(&'static str, Effect)]| {
        let found = table.binary_search_by(|(known, _)| known.as_bytes().cmp(plain));
        found.ok().map(|at| table[at])
    };
    in_table(OF_MONGODB).or_else(|| in_table(NAMES).filter(|_| !mongodb))
}

/// A setting of TLS in one spelling for all, if a driver of the service has it and it is no switch, of which
/// [`Asked`] keeps account.
pub(super) fn single(name: &str, mongodb: bool) -> Option<&'static str> {
    let (name, effect) = find(&normalised(name), mongodb)?;
    (effect != Switch).then_some(name)
}

/// Whether a name is about TLS, but no driver of the service has it.
pub(super) fn is_unknown(name: &str, service: &str, mongodb: bool) -> bool {
    let plain = normalised(name);
    let is_known = if mongodb {
        find(&plain, true).is_some()
    } else {
        is_official(service, &plain)
    };
    let is_near = || mongodb && near(&plain, NAMES).or(near(&plain, OF_MONGODB)).is_some();
    !is_known && (is_tls_name(name) || find(&plain, false).is_some() || is_near())
}

/// What to do about such a name.
pub(super) const UNKNOWN_HELP: &str = "look the name up in the driver's documentation, or say it by the scheme where there is one with TLS";

impl Requested {
    /// Takes a parameter into account. With `strict`, as MongoDB has it, a switch is `true` or `false`.
    pub(super) fn note(
        &mut self,
        given: &str,
        value: &str,
        locations: (Span, Span),
        strict: bool,
    ) -> Result<(), Error> {
        let plain = normalised(given);
        let Some((name, effect)) = find(&plain, strict) else {
            return check_spelling(&plain, strict, locations.0);
        };
        if given.trim() != given {
            return Err(misspelt(name, locations.0));
        }
        let span = locations.1;
        if strict {
            self.exclude(name, span)?;
        }
        if effect == File {
            if !value.is_empty() {
                self.wanted = Some(span);
            }
            return Ok(());
        }
        let Some(says) = read(value, strict && effect != Verify) else {
            let detail = if strict {
                "expected `true` or `false`"
            } else {
                "expected a word such as `true`, `false`, `require`, `disable` or `none`"
            };
            return Err(invalid(Component::Query, span, detail)
                .with_help("a setting of TLS that a driver cannot read would be dropped"));
        };
        match (effect, says) {
            (Detail, _) => self.mentioned = Some(span),
            (_, Says::Neither) | (SkipVerify | Require, Says::Off) | (File, _) => {}
            (Switch, says) => self.switched(says == Says::On, span)?,
            (SkipVerify, Says::On) | (Verify, Says::Off) => {
                self.unchecked = Some(span);
            }
            (Verify | Require, Says::On) => self.wanted = Some(span),
        }
        Ok(())
    }

    /// Rejects two settings of MongoDB that exclude each other.
    fn exclude(&mut self, name: &'static str, span: Span) -> Result<(), Error> {
        let excludes = |other: &&str| {
            let mut pairs = EXCLUSIVE.iter();
            pairs.any(|pair| *pair == (name, *other) || *pair == (*other, name))
        };
        if self.exclusive.iter().any(excludes) {
            let detail = "two settings that MongoDB's drivers do not take together";
            return Err(rejected(span, detail, "keep one of the two"));
        }
        if EXCLUSIVE
            .iter()
            .any(|pair| pair.0 == name || pair.1 == name)
        {
            self.exclusive.push(name);
        }
        Ok(())
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
    pub(super) fn against(&self, base: TlsBase, skipping_implies: bool) -> Result<Tls, Error> {
        let encrypted = if self.unchecked.is_some() {
            Tls::Unverified
        } else {
            Tls::On
        };
        // To leave out a check that plain text never makes is to think of TLS.
        let is_plain = base == TlsBase::Plain && self.unwanted.is_none();
        let thought_of = self.unchecked.or(self.mentioned);
        let wanted = self.wanted.or(thought_of.filter(|_| is_plain));
        match (base, wanted, self.unwanted) {
            (TlsBase::Plain, Some(span), _) => Err(rejected(
                span,
                "the parameter is about TLS, but the scheme is one of plain text",
                "choose the scheme with TLS, such as rediss://, amqps:// or neo4j+s://, or remove the parameter",
            )),
            (TlsBase::Encrypted | TlsBase::SelfSigned, _, Some(span)) => Err(rejected(
                span,
                "the scheme requests TLS, and the parameter switches it off",
                "choose the scheme without TLS, or remove the parameter",
            )),
            (TlsBase::Parameters(_), Some(span), Some(_)) => Err(rejected(
                span,
                "the parameter is of use with TLS only, and another one switches TLS off",
                "keep one of the two",
            )),
            (TlsBase::Plain, ..) | (TlsBase::Parameters(_), _, Some(_)) => Ok(Tls::Off),
            (TlsBase::Encrypted, ..) | (TlsBase::Parameters(_), Some(_), _) => Ok(encrypted),
            (TlsBase::SelfSigned, ..) => Ok(Tls::Unverified),
            (TlsBase::Parameters(default), None, None) => Ok(match default {
                Tls::On => encrypted,
                _ if thought_of.is_some() && skipping_implies => encrypted,
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

/// The first of the known names that have enough letters, and that a name is an edit away from.
fn near(plain: &[u8], names: &[(&'static str, Effect)]) -> Option<&'static str> {
    let mut names = names.iter().map(|(name, _)| *name);
    names.find(|known| known.len() > 4 && is_one_edit(plain, known.as_bytes()))
}

/// Rejects a name that nearly is a known one, since dropping it would drop TLS.
fn check_spelling(plain: &[u8], mongodb: bool, span: Span) -> Result<(), Error> {
    let swapped = SWAPPED.iter().find(|(wrong, _)| wrong.as_bytes() == plain);
    let near = || {
        // The name of another service's driver is not misspelt.
        if mongodb && find(plain, false).is_some() {
            return None;
        }
        let others = near(plain, NAMES).filter(|_| !mongodb);
        [near(plain, OF_MONGODB), others]
            .into_iter()
            .flatten()
            .min()
    };
    if let Some(meant) = swapped.map(|(_, meant)| *meant).or_else(near) {
        return Err(misspelt(meant, span));
    }
    Ok(())
}

#[cold]
fn misspelt(meant: &str, span: Span) -> Error {
    let detail = "it looks like a setting of TLS, but no driver knows such a name";
    parse_error(ErrorKind::UnknownKeyword, Component::Query, span, detail)
        .with_help(format!("did you mean `{meant}`, as the driver spells it?"))
}

#[cold]
fn rejected(span: Span, detail: &'static str, help: &'static str) -> Error {
    Error::new(ErrorKind::Conflict, detail)
        .at(Component::Setting("tls"), span)
        .stage_is(Stage::Options)
        .with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order_and_known() {
        for table in [NAMES, OF_MONGODB] {
            assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
        for (name, _) in NAMES {
            assert!(find(name.as_bytes(), true).is_none(), "{name}");
        }
        for name in EXCLUSIVE.iter().flat_map(|pair| [pair.0, pair.1]) {
            assert!(find(name.as_bytes(), true).is_some(), "{name}");
        }
    }
}
