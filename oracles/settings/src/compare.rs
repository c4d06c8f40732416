//! One case before an oracle and us.

use support::number::cases_and_seed;
use support::tally::Tally;

use crate::case::{Answer, Case};
use crate::difference::{Difference, explain};
use crate::generate::{Form, Generator};
use crate::oracle::Oracle;
use crate::ours;

/// One thing in which an oracle and we differ.
pub type Finding = support::compare::Finding<Oracle>;

impl support::compare::Oracle for Oracle {
    type Case = Case;
}

/// What the two make of a case.
#[must_use]
pub fn compare(oracle: Oracle, case: &Case, theirs: Answer) -> support::compare::Outcome<Oracle> {
    support::compare::compare(oracle, case, ours::read(oracle, case), theirs)
}

/// Generates cases, puts them before the oracles and us, and fails as [`Tally::finish`] says: at least so many per mille are to be
/// read alike, and so many rejected by both.
///
/// `DBURL_DIFF_CASES` is how many (default 10,000), `DBURL_DIFF_SEED` where they start (default fixed).
pub fn agree(
    form: Form,
    oracles: &[Oracle],
    list: &'static [Difference],
    same: usize,
    rejected: usize,
) {
    let (count, seed) = cases_and_seed(10_000, 0x7e4d_0001);
    let cases: Vec<Case> = Generator::new(form, seed).take(count).collect();
    let mut tally = Tally::new(list, explain);
    for &oracle in oracles {
        for (case, theirs) in cases.iter().zip(oracle.read(&cases)) {
            tally.add(oracle, &compare(oracle, case, theirs));
        }
    }
    let shares: Vec<_> = oracles
        .iter()
        .map(|&oracle| (oracle, same, rejected))
        .collect();
    tally.finish(&shares);
}
