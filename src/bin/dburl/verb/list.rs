//! `dburl list`: the attachments.

use std::io;

use database_url::{Attachments, Error, Resolver, Vars};
use serde_json::Value;

use crate::Status;
use crate::view::{Out, json, text};

pub(crate) fn run(vars: &Vars, out: &mut Out) -> io::Result<()> {
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
        // Where nothing is attached, the resolver finds nothing either, and knows what to do about it.
        let nothing = Resolver::new(vars).resolve().err();
        let help = nothing.as_ref().and_then(Error::help);
        out.failure("no variable that is set holds a database", help)?;
    }
    if !out.json {
        out.warnings("", vars.warnings())?;
    }
    Ok(())
}
