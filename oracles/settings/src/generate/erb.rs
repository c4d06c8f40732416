//! ERB templates, with the little Ruby that settings files use.

use super::vars::NAMES;
use support::random::Random;

/// What means something to ERB or to Ruby. Nothing that runs a command, leaves the process or reads its input.
pub(super) const MARKS: &[&str] = &[
    "<%",
    "%>",
    "<%=",
    "<%#",
    "<%%",
    "%%>",
    "<%-",
    "-%>",
    "|",
    "||",
    "&&",
    "!",
    "?",
    ":",
    "'",
    "\"",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ".",
    ",",
    " ",
    "\n",
    "=",
    "==",
    "A",
    "1",
    ".to_s",
    ".presence",
    "nil",
    "not ",
    "&",
    "%",
    "#",
    "_",
    "-",
];

const TEXTS: &[&str] = &[
    "url: ",
    "\n",
    "  ",
    "a",
    "#",
    "%",
    "<",
    ">",
    "%>",
    "<%%",
    "<%% x %>",
    "$A",
    "\"",
    "'",
    "\n  pool: ",
    "é",
    "=",
    "- ",
];

const LITERALS: &[&str] = &[
    "'lit'",
    "\"lit\"",
    "''",
    "\"\"",
    "5",
    "0",
    "-3",
    "1.5",
    "nil",
    "true",
    "false",
    "'it\\'s'",
    "\"a\\nb\"",
    "'a\\nb'",
    "\"a\\\"b\"",
    "'a\\\\b'",
    "\"é\"",
    "'#{1}'",
    "\"#\"",
    "'%%>'",
    "'postgres://localhost/dev'",
    "\"\\q\"",
    "'redis://localhost:6379/1'",
];

const ODD_LITERALS: &[&str] = &[
    "0x1f",
    "1_000",
    "017",
    "1e3",
    "\"\\u00e9\"",
    "\"\\t\\e\\s\\0\"",
    "\"\\x41\"",
    ":a",
    "[]",
    "1.",
    "'a' 'b'",
    "?a",
    "%q(a)",
    "'a\nb'",
];

/// Names that Rails' own files use.
const CONSTANTS: &[&str] = &[
    "Rails.env",
    "Rails.env.production?",
    "Rails.env.development?",
    "OpenSSL::SSL::VERIFY_NONE",
    "OpenSSL::SSL::VERIFY_PEER",
];

const METHODS: &[&str] = &[
    ".presence",
    ".present?",
    ".blank?",
    ".to_i",
    ".to_s",
    ".to_json",
    ".empty?",
];

/// Mostly outside what is supported; each is one call or word that Ruby has.
const ODD: &[&str] = &[
    ".upcase",
    ".strip",
    ".inspect",
    ".length",
    ".to_f",
    ".to_sym",
    " + 'x'",
    "[0]",
    ".sub('a', 'b')",
    ".nope",
    ".freeze",
    ".chomp",
    "()",
    " ; 1",
    " # comment",
    " # comment\n",
    " # comment\n",
    " rescue 'r'",
    " if true",
    " and 1",
    " or 2",
    " == nil",
    " =~ /a/",
    "::X",
];

pub(super) fn template(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..=random.few(3) {
        piece(random, 0, &mut text);
    }
    text
}

fn piece(random: &mut Random, depth: usize, text: &mut String) {
    match random.below(16) {
        0..4 => text.push_str(random.pick(TEXTS)),
        4..12 => output(random, text),
        12 => text.push_str(random.pick(&[
            "<%# a comment %>",
            "<%#= ENV['A'] %>",
            "<%#%>",
            "<% # a comment %>",
            "<% # a comment\n %>",
        ])),
        13..15 if depth < 2 => conditional(random, depth, text),
        _ => text.push_str(random.pick(&[
            "<%",
            "<%=",
            "%>",
            "<%- ENV['A'] -%>",
            "<% ENV['A'] %>",
            "<%=%>",
            "<% %>",
            "<%=ENV['A']%>",
        ])),
    }
}

