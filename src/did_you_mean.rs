//! "Did you mean": the known name that is one edit away.

/// The candidate that equals `name` or is one edit away from it; an equal one first.
pub(crate) fn nearest(
    name: &str,
    mut candidates: impl Iterator<Item = &'static str> + Clone,
) -> Option<&'static str> {
    candidates
        .clone()
        .find(|&candidate| candidate == name)
        .or_else(|| candidates.find(|candidate| is_one_edit(name.as_bytes(), candidate.as_bytes())))
}

/// Which letters a name has, a bit for each, whatever its case and without its `-` and `_`. Names that are an edit apart differ
/// in one letter at most, either way, which rules out nearly all of a table's without a comparison.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letters(pub(crate) u32);

impl Letters {
    pub(crate) const fn of(name: &str) -> Self {
        let (name, mut found, mut at) = (name.as_bytes(), 0, 0);
        while at < name.len() {
            found |= Self::bit(name[at]);
            at += 1;
        }
        Self(found)
    }

    /// The bit of a byte of a name.
    pub(crate) const fn bit(byte: u8) -> u32 {
        match byte {
            b'-' | b'_' => 0,
            _ => 1 << (byte & 31),
        }
    }

    pub(crate) const fn of_all<const N: usize>(names: &[&str]) -> [Self; N] {
        let (mut letters, mut at) = ([Self(0); N], 0);
        while at < N {
            letters[at] = Self::of(names[at]);
            at += 1;
        }
        letters
    }

    pub(crate) const fn has_all_of(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// A number that few sets have in common.
    pub(crate) const fn hash(self) -> usize {
        (self.0.wrapping_mul(0x9e37_79b1) >> 16) as usize
    }

    /// Whether a name of these letters may be an edit away from one of a table.
    pub(crate) fn may_be_near(self, table: &[Self]) -> bool {
        const fn without_one(letters: u32) -> u32 {
            letters & letters.wrapping_sub(1)
        }
        // Without an early end, and with words alone, the loop becomes vector instructions.
        let found = table.iter().fold(0, |found, known| {
            let (more, less) = (self.0 & !known.0, known.0 & !self.0);
            found | u32::from(without_one(more) | without_one(less) == 0)
        });
        found != 0
    }
}

/// Whether one insertion, deletion, replacement or swap of neighbours turns `a` into `b`.
pub(crate) fn is_one_edit(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same..], &long[same..]);
    match (short, long) {
        ([], [_]) => true,
        ([a, b, short @ ..], [c, d, long @ ..]) if a == d && b == c && short == long => true,
        ([_, short @ ..], [_, long @ ..]) if short == long => true,
        (short, [_, long @ ..]) => short == long,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_four_edits() {
        for name in [
            "sslmod", "sslmodes", "slmode", "sslmoda", "sslmdoe", "sslmode", "xsslmode",
        ] {
            assert_eq!(
                nearest(name, ["user", "sslmode"].into_iter()),
                Some("sslmode"),
                "{name}"
            );
        }
        for name in ["", "sslm", "sslomdee", "modessl", "slmod"] {
            assert_eq!(
                nearest(name, ["user", "sslmode"].into_iter()),
                None,
                "{name}"
            );
        }
    }

    #[test]
    fn letters_rule_out_no_name_that_is_an_edit_away() {
        let known = Letters::of("ssl_mode");
        for at in 0..=7 {
            for letter in ["", "x", "S", "-", "_", "1"] {
                let (before, after) = "sslmode".split_at(at);
                let rest = after.get(1..).unwrap_or_default();
                for name in [
                    format!("{before}{letter}{after}"),
                    format!("{before}{letter}{rest}"),
                ] {
                    assert!(
                        Letters::of(&name).may_be_near(&[Letters::of("host"), known]),
                        "{name}"
                    );
                }
            }
        }
        assert!(!Letters::of("sslmodern").may_be_near(&[known]));
        assert!(!Letters::of("ssl").may_be_near(&[known]));
        assert!(!Letters::of("ssl").may_be_near(&[]));
    }

    #[test]
    fn prefers_the_equal_name() {
        assert_eq!(nearest("psql", ["pgsql", "psql"].into_iter()), Some("psql"));
    }
}
