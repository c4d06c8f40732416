//! On ERB templates, with Ruby.

use support::compare::What;

use super::{Difference, another_text, difference, holds};
use crate::compare::Finding;

/// All of them. Nothing of Ruby is run: what is beyond the little of it that settings files use is not known. It is rejected
/// where its value is needed, and passed over elsewhere.
pub const LIST: &[Difference] = &[
    difference(
        "a tag that is not closed is refused; Ruby prints or drops it",
        |f| f.we_reject(&["expected `%>`"]) && holds(f, &["<%"]),
    ),
    difference(
        "a tag without an expression is refused; Ruby prints nothing",
        |f| f.we_reject(&["expected an expression", "expected the expression to go on"]),
    ),
    difference("a comment next to code is not read", |f| {
        f.we_reject(&["a comment next to code"]) && holds(f, &["#"])
    }),
    difference(
        "a comment in a tag without `=` ends with the tag; in Ruby it takes the rest of the template's line",
        |f| {
            let ends_in_comment = statements(f).any(ends_in_comment);
            ends_in_comment && (another_text(f) || matches!(f.what, What::WeReject(..)))
        },
    ),
    difference("a variable has the name of a variable, as a literal", |f| {
        f.we_reject(&[
            "expected the name of a variable",
            "expected the variable's name",
        ])
    }),
    difference("numbers are whole and decimal", |f| {
        f.we_reject(&["expected a whole decimal number"])
    }),
    difference("escapes are those of a few characters", |f| {
        f.we_reject(&["this escape is not read"]) && holds(f, &["\\"])
    }),
    difference("literals stay in their line and tag", |f| {
        let words = [
            "without line ends and control characters",
            "expected a closing quotation mark",
        ];
        f.we_reject(&words) && holds(f, &["\n", "%>"])
    }),
    difference("a tag is one expression, in one line", |f| {
        f.we_reject(&["several statements", "should end with its line"]) && holds(f, &[";", "\n"])
    }),
    difference(
        "methods, names and operators beyond the list are refused, and so is trim mode",
        |f| {
            f.we_reject(&[
                "is not evaluated",
                "are not evaluated",
                "is evaluated after a `.` only",
                "expected an operator before this value",
                "expected `(` directly after",
                "expected a space after",
                "expected nothing more in this tag",
                "may open no block",
                "without the `-`",
            ])
        },
    ),
    difference(
        "`to_json` as a part of the text writes nothing that JSON escapes",
        |f| f.we_reject(&["`to_json` fails for this value"]),
    ),
    difference(
        "`to_json` writes `<`, `>` and `&` as they are; ActiveSupport escapes them for HTML",
        |f| {
            another_text(f)
                && holds(f, &["to_json"])
                && theirs_holds(f, &["\\u003c", "\\u003e", "\\u0026"])
        },
    ),
    difference(
        "a tag without `=` and without a condition is passed over; Ruby runs it, and it fails",
        |f| matches!(f.what, What::ItRejects(_)) && statements(f).next().is_some(),
    ),
    difference(
        "what follows an operator, a default, and what a condition leaves out may be no Ruby if its value is not needed",
        |f| {
            f.it_rejects(&["SyntaxError"])
                && holds(f, &["||", "&&", " ? ", "ENV.fetch", "<% if ", "<% unless "])
        },
    ),
];

/// The code of the tags that give no value and are no condition; what begins with a comment belongs to them.
fn statements(finding: &Finding) -> impl Iterator<Item = &str> {
    let codes = tags(finding.case.text());
    codes.filter(|code| {
        let word = code.split_ascii_whitespace().next().unwrap_or_default();
        !code.starts_with(['=', '#'])
            && !["", "if", "unless", "elsif", "else", "end"].contains(&word)
    })
}

/// The code of all tags.
fn tags(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        loop {
            let (_, tag) = rest.split_once("<%")?;
            if let Some(text) = tag.strip_prefix('%') {
                rest = text;
                continue;
            }
            let (code, after) = tag.split_once("%>")?;
            rest = after;
            return Some(code);
        }
    })
}

/// Whether a comment may be what the tag's code ends with.
fn ends_in_comment(code: &str) -> bool {
    code.lines().last().is_some_and(|line| line.contains('#'))
}

fn theirs_holds(finding: &Finding, words: &[&str]) -> bool {
    matches!(&finding.what, What::Field { theirs: Some(theirs), .. } if words.iter().any(|word| theirs.contains(word)))
}
