//! Filling in: a template is walked twice, once for its length and once into a buffer of that length, so that no buffer that
//! holds a value is ever moved.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::walk::{Action, Grammar, MAX_FAILURES, Operator, Reference, Visitor, Word};
use super::{Expansion, Variable};
use crate::MAX_LEN;
use crate::error::{Error, ErrorKind};
use crate::place::Component;
use crate::secret::{MASK, Secret};
use crate::vars::Vars;

pub(super) fn expand<'t>(grammar: &'t impl Grammar<'t>, vars: &Vars) -> Result<Expansion, Error> {
    let measured = measured(grammar, vars)?;
    let mut filler = Filler::new(vars, String::with_capacity(measured.output.len));
    grammar.walk(&mut filler);
    Ok(Expansion {
        value: Some(Secret::new(filler.output)),
        unset: measured.unset.iter().map(|&name| name.to_owned()).collect(),
        sole: match measured.output.sole {
            Sole::Value(name) => Some(name.to_owned()),
            Sole::Nothing | Sole::Mixed => None,
        },
    })
}

/// The text with [`MASK`] for what comes from variables.
pub(super) fn masked<'t>(grammar: &'t impl Grammar<'t>, vars: &Vars) -> Result<String, Error> {
    measured(grammar, vars)?;
    let mut filler = Filler::new(vars, Masked(String::new()));
    grammar.walk(&mut filler);
    Ok(filler.output.0)
}

pub(super) fn variables<'t>(grammar: &'t impl Grammar<'t>) -> Result<Vec<Variable>, Error> {
    let mut list = List::default();
    grammar.walk(&mut list);
    match Error::together(list.failures) {
        None => Ok(list.found),
        Some(error) => Err(error),
    }
}

fn measured<'t, 'v>(
    grammar: &'t impl Grammar<'t>,
    vars: &'v Vars,
) -> Result<Filler<'t, 'v, Length<'t>>, Error> {
    let mut filler = Filler::new(vars, Length::default());
    grammar.walk(&mut filler);
    if filler.is_too_long {
        let detail = "the template gives more than 1 MiB";
        filler.failures.push(Error::new(ErrorKind::TooLong, detail));
    }
    match Error::together(std::mem::take(&mut filler.failures)) {
        None => Ok(filler),
        Some(error) => Err(error),
    }
}

/// Where a filled-in text goes.
trait Output<'t> {
    fn literal(&mut self, text: &str);
    /// A variable's value, or one that was made of values in the template itself, which has no name.
    fn value(&mut self, name: Option<&'t str>, text: &str);
    /// How much of [`MAX_LEN`] is used up.
    fn len(&self) -> usize;
}

/// What the text will be.
#[derive(Default)]
struct Length<'t> {
    len: usize,
    sole: Sole<'t>,
}

/// Whether the text is one variable's value.
#[derive(Default)]
enum Sole<'t> {
    #[default]
    Nothing,
    Value(&'t str),
    Mixed,
}

impl<'t> Output<'t> for Length<'t> {
    fn literal(&mut self, text: &str) {
        self.len += text.len();
        self.sole = Sole::Mixed;
    }

    fn value(&mut self, name: Option<&'t str>, text: &str) {
        self.len += text.len();
        self.sole = match (&self.sole, name) {
            (Sole::Nothing, Some(name)) => Sole::Value(name),
            _ => Sole::Mixed,
        };
    }

    fn len(&self) -> usize {
        self.len
    }
}

/// The text itself.
impl Output<'_> for String {
    fn literal(&mut self, text: &str) {
        self.push_str(text);
    }

    fn value(&mut self, _: Option<&str>, text: &str) {
        self.push_str(text);
    }

    fn len(&self) -> usize {
        self.len()
    }
}

struct Masked(String);

impl Output<'_> for Masked {
    fn literal(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn value(&mut self, _: Option<&str>, text: &str) {
        self.0.push_str(if text.is_empty() { "" } else { MASK });
    }

    /// A mask can be longer than what it hides; the number of references bounds it.
    fn len(&self) -> usize {
        0
    }
}

/// A value that the template assigned.
struct Assigned {
    text: Secret,
    /// Whether any of its characters come from a variable.
    has_value: bool,
}

/// A word that is being assigned: its pieces, and their length.
#[derive(Default)]
struct Pending<'t, 'v> {
    pieces: Vec<Piece<'t, 'v>>,
    len: usize,
}

