//! The syntaxes of settings files, and what each does with a template.

use super::compose::Compose;
use super::expand::{self, fill};
use super::shell::Shell;
use super::{Expansion, Lookup, Variable, check_len, conduit, erb};
use crate::error::{Error, words};
use crate::secret::MASK;

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

/// Fills the variables in, once: what a variable holds is never expanded again.
///
/// # Errors
///
/// All that is wrong with the template or missing from the variables, together ([`Error::iter`]).
pub(crate) fn expand(
    syntax: Syntax,
    template: &str,
    vars: &dyn Lookup,
) -> Result<Expansion, Error> {
    check_len(template)?;
    match syntax {
        Syntax::Shell => fill(&Shell::new(template), vars, false),
        Syntax::Compose => fill(&Compose(template), vars, false),
        Syntax::Conduit => conduit::expand(template, vars),
        Syntax::Erb => erb::fill(template, vars, false),
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
        Syntax::Shell => fill(&Shell::new(template), vars, true).map(shown),
        Syntax::Compose => fill(&Compose(template), vars, true).map(shown),
        Syntax::Erb => erb::fill(template, vars, true).map(shown),
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
        Syntax::Shell => expand::variables(&Shell::new(template)),
        Syntax::Compose => expand::variables(&Compose(template)),
        Syntax::Conduit => Ok(conduit::variables(template)),
        Syntax::Erb => erb::variables(template),
    }
}
