//! One thing that a review would object to.

use std::borrow::Cow;
use std::fmt;

use crate::database::Database;
use crate::diagnose::code::{Code, Severity};
use crate::error::Error;
use crate::resolution::Resolved;
use crate::source::Source;
use crate::span::{Component, Span};
use crate::warning::{Warning, WarningCode};

/// One thing that a review would object to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    code: Code,
    severity: Severity,
    message: Cow<'static, str>,
    help: Cow<'static, str>,
    source: Option<Source>,
    component: Option<Component>,
    span: Option<Span>,
}

impl Finding {
    pub(crate) fn new(
        code: Code,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            help: help.into(),
            source: None,
            component: None,
            span: None,
        }
    }

    pub(super) fn severity_is(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    pub(super) fn caused_by(self, source: &Source) -> Self {
        let source = Some(source.clone());
        Self { source, ..self }
    }

    /// At the location of a field of the database, else where the database is from.
    pub(super) fn at(mut self, resolved: &Resolved<Database>, field: &str) -> Self {
        let found = resolved.fields().find(|(name, _)| *name == field);
        if let Some((_, from)) = &found {
            self.component = from.component();
        }
        let source = found
            .as_ref()
            .map_or(resolved.source(), |(_, from)| from.source());
        self.caused_by(source)
    }

    /// What it is about.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// How much it matters.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// The sentence; it holds no secret.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The fix.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }

    /// Where the cause is: a variable, a location in a file.
    #[must_use]
    pub const fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    /// The part of the source's string.
    #[must_use]
    pub const fn component(&self) -> Option<Component> {
        self.component
    }

    /// The bytes of the source's string.
    #[must_use]
    pub const fn span(&self) -> Option<Span> {
        self.span
    }
}

/// Without the fix.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)
    }
}

/// What the parser or the resolver warns of.
impl From<&Warning> for Finding {
    fn from(warning: &Warning) -> Self {
        let (code, more) = match warning.code() {
            WarningCode::RawHash => (
                Code::RawDelimiter,
                ": libpq takes `#` as data, but WHATWG parsers (Node, Rust's url) and Python's urlsplit end the URL there",
            ),
            WarningCode::AtSignInCredentials => (
                Code::RawDelimiter,
                ": libpq ends the credentials at the first `@`, Go, Python and WHATWG parsers at the last",
            ),
            WarningCode::CaUnused => (Code::CertificateNotChecked, ""),
            WarningCode::StaleCopy => (Code::StaleAttachment, ""),
            WarningCode::NotPromoted => (Code::UnpromotedAttachment, ""),
            code => (Code::Warning(code), ""),
        };
        let help = format!("{}{more}", warning.help());
        Self::new(code, warning.message().to_owned(), help)
    }
}

/// Why there is no database to use: every failure is one finding.
impl From<&Error> for Finding {
    fn from(error: &Error) -> Self {
        let message = error.to_string();
        let finding = Self::new(
            Code::Error(error.kind()),
            message,
            error.help().unwrap_or_default().to_owned(),
        );
        Self {
            source: error.origin().cloned(),
            component: error.component(),
            span: error.span(),
            ..finding
        }
    }
}
