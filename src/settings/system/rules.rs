//! What a system is, and what it is asked: the trait that each one implements, and what several of them do alike.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use crate::bytes::Bytes;
use crate::document::node_ref::Located;
use crate::document::{Node, NodeValue};
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::resolution::candidate::{Answer, Candidate};
use crate::secret::Secret;
use crate::settings::file::{File, FileGrammar};
use crate::settings::fill::{Tree, Unset};
use crate::settings::section::{Base, Fields};
use crate::settings::system::django::arguments::Arguments as DjangoArguments;
use crate::settings::uses::Uses;
use crate::source::{FileLocation, Source};
use crate::span::Position;
use crate::sqlite::Family;
use crate::template::Syntax;
use crate::vars::Vars;
use crate::warning::{Warning, WarningCode};

/// What is so of a system whatever its file is.
#[derive(Default)]
pub(in crate::settings) struct Facts {
    /// What its files are, in a line for the command's help.
    pub(in crate::settings) about: &'static str,
    /// The files that are read where none is named, the first that is there.
    pub(in crate::settings) default_files: &'static [&'static str],
    /// The syntax of variables in the file; `None` where nothing is filled in.
    pub(in crate::settings) syntax: Option<Syntax>,
    /// The grammar of the file, where it is not JSON or YAML.
    pub(in crate::settings) grammar: Option<FileGrammar>,
    /// The variables that name the environment, in order, and what applies without them; `None` where a file has no section
    /// per environment.
    pub(in crate::settings) environment: Option<(&'static [&'static str], &'static str)>,
    /// Whether a variable without a default has to be set, anywhere in the file.
    pub(in crate::settings) demands_all: bool,
    /// Whether its values are filled in one by one, as they are needed.
    pub(in crate::settings) fills_itself: bool,
    /// Whether `DATABASE_URL` counts whatever environment is meant.
    pub(in crate::settings) reads_database_url: bool,
}

/// What a system is, and how its settings are read: all that the rest of the crate, the command and its help know of it.
pub(in crate::settings) trait Rules: Sync {
    fn facts(&self) -> Facts;

    /// Whether a file is of this system by its name.
    fn is_named(&self, _file: &File) -> bool {
        false
    }

    /// Whether a file has a mark in its text that no other system has.
    fn is_marked(&self, _file: &File) -> bool {
        false
    }

    /// Whether a file has a key that no other system has.
    fn is_certain(&self, _root: &Node) -> bool {
        false
    }

    /// Whether a file is of this system by its keys.
    fn detect(&self, _file: &File, _root: &Node) -> bool {
        false
    }

    /// The key below which each variable has to be set.
    fn demanded(&self, _root: &Located<'_>, _connection: Option<&str>) -> Option<String> {
        None
    }

    /// Whether a file of this name has secrets under any key.
    fn holds_secrets(&self, _name: &str) -> bool {
        false
    }

    /// Whether a value that needs a variable which is not set matters only where it is used.
    fn is_lenient(&self, _name: &str) -> bool {
        false
    }

    /// The variables that its templates see: those of the process, and what the system reads below them.
    ///
    /// # Errors
    ///
    /// What is wrong with a file that the system reads.
    fn variables<'v>(
        &self,
        _folder: Option<&Path>,
        vars: &'v Vars,
    ) -> Result<Cow<'v, Vars>, Error> {
        Ok(Cow::Borrowed(vars))
    }

    /// Whether the value of a key is the name of a variable.
    fn names_variable(&self, _key: &str) -> bool {
        false
    }

    /// The variables that a map names in values of its own, not by templates.
    fn named_variables(&self, _map: &Located<'_>, _uses: &mut Uses) {}

    /// Why a file that is recognized as one of the system's names no database, if that is known by its name and text.
    fn rejection(&self, _file: &File) -> Option<Error> {
        None
    }

    /// A URL that is the database by itself.
    fn url<'q>(
        &'q self,
        url: &'q str,
        source: Source,
        question: &'q Question<'q>,
    ) -> Candidate<'q> {
        let own = source.clone();
        Candidate::new(source, || self.read(url, own, question))
    }

    /// The database of a URL by itself.
    ///
    /// # Errors
    ///
    /// What is wrong with the URL.
    fn read(&self, url: &str, source: Source, _question: &Question<'_>) -> Answer {
        whole(url, source)
    }

    /// The URL that the caller gives in place of the file.
    ///
    /// # Errors
    ///
    /// If it names a variable whose value is not known.
    fn argument<'q>(
        &'q self,
        url: &'q str,
        question: &'q Question<'q>,
    ) -> Result<Candidate<'q>, Error> {
        Ok(self.url(url, Source::Argument("--url"), question))
    }

    /// Where the database is looked for, in order, with what each source would give.
    ///
    /// # Errors
    ///
    /// If there is nothing to look at, or what is wrong with the file.
    fn candidates<'q>(&'q self, question: &'q Question<'q>) -> Result<Vec<Candidate<'q>>, Error>;
}

