//! On shell templates, with bash and dash.

use super::{Difference, another_text, difference, holds};
use crate::oracle::Oracle;

/// All of them. Whatever a shell would have to run, compute or look up outside the variables is rejected by name, never passed
/// through; and a template is right as a whole or rejected, where a shell looks at a word only when it uses it.
pub const LIST: &[Difference] = &[
    difference("there are no arguments: `$1`, `$@`, `$*`, `$#`", |f| {
        f.we_reject(&["there are no arguments"]) && holds(f, &["$"])
    }),
    difference(
        "there is no shell whose options, status or number could be told: `$-`, `$?`, `$$`, `$!`",
        |f| {
            f.we_reject(&[
                "no options of a shell",
                "no exit status",
                "no process number",
            ])
        },
    ),
    difference("commands are not run: `$(…)` and backticks", |f| {
        f.we_reject(&["commands are not run"]) && holds(f, &["$(", "`"])
    }),
    difference(
        "nothing is computed: `$((…))`, `$[…]`, and the length `${#A}`",
        |f| {
            f.we_reject(&["nothing is computed", "lengths are not computed"])
                && holds(f, &["$[", "$((", "{#"])
        },
    ),
    difference(
        "values are not cut: `${A%…}`, `${A#…}`, `${A:1}`",
        |f| f.we_reject(&["values are not cut"]),
    ),
    difference(
        "values are not changed: `${A/x/y}`, `${A^}`, `${A@Q}`",
        |f| {
            f.we_reject(&[
                "nothing is replaced",
                "letters keep their case",
                "values are not changed",
            ])
        },
    ),
    difference("a variable cannot name another one: `${!A}`", |f| {
        f.we_reject(&["a variable cannot name another one"]) && holds(f, &["${!"])
    }),
    difference("variables are no lists: `${A[0]}`", |f| {
        f.we_reject(&["variables are no lists"])
    }),
    difference(
        "what bash and dash read differently is refused: quotation marks in words",
        |f| f.we_reject(&["shells disagree"]) && holds(f, &["'", "\"", "\\"]),
    ),
    difference("a mistake in a word that is not used is a mistake", |f| {
        f.we_reject(&["expected a name after", "expected `}` or one of"])
    }),
    difference("`_` is a variable of bash's own", |f| {
        let named = |start: &str| {
            let mut ends = f.case.text().split(start).skip(1);
            ends.any(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
        };
        f.oracle == Oracle::Bash
            && (another_text(f) || f.we_reject(&["_ has to be set"]))
            && (named("$_") || named("${_"))
    }),
];
