//! `dburl resolve`: the config itself.

use database_url::{Database, Vars};

use crate::args::Selection;
use crate::verb::{Ended, choose, convert, holds_secret};
use crate::view::{Out, completed, json, origin, text};

pub(crate) fn run(selection: &Selection, vars: &Vars, out: &mut Out) -> Ended {
    let (resolved, warnings) = choose(None, selection, vars)?;
    if out.json {
        let mut object = json::resolved(&resolved, &warnings, out.secrets);
        completed::add(&mut object, &resolved);
        origin::add(&mut object, vars);
        out.object(&object)?;
    } else {
        let url = text::url(resolved.value(), out.secrets);
        out.line(url.expose())?;
        out.warnings("", &warnings)?;
        if holds_secret(resolved.value()) && !out.secrets {
            convert::note_masked(out)?;
        } else if Out::is_piped() && !is_read_by_libpq(resolved.value()) {
            let message =
                "psql does not take this URL; use `dburl psql`, or `dburl convert --to libpq`";
            out.note(message, None)?;
        }
    }
    Ok(())
}

/// Whether libpq takes the URL of a Postgres database: it knows two schemes, and no parameters but its own.
fn is_read_by_libpq(database: &Database) -> bool {
    let Database::Postgres(config) = database else {
        return true;
    };
    let scheme = database.scheme();
    matches!(scheme, None | Some("postgres" | "postgresql")) && config.extras().next().is_none()
}
