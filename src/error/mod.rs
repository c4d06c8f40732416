//! The one error of the crate: kind, location, and help; never a piece of the text.

mod no_such_word;
mod words;

use std::borrow::Cow;
use std::fmt;

use crate::source::Source;
use crate::span::{Component, Span};

pub(crate) use no_such_word::{Listed, no_such_word};
pub(crate) use words::{from_words, words};

/// Why a string was rejected, or why there is no database to use.
///
/// It holds **no input text**, so neither `Display` nor `Debug` can show a password: a failed parse cannot know which
/// piece of a string is one (what looks like a host may be half of it). It says what is wrong, where, and how to fix it:
///
/// ```
/// let error = "postgres://app:12/34@db/shop".parse::<database_url::postgres::Config>().unwrap_err();
/// assert_eq!(error.kind(), database_url::ErrorKind::UnescapedDelimiter);
/// assert_eq!(error.to_string(), "unescaped delimiter in password at byte 17: a raw `/` ends the host, so the part \
///     before it would be read as host and port");
/// assert_eq!(error.help(), Some("in a password write `/` as %2F, `?` as %3F and `@` as %40, or let `dburl encode` do it; \
///     if the `@` belongs to the database, write it as %40"));
/// ```
///
/// `Debug`, which is what `main`, `unwrap` and `expect` print, adds the help on lines of its own; `{:#}` adds it on the same
/// line. [`source`](std::error::Error::source) is the help, too, and nothing else (a cause could quote values): anyhow and
/// others that print the chain of causes print it that way.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Report>);

/// What an [`Error`] says. Boxed, so that a `Result` is not larger than its config.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
struct Report {
    kind: ErrorKind,
    stage: Option<Stage>,
    component: Option<Component>,
    span: Option<Span>,
    origin: Option<Source>,
    detail: Cow<'static, str>,
    #[source]
    help: Option<Help>,
    /// Every failure if there are several, this one first; else nothing.
    all: Vec<Error>,
}

/// How to fix it, at the end of the chain of causes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("help: {0}")]
struct Help(Cow<'static, str>);

/// An error of parsing at a location in the input; `detail` says what was expected.
#[cold]
pub(crate) fn parse_error(
    kind: ErrorKind,
    component: Component,
    span: Span,
    detail: impl Into<Cow<'static, str>>,
) -> Error {
    Error::new(kind, detail)
        .at(component, span)
        .stage_is(Stage::Parse)
}

impl Error {
    /// An error of parsing; `detail` says what was expected, `help` how to fix it (empty: nothing to add).
    #[cold]
    pub(crate) fn new(kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Report {
            kind,
            stage: None,
            component: None,
            span: None,
            origin: None,
            detail: detail.into(),
            help: None,
            all: Vec::new(),
        }))
    }

    /// Changes the report, also where it is the first of several.
    #[cold]
    fn with(mut self, change: &dyn Fn(&mut Report)) -> Self {
        change(&mut self.0);
        if let Some(first) = self.0.all.first_mut() {
            change(&mut first.0);
        }
        self
    }

    pub(crate) fn stage_is(self, stage: Stage) -> Self {
        self.with(&|report| report.stage = Some(stage))
    }

    pub(crate) fn at(self, component: Component, span: Span) -> Self {
        self.with(&|report| {
            report.component = Some(component);
            report.span = Some(span);
        })
    }

    pub(crate) fn of(self, component: Component) -> Self {
        self.with(&|report| report.component = Some(component))
    }

    #[inline(never)]
    pub(crate) fn with_help(self, help: impl Into<Cow<'static, str>>) -> Self {
        let help = help.into();
        let help = (!help.is_empty()).then_some(Help(help));
        self.with(&|report| report.help.clone_from(&help))
    }

    /// The sentence alone, without kind and location.
    pub(crate) fn detail(&self) -> &str {
        &self.0.detail
    }

    pub(crate) fn with_detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
        let detail = detail.into();
        self.with(&|report| report.detail.clone_from(&detail))
    }

    pub(crate) fn with_source(self, source: &Source) -> Self {
        self.with(&|report| report.origin = Some(source.clone()))
    }

    /// Where the text at hand was made of others, its bytes have no location that a caller knows.
    pub(crate) fn without_span(self) -> Self {
        self.with(&|report| report.span = None)
    }

    /// The same of each of several failures, with the source that the text at hand is from.
    pub(crate) fn placed_in(self, source: &Source) -> Self {
        self.each(|error| error.without_span().with_source(source))
    }

    /// Fails if there are any failures: with all of them as one, the first in front.
    pub(crate) fn together(failures: impl IntoIterator<Item = Self>) -> Result<(), Self> {
        let all: Vec<_> = failures.into_iter().flat_map(Self::into_all).collect();
        let Some(mut first) = all.first().cloned() else {
            return Ok(());
        };
        if all.len() > 1 {
            first.0.all = all;
        }
        Err(first)
    }

    /// The same change to each of several failures.
    pub(crate) fn each(mut self, change: impl Fn(Self) -> Self) -> Self {
        let all = std::mem::take(&mut self.0.all);
        let mut first = change(self);
        first.0.all = all.into_iter().map(change).collect();
        first
    }

    fn into_all(mut self) -> Vec<Self> {
        let all = std::mem::take(&mut self.0.all);
        if all.is_empty() { vec![self] } else { all }
    }

    /// Every failure, each as an error by itself: a settings file, a template and a builder report all of theirs together. Most
    /// errors are one failure. `Display` shows the first, and how many more there are.
    ///
    /// ```
    /// use database_url::postgres::{Config, Keyword};
    ///
    /// let error = Config::builder().port(0).set(Keyword::SslMode, "on").build().unwrap_err();
    /// let failures: Vec<_> = error.iter().map(|failure| failure.component().unwrap().to_string()).collect();
    /// assert_eq!(failures, ["port", "sslmode"]);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = &Self> {
        let alone = self.0.all.is_empty().then_some(self);
        alone.into_iter().chain(&self.0.all)
    }

    /// The failures that are reported together with this one.
    #[cfg(feature = "miette-7")]
    pub(crate) fn others(&self) -> &[Self] {
        self.0.all.get(1..).unwrap_or_default()
    }

    /// What is wrong, to branch on. Of several failures it is that of the first, as all that follows is; [`iter`](Self::iter)
    /// gives them one by one.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether nothing that was looked at names a database: a program without one may go on without it.
    ///
    /// ```
    /// use database_url::{Resolver, Vars};
    ///
    /// assert!(Resolver::new(&Vars::new()).resolve().unwrap_err().is_not_found());
    /// ```
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    /// Whether several databases are configured, and the caller has to choose one.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.0.kind == ErrorKind::Ambiguous
    }

    /// Whether a variable that is needed is unset, or set but empty.
    #[must_use]
    pub fn is_unset(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::UnsetVariable | ErrorKind::EmptyVariable
        )
    }

    /// Whether a file cannot be read.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.0.kind == ErrorKind::Unreadable
    }

    /// Whether the config is valid, but the requested form, or the driver, cannot express it.
    #[must_use]
    pub fn is_not_representable(&self) -> bool {
        self.0.kind == ErrorKind::NotRepresentable
    }

    /// At which of libpq's two stages a string was rejected; `None` where no text was at fault (a missing variable, say).
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.0.stage
    }

    /// The part of the text that is at fault.
    #[must_use]
    pub fn component(&self) -> Option<Component> {
        self.0.component
    }

    /// The bytes of the text that are at fault.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.0.span
    }

    /// Where the text came from, when it came from a variable or another named source.
    ///
    /// The name differs from [`std::error::Error::source`], which is the help.
    #[must_use]
    pub fn origin(&self) -> Option<&Source> {
        self.0.origin.as_ref()
    }

    /// How to fix it: the character and its escape, the spelling meant, the command to run.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.0.help.as_ref().map(|help| &*help.0)
    }
}

