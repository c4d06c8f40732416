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
//! - `{"use_env_variable": "NAME"}` may replace any value (sequelize#4391).
//! - Of the URL's query and `dialectOptions.ssl` the one that requests more of TLS counts; the original does not look at the query.
//! - `ssl` next to `dialectOptions` requests TLS here; the original does not act on it, which is warned of.

use std::borrow::Cow;
use std::rc::Rc;

use crate::document::node_ref::Located;
use crate::document::{Entry, Node, NodeValue, Scalar, ScalarKind, Style, shown_key};
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::resolution::candidate::{Answer, Candidate};
use crate::secret::Secret;
use crate::settings::file::File;
use crate::settings::fill::not_set;
use crate::settings::section::{Base, Fields, Slot};
use crate::settings::system::choices::choices;
use crate::settings::system::rules::{
    Facts, Question, Rules, alone, has_key, mismatch, relational, string,
};
use crate::settings::uses::Uses;
use crate::source::Source;
use crate::sqlite::Family;
use crate::vars::{Vars, is_name};
use crate::warning::{Warning, WarningCode};

const VARIABLE: &str = "use_env_variable";

/// Keys of a section that are no settings by themselves.
const CONSUMED: &[&str] = &["dialect", "protocol", "url", VARIABLE];

/// Keys that make a map a section.
const OF_SECTION: &[&str] = &[
    "dialect", "url", VARIABLE, "database", "host", "username", "storage",
];

const TLS_HELP: &str = "Sequelize acts on `ssl` in `dialectOptions` alone, such as {\"ssl\": {\"rejectUnauthorized\": true}}";

/// The rules of this system.
pub(in crate::settings) struct Sequelize;

impl Rules for Sequelize {
    fn facts(&self) -> Facts {
        Facts {
            about: "config/config.json of sequelize-cli",
            default_files: &["config/config.json"],
            environment: Some((&["NODE_ENV"], "development")),
            ..Facts::default()
        }
    }

    fn detect(&self, _file: &File, root: &Node) -> bool {
        has_key(root, &[VARIABLE, "dialect", "dialectOptions"])
    }

    fn names_variable(&self, key: &str) -> bool {
        key == VARIABLE
    }

    /// `use_env_variable`; a section's `url` beats it.
    fn named_variables(&self, map: &Located<'_>, uses: &mut Uses) {
        let Some(variable) = map.given(VARIABLE) else {
            return;
        };
        let is_beaten = map.given("url").is_some();
        match variable_name(&variable) {
            Ok(name) => uses.add(name, is_beaten, !is_beaten, &variable),
            Err(error) => uses.fail(error),
        }
    }

    fn read(&self, url: &str, source: Source, _question: &Question<'_>) -> Answer {
        alone(read(url, source)?, Family::Rails)
    }

    fn candidates<'q>(&'q self, question: &'q Question<'q>) -> Result<Vec<Candidate<'q>>, Error> {
        let root = question.file(
            "there is no config/config.json, and sequelize-cli reads no variable without one",
            "name the file with `--file`, or the variable with `--var`",
        )?;
        let written = section(root, question.environment.unwrap_or_default())?;
        let (node, names) = filled(&written, question.vars)?;
        let node = Rc::new(node);
        let section = written.with(&node);
        let answer_on = {
            let (written, node) = (written.clone(), Rc::clone(&node));
            move |base| answer(&written.with(&node), base)
        };
        let parts = names.into_iter().map(Source::ConfigVar);
        let mut candidates: Vec<_> = parts.map(Candidate::part).collect();
        let url = section.given("url");
        if let Some(url) = &url {
            let text = string(url).map(Secret::from);
            let (own, answer_on) = (url.origin(), answer_on.clone());
            candidates.push(Candidate::new(url.origin(), move || {
                answer_on(Some(read(text?.expose(), own)?))
            }));
        }
        if let Some(variable) = section.given(VARIABLE) {
            let name = match variable_name(&variable) {
                Err(_) if url.is_some() => return Ok(candidates),
                name => name?,
            };
            let candidate = Candidate::variable(question.vars, name, move |text, source| {
                answer_on(Some(read(text.expose(), source)?))
            });
            if !candidate.is_set() && url.is_none() {
                return Err(not_set(name, variable.location()));
            }
            candidates.push(candidate);
        } else if url.is_none() {
            candidates.push(Candidate::new(section.source(), move || answer_on(None)));
        }
        Ok(candidates)
    }
}

