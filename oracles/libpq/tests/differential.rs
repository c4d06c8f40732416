//! Proof by number: our libpq dialect and libpq 18 agree on a million generated texts.
//!
//! `DBURL_DIFF_CASES` is how many (default 1,000,000), `DBURL_DIFF_SEED` where they start (default fixed). Best run with
//! `--release`.

use std::collections::BTreeMap;
use std::fmt::Write;

use database_url_libpq_oracle::compare::{Agreement, Disagreement, Verdict, compare};
use database_url_libpq_oracle::generate::Generator;
use database_url_libpq_oracle::shrink::shrink;
use support::number::cases_and_seed;

const CASES: usize = 1_000_000;
const SEED: u64 = 0x6462_7572_6c00_0001;

/// As many disagreements as a person reads; the run goes on counting.
const SHOWN: usize = 20;

/// The least share of each outcome, in per mille. Less would mean that the generator misses that part of the grammar and
/// the test passes without having tested it.
const SHARES: [(Agreement, usize); 4] = [
    (Agreement::Accepted, 400),
    (Agreement::RejectedAtParse, 300),
    (Agreement::RejectedAtOptions, 100),
    (Agreement::NotUtf8, 5),
];

#[test]
fn libpq_and_we_agree() {
    let (cases, seed) = cases_and_seed(CASES, SEED);
    let mut counts = BTreeMap::new();
    let mut disagreements = Disagreements::default();
    for text in Generator::new(seed).take(cases) {
        match compare(&text) {
            Ok(agreement) => *counts.entry(agreement).or_insert(0_usize) += 1,
            Err(disagreement) => disagreements.add(disagreement),
        }
    }
    eprintln!("{counts:#?}");
    assert!(disagreements.count == 0, "{}", disagreements.report());
    for (agreement, per_mille) in SHARES {
        let share = counts.get(&agreement).copied().unwrap_or(0) * 1000;
        assert!(
            share >= per_mille * cases,
            "less than {per_mille} per mille are {agreement:?}"
        );
    }
}

/// Disagreements: all counted by their likely cause, the first of each made small.
#[derive(Default)]
struct Disagreements {
    count: u64,
    causes: BTreeMap<String, (u64, Option<Box<Disagreement>>)>,
}

impl Disagreements {
    fn add(&mut self, disagreement: Box<Disagreement>) {
        self.count += 1;
        let known = self.causes.len();
        let (count, shown) = self.causes.entry(cause(&disagreement)).or_default();
        *count += 1;
        if *count == 1 && known < SHOWN {
            *shown = Some(shrink(disagreement));
        }
    }

    fn report(&self) -> String {
        let mut report = format!(
            "{} disagreements of {} causes:\n",
            self.count,
            self.causes.len()
        );
        for (cause, (count, shown)) in &self.causes {
            match shown {
                Some(disagreement) => writeln!(report, "{count} times: {disagreement}"),
                None => writeln!(report, "{count} times: {cause}"),
            }
            .expect("writing to a string");
        }
        report
    }
}

/// What tells one cause from another, as far as one can: the verdicts, and the messages up to what they quote.
fn cause(disagreement: &Disagreement) -> String {
    let words = |verdict: &Verdict| match verdict {
        Verdict::Accepted(_) => String::new(),
        Verdict::RejectedAtParse(message) | Verdict::RejectedAtOptions(message) => {
            let unquoted = message.split('"').next().unwrap_or_default();
            unquoted
                .chars()
                .filter(|c| c.is_ascii_alphabetic() || *c == ' ')
                .collect()
        }
    };
    format!(
        "{}: {} / {}",
        disagreement.kind(),
        words(&disagreement.libpq),
        words(&disagreement.ours)
    )
}
