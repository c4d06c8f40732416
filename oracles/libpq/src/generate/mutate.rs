//! Good texts with something done to them.

use super::seeds::SEEDS;
use super::{conninfo, uri};
use support::edit;
use support::random::Random;

/// What decides where a part ends, in either grammar, and what is often mistaken for it.
pub(super) const DELIMITERS: &[&str] = &[
    ":",
    "/",
    "?",
    "#",
    "[",
    "]",
    "@",
    ",",
    "=",
    "&",
    "%",
    " ",
    "\t",
    "\n",
    "'",
    "\\",
    "//",
    "://",
    "%2",
    "%00",
    "%41",
    "%ff",
    "%C3%A9",
    "%2C",
    "+",
    ";",
    "\"",
    "''",
    "\u{b}",
    "\u{a0}",
    "\u{7f}",
    "é",
    "postgres://",
    "user=",
    "sslmode=",
    "host=",
    "port=",
    "&port=",
    "0",
    "-",
];

/// One text, changed once to six times.
pub(super) fn mutated(random: &mut Random) -> String {
    let mut text: Vec<char> = origin(random).chars().collect();
    for _ in 0..=random.few(5) {
        mutate(random, &mut text);
    }
    text.into_iter().collect()
}

fn origin(random: &mut Random) -> String {
    match random.below(4) {
        0 => uri::uri(random),
        1 => conninfo::conninfo(random),
        _ => random.pick(SEEDS).to_owned(),
    }
}

fn mutate(random: &mut Random, text: &mut Vec<char>) {
    let location = random.below(text.len() + 1);
    match random.below(8) {
        0 => flip(random, location, text),
        1 | 2 => edit::insert(location, random.pick(DELIMITERS), text),
        3 => edit::insert(location, &random.char().to_string(), text),
        4 => edit::cut(random, location, text, 20),
        5 => edit::copy(random, location, text, 20),
        6 => {
            text.truncate(location);
            let other = random.pick(SEEDS);
            let from = random.below(other.chars().count() + 1);
            text.extend(other.chars().skip(from));
        }
        _ if location < text.len() => {
            text[location] = random.pick(DELIMITERS).chars().next().unwrap_or(',');
        }
        _ => {}
    }
}

/// Flips a bit of an ASCII character, if that does not make it a NUL.
fn flip(random: &mut Random, location: usize, text: &mut [char]) {
    let Some(c) = text.get_mut(location) else {
        return;
    };
    let flipped = u8::try_from(*c).unwrap_or(b'?') ^ (1 << random.below(7));
    if flipped != 0 {
        *c = char::from(flipped);
    }
}
