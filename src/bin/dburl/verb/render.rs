//! `dburl render`: a settings file filled in, or the variables that it uses.

use std::io;

use database_url::Vars;
use database_url::settings::{Settings, System};
use serde_json::Value;

use crate::args::Rendering;
use crate::verb::refuse;
use crate::view::{Out, json as view, text};

pub(crate) fn run(rendering: &Rendering, _vars: &Vars, out: &mut Out) -> io::Result<()> {
    let settings = match Settings::from_path(&rendering.file) {
        Ok(settings) => settings,
        Err(error) => return refuse(&error, out),
    };
    let settings = match rendering.system.map(System::from) {
        Some(system) => settings.system(system),
        None => settings,
    };
    list(&settings, out)
}

fn list(settings: &Settings, out: &mut Out) -> io::Result<()> {
    let uses = match settings.variables() {
        Ok(uses) => uses,
        Err(error) => return refuse(&error, out),
    };
    if out.json {
        let uses = uses.iter().map(view::variable_use);
        return out.object(&Value::Array(uses.collect()));
    }
    text::variable_uses(&uses, out)
}
