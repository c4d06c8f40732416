//! The variables that a service is given: by itself, by its files, and by the services that it extends.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::did_you_mean::is_one_edit;
use crate::document::node_ref::Located;
use crate::document::{NodeValue, shown_key};
use crate::error::{Error, ErrorKind};
use crate::secret::{Secret, SecretStr};
use crate::settings::fill::Unset;
use crate::settings::system::compose::project::{Layer, Project, read};
use crate::settings::system::rules::{malformed, one_or_more, string};
use crate::source::{FileLocation, Source};
use crate::span::Position;
use crate::vars::{Vars, file, is_name};

/// What a service is given by itself and by those that it extends.
pub(super) struct ServiceVariables {
    environment: Vars,
    /// Names in `environment` that have no value: they have that of the process, or none, whatever is below.
    hidden: Vec<String>,
    files: Vec<EnvFile>,
    pub(super) image: Option<String>,
    /// The variables that are not set and that these services use.
    pub(super) unset: Vec<Unset>,
}

/// A file of variables.
struct EnvFile {
    path: PathBuf,
    named: Source,
    is_optional: bool,
    is_raw: bool,
}

/// How many services extend one another: Compose has no limit, but each may be a file.
const MAX_EXTENDS: usize = 32;

impl ServiceVariables {
    /// What a service says of itself.
    pub(super) fn of(service: &Located<'_>, layer: &Layer<'_>) -> Result<Self, Error> {
        let image = service.given("image").and_then(|image| image.text());
        let (environment, hidden) = environment(service, &layer.vars)?;
        Ok(Self {
            environment,
            hidden,
            files: env_files(service, layer)?,
            image: image.map(str::to_owned),
            unset: unset(service, layer),
        })
    }

    /// The one over the other, where there are both.
    pub(super) fn stacked(top: Option<Self>, below: Option<Self>) -> Option<Self> {
        match (top, below) {
            (Some(top), Some(below)) => Some(top.over(below)),
            (top, below) => top.or(below),
        }
    }

    fn over(mut self, mut below: Self) -> Self {
        let hidden = self.hidden.iter();
        hidden.for_each(|name| below.environment.remove(name));
        below.hidden.retain(|name| !self.environment.is_set(name));
        below.files.append(&mut self.files);
        below.unset.append(&mut self.unset);
        self.hidden.append(&mut below.hidden);
        Self {
            environment: self.environment.or(below.environment),
            hidden: self.hidden,
            files: below.files,
            image: self.image.or(below.image),
            unset: below.unset,
        }
    }

    /// Its variables: those of `environment` over those of its files, which see the project's and them.
    pub(super) fn vars(&mut self, project: &Vars) -> Result<Vars, Error> {
        let mut environment = std::mem::take(&mut self.environment);
        for name in &self.hidden {
            inherit(&mut environment, name, project);
        }
        let upper = project.clone().or(environment.clone());
        let (mut seen, mut files) = (upper.clone(), Vec::new());
        for file in unique(std::mem::take(&mut self.files)) {
            let file = file.read(&seen)?;
            seen.replace(&file, &upper);
            files.push(file);
        }
        let mut files = files.into_iter().rev().fold(Vars::new(), Vars::or);
        self.hidden.iter().for_each(|name| files.remove(name));
        Ok(environment.or(files))
    }

    /// What `extends` of a service gives it.
    pub(super) fn of_extends(
        extends: &Located<'_>,
        name: &str,
        layer: &Layer<'_>,
        seen: &mut Vec<(String, String)>,
    ) -> Result<Option<Self>, Error> {
        seen.push((extends.path().to_owned(), name.to_owned()));
        let given = match extends.given("file") {
            None => Self::of_base(extends, layer, seen),
            Some(file) => Self::of_base(extends, &layer.extended(&file)?, seen),
        };
        seen.pop();
        given
    }

    /// The same of the service that `extends` names.
    fn of_base(
        extends: &Located<'_>,
        layer: &Layer<'_>,
        seen: &mut Vec<(String, String)>,
    ) -> Result<Option<Self>, Error> {
        let at = extends.given("service").unwrap_or_else(|| extends.clone());
        let name = string(&at)?;
        let is_seen = |known: &(String, String)| known.0 == layer.root().path() && known.1 == name;
        if seen.iter().any(is_seen) || seen.len() > MAX_EXTENDS {
            return Err(circle(&at));
        }
        let given = layer.given(name, seen)?;
        if given.is_none() && !layer.names().contains(&name) {
            // A value of the file, which is not shown.
            let detail = "there is no service of this name";
            let help = meant(&layer.names(), name);
            return Err(at.error(ErrorKind::UnknownSection, detail, help));
        }
        Ok(given)
    }
}

