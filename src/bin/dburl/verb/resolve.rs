//! `dburl resolve`: the config itself.

use std::io;

use database_url::Vars;

use crate::args::Selection;
use crate::verb::{chosen, nothing, password_in_arguments, resolver, settings};
use crate::view::{Out, completed, json, origin, text};

pub(crate) fn run(selection: &Selection, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let resolved = settings(selection).and_then(|settings| {
        let resolver = resolver(selection, settings.as_ref(), vars);
        chosen(selection, &resolver, vars)
    });
    let resolved = match resolved {
        Ok(resolved) => resolved,
        Err(error) => return nothing::selected(&error, selection, vars, out),
    };
    let warnings = [vars.warnings(), resolved.warnings()].concat();
    let warnings = text::with_argument_warning(&warnings, password_in_arguments(selection));
    if out.json {
        let mut object = json::resolved(&resolved, &warnings, out.secrets);
        completed::add(&mut object, &resolved);
        origin::add(&mut object, vars);
        out.object(&object)?;
    } else {
        let url = text::url(resolved.value(), out.secrets);
        out.line(url.expose())?;
        out.warnings("", &warnings)?;
    }
    Ok(())
}
