//! The English of what users and contributors read: messages, help texts, README.md and `docs/`, and in every package the
//! comments and the names. It holds the field's words, and none of a private dialect.

use std::fs;
use std::path::{Path, PathBuf};

/// A word or phrase that is not used, and what is written in its place. `but`: phrases that hold it and are fine.
struct Avoid {
    phrase: &'static str,
    instead: &'static str,
    but: &'static [&'static str],
}

const fn avoid(phrase: &'static str, instead: &'static str) -> Avoid {
    avoid_but(phrase, instead, &[])
}

const fn avoid_but(
    phrase: &'static str,
    instead: &'static str,
    but: &'static [&'static str],
) -> Avoid {
    Avoid {
        phrase,
        instead,
        but,
    }
}

/// As whole words, whatever their case.
const AVOIDED: &[Avoid] = &[
    avoid_but("stands", "is, appears", &["stands for"]),
    avoid_but("stand", "are, appear", &["stand for", "standard"]),
    avoid_but(
        "behind",
        "after",
        &[
            "behind its feature",
            "behind a feature",
            "behind the feature of",
            "behind a pooler",
            "behind a transaction pooler",
        ],
    ),
    avoid("beside", "next to, in addition to"),
    avoid("a text", "a string, an input, a value"),
    avoid_but("blank", "space", &["blank?"]),
    avoid("blanks", "spaces"),
    avoid("said", "given, reported"),
    avoid("told", "reported, requested"),
    avoid("asks for", "requests"),
    avoid("ask for", "request"),
    avoid("asked for", "requested"),
    avoid("mend", "fix"),
    avoid("mends", "fixes"),
    avoid_but("is none", "is not one", &["there is none"]),
    avoid("nobody", "no one"),
    avoid("nobody's", "no one's"),
    avoid("somebody", "a user, a tool"),
    avoid("whoever", "anyone who"),
    avoid("judge", "oracle, check"),
    avoid("judges", "oracles, checks"),
    avoid("judged", "classified, checked"),
    avoid("rooms", "modules"),
    avoid("house", "project"),
    avoid("left of", "before"),
    avoid("right of", "after"),
];

/// In documentation, where no message keeps them: `refuse` may stay in a message to a user.
const AVOIDED_IN_DOCS: &[Avoid] = &[
    avoid("refuse", "reject"),
    avoid("refuses", "rejects"),
    avoid("refused", "rejected"),
    avoid("refusal", "error"),
    avoid_but(
        "place",
        "location, span, position",
        &[
            "in place",
            "in its place",
            "in their place",
            "the place of",
            "the wrong place",
        ],
    ),
    avoid("places", "locations"),
];

/// The spans of a string that are not prose: `code`.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts
        .map(|(at, part)| if at % 2 == 0 { part } else { "`" })
        .collect()
}

/// Whether `phrase` is in the text as whole words; an identifier or a code with hyphens is not prose.
fn holds(text: &str, phrase: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "_-'{}".contains(c);
    text.match_indices(phrase).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

fn find(text: &str, avoided: &[Avoid]) -> Vec<String> {
    let mut text = text.to_lowercase();
    let mut found = Vec::new();
    for rule in avoided {
        for fine in rule.but {
            text = text.replace(fine, "");
        }
        if holds(&text, rule.phrase) {
            found.push(format!("`{}` for {}", rule.phrase, rule.instead));
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the package") {
        let path = entry.expect("an entry").path();
        let is_built = path.ends_with("target") || path.ends_with("node_modules");
        if path.is_dir() && !is_built {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path);
        }
    }
}

/// Every file in Rust, tests and tools included.
fn every_file() -> impl Iterator<Item = (String, String)> {
    let mut paths = Vec::new();
    for folder in ["src", "tests", "oracles", "benches", "fuzz", "examples"] {
        files(&root().join(folder), "rs", &mut paths);
    }
    paths.into_iter().map(|path| {
        let name = path.strip_prefix(root()).expect("below").display();
        let source = fs::read_to_string(&path).expect("a source file in UTF-8");
        (name.to_string(), source)
    })
}

/// The comment of a line: after `//` at its begin, or after a space and outside a string.
fn comment(line: &str) -> Option<&str> {
    let (code, comment) = line.split_once("//")?;
    let is_comment =
        code.trim().is_empty() || code.ends_with(' ') && code.matches('"').count() % 2 == 0;
    is_comment.then(|| comment.trim_start_matches(['/', '!']))
}

fn source_lines() -> impl Iterator<Item = (String, String)> {
    let mut paths = Vec::new();
    files(&root().join("src"), "rs", &mut paths);
    paths.sort();
    let own = |path: &PathBuf| path.file_name() != Some("tests.rs".as_ref());
    paths.into_iter().filter(own).flat_map(|path| {
        let name = path
            .strip_prefix(root())
            .expect("below")
            .display()
            .to_string();
        let source = fs::read_to_string(&path).expect("a source file in UTF-8");
        let code = source
            .lines()
            .take_while(|line| line.trim() != "#[cfg(test)]");
        let lines: Vec<_> = code.map(str::to_owned).collect();
        lines
            .into_iter()
            .enumerate()
            .map(move |(at, line)| (format!("{name}:{}", at + 1), line))
    })
}

fn report(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} lines:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn comments_have_the_words_of_the_field() {
    let mut wrong = Vec::new();
    for (path, source) in every_file() {
        for (at, line) in source.lines().enumerate() {
            let text = prose(comment(line).unwrap_or_default());
            let found = [find(&text, AVOIDED), find(&text, AVOIDED_IN_DOCS)].concat();
            let found = found.iter();
            wrong.extend(found.map(|found| format!("{path}:{}: {found}: {text}", at + 1)));
        }
    }
    report(&wrong);
}

/// Parts of names that are not used.
const AVOIDED_IN_NAMES: &[&str] = &[
    "said", "told", "asked", "judge", "judges", "judged", "whose", "nobody", "somebody", "whoever",
    "mend", "behind", "beside", "blank", "blanks", "stands", "refuse", "refuses", "refused",
    "refusal", "place", "places",
];

/// Names that hold such a part and are fine: a variant of the standard library, and Ruby's `blank?`.
const FINE_NAMES: &[&str] = &["ConnectionRefused", "IsBlank"];

/// The code of a file, with a space for each string, character and comment.
fn code(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let len = hidden(rest).unwrap_or_else(|| {
            code.push(first);
            first.len_utf8()
        });
        code.extend(rest[..len].matches('\n').filter(|_| len > 1));
        rest = &rest[len..];
    }
    code
}

