//! Which database a process is meant to use, and who says so.

pub(crate) mod direct;
mod rank;

use std::sync::OnceLock;

use crate::attachment::{Attachment, Attachments, PRIMARY, load, source_of};
use crate::database::{Database, ParseOptions};
use crate::did_you_mean::is_one_edit;
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::platform::parts::Origin;
use crate::platform::{self, bound, family};
use crate::postgres;
use crate::resolution::candidate::Candidate;
use crate::resolution::first::first_of;
use crate::resolution::{PartOrigins, Resolved};
use crate::resolver::rank::{Ranked, Rule, in_order, only_one, only_service, stale};
use crate::secret::{Secret, SecretStr};
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::settings::Settings;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::settings::system::rules::Question;
use crate::source::Source;
use crate::sqlite;
use crate::vars::{Vars, is_conventional, is_name};
use crate::warning::Warning;

/// How the caller names a variable.
#[derive(Clone, Debug)]
enum Choice {
    Var(String),
    Attachment(String),
    #[cfg(any(feature = "json", feature = "yaml"))]
    Settings(Box<Settings>),
    /// A string that cannot be a name, such as a URL. It is not kept.
    NoName,
}

/// Chooses the database of a set of config vars.
///
/// Where the caller names nothing, `DATABASE_URL` is used; else `HEROKU_POSTGRESQL_<COLOR>_URL`, if all that are set
/// hold one database with the same credentials; else, by the same rule, what other platforms call their databases
/// ([`platform::VARIABLES`]; not caches, queues and the like); else a database in parts (`DB_HOST`, `POSTGRES_DB`…, see
/// [`platform`]); else what libpq takes from `PGSERVICE`, `PGHOST`, `PGHOSTADDR` or `PGDATABASE` and completes
/// ([`credentials`](crate::credentials)); else the default. Where the caller names variables or attachments, they
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
    engine: Option<Engine>,
    sqlite: Option<sqlite::Family>,
    direct: bool,
    attachments: OnceLock<Attachments>,
}

impl<'v> Resolver<'v> {
    /// Nothing named yet.
    pub const fn new(vars: &'v Vars) -> Self {
        Self {
            vars,
            choices: Vec::new(),
            default_url: None,
            engine: None,
            sqlite: None,
            direct: false,
            attachments: OnceLock::new(),
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
        self.choices.push(if bound::is_name(name) {
            Choice::Attachment(name.to_owned())
        } else {
            Choice::NoName
        });
        self
    }

    /// Names settings to try, after what was named before, with the environment that is meant (`None`: the one that the settings'
    /// system would take). Settings that configure nothing are passed over; any other failure of theirs is one of the choice.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub fn settings<'e>(
        mut self,
        settings: &Settings,
        environment: impl Into<Option<&'e str>>,
    ) -> Self {
        let settings = match environment.into() {
            Some(name) => settings.clone().with_environment(name),
            None => settings.clone(),
        };
        self.choices.push(Choice::Settings(Box::new(settings)));
        self
    }

    /// Where nothing is named, passes over what other platforms call their databases of another engine. What
    /// `DATABASE_URL` and the colours hold is never passed over.
    pub const fn engine(mut self, engine: Engine) -> Self {
        self.engine = Some(engine);
        self
    }

    /// Reads the URL of SQLite that is chosen as this family of programs does, whatever its scheme.
    pub const fn sqlite_family(mut self, family: sqlite::Family) -> Self {
        self.sqlite = Some(family);
        self
    }

    /// Of a pooled and a direct URL of one database, uses the direct one, which migrations, `LISTEN` and advisory locks need:
    /// `DATABASE_URL_UNPOOLED` in place of `DATABASE_URL`, `DATABASE_URL` in place of `DATABASE_CONNECTION_POOL_URL`. Where only
    /// a pooled one is set, it is used with the warning [`Pooled`](crate::WarningCode::Pooled).
    pub const fn direct(mut self) -> Self {
        self.direct = true;
        self
    }

