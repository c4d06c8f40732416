//! What the spellings of TLS settings say together.

use crate::config::url::conflict;
use crate::error::{Error, ErrorKind, Stage, words};
use crate::mysql::keyword::Keyword;
use crate::span::{Component, Span};

words! {
    /// Whether TLS is used, and what of the server's certificate is checked: `ssl_mode`, in the words of MySQL 8.
    SslMode {
        /// `disabled`: never TLS.
        Disabled = "disabled",
        /// `preferred`: TLS if the server has it, silently none otherwise.
        Preferred = "preferred",
        /// `required`: TLS or no connection; the certificate is not checked.
        Required = "required",
        /// `verify_ca`: TLS, and a certificate of a trusted authority.
        VerifyCa = "verify_ca",
        /// `verify_identity`: TLS, a trusted certificate, and the host's name in it.
        VerifyIdentity = "verify_identity",
    }
}

impl SslMode {
    /// Whether a connection without TLS is ruled out.
    #[must_use]
    pub fn requires_tls(self) -> bool {
        self >= Self::Required
    }

    /// MySQL's words, those of Postgres, and those of MariaDB's JDBC driver; in any case, `-` and `_` alike.
    pub(crate) fn from_spelling(text: &str) -> Option<Self> {
        let is = |words: &[&str]| words.iter().any(|word| same(text, word));
        Some(match () {
            () if is(&["disabled", "disable", "false", "0"]) => Self::Disabled,
            () if is(&["preferred", "prefer", "allow"]) => Self::Preferred,
            () if is(&["required", "require", "trust"]) => Self::Required,
            () if is(&["verify_ca"]) => Self::VerifyCa,
            () if is(&["verify_identity", "verify_full", "true", "1"]) => Self::VerifyIdentity,
            () => return None,
        })
    }

    /// go-sql-driver's `tls`.
    pub(super) fn from_go(text: &str) -> Option<Self> {
        Some(match text {
            "true" | "TRUE" | "True" | "1" => Self::VerifyIdentity,
            "false" | "FALSE" | "False" | "0" => Self::Disabled,
            _ if text.eq_ignore_ascii_case("skip-verify") => Self::Required,
            _ if text.eq_ignore_ascii_case("preferred") => Self::Preferred,
            _ => return None,
        })
    }

    pub(super) const fn to_go(self) -> Option<&'static str> {
        match self {
            Self::Disabled => Some("false"),
            Self::Preferred => Some("preferred"),
            Self::Required => Some("skip-verify"),
            Self::VerifyIdentity => Some("true"),
            Self::VerifyCa => None,
        }
    }
}

fn same(text: &str, word: &str) -> bool {
    let plain = |byte: u8| {
        if byte == b'-' {
            b'_'
        } else {
            byte.to_ascii_lowercase()
        }
    };
    text.len() == word.len() && text.bytes().map(plain).eq(word.bytes())
}

/// One thing that a parameter says of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// The mode itself.
    Mode(SslMode),
    /// `require_ssl` of `mysql_async`, which verifies all unless another parameter changes that.
    RequireAndVerify(bool),
    /// TLS or no connection: `requireSSL`, `ssl=true`; `false` says nothing.
    Require(bool),
    /// `useSSL`: TLS if there is any, or never.
    Use(bool),
    /// Whether the certificate is checked, and whether the name in it.
    VerifyCa(bool),
    VerifyIdentity(bool),
    /// The crate mysql's two: TLS is requested, with all of the check or without.
    AcceptInvalid(bool),
    SkipDomain(bool),
    /// `ssl_disabled`: never TLS; `false` says nothing.
    Disabled(bool),
    /// `useSsl` of MariaDB's JDBC driver: it verifies all, unless one of the next two is true.
    UseOfMariaDb(bool),
    TrustCertificate(bool),
    TrustHostname(bool),
    /// go-sql-driver goes on in plain text if the server has no TLS.
    Fallback(bool),
}

/// What is known so far.
#[derive(Default)]
pub(super) struct Facts {
    mode: Option<SslMode>,
    require_and_verify: Option<bool>,
    require: Option<bool>,
    used: Option<bool>,
    verify_ca: Option<bool>,
    verify_identity: Option<bool>,
    accept_invalid: Option<bool>,
    skip_domain: Option<bool>,
    disabled: Option<bool>,
    use_of_mariadb: Option<bool>,
    trust_certificate: Option<bool>,
    trust_hostname: Option<bool>,
    fallback: Option<bool>,
}

