//! Variables filled into the scalars of a tree. What a variable holds stays inside its scalar, and is not expanded again.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::document::{
    Entry, MAX_TEXT, Node, NodeValue, Scalar, Style, joined, shown_key, too_much_text,
};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::source::{FileLocation, Source};
use crate::span::Position;
use crate::template::Expansion;
use crate::vars::is_name;

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

/// How a scalar is filled; `None` leaves it as it is.
pub(super) type Expand<'e> = dyn Fn(&Scalar) -> Option<Result<Expansion, Error>> + 'e;

/// A variable that is not set, where it is used.
#[derive(Clone, Debug)]
pub(super) struct Unset {
    pub(super) name: String,
    pub(super) location: FileLocation,
}

/// The variables of a file that are not set, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct AllUnset {
    all: Vec<Unset>,
    /// Their indices by the first of the keys that lead there, so that a section finds its own among those of many.
    by_key: HashMap<String, Vec<usize>>,
}

impl AllUnset {
    fn new(all: Vec<Unset>) -> Self {
        let mut by_key: HashMap<_, Vec<_>> = HashMap::new();
        for (index, unset) in all.iter().enumerate() {
            let key = first_key(unset.location.key()).to_owned();
            by_key.entry(key).or_default().push(index);
        }
        Self { all, by_key }
    }

    pub(super) fn all(&self) -> &[Unset] {
        &self.all
    }

    /// Those below a key of the file.
    pub(super) fn below(&self, key: &str) -> impl Iterator<Item = &Unset> {
        let everywhere = key.is_empty().then_some(&self.all).into_iter().flatten();
        let indices = self.by_key.get(first_key(key)).filter(|_| !key.is_empty());
        let candidates = indices.into_iter().flatten().map(|index| &self.all[*index]);
        let within = candidates.filter(move |unset| is_below(unset.location.key(), key));
        everywhere.chain(within)
    }
}

fn first_key(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}

/// Whether a path of keys leads through another.
pub(super) fn is_below(path: &str, key: &str) -> bool {
    let rest = path.strip_prefix(key);
    rest.is_some_and(|rest| key.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

/// What came of filling a tree.
#[derive(Debug, Default)]
pub(super) struct Filled {
    pub(super) errors: Vec<Error>,
    unset: Vec<Unset>,
    /// Whether a value without its variable matters only where it is needed.
    pub(super) is_lenient: bool,
    /// Locations that failed already: what an anchor names is in the tree as often as it is used.
    failed: HashSet<Position>,
    /// How much text was filled in.
    len: usize,
}

impl Filled {
    /// Fills a tree, going on after a failure.
    ///
    /// `key` says the way to the node where it is wanted.
    pub(super) fn fill(
        &mut self,
        node: &mut Node,
        path: &str,
        key: &dyn Fn() -> String,
        expand: &Expand<'_>,
    ) {
        match &mut node.value {
            NodeValue::Scalar(_) if self.len > MAX_TEXT => {}
            NodeValue::Scalar(scalar) => {
                let location = || FileLocation::new(path, Some(node.position), key());
                match expand(scalar) {
                    None => {}
                    Some(Ok(expansion)) => {
                        let unset = expansion.unset.iter();
                        let unset = unset.map(|name| Unset {
                            name: name.clone(),
                            location: location(),
                        });
                        self.unset.extend(unset);
                        let text = expansion.value.as_ref().map(Secret::expose);
                        self.len += text.map_or(0, str::len);
                        if self.len > MAX_TEXT {
                            let source = Source::File(location());
                            self.errors.push(too_much_text().with_source(&source));
                            return;
                        }
                        let unknown = expansion.unknown.clone();
                        put(scalar, expansion);
                        scalar.unknown =
                            unknown.map(|error| error.placed_in(&Source::File(location())));
                    }
                    Some(Err(error)) if self.is_lenient && is_missing(&error) => {
                        *scalar = Scalar::new("", Style::Plain);
                        scalar.unknown = Some(error.placed_in(&Source::File(location())));
                    }
                    Some(Err(_)) if !self.failed.insert(node.position) => {}
                    Some(Err(error)) => {
                        self.errors.push(error.placed_in(&Source::File(location())));
                    }
                }
            }
            NodeValue::List(nodes) => {
                for (index, node) in nodes.iter_mut().enumerate() {
                    let way = || joined(&key(), &format!("[{index}]"));
                    self.fill(node, path, &way, expand);
                }
            }
            NodeValue::Map(entries) => {
                for Entry {
                    key: name, node, ..
                } in entries.iter_mut()
                {
                    let way = || joined(&key(), shown_key(name));
                    self.fill(node, path, &way, expand);
                }
            }
        }
    }

    /// The variables that were not set.
    pub(super) fn take_unset(&mut self) -> AllUnset {
        AllUnset::new(std::mem::take(&mut self.unset))
    }

    /// Makes every variable that is not set a failure.
    pub(super) fn demand(&mut self) {
        for unset in std::mem::take(&mut self.unset) {
            self.errors.push(not_set(&unset.name, unset.location));
        }
    }
}

impl Unset {
    pub(super) fn error(&self) -> Error {
        not_set(&self.name, self.location.clone())
    }
}

/// A variable that has to be set, and is not.
pub(super) fn not_set(name: &str, location: FileLocation) -> Error {
    let error =
        |detail| Error::new(ErrorKind::UnsetVariable, detail).with_source(&Source::File(location));
    if !is_name(name) {
        return error("this variable is not set".to_owned()).with_help(
            "set it, or give it a default; if the dollar belongs to a password, escape it, or take the password from a variable",
        );
    }
    error(format!("{name} is not set")).with_help(format!(
        "set {name} where the program runs, or write what is meant in its place in the file"
    ))
}

/// Whether a variable lacks its value, and nothing else is wrong.
fn is_missing(error: &Error) -> bool {
    let kinds = [ErrorKind::UnsetVariable, ErrorKind::EmptyVariable];
    error.iter().all(|error| kinds.contains(&error.kind()))
}

fn put(scalar: &mut Scalar, expansion: Expansion) {
    match expansion.value {
        Some(text) => {
            scalar.text = text.into();
            // Nothing that a variable holds makes a null of it.
            if scalar.style == Style::Plain {
                scalar.style = Style::Filled;
            }
        }
        None => *scalar = Scalar::new("", Style::Plain),
    }
    scalar.variable = expansion.sole.map(Into::into);
}
