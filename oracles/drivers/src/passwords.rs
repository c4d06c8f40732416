//! Hostile passwords: every piece of ASCII punctuation, Unicode, and what the grammars of URLs, shells and SQL mean something by.

/// As many as the tests use.
pub const COUNT: usize = 200;

/// Each piece within a password, and random passwords of up to twelve pieces; the same in every run.
#[must_use]
pub fn hostile() -> Vec<String> {
    const PIECES: &[&str] = &[
        "@",
        ":",
        "/",
        "?",
        "#",
        "%",
        "&",
        "=",
        "+",
        ";",
        ",",
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "<",
        ">",
        "|",
        "\\",
        "^",
        "`",
        "~",
        "'",
        "\"",
        "!",
        "$",
        "*",
        ".",
        "-",
        "_",
        " ",
        "%40",
        "%2F",
        "%25",
        "%zz",
        "://",
        "@h:1/d",
        "?sslmode=disable",
        "&user=x",
        "$HOME",
        "${X}",
        "p@ss",
        "ä",
        "ß",
        "п",
        "密",
        "🔑",
        "é",
        "Ω",
        "\u{a0}",
        "0",
        "a",
        "Z",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).expect("31 bits") % limit
    };
    let mut found: Vec<String> = PIECES.iter().map(|piece| format!("x{piece}y")).collect();
    while found.len() < COUNT {
        let pieces = 1 + next(12);
        found.push((0..pieces).map(|_| PIECES[next(PIECES.len())]).collect());
    }
    found
}
