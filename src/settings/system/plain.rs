//! Any YAML or JSON that names a database, with Compose's syntax for variables.
//!
//! The file is a section, or has one per environment (`production:`), or a key `database`, `databases`, `db` or `default` that holds
//! one. A section is a URL, or a map with `url` or with the usual names of the parts. A map may name more than one candidate:
//! `var: [HEROKU_POSTGRESQL_BRONZE_URL, DATABASE_URL]` are variables to try in order, `url` or the parts what is used where none
//! of them is set.
//!
//! A variable without a default has to be set, anywhere in the file.

use crate::document::Node;
use crate::document::node_ref::Located;
use crate::engine::Scheme;
use crate::error::{Error, ErrorKind};
use crate::resolution::candidate::{Answer, Candidate};
use crate::secret::SecretStr;
use crate::settings::section::{Base, Fields, Slot, is_switch};
use crate::settings::system::rules::{
    Facts, Question, Rules, base_of, has_key, mismatch, not_a_text, one_or_more, whole,
};
use crate::settings::system::sequelize::no_section;
use crate::settings::uses::Uses;
use crate::sqlite::Family;
use crate::template::Syntax;
use crate::vars::is_name;

/// Where a section is, if the file is not one itself.
const HOLDERS: &[&str] = &["database", "databases", "db", "default"];

const URLS: &[&str] = &[
    "url",
    "uri",
    "database_url",
    "databaseUrl",
    "DATABASE_URL",
    "connection_string",
    "connectionString",
    "dsn",
];
const ENGINES: &[&str] = &["adapter", "dialect", "driver", "engine", "type", "client"];
const SLOTS: &[(&str, Slot)] = &[
    ("user", Slot::User),
    ("username", Slot::User),
    ("password", Slot::Password),
    ("pass", Slot::Password),
    ("host", Slot::Host),
    ("hostname", Slot::Host),
    ("server", Slot::Host),
    ("port", Slot::Port),
    ("database", Slot::Database),
    ("dbname", Slot::Database),
    ("name", Slot::Database),
    ("socket", Slot::Socket),
    ("path", Slot::Database),
    ("filename", Slot::Database),
    ("storage", Slot::Database),
];
const VARIABLES: &str = "var";

/// The rules of this system.
pub(in crate::settings) struct Plain;

impl Rules for Plain {
    fn facts(&self) -> Facts {
        Facts {
            about: "Any YAML or JSON, with ${NAME} and ${NAME:-default}",
            syntax: Some(Syntax::Compose),
            demands_all: true,
            ..Facts::default()
        }
    }

    fn is_certain(&self, root: &Node) -> bool {
        has_key(root, &[VARIABLES])
    }

    /// Variables to try in order. A file may have a key of that name for something else.
    fn named_variables(&self, map: &Located<'_>, uses: &mut Uses) {
        let list = map.get(VARIABLES).map(one_or_more);
        for element in list.into_iter().flatten() {
            if let Some(name) = element.text().filter(|name| is_name(name)) {
                uses.add(name, false, false, &element);
            }
        }
    }

    fn candidates<'q>(&'q self, question: &'q Question<'q>) -> Result<Vec<Candidate<'q>>, Error> {
        let root = question.file(
            "plain settings have no file and no variable of their own",
            "name the file with `--file`, or the variable with `--var`",
        )?;
        if let Some(services) = root.given("services").filter(Located::is_map) {
            let detail = "expected one database, found the services of Docker Compose";
            let help = "name the system with `--system compose`, and the service with `--name`";
            return Err(services.error(ErrorKind::UnknownSystem, detail, help));
        }
        let section = section(root, question).map_err(|error| unless_nothing(root, error))?;
        // A URL in place of a key is an error of its own.
        let has_url = section.entries().any(|entry| entry.name.contains("://"));
        if !section.is_map() {
            let text = string(&section)?;
            return Ok(vec![self.url(text, section.origin(), question)]);
        }
        if !has_url && !says_database(&section) {
            return Err(says_nothing(&section));
        }
        of_map(section, question)
    }
}

/// A section that is a URL.
fn string<'q>(section: &Located<'q>) -> Result<&'q str, Error> {
    section.text().ok_or_else(|| {
        let error = if section.node.is_null() {
            let detail = "expected the settings of a database, found nothing";
            Error::new(ErrorKind::Empty, detail).with_source(&section.source())
        } else {
            not_a_text(section)
        };
        error.with_help("a section is a URL, or a map with `url` or with parts")
    })
}

/// The variables of a section, then its URL or its parts.
fn of_map<'q>(
    section: Located<'q>,
    question: &'q Question<'q>,
) -> Result<Vec<Candidate<'q>>, Error> {
    let mut candidates = variables(&section, question)?;
    let is_settled = candidates.iter().any(Candidate::is_set);
    let has_parts = section.entries().any(|entry| entry.name != VARIABLES);
    if let Some(url) = URLS.iter().find_map(|name| section.given(name)) {
        candidates.push(Candidate::new(url.origin(), move || {
            parts(&section, Some(base_of(&url, Family::Python)?))
        }));
        return Ok(candidates);
    }
    if let Some(error) = none_set(&section, &candidates).filter(|_| !is_settled) {
        return Err(error);
    }
    if has_parts || candidates.is_empty() {
        let source = section.source();
        candidates.push(Candidate::new(source, move || parts(&section, None)));
    }
    Ok(candidates)
}

