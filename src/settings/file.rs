//! A settings file: its text, whose it is, and its tree with the variables filled in.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::document::node_ref::Located;
use crate::document::{Failure, Node, Scalar, Style, Value, positions};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::settings::fill::{AllUnset, Filled};
use crate::settings::kind::{self, RailsFile, has_adapter, no_database};
use crate::settings::not_read::not_read;
use crate::settings::system::System;
use crate::source::{FilePlace, Source};
use crate::span::{Position, Span};
use crate::template::erb::prepared::{Prepared, prepare, prepare_whole};
use crate::template::{Expansion, Syntax, expand, without_values};
use crate::vars::Vars;

/// The text of a file, and where it is.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: Secret,
    /// The folder that it was read from.
    pub(super) folder: Option<PathBuf>,
    /// By the name's ending; what has neither is JSON if it begins like it.
    own_grammar: Grammar,
    guess: OnceLock<Guess>,
}

/// Which system the file is of, and the tree that was read to recognize it: nothing is read twice.
#[derive(Clone)]
struct Guess {
    system: System,
    tree: Option<Node>,
}

/// A key may be a secret, by mistake.
impl fmt::Debug for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.system, f)
    }
}

/// A tree with its variables filled in.
#[derive(Debug)]
pub(super) struct Tree<'f> {
    /// The file's own tree, where nothing had to be filled in.
    pub(super) root: Cow<'f, Node>,
    pub(super) unset: AllUnset,
    /// Conditions that are not known; what they guard is left out.
    pub(super) unknown: Vec<Error>,
}

