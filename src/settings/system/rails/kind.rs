//! Which file of Rails a file is, by its name and by what it holds: one that is recognised wrongly would be answered with
//! another one's database.

use crate::error::{Error, ErrorKind};
use crate::settings::file::{File, name_parts};

/// Files of Rails that are read, by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RailsFile {
    Database,
    Cable,
    Neo4j,
    Secrets,
    Redis,
    Mongoid,
    /// Of Solid Cache and Solid Queue: they name a connection of `database.yml`.
    Solid,
}

const OF_RAILS: &[(&str, RailsFile)] = &[
    ("database", RailsFile::Database),
    ("cable", RailsFile::Cable),
    ("neo4j", RailsFile::Neo4j),
    ("secrets", RailsFile::Secrets),
    ("redis", RailsFile::Redis),
    ("resque", RailsFile::Redis),
    ("mongoid", RailsFile::Mongoid),
    ("cache", RailsFile::Solid),
    ("queue", RailsFile::Solid),
];

impl RailsFile {
    /// By the bare name: `database.yml.example` and `database.travis.yml` are copies of `database.yml`.
    pub(super) fn of(name: &str) -> Option<Self> {
        let (stem, ending) = name_parts(name);
        let row = OF_RAILS.iter().find(|(known, _)| *known == stem);
        // Rails takes no `.yaml`: Conduit's `database.yaml` is another file.
        let (_, file) = row.filter(|_| ending == "yml")?;
        Some(*file)
    }

    /// Whether what the file holds may be Rails': other programs have files of these names, too.
    pub(super) fn may_hold(self, name: &str, text: &str) -> bool {
        match self {
            // A translation of a model has such a name, too: `database.de.yml`.
            Self::Database => name == "database.yml" || has_adapter(text) || has_url(text),
            Self::Cable | Self::Neo4j | Self::Secrets => true,
            Self::Redis | Self::Mongoid => !text.contains("${"),
            Self::Solid => !text.contains("url:") && !text.contains("host:"),
        }
    }
}

/// Whether a section of a file with tags has an adapter, as those of `database.yml` do.
fn has_adapter(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        let rest = line.strip_prefix("adapter");
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
}

/// Whether a section has a `url`, or is one.
fn has_url(text: &str) -> bool {
    let mut entries = text.lines().filter_map(|line| line.split_once(':'));
    entries.any(|(key, value)| match key.trim() {
        "url" => value.contains("<%") || value.contains("://"),
        _ => !key.starts_with(['#', ' ']) && value.contains("://"),
    })
}

/// A file with tags of ERB that is not known to name a database.
pub(super) fn rejection(file: &File) -> Option<Error> {
    let text = file.text.expose();
    let kind = RailsFile::of(file.name());
    let is_known = kind.is_some_and(|kind| kind.may_hold(file.name(), text));
    if !text.contains("<%") || is_known || has_adapter(text) {
        return None;
    }
    let detail = "this file with tags of ERB is not one that names a database";
    Some(Error::new(ErrorKind::UnknownSystem, detail).with_help(
        "database.yml, cable.yml, redis.yml, mongoid.yml, neo4j.yml and secrets.yml are read, and what has an `adapter`; \
         name the system of another with `--system`",
    ))
}

#[cfg(test)]
mod tests {
    use super::RailsFile;

    #[test]
    fn copies_are_known_by_their_bare_name() {
        let rows = [
            ("database.yml", Some(RailsFile::Database)),
            ("database.yml.example", Some(RailsFile::Database)),
            ("database.example.yml", Some(RailsFile::Database)),
            ("database.yml.sample", Some(RailsFile::Database)),
            ("database.travis.yml", Some(RailsFile::Database)),
            ("database.yml.erb", Some(RailsFile::Database)),
            ("database.yml_mysql", Some(RailsFile::Database)),
            ("redis.yml.dist", Some(RailsFile::Redis)),
            ("database.json", None),
            ("database.yaml", None),
            ("sidekiq.yml", None),
            ("redis_store.yml", None),
            ("yml", None),
        ];
        for (name, expected) in rows {
            assert_eq!(RailsFile::of(name), expected, "{name}");
        }
    }
}
