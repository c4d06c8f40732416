//! The store every config is made of: a map from keyword to text, as libpq keeps one.
//!
//! One owned buffer, wiped on drop, holds all the text; a fixed array holds one span per keyword, and a bit per keyword
//! keeps "set but empty" apart from "unset". Parsing copies its input into the buffer once and decodes it in place: a
//! decoded part is never longer than the raw one, so nothing moves and nothing is allocated again. The parameters of a
//! query stay in the buffer as `\0name\0value`, in order, which is where unknown names (extras) live.

use crate::place::Span;
use crate::secret::{Secret, wipe};
use crate::syntax::percent;

/// A finished map of `N` keywords, by index.
#[derive(Clone)]
pub(crate) struct Store<const N: usize> {
    text: Secret,
    spans: [Span; N],
    /// Bit `i`: keyword `i` is set.
    set: u64,
    /// `\0name\0value\0name\0value…`, the parameters of a query or the extras of a built config.
    pairs: Span,
}

impl<const N: usize> Store<N> {
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        (self.set & 1 << index != 0).then(|| &self.text.expose()[self.spans[index].range()])
    }

    /// A bit for each keyword that is set.
    pub(crate) const fn set(&self) -> u64 {
        self.set
    }

    /// The indices of the keywords that are set, in order.
    pub(crate) fn indices(&self) -> impl Iterator<Item = usize> + use<N> {
        bits(self.set)
    }

    /// All parameters of the query, known or not, as name and value.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut parts = self.text.expose()[self.pairs.range()].split('\0').skip(1);
        std::iter::from_fn(move || Some((parts.next()?, parts.next()?)))
    }

    /// Whether the keyword's text stands among the parameters of the query.
    pub(crate) const fn is_from_pairs(&self, index: usize) -> bool {
        self.pairs.contains(self.spans[index]) && !self.pairs.is_empty()
    }

    /// Text at a span that [`Draft::finish`] handed through, such as the scheme.
    pub(crate) fn text_at(&self, span: Span) -> &str {
        &self.text.expose()[span.range()]
    }
}

/// The indices of the bits that are set, in order.
pub(crate) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let index = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (index < u64::BITS).then_some(index as usize)
    })
}

/// A store in the making. Its buffer is wiped, too, when parsing fails.
pub(crate) struct Draft<const N: usize> {
    buffer: Vec<u8>,
    spans: [Span; N],
    set: u64,
    pairs: Span,
}

impl<const N: usize> Draft<N> {
    /// A copy of `text`, with room for `more` bytes to be appended; appending more would leave a copy behind.
    pub(crate) fn copy_of(text: &[u8], more: usize) -> Self {
        let mut buffer = Vec::with_capacity(text.len() + more);
        buffer.extend_from_slice(text);
        Self {
            buffer,
            spans: [Span::default(); N],
            set: 0,
            pairs: Span::default(),
        }
    }

    pub(crate) const fn put(&mut self, index: usize, span: Span) {
        self.spans[index] = span;
        self.set |= 1 << index;
    }

    pub(crate) const fn is_set(&self, index: usize) -> bool {
        self.set & 1 << index != 0
    }

    /// The text put for a keyword, as bytes: it is not known to be UTF-8 before [`finish`](Self::finish).
    pub(crate) fn get(&self, index: usize) -> &[u8] {
        &self.buffer[self.spans[index].range()]
    }

    pub(crate) fn bytes(&self, span: Span) -> &[u8] {
        &self.buffer[span.range()]
    }

    pub(crate) fn bytes_mut(&mut self, span: Span) -> &mut [u8] {
        &mut self.buffer[span.range()]
    }

    /// Percent-decodes a part where it stands.
    pub(crate) fn decode(&mut self, part: Span) -> Result<Span, percent::Failure> {
        let len = percent::decode_in_place(&mut self.buffer[part.range()])?;
        Ok(Span::new(part.start(), part.start() + len))
    }

    /// Appends text that is longer than what it stands for, such as the list of hosts without their ports.
    pub(crate) fn append<'b>(&mut self, pieces: impl Iterator<Item = &'b [u8]>) -> Span {
        self.buffer.push(0);
        let start = self.buffer.len();
        for (index, piece) in pieces.enumerate() {
            if index > 0 {
                self.buffer.push(b',');
            }
            self.buffer.extend_from_slice(piece);
        }
        Span::new(start, self.buffer.len())
    }

    /// Starts the list of pairs at the byte before the first name, a `?`.
    pub(crate) const fn open_pairs(&mut self, at: usize) {
        self.pairs = Span::new(at, at);
    }

    /// Moves a decoded name and value to the end of the list of pairs; both stand behind it.
    pub(crate) fn push_pair(&mut self, name: Span, value: Span) -> (Span, Span) {
        let name = self.push_part(name);
        (name, self.push_part(value))
    }

    fn push_part(&mut self, part: Span) -> Span {
        let at = self.pairs.end();
        // INVARIANT: one delimiter stood before each part, so the list ends before the part begins.
        self.buffer[at] = 0;
        let moved = Span::new(at + 1, at + 1 + part.end() - part.start());
        if moved != part {
            self.buffer.copy_within(part.range(), moved.start());
        }
        self.pairs = Span::new(self.pairs.start(), moved.end());
        moved
    }

    /// Ends the list of pairs; what is left of the text up to `end` is overwritten.
    pub(crate) fn close_pairs(&mut self, end: usize) {
        let written = self.pairs.end();
        self.buffer[written..end].fill(0);
    }

    /// The finished store; or, where the text is not UTF-8, the keyword whose text is not, if it is a keyword's.
    pub(crate) fn finish(mut self) -> Result<Store<N>, Option<usize>> {
        match String::from_utf8(std::mem::take(&mut self.buffer)) {
            Ok(text) => Ok(Store {
                text: Secret::new(text),
                spans: self.spans,
                set: self.set,
                pairs: self.pairs,
            }),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                wipe(error.into_bytes());
                Err(bits(self.set).find(|&index| self.spans[index].range().contains(&at)))
            }
        }
    }

    /// A store of given values and extras, laid out one after the other.
    pub(crate) fn build(prefix: &str, values: &[(usize, &str)], extras: &[(&str, &str)]) -> Self {
        let len = prefix.len()
            + values
                .iter()
                .map(|(_, value)| value.len() + 1)
                .sum::<usize>()
            + extras
                .iter()
                .map(|(name, value)| name.len() + value.len() + 2)
                .sum::<usize>();
        let mut draft = Self::copy_of(prefix.as_bytes(), len - prefix.len());
        for &(index, value) in values {
            let span = draft.append(std::iter::once(value.as_bytes()));
            draft.put(index, span);
        }
        let start = draft.buffer.len();
        for (name, value) in extras {
            draft.append(std::iter::once(name.as_bytes()));
            draft.append(std::iter::once(value.as_bytes()));
        }
        draft.pairs = Span::new(start, draft.buffer.len());
        draft
    }
}

impl<const N: usize> Drop for Draft<N> {
    fn drop(&mut self) {
        wipe(std::mem::take(&mut self.buffer));
    }
}
