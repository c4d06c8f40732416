//! Which database a process is meant to use, and who says so.

use std::fmt;

use crate::attachment::{Attachment, Attachments, PRIMARY, is_colour, load, source_of};
use crate::database::Database;
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::platform::{self, parts, services};
use crate::postgres;
use crate::provenance::{Provenance, Source};
use crate::scheme::Engine;
use crate::secret::Secret;
use crate::vars::{Vars, is_conventional, is_name};
use crate::warning::{Warning, WarningCode};

/// What became of a place that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// `used`.
    Used,
    /// `shadowed`: it holds something, but another place comes first.
    Shadowed,
    /// `unset`.
    Unset,
    /// `empty`: set, but empty.
    Empty,
    /// `invalid`: it holds something that cannot be used.
    Invalid,
}

impl Outcome {
    /// The name used in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Shadowed => "shadowed",
            Self::Unset => "unset",
            Self::Empty => "empty",
            Self::Invalid => "invalid",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A value, where it came from, and what lost to it.
///
/// `Display` shows the value (masked, if it holds secrets) and its source.
#[derive(Clone, Debug)]
pub struct Resolved<T> {
    value: T,
    source: Source,
    considered: Vec<(Source, Outcome)>,
    warnings: Vec<Warning>,
}

impl<T> Resolved<T> {
    /// The value.
    #[must_use]
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// The value, without its history.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Who gave it.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Every place that was looked at, in order, and what became of it.
    pub fn considered(&self) -> impl Iterator<Item = (&Source, Outcome)> {
        self.considered
            .iter()
            .map(|(source, outcome)| (source, *outcome))
    }

    /// What was accepted, but may not be meant: of the text, and of the choice.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    fn map<U>(self, convert: impl FnOnce(T) -> Result<U, Error>) -> Result<Resolved<U>, Error> {
        let Self {
            value,
            source,
            considered,
            warnings,
        } = self;
        Ok(Resolved {
            value: convert(value).map_err(|error| error.said_by(&source))?,
            source,
            considered,
            warnings,
        })
    }
}

impl Resolved<Database> {
    /// The fields that are given, by their names in JSON, and where each came from.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Provenance)> {
        let fields = self.value.fields().into_iter();
        fields.map(|(field, component)| {
            let part = self.source.name().and_then(parts::group);
            let part = part.and_then(|group| group.part(component));
            let source = part.map_or_else(
                || self.source.clone(),
                |var| Source::ConfigVar(var.to_owned()),
            );
            let component = part.is_none().then_some(component);
            (field, Provenance::new(source, component))
        })
    }
}

impl<T> std::ops::Deref for Resolved<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Resolved<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (from {})", self.value, self.source)
    }
}

/// How the caller names a variable.
#[derive(Clone, Debug)]
enum Choice {
    Var(String),
    Attachment(String),
    /// A text that cannot be a name, such as a URL. It is not kept.
    NoName,
}

/// Chooses the database of a set of config vars.
///
/// Where the caller names nothing, `DATABASE_URL` is used; else `HEROKU_POSTGRESQL_<COLOR>_URL`, if all that are set
/// hold one database with the same credentials; else, by the same rule, what other platforms call their databases
/// ([`platform::VARIABLES`]; not caches, queues and the like); else the default. Where the caller names variables or attachments, they
/// are tried in order, then the default. A variable that is set but empty is an error, never "unset", and so is one
/// that cannot be read: nothing is passed over in silence.
///
/// ```
/// use database_url::{Database, Resolver, Vars};
///
/// let vars = Vars::from([("DATABASE_URL", "postgres://app:hunter2@db.internal/shop")]);
/// let db = Resolver::new(&vars).config_var("MIGRATION_DATABASE_URL").config_var("DATABASE_URL").resolve()?;
/// assert_eq!(db.to_string(), "postgres://app:****@db.internal/shop (from DATABASE_URL)");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Resolver<'v> {
    vars: &'v Vars,
    choices: Vec<Choice>,
    default_url: Option<Secret>,
}