    /// What to use where nothing is set.
    pub fn default_url(mut self, url: &str) -> Self {
        self.default_url = Some(Secret::from(url));
        self
    }

    /// The attachments among the variables, which the choice is made from; they are read once.
    pub fn attachments(&self) -> &Attachments {
        self.attachments.get_or_init(|| Attachments::of(self.vars))
    }

    /// Chooses, and reads what was chosen.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if nothing is set, [`ErrorKind::Ambiguous`] if the choice is not clear,
    /// [`ErrorKind::EmptyVariable`] if what comes first is empty, or why it cannot be read.
    pub fn resolve(&self) -> Result<Resolved<Database>, Error> {
        let attachments = self.attachments();
        let mut ranked = if self.choices.is_empty() {
            self.unnamed(attachments)
        } else {
            self.named(attachments)?
        };
        if self.direct {
            self.put_direct_first(&mut ranked, attachments);
        }
        let choice = agreement(&ranked, attachments)?;
        let candidates = ranked.into_iter().map(|ranked| ranked.candidate);
        let candidates = candidates.chain(self.of_default());
        let mut resolved = first_of(candidates)?.ok_or_else(|| self.not_found(attachments))?;
        let (source, value) = (resolved.source(), resolved.value());
        let mut warnings = value.invalid_ambient(self.vars);
        warnings.extend(stale(source, value, attachments));
        if self.direct && resolved.is_of_string() {
            warnings.extend(direct::still_pooled(attachments, source, value));
        }
        resolved.warnings.splice(0..0, choice);
        resolved.warnings.extend(warnings);
        Ok(resolved)
    }

