//! The tree of a settings file with its variables filled in.

use std::borrow::Cow;
use std::collections::HashSet;

use memchr::memchr3;

use crate::document::{Scalar, Style, positions};
use crate::error::Error;
use crate::settings::file::{File, FileGrammar};
use crate::settings::fill::{Filled, Tree};
use crate::settings::system::rules::Rules;
use crate::template::erb::prepared::prepare;
use crate::template::{Expansion, Syntax, expand};
use crate::vars::Vars;

/// What replaces variables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Values,
    /// `****` for what a variable holds.
    Masks,
}

/// The tree, with variables filled in as the system does.
pub(super) fn filled<'f>(
    file: &'f File,
    rules: &dyn Rules,
    vars: &Vars,
    environment: Option<&str>,
    shown: Shown,
) -> Result<Tree<'f>, Error> {
    let (text, facts) = (file.text.expose(), rules.facts());
    let is_masked = shown == Shown::Masks;
    let mut filled = Filled::default();
    filled.is_lenient = rules.is_lenient(file.name());
    let mut unknown = Vec::new();
    let mut root;
    match facts.syntax {
        // Without a tag it is the file as it is written.
        Some(Syntax::Erb) if !text.contains("<%") => {
            let read = file.tree(facts.grammar);
            root = read.or_else(|error| {
                let tree = file.with_duplicates(error, &file.text, &positions(text));
                tree.map(Cow::Owned)
            })?;
            // Only a tree with duplicates has values that are not known.
            if let Cow::Owned(tree) = &mut root {
                filled.fill(tree, &file.path, &String::new, &unknown_already);
            }
        }
        Some(Syntax::Erb) if file.is_yaml() => {
            let prepared = prepare(text, vars, environment).map_err(|error| file.placed(error))?;
            let location = |offset| prepared.location(offset);
            let read = file.parsed(FileGrammar::Yaml, prepared.text(), &location);
            let mut tree =
                read.or_else(|error| file.with_duplicates(error, prepared.text(), &location))?;
            let mut keys = Vec::new();
            let mut seen = HashSet::new();
            tree.visit(&mut |node| {
                let entries = node.entries().unwrap_or_default().iter();
                let rejected = entries.filter_map(|entry| prepared.rejected_key(&entry.key));
                keys.extend(rejected.filter(|error| seen.insert(error.span())));
            });
            let expand = |scalar: &Scalar| {
                unknown_already(scalar).or_else(|| prepared.fill(scalar, vars, is_masked))
            };
            filled.fill(&mut tree, &file.path, &String::new, &expand);
            root = Cow::Owned(tree);
            let conditions = prepared.unknown.iter().cloned();
            unknown = file.all_placed(conditions.collect());
            filled.errors.extend(file.all_placed(keys));
        }
        Some(syntax) if syntax != Syntax::Erb && may_be_template(text) => {
            root = file.tree(facts.grammar)?;
            let expand = |scalar: &Scalar| fill_in(syntax, scalar, vars, is_masked);
            filled.fill(root.to_mut(), &file.path, &String::new, &expand);
        }
        _ => root = file.tree(facts.grammar)?,
    }
    if facts.demands_all {
        filled.demand();
    }
    // As one reads the file.
    let location = |error: &Error| error.origin()?.file()?.position();
    filled.errors.sort_by_key(location);
    let unset = filled.take_unset();
    Error::together(filled.errors)?;
    Ok(Tree {
        root,
        unset,
        unknown,
    })
}

/// Leaves what is not known as it is, with its location.
fn unknown_already(scalar: &Scalar) -> Option<Result<Expansion, Error>> {
    Some(Ok(Expansion::unknown(scalar.unknown.clone()?)))
}

/// Whether anything is to be filled in, or rejected.
pub(super) fn is_template(syntax: Syntax, text: &str) -> bool {
    let marks: &[char] = match syntax {
        Syntax::Shell => &['$', '\\', '`'],
        _ => &['$'],
    };
    text.contains(marks)
}

/// Whether one of the scalars may be a template: the grammar of the file may escape its mark.
fn may_be_template(text: &str) -> bool {
    memchr3(b'$', b'`', b'\\', text.as_bytes()).is_some()
}

/// A scalar that a dollar is in; numbers and the like have none.
fn fill_in(
    syntax: Syntax,
    scalar: &Scalar,
    vars: &Vars,
    is_masked: bool,
) -> Option<Result<Expansion, Error>> {
    let text = scalar.text.expose();
    let has_any = scalar.style != Style::Filled && is_template(syntax, text);
    has_any.then(|| expand(syntax, text, vars, is_masked))
}
