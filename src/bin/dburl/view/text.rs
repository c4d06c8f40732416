//! What a person reads.

use std::collections::HashSet;
use std::io;

use database_url::diagnose::Ambient;
use database_url::postgres::{self, Keyword, SslMode};
use database_url::settings::VariableUse;
use database_url::{
    Attachment, Attachments, Component, Database, Outcome, Provenance, Resolved, Secret, Vars,
    Warning, WarningCode, mysql,
};

use crate::view::config::{fields, of_extra};
use crate::view::table::Row;
use crate::view::{Out, completed, hosts, json, origin, table, wrap};

/// The URL, masked unless secrets are wanted.
pub(crate) fn url(database: &Database, secrets: bool) -> Secret {
    // What no URL can say is a network of a Go DSN.
    let dsn = || match database {
        Database::MySql(config) => config.to_go_dsn().ok(),
        _ => None,
    };
    let exposed = secrets
        .then(|| database.to_url().ok().or_else(dsn))
        .flatten();
    exposed.unwrap_or_else(|| Secret::from(database.to_string()))
}

/// The warnings, with one more for a password among the arguments.
pub(crate) fn with_argument_warning(
    mut warnings: Vec<Warning>,
    in_arguments: bool,
) -> Vec<Warning> {
    warnings.extend(in_arguments.then(|| Warning::from(WarningCode::PasswordInArguments)));
    warnings
}

/// Everything about a choice.
pub(crate) fn explanation(
    resolved: &Resolved<Database>,
    vars: &Vars,
    attachments: &Attachments,
    unused: &[String],
    ambient: &[Ambient],
    out: &mut Out,
) -> io::Result<()> {
    let url = url(resolved.value(), out.secrets);
    let from = origin::named(resolved.source(), vars);
    let heading = format!("{} (from {from})", url.expose());
    if wrap::width(&heading) <= wrap::TERMINAL {
        out.heading(&heading)?;
    } else {
        out.heading(url.expose())?;
        out.sentence(2, &format!("(from {from})"))?;
    }
    out.line("")?;
    let mut rows = rows(resolved, ambient, out.secrets);
    if !resolved.is_complete() {
        rows.extend(defaults(resolved.value(), ambient));
    }
    table::print(&rows, out)?;
    completed::print(resolved, out)?;
    considered(resolved, vars, attachments, out)?;
    let unused = unused.iter();
    let unused = unused.map(|name| [name.clone(), String::new(), String::new()]);
    table::section("Set, but not used", unused, out)?;
    if resolved.is_complete() {
        return Ok(());
    }
    let client = match resolved.value() {
        Database::MySql(_) => "libmysqlclient",
        _ => "libpq",
    };
    let ambient = ambient.iter().map(|variable| {
        let effect = match variable.name() {
            "PGHOSTADDR" if variable.applies() => {
                "USED by libpq: it connects there, whatever the host".to_owned()
            }
            _ if variable.applies() => format!("USED by {client}: the string does not set it"),
            _ => "ignored: the string sets it".to_owned(),
        };
        [variable.name().to_owned(), effect, String::new()]
    });
    table::section(&format!("Set, and known to {client}"), ambient, out)
}

