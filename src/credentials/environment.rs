//! Values of variables that are about to become part of a config.

use crate::bytes::contains;
use crate::error::{Error, ErrorKind};
use crate::grammar::guard;
use crate::source::Source;
use crate::span::{Component, Span};
use crate::vars::Vars;

/// A variable's value; set but empty is a value. What nothing has filled in, what a tool masked, and a URL as a host are
/// errors.
pub(super) fn get<'v>(
    vars: &'v Vars,
    name: &str,
    component: Component,
) -> Result<Option<&'v str>, Error> {
    let Some(value) = vars.get(name)? else {
        return Ok(None);
    };
    let text = value.expose();
    let whole = Span::new(0, text.len());
    guard::references(text.as_bytes(), false)
        .and_then(|()| guard::masked(text.as_bytes(), component, whole))
        .and_then(|()| {
            let is_url = component == Component::Host && contains(text, "://");
            if is_url { Err(misplaced()) } else { Ok(()) }
        })
        .map_err(|error| error.with_source(&Source::ConfigVar(name.to_owned())))?;
    Ok(Some(text))
}

fn misplaced() -> Error {
    Error::new(ErrorKind::InvalidValue, "expected a host, found a URL")
        .of(Component::Host)
        .with_help("give the URL as DATABASE_URL")
}