    /// What to use where nothing is set.
    fn of_default(&self) -> Option<Candidate<'_>> {
        let url = self.default_url.as_ref()?.expose();
        Some(Candidate::new(Source::Default, move || {
            let parsed = url
                .parse()
                .map_err(|error: Error| error.with_source(&Source::Default));
            self.of_string(Source::Default, url, parsed)
        }))
    }

    fn of_attachment(&self, rule: Rule, attachment: &Attachment) -> Ranked<'_> {
        self.of_content(rule, attachment.source().clone(), attachment.content())
    }

    fn of_content(
        &self,
        rule: Rule,
        source: Source,
        content: Result<Database, Error>,
    ) -> Ranked<'_> {
        let own = source.clone();
        let candidate = Candidate::known(source, content, move |content| {
            let text = own.name().map(|name| self.vars.get(name));
            let text = text.and_then(|text| text.ok().flatten());
            self.of_string(own, text.map_or("", SecretStr::expose), content)
        });
        Ranked { rule, candidate }
    }

    /// The database of a string, as the family of SQLite that is requested reads it, else as `content` has it.
    fn of_string(
        &self,
        source: Source,
        text: &str,
        content: Result<Database, Error>,
    ) -> Result<Resolved<Database>, Error> {
        let value = self.in_family(text, &source).unwrap_or(content)?;
        let origin = match &source {
            Source::ConfigVar(var) => Origin::of(self.vars, var),
            _ => Origin::Whole,
        };
        let label = self.vars.label(&source);
        let warnings = value.warnings().map(|warning| warning.about(&label));
        let warnings = warnings.collect();
        let mut resolved = Resolved::new(value, source, PartOrigins::Text(origin));
        resolved.warnings = warnings;
        Ok(resolved)
    }

    /// A URL of SQLite as the family that is requested reads it.
    fn in_family(&self, text: &str, source: &Source) -> Option<Result<Database, Error>> {
        let family = self.sqlite.filter(|_| Scheme::of_file(text))?;
        let parsed = ParseOptions::new().sqlite_family(family).parse(text);
        Some(parsed.map_err(|error| error.with_source(source)))
    }

    /// Where nothing is named: URLs, then a database in parts, then the variables of libpq, then those of an image.
    fn unnamed(&self, attachments: &Attachments) -> Vec<Ranked<'_>> {
        let ranked = in_order(attachments, self.engine).into_iter();
        let mut ranked: Vec<_> = ranked
            .map(|(rule, attachment)| self.of_attachment(rule, attachment))
            .collect();
        if ranked
            .first()
            .is_none_or(|first| first.rule != Rule::Primary)
        {
            let source = Source::ConfigVar(PRIMARY.to_owned());
            ranked.insert(0, Ranked::unset(Rule::Primary, source));
        }
        let of_family = |found| Ranked::of_family(Rule::Parts, found);
        ranked.extend(family::complete(self.vars, self.engine).map(of_family));
        if !ranked.iter().any(Ranked::is_set) {
            ranked.extend(self.of_libpq());
        }
        if !ranked.iter().any(Ranked::is_set) {
            ranked.extend(family::of_image(self.vars, self.engine).map(of_family));
        }
        ranked
    }

    /// What libpq would connect to without a connection string, if a variable names a server.
    fn of_libpq(&self) -> Option<Ranked<'_>> {
        const LOCATIONS: [&str; 4] = ["PGSERVICE", "PGHOST", "PGHOSTADDR", "PGDATABASE"];
        if self.engine.is_some_and(|engine| engine != Engine::Postgres) {
            return None;
        }
        let name = LOCATIONS.into_iter().find(|name| self.vars.is_set(name))?;
        let source = Source::ConfigVar(name.to_owned());
        let empty = Database::from(postgres::Config::new());
        let resolved = Resolved::new(empty, source.clone(), PartOrigins::Fields(Vec::new()));
        let completed = resolved.complete(self.vars);
        Some(Ranked::settled(Rule::Parts, source, completed))
    }

    /// What the caller names, in order.
    fn named(&self, attachments: &Attachments) -> Result<Vec<Ranked<'_>>, Error> {
        let mut ranked = Vec::new();
        for choice in &self.choices {
            let source = match choice {
                #[cfg(any(feature = "json", feature = "yaml"))]
                Choice::Settings(settings) => {
                    let is_settled = ranked.iter().any(Ranked::is_set);
                    ranked.push(self.of_settings(settings, attachments, is_settled)?);
                    continue;
                }
                Choice::NoName => return Err(invalid_name()),
                Choice::Attachment(name) => source_of(attachments, self.vars, name)?,
                Choice::Var(name) => Source::ConfigVar(name.clone()),
            };
            ranked.push(self.of_name(source, attachments)?);
        }
        Ok(ranked)
    }

    /// What a name means: a family of variables, an attachment, a document with one service, or any other variable.
    fn of_name(&self, source: Source, attachments: &Attachments) -> Result<Ranked<'_>, Error> {
        if let Some(found) = family::represented(self.vars, &source) {
            return Ok(Ranked::of_family(Rule::Named, found));
        }
        let name = source.name().unwrap_or_default();
        let attachment = match attachments.of_source(&source) {
            None if bound::is_document(name) => only_service(&source, attachments)?,
            attachment => attachment,
        };
        Ok(match attachment {
            Some(attachment) => self.of_attachment(Rule::Named, attachment),
            None if self.vars.is_set(name) && !bound::is_document(name) => {
                let content = load(self.vars, name);
                self.of_content(Rule::Named, source, content)
            }
            None => Ranked::unset(Rule::Named, source),
        })
    }

    /// What settings give. That they configure nothing is the answer only where nothing else is left to try; where another
    /// choice comes first, an error of theirs plays no part.
    #[cfg(any(feature = "json", feature = "yaml"))]
    fn of_settings(
        &self,
        settings: &Settings,
        attachments: &Attachments,
        is_settled: bool,
    ) -> Result<Ranked<'_>, Error> {
        match settings.resolve(self.vars) {
            Ok(resolved) => {
                let source = resolved.source().clone();
                Ok(Ranked::settled(Rule::Named, source, Ok(resolved)))
            }
            Err(error)
                if error.kind() == ErrorKind::NotFound
                    && (self.choices.len() > 1 || self.default_url.is_some()) =>
            {
                Ok(Ranked::unset(Rule::Named, settings.source()))
            }
            Err(error) if is_settled => {
                Ok(Ranked::settled(Rule::Named, settings.source(), Err(error)))
            }
            Err(error) if self.vars.is_set(PRIMARY) => Err(error),
            Err(error) => Err(unpromoted(error, self.vars, attachments)),
        }
    }

    /// Puts the direct URL of the first database that is set before its pooled one.
    fn put_direct_first<'r>(&'r self, ranked: &mut Vec<Ranked<'r>>, attachments: &Attachments) {
        let Some(at) = ranked.iter().position(Ranked::is_set) else {
            return;
        };
        let first = &ranked[at];
        if let Some(direct) = direct::direct_of(attachments, &first.candidate.source) {
            let direct = self.of_attachment(first.rule, direct);
            ranked.insert(at, direct);
        }
    }

    fn not_found(&self, attachments: &Attachments) -> Error {
        let known: Vec<_> = attachments
            .iter()
            .map(|known| known.source().to_string())
            .collect();
        let help = if known.is_empty() {
            let wanted = self.choices.iter().find_map(|choice| match choice {
                Choice::Var(name) if is_conventional(name) => Some(name.as_str()),
                _ => None,
            });
            platform::remedy(self.vars, wanted.unwrap_or(PRIMARY))
        } else {
            let meant = self.meant(attachments, &known);
            let meant = meant.map_or_else(String::new, |name| format!("did you mean `{name}`?\n"));
            let known = known.join(", ");
            format!("{meant}these variables hold one, and can be chosen by name: {known}")
        };
        let detail = if self.choices.is_empty() {
            "DATABASE_URL is not set, nor another variable that holds a database".to_owned()
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
            let in_document = |var: &String| bound::is_document(var) && self.vars.is_set(var);
            if shown.iter().any(in_document) {
                format!("{} is not set, or holds no database", shown.join(", "))
            } else {
                format!("{} is not set", shown.join(", "))
            }
        };
        Error::new(ErrorKind::NotFound, detail).with_help(help)
    }

    /// The known name that one of the given names is close to: one edit away, or all of it but what Heroku adds.
    fn meant<'k>(&self, attachments: &Attachments, known: &'k [String]) -> Option<&'k String> {
        let mut given = self.choices.iter().filter_map(|choice| match choice {
            Choice::Var(name) => Some((name.as_str(), name.clone())),
            Choice::Attachment(name) => {
                let source = source_of(attachments, self.vars, name).ok()?;
                Some((name.as_str(), source.to_string()))
            }
            _ => None,
        });
        given.find_map(|(name, source)| {
            known.iter().find(|known| {
                let service = known.rsplit('/').next().unwrap_or_default();
                // Short names, such as `A_URL`, differ in one letter on purpose.
                let is_close = |one: &str, other: &str| {
                    one.len() > 5 && is_one_edit(one.as_bytes(), other.as_bytes())
                };
                let longer = format!("_{}_URL", name.trim_end_matches("_URL"));
                is_close(&source, known)
                    || is_close(name, service)
                    || known.ends_with(&longer)
                    || known.strip_suffix("_URL") == Some(name)
            })
        })
    }
}

