//! The codes of findings, each with its severity and its fix.

use crate::error::{ErrorKind, from_words, words};
use crate::warning::WarningCode;

words! {
    /// How much a finding matters.
    Severity {
        /// `note`: worth knowing; right in some deployments.
        Note = "note",
        /// `warning`: likely to be a mistake.
        Warning = "warning",
        /// `error`: it cannot work.
        Error = "error",
    }
}

/// One row per code: variant, name in JSON, severity, what it means.
macro_rules! codes {
    ($($variant:ident = $name:literal, $severity:ident, $meaning:literal;)*) => {
        /// What a [`Finding`](super::Finding) is about. Each code's name in JSON is at the start of its description.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`: ", $meaning, ".")] $variant,)*
            /// What the parser or the resolver warns of, under the code's own name.
            Warning(WarningCode),
            /// Why there is no database to use, under the kind's own name.
            Error(ErrorKind),
        }

        impl Code {
            /// Every code that only findings have.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name used in JSON, kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Warning(code) => code.as_str(),
                    Self::Error(kind) => kind.as_str(),
                }
            }

            /// How much it matters, where nothing makes it less.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)*
                    Self::Warning(_) => Severity::Warning,
                    Self::Error(_) => Severity::Error,
                }
            }
        }
    };
}

codes! {
    TlsNotRequired = "tls-not-required", Warning,
        "the connection to another machine may be made without TLS";
    CertificateNotChecked = "certificate-not-checked", Warning,
        "a root certificate is given, but the TLS mode does not check the server's name or chain";
    DriverRejects = "driver-rejects", Error,
        "the target driver cannot express a setting of TLS, authentication or hosts";
    DriverIgnores = "driver-ignores", Warning,
        "the target driver ignores a setting, or reads it differently";
    NearMissName = "near-miss-name", Warning,
        "an unknown name is one letter away from a known one";
    RawDelimiter = "raw-delimiter", Warning,
        "an unescaped delimiter in the credentials, where other parsers end them";
    PooledSession = "pooled-session", Warning,
        "session settings are given to a transaction pooler, which loses or rejects them";
    LocalhostInProduction = "localhost-in-production", Warning,
        "the environment is production, and the database is on this machine";
    ProductionDatabase = "production-database", Warning,
        "another environment uses the database of production";
    StaleAttachment = "stale-attachment", Warning,
        "a variable holds an old password of a database that another variable has, too";
    UnpromotedAttachment = "unpromoted-attachment", Warning,
        "a database is attached, but DATABASE_URL is not set";
    UnusedVariable = "unused-variable", Note,
        "a variable holds a database that nothing uses";
    AmbientVariable = "ambient-variable", Note,
        "a variable is set that drivers read in addition to the config";
    WorldReadableFile = "world-readable-file", Warning,
        "a file with a password can be read by every user of the machine";
    LiteralSecret = "literal-secret", Warning,
        "a settings file holds a password in place of a variable";
    DangerousSetting = "dangerous-setting", Warning,
        "a setting lets the server read files, load classes, or see the password";
}

impl Code {
    /// The code of a name, be it one that only findings have, a warning's or an error's.
    fn named(name: &str) -> Option<Self> {
        let own = Self::ALL.iter().copied().find(|code| code.as_str() == name);
        own.or_else(|| name.parse().ok().map(Self::Warning))
            .or_else(|| name.parse().ok().map(Self::Error))
    }
}

from_words!(
    Code,
    Code::ALL.iter().map(|code| code.as_str()),
    Code::named
);
