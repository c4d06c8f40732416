//! The values of all settings so far, each with its source and what lost.

use crate::error::Error;
use crate::secret::{Secret, SecretStr};
use crate::source::{Provenance, Source};
use crate::span::Component;
use crate::{mysql, postgres};

use super::completed::{Field, from};

/// The name of a setting, of one engine.
pub(super) trait SlotKey: Copy + 'static {
    const ALL: &'static [Self];

    fn index(self) -> usize;

    fn part(self) -> Component;
}

macro_rules! keys {
    ($($keyword:ty),*) => {
        $(impl SlotKey for $keyword {
            const ALL: &'static [Self] = Self::ALL;

            fn index(self) -> usize {
                self as usize
            }

            fn part(self) -> Component {
                self.component()
            }
        })*
    };
}

keys!(postgres::Keyword, mysql::Keyword);

/// A setting's value so far.
#[derive(Default)]
struct Slot {
    value: Option<Secret>,
    /// `None`: the string.
    from: Option<Provenance>,
    lost: Vec<Source>,
    is_default: bool,
}

/// The values of all settings, by index.
pub(super) struct Slots<K: 'static> {
    slots: Vec<Slot>,
    keys: &'static [K],
}

impl<K: SlotKey> Slots<K> {
    /// What the string gives.
    pub(super) fn of<'c>(get: impl Fn(K) -> Option<SecretStr<'c>>) -> Self {
        let slot = |&key: &K| Slot {
            value: get(key).map(SecretStr::to_secret),
            ..Slot::default()
        };
        Self {
            slots: K::ALL.iter().map(slot).collect(),
            keys: K::ALL,
        }
    }

    /// The value of a setting; set but empty is a value.
    pub(super) fn text(&self, key: K) -> Option<&str> {
        self.slots[key.index()].value.as_ref().map(Secret::expose)
    }

    /// The text of a setting, where that is not empty.
    pub(super) fn given(&self, key: K) -> Option<&str> {
        self.text(key).filter(|text| !text.is_empty())
    }

    /// The source of a value that did not come with the string.
    pub(super) fn source(&self, key: K) -> Option<&Source> {
        let from = self.slots[key.index()].from.as_ref();
        from.map(Provenance::source)
    }

    /// Whether the string gives it.
    pub(super) fn is_own(&self, key: K) -> bool {
        self.text(key).is_some() && self.source(key).is_none()
    }

    /// Sets what has no value; else the source lost.
    pub(super) fn offer(&mut self, key: K, value: &str, source: Source) {
        let slot = &mut self.slots[key.index()];
        if slot.value.is_none() {
            (slot.value, slot.from) = (Some(value.into()), Some(from(source)));
        } else {
            slot.lost.push(source);
        }
    }

    /// Notes a source that lost.
    pub(super) fn lost(&mut self, key: K, source: Source) {
        self.slots[key.index()].lost.push(source);
    }

    /// Sets what is empty or unset.
    pub(super) fn replace(&mut self, key: K, value: &str, from: Provenance) {
        let slot = &mut self.slots[key.index()];
        let empty = slot.from.take().map(|from| from.source().clone());
        slot.lost.extend(empty.filter(|_| slot.value.is_some()));
        (slot.value, slot.from) = (Some(value.into()), Some(from));
        slot.is_default = false;
    }

    /// Sets what is empty or unset to the client's default.
    pub(super) fn replace_by_default(&mut self, key: K, value: &str) {
        self.replace(key, value, from(Source::Default));
        self.slots[key.index()].is_default = true;
    }

    /// Takes an added value back, because of `winner`.
    pub(super) fn yields(&mut self, key: K, winner: K) {
        let slot = std::mem::take(&mut self.slots[key.index()]);
        let lost = slot.from.map(|from| from.source().clone());
        let winner = &mut self.slots[winner.index()].lost;
        winner.extend(lost.into_iter().chain(slot.lost));
    }

    /// Sets what has no value to the client's default.
    pub(super) fn default(&mut self, key: K, value: &str) {
        let slot = &mut self.slots[key.index()];
        if slot.value.is_none() {
            (slot.value, slot.from) = (Some(value.into()), Some(from(Source::Default)));
            slot.is_default = true;
        }
    }

    /// What was added to the string, without defaults.
    pub(super) fn added(&self) -> impl Iterator<Item = (K, &str)> {
        let keys = self.keys.iter().filter(|key| self.source(**key).is_some());
        keys.filter_map(|&key| Some((key, self.text(key)?)))
    }

    /// An error about a setting, with the source of its value.
    pub(super) fn blame(&self, error: Error) -> Error {
        let mut keys = self.keys.iter();
        let wrong = keys.find(|key| error.component() == Some(key.part()));
        match wrong.and_then(|&key| self.source(key)) {
            Some(source) => error.with_source(source),
            None => error,
        }
    }

    /// Everything that has a value, in order.
    pub(super) fn fields(self) -> Vec<Field> {
        let field = |(slot, key): (Slot, &K)| {
            Some(Field {
                name: key.part().as_str(),
                value: slot.value?,
                from: slot.from,
                lost: slot.lost,
                is_default: slot.is_default,
            })
        };
        self.slots
            .into_iter()
            .zip(self.keys)
            .filter_map(field)
            .collect()
    }
}
