//! ERB, as far as settings files use it: `<%= ENV["X"] %>` and a little Ruby round it, read and never run.
//!
//! ```text
//! text  = *( any / "<%%" / tag )                       "<%%" is "<%"
//! tag   = "<%=" expression "%>"                        its value; nil is nothing
//!       / "<%#" any "%>"                               nothing
//!       / "<%" ( "if" / "unless" / "elsif" ) expression "%>"
//!       / "<%" ( "else" / "end" ) "%>"
//! ```
//!
//! There is no trim mode, as in Rails' own settings files: a line that holds only a condition stays as an empty line.
//!
//! Ruby fills the values in *before* YAML is read, so that a password `a: b` breaks the file and `0123` becomes 83. Here
//! [`prepare`] puts inert marks in place of the tags, YAML is read with them, and each scalar is filled by itself.
//!
//! Deliberate differences from Ruby's ERB and Rails' methods:
//!
//! * what is not in the grammar of [`expression`] is refused by its place, and nothing is ever run;
//! * a tag that does not end is refused, where ERB prints its code;
//! * a tag that holds nothing, a comment beside code, and a literal over several lines are refused;
//! * the name in `ENV["…"]` has to be one: a URL put there by mistake is refused;
//! * integers have 64 bits, and what is filled in is at most [`MAX_LEN`] bytes long.

mod evaluation;
mod expression;
mod prepared;
mod program;
#[cfg(test)]
mod tests;
mod token;
mod value;
mod variables;

use std::collections::HashSet;

use crate::MAX_LEN;
use crate::error::{Error, ErrorKind};
use crate::place::Component;
use crate::secret::Secret;
use crate::settings::template::Expansion;
use crate::vars::Vars;
use evaluation::Evaluation;
use program::{Program, Step};
use value::Text;

#[expect(unused_imports, reason = "the systems that use these are being built")]
pub(in crate::settings) use prepared::{Filled, Prepared, prepare};
pub(super) use variables::variables;

/// A piece of what is given.
enum Part<'a> {
    /// As the template has it.
    Template(&'a str),
    /// What a tag gave.
    Value(Text<'a>),
}

impl Part<'_> {
    fn as_str(&self) -> &str {
        match self {
            Part::Template(text) => text,
            Part::Value(text) => text.as_str(),
        }
    }
}

/// Fills the variables in. The whole text is the output, as `ERB#result` gives it.
pub(super) fn expand(template: &str, vars: &Vars) -> Result<Expansion, Error> {
    let program = Program::of(template)?;
    let mut evaluation = Evaluation::with(vars);
    let (kept, mut failures) = program.kept(&mut evaluation);
    let mut parts = Vec::with_capacity(kept.len());
    for step in kept {
        match &program.steps[step] {
            Step::Text(span) => parts.push(Part::Template(&template[span.range()])),
            Step::Output(output) => match evaluation.value(&output.expression) {
                Ok(value) => parts.push(Part::Value(value.into_text())),
                Err(error) => failures.push(error),
            },
            Step::Test { .. } | Step::Jump(_) => {}
        }
    }
    match Error::together(failures) {
        Some(error) => Err(error),
        None => assemble(&parts, &evaluation.unset),
    }
}

/// Writes the parts one after the other, into a buffer that is of their size from the beginning.
fn assemble(parts: &[Part<'_>], unset: &[&str]) -> Result<Expansion, Error> {
    let len = parts.iter().map(|part| part.as_str().len()).sum();
    if len > MAX_LEN {
        let detail = format!("expected at most {MAX_LEN} bytes with the values filled in");
        return Err(Error::new(ErrorKind::TooLong, detail).of(Component::Text));
    }
    let mut text = String::with_capacity(len);
    for part in parts {
        text.push_str(part.as_str());
    }
    let sole = match parts {
        [Part::Value(text)] => text.variable.map(str::to_owned),
        _ => None,
    };
    let mut known = HashSet::new();
    let once = unset.iter().filter(|name| known.insert(**name));
    Ok(Expansion {
        value: Some(Secret::new(text)),
        unset: once.map(|&name| name.to_owned()).collect(),
        sole,
    })
}
