//! The pages' notation.
//!
//! ````text
//! ### a heading
//!
//! ```yaml
//! production: { adapter: postgresql, password: <%= ENV['PW'] %> }
//! ```
//! ```sh
//! PW="a line\nand another"
//! --system rails --file config/database.yml --environment production
//! ```
//! ```text
//! the answer
//! ```
//! ````

use super::answer::Question;

/// A case whose answer is looked for.
#[derive(Default, Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) heading: &'a str,
    file: Option<&'a str>,
    question: &'a str,
}

/// A part of a page.
pub(super) enum Line<'a> {
    /// A line as it is, with its end.
    Other(&'a str),
    /// The lines of an answer.
    Answer { case: Case<'a>, shown: &'a str },
}

/// The parts of a page, in order.
pub(super) fn lines(page: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut case = Case::default();
    let mut rest = page;
    while let Some((line, after)) = cut(rest) {
        lines.push(Line::Other(line));
        rest = after;
        if let Some(heading) = line.strip_prefix("### ") {
            case = Case {
                heading: heading.trim_end(),
                ..Case::default()
            };
        }
        let Some(language) = line.strip_prefix("```") else {
            continue;
        };
        let end = rest.find("```\n").expect("the end of a block");
        let (block, after) = rest.split_at(end);
        match language.trim_end() {
            "yaml" | "json" => case.file = Some(block),
            "sh" => case.question = block,
            "text" => lines.push(Line::Answer { case, shown: block }),
            other => panic!("a block of {other}"),
        }
        if language.trim_end() != "text" {
            lines.push(Line::Other(block));
        }
        lines.push(Line::Other("```\n"));
        rest = &after["```\n".len()..];
    }
    lines
}

/// The first line, with its end, and what follows it.
fn cut(text: &str) -> Option<(&str, &str)> {
    let end = text.find('\n')?;
    Some(text.split_at(end + 1))
}

impl Case<'_> {
    /// The question: variables, one per line, and then the arguments.
    pub(super) fn question(&self) -> Question {
        let mut question = Question::default();
        for line in self.question.lines() {
            if line.starts_with("--") {
                let mut arguments = line.split(' ');
                while let Some(name) = arguments.next() {
                    let value = arguments.next().expect("the value of an argument");
                    question.argument(name, value, self.file);
                }
            } else {
                let (name, value) = line.split_once('=').expect("a variable and its value");
                question.variable(name, unquoted(value));
            }
        }
        question
    }
}

/// A value, which is in quotation marks if it has escapes.
fn unquoted(value: &str) -> String {
    if value.starts_with('"') {
        serde_json::from_str(value).expect("a string in quotation marks")
    } else {
        value.to_owned()
    }
}