/// Whether the root or one of the sections below it has one of these keys.
pub(in crate::settings) fn has_key(root: &Node, keys: &[&str]) -> bool {
    let below = root.entries().unwrap_or_default().iter();
    let mut sections = std::iter::once(root).chain(below.map(|entry| &entry.node));
    sections.any(|section| keys.iter().any(|key| section.get(key).is_some()))
}

/// The database of a URL by itself.
pub(in crate::settings) fn whole(url: &str, source: Source) -> Answer {
    alone(Base::read(url, source, Family::Python)?, Family::Python)
}

/// The same of a URL that has been read.
pub(in crate::settings) fn alone(base: Base, family: Family) -> Answer {
    Fields::new(base.source.clone(), family).assemble(Some(base), None)
}

/// The database that variables mean where none is named: the rules of [`Resolver`](crate::Resolver).
pub(crate) type Choose = fn(&Vars) -> Answer;

/// The question which database is meant.
#[derive(Clone)]
pub(crate) struct Question<'q> {
    /// The system that is asked.
    pub(in crate::settings) rules: &'static dyn Rules,
    /// The filled file, if there is one.
    pub(in crate::settings) root: Option<Located<'q>>,
    pub(in crate::settings) vars: &'q Vars,
    /// The folder of the file, where it was read from one.
    pub(in crate::settings) folder: Option<&'q Path>,
    /// How a database is chosen from variables where none is named.
    pub(in crate::settings) choose: Choose,
    /// The environment, as named by the caller or by the system's own variables; `None` where the system has none.
    pub(in crate::settings) environment: Option<&'q str>,
    /// Which of several connections.
    pub(in crate::settings) connection: Option<&'q str>,
    /// A URL that the caller gives in place of what the file says.
    pub(in crate::settings) url: Option<&'q Secret>,
    /// The arguments of dj-database-url.
    pub(in crate::settings) django: &'q DjangoArguments,
    /// What came of filling the file.
    pub(in crate::settings) tree: Option<&'q Tree<'q>>,
}

impl<'q> Question<'q> {
    /// The same question of another environment.
    pub(crate) fn of_environment<'o>(&self, name: &'o str) -> Question<'o>
    where
        'q: 'o,
    {
        Question {
            environment: Some(name),
            ..self.clone()
        }
    }

    /// Where the system looks for the database, in order: at the URL that the caller gives, else at the file and its variables.
    ///
    /// # Errors
    ///
    /// If there is nothing to look at, or what is wrong with the file.
    pub(crate) fn candidates(&self) -> Result<Vec<Candidate<'_>>, Error> {
        match self.url {
            Some(url) => Ok(vec![self.rules.argument(url.expose(), self)?]),
            None => self.rules.candidates(self),
        }
    }

    /// The filled file, or an error that it is missing.
    pub(in crate::settings) fn file(
        &self,
        detail: &'static str,
        help: &'static str,
    ) -> Result<&Located<'q>, Error> {
        let missing = || Error::new(ErrorKind::NotFound, detail).with_help(help);
        self.root.as_ref().ok_or_else(missing)
    }

    /// The variables that are not set, below a key of the file.
    pub(in crate::settings) fn unset_below(
        &self,
        section: &Located<'_>,
    ) -> impl Iterator<Item = &Unset> {
        let tree = self.tree.into_iter();
        tree.flat_map(|tree| tree.unset.below(section.key()))
    }

    /// A condition that is not known, in a part of the file that a section is made of, or anywhere if there is no section.
    pub(in crate::settings) fn unknown_condition(
        &self,
        sections: &[Option<&Located<'_>>],
    ) -> Option<Error> {
        let unknown = &self.tree?.unknown;
        let first = unknown.first()?;
        let root = self.root.as_ref()?;
        if sections.iter().flatten().next().is_none() {
            return Some(first.clone());
        }
        let mut starts: Vec<_> = root.entries().map(|entry| line(&entry.source())).collect();
        starts.sort_unstable();
        let part = |line: u32| starts.partition_point(|start| *start <= line);
        let mut parts = HashSet::new();
        for section in sections.iter().flatten() {
            section.visit(&mut |at| {
                parts.insert(part(line(&at.source())));
            });
        }
        let of_condition = |error: &&Error| error.origin().map(line).map(part);
        let is_met = |error: &&Error| of_condition(error).is_some_and(|part| parts.contains(&part));
        unknown.iter().find(is_met).cloned()
    }
}