/// Field, value, and where it comes from.
fn rows(resolved: &Resolved<Database>, ambient: &[Ambient], secrets: bool) -> Vec<Row> {
    let sources: Vec<_> = resolved.fields().collect();
    let from = |field: &str| {
        let found = sources.iter().find(|(name, _)| *name == field);
        found.map_or_else(String::new, |(_, from)| reported(from))
    };
    let mut rows = vec![[
        "engine".to_owned(),
        resolved.value().engine().to_string(),
        String::new(),
    ]];
    let mut hosts = hosts::rows(resolved.value(), secrets, ambient, from);
    for (name, text) in fields(resolved.value(), secrets) {
        let field = field_of(name);
        if hosts::is_of_hosts(field) {
            rows.extend(hosts.drain(..).map(|row| row.map(|cell| printable(&cell))));
        } else {
            rows.push([field.to_owned(), printable(&text), from(field)]);
        }
    }
    let why = match resolved.value() {
        Database::Postgres(_) | Database::MySql(_) => {
            "not known here; kept for other readers".to_owned()
        }
        // Nothing of their queries is translated.
        _ => format!("{}, {}", resolved.source(), Component::Query),
    };
    let settings = json::settings(resolved, secrets).zip(resolved.extra_fields());
    for ((name, setting), (_, from)) in settings {
        let text = json::setting(&setting);
        let text = text
            .as_str()
            .map_or_else(|| text.to_string(), str::to_owned);
        rows.push([printable(name), printable(&text), reported(from)]);
    }
    let of_file: HashSet<_> = resolved.extras().map(|(name, _)| name).collect();
    let others = resolved.value().extras();
    let others = others.map(|extra| of_extra(extra, secrets));
    for (name, text) in others.filter(|(name, _)| !of_file.contains(name)) {
        rows.push([printable(name), printable(text), why.clone()]);
    }
    rows
}

/// The name of a field in JSON.
fn field_of(name: &str) -> &str {
    if name == "dbname" { "database" } else { name }
}

fn reported(from: &Provenance) -> String {
    match from.component() {
        Some(component) => format!("{}, {component}", from.source()),
        None => from.source().to_string(),
    }
}

/// What applies where the text says nothing, as far as it decides where and how one connects.
fn defaults(database: &Database, ambient: &[Ambient]) -> Vec<Row> {
    match database {
        Database::Postgres(config) => defaults_of_libpq(config, ambient),
        Database::MySql(config) => defaults_of_mysql(config),
        _ => Vec::new(),
    }
}

fn defaults_of_mysql(config: &mysql::Config) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = |name: &str, value: &str, why: &str| {
        let why = format!("not given: {why}");
        rows.push([name.to_owned(), value.to_owned(), why]);
    };
    let nowhere = config.socket().is_none() && config.net().is_none();
    if nowhere && config.hosts().all(|host| host.host().is_none()) {
        let why = "the driver's default, localhost or a socket";
        row("host", "(none)", why);
    }
    if nowhere && config.hosts().next().is_none() {
        row("port", &config.default_port().to_string(), "the default");
    }
    if config.dbname().is_none_or(str::is_empty) {
        row("database", "(none)", "no database is selected");
    }
    if config.ssl_mode().is_none() && config.socket().is_none() {
        let why =
            "most drivers then connect WITHOUT TLS, or go on without it if the server has none";
        row("ssl_mode", "(none)", why);
    }
    rows
}

fn defaults_of_libpq(config: &postgres::Config, ambient: &[Ambient]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = |keyword: Keyword, value: &str, why: &str| {
        let also = [
            keyword.env(),
            (keyword == Keyword::SslMode).then_some("PGREQUIRESSL"),
        ];
        let taken = ambient
            .iter()
            .find(|variable| variable.applies() && also.contains(&Some(variable.name())));
        let why = match taken {
            Some(variable) => format!("not given: {why}, but libpq takes {}", variable.name()),
            None => format!("not given: {why}"),
        };
        rows.push([field_of(keyword.as_str()).to_owned(), value.to_owned(), why]);
    };
    let first = config.hosts().next();
    if first.is_none_or(|host| host.host().is_none() && host.hostaddr().is_none()) {
        let why = match config.get(Keyword::Service) {
            Some(_) => "the service file may give it",
            None => "the driver's default, for libpq a Unix socket",
        };
        row(Keyword::Host, "(none)", why);
    }
    if first.is_none() {
        let port = config.default_port().to_string();
        row(Keyword::Port, &port, "the default");
    }
    if config.dbname().is_none_or(str::is_empty) {
        row(Keyword::Dbname, "(the user's name)", "the default");
    }
    if config.sslmode().is_none() {
        let mode = config.effective_sslmode();
        let why = match mode {
            SslMode::Prefer => "libpq's default, which goes on WITHOUT TLS if the server has none",
            _ => "follows from sslrootcert=system",
        };
        row(Keyword::SslMode, mode.as_str(), why);
    }
    rows
}

