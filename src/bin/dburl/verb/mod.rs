//! One verb, one file.

pub(crate) mod encode;
pub(crate) mod explain;
pub(crate) mod list;
pub(crate) mod parse;
pub(crate) mod resolve;

use std::io;

use database_url::{Database, Error, ErrorKind, Resolved, Resolver, Vars};

use crate::Status;
use crate::args::Selection;
use crate::view::{Out, json};

/// Chooses the database that the flags and the variables mean.
fn select(selection: &Selection, vars: &Vars) -> Result<Resolved<Database>, Error> {
    let mut resolver = Resolver::new(vars);
    for name in &selection.var {
        resolver = resolver.config_var(name);
    }
    if let Some(name) = &selection.attachment {
        resolver = resolver.attachment(name);
    }
    if let Some(url) = &selection.default {
        resolver = resolver.default_url(url);
    }
    if let Some(family) = selection.sqlite {
        resolver = resolver.sqlite_family(family.into());
    }
    resolver.resolve()
}

/// Whether a password stands on the command line.
fn password_in_arguments(selection: &Selection) -> bool {
    let has_secret = |url: &String| {
        url.parse::<Database>()
            .map_or(true, |database| holds_secret(&database))
    };
    selection.default.as_ref().is_some_and(has_secret)
}

/// Whether a database's text is worth hiding: anything in it that is shown only on demand.
fn holds_secret(database: &Database) -> bool {
    database
        .to_url()
        .map_or(true, |url| url.expose() != database.to_string())
}

/// Tells why nothing was chosen.
fn refuse(error: &Error, out: &mut Out) -> io::Result<()> {
    let status = match error.kind() {
        ErrorKind::NotFound => Status::NothingFound,
        _ => Status::Refused,
    };
    out.refuse(
        status,
        &json::error(error),
        &error.to_string(),
        error.help(),
    )
}
