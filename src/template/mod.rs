//! Templates: strings with variables in them, each system with a syntax of its own, over any look-up of variables.
//!
//! What each means is in the documentation of `settings::template`, which is this module to the outside.

mod compose;
#[cfg(any(feature = "json", feature = "yaml"))]
mod conduit;
#[cfg(any(feature = "json", feature = "yaml"))]
pub(crate) mod erb;
mod expand;
mod expansion;
mod lookup;
#[cfg(any(feature = "json", feature = "yaml"))]
mod shell;
#[cfg(any(feature = "json", feature = "yaml"))]
mod syntax;
mod walk;

use crate::error::{Error, ErrorKind};
use crate::limits::MAX_LEN;
use crate::span::Component;

use compose::Compose;
pub use expansion::Expansion;
#[cfg(any(feature = "json", feature = "yaml"))]
pub use expansion::Variable;
pub(crate) use lookup::{Lookup, is_conventional, is_name};
#[cfg(any(feature = "json", feature = "yaml"))]
pub(crate) use syntax::expand;
#[cfg(any(feature = "json", feature = "yaml"))]
pub use syntax::{Syntax, variables};

/// Fills the variables of a template of Compose in, once.
///
/// # Errors
///
/// As [`expand`].
pub(crate) fn expand_compose(template: &str, vars: &dyn Lookup) -> Result<Expansion, Error> {
    check_len(template)?;
    expand::fill(&Compose(template), vars, false)
}

fn check_len(template: &str) -> Result<(), Error> {
    if template.len() <= MAX_LEN {
        return Ok(());
    }
    let detail = "a template is at most 1 MiB long";
    Err(Error::new(ErrorKind::TooLong, detail).of(Component::Text))
}
