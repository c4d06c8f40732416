//! `dburl guard`: whether the database is what a destructive script expects.

use database_url::{Error, Guard, Vars};
use serde_json::json;

use crate::args::Expectations;
use crate::verb::{Ended, choose, reject_usage};
use crate::view::Out;

pub(crate) fn run(expectations: &Expectations, vars: &Vars, out: &mut Out) -> Ended {
    let guard = match guard(expectations) {
        Ok(guard) => guard,
        Err(error) => {
            let help = error.help().unwrap_or_default();
            let message =
                "invalid value for --expect <WHAT>: expected `local`, `test` or HOST/DATABASE";
            return Ok(reject_usage("guard", message, help, out)?);
        }
    };
    let (resolved, _) = choose(None, &expectations.selection, vars)?;
    guard.check(resolved.value(), vars)?;
    if out.json {
        out.object(&json!({ "ok": true }))?;
    }
    Ok(())
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
