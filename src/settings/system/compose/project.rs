//! The files of a project: the one that is named, those that Compose reads with it, and those that they include.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

use crate::document::node_ref::Located;
use crate::document::{Entry, Node, NodeValue};
use crate::error::{Error, ErrorKind};
use crate::secret::{Secret, SecretStr};
use crate::settings::file::File;
use crate::settings::fill::{AllUnset, Tree};
use crate::settings::system::rules::{Question, Rules, malformed, one_or_more, string};
use crate::settings::tree::{Shown, filled};
use crate::source::Source;
use crate::vars::{Vars, file};
use crate::warning::{Warning, WarningCode};

/// The names that Compose looks for, in order.
pub(super) const DEFAULT_FILES: &[&str] = &[
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
];

/// What Compose reads on top of the file that it found, the first that is there.
const OVERRIDES: &[&str] = &[
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
];

/// How many files a project may have; one that is included twice counts twice.
const MAX_FILES: usize = 100;

/// Files of services, each over those before it.
pub(super) struct Project<'p> {
    pub(super) layers: Vec<Layer<'p>>,
    pub(super) warning: Option<Warning>,
}

/// A file of services, with those that it includes.
pub(super) struct Layer<'p> {
    root: Cow<'p, Node>,
    path: Cow<'p, str>,
    /// The services by name, each with its index.
    services: HashMap<String, usize>,
    /// The variables that it uses and that are not set.
    pub(super) unset: Cow<'p, AllUnset>,
    /// What its templates see.
    pub(super) vars: Cow<'p, Vars>,
    /// Paths are relative to it.
    pub(super) folder: Option<PathBuf>,
    pub(super) includes: Vec<Project<'p>>,
    rules: &'static dyn Rules,
}

/// How files are read, and what has been read so far, so that a circle ends.
struct Reading {
    rules: &'static dyn Rules,
    count: usize,
    open: Vec<PathBuf>,
}

impl<'p> Project<'p> {
    /// # Errors
    ///
    /// What is wrong with one of the files, or with the way to it.
    pub(super) fn of(question: &Question<'p>, root: &Located<'p>) -> Result<Self, Error> {
        let vars = Cow::Borrowed(question.vars);
        let main = question.folder.map(|folder| folder.join(root.file_name()));
        let files = Files::with(main.as_deref(), question.vars)?;
        let mut reading = Reading {
            rules: question.rules,
            count: 0,
            open: Vec::new(),
        };
        let mut other = |path: &PathBuf| {
            let folder = files.folder.as_deref();
            other(path, folder, &vars, &files.named, &mut reading)
        };
        let below = files.below.iter().map(&mut other);
        let mut layers: Vec<_> = below.collect::<Result<_, _>>()?;
        let above = files.above.iter().map(&mut other);
        let above: Vec<_> = above.collect::<Result<_, _>>()?;
        let layer = Layer {
            root: Cow::Borrowed(root.node),
            path: Cow::Borrowed(root.path()),
            services: index(root)?,
            unset: question
                .tree
                .map_or_else(Cow::default, |tree| Cow::Borrowed(&tree.unset)),
            vars: vars.clone(),
            folder: files.folder.clone(),
            includes: Vec::new(),
            rules: question.rules,
        };
        layers.push(layer.with_includes(main.as_deref(), &root.source(), &mut reading)?);
        layers.extend(above);
        Ok(Self {
            layers,
            warning: files.warning,
        })
    }

