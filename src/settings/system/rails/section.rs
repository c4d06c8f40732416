//! The section of an environment, in any of the files.

use crate::document::node_ref::Located;
use crate::error::{Error, ErrorKind};
use crate::settings::fill::Unset;
use crate::settings::section::Slot;
use crate::settings::system::choices::choices;
use crate::settings::system::rails::kind::RailsFile;
use crate::settings::system::rules::Question;
pub(super) const PRIMARY: &str = "primary";
pub(super) const DATABASE_URL: &str = "DATABASE_URL";

pub(super) const SLOTS: &[(&str, Slot)] = &[
    ("username", Slot::User),
    ("user", Slot::User),
    ("password", Slot::Password),
    ("host", Slot::Host),
    ("port", Slot::Port),
    ("database", Slot::Database),
    ("socket", Slot::Socket),
];

/// A section over what `shared` says, each with its location.
#[derive(Clone)]
pub(super) struct Section<'s> {
    pub(super) own: Option<Located<'s>>,
    pub(super) shared: Option<Located<'s>>,
}

impl<'s> Section<'s> {
    pub(super) fn layers(&self) -> impl Iterator<Item = &Located<'s>> {
        self.own.iter().chain(&self.shared)
    }

    pub(super) fn get(&self, key: &str) -> Option<Located<'s>> {
        self.layers().find_map(|layer| layer.get(key))
    }

    /// Its entries, and those of `shared` whose keys it does not have.
    pub(super) fn entries(&self) -> impl Iterator<Item = Located<'s>> {
        let mut above = None;
        self.layers().flat_map(move |layer| {
            let above = above.replace(layer.node);
            let is_new = move |name| above.is_none_or(|above| above.entry(name).is_none());
            layer.entries().filter(move |entry| is_new(entry.name))
        })
    }
}

/// The environments that the file has, and how to add another.
pub(super) fn sections(question: &Question<'_>, environment: &str, add: &str) -> String {
    let entries = question.root.iter().flat_map(Located::entries);
    // What other sections are made of is no environment.
    let is_section =
        |entry: &Located<'_>| entry.is_map() && !["default", "shared"].contains(&entry.name);
    let sections = entries.filter(is_section);
    choices(sections.map(|entry| entry.name), environment)
        .map_or_else(|| add.to_owned(), |choices| format!("{choices}\n{add}"))
}

/// A section that lacks what it needs: often because the variable that was to give it is not set.
pub(super) fn incomplete(question: &Question<'_>, section: &Located<'_>, key: &str) -> Error {
    let unset = question.unset_below(section).map(Unset::error);
    let (example, url) = match RailsFile::of(section.file_name()) {
        Some(RailsFile::Cable | RailsFile::Redis) => ("REDIS_URL", "url"),
        Some(RailsFile::Neo4j) => ("GRAPHENEDB_URL", "url"),
        Some(RailsFile::Mongoid) => ("MONGODB_URI", "uri"),
        _ => (DATABASE_URL, "url"),
    };
    Error::together(unset).err().unwrap_or_else(|| {
        let detail = format!("expected `{url}` or `{key}`");
        let help = format!("such as `{url}: <%= ENV[\"{example}\"] %>`");
        section.error(ErrorKind::MissingKey, detail, help)
    })
}
