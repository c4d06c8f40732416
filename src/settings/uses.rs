//! The variables that a settings file uses, without asking for any.

use std::collections::BTreeSet;

use crate::document::node_ref::Located;
use crate::document::{Node, Scalar, Value, positions};
use crate::error::Error;
use crate::settings::file::{File, is_template};
use crate::settings::fill::is_below;
use crate::settings::system::{Rules, System};
use crate::source::FilePlace;
use crate::span::Position;
use crate::template::{Syntax, Variable, variables};

/// A variable, at one of its uses in a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct VariableUse {
    name: String,
    has_default: bool,
    required: bool,
    place: FilePlace,
}

impl VariableUse {
    /// Its name. One that may be a password instead, as Conduit's syntax cannot tell, is `?`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the file has a default for it.
    #[must_use]
    pub const fn has_default(&self) -> bool {
        self.has_default
    }

    /// Whether what uses it fails without it.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// Where it is used; the key is empty where the file has none there, as in a condition.
    #[must_use]
    pub const fn place(&self) -> &FilePlace {
        &self.place
    }
}

/// What is found in a file, as one reads it.
#[derive(Default)]
pub(super) struct Uses {
    found: Vec<VariableUse>,
    errors: Vec<Error>,
    /// What an anchor names is in the tree as often as it is used.
    seen: BTreeSet<Position>,
}

/// Each use by itself, in the order of the file.
pub(super) fn of_file(
    file: &File,
    system: System,
    connection: Option<&str>,
) -> Result<Vec<VariableUse>, Error> {
    let rules = system.rules();
    if rules.syntax() == Some(Syntax::Erb) && file.is_yaml() {
        return of_erb(file);
    }
    let root = file.tree(system)?;
    let root = Located::root(&root, &file.path);
    let needed = if rules.demands_all() {
        Needed::WithoutDefault
    } else {
        rules
            .demanded(&root, connection)
            .map_or(Needed::Said, Needed::Below)
    };
    let mut uses = Uses::default();
    let syntax = rules.syntax().filter(|syntax| *syntax != Syntax::Erb);
    uses.visit(rules, syntax, &root, &needed);
    uses.in_order()
}

/// Which variables the system demands beyond what their templates do.
enum Needed {
    /// No others.
    Said,
    /// Those that have no default.
    WithoutDefault,
    /// Those below a key.
    Below(String),
}

impl Needed {
    fn at(&self, variable: &Variable, place: &FilePlace) -> bool {
        variable.is_required()
            || match self {
                Self::Said => false,
                Self::WithoutDefault => !variable.has_default(),
                Self::Below(key) => is_below(place.key(), key),
            }
    }
}

impl Uses {
    fn in_order(mut self) -> Result<Vec<VariableUse>, Error> {
        let place = |error: &Error| error.provenance()?.file()?.position();
        self.errors.sort_by_key(place);
        if let Some(error) = Error::together(self.errors) {
            return Err(error);
        }
        self.found.sort_by_key(|one| one.place.position());
        Ok(self.found)
    }

    fn push(&mut self, name: &str, has_default: bool, required: bool, place: FilePlace) {
        self.found.push(VariableUse {
            name: name.to_owned(),
            has_default,
            required,
            place,
        });
    }

    /// Templates in scalars, and variables that maps name.
    fn visit(
        &mut self,
        rules: &dyn Rules,
        syntax: Option<Syntax>,
        at: &Located<'_>,
        needed: &Needed,
    ) {
        match &at.node.value {
            Value::Scalar(scalar) => {
                if let Some(syntax) = syntax {
                    self.template(syntax, scalar, at, needed);
                }
            }
            Value::List(_) => {}
            Value::Map(_) => rules.named_variables(at, self),
        }
        for member in at.members() {
            self.visit(rules, syntax, &member, needed);
        }
    }

    fn template(&mut self, syntax: Syntax, scalar: &Scalar, at: &Located<'_>, needed: &Needed) {
        let text = scalar.text.expose();
        if !is_template(syntax, text) || self.is_seen(at.node) {
            return;
        }
        match variables(syntax, text) {
            Ok(variables) => {
                for variable in variables {
                    let place = at.place();
                    let required = needed.at(&variable, &place);
                    self.push(variable.name(), variable.has_default(), required, place);
                }
            }
            Err(error) => {
                let source = at.source();
                let placed = |error: Error| error.without_span().said_by(&source);
                self.errors.push(error.each(placed));
            }
        }
    }

    fn is_seen(&mut self, node: &Node) -> bool {
        !self.seen.insert(node.position)
    }

    /// A variable that a value names, once.
    pub(super) fn add(&mut self, name: &str, has_default: bool, required: bool, at: &Located<'_>) {
        if !self.is_seen(at.node) {
            self.push(name, has_default, required, at.place());
        }
    }

    pub(super) fn fail(&mut self, error: Error) {
        self.errors.push(error);
    }
}

/// The whole file counts, whatever its conditions choose; keys are those of the tree where all of it, or what is left without
/// variables, can be read as one.
fn of_erb(file: &File) -> Result<Vec<VariableUse>, Error> {
    let text = file.text.expose();
    let listed = variables(Syntax::Erb, text).map_err(|error| file.placed(error))?;
    let keys = file.keys_of_tags();
    let place = positions(text);
    let uses = listed.into_iter().map(|variable| {
        let at = variable.span().start();
        let before = keys.partition_point(|(tag, _)| tag.start() <= at);
        let tag = before.checked_sub(1).and_then(|index| keys.get(index));
        let tag = tag.filter(|(tag, _)| tag.range().contains(&at));
        let key = tag.map_or_else(String::new, |(_, key)| key.clone());
        VariableUse {
            name: variable.name().to_owned(),
            has_default: variable.has_default(),
            required: variable.is_required(),
            place: FilePlace::new(file.path.clone(), Some(place(at)), key),
        }
    });
    Ok(uses.collect())
}
