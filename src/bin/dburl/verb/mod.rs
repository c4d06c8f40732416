//! One verb, one file.

pub(crate) mod encode;
pub(crate) mod explain;
pub(crate) mod list;
pub(crate) mod parse;
pub(crate) mod resolve;
pub(crate) mod variables;

use std::io;
use std::path::Path;

use database_url::settings::{Settings, System};
use database_url::{Database, Error, ErrorKind, Resolved, Resolver, Vars};

use serde_json::Value;

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
    if let Some(settings) = settings(selection)? {
        resolver = resolver.settings(&settings, None);
    }
    if let Some(url) = &selection.default {
        resolver = resolver.default_url(url);
    }
    if let Some(family) = selection.sqlite {
        resolver = resolver.sqlite_family(family.into());
    }
    resolver.resolve()
}

/// The settings that the flags name: a file, or a system with its own file, if that is there.
fn settings(selection: &Selection) -> Result<Option<Settings>, Error> {
    let system = selection.system.map(System::from);
    let of_system = || {
        let system = system?;
        let mut files = system.default_files().iter().map(Path::new);
        files.find(|path| path.exists()).map(Path::to_owned)
    };
    let file = selection.file.clone().or_else(of_system);
    let settings = match (file, system) {
        (Some(path), Some(system)) => Settings::from_path(path)?.system(system),
        (Some(path), None) => Settings::from_path(path)?,
        (None, Some(system)) => Settings::without_file(system),
        (None, None) => return Ok(None),
    };
    let settings = match &selection.environment {
        Some(name) => settings.environment(name),
        None => settings,
    };
    let settings = match &selection.name {
        Some(name) => settings.connection(name),
        None => settings,
    };
    Ok(Some(match &selection.url {
        Some(url) => settings.url(url),
        None => settings,
    }))
}

/// Whether a password stands on the command line.
fn password_in_arguments(selection: &Selection) -> bool {
    let has_secret = |url: &String| {
        url.parse::<Database>()
            .map_or(true, |database| holds_secret(&database))
    };
    let urls = selection.default.iter().chain(&selection.url);
    urls.into_iter().any(has_secret)
}

/// Whether a database's text is worth hiding: anything in it that is shown only on demand.
fn holds_secret(database: &Database) -> bool {
    database
        .to_url()
        .map_or(true, |url| url.expose() != database.to_string())
}

/// Tells why nothing was chosen.
pub(crate) fn refuse(error: &Error, out: &mut Out) -> io::Result<()> {
    let status = match error.kind() {
        ErrorKind::NotFound => Status::NothingFound,
        _ => Status::Refused,
    };
    if out.json {
        return out.refuse(status, &json::error(error), "", None);
    }
    for error in error.all() {
        out.refuse(status, &Value::Null, &error.to_string(), error.help())?;
    }
    Ok(())
}
