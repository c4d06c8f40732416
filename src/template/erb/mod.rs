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
//! [`prepare`](prepared::prepare) puts inert marks in place of the tags, YAML is read with them, and each scalar is filled by itself.
//!
//! Deliberate differences from Ruby's ERB and Rails' methods:
//! * what is not in the grammar of [`expression`] is not known, with its location, and nothing is ever run; a statement that gives
//!   no value is passed over;
//! * a tag that does not end is rejected, where ERB prints its code;
//! * a tag that holds nothing, a comment after code, and a literal over several lines are rejected; a comment ends with its
//!   tag, where Ruby drops the rest of the line, too;
//! * the name in `ENV["…"]` has to look like one: a URL put there by mistake is rejected; integers have 64 bits.
//!
//! Bounds: a template and what it gives are at most [`MAX_LEN`] bytes long, expressions and conditions nest at most 32 deep
//! each, and at most 100 failures of one template are reported.

mod evaluation;
mod expression;
mod method;
pub(crate) mod prepared;
mod program;
#[cfg(test)]
mod tests;
mod token;
mod unknown;
mod value;
mod variables;

use std::collections::HashSet;

use crate::error::{Error, ErrorKind};
use crate::limits::MAX_LEN;
use crate::span::Component;
use crate::template::Expansion;
use crate::template::Lookup;
use evaluation::Evaluation;
use program::{Program, Step, together};
use value::{Text, joined};

pub(super) use variables::variables;

/// Fills the variables in. The whole text is the output, as `ERB#result` gives it; to be looked at, with `****` in place of what a
/// tag made of a variable's value.
pub(super) fn fill(template: &str, vars: &dyn Lookup, is_masked: bool) -> Result<Expansion, Error> {
    let program = Program::of(template)?;
    let mut evaluation = Evaluation::with(vars, None);
    let kept = program.kept(&mut evaluation);
    let mut failures = [kept.failures, kept.unknown].concat();
    let mut parts = Vec::with_capacity(kept.steps.len());
    for step in kept.steps {
        match &program.steps[step] {
            Step::Text(span) => parts.push(Text::literal(&template[span.range()])),
            Step::Output(output) => match evaluation.value(&output.expression) {
                Ok(value) => parts.push(evaluation.shown(value, is_masked)),
                Err(error) => failures.push(error),
            },
            Step::Test { .. } | Step::Jump(_) | Step::Statement(_) => {}
        }
    }
    together(failures)?;
    assemble(&parts, &evaluation.unset)
}

/// Writes the parts one after the other, into a buffer that is of their size from the beginning.
fn assemble(parts: &[Text<'_>], unset: &[&str]) -> Result<Expansion, Error> {
    let len: usize = parts.iter().map(|part| part.as_str().len()).sum();
    if len > MAX_LEN {
        let detail = format!("expected at most {MAX_LEN} bytes with the values filled in");
        return Err(Error::new(ErrorKind::TooLong, detail).of(Component::Text));
    }
    let sole = match parts {
        [text] => text.variable.map(str::to_owned),
        _ => None,
    };
    let mut known = HashSet::new();
    let once = unset.iter().filter(|name| known.insert(**name));
    Ok(Expansion {
        value: Some(joined(parts)),
        unset: once.map(|&name| name.to_owned()).collect(),
        sole,
        unknown: None,
    })
}
