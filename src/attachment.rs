//! The databases and services that an app's config vars hold: whose they are, and which of them are the same database.
//!
//! On Heroku an add-on that is attached as `NAME` publishes `NAME_URL`. The one attached as `DATABASE` is the promoted
//! one; `HEROKU_POSTGRESQL_<COLOR>_URL` are names that Heroku makes up. Other platforms have names of their own
//! ([`platform::VARIABLES`](crate::platform::VARIABLES)), several variables for one database, or one for all of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::database::{Database, Target};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::platform::bound::{Service, is_document, services};
use crate::platform::family::Found;
use crate::platform::parts::{self, Group};
use crate::platform::text::{self, is_database_url, is_proxy, is_web_address, parse, web_address};
use crate::platform::{Role, Variable, coloured, family, find, main_name};
use crate::secret::SecretStr;
use crate::sorted;
use crate::source::Source;
use crate::vars::{self, Vars};

/// The variable of the promoted database.
pub(crate) const PRIMARY: &str = "DATABASE_URL";
const COLOUR_PREFIX: &str = "HEROKU_POSTGRESQL_";
const SUFFIXES: [&str; 2] = ["_URL", "_URI"];
const POOL_SUFFIX: &str = "_CONNECTION_POOL_URL";

/// One variable that holds a database, or was meant to; or one service in a platform's own document.
#[derive(Clone, Debug)]
pub struct Attachment {
    source: Source,
    row: Option<&'static Variable>,
    role: Role,
    is_unasked: bool,
    /// The engine that it has to be of, as far as the name or the scheme tells.
    meant: Option<Engine>,
    content: Result<(Database, Target), Error>,
    /// All that are the same database, itself included.
    group: Arc<SameDatabase>,
    /// Which of them it is.
    position: usize,
    stale: bool,
}

/// The attachments of one database. Thousands may be, so they share it.
#[derive(Debug, Default)]
struct SameDatabase {
    /// Their sources, in order.
    names: Vec<String>,
    known: HashSet<String>,
    promoted: bool,
}

impl Attachment {
    /// The attachment's name: the variable's without `_URL` or `_URI`, or the service's.
    #[must_use]
    pub fn name(&self) -> &str {
        let var = self.var();
        let stem = || {
            SUFFIXES
                .iter()
                .find_map(|suffix| var.strip_suffix(suffix))
                .filter(|stem| !stem.is_empty())
        };
        self.source
            .service()
            .unwrap_or_else(|| stem().unwrap_or(var))
    }

    /// The variable's name; of several that give one part each, the host's.
    #[must_use]
    pub fn var(&self) -> &str {
        self.source.name().unwrap_or_default()
    }