/// Where the first that is set is one of several of its rank: whether these agree, and that it is not promoted.
fn agreement(ranked: &[Ranked<'_>], attachments: &Attachments) -> Result<Option<Warning>, Error> {
    let first = ranked.iter().find(|ranked| ranked.is_set());
    let rule = first.map(|first| first.rule);
    let Some(rule @ (Rule::Colour | Rule::Platform)) = rule else {
        return Ok(None);
    };
    let rivals = ranked.iter().filter(|ranked| ranked.rule == rule);
    let rivals: Vec<_> = rivals.map(|ranked| &ranked.candidate.source).collect();
    only_one(rule, &rivals, attachments)
}

/// The database of another engine than the one that the program is made for.
fn wrong_engine(wanted: &str, engine: Engine) -> Error {
    let detail = format!("expected a {wanted} database, but this is one of {engine}");
    Error::new(ErrorKind::WrongEngine, detail).with_help(
        "check which variable the URL was taken from, and which database the program is made for",
    )
}

/// A variable that is missing, while others hold a database: often one that is attached, but not promoted.
#[cfg(any(feature = "json", feature = "yaml"))]
fn unpromoted(error: Error, vars: &Vars, attachments: &Attachments) -> Error {
    let is_missing = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnsetVariable);
    let known = attachments
        .iter()
        .filter(|known| known.is_data_store() && known.database().is_ok());
    let known: Vec<_> = known.map(|known| known.source().to_string()).collect();
    if !is_missing || known.is_empty() {
        return error;
    }
    let promotion = if platform::is_heroku(vars) {
        "promote one with `heroku pg:promote`, or choose it by `--var NAME`"
    } else {
        "choose one by `--var NAME`"
    };
    let help = format!(
        "{}; these variables hold a database: {} ({promotion})",
        error.help().unwrap_or("set the variable"),
        known.join(", ")
    );
    error.with_help(help)
}

