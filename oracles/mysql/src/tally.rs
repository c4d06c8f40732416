//! How often what came of the comparisons.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::compare::{Finding, Outcome};
use crate::difference::{Difference, explain};
use crate::peer::Peer;

/// The counts of a run.
#[derive(Debug)]
pub struct Tally {
    list: &'static [Difference],
    explained: Vec<usize>,
    /// By cause: how often, and the shortest example.
    unexplained: BTreeMap<String, (usize, String)>,
    peers: BTreeMap<Peer, Counts>,
}

/// What came of one peer.
#[derive(Debug, Default)]
struct Counts {
    same: usize,
    both_refuse: usize,
    differ: usize,
}

impl Tally {
    /// Nothing counted yet; differences are looked up in the list.
    #[must_use]
    pub fn new(list: &'static [Difference]) -> Self {
        Self {
            list,
            explained: vec![0; list.len()],
            unexplained: BTreeMap::new(),
            peers: BTreeMap::new(),
        }
    }

    /// Counts one comparison.
    pub fn add(&mut self, peer: Peer, outcome: &Outcome) {
        let counts = self.peers.entry(peer).or_default();
        match outcome {
            Outcome::Same => counts.same += 1,
            Outcome::BothRefuse => counts.both_refuse += 1,
            Outcome::Differ(findings) => {
                counts.differ += 1;
                for finding in findings {
                    self.classify(finding);
                }
            }
        }
    }

    fn classify(&mut self, finding: &Finding) {
        if let Some(index) = explain(self.list, finding) {
            self.explained[index] += 1;
            return;
        }
        let (count, shown) = self.unexplained.entry(finding.cause()).or_default();
        *count += 1;
        let text = finding.to_string();
        if shown.is_empty() || text.len() < shown.len() {
            *shown = text;
        }
    }

    /// Prints the counts, and fails if a difference is not listed, if a listed one did not occur, or if less than so many
    /// per mille of the texts were read alike or refused by both: then the generator misses what a peer and we have in
    /// common, and the test would pass without having tested it.
    ///
    /// # Panics
    /// If so.
    pub fn finish(&self, shares: &[(Peer, usize, usize)]) {
        for (
            peer,
            Counts {
                same,
                both_refuse,
                differ,
            },
        ) in &self.peers
        {
            eprintln!(
                "{peer:?}: {same} the same, {both_refuse} refused by both, {differ} with differences"
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
        for (peer, same, refused) in shares {
            let counts = &self.peers[peer];
            let all = counts.same + counts.both_refuse + counts.differ;
            assert!(
                counts.same * 1000 >= same * all,
                "too few in common with {peer:?}"
            );
            assert!(
                counts.both_refuse * 1000 >= refused * all,
                "too few refused with {peer:?}"
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
