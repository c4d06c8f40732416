//! Tables of names: in order, searched by the first bytes of a name as a number, or in any order, where the first two letters
//! tell that most strings are not in them.

use std::cmp::Ordering;

/// The first eight bytes of a name, in a number of the same order.
const fn head(name: &[u8]) -> u64 {
    let (mut head, mut at) = (0, 0);
    while at < 8 {
        let byte = if at < name.len() { name[at] } else { 0 };
        head = head << 8 | byte as u64;
        at += 1;
    }
    head
}

/// The heads of a table's names, for [`find`].
pub(crate) const fn heads<T, const N: usize>(rows: &[(&str, T)]) -> [u64; N] {
    let (mut heads, mut row) = ([0; N], 0);
    while row < N {
        heads[row] = head(rows[row].0.as_bytes());
        row += 1;
    }
    heads
}

/// The pairs of letters, of any case, that the names of a table begin with: a bit for each.
#[derive(Clone, Copy)]
pub(crate) struct Starts([u32; 32]);

impl Starts {
    pub(crate) const fn of<T>(rows: &[(&str, T)]) -> Self {
        let (mut starts, mut row) = ([0; 32], 0);
        while row < rows.len() {
            let name = rows[row].0.as_bytes();
            starts[(name[0] & 31) as usize] |= 1 << (name[1] & 31);
            row += 1;
        }
        Self(starts)
    }

    /// Whether a string may begin with a name.
    pub(crate) fn may_begin(&self, text: &[u8]) -> bool {
        matches!(text, [first, second, ..] if self.0[usize::from(first & 31)] & 1 << (second & 31) != 0)
    }
}

/// The indices of a list, in the order of its elements.
pub(crate) fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<_> = (0..len).collect();
    order.sort_by(|&one, &other| compare(one, other));
    order
}

/// A list in order, those that are alike in their order so far. `sort_by` would be compiled for every type again.
pub(crate) fn by<T>(list: Vec<T>, compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    let order = order(list.len(), &|one, other| compare(&list[one], &list[other]));
    let mut list: Vec<_> = list.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| list[at].take()).collect()
}

/// The row of a name.
pub(crate) fn find<'r, T>(rows: &'r [(&str, T)], heads: &[u64], name: &[u8]) -> Option<&'r T> {
    let head = match name.first_chunk() {
        Some(first) => u64::from_be_bytes(*first),
        None => head(name),
    };
    let first = heads.partition_point(|&known| known < head);
    let alike = heads[first..].iter().take_while(|&&known| known == head);
    let mut rows = rows[first..].iter().take(alike.count());
    let found = rows.find(|(known, _)| known.as_bytes() == name)?;
    Some(&found.1)
}

/// Two tables as one, in order.
pub(crate) const fn merged<T: Copy, const N: usize>(
    first: &[(&'static str, T)],
    second: &[(&'static str, T)],
) -> [(&'static str, T); N] {
    let (mut rows, mut row) = ([first[0]; N], 0);
    while row < N {
        let new = if row < first.len() {
            first[row]
        } else {
            second[row - first.len()]
        };
        let mut at = row;
        while at > 0 && is_before(new.0.as_bytes(), rows[at - 1].0.as_bytes()) {
            rows[at] = rows[at - 1];
            at -= 1;
        }
        rows[at] = new;
        row += 1;
    }
    rows
}

const fn is_before(name: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() && at < other.len() && name[at] == other[at] {
        at += 1;
    }
    at < other.len() && (at == name.len() || name[at] < other[at])
}
