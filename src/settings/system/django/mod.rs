//! Django's `DATABASES` as JSON or YAML, and dj-database-url's `DATABASE_URL` where there is no file.
//!
//! A file holds `DATABASES` (also below `settings`, or as `databases`), or what is in it: databases by alias, `default` where none is named. An empty text leaves a
//! part to the driver, as in Django; a host that begins with `/` is the folder of a socket. `OPTIONS` are settings of the
//! driver. Without a file `DATABASE_URL` is read as dj-database-url does, with its arguments ([`Arguments`]).
//!
//! Deliberate differences:
//! - `DATABASE_URL` unset, or set but empty, is an error; dj-database-url gives `{}`, and does not come to its default.
//! - Several hosts are taken; `ssl_require` never weakens what the URL requests, and is reported where it means nothing.

pub(super) mod arguments;

use std::collections::HashMap;

use crate::config::value::Setting;
use crate::database::Database;
use crate::document::node_ref::Located;
use crate::document::{Node, shown_key};
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::mysql;
use crate::postgres::{self, Keyword};
use crate::resolution::candidate::{Answer, Candidate};
use crate::secret::{Secret, SecretStr};
use crate::settings::file::File;
use crate::settings::section::{Base, Fields, Slot, is_switch};
use crate::settings::system::choices::choices;
use crate::settings::system::django::arguments::Arguments;
use crate::settings::system::rules::{Facts, Question, Rules, has_key, string};
use crate::source::Source;
use crate::span::Component;
use crate::sqlite::Family;
use crate::vars::is_name;
use crate::warning::{Warning, WarningCode};

const DATABASE_URL: &str = "DATABASE_URL";

/// Where programs that read their settings of Django from a file have them.
const HOLDERS: &[&[&str]] = &[&["DATABASES"], &["settings", "DATABASES"], &["databases"]];

const SLOTS: &[(&str, Slot)] = &[
    ("NAME", Slot::Database),
    ("USER", Slot::User),
    ("PASSWORD", Slot::Password),
    ("HOST", Slot::Host),
    ("PORT", Slot::Port),
];

/// Engines that backends of Django exist for, besides Postgres, MySQL and `SQLite`.
const OTHER_ENGINES: &[&str] = &[
    "mssql",
    "sqlserver",
    "ms",
    "mssqlms",
    "pyodbc",
    "azuresql",
    "oracle",
    "oraclegis",
    "ldap",
    "ldaps",
    "snowflake",
    "clickhouse",
];

/// How long the name of a Postgres database may be.
const MAX_NAME: usize = 63;

/// The names of backends other than those whose last part is the name of an engine.
const BACKENDS: &[(&str, &str)] = &[
    ("postgresql_psycopg2", "postgresql"),
    ("django_redshift_backend", "redshift"),
    ("django_cockroachdb", "cockroachdb"),
    ("psqlextra.backend", "postgresql"),
    ("mysql.connector.django", "mysql"),
    ("sql_server.pyodbc", "mssql"),
    ("mssql", "mssql"),
];

/// The rules of this system.
pub(in crate::settings) struct Django;

impl Rules for Django {
    fn facts(&self) -> Facts {
        Facts {
            about: "DATABASES of Django as JSON or YAML, and dj-database-url's DATABASE_URL",
            ..Facts::default()
        }
    }

    fn detect(&self, _file: &File, root: &Node) -> bool {
        let holds = |path: &[&str]| {
            let mut keys = path.iter();
            let databases = keys.try_fold(root, |node, key| node.get(key));
            let is_named = path.contains(&"DATABASES");
            databases.is_some_and(|node| is_named || has_key(node, &["ENGINE"]))
        };
        HOLDERS.iter().any(|path| holds(path)) || has_key(root, &["ENGINE"])
    }

    fn read(&self, url: &str, source: Source, question: &Question<'_>) -> Answer {
        of_url(url, &source, question.django)
    }

