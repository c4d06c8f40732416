//! sequelize-cli's `config/config.json`: one section per environment.
//!
//! A section's `url` beats its `use_env_variable`; either is laid over the section, as `config-helper.js` does: host, port,
//! database and dialect are the URL's alone, a user and a password of the section stay where the URL has none. A URL that the
//! caller gives (`--url`) replaces the file.
//!
//! Deliberate differences:
//! - An environment without a section is an error, unless the file has no sections at all; the original takes the whole file.
//! - URLs are read by this crate: the original takes `svc:hash#tag@db` for host `svc`, drops the query, and fails without a path even
//!   where the section names the database.
//! - `{"use_env_variable": "NAME"}` may stand in place of any value (sequelize#4391).
//! - `ssl` beside `dialectOptions` asks for TLS here; the original does not act on it, which is warned of.

use crate::database::Database;
use crate::error::{Error, ErrorKind};
use crate::provenance::Source;
use crate::resolved::{Outcome, Resolved};
use crate::scheme::{Engine, Scheme};
use crate::secret::Secret;
use crate::settings::document::{Kind, Node, Scalar, Style, Value, shown_key};
use crate::settings::fields::{Base, Fields, Slot};
use crate::settings::fill::not_set;
use crate::settings::located::Located;
use crate::settings::system::{Question, mismatch, not_a_text};
use crate::sqlite::{self, Family};
use crate::vars::{Vars, is_name};
use crate::warning::{Warning, WarningCode};

pub(in crate::settings) const VARIABLE: &str = "use_env_variable";

/// Keys of a section that are no settings by themselves.
const CONSUMED: &[&str] = &["dialect", "protocol", "url", VARIABLE];

/// Keys that make a map a section.
const OF_SECTION: &[&str] = &[
    "dialect", "url", VARIABLE, "database", "host", "username", "storage",
];

pub(super) fn resolve(question: &Question<'_>) -> Result<Resolved<Database>, Error> {
    if let Some(url) = question.url {
        let source = Source::Argument("--url");
        let base = read(url.expose(), source.clone())?;
        return Fields::new(source, Family::Rails).assemble(Some(base), None);
    }
    let Some(root) = &question.root else {
        let detail =
            "there is no config/config.json, and sequelize-cli reads no variable without one";
        return Err(Error::new(ErrorKind::NotFound, detail)
            .with_help("name the file with `--file`, or the variable with `--var`"));
    };
    let section = section(root, question.environment.unwrap_or_default())?;
    let (node, variables) = filled(&section, question.vars)?;
    let section = section.with(&node);

    let mut considered: Vec<_> = variables
        .into_iter()
        .map(|name| (Source::ConfigVar(name), Outcome::Used))
        .collect();
    let base = match (section.given("url"), section.given(VARIABLE)) {
        (Some(url), variable) => {
            considered.push((url.source(), Outcome::Used));
            if let Some(name) = variable.and_then(|variable| variable.text()) {
                let shadowed = if question.vars.is_set(name) {
                    Outcome::Shadowed
                } else {
                    Outcome::Unset
                };
                considered.push((Source::ConfigVar(name.to_owned()), shadowed));
            }
            let text = url.text().ok_or_else(|| not_a_text(&url))?;
            Some(read(text, url.source())?)
        }
        (None, Some(variable)) => {
            let name = variable_name(&variable)?;
            let text = value_of(question.vars, name, &variable)?;
            let source = Source::ConfigVar(name.to_owned());
            considered.push((source.clone(), Outcome::Used));
            Some(read(text.expose(), source)?)
        }
        (None, None) => None,
    };
    let dialect = section.given("dialect");
    let engine = dialect.as_ref().map(engine_of).transpose()?;
    let mut fields = Fields::new(section.source(), Family::Rails);
    fill_in(&mut fields, &section, base.as_ref(), engine)?;
    if let (Some(base), Some(dialect), Some(row)) = (&base, &dialect, engine) {
        fields.warn_if(mismatch(base, row, dialect));
    }
    if base.is_none() && engine.is_none() {
        let detail = "a section needs `dialect`, `url` or `use_env_variable`";
        return Err(Error::new(ErrorKind::MissingKey, detail)
            .said_by(&section.source())
            .with_help(
                "name the variable that holds the URL: \"use_env_variable\": \"DATABASE_URL\"",
            ));
    }
    let is_memory_or_file = |row: Scheme| row.engine == Engine::Sqlite;
    let lacks_name = match &base {
        Some(base) => base.database.dbname().is_none() && !fields.has(Slot::Database),
        None => !fields.has(Slot::Database) && !engine.is_some_and(is_memory_or_file),
    };
    if lacks_name {
        let source = base.map_or_else(|| section.source(), |base| base.source);
        return Err(
            Error::new(ErrorKind::MissingKey, "nothing names the database")
                .said_by(&source)
                .with_help(
                    "put it behind the host: `/name` in the URL, or `database` in the section",
                ),
        );
    }
    if base.is_none() {
        considered.push((section.source(), Outcome::Used));
    }
    let mut resolved = fields.assemble(base, engine)?;
    resolved.considered = considered;
    Ok(resolved)
}

