//! What a person reads.

use std::io;

use database_url::lint::Ambient;
use database_url::postgres::{Keyword, SslMode};
use database_url::{
    Attachment, Attachments, Database, Outcome, Provenance, Resolved, Secret, Source, Vars,
    Warning, WarningCode,
};

use crate::view::Out;

/// The URL, masked unless secrets are wanted.
pub(crate) fn url(database: &Database, secrets: bool) -> Secret {
    let exposed = secrets.then(|| database.to_url().ok()).flatten();
    exposed.unwrap_or_else(|| Secret::from(database.to_string()))
}

/// The warnings, with one more for a password among the arguments.
pub(crate) fn with_argument_warning(warnings: &[Warning], in_arguments: bool) -> Vec<Warning> {
    let more = in_arguments.then(|| Warning::from(WarningCode::PasswordInArguments));
    warnings.iter().cloned().chain(more).collect()
}

/// Everything about a choice.
pub(crate) fn explanation(
    resolved: &Resolved<Database>,
    vars: &Vars,
    unused: &[String],
    ambient: &[Ambient],
    out: &mut Out,
) -> io::Result<()> {
    let url = url(resolved, out.secrets);
    out.heading(&format!("{} (from {})", url.expose(), resolved.source()))?;
    out.line("")?;
    let mut rows = rows(resolved, out.secrets);
    rows.extend(defaults(resolved, ambient));
    table(&rows, out)?;
    considered(resolved, vars, out)?;
    let unused = unused
        .iter()
        .map(|name| [name.clone(), String::new(), String::new()]);
    section("Set, but not used", &unused.collect::<Vec<_>>(), out)?;
    let ambient = ambient.iter().map(|variable| {
        let effect = match variable.name() {
            "PGHOSTADDR" if variable.applies() => {
                "TAKEN by libpq: it connects there, whatever the host"
            }
            _ if variable.applies() => "TAKEN by libpq, since the text does not say",
            _ => "ignored, since the text says",
        };
        [variable.name().to_owned(), effect.to_owned(), String::new()]
    });
    section("Set, and known to libpq", &ambient.collect::<Vec<_>>(), out)
}

type Row = [String; 3];

/// Field, value, and where it comes from.
fn rows(resolved: &Resolved<Database>, secrets: bool) -> Vec<Row> {
    let Database::Postgres(config) = resolved.value() else {
        return Vec::new();
    };
    let sources: Vec<_> = resolved.fields().collect();
    let from = |field: &str| {
        let found = sources.iter().find(|(name, _)| *name == field);
        found.map_or_else(String::new, |(_, from)| origin(from))
    };
    let mut rows = vec![[
        "engine".to_owned(),
        resolved.engine().to_string(),
        String::new(),
    ]];
    for (keyword, text) in config.keywords() {
        let field = if keyword == Keyword::Dbname {
            "database"
        } else {
            keyword.as_str()
        };
        let text = text.expose();
        let text = if secrets {
            printable(text)
        } else {
            printable(&keyword.mask(text))
        };
        rows.push([field.to_owned(), text, from(field)]);
    }
    for (name, text) in config.extras() {
        let hidden = !secrets && !config.is_harmless_extra(name);
        let text = if hidden {
            "****".to_owned()
        } else {
            printable(text.expose())
        };
        rows.push([
            printable(name),
            text,
            "no keyword of libpq; kept for other readers".to_owned(),
        ]);
    }
    rows
}

fn origin(from: &Provenance) -> String {
    match from.component() {
        Some(component) => format!("{}, {component}", from.source()),
        None => from.source().to_string(),
    }
}

/// What applies where the text says nothing, as far as it decides where and how one connects.
fn defaults(database: &Database, ambient: &[Ambient]) -> Vec<Row> {
    let Database::Postgres(config) = database else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    let mut row = |keyword: Keyword, name: &str, value: &str, why: &str| {
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
        rows.push([name.to_owned(), value.to_owned(), why]);
    };
    if config
        .hosts()
        .next()
        .is_none_or(|host| host.host().is_none() && host.hostaddr().is_none())
    {
        row(
            Keyword::Host,
            "host",
            "(none)",
            "the driver's default, for libpq a Unix socket",
        );
    }
    if config.hosts().next().is_none() || config.hosts().any(|host| host.port().is_none()) {
        row(
            Keyword::Port,
            "port",
            &config.default_port().to_string(),
            "the default",
        );
    }
    if config.dbname().is_none_or(str::is_empty) {
        row(
            Keyword::Dbname,
            "database",
            "(the user's name)",
            "the default",
        );
    }
    if config.sslmode().is_none() {
        let why = match config.effective_sslmode() {
            SslMode::Prefer => "libpq's default, which goes on WITHOUT TLS if the server has none",
            _ => "follows from sslrootcert=system",
        };
        row(
            Keyword::SslMode,
            "sslmode",
            config.effective_sslmode().as_str(),
            why,
        );
    }
    rows
}

fn considered(resolved: &Resolved<Database>, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let attachments = Attachments::of(vars);
    out.line("")?;
    out.heading("Looked at, in order")?;
    let rows: Vec<Row> = resolved
        .considered()
        .map(|(source, outcome)| {
            let note = match (source, outcome) {
                (Source::ConfigVar(var), Outcome::Shadowed) => {
                    relation(attachments.of_var(var), resolved)
                }
                _ => "",
            };
            [source.to_string(), outcome.to_string(), note.to_owned()]
        })
        .collect();
    table(&rows, out)
}

fn relation(attachment: Option<&Attachment>, used: &Database) -> &'static str {
    match attachment.and_then(Attachment::target) {
        Some(target) if *target == used.target() => "the same database",
        Some(_) => "another database",
        None => "",
    }
}

fn section(heading: &str, rows: &[Row], out: &mut Out) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.heading(heading)?;
    table(rows, out)
}

/// Columns, as wide as their widest cell.
fn table(rows: &[Row], out: &mut Out) -> io::Result<()> {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    rows.iter()
        .try_for_each(|[a, b, c]| out.line(format!("  {a:first$}  {b:second$}  {c}").trim_end()))
}

/// The list of attachments.
pub(crate) fn attachments(attachments: &Attachments, out: &mut Out) -> io::Result<()> {
    let rows: Vec<Row> = attachments
        .iter()
        .map(|attachment| {
            let what = match attachment.database() {
                Ok(database) => url(database, out.secrets).expose().to_owned(),
                Err(error) => error.kind().to_string(),
            };
            [attachment.var().to_owned(), what, notes(attachment)]
        })
        .collect();
    table(&rows, out)
}

fn notes(attachment: &Attachment) -> String {
    let mut notes = vec![attachment.role().to_string()];
    if attachment.is_promoted() {
        notes.push("promoted".to_owned());
    }
    if attachment.is_stale() {
        notes.push("STALE: another variable has another password".to_owned());
    }
    if !attachment.aliases().is_empty() {
        notes.push(format!(
            "same database as {}",
            attachment.aliases().join(", ")
        ));
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
