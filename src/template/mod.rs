//! Templates: strings with variables in them, each system with a syntax of its own, over any look-up of variables.
//!
//! What each means is in the documentation of `settings::template`, which is this module to the outside.

mod compose;
mod conduit;
pub(crate) mod erb;
mod fill;
mod shell;
mod walk;

use crate::MAX_LEN;
use crate::error::{Error, ErrorKind, words};
use crate::secret::{MASK, Secret, SecretStr};
use crate::span::{Component, Span};
use crate::warning::{Warning, WarningCode};

use compose::Compose;
use shell::Shell;

/// What is shown in place of a name that may be a part of a password.
const HIDDEN: &str = "?";

words! {
    /// Which templates are read.
    Syntax {
        /// `shell`: POSIX parameter expansion, as in a Procfile or an unquoted here-document.
        Shell = "shell",
        /// `compose`: as in `compose.yaml` (compose-go).
        Compose = "compose",
        /// `conduit`: as in the configuration files of Conduit and Aqueduct.
        Conduit = "conduit",
        /// `erb`: as in `config/database.yml` of Rails.
        Erb = "erb",
    }
}

/// Where a template looks its variables up.
pub(crate) trait Lookup {
    /// A variable's value; set but empty is `Some("")`. The error of a variable that cannot be read is passed on.
    fn get(&self, name: &str) -> Result<Option<SecretStr<'_>>, Error>;
}

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

/// Fills the variables in, once: what a variable holds is never expanded again.
///
/// # Errors
///
/// All that is wrong with the template or missing from the variables, together ([`Error::all`]).
pub(crate) fn expand(
    syntax: Syntax,
    template: &str,
    vars: &dyn Lookup,
) -> Result<Expansion, Error> {
    check_len(template)?;
    match syntax {
        Syntax::Shell => fill::expand(&Shell::new(template), vars),
        Syntax::Compose => fill::expand(&Compose(template), vars),
        Syntax::Conduit => conduit::expand(template, vars),
        Syntax::Erb => erb::expand(template, vars),
    }
}

/// The template's own text as it is, and `****` for what variables hold.
pub(crate) fn without_values(
    syntax: Syntax,
    template: &str,
    vars: &dyn Lookup,
) -> Result<Option<String>, Error> {
    check_len(template)?;
    let shown = |hidden: Expansion| hidden.value.map(|text| text.expose().to_owned());
    match syntax {
        Syntax::Shell => fill::masked(&Shell::new(template), vars).map(shown),
        Syntax::Compose => fill::masked(&Compose(template), vars).map(shown),
        Syntax::Erb => erb::masked(template, vars).map(Some),
        Syntax::Conduit => {
            let expansion = expand(syntax, template, vars)?;
            let uses_variables = !variables(syntax, template)?.is_empty();
            Ok(expansion.value.map(|value| match value.expose() {
                text if text.is_empty() || !uses_variables => text.to_owned(),
                _ => MASK.to_owned(),
            }))
        }
    }
}

/// The variables that a template uses, in order, each use by itself.
///
/// # Errors
///
/// All that is wrong with the template, together.
pub fn variables(syntax: Syntax, template: &str) -> Result<Vec<Variable>, Error> {
    check_len(template)?;
    match syntax {
        Syntax::Shell => fill::variables(&Shell::new(template)),
        Syntax::Compose => fill::variables(&Compose(template)),
        Syntax::Conduit => Ok(conduit::variables(template)),
        Syntax::Erb => erb::variables(template),
    }
}

fn check_len(template: &str) -> Result<(), Error> {
    if template.len() <= MAX_LEN {
        return Ok(());
    }
    let detail = "a template is at most 1 MiB long";
    Err(Error::new(ErrorKind::TooLong, detail).of(Component::Text))
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

/// Whether a string that is no variable may be repeated in a message: a password has lower-case letters, a name has not.
pub(crate) fn is_conventional(name: &str) -> bool {
    is_name(name) && !name.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether a string can be a variable's name. A URL given by mistake cannot, and is then not repeated in any message.
pub(crate) fn is_name(text: &str) -> bool {
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !text.is_empty() && text.bytes().all(valid) && !text.as_bytes()[0].is_ascii_digit()
}