impl<'v> Resolver<'v> {
    /// Nothing named yet.
    pub const fn new(vars: &'v Vars) -> Self {
        Self {
            vars,
            choices: Vec::new(),
            default_url: None,
        }
    }

    /// Names a variable to try, after those named before.
    pub fn config_var(mut self, name: &str) -> Self {
        self.choices.push(if is_name(name) {
            Choice::Var(name.to_owned())
        } else {
            Choice::NoName
        });
        self
    }

    /// Names an attachment to try, after what was named before: `BRONZE`, `HEROKU_POSTGRESQL_BRONZE` and
    /// `HEROKU_POSTGRESQL_BRONZE_URL` are the same. So are `JAWSDB` and `JAWSDB_URL`, and a service of `VCAP_SERVICES` or
    /// `PLATFORM_RELATIONSHIPS` goes by its own name.
    pub fn attachment(mut self, name: &str) -> Self {
        self.choices.push(if services::is_name(name) {
            Choice::Attachment(name.to_owned())
        } else {
            Choice::NoName
        });
        self
    }

    /// What to use where nothing is set.
    pub fn default_url(mut self, url: &str) -> Self {
        self.default_url = Some(Secret::from(url));
        self
    }

    /// Chooses, and reads what was chosen.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if nothing is set, [`ErrorKind::Ambiguous`] if the choice is not clear,
    /// [`ErrorKind::EmptyVariable`] if what comes first is empty, or why it cannot be read.
    pub fn resolve(&self) -> Result<Resolved<Database>, Error> {
        let attachments = Attachments::of(self.vars);
        let candidates = if self.choices.is_empty() {
            unnamed(&attachments)
        } else {
            self.named(&attachments)?
        };
        let mut warnings = Vec::new();
        let (value, source) = match (
            candidates.iter().position(Candidate::is_set),
            &self.default_url,
        ) {
            (Some(first), _) => {
                let first = &candidates[first];
                if self.choices.is_empty() && first.rule != Rule::Primary {
                    let rivals: Vec<_> = candidates
                        .iter()
                        .filter(|other| other.rule == first.rule)
                        .collect();
                    warnings.push(only_one(&rivals, &attachments)?);
                }
                (first.content()?, first.source.clone())
            }
            (None, Some(url)) => {
                let parsed = url.expose().parse::<Database>();
                (
                    parsed.map_err(|error| error.said_by(&Source::Default))?,
                    Source::Default,
                )
            }
            (None, None) => return Err(self.not_found(&attachments)),
        };
        warnings.extend(value.warnings());
        warnings.extend(stale(&source, &value, &attachments));
        Ok(Resolved {
            considered: self.considered(&candidates, &source),
            value,
            source,
            warnings,
        })
    }

    /// What the caller names, in order.
    fn named(&self, attachments: &Attachments) -> Result<Vec<Candidate>, Error> {
        let mut candidates = Vec::new();
        for choice in &self.choices {
            let source = match choice {
                Choice::NoName => return Err(invalid_name()),
                Choice::Attachment(name) => source_of(attachments, self.vars, name)?,
                Choice::Var(name) => Source::ConfigVar(name.clone()),
            };
            candidates.push(match attachments.of_source(&source) {
                Some(attachment) => Candidate::of(attachment, Rule::Named),
                None if services::is_document(source.name().unwrap_or_default()) => {
                    only_service(source, attachments)?
                }
                None => self.candidate(source),
            });
        }
        Ok(candidates)
    }

    /// A variable that the list of attachments does not have.
    fn candidate(&self, source: Source) -> Candidate {
        let name = source.name().unwrap_or_default();
        let content = self.vars.is_set(name).then(|| load(self.vars, name));
        Candidate {
            rule: Rule::Named,
            source,
            content,
        }
    }