impl Report {
    /// The message alone.
    fn message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(f, "{origin}: ")?;
        }
        f.write_str(self.kind.phrase())?;
        if let Some(component) = self.component {
            let joint = if self.kind.takes_component_directly() {
                ""
            } else {
                "in "
            };
            // The phrase names the scheme already.
            if component != Component::Text && self.kind != ErrorKind::UnknownScheme {
                write!(f, " {joint}{component}")?;
            }
        }
        if let Some(span) = self.span {
            write!(f, " at byte {}", span.start())?;
        }
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

/// The message and how many more there are; `{:#}` adds the help.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message(f)?;
        if let Some(Help(help)) = self.help.as_ref().filter(|_| f.alternate()) {
            write!(f, " ({help})")?;
        }
        match self.all.len() {
            0 => Ok(()),
            all => write!(f, " (and {} more)", all - 1),
        }
    }
}

/// Every message, each with its help on the lines that follow.
impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message(f)?;
        if let Some(Help(help)) = &self.help {
            let mut label = "help: ";
            for line in help.lines() {
                write!(f, "\n  {label}{line}")?;
                label = "";
            }
        }
        self.all
            .iter()
            .skip(1)
            .try_for_each(|other| write!(f, "\n{other:?}"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

words! {
    /// The two stages at which libpq rejects a connection string.
    Stage {
        /// `parse`: the string is not of the grammar, or names an unknown keyword (`PQconninfoParse`).
        Parse = "parse",
        /// `options`: the string is well-formed, but a value cannot be used (`pqConnectOptions2`, when a connection starts).
        Options = "options",
    }
}

/// One row per kind: variant, name in JSON, phrase that opens the message, and what it means.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $phrase:literal;)*) => {
        /// What is wrong. Each kind's name in JSON comes first in its description.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ErrorKind { $($(#[doc = concat!("`", $name, "`: ")] #[$doc])* $variant,)* }

        impl ErrorKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name used in JSON, kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            pub(crate) const fn phrase(self) -> &'static str {
                match self { $(Self::$variant => $phrase,)* }
            }
        }
    };
}

