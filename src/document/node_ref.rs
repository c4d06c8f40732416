//! A value of a settings file together with the way to it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use crate::did_you_mean::Letters;
use crate::document::{Entry, Node, NodeValue};
use crate::error::{Error, ErrorKind};
use crate::key::Key;
use crate::source::{Container, FileLocation, KeyPath, Source, ValueSource};
use crate::span::Position;

/// A value, the file, and the keys that lead there.
#[derive(Clone, Debug)]
pub(crate) struct Located<'s> {
    pub(crate) node: &'s Node,
    /// The last key that led there, as written.
    pub(crate) name: &'s str,
    path: &'s str,
    /// The map that has it by its key, or itself.
    within: Arc<Container>,
    key: Option<&'s Key>,
    /// Itself, for what is in it.
    inside: OnceCell<Arc<Container>>,
    position: Position,
}

impl<'s> Located<'s> {
    pub(crate) fn root(node: &'s Node, path: &'s str) -> Self {
        Self {
            node,
            name: "",
            path,
            within: Container::new(FileLocation::shown_path(path), KeyPath::empty()),
            key: None,
            inside: OnceCell::new(),
            position: node.position,
        }
    }

    /// Itself, for what is in it.
    fn inside(&self) -> &Arc<Container> {
        self.inside.get_or_init(|| match self.key {
            Some(_) => self.container(self.key_path()),
            None => self.within.clone(),
        })
    }

    fn container(&self, key: KeyPath) -> Arc<Container> {
        Container::new(self.within.path.clone(), key)
    }

    fn key_path(&self) -> KeyPath {
        match self.key {
            Some(key) => self.within.key.joined(key.shown()),
            None => self.within.key.clone(),
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
        Some(self.child(entry))
    }

    pub(crate) fn location(&self) -> FileLocation {
        FileLocation::in_file(
            self.within.path.clone(),
            Some(self.position),
            self.key_path(),
        )
    }

    pub(crate) fn source(&self) -> Source {
        Source::File(self.location())
    }

    /// An error at the value.
    #[cold]
    pub(crate) fn error(
        &self,
        kind: ErrorKind,
        detail: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Error {
        let error = Error::new(kind, detail).with_help(help);
        error.with_source(&self.source())
    }

    /// Where the value came from: the variable that it is, or its location in the file.
    pub(crate) fn origin(&self) -> Source {
        self.value_source().to_source()
    }

    /// The same, to be kept.
    #[inline]
    pub(crate) fn value_source(&self) -> ValueSource {
        let scalar = self.node.scalar();
        match self.key {
            Some(key) if scalar.is_none_or(|scalar| scalar.variable.is_none()) => {
                ValueSource::Member {
                    map: self.within.clone(),
                    key: key.clone(),
                    position: self.position,
                }
            }
            _ => self.other_source(),
        }
    }

    /// The same of a variable, and of what is no member of a map.
    #[cold]
    fn other_source(&self) -> ValueSource {
        let variable = self
            .node
            .scalar()
            .and_then(|scalar| scalar.variable.as_ref());
        let source = variable.map(|name| Source::ConfigVar(name.to_string()));
        source.unwrap_or_else(|| self.source()).into()
    }

    /// Another value at the same location.
    pub(crate) fn with<'n>(&self, node: &'n Node) -> Located<'n>
    where
        's: 'n,
    {
        let whole = self.clone();
        Located { node, ..whole }
    }

    /// What is under a key; a null is there, too.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let entry = self.node.entry(key)?;
        Some(self.child(entry))
    }

    /// What is under a key, unless it is null.
    pub(crate) fn given(&self, key: &str) -> Option<Self> {
        self.get(key).filter(|entry| !entry.node.is_null())
    }

    /// The members of a map, in order; none of what is no map.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Self> + use<'s> {
        let (path, within) = (self.path, self.inside().clone());
        let entries = self.node.entries().unwrap_or_default();
        entries
            .iter()
            .map(move |entry| Self::member(path, &within, entry))
    }

    /// The members of a map, or the elements of a list.
    pub(crate) fn members(&self) -> impl Iterator<Item = Self> + use<'s> {
        let elements = match &self.node.value {
            NodeValue::List(nodes) => nodes.as_slice(),
            _ => &[],
        };
        let list = self.clone();
        let elements = elements.iter().enumerate();
        let elements = elements.map(move |(index, node)| list.element(index, node));
        self.entries().chain(elements)
    }

    /// Shows it and all that is below it.
    pub(crate) fn visit(&self, show: &mut dyn FnMut(&Self)) {
        show(self);
        self.members().for_each(|member| member.visit(show));
    }

    fn child(&self, entry: &'s Entry) -> Self {
        Self::member(self.path, self.inside(), entry)
    }

    fn member(path: &'s str, within: &Arc<Container>, entry: &'s Entry) -> Self {
        Self {
            node: &entry.node,
            name: &entry.key,
            path,
            within: within.clone(),
            key: Some(&entry.key),
            inside: OnceCell::new(),
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
        Located {
            node,
            name: self.name,
            path: self.path,
            within: self.container(self.key_path().joined(&format!("[{index}]"))),
            key: None,
            inside: OnceCell::new(),
            position: node.position,
        }
    }

    pub(crate) fn is_map(&self) -> bool {
        self.node.entries().is_some()
    }

    pub(crate) fn text(&self) -> Option<&'s str> {
        self.node.text()
    }

    /// The letters of its name.
    pub(crate) fn letters(&self) -> Letters {
        self.key
            .map_or_else(|| Letters::of(self.name), Key::letters)
    }

    /// Its key, if that is what its name is.
    pub(crate) fn key_of(&self, name: &str) -> Option<&'s Key> {
        self.key.filter(|_| std::ptr::eq(self.name, name))
    }

    /// The keys that lead there, joined by dots.
    pub(crate) fn key(&self) -> &str {
        self.inside().key.as_str()
    }
}
