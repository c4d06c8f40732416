//! `dburl convert`: the database in the notation of another program.

use std::io;

use database_url::Vars;
use database_url::convert::Lost;
use serde_json::{Value, json};

use crate::args::Conversion;
use crate::verb::{Ended, choose};
use crate::view::{Out, json as view};

pub(crate) fn run(conversion: &Conversion, vars: &Vars, out: &mut Out) -> Ended {
    let text = conversion.text.as_deref();
    let (resolved, warnings) = choose(text, &conversion.selection, vars)?;
    let converted = resolved.value().convert(conversion.to)?;
    let is_masked = !out.secrets && converted.text().expose() != converted.masked();
    let text = if out.secrets {
        converted.text().expose()
    } else {
        converted.masked()
    };
    if out.json {
        let lost: Vec<_> = converted.lost().iter().map(lost).collect();
        return Ok(out.object(&json!({
            "ok": true, "format": conversion.to.as_str(), "text": text, "lost": lost, "warnings": view::warnings(&warnings),
        }))?);
    }
    out.line(text)?;
    report(converted.lost(), out)?;
    out.warnings("", &warnings)?;
    if is_masked {
        note_masked(out)?;
    }
    Ok(())
}

/// A program that reads the output would log in with the mask.
pub(crate) fn note_masked(out: &mut Out) -> io::Result<()> {
    if !Out::is_piped() {
        return Ok(());
    }
    let message = "**** masks a secret; add --show-secrets for a program that connects";
    out.note(message, None)
}

/// Lists what is left out on standard error, settings of one reason together.
pub(crate) fn report(lost: &[Lost], out: &mut Out) -> io::Result<()> {
    let reason = |lost: &Lost| (lost.message().to_owned(), lost.help().to_owned());
    let mut groups = lost.chunk_by(|one, next| reason(one) == reason(next));
    groups.try_for_each(|group| {
        let names: Vec<_> = group.iter().map(Lost::name).collect();
        let message = format!("lost {}: {}", names.join(", "), group[0].message());
        out.note(&message, Some(group[0].help()))
    })
}

fn lost(lost: &Lost) -> Value {
    json!({ "name": lost.name(), "message": lost.message(), "help": lost.help() })
}