    /// The names of the services, each once.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        let mut names = Vec::new();
        self.add_names(&mut seen, &mut names);
        names
    }

    fn add_names<'s>(&'s self, seen: &mut HashSet<&'s str>, names: &mut Vec<&'s str>) {
        for layer in &self.layers {
            let own = layer
                .services()
                .iter()
                .filter(|service| !service.node.is_null());
            let own = own.map(|service| &*service.key);
            names.extend(own.filter(|name| seen.insert(name)));
            let includes = layer.includes.iter();
            includes.for_each(|project| project.add_names(seen, names));
        }
    }

    /// All that the files say of a service; what is on top comes first.
    pub(super) fn all_of(&self, name: &str) -> Vec<Located<'_>> {
        let mut found = Vec::new();
        for layer in self.layers.iter().rev() {
            found.extend(layer.service(name));
            let includes = layer.includes.iter();
            found.extend(includes.flat_map(|project| project.all_of(name)));
        }
        found
    }

    /// Whether one of the files has a key.
    pub(super) fn has(&self, key: &str) -> bool {
        let mut layers = self.layers.iter();
        layers.any(|layer| {
            layer.root.get(key).is_some() || layer.includes.iter().any(|project| project.has(key))
        })
    }
}

impl<'p> Layer<'p> {
    /// Reads a file. `at` names it.
    fn read(
        path: &Path,
        folder: Option<&Path>,
        vars: Cow<'p, Vars>,
        at: &Source,
        rules: &'static dyn Rules,
    ) -> Result<Self, Error> {
        let text = read(path).map_err(|error| {
            let help = "check the path, which is relative to the folder of the project";
            error.with_help(help).with_source(at)
        })?;
        let file = File::new(&file::shown(path), text);
        let tree = filled(&file, rules, &vars, None, Shown::Values)?;
        let Tree { root, unset, .. } = tree;
        let root = root.into_owned();
        let services = index(&Located::root(&root, &file.path))?;
        Ok(Self {
            root: Cow::Owned(root),
            path: Cow::Owned(file.path),
            services,
            unset: Cow::Owned(unset),
            vars,
            folder: folder.map(Path::to_owned),
            includes: Vec::new(),
            rules,
        })
    }

    /// Another file, which `extends` names: its paths are relative to its own folder, and what it includes does not count.
    pub(super) fn extended(&'p self, named: &Located<'_>) -> Result<Self, Error> {
        let path = self.path_of(named)?;
        let vars = Cow::Borrowed(&*self.vars);
        Self::read(&path, path.parent(), vars, &named.source(), self.rules)
    }

    fn with_includes(
        mut self,
        path: Option<&Path>,
        at: &Source,
        reading: &mut Reading,
    ) -> Result<Self, Error> {
        reading.count += 1;
        let path = path.and_then(|path| path.canonicalize().ok());
        let mut open = reading.open.iter();
        if open.any(|known| Some(known) == path.as_ref()) {
            let detail = "expected no file that includes itself, by way of others";
            return Err(Error::new(ErrorKind::InvalidDocument, detail)
                .with_source(at)
                .with_help("remove one `include` of the circle"));
        }
        if reading.count > MAX_FILES {
            let error = Error::new(ErrorKind::LimitExceeded, "expected at most 100 files");
            return Err(error.with_source(at).with_help(CONFIG));
        }
        reading.open.extend(path.clone());
        self.includes = self.included(reading)?;
        if path.is_some() {
            reading.open.pop();
        }
        Ok(self)
    }

