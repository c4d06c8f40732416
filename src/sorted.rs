//! Tables of names, with an index of all, or where the first two letters tell that most strings are not in them; and lists in
//! the order of their elements.

use std::cmp::Ordering;

/// Where the names of a table are: the row of each, counted from 1, at the slot of its hash or after it.
pub(crate) struct Index<const SLOTS: usize>([u16; SLOTS]);

impl<const SLOTS: usize> Index<SLOTS> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "there are some hundreds of rows"
    )]
    pub(crate) const fn of<T>(rows: &[(&str, T)]) -> Self {
        assert!(
            2 * rows.len() <= SLOTS,
            "most slots after a hash are to be free"
        );
        let (mut rows_at, mut row) = ([0; SLOTS], 0);
        while row < rows.len() {
            let mut slot = Self::slot(rows[row].0.as_bytes());
            while rows_at[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            row += 1;
            rows_at[slot] = row as u16;
        }
        Self(rows_at)
    }

    /// The row of a name.
    pub(crate) fn find<'r, T>(&self, rows: &'r [(&str, T)], name: &[u8]) -> Option<&'r T> {
        let mut slot = Self::slot(name);
        loop {
            let (known, found) = rows.get(usize::from(self.0[slot]).checked_sub(1)?)?;
            if is_same(known.as_bytes(), name) {
                return Some(found);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// By the length and three bytes, which few names share.
    const fn slot(name: &[u8]) -> usize {
        let len = name.len();
        if len == 0 {
            return 0;
        }
        let [third, half, last] = [name[len / 3], name[len / 2], name[len - 1]];
        let mixed = len as u64 | (third as u64) << 8 | (half as u64) << 16 | (last as u64) << 24;
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize % SLOTS
    }
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

/// Whether two names are the same: most are short enough to be compared by their ends, without a call.
#[inline]
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len()
        && match one.len() {
            8..=16 => have_same_ends::<8>(one, other),
            4..=7 => have_same_ends::<4>(one, other),
            _ => one == other,
        }
}

#[inline]
fn have_same_ends<const N: usize>(one: &[u8], other: &[u8]) -> bool {
    one.first_chunk::<N>() == other.first_chunk() && one.last_chunk::<N>() == other.last_chunk()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_one_byte_are_not_the_same() {
        for name in (0..20).map(|len| vec![b'a'; len]) {
            assert!(is_same(&name, &name.clone()));
            assert!(!is_same(&name, &vec![b'a'; name.len() + 1]));
            for at in 0..name.len() {
                let mut other = name.clone();
                other[at] = b'b';
                assert!(!is_same(&name, &other), "{at} of {}", name.len());
            }
        }
    }
}
