//! `database.yml`: a connection of the environment, by its URL, its variables and its section.

use std::rc::Rc;

use crate::config::value::Setting;
use crate::database::ParseOptions;
use crate::document::node_ref::Located;
use crate::document::{Style, shown_key};
use crate::engine::Scheme;
use crate::error::{Error, ErrorKind};
use crate::resolution::candidate::{Answer, Candidate};
use crate::secret::SecretStr;
use crate::settings::section::{Base, Fields, Slot};
use crate::settings::system::choices::choices;
use crate::settings::system::rails::idle::{idle_socket, idle_tls};
use crate::settings::system::rails::section::{
    DATABASE_URL, PRIMARY, SLOTS, Section, incomplete, sections,
};
use crate::settings::system::rules::{Question, error_at, mismatch, relational, string, warn_of};
use crate::source::Source;
use crate::sqlite::Family;
use crate::vars::is_name;
use crate::warning::{Warning, WarningCode};
/// Parameters of a URL that Active Record makes truth values of.
const TRUTHS: &[&str] = &["replica", "database_tasks", "seeds", "use_metadata_table"];

/// A URL in the section, then the connection's variables, then the section by itself.
pub(super) fn database<'q>(question: &'q Question<'q>) -> Result<Vec<Candidate<'q>>, Error> {
    let environment = question.environment.unwrap_or_default();
    let root = question.root.as_ref();
    if let Some(error) = root.and_then(|root| root.node.unknown()) {
        return Err(error.clone());
    }
    if let Some(root) = root.filter(|root| !root.is_map() && !root.node.is_null()) {
        let detail = "expected a section for each environment";
        let help = "such as `production:`, with `url` or `adapter` below it";
        return Err(root.error(ErrorKind::InvalidValue, detail, help));
    }
    let own = root
        .and_then(|root| root.given(environment))
        .filter(|_| environment != "shared");
    let shared = root.and_then(|root| root.given("shared"));
    let connection = Rc::new(Connection::named(own, shared, question)?);

    let mut candidates = Vec::new();
    let written = written_url(&connection.section)?;
    let is_written = written.is_some();
    if let Some((text, source)) = written {
        let (own, connection) = (source.clone(), Rc::clone(&connection));
        candidates.push(Candidate::new(source, move || {
            connection.answer(Some(read(text, own)?), true)
        }));
    }
    let variables = connection.variables();
    candidates.extend(variables.iter().map(|variable| {
        let connection = Rc::clone(&connection);
        Candidate::variable(question.vars, variable, move |text, source| {
            connection.answer(Some(read(text.expose(), source)?), false)
        })
    }));
    let location = connection.section.layers().next().map(Located::source);
    match location {
        // A URL in the section is the section's own.
        Some(location) if is_written => candidates.push(Candidate::part(location)),
        Some(location) => {
            candidates.push(Candidate::new(location, move || {
                connection.answer(None, false)
            }));
        }
        None if candidates.iter().any(Candidate::is_set) => {}
        None => return Err(nothing(question, environment, &variables)),
    }
    Ok(candidates)
}

/// The connection that is meant.
struct Connection<'q> {
    name: String,
    section: Section<'q>,
    /// The names of all.
    names: Vec<String>,
    question: &'q Question<'q>,
}

