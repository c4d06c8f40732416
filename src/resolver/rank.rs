//! The order of candidates where the caller names none, and whether those of one rank agree.

use crate::attachment::{Attachment, Attachments, PRIMARY, is_colour};
use crate::database::Database;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::platform::family::Found;
use crate::resolution::candidate::Candidate;
use crate::resolution::{PartOrigins, Resolved};
use crate::sorted;
use crate::source::Source;
use crate::warning::{Warning, WarningCode};

/// Why a candidate is looked at. What the caller does not name is looked at in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    Named,
    Primary,
    Colour,
    Platform,
    /// In parts, or by the variables of libpq; what is there has a history of its own.
    Parts,
}

/// A candidate, and why it is looked at.
#[derive(Debug)]
pub(super) struct Ranked<'c> {
    pub(super) rule: Rule,
    pub(super) candidate: Candidate<'c>,
}

impl Ranked<'_> {
    /// What comes with a history of its own.
    pub(super) fn settled(
        rule: Rule,
        source: Source,
        settled: Result<Resolved<Database>, Error>,
    ) -> Self {
        Self {
            rule,
            candidate: Candidate::known(source, settled, |settled| settled),
        }
    }

    /// What is looked at, and not set.
    pub(super) fn unset(rule: Rule, source: Source) -> Self {
        Self {
            rule,
            candidate: Candidate::unset(source),
        }
    }

    /// A database in parts.
    pub(super) fn of_family(rule: Rule, found: Found) -> Self {
        let Found { source, content } = found;
        let settled = content.map(|content| {
            let fields = PartOrigins::Fields(content.fields);
            let mut resolved = Resolved::new(content.database, source.clone(), fields);
            resolved.warnings = content.warnings;
            // What is named needs no warning of the choice.
            let is_of_choice = |warning: &Warning| warning.code() == WarningCode::PartsUsed;
            resolved
                .warnings
                .retain(|warning| rule != Rule::Named || !is_of_choice(warning));
            resolved.warnings.extend(resolved.value().warnings());
            resolved
        });
        Self::settled(rule, source, settled)
    }

    pub(super) fn is_set(&self) -> bool {
        self.candidate.is_set()
    }
}

/// Where nothing is named: `DATABASE_URL`, the colours, and what other platforms call their databases (of one engine, if
/// only that is wanted), the role that is preferred first.
pub(super) fn in_order(
    attachments: &Attachments,
    engine: Option<Engine>,
) -> Vec<(Rule, &Attachment)> {
    let is_other = |attachment: &Attachment| {
        let found = attachment.database().map(Database::engine);
        found.is_ok_and(|found| engine.is_some_and(|wanted| wanted != found))
    };
    let ranked = attachments.iter().filter_map(|attachment| {
        let rule = match attachment.var() {
            PRIMARY => Rule::Primary,
            var if is_colour(var) => Rule::Colour,
            _ if attachment.is_candidate() && !is_other(attachment) => Rule::Platform,
            _ => return None,
        };
        Some((rule, attachment))
    });
    sorted::by(ranked.collect(), &|one, other| {
        let key = |(rule, attachment): &(Rule, &Attachment)| (*rule, attachment.preference());
        key(one).cmp(&key(other))
    })
}

/// Without `DATABASE_URL`: whether all that are set are one database with one set of credentials.
pub(super) fn only_one(
    rule: Rule,
    rivals: &[&Source],
    attachments: &Attachments,
) -> Result<Option<Warning>, Error> {
    let rivals = rivals
        .iter()
        .filter_map(|rival| attachments.of_source(rival));
    let loaded = rivals
        .map(|rival| Ok((rival.source(), rival.content()?)))
        .collect::<Result<Vec<_>, Error>>()?;
    let Some((first, database)) = loaded.first() else {
        return Ok(None);
    };
    let attachment = attachments.of_source(first);
    let is_same =
        |source: &Source| source == *first || attachment.is_some_and(|one| one.is_alias_of(source));
    // Users may differ between a database and its pooler; a pooler with another password for the same user is out of date.
    let agrees = |other: &Database| {
        let same_target = other.target() == database.target();
        !other.is_stale_against(database)
            && (!same_target
                || other.has_credentials_of(database) && other.has_session_of(database))
    };
    let one_database = loaded.iter().all(|(source, _)| is_same(source));
    let is_colour = rule == Rule::Colour;
    if one_database && loaded.iter().all(|(_, other)| agrees(other)) {
        let what = if is_colour {
            "attached database"
        } else {
            "database of these variables"
        };
        let message = format!("DATABASE_URL is not set; {first}, the only {what}, is used");
        let var = first.name().unwrap_or_default();
        let help = match first.service() {
            _ if is_colour => {
                let name = var.strip_suffix("_URL").unwrap_or(var);
                format!("promote it with `heroku pg:promote {name}`, or name it")
            }
            Some(service) => format!("set DATABASE_URL, or name it (`--attachment {service}`)"),
            None => format!("set DATABASE_URL, or name it (`--var {var}`)"),
        };
        return Ok(Some(Warning::new(WarningCode::NotPromoted, message, help)));
    }
    let names: Vec<_> = loaded
        .iter()
        .map(|(source, _)| source.to_string())
        .collect();
    let same_credentials = loaded
        .iter()
        .all(|(_, other)| !other.is_stale_against(database) && other.user() == database.user());
    let what = match (one_database, same_credentials) {
        (false, _) => "databases",
        (true, false) => "credentials",
        (true, true) => "TLS settings or `options`",
    };
    let detail = format!(
        "DATABASE_URL is not set, and {} hold different {what}",
        names.join(", ")
    );
    Err(Error::new(ErrorKind::Ambiguous, detail).with_help(if is_colour {
        "promote one with `heroku pg:promote NAME`, or choose one by name (`--attachment NAME`, `--var NAME`)"
    } else {
        "set DATABASE_URL to the one that is meant, or choose one by name (`--attachment NAME`, `--var NAME`)"
    }))
}

/// A platform's document, named as a whole: the one database in it, if there is one.
pub(super) fn only_service<'a>(
    document: &Source,
    attachments: &'a Attachments,
) -> Result<Option<&'a Attachment>, Error> {
    let within: Vec<_> = attachments
        .iter()
        .filter(|one| Some(one.var()) == document.name())
        .collect();
    if within.len() < 2 {
        return Ok(within.first().copied());
    }
    let names: Vec<_> = within.iter().map(|one| one.source().to_string()).collect();
    let detail = format!("{document} holds {}", names.join(", "));
    Err(Error::new(ErrorKind::Ambiguous, detail)
        .with_help("choose one by the service's name: `--attachment NAME`"))
}

/// A copy of what was chosen with another password, if there is one.
pub(super) fn stale(
    chosen: &Source,
    database: &Database,
    attachments: &Attachments,
) -> Option<Warning> {
    let target = database.target();
    let copy = attachments.iter().find(|other| {
        let differs = other
            .database()
            .is_ok_and(|other| database.is_stale_against(other));
        other.source() != chosen && other.target() == Some(&target) && differs
    })?;
    let message = format!(
        "{chosen} and {} hold the same database and user with different passwords",
        copy.source()
    );
    let help = "one is an old copy: credentials were rotated, and only the variables of attachments follow";
    Some(Warning::new(WarningCode::StaleCopy, message, help))
}