fn output(random: &mut Random, text: &mut String) {
    text.push_str("<%=");
    text.push_str(random.pick(&[" ", " ", " ", "", "\n"]));
    if random.chance(8) {
        // Without parentheses only as the whole expression.
        text.push_str("ENV.fetch ");
        text.push_str(&quoted_name(random));
        if random.chance(70) {
            text.push_str(", ");
            expression(random, 2, text);
        }
    } else {
        expression(random, 0, text);
    }
    if random.chance(10) {
        text.push_str(random.pick(&[" if ", " unless ", " or ", " and ", "\n or ", " ||\n "]));
        expression(random, 2, text);
    }
    if random.chance(6) {
        text.push_str(random.pick(ODD));
    }
    text.push_str(random.pick(&[" ", " ", " ", "", "\n"]));
    text.push_str("%>");
}

fn conditional(random: &mut Random, depth: usize, text: &mut String) {
    let line_end = random.pick(&["", "\n"]);
    text.push_str("<% ");
    text.push_str(random.pick(&["if", "if", "unless"]));
    text.push(' ');
    expression(random, 1, text);
    text.push_str(" %>");
    text.push_str(line_end);
    piece(random, depth + 1, text);
    if random.chance(20) {
        text.push_str("<% elsif ");
        expression(random, 2, text);
        text.push_str(" %>");
        piece(random, depth + 1, text);
    }
    if random.chance(50) {
        text.push_str("<% else %>");
        text.push_str(line_end);
        piece(random, depth + 1, text);
    }
    if random.chance(95) {
        text.push_str("<% end %>");
    }
    text.push_str(line_end);
}

fn expression(random: &mut Random, depth: usize, text: &mut String) {
    match random.below(20) {
        0..10 => chained(random, depth, text),
        _ if depth >= 3 => chained(random, depth, text),
        10..14 => joined(random, depth, " || ", text),
        14 => joined(random, depth, " && ", text),
        15 => joined(random, depth, " == ", text),
        16 => joined(random, depth, " != ", text),
        17 => {
            text.push_str(random.pick(&["!", "!", "not "]));
            chained(random, depth + 1, text);
        }
        18 => {
            expression(random, depth + 1, text);
            text.push_str(" ? ");
            chained(random, depth + 1, text);
            text.push_str(" : ");
            expression(random, depth + 1, text);
        }
        _ => {
            text.push('(');
            expression(random, depth + 1, text);
            text.push(')');
        }
    }
}

fn joined(random: &mut Random, depth: usize, operator: &str, text: &mut String) {
    expression(random, depth + 1, text);
    text.push_str(operator);
    expression(random, depth + 1, text);
}

/// An operand, mostly followed by nothing.
fn chained(random: &mut Random, depth: usize, text: &mut String) {
    operand(random, depth, text);
    while random.chance(25) {
        text.push_str(random.pick(METHODS));
    }
}

fn operand(random: &mut Random, depth: usize, text: &mut String) {
    match random.below(12) {
        0..4 => {
            text.push_str("ENV[");
            text.push_str(&quoted_name(random));
            text.push(']');
        }
        4 => {
            text.push_str("ENV.fetch(");
            text.push_str(&quoted_name(random));
            text.push(')');
        }
        5..9 if depth < 3 => {
            text.push_str("ENV.fetch(");
            text.push_str(&quoted_name(random));
            let (open, close) = match random.below(8) {
                0..4 => (", ", ")"),
                4 => (",\n ", ")"),
                5 => (") do ", " end"),
                6 => (") do\n ", "\n end"),
                _ => (") { ", " }"),
            };
            text.push_str(open);
            expression(random, depth + 1, text);
            text.push_str(close);
        }
        9 if depth < 3 => {
            text.push('(');
            expression(random, depth + 1, text);
            text.push(')');
        }
        10 if depth < 3 && random.chance(50) => {
            text.push_str(random.pick(&["\"a#{", "\"#{", "\"#{ "]));
            expression(random, depth + 1, text);
            text.push_str(random.pick(&["}\"", "}b\"", " }\\n\""]));
        }
        _ if random.chance(6) => text.push_str(random.pick(CONSTANTS)),
        _ if random.chance(3) => text.push_str(random.pick(ODD_LITERALS)),
        _ => text.push_str(random.pick(LITERALS)),
    }
}

fn quoted_name(random: &mut Random) -> String {
    let name = random.pick(NAMES);
    let quote = random.pick(&["'", "\""]);
    format!("{quote}{name}{quote}")
}