    fn included(&self, reading: &mut Reading) -> Result<Vec<Project<'p>>, Error> {
        let Some(list) = self.root().given("include") else {
            return Ok(Vec::new());
        };
        if !matches!(list.node.value, NodeValue::List(_)) {
            let detail = "expected a list of files";
            let help = "such as `include: [db/compose.yaml]`";
            return Err(malformed(&list, detail, help));
        }
        let entries = list.members();
        entries.map(|entry| self.include(&entry, reading)).collect()
    }

    /// The files of an entry of `include`: their paths are relative to `project_directory`, which is the first one's folder where
    /// it is not given, and they see its `.env`, below what this file sees.
    fn include(&self, entry: &Located<'_>, reading: &mut Reading) -> Result<Project<'p>, Error> {
        let named = one_or_more(entry.given("path").unwrap_or_else(|| entry.clone()));
        let mut paths = Vec::new();
        for named in &named {
            if named.text().is_some_and(is_remote) {
                let detail = "a file on another machine is not read";
                return Err(named.error(ErrorKind::Unreadable, detail, CONFIG));
            }
            paths.push((self.path_of(named)?, named.source()));
        }
        let folder = if let Some(directory) = entry.given("project_directory") {
            Some(self.path_of(&directory)?)
        } else {
            let first = paths.first().and_then(|(path, _)| path.parent());
            first.map(Path::to_owned)
        };
        let vars = self.vars_of(entry, folder.as_deref())?;
        let mut layers = Vec::new();
        for (path, at) in &paths {
            layers.push(other(path, folder.as_deref(), &vars, at, reading)?);
        }
        Ok(Project {
            layers,
            warning: None,
        })
    }

    /// What the templates of an included file see.
    fn vars_of(&self, entry: &Located<'_>, folder: Option<&Path>) -> Result<Cow<'p, Vars>, Error> {
        let mut files = Vec::new();
        if let Some(named) = entry.given("env_file") {
            for named in one_or_more(named) {
                files.push((self.path_of(&named)?, named.source()));
            }
        } else if let Some(own) = folder.map(|folder| folder.join(".env")) {
            files.extend(own.is_file().then(|| (own, entry.source())));
        }
        let mut below = Vars::new();
        for (path, at) in files {
            let text = read(&path).map_err(|error| error.with_source(&at))?;
            let seen = self.vars.clone().into_owned().or(below.clone());
            let own = Vars::of_dotenv(&seen, &file::shown(&path), text.expose())?;
            below = own.or(below);
        }
        Ok(Cow::Owned(self.vars.clone().into_owned().or(below)))
    }

    pub(super) fn root(&self) -> Located<'_> {
        Located::root(&self.root, &self.path)
    }

    /// A service of this file, unless it is null.
    pub(super) fn service(&self, name: &str) -> Option<Located<'_>> {
        let index = *self.services.get(name)?;
        let service = self.root().get("services")?.nth(index)?;
        Some(service).filter(|service| !service.node.is_null())
    }

    fn services(&self) -> &[Entry] {
        let services = self.root.get("services").and_then(Node::entries);
        services.unwrap_or_default()
    }

    /// The names of its own services.
    pub(super) fn names(&self) -> Vec<&str> {
        let services = self.services().iter();
        services.map(|service| &*service.key).collect()
    }

    /// The path that a key names, without `.` and `..`, as Compose has it.
    pub(super) fn path_of(&self, named: &Located<'_>) -> Result<PathBuf, Error> {
        let text = string(named)?;
        let folder = self.folder.as_deref();
        folder
            .map(|folder| cleaned(&folder.join(text)))
            .ok_or_else(|| {
                let detail =
                    "the path of another file is relative to the settings file, which has none";
                let help = "name the file with `--file`, in place of standard input";
                named.error(ErrorKind::Unreadable, detail, help)
            })
    }
}

/// What to do where a part of a project is not read.
const CONFIG: &str = "give the output of `docker compose config` in place of the file";

const COMPOSE_FILE: &str = "COMPOSE_FILE";

/// Another file of a project. `at` names it.
fn other<'p>(
    path: &Path,
    folder: Option<&Path>,
    vars: &Cow<'p, Vars>,
    at: &Source,
    reading: &mut Reading,
) -> Result<Layer<'p>, Error> {
    let layer = Layer::read(path, folder, vars.clone(), at, reading.rules)?;
    layer.with_includes(Some(path), at, reading)
}

/// The services of a file, each with its index.
fn index(root: &Located<'_>) -> Result<HashMap<String, usize>, Error> {
    let Some(services) = root.given("services") else {
        return Ok(HashMap::new());
    };
    let Some(entries) = services.node.entries() else {
        let detail = "expected the key `services`, a map of services";
        let help = "such as `services: {web: {image: shop}}`";
        return Err(malformed(&services, detail, help));
    };
    let names = entries.iter().map(|entry| entry.key.to_string());
    Ok(names.zip(0..).collect())
}

