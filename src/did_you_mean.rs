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
    fn prefers_the_equal_name() {
        assert_eq!(nearest("psql", ["pgsql", "psql"].into_iter()), Some("psql"));
    }
}
