//! A settings file: its text, its grammar, and its tree as it is written.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::document::node_ref::Located;
use crate::document::{DocumentFailure, Node, positions};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::source::{FileLocation, KeyPath, Source};
use crate::span::{Position, Span};
use crate::template::erb::prepared::{Prepared, prepare, prepare_whole};
use crate::vars::Vars;

/// The text of a file, and where it is.
#[derive(Clone)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: Arc<Secret>,
    /// The folder that it was read from.
    pub(super) folder: Option<PathBuf>,
    /// By the name's ending; what has neither is JSON if it begins like it.
    own_grammar: FileGrammar,
    /// The tree in that grammar, once it is read to recognize the system: nothing is read twice.
    own_tree: OnceLock<Option<Node>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileGrammar {
    Json,
    Yaml,
    Procfile,
}

impl FileGrammar {
    fn of(name: &str, text: &str) -> Self {
        let (_, ending) = name_parts(name);
        let is = |known: &str| ending.eq_ignore_ascii_case(known);
        let begins = || text.trim_start().starts_with(['{', '[']);
        if is("json") || !(is("yml") || is("yaml")) && begins() {
            Self::Json
        } else {
            Self::Yaml
        }
    }
}

/// The stem of a name, and the ending that says its grammar; what else is between dots marks a copy (`example`, `sample`).
pub(super) fn name_parts(name: &str) -> (&str, &str) {
    let stem = name.split('.').next().unwrap_or_default();
    let word = |piece: &'_ str| {
        piece
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(piece.len())
    };
    let endings = name.split('.').skip(1).map(|piece| &piece[..word(piece)]);
    let known = endings
        .clone()
        .filter(|ending| ["yml", "yaml", "json"].contains(ending));
    (
        stem,
        known.last().or_else(|| endings.last()).unwrap_or_default(),
    )
}

fn name_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

impl File {
    pub(super) fn new(path: &str, text: Secret) -> Self {
        Self {
            path: path.to_owned(),
            own_grammar: FileGrammar::of(name_of(path), text.expose()),
            text: text.into(),
            folder: None,
            own_tree: OnceLock::new(),
        }
    }

    /// The file as a whole, as a source.
    pub(super) fn source(&self) -> Source {
        Source::whole_file(&self.path)
    }

    /// The name without its folders.
    pub(super) fn name(&self) -> &str {
        name_of(&self.path)
    }

    /// The grammar of the file, as its system has it.
    pub(super) fn grammar(&self, of_system: Option<FileGrammar>) -> FileGrammar {
        of_system.unwrap_or(self.own_grammar)
    }

    pub(super) fn is_yaml(&self) -> bool {
        self.own_grammar == FileGrammar::Yaml
    }

    /// The tree in the file's own grammar, if it can be read.
    pub(super) fn own_tree(&self) -> Option<&Node> {
        let read = || self.read(self.own_grammar).ok();
        self.own_tree.get_or_init(read).as_ref()
    }

    /// The tree as it is written, in the grammar of the system where it has one.
    pub(super) fn tree(&self, of_system: Option<FileGrammar>) -> Result<Cow<'_, Node>, Error> {
        let known = self.own_tree.get().filter(|_| of_system.is_none());
        if let Some(Some(tree)) = known {
            return Ok(Cow::Borrowed(tree));
        }
        self.read(self.grammar(of_system)).map(Cow::Owned)
    }

    fn read(&self, grammar: FileGrammar) -> Result<Node, Error> {
        self.parsed(grammar, &self.text, &positions(self.text.expose()))
    }

    /// The tags of ERB that are in scalars, with their keys, in order.
    pub(super) fn keys_of_tags(&self) -> Vec<(Span, String)> {
        let text = self.text.expose();
        let read = |prepared: &Prepared<'_>| {
            let location = |offset| prepared.location(offset);
            let read = self.parsed(self.own_grammar, prepared.text(), &location);
            read.ok()
        };
        let ways = [prepare_whole(text), prepare(text, &Vars::default(), None)];
        let mut found = Vec::new();
        for prepared in ways.iter().flatten() {
            if let Some(root) = read(prepared) {
                Located::root(&root, &self.path).visit(&mut |at| {
                    let text = at.node.scalar().map_or("", |scalar| scalar.text.expose());
                    let tags = prepared.tags_in(text).into_iter();
                    found.extend(tags.map(|tag| (tag, at.key().to_string())));
                });
                break;
            }
        }
        found.sort_by_key(|(tag, _): &(Span, String)| tag.start());
        // Where an alias or a merge repeats it, the location that is written counts.
        found.dedup_by_key(|(tag, _)| tag.start());
        found
    }

    /// YAML with a duplicate key, as Ruby reads it: what else is in the file counts.
    pub(super) fn with_duplicates(
        &self,
        error: Error,
        text: &Arc<Secret>,
        location: &dyn Fn(usize) -> Position,
    ) -> Result<Node, Error> {
        #[cfg(feature = "yaml")]
        if error.kind() == ErrorKind::DuplicateKey && self.is_yaml() {
            return crate::document::yaml::parse(text, location, true).map_err(|_| error);
        }
        let _ = (text, location);
        Err(error)
    }

    pub(super) fn parsed(
        &self,
        grammar: FileGrammar,
        text: &Arc<Secret>,
        location: &dyn Fn(usize) -> Position,
    ) -> Result<Node, Error> {
        let read: Result<Node, DocumentFailure> = match grammar {
            FileGrammar::Procfile => crate::settings::procfile::parse(text.expose(), location),
            #[cfg(feature = "json")]
            FileGrammar::Json => crate::document::json::parse(text),
            #[cfg(feature = "yaml")]
            FileGrammar::Yaml => crate::document::yaml::parse(text, location, false),
            #[allow(unreachable_patterns, reason = "all are read with both features")]
            _ => {
                let detail = "this program is built without the grammar of the file";
                return Err(Error::new(ErrorKind::InvalidDocument, detail)
                    .with_source(&self.source())
                    .with_help("build it with the features `json` and `yaml`"));
            }
        };
        read.map_err(|failure| {
            let location =
                FileLocation::new(self.path.clone(), Some(failure.position), failure.key);
            failure.error.with_source(&Source::File(location))
        })
    }

    /// Failures with bytes of the file, at their lines and columns.
    pub(super) fn placed(&self, error: Error) -> Error {
        error.each(self.placer())
    }

    pub(super) fn all_placed(&self, errors: Vec<Error>) -> Vec<Error> {
        if errors.is_empty() {
            return errors;
        }
        errors.into_iter().map(self.placer()).collect()
    }

    fn placer(&self) -> impl Fn(Error) -> Error {
        let location = positions(self.text.expose());
        let path = FileLocation::shown_path(&self.path);
        move |error| {
            let position = error.span().map(|span| location(span.start()));
            let location = FileLocation::in_file(path.clone(), position, KeyPath::empty());
            error.without_span().with_source(&Source::File(location))
        }
    }
}
