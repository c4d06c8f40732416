//! Things that are accepted, but that somebody should know of.

use std::borrow::Cow;
use std::fmt;

/// Something accepted that may not be what was meant: a code, a sentence, and a fix. It shows no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    code: WarningCode,
    message: Cow<'static, str>,
    help: Cow<'static, str>,
}

impl Warning {
    /// A warning whose sentence names something, such as a variable.
    pub(crate) fn new(
        code: WarningCode,
        message: String,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            message: Cow::Owned(message),
            help: help.into(),
        }
    }

    /// The same warning, with what it is about in front.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn about(self, what: &impl fmt::Display) -> Self {
        Self {
            message: Cow::Owned(format!("{what}: {}", self.message)),
            ..self
        }
    }

    /// What it is, to branch on.
    #[must_use]
    pub const fn code(&self) -> WarningCode {
        self.code
    }

    /// The sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The fix.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// One row per code: variant, name in JSON, the sentence, the fix.
macro_rules! codes {
    ($($variant:ident = $name:literal, $message:literal, $help:literal;)*) => {
        /// What a [`Warning`] warns of. Each code's name in JSON stands first in its description.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum WarningCode { $(#[doc = concat!("`", $name, "`: ", $message, "; ", $help, ".")] $variant,)* }

        impl WarningCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name used in JSON, kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            const fn words(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($message, $help),)* }
            }
        }
    };
}