/// The length of the string, character or comment that the text begins with.
fn hidden(text: &str) -> Option<usize> {
    let end = |end: &str, from: usize| Some(from + text[from..].find(end)? + end.len());
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    for hashes in ["", "#", "##"] {
        if text.starts_with(&format!("r{hashes}\"")) {
            return end(&format!("\"{hashes}"), 2 + hashes.len());
        }
    }
    let quote = text.chars().next().filter(|c| "\"'".contains(*c))?;
    let mut inside = text.char_indices().skip(1);
    while let Some((at, c)) = inside.next() {
        match c {
            '\\' => _ = inside.next(),
            _ if c == quote => return Some(at + 1),
            // A lifetime.
            _ if quote == '\'' && at > 1 && !text[1..].starts_with('\\') => return None,
            _ => {}
        }
    }
    None
}

/// The words that a name is made of: `with_source`, `FileLocation`, `BLANKS`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for c in name.chars() {
        if c == '_' || c.is_uppercase() && after_lower {
            words.push(String::new());
        }
        if let (Some(word), true) = (words.last_mut(), c != '_') {
            word.extend(c.to_lowercase());
        }
        after_lower = c.is_lowercase();
    }
    words
}

#[test]
fn names_have_the_words_of_the_field() {
    let is_wrong = |name: &str| {
        let is_fine = FINE_NAMES.contains(&name)
            || name.contains("in_place")
            || name.contains("in_its_place");
        let has = |word: &String| AVOIDED_IN_NAMES.contains(&word.as_str());
        !is_fine && words(name).iter().any(has)
    };
    let mut wrong = Vec::new();
    for (path, source) in every_file() {
        for (at, line) in code(&source).lines().enumerate() {
            let names = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            wrong.extend(
                names
                    .filter(|name| is_wrong(name))
                    .map(|name| format!("{path}:{}: {name}", at + 1)),
            );
        }
    }
    report(&wrong);
}

/// The string literals of a line. `inside`: it begins inside one, since the line before ends with a backslash.
fn literals(line: &str, inside: &mut bool) -> String {
    let mut escaped = false;
    let mut text = String::new();
    for character in line.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => {
                *inside = !*inside;
                text.push(' ');
            }
            other if *inside => text.push(other),
            _ => {}
        }
    }
    *inside &= escaped;
    text
}

#[test]
fn messages_have_the_words_of_the_field() {
    let mut wrong = Vec::new();
    let mut inside = false;
    for (at, line) in source_lines() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        let found = find(&literals(&line, &mut inside), AVOIDED);
        wrong.extend(
            found
                .iter()
                .map(|found| format!("{at}: {found}: {}", line.trim())),
        );
    }
    report(&wrong);
}

#[test]
fn pages_have_the_words_of_the_field() {
    let mut pages = vec![root().join("README.md"), root().join("CHANGELOG.md")];
    pages.extend(["CONTRIBUTING.md", "SECURITY.md"].map(|page| root().join(page)));
    for folder in ["docs", "examples", "oracles", "tests/snapshots"] {
        files(&root().join(folder), "md", &mut pages);
    }
    let mut wrong = Vec::new();
    for page in pages {
        let name = page
            .strip_prefix(root())
            .expect("below")
            .display()
            .to_string();
        let source = fs::read_to_string(&page).expect("a page in UTF-8");
        let mut is_code = false;
        for (at, line) in source.lines().enumerate() {
            // A program is not prose, but what a command prints is.
            if line.starts_with("```") {
                is_code = !is_code && line != "```console";
            }
            if is_code {
                continue;
            }
            let line = prose(line);
            let found = [find(&line, AVOIDED), find(&line, AVOIDED_IN_DOCS)].concat();
            wrong.extend(
                found
                    .iter()
                    .map(|found| format!("{name}:{}: {found}: {line}", at + 1)),
            );
        }
    }
    report(&wrong);
}
