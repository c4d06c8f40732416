//! Settings files: what they say of databases, with the variables of the process filled in.
//!
//! ```
//! # #[cfg(feature = "json")] {
//! use database_url::Vars;
//! use database_url::settings::Settings;
//!
//! let config = r#"{ "production": { "use_env_variable": "DATABASE_URL", "pool": { "max": 4 } } }"#;
//! let settings = Settings::from_str("config/config.json", config)?;
//! let vars = Vars::from([("NODE_ENV", "production"), ("DATABASE_URL", "postgres://app:hunter2@db.example/shop")]);
//! assert_eq!(settings.resolve(&vars)?.to_string(), "postgres://app:****@db.example/shop (from DATABASE_URL)");
//! # }
//! # Ok::<(), database_url::Error>(())
//! ```
//!
//! A file is read as a tree first, and variables are filled into its scalars after that: what a variable holds can never change
//! the structure of the file, is never expanded again, and stays text where text is wanted (a password `0123` or `yes`). All
//! failures of a file are reported together ([`Error::iter`]), each with file, line, column and key.
//!
//! # Limits
//!
//! A file is at most 1 MiB ([`MAX_LEN`]), nested at most 64 deep (a merge counts as a level), and has at most 100,000 values and
//! 16 MiB of text once its aliases are written out and its variables filled in; more is rejected ([`ErrorKind::LimitExceeded`]).
//!
//! Rejected, too: a duplicate key of a map, several documents in one file, NUL and control characters, a key that is a
//! list or a map, and YAML's tags other than those of its core schema.

mod file;
mod fill;
mod mask;
mod not_read;
mod procfile;
mod render;
mod section;
pub(crate) mod system;
pub mod template;
mod tree;
mod uses;
mod variables;

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::OnceLock;

use crate::document::Node;
use crate::document::node_ref::Located;
use crate::error::{Error, ErrorKind};
use crate::limits::MAX_LEN;
use crate::secret::Secret;
use crate::settings::file::File;
use crate::settings::fill::Tree;
use crate::settings::system::rules::{Choose, Question, environment};
use crate::settings::tree::{Shown, filled};
use crate::shown;
use crate::source::Source;
use crate::vars::{self, Vars};

pub use render::Rendered;
pub use system::{DjangoArguments, System};
pub use uses::VariableUse;

