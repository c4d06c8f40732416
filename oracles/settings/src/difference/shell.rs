//! On shell templates, with bash and dash.

use super::{Difference, another_text, difference, holds, we_refuse};
use crate::oracle::Oracle;

/// All of them. Whatever a shell would have to run, compute or look up outside the variables is refused by name, never passed
/// through; and a template is right as a whole or refused, where a shell looks at a word only when it uses it.
pub const LIST: &[Difference] = &[
    difference("there are no arguments: `$1`, `$@`, `$*`, `$#`", |f| {
        we_refuse(f, &["there are no arguments"]) && holds(f, &["$"])
    }),
    difference(
        "there is no shell whose options, status or number could be told: `$-`, `$?`, `$$`, `$!`",
        |f| {
            we_refuse(
                f,
                &[
                    "no options of a shell",
                    "no exit status",
                    "no process number",
                ],
            )
        },
    ),
    difference("commands are not run: `$(…)` and backticks", |f| {
        we_refuse(f, &["commands are not run"]) && holds(f, &["$(", "`"])
    }),
    difference(
        "nothing is computed: `$((…))`, `$[…]`, and the length `${#A}`",
        |f| {
            we_refuse(f, &["nothing is computed", "lengths are not computed"])
                && holds(f, &["$[", "$((", "{#"])
        },
    ),
    difference(
        "values are not cut: `${A%…}`, `${A#…}`, `${A:1}`",
        |f| we_refuse(f, &["values are not cut"]),
    ),
    difference(
        "values are not changed: `${A/x/y}`, `${A^}`, `${A@Q}`",
        |f| {
            we_refuse(
                f,
                &[
                    "nothing is replaced",
                    "letters keep their case",
                    "values are not changed",
                ],
            )
        },
    ),
    difference("a variable cannot name another one: `${!A}`", |f| {
        we_refuse(f, &["a variable cannot name another one"]) && holds(f, &["${!"])
    }),
    difference("variables are no lists: `${A[0]}`", |f| {
        we_refuse(f, &["variables are no lists"])
    }),
    difference(
        "what bash and dash read differently is refused: quotation marks in words",
        |f| we_refuse(f, &["shells disagree"]) && holds(f, &["'", "\"", "\\"]),
    ),
    difference("a mistake in a word that is not used is a mistake", |f| {
        we_refuse(f, &["expected a name after", "expected `}` or one of"])
    }),
    difference("`_` is a variable of bash's own", |f| {
        let named = |start: &str| {
            let mut ends = f.case.text().split(start).skip(1);
            ends.any(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
        };
        f.oracle == Oracle::Bash
            && (another_text(f) || we_refuse(f, &["_ has to be set"]))
            && (named("$_") || named("${_"))
    }),
];