impl Facts {
    /// Adds one; the same thing given twice must be given alike.
    #[inline(never)]
    pub(super) fn add(&mut self, fact: Fact) -> Result<(), Error> {
        let given = match fact {
            Fact::Mode(mode) => {
                if self.mode.is_some_and(|known| known != mode) {
                    return Err(contradiction());
                }
                self.mode = Some(mode);
                return Ok(());
            }
            Fact::AcceptInvalid(given) => {
                self.add(Fact::RequireAndVerify(true))?;
                if given {
                    self.add(Fact::VerifyCa(false))?;
                }
                (&mut self.accept_invalid, given)
            }
            Fact::SkipDomain(given) => {
                self.add(Fact::RequireAndVerify(true))?;
                if given {
                    self.add(Fact::VerifyIdentity(false))?;
                }
                (&mut self.skip_domain, given)
            }
            Fact::TrustCertificate(given) => {
                if given {
                    self.add(Fact::VerifyCa(false))?;
                }
                (&mut self.trust_certificate, given)
            }
            Fact::TrustHostname(given) => {
                if given {
                    self.add(Fact::VerifyIdentity(false))?;
                }
                (&mut self.trust_hostname, given)
            }
            Fact::Disabled(given) => (&mut self.disabled, given),
            Fact::UseOfMariaDb(given) => (&mut self.use_of_mariadb, given),
            Fact::Fallback(given) => (&mut self.fallback, given),
            Fact::RequireAndVerify(given) => (&mut self.require_and_verify, given),
            Fact::Require(given) => (&mut self.require, given),
            Fact::Use(given) => (&mut self.used, given),
            Fact::VerifyCa(given) => (&mut self.verify_ca, given),
            Fact::VerifyIdentity(given) => (&mut self.verify_identity, given),
        };
        let (known, given) = given;
        if known.is_some_and(|known| known != given) {
            return Err(conflict(COMPONENT, Span::default()));
        }
        *known = Some(given);
        Ok(())
    }

    /// The mode that all of it means together. `has_ca`: certificates of an authority are given, which by themselves mean
    /// that the server's is checked.
    pub(super) fn mode(&self, has_ca: bool) -> Result<Option<SslMode>, Error> {
        let off = self.mode == Some(SslMode::Disabled)
            || self.used == Some(false)
            || self.require_and_verify == Some(false)
            || self.disabled == Some(true)
            || self.use_of_mariadb == Some(false);
        let mode = if off {
            Some(SslMode::Disabled)
        } else {
            self.mode
        };
        let fits = match mode {
            Some(SslMode::Disabled) => !self.requests_tls(has_ca),
            Some(mode) => self.fits(mode),
            None => self.verify_identity != Some(true) || self.verify_ca != Some(false),
        };
        if !fits {
            return Err(contradiction());
        }
        let mode = mode.or_else(|| self.implied(has_ca));
        Ok(match mode {
            Some(_) if self.falls_back(has_ca) => Some(SslMode::Preferred),
            mode => mode,
        })
    }

    /// Whether a mode that rules plain text out gives way to it.
    pub(super) fn falls_back(&self, has_ca: bool) -> bool {
        let mode = self.mode.or_else(|| self.implied(has_ca));
        self.fallback == Some(true) && mode.is_some_and(SslMode::requires_tls)
    }

    /// Whether anything requests TLS.
    fn requests_tls(&self, has_ca: bool) -> bool {
        let given = [
            self.require_and_verify,
            self.use_of_mariadb,
            self.require,
            self.used,
            self.verify_ca,
            self.verify_identity,
        ];
        has_ca
            || given.contains(&Some(true))
            || self.mode.is_some_and(|mode| mode != SslMode::Disabled)
    }

    /// Whether the mode that is given does what the other parameters request.
    fn fits(&self, mode: SslMode) -> bool {
        let at_least = |given: Option<bool>, least: SslMode| given != Some(true) || mode >= least;
        let at_most = |given: Option<bool>, below: SslMode| given != Some(false) || mode < below;
        // MariaDB's driver lets the older words win over the mode.
        let agrees = self.use_of_mariadb != Some(true) || self.implied(false) == Some(mode);
        agrees
            && at_least(self.require_and_verify, SslMode::Required)
            && at_least(self.require, SslMode::Required)
            && at_least(self.verify_ca, SslMode::VerifyCa)
            && at_least(self.verify_identity, SslMode::VerifyIdentity)
            && at_most(self.verify_ca, SslMode::VerifyCa)
            && at_most(self.verify_identity, SslMode::VerifyIdentity)
    }

    /// The mode that follows where none is given.
    fn implied(&self, has_ca: bool) -> Option<SslMode> {
        let all = self.require_and_verify == Some(true) || self.use_of_mariadb == Some(true);
        let ca = self.verify_ca.unwrap_or(all || has_ca);
        let identity = self.verify_identity.unwrap_or(all && ca);
        Some(match () {
            () if identity => SslMode::VerifyIdentity,
            () if ca => SslMode::VerifyCa,
            () if all || has_ca || self.require == Some(true) => SslMode::Required,
            () => return self.used.map(|_| SslMode::Preferred),
        })
    }
}

const COMPONENT: Component = Keyword::SslMode.component();

#[cold]
fn contradiction() -> Error {
    let detail = "two settings give different TLS modes";
    Error::new(ErrorKind::Conflict, detail)
        .of(COMPONENT)
        .stage_is(Stage::Options)
        .with_help(
            "give the TLS mode once, such as `ssl-mode=VERIFY_IDENTITY`; `useSSL`, `require_ssl`, `verify_ca`, `tls`, \
             `ssl` and a CA are TLS settings, too",
        )
}
