//! Where no database was chosen: the message with the file of its variable, and the files that are there to choose from.

use std::io;
use std::path::Path;

use database_url::settings::System;
use database_url::{Error, ErrorKind, SecretStr, Source, Vars};
use serde_json::{Value, json};

use crate::Status;
use crate::args::{Selection, Variables};
use crate::verb::remedy;
use crate::view::{Out, json as view, origin};

/// Files of variables that programs read, and dburl only where they are named.
const ENV_FILES: [&str; 4] = [".env", ".env.local", ".env.development", ".env.production"];

/// Reports why a selection chose nothing.
pub(crate) fn selected(
    error: &Error,
    selection: &Selection,
    vars: &Vars,
    out: &mut Out,
) -> io::Result<()> {
    let has_settings = selection.file.is_some() || selection.system.is_some();
    let mut found = env_files(&selection.variables);
    if !has_settings {
        found.extend(settings_files());
    }
    let is_nothing = error.kind() == ErrorKind::NotFound;
    let status = if is_nothing {
        Status::NothingFound
    } else {
        Status::Rejected
    };
    let help = |help: Option<&str>| {
        let found = if is_nothing { &*found } else { &[] };
        Some(joined(found, help)).filter(|help| !help.is_empty())
    };
    if out.json {
        let mut object = view::error(error);
        object["message"] = message(error, vars).into();
        if let Some(help) = help(error.help()) {
            object["help"] = json!(help);
        }
        return out.reject(status, &object, "", None);
    }
    for (error, remedy) in remedy::each(error, |error| input(error, selection, vars)) {
        let help = help(remedy.as_deref());
        out.reject(status, &Value::Null, &message(error, vars), help.as_deref())?;
    }
    // The cause may be a value that a `.env` file cuts.
    out.warnings("", vars.warnings())
}

/// Reports that no variable holds a database.
pub(crate) fn listed(
    message: &str,
    help: Option<&str>,
    variables: &Variables,
    out: &mut Out,
) -> io::Result<()> {
    let mut found = env_files(variables);
    found.extend(settings_files());
    out.failure(message, Some(&joined(&found, help)))
}

/// The connection string that an error is about: that of a variable or a flag.
fn input<'v>(error: &Error, selection: &'v Selection, vars: &'v Vars) -> Option<&'v str> {
    match error.origin()? {
        Source::ConfigVar(name) => vars.get(name).ok().flatten().map(SecretStr::expose),
        Source::Argument("--url") => selection.url.as_deref(),
        Source::Default => selection.default.as_deref(),
        _ => None,
    }
}

/// What is there first, then what to do.
fn joined(found: &[String], help: Option<&str>) -> String {
    let lines = found.iter().map(String::as_str).chain(help);
    lines.collect::<Vec<_>>().join("\n")
}

/// The message, with the file and line that the variable was read from.
fn message(error: &Error, vars: &Vars) -> String {
    let message = error.to_string();
    let Some(source) = error.origin() else {
        return message;
    };
    match message.strip_prefix(&source.to_string()) {
        Some(rest) => format!("{}{rest}", origin::named(source, vars)),
        None => message,
    }
}

fn env_files(variables: &Variables) -> Vec<String> {
    if !variables.env_file.is_empty() || variables.vars.is_some() {
        return Vec::new();
    }
    there(&ENV_FILES, "--env-file").collect()
}

fn settings_files() -> impl Iterator<Item = String> {
    let files = System::ALL.iter().map(|system| system.default_files());
    files.flat_map(|files| there(files, "--file"))
}

/// Those of the files that are there, each with the flag that reads it.
fn there(files: &'static [&str], flag: &str) -> impl Iterator<Item = String> {
    let there = files.iter().filter(|path| Path::new(path).exists());
    there.map(move |path| format!("found {path}: read it with `{flag} {path}`"))
}