    fn not_found(&self, attachments: &Attachments) -> Error {
        let known: Vec<_> = attachments
            .iter()
            .map(|known| known.source().to_string())
            .collect();
        let help = if known.is_empty() {
            platform::remedy(self.vars).to_owned()
        } else {
            format!(
                "these variables hold one, and can be chosen by name: {}",
                known.join(", ")
            )
        };
        let detail = if self.choices.is_empty() {
            "neither DATABASE_URL nor any HEROKU_POSTGRESQL_<COLOR>_URL is set, nor a database of another platform".to_owned()
        } else {
            let shown = self.choices.iter().map(|choice| match choice {
                Choice::Var(name) if is_conventional(name) => name.clone(),
                Choice::Attachment(name) if is_conventional(name) => {
                    source_of(attachments, self.vars, name)
                        .map_or_else(|_| name.clone(), |source| source.to_string())
                }
                _ => "the one named".to_owned(),
            });
            let shown: Vec<_> = shown.collect();
            let in_document = |var: &String| services::is_document(var) && self.vars.is_set(var);
            if shown.iter().any(in_document) {
                format!("{} is not set, or holds no database", shown.join(", "))
            } else {
                format!("{} is not set", shown.join(", "))
            }
        };
        Error::new(ErrorKind::NotFound, detail).with_help(help)
    }

    fn considered(&self, candidates: &[Candidate], used: &Source) -> Vec<(Source, Outcome)> {
        let mut considered = Vec::new();
        for candidate in candidates {
            if considered
                .iter()
                .any(|(known, _)| *known == candidate.source)
            {
                continue;
            }
            let outcome = if candidate.source == *used {
                Outcome::Used
            } else {
                candidate.outcome()
            };
            considered.push((candidate.source.clone(), outcome));
        }
        if self.default_url.is_some() {
            let outcome = if *used == Source::Default {
                Outcome::Used
            } else {
                Outcome::Shadowed
            };
            considered.push((Source::Default, outcome));
        }
        considered
    }
}

/// Why a place is looked at. What the caller does not name is looked at in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    Named,
    Primary,
    Colour,
    Platform,
}

/// A place to look at, and what is there; nothing where it is not set.
struct Candidate {
    rule: Rule,
    source: Source,
    content: Option<Result<Database, Error>>,
}

impl Candidate {
    fn of(attachment: &Attachment, rule: Rule) -> Self {
        Self {
            rule,
            source: attachment.source().clone(),
            content: Some(attachment.content()),
        }
    }

    fn is_set(&self) -> bool {
        self.content.is_some()
    }

    fn content(&self) -> Result<Database, Error> {
        self.content.clone().unwrap_or_else(|| Err(invalid_name()))
    }

    fn outcome(&self) -> Outcome {
        match &self.content {
            None => Outcome::Unset,
            Some(Ok(_)) => Outcome::Shadowed,
            Some(Err(error)) if error.kind() == ErrorKind::EmptyVariable => Outcome::Empty,
            Some(Err(_)) => Outcome::Invalid,
        }
    }
}

/// Where nothing is named: `DATABASE_URL`, the colours, and what other platforms call their databases, the role that is
/// preferred first.
fn unnamed(attachments: &Attachments) -> Vec<Candidate> {
    let mut ranked: Vec<_> = attachments
        .iter()
        .filter_map(|attachment| {
            let rule = match attachment.var() {
                PRIMARY => Rule::Primary,
                var if is_colour(var) => Rule::Colour,
                _ if attachment.is_candidate() => Rule::Platform,
                _ => return None,
            };
            Some((rule, attachment))
        })
        .collect();
    ranked.sort_by_key(|(rule, attachment)| (*rule, attachment.preference()));
    let mut candidates: Vec<_> = ranked
        .into_iter()
        .map(|(rule, attachment)| Candidate::of(attachment, rule))
        .collect();
    if candidates
        .first()
        .is_none_or(|first| first.rule != Rule::Primary)
    {
        let source = Source::ConfigVar(PRIMARY.to_owned());
        let content = None;
        candidates.insert(
            0,
            Candidate {
                rule: Rule::Primary,
                source,
                content,
            },
        );
    }
    candidates
}

