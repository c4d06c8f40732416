//! Precedence: the first candidate that is set is used, and what became of each is recorded.

use std::collections::HashSet;

use crate::database::Database;
use crate::error::Error;
use crate::resolution::candidate::Candidate;
use crate::resolution::{Outcome, Resolved};

/// The database of the first candidate that is set, with every source that was looked at, each once; `None` if none is set.
pub(crate) fn first_of<'c>(
    candidates: impl IntoIterator<Item = Candidate<'c>>,
) -> Result<Option<Resolved<Database>>, Error> {
    let mut considered = Vec::new();
    let mut known = HashSet::new();
    let mut used: Option<Resolved<Database>> = None;
    for candidate in candidates {
        let Candidate {
            source,
            otherwise,
            read,
        } = candidate;
        let Some(read) = read.filter(|_| used.is_none()) else {
            if known.insert(source.clone()) {
                considered.push((source, otherwise));
            }
            continue;
        };
        let resolved = used.insert(read()?);
        if resolved.considered.is_empty() {
            resolved.considered.push((source, Outcome::Used));
        }
        // A choice with a history of its own has the last word on each source in it.
        let own = resolved.considered.iter().map(|(own, _)| own.clone());
        let own: HashSet<_> = own.collect();
        considered.retain(|(source, outcome)| !own.contains(source) || *outcome == Outcome::Used);
        let new = resolved.considered.iter();
        let new = new.filter(|(own, _)| considered.iter().all(|(known, _)| known != own));
        let new: Vec<_> = new.cloned().collect();
        known.extend(new.iter().map(|(source, _)| source.clone()));
        considered.extend(new);
    }
    if let Some(resolved) = &mut used {
        resolved.considered = considered;
    }
    Ok(used)
}