    /// Where it is: a variable, or a service in one. Shown as `DATABASE_URL` and `VCAP_SERVICES/orders`.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// What the variable is for.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// What the table of platforms knows of the variable.
    #[must_use]
    pub const fn variable(&self) -> Option<&'static Variable> {
        self.row
    }

    /// The database, or why the variable does not hold one.
    ///
    /// # Errors
    ///
    /// What [`Vars::get`] or parsing rejected.
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
    pub fn is_promoted(&self) -> bool {
        self.target().is_some() && self.group.promoted
    }

    /// The others that are the same database, whatever their credentials: those of the same servers and name, and those
    /// that the table of platforms calls another role of it.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        let names = &self.group.names;
        let (before, rest) = names.split_at(self.position.min(names.len()));
        before.iter().chain(rest.iter().skip(1)).map(String::as_str)
    }

    /// Whether another source is one of the [`aliases`](Self::aliases).
    pub(crate) fn is_alias_of(&self, source: &Source) -> bool {
        *source != self.source && self.group.known.contains(&source.to_string())
    }

    /// Whether it is the database that a source holds.
    #[must_use]
    pub fn is_database_of(&self, source: &Source, database: &Database) -> bool {
        self.source == *source
            || self.target() == Some(&database.target())
            || self.is_alias_of(source)
    }

    /// Whether it is an old copy: another variable holds the same database and user with another password. Of two such,
    /// the one that a platform maintains (a colour, an add-on's own name) is taken for the fresh one, else `DATABASE_URL`.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.stale
    }

    /// Whether it holds, or is meant to hold, a database that an app keeps its data in; a cache, a queue or an index is
    /// none, and is never used unasked.
    pub(crate) fn is_data_store(&self) -> bool {
        let engine = match &self.content {
            Ok((database, _)) => Some(database.engine()),
            Err(_) => self.meant,
        };
        engine.is_none_or(|engine| {
            matches!(
                engine,
                Engine::Postgres | Engine::MySql | Engine::Sqlite | Engine::MongoDb
            )
        })
    }

    /// Whether it may be used where the caller names nothing and there is neither `DATABASE_URL` nor a colour.
    pub(crate) fn is_candidate(&self) -> bool {
        self.is_unasked
            && self.role != Role::Primary
            && !is_colour(self.var())
            && self.is_data_store()
    }

    /// Which role of a database is used where the caller names none. Everything works over a direct connection
    /// (migrations, `LISTEN`, prepared statements), while a pooler keeps no session; a private address is the last, since
    /// it answers inside the platform's network only. Of two in one role the one that the others are named after is first.
    #[inline(never)]
    pub(crate) fn preference(&self) -> (u8, bool) {
        let is_secondary = self.row.is_some_and(|row| row.same_as().is_some());
        let role = match self.role {
            Role::Primary => 0,
            Role::Attachment => 1,
            Role::Direct => 2,
            Role::Pooled => 3,
            Role::Private => 4,
        };
        (role, is_secondary)
    }

    pub(crate) fn content(&self) -> Result<Database, Error> {
        self.database().cloned().map_err(Error::clone)
    }

    fn is_maintained(&self) -> bool {
        let own = |row: &Variable| row.is_maintained() && row.role() == Role::Attachment;
        self.source.service().is_some() || self.row.is_some_and(own)
    }

    /// What makes it one database with others: its name in all its roles. Names alone do not make two databases one:
    /// engine and database have to agree.
    fn role_key(&self) -> Option<(Engine, String, &str)> {
        let (database, target) = self.content.as_ref().ok()?;
        let name = match &self.source {
            Source::ConfigVar(var) => main_name(var),
            service => service.to_string(),
        };
        Some((database.engine(), name, target.database()))
    }
}

/// Whether Heroku makes such a name up: any `[A-Z0-9_]+` is a colour, since there is no list of them.
pub(crate) fn is_colour(var: &str) -> bool {
    var.starts_with(COLOUR_PREFIX)
        && find(var).is_some_and(|row| row.name().starts_with(COLOUR_PREFIX))
}

/// All databases of a set of config vars, in the order of their names, `DATABASE_URL` first.
///
/// ```
/// use database_url::{Attachments, Vars};
///
/// let url = "postgres://app:hunter2@db.internal/shop";
/// let vars = Vars::from([("DATABASE_URL", url), ("HEROKU_POSTGRESQL_BRONZE_URL", url)]);
/// let attachments = Attachments::of(&vars);
/// let bronze = attachments.of_var("HEROKU_POSTGRESQL_BRONZE_URL").unwrap();
/// assert!(bronze.is_promoted());
/// assert_eq!(bronze.aliases().collect::<Vec<_>>(), ["DATABASE_URL"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Attachments {
    list: Vec<Attachment>,
    by_source: HashMap<Source, usize>,
}

