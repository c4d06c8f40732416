//! The rows of the table by name. Most variables of a process are in no row, so that has to be cheap to tell: the last four
//! bytes and the first two decide for nearly all of them, and everything that depends on the table alone is computed at compile
//! time.

use crate::platform::table::{VARIABLES, Variable, is_stem};
use crate::sorted::Starts;

const ROWS: usize = VARIABLES.len();

/// How many rows are exact names; these come first in the table.
const EXACT: usize = {
    let mut exact = 0;
    while exact < ROWS && star(VARIABLES[exact].name).is_none() {
        exact += 1;
    }
    let mut row = exact;
    while row < ROWS {
        assert!(
            star(VARIABLES[row].name).is_some(),
            "exact names come before patterns"
        );
        row += 1;
    }
    exact
};

/// The exact rows, the shortest name first, and those of a length in alphabetical order.
const BY_NAME: [&Variable; EXACT] = {
    let mut rows = [&VARIABLES[0]; EXACT];
    let mut next = 0;
    while next < EXACT {
        let row = &VARIABLES[next];
        let mut at = next;
        while at > 0 && is_less(row.name.as_bytes(), rows[at - 1].name.as_bytes()) {
            rows[at] = rows[at - 1];
            at -= 1;
        }
        rows[at] = row;
        next += 1;
    }
    rows
};

/// A row whose name has a `*`, with what comes before and after it.
struct Pattern {
    prefix: &'static [u8],
    suffix: &'static [u8],
    row: &'static Variable,
}

/// In the order of the table: the first that matches counts.
const PATTERNS: [Pattern; ROWS - EXACT] = {
    const EMPTY: Pattern = Pattern {
        prefix: b"",
        suffix: b"",
        row: &VARIABLES[0],
    };
    let mut patterns = [EMPTY; ROWS - EXACT];
    let mut next = 0;
    while next < patterns.len() {
        let row = &VARIABLES[EXACT + next];
        patterns[next].row = row;
        if let Some(at) = star(row.name) {
            let (prefix, rest) = row.name.as_bytes().split_at(at);
            patterns[next].prefix = prefix;
            patterns[next].suffix = rest.split_at(1).1;
        }
        next += 1;
    }
    patterns
};

/// How the names of all rows begin.
const STARTS: Starts = {
    let (mut names, mut row) = ([("", ()); ROWS], 0);
    while row < ROWS {
        names[row].0 = VARIABLES[row].name;
        row += 1;
    }
    Starts::of(&names)
};

/// How the names of all rows end, each end once.
const TAILS: ([[u8; 4]; ROWS], usize) = tails(false);

/// How the names of the rows end that begin with a `*`.
const OPEN_TAILS: ([[u8; 8]; ROWS], usize) = tails(true);

const fn tails<const LEN: usize>(open_only: bool) -> ([[u8; LEN]; ROWS], usize) {
    let (mut tails, mut count, mut row) = ([[0; LEN]; ROWS], 0, 0);
    while row < ROWS {
        let name = VARIABLES[row].name.as_bytes();
        if !open_only || name[0] == b'*' {
            let Some(tail) = name.last_chunk() else {
                panic!("a name is longer than its tail")
            };
            let mut known = 0;
            while known < count && (is_less(&tails[known], tail) || is_less(tail, &tails[known])) {
                known += 1;
            }
            tails[known] = *tail;
            if known == count {
                count += 1;
            }
        }
        row += 1;
    }
    (tails, count)
}

/// The row of a variable's name, if the table has one.
#[must_use]
pub fn find(name: &str) -> Option<&'static Variable> {
    let name = name.as_bytes();
    if !TAILS.0[..TAILS.1].contains(name.last_chunk()?) {
        return None;
    }
    if !STARTS.may_begin(name) && !OPEN_TAILS.0[..OPEN_TAILS.1].contains(name.last_chunk()?) {
        return None;
    }
    let exact = BY_NAME.binary_search_by(|row| {
        let row = row.name.as_bytes();
        row.len().cmp(&name.len()).then_with(|| row.cmp(name))
    });
    if let Ok(at) = exact {
        return Some(BY_NAME[at]);
    }
    let pattern = PATTERNS.iter().find(|pattern| pattern.matches(name));
    pattern.map(|pattern| pattern.row)
}

/// The name that stands for a database in all its roles: variables with the same one hold the same database.
pub(crate) fn main_name(name: &str) -> String {
    let paired = find(name).and_then(|row| Some((row.same_as?, row.stem(name)?)));
    paired.map_or_else(
        || name.to_owned(),
        |(main, stem)| main.replacen('*', stem, 1),
    )
}

/// The variables that an attachment's name may mean as `NAME`, by the patterns of the table: `RED` is `JAWSDB_RED_URL`, too.
pub(crate) fn coloured(stem: &str) -> impl Iterator<Item = String> {
    let rows = VARIABLES
        .iter()
        .filter(|row| row.is_own_name() && row.name.contains('*'));
    let names = rows.map(move |row| (row, row.name.replacen('*', stem, 1)));
    // An add-on's own name may look like a colour of another: CLEARDB_DATABASE_URL is not one.
    names.filter_map(|(row, name)| (find(&name) == Some(row)).then_some(name))
}

impl Pattern {
    fn matches(&self, name: &[u8]) -> bool {
        // Most patterns differ in the first byte or the last: that needs no call.
        let may_match = self.suffix.last() == name.last()
            && self
                .prefix
                .first()
                .is_none_or(|first| name.first() == Some(first));
        let stem = || name.strip_suffix(self.suffix)?.strip_prefix(self.prefix);
        may_match && stem().is_some_and(is_stem)
    }
}

const fn star(name: &str) -> Option<usize> {
    let name = name.as_bytes();
    let mut at = 0;
    while at < name.len() {
        if name[at] == b'*' {
            return Some(at);
        }
        at += 1;
    }
    None
}

const fn is_less(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return one.len() < other.len();
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the index has to agree with: the first row of the table that matches.
    fn walked(name: &str) -> Option<&'static Variable> {
        VARIABLES.iter().find(|row| row.matches(name))
    }

    #[test]
    fn the_index_finds_the_first_row_that_matches() {
        let stems = ["", "X", "RED", "MY_APP", "x", "_", "DATABASE", "É"];
        let names = VARIABLES.iter().flat_map(|row| {
            let named = stems.map(|stem| row.name.replacen('*', stem, 1));
            let changed = stems.map(|stem| format!("{stem}{}", row.name.replacen('*', "A", 1)));
            named.into_iter().chain(changed)
        });
        for name in names.chain(["", "URL", "_URL", "PATH", "A_URL"].map(str::to_owned)) {
            assert_eq!(find(&name), walked(&name), "{name}");
        }
    }
}