/// The line of a location in a file.
fn line(source: &Source) -> u32 {
    let position = source.file().and_then(FileLocation::position);
    position.map_or(0, Position::line)
}

/// A variable that is not set, and that the settings do without.
pub(in crate::settings) fn warn_of(unset: &Unset) -> Warning {
    // A template tells no name that may be a piece of a password; Ruby takes others than a shell.
    let name = if const { Bytes::alphanumeric_and(b"_-.") }.has_all_of(&unset.name) {
        &unset.name
    } else {
        "this variable"
    };
    let message = format!("{}: {name} is not set", unset.location);
    let help = "set it, or give it a default in the file";
    Warning::new(WarningCode::UnsetVariable, message, help)
}

/// A URL of another engine than the one next to it.
pub(in crate::settings) fn mismatch(
    base: &Base,
    row: Scheme,
    entry: &Located<'_>,
) -> Option<Warning> {
    let engine = base.database.engine();
    (engine != row.engine).then(|| {
        let message = format!(
            "{}: this is one of {}, but the URL of {} is one of {engine}, which is used",
            entry.location(),
            row.engine,
            base.source
        );
        let help = "make the two agree";
        Warning::new(WarningCode::EngineMismatch, message, help)
    })
}

/// Rejects the URL of a cache, a queue and the like where an ORM reads one of its database.
pub(in crate::settings) fn relational(base: Base) -> Result<Base, Error> {
    let engine = base.database.engine();
    let is_other = matches!(
        engine,
        Engine::Redis | Engine::MongoDb | Engine::Amqp | Engine::Neo4j
    );
    if !is_other {
        return Ok(base);
    }
    let detail = format!("expected a relational database, found a URL of {engine}");
    Err(Error::new(ErrorKind::WrongEngine, detail)
        .with_source(&base.source)
        .with_help("name another variable with `--var`, or the file of the service with `--file`"))
}

/// The elements of a list, or the value by itself.
pub(in crate::settings) fn one_or_more(value: Located<'_>) -> Vec<Located<'_>> {
    match value.node.value {
        NodeValue::List(_) => value.members().collect(),
        _ => vec![value],
    }
}

/// The database of a value that is a URL.
pub(in crate::settings) fn base_of(url: &Located<'_>, family: Family) -> Result<Base, Error> {
    Base::read(string(url)?, url.origin(), family)
}

/// An error at a value, or without a location.
pub(in crate::settings) fn error_at(
    value: Option<&Located<'_>>,
    kind: ErrorKind,
    detail: impl Into<Cow<'static, str>>,
    help: impl Into<Cow<'static, str>>,
) -> Error {
    match value {
        Some(value) => value.error(kind, detail, help),
        None => Error::new(kind, detail).with_help(help),
    }
}

/// A value that has to be a string.
pub(in crate::settings) fn string<'s>(value: &Located<'s>) -> Result<&'s str, Error> {
    value.text().ok_or_else(|| not_a_text(value))
}

/// The value must be a string, and is not one, or is unknown.
pub(in crate::settings) fn not_a_text(value: &Located<'_>) -> Error {
    let help = match value.node.scalar() {
        Some(_) => "write the value itself",
        None => "a list or a map has no meaning here",
    };
    unless_unknown(value, ErrorKind::InvalidValue, "expected a string", help)
}

/// The value must be of another form, such as a map, and is not, or is unknown.
pub(in crate::settings) fn malformed(
    value: &Located<'_>,
    detail: &'static str,
    help: &'static str,
) -> Error {
    unless_unknown(value, ErrorKind::InvalidDocument, detail, help)
}

/// An error at a value, or why the value is not known.
fn unless_unknown(
    value: &Located<'_>,
    kind: ErrorKind,
    detail: &'static str,
    help: &'static str,
) -> Error {
    match value.node.unknown() {
        Some(unknown) if unknown.origin().is_some() => unknown.clone(),
        Some(unknown) => unknown.clone().with_source(&value.source()),
        None => value.error(kind, detail, help),
    }
}

/// The environment: the caller's, else that of the system's variables (spaces alone are unset), else its default.
pub(in crate::settings) fn environment<'q>(
    rules: &dyn Rules,
    named: Option<&'q str>,
    vars: &'q Vars,
) -> Result<Option<&'q str>, Error> {
    if named.is_some() {
        return Ok(named);
    }
    let Some((variables, default)) = rules.facts().environment else {
        return Ok(None);
    };
    for name in variables {
        if let Some(text) = vars.get(name)? {
            if !text.expose().trim().is_empty() {
                return Ok(Some(text.expose()));
            }
        }
    }
    Ok(Some(default))
}
