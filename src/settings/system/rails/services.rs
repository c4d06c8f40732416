//! `cable.yml`, `neo4j.yml` and `secrets.yml` of Rails: files that know no variable but those that they name.

use crate::database::Database;
use crate::error::{Error, ErrorKind};
use crate::resolved::{Outcome, Resolved};
use crate::scheme::{Engine, Scheme};
use crate::settings::document::shown_key;
use crate::settings::fields::{Base, Fields, Slot};
use crate::settings::located::Located;
use crate::settings::system::rails::{SLOTS, incomplete};
use crate::settings::system::{Question, not_a_text, warn_of};
use crate::sqlite::Family;

/// The section of the environment in a file that only its own tags bring variables into.
fn own_section<'s>(question: &Question<'s>) -> Result<Located<'s>, Error> {
    let environment = question.environment.unwrap_or_default();
    let root = question.root.as_ref();
    let section = root.and_then(|root| root.given(environment));
    section.ok_or_else(|| {
        let detail = format!("there is no section `{}`", shown_key(environment));
        let error = Error::new(ErrorKind::NotFound, detail)
            .with_help("add it, or name another environment");
        match root {
            Some(root) => error.said_by(&root.source()),
            None => error,
        }
    })
}

/// `cable.yml` and `neo4j.yml`: a URL, or the parts of one.
pub(super) fn service(
    question: &Question<'_>,
    engines: &[&str],
    kind: &str,
) -> Result<Resolved<Database>, Error> {
    let own = own_section(question)?;
    let engine = engines.iter().find_map(|name| Scheme::find(name));
    if let Some(adapter) = own.given("adapter") {
        if adapter.text() != Some("redis") && kind == "adapter" {
            let detail = "this adapter has no server of its own";
            return Err(Error::new(ErrorKind::NotFound, detail)
                .said_by(&adapter.source())
                .with_help("`redis` has one; `postgresql` and `solid_cable` use a database of database.yml"));
        }
    }
    let base = match own.given("url") {
        Some(url) => {
            let text = url.text().ok_or_else(|| not_a_text(&url))?;
            Some(Base::read(text, url.origin(), Family::Rails)?)
        }
        None => None,
    };
    let mut fields = Fields::new(own.source(), Family::Rails);
    for entry in own.entries() {
        let slot = match entry.name {
            "db" => Some(Slot::Database),
            name => SLOTS
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, slot)| *slot),
        };
        match slot {
            Some(slot) => fields.slot(slot, &entry),
            None if ["url", kind].contains(&entry.name) => {}
            None => fields.param(entry.name, &entry),
        }
    }
    if base.is_none() && !fields.has(Slot::Host) {
        return Err(incomplete(question, &own, "host"));
    }
    if let Some(base) = &base {
        let is_meant = engine.is_some_and(|row| row.engine == base.database.engine());
        if !is_meant {
            let wanted = engine.map_or("", |row| row.engine.as_str());
            let detail = format!(
                "expected a URL of {wanted}, but this is one of {}",
                base.database.engine()
            );
            return Err(Error::new(ErrorKind::WrongEngine, detail)
                .said_by(&base.source)
                .with_help("check which variable the file names"));
        }
    }
    let used = base
        .as_ref()
        .map_or_else(|| own.source(), |base| base.source.clone());
    let mut resolved = fields.assemble(base, engine)?;
    resolved.considered = vec![(used, Outcome::Used)];
    let unset = question.unset_below(own.key());
    resolved.warnings.extend(unset.map(warn_of));
    Ok(resolved)
}

/// `secrets.yml` holds keys of many kinds: the one that is named, or the only one that holds a database.
pub(super) fn secret(question: &Question<'_>) -> Result<Resolved<Database>, Error> {
    let own = own_section(question)?;
    let is_database = |entry: &Located<'_>| {
        entry
            .text()
            .and_then(|text| text.parse::<Database>().ok())
            .is_some_and(|database| {
                !matches!(database.engine(), Engine::Other(_)) && database.scheme().is_some()
            })
    };
    let found = if let Some(name) = question.connection {
        own.given(name)
            .ok_or_else(|| incomplete(question, &own, name))?
    } else {
        let mut found = own.entries().filter(is_database);
        match (found.next(), found.next()) {
            (Some(one), None) => one,
            (first, _) => {
                if first.is_none() && question.unset_below(own.key()).next().is_some() {
                    return Err(incomplete(question, &own, "url"));
                }
                let kind = first.map_or(ErrorKind::NotFound, |_| ErrorKind::Ambiguous);
                return Err(
                    Error::new(kind, "expected one key that holds a database's URL")
                        .said_by(&own.source())
                        .with_help(
                            "name the key with `--name`; `dburl render` shows the file filled in",
                        ),
                );
            }
        }
    };
    let text = found.text().ok_or_else(|| not_a_text(&found))?;
    let base = Base::read(text, found.origin(), Family::Rails)?;
    let mut resolved = Fields::new(found.source(), Family::Rails).assemble(Some(base), None)?;
    resolved.considered = vec![(found.origin(), Outcome::Used)];
    Ok(resolved)
}
