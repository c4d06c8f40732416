//! Files of Rails that name a connection of `database.yml`, which is read in the same folder.
//!
//! | file | the connection | as in |
//! |---|---|---|
//! | `cache.yml` | `database`, one of `databases`, or `writing` of `connects_to` | `SolidCache::Configuration` |
//! | `cable.yml` of `solid_cable` | `writing` of `connects_to`, else the primary one | `SolidCable::Record` |
//! | `cable.yml` of `postgresql` | the primary one | `ActionCable::SubscriptionAdapter::PostgreSQL` |
//! | `queue.yml` | none: `config.solid_queue.connects_to` is in a program | Solid Queue's README |

use crate::document::node_ref::Located;
use crate::document::shown_key;
use crate::error::{Error, ErrorKind};
use crate::resolution::candidate::{Answer, Candidate};
use crate::resolution::first::first_of;
use crate::settings::file::File;
use crate::settings::fill::Unset;
use crate::settings::system::choices::choices;
use crate::settings::system::rails::section::PRIMARY;
use crate::settings::system::rules::{Question, error_at, one_or_more, string};
use crate::settings::tree::{Shown, filled};
use crate::vars::file;

/// `cache.yml` and `queue.yml` of Solid Cache and Solid Queue.
pub(super) fn solid<'q>(question: &'q Question<'q>) -> Result<Candidate<'q>, Error> {
    let root = question.root.as_ref();
    let is_cache = root.is_none_or(|root| !root.file_name().starts_with("queue"));
    let section = |name: &str| root.and_then(|root| root.given(name));
    let sections = [
        section(question.environment.unwrap_or_default()),
        section("shared"),
    ];
    let mut sections = sections.iter().flatten().filter(|_| is_cache);
    let found = sections.find_map(|section| named(section).transpose());
    match found.transpose()? {
        Some((at, names)) => one_of(question, at, &names),
        None => unnamed(question, is_cache),
    }
}

/// `cable.yml` with an adapter that uses a connection of Active Record.
pub(super) fn cable<'q>(
    question: &'q Question<'q>,
    section: Located<'q>,
) -> Result<Candidate<'q>, Error> {
    match named(&section)? {
        Some((at, names)) => one_of(question, at, &names),
        None => one_of(question, section, &[PRIMARY]),
    }
}

/// The key of a section that names connections, and their names.
fn named<'s>(section: &Located<'s>) -> Result<Option<(Located<'s>, Vec<&'s str>)>, Error> {
    let mut values = Vec::new();
    let keys = ["database", "databases", "connects_to"];
    let Some(at) = keys.iter().find_map(|key| section.given(key)) else {
        return Ok(None);
    };
    match at.name {
        "connects_to" => {
            let one = at.given("database").into_iter();
            let shards = at.given("shards");
            let roles = one.chain(shards.iter().flat_map(Located::members));
            values.extend(roles.filter_map(|role| role.given("writing")));
        }
        _ => values = one_or_more(at.clone()),
    }
    let mut names = Vec::new();
    for value in &values {
        let name = string(value)?;
        let name = name.strip_prefix(':').unwrap_or(name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        let detail = "expected the name of a connection of database.yml";
        return Err(at.error(ErrorKind::MissingKey, detail, "such as `database: cache`"));
    }
    Ok(Some((at, names)))
}

/// The database of the connection, or of that one of several that `--name` chooses.
fn one_of<'q>(
    question: &'q Question<'q>,
    at: Located<'q>,
    names: &[&'q str],
) -> Result<Candidate<'q>, Error> {
    match (question.connection, names) {
        (Some(name), names) if names.contains(&name) => Ok(candidate(question, at, name)),
        (Some(name), names) => {
            let detail = format!("`{}` is not one of the connections here", shown_key(name));
            let help = choices(names.iter().copied(), name);
            Err(at.error(ErrorKind::UnknownSection, detail, help.unwrap_or_default()))
        }
        (None, [name]) => Ok(candidate(question, at, name)),
        (None, names) => {
            let names: Vec<_> = names.iter().map(|name| shown_key(name)).collect();
            let detail = format!("the connections {} are used", names.join(", "));
            let help = "name one of them with `--name`";
            Err(at.error(ErrorKind::Ambiguous, detail, help))
        }
    }
}

/// No key names a connection; a program does.
fn unnamed<'q>(question: &'q Question<'q>, is_cache: bool) -> Result<Candidate<'q>, Error> {
    let root = question.root.as_ref();
    let own = root.and_then(|root| root.given(question.environment.unwrap_or_default()));
    let at = own.as_ref().or(root);
    if let (Some(name), Some(at)) = (question.connection, at) {
        return Ok(candidate(question, at.clone(), name));
    }
    let unset = own.iter().flat_map(|own| question.unset_below(own));
    let keys = ["database", "databases", "connects_to"];
    let unset = unset.filter(|unset| keys.iter().any(|key| unset.location.key().contains(key)));
    Error::together(unset.map(Unset::error))?;
    let (option, usual) = if is_cache {
        ("config.solid_cache.connects_to", PRIMARY)
    } else {
        ("config.solid_queue.connects_to", "queue")
    };
    let detail = "no server is named here: a connection of database.yml is used";
    let help = format!("`{option}` names it, most often `{usual}`: add `--name {usual}`");
    Err(error_at(at, ErrorKind::NotFound, detail, help))
}

fn candidate<'q>(question: &'q Question<'q>, at: Located<'q>, name: &'q str) -> Candidate<'q> {
    let source = at.source();
    Candidate::new(source, move || of_connection(question, &at, name))
}

/// The database that a connection of `database.yml` means. `at` names it.
fn of_connection(question: &Question<'_>, at: &Located<'_>, name: &str) -> Answer {
    let missing = |error: Error| {
        let name = shown_key(name);
        let help = format!("name it: `--file config/database.yml --name {name}`");
        error.with_source(&at.source()).with_help(help)
    };
    let path = question.folder.map(|folder| folder.join("database.yml"));
    let path = path.filter(|path| path.is_file()).ok_or_else(|| {
        let detail = "expected a file database.yml in the same folder, which has the connection";
        missing(Error::new(ErrorKind::NotFound, detail))
    })?;
    let text = file::read(&path).map_err(missing)?;
    let file = File::new(&file::shown(&path), text);
    let tree = filled(
        &file,
        question.rules,
        question.vars,
        question.environment,
        Shown::Values,
    )?;
    let question = Question {
        root: Some(Located::root(&tree.root, &file.path)),
        tree: Some(&tree),
        connection: Some(name),
        ..question.clone()
    };
    let found = first_of(question.candidates()?)?;
    found.ok_or_else(|| Error::new(ErrorKind::NotFound, "the connection has no settings"))
}