impl<'q> Connection<'q> {
    /// The one that is named, else the first of several, else the section itself.
    fn named(
        own: Option<Located<'q>>,
        shared: Option<Located<'q>>,
        question: &'q Question<'q>,
    ) -> Result<Self, Error> {
        let is_several = |section: &Located<'_>| {
            section.is_map()
                && section.entries().next().is_some()
                && section.entries().all(|entry| entry.is_map())
        };
        let Some(several) = own.clone().filter(is_several) else {
            let name = question.connection.unwrap_or(PRIMARY);
            if name != PRIMARY {
                return Err(no_connection(own.as_ref(), name));
            }
            let shared = shared.filter(|_| own.is_some());
            return Ok(Self {
                name: name.to_owned(),
                section: Section { own, shared },
                names: vec![PRIMARY.to_owned()],
                question,
            });
        };
        let names: Vec<_> = several
            .entries()
            .map(|entry| entry.name.to_owned())
            .collect();
        let name = match question.connection {
            Some(name) => name.to_owned(),
            None => names.first().cloned().unwrap_or_default(),
        };
        let own = several.get(&name);
        if own.is_none() {
            return Err(no_connection(Some(&several), &name));
        }
        let shared = shared.and_then(|shared| {
            if is_several(&shared) {
                shared.get(&name)
            } else {
                Some(shared)
            }
        });
        Ok(Self {
            name,
            section: Section { own, shared },
            names,
            question,
        })
    }

    /// The variables that give it, in order.
    fn variables(&self) -> Vec<String> {
        let own = is_name(&self.name).then(|| format!("{}_DATABASE_URL", self.name.to_uppercase()));
        let primary = (self.name == PRIMARY).then(|| DATABASE_URL.to_owned());
        own.into_iter().chain(primary).collect()
    }

    /// The section, on top of which a URL is laid, or which has one itself.
    fn answer(&self, base: Option<Base>, is_written: bool) -> Answer {
        let question = self.question;
        let mut warnings = Vec::from_iter(self.ignored(base.as_ref(), is_written));
        if let Some(own) = self.section.layers().next() {
            warnings.extend(question.unset_below(own).map(warn_of));
        }
        if question.environment == Some("test") && !is_written {
            warnings.extend(base.as_ref().map(on_test_data));
        }
        let mut resolved = merged(question, &self.section, base)?;
        resolved.warnings.splice(0..0, warnings);
        Ok(resolved)
    }

    /// `DATABASE_URL`, set, but without effect.
    fn ignored(&self, base: Option<&Base>, is_written: bool) -> Option<Warning> {
        let is_used = base.is_some_and(|base| base.source.name() == Some(DATABASE_URL));
        if is_used || !self.question.vars.is_set(DATABASE_URL) {
            return None;
        }
        let (message, help) = if is_written {
            (
                "DATABASE_URL is set, but the section has a URL, which comes first",
                "write `url: <%= ENV[\"DATABASE_URL\"] %>`, or leave `url` out",
            )
        } else if self.name == PRIMARY {
            (
                "DATABASE_URL is set, but PRIMARY_DATABASE_URL comes first",
                "unset one of the two",
            )
        } else if self.names.iter().any(|name| name == PRIMARY) {
            return None;
        } else {
            (
                "DATABASE_URL is set, but applies to a database called `primary` only, and there is none",
                "call the first database `primary`, or set <NAME>_DATABASE_URL",
            )
        };
        Some(Warning::new(
            WarningCode::VariableIgnored,
            message.to_owned(),
            help,
        ))
    }
}

fn no_connection(section: Option<&Located<'_>>, name: &str) -> Error {
    let detail = format!(
        "there is no database `{}` in the environment",
        shown_key(name)
    );
    let entries = section.into_iter().flat_map(Located::entries);
    let maps = entries.filter(Located::is_map);
    let help = choices(maps.map(|entry| entry.name), name)
        .unwrap_or_else(|| "it has one, called primary".to_owned());
    match section {
        Some(section) => section.error(ErrorKind::UnknownSection, detail, help),
        None => Error::new(ErrorKind::NotFound, detail).with_help(
            "without a section a variable makes the database called primary, and no other",
        ),
    }
}

/// A URL as Active Record reads one: spaces alone are not given, and a query comes before the rest of the URL.
pub(super) fn read(url: &str, source: Source) -> Result<Base, Error> {
    // `username` and `database` of the query are promoted below.
    let options = ParseOptions::new().keep_foreign();
    let mut base = Base::read_with(options, url, source, Family::Rails)?;
    base.drop_spaces();
    base.promote(&[("username", Slot::User), ("database", Slot::Database)])?;
    relational(base)
}

/// The URL that is in the file, unless it is null, and where it came from.
fn written_url<'s>(section: &Section<'s>) -> Result<Option<(&'s str, Source)>, Error> {
    if let Some(own) = section.own.as_ref().filter(|own| !own.is_map()) {
        let text = string(own).map_err(|error| error.with_help("a section is a map, or a URL"))?;
        return Ok(Some((text, own.origin())));
    }
    let url = section.get("url").filter(|url| !url.node.is_null());
    let url = url.map(|url| Ok((string(&url)?, url.origin())));
    url.transpose()
}