/// The database of a section, on top of its URL where there is one.
fn answer(section: &Located<'_>, mut base: Option<Base>) -> Answer {
    let dialect = section.given("dialect");
    let engine = dialect.as_ref().map(engine_of).transpose()?;
    let mut fields = Fields::new(section.source(), Family::Rails);
    fill_in(&mut fields, section, base.as_mut(), engine);
    if let (Some(base), Some(dialect), Some(row)) = (&base, &dialect, engine) {
        fields.warn_if(mismatch(base, row, dialect));
    }
    fields.checked()?;
    if base.is_none() && engine.is_none() {
        let detail = "a section needs `dialect`, `url` or `use_env_variable`";
        return Err(section.error(
            ErrorKind::MissingKey,
            detail,
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
                .with_source(&source)
                .with_help(
                    "put it after the host: `/name` in the URL, or `database` in the section",
                ),
        );
    }
    fields.assemble(base, engine)
}

/// A URL as Sequelize reads one: three slashes before a file of `SQLite` make it absolute, none leave it relative.
fn read(url: &str, source: Source) -> Result<Base, Error> {
    relational(Base::read(url, source, Family::Rails)?)
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
    let sections = root.entries().filter(Located::is_map);
    let detail = format!(
        "the file has no section for the environment `{}`",
        shown_key(environment)
    );
    let help = choices(sections.map(|entry| entry.name), environment)
        .unwrap_or_else(|| "the file has no sections".to_owned());
    root.error(ErrorKind::UnknownSection, detail, help)
}

/// The section with every `{"use_env_variable": "NAME"}` below it replaced by the variable's value, and their names.
fn filled<'s>(section: &Located<'s>, vars: &Vars) -> Result<(Cow<'s, Node>, Vec<String>), Error> {
    let mut node = Cow::Borrowed(section.node);
    let (mut errors, mut names) = (Vec::new(), Vec::new());
    if section.entries().any(|entry| has_reference(entry.node)) {
        for (entry, located) in entries_mut(node.to_mut()).iter_mut().zip(section.entries()) {
            fill(&mut entry.node, &located, vars, &mut errors, &mut names);
        }
    }
    Error::together(errors).map(|()| (node, names))
}

/// Whether a map is nothing but the name of a variable, or has one below it.
fn has_reference(node: &Node) -> bool {
    match node.entries() {
        None => false,
        Some([only]) if only.key == *VARIABLE => true,
        Some(entries) => entries.iter().any(|entry| has_reference(&entry.node)),
    }
}

fn entries_mut(node: &mut Node) -> &mut [Entry] {
    match &mut node.value {
        NodeValue::Map(entries) => entries,
        _ => &mut [],
    }
}

fn fill(
    node: &mut Node,
    located: &Located<'_>,
    vars: &Vars,
    errors: &mut Vec<Error>,
    names: &mut Vec<String>,
) {
    let variable = located.get(VARIABLE);
    if let Some(variable) = variable.filter(|_| located.entries().count() == 1) {
        let value =
            variable_name(&variable).and_then(|name| Ok((name, value_of(vars, name, &variable)?)));
        match value {
            Ok((name, text)) => {
                let mut scalar = Scalar::new(text.clone(), Style::Quoted);
                scalar.variable = Some(name.into());
                node.value = NodeValue::Scalar(scalar);
                names.push(name.to_owned());
            }
            Err(error) => errors.push(error),
        }
        return;
    }
    for (entry, located) in entries_mut(node).iter_mut().zip(located.entries()) {
        fill(&mut entry.node, &located, vars, errors, names);
    }
}