fn invalid_name() -> Error {
    Error::new(ErrorKind::InvalidName, "expected letters, digits and `_`")
        .with_help("give the name of a variable, such as DATABASE_URL, and not its value")
}

/// The database of a set of variables, where none is named.
#[cfg(any(feature = "json", feature = "yaml"))]
fn choose(vars: &Vars) -> Result<Resolved<Database>, Error> {
    Resolver::new(vars).resolve()
}

#[cfg(any(feature = "json", feature = "yaml"))]
impl Settings {
    /// The database that the settings mean, as their system would choose it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if nothing is configured, else what is wrong with the file, with a variable that it names, or with
    /// what they hold.
    pub fn resolve(&self, vars: &Vars) -> Result<Resolved<Database>, Error> {
        let opened = self.open(vars)?;
        answer(&opened.question(choose))
    }

    /// What each environment of the file means, as far as it means anything, but for the one that is meant. The file is filled
    /// in once for all of them.
    #[cfg_attr(
        not(feature = "diagnose"),
        expect(dead_code, reason = "findings are about it")
    )]
    pub(crate) fn resolve_others(&self, vars: &Vars) -> Vec<(String, Resolved<Database>)> {
        let Ok(opened) = self.open(vars) else {
            return Vec::new();
        };
        let question = opened.question(choose);
        let others = opened.other_environments().into_iter();
        let answers = others.filter_map(|name| {
            let resolved = answer(&question.of_environment(&name)).ok()?;
            Some((name, resolved))
        });
        answers.collect()
    }
}

/// The first of a system's candidates that is set.
#[cfg(any(feature = "json", feature = "yaml"))]
fn answer(question: &Question<'_>) -> Result<Resolved<Database>, Error> {
    first_of(question.candidates()?)?
        .ok_or_else(|| Error::new(ErrorKind::NotFound, "the settings name no database"))
}

/// A config of one engine, found by the rules of [`Resolver`].
macro_rules! resolves {
    ($($config:ty: $variant:ident, $name:literal;)*) => {
        $(impl $config {
            #[doc = concat!("The ", $name, " database that a set of config vars means, by the rules of [`Resolver`].")]
            ///
            /// # Errors
            ///
            #[doc = concat!("As [`Resolver::resolve`]; [`ErrorKind::WrongEngine`] if it is no ", $name, " database.")]
            pub fn resolve(vars: &Vars) -> Result<Resolved<Self>, Error> {
                let found = Resolver::new(vars).engine(Engine::$variant).resolve()?;
                found.map(|database| match database {
                    Database::$variant(config) => Ok(config),
                    other => Err(wrong_engine($name, other.engine())),
                })
            }
        })*
    };
}

resolves! {
    postgres::Config: Postgres, "Postgres";
    mysql::Config: MySql, "MySQL";
    sqlite::Config: Sqlite, "SQLite";
}
