//! Conduit's (and Aqueduct's) configuration: `database` is a URL, a `$NAME` that holds one, or a map.
//!
//! `$NAME` stands for a whole value only, and is looked up as it is written: `${NAME}` is the variable `{NAME}`. A map has
//! `host`, `port`, `databaseName`, `username`, `password` and `isTemporary`; the first three are needed, others are rejected.
//! The file may hold more than the database, and `database.yaml` the map alone.
//!
//! Deliberate differences:
//! - The URL is read whole: the original never looks at the scheme, drops the query, takes port 0 where none is written, and cuts a
//!   password at its last colon.
//! - A `$NAME` below the database that is not set is an error; the original goes on without the value.

use crate::document::node_ref::Located;
use crate::document::{Node, Scalar, ScalarKind, shown_key};
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::resolution::candidate::{Answer, Candidate};
use crate::settings::file::File;
use crate::settings::section::{Base, Fields, Slot};
use crate::settings::system::rules::{Facts, Question, Rules, alone, string};
use crate::source::Source;
use crate::span::Component;
use crate::sqlite::Family;
use crate::template::Syntax;
use crate::vars::{is_conventional, is_name};

/// The keys of a map, each with whether it is needed.
const KEYS: &[(&str, Option<Slot>, bool)] = &[
    ("host", Some(Slot::Host), true),
    ("port", Some(Slot::Port), true),
    ("databaseName", Some(Slot::Database), true),
    ("username", Some(Slot::User), false),
    ("password", Some(Slot::Password), false),
    ("isTemporary", None, false),
];

/// The rules of this system.
pub(in crate::settings) struct Conduit;

impl Rules for Conduit {
    fn facts(&self) -> Facts {
        Facts {
            about: "The configuration of Conduit, database: $DATABASE_URL",
            default_files: &["config.yaml", "database.yaml"],
            syntax: Some(Syntax::Conduit),
            ..Facts::default()
        }
    }

    fn detect(&self, _file: &File, root: &Node) -> bool {
        let is_reference = |text: &str| text.strip_prefix('$').is_some_and(is_name);
        let is_conduit = |node: &Node| {
            node.get("databaseName").is_some() || node.text().is_some_and(is_reference)
        };
        root.get("database").is_some_and(is_conduit) || root.get("databaseName").is_some()
    }

    fn demanded(&self, root: &Located<'_>, connection: Option<&str>) -> Option<String> {
        let section = section(root, connection).ok()?;
        Some(section.key().to_string())
    }

    fn read(&self, url: &str, source: Source, _question: &Question<'_>) -> Answer {
        let base = Base::read(url, source, Family::Python)?;
        named(&base, url)?;
        alone(base, Family::Python)
    }

    /// `$NAME` is as in a Procfile, where only a shell would have filled it in.
    fn argument<'q>(
        &'q self,
        url: &'q str,
        question: &'q Question<'q>,
    ) -> Result<Candidate<'q>, Error> {
        let argument = Source::Argument("--url");
        let Some(name) = url.strip_prefix('$').filter(|name| is_name(name)) else {
            return Ok(self.url(url, argument, question));
        };
        let candidate = Candidate::variable(question.vars, name, |value, source| {
            self.read(value.expose(), source, question)
        });
        if candidate.is_set() {
            return Ok(candidate);
        }
        // A password can begin with a dollar.
        let source = if is_conventional(name) {
            candidate.source
        } else {
            argument
        };
        let detail = "the variable is not set";
        Err(Error::new(ErrorKind::UnsetVariable, detail)
            .with_source(&source)
            .with_help("set it, or give the URL itself"))
    }

    fn candidates<'q>(&'q self, question: &'q Question<'q>) -> Result<Vec<Candidate<'q>>, Error> {
        let root = question.file(
            "there is no config.yaml or database.yaml, and Conduit reads no variable without one",
            "name the file with `--file`, such as heroku.yaml, or the variable with `--var`",
        )?;
        let section = section(root, question.connection)?;
        unset_below(question, &section)?;
        if section.is_map() {
            return Ok(vec![Candidate::new(section.source(), move || {
                map(&section)
            })]);
        }
        let text = string(&section).map_err(|error| {
            error.with_help("write a URL, `$NAME`, or a map with host, port and databaseName")
        })?;
        Ok(vec![self.url(text, section.origin(), question)])
    }
}