enum Piece<'t, 'v> {
    Literal(&'t str),
    Value(&'v str),
    Assigned(Rc<Assigned>),
}

/// What a name stands for.
enum Found<'v> {
    Unset,
    Value(&'v str),
    Assigned(Rc<Assigned>),
    /// Set, but no text.
    Unusable,
}

struct Filler<'t, 'v, O> {
    vars: &'v Vars,
    output: O,
    assigned: BTreeMap<&'t str, Rc<Assigned>>,
    pending: Vec<Pending<'t, 'v>>,
    /// Variables that are not set and had no default, in order, and the same for looking them up.
    unset: Vec<&'t str>,
    unset_names: BTreeSet<&'t str>,
    failures: Vec<Error>,
    /// Set when the output would be too long; nothing more is added then.
    is_too_long: bool,
}

impl<'t, 'v, O: Output<'t>> Filler<'t, 'v, O> {
    fn new(vars: &'v Vars, output: O) -> Self {
        Self {
            vars,
            output,
            assigned: BTreeMap::new(),
            pending: Vec::new(),
            unset: Vec::new(),
            unset_names: BTreeSet::new(),
            failures: Vec::new(),
            is_too_long: false,
        }
    }

    fn find(&mut self, reference: &Reference<'t>) -> Found<'v> {
        if !self.assigned.is_empty() {
            if let Some(assigned) = self.assigned.get(reference.name) {
                return Found::Assigned(Rc::clone(assigned));
            }
        }
        match self.vars.get(reference.name) {
            Ok(None) => Found::Unset,
            Ok(Some(value)) => Found::Value(value.expose()),
            Err(error) => {
                self.refuse(error.at(Component::Text, reference.span));
                Found::Unusable
            }
        }
    }

    fn insert(&mut self, name: Option<&'t str>, piece: Piece<'t, 'v>) {
        let len = self
            .pending
            .last()
            .map_or(self.output.len(), |word| word.len);
        self.is_too_long |= len + piece.text().len() > MAX_LEN;
        if self.is_too_long {
            return;
        }
        if let Some(word) = self.pending.last_mut() {
            word.len += piece.text().len();
            word.pieces.push(piece);
        } else if piece.has_value() {
            self.output.value(name, piece.text());
        } else {
            self.output.literal(piece.text());
        }
    }

    fn note_unset(&mut self, name: &'t str) {
        if self.unset_names.insert(name) {
            self.unset.push(name);
        }
    }

    #[cold]
    fn demand(&mut self, reference: &Reference<'t>, is_set: bool) {
        let name = reference.name;
        let (kind, detail) = if is_set {
            (
                ErrorKind::EmptyVariable,
                format!("{name} must not be empty here"),
            )
        } else {
            (
                ErrorKind::UnsetVariable,
                format!("{name} has to be set here"),
            )
        };
        let error = Error::new(kind, detail)
            .at(Component::Text, reference.span)
            .with_help(format!("set {name}, or give it a default: ${{{name}:-…}}"));
        self.refuse(error);
    }
}

impl<'t, O: Output<'t>> Visitor<'t> for Filler<'t, '_, O> {
    fn literal(&mut self, text: &'t str) {
        self.insert(None, Piece::Literal(text));
    }

    fn reference(&mut self, reference: &Reference<'t>) -> Word {
        let found = self.find(reference);
        let (is_set, is_empty) = match &found {
            Found::Unusable => return Word::Skipped,
            Found::Unset => (false, true),
            Found::Value(text) => (true, text.is_empty()),
            Found::Assigned(assigned) => (true, assigned.text.expose().is_empty()),
        };
        let Operator { action, colon } = reference.operator;
        let counts = is_set && !(colon && is_empty);
        match (action, counts) {
            (Action::Replace, true) | (Action::Default, false) => return Word::Used,
            (Action::Replace, false) => return Word::Skipped,
            (Action::Assign, false) => {
                self.pending.push(Pending::default());
                return Word::Assigned;
            }
            (Action::Require, false) => self.demand(reference, is_set),
            (Action::Insert, false) => self.note_unset(reference.name),
            (_, true) => {}
        }
        match found {
            Found::Value(text) => self.insert(Some(reference.name), Piece::Value(text)),
            Found::Assigned(assigned) => self.insert(None, Piece::Assigned(assigned)),
            Found::Unset | Found::Unusable => {}
        }
        Word::Skipped
    }

    fn assign(&mut self, name: &'t str) {
        let Some(word) = self.pending.pop() else {
            return;
        };
        let mut text = String::with_capacity(word.len);
        word.pieces
            .iter()
            .for_each(|piece| text.push_str(piece.text()));
        let assigned = Rc::new(Assigned {
            text: Secret::new(text),
            has_value: word
                .pieces
                .iter()
                .any(|piece| piece.has_value() && !piece.text().is_empty()),
        });
        self.assigned.insert(name, Rc::clone(&assigned));
        self.insert(None, Piece::Assigned(assigned));
    }

    fn refuse(&mut self, error: Error) {
        push(&mut self.failures, error);
    }
}

impl Piece<'_, '_> {
    #[expect(clippy::match_same_arms, reason = "the two live differently long")]
    fn text(&self) -> &str {
        match self {
            Self::Literal(text) => text,
            Self::Value(text) => text,
            Self::Assigned(assigned) => assigned.text.expose(),
        }
    }

    fn has_value(&self) -> bool {
        match self {
            Self::Literal(_) => false,
            Self::Value(_) => true,
            Self::Assigned(assigned) => assigned.has_value,
        }
    }
}

/// Notes the variables alone.
#[derive(Default)]
struct List {
    found: Vec<Variable>,
    failures: Vec<Error>,
}

impl<'t> Visitor<'t> for List {
    fn literal(&mut self, _: &'t str) {}

    fn reference(&mut self, reference: &Reference<'t>) -> Word {
        let action = reference.operator.action;
        self.found.push(Variable {
            name: reference.name.to_owned(),
            has_default: matches!(action, Action::Default | Action::Assign | Action::Replace),
            required: action == Action::Require,
            span: reference.span,
        });
        match action {
            // The text of a demand is shown by nobody.
            Action::Require => Word::Skipped,
            _ => Word::Used,
        }
    }

    fn assign(&mut self, _: &'t str) {}

    fn refuse(&mut self, error: Error) {
        push(&mut self.failures, error);
    }
}

/// Keeps a failure, as long as they are not too many to be told.
fn push(failures: &mut Vec<Error>, error: Error) {
    if failures.len() < MAX_FAILURES {
        failures.push(error);
    }
}
