//! The members of a map, in the order that it is written.

use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::document::Entry;

/// Maps of at most so many members are searched one by one; so are larger ones, so many times.
const FEW: usize = 32;

/// The members of a map. One that is asked again and again, as a file of many environments is for each of them, makes an index.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    list: Vec<Entry>,
    searches: AtomicUsize,
    first: OnceLock<HashMap<String, usize>>,
}

impl Entries {
    /// The first member of a key.
    pub(crate) fn find(&self, key: &str) -> Option<&Entry> {
        let is_searched = || self.searches.fetch_add(1, Ordering::Relaxed) < FEW;
        if self.list.len() <= FEW || self.first.get().is_none() && is_searched() {
            return self.list.iter().find(|entry| entry.key == key);
        }
        let index = self.first.get_or_init(|| {
            let keys = self.list.iter().enumerate().rev();
            keys.map(|(at, entry)| (entry.key.clone(), at)).collect()
        });
        index.get(key).map(|at| &self.list[*at])
    }

    pub(crate) fn into_vec(self) -> Vec<Entry> {
        self.list
    }
}

impl From<Vec<Entry>> for Entries {
    fn from(list: Vec<Entry>) -> Self {
        Self {
            list,
            ..Self::default()
        }
    }
}

impl Clone for Entries {
    fn clone(&self) -> Self {
        self.list.clone().into()
    }
}

impl PartialEq for Entries {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Eq for Entries {}

impl Deref for Entries {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.list
    }
}

impl DerefMut for Entries {
    fn deref_mut(&mut self) -> &mut [Entry] {
        // A key may change.
        self.first.take();
        &mut self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Node, Scalar, Style, Value};
    use crate::span::Position;

    #[test]
    fn the_first_member_of_a_key_is_found_each_time() {
        let position = Position::new(1, 1);
        let entry = |number: usize| Entry {
            key: format!("key{}", number % 60),
            key_position: position,
            node: Node {
                value: Value::Scalar(Scalar::new(number.to_string(), Style::Plain)),
                position,
            },
        };
        for len in [0, 1, FEW, FEW + 1, 100] {
            let entries = Entries::from((0..len).map(entry).collect::<Vec<_>>());
            for number in (0..120).chain(0..120) {
                let key = format!("key{number}");
                let first = entries.iter().find(|entry| entry.key == key);
                let found = entries.find(&key);
                assert_eq!(found.map(std::ptr::from_ref), first.map(std::ptr::from_ref));
            }
        }
        let mut entries = Entries::from((0..100).map(entry).collect::<Vec<_>>());
        (0..100).for_each(|_| assert!(entries.find("key5").is_some()));
        entries[5].key = "other".to_owned();
        let found = entries.find("key5").and_then(|entry| entry.node.text());
        assert_eq!(found, Some("65"));
    }
}
