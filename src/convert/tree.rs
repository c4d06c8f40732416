//! A small document, written as JSON, as Python or as YAML. Every string is in double quotes, so that no reader takes one for
//! another type.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::convert::escape;

pub(super) enum Tree<'p> {
    Text(Cow<'p, str>),
    Number(u64),
    Bool(bool),
    Map(Vec<(&'p str, Tree<'p>)>),
}

impl<'p> Tree<'p> {
    pub(super) fn text(text: impl Into<Cow<'p, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A number where the text is one as everyone writes it, else the text.
    pub(super) fn number(text: impl Into<Cow<'p, str>>) -> Self {
        let text = text.into();
        match text.parse::<u64>() {
            Ok(number) if number.to_string() == text => Self::Number(number),
            _ => Self::Text(text),
        }
    }

    /// Members that are given.
    pub(super) fn map(members: impl IntoIterator<Item = (&'p str, Option<Self>)>) -> Self {
        let given = members
            .into_iter()
            .filter_map(|(name, tree)| Some((name, tree?)));
        Self::Map(given.collect())
    }

    /// A map, unless it is empty.
    pub(super) fn given(self) -> Option<Self> {
        match &self {
            Self::Map(members) if members.is_empty() => None,
            _ => Some(self),
        }
    }
}

/// What JSON and Python write differently.
#[derive(Clone, Copy)]
pub(super) struct Syntax {
    pub(super) indent: usize,
    /// Whether the last member has a comma, too.
    pub(super) trailing_comma: bool,
    pub(super) truth: [&'static str; 2],
}

pub(super) const JSON: Syntax = Syntax {
    indent: 2,
    trailing_comma: false,
    truth: ["false", "true"],
};

pub(super) const PYTHON: Syntax = Syntax {
    indent: 4,
    trailing_comma: true,
    truth: ["False", "True"],
};

/// Writes a document in braces.
pub(super) fn braces(
    out: &mut dyn Write,
    syntax: Syntax,
    tree: &Tree<'_>,
    depth: usize,
) -> fmt::Result {
    let Tree::Map(members) = tree else {
        return scalar(out, tree, syntax.truth, escape::string);
    };
    out.write_char('{')?;
    for (index, (name, member)) in members.iter().enumerate() {
        if index > 0 {
            out.write_char(',')?;
        }
        write!(out, "\n{:1$}", "", (depth + 1) * syntax.indent)?;
        escape::string(out, name)?;
        out.write_str(": ")?;
        braces(out, syntax, member, depth + 1)?;
    }
    if !members.is_empty() {
        let comma = if syntax.trailing_comma { "," } else { "" };
        write!(out, "{comma}\n{:1$}", "", depth * syntax.indent)?;
    }
    out.write_char('}')
}

/// Writes a map in YAML's block style, without a line end after the last line.
pub(super) fn yaml(
    out: &mut dyn Write,
    tree: &Tree<'_>,
    depth: usize,
    quote: fn(&mut dyn Write, &str) -> fmt::Result,
) -> fmt::Result {
    let Tree::Map(members) = tree else {
        out.write_char(' ')?;
        return scalar(out, tree, JSON.truth, quote);
    };
    for (index, (name, member)) in members.iter().enumerate() {
        if index > 0 || depth > 0 {
            out.write_char('\n')?;
        }
        write!(out, "{:1$}", "", depth * 2)?;
        if is_plain_key(name) {
            out.write_str(name)?;
        } else {
            quote(out, name)?;
        }
        out.write_char(':')?;
        yaml(out, member, depth + 1, quote)?;
    }
    Ok(())
}

/// A key that no version of YAML reads as anything but a string.
fn is_plain_key(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let word = |word: &&str| word.eq_ignore_ascii_case(name);
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(is_part)
        && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
            .iter()
            .any(word)
}

fn scalar(
    out: &mut dyn Write,
    tree: &Tree<'_>,
    truth: [&str; 2],
    quote: fn(&mut dyn Write, &str) -> fmt::Result,
) -> fmt::Result {
    match tree {
        Tree::Text(text) => quote(out, text),
        Tree::Number(number) => write!(out, "{number}"),
        Tree::Bool(value) => out.write_str(truth[usize::from(*value)]),
        Tree::Map(_) => Ok(()),
    }
}
