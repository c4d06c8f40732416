//! Filling in: a template is walked once, into a buffer that leaves no copy of a value in memory when it has to grow.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::expansion::{Expansion, HIDDEN, Variable};
use super::walk::{Action, MAX_FAILURES, Operator, Reference, TemplateGrammar, Visitor, Word};
use crate::error::{Error, ErrorKind};
use crate::limits::MAX_LEN;
use crate::secret::{MASK, Secret, SecretStr};
use crate::sorted::is_same;
use crate::span::Component;
use crate::template::Lookup;
use crate::template::is_conventional;

/// Fills a template in; `masks` shows [`MASK`] for what comes from variables.
pub(super) fn fill<'t>(
    grammar: &'t impl TemplateGrammar<'t>,
    vars: &dyn Lookup,
    masks: bool,
) -> Result<Expansion, Error> {
    let mut filler = Filler::new(vars, masks, grammar.text().len());
    grammar.walk(&mut filler);
    if filler.is_too_long {
        let detail = "the template gives more than 1 MiB";
        filler.failures.push(Error::new(ErrorKind::TooLong, detail));
    }
    Error::together(filler.failures)?;
    Ok(Expansion {
        value: Some(filler.output),
        unset: filler
            .unset
            .iter()
            .map(|&(name, at)| shown(grammar.text(), name, at).to_owned())
            .collect(),
        sole: filler
            .first
            .filter(|_| filler.pieces == 1)
            .map(str::to_owned),
        unknown: None,
    })
}

/// A name as it may be shown: after a bare dollar it may be the rest of a password, as in `pa$sword`.
fn shown<'n>(template: &str, name: &'n str, at: usize) -> &'n str {
    let before = at.checked_sub(1).and_then(|at| template.as_bytes().get(at));
    if before == Some(&b'{') || is_conventional(name) {
        name
    } else {
        HIDDEN
    }
}

pub(super) fn variables<'t>(grammar: &'t impl TemplateGrammar<'t>) -> Result<Vec<Variable>, Error> {
    let mut list = List::default();
    grammar.walk(&mut list);
    for variable in &mut list.found {
        let shown = shown(grammar.text(), &variable.name, variable.span.start()).to_owned();
        variable.name = shown;
    }
    Error::together(list.failures).map(|()| list.found)
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

const SLOTS: usize = 32;

/// Where a name is remembered: by its end and its length, as names of one family begin alike. (Fibonacci hashing.)
#[inline]
fn slot(name: &str) -> usize {
    let name = name.as_bytes();
    let end = match name.last_chunk() {
        Some(end) => u32::from_le_bytes(*end),
        None => u32::from(name.last().copied().unwrap_or_default()),
    };
    let mixed = (u64::from(end) << 24 ^ name.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 59) as usize
}

struct Filler<'t, 'v> {
    vars: &'v dyn Lookup,
    /// Variables that were looked up lately: large templates name few, and an environment has many.
    recent: [(&'t str, &'v str); SLOTS],
    /// Whether values are shown as [`MASK`].
    masks: bool,
    output: Secret,
    /// How long the output is, with nothing masked.
    len: usize,
    /// How many pieces were added, and the variable that the first is the value of.
    pieces: usize,
    first: Option<&'t str>,
    assigned: HashMap<&'t str, Rc<Assigned>>,
    pending: Vec<Pending<'t, 'v>>,
    /// Variables that are not set and had no default, in order, and the same for looking them up.
    /// With the locations of their names.
    unset: Vec<(&'t str, usize)>,
    unset_names: HashSet<&'t str>,
    failures: Vec<Error>,
    /// Set when the output would be too long; nothing more is added then.
    is_too_long: bool,
}

impl<'t, 'v> Filler<'t, 'v> {
    fn new(vars: &'v dyn Lookup, masks: bool, len: usize) -> Self {
        // Values are mostly about as long as the references to them.
        let usual = len + (len / 32).max(64);
        Self {
            vars,
            recent: [("", ""); SLOTS],
            masks,
            output: Secret::new(String::with_capacity(usual)),
            len: 0,
            pieces: 0,
            first: None,
            assigned: HashMap::new(),
            pending: Vec::new(),
            unset: Vec::new(),
            unset_names: HashSet::new(),
            failures: Vec::new(),
            is_too_long: false,
        }
    }

