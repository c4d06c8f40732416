//! One verb, one file.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod diff;
pub(crate) mod encode;
pub(crate) mod exec;
pub(crate) mod expand;
pub(crate) mod explain;
pub(crate) mod guard;
pub(crate) mod list;
#[cfg(feature = "connect")]
pub(crate) mod login;
pub(crate) mod mysql;
pub(crate) mod nothing;
pub(crate) mod parse;
pub(crate) mod redact;
pub(crate) mod remedy;
pub(crate) mod render;
pub(crate) mod resolve;
pub(crate) mod variables;
pub(crate) mod wait;

use std::io;
use std::path::Path;

use database_url::settings::{DjangoArguments, Settings};
use database_url::{
    Database, Error, ErrorKind, ParseOptions, Resolved, Resolver, Secret, Vars, Warning,
};
use serde_json::Value;

use crate::Status;
use crate::args::Selection;
use crate::verb::remedy::STDIN;
use crate::verb::variables::is_stdin;
use crate::view::{Out, json as view, text};

/// Chooses the database that the flags, the settings that they name, and the variables mean.
fn resolver<'v>(
    selection: &Selection,
    settings: Option<&Settings>,
    vars: &'v Vars,
) -> Resolver<'v> {
    let names = selection.var.iter();
    let mut resolver = names.fold(Resolver::new(vars), |resolver, name| {
        resolver.config_var(name)
    });
    if let Some(name) = &selection.attachment {
        resolver = resolver.attachment(name);
    }
    if let Some(settings) = settings {
        resolver = resolver.settings(settings, None);
    }
    if let Some(url) = &selection.default {
        resolver = resolver.default_url(url);
    }
    if let Some(family) = selection.sqlite {
        resolver = resolver.sqlite_family(family);
    }
    if selection.direct {
        resolver = resolver.direct();
    }
    resolver
}

/// What was found, with what its client adds where that is wanted.
fn completed(
    selection: &Selection,
    found: Resolved<Database>,
    vars: &Vars,
) -> Result<Resolved<Database>, Error> {
    if selection.complete {
        found.complete(vars)
    } else {
        Ok(found)
    }
}

/// The settings that the flags name: a file, or a system with its own file, if that is there.
fn settings(selection: &Selection) -> Result<Option<Settings>, Error> {
    let system = selection.system;
    let of_system = || {
        let system = system?;
        let mut files = system.default_files().iter().map(Path::new);
        files.find(|path| path.exists()).map(Path::to_owned)
    };
    let file = selection.file.clone().or_else(of_system);
    let mut settings = match (file, system) {
        (Some(path), Some(system)) => read(&path)?.with_system(system),
        (Some(path), None) => read(&path)?,
        (None, Some(system)) => Settings::without_file(system),
        (None, None) => return Ok(None),
    };
    if let Some(name) = &selection.environment {
        settings = settings.with_environment(name);
    }
    if let Some(name) = &selection.name {
        settings = settings.with_connection(name);
    }
    if let Some(url) = &selection.url {
        settings = settings.with_url(url);
    }
    let mut arguments = DjangoArguments::new();
    for argument in &selection.argument {
        // Without a value it is no argument that is known.
        let (name, text) = argument.split_once('=').unwrap_or_default();
        arguments = arguments.with(name, text)?;
    }
    Ok(Some(settings.with_django(arguments)))
}

/// A settings file, or standard input.
fn read(path: &Path) -> Result<Settings, Error> {
    if is_stdin(path) {
        return Settings::from_str(STDIN, remedy::read_file_on_stdin()?);
    }
    Settings::from_path(path)
}

/// The database of a string that was given, else the one that the flags mean, and everything to warn of.
fn choose(
    text: Option<&str>,
    selection: &Selection,
    vars: &Vars,
) -> Ended<(Resolved<Database>, Vec<Warning>)> {
    let (resolved, in_arguments, own) = if let Some(text) = text {
        let given = GivenText::read(text)?;
        match given.parse(selection, vars) {
            Ok((resolved, in_arguments)) => (resolved, in_arguments, &[][..]),
            Err(error) => return Err(Stop::Rejected(error, Some(given))),
        }
    } else {
        let resolved = settings(selection).and_then(|settings| {
            let chooser = resolver(selection, settings.as_ref(), vars);
            completed(selection, chooser.resolve()?, vars)
        });
        let resolved = resolved.map_err(Stop::Unchosen)?;
        (resolved, password_in_arguments(selection), vars.warnings())
    };
    let warnings = [own, resolved.warnings()].concat();
    let warnings = text::with_argument_warning(warnings, in_arguments);
    Ok((resolved, warnings))
}