    fn candidates<'q>(&'q self, question: &'q Question<'q>) -> Result<Vec<Candidate<'q>>, Error> {
        let Some(root) = &question.root else {
            return Ok(vec![of_variable(question)?]);
        };
        let at = |path: &&[&str]| {
            let mut keys = path.iter();
            keys.try_fold(root.clone(), |value, key| value.given(key))
        };
        let databases = HOLDERS.iter().find_map(at);
        let databases = databases.unwrap_or_else(|| root.clone());
        let alias = question.connection.unwrap_or("default");
        let section = match databases.given(alias) {
            Some(section) => section,
            None if databases.get("ENGINE").is_some() => databases,
            None => return Err(no_alias(&databases, alias)),
        };
        if section.is_map() {
            let source = section.source();
            return Ok(vec![Candidate::new(source, move || of_section(&section))]);
        }
        Ok(vec![self.url(
            string(&section)?,
            section.origin(),
            question,
        )])
    }
}

fn no_alias(databases: &Located<'_>, alias: &str) -> Error {
    let sections = databases.entries().filter(Located::is_map);
    let detail = format!("there is no database `{}`", shown_key(alias));
    let help = choices(sections.map(|entry| entry.name), alias).unwrap_or_else(|| {
        "a file holds DATABASES, or databases by alias, such as `default`".to_owned()
    });
    databases.error(ErrorKind::UnknownSection, detail, help)
}

/// The engine of a backend, by the last part of its name.
fn backend(name: &str) -> Option<Scheme> {
    let known = BACKENDS
        .iter()
        .find(|(backend, _)| *backend == name || name.ends_with(&format!(".{backend}")));
    let last = name.rsplit('.').next().unwrap_or_default();
    let word = known.map_or(last, |(_, word)| word);
    Scheme::find(word).or_else(|| name.split('.').find_map(Scheme::find))
}

/// One of `DATABASES`.
fn of_section(section: &Located<'_>) -> Answer {
    let missing = |what: &str, help: &'static str| {
        Error::new(ErrorKind::MissingKey, format!("expected the key `{what}`"))
            .with_source(&section.source())
            .with_help(help)
    };
    let Some(engine) = section
        .given("ENGINE")
        .filter(|engine| engine.text() != Some(""))
    else {
        return Err(missing("ENGINE", "such as django.db.backends.postgresql"));
    };
    let row = engine.text().and_then(backend).ok_or_else(|| {
        engine.error(
            ErrorKind::UnknownScheme,
            "expected the name of a database backend",
            "such as django.db.backends.postgresql, mysql, sqlite3 or oracle",
        )
    })?;
    let mut fields = Fields::new(section.source(), Family::Python);
    for entry in section.entries() {
        match SLOTS.iter().find(|(name, _)| *name == entry.name) {
            // Nothing is not "set but empty" to Django: the part is left to the driver, but null is the database of that name.
            Some((_, Slot::Database)) if entry.node.is_null() && row.engine == Engine::Postgres => {
                fields.put(Slot::Database, "postgres", entry.source());
            }
            Some(_) if entry.text() == Some("") => {}
            Some((_, slot)) => fields.slot(*slot, &entry),
            None if entry.name == "ENGINE" => {}
            None if entry.name == "OPTIONS" => options(&mut fields, &entry, row.engine),
            None => {
                fields.idle(&entry, "write it inside of `OPTIONS`, next to `ENGINE`");
                fields.extra(entry.name, &entry);
            }
        }
    }
    fields.checked()?;
    let has_service = section
        .given("OPTIONS")
        .is_some_and(|options| options.given("service").is_some());
    let needs_name = match row.engine {
        Engine::Postgres => !has_service,
        Engine::MySql => false,
        _ => true,
    };
    let is_given = |name: Located<'_>| name.node.scalar().is_none();
    if needs_name && !fields.has(Slot::Database) && !section.given("NAME").is_some_and(is_given) {
        return Err(missing(
            "NAME",
            "Django does not connect without the database's name",
        ));
    }
    let is_long = |name: &str| row.engine == Engine::Postgres && name.len() > MAX_NAME;
    if let Some(name) = section
        .given("NAME")
        .filter(|name| name.text().is_some_and(is_long))
    {
        fields.fail(
            name.error(
                ErrorKind::InvalidValue,
                "expected a name of at most 63 bytes",
                "Postgres has no longer ones, and Django refuses them",
            )
            .of(Component::Database),
        );
    }
    fields.assemble(None, Some(row))
}