/// A URL as Sequelize reads one: its files of `SQLite` are always absolute.
fn read(url: &str, source: Source) -> Result<Base, Error> {
    let mut base = Base::read(url, source, Family::Rails)?;
    if let Database::Sqlite(config) = &base.database {
        if let Some(path) = config.path().filter(|path| !path.starts_with('/')) {
            let absolute = Secret::from(format!("/{path}"));
            let config = sqlite::Config::from_path(Family::Rails, absolute.expose())
                .map_err(|error| error.said_by(&base.source))?;
            base.database = config.into();
        }
    }
    Ok(base)
}

/// The section of an environment, or the whole file where it has no sections.
fn section<'s>(root: &Located<'s>, environment: &str) -> Result<Located<'s>, Error> {
    if let Some(section) = root.given(environment).filter(Located::is_map) {
        return Ok(section);
    }
    let is_section = root
        .entries()
        .any(|entry| OF_SECTION.contains(&entry.name) && !entry.is_map());
    if is_section {
        return Ok(root.clone());
    }
    Err(no_section(root, environment))
}

/// An environment that the file does not have.
pub(super) fn no_section(root: &Located<'_>, environment: &str) -> Error {
    let names: Vec<_> = root.entries().filter(Located::is_map).collect();
    let names: Vec<_> = names.iter().map(|entry| shown_key(entry.name)).collect();
    let detail = format!(
        "the file has no section for the environment `{}`",
        shown_key(environment)
    );
    let help = if names.is_empty() {
        "the file has no sections".to_owned()
    } else {
        format!("it has {}", names.join(", "))
    };
    Error::new(ErrorKind::UnknownSection, detail)
        .said_by(&root.source())
        .with_help(help)
}

/// The section with every `{"use_env_variable": "NAME"}` below it replaced by the variable's value, and their names.
fn filled(section: &Located<'_>, vars: &Vars) -> Result<(Node, Vec<String>), Error> {
    let mut node = section.node.clone();
    let (mut errors, mut names) = (Vec::new(), Vec::new());
    if let Value::Map(entries) = &mut node.value {
        for (entry, located) in entries.iter_mut().zip(section.entries()) {
            fill(&mut entry.node, &located, vars, &mut errors, &mut names);
        }
    }
    match Error::together(errors) {
        Some(error) => Err(error),
        None => Ok((node, names)),
    }
}

fn fill(
    node: &mut Node,
    located: &Located<'_>,
    vars: &Vars,
    errors: &mut Vec<Error>,
    names: &mut Vec<String>,
) {
    let variable = located
        .get(VARIABLE)
        .filter(|_| located.entries().count() == 1);
    if let Some(variable) = variable {
        let value =
            variable_name(&variable).and_then(|name| Ok((name, value_of(vars, name, &variable)?)));
        match value {
            Ok((name, text)) => {
                let mut scalar = Scalar::new(text.clone(), Style::Quoted);
                scalar.variable = Some(name.to_owned());
                node.value = Value::Scalar(scalar);
                names.push(name.to_owned());
            }
            Err(error) => errors.push(error),
        }
        return;
    }
    if let Value::Map(entries) = &mut node.value {
        for (entry, located) in entries.iter_mut().zip(located.entries()) {
            fill(&mut entry.node, &located, vars, errors, names);
        }
    }
}

/// The name that `use_env_variable` gives.
pub(in crate::settings) fn variable_name<'s>(variable: &Located<'s>) -> Result<&'s str, Error> {
    let text = variable.text().ok_or_else(|| not_a_text(variable))?;
    if is_name(text) {
        return Ok(text);
    }
    let (detail, help) = if text.contains("://") {
        (
            "expected the name of a variable, but this looks like a URL",
            "put the URL into a variable and name that, or write it under `url`",
        )
    } else {
        (
            "expected the name of a variable",
            "write the bare name, such as DATABASE_URL, without `$` or braces",
        )
    };
    Err(Error::new(ErrorKind::InvalidName, detail)
        .said_by(&variable.source())
        .with_help(help))
}

