//! `dburl resolve`: the config itself.

use std::io;

use database_url::Vars;

use crate::args::Selection;
use crate::verb::{nothing, password_in_arguments, resolver, settings};
use crate::view::{Out, json, origin, text};

pub(crate) fn run(selection: &Selection, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let resolved = settings(selection)
        .and_then(|settings| resolver(selection, settings.as_ref(), vars).resolve());
    let resolved = match resolved {
        Ok(resolved) => resolved,
        Err(error) => return nothing::selected(&error, selection, vars, out),
    };
    let warnings = [vars.warnings(), resolved.warnings()].concat();
    let warnings = text::with_argument_warning(&warnings, password_in_arguments(selection));
    if out.json {
        let mut object = json::resolved(&resolved, &warnings, out.secrets);
        origin::add(&mut object, vars);
        out.object(&object)?;
    } else {
        let url = text::url(&resolved, out.secrets);
        out.line(url.expose())?;
        out.warnings("", &warnings)?;
    }
    Ok(())
}
