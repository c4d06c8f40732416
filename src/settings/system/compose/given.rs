//! The variables that a service is given: by itself, by its files, and by the services that it extends.

use std::path::{Path, PathBuf};

use crate::document::Value;
use crate::document::node_ref::Located;
use crate::error::{Error, ErrorKind};
use crate::secret::{Secret, SecretStr};
use crate::settings::file::File;
use crate::settings::fill::{AllUnset, Unset};
use crate::settings::system::compose::{Compose, no_service, place_of};
use crate::settings::system::rules::{Question, not_a_text};
use crate::settings::tree::{Shown, filled};
use crate::source::{FilePlace, Source};
use crate::span::Position;
use crate::vars::{Vars, file, is_name};

/// What a service is given by itself and by those that it extends.
pub(super) struct Given {
    environment: Vars,
    files: Vars,
    pub(super) image: Option<String>,
    /// The variables that are not set and that these services use.
    pub(super) unset: Vec<Unset>,
    /// Names in `environment` that have no value, here and in the process: nothing below gives them one.
    hidden: Vec<String>,
}

/// The file that a service is in.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) question: &'s Question<'s>,
    /// Paths are relative to it.
    pub(super) folder: Option<&'s Path>,
    /// The variables that the file uses and that are not set.
    pub(super) unset: Option<&'s AllUnset>,
}

/// How many services extend one another: Compose has no limit, but each may be a file.
const MAX_EXTENDS: usize = 32;

impl Given {
    /// `seen` has the files and names of the services that extend this one.
    pub(super) fn of(
        service: &Located<'_>,
        services: &Located<'_>,
        scope: Scope<'_>,
        seen: &mut Vec<(String, String)>,
    ) -> Result<Self, Error> {
        // First, so that a circle is an error of its own.
        let base = match service.given("extends") {
            Some(extends) => Some(Self::of_extends(service, &extends, services, scope, seen)?),
            None => None,
        };
        let image = service.given("image").and_then(|image| image.text());
        let (environment, hidden) = environment(service, scope.question)?;
        let mut given = Self {
            environment,
            hidden,
            files: env_files(service, scope)?,
            image: image.map(str::to_owned),
            unset: unset(service, scope),
        };
        if let Some(mut base) = base {
            given
                .hidden
                .iter()
                .for_each(|name| base.environment.remove(name));
            base.hidden.retain(|name| !given.environment.is_set(name));
            given.hidden.extend(base.hidden);
            given.environment = given.environment.or(base.environment);
            given.files = given.files.or(base.files);
            given.image = given.image.or(base.image);
            given.unset.extend(base.unset);
        }
        Ok(given)
    }

    /// Its variables: those of `environment` over those of its files.
    pub(super) fn vars(&mut self) -> Vars {
        let mut files = std::mem::take(&mut self.files);
        self.hidden.iter().for_each(|name| files.remove(name));
        std::mem::take(&mut self.environment).or(files)
    }

    /// What a service is given by the one that it extends.
    fn of_extends(
        service: &Located<'_>,
        extends: &Located<'_>,
        services: &Located<'_>,
        scope: Scope<'_>,
        seen: &mut Vec<(String, String)>,
    ) -> Result<Self, Error> {
        seen.push((service.place().path().to_owned(), service.name.to_owned()));
        let Some(file) = extends.given("file") else {
            return Self::of_base(extends, services, scope, seen);
        };
        let file = other_file(&file, scope)?;
        let tree = filled(&file, &Compose, scope.question.vars, None, Shown::Values)?;
        let root = Located::root(&tree.root, &file.path);
        let scope = Scope {
            folder: file.folder.as_deref(),
            unset: Some(&tree.unset),
            ..scope
        };
        Self::of_base(extends, &super::services(&root)?, scope, seen)
    }

