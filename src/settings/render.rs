//! A settings file as a whole, with its variables filled in.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use crate::config::value::Setting;
use crate::document::Node;
use crate::document::emit::{json, written, yaml};
use crate::document::node_ref::Located;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::settings::file::{File, FileGrammar};
use crate::settings::mask::Masker;
use crate::settings::procfile;
use crate::settings::section::setting;
use crate::settings::system::rules::{Rules, warn_of};
use crate::settings::tree::{Shown, filled};
use crate::vars::Vars;
use crate::warning::Warning;

/// A settings file with its variables filled in.
///
/// `Display` is [`masked`](Self::masked); `Debug` shows nothing of the file.
#[must_use]
pub struct Rendered {
    real: Node,
    shown: Node,
    grammar: FileGrammar,
    warnings: Vec<Warning>,
}

impl Rendered {
    /// The file, in the grammar that it was read in: JSON with two spaces for each level, YAML in block style,
    /// a Procfile in lines. Aliases and merges
    /// are written out, comments are gone.
    #[must_use]
    pub fn text(&self) -> Secret {
        self.grammar.written(&self.real)
    }

    /// The same to be looked at: `****` stands for what variables hold, for what is under a key such as `password`,
    /// `secret_key_base` or `api_token`, and for passwords of URLs.
    #[must_use]
    pub fn masked(&self) -> String {
        self.grammar.written(&self.shown).expose().to_owned()
    }

    /// What the file says.
    #[must_use]
    pub fn value(&self) -> Setting {
        setting(&self.real)
    }

    /// The same to be looked at, as [`masked`](Self::masked) has it.
    #[must_use]
    pub fn masked_value(&self) -> Setting {
        setting(&self.shown)
    }

    /// The variables that are not set, and that the file does without.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

impl fmt::Display for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rendered").finish_non_exhaustive()
    }
}

impl FileGrammar {
    fn written(self, root: &Node) -> Secret {
        match self {
            Self::Json => written(|sheet| json::file(sheet, root)),
            Self::Procfile => written(|sheet| procfile::file(sheet, root)),
            Self::Yaml => written(|sheet| yaml::file(sheet, root)),
        }
    }
}

pub(super) fn render(
    file: &File,
    rules: &'static dyn Rules,
    vars: &Vars,
    environment: Option<&str>,
) -> Result<Rendered, Error> {
    let tree = filled(file, rules, vars, environment, Shown::Values)?;
    let mut unknown = tree.unknown.clone();
    let root = &tree.root;
    root.visit(&mut |node| unknown.extend(node.unknown().cloned()));
    // What an anchor names is in the tree as often as it is used.
    let mut seen = HashSet::new();
    unknown.retain(|error| seen.insert(error.to_string()));
    Error::together(unknown)?;
    let grammar = file.grammar(rules.facts().grammar);
    if grammar == FileGrammar::Procfile {
        in_lines(&Located::root(root, &file.path))?;
    }
    let shown = filled(file, rules, vars, environment, Shown::Masks)?;
    let mut shown = shown.root.into_owned();
    let all = rules.holds_secrets(file.name());
    Masker { rules, all }.mask(root, &mut shown, false);
    // What an anchor names is in the tree as often as it is used.
    let mut reported = BTreeSet::new();
    let unset = tree.unset.all().iter();
    let unset =
        unset.filter(|unset| reported.insert((unset.location.position(), unset.name.clone())));
    Ok(Rendered {
        warnings: unset.map(warn_of).collect(),
        real: tree.root.into_owned(),
        shown,
        grammar,
    })
}

fn in_lines(root: &Located<'_>) -> Result<(), Error> {
    let entries = root.entries();
    let broken = entries.filter(|entry| !entry.node.scalar().is_some_and(procfile::is_one_line));
    let errors = broken.map(|entry| {
        let detail = "expected no line end in what a variable holds: a command is one line";
        Error::new(ErrorKind::InvalidValue, detail).with_source(&entry.source())
    });
    Error::together(errors)
}
