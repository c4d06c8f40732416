//! `dburl guard`: whether the database is what a destructive script expects.

use std::io;

use database_url::{Error, Guard, Vars};
use serde_json::json;

use crate::args::Expectations;
use crate::verb::{chosen, nothing, reject, reject_usage, resolver, settings};
use crate::view::Out;

pub(crate) fn run(expectations: &Expectations, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let guard = match guard(expectations) {
        Ok(guard) => guard,
        Err(error) => {
            let help = error.help().unwrap_or_default();
            let message =
                "invalid value for --expect <WHAT>: expected `local`, `test` or HOST/DATABASE";
            return reject_usage("guard", message, help, out);
        }
    };
    let selection = &expectations.selection;
    let resolved = settings(selection).and_then(|settings| {
        let resolver = resolver(selection, settings.as_ref(), vars);
        chosen(selection, &resolver, vars)
    });
    match resolved {
        Err(error) => nothing::selected(&error, selection, vars, out),
        Ok(resolved) => match guard.check(resolved.value(), vars) {
            Err(error) => reject(&error, out),
            Ok(()) if out.json => out.object(&json!({ "ok": true })),
            Ok(()) => Ok(()),
        },
    }
}

fn guard(expectations: &Expectations) -> Result<Guard, Error> {
    let mut guard = Guard::new();
    for expected in &expectations.expect {
        guard = guard.expect(expected)?;
    }
    Ok(expectations
        .also
        .iter()
        .fold(guard, |guard, host| guard.also(host)))
}
