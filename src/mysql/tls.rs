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

/// A setting of TLS that is true or false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Switch {
    /// `require_ssl` of `mysql_async`, which verifies all unless another parameter changes that.
    RequireAndVerify,
    /// TLS or no connection: `requireSSL`, `ssl=true`; `false` says nothing.
    Require,
    /// `useSSL`: TLS if there is any, or never.
    Use,
    /// Whether the certificate is checked, and whether the name in it.
    VerifyCa,
    VerifyIdentity,
    /// The crate mysql's two, `danger_…`: TLS is requested, with all of the check or without.
    AcceptInvalid,
    SkipDomain,
    /// `ssl_disabled`: never TLS; `false` says nothing.
    Disabled,
    /// `useSsl` of MariaDB's JDBC driver: it verifies all, unless one of the next two is true.
    UseOfMariaDb,
    TrustCertificate,
    TrustHostname,
    /// go-sql-driver's `allowFallbackToPlaintext`: it goes on in plain text if the server has no TLS.
    Fallback,
}

/// One thing that a parameter says of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// The mode itself.
    Mode(SslMode),
    Switch(Switch, bool),
}

/// What is known so far.
#[derive(Default)]
pub(super) struct Facts {
    mode: Option<SslMode>,
    switches: [Option<bool>; Switch::Fallback as usize + 1],
}

impl Facts {
    /// Adds one; the same thing given twice must be given alike.
    #[inline(never)]
    pub(super) fn add(&mut self, fact: Fact) -> Result<(), Error> {
        let (switch, is_on) = match fact {
            Fact::Switch(switch, is_on) => (switch, is_on),
            Fact::Mode(mode) if self.mode.is_some_and(|known| known != mode) => {
                return Err(contradiction());
            }
            Fact::Mode(mode) => {
                self.mode = Some(mode);
                return Ok(());
            }
        };
        if matches!(switch, Switch::AcceptInvalid | Switch::SkipDomain) {
            self.add(Fact::Switch(Switch::RequireAndVerify, true))?;
        }
        match switch {
            Switch::AcceptInvalid | Switch::TrustCertificate if is_on => {
                self.add(Fact::Switch(Switch::VerifyCa, false))?;
            }
            Switch::SkipDomain | Switch::TrustHostname if is_on => {
                self.add(Fact::Switch(Switch::VerifyIdentity, false))?;
            }
            _ => {}
        }
        let known = &mut self.switches[switch as usize];
        if known.is_some_and(|known| known != is_on) {
            return Err(conflict(COMPONENT, Span::default()));
        }
        *known = Some(is_on);
        Ok(())
    }

    const fn get(&self, switch: Switch) -> Option<bool> {
        self.switches[switch as usize]
    }

    fn is_on(&self, switch: Switch) -> bool {
        self.get(switch) == Some(true)
    }

    fn is_off(&self, switch: Switch) -> bool {
        self.get(switch) == Some(false)
    }

    /// The mode that all of it means together. `has_ca`: certificates of an authority are given, which by themselves mean
    /// that the server's is checked.
    pub(super) fn mode(&self, has_ca: bool) -> Result<Option<SslMode>, Error> {
        let off = self.mode == Some(SslMode::Disabled)
            || self.is_off(Switch::Use)
            || self.is_off(Switch::RequireAndVerify)
            || self.is_on(Switch::Disabled)
            || self.is_off(Switch::UseOfMariaDb);
        let mode = if off {
            Some(SslMode::Disabled)
        } else {
            self.mode
        };
        let fits = match mode {
            Some(SslMode::Disabled) => !self.requests_tls(has_ca),
            Some(mode) => self.fits(mode),
            None => !self.is_on(Switch::VerifyIdentity) || !self.is_off(Switch::VerifyCa),
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
        self.is_on(Switch::Fallback) && mode.is_some_and(SslMode::requires_tls)
    }

    /// Whether anything requests TLS.
    fn requests_tls(&self, has_ca: bool) -> bool {
        let requests = [
            Switch::RequireAndVerify,
            Switch::UseOfMariaDb,
            Switch::Require,
            Switch::Use,
            Switch::VerifyCa,
            Switch::VerifyIdentity,
        ];
        has_ca
            || requests.iter().any(|switch| self.is_on(*switch))
            || self.mode.is_some_and(|mode| mode != SslMode::Disabled)
    }

    /// Whether the mode that is given does what the other parameters request.
    fn fits(&self, mode: SslMode) -> bool {
        let at_least = |switch, least| !self.is_on(switch) || mode >= least;
        let below = |switch, least| !self.is_off(switch) || mode < least;
        // MariaDB's driver lets the older words win over the mode.
        let agrees = !self.is_on(Switch::UseOfMariaDb) || self.implied(false) == Some(mode);
        agrees
            && at_least(Switch::RequireAndVerify, SslMode::Required)
            && at_least(Switch::Require, SslMode::Required)
            && at_least(Switch::VerifyCa, SslMode::VerifyCa)
            && at_least(Switch::VerifyIdentity, SslMode::VerifyIdentity)
            && below(Switch::VerifyCa, SslMode::VerifyCa)
            && below(Switch::VerifyIdentity, SslMode::VerifyIdentity)
    }

    /// The mode that follows where none is given.
    fn implied(&self, has_ca: bool) -> Option<SslMode> {
        let all = self.is_on(Switch::RequireAndVerify) || self.is_on(Switch::UseOfMariaDb);
        let ca = self.get(Switch::VerifyCa).unwrap_or(all || has_ca);
        let identity = self.get(Switch::VerifyIdentity).unwrap_or(all && ca);
        Some(match () {
            () if identity => SslMode::VerifyIdentity,
            () if ca => SslMode::VerifyCa,
            () if all || has_ca || self.is_on(Switch::Require) => SslMode::Required,
            () => return self.get(Switch::Use).map(|_| SslMode::Preferred),
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
