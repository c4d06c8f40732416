//! Which database a process is meant to use, and who says so.

use std::fmt;

use crate::attachment::{Attachment, Attachments, PRIMARY, is_colour, load, var_of};
use crate::database::Database;
use crate::error::{Error, ErrorKind};
use crate::mysql;
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
            (field, Provenance::new(self.source.clone(), Some(component)))
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

impl Choice {
    fn new(name: &str, choice: impl FnOnce(String) -> Self) -> Self {
        if is_name(name) {
            choice(name.to_owned())
        } else {
            Self::NoName
        }
    }
}

/// Chooses the database of a set of config vars.
///
/// Where the caller names nothing, `DATABASE_URL` is used; else `HEROKU_POSTGRESQL_<COLOR>_URL`, if all that are set
/// hold one database with the same credentials; else the default. Where the caller names variables or attachments, they
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
        self.choices.push(Choice::new(name, Choice::Var));
        self
    }

    /// Names an attachment to try, after what was named before: `BRONZE`, `HEROKU_POSTGRESQL_BRONZE` and
    /// `HEROKU_POSTGRESQL_BRONZE_URL` are the same.
    pub fn attachment(mut self, name: &str) -> Self {
        self.choices.push(Choice::new(name, Choice::Attachment));
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
        let candidates = self.candidates()?;
        let mut warnings = Vec::new();
        let chosen = candidates.iter().find(|var| self.vars.is_set(var));
        let (value, source) = match (chosen, &self.default_url) {
            (Some(var), _) => {
                if self.choices.is_empty() && var != PRIMARY {
                    warnings.push(self.only_colour(&candidates)?);
                }
                (load(self.vars, var)?, Source::ConfigVar(var.clone()))
            }
            (None, Some(url)) => {
                let parsed = url.expose().parse::<Database>();
                (
                    parsed.map_err(|error| error.said_by(&Source::Default))?,
                    Source::Default,
                )
            }
            (None, None) => return Err(self.not_found(&candidates)),
        };
        warnings.extend(value.warnings());
        warnings.extend(chosen.and_then(|var| self.stale(var, &value)));
        Ok(Resolved {
            considered: self.considered(&candidates, &source),
            value,
            source,
            warnings,
        })
    }

    /// The variables to look at, in order.
    fn candidates(&self) -> Result<Vec<String>, Error> {
        if self.choices.is_empty() {
            let colours = self.vars.names().filter(|name| is_colour(name));
            return Ok(std::iter::once(PRIMARY)
                .chain(colours)
                .map(str::to_owned)
                .collect());
        }
        self.choices
            .iter()
            .map(|choice| match choice {
                Choice::Var(name) => Ok(name.clone()),
                Choice::NoName => Err(invalid_name()),
                Choice::Attachment(name) => var_of(self.vars, name),
            })
            .collect()
    }

    /// Without `DATABASE_URL`: whether all colours are one database with one set of credentials.
    fn only_colour(&self, candidates: &[String]) -> Result<Warning, Error> {
        let colours = candidates
            .iter()
            .filter(|var| *var != PRIMARY && self.vars.is_set(var));
        let loaded = colours
            .map(|var| Ok((var, load(self.vars, var)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        let (first, database) = &loaded[0];
        let target = database.target();
        let same =
            |other: &Database| other.target() == target && other.has_credentials_of(database);
        if loaded.iter().all(|(_, other)| same(other)) {
            let message =
                format!("DATABASE_URL is not set; {first}, the only attached database, is used");
            let name = first.strip_suffix("_URL").unwrap_or(first);
            return Ok(Warning::new(
                WarningCode::NotPromoted,
                message,
                format!("promote it with `heroku pg:promote {name}`, or name it"),
            ));
        }
        let names: Vec<_> = loaded.iter().map(|(var, _)| var.as_str()).collect();
        let what = if loaded.iter().all(|(_, other)| other.target() == target) {
            "credentials"
        } else {
            "databases"
        };
        let detail = format!(
            "DATABASE_URL is not set, and {} hold different {what}",
            names.join(", ")
        );
        Err(Error::new(ErrorKind::Ambiguous, detail).with_help(
            "promote one with `heroku pg:promote NAME`, or choose one by name (`--attachment NAME`, `--var NAME`)",
        ))
    }

    fn not_found(&self, candidates: &[String]) -> Error {
        let attachments = Attachments::of(self.vars);
        let known: Vec<_> = attachments.iter().map(Attachment::var).collect();
        let help = if known.is_empty() {
            "attach a database with `heroku addons:create heroku-postgresql`, promote an attached one with \
             `heroku pg:promote NAME`, or set DATABASE_URL"
                .to_owned()
        } else {
            format!(
                "these variables hold one, and can be chosen by name: {}",
                known.join(", ")
            )
        };
        let detail = if self.choices.is_empty() {
            "neither DATABASE_URL nor any HEROKU_POSTGRESQL_<COLOR>_URL is set".to_owned()
        } else {
            let shown = self
                .choices
                .iter()
                .zip(candidates)
                .map(|(choice, var)| match choice {
                    Choice::Var(name) | Choice::Attachment(name) if is_conventional(name) => {
                        var.as_str()
                    }
                    _ => "the one named",
                });
            format!("{} is not set", shown.collect::<Vec<_>>().join(", "))
        };
        Error::new(ErrorKind::NotFound, detail).with_help(help)
    }

    fn considered(&self, candidates: &[String], used: &Source) -> Vec<(Source, Outcome)> {
        let mut considered = Vec::new();
        for var in candidates {
            let source = Source::ConfigVar(var.clone());
            if considered.iter().any(|(known, _)| *known == source) {
                continue;
            }
            let outcome = if source == *used {
                Outcome::Used
            } else {
                self.outcome(var)
            };
            considered.push((source, outcome));
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

    fn outcome(&self, var: &str) -> Outcome {
        if !self.vars.is_set(var) {
            return Outcome::Unset;
        }
        match load(self.vars, var) {
            Ok(_) => Outcome::Shadowed,
            Err(error) if error.kind() == ErrorKind::EmptyVariable => Outcome::Empty,
            Err(_) => Outcome::Invalid,
        }
    }

    /// A copy of what was chosen with another password, if there is one.
    fn stale(&self, chosen: &str, database: &Database) -> Option<Warning> {
        let target = database.target();
        let attachments = Attachments::of(self.vars);
        let copy = attachments.iter().find(|other| {
            let differs = other
                .database()
                .is_ok_and(|other| database.is_stale_against(other));
            other.var() != chosen && other.target() == Some(&target) && differs
        })?;
        let message = format!(
            "{chosen} and {} hold the same database and user with different passwords",
            copy.var()
        );
        let help = "one is an old copy: credentials were rotated, and only the variables of attachments follow";
        Some(Warning::new(WarningCode::StaleCopy, message, help))
    }
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
