//! On ERB templates, with Ruby.

use super::{Difference, another_text, difference, holds, we_refuse};

/// All of them. Ruby is not evaluated: what is beyond the little of it that settings files use is refused.
pub const LIST: &[Difference] = &[
    difference(
        "a tag that is not closed is refused; Ruby prints or drops it",
        |f| we_refuse(f, &["expected `%>`"]) && holds(f, &["<%"]),
    ),
    difference(
        "a tag without an expression is refused; Ruby prints nothing",
        |f| {
            we_refuse(
                f,
                &["expected an expression", "expected the expression to go on"],
            )
        },
    ),
    difference("a tag without `=` is for conditions only", |f| {
        we_refuse(
            f,
            &["a tag without `=`", "expected nothing more in this tag"],
        )
    }),
    difference("a comment beside code is not read", |f| {
        we_refuse(f, &["a comment beside code"]) && holds(f, &["#"])
    }),
    difference("a variable has the name of a variable, as a literal", |f| {
        we_refuse(f, &["expected the variable's name"])
    }),
    difference("numbers are decimal, and escapes letters", |f| {
        we_refuse(f, &["expected a decimal number", "escapes by number"])
    }),
    difference("literals stay in their line and tag", |f| {
        let words = [
            "without line ends and control characters",
            "expected a closing quotation mark",
        ];
        we_refuse(f, &words) && holds(f, &["\n", "%>"])
    }),
    difference("a tag is one expression, in one line", |f| {
        we_refuse(f, &["several statements", "should end with its line"]) && holds(f, &[";", "\n"])
    }),
    difference(
        "methods, names and operators beyond the list are refused",
        |f| {
            we_refuse(
                f,
                &[
                    "is not evaluated",
                    "are not evaluated",
                    "expected an operator before this value",
                    "expected `(` directly behind",
                ],
            )
        },
    ),
    difference(
        "`to_json` writes `<`, `>` and `&` as they are; ActiveSupport escapes them for HTML",
        |f| {
            another_text(f)
                && holds(f, &["to_json"])
                && theirs_holds(f, &["\\u003c", "\\u003e", "\\u0026"])
        },
    ),
];

fn theirs_holds(finding: &crate::compare::Finding, words: &[&str]) -> bool {
    matches!(&finding.what, crate::compare::What::Field { theirs: Some(theirs), .. } if words.iter().any(|word| theirs.contains(word)))
}
