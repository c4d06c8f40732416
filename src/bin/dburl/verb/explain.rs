//! `dburl explain`: what would be used, field by field, with its source, and what lost.

use std::io;

use database_url::diagnose::{Ambient, Diagnostics};
use database_url::{Attachments, Database, Resolved, Vars, Warning};
use serde_json::json;

use crate::args::{Explanation, Selection};
use crate::verb::{
    Given, choose, chosen, nothing, password_in_arguments, reject, reject_given, resolver, settings,
};
use crate::view::{Out, completed, json, origin, text};

pub(crate) fn run(explanation: &Explanation, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let selection = &explanation.selection;
    if let Some(text) = &explanation.text {
        let given = match Given::read(text) {
            Ok(given) => given,
            Err(error) => return reject(&error, out),
        };
        return match choose(Some(&given), selection, vars) {
            // Whatever is attached has no part in it.
            Ok((resolved, warnings)) => show(
                &resolved,
                &warnings,
                vars,
                &Attachments::of(&Vars::new()),
                out,
            ),
            Err(error) => reject_given(&error, Some(&given), out),
        };
    }
    of_selection(selection, vars, out)
}

fn of_selection(selection: &Selection, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let settings = match settings(selection) {
        Ok(settings) => settings,
        Err(error) => return nothing::selected(&error, selection, vars, out),
    };
    let chooser = resolver(selection, settings.as_ref(), vars);
    let resolved = match chosen(selection, &chooser, vars) {
        Ok(resolved) => resolved,
        Err(error) => return nothing::selected(&error, selection, vars, out),
    };
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
) -> io::Result<()> {
    let diagnostics = Diagnostics::new(vars);
    // Of a string that was given, no variable is meant to be used.
    let unused = match attachments.iter().next() {
        Some(_) => diagnostics.unused(resolved),
        None => Vec::new(),
    };
    let ambient = diagnostics.ambient(resolved.value());
    if out.json {
        let mut object = json::resolved(resolved, warnings, out.secrets);
        completed::add(&mut object, resolved);
        origin::add(&mut object, vars);
        object["unused"] = json!(unused);
        object["ambient"] = ambient.iter().map(Ambient::name).collect();
        return out.object(&object);
    }
    text::explanation(resolved, vars, attachments, &unused, &ambient, out)?;
    out.warnings("", warnings)
}
