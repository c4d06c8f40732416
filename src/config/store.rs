//! The store every config is made of: a map from keyword to text, as libpq keeps one.
//!
//! One owned buffer, wiped on drop, holds all the text; a fixed array holds one span per keyword, and a bit per keyword
//! keeps "set but empty" apart from "unset". Parsing copies its input into the buffer once and decodes it in place: a
//! decoded part is never longer than the raw one, so nothing moves and nothing is allocated again. Most texts hold no
//! escape at all: their copy is never edited, so it never stops being a `String` and needs no second look at its UTF-8.
//! The parameters of a query stay in the buffer, in order, which is where unknown names (extras) live.

use std::hash::{Hash, Hasher};
use std::str::Utf8Error;

use memchr::memchr;

use crate::secret::{Secret, wipe};
use crate::span::Span;

/// A finished map of `N` keywords, by index.
#[derive(Clone)]
pub(crate) struct Store<const N: usize> {
    text: Secret,
    spans: [Span; N],
    /// Bit `i`: keyword `i` is set.
    set: u64,
    /// The parameters of a query or the extras of a built config: `\0name\0value\0name\0value…`, or the query as it
    /// was written, `?name=value&name=value…`, where nothing in it is escaped.
    pairs: Span,
    pairs_are_raw: bool,
}

impl<const N: usize> Store<N> {
    /// Nothing set: what a [`Draft`] fills.
    pub(crate) const fn empty() -> Self {
        Self {
            text: Secret::new(String::new()),
            spans: [Span::new(0, 0); N],
            set: 0,
            pairs: Span::new(0, 0),
            pairs_are_raw: false,
        }
    }

    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        (self.set & 1 << index != 0).then(|| &self.text.expose()[self.spans[index].range()])
    }

    /// The value of a keyword as bytes.
    pub(crate) fn bytes(&self, index: usize) -> Option<&[u8]> {
        let text = self.text.expose().as_bytes();
        (self.set & 1 << index != 0).then(|| &text[self.spans[index].range()])
    }

    /// A bit for each keyword that is set.
    pub(crate) const fn set(&self) -> u64 {
        self.set
    }

    /// The indices of the keywords that are set, in order.
    pub(crate) fn indices(&self) -> impl Iterator<Item = usize> + use<N> {
        bits(self.set)
    }

    /// Hashes what [`has_values_of`](Self::has_values_of) compares.
    pub(crate) fn hash_values(&self, state: &mut impl Hasher) {
        self.indices()
            .for_each(|index| (index, self.get(index)).hash(state));
    }

    /// Whether both set the same keywords to the same values.
    pub(crate) fn has_values_of(&self, other: &Self) -> bool {
        let is_same = |index| self.get(index) == other.get(index);
        self.set == other.set && self.indices().all(is_same)
    }

    /// All parameters of the query, known or not, as name and value.
    pub(crate) fn pairs(&self) -> Pairs<'_> {
        // The first byte is a delimiter, too.
        let list = self.pairs.start() + 1..self.pairs.end();
        Pairs {
            rest: self.text.expose().get(list).unwrap_or_default(),
            raw: self.pairs_are_raw,
        }
    }

    /// Text at a span that [`Draft::finish`] handed through, such as the scheme.
    pub(crate) fn text_at(&self, span: Span) -> &str {
        &self.text.expose()[span.range()]
    }
}

/// The pairs of a store; a type without `N`, so that what is made of it is compiled once.
pub(crate) struct Pairs<'s> {
    rest: &'s str,
    raw: bool,
}

impl<'s> Iterator for Pairs<'s> {
    type Item = (&'s str, &'s str);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        if self.raw {
            // `a&&b` has two parameters, and neither of them a value.
            let rest = self.rest.trim_start_matches('&');
            let (pair, next) = split(rest, b'&');
            self.rest = next;
            return (!pair.is_empty()).then(|| split(pair, b'='));
        }
        let end = memchr(0, self.rest.as_bytes())?;
        let (name, rest) = (&self.rest[..end], &self.rest[end + 1..]);
        let (value, next) = split(rest, 0);
        self.rest = next;
        Some((name, value))
    }
}

/// What comes before an ASCII character, and what follows it, which is nothing where there is none.
fn split(text: &str, at: u8) -> (&str, &str) {
    let end = memchr(at, text.as_bytes());
    end.map_or((text, ""), |end| (&text[..end], &text[end + 1..]))
}

/// The indices of the bits that are set, in order.
pub(crate) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let index = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (index < u64::BITS).then_some(index as usize)
    })
}

/// A store in the making: it lends the store, so that nothing of its size is ever moved, and hands the buffer over at the
/// end. Until then the buffer is the draft's, which wipes it when parsing fails.
pub(crate) struct Draft<'s, const N: usize> {
    buffer: Buffer,
    store: &'s mut Store<N>,
}

