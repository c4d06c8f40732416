//! `dburl render`: a settings file filled in, or the variables that it uses.

use database_url::Vars;
use database_url::settings::Settings;
use serde_json::{Value, json};

use crate::args::Rendering;
use crate::verb::{Ended, read};
use crate::view::{Out, json as view, text};

pub(crate) fn run(rendering: &Rendering, vars: &Vars, out: &mut Out) -> Ended {
    let settings = read(&rendering.file)?;
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

fn fill(settings: &Settings, vars: &Vars, out: &mut Out) -> Ended {
    let rendered = settings.render(vars)?;
    let warnings = [vars.warnings(), rendered.warnings()].concat();
    if out.json {
        let value = if out.secrets {
            rendered.value()
        } else {
            rendered.masked_value()
        };
        let (value, warnings) = (view::setting(&value), view::warnings(&warnings));
        return Ok(out.object(&json!({ "ok": true, "value": value, "warnings": warnings }))?);
    }
    if out.secrets {
        out.text(rendered.text().expose())?;
    } else {
        out.text(&rendered.masked())?;
    }
    Ok(out.warnings("", &warnings)?)
}

fn list(settings: &Settings, vars: &Vars, out: &mut Out) -> Ended {
    let uses = settings.variables()?;
    if out.json {
        let uses = uses.iter().map(|one| view::variable_use(one, vars));
        out.object(&Value::Array(uses.collect()))?;
    } else {
        text::variable_uses(&uses, vars, out)?;
    }
    Ok(())
}
