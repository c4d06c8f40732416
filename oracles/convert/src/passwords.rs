//! Passwords that break quoting: every ASCII character in every position, what shells, YAML and URLs take for something else, and
//! mixtures of all of them.

/// What more is in a password than letters.
const PIECES: &[&str] = &[
    "'",
    "\"",
    "\\",
    "`",
    "$",
    "$$",
    "${HOME}",
    "$HOME",
    "$(id)",
    "%",
    "%%",
    "%41",
    "%(x)s",
    "#",
    " #",
    "!",
    "!!",
    "&",
    "&amp;",
    ";",
    "|",
    "<",
    ">",
    "<%= 1 %>",
    "<%%",
    "{",
    "}",
    "{{x}}",
    "[",
    "]",
    "(",
    ")",
    "*",
    "?",
    "~",
    "^",
    "=",
    "+",
    ",",
    ".",
    "-",
    "_",
    "/",
    "//",
    ":",
    "::",
    "@",
    "@h/",
    " ",
    "  ",
    "\t",
    "é",
    "ß",
    "日本語",
    "🔑",
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{200b}",
    "e\u{301}",
    "\u{1}",
    "\u{7f}",
    "\u{10fffd}",
    "''",
    "'\\''",
    "\\n",
    "\\'",
    "\\\"",
    "\\x41",
    "\\u0041",
];

/// What YAML, JSON or a shell would take for another type, another key, or an end.
const WHOLE: &[&str] = &[
    "yes",
    "no",
    "on",
    "off",
    "true",
    "false",
    "null",
    "~",
    "0",
    "0123",
    "0x1f",
    "1e3",
    "1_000",
    "12:30:45",
    ".5",
    "-1",
    "+1",
    "2024-01-01",
    "- a",
    "? a",
    ": a",
    "a: b",
    "a #b",
    "!ruby/object",
    "!!str a",
    "&a",
    "*a",
    "<<",
    "---",
    "...",
    "=",
    "|",
    ">",
    "@a",
    "`a`",
    "%YAML",
    "{a: b}",
    "[a, b]",
    "'a'",
    "\"a\"",
    "'",
    "\"",
    "$a",
    "${a}",
    "$(a)",
    "a$",
    "a\\",
    "\\",
    "\\\\",
    " a",
    "a ",
    "  ",
    "#a",
    "-n",
    "--",
    "a=b",
    "export A=b",
    "DATABASE_URL=x",
    "a\\nb",
    "a:b:c",
    "*:*",
    "localhost:5432",
    "a@b/c?d=e#f",
    "a&password=b",
    "a;b=c",
    "a' b='c",
    "a\" \"b",
    "user=root",
    "p%20w",
    "p+w",
    "p%zz",
    "[brackets]",
    "a,b",
    "a|b",
    "tést",
    "ÄÖÜ",
    "пароль",
];

/// Passwords, more than 300, without repetition; those with line ends last.
#[must_use]
pub fn all() -> Vec<String> {
    let mut passwords: Vec<String> = Vec::new();
    let mut add = |password: String| {
        if !password.is_empty() && !passwords.contains(&password) {
            passwords.push(password);
        }
    };
    for byte in b' '..=b'~' {
        let character = char::from(byte);
        if character.is_ascii_alphanumeric() {
            continue;
        }
        add(format!("a{character}b"));
        add(format!("{character}ab"));
        add(format!("ab{character}"));
        add(format!("{character}{character}"));
    }
    add((b' '..=b'~').map(char::from).collect());
    for whole in WHOLE {
        add((*whole).to_owned());
    }
    for piece in PIECES {
        add(format!("p{piece}w"));
        add((*piece).to_owned());
    }
    let mut random = Random(0x5eed_da7a);
    for _ in 0..200 {
        let count = 2 + random.below(5);
        add((0..count)
            .map(|_| PIECES[random.below(PIECES.len())])
            .collect());
    }
    for ending in [
        "a\nb", "a\r\nb", "\n", "a\n", "\na", "a\rb", "a\n\nb", "a\n#b", "a\n- b", "a'\n'b",
    ] {
        add(ending.to_owned());
    }
    passwords
}

/// xorshift: the same passwords on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("less than a usize")
    }
}
