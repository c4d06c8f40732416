//! What the grammars of shell and Compose have in common: a template is walked piece by piece, and the visitor decides
//! what becomes of each.

use crate::bytes::Bytes;
use crate::error::{Error, ErrorKind};
use crate::span::{Component, Span};

/// How deep words may nest: `${A:-${B:-…}}`. No one writes five; the stack of a small thread holds this many.
pub(super) const MAX_DEPTH: u32 = 64;

/// How many failures of one template are reported.
pub(super) const MAX_FAILURES: usize = 100;

/// A template of one syntax.
pub(super) trait TemplateGrammar<'t> {
    fn text(&self) -> &str;

    /// Hands the pieces over in their order. What is wrong with the template is handed over as well, whether or not it
    /// is in a word that is used: a template is well-formed or not, whatever the variables are.
    fn walk<V: Visitor<'t>>(&'t self, visitor: &mut V);
}

/// What is done with the pieces of a template.
pub(super) trait Visitor<'t> {
    fn literal(&mut self, text: &'t str);

    /// A variable; says what becomes of the word after its operator.
    fn reference(&mut self, reference: &Reference<'t>) -> Word;

    /// The end of a word that was [`Word::Assigned`].
    fn assign(&mut self, name: &'t str);

    fn reject(&mut self, error: Error);
}

/// A variable in a template, up to its operator.
pub(super) struct Reference<'t> {
    pub(super) name: &'t str,
    /// Where the name is.
    pub(super) span: Span,
    pub(super) operator: Operator,
}

/// What a reference says of a variable that is not set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) action: Action,
    /// Whether an empty value counts as none: the colon of `:-`.
    pub(super) colon: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// `$X`, `${X}`: it is empty.
    Insert,
    /// `-`: the word stands for it.
    Default,
    /// `=`: the same, and from then on it is the variable's value.
    Assign,
    /// `?`: an error.
    Require,
    /// `+`: nothing; the word stands for a value.
    Replace,
}

/// What becomes of the word after an operator. The pieces of a skipped one are not handed over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Skipped,
    Used,
    Assigned,
}

impl Operator {
    pub(super) const NONE: Self = Self {
        action: Action::Insert,
        colon: false,
    };

    /// The operator that a string begins with, and its length.
    pub(super) fn at_start(text: &[u8]) -> Option<(Self, usize)> {
        let colon = text.first() == Some(&b':');
        let action = match text.get(usize::from(colon))? {
            b'-' => Action::Default,
            b'=' => Action::Assign,
            b'?' => Action::Require,
            b'+' => Action::Replace,
            _ => return None,
        };
        Some((Self { action, colon }, 1 + usize::from(colon)))
    }
}

const IN_NAME: Bytes = Bytes::alphanumeric_and(b"_");

/// The length of the name that a string begins with: `[A-Za-z_][A-Za-z0-9_]*`, 0 if there is none.
pub(super) fn name_len(text: &[u8]) -> usize {
    if text.first().is_none_or(u8::is_ascii_digit) {
        return 0;
    }
    text.iter()
        .position(|&byte| !IN_NAME.has(byte))
        .unwrap_or(text.len())
}

#[cold]
pub(super) fn invalid(span: Span, detail: &'static str, help: &'static str) -> Error {
    Error::new(ErrorKind::InvalidTemplate, detail)
        .at(Component::Text, span)
        .with_help(help)
}

#[cold]
pub(super) fn too_deep(span: Span) -> Error {
    Error::new(
        ErrorKind::LimitExceeded,
        "references are nested deeper than 64",
    )
    .at(Component::Text, span)
    .with_help("set a variable to the inner reference's value, and use that one")
}
