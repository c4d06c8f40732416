//! One case before an oracle and this crate, and the differences that are meant to be.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A program that is asked what it makes of a case.
pub trait Oracle: Copy + Ord + fmt::Debug {
    /// What it is asked. The cases are the tests' own, so `Debug` may show them.
    type Case: Clone + fmt::Debug;
}

/// Values by field. What is not given, and has no default in the oracle, is left out.
pub type Fields = BTreeMap<&'static str, String>;

/// What we make of a case, or the kind of our error and its message.
pub type Ours = Result<Fields, (&'static str, String)>;

/// What the oracle makes of it, or its message.
pub type Theirs = Result<Fields, String>;

/// One thing in which an oracle and we differ.
#[derive(Clone, Debug)]
pub struct Finding<O: Oracle> {
    /// Who.
    pub oracle: O,
    /// On what.
    pub case: O::Case,
    /// How.
    pub what: What,
}

/// How an oracle and we differ.
#[derive(Clone, Debug)]
pub enum What {
    /// The oracle reads what we reject with this kind and message.
    WeReject(&'static str, String),
    /// We read what the oracle rejects with this message.
    ItRejects(String),
    /// Both read it, and one field differs.
    Field {
        /// Its name.
        name: &'static str,
        /// What we have in it.
        ours: Option<String>,
        /// What the oracle has in it.
        theirs: Option<String>,
    },
}

/// What the two make of a case.
#[derive(Clone, Debug)]
pub enum Outcome<O: Oracle> {
    /// The same in every field.
    Same,
    /// Both reject it.
    BothReject,
    /// These are the differences.
    Differ(Vec<Finding<O>>),
}

/// Compares what both made of a case.
#[must_use]
pub fn compare<O: Oracle>(oracle: O, case: &O::Case, ours: Ours, theirs: Theirs) -> Outcome<O> {
    let finding = |what| Finding {
        oracle,
        case: case.clone(),
        what,
    };
    let (ours, theirs) = match (ours, theirs) {
        (Err(_), Err(_)) => return Outcome::BothReject,
        (Err((kind, message)), Ok(_)) => {
            return Outcome::Differ(vec![finding(What::WeReject(kind, message))]);
        }
        (Ok(_), Err(message)) => return Outcome::Differ(vec![finding(What::ItRejects(message))]),
        (Ok(ours), Ok(theirs)) => (ours, theirs),
    };
    let names: BTreeSet<_> = ours.keys().chain(theirs.keys()).copied().collect();
    let findings: Vec<_> = names
        .into_iter()
        .filter(|name| ours.get(name) != theirs.get(name))
        .map(|name| {
            finding(What::Field {
                name,
                ours: ours.get(name).cloned(),
                theirs: theirs.get(name).cloned(),
            })
        })
        .collect();
    if findings.is_empty() {
        Outcome::Same
    } else {
        Outcome::Differ(findings)
    }
}

impl<O: Oracle> fmt::Display for Finding<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, {:?}: ", self.oracle, self.case)?;
        match &self.what {
            What::WeReject(kind, message) => write!(f, "we reject ({kind}): {message}"),
            What::ItRejects(message) => write!(f, "it rejects: {message}"),
            What::Field { name, ours, theirs } => {
                write!(f, "{name}: ours {ours:?}, its {theirs:?}")
            }
        }
    }
}

impl<O: Oracle> Finding<O> {
    /// What tells one cause from another, as far as one can.
    #[must_use]
    pub fn cause(&self) -> String {
        // Without what is quoted, and without numbers.
        let words = |message: &str| -> String {
            let unquoted: String = message.split(['`', '\'', '"']).step_by(2).collect();
            unquoted
                .chars()
                .filter(|c| c.is_ascii_alphabetic() || *c == ' ')
                .collect()
        };
        match &self.what {
            What::WeReject(kind, message) => {
                // Without the source, of which there are many.
                let detail = message.rsplit(": ").next().unwrap_or_default();
                format!("{:?} reads, we {kind}: {}", self.oracle, words(detail))
            }
            What::ItRejects(message) => format!("{:?} rejects: {}", self.oracle, words(message)),
            What::Field { name, .. } => format!("{:?} has another {name}", self.oracle),
        }
    }

    /// Whether we reject what the oracle reads, with a message that has one of these.
    #[must_use]
    pub fn we_reject(&self, words: &[&str]) -> bool {
        matches!(&self.what, What::WeReject(_, message) if words.iter().any(|word| message.contains(word)))
    }

    /// Whether we reject what the oracle reads, with an error of this kind.
    #[must_use]
    pub fn we_reject_as(&self, kind: &str) -> bool {
        matches!(self.what, What::WeReject(known, _) if known == kind)
    }

    /// Whether we read what the oracle rejects with a message that has one of these.
    #[must_use]
    pub fn it_rejects(&self, words: &[&str]) -> bool {
        matches!(&self.what, What::ItRejects(message) if words.iter().any(|word| message.contains(word)))
    }

    /// Whether both read the case, and differ in this field.
    #[must_use]
    pub fn is_field(&self, wanted: &str) -> bool {
        matches!(self.what, What::Field { name, .. } if name == wanted)
    }

    /// What we and the oracle have in the field that differs.
    #[must_use]
    pub fn both(&self) -> (Option<&str>, Option<&str>) {
        match &self.what {
            What::Field { ours, theirs, .. } => (ours.as_deref(), theirs.as_deref()),
            _ => (None, None),
        }
    }
}

/// One deliberate difference, with a function of a type that the package chooses.
#[derive(Debug)]
pub struct Difference<F> {
    /// What is different, as a sentence.
    pub name: &'static str,
    /// Whether a finding is of this kind.
    pub explains: F,
}

/// A deliberate difference.
pub const fn difference<F: Copy>(name: &'static str, explains: F) -> Difference<F> {
    Difference { name, explains }
}
