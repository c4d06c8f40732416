//! Templates with dollar signs: a shell's, and Compose's.

use super::vars::NAMES;
use support::random::Random;

/// Whose grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grammar {
    Shell,
    Compose,
}

/// What means something to either. No `(` and no backtick: a generated command does nothing (`:`), and nothing is put into one.
pub(super) const MARKS: &[&str] = &[
    "$", "{", "}", "\\", "${", "$$", ":", "-", "?", "+", "=", "#", "%", "/", "!", "\"", "'", "\n",
    "\\\n", "1", "A", " ", ":-", ":+", "^", ",", "@", "*", "é",
];

const TEXTS: &[&str] = &[
    "a",
    "x y",
    "postgres://",
    ":",
    "@",
    "/",
    "?a=1&b=2",
    "-",
    ":-",
    "+",
    "#",
    "%40",
    "\"",
    "'",
    "(",
    ")",
    "{",
    "=",
    "é",
    "~",
    "*",
    "!",
    "\n",
    "\t",
    "5",
    "_",
];

const ODD: &[&str] = &[
    "${}", "${ A}", "${A }", "${A!}", "${!A}", "${#A}", "${A%x}", "${A##*/}", "${A:1}", "${A/x/y}",
    "${A^}", "${A@Q}", "${A", "${A:-", "$1", "$9x", "$?", "$#", "$@", "$*", "$!", "$-", "$0",
    "${1}", "${A-B-C}", "${:-x}", "${-x}", "${A:}", "${A:=}", "${A:x}", "${é}", "$é", "${A:-é}",
    "${A[0]}", "$(", "$'a'", "$\"a\"", "$[", "${A.B}", "$_", "${_}", "$(:)", "`:`", "$((1))",
    "${A:-{}", "${A:+{{}",
];

const OPERATORS: &[&str] = &["-", ":-", "+", ":+", "?", ":?"];

pub(super) fn template(random: &mut Random, grammar: Grammar) -> String {
    let mut text = String::new();
    for _ in 0..=random.few(4) {
        piece(random, grammar, 0, &mut text);
    }
    text
}

fn piece(random: &mut Random, grammar: Grammar, depth: usize, text: &mut String) {
    match random.below(20) {
        0..6 => {
            text.push_str(random.pick(TEXTS));
            if depth == 0 && random.chance(10) {
                text.push('}');
            }
        }
        6..9 => {
            text.push('$');
            text.push_str(random.pick(NAMES));
        }
        9..11 => {
            text.push_str("${");
            text.push_str(random.pick(NAMES));
            text.push('}');
        }
        11..17 if depth < 4 => braced(random, grammar, depth, text),
        17 => escaped(random, grammar, text),
        18 if random.chance(40) => text.push_str(random.pick(ODD)),
        _ => text.push_str("$ "),
    }
}

fn braced(random: &mut Random, grammar: Grammar, depth: usize, text: &mut String) {
    text.push_str("${");
    text.push_str(random.pick(NAMES));
    if grammar == Grammar::Shell && random.chance(20) {
        text.push_str(random.pick(&["=", ":="]));
    } else {
        // Errors are what a string has most of if no one looks after it.
        let operators = if random.chance(85) {
            &OPERATORS[..4]
        } else {
            OPERATORS
        };
        text.push_str(random.pick(operators));
    }
    let balanced = grammar == Grammar::Compose && random.chance(15);
    if balanced {
        text.push('{');
    }
    for _ in 0..random.few(3) {
        piece(random, grammar, depth + 1, text);
    }
    if balanced {
        text.push('}');
    }
    text.push('}');
}

fn escaped(random: &mut Random, grammar: Grammar, text: &mut String) {
    if grammar == Grammar::Compose {
        return text.push_str(random.pick(&["$$", "$$A", "$$$A", "$${A}", "$$$$", "\\$A", "\\\\"]));
    }
    text.push_str(random.pick(&[
        "\\$", "\\\\", "\\}", "\\{", "\\a", "\\\"", "\\'", "\\\n", "\\\\$", "\\\\\\$", "\\`", "\\ ",
    ]));
}
