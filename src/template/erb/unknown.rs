//! Ruby that is not evaluated: its value is not known, but the variables that it can be seen to use are.

use crate::bytes::Bytes;
use crate::error::{Error, ErrorKind};
use crate::span::Span;

/// A name that is in `ENV[…]`: plain, so that it may be shown.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Span,
}

pub(super) fn is_unsupported(error: &Error) -> bool {
    error.kind() == ErrorKind::UnsupportedExpression
}

/// The variables that code which is not evaluated can be seen to use: `ENV["X"]`, `ENV.fetch("X")` and `ENV.fetch "X"`.
pub(super) fn names_in(code: &str, start: usize) -> Vec<Name> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("ENV") {
        let rest = &code[at + 3..];
        let opened = [".fetch(", ".fetch ", "["]
            .iter()
            .find_map(|open| rest.strip_prefix(open));
        let Some(opened) = opened.map(str::trim_start) else {
            continue;
        };
        let quote = opened.chars().next().filter(|c| matches!(c, '"' | '\''));
        let name = quote.and_then(|quote| opened[1..].split(quote).next());
        if let Some(name) = name.filter(|name| is_variable(name)) {
            let from = start + code.len() - opened.len() + 1;
            let span = Span::new(from, from + name.len());
            let text = name.to_owned();
            names.push(Name { text, span });
        }
    }
    names
}

/// Whether a string can be a variable's name and be shown: Ruby takes any, such as `MY-SHOP_PASSWORD`.
pub(super) fn is_variable(name: &str) -> bool {
    const PLAIN: Bytes = Bytes::alphanumeric_and(b"_-. ");
    (1..=100).contains(&name.len()) && PLAIN.has_all_of(name) && !name.starts_with(' ')
}
