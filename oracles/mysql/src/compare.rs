//! One URL before a peer and us.

use std::fmt;

use database_url::ErrorKind;

use crate::ours;
use crate::peer::Peer;
use crate::reading::Reading;

/// One thing in which a peer and we differ.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Who.
    pub peer: Peer,
    /// On what. The text is the tests' own, so it may be shown.
    pub text: String,
    /// How.
    pub what: What,
}

/// How a peer and we differ.
#[derive(Clone, Debug)]
pub enum What {
    /// The peer accepts what we refuse.
    WeRefuse(ErrorKind, String),
    /// We accept what the peer refuses, with this message.
    PeerRefuses(String),
    /// Both accept the text, and one field differs.
    Field {
        /// Its name.
        name: &'static str,
        /// What we have, with the peer's defaults.
        ours: Option<String>,
        /// What the peer has.
        theirs: Option<String>,
    },
}

/// What the two make of a text.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Both accept it and have the same in every field.
    Same,
    /// Both refuse it.
    BothRefuse,
    /// These are the differences.
    Differ(Vec<Finding>),
}

/// Puts the text before both.
#[must_use]
pub fn compare(peer: Peer, text: &str) -> Outcome {
    compare_with(peer, text, peer.read(text))
}

/// Puts the text before us, and beside it what the peer said of it.
#[must_use]
pub fn compare_with(peer: Peer, text: &str, theirs: Result<Reading, String>) -> Outcome {
    let finding = |what| Finding {
        peer,
        text: text.to_owned(),
        what,
    };
    match (ours::read(peer, text), theirs) {
        (Err(_), Err(_)) => Outcome::BothRefuse,
        (Err(error), Ok(_)) => Outcome::Differ(vec![finding(What::WeRefuse(
            error.kind(),
            error.to_string(),
        ))]),
        (Ok(_), Err(message)) => Outcome::Differ(vec![finding(What::PeerRefuses(message))]),
        (Ok(ours), Ok(theirs)) => {
            let fields = ours.differing(&theirs);
            if fields.is_empty() {
                return Outcome::Same;
            }
            let field = |name| What::Field {
                name,
                ours: ours.get(name).map(str::to_owned),
                theirs: theirs.get(name).map(str::to_owned),
            };
            Outcome::Differ(
                fields
                    .into_iter()
                    .map(|name| finding(field(name)))
                    .collect(),
            )
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, {:?}: ", self.peer, self.text)?;
        match &self.what {
            What::WeRefuse(kind, message) => write!(f, "we refuse ({}): {message}", kind.as_str()),
            What::PeerRefuses(message) => write!(f, "it refuses: {message}"),
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
            What::WeRefuse(kind, message) => format!(
                "{:?} accepts, we {}: {}",
                self.peer,
                kind.as_str(),
                words(message)
            ),
            What::PeerRefuses(message) => format!("{:?} refuses: {}", self.peer, words(message)),
            What::Field { name, .. } => format!("{:?} has another {name}", self.peer),
        }
    }
}