impl<'f> Tree<'f> {
    pub(super) fn without_variables(root: Cow<'f, Node>) -> Self {
        Self {
            root,
            unset: AllUnset::default(),
            unknown: Vec::new(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grammar {
    Json,
    Yaml,
    Procfile,
}

impl Grammar {
    fn of(name: &str, text: &str) -> Self {
        let ending = kind::ending(name);
        let is = |known: &str| ending.eq_ignore_ascii_case(known);
        let begins = || text.trim_start().starts_with(['{', '[']);
        if is("json") || !(is("yml") || is("yaml")) && begins() {
            Self::Json
        } else {
            Self::Yaml
        }
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// What replaces variables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Values,
    /// `****` for what a variable holds.
    Masks,
}

impl File {
    pub(super) fn new(path: &str, text: Secret) -> Self {
        Self {
            path: path.to_owned(),
            own_grammar: Grammar::of(name_of(path), text.expose()),
            text,
            folder: None,
            guess: OnceLock::new(),
        }
    }

    /// The file as a whole, as a source.
    pub(super) fn source(&self) -> Source {
        Source::File(FilePlace::whole(&self.path))
    }

    /// The name without its folders.
    pub(super) fn name(&self) -> &str {
        name_of(&self.path)
    }

    /// The grammar of the file, as its system has it.
    pub(super) fn grammar(&self, system: System) -> Grammar {
        system.rules().grammar().unwrap_or(self.own_grammar)
    }

    /// Which system's file it is, by its name, else by what is in it.
    pub(super) fn guess(&self) -> System {
        self.guess.get_or_init(|| self.guessed()).system
    }

    fn guessed(&self) -> Guess {
        if let Some(system) = System::named(self) {
            return Guess { system, tree: None };
        }
        // What cannot be read is reported when it is read for good.
        let text = self.text.expose();
        let tree = self.parsed(self.own_grammar, text, &positions(text)).ok();
        let system = tree.as_ref().map(|root| System::guess(self, root));
        Guess {
            system: system.unwrap_or(System::Plain),
            tree,
        }
    }

    /// Why the file is not one that is read, or none that is known to name a database.
    pub(super) fn refusal(&self, system: Option<System>) -> Option<Error> {
        let text = self.text.expose();
        let rules = system.unwrap_or_else(|| self.guess()).rules();
        let refused = match system {
            _ if rules.grammar().is_some() => None,
            Some(_) => not_read(self.name(), text),
            None => not_read(self.name(), text).or_else(|| {
                let kind = RailsFile::of(self.name());
                let is_known = kind.is_some_and(|kind| kind.may_hold(self.name(), text));
                let is_known = is_known || has_adapter(text);
                let has_tags = rules.syntax() == Some(Syntax::Erb) && text.contains("<%");
                (has_tags && !is_known).then(no_database)
            }),
        };
        refused.map(|error| error.said_by(&self.source()))
    }

    pub(super) fn is_yaml(&self) -> bool {
        self.own_grammar == Grammar::Yaml
    }

    /// The tree as it is written.
    pub(super) fn tree(&self, system: System) -> Result<Cow<'_, Node>, Error> {
        let known = self.guess.get().and_then(|guess| guess.tree.as_ref());
        if let Some(tree) = known.filter(|_| system.rules().grammar().is_none()) {
            return Ok(Cow::Borrowed(tree));
        }
        let text = self.text.expose();
        let tree = self.parsed(self.grammar(system), text, &positions(text))?;
        Ok(Cow::Owned(tree))
    }

    /// The tags of ERB that are in scalars, with their keys, in order.
    pub(super) fn keys_of_tags(&self) -> Vec<(Span, String)> {
        let text = self.text.expose();
        let read = |prepared: &Prepared<'_>| {
            self.parsed(self.own_grammar, prepared.text(), &|offset| {
                prepared.place(offset)
            })
            .ok()
        };
        let ways = [prepare_whole(text), prepare(text, &Vars::default(), None)];
        let mut found = Vec::new();
        for prepared in ways.iter().flatten() {
            if let Some(root) = read(prepared) {
                keys_of_tags(prepared, &Located::root(&root, &self.path), &mut found);
                break;
            }
        }
        found.sort_by_key(|(tag, _): &(Span, String)| tag.start());
        // Where an alias or a merge repeats it, the place that is written counts.
        found.dedup_by_key(|(tag, _)| tag.start());
        found
    }

    /// YAML with a duplicate key, as Ruby reads it: what else is in the file counts.
    fn with_duplicates(
        &self,
        error: Error,
        text: &str,
        place: &dyn Fn(usize) -> Position,
    ) -> Result<Node, Error> {
        #[cfg(feature = "yaml")]
        if error.kind() == ErrorKind::DuplicateKey && self.is_yaml() {
            return crate::document::yaml::parse_with_duplicates(text, place).map_err(|_| error);
        }
        let _ = (text, place);
        Err(error)
    }

    fn parsed(
        &self,
        grammar: Grammar,
        text: &str,
        place: &dyn Fn(usize) -> Position,
    ) -> Result<Node, Error> {
        let read: Result<Node, Failure> = match grammar {
            Grammar::Procfile => crate::settings::procfile::parse(text, place),
            #[cfg(feature = "json")]
            Grammar::Json => crate::document::json::parse(text, place),
            #[cfg(feature = "yaml")]
            Grammar::Yaml => crate::document::yaml::parse(text, place),
            #[allow(unreachable_patterns, reason = "all are read with both features")]
            _ => {
                let detail = "this program is built without the grammar of the file";
                return Err(Error::new(ErrorKind::InvalidDocument, detail)
                    .said_by(&self.source())
                    .with_help("build it with the features `json` and `yaml`"));
            }
        };
        read.map_err(|failure| {
            let place = FilePlace::new(self.path.clone(), Some(failure.position), failure.key);
            failure.error.said_by(&Source::File(place))
        })
    }

    /// The tree, with variables filled in as the system does.
    pub(super) fn filled(
        &self,
        system: System,
        vars: &Vars,
        environment: Option<&str>,
        shown: Shown,
    ) -> Result<Tree<'_>, Error> {
        let text = self.text.expose();
        let mut filled = Filled::default();
        filled.is_lenient = system.rules().is_lenient(self.name());
        let mut unknown = Vec::new();
        let mut root;
        match system.syntax() {
            // Without a tag it is the file as it is written.
            Some(Syntax::Erb) if !text.contains("<%") => {
                let read = self.tree(system);
                root = read.or_else(|error| {
                    let tree = self.with_duplicates(error, text, &positions(text));
                    tree.map(Cow::Owned)
                })?;
                // Only a tree with duplicates has values that are not known.
                if let Cow::Owned(tree) = &mut root {
                    filled.fill(tree, &self.path, &String::new, &unknown_already);
                }
            }
            Some(Syntax::Erb) if self.is_yaml() => {
                let prepared =
                    prepare(text, vars, environment).map_err(|error| self.placed(error))?;
                let place = |offset| prepared.place(offset);
                let read = self.parsed(Grammar::Yaml, prepared.text(), &place);
                let mut tree =
                    read.or_else(|error| self.with_duplicates(error, prepared.text(), &place))?;
                let mut keys = Vec::new();
                refused_keys(&prepared, &tree, &mut HashSet::new(), &mut keys);
                let is_masked = shown == Shown::Masks;
                let fill = |scalar: &Scalar| {
                    unknown_already(scalar).or_else(|| prepared.fill(scalar, vars, is_masked))
                };
                filled.fill(&mut tree, &self.path, &String::new, &fill);
                root = Cow::Owned(tree);
                let conditions = prepared.unknown.iter().cloned();
                unknown = conditions.map(|error| self.placed(error)).collect();
                let keys = keys.into_iter();
                filled.errors.extend(keys.map(|error| self.placed(error)));
            }
            Some(syntax) if syntax != Syntax::Erb && may_be_template(text) => {
                root = self.tree(system)?;
                let fill = |scalar: &Scalar| fill_in(syntax, scalar, vars, shown);
                filled.fill(root.to_mut(), &self.path, &String::new, &fill);
            }
            _ => root = self.tree(system)?,
        }
        if system.rules().demands_all() {
            filled.demand();
        }
        // As one reads the file.
        let place = |error: &Error| error.provenance()?.file()?.position();
        filled.errors.sort_by_key(place);
        let unset = filled.take_unset();
        match Error::together(filled.errors) {
            Some(error) => Err(error),
            None => Ok(Tree {
                root,
                unset,
                unknown,
            }),
        }
    }

    /// Failures with bytes of the file, at their lines and columns.
    pub(super) fn placed(&self, error: Error) -> Error {
        let place = positions(self.text.expose());
        error.each(|error| {
            let position = error.span().map(|span| place(span.start()));
            let place = FilePlace::new(self.path.clone(), position, String::new());
            error.without_span().said_by(&Source::File(place))
        })
    }
}

/// Leaves what is not known as it is, with its location.
fn unknown_already(scalar: &Scalar) -> Option<Result<Expansion, Error>> {
    let unknown = scalar.unknown.clone()?;
    let nothing = Expansion::of_text(None);
    Some(Ok(Expansion {
        unknown: Some(unknown),
        ..nothing
    }))
}

fn keys_of_tags(prepared: &Prepared<'_>, at: &Located<'_>, found: &mut Vec<(Span, String)>) {
    match &at.node.value {
        Value::Scalar(scalar) => {
            let tags = prepared.tags_in(scalar.text.expose()).into_iter();
            found.extend(tags.map(|tag| (tag, at.key().to_string())));
        }
        Value::List(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                keys_of_tags(prepared, &at.element(index, node), found);
            }
        }
        Value::Map(_) => at
            .entries()
            .for_each(|entry| keys_of_tags(prepared, &entry, found)),
    }
}

/// The keys that a tag is in.
fn refused_keys(
    prepared: &Prepared<'_>,
    node: &Node,
    seen: &mut HashSet<Option<Span>>,
    found: &mut Vec<Error>,
) {
    match &node.value {
        Value::Scalar(_) => {}
        Value::List(nodes) => nodes
            .iter()
            .for_each(|node| refused_keys(prepared, node, seen, found)),
        Value::Map(entries) => {
            for entry in entries {
                let refused = prepared.refused_key(&entry.key);
                found.extend(refused.filter(|refused| seen.insert(refused.span())));
                refused_keys(prepared, &entry.node, seen, found);
            }
        }
    }
}

/// Whether anything is to be filled in, or rejected.
pub(super) fn is_template(syntax: Syntax, text: &str) -> bool {
    let marks: &[char] = match syntax {
        Syntax::Shell => &['$', '\\', '`'],
        _ => &['$'],
    };
    text.contains(marks)
}

/// Whether one of the scalars may be a template: the grammar of the file may escape its mark.
fn may_be_template(text: &str) -> bool {
    text.contains(['$', '`', '\\'])
}

/// A scalar that a dollar is in; numbers and the like have none.
fn fill_in(
    syntax: Syntax,
    scalar: &Scalar,
    vars: &Vars,
    shown: Shown,
) -> Option<Result<Expansion, Error>> {
    let text = scalar.text.expose();
    let has_any = scalar.style != Style::Filled && is_template(syntax, text);
    has_any.then(|| match shown {
        Shown::Values => expand(syntax, text, vars),
        Shown::Masks => without_values(syntax, text, vars).map(Expansion::of_text),
    })
}
