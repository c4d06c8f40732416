//! `dburl render`: a settings file filled in, or the variables that it uses.

use std::io;

use database_url::Vars;
use database_url::settings::Settings;
use serde_json::{Value, json};

use crate::args::Rendering;
use crate::verb::{read, reject};
use crate::view::{Out, json as view, text};

pub(crate) fn run(rendering: &Rendering, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let settings = match read(&rendering.file) {
        Ok(settings) => settings,
        Err(error) => return reject(&error, out),
    };
    let settings = match rendering.system {
        Some(system) => settings.with_system(system),
        None => settings,
    };
    if rendering.list {
        list(&settings, vars, out)
    } else {
        fill(&settings, vars, out)
    }
}

fn fill(settings: &Settings, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let rendered = match settings.render(vars) {
        Ok(rendered) => rendered,
        Err(error) => return reject(&error, out),
    };
    let warnings = [vars.warnings(), rendered.warnings()].concat();
    if out.json {
        let value = if out.secrets {
            rendered.value()
        } else {
            rendered.masked_value()
        };
        let warnings: Vec<_> = warnings.iter().map(view::warning).collect();
        let value = view::setting(&value);
        return out.object(&json!({ "ok": true, "value": value, "warnings": warnings }));
    }
    if out.secrets {
        out.text(rendered.text().expose())?;
    } else {
        out.text(&rendered.masked())?;
    }
    out.warnings("", &warnings)
}

fn list(settings: &Settings, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let uses = match settings.variables() {
        Ok(uses) => uses,
        Err(error) => return reject(&error, out),
    };
    if out.json {
        let uses = uses.iter().map(|one| view::variable_use(one, vars));
        return out.object(&Value::Array(uses.collect()));
    }
    text::variable_uses(&uses, vars, out)
}
