//! What is accepted, but may not be what was meant.

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

    /// The warning of a code, with the settings that it is about in place of [`NAME`].
    pub(crate) fn named(code: WarningCode, names: &[&str]) -> Self {
        let (message, help) = code.words();
        let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        let names = match quoted[..] {
            [] => "a setting".to_owned(),
            _ => quoted.join(", "),
        };
        let filled = |words: &'static str| {
            if words.contains(NAME) {
                Cow::Owned(words.replace(NAME, &names))
            } else {
                Cow::Borrowed(words)
            }
        };
        Self {
            code,
            message: filled(message),
            help: filled(help),
        }
    }

    /// The same warning, with what it is about in front.
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

/// What a row's sentence has in place of the setting that it is about.
const NAME: &str = "`NAME`";

/// One row per code: variant, name in JSON, the sentence, the fix.
macro_rules! codes {
    ($($variant:ident = $name:literal, $message:literal, $help:literal;)*) => {
        /// What a [`Warning`] warns of. Each code's name in JSON comes first in its description.
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
        "unescaped `#` is taken as data, but other parsers end the URL there",
        "write it as %23; `dburl encode` escapes a whole password";
    AtSignInCredentials = "at-sign-in-credentials",
        "unescaped `@` in the user name or password; other parsers end them there",
        "write it as %40; `dburl encode` escapes a whole password";
    TrimmedSpaces = "trimmed-blanks",
        "spaces around a part of the URL were dropped, which libpq 17 keeps",
        "write a space that is data as %20, and remove the others";
    RepeatedSetting = "repeated-setting",
        "given twice with different values, of which the later one is used: `NAME`",
        "remove one of the two";
    ParameterWithoutValue = "parameter-without-value",
        "a piece of the query has no `=` and no value",
        "write it as name=value, or remove it; an `&` that is data is written %26";
    UnknownTlsName = "unknown-tls-name",
        "a name looks like a TLS setting, but is not known and changes nothing",
        "set TLS with `sslmode`, `sslrootcert`, `sslcert` and `sslkey` (Postgres), or `ssl-mode`, `ssl-ca`, `ssl-cert` and \
         `ssl-key` (MySQL)";
    PostgresName = "postgres-name",
        "the query holds a setting of Postgres, which has no effect in MySQL",
        "remove it, or check which database the URL is meant for";
    CertificateUnused = "certificate-unused",
        "a client certificate is given, but TLS is not requested, so the connection may be made without it",
        "request TLS with `ssl-mode=REQUIRED` or `ssl-mode=VERIFY_IDENTITY`";
    CaUnused = "ca-unused",
        "certificates of an authority are given, but the mode of TLS does not check the server's against them",
        "request the check with `ssl-mode=VERIFY_CA` or `ssl-mode=VERIFY_IDENTITY`";
    PlaintextFallback = "plaintext-fallback",
        "`allowFallbackToPlaintext` lets the connection go on without TLS if the server has none",
        "remove it to insist on TLS";
    IgnoredFragment = "ignored-fragment",
        "what follows the raw `#` is ignored, as in Connector/J",
        "remove it, or write a `#` that is data as %23";
    AmbiguousTimeout = "ambiguous-timeout",
        "`connect-timeout` was read in milliseconds, as MySQL Shell does, but the client `mysql` takes it for seconds",
        "write `connect_timeout` for seconds, or `connect_timeout_ms` for milliseconds";
    PlaceholderPassword = "placeholder-password",
        "the password looks like a placeholder from documentation",
        "put the real password there, escaped with `dburl encode`";
    PlaceholderValue = "placeholder-value",
        "a placeholder from a template in `NAME`",
        "put the real value there";
    UnexpandedReference = "unexpanded-reference",
        "an unexpanded variable reference in `NAME`",
        "let the shell or the platform expand it before; a `$` that is data is written %24 in a URL";
    HomeDirectory = "home-directory",
        "a path that begins with `~` or `$`, which no driver expands, in `NAME`",
        "write the absolute path, such as /home/app/ca.pem";
    QuotedValue = "quoted-value",
        "quotation marks around `NAME`, which are part of it in a URL",
        "remove them, and escape the value itself: `dburl encode` does";
    ControlCharacter = "control-character",
        "a control character, such as a line end or a tab, in `NAME`",
        "a `%` that is data is written %25 in a URL (`dburl encode`); a line end comes from the file or command it was read from";
    MissingHost = "missing-host",
        "no host is given, so drivers connect to a socket or to localhost",
        "write the host after the `@`; an empty variable leaves such a gap";
    MissingValue = "missing-value",
        "a word such as `undefined`, written for a missing value, in `NAME`",
        "set the variable that the program reads it from";
    PartlyEscapedToken = "partly-escaped-token",
        "the password looks like an IAM token that is not escaped a second time",
        "a token contains escapes of its own: write each `%` in it as %25; `dburl encode` escapes the whole token";
    OtherEnginePort = "other-engine-port",
        "the port is the default port of `NAME`, and not of the URL's scheme",
        "write the scheme of the database that listens there, or its port";
    OtherEngineHost = "other-engine-host",
        "the host is named after `NAME`, and not after the URL's scheme",
        "write the scheme of the database that runs there, or its host";
    ForeignKeyword = "foreign-keyword",
        "another program's name for libpq's `NAME` in the query; it is used as that",
        "write libpq's name, such as ?host=/directory, ?dbname=shop or ?user=app: drivers ignore the other one";
    InvalidAmbient = "invalid-ambient",
        "`NAME` holds an invalid value, and drivers read it too",
        "correct it, or unset it";
    ValueAfterSpaces = "value-after-blanks",
        "a value after `= ` looks like the next `keyword=`",
        "write an empty value as ''";
    ColonInUser = "colon-in-user",
        "the user name contains a `:`; an escaped password may be part of it",
        "write the `:` between user and password as it is, and escape each of them by itself";
    PasswordInArguments = "password-in-arguments",
        "a password was given as a command-line argument, where other users and the shell's history see it",
        "pass it in a variable or on standard input";
    NotPromoted = "not-promoted",
        "DATABASE_URL is not set; the only attached database is used",
        "promote it with `heroku pg:promote`";
    Pooled = "pooled",
        "a direct connection was requested, but the URL goes through a connection pooler, and no other is set",
        "set the database's direct URL, such as DIRECT_URL; a pooler keeps no session between transactions";
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
        "use it in the settings, or unset it";
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
    UnknownValue = "unknown-value",
        "a value of a settings file is not known: it is Ruby that is not evaluated",
        "put the finished value in a variable";
    ReadersDisagree = "readers-disagree",
        "a value in a `.env` file is read differently by other readers of such files",
        "write it in single quotes";
    WeakerThanRequested = "weaker-than-asked",
        "the settings request TLS in a way that their program does not act on",
        "request it where that program looks";
    PasswordFileIgnored = "password-file-ignored",
        "a password file is ignored, as libpq ignores it",
        "make it a regular file that only its owner can read: `chmod 600`";
    OptionFileIgnored = "option-file-ignored",
        "an option file is ignored, as the client `mysql` ignores it",
        "make it a regular file that its owner alone can write to";
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
        Self::named(code, &[])
    }
}

