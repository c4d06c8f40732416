//! One template by itself: a string with variables in it, in the syntax of one of the systems.
//!
//! | syntax | forms | a dollar is | unset |
//! |---|---|---|---|
//! | [`Shell`](Syntax::Shell) | `$X` `${X}` and `-` `:-` `=` `:=` `?` `:?` `+` `:+`, nested | `\$` | empty |
//! | [`Compose`](Syntax::Compose) | the same without `=` `:=` | `$$` | empty |
//! | [`Conduit`](Syntax::Conduit) | `$X` as the whole text | not possible | nothing |
//! | [`Erb`](Syntax::Erb) | `<%= ENV["X"] %>` and the little Ruby that settings files use | `$` | nil |
//!
//! A template that is not well-formed is rejected whatever the variables are; what a shell would run or compute is rejected,
//! too. Bounds: a template and what it gives are at most [`MAX_LEN`](crate::MAX_LEN) bytes long, references nest at most 64
//! deep, and at most 100 failures of one template are reported.

use crate::error::Error;
use crate::settings::mask;
use crate::template;
use crate::vars::Vars;

pub use crate::template::{Expansion, Syntax, Variable, variables};

/// Fills the variables in, once: what a variable holds is never expanded again.
///
/// # Errors
///
/// All that is wrong with the template or missing from the variables, together ([`Error::iter`]).
pub fn expand(syntax: Syntax, template: &str, vars: &Vars) -> Result<Expansion, Error> {
    template::expand(syntax, template, vars, false)
}

/// The same to be looked at: what variables hold is shown as `****`. The template's own text is shown as it is, but for
/// passwords in connection strings and after names such as `password`.
///
/// # Errors
///
/// As for [`expand`].
pub fn masked(syntax: Syntax, template: &str, vars: &Vars) -> Result<Option<String>, Error> {
    let shown = template::expand(syntax, template, vars, true)?;
    Ok(shown.value().map(|text| mask::template(text.expose())))
}