/// A settings file, or a system without one.
///
/// `Debug` shows nothing of the text, and no name that is no identifier.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use database_url::Vars;
/// use database_url::settings::{Settings, System};
///
/// let text = r#"{"production": {"use_env_variable": "DATABASE_URL", "dialect": "postgres"}}"#;
/// let settings = Settings::from_str("config/config.json", text)?.with_environment("production");
/// assert_eq!(settings.system(), System::Sequelize);
///
/// let vars = Vars::from([("DATABASE_URL", "postgres://app:hunter2@db.example/shop")]);
/// let resolved = settings.resolve(&vars)?;
/// assert_eq!(resolved.value().to_string(), "postgres://app:****@db.example/shop");
/// # }
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Settings {
    /// `None`: as the file is recognized.
    system: Option<System>,
    recognized: OnceLock<System>,
    file: Option<File>,
    environment: Option<String>,
    connection: Option<String>,
    url: Option<Secret>,
    django: DjangoArguments,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |name: &'_ Option<String>| name.as_deref().map(shown::name).map(str::to_owned);
        f.debug_struct("Settings")
            .field("system", &self.system)
            .field(
                "file",
                &self.file.as_ref().map(|file| shown::path(&file.path)),
            )
            .field("environment", &named(&self.environment))
            .field("connection", &named(&self.connection))
            .field("url", &self.url)
            .field("django", &self.django)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Reads a file. The system is recognized by the file's name and content; [`with_system`](Self::with_system) names it instead.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unreadable`], [`ErrorKind::InvalidUtf8`] or [`ErrorKind::TooLong`].
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let shown = vars::file::shown(path.as_ref());
        let text = vars::file::read(path.as_ref());
        let text = text.map_err(|error| {
            // A database or an archive is no text, and its name tells which it is.
            let name = path.as_ref().file_name().unwrap_or_default();
            let kind = not_read::not_read(&name.to_string_lossy(), "");
            let kind = kind.filter(|_| error.kind() == ErrorKind::InvalidUtf8);
            kind.unwrap_or(error)
                .with_source(&Source::whole_file(&shown))
        })?;
        let mut settings = Self::from_str(&shown, text)?;
        if let Some(file) = &mut settings.file {
            file.folder = path.as_ref().parent().map(Path::to_owned);
        }
        Ok(settings)
    }

    /// As [`from_path`](Self::from_path), of a string that is at hand; the path is for messages, and to recognize the system.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::TooLong`].
    pub fn from_str(path: &str, text: impl Into<Secret>) -> Result<Self, Error> {
        let file = File::new(path, text.into());
        if file.text.expose().len() > MAX_LEN {
            let error = crate::config::value::too_long(file.text.expose());
            return Err(error.without_span().with_source(&file.source()));
        }
        Ok(Self::new(None, Some(file)))
    }

    /// A system's own rules without a file: Rails and Django then read `DATABASE_URL`.
    pub fn without_file(system: System) -> Self {
        Self::new(Some(system), None)
    }

    fn new(system: Option<System>, file: Option<File>) -> Self {
        Self {
            system,
            recognized: OnceLock::new(),
            file,
            environment: None,
            connection: None,
            url: None,
            django: DjangoArguments::new(),
        }
    }

    /// Which system the file is of.
    pub fn with_system(mut self, system: System) -> Self {
        self.system = Some(system);
        self
    }

    /// The environment that is meant, instead of what the system's variables say (`NODE_ENV`, `RAILS_ENV`).
    pub fn with_environment(mut self, name: &str) -> Self {
        self.environment = Some(name.to_owned());
        self
    }

    /// Which of several connections: `cache` of Rails, an alias of Django.
    pub fn with_connection(mut self, name: &str) -> Self {
        self.connection = Some(name.to_owned());
        self
    }

    /// A URL that the caller gives in place of what the file says: `--url` of sequelize-cli, `--connect` of Conduit.
    pub fn with_url(mut self, url: &str) -> Self {
        self.url = Some(Secret::from(url));
        self
    }

    /// The arguments of dj-database-url, where `DATABASE_URL` is read as it does.
    pub fn with_django(mut self, arguments: DjangoArguments) -> Self {
        self.django = arguments;
        self
    }

    /// The system: the one that was set, or the one detected from the file.
    #[must_use]
    pub fn system(&self) -> System {
        let recognized = || self.file.as_ref().map_or(System::Plain, System::of_file);
        let named = self.system;
        named.unwrap_or_else(|| *self.recognized.get_or_init(recognized))
    }

    /// Whether `DATABASE_URL` counts whatever environment is meant.
    #[cfg_attr(
        not(feature = "diagnose"),
        expect(dead_code, reason = "findings are about it")
    )]
    pub(crate) fn reads_database_url(&self) -> bool {
        self.system().rules().facts().reads_database_url
    }

    /// The path of the file, if there is one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.file.as_ref().map(|file| file.path.as_str())
    }

    /// The environment that is meant: the one that was named, else what the system's variables say, else its default.
    #[must_use]
    pub fn chosen_environment(&self, vars: &Vars) -> Option<String> {
        let named = self.environment.as_deref();
        let chosen = environment(self.system().rules(), named, vars)
            .ok()
            .flatten();
        chosen.map(str::to_owned)
    }

    /// The environments that the file has a section for, where the system has any.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn environments(&self, vars: &Vars) -> Result<Vec<String>, Error> {
        let system = self.system();
        let file = self.file.as_ref().filter(|_| system.has_environments());
        let chosen = self.environment.as_deref();
        let tree = file
            .map(|file| filled(file, system.rules(), vars, chosen, Shown::Values))
            .transpose()?;
        Ok(tree.map_or_else(Vec::new, |tree| environments(&tree.root)))
    }

    /// The whole file with its variables filled in. What a system reads next to it plays no part; the names that Sequelize's
    /// `use_env_variable` gives stay names.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] without a file, else all that is wrong with the file and all that it needs and is not set,
    /// together.
    pub fn render(&self, vars: &Vars) -> Result<Rendered, Error> {
        let file = self.file.as_ref().ok_or_else(|| {
            Error::new(ErrorKind::NotFound, "there is no settings file to render")
        })?;
        self.checked()?;
        let vars = self.visible(vars)?;
        render::render(
            file,
            self.system().rules(),
            &vars,
            self.environment.as_deref(),
        )
    }

    /// The variables that the file uses, each use by itself, in order; conditions of ERB and what they leave out count, too.
    /// None of them has to be set. What a system reads next to its file, such as `DATABASE_URL` of Rails, is not listed.
    ///
    /// # Errors
    ///
    /// All that is wrong with the file or its templates, together.
    pub fn variables(&self) -> Result<Vec<VariableUse>, Error> {
        self.checked()?;
        let connection = self.connection.as_deref();
        let file = self.file.as_ref();
        file.map_or(Ok(Vec::new()), |file| {
            variables::of_file(file, self.system().rules(), connection)
        })
    }

    /// Rejects a file of a kind that is not read.
    fn checked(&self) -> Result<(), Error> {
        let file = self.file.as_ref().filter(|_| self.url.is_none());
        let rejection = file.and_then(|file| System::rejection(self.system, file));
        rejection.map_or(Ok(()), Err)
    }

    /// The file as a source, or the system's name where there is none.
    pub(crate) fn source(&self) -> Source {
        match &self.file {
            Some(file) => file.source(),
            None => Source::Argument(self.system().as_str()),
        }
    }

    /// The file with its variables filled in, for questions about it.
    ///
    /// # Errors
    ///
    /// All that is wrong with the file and its variables, together.
    pub(crate) fn open<'s>(&'s self, vars: &'s Vars) -> Result<Opened<'s>, Error> {
        self.checked()?;
        let vars = self.visible(vars)?;
        let named = self.environment.as_deref();
        let environment = environment(self.system().rules(), named, &vars)?.map(str::to_owned);
        let tree = self.tree(&vars)?;
        Ok(Opened {
            settings: self,
            vars,
            environment,
            tree,
        })
    }

    /// The variables that the file's templates see.
    fn visible<'v>(&self, vars: &'v Vars) -> Result<Cow<'v, Vars>, Error> {
        let folder = self.folder();
        self.system().rules().variables(folder, vars)
    }

    fn folder(&self) -> Option<&Path> {
        self.file.as_ref()?.folder.as_deref()
    }

    /// The file with its variables filled in; it is ignored where the caller gives a URL.
    fn tree(&self, vars: &Vars) -> Result<Option<Tree<'_>>, Error> {
        let file = self.file.as_ref().filter(|_| self.url.is_none());
        let named = self.environment.as_deref();
        let rules = self.system().rules();
        let facts = rules.facts();
        let tree = file.map(|file| {
            if facts.fills_itself {
                file.tree(facts.grammar).map(Tree::without_variables)
            } else {
                filled(file, rules, vars, named, Shown::Values)
            }
        });
        tree.transpose()
    }
}