impl Attachments {
    /// Reads the variables: those of the table of platforms, and every other `…_URL` or `…_URI` that holds the URL of a
    /// database or service; the databases in parts, of a platform or of a family (`DB_HOST`…); and, with the features `vcap` and
    /// `platform-sh`, those of the platforms' documents.
    #[must_use]
    pub fn of(vars: &Vars) -> Self {
        let variables = vars.iter();
        let variables = variables.filter(|(name, variable)| is_attachment(name, variable));
        let names = sorted::by(variables.map(|(name, _)| name).collect(), &Ord::cmp);
        let names = names.into_iter();
        let mut list: Vec<_> = names.map(|name| of_variable(vars, name)).collect();
        list.extend(parts::groups(vars).map(|group| of_group(vars, group)));
        let families = family::each(vars).map(of_family);
        let families: Vec<_> = families
            .filter(|found| list.iter().all(|known| known.source != found.source))
            .collect();
        list.extend(families);
        let mut list = sorted::by(list, &|one, other| {
            let key = |attachment: &Attachment| attachment.role != Role::Primary;
            (key(one), one.var()).cmp(&(key(other), other.var()))
        });
        list.extend(services(vars).into_iter().map(of_service));
        group(&mut list);
        let locations = list.iter().enumerate().rev();
        let by_source = locations
            .map(|(at, one)| (one.source.clone(), at))
            .collect();
        Self { list, by_source }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Attachment> + Clone {
        self.list.iter()
    }

    /// The one whose variable has this name; of a document with several services, the first.
    #[must_use]
    pub fn of_var(&self, var: &str) -> Option<&Attachment> {
        self.list.iter().find(|attachment| attachment.var() == var)
    }

    /// The one that is there.
    #[must_use]
    pub fn of_source(&self, source: &Source) -> Option<&Attachment> {
        self.by_source.get(source).map(|at| &self.list[*at])
    }

    /// The poolers of a database, by its attachment: those of the same database, or named after it.
    pub fn pools<'a>(&'a self, attachment: &'a Attachment) -> impl Iterator<Item = &'a Attachment> {
        let named = format!("{}{POOL_SUFFIX}", attachment.name());
        self.list.iter().filter(move |pool| {
            let same = attachment.is_alias_of(&pool.source);
            pool.role == Role::Pooled && (same || pool.var() == named)
        })
    }
}

/// What an attachment's name means: `BRONZE`, `HEROKU_POSTGRESQL_BRONZE` and `HEROKU_POSTGRESQL_BRONZE_URL` alike, in any
/// case; `JAWSDB`, `CLEARDB` and the like; and a service's own name. Where none is set, the one that Heroku would name so.
///
/// # Errors
///
/// If it means two variables with different values.
pub(crate) fn source_of(
    attachments: &Attachments,
    vars: &Vars,
    name: &str,
) -> Result<Source, Error> {
    let services = services_of(attachments, name);
    let name = name.to_ascii_uppercase();
    let is_url = || SUFFIXES.iter().any(|end| name.ends_with(end));
    let is_var = || is_url() || is_document(&name) || attachments.of_var(&name).is_some();
    if vars.is_set(&name) && is_var() {
        return Ok(Source::ConfigVar(name));
    }
    let stem = SUFFIXES
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .unwrap_or(&name);
    let plain = format!("{stem}_URL");
    // What comes first is closest to the name; only within a line can there be two of equal right.
    let meant: [Vec<String>; 3] = [
        std::iter::once(plain.clone())
            .chain(coloured(stem))
            .collect(),
        ["_URI", "_DATABASE_URL", "_BOLT_URL"]
            .iter()
            .map(|end| format!("{stem}{end}"))
            .collect(),
        parts::named(stem).map(str::to_owned).collect(),
    ];
    let mut found = meant
        .into_iter()
        .map(|names| {
            names
                .into_iter()
                .filter(|name| vars.is_set(name))
                .map(Source::ConfigVar)
                .collect()
        })
        .find(|found: &Vec<_>| !found.is_empty())
        .unwrap_or_default();
    found.extend(services);
    let [first, others @ ..] = &found[..] else {
        let colour = stem.starts_with(COLOUR_PREFIX) || plain == PRIMARY || find(&plain).is_some();
        return Ok(Source::ConfigVar(if colour {
            plain
        } else {
            format!("{COLOUR_PREFIX}{plain}")
        }));
    };
    let content = |source: &Source| attachments.of_source(source).map(Attachment::content);
    if others.iter().all(|other| content(other) == content(first)) {
        return Ok(first.clone());
    }
    let names: Vec<_> = found.iter().map(Source::to_string).collect();
    let detail = format!("{} are all called that, and differ", names.join(", "));
    let help = format!("name one of them itself, such as `--attachment {first}`");
    Err(Error::new(ErrorKind::Ambiguous, detail).with_help(help))
}

/// The services that a name means: those of its very spelling, else those of any case.
fn services_of(attachments: &Attachments, name: &str) -> Vec<Source> {
    let services = attachments.iter().map(Attachment::source);
    let services = services.filter(|source| source.service().is_some());
    let exact = |source: &&Source| source.service() == Some(name) || source.to_string() == name;
    let alike = |source: &&Source| {
        let is_alike = |service: &str| service.eq_ignore_ascii_case(name);
        source.service().is_some_and(is_alike)
    };
    let found: Vec<_> = services.clone().filter(exact).cloned().collect();
    if found.is_empty() {
        return services.filter(alike).cloned().collect();
    }
    found
}

/// Whether a variable holds a database or service, or is one that has to.
fn is_attachment(name: &str, variable: &vars::HeldVariable) -> bool {
    let row = find(name);
    let ends = || {
        SUFFIXES
            .iter()
            .any(|end| name.ends_with(end) && name.len() > end.len())
    };
    let may_be = row.map_or_else(ends, |row| !row.is_no_database());
    may_be && holds_database(name, variable, row) && vars::is_name(name)
}

fn holds_database(name: &str, variable: &vars::HeldVariable, row: Option<&Variable>) -> bool {
    let row = row.filter(|row| row.is_own_name());
    let bytes = variable.bytes();
    if row.is_none() && !text::may_be_database_url(bytes) && !bytes.starts_with(b"${") {
        return false;
    }
    let Ok(value) = variable.text(name) else {
        return row.is_some();
    };
    let text = value.expose();
    let Some(row) = row else {
        return is_database_url(text) || refers_to_one(text);
    };
    name == PRIMARY || row.engine().is_some() || !(is_web_address(text) || is_proxy(text))
}

/// Whether a string is a reference to a database's variable that nothing has filled in: `${{Db.MYSQL_URL}}`.
fn refers_to_one(text: &str) -> bool {
    let inside = text
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'));
    let name = inside.map(|inside| inside.trim_matches(['{', '}', ' ']));
    let name = name.and_then(|name| name.rsplit('.').next());
    name.is_some_and(|name| find(name).is_some_and(|row| !row.is_no_database()))
}

fn new(
    source: Source,
    role: Role,
    meant: Option<Engine>,
    content: Result<Database, Error>,
) -> Attachment {
    Attachment {
        row: source.name().and_then(find),
        source,
        role,
        is_unasked: true,
        meant,
        content: content.map(|database| {
            let target = database.target();
            (database, target)
        }),
        group: Arc::default(),
        position: 0,
        stale: false,
    }
}

fn of_variable(vars: &Vars, name: &str) -> Attachment {
    let row = find(name);
    let value = || vars.get(name).ok().flatten();
    let meant = row.and_then(Variable::engine);
    Attachment {
        is_unasked: row.is_some_and(|row| row.is_own_name() && row.is_used_unasked()),
        ..new(
            Source::ConfigVar(name.to_owned()),
            row.map_or(Role::Attachment, Variable::role),
            meant.or_else(|| text::engine(value()?.expose())),
            load(vars, name),
        )
    }
}

fn of_group(vars: &Vars, group: &Group) -> Attachment {
    let source = Source::ConfigVar(group.host.to_owned());
    new(source, Role::Attachment, group.engine(), group.load(vars))
}

/// A database in parts, which the resolver considers by a rule of its own.
fn of_family(found: Found) -> Attachment {
    let content = found.content.map(|content| content.database);
    Attachment {
        is_unasked: false,
        ..new(found.source, Role::Attachment, None, content)
    }
}

fn of_service(service: Service) -> Attachment {
    let Service {
        source,
        engine,
        content,
        is_unasked,
    } = service;
    Attachment {
        is_unasked,
        ..new(source, Role::Attachment, engine, content)
    }
}

/// The database of a variable that is set; empty is not unset.
pub(crate) fn load(vars: &Vars, name: &str) -> Result<Database, Error> {
    if let Some(group) = parts::group(name) {
        return group.load(vars);
    }
    let source = Source::ConfigVar(name.to_owned());
    let value = vars.get(name)?.unwrap_or(SecretStr::new(""));
    if value.is_empty() {
        return Err(
            Error::new(ErrorKind::EmptyVariable, "expected a database URL")
                .with_source(&source)
                .with_help("set it to a URL, or unset it; set but empty is not the same as unset"),
        );
    }
    let text = value.expose();
    let row = find(name);
    let database = if is_web_address(text) && !row.is_some_and(Variable::takes_web_addresses) {
        Err(web_address())
    } else {
        parse(text, row.and_then(Variable::engine))
    };
    let database = database.map_err(|error| error.with_source(&source))?;
    parts::completed(vars, name, database)
}

/// Finds out which attachments are one database, and which of those are old copies.
fn group(list: &mut [Attachment]) {
    let of = groups(list);
    for (at, &first) in of.iter().enumerate() {
        let name = list[at].source.to_string();
        let is_primary = list[at].role == Role::Primary;
        // INVARIANT: each has a group of its own until all names are in the first one's.
        let Some(group) = Arc::get_mut(&mut list[first].group) else {
            continue;
        };
        let position = group.names.len();
        group.known.insert(name.clone());
        group.names.push(name);
        group.promoted |= is_primary;
        list[at].position = position;
    }
    for (at, stale) in stale(list).into_iter().enumerate() {
        list[at].group = Arc::clone(&list[of[at]].group);
        list[at].stale = stale;
    }
}

/// The first attachment of the same database, for each: of one target, or roles of one by their names.
fn groups(list: &[Attachment]) -> Vec<usize> {
    /// The first of a group, reached by a chain that is shortened on the way.
    fn first(groups: &mut [usize], mut one: usize) -> usize {
        while groups[one] != one {
            groups[one] = groups[groups[one]];
            one = groups[one];
        }
        one
    }
    let mut groups: Vec<usize> = (0..list.len()).collect();
    let (mut targets, mut roles) = (HashMap::new(), HashMap::new());
    for (one, attachment) in list.iter().enumerate() {
        let (Some(target), Some(role)) = (attachment.target(), attachment.role_key()) else {
            continue;
        };
        for known in [
            *targets.entry(target).or_insert(one),
            *roles.entry(role).or_insert(one),
        ] {
            let (known, own) = (first(&mut groups, known), first(&mut groups, one));
            groups[known.max(own)] = known.min(own);
        }
    }
    (0..list.len()).map(|one| first(&mut groups, one)).collect()
}

/// How far an attachment is to be trusted to be current, and its password.
type Ranked<'a> = ((bool, bool), Option<&'a str>);

