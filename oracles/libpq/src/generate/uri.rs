//! URIs written by the grammar, with something odd in a part or two.

use super::values;
use support::random::Random;

/// A URI. A third are as good as can be, a third have a few oddities, a third many.
pub(super) fn uri(random: &mut Random) -> String {
    let odd = random.pick(&[&0, &8, &30]).to_owned();
    let mut uri = String::from(scheme(random, odd));
    if random.chance(60) {
        credentials(random, odd, &mut uri);
    }
    hosts(random, odd, &mut uri);
    if random.chance(70) {
        uri.push('/');
        if random.chance(80) {
            any(random, odd, &mut uri);
        }
    }
    if random.chance(70) {
        query(random, odd, &mut uri);
    }
    uri
}

fn scheme(random: &mut Random, odd: usize) -> &'static str {
    if random.chance(odd / 8) {
        random.pick(&[
            "POSTGRES://",
            "postgres:/",
            "postgre://",
            " postgres://",
            "postgres+x://",
            "jdbc:postgresql://",
            "\u{feff}postgres://",
        ])
    } else {
        random.pick(&["postgres://", "postgresql://"])
    }
}

fn credentials(random: &mut Random, odd: usize, uri: &mut String) {
    if random.chance(90) {
        any(random, odd, uri);
    }
    if random.chance(75) {
        uri.push(':');
        if random.chance(90) {
            any(random, odd, uri);
        }
    }
    uri.push('@');
}

fn hosts(random: &mut Random, odd: usize, uri: &mut String) {
    let count = match random.below(20) {
        0..2 => return,
        2..14 => 1,
        14..19 => 1 + random.few(4),
        _ => 1 + random.few(60),
    };
    for index in 0..count {
        if index > 0 {
            uri.push(',');
        }
        let host = values::host(random, odd / count);
        if host.contains(':') && !random.chance(odd) || random.chance(3) {
            bracketed(random, odd, &host, uri);
        } else {
            part(random, odd / count, &host, uri);
        }
        if random.chance(40) {
            uri.push(':');
            let port = values::port(random, odd / count);
            part(random, odd / count, &port, uri);
        }
    }
}

fn bracketed(random: &mut Random, odd: usize, host: &str, uri: &mut String) {
    uri.push('[');
    part(random, odd, host, uri);
    if !random.chance(odd / 8) {
        uri.push(']');
    }
    if random.chance(odd / 8) {
        uri.push_str(random.pick(&["x", "]", "[", " ", "@", "#", "%20"]));
    }
}

fn query(random: &mut Random, odd: usize, uri: &mut String) {
    uri.push('?');
    for (index, (keyword, value)) in values::settings(random, 5, odd).iter().enumerate() {
        if index > 0 || random.chance(odd / 20) {
            uri.push('&');
        }
        if random.chance(odd / 15) {
            uri.push_str(random.pick(&["&", "=", ";", "#", "?", "x"]));
        }
        part(random, odd / 3, keyword, uri);
        if !random.chance(odd / 15) {
            uri.push('=');
        }
        part(random, odd, value, uri);
    }
    if random.chance(5) {
        uri.push('&');
    }
}

/// Writes a part of no kind in particular.
fn any(random: &mut Random, odd: usize, uri: &mut String) {
    let text = values::text(random);
    part(random, odd, &text, uri);
}

/// Writes one part, with what would end it escaped, unless an oddity is wanted.
fn part(random: &mut Random, odd: usize, text: &str, uri: &mut String) {
    if random.chance(odd / 5) {
        uri.push_str(random.pick(&[" ", "  ", "\t", "\n", "%20", "%09"]));
    }
    let raw = random.chance(odd / 4);
    for c in text.chars() {
        let delimits = matches!(
            c,
            '%' | ':' | '/' | '?' | '#' | '[' | ']' | '@' | ',' | '=' | '&' | ' '
        );
        if (delimits && !raw) || random.chance(4) {
            escape(random, c, uri);
        } else {
            uri.push(c);
        }
    }
    if random.chance(odd / 4) {
        uri.push_str(random.pick(&[
            "%00",
            "%ff",
            "%",
            "%2",
            "%g0",
            "%0g",
            "%%",
            " ",
            "%C3%A9",
            "%c3",
            "%F0%9F%98%80",
            "% 41",
            "%2C",
            "%u0041",
            "+",
            "\u{1}",
        ]));
    }
}

/// The character as percent escapes, in either case.
fn escape(random: &mut Random, c: char, uri: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let escape = if random.chance(50) {
            format!("%{byte:02X}")
        } else {
            format!("%{byte:02x}")
        };
        uri.push_str(&escape);
    }
}