    /// A value that the template assigned, or the variable's.
    fn find(&mut self, name: &'t str) -> Result<Option<Piece<'t, 'v>>, Error> {
        if let Some(assigned) = self.assigned.get(name) {
            return Ok(Some(Piece::Assigned(Rc::clone(assigned))));
        }
        let value = self.vars.get(name)?.map(SecretStr::expose);
        if let Some(value) = value {
            self.recent[slot(name)] = (name, value);
        }
        Ok(value.map(Piece::Value))
    }

    /// Adds a literal or a value, which has a name if it is a variable's, to the output.
    #[inline]
    fn add(&mut self, text: &str, is_value: bool, name: Option<&'t str>) {
        if self.pieces == 0 {
            self.first = name;
        }
        self.pieces += 1;
        self.len += text.len();
        if self.len > MAX_LEN {
            self.is_too_long = true;
        } else if self.masks && is_value && !text.is_empty() {
            self.output.push(MASK);
        } else {
            self.output.push(text);
        }
    }

    /// The same of a piece, or adds it to the innermost word that is being assigned.
    fn give(&mut self, piece: Piece<'t, 'v>, name: Option<&'t str>) {
        if self.pending.is_empty() {
            self.add(piece.text(), piece.has_value(), name);
        } else {
            self.keep(piece);
        }
    }

    /// What becomes of a reference, by its operator.
    fn decide(&mut self, reference: &Reference<'t>) -> Word {
        let found = match self.find(reference.name) {
            Ok(found) => found,
            Err(error) => {
                self.reject(error.at(Component::Text, reference.span));
                return Word::Skipped;
            }
        };
        let is_set = found.is_some();
        let is_empty = found.as_ref().is_none_or(|piece| piece.text().is_empty());
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
            (Action::Insert, false) => self.note_unset(reference),
            (_, true) => {}
        }
        if let Some(piece) = found {
            let name = matches!(piece, Piece::Value(_)).then_some(reference.name);
            self.give(piece, name);
        }
        Word::Skipped
    }

    /// Adds a piece to the innermost word that is being assigned.
    #[cold]
    fn keep(&mut self, piece: Piece<'t, 'v>) {
        let Some(word) = self.pending.last_mut() else {
            return;
        };
        word.len += piece.text().len();
        self.is_too_long |= word.len > MAX_LEN;
        if !self.is_too_long {
            word.pieces.push(piece);
        }
    }

    fn note_unset(&mut self, reference: &Reference<'t>) {
        if self.unset_names.insert(reference.name) {
            self.unset.push((reference.name, reference.span.start()));
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
        self.reject(error);
    }
}

impl<'t> Visitor<'t> for Filler<'t, '_> {
    #[inline]
    fn literal(&mut self, text: &'t str) {
        if self.pending.is_empty() {
            self.add(text, false, None);
        } else {
            self.keep(Piece::Literal(text));
        }
    }

    #[inline]
    fn reference(&mut self, reference: &Reference<'t>) -> Word {
        let (name, value) = self.recent[slot(reference.name)];
        let is_plain = reference.operator.action == Action::Insert
            && self.assigned.is_empty()
            && self.pending.is_empty();
        if is_plain && is_same(name.as_bytes(), reference.name.as_bytes()) {
            self.add(value, true, Some(reference.name));
            return Word::Skipped;
        }
        self.decide(reference)
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
        self.give(Piece::Assigned(assigned), None);
    }

    fn reject(&mut self, error: Error) {
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
            // The text of a demand is shown by no one.
            Action::Require => Word::Skipped,
            _ => Word::Used,
        }
    }

    fn assign(&mut self, _: &'t str) {}

    fn reject(&mut self, error: Error) {
        push(&mut self.failures, error);
    }
}

/// Keeps a failure, as long as they are not too many to report.
fn push(failures: &mut Vec<Error>, error: Error) {
    if failures.len() < MAX_FAILURES {
        failures.push(error);
    }
}