/// Whether each is an old copy: one of a higher rank has the same servers and user, and another password. A pooler may know
/// other passwords, so only the same servers are compared.
fn stale(list: &[Attachment]) -> Vec<bool> {
    fn key(one: &Attachment) -> Option<(&Target, Option<&str>)> {
        let (database, target) = one.content.as_ref().ok()?;
        Some((target, database.user()))
    }
    fn password(one: &Attachment) -> Option<&str> {
        one.database().ok()?.password().map(SecretStr::expose)
    }
    let rank = |of: &Attachment| (of.is_maintained(), of.role == Role::Primary);
    // Of each user of a database, the highest rank, and the highest among those with another password than that one.
    let mut highest: HashMap<_, [Option<Ranked<'_>>; 2]> = HashMap::new();
    for one in list {
        let Some(key) = key(one) else { continue };
        let [first, second] = highest.entry(key).or_default();
        let own = Some((rank(one), password(one)));
        if first.is_some_and(|(_, known)| known == password(one)) {
            *first = own.max(*first);
        } else {
            *second = own.max(*second);
        }
        if second.map(|(rank, _)| rank) > first.map(|(rank, _)| rank) {
            std::mem::swap(first, second);
        }
    }
    let is_stale = |one: &Attachment| {
        let highest = highest.get(&key(one)?)?;
        let others = highest.iter().flatten();
        let mut fresher = others.filter(|(_, known)| *known != password(one));
        Some(fresher.any(|(of, _)| *of > rank(one)))
    };
    list.iter()
        .map(|one| is_stale(one).unwrap_or_default())
        .collect()
}