/// The driver's options; mysqlclient has those of TLS in a map of their own.
fn options<'s>(fields: &mut Fields<'s>, options: &Located<'s>, engine: Engine) {
    if !options.is_map() && !options.node.is_null() {
        fields.fail(options.error(
            ErrorKind::InvalidValue,
            "expected the driver's options by name",
            "such as {\"sslmode\": \"require\"}",
        ));
    }
    fields.reserve(options);
    for option in options.entries() {
        if engine == Engine::MySql && option.name == "ssl" && option.is_map() {
            let says = |name: &&str| option.given(name).is_some();
            if !["ca", "capath", "cert", "key", "cipher"].iter().any(says) {
                fields.warn(
                    Warning::from(WarningCode::WeakerThanRequested).about(&option.location()),
                );
            }
            for member in option.entries() {
                fields.param(format!("ssl-{}", member.name), &member);
            }
        } else {
            if option.node.scalar().is_none() && !is_switch(option.name) {
                fields.idle(
                    &option,
                    "the driver takes each setting of TLS by its own name, directly in `OPTIONS`",
                );
            }
            fields.param(option.name, &option);
        }
    }
}

/// `dj_database_url.config()`.
fn of_variable<'q>(question: &'q Question<'q>) -> Result<Candidate<'q>, Error> {
    let arguments = question.django;
    let name = arguments.env.as_deref().unwrap_or(DATABASE_URL);
    if !is_name(name) {
        return Err(
            Error::new(ErrorKind::InvalidName, "expected letters, digits and `_`")
                .with_source(&Source::Argument("env"))
                .with_help("give the name of a variable, such as DATABASE_URL, and not its value"),
        );
    }
    let candidate = Candidate::variable(question.vars, name, |text, source| {
        of_url(text.expose(), &source, arguments)
    });
    if candidate.is_set() {
        return Ok(candidate);
    }
    Err(
        Error::new(ErrorKind::NotFound, format!("{name} is not set"))
            .with_help("set it, or name the file of DATABASES with `--file`"),
    )
}

fn of_url(url: &str, source: &Source, arguments: &Arguments) -> Answer {
    let mut base = Base::read(url, source.clone(), Family::Python)?;
    has_backend(base.database.engine(), source)?;
    let mut fields = Fields::new(source.clone(), Family::Python);
    if let Some(name) = &arguments.engine {
        let engine = backend(name).map(|row| row.engine);
        if engine != Some(base.database.engine()) {
            let detail = "expected a backend of the URL's engine";
            return Err(
                Error::new(ErrorKind::WrongEngine, detail).with_source(&Source::Argument("engine"))
            );
        }
    }
    if arguments.ssl_require {
        require_tls(&mut base, &mut fields)?;
    }
    for (name, setting) in options_of(&base) {
        fields.typed(name, setting, source.clone());
    }
    schema(&mut base)?;
    for (name, setting) in &arguments.settings {
        let from = Source::Argument("arguments");
        fields.typed(*name, setting.clone(), from);
    }
    fields.assemble(Some(base), None)
}

/// Rejects what no backend of Django connects to, such as a cache.
fn has_backend(engine: Engine, source: &Source) -> Result<(), Error> {
    let is_known = match engine {
        Engine::Postgres | Engine::MySql | Engine::Sqlite => true,
        Engine::Other(name) => OTHER_ENGINES.contains(&name),
        _ => false,
    };
    if is_known {
        return Ok(());
    }
    let detail = format!("expected a database, found a URL of {engine}");
    Err(Error::new(ErrorKind::WrongEngine, detail)
        .with_source(source)
        .with_help("Django connects to Postgres, MySQL, SQLite, Oracle and SQL Server; name the variable with `--argument env=NAME`"))
}

