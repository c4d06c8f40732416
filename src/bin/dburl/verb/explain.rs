//! `dburl explain`: what would be used, field by field, with its source, and what lost.

use database_url::diagnose::{Ambient, Diagnostics};
use database_url::{Attachments, Database, Resolved, Vars, Warning};
use serde_json::json;

use crate::args::{Explanation, Selection};
use crate::verb::{self, Ended, Stop, choose, password_in_arguments, resolver, settings};
use crate::view::{Out, completed, json, origin, text};

pub(crate) fn run(explanation: &Explanation, vars: &Vars, out: &mut Out) -> Ended {
    let selection = &explanation.selection;
    let Some(text) = &explanation.text else {
        return of_selection(selection, vars, out);
    };
    let (resolved, warnings) = choose(Some(text), selection, vars)?;
    // Whatever is attached has no part in it.
    let attachments = Attachments::of(&Vars::new());
    show(&resolved, &warnings, vars, &attachments, out)
}

fn of_selection(selection: &Selection, vars: &Vars, out: &mut Out) -> Ended {
    let settings = settings(selection).map_err(Stop::Unchosen)?;
    let chooser = resolver(selection, settings.as_ref(), vars);
    let found = chooser.resolve();
    let resolved = found.and_then(|found| verb::completed(selection, found, vars));
    let resolved = resolved.map_err(Stop::Unchosen)?;
    let twins = settings.as_ref().map(|settings| {
        Diagnostics::new(vars)
            .settings(settings)
            .same_database(&resolved)
    });
    let twins = twins.unwrap_or_default();
    let warnings = [vars.warnings(), resolved.warnings(), &twins].concat();
    let warnings = text::with_argument_warning(warnings, password_in_arguments(selection));
    show(&resolved, &warnings, vars, chooser.attachments(), out)
}

fn show(
    resolved: &Resolved<Database>,
    warnings: &[Warning],
    vars: &Vars,
    attachments: &Attachments,
    out: &mut Out,
) -> Ended {
    let diagnostics = Diagnostics::new(vars).attachments(attachments);
    let unused = diagnostics.unused(resolved);
    let ambient = diagnostics.ambient(resolved.value());
    if out.json {
        let mut object = json::resolved(resolved, warnings, out.secrets);
        completed::add(&mut object, resolved);
        origin::add(&mut object, vars);
        object["unused"] = json!(unused);
        object["ambient"] = ambient.iter().map(Ambient::name).collect();
        return Ok(out.object(&object)?);
    }
    text::explanation(resolved, vars, attachments, &unused, &ambient, out)?;
    Ok(out.warnings("", warnings)?)
}