/// The database that is meant: below its key, or the whole file.
fn section<'s>(root: &Located<'s>, connection: Option<&str>) -> Result<Located<'s>, Error> {
    let key = connection.unwrap_or("database");
    match root.get(key) {
        Some(section) => Ok(section),
        None if root.get("databaseName").is_some() || root.get("host").is_some() => {
            Ok(root.clone())
        }
        None => {
            let detail = format!("expected the key `{}`", shown_key(key));
            let help = "write `database: $DATABASE_URL`, or name another key with `--name`";
            Err(root.error(ErrorKind::MissingKey, detail, help))
        }
    }
}

/// Conduit takes a path of exactly one segment for the database's name.
fn named(base: &Base, url: &str) -> Result<(), Error> {
    let (detail, help) = match base.database.dbname() {
        _ if base.database.engine() == Engine::Sqlite => return Ok(()),
        None | Some("") => (
            "nothing names the database",
            "put it after the host: `/name`",
        ),
        Some(name) if name.contains('/') && url.contains(&format!("/{name}")) => (
            "expected one name after the host",
            "write a `/` that belongs to the name as %2F",
        ),
        Some(_) => return Ok(()),
    };
    Err(Error::new(ErrorKind::MissingKey, detail)
        .of(Component::Database)
        .with_source(&base.source)
        .with_help(help))
}

fn map(section: &Located<'_>) -> Answer {
    let mut fields = Fields::new(section.source(), Family::Python);
    for entry in section.entries() {
        let Some((_, slot, _)) = KEYS.iter().find(|(name, ..)| *name == entry.name) else {
            fields.fail(unknown_key(&entry));
            continue;
        };
        if let Some(slot) = slot {
            fields.slot(*slot, &entry);
        } else {
            let kind = entry.node.scalar().map(Scalar::kind);
            if !matches!(kind, Some(ScalarKind::Bool(_) | ScalarKind::Null)) {
                let detail = "expected `true` or `false`";
                fields.fail(entry.error(ErrorKind::InvalidValue, detail, ""));
            }
            fields.extra(entry.name, &entry);
        }
    }
    for (name, ..) in KEYS.iter().filter(|(.., needed)| *needed) {
        if section.given(name).is_none() {
            let detail = format!("expected the key `{name}`");
            let help = "Conduit needs host, port and databaseName";
            fields.fail(section.error(ErrorKind::MissingKey, detail, help));
        }
    }
    // Conduit's own map is always one of Postgres.
    fields.assemble(None, Scheme::find("postgres"))
}

fn unknown_key(entry: &Located<'_>) -> Error {
    let meant = match entry.name {
        "database" | "name" | "dbname" => Some("databaseName"),
        "user" => Some("username"),
        _ => None,
    };
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "a database has host, port, databaseName, username, password and isTemporary; what a map cannot say, \
            such as sslmode, is in the query of a URL"
            .to_owned(),
    };
    let detail = "expected a key of Conduit's database configuration";
    entry.error(ErrorKind::UnknownKey, detail, help)
}

/// Every variable that the database needs and that is not set.
fn unset_below(question: &Question<'_>, section: &Located<'_>) -> Result<(), Error> {
    let unset = question.unset_below(section).map(|unset| {
        // A password that begins with a dollar is taken for a name, too, so the template does not tell it.
        if is_name(&unset.name) {
            return unset.error();
        }
        let detail = "no variable has this name";
        Error::new(ErrorKind::UnsetVariable, detail)
            .with_source(&Source::File(unset.location.clone()))
            .with_help(
                "all that follows the `$` is the name: write $NAME, without braces, a default or other text; a value that \
                begins with a dollar has to come from a variable",
            )
    });
    Error::together(unset)
}