/// The text of a draft.
enum Buffer {
    /// Nothing in it is escaped, so it is only added to.
    Text(String),
    /// It is decoded in place, and not known to be UTF-8 before the end.
    Bytes(Vec<u8>),
}

impl Buffer {
    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// How much can be appended where the buffer is.
    fn room(&self) -> usize {
        match self {
            Self::Text(text) => text.capacity() - text.len(),
            Self::Bytes(bytes) => bytes.capacity() - bytes.len(),
        }
    }

    fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Text(String::new()))
    }

    /// Adds a piece after an ASCII character.
    #[inline]
    fn push(&mut self, separator: u8, piece: &str) {
        // INVARIANT: a buffer that grew would leave a copy of a secret.
        debug_assert!(
            self.room() > piece.len(),
            "the capacity was reserved when the input was copied"
        );
        match self {
            Self::Text(text) => {
                text.push(char::from(separator));
                text.push_str(piece);
            }
            Self::Bytes(bytes) => {
                bytes.push(separator);
                bytes.extend_from_slice(piece.as_bytes());
            }
        }
    }
}

impl<'s, const N: usize> Draft<'s, N> {
    /// A draft without text, which comes with [`copy`](Self::copy), when it is known how much is needed.
    pub(crate) const fn new(store: &'s mut Store<N>) -> Self {
        Self {
            buffer: Buffer::Text(String::new()),
            store,
        }
    }

    /// Copies `text`, with capacity for `more` bytes to be appended; appending more would leave a copy in memory. Unless the
    /// text is `plain`, parts of it can be decoded.
    #[inline]
    pub(crate) fn copy(&mut self, text: &str, more: usize, plain: bool) {
        let mut copy = String::with_capacity(text.len() + more);
        copy.push_str(text);
        self.buffer = if plain {
            Buffer::Text(copy)
        } else {
            Buffer::Bytes(copy.into_bytes())
        };
    }

    pub(crate) const fn put(&mut self, index: usize, span: Span) {
        self.store.spans[index] = span;
        self.store.set |= 1 << index;
    }

    /// A bit for each keyword that is set.
    pub(crate) const fn set(&self) -> u64 {
        self.store.set
    }

    pub(crate) const fn is_set(&self, index: usize) -> bool {
        self.store.set & 1 << index != 0
    }

    /// The text put for a keyword, as bytes: it is not known to be UTF-8 before [`finish`](Self::finish).
    pub(crate) fn get(&self, index: usize) -> &[u8] {
        self.bytes(self.store.spans[index])
    }

    pub(crate) fn bytes(&self, span: Span) -> &[u8] {
        &self.buffer.as_bytes()[span.range()]
    }

    /// A span as text: what was decoded may not be UTF-8.
    pub(crate) fn str(&self, span: Span) -> Result<&str, Utf8Error> {
        match &self.buffer {
            Buffer::Text(text) => Ok(&text[span.range()]),
            Buffer::Bytes(bytes) => std::str::from_utf8(&bytes[span.range()]),
        }
    }

    /// Edits a part in its buffer: `edit` returns its new length. A plain text has nothing to edit.
    pub(crate) fn edit<E>(
        &mut self,
        part: Span,
        edit: impl FnOnce(&mut [u8]) -> Result<usize, E>,
    ) -> Result<Span, E> {
        match &mut self.buffer {
            Buffer::Text(_) => Ok(part),
            Buffer::Bytes(bytes) => {
                let len = edit(&mut bytes[part.range()])?;
                Ok(Span::new(part.start(), part.start() + len))
            }
        }
    }