/// The service that a caller names is not there.
pub(super) fn no_service(names: &[&str], name: &str) -> Error {
    let detail = format!("there is no service `{}`", shown_key(name));
    Error::new(ErrorKind::UnknownSection, detail).with_help(meant(names, name))
}

/// The service that may be meant, or all of them.
fn meant(names: &[&str], name: &str) -> String {
    let is_meant = |known: &&&str| is_one_edit(known.as_bytes(), name.as_bytes());
    match names.iter().find(is_meant) {
        Some(meant) => format!("did you mean `{}`?", shown_key(meant)),
        None => format!("the services are {}", listed(names)),
    }
}

/// Each file once, at its first location, as it is named last.
fn unique(files: Vec<EnvFile>) -> Vec<EnvFile> {
    let mut kept: Vec<EnvFile> = Vec::new();
    let mut indices = HashMap::new();
    for file in files {
        let index = *indices.entry(file.path.clone()).or_insert(kept.len());
        match kept.get_mut(index) {
            Some(known) => *known = file,
            None => kept.push(file),
        }
    }
    kept
}

/// The variables that a service's own `environment` uses and that are not set.
fn unset(service: &Located<'_>, layer: &Layer<'_>) -> Vec<Unset> {
    let environment = service.given("environment");
    let environment = environment.iter();
    let unset = environment.flat_map(|environment| layer.unset.below(environment.key()));
    unset.cloned().collect()
}

fn circle(at: &Located<'_>) -> Error {
    let detail = "expected no service that extends itself, by way of others";
    let help = "remove one `extends` of the circle";
    at.error(ErrorKind::InvalidDocument, detail, help)
}

/// The variables that a service is given in the file, and the names of those that have no value.
fn environment(service: &Located<'_>, seen: &Vars) -> Result<(Vars, Vec<String>), Error> {
    if !service.is_map() {
        let detail = "expected a service, a map";
        let help = "such as `web: {image: shop}`";
        return Err(malformed(service, detail, help));
    }
    let (mut vars, mut hidden) = (Vars::new(), Vec::new());
    if let Some(own) = service.given("environment") {
        let is_list = matches!(own.node.value, NodeValue::List(_));
        if !is_list && !own.is_map() {
            let detail = "expected a map of variables, or a list of `NAME=value`";
            let help = "such as `DB_HOST: db`, or `- DB_HOST=db` in a list";
            return Err(malformed(&own, detail, help));
        }
        for variable in own.members() {
            let (name, value) = if is_list {
                listed_variable(&variable)?
            } else {
                // A value that is not used need not be known.
                let value = (!variable.node.is_null()).then(|| string(&variable));
                (variable.name, value.map(|value| value.map(Secret::from)))
            };
            match value {
                Some(value) => vars.set(name, value, location_of(&variable.origin(), seen)),
                // An included file has a `.env` of its own.
                None if is_list => inherit(&mut vars, name, seen),
                None => {}
            }
            if !vars.is_set(name) {
                hidden.push(name.to_owned());
            }
        }
    }
    Ok((vars, hidden))
}

/// Gives a name without a value that of the process or of the `.env` file, if one has it.
fn inherit(vars: &mut Vars, name: &str, seen: &Vars) {
    if let Some(value) = seen.get(name).transpose() {
        let source = Source::ConfigVar(name.to_owned());
        vars.set(
            name,
            value.map(SecretStr::to_secret),
            location_of(&source, seen),
        );
    }
}

/// The files of variables that a service names.
fn env_files(service: &Located<'_>, layer: &Layer<'_>) -> Result<Vec<EnvFile>, Error> {
    let files = service.given("env_file").map(one_or_more);
    let files = files.iter().flatten().map(|file| EnvFile::of(file, layer));
    files.filter_map(Result::transpose).collect()
}

/// A value as it is written, or why there is none.
type Written = Option<Result<Secret, Error>>;

