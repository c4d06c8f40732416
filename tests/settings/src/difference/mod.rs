//! The differences that are meant to be: the whole lists. Whatever else differs is a fault, and so is a difference listed
//! here that no longer occurs.

mod compose;
mod erb;
mod shell;

pub use compose::LIST as OF_COMPOSE;
pub use erb::LIST as OF_ERB;
pub use shell::LIST as OF_SHELLS;

use crate::compare::{Finding, What};

/// One deliberate difference.
#[derive(Debug)]
pub struct Difference {
    /// What is different, as a sentence.
    pub name: &'static str,
    /// Whether the finding is of this kind.
    explains: fn(&Finding) -> bool,
}

/// The first difference of the list that explains the finding.
#[must_use]
pub fn explain(list: &[Difference], finding: &Finding) -> Option<usize> {
    list.iter()
        .position(|difference| (difference.explains)(finding))
}

const fn difference(name: &'static str, explains: fn(&Finding) -> bool) -> Difference {
    Difference { name, explains }
}

/// Whether we refuse what the judge reads, with a message that holds one of these.
fn we_refuse(finding: &Finding, words: &[&str]) -> bool {
    matches!(&finding.what, What::WeRefuse(_, message) if words.iter().any(|word| message.contains(word)))
}

/// Whether we read what the judge refuses with a message that holds one of these.
fn it_refuses(finding: &Finding, words: &[&str]) -> bool {
    matches!(&finding.what, What::ItRefuses(message) if words.iter().any(|word| message.contains(word)))
}

/// Whether both read the template, and make different texts of it.
fn another_text(finding: &Finding) -> bool {
    matches!(finding.what, What::Field { name: "text", .. })
}

/// Whether the template holds one of these.
fn holds(finding: &Finding, words: &[&str]) -> bool {
    words.iter().any(|word| finding.case.text().contains(word))
}