codes! {
    RawHash = "raw-hash",
        "a raw `#` is taken as data, but the parsers of other languages end the URL there",
        "write it as %23";
    RawAtSign = "raw-at-sign",
        "a raw `@` stands after the host and is taken as part of the database's name",
        "write it as %40 there; if the text before it belongs to a password, write the `/` before it as %2F";
    AtSignInCredentials = "at-sign-in-credentials",
        "a raw `@` stands in the user name or the password; the last one ends them here, but the first one for other parsers",
        "write it as %40 there";
    TrimmedBlanks = "trimmed-blanks",
        "blanks at the end of a part of the URL were dropped, as libpq 18 does and libpq 17 did not",
        "write a blank that is meant as %20, and remove the others";
    RepeatedSetting = "repeated-setting",
        "a setting is given twice with different values; the later one is used",
        "remove one of the two";
    UnknownTlsName = "unknown-tls-name",
        "a name looks like a TLS setting, but is not known and changes nothing",
        "set TLS with `sslmode`, `sslrootcert`, `sslcert` and `sslkey` (Postgres), or `ssl-mode`, `ssl-ca`, `ssl-cert` and \
         `ssl-key` (MySQL)";
    PostgresName = "postgres-name",
        "the query holds a setting of Postgres, which has no effect in MySQL",
        "remove it, or check which database the URL is meant for";
    CertificateUnused = "certificate-unused",
        "a client certificate is given, but TLS is not asked for, so the connection may be made without it",
        "ask for TLS with `ssl-mode=REQUIRED` or `ssl-mode=VERIFY_IDENTITY`";
    CaUnused = "ca-unused",
        "certificates of an authority are given, but the mode of TLS does not check the server's against them",
        "ask for the check with `ssl-mode=VERIFY_CA` or `ssl-mode=VERIFY_IDENTITY`";
    PlaintextFallback = "plaintext-fallback",
        "`allowFallbackToPlaintext` lets the connection go on without TLS if the server has none",
        "remove it to insist on TLS";
    IgnoredFragment = "ignored-fragment",
        "what stands behind the raw `#` is ignored, as Connector/J does",
        "remove it, or write a `#` that is data as %23";
    AmbiguousTimeout = "ambiguous-timeout",
        "`connect-timeout` was read in milliseconds, as MySQL Shell does, but the client `mysql` takes it for seconds",
        "write `connect_timeout` for seconds, or `connect_timeout_ms` for milliseconds";
    PlaceholderPassword = "placeholder-password",
        "the password looks like a placeholder from documentation or from a log",
        "put the real password in";
    ValueAfterBlanks = "value-after-blanks",
        "a value was taken across blanks after `=` and looks like the next `keyword=`",
        "write an empty value as ''";
    ColonInUser = "colon-in-user",
        "the user name holds a `:`; a password that was escaped together with it is sent as part of the name",
        "write the `:` between user and password as it is, and escape each of them by itself";
    PasswordInArguments = "password-in-arguments",
        "a password was given as a command-line argument, where other users and the shell's history see it",
        "hand it over in a variable or on standard input";
    NotPromoted = "not-promoted",
        "DATABASE_URL is not set; the only attached database is used",
        "promote it with `heroku pg:promote`";
    StaleCopy = "stale-copy",
        "two variables hold the same database and user with different passwords",
        "copy the value of the variable that the platform maintains";
    UnsetVariable = "unset-variable",
        "a variable that a settings file uses is not set",
        "set it, or give it a default in the file";
    EngineMismatch = "engine-mismatch",
        "the URL's scheme is of another engine than the one the settings name",
        "make the two agree";
    VariableIgnored = "variable-ignored",
        "a variable that is set has no effect on the database that is used",
        "name it in the settings, or unset it";
    SameDatabase = "same-database",
        "two environments use the same database",
        "give each a database of its own";
    UnknownEnvironment = "unknown-environment",
        "the settings file has no section for the environment",
        "add the section, or check the environment's name";
    SuspiciousValue = "suspicious-value",
        "a value in a settings file looks like masked output, quoted text or a variable that nothing fills in",
        "put the value itself there";
    KeyIgnored = "key-ignored",
        "a key of the settings has no effect",
        "remove it";
    ReadersDisagree = "readers-disagree",
        "a value in a `.env` file is read differently by other readers of such files",
        "write it in single quotes";
    WeakerThanAsked = "weaker-than-asked",
        "the settings ask for TLS in a way that the program they are for does not act on",
        "ask for it where that program looks";
    PasswordFileIgnored = "password-file-ignored",
        "a password file is ignored, as libpq ignores it",
        "make it a regular file that only its owner can read: `chmod 600`";
    RelativePath = "relative-path",
        "a path of a credentials file is relative, so it depends on the working directory",
        "write an absolute path; `~` is not expanded";
    PasswordsDiffer = "passwords-differ",
        "the password file has different passwords for the hosts, so the config holds none",
        "take the password of each host from `Completed::servers`";
    AddressRedirects = "address-redirects",
        "an address that does not come with the host decides where the connection goes",
        "unset PGHOSTADDR, or remove `hostaddr` from the service file";
    LoginPathUnread = "login-path-unread",
        "`.mylogin.cnf` is not read; the client `mysql` of Oracle takes user, password and host from it",
        "put them into an option file, or into the URL";
    PartsUsed = "parts-used",
        "DATABASE_URL is not set; a database given in several variables is used",
        "set DATABASE_URL";
    ServiceLink = "service-link",
        "a variable holds a link that Kubernetes or Docker set, and is ignored",
        "rename the service, or set `enableServiceLinks: false`";
}

/// The warning with the code's own sentence and fix.
impl From<WarningCode> for Warning {
    fn from(code: WarningCode) -> Self {
        let (message, help) = code.words();
        Self {
            code,
            message: Cow::Borrowed(message),
            help: Cow::Borrowed(help),
        }
    }
}

impl fmt::Display for WarningCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of codes, one bit each: what a config keeps of the text it was parsed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WarningSet(u64);

impl WarningSet {
    pub(crate) const fn new() -> Self {
        Self(0)
    }

    pub(crate) const fn insert(&mut self, code: WarningCode) {
        self.0 |= 1 << code as u64;
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = WarningCode> {
        WarningCode::ALL
            .iter()
            .copied()
            .filter(move |&code| self.0 & (1 << code as u64) != 0)
    }
}