/// `NAME=value`, or `NAME` alone.
fn listed_variable<'s>(element: &Located<'s>) -> Result<(&'s str, Written), Error> {
    let text = string(element)?;
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(Ok(Secret::from(value)))),
        None => (text, None),
    };
    // Other programs have other names, such as `discovery.type=single-node`; one that is no name at all has no value.
    if name.trim().is_empty() || (value.is_none() && !is_name(name.trim())) {
        let help = "such as `- DB_HOST=db`, or `DB_HOST: db` in a map";
        return Err(element.error(ErrorKind::InvalidName, "expected `NAME=value`", help));
    }
    Ok((name.trim(), value))
}

impl EnvFile {
    /// A path, or a map with `path`, `required` and `format`.
    fn of(named: &Located<'_>, layer: &Layer<'_>) -> Result<Option<Self>, Error> {
        let at = named.given("path").unwrap_or_else(|| named.clone());
        let word = |key: &str| named.given(key).and_then(|value| value.text());
        let is_optional = word("required") == Some("false");
        if is_optional && layer.folder.is_none() {
            return Ok(None);
        }
        let is_raw = match word("format") {
            None => false,
            Some("raw") => true,
            Some(_) => {
                let detail = "expected `raw`, or no format";
                let help = "without it the file is read as a `.env` file";
                return Err(named.error(ErrorKind::InvalidValue, detail, help));
            }
        };
        Ok(Some(Self {
            path: layer.path_of(&at)?,
            named: at.source(),
            is_optional,
            is_raw,
        }))
    }

    /// Its variables; `seen` is what its `$NAME` means.
    fn read(&self, seen: &Vars) -> Result<Vars, Error> {
        if self.is_optional && !self.path.exists() {
            return Ok(Vars::new());
        }
        let shown = file::shown(&self.path);
        let content = read(&self.path).map_err(|error| {
            let help = "create the file, or write `required: false` next to its `path`";
            error.with_help(help).with_source(&self.named)
        })?;
        if self.is_raw {
            raw(seen, &shown, content.expose())
        } else {
            Vars::of_dotenv(seen, &shown, content.expose())
        }
    }
}

/// A file of `format: raw`: each line is `NAME=value` as it is written, or the name of a variable of the process.
fn raw(seen: &Vars, shown: &str, content: &str) -> Result<Vars, Error> {
    let mut vars = Vars::new();
    for (line, number) in content.lines().zip(1..) {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let position = Position::new(number, 1);
        let source = Source::File(FileLocation::new(shown, Some(position), String::new()));
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => (name, Some(Secret::from(value))),
            None => (line, None),
        };
        if name.is_empty() || name.contains(char::is_whitespace) {
            let error = Error::new(ErrorKind::InvalidName, "expected `NAME=value`");
            return Err(error
                .with_source(&source)
                .with_help("remove the spaces before the `=`"));
        }
        let inherited = || seen.get(name).transpose();
        let value = value
            .map(Ok)
            .or_else(|| inherited().map(|value| value.map(SecretStr::to_secret)));
        if let Some(value) = value {
            vars.set(name, value, source);
        }
    }
    Ok(vars)
}

impl Project<'_> {
    /// What a service is given.
    pub(super) fn given(
        &self,
        name: &str,
        seen: &mut Vec<(String, String)>,
    ) -> Result<Option<ServiceVariables>, Error> {
        let mut layers = self.layers.iter().rev();
        layers.try_fold(None, |given, layer| {
            Ok(ServiceVariables::stacked(given, layer.given(name, seen)?))
        })
    }
}

impl Layer<'_> {
    /// What a service is given by this file, by those that it includes, and by the service that it extends.
    pub(super) fn given(
        &self,
        name: &str,
        seen: &mut Vec<(String, String)>,
    ) -> Result<Option<ServiceVariables>, Error> {
        let own = self.service(name);
        // First, so that a circle is an error of its own.
        let base = match own.as_ref().and_then(|own| own.given("extends")) {
            Some(extends) => ServiceVariables::of_extends(&extends, name, self, seen)?,
            None => None,
        };
        let own = own.map(|own| ServiceVariables::of(&own, self));
        let mut given = own.transpose()?;
        for project in &self.includes {
            given = ServiceVariables::stacked(given, project.given(name, seen)?);
        }
        Ok(ServiceVariables::stacked(given, base))
    }
}

pub(super) fn listed(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| shown_key(name)).collect();
    names.join(", ")
}

/// The location that a variable of a service is from, where it has one.
pub(super) fn location_of(source: &Source, vars: &Vars) -> Source {
    let location = match source {
        Source::ConfigVar(name) => vars.origin(name),
        _ => None,
    };
    location.unwrap_or(source).clone()
}