/// What a config keeps of the string it was parsed from: a set of codes, one bit each, and the settings that some of them
/// are about.
#[derive(Clone, Debug, Default)]
pub(crate) struct WarningSet {
    codes: u64,
    names: Vec<(WarningCode, &'static str)>,
    is_silent: bool,
}

impl WarningSet {
    pub(crate) const fn new() -> Self {
        Self {
            codes: 0,
            names: Vec::new(),
            is_silent: false,
        }
    }

    /// Of a dialect that warns of nothing.
    pub(crate) const fn silent() -> Self {
        Self {
            codes: 0,
            names: Vec::new(),
            is_silent: true,
        }
    }

    pub(crate) const fn insert(&mut self, code: WarningCode) {
        self.codes |= 1 << code as u64;
    }

    /// The same, with the setting that it is about; never a piece of the input.
    #[cold]
    pub(crate) fn insert_about(&mut self, code: WarningCode, name: &'static str) {
        if !self.names.contains(&(code, name)) {
            self.insert(code);
            self.names.push((code, name));
        }
    }

    /// The same, if there is anything to warn of.
    #[inline]
    pub(crate) fn note(&mut self, code: Option<WarningCode>, name: &'static str) {
        if let Some(code) = code {
            self.insert_about(code, name);
        }
    }

    pub(crate) const fn contains(&self, code: WarningCode) -> bool {
        self.codes & (1 << code as u64) != 0
    }

    pub(crate) const fn is_silent(&self) -> bool {
        self.is_silent
    }

    /// The settings that a code is about.
    pub(crate) fn names(&self, code: WarningCode) -> impl Iterator<Item = &'static str> {
        let of_code =
            move |(known, name): &(WarningCode, &'static str)| (*known == code).then_some(*name);
        self.names.iter().filter_map(of_code)
    }

    /// One warning for each code, with all the settings that it is about.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Warning> {
        let codes = match self.codes {
            0 => &[],
            _ => WarningCode::ALL,
        };
        let codes = codes.iter().copied();
        codes.filter(|&code| self.contains(code)).map(|code| {
            let names: Vec<_> = self.names(code).collect();
            Warning::named(code, &names)
        })
    }
}