/// The parameters that dj-database-url does not leave as texts; one that is given several times is a list.
fn options_of(base: &Base) -> Vec<(String, Setting)> {
    let mut each: Vec<(&str, Vec<SecretStr<'_>>)> = Vec::new();
    let mut by_name = HashMap::new();
    for (name, text) in base.extras() {
        let at = *by_name.entry(name).or_insert(each.len());
        match each.get_mut(at) {
            Some((_, texts)) => texts.push(text),
            None => each.push((name, vec![text])),
        }
    }
    let kept = |text: SecretStr<'_>| Setting::Text(text.to_secret());
    let list = |texts: &[SecretStr<'_>]| {
        let each = texts.iter();
        Setting::List(
            each.map(|text| typed(*text).unwrap_or_else(|| kept(*text)))
                .collect(),
        )
    };
    let setting = |(name, texts): (&str, Vec<SecretStr<'_>>)| {
        let setting = if let [text] = texts[..] {
            typed(text)?
        } else {
            list(&texts)
        };
        Some((name.to_owned(), setting))
    };
    each.into_iter().filter_map(setting).collect()
}

/// What dj-database-url makes of a parameter's text; `None` leaves it a string.
fn typed(text: SecretStr<'_>) -> Option<Setting> {
    match text.expose() {
        "true" | "True" => Some(Setting::Bool(true)),
        "false" | "False" => Some(Setting::Bool(false)),
        digits if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok().map(Setting::Integer)
        }
        _ => None,
    }
}

/// `currentSchema` of a Postgres URL is libpq's `options`.
fn schema(base: &mut Base) -> Result<(), Error> {
    const NAME: &str = "currentSchema";
    let Database::Postgres(config) = &base.database else {
        return Ok(());
    };
    let Some((_, schema)) = config.extra_pairs().find(|(name, _)| *name == NAME) else {
        return Ok(());
    };
    let given = config.get(Keyword::Options).map(SecretStr::expose);
    let given = given.filter(|given| !given.is_empty());
    let mut options = Vec::from_iter(given);
    let path = Secret::from(format!("-c search_path={}", schema.expose()));
    options.push(path.expose());
    let options = Secret::from(options.join(" "));
    let changed = config
        .clone()
        .without_extra(NAME)
        .and_then(|config| config.with(Keyword::Options, options.expose()));
    base.database = changed
        .map_err(|error| error.with_source(&base.source))?
        .into();
    Ok(())
}

/// `ssl_require`, which is no reason to request less than the URL does.
fn require_tls(base: &mut Base, fields: &mut Fields<'_>) -> Result<(), Error> {
    let from = || Source::Argument("ssl_require");
    let changed: Result<Database, Error> = match &base.database {
        Database::Postgres(config) if config.sslmode().is_none() => {
            fields.word("sslmode", "require", from());
            return Ok(());
        }
        Database::MySql(config) if config.ssl_mode().is_none() => {
            fields.word("ssl-mode", "REQUIRED", from());
            return Ok(());
        }
        Database::Postgres(config) if !config.effective_sslmode().requires_tls() => config
            .clone()
            .with_sslmode(postgres::SslMode::Require)
            .map(Into::into),
        Database::MySql(config) if !config.ssl_mode().is_some_and(mysql::SslMode::requires_tls) => {
            config
                .clone()
                .with_ssl_mode(mysql::SslMode::Required)
                .map(Into::into)
        }
        Database::Postgres(_) | Database::MySql(_) => return Ok(()),
        Database::Sqlite(_) | Database::Service(_) => {
            let message = "`ssl_require` means nothing to this engine".to_owned();
            fields.warn(Warning::new(
                WarningCode::KeyIgnored,
                message,
                "leave it out, or request TLS in the URL",
            ));
            return Ok(());
        }
    };
    base.database = changed.map_err(|error| error.with_source(&base.source))?;
    Ok(())
}
