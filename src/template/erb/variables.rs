//! The variables that a template uses, without reading them.

use crate::error::Error;
use crate::template::Variable;
use crate::template::erb::expression::{Default, Expression};
use crate::template::erb::method::Method;
use crate::template::erb::program::{Program, Step};
use crate::template::erb::unknown::Name;

/// Each use by itself, in order. A variable that is only asked whether it is set counts as one with a default: nothing
/// is missing without it.
pub(in crate::template) fn variables(template: &str) -> Result<Vec<Variable>, Error> {
    let program = Program::of(template)?;
    let mut found = Vec::new();
    for step in &program.steps {
        match step {
            Step::Test { condition, .. } => walk(condition, true, &mut found),
            Step::Output(output) => walk(&output.expression, false, &mut found),
            Step::Statement(names) => names
                .iter()
                .for_each(|name| push(name, true, false, &mut found)),
            Step::Text(_) | Step::Jump(_) => {}
        }
    }
    Ok(found)
}

fn push(name: &Name, has_default: bool, required: bool, found: &mut Vec<Variable>) {
    found.push(Variable {
        name: name.text.clone(),
        has_default,
        required,
        span: name.span,
    });
}

/// `covered`: whether something replaces nil.
fn walk(expression: &Expression, covered: bool, found: &mut Vec<Variable>) {
    match expression {
        Expression::Index(name) => push(name, covered, false, found),
        Expression::Fetch(name, Default::None) => push(name, false, true, found),
        Expression::Fetch(name, Default::Argument(default) | Default::Block(default)) => {
            push(name, covered || gives(default), false, found);
            walk(default, covered, found);
        }
        Expression::Not(inner) => walk(inner, true, found),
        Expression::Equal(sides) => {
            walk(&sides.0, true, found);
            walk(&sides.1, true, found);
        }
        Expression::Any(links) => {
            let last = links.iter().rposition(gives).unwrap_or_default();
            for (index, link) in links.iter().enumerate() {
                walk(link, covered || index < last, found);
            }
        }
        Expression::All(links) => {
            for (index, link) in links.iter().enumerate() {
                walk(link, covered || index + 1 < links.len(), found);
            }
        }
        Expression::Choice(choice) => {
            walk(&choice.0, true, found);
            walk(&choice.1, covered, found);
            walk(&choice.2, covered, found);
        }
        Expression::Calls(receiver, calls) => {
            walk(
                receiver,
                covered || calls.iter().any(|call| call.method.is_question()),
                found,
            );
        }
        Expression::Woven(pieces) => {
            for piece in pieces {
                walk(piece, covered, found);
            }
        }
        // How the code uses them is not known.
        Expression::Unknown(_, names) => {
            for name in names {
                push(name, covered, false, found);
            }
        }
        Expression::Nil
        | Expression::Environment
        | Expression::Bool(_)
        | Expression::Integer(_)
        | Expression::Text(_) => {}
    }
}

/// Whether it is never nil.
fn gives(expression: &Expression) -> bool {
    match expression {
        Expression::Nil | Expression::Index(_) | Expression::Unknown(..) => false,
        Expression::Fetch(_, Default::Argument(default) | Default::Block(default)) => {
            gives(default)
        }
        Expression::Any(links) => links.iter().any(gives),
        Expression::All(links) => links.iter().all(gives),
        Expression::Choice(choice) => gives(&choice.1) && gives(&choice.2),
        Expression::Calls(_, calls) => calls
            .last()
            .is_some_and(|last| last.method != Method::Presence),
        _ => true,
    }
}