/// The section's variables, in order. Each is used without the parts next to it.
fn variables<'q>(
    section: &Located<'q>,
    question: &'q Question<'q>,
) -> Result<Vec<Candidate<'q>>, Error> {
    let Some(list) = section.given(VARIABLES) else {
        return Ok(Vec::new());
    };
    let elements = one_or_more(list.clone()).into_iter();
    let candidates = elements.map(|element| {
        let name = element.text().filter(|name| is_name(name)).ok_or_else(|| {
            let detail = "expected the name of a variable, or a list of them";
            let help = "write bare names, such as DATABASE_URL, without `$` or braces";
            list.error(ErrorKind::InvalidName, detail, help)
        })?;
        let read = |text: SecretStr<'_>, source| whole(text.expose(), source);
        Ok(Candidate::variable(question.vars, name, read))
    });
    candidates.collect()
}

/// Variables of which none is set, with nothing to be used instead.
fn none_set(section: &Located<'_>, variables: &[Candidate<'_>]) -> Option<Error> {
    let is_part = |entry: Located<'_>| ENGINES.contains(&entry.name);
    if variables.is_empty() || section.entries().any(is_part) {
        return None;
    }
    let names = variables.iter().filter_map(|one| one.source.name());
    let names: Vec<_> = names.collect();
    let detail = format!("none is set of {}", names.join(", "));
    let list = section.given(VARIABLES)?;
    let help = "set one of them, or write under `url` what is used without them";
    Some(list.error(ErrorKind::UnsetVariable, detail, help))
}

/// The section that is meant: by the environment's name, else by one of the usual keys, else the file.
fn section<'s>(root: &Located<'s>, question: &Question<'_>) -> Result<Located<'s>, Error> {
    let mut at = root.clone();
    if let Some(environment) = question.environment {
        at = root
            .given(environment)
            .ok_or_else(|| no_section(root, environment))?;
    }
    if let Some(name) = question.connection {
        let holder = HOLDERS.iter().filter_map(|key| at.given(key));
        let mut locations = std::iter::once(at.clone()).chain(holder);
        return locations
            .find_map(|location| location.given(name))
            .ok_or_else(|| no_section(&at, name));
    }
    for _ in 0..HOLDERS.len() {
        let is_section = at.entries().any(|entry| {
            let is_part = SLOTS.iter().any(|(name, _)| *name == entry.name) && !entry.is_map();
            let is_other = URLS.contains(&entry.name) || entry.name == VARIABLES;
            (is_part && entry.name != "database") || is_other
        });
        let held = HOLDERS.iter().find_map(|key| at.given(key));
        match held {
            Some(held) if !is_section => at = held,
            _ => break,
        }
    }
    Ok(at)
}

/// Whether a section has one of the keys that name a database.
fn says_database(section: &Located<'_>) -> bool {
    let keys = URLS.iter().chain(ENGINES).chain([&VARIABLES]);
    let slots = SLOTS.iter().map(|(name, _)| name);
    keys.chain(slots).any(|key| section.given(key).is_some())
}

fn says_nothing(section: &Located<'_>) -> Error {
    let detail = "nothing here says which database is meant";
    let help = "write `url: ${DATABASE_URL}`, or the parts with `adapter: postgres`; another section is named with \
        `--environment` and `--name`";
    section.error(ErrorKind::MissingKey, detail, help)
}

/// Of a file with no map in it, that is the more helpful error.
fn unless_nothing(root: &Located<'_>, error: Error) -> Error {
    let has_sections = root.entries().any(|entry| entry.is_map());
    if has_sections || !root.is_map() || says_database(root) {
        return error;
    }
    says_nothing(root)
}

/// A database by its parts, or what a URL leaves open of them.
fn parts(section: &Located<'_>, base: Option<Base>) -> Answer {
    let mut fields = Fields::new(section.source(), Family::Python);
    let mut engine = None;
    let is_named = ["database", "dbname"]
        .iter()
        .any(|name| section.given(name).is_some());
    for entry in section.entries() {
        let slot = SLOTS.iter().find(|(name, _)| *name == entry.name);
        match slot {
            // Often the name of the section.
            Some(_) if entry.name == "name" && is_named => fields.extra(entry.name, &entry),
            Some((_, slot)) => fields.slot(*slot, &entry),
            None if ENGINES.contains(&entry.name) => {
                let row = entry.text().and_then(Scheme::find).ok_or_else(|| {
                    let detail = "expected the name of an engine";
                    let help = "such as postgres, mysql, sqlite or redis";
                    entry.error(ErrorKind::UnknownScheme, detail, help)
                })?;
                engine = Some((row, entry));
            }
            None if URLS.contains(&entry.name) || entry.name == VARIABLES => {}
            None => {
                if entry.node.scalar().is_none() && !is_switch(entry.name) {
                    fields.idle(&entry, "write it in the section itself, next to `host`");
                }
                fields.param(entry.name, &entry);
            }
        }
    }
    fields.checked()?;
    if let (Some(base), Some((row, entry))) = (&base, &engine) {
        fields.warn_if(mismatch(base, *row, entry));
    }
    if base.is_none() && engine.is_none() {
        return Err(says_nothing(section));
    }
    fields.assemble(base, engine.map(|(row, _)| row))
}
