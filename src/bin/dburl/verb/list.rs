//! `dburl list`: the attachments.

use database_url::{Attachments, Resolver, Vars};
use serde_json::Value;

use crate::Status;
use crate::args::Variables;
use crate::verb::{Ended, nothing};
use crate::view::{Out, json, text};

pub(crate) fn run(variables: &Variables, vars: &Vars, out: &mut Out) -> Ended {
    let attachments = Attachments::of(vars);
    let found = attachments.iter().next().is_some();
    if !found {
        out.status = Status::NothingFound;
    }
    if out.json {
        out.object(&Value::Array(
            attachments
                .iter()
                .map(|one| json::attachment(one, out.secrets))
                .collect(),
        ))?;
    } else if found {
        text::attachments(&attachments, vars, out)?;
    } else {
        // The resolver also knows parts of a database, and what to do where it finds nothing.
        let found = Resolver::new(vars).resolve();
        let in_parts = found.as_ref().map(|found| {
            format!(
                "found {} and other parts: `dburl explain` shows the database",
                found.source()
            )
        });
        let help = match (&in_parts, &found) {
            (Ok(help), _) => Some(help.as_str()),
            (_, Err(nothing)) => nothing.help(),
            _ => None,
        };
        nothing::listed(
            "no variable that is set holds a database",
            help,
            variables,
            out,
        )?;
    }
    if !out.json {
        out.warnings("", vars.warnings())?;
    }
    Ok(())
}
