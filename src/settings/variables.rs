//! The variables that a settings file uses, without asking for any.

use crate::document::node_ref::Located;
use crate::document::{NodeValue, Scalar, positions};
use crate::error::Error;
use crate::settings::file::File;
use crate::settings::fill::is_below;
use crate::settings::system::rules::Rules;
use crate::settings::tree::is_template;
use crate::settings::uses::{Uses, VariableUse};
use crate::source::FileLocation;
use crate::template::{Syntax, Variable, variables};

/// Each use by itself, in the order of the file.
pub(super) fn of_file(
    file: &File,
    rules: &dyn Rules,
    connection: Option<&str>,
) -> Result<Vec<VariableUse>, Error> {
    let facts = rules.facts();
    if facts.syntax == Some(Syntax::Erb) && file.is_yaml() {
        return of_erb(file);
    }
    let root = file.tree(facts.grammar)?;
    let root = Located::root(&root, &file.path);
    // Beyond those that their templates demand.
    let below = rules.demanded(&root, connection);
    let needed = |variable: &Variable, location: &FileLocation| {
        let demands_all = facts.demands_all && !variable.has_default();
        let is_below = |key: &String| is_below(location.key(), key);
        variable.is_required() || demands_all || below.as_ref().is_some_and(is_below)
    };
    let mut uses = Uses::default();
    let syntax = facts.syntax.filter(|syntax| *syntax != Syntax::Erb);
    // Templates in scalars, and variables that maps name.
    root.visit(&mut |at| match (&at.node.value, syntax) {
        (NodeValue::Scalar(scalar), Some(syntax)) => uses.template(syntax, scalar, at, &needed),
        (NodeValue::Map(_), _) => rules.named_variables(at, &mut uses),
        _ => {}
    });
    uses.in_order()
}

/// Whether a variable has to be set, at its location.
type IsNeeded<'n> = &'n dyn Fn(&Variable, &FileLocation) -> bool;

impl Uses {
    fn template(
        &mut self,
        syntax: Syntax,
        scalar: &Scalar,
        at: &Located<'_>,
        needed: IsNeeded<'_>,
    ) {
        let text = scalar.text.expose();
        if !is_template(syntax, text) || self.is_seen(at.node) {
            return;
        }
        match variables(syntax, text) {
            Ok(variables) => {
                for variable in variables {
                    let location = at.location();
                    let required = needed(&variable, &location);
                    self.push(variable.name(), variable.has_default(), required, location);
                }
            }
            Err(error) => self.fail(error.placed_in(&at.source())),
        }
    }
}

/// The whole file counts, whatever its conditions choose; keys are those of the tree where all of it, or what is left without
/// variables, can be read as one.
fn of_erb(file: &File) -> Result<Vec<VariableUse>, Error> {
    let text = file.text.expose();
    let listed = variables(Syntax::Erb, text).map_err(|error| file.placed(error))?;
    let keys = file.keys_of_tags();
    let location = positions(text);
    let mut uses = Uses::default();
    for variable in listed {
        let at = variable.span().start();
        let before = keys.partition_point(|(tag, _)| tag.start() <= at);
        let tag = before.checked_sub(1).and_then(|index| keys.get(index));
        let tag = tag.filter(|(tag, _)| tag.range().contains(&at));
        let key = tag.map_or_else(String::new, |(_, key)| key.clone());
        let location = FileLocation::new(file.path.clone(), Some(location(at)), key);
        let (has_default, required) = (variable.has_default(), variable.is_required());
        uses.push(variable.name(), has_default, required, location);
    }
    uses.in_order()
}
