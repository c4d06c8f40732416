//! Proof by number: what we add to a connection string is what libpq 18 adds, on 200,000 generated combinations of string,
//! variables, service files and password files.
//!
//! `DBURL_DIFF_CASES` is how many, `DBURL_DIFF_SEED` where they start. The one test of its program: it changes the process
//! environment, which libpq reads.

use std::collections::BTreeMap;

use database_url_libpq_oracle::completion::compare::{Agreement, compare};
use database_url_libpq_oracle::completion::folder;
use database_url_libpq_oracle::completion::generate::Cases;
use database_url_libpq_oracle::completion::oracle::Oracle;
use support::number::cases_and_seed;

const CASES: usize = 200_000;
const SEED: u64 = 0x6462_7572_6c00_0002;

/// As many disagreements as a person reads.
const SHOWN: usize = 8;

/// The least share of each outcome, in per mille: less would mean that the generator misses it.
const SHARES: [(Agreement, usize); 4] = [
    (Agreement::Completed, 250),
    (Agreement::WithPassword, 60),
    (Agreement::WithService, 60),
    (Agreement::Rejected, 100),
];

#[test]
fn libpq_and_we_add_the_same() {
    let (cases, seed) = cases_and_seed(CASES, SEED);
    let (oracle, folder) = (Oracle::new(), folder("completion"));
    let user = oracle.system_user();
    let mut counts = BTreeMap::new();
    let (mut disagreements, mut shown) = (0, Vec::new());
    for case in Cases::new(seed, &folder).take(cases) {
        match compare(&oracle, &case, &folder, &user) {
            Ok(agreement) => *counts.entry(agreement).or_insert(0) += 1,
            Err(what) => {
                disagreements += 1;
                if shown.len() < SHOWN {
                    shown.push(format!("{what}\n    {case}"));
                }
            }
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder of the cases");
    eprintln!("{counts:#?}");
    assert!(
        disagreements == 0,
        "{disagreements} disagreements:\n{}",
        shown.join("\n")
    );
    for (agreement, per_mille) in SHARES {
        let share = counts.get(&agreement).copied().unwrap_or(0) * 1000;
        assert!(
            share >= per_mille * cases,
            "less than {per_mille} per mille are {agreement:?}"
        );
    }
}