kinds! {
    /// nothing was given at all.
    Empty = "empty", "empty";
    /// the text is longer than [`MAX_LEN`](crate::MAX_LEN).
    TooLong = "too-long", "text too long";
    /// the text, or a percent-decoded part of it, is not UTF-8.
    InvalidUtf8 = "invalid-utf-8", "invalid UTF-8";
    /// a NUL byte, raw or as `%00`; no server takes one.
    NulByte = "nul-byte", "NUL byte";
    /// a control character, such as a tab or a line end, inside a URL; other parsers drop it in silence.
    ControlCharacter = "control-character", "control character";
    /// a space or line end comes before or after the string.
    SurroundingSpaces = "surrounding-blanks", "surrounding spaces";
    /// the text begins with a quotation mark, as copied from a `.env` file or a shell.
    SurroundingQuotes = "surrounding-quotes", "surrounding quotes";
    /// a variable reference such as `${NAME}` that nothing has filled in.
    UnexpandedReference = "unexpanded-reference", "unexpanded variable reference";
    /// a value is exactly `****`: masked output of a tool, pasted back.
    MaskedValue = "masked-value", "masked value";
    /// the text is neither a URL nor keyword/value text.
    UnknownFormat = "unknown-format", "unknown format";
    /// the scheme is not known.
    UnknownScheme = "unknown-scheme", "unknown scheme";
    /// the scheme is known, but of another engine than the one requested.
    WrongEngine = "wrong-engine", "wrong engine";
    /// a raw character that ends a part of the text too early, or too late, so that another host would be used or a
    /// password taken for something else.
    UnescapedDelimiter = "unescaped-delimiter", "unescaped delimiter";
    /// a raw space inside a part of a URL.
    UnescapedSpace = "unescaped-space", "unescaped space";
    /// a `%` that is not followed by two hexadecimal digits.
    InvalidEscape = "invalid-escape", "invalid percent escape";
    /// brackets round a host that do not close, are empty, or are followed by other text.
    InvalidBrackets = "invalid-brackets", "invalid brackets";
    /// a name without its `=`.
    MissingEquals = "missing-equals", "missing `=`";
    /// a second raw `=` in one parameter of a query.
    ExtraEquals = "extra-equals", "second `=`";
    /// a quoted value that does not end.
    UnterminatedQuote = "unterminated-quote", "unterminated quoted value";
    /// a name that is not a keyword.
    UnknownKeyword = "unknown-keyword", "unknown keyword";
    /// a value that its keyword does not take.
    InvalidValue = "invalid-value", "invalid";
    /// host, address and port lists of different lengths.
    CountMismatch = "count-mismatch", "mismatched number of";
    /// two settings that contradict each other.
    Conflict = "conflict", "conflicting";
    /// a config that the asked-for form cannot carry.
    NotRepresentable = "not-representable", "cannot represent";
    /// a settings file is not well-formed, or a platform's document, such as `VCAP_SERVICES`, is not what the platform writes.
    InvalidDocument = "invalid-document", "invalid document";
    /// a document is nested deeper, or holds more, than is read; see [`settings`](crate::settings).
    LimitExceeded = "limit-exceeded", "document beyond its limits";
    /// a key is twice in one map; parsers disagree on which of them counts.
    DuplicateKey = "duplicate-key", "duplicate key";
    /// a file cannot be read.
    Unreadable = "unreadable", "cannot read";
    /// a file is not one of a known system.
    UnknownSystem = "unknown-system", "unknown system";
    /// a template, such as `${NAME:-default}`, is not of its grammar.
    InvalidTemplate = "invalid-template", "invalid template";
    /// an ERB tag holds Ruby beyond the part that is read here; nothing is evaluated.
    UnsupportedExpression = "unsupported-expression", "unsupported expression";
    /// a variable that has to be set is not.
    UnsetVariable = "unset-variable", "unset variable";
    /// a key that the settings' system does not take.
    UnknownKey = "unknown-key", "unknown key";
    /// a key that the settings' system demands.
    MissingKey = "missing-key", "missing key";
    /// a settings file has no section of that name.
    UnknownSection = "unknown-section", "unknown section";
    /// a variable is set, but empty.
    EmptyVariable = "empty-variable", "set but empty";
    /// a string given as a variable's name is not one.
    InvalidName = "invalid-name", "invalid variable name";
    /// a string from a stranger sets what reads a file of this machine, or decides where else to connect.
    Untrusted = "untrusted", "not allowed in an untrusted string:";
    /// nothing that was looked at names a database.
    NotFound = "not-found", "no database is configured";
    /// the database is not the one that a script expects: see [`Guard`](crate::Guard).
    UnexpectedDatabase = "unexpected-database", "unexpected database";
    /// several databases are configured, and none is promoted.
    Ambiguous = "ambiguous", "several databases are configured";
}

impl ErrorKind {
    /// "invalid port", but "invalid percent escape in password".
    const fn takes_component_directly(self) -> bool {
        matches!(
            self,
            Self::InvalidValue
                | Self::CountMismatch
                | Self::Conflict
                | Self::NotRepresentable
                | Self::Unreadable
                | Self::Untrusted
        )
    }
}
