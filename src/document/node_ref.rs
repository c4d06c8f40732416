//! A value of a settings file together with the way to it.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::document::{Entry, Node, NodeValue};
use crate::key::Key;
use crate::source::{FileLocation, KeyPath, Source, shown_key};
use crate::span::Position;

/// A value, the file, and the keys that lead there.
#[derive(Clone, Debug)]
pub(crate) struct Located<'s> {
    pub(crate) node: &'s Node,
    /// The last key that led there, as written.
    pub(crate) name: &'s str,
    path: &'s str,
    /// The path as it may be shown.
    shown_path: Arc<str>,
    step: Step<'s>,
    parent: Option<Rc<Self>>,
    /// The keys that lead there, once a value below needs them.
    key: OnceCell<KeyPath>,
    position: Position,
}

/// How a value is reached from its parent.
#[derive(Clone, Copy, Debug)]
enum Step<'s> {
    Root,
    /// By its name.
    Key(&'s Key),
    Index(usize),
}

impl<'s> Located<'s> {
    pub(crate) fn root(node: &'s Node, path: &'s str) -> Self {
        Self {
            node,
            name: "",
            path,
            shown_path: FileLocation::shown_path(path),
            step: Step::Root,
            parent: None,
            key: OnceCell::new(),
            position: node.position,
        }
    }

    /// The file's name without its folders.
    pub(crate) fn file_name(&self) -> &'s str {
        self.path.rsplit(['/', '\\']).next().unwrap_or_default()
    }

    /// The file's path.
    pub(crate) fn path(&self) -> &'s str {
        self.path
    }

    /// A member of a map, by its index.
    pub(crate) fn nth(&self, index: usize) -> Option<Self> {
        let entry = self.node.entries()?.get(index)?;
        Some(Rc::new(self.clone()).child(entry))
    }

    pub(crate) fn location(&self) -> FileLocation {
        let key = self.key.get().cloned();
        let key = key.unwrap_or_else(|| self.joined_key());
        FileLocation::in_file(self.shown_path.clone(), Some(self.position), key)
    }

    pub(crate) fn source(&self) -> Source {
        Source::File(self.location())
    }

    /// Where the value came from: the variable that it is, or its location in the file.
    pub(crate) fn origin(&self) -> Source {
        let variable = self
            .node
            .scalar()
            .and_then(|scalar| scalar.variable.clone());
        variable.map_or_else(|| self.source(), Source::ConfigVar)
    }

    /// Another value at the same location.
    pub(crate) fn with<'n>(&self, node: &'n Node) -> Located<'n>
    where
        's: 'n,
    {
        Located {
            node,
            name: self.name,
            path: self.path,
            shown_path: self.shown_path.clone(),
            step: self.step,
            parent: self.parent.clone(),
            key: self.key.clone(),
            position: self.position,
        }
    }

    /// What is under a key; a null is there, too.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let entry = self.node.entry(key)?;
        Some(Rc::new(self.clone()).child(entry))
    }

    /// What is under a key, unless it is null.
    pub(crate) fn given(&self, key: &str) -> Option<Self> {
        self.get(key).filter(|entry| !entry.node.is_null())
    }

    /// The members of a map, in order; none of what is no map.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Self> + use<'s> {
        let parent = Rc::new(self.clone());
        let entries = self.node.entries().unwrap_or_default();
        entries.iter().map(move |entry| parent.child(entry))
    }

    /// The members of a map, or the elements of a list.
    pub(crate) fn members(&self) -> impl Iterator<Item = Self> + use<'s> {
        let elements = match &self.node.value {
            NodeValue::List(nodes) => nodes.as_slice(),
            _ => &[],
        };
        let list = Rc::new(self.clone());
        let elements = elements.iter().enumerate();
        let elements = elements.map(move |(index, node)| list.element_of(index, node));
        self.entries().chain(elements)
    }

    /// Shows it and all that is below it.
    pub(crate) fn visit(&self, show: &mut dyn FnMut(&Self)) {
        show(self);
        self.members().for_each(|member| member.visit(show));
    }

    fn child(self: &Rc<Self>, entry: &'s Entry) -> Self {
        Self {
            node: &entry.node,
            name: &entry.key,
            path: self.path,
            shown_path: self.shown_path.clone(),
            step: Step::Key(&entry.key),
            parent: Some(self.clone()),
            key: OnceCell::new(),
            // A list or a map begins a line further on; its key is where one looks.
            position: match entry.node.value {
                NodeValue::Scalar(_) => entry.node.position,
                _ => entry.key_position,
            },
        }
    }

    /// An element of a list.
    pub(crate) fn element<'n>(&self, index: usize, node: &'n Node) -> Located<'n>
    where
        's: 'n,
    {
        Rc::new(self.clone()).element_of(index, node)
    }

    fn element_of<'n>(self: &Rc<Self>, index: usize, node: &'n Node) -> Located<'n>
    where
        's: 'n,
    {
        Located {
            node,
            name: self.name,
            path: self.path,
            shown_path: self.shown_path.clone(),
            step: Step::Index(index),
            parent: Some(self.clone()),
            key: OnceCell::new(),
            position: node.position,
        }
    }

    pub(crate) fn is_map(&self) -> bool {
        self.node.entries().is_some()
    }

    pub(crate) fn text(&self) -> Option<&'s str> {
        self.node.text()
    }

    /// The keys that lead there, joined by dots.
    pub(crate) fn key(&self) -> &str {
        self.key_path().as_str()
    }

    fn key_path(&self) -> &KeyPath {
        self.key.get_or_init(|| self.joined_key())
    }

    fn joined_key(&self) -> KeyPath {
        let joined = |step| {
            self.parent
                .as_ref()
                .map(|parent| parent.key_path().joined(step))
        };
        let key = match self.step {
            Step::Root => None,
            Step::Key(name) if name.is_word() => joined(name),
            Step::Key(name) => joined(shown_key(name)),
            Step::Index(index) => joined(&format!("[{index}]")),
        };
        key.unwrap_or(KeyPath::empty())
    }
}