/// Settings whose file is read and filled in.
#[derive(Debug)]
pub(crate) struct Opened<'s> {
    settings: &'s Settings,
    vars: Cow<'s, Vars>,
    environment: Option<String>,
    tree: Option<Tree<'s>>,
}

impl Opened<'_> {
    /// The environments that the file has a section for, where the system has any, but for the one that is meant.
    pub(crate) fn other_environments(&self) -> Vec<String> {
        let has_any = self.settings.system().has_environments();
        let tree = self.tree.as_ref().filter(|_| has_any);
        let mut names = tree.map_or_else(Vec::new, |tree| environments(&tree.root));
        names.retain(|name| Some(name) != self.environment.as_ref());
        names
    }

    /// The question which database is meant; `choose` is how one is chosen from variables where none is named.
    pub(crate) fn question(&self, choose: Choose) -> Question<'_> {
        let Self { settings, tree, .. } = self;
        let root = tree.as_ref().zip(settings.path());
        Question {
            rules: settings.system().rules(),
            root: root.map(|(tree, path)| Located::root(&tree.root, path)),
            vars: &self.vars,
            folder: settings.folder(),
            choose,
            environment: self.environment.as_deref(),
            connection: settings.connection.as_deref(),
            url: settings.url.as_ref(),
            django: &settings.django,
            tree: tree.as_ref(),
        }
    }
}

/// The keys of sections, but for what the sections have in common.
fn environments(root: &Node) -> Vec<String> {
    let is_shared = |key: &str| ["shared", "default", "defaults", "common", "base"].contains(&key);
    let entries = root.entries().unwrap_or_default().iter();
    let sections = entries.filter(|entry| {
        !is_shared(&entry.key) && !entry.node.is_null() && entry.node.entries().is_some()
    });
    sections.map(|entry| entry.key.to_string()).collect()
}
