//! What is around the database: other variables, files and environments.

#[cfg(any(feature = "json", feature = "yaml"))]
use crate::attachment::PRIMARY;
use crate::attachment::{Attachment, Attachments};
use crate::database::Database;
use crate::diagnose::connection::connected;
use crate::diagnose::guard::is_this_machine;
use crate::diagnose::{Code, Finding, Severity};
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::document::shown_key;
use crate::resolution::Resolved;
use crate::secret::SecretStr;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::settings::Settings;
use crate::source::Source;
use crate::vars::Vars;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::warning::{Warning, WarningCode};

/// Variables that name the environment of a process.
const ENVIRONMENTS: &[&str] = &[
    "RAILS_ENV",
    "RACK_ENV",
    "NODE_ENV",
    "APP_ENV",
    "DJANGO_ENV",
    "FLASK_ENV",
];

/// The environment that a process is in, as its framework has it.
pub(super) fn environment(vars: &Vars) -> Option<String> {
    let value = |name: &&str| vars.get(name).ok().flatten().map(SecretStr::expose);
    let set = ENVIRONMENTS.iter().find_map(value);
    set.map(str::to_owned)
}

fn is_production(environment: Option<&str>) -> bool {
    environment.is_some_and(|name| {
        ["production", "prod"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    })
}

/// Whether every server is this machine, and named.
fn is_local(database: &Database) -> bool {
    let mut hosts = database.hosts().peekable();
    hosts.peek().is_some() && hosts.all(|host| connected(&host).is_some_and(is_this_machine))
}

pub(super) fn localhost(
    resolved: &Resolved<Database>,
    environment: Option<&str>,
) -> Option<Finding> {
    if !is_production(environment) || !is_local(resolved.value()) {
        return None;
    }
    let message = "the environment is production, and the database is on this machine";
    let help = "set the host of the production database; in a container localhost is the container";
    Some(Finding::new(Code::LocalhostInProduction, message, help).at(resolved, "host"))
}

/// Old copies, and databases that nothing uses.
pub(super) fn attachments(
    resolved: &Resolved<Database>,
    attachments: &Attachments,
) -> Vec<Finding> {
    let stale = attachments
        .iter()
        .filter(|attachment| attachment.is_stale())
        .map(|attachment| {
            let message = format!(
                "{} holds an old password of a database that another variable has, too",
                attachment.source()
            );
            let help = "copy the value of the variable that the platform maintains, or unset it";
            Finding::new(Code::StaleAttachment, message, help).caused_by(attachment.source())
        });
    let unused = unused_attachments(attachments, resolved).map(|attachment| {
        let message = format!(
            "{} holds a database that is not used here",
            attachment.source()
        );
        let help = "detach it, if nothing else uses it";
        Finding::new(Code::UnusedVariable, message, help).caused_by(attachment.source())
    });
    stale.chain(unused).collect()
}

/// Variables that drivers read where the config leaves something open.
pub(super) fn ambient(resolved: &Resolved<Database>, vars: &Vars) -> Vec<Finding> {
    let ambient = ambient_variables(vars, resolved.value()).into_iter();
    // What the resolver chose, or the client added, is from these on purpose.
    let ambient = ambient.filter(|variable| variable.applies() && !resolved.is_complete());
    let finding = |variable: Ambient| {
        let name = variable.name();
        let source = Source::ConfigVar(name.to_owned());
        let message = format!("{name} is set, and drivers on the client library read it, too");
        let help = "unset it, or write what it says in the connection string";
        let finding = Finding::new(Code::AmbientVariable, message, help).caused_by(&source);
        match name {
            "PGHOST" | "PGHOSTADDR" | "PGSERVICE" | "MYSQL_HOST" => {
                finding.severity_is(Severity::Warning)
            }
            _ => finding,
        }
    };
    ambient.map(finding).collect()
}

/// A password that is in a settings file itself, and files with one that everyone can read.
pub(super) fn secrets_in_files(resolved: &Resolved<Database>, vars: &Vars) -> Vec<Finding> {
    let Some(source) = source_of_password(resolved) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    if source.file().is_some() {
        findings.push(literal_secret(&source, resolved.value()));
    }
    let origin = source.name().and_then(|name| vars.origin(name)).cloned();
    let file = Some(source)
        .filter(|source| source.file().is_some())
        .or(origin);
    findings.extend(file.as_ref().and_then(world_readable));
    findings
}

fn source_of_password(resolved: &Resolved<Database>) -> Option<Source> {
    resolved
        .value()
        .password()
        .filter(|password| !password.is_empty())?;
    let mut fields = resolved.fields();
    let found = fields.find(|(name, _)| *name == "password");
    Some(found.map_or_else(
        || resolved.source().clone(),
        |(_, from)| from.source().clone(),
    ))
}

fn literal_secret(source: &Source, database: &Database) -> Finding {
    let message = "the password is in the settings file itself";
    let help = "put it into a variable, and refer to the variable in the file";
    let finding = Finding::new(Code::LiteralSecret, message, help).caused_by(source);
    let is_local = database
        .hosts()
        .all(|host| connected(&host).is_none_or(is_this_machine));
    if is_local {
        finding.severity_is(Severity::Note)
    } else {
        finding
    }
}

#[cfg(unix)]
fn world_readable(source: &Source) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt;

    let path = source.file()?.path();
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    if mode & 0o004 == 0 {
        return None;
    }
    let message = "the file holds a password, and every user of this machine can read it";
    Some(
        Finding::new(
            Code::WorldReadableFile,
            message,
            "make it private: `chmod o-r FILE`",
        )
        .caused_by(source),
    )
}

