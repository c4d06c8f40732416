//! What a template gives, and what it uses.

use crate::error::Error;
use crate::secret::{Secret, SecretStr};
use crate::span::Span;
use crate::warning::{Warning, WarningCode};

/// What is shown in place of a name that may be a part of a password.
pub(super) const HIDDEN: &str = "?";

/// What a template gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expansion {
    /// `None` where the syntax has a word for nothing: an unset `$X` of Conduit, `ENV["X"]` as the whole template.
    pub(crate) value: Option<Secret>,
    /// The variables that are not set and had no default, each once, in order.
    pub(crate) unset: Vec<String>,
    /// The variable whose value the whole text is, unchanged.
    pub(crate) sole: Option<String>,
    /// Why the value is not known: Ruby that is not evaluated.
    pub(crate) unknown: Option<Error>,
}

/// A variable that a template uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    pub(crate) name: String,
    /// Whether the template has something to put in its place.
    pub(crate) has_default: bool,
    /// Whether the template fails without it.
    pub(crate) required: bool,
    /// Where its name is in the template.
    pub(crate) span: Span,
}

impl Expansion {
    /// A string that is all there is to know.
    pub(crate) fn of_text(text: Option<String>) -> Self {
        Self {
            value: text.map(Secret::new),
            unset: Vec::new(),
            sole: None,
            unknown: None,
        }
    }

    /// A value that is not known.
    pub(crate) fn unknown(error: Error) -> Self {
        let unknown = Some(error);
        Self {
            unknown,
            ..Self::of_text(None)
        }
    }

    /// The text; `None` where the template stands for nothing, which is not the same as an empty text.
    #[must_use]
    pub fn value(&self) -> Option<SecretStr<'_>> {
        self.value.as_ref().map(Secret::view)
    }

    /// The text, to keep.
    #[must_use]
    pub fn into_value(self) -> Option<Secret> {
        self.value
    }

    /// The variables that are not set and had no default, each once, in order. A name with lower-case letters that follows
    /// a bare dollar may be the rest of a password (`pa$sword`), and is `?`.
    pub fn unset(&self) -> impl Iterator<Item = &str> {
        self.unset.iter().map(String::as_str)
    }

    /// The variable whose value the whole text is, unchanged.
    #[must_use]
    pub fn variable(&self) -> Option<&str> {
        self.sole.as_deref()
    }

    /// A warning for every variable that is not set.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        self.unset().map(|name| {
            let message = match name {
                "?" => "the requested variable is not set".to_owned(),
                name => format!("{name} is not set, and stands for nothing"),
            };
            let help = "set it, or give it a default in the template";
            Warning::new(WarningCode::UnsetVariable, message, help)
        })
    }
}

impl Variable {
    /// Its name. One with lower-case letters after a bare dollar may be the rest of a password, and is `?`: the template has
    /// it at [`span`](Self::span).
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the template has a default for it.
    #[must_use]
    pub const fn has_default(&self) -> bool {
        self.has_default
    }

    /// Whether the template fails without it, where it gets that far.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// Where its name is in the template.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }
}
