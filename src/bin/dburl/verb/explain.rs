//! `dburl explain`: what would be used, field by field, with its source, and what lost.

use std::io;

use database_url::{Vars, lint};
use serde_json::json;

use crate::args::Selection;
use crate::verb::{chosen, nothing, password_in_arguments, resolver, settings};
use crate::view::{Out, completed, json, origin, text};

pub(crate) fn run(selection: &Selection, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let settings = match settings(selection) {
        Ok(settings) => settings,
        Err(error) => return nothing::selected(&error, selection, vars, out),
    };
    let chooser = resolver(selection, settings.as_ref(), vars);
    let resolved = match chosen(selection, &chooser, vars) {
        Ok(resolved) => resolved,
        Err(error) => return nothing::selected(&error, selection, vars, out),
    };
    let (unused, ambient) = (
        lint::unused(chooser.attachments(), &resolved),
        lint::ambient(vars, &resolved),
    );
    let twins = settings.map(|settings| lint::same_database(&settings, vars, &resolved));
    let twins = twins.unwrap_or_default();
    let warnings = [vars.warnings(), resolved.warnings(), &twins].concat();
    let warnings = text::with_argument_warning(&warnings, password_in_arguments(selection));
    if out.json {
        let mut object = json::resolved(&resolved, &warnings, out.secrets);
        completed::add(&mut object, &resolved);
        origin::add(&mut object, vars);
        object["unused"] = json!(unused);
        object["ambient"] = ambient.iter().map(lint::Ambient::name).collect();
        out.object(&object)?;
    } else {
        text::explanation(
            &resolved,
            vars,
            chooser.attachments(),
            &unused,
            &ambient,
            out,
        )?;
        out.warnings("", &warnings)?;
    }
    Ok(())
}