/// Without `DATABASE_URL`: whether all that are set are one database with one set of credentials.
fn only_one(rivals: &[&Candidate], attachments: &Attachments) -> Result<Warning, Error> {
    let loaded = rivals
        .iter()
        .map(|rival| Ok((&rival.source, rival.content()?)))
        .collect::<Result<Vec<_>, Error>>()?;
    let (first, database) = &loaded[0];
    let aliases = attachments
        .of_source(first)
        .map_or(&[][..], Attachment::aliases);
    let is_same = |source: &Source| source == *first || aliases.contains(&source.to_string());
    // Users may differ between a database and its pooler; a pooler with another password for the same user is out of date.
    let agrees = |other: &Database| {
        let same_target = other.target() == database.target();
        !other.is_stale_against(database) && (!same_target || other.has_credentials_of(database))
    };
    let one_database = loaded.iter().all(|(source, _)| is_same(source));
    let is_colour = rivals[0].rule == Rule::Colour;
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
        return Ok(Warning::new(WarningCode::NotPromoted, message, help));
    }
    let names: Vec<_> = loaded
        .iter()
        .map(|(source, _)| source.to_string())
        .collect();
    let what = if one_database {
        "credentials"
    } else {
        "databases"
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

/// A platform's document, named as a whole: the one database in it.
fn only_service(document: Source, attachments: &Attachments) -> Result<Candidate, Error> {
    let within: Vec<_> = attachments
        .iter()
        .filter(|one| Some(one.var()) == document.name())
        .collect();
    let names: Vec<_> = within.iter().map(|one| one.source().to_string()).collect();
    match &within[..] {
        [] => Ok(Candidate {
            rule: Rule::Named,
            source: document,
            content: None,
        }),
        [one] => Ok(Candidate::of(one, Rule::Named)),
        _ => Err(Error::new(
            ErrorKind::Ambiguous,
            format!("{document} holds {}", names.join(", ")),
        )
        .with_help("choose one by the service's name: `--attachment NAME`")),
    }
}

/// A copy of what was chosen with another password, if there is one.
fn stale(chosen: &Source, database: &Database, attachments: &Attachments) -> Option<Warning> {
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

/// The database of another engine than the one that the program is made for.
fn wrong_engine(wanted: &str, engine: Engine) -> Error {
    let detail = format!("expected a {wanted} database, but this is one of {engine}");
    Error::new(ErrorKind::WrongEngine, detail).with_help(
        "check which variable the URL was taken from, and which database the program is made for",
    )
}

impl mysql::Config {
    /// The MySQL database that a set of config vars means, by the rules of [`Resolver`].
    ///
    /// # Errors
    ///
    /// As [`Resolver::resolve`]; [`ErrorKind::WrongEngine`] if it is no MySQL database.
    pub fn resolve(vars: &Vars) -> Result<Resolved<Self>, Error> {
        Resolver::new(vars)
            .resolve()?
            .map(|database| match database {
                Database::MySql(config) => Ok(config),
                other => Err(wrong_engine("MySQL", other.engine())),
            })
    }
}

fn invalid_name() -> Error {
    Error::new(ErrorKind::InvalidName, "expected letters, digits and `_`")
        .with_help("give the name of a variable, such as DATABASE_URL, and not its value")
}

impl postgres::Config {
    /// The Postgres database that a set of config vars means, by the rules of [`Resolver`].
    ///
    /// # Errors
    ///
    /// As [`Resolver::resolve`]; [`ErrorKind::WrongEngine`] if it is no Postgres database.
    pub fn resolve(vars: &Vars) -> Result<Resolved<Self>, Error> {
        Resolver::new(vars)
            .resolve()?
            .map(|database| match database {
                Database::Postgres(config) => Ok(config),
                other => Err(wrong_engine("Postgres", other.engine())),
            })
    }
}

impl Resolved<postgres::Config> {
    /// Where a keyword's value came from, if it is set.
    #[must_use]
    pub fn provenance(&self, keyword: postgres::Keyword) -> Option<Provenance> {
        self.value.get(keyword)?;
        Some(Provenance::new(
            self.source.clone(),
            Some(self.value.component(keyword)),
        ))
    }
}