/// The name that `use_env_variable` gives.
fn variable_name<'s>(variable: &Located<'s>) -> Result<&'s str, Error> {
    let text = string(variable)?;
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
    Err(variable.error(ErrorKind::InvalidName, detail, help))
}

/// What a variable holds that the file names. Unset is an error with the location in the file.
fn value_of(vars: &Vars, name: &str, variable: &Located<'_>) -> Result<Secret, Error> {
    match vars.get(name)? {
        Some(text) => Ok(text.to_secret()),
        None => Err(not_set(name, variable.location())),
    }
}

/// The engine that a `dialect` names.
fn engine_of(dialect: &Located<'_>) -> Result<Scheme, Error> {
    let found = dialect.text().and_then(Scheme::find);
    found.ok_or_else(|| {
        let help = "Sequelize has postgres, mysql, mariadb, sqlite, mssql, oracle, snowflake and db2; db2 is not read here";
        dialect.error(ErrorKind::UnknownScheme, "expected a dialect", help)
    })
}

/// What the section has in addition to its URL.
fn fill_in<'s>(
    fields: &mut Fields<'s>,
    section: &Located<'s>,
    mut base: Option<&mut Base>,
    engine: Option<Scheme>,
) {
    let engine = base
        .as_ref()
        .map(|base| base.database.engine())
        .or(engine.map(|row| row.engine));
    let is_file = engine == Some(Engine::Sqlite);
    let options_given = section.given("dialectOptions");
    let has_tls_options = options_given.is_some_and(|options| options.given("ssl").is_some());
    for entry in section.entries() {
        match entry.name {
            name if CONSUMED.contains(&name) => {}
            // A name that SQLite has no use for.
            "database" if is_file => {}
            "storage" if is_file => next_to(fields, Slot::Database, &entry, base.as_deref()),
            "database" => next_to(fields, Slot::Database, &entry, base.as_deref()),
            "host" => next_to(fields, Slot::Host, &entry, base.as_deref()),
            "port" => next_to(fields, Slot::Port, &entry, base.as_deref()),
            "username" => fields.slot(Slot::User, &entry),
            "password" => fields.slot(Slot::Password, &entry),
            "dialectOptions" => options(fields, &entry, base.as_deref_mut(), engine),
            // The one that the original acts on counts alone.
            "ssl" if has_tls_options => fields.idle(&entry, TLS_HELP),
            "ssl" => {
                if tls(fields, &entry, base.as_deref_mut(), engine) {
                    fields.idle(&entry, TLS_HELP);
                }
            }
            name => {
                fields.idle(&entry, TLS_HELP);
                fields.extra(name, &entry);
            }
        }
    }
    if is_file && base.is_none() && !fields.has(Slot::Database) {
        // Sequelize's own default.
        fields.put(Slot::Database, ":memory:", section.source());
        if let Some(name) = section.given("database") {
            let message = format!(
                "{}: SQLite takes its file from `storage`; there is none, so the database is in memory",
                name.location()
            );
            let help = "name the file under `storage`";
            fields.warn(Warning::new(WarningCode::KeyIgnored, message, help));
        }
    }
}

/// Host, port and database are the URL's alone where there is one; a database that it leaves out is the section's.
fn next_to<'s>(fields: &mut Fields<'s>, slot: Slot, entry: &Located<'s>, base: Option<&Base>) {
    let is_settled = match slot {
        // Kept to compare: the URL has one, which comes first.
        Slot::Host => base.is_some_and(|base| !slot.is_in(&base.database)),
        Slot::Port => base.is_some(),
        _ => base.is_some_and(|base| base.database.dbname().is_some()),
    };
    if !is_settled {
        fields.slot(slot, entry);
    }
}

