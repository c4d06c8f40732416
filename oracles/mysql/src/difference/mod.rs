//! The differences that are meant to be: the whole lists. Whatever else differs is a fault, and so is a difference listed
//! here that no longer occurs.

mod dsn;
mod url;

pub use dsn::LIST as OF_DSNS;
pub use url::LIST as OF_URLS;

use database_url::ErrorKind;

use crate::compare::{Finding, What};
use crate::peer::Peer;
use crate::split::Split;

/// One deliberate difference.
#[derive(Debug)]
pub struct Difference {
    /// What is different, as a sentence.
    pub name: &'static str,
    /// Whether the finding is of this kind.
    explains: fn(&Finding, &Split) -> bool,
}

/// The first difference of the list that explains the finding.
#[must_use]
pub fn explain(list: &[Difference], finding: &Finding) -> Option<usize> {
    let split = match finding.peer {
        Peer::Go => Split::of_dsn(&finding.text),
        _ => Split::new(&finding.text),
    };
    list.iter()
        .position(|difference| (difference.explains)(finding, &split))
}

const fn difference(name: &'static str, explains: fn(&Finding, &Split) -> bool) -> Difference {
    Difference { name, explains }
}

/// Whether we accept what the peer refuses with a message that holds one of these.
fn peer_refuses(finding: &Finding, words: &[&str]) -> bool {
    matches!(&finding.what, What::PeerRefuses(message) if words.iter().any(|word| message.contains(word)))
}

/// Whether we refuse what the peer accepts, for this reason.
fn we_refuse(finding: &Finding, kind: ErrorKind) -> bool {
    matches!(&finding.what, What::WeRefuse(known, _) if *known == kind)
}

/// Whether both accept the text and this field differs.
fn field(finding: &Finding, field: &str) -> bool {
    matches!(&finding.what, What::Field { name, .. } if *name == field)
}

/// What we have in the field that differs.
fn ours(finding: &Finding) -> Option<&str> {
    match &finding.what {
        What::Field { ours, .. } => ours.as_deref(),
        _ => None,
    }
}

/// What they have in it.
fn theirs(finding: &Finding) -> Option<&str> {
    match &finding.what {
        What::Field { theirs, .. } => theirs.as_deref(),
        _ => None,
    }
}

/// Whether the text holds a control character or one of Unicode's line ends.
fn holds_control(text: &str) -> bool {
    text.contains(|c: char| c.is_control() || ['\u{2028}', '\u{2029}'].contains(&c))
}

/// Whether the text begins or ends with whitespace, a character without width, or a line end written out as `\n`.
fn has_invisible_end(text: &str) -> bool {
    let is_invisible = |c: char| c.is_whitespace() || WITHOUT_WIDTH.contains(&c);
    text.starts_with(is_invisible) || text.ends_with(is_invisible) || text.ends_with(r"\n")
}

/// Characters without width that the generators write.
const WITHOUT_WIDTH: [char; 3] = ['\u{ad}', '\u{200b}', '\u{feff}'];