/// The section, or what a URL leaves open of it.
fn merged(question: &Question<'_>, section: &Section<'_>, base: Option<Base>) -> Answer {
    let location = section.layers().next();
    let source = match (location, &base) {
        (Some(location), _) => location.source(),
        (None, Some(base)) => base.source.clone(),
        (None, None) => Source::Default,
    };
    let mut fields = Fields::new(source, Family::Rails);
    let mut engine = None;
    let has_username = section
        .get("username")
        .is_some_and(|name| !name.node.is_null());
    let named = section
        .get("adapter")
        .and_then(|entry| adapter(&entry).ok());
    let named = named.map(|row| row.engine);
    let meant = base.as_ref().map(|base| base.database.engine()).or(named);
    for entry in section.entries() {
        match SLOTS.iter().find(|(name, _)| *name == entry.name) {
            // Active Record's own word comes before the driver's.
            Some(_) if entry.name == "user" && has_username => {}
            Some((_, Slot::Socket)) => match idle_socket(section, meant, &entry) {
                None => fields.slot(Slot::Socket, &entry),
                idle => fields.warn_if(idle),
            },
            Some((_, slot)) => fields.slot(*slot, &entry),
            None if entry.name == "url" => {}
            None if entry.name == "adapter" && entry.node.is_null() => {}
            None if entry.name == "adapter" => engine = Some((adapter(&entry)?, entry)),
            None => match symbol(&entry) {
                Some(word) => fields.word(entry.name, word, entry.origin()),
                None => fields.param(entry.name, &entry),
            },
        }
    }
    let found = base.as_ref().map(|base| base.database.engine());
    let found = found.or(engine.as_ref().map(|(row, _)| row.engine));
    idle_tls(&mut fields, section, found);
    fields.checked()?;
    if let (Some(base), Some((row, entry))) = (&base, &engine) {
        fields.warn_if(mismatch(base, *row, entry));
    }
    if base.is_none() && engine.is_none() {
        if let Some(own) = location {
            return Err(incomplete(question, own, "adapter"));
        }
    }
    // A URL that gave nothing, with nothing next to it to connect to: the add-on is missing.
    let is_bare = [Slot::Host, Slot::Database, Slot::Socket]
        .iter()
        .all(|slot| !fields.has(*slot));
    if let (None, true, Some(_), Some(own)) = (&base, is_bare, section.get("url"), location) {
        return Err(incomplete(question, own, "database"));
    }
    if let Some(base) = &base {
        for (name, text) in base.extras() {
            if let Some(setting) = typed(name, text) {
                fields.typed(name.to_owned(), setting, base.source.clone());
            }
        }
    }
    fields.assemble(base, engine.map(|(row, _)| row))
}

/// A symbol of Ruby, such as the `:verify_identity` of `ssl_mode`.
fn symbol<'s>(entry: &Located<'s>) -> Option<&'s str> {
    let scalar = entry
        .node
        .scalar()
        .filter(|scalar| scalar.style == Style::Plain)?;
    let word = scalar.text.expose().strip_prefix(':')?;
    is_name(word).then_some(word)
}

/// What Active Record makes of a URL's parameter; `None` leaves it a string.
fn typed(name: &str, text: SecretStr<'_>) -> Option<Setting> {
    let text = text.expose();
    match name {
        name if TRUTHS.contains(&name) => Some(Setting::Bool(!matches!(
            text,
            "" | "0" | "f" | "F" | "false" | "FALSE" | "off" | "OFF"
        ))),
        "query_cache" => match text {
            "false" => Some(Setting::Bool(false)),
            text => text.parse().ok().map(Setting::Integer),
        },
        "schema_dump" if text == "false" => Some(Setting::Bool(false)),
        _ => None,
    }
}

/// The engine that an `adapter` names.
fn adapter(entry: &Located<'_>) -> Result<Scheme, Error> {
    if let Some(error) = entry.node.unknown() {
        return Err(error.clone());
    }
    let word = entry.text().map(|word| word.replace('_', "-"));
    let word = word.as_deref();
    let base = word.map(|word| word.strip_prefix("jdbc").unwrap_or(word));
    let base = base.map(|word| word.strip_suffix("-enhanced").unwrap_or(word));
    let found = base.and_then(Scheme::find);
    found.ok_or_else(|| {
        let detail = "expected the name of an adapter";
        let help = "such as postgresql, mysql2, trilogy or sqlite3";
        entry.error(ErrorKind::UnknownScheme, detail, help)
    })
}

fn on_test_data(base: &Base) -> Warning {
    let message = format!(
        "the environment `test` uses the database of {}, as other environments do; its tasks delete what is there",
        base.source
    );
    Warning::new(
        WarningCode::SameDatabase,
        message,
        "unset it where tests run (rails#21441)",
    )
}

fn nothing(question: &Question<'_>, environment: &str, variables: &[String]) -> Error {
    let variables = variables.join(" nor ");
    let detail = match &question.root {
        None => format!("there is no config/database.yml, and neither {variables} is set"),
        Some(_) => format!(
            "there is no section `{}`, and neither {variables} is set",
            shown_key(environment)
        ),
    };
    let add = "set DATABASE_URL, or add the section";
    let help = sections(question, environment, add);
    error_at(question.root.as_ref(), ErrorKind::NotFound, detail, help)
}