#[cfg(not(unix))]
const fn world_readable(_: &Source) -> Option<Finding> {
    None
}

/// The other environments of the file: secrets in them, and those that use production's database.
#[cfg(any(feature = "json", feature = "yaml"))]
pub(super) fn others(
    resolved: &Resolved<Database>,
    settings: &Settings,
    vars: &Vars,
    environment: Option<&str>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for twin in twins(settings, vars, resolved) {
        if twin.shares_variable {
            continue;
        }
        let is_of_production = is_production(Some(&twin.name)) || is_production(environment);
        let finding = if is_of_production {
            let message = format!(
                "the environments `{}` and `{}` use the database of production",
                shown_key(environment.unwrap_or_default()),
                shown_key(&twin.name)
            );
            let help = "give each a database of its own";
            Finding::new(Code::ProductionDatabase, message, help)
        } else {
            Finding::from(&twin.warning)
        };
        findings.push(finding.caused_by(&twin.source));
    }
    for (_, other) in settings.resolve_others(vars) {
        let source = source_of_password(&other).filter(|source| source.file().is_some());
        findings.extend(source.map(|source| literal_secret(&source, other.value())));
    }
    findings
}

/// A variable that is set, and that a driver of the engine reads by itself: `PGHOST`, `PGSSLMODE` and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ambient {
    name: &'static str,
    applies: bool,
}

impl Ambient {
    /// The variable's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the config leaves open what the variable says, so that libpq or libmysqlclient takes it. Other drivers
    /// may not.
    #[must_use]
    pub const fn applies(&self) -> bool {
        self.applies
    }
}

/// The ambient variables that are set.
pub(super) fn ambient_variables(vars: &Vars, database: &Database) -> Vec<Ambient> {
    let known = database
        .ambient()
        .into_iter()
        .filter(|(name, _)| vars.is_set(name));
    known
        .map(|(name, applies)| Ambient { name, applies })
        .collect()
}

/// An environment that uses the same database as the chosen one.
#[cfg(any(feature = "json", feature = "yaml"))]
pub(super) struct Twin {
    pub(super) name: String,
    pub(super) source: Source,
    /// Whether both read one variable, which may have another value in each.
    pub(super) shares_variable: bool,
    pub(super) warning: Warning,
}

#[cfg(any(feature = "json", feature = "yaml"))]
pub(super) fn twins(settings: &Settings, vars: &Vars, used: &Resolved<Database>) -> Vec<Twin> {
    let is_memory = matches!(used.value(), Database::Sqlite(config) if config.is_memory());
    let is_of_file = |source: &Source| {
        let is_ambient = settings.reads_database_url()
            && source.name().is_some_and(|name| name.ends_with(PRIMARY));
        !is_ambient
    };
    let chosen = settings.chosen_environment(vars);
    let others = settings.resolve_others(vars).into_iter();
    let others = others.filter(|(_, other)| {
        !is_memory && is_of_file(other.source()) && other.value().target() == used.value().target()
    });
    let twin = |(name, other): (String, Resolved<Database>)| {
        let message = format!(
            "the environments `{}` and `{}` use the same database",
            shown_key(chosen.as_deref().unwrap_or_default()),
            shown_key(&name)
        );
        let shared = other
            .source()
            .name()
            .filter(|_| used.source() == other.source());
        let help = match shared {
            Some(variable) => {
                format!("both read {variable}: fine only where each runs with variables of its own")
            }
            None => "give each a database of its own".to_owned(),
        };
        Twin {
            shares_variable: shared.is_some(),
            source: other.source().clone(),
            warning: Warning::new(WarningCode::SameDatabase, message, help),
            name,
        }
    };
    others.map(twin).collect()
}

/// The variables of databases that nothing reads: they hold another database than the one used, or none at all. Caches,
/// queues and the like are not among them, unless one of their engine is used: a program has a use for each of them.
pub(super) fn unused_attachments<'a>(
    attachments: &'a Attachments,
    used: &Resolved<Database>,
) -> impl Iterator<Item = &'a Attachment> {
    let is_of_engine = |other: &Attachment| {
        other
            .database()
            .is_ok_and(|other| other.engine() == used.value().engine())
    };
    attachments
        .iter()
        .filter(move |other| other.is_data_store() || is_of_engine(other))
        .filter(move |other| !other.is_database_of(used.source(), used.value()))
}
