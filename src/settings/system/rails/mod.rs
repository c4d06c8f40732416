//! Rails' `config/database.yml` and Active Record's environment variables; `cable.yml`, `neo4j.yml` and `secrets.yml` next to it.
//!
//! The file has a section per environment, over what `shared` says. A section whose values are all maps has several databases by
//! name, else it is the one called `primary`; a section may also be a URL. Without `--name` the first is meant. Highest first:
//! 1. `url` in the section, or the section that is a URL; its parts win over what is next to it, `DATABASE_URL` is not looked at;
//! 2. `<NAME>_DATABASE_URL`, and for `primary` `DATABASE_URL`: what the URL says wins, the rest of the section stays;
//! 3. the section.
//!
//! The other files know no variable but those that they name.
//!
//! Deliberate differences:
//! - A value stays what the variable holds: in Ruby a password `0123` becomes 83, and `a: b` breaks the file.
//! - URLs are read by this crate: a raw `#` or `^` in a password and several hosts are taken, a string without a scheme is not.
//! - `cable.yml` without its URL is an error; the redis gem connects to localhost.

mod connection;
mod database;
mod idle;
mod kind;
mod section;
mod services;

use crate::document::Node;
use crate::document::node_ref::Located;
use crate::error::{Error, ErrorKind};
use crate::resolution::candidate::{Answer, Candidate};
use crate::settings::file::File;
use crate::settings::system::rails::database::{database, read};
use crate::settings::system::rails::kind::RailsFile;
use crate::settings::system::rules::{Facts, Question, Rules, alone, error_at, has_key};
use crate::source::Source;
use crate::sqlite::Family;
use crate::template::Syntax;

/// The rules of this system.
pub(in crate::settings) struct Rails;

impl Rules for Rails {
    fn facts(&self) -> Facts {
        Facts {
            about: "config/database.yml of Rails; cable.yml, neo4j.yml, secrets.yml",
            default_files: &["config/database.yml"],
            syntax: Some(Syntax::Erb),
            environment: Some((&["RAILS_ENV", "RACK_ENV"], "development")),
            reads_database_url: true,
            ..Facts::default()
        }
    }

    fn is_named(&self, file: &File) -> bool {
        let kind = RailsFile::of(file.name());
        kind.is_some_and(|kind| kind.may_hold(file.name(), file.text.expose()))
    }

    fn is_marked(&self, file: &File) -> bool {
        file.is_yaml() && file.text.expose().contains("<%")
    }

    /// A dollar is plain text in Rails' files; what has `${` wants Compose's syntax.
    fn detect(&self, file: &File, root: &Node) -> bool {
        has_key(root, &["adapter"]) && file.is_yaml() && !file.text.expose().contains("${")
    }

    fn rejection(&self, file: &File) -> Option<Error> {
        kind::rejection(file)
    }

    fn holds_secrets(&self, name: &str) -> bool {
        RailsFile::of(name) == Some(RailsFile::Secrets)
    }

    fn is_lenient(&self, name: &str) -> bool {
        self.holds_secrets(name)
    }

    fn read(&self, url: &str, source: Source, _question: &Question<'_>) -> Answer {
        alone(read(url, source)?, Family::Rails)
    }

    fn candidates<'q>(&'q self, question: &'q Question<'q>) -> Result<Vec<Candidate<'q>>, Error> {
        let root = question.root.as_ref();
        let own = root.and_then(|root| root.given(question.environment.unwrap_or_default()));
        let shared = root.and_then(|root| root.given("shared"));
        if let Some(error) = question.unknown_condition(&[own.as_ref(), shared.as_ref()]) {
            return Err(error);
        }
        let candidate = match RailsFile::of(root.map_or("", Located::file_name)) {
            Some(RailsFile::Cable) => services::cable(question),
            Some(RailsFile::Neo4j) => services::service(question, "neo4j"),
            Some(RailsFile::Redis) => services::redis(question),
            Some(RailsFile::Mongoid) => services::mongoid(question),
            Some(RailsFile::Solid) => connection::solid(question),
            Some(RailsFile::Secrets) => services::secret(question),
            // Another copy of cable.yml: `DATABASE_URL` has nothing to do with it.
            None if own.is_some_and(|own| is_of_cable(&own)) => {
                services::service(question, "redis")
            }
            None if question.tree.is_none_or(|tree| tree.unknown.is_empty())
                && root.is_some_and(|root| !is_of_database(root)) =>
            {
                Err(no_sections(root))
            }
            Some(RailsFile::Database) | None => return database(question),
        };
        Ok(vec![candidate?])
    }
}

/// Whether a file of another name has what `database.yml` has: `DATABASE_URL` says nothing about other files.
fn is_of_database(root: &Located<'_>) -> bool {
    let has_keys = |map: &Located<'_>| {
        let mut keys = ["adapter", "url"].iter();
        keys.any(|key| map.get(key).is_some())
    };
    root.node.unknown().is_some()
        || root.entries().any(|section| {
            let scheme = section.text().and_then(|text| text.split_once("://"));
            let is_url = scheme.is_some_and(|(scheme, _)| !scheme.contains(char::is_whitespace));
            let is_unknown = section.node.unknown().is_some();
            is_unknown
                || is_url && section.name != "url"
                || has_keys(&section)
                || section.entries().any(|connection| has_keys(&connection))
        })
}

fn no_sections(root: Option<&Located<'_>>) -> Error {
    let detail = "expected a section for each environment, with `adapter` or `url`";
    let help = "this is not a file of Active Record: leave `--system` out";
    error_at(root, ErrorKind::MissingKey, detail, help)
}

fn is_of_cable(section: &Located<'_>) -> bool {
    let adapter = section.get("adapter");
    adapter.and_then(|adapter| adapter.text()) == Some("redis")
}