    /// The same of the service that `extends` names.
    fn of_base(
        extends: &Located<'_>,
        services: &Located<'_>,
        scope: Scope<'_>,
        seen: &mut Vec<(String, String)>,
    ) -> Result<Self, Error> {
        let at = extends.given("service").unwrap_or_else(|| extends.clone());
        let name = at.text().ok_or_else(|| not_a_text(&at))?;
        let base = services.given(name);
        let base =
            base.ok_or_else(|| no_service(services, name, scope.question).said_by(&at.source()))?;
        let path = base.place();
        let is_seen = |known: &(String, String)| known.0 == path.path() && known.1 == name;
        if seen.iter().any(is_seen) || seen.len() > MAX_EXTENDS {
            return Err(circle(&at));
        }
        Self::of(&base, services, scope, seen)
    }
}

/// The variables that a service's own `environment` uses and that are not set.
fn unset(service: &Located<'_>, scope: Scope<'_>) -> Vec<Unset> {
    let Some(environment) = service.given("environment") else {
        return Vec::new();
    };
    let unset = scope.unset.into_iter();
    unset
        .flat_map(|unset| unset.below(environment.key()))
        .cloned()
        .collect()
}

fn circle(at: &Located<'_>) -> Error {
    let detail = "expected no service that extends itself, by way of others";
    Error::new(ErrorKind::InvalidDocument, detail)
        .said_by(&at.source())
        .with_help("remove one `extends` of the circle")
}

/// Another file of services.
fn other_file(named: &Located<'_>, scope: Scope<'_>) -> Result<File, Error> {
    let path = path_of(named, scope.folder)?;
    let text = read(&path).map_err(|error| {
        let help = "check the path, which is relative to the folder of the file that names it";
        error.with_help(help).said_by(&named.source())
    })?;
    let mut file = File::new(&file::shown(&path), text);
    file.folder = path.parent().map(Path::to_owned);
    Ok(file)
}

/// The path that a key names.
fn path_of(named: &Located<'_>, folder: Option<&Path>) -> Result<PathBuf, Error> {
    let text = named.text().ok_or_else(|| not_a_text(named))?;
    folder.map(|folder| folder.join(text)).ok_or_else(|| {
        let detail = "the path of another file is relative to the settings file, which has none";
        Error::new(ErrorKind::Unreadable, detail)
            .said_by(&named.source())
            .with_help("name the file with `--file`, in place of standard input")
    })
}

/// Reads a file, but no folder, pipe or device, which might have no end.
fn read(path: &Path) -> Result<Secret, Error> {
    if path.exists() && !path.is_file() {
        return Err(Error::new(ErrorKind::Unreadable, "expected a file"));
    }
    file::read(path)
}

/// The variables that a service is given in the file, and the names of those that have no value.
fn environment(
    service: &Located<'_>,
    question: &Question<'_>,
) -> Result<(Vars, Vec<String>), Error> {
    if !service.is_map() {
        let error = Error::new(ErrorKind::InvalidDocument, "expected a service, a map");
        return Err(error.said_by(&service.source()));
    }
    let (mut vars, mut hidden) = (Vars::new(), Vec::new());
    if let Some(own) = service.given("environment") {
        let is_list = matches!(own.node.value, Value::List(_));
        if !is_list && !own.is_map() {
            let detail = "expected a map of variables, or a list of `NAME=value`";
            let error = Error::new(ErrorKind::InvalidDocument, detail);
            return Err(error.said_by(&own.source()));
        }
        for variable in own.members() {
            let (name, value) = if is_list {
                listed_variable(&variable)?
            } else {
                let value = (!variable.node.is_null()).then(|| text(&variable));
                (variable.name, value)
            };
            set(&mut vars, name, value, &variable, question);
            if !vars.is_set(name) {
                hidden.push(name.to_owned());
            }
        }
    }
    Ok((vars, hidden))
}

/// The variables of its files, the last file on top.
fn env_files(service: &Located<'_>, scope: Scope<'_>) -> Result<Vars, Error> {
    let mut files = Vec::new();
    if let Some(named) = service.given("env_file") {
        match named.node.value {
            Value::List(_) => files.extend(named.members()),
            _ => files.push(named),
        }
    }
    let mut vars = Vars::new();
    for file in files.iter().rev() {
        vars = vars.or(env_file(file, scope)?);
    }
    Ok(vars)
}