fn considered(
    resolved: &Resolved<Database>,
    vars: &Vars,
    attachments: &Attachments,
    out: &mut Out,
) -> io::Result<()> {
    out.line("")?;
    out.heading("Looked at, in order")?;
    let rows: Vec<Row> = resolved
        .considered()
        .map(|(source, outcome)| {
            let note = match outcome {
                Outcome::Shadowed => relation(attachments.of_source(source), resolved),
                _ => "",
            };
            let source = origin::named(source, vars);
            [source, outcome.to_string(), note.to_owned()]
        })
        .collect();
    table::print(&rows, out)
}

fn relation(attachment: Option<&Attachment>, used: &Resolved<Database>) -> &'static str {
    match attachment {
        Some(one) if one.is_database_of(used.source(), used.value()) => "the same database",
        Some(one) if one.target().is_some() => "another database",
        _ => "",
    }
}

/// The variables of a settings file, and what each is at present.
pub(crate) fn variable_uses(uses: &[VariableUse], vars: &Vars, out: &mut Out) -> io::Result<()> {
    let rows: Vec<Row> = uses
        .iter()
        .map(|one| {
            let need = match (one.is_required(), one.has_default()) {
                (true, _) => "required",
                (false, true) => "has a default",
                (false, false) => "optional",
            };
            let need = format!("{need}, {}", json::state(one.name(), vars));
            [one.name().to_owned(), need, one.location().to_string()]
        })
        .collect();
    table::print(&rows, out)
}

/// The list of attachments.
pub(crate) fn attachments(attachments: &Attachments, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let rows: Vec<Row> = attachments
        .iter()
        .map(|attachment| {
            let what = match attachment.database() {
                Ok(database) => url(database, out.secrets).expose().to_owned(),
                Err(error) => error.kind().to_string(),
            };
            let source = origin::named(attachment.source(), vars);
            [source, what, notes(attachment)]
        })
        .collect();
    if table::fits(&rows) {
        return table::print(&rows, out);
    }
    // A name and a URL do not fit a line together: each has its own.
    rows.iter().try_for_each(|[name, url, notes]| {
        out.line(&format!("  {name}\n    {url}"))?;
        out.sentence(4, notes)
    })
}

/// How many other names of one database a line of `list` shows.
const MAX_ALIASES: usize = 8;

fn notes(attachment: &Attachment) -> String {
    let mut notes = vec![attachment.role().to_string()];
    if attachment.is_promoted() {
        notes.push("promoted".to_owned());
    }
    if attachment.is_stale() {
        notes.push("STALE: another variable has another password".to_owned());
    }
    let mut aliases = attachment.aliases();
    let shown: Vec<_> = aliases.by_ref().take(MAX_ALIASES).collect();
    if !shown.is_empty() {
        let rest = match aliases.count() {
            0 => String::new(),
            rest => format!(" and {rest} more"),
        };
        notes.push(format!("same database as {}{rest}", shown.join(", ")));
    }
    notes.join("; ")
}

/// Control characters could speak to the terminal, and marks of direction change what is read.
fn printable(text: &str) -> String {
    let marks = [
        '\u{200e}'..='\u{200f}',
        '\u{202a}'..='\u{202e}',
        '\u{2066}'..='\u{2069}',
    ];
    let speaks = |character: char| {
        character.is_control() || marks.iter().any(|range| range.contains(&character))
    };
    let mut printed = String::with_capacity(text.len());
    for character in text.chars() {
        if speaks(character) {
            printed.extend(character.escape_unicode());
        } else {
            printed.push(character);
        }
    }
    printed
}
