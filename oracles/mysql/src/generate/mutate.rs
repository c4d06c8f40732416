//! A string with something done to it.

use support::edit;
use support::random::Random;

/// What decides where a part ends, and what is often mistaken for it.
const DELIMITERS: &[&str] = &[
    ":",
    "/",
    "?",
    "#",
    "[",
    "]",
    "(",
    ")",
    "@",
    ",",
    "=",
    "&",
    "%",
    " ",
    "\t",
    "\n",
    "'",
    "\"",
    "\\",
    "//",
    "://",
    "%2",
    "%00",
    "%41",
    "%ff",
    "%2F",
    "%40",
    "+",
    ";",
    "\u{a0}",
    "\u{7f}",
    "é",
    "mysql://",
    "socket=",
    "ssl-mode=",
    "host=",
    "port=",
    "0",
    "-",
    "..",
    "<",
    "|",
    "^",
];

/// The text, changed once to four times.
pub(super) fn mutated(random: &mut Random, text: &str) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for _ in 0..=random.few(3) {
        mutate(random, &mut text);
    }
    text.into_iter().collect()
}

fn mutate(random: &mut Random, text: &mut Vec<char>) {
    let location = random.below(text.len() + 1);
    match random.below(6) {
        0 | 1 => edit::insert(location, random.pick(DELIMITERS), text),
        2 => edit::insert(location, &random.char().to_string(), text),
        3 => edit::cut(random, location, text, 12),
        4 => edit::copy(random, location, text, 12),
        _ if location < text.len() => {
            text[location] = random.pick(DELIMITERS).chars().next().unwrap_or(',');
        }
        _ => {}
    }
}