/// What a variable holds that the file names. Unset is an error that tells the place in the file.
fn value_of(vars: &Vars, name: &str, variable: &Located<'_>) -> Result<Secret, Error> {
    match vars.get(name)? {
        Some(text) => Ok(text.to_secret()),
        None => Err(not_set(name, variable.place())),
    }
}

/// The engine that a `dialect` names.
fn engine_of(dialect: &Located<'_>) -> Result<Scheme, Error> {
    let found = dialect.text().and_then(Scheme::find);
    found.ok_or_else(|| {
        Error::new(ErrorKind::UnknownScheme, "expected a dialect")
            .said_by(&dialect.source())
            .with_help("Sequelize has postgres, mysql, mariadb, sqlite, mssql, oracle, snowflake and db2; db2 is not read here")
    })
}

/// What the section says beside its URL.
fn fill_in(
    fields: &mut Fields,
    section: &Located<'_>,
    base: Option<&Base>,
    engine: Option<Scheme>,
) -> Result<(), Error> {
    let engine = base
        .map(|base| base.database.engine())
        .or(engine.map(|row| row.engine));
    for entry in section.entries() {
        let slot = match entry.name {
            "username" => Some(Slot::User),
            "password" => Some(Slot::Password),
            "host" => Some(Slot::Host),
            "port" => Some(Slot::Port),
            "database" if engine != Some(Engine::Sqlite) => Some(Slot::Database),
            "storage" if engine == Some(Engine::Sqlite) => Some(Slot::Database),
            _ => None,
        };
        match (slot, base) {
            (Some(Slot::Host | Slot::Port), Some(_)) => {}
            (Some(Slot::Database), Some(base)) if base.database.dbname().is_some() => {}
            (Some(slot), _) => fields.slot(slot, &entry)?,
            (None, _) if CONSUMED.contains(&entry.name) => {}
            (None, _) if entry.name == "dialectOptions" && entry.is_map() => {
                for option in entry.entries() {
                    self::option(fields, &option, engine)?;
                }
            }
            (None, _) if entry.name == "ssl" => {
                let warning = Warning::from(WarningCode::WeakerThanAsked);
                if tls(fields, &entry, engine)? {
                    fields.warn(warning.about(&entry.place()));
                }
            }
            (None, _) => fields.extra(entry.name, &entry),
        }
    }
    if engine == Some(Engine::Sqlite) && base.is_none() && !fields.has(Slot::Database) {
        // Sequelize's own default.
        fields.put(Slot::Database, Secret::from(":memory:"), section.source());
    }
    Ok(())
}

/// One of the driver's options.
fn option(fields: &mut Fields, option: &Located<'_>, engine: Option<Engine>) -> Result<(), Error> {
    if option.name == "ssl" {
        tls(fields, option, engine)?;
    } else {
        fields.param(option.name, option);
    }
    Ok(())
}

/// Node's option `ssl`, in the engine's own words; whether it asks for TLS.
///
/// node-postgres verifies the certificate and the host's name unless `rejectUnauthorized` is false; `require` says nothing to it.
fn tls(fields: &mut Fields, ssl: &Located<'_>, engine: Option<Engine>) -> Result<bool, Error> {
    let kind = ssl.node.scalar().map(Scalar::kind);
    let (asked, verifies) = match kind {
        Some(Kind::Null) => return Ok(false),
        Some(Kind::Bool(said)) => (said, true),
        Some(Kind::Text) if engine == Some(Engine::MySql) => (true, true),
        Some(_) => {
            let detail = "expected `true`, `false` or an object of Node's TLS options";
            return Err(Error::new(ErrorKind::InvalidValue, detail).said_by(&ssl.source()));
        }
        None => {
            let reject = ssl.get("rejectUnauthorized");
            let reject = reject.and_then(|reject| Some(reject.node.scalar()?.kind()));
            (true, reject != Some(Kind::Bool(false)))
        }
    };
    for member in ssl.entries() {
        if !["require", "rejectUnauthorized"].contains(&member.name) {
            let name = format!("ssl.{}", member.name);
            fields.extra(&name, &member);
        }
    }
    match engine {
        Some(Engine::Postgres) => {
            let mode = match (asked, verifies) {
                (false, _) => "disable",
                (true, false) => "require",
                (true, true) => "verify-full",
            };
            fields.word("sslmode", mode, ssl.source());
        }
        Some(Engine::MySql) => {
            let mode = match (asked, verifies) {
                (false, _) => "DISABLED",
                (true, false) => "REQUIRED",
                (true, true) => "VERIFY_CA",
            };
            fields.word("ssl-mode", mode, ssl.source());
        }
        _ => fields.extra("ssl", ssl),
    }
    Ok(asked)
}