fn is_remote(path: &str) -> bool {
    path.contains("://") || path.starts_with("git@") || path.starts_with("oci:")
}

/// A path without `.` and `..`, as it is written.
fn cleaned(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for component in path.components() {
        let is_folder = matches!(cleaned.components().next_back(), Some(Component::Normal(_)));
        match component {
            Component::CurDir => {}
            Component::ParentDir if is_folder => drop(cleaned.pop()),
            component => cleaned.push(component),
        }
    }
    cleaned
}

/// Reads a file, but no folder, pipe or device, which might have no end.
pub(super) fn read(path: &Path) -> Result<Secret, Error> {
    if path.exists() && !path.is_file() {
        return Err(Error::new(ErrorKind::Unreadable, "expected a file"));
    }
    file::read(path)
}

/// The files that Compose reads with the one that is named.
struct Files {
    below: Vec<PathBuf>,
    above: Vec<PathBuf>,
    /// That of the first file.
    folder: Option<PathBuf>,
    /// What names them: the variable, or the override file itself.
    named: Source,
    warning: Option<Warning>,
}

impl Files {
    /// Those of `COMPOSE_FILE` if the file is one of them; without that variable the override file next to the file that Compose
    /// looks for.
    fn with(main: Option<&Path>, vars: &Vars) -> Result<Self, Error> {
        let mut files = Self {
            below: Vec::new(),
            above: Vec::new(),
            folder: main.and_then(Path::parent).map(Path::to_owned),
            named: Source::ConfigVar(COMPOSE_FILE.to_owned()),
            warning: None,
        };
        let Some((main, folder)) = main.zip(main.and_then(Path::parent)) else {
            return Ok(files);
        };
        let named = vars.get(COMPOSE_FILE)?.map_or("", SecretStr::expose);
        if named.is_empty() {
            if let Some(path) = override_of(main, folder) {
                files.named = Source::whole_file(&file::shown(&path));
                files.above.push(path);
            }
            return Ok(files);
        }
        let separator = vars.get("COMPOSE_PATH_SEPARATOR")?;
        let separator = separator.map_or("", SecretStr::expose);
        let separator = match separator {
            "" if cfg!(windows) => ";",
            "" => ":",
            separator => separator,
        };
        // Of the working directory for Compose, which is where the file is, most often.
        for base in [folder, Path::new("")] {
            let mut paths: Vec<_> = named.split(separator).map(|name| base.join(name)).collect();
            if let Some(at) = paths.iter().position(|path| is_same(path, main)) {
                let above = paths.split_off(at + 1);
                paths.truncate(at);
                let first = paths.first().and_then(|first| first.parent());
                files.folder = Some(first.unwrap_or(folder).to_owned());
                files.below = paths;
                files.above = above;
                return Ok(files);
            }
        }
        let message = "COMPOSE_FILE is set, but names other files, which `docker compose` reads";
        let help = "name the first of them with `--file`, or unset COMPOSE_FILE";
        let warning = Warning::new(WarningCode::VariableIgnored, message.to_owned(), help);
        files.warning = Some(warning);
        Ok(files)
    }
}

fn override_of(main: &Path, folder: &Path) -> Option<PathBuf> {
    let first = |names: &[&str]| {
        let mut paths = names.iter().map(|name| folder.join(name));
        paths.find(|path| path.exists())
    };
    let found = first(DEFAULT_FILES)?;
    if found.file_name() != main.file_name() {
        return None;
    }
    first(OVERRIDES)
}

fn is_same(path: &Path, main: &Path) -> bool {
    match (path.canonicalize(), main.canonicalize()) {
        (Ok(path), Ok(main)) => path == main,
        _ => path == main,
    }
}
