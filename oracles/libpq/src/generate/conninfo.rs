//! Keyword/value texts written by the grammar, with something odd here and there.

use super::values;
use support::random::Random;

/// A keyword/value text. A third are as good as can be, a third have a few oddities, a third many.
pub(super) fn conninfo(random: &mut Random) -> String {
    let odd = random.pick(&[&0, &8, &30]).to_owned();
    let mut text = String::new();
    spaces(random, 10, &mut text);
    for (keyword, value) in values::settings(random, 6, odd) {
        text.push_str(&keyword);
        spaces(random, 12, &mut text);
        if !random.chance(odd / 12) {
            text.push('=');
        }
        spaces(random, 12, &mut text);
        if random.chance(odd / 10) {
            // An empty value that is not quoted takes the next word for itself.
        } else if random.chance(50) {
            quoted(random, odd, &value, &mut text);
        } else {
            unquoted(random, odd, &value, &mut text);
        }
        if random.chance(97) {
            text.push(' ');
        }
        spaces(random, 10, &mut text);
    }
    if random.chance(odd / 10) {
        text.push_str(random.pick(&[
            "\\",
            "'",
            "x",
            "=",
            "user=",
            "user='",
            "user=\\",
            "user='\\",
            "user='a\\'",
            "user",
            "#c",
            ";",
        ]));
    }
    text
}

/// Spaces of every kind, `percent` times out of a hundred.
fn spaces(random: &mut Random, percent: usize, text: &mut String) {
    while random.chance(percent) {
        text.push_str(random.pick(&[" ", " ", "  ", "\t", "\n", "\u{b}", "\u{c}", "\r", "\r\n"]));
    }
    if random.chance(percent / 10) {
        text.push_str(random.pick(&["\u{a0}", "\u{3000}", "\u{85}", "\u{1c}", "\u{feff}"]));
    }
}

fn quoted(random: &mut Random, odd: usize, value: &str, text: &mut String) {
    text.push('\'');
    for c in value.chars() {
        if (matches!(c, '\'' | '\\') && !random.chance(odd / 4)) || random.chance(5) {
            text.push('\\');
        }
        text.push(c);
    }
    if !random.chance(odd / 12) {
        text.push('\'');
    }
    if random.chance(odd / 10) {
        text.push_str(random.pick(&["'", "x", "\\", "user=a"]));
    }
}

fn unquoted(random: &mut Random, odd: usize, value: &str, text: &mut String) {
    if value.is_empty() && !random.chance(odd) {
        text.push_str("''");
    }
    for c in value.chars() {
        let special = c.is_ascii_whitespace() || matches!(c, '\'' | '\\' | '\u{b}');
        if (special && !random.chance(odd / 3)) || random.chance(5) {
            text.push('\\');
        }
        text.push(c);
    }
}
