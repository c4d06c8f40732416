//! How often what came of the comparisons.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::compare::{Difference, Finding, Oracle, Outcome};

/// The first difference of a list that explains a finding.
pub type Explain<O, F> = fn(&[Difference<F>], &Finding<O>) -> Option<usize>;

/// The counts of a run.
#[derive(Debug)]
pub struct Tally<O: Oracle, F: 'static> {
    list: &'static [Difference<F>],
    explain: Explain<O, F>,
    explained: Vec<usize>,
    /// By cause: how often, and the shortest example.
    unexplained: BTreeMap<String, (usize, String)>,
    oracles: BTreeMap<O, Counts>,
}

/// What came of one oracle.
#[derive(Debug, Default)]
struct Counts {
    same: usize,
    both_reject: usize,
    differ: usize,
}

impl<O: Oracle, F> Tally<O, F> {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(list: &'static [Difference<F>], explain: Explain<O, F>) -> Self {
        Self {
            list,
            explain,
            explained: vec![0; list.len()],
            unexplained: BTreeMap::new(),
            oracles: BTreeMap::new(),
        }
    }

    /// Counts one comparison.
    pub fn add(&mut self, oracle: O, outcome: &Outcome<O>) {
        let counts = self.oracles.entry(oracle).or_default();
        match outcome {
            Outcome::Same => counts.same += 1,
            Outcome::BothReject => counts.both_reject += 1,
            Outcome::Differ(findings) => {
                counts.differ += 1;
                for finding in findings {
                    self.classify(finding);
                }
            }
        }
    }

    fn classify(&mut self, finding: &Finding<O>) {
        if let Some(index) = (self.explain)(self.list, finding) {
            self.explained[index] += 1;
            return;
        }
        let (count, shown) = self.unexplained.entry(finding.cause()).or_default();
        *count += 1;
        let example = finding.to_string();
        if shown.is_empty() || example.len() < shown.len() {
            *shown = example;
        }
    }

    /// Prints the counts, and fails if a difference is not listed, if a listed one did not occur, or if less than so many
    /// per mille of the cases were read alike or rejected by both: then the generator misses what an oracle and we have in
    /// common, and the test would pass without having tested it.
    pub fn finish(&self, shares: &[(O, usize, usize)]) {
        for (oracle, counts) in &self.oracles {
            eprintln!(
                "{oracle:?}: {} the same, {} rejected by both, {} with differences",
                counts.same, counts.both_reject, counts.differ
            );
        }
        for (difference, count) in self.list.iter().zip(&self.explained) {
            eprintln!("{count:>8} {}", difference.name);
        }
        assert!(self.unexplained.is_empty(), "{}", self.report());
        for (difference, count) in self.list.iter().zip(&self.explained) {
            assert!(
                *count > 0,
                "no longer occurs, so take it off the list: {}",
                difference.name
            );
        }
        for (oracle, same, rejected) in shares {
            let counts = &self.oracles[oracle];
            let all = counts.same + counts.both_reject + counts.differ;
            assert!(
                counts.same * 1000 >= same * all,
                "too few in common with {oracle:?}"
            );
            assert!(
                counts.both_reject * 1000 >= rejected * all,
                "too few rejected with {oracle:?}"
            );
        }
    }

    fn report(&self) -> String {
        let mut report = format!(
            "differences that are not listed, of {} causes:\n",
            self.unexplained.len()
        );
        for (cause, (count, shown)) in &self.unexplained {
            writeln!(report, "{count} times {cause}\n    {shown}").expect("writing to a string");
        }
        report
    }
}
