//! `dburl expand`: one template, filled in.

use std::io;

use database_url::settings::template::{expand, masked};
use database_url::{Secret, SecretStr, Vars, Warning};
use serde_json::json;

use crate::args::Template;
use crate::verb::Ended;
use crate::view::{Out, json as view};

pub(crate) fn run(template: &Template, vars: &Vars, out: &mut Out) -> Ended {
    let (syntax, is_stdin) = (template.syntax, template.text == "-");
    let text = if is_stdin {
        Secret::read_from(io::stdin())?
    } else {
        Secret::from(&*template.text)
    };
    let expansion = expand(syntax, text.expose(), vars)?;
    let hidden = masked(syntax, text.expose(), vars)?;
    let value = if out.secrets {
        expansion.value().map(SecretStr::expose)
    } else {
        hidden.as_deref()
    };
    let warnings = vars.warnings().iter().cloned();
    let warnings: Vec<Warning> = warnings.chain(expansion.warnings()).collect();
    if out.json {
        let warnings = view::warnings(&warnings);
        return Ok(out.object(&json!({ "ok": true, "value": value, "warnings": warnings }))?);
    }
    match value {
        None => {}
        // What was read has its own line end, or is meant to have none.
        Some(value) if is_stdin => out.text(value)?,
        Some(value) => out.line(value)?,
    }
    Ok(out.warnings("", &warnings)?)
}
