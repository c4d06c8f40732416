//! The tree: values with their locations, and the members of a map in the order that it is written.

use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::Error;
use crate::key::Key;
use crate::secret::SecretPiece;
use crate::sorted;
use crate::span::Position;

/// A value, and where it is.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) value: NodeValue,
    pub(crate) position: Position,
}

/// A scalar, a list, or a map in the order that it is written.
#[derive(Clone, Debug)]
pub(crate) enum NodeValue {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Entries),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) key_position: Position,
    pub(crate) node: Node,
}

/// A string, and how it was written.
#[derive(Clone, Debug)]
pub(crate) struct Scalar {
    pub(crate) text: SecretPiece,
    pub(crate) style: Style,
    /// The variable whose value the whole text is.
    pub(crate) variable: Option<Box<str>>,
    /// Why the value is not known; there is no text then.
    pub(crate) unknown: Option<Error>,
}

/// How a scalar was written, which decides whether it may be a number or a word such as `true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// JSON's `null`, numbers, `true` and `false`; YAML without quotation marks. Nothing at all is null.
    Plain,
    /// A string, whatever it looks like.
    Quoted,
    /// As plain, but a variable filled it in: it may be a number, and is never null.
    Filled,
}

/// What a plain scalar is, by YAML's core schema, which agrees with JSON.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ScalarKind {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text,
}

impl Node {
    /// The value of a key; `None` for what is no map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        Some(&self.entry(key)?.node)
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            NodeValue::Map(entries) => entries.find(key),
            _ => None,
        }
    }

    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        match &self.value {
            NodeValue::Map(entries) => Some(entries),
            _ => None,
        }
    }

    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match &self.value {
            NodeValue::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.scalar().is_some_and(Scalar::is_null)
    }

    /// The text of a scalar that is not null, as it was written.
    pub(crate) fn text(&self) -> Option<&str> {
        let scalar = self.scalar().filter(|scalar| !scalar.is_null())?;
        scalar.unknown.is_none().then(|| scalar.text.expose())
    }

    /// Shows it and all that is below it.
    pub(crate) fn visit(&self, show: &mut dyn FnMut(&Self)) {
        show(self);
        match &self.value {
            NodeValue::Scalar(_) => {}
            NodeValue::List(nodes) => nodes.iter().for_each(|node| node.visit(show)),
            NodeValue::Map(entries) => entries.iter().for_each(|entry| entry.node.visit(show)),
        }
    }

    /// Why the value of a scalar is not known.
    pub(crate) fn unknown(&self) -> Option<&Error> {
        self.scalar()?.unknown.as_ref()
    }
}

impl Scalar {
    pub(crate) fn new(text: impl Into<SecretPiece>, style: Style) -> Self {
        Self {
            text: text.into(),
            style,
            variable: None,
            unknown: None,
        }
    }

    #[inline]
    pub(crate) fn is_null(&self) -> bool {
        self.style == Style::Plain
            && self.unknown.is_none()
            && matches!(self.text.expose(), "" | "~" | "null" | "Null" | "NULL")
    }

    pub(crate) fn kind(&self) -> ScalarKind {
        if self.style == Style::Quoted || self.unknown.is_some() {
            return ScalarKind::Text;
        }
        let text = self.text.expose();
        match text {
            _ if self.is_null() => return ScalarKind::Null,
            "true" | "True" | "TRUE" => return ScalarKind::Bool(true),
            "false" | "False" | "FALSE" => return ScalarKind::Bool(false),
            _ => {}
        }
        // A leading zero is a number in other bases for some readers, and text here.
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text).as_bytes();
        let is_number = match digits {
            [b'0', b'0'..=b'9', ..] | [] => false,
            [b'.', first, ..] | [first, ..] => first.is_ascii_digit(),
        };
        if !is_number {
            return ScalarKind::Text;
        }
        if let Ok(number) = text.parse() {
            return ScalarKind::Integer(number);
        }
        let is_number = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() && text.bytes().all(is_number) => {
                ScalarKind::Float(number)
            }
            _ => ScalarKind::Text,
        }
    }
}

/// Maps of at most so many members are searched one by one; so are larger ones, so many times.
const FEW: usize = 32;

/// The members of a map. One that is asked again and again, as a file of many environments is for each of them, makes an index.
#[derive(Debug)]
pub(crate) struct Entries {
    list: Vec<Entry>,
    /// Of more than a [few](FEW).
    index: Option<Box<Index>>,
}

#[derive(Debug, Default)]
struct Index {
    searches: AtomicUsize,
    /// The indices of the members in the order of their keys, once it is worth it.
    order: OnceLock<Vec<usize>>,
}

impl Entries {
    /// The first member of a key.
    pub(crate) fn find(&self, key: &str) -> Option<&Entry> {
        let is_searched = |index: &Index| {
            index.order.get().is_some() || index.searches.fetch_add(1, Ordering::Relaxed) >= FEW
        };
        let Some(index) = self.index.as_ref().filter(|index| is_searched(index)) else {
            return self.list.iter().find(|entry| entry.key == *key);
        };
        let name = |at: &usize| &*self.list[*at].key;
        let compare = |one: usize, other: usize| name(&one).cmp(name(&other));
        let order = || sorted::order(self.list.len(), &compare);
        let order = index.order.get_or_init(order);
        let found = order.get(order.partition_point(|at| name(at) < key));
        let found = found.map(|at| &self.list[*at]);
        found.filter(|entry| entry.key == *key)
    }

    pub(crate) fn into_vec(self) -> Vec<Entry> {
        self.list
    }
}

impl From<Vec<Entry>> for Entries {
    fn from(list: Vec<Entry>) -> Self {
        let index = (list.len() > FEW).then(Box::default);
        Self { list, index }
    }
}

impl Clone for Entries {
    fn clone(&self) -> Self {
        self.list.clone().into()
    }
}

impl Deref for Entries {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.list
    }
}

impl DerefMut for Entries {
    fn deref_mut(&mut self) -> &mut [Entry] {
        // A key may change.
        if let Some(index) = &mut self.index {
            index.order.take();
        }
        &mut self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Node, NodeValue, Scalar, Style};
    use crate::span::Position;

    #[test]
    fn the_first_member_of_a_key_is_found_each_time() {
        let position = Position::new(1, 1);
        let entry = |number: usize| Entry {
            key: format!("key{}", number % 60).as_str().into(),
            key_position: position,
            node: Node {
                value: NodeValue::Scalar(Scalar::new(number.to_string(), Style::Plain)),
                position,
            },
        };
        for len in [0, 1, FEW, FEW + 1, 100] {
            let entries = Entries::from((0..len).map(entry).collect::<Vec<_>>());
            for number in (0..120).chain(0..120) {
                let key = format!("key{number}");
                let first = entries.iter().find(|entry| *entry.key == *key);
                let found = entries.find(&key);
                assert_eq!(found.map(std::ptr::from_ref), first.map(std::ptr::from_ref));
            }
        }
        let mut entries = Entries::from((0..100).map(entry).collect::<Vec<_>>());
        (0..100).for_each(|_| assert!(entries.find("key5").is_some()));
        entries[5].key = "other".into();
        let found = entries.find("key5").and_then(|entry| entry.node.text());
        assert_eq!(found, Some("65"));
    }
}