/// A connection string that was given in place of the database that the flags mean.
pub(crate) struct GivenText {
    /// `TEXT`, or standard input if that is `-`.
    from: &'static str,
    text: Secret,
}

impl GivenText {
    fn read(text: &str) -> Result<Self, Error> {
        if text != "-" {
            let text = Secret::from(text);
            return Ok(Self { from: "TEXT", text });
        }
        let input = Secret::read_from(io::stdin())?;
        let text = Secret::from(without_line_end(input.expose()));
        Ok(Self { from: STDIN, text })
    }

    /// The database, and whether it was an argument with a secret in it.
    fn parse(
        &self,
        selection: &Selection,
        vars: &Vars,
    ) -> Result<(Resolved<Database>, bool), Error> {
        let options = match selection.sqlite {
            Some(family) => ParseOptions::new().sqlite_family(family),
            None => ParseOptions::new(),
        };
        let database = options.parse(self.text.expose())?;
        let has_secret = self.from != STDIN && holds_secret(&database);
        let resolved = Resolved::from_argument(self.from, database);
        Ok((completed(selection, resolved, vars)?, has_secret))
    }
}

/// A line end is the terminal's or `echo`'s; one that is meant is followed by another.
fn without_line_end(text: &str) -> &str {
    text.strip_suffix('\n')
        .map_or(text, |line| line.strip_suffix('\r').unwrap_or(line))
}

/// Whether a password is on the command line.
fn password_in_arguments(selection: &Selection) -> bool {
    let has_secret = |url: &String| {
        // `$NAME` is filled in by the system that is given it.
        let is_name = url.starts_with('$');
        let read = url.parse::<Database>();
        !is_name && read.map_or(true, |database| holds_secret(&database))
    };
    let urls = selection.default.iter().chain(&selection.url);
    urls.into_iter().any(has_secret)
}

/// Whether a database's text is worth hiding: anything in it that is shown only on demand.
fn holds_secret(database: &Database) -> bool {
    let url = match database {
        // `Display` has the canonical spelling.
        Database::MySql(config) => config.to_canonical_url(),
        database => database.to_url(),
    };
    url.map_or(true, |url| url.expose() != database.to_string())
}

/// Why a verb stops early.
pub(crate) enum Stop {
    /// Something cannot be read or written.
    Io(io::Error),
    /// The library rejected something: the connection string that was given, if there is one.
    Rejected(Error, Option<GivenText>),
    /// No database was chosen.
    Unchosen(Error),
}

/// How a verb ends.
pub(crate) type Ended<T = ()> = Result<T, Stop>;

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Rejected(error, None)
    }
}

impl Stop {
    /// Reports it, of a verb that chooses by a selection.
    pub(crate) fn report(
        self,
        selection: Option<&Selection>,
        vars: &Vars,
        out: &mut Out,
    ) -> io::Result<()> {
        match (self, selection) {
            (Self::Io(error), _) => Err(error),
            (Self::Unchosen(error), Some(selection)) => {
                nothing::selected(&error, selection, vars, out)
            }
            (Self::Unchosen(error), None) => reject(&error, None, out),
            (Self::Rejected(error, given), _) => reject(&error, given.as_ref(), out),
        }
    }
}

/// Reports why something was rejected.
pub(crate) fn reject(error: &Error, given: Option<&GivenText>, out: &mut Out) -> io::Result<()> {
    let status = match error.kind() {
        ErrorKind::NotFound => Status::NothingFound,
        _ => Status::Rejected,
    };
    if out.json {
        return out.reject(status, &view::error(error), "", None);
    }
    for (error, help) in remedy::each(error, |_| given.map(|given| given.text.expose())) {
        let message = match given {
            Some(given) if given.from == STDIN => format!("{STDIN}: {error}"),
            _ => error.to_string(),
        };
        out.reject(status, &Value::Null, &message, help.as_deref())?;
    }
    Ok(())
}

/// Reports what this command cannot do, since it was built without the drivers.
#[cfg(not(feature = "connect"))]
fn reject_connect(verb: &str, flag: &str, out: &mut Out) -> io::Result<()> {
    let message = format!("{flag} needs the feature `connect`");
    let help = "build dburl with `--features connect`";
    reject_usage(verb, &message, help, out)
}

/// Reports an argument whose value cannot be used; the value may be a secret.
fn reject_usage(verb: &str, message: &str, help: &str, out: &mut Out) -> io::Result<()> {
    let help = format!("{help}\nsee `dburl {verb} --help`");
    out.fail(Status::Usage, "usage", message, &help)
}
