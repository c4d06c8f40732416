//! One case before an oracle and us.

use std::collections::BTreeSet;
use std::fmt;

use crate::case::{Answer, Case};
use crate::oracle::Oracle;
use crate::ours;

/// One thing in which an oracle and we differ.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Who.
    pub oracle: Oracle,
    /// On what.
    pub case: Case,
    /// How.
    pub what: What,
}

/// How an oracle and we differ.
#[derive(Clone, Debug)]
pub enum What {
    /// The oracle reads what we refuse with this kind and message.
    WeRefuse(&'static str, String),
    /// We read what the oracle refuses with this message.
    ItRefuses(String),
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
pub enum Outcome {
    /// The same in every field.
    Same,
    /// Both refuse it.
    BothRefuse,
    /// These are the differences.
    Differ(Vec<Finding>),
}

/// Puts the case before us, and beside it what the oracle said of it.
#[must_use]
pub fn compare(oracle: Oracle, case: &Case, theirs: Answer) -> Outcome {
    let finding = |what| Finding {
        oracle,
        case: case.clone(),
        what,
    };
    let (ours, theirs) = match (ours::read(oracle, case), theirs) {
        (Err(_), Err(_)) => return Outcome::BothRefuse,
        (Err((kind, message)), Ok(_)) => {
            return Outcome::Differ(vec![finding(What::WeRefuse(kind, message))]);
        }
        (Ok(_), Err(message)) => return Outcome::Differ(vec![finding(What::ItRefuses(message))]),
        (Ok(ours), Ok(theirs)) => (ours, theirs),
    };
    let names: BTreeSet<_> = ours.keys().chain(theirs.keys()).copied().collect();
    let fields = names
        .into_iter()
        .filter(|name| ours.get(name) != theirs.get(name));
    let findings: Vec<_> = fields
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

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, {}: ", self.oracle, self.case)?;
        match &self.what {
            What::WeRefuse(kind, message) => write!(f, "we refuse ({kind}): {message}"),
            What::ItRefuses(message) => write!(f, "it refuses: {message}"),
            What::Field { name, ours, theirs } => {
                write!(f, "{name}: ours {ours:?}, its {theirs:?}")
            }
        }
    }
}

impl Finding {
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
            What::WeRefuse(kind, message) => {
                // Without the source, of which there are many.
                let detail = message.rsplit(": ").next().unwrap_or_default();
                format!("{:?} reads, we {kind}: {}", self.oracle, words(detail))
            }
            What::ItRefuses(message) => format!("{:?} refuses: {}", self.oracle, words(message)),
            What::Field { name, .. } => format!("{:?} has another {name}", self.oracle),
        }
    }
}