/// A string, or why it is not one: a value that is not used need not be known.
fn text(value: &Located<'_>) -> Result<Secret, Error> {
    let text = value.text().ok_or_else(|| not_a_text(value))?;
    Ok(Secret::from(text))
}

/// A value as it is written, or why there is none.
type Written = Option<Result<Secret, Error>>;

/// `NAME=value`, or `NAME` alone.
fn listed_variable<'s>(element: &Located<'s>) -> Result<(&'s str, Written), Error> {
    let text = element.text().ok_or_else(|| not_a_text(element))?;
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(Ok(Secret::from(value)))),
        None => (text, None),
    };
    // Other programs have other names, such as `discovery.type=single-node`; one that is no name at all has no value.
    if name.trim().is_empty() || (value.is_none() && !is_name(name.trim())) {
        let error = Error::new(ErrorKind::InvalidName, "expected `NAME=value`");
        return Err(error
            .said_by(&element.source())
            .with_help("such as `- DB_HOST=db`, or `DB_HOST: db` in a map"));
    }
    Ok((name.trim(), value))
}

/// Sets a variable; without a value it is that of the process, if that has it.
fn set(vars: &mut Vars, name: &str, value: Written, place: &Located<'_>, question: &Question<'_>) {
    let inherited = || {
        let value = question.vars.get(name).transpose()?;
        let source = Source::ConfigVar(name.to_owned());
        Some((value.map(SecretStr::to_secret), source))
    };
    let own = value.map(|value| (value, place.origin()));
    if let Some((value, source)) = own.or_else(inherited) {
        // A variable of the `.env` file has a place of its own.
        vars.set(name, value, place_of(&source, question.vars));
    }
}

/// The variables of a file: its path, or a map with `path`, `required` and `format`.
fn env_file(named: &Located<'_>, scope: Scope<'_>) -> Result<Vars, Error> {
    let at = named.given("path").unwrap_or_else(|| named.clone());
    let word = |key: &str| named.given(key).and_then(|value| value.text());
    let is_optional = word("required") == Some("false");
    if is_optional && scope.folder.is_none() {
        return Ok(Vars::new());
    }
    let path = path_of(&at, scope.folder)?;
    if is_optional && !path.exists() {
        return Ok(Vars::new());
    }
    let shown = file::shown(&path);
    let content = read(&path).map_err(|error| {
        let help = "create the file, or write `required: false` next to its `path`";
        error.with_help(help).said_by(&at.source())
    })?;
    match word("format") {
        None => Vars::of_dotenv(scope.question.vars, &shown, content.expose()),
        Some("raw") => raw(scope.question, &shown, content.expose()),
        Some(_) => {
            let error = Error::new(ErrorKind::InvalidValue, "expected `raw`, or no format");
            Err(error
                .said_by(&named.source())
                .with_help("without it the file is read as a `.env` file"))
        }
    }
}

/// A file of `format: raw`: each line is `NAME=value` as it is written, or the name of a variable of the process.
fn raw(question: &Question<'_>, shown: &str, content: &str) -> Result<Vars, Error> {
    let mut vars = Vars::new();
    for (line, number) in content.lines().zip(1..) {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let position = Position::new(number, 1);
        let source = Source::File(FilePlace::new(shown, Some(position), String::new()));
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => (name, Some(Secret::from(value))),
            None => (line, None),
        };
        if name.is_empty() || name.contains(char::is_whitespace) {
            let error = Error::new(ErrorKind::InvalidName, "expected `NAME=value`");
            return Err(error
                .said_by(&source)
                .with_help("remove the spaces before the `=`"));
        }
        let inherited = || question.vars.get(name).transpose();
        let value = value
            .map(Ok)
            .or_else(|| inherited().map(|value| value.map(SecretStr::to_secret)));
        if let Some(value) = value {
            vars.set(name, value, source);
        }
    }
    Ok(vars)
}
