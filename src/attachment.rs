//! The databases that an app's config vars hold: `DATABASE_URL`, its colours, and which of them are the same database.
//!
//! On Heroku an add-on that is attached as `NAME` publishes `NAME_URL`. The one attached as `DATABASE` is the promoted
//! one; `HEROKU_POSTGRESQL_<COLOR>_URL` are names that Heroku makes up, and `…_CONNECTION_POOL_URL` are poolers.

use std::collections::BTreeMap;
use std::fmt;

use crate::database::{Database, Target};
use crate::error::{Error, ErrorKind};
use crate::provenance::Source;
use crate::scheme::{Engine, Scheme, scheme_len};
use crate::vars::Vars;

/// The variable of the promoted database.
pub(crate) const PRIMARY: &str = "DATABASE_URL";
const COLOUR_PREFIX: &str = "HEROKU_POSTGRESQL_";
const SUFFIX: &str = "_URL";
const POOL_SUFFIX: &str = "_CONNECTION_POOL_URL";

/// What a variable is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// `primary`: `DATABASE_URL`.
    Primary,
    /// `attachment`: a colour, or a name given with `--as`.
    Attachment,
    /// `pooled`: a connection pooler, never used unless asked for.
    Pooled,
}

impl Role {
    /// The name used in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Attachment => "attachment",
            Self::Pooled => "pooled",
        }
    }

    fn of(var: &str) -> Self {
        if var == PRIMARY {
            Self::Primary
        } else if var.ends_with(POOL_SUFFIX) {
            Self::Pooled
        } else {
            Self::Attachment
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One variable that holds a database, or was meant to.
#[derive(Clone, Debug)]
pub struct Attachment {
    var: String,
    role: Role,
    content: Result<(Database, Target), Error>,
    promoted: bool,
    aliases: Vec<String>,
    stale: bool,
}

impl Attachment {
    /// The attachment's name: the variable's without `_URL`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.var.strip_suffix(SUFFIX).unwrap_or(&self.var)
    }

    /// The variable's name.
    #[must_use]
    pub fn var(&self) -> &str {
        &self.var
    }

    /// What the variable is for.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The database, or why the variable does not hold one.
    ///
    /// # Errors
    ///
    /// What [`Vars::get`] or parsing refused.
    pub fn database(&self) -> Result<&Database, &Error> {
        self.content.as_ref().map(|(database, _)| database)
    }

    /// Which database it is; `None` if the variable does not hold one.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        self.content.as_ref().ok().map(|(_, target)| target)
    }

    /// Whether it is the database of `DATABASE_URL`.
    #[must_use]
    pub const fn is_promoted(&self) -> bool {
        self.promoted
    }

    /// The other variables that hold the same database, whatever their credentials.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// Whether it is an old copy: another variable holds the same database and user with another password. Of two such,
    /// the one that Heroku maintains (a colour) is taken for the fresh one, else `DATABASE_URL`.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.stale
    }

    fn is_colour(&self) -> bool {
        is_colour(&self.var)
    }
}

/// Whether Heroku makes such a name up: any `[A-Z0-9_]+` is a colour, since there is no list of them.
pub(crate) fn is_colour(var: &str) -> bool {
    let colour = var
        .strip_prefix(COLOUR_PREFIX)
        .and_then(|rest| rest.strip_suffix(SUFFIX));
    let valid = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    !var.ends_with(POOL_SUFFIX)
        && colour.is_some_and(|colour| !colour.is_empty() && colour.bytes().all(valid))
}

/// All databases of a set of config vars, in the order of their names, `DATABASE_URL` first.
#[derive(Clone, Debug, Default)]
pub struct Attachments(Vec<Attachment>);

