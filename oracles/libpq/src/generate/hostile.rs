//! Texts no one would write.

use std::fmt::Write;

use super::mutate::DELIMITERS;
use support::random::Random;

/// Delimiters and words at random, lists without end, long runs, control characters.
pub(super) fn hostile(random: &mut Random) -> String {
    let start = random.pick(&[
        "postgres://",
        "postgresql://",
        "postgres://u:p@h/d?",
        "user=",
        "",
        "host='",
        "port=",
    ]);
    let mut text = start.to_owned();
    match random.below(6) {
        0 | 1 => soup(random, &mut text),
        2 => commas(random, &mut text),
        3 => run(random, &mut text),
        4 => text.extend((0..random.few(40)).map(|_| random.char())),
        _ => escapes(random, &mut text),
    }
    text
}

fn soup(random: &mut Random, text: &mut String) {
    for _ in 0..random.few(30) {
        let words = [
            "h", "user", "sslmode", "require", "1", "5432", "d", "true", "ssl", "disable",
        ];
        text.push_str(if random.chance(70) {
            random.pick(DELIMITERS)
        } else {
            random.pick(&words)
        });
    }
}

/// Lists of hosts and ports of any length; lengths that fit and lengths that nearly do.
fn commas(random: &mut Random, text: &mut String) {
    let most = if random.chance(5) { 2000 } else { 60 };
    let hosts = random.few(most);
    let ports = match random.below(4) {
        0 => 0,
        1 => hosts + 1,
        2 => random.few(60),
        _ => hosts,
    };
    *text = if random.chance(50) {
        let keyword = random.pick(&["host", "hostaddr"]);
        format!(
            "{keyword}='{}' port='{}'",
            ",".repeat(hosts),
            ",".repeat(ports)
        )
    } else {
        format!(
            "postgres://{}/?port={}",
            ",".repeat(hosts),
            ",".repeat(ports)
        )
    };
    if random.chance(30) {
        let element = random.pick(&["1", "x", "/s", "0", "h:1", "[h]", " "]);
        let location = text
            .find(',')
            .map_or(text.len(), |comma| comma + random.below(2));
        text.insert_str(location, element);
    }
}

fn run(random: &mut Random, text: &mut String) {
    let most = if random.chance(5) { 20_000 } else { 300 };
    let length = random.few(most);
    text.push_str(&random.pick(DELIMITERS).repeat(length));
    if random.chance(50) {
        text.push_str(random.pick(&["@h", "]", "'", "=x", "/d", "?user=a", " user=b"]));
    }
}

/// Percent escapes of any bytes, some of them cut short.
fn escapes(random: &mut Random, text: &mut String) {
    for _ in 0..random.few(20) {
        let byte = if random.chance(60) {
            random.byte() & 0x7f | 0x20
        } else {
            random.byte()
        };
        write!(text, "%{byte:02x}").expect("writing to a string");
        if random.chance(4) {
            text.pop();
        }
    }
}
