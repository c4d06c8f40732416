//! The differences that are meant to be: the whole lists. Whatever else differs is a fault, and so is a difference listed
//! here that no longer occurs.

mod compose;
mod django;
mod erb;
mod rails;
mod sequelize;
mod shell;

pub use compose::LIST as OF_COMPOSE;
pub use django::{
    DJ_DATABASE_URL as OF_DJ_DATABASE_URL, DJANGO_ENVIRON as OF_DJANGO_ENVIRON, LIST as OF_DJANGO,
};
pub use erb::LIST as OF_ERB;
pub use rails::LIST as OF_RAILS;
pub use sequelize::{LIBRARY as OF_SEQUELIZE_LIBRARY, LIST as OF_SEQUELIZE};
pub use shell::LIST as OF_SHELLS;

use crate::compare::Finding;

/// One deliberate difference.
pub type Difference = support::compare::Difference<fn(&Finding) -> bool>;

/// The first difference of the list that explains the finding.
#[must_use]
pub fn explain(list: &[Difference], finding: &Finding) -> Option<usize> {
    list.iter()
        .position(|difference| (difference.explains)(finding))
}

const fn difference(name: &'static str, explains: fn(&Finding) -> bool) -> Difference {
    Difference { name, explains }
}

/// Whether both read the template, and make different texts of it.
fn another_text(finding: &Finding) -> bool {
    finding.is_field("text")
}

/// Whether the template holds one of these.
fn holds(finding: &Finding, words: &[&str]) -> bool {
    words.iter().any(|word| finding.case.text().contains(word))
}

/// Whether the file or a variable holds one of these.
fn says(finding: &Finding, words: &[&str]) -> bool {
    let in_vars = |word: &str| finding.case.vars.values().any(|value| value.contains(word));
    words
        .iter()
        .any(|word| finding.case.text().contains(word) || in_vars(word))
}
