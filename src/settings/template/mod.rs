//! Templates: texts with variables in them, each system with a syntax of its own.
//!
//! | syntax | forms | a dollar is | unset |
//! |---|---|---|---|
//! | [`Shell`](Syntax::Shell) | `$X` `${X}` and `-` `:-` `=` `:=` `?` `:?` `+` `:+`, nested | `\$` | empty |
//! | [`Compose`](Syntax::Compose) | the same without `=` `:=` | `$$` | empty |
//! | [`Conduit`](Syntax::Conduit) | `$X` as the whole text | not possible | nothing |
//! | [`Erb`](Syntax::Erb) | `<%= ENV["X"] %>` and the little Ruby that settings files use | `$` | nil |

pub(crate) mod erb;

use crate::error::Error;
use crate::place::Span;
use crate::secret::Secret;
use crate::vars::Vars;

/// Whose templates are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// `shell`: POSIX parameter expansion, as in a Procfile or an unquoted here-document.
    Shell,
    /// `compose`: as in `compose.yaml` (compose-go).
    Compose,
    /// `conduit`: as in the configuration files of Conduit and Aqueduct.
    Conduit,
    /// `erb`: as in `config/database.yml` of Rails.
    Erb,
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
}

/// A variable that a template uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    pub(crate) name: String,
    /// Whether the template has something to put in its place.
    pub(crate) has_default: bool,
    /// Whether the template fails without it.
    pub(crate) required: bool,
    /// Where its name stands in the template.
    pub(crate) span: Span,
}

/// Fills the variables in, once: what a variable holds is never expanded again.
///
/// # Errors
///
/// All that is wrong with the template or missing from the variables, together ([`Error::all`]).
pub fn expand(syntax: Syntax, template: &str, vars: &Vars) -> Result<Expansion, Error> {
    let _ = (syntax, template, vars);
    Err(Error::new(
        crate::error::ErrorKind::InvalidTemplate,
        "not yet",
    ))
}

/// The variables that a template uses, in order, each place by itself.
///
/// # Errors
///
/// All that is wrong with the template, together.
pub fn variables(syntax: Syntax, template: &str) -> Result<Vec<Variable>, Error> {
    let _ = (syntax, template);
    Err(Error::new(
        crate::error::ErrorKind::InvalidTemplate,
        "not yet",
    ))
}
