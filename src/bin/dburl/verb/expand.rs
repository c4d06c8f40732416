//! `dburl expand`: one template, filled in.

use std::io;

use database_url::settings::template::{Syntax, expand, masked};
use database_url::{Secret, SecretStr, Vars, Warning};
use serde_json::json;

use crate::args::Template;
use crate::verb::Ended;
use crate::view::{Out, json as view};

pub(crate) fn run(template: &Template, vars: &Vars, out: &mut Out) -> Ended {
    let syntax = template.syntax;
    if template.text != "-" {
        return fill(syntax, &template.text, Ending::Line, vars, out);
    }
    let text = Secret::read_from(io::stdin())?;
    fill(syntax, text.expose(), Ending::AsItIs, vars, out)
}

/// How the text is printed: one that was read from standard input has its own line end, or is meant to have none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Line,
    AsItIs,
}

fn fill(syntax: Syntax, template: &str, ending: Ending, vars: &Vars, out: &mut Out) -> Ended {
    let expansion = expand(syntax, template, vars)?;
    let hidden = masked(syntax, template, vars)?;
    let value = if out.secrets {
        expansion.value().map(SecretStr::expose)
    } else {
        hidden.as_deref()
    };
    let warnings = vars.warnings().iter().cloned();
    let warnings: Vec<Warning> = warnings.chain(expansion.warnings()).collect();
    if out.json {
        let warnings: Vec<_> = warnings.iter().map(view::warning).collect();
        return Ok(out.object(&json!({ "ok": true, "value": value, "warnings": warnings }))?);
    }
    match (value, ending) {
        (None, _) => {}
        (Some(value), Ending::Line) => out.line(value)?,
        (Some(value), Ending::AsItIs) => out.text(value)?,
    }
    Ok(out.warnings("", &warnings)?)
}
