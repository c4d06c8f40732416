//! The differences that are meant to be: the whole lists. Whatever else differs is a fault, and so is a difference listed
//! here that no longer occurs.

mod dsn;
mod url;

pub use dsn::LIST as OF_DSNS;
pub use url::LIST as OF_URLS;

use database_url::ErrorKind;

use crate::compare::Finding;
use crate::peer::Peer;
use crate::split::Split;

/// One deliberate difference.
pub type Difference = support::compare::Difference<fn(&Finding, &Split) -> bool>;

/// The first difference of the list that explains the finding.
#[must_use]
pub fn explain(list: &[Difference], finding: &Finding) -> Option<usize> {
    let split = match finding.oracle {
        Peer::Go => Split::of_dsn(&finding.case),
        _ => Split::new(&finding.case),
    };
    list.iter()
        .position(|difference| (difference.explains)(finding, &split))
}

const fn difference(name: &'static str, explains: fn(&Finding, &Split) -> bool) -> Difference {
    Difference { name, explains }
}

/// Whether we reject what the peer accepts, for this reason.
fn we_reject(finding: &Finding, kind: ErrorKind) -> bool {
    finding.we_reject_as(kind.as_str())
}

/// Whether a setting of TLS is in the text, in a location where it may have no effect.
fn holds_tls_setting(text: &str) -> bool {
    const ABOUT_TLS: [&str; 9] = [
        "ssl", "tls", "ca", "cert", "key", "crl", "cipher", "secur", "verify",
    ];
    let text = text.to_ascii_lowercase();
    let in_name = |one: char| one.is_ascii_alphanumeric() || "-_.".contains(one);
    text.match_indices('=').any(|(equals, _)| {
        let before = &text[..equals];
        let name = &before[before.trim_end_matches(in_name).len()..];
        ABOUT_TLS.iter().any(|part| name.contains(part))
    })
}

/// What we have in the field that differs.
fn ours(finding: &Finding) -> Option<&str> {
    finding.both().0
}

/// What they have in it.
fn theirs(finding: &Finding) -> Option<&str> {
    finding.both().1
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
