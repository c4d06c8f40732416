//! The syntaxes of settings files, and what each does with a template.

use super::compose::Compose;
use super::expand::{self, fill};
use super::shell::Shell;
use super::{Expansion, Lookup, Variable, check_len, conduit, erb};
use crate::error::{Error, words};

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

/// Fills the variables in, once: what a variable holds is never expanded again. Masked, the template's own text stays as it
/// is, and `****` is shown for what variables hold.
///
/// # Errors
///
/// All that is wrong with the template or missing from the variables, together ([`Error::iter`]).
pub(crate) fn expand(
    syntax: Syntax,
    template: &str,
    vars: &dyn Lookup,
    is_masked: bool,
) -> Result<Expansion, Error> {
    check_len(template)?;
    match syntax {
        Syntax::Shell => fill(&Shell::new(template), vars, is_masked),
        Syntax::Compose => fill(&Compose(template), vars, is_masked),
        Syntax::Conduit => conduit::expand(template, vars, is_masked),
        Syntax::Erb => erb::fill(template, vars, is_masked),
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
        Syntax::Shell => expand::variables(&Shell::new(template)),
        Syntax::Compose => expand::variables(&Compose(template)),
        Syntax::Conduit => Ok(conduit::variables(template)),
        Syntax::Erb => erb::variables(template),
    }
}