impl Attachments {
    /// Reads the variables: `DATABASE_URL`, every colour, and every other `…_URL` that holds a Postgres URL.
    #[must_use]
    pub fn of(vars: &Vars) -> Self {
        let mut list: Vec<_> = vars
            .names()
            .filter(|name| is_attachment(vars, name))
            .map(|name| read(vars, name))
            .collect();
        list.sort_by_key(|attachment| attachment.role != Role::Primary);
        let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for attachment in &list {
            if let Ok((_, target)) = &attachment.content {
                groups.entry(target).or_default().push(attachment);
            }
        }
        let group = |one: &Attachment| one.target().and_then(|target| groups.get(target));
        let relations: Vec<_> = list
            .iter()
            .map(|one| group(one).map_or_else(Relations::default, |same| relate(one, same)))
            .collect();
        for (attachment, (aliases, promoted, stale)) in list.iter_mut().zip(relations) {
            (attachment.aliases, attachment.promoted, attachment.stale) =
                (aliases, promoted, stale);
        }
        Self(list)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Attachment> {
        self.0.iter()
    }

    /// The one whose variable has this name.
    #[must_use]
    pub fn of_var(&self, var: &str) -> Option<&Attachment> {
        self.0.iter().find(|attachment| attachment.var == var)
    }

    /// The poolers of a database, by its attachment: those of the same target, or named after it.
    pub fn pools<'a>(&'a self, attachment: &'a Attachment) -> impl Iterator<Item = &'a Attachment> {
        let named = format!("{}{POOL_SUFFIX}", attachment.name());
        self.0.iter().filter(move |pool| {
            let same = pool.target().is_some() && pool.target() == attachment.target();
            pool.role == Role::Pooled && (same || pool.var == named)
        })
    }
}

/// The variable that a name of an attachment means: `BRONZE`, `HEROKU_POSTGRESQL_BRONZE` and
/// `HEROKU_POSTGRESQL_BRONZE_URL` alike, in any case. Where none is set, the one that Heroku would name so.
///
/// # Errors
///
/// If it means two variables with different values.
pub(crate) fn var_of(vars: &Vars, name: &str) -> Result<String, Error> {
    let name = name.to_ascii_uppercase();
    if name.ends_with(SUFFIX) && vars.is_set(&name) {
        return Ok(name);
    }
    let stem = name.strip_suffix(SUFFIX).unwrap_or(&name);
    let plain = format!("{stem}{SUFFIX}");
    let colour = format!("{COLOUR_PREFIX}{stem}{SUFFIX}");
    match (vars.is_set(&plain), vars.is_set(&colour)) {
        (true, true) if vars.get(&plain)? != vars.get(&colour)? => {
            let detail = format!("{plain} and {colour} are both called that, and differ");
            let help = format!(
                "name one of the variables itself: `--attachment {plain}` or `--attachment {colour}`"
            );
            Err(Error::new(ErrorKind::Ambiguous, detail).with_help(help))
        }
        (true, _) => Ok(plain),
        (false, false) if stem.starts_with(COLOUR_PREFIX) || plain == PRIMARY => Ok(plain),
        _ => Ok(colour),
    }
}

fn is_attachment(vars: &Vars, name: &str) -> bool {
    if name == PRIMARY || is_colour(name) {
        return true;
    }
    let is_postgres = |text: &str| {
        let scheme = scheme_len(text).and_then(|len| Scheme::find(&text[..len]));
        scheme.is_some_and(|scheme| scheme.engine == Engine::Postgres)
    };
    name.ends_with(SUFFIX)
        && name.len() > SUFFIX.len()
        && crate::vars::is_name(name)
        && vars
            .get(name)
            .ok()
            .flatten()
            .is_some_and(|value| is_postgres(value.expose()))
}

fn read(vars: &Vars, name: &str) -> Attachment {
    let content = load(vars, name).map(|database| {
        let target = database.target();
        (database, target)
    });
    Attachment {
        var: name.to_owned(),
        role: Role::of(name),
        content,
        promoted: false,
        aliases: Vec::new(),
        stale: false,
    }
}

/// The database of a variable that is set; empty is not unset.
pub(crate) fn load(vars: &Vars, name: &str) -> Result<Database, Error> {
    let source = Source::ConfigVar(name.to_owned());
    let value = vars.get(name)?.unwrap_or(crate::secret::SecretStr::new(""));
    if value.is_empty() {
        return Err(
            Error::new(ErrorKind::EmptyVariable, "expected a database URL")
                .said_by(&source)
                .with_help("set it to a URL, or unset it; set but empty is not the same as unset"),
        );
    }
    value
        .expose()
        .parse::<Database>()
        .map_err(|error| error.said_by(&source))
}

/// Aliases, whether promoted, and whether stale.
type Relations = (Vec<String>, bool, bool);

/// How an attachment stands among those of the same database, itself included.
fn relate(one: &Attachment, same: &[&Attachment]) -> Relations {
    let others = || same.iter().filter(|other| other.var != one.var);
    let promoted = same.iter().any(|other| other.role == Role::Primary);
    let rank = |attachment: &Attachment| (attachment.is_colour(), attachment.role == Role::Primary);
    let fresher = |other: &Attachment| match (one.database(), other.database()) {
        (Ok(database), Ok(of)) => rank(other) > rank(one) && database.is_stale_against(of),
        _ => false,
    };
    let stale = others().any(|other| fresher(other));
    (
        others().map(|other| other.var.clone()).collect(),
        promoted,
        stale,
    )
}
