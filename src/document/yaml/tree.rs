//! The table as a tree: aliases filled in, maps merged.

use std::collections::HashMap;

use crate::document::yaml::offsets::PositionOf;
use crate::document::yaml::rejection::malformed;
use crate::document::yaml::table::{Content, Pair, PairKey, Row};
use crate::document::{
    Count, DocumentFailure, Entry, MAX_DEPTH, Node, NodeValue, Scalar, Style, duplicate,
    first_duplicate, too_deep,
};
use crate::key::Key;

/// Maps of at most so many keys are searched one by one; larger ones are worth an index.
const FEW_KEYS: usize = 8;

/// The tree, made of the rows.
pub(super) struct Tree<'p> {
    pub(super) rows: Vec<Row>,
    pub(super) count: Count,
    pub(super) location: PositionOf<'p>,
    /// Whether a duplicate key makes its value unknown, in place of an error.
    pub(super) takes_duplicates: bool,
}

impl Tree<'_> {
    /// A row with all that is in it; of what an alias stands for, too, a copy.
    pub(super) fn node(
        &mut self,
        row: usize,
        depth: usize,
        is_copy: bool,
    ) -> Result<Node, DocumentFailure> {
        let Row {
            content,
            offset,
            is_shared,
        } = &mut self.rows[row];
        let position = (self.location)(*offset);
        let is_copy = is_copy || *is_shared;
        let content = if is_copy {
            content.clone()
        } else {
            std::mem::replace(content, Content::Open)
        };
        if let Content::Alias(target) = content {
            return self.node(target, depth, true);
        }
        let failed = |error| DocumentFailure::new(error, position);
        self.count.one().map_err(failed)?;
        if depth >= MAX_DEPTH && matches!(content, Content::List(_) | Content::Map(_)) {
            return Err(failed(too_deep()));
        }
        let value = match content {
            Content::Scalar(scalar) => {
                self.count.text(scalar.text.expose()).map_err(failed)?;
                NodeValue::Scalar(scalar)
            }
            Content::Map(pairs) => NodeValue::Map(self.map(pairs, depth + 1, is_copy)?.into()),
            Content::List(rows) => {
                let mut nodes = Vec::with_capacity(rows.len());
                for row in rows {
                    let node = self.node(row, depth + 1, is_copy);
                    nodes.push(node.map_err(|failure| failure.under_index(nodes.len()))?);
                }
                NodeValue::List(nodes)
            }
            // Each row is in one location only, and each alias in what is read already.
            Content::Alias(_) | Content::Open => NodeValue::Scalar(Scalar::new("", Style::Plain)),
        };
        Ok(Node { value, position })
    }

    fn map(
        &mut self,
        pairs: Vec<Pair>,
        depth: usize,
        is_copy: bool,
    ) -> Result<Vec<Entry>, DocumentFailure> {
        let explicit = |pair: &Pair| !pair.key.is_merge;
        let named = pairs.iter().filter(|pair| explicit(pair));
        let named: Vec<&PairKey> = named.map(|pair| &pair.key).collect();
        let duplicates = first_duplicate(&named, |key| &key.text);
        let has_duplicates = duplicates.is_some();
        if let Some((second, first)) = duplicates.filter(|_| !self.takes_duplicates) {
            let error = duplicate((self.location)(named[first].offset));
            let PairKey { text, offset, .. } = named[second];
            return Err(DocumentFailure::new(error, (self.location)(*offset)).under(text));
        }
        let mut merged = Merged::default();
        let has_merges = has_duplicates || !pairs.iter().all(explicit);
        merged.entries.reserve_exact(pairs.len());
        for Pair { key, value } in pairs {
            let counted = self.count.text(&key.text);
            counted.map_err(|error| DocumentFailure::new(error, (self.location)(key.offset)))?;
            if key.is_merge {
                for entry in self.merge(value, depth, is_copy)? {
                    merged.take(entry, false);
                }
                continue;
            }
            let node = self
                .node(value, depth, is_copy)
                .map_err(|failure| failure.under(&key.text))?;
            let entry = Entry {
                key_position: (self.location)(key.offset),
                key: key.text,
                node,
            };
            if has_merges {
                merged.take(entry, true);
            } else {
                merged.entries.push(entry);
            }
        }
        Ok(merged.entries)
    }

    /// What a `<<` brings, in the order in which later entries win.
    fn merge(
        &mut self,
        row: usize,
        depth: usize,
        is_copy: bool,
    ) -> Result<Vec<Entry>, DocumentFailure> {
        // A merge is one level deeper, so that a chain of them ends.
        let node = self.node(row, depth, is_copy)?;
        let sources = match node.value {
            NodeValue::List(nodes) => nodes,
            _ => vec![node],
        };
        let mut entries = Vec::new();
        for source in sources.into_iter().rev() {
            if source.is_null() {
                continue;
            }
            let NodeValue::Map(map) = source.value else {
                let error = malformed("expected a map, or a list of maps, after `<<`");
                return Err(DocumentFailure::new(error, source.position));
            };
            entries.extend(map.into_vec());
        }
        Ok(entries)
    }
}

impl Entry {
    /// Another entry of the same key: which of them counts is not known, unless both are the same scalar.
    fn differ_from(&mut self, other: &Self) {
        let texts = self.node.scalar().zip(other.node.scalar());
        let is_same = |(one, other): (&Scalar, &Scalar)| one.text.expose() == other.text.expose();
        if texts.is_some_and(is_same) && self.node.unknown().is_none() {
            return;
        }
        let mut scalar = Scalar::new("", Style::Plain);
        scalar.unknown = Some(duplicate(self.key_position));
        self.node = Node {
            value: NodeValue::Scalar(scalar),
            position: other.key_position,
        };
    }
}

/// The entries of a map with merges.
#[derive(Default)]
struct Merged {
    entries: Vec<Entry>,
    /// Whether the map itself has the key, for each of them.
    explicit: Vec<bool>,
    /// Where a key is, once there are many.
    by_key: HashMap<Key, usize>,
}

impl Merged {
    fn take(&mut self, entry: Entry, is_explicit: bool) {
        match self.find(&entry.key) {
            None => {
                if !self.by_key.is_empty() {
                    self.by_key.insert(entry.key.clone(), self.entries.len());
                }
                self.explicit.push(is_explicit);
                self.entries.push(entry);
            }
            Some(index) if self.explicit[index] => {
                if is_explicit {
                    self.entries[index].differ_from(&entry);
                }
            }
            Some(index) => {
                self.explicit[index] = is_explicit;
                self.entries[index] = entry;
            }
        }
    }

    fn find(&mut self, key: &Key) -> Option<usize> {
        if self.entries.len() <= FEW_KEYS {
            return self.entries.iter().position(|entry| entry.key == *key);
        }
        if self.by_key.is_empty() {
            let keys = self.entries.iter().map(|entry| entry.key.clone());
            self.by_key = keys.zip(0..).collect();
        }
        self.by_key.get(key).copied()
    }
}
