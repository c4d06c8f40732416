//! Conduit's templates: a string that begins with `$` is a variable's name from there to its end, whatever the name holds.
//!
//! There is no way to write a string that begins with a dollar, none to give a default, and none to mix variables and text:
//! `${X}` is a variable called `{X}`, and `$X/y` for one called `X/y`. One that is not set is nothing, which is not
//! the same as an empty one.

use super::expansion::{Expansion, HIDDEN, Variable};
use crate::error::Error;
use crate::secret::MASK;
use crate::span::{Component, Span};
use crate::template::Lookup;
use crate::template::is_conventional;

pub(super) fn expand(
    template: &str,
    vars: &dyn Lookup,
    is_masked: bool,
) -> Result<Expansion, Error> {
    let Some(name) = template.strip_prefix('$') else {
        return Ok(Expansion::of_text(Some(template.to_owned())));
    };
    let span = Span::new(1, template.len());
    let value = vars
        .get(name)
        .map_err(|error| error.at(Component::Text, span))?;
    Ok(Expansion {
        unset: match value {
            None => vec![shown(name).to_owned()],
            Some(_) => Vec::new(),
        },
        sole: value.map(|_| name.to_owned()),
        value: value.map(|value| match value.expose() {
            text if text.is_empty() || !is_masked => text.into(),
            _ => MASK.into(),
        }),
        unknown: None,
    })
}

pub(super) fn variables(template: &str) -> Vec<Variable> {
    let variable = |name| Variable {
        name: shown(name).to_owned(),
        has_default: false,
        required: false,
        span: Span::new(1, template.len()),
    };
    template
        .strip_prefix('$')
        .map(variable)
        .into_iter()
        .collect()
}

/// A name as far as it may be shown.
fn shown(name: &str) -> &str {
    if is_conventional(name) { name } else { HIDDEN }
}