    /// Appends text that is longer than what it stands for, such as the list of hosts without their ports.
    pub(crate) fn append<'b>(&mut self, pieces: impl Iterator<Item = &'b str>) -> Span {
        let start = self.buffer.as_bytes().len() + 1;
        let mut pieces = pieces;
        if let Some(first) = pieces.next() {
            self.buffer.push(0, first);
        }
        pieces.for_each(|piece| self.buffer.push(b',', piece));
        Span::new(start, self.buffer.as_bytes().len())
    }

    /// Starts the list of pairs at a query; its first name follows the `?`.
    pub(crate) const fn open_pairs(&mut self, query: Span) {
        let before = query.start() - 1;
        self.store.pairs_are_raw = matches!(self.buffer, Buffer::Text(_));
        let end = if self.store.pairs_are_raw {
            query.end()
        } else {
            before
        };
        self.store.pairs = Span::new(before, end);
    }

    /// Moves a decoded name and value to the end of the list of pairs; both follow it. What was not decoded stays.
    pub(crate) fn push_pair(&mut self, name: Span, value: Span) -> (Span, Span) {
        let Buffer::Bytes(buffer) = &mut self.buffer else {
            return (name, value);
        };
        let pairs = &mut self.store.pairs;
        let mut push = |part: Span| {
            let at = pairs.end();
            // INVARIANT: one delimiter stood before each part, so the list ends before the part begins.
            buffer[at] = 0;
            let moved = Span::new(at + 1, at + 1 + part.end() - part.start());
            if moved != part {
                buffer.copy_within(part.range(), moved.start());
            }
            *pairs = Span::new(pairs.start(), moved.end());
            moved
        };
        (push(name), push(value))
    }

    /// Ends the list of pairs; the rest of the text up to `end` is overwritten.
    pub(crate) fn close_pairs(&mut self, end: usize) {
        if let Buffer::Bytes(buffer) = &mut self.buffer {
            buffer[self.store.pairs.end()..end].fill(0);
        }
    }

    /// Starts a list of pairs after the text, for queries whose parameters may lack a value.
    pub(crate) fn open_pairs_after(&mut self) {
        let end = self.buffer.as_bytes().len();
        self.store.pairs_are_raw = false;
        self.store.pairs = Span::new(end, end);
    }

    /// Adds a copy of a decoded name and value to that list, which nothing else was added to yet.
    pub(crate) fn append_pair(&mut self, name: Span, value: Span) {
        let Buffer::Bytes(buffer) = &mut self.buffer else {
            return;
        };
        for part in [name, value] {
            debug_assert!(
                buffer.capacity() - buffer.len() > part.range().len(),
                "the capacity was reserved when the input was copied"
            );
            buffer.push(0);
            buffer.extend_from_within(part.range());
        }
        self.store.pairs = Span::new(self.store.pairs.start(), buffer.len());
    }

    /// The list of pairs as it is, one span for each name and value, in order.
    pub(crate) fn pair_at(&self, at: usize) -> (Span, Span) {
        let bytes = self.buffer.as_bytes();
        let part = |start: usize| {
            let len = memchr(0, &bytes[start..]).unwrap_or(bytes.len() - start);
            Span::new(start, start + len)
        };
        let name = part(at + 1);
        (name, part(name.end() + 1))
    }

    /// Where the list of pairs begins.
    pub(crate) const fn pairs_start(&self) -> usize {
        self.store.pairs.start()
    }

    /// Hands the buffer over to the store, with what is at `scheme` in lower case. Where the text is not UTF-8, the
    /// error is the keyword whose text is not, if it is a keyword's.
    #[inline]
    pub(crate) fn finish(&mut self, scheme: Span) -> Result<&Store<N>, Option<usize>> {
        let mut text = match self.buffer.take() {
            Buffer::Text(text) => text,
            Buffer::Bytes(bytes) => String::from_utf8(bytes).map_err(|error| {
                let at = error.utf8_error().valid_up_to();
                wipe(error.into_bytes());
                bits(self.store.set).find(|&index| self.store.spans[index].range().contains(&at))
            })?,
        };
        if !scheme.is_empty() {
            text[scheme.range()].make_ascii_lowercase();
        }
        self.store.text.fill(text);
        Ok(self.store)
    }
}

impl<const N: usize> Drop for Draft<'_, N> {
    fn drop(&mut self) {
        match self.buffer.take() {
            Buffer::Text(text) => wipe(text.into_bytes()),
            Buffer::Bytes(bytes) => wipe(bytes),
        }
    }
}

impl<const N: usize> Store<N> {
    /// A store of given values and extras, laid out one after the other.
    pub(crate) fn build(prefix: &str, values: &[(usize, &str)], extras: &[(&str, &str)]) -> Self {
        let values_len: usize = values.iter().map(|(_, value)| value.len() + 1).sum();
        let extras_len: usize = extras
            .iter()
            .map(|(name, value)| name.len() + value.len() + 2)
            .sum();
        let mut text = String::with_capacity(prefix.len() + values_len + extras_len);
        text.push_str(prefix);
        let mut store = Self::empty();
        let mut put = |value: &str| {
            text.push('\0');
            let start = text.len();
            text.push_str(value);
            Span::new(start, text.len())
        };
        for &(index, value) in values {
            store.spans[index] = put(value);
            store.set |= 1 << index;
        }
        for (name, value) in extras {
            put(name);
            put(value);
        }
        store.pairs = Span::new(prefix.len() + values_len, text.len());
        store.text = Secret::new(text);
        store
    }

    /// Adds a pair to the end of the list, in amortized linear time; `scheme` is what the text begins with.
    pub(crate) fn push_pair(&mut self, scheme: Span, name: &str, value: &str) {
        if self.pairs_are_raw || self.pairs.is_empty() || self.pairs.end() != self.text.len() {
            let values: Vec<_> = self
                .indices()
                .filter_map(|index| Some((index, self.get(index)?)))
                .collect();
            let pairs: Vec<_> = self.pairs().collect();
            *self = Self::build(self.text_at(scheme), &values, &pairs);
        }
        self.text.append(&["\0", name, "\0", value]);
        self.pairs = Span::new(self.pairs.start(), self.text.len());
    }
}