/// The driver's options.
fn options<'s>(
    fields: &mut Fields<'s>,
    options: &Located<'s>,
    mut base: Option<&mut Base>,
    engine: Option<Engine>,
) {
    if !options.is_map() && !options.node.is_null() {
        return fields.fail(options.error(
            ErrorKind::InvalidValue,
            "expected the driver's options by name",
            "such as {\"ssl\": {\"rejectUnauthorized\": false}}",
        ));
    }
    fields.reserve(options);
    for option in options.entries() {
        if option.name == "ssl" {
            tls(fields, &option, base.as_deref_mut(), engine);
        } else {
            if matches!(engine, Some(Engine::Postgres | Engine::MySql)) {
                fields.idle(&option, TLS_HELP);
            }
            fields.param(option.name, &option);
        }
    }
}

/// Node's option `ssl`, in the engine's own words; whether it requests TLS.
fn tls<'s>(
    fields: &mut Fields<'s>,
    ssl: &Located<'s>,
    base: Option<&mut Base>,
    engine: Option<Engine>,
) -> bool {
    let Some(check) = Check::of(ssl, engine) else {
        if !ssl.node.is_null() {
            fields.fail(ssl.error(
                ErrorKind::InvalidValue,
                "expected `true`, `false` or an object of Node's TLS options",
                "such as {\"rejectUnauthorized\": false}, which is TLS with any certificate",
            ));
        }
        return false;
    };
    for member in ssl.entries() {
        if !["require", "rejectUnauthorized", "verifyIdentity"].contains(&member.name) {
            let name = format!("ssl.{}", member.name);
            fields.extra(name, &member);
        }
    }
    let (name, mode) = match engine {
        Some(Engine::Postgres) => ("sslmode", check.of_postgres()),
        Some(Engine::MySql) => ("ssl-mode", check.of_mysql()),
        _ => {
            fields.extra("ssl", ssl);
            return check != Check::Off;
        }
    };
    // The original looks at these options, and not at the query.
    if let Some(base) = base {
        base.yields_to(name, mode);
    }
    fields.word(name, mode, ssl.source());
    check != Check::Off
}

/// What Node's option `ssl` amounts to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Check {
    Off,
    Nothing,
    /// node-postgres checks the certificate and the host's name, mysql2 the certificate.
    Usual,
    Name,
}

impl Check {
    /// `rejectUnauthorized` alone switches the check off; `require` says nothing to either driver.
    fn of(ssl: &Located<'_>, engine: Option<Engine>) -> Option<Self> {
        let truth = |name: &str| {
            let member = ssl.get(name);
            member.and_then(|member| Some(member.node.scalar()?.kind()))
        };
        match (ssl.node.scalar().map(Scalar::kind), ssl.text()) {
            (Some(ScalarKind::Bool(false)), _) => Some(Self::Off),
            (Some(ScalarKind::Bool(true)), _) | (_, Some("true")) => Some(Self::Usual),
            (_, Some("no-verify")) if engine == Some(Engine::Postgres) => Some(Self::Nothing),
            // The name of a profile, whose authorities mysql2 knows.
            (Some(ScalarKind::Text), Some(_)) if engine == Some(Engine::MySql) => Some(Self::Usual),
            (None, _) if !ssl.is_map() => None,
            (None, _) if truth("rejectUnauthorized") == Some(ScalarKind::Bool(false)) => {
                Some(Self::Nothing)
            }
            (None, _) if truth("verifyIdentity") == Some(ScalarKind::Bool(true)) => {
                Some(Self::Name)
            }
            (None, _) => Some(Self::Usual),
            _ => None,
        }
    }

    const fn of_postgres(self) -> &'static str {
        match self {
            Self::Off => "disable",
            Self::Nothing => "require",
            Self::Usual | Self::Name => "verify-full",
        }
    }

    const fn of_mysql(self) -> &'static str {
        match self {
            Self::Off => "DISABLED",
            Self::Nothing => "REQUIRED",
            Self::Usual => "VERIFY_CA",
            Self::Name => "VERIFY_IDENTITY",
        }
    }
}
