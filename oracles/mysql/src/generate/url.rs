//! URLs written by the grammar, with something odd in a part or two.

use super::values::{self, Dialect};
use support::random::Random;

/// A URL. A third are as good as can be, a third have a few oddities, a third many.
pub(super) fn url(random: &mut Random) -> String {
    let odd = random.pick(&[&0, &5, &20]).to_owned();
    let mut url = String::from(scheme(random, odd));
    // Two in a hundred have no authority, as one with a socket may have none.
    if random.chance(98) {
        authority(random, odd, &mut url);
    } else if random.chance(odd) {
        url.push_str("/db.acme.test:3306");
    }
    if random.chance(85) {
        path(random, odd, &mut url);
    }
    if random.chance(70) {
        query(random, odd, &mut url);
    }
    if random.chance(odd / 8) {
        url.push_str(random.pick(&["#", "#x", "#?ssl-mode=REQUIRED"]));
    }
    url
}

fn scheme(random: &mut Random, odd: usize) -> &'static str {
    if random.chance(odd / 4) {
        random.pick(&[
            "MYSQL://",
            "mysql:/",
            "mysql:",
            " mysql://",
            "postgres://",
            "mysql+pymysql://",
            "http://",
            "jdbc:mysql://",
            "mysqlx://",
            "://",
            "",
        ])
    } else {
        random.pick(&[
            "mysql://",
            "mysql://",
            "mysql://",
            "mysql://",
            "mysql://",
            "mariadb://",
            "mysql2://",
        ])
    }
}

fn authority(random: &mut Random, odd: usize, url: &mut String) {
    if random.chance(75) {
        credentials(random, odd, url);
    }
    url.push_str(values::host(random, odd));
    if random.chance(45) {
        url.push(':');
        url.push_str(values::port(random, odd));
    }
}

fn credentials(random: &mut Random, odd: usize, url: &mut String) {
    if !random.chance(4) {
        any(random, odd, url);
    }
    if random.chance(75) {
        url.push(':');
        if !random.chance(6) {
            any(random, odd, url);
        }
    }
    url.push('@');
}

fn path(random: &mut Random, odd: usize, url: &mut String) {
    url.push('/');
    if random.chance(88) {
        any(random, odd, url);
    }
    if random.chance(odd / 4) {
        url.push_str(random.pick(&["/", "/x", "//", "/../y", "/."]));
    }
}

fn query(random: &mut Random, odd: usize, url: &mut String) {
    let dialect = match random.below(10) {
        0..3 => Dialect::Sqlx,
        3..6 => Dialect::Mysql,
        6..9 => Dialect::MysqlAsync,
        _ => Dialect::Foreign,
    };
    url.push('?');
    for (index, (name, value)) in values::settings(random, dialect, odd).iter().enumerate() {
        if index > 0 || random.chance(odd / 10) {
            url.push(if random.chance(odd / 15) { ';' } else { '&' });
        }
        part(random, odd / 4, name, url);
        if !random.chance(odd / 8) {
            url.push('=');
        }
        part(random, odd / 2, value, url);
    }
    if random.chance(5) {
        url.push('&');
    }
}

/// Writes a string of no kind in particular.
fn any(random: &mut Random, odd: usize, url: &mut String) {
    let text = values::text(random);
    part(random, odd, &text, url);
}

/// Writes one part, with what would end it escaped, unless an oddity is wanted.
fn part(random: &mut Random, odd: usize, text: &str, url: &mut String) {
    let raw = random.chance(odd / 3);
    let plus = random.chance(50);
    for c in text.chars() {
        match c {
            // In a query an unescaped one is a space; a time zone has its own rule.
            '+' if plus => url.push('+'),
            ' ' if random.chance(odd) => url.push('+'),
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' | '~' if !random.chance(3) => {
                url.push(c);
            }
            '/' | '\'' | ',' | '\u{a1}'.. if random.chance(odd) => url.push(c),
            _ if raw => url.push(c),
            _ => escape(random, c, url),
        }
    }
    if random.chance(odd / 5) {
        url.push_str(random.pick(&[
            "%00", "%ff", "%", "%2", "%g0", "%C3", "%C3%A9", "%0A", "+", "\u{1}", " ",
        ]));
    }
}

/// The character as percent escapes, in either case.
fn escape(random: &mut Random, c: char, url: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let escape = if random.chance(50) {
            format!("%{byte:02X}")
        } else {
            format!("%{byte:02x}")
        };
        url.push_str(&escape);
    }
}
