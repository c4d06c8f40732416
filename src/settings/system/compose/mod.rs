//! Docker Compose: the database of a service, by the variables that the service is given.
//!
//! `--name` names the service. Its variables are those of `env_file`, the later file over the earlier one, below those of
//! `environment` (a map, or a list of `NAME=value`); one without a value is that of the process or of `.env`. What they mean
//! is decided as for the variables of any process. `extends` adds, below both, those of a service of the same file, or of another
//! one, whose paths are relative to its own folder. Templates see the process first, then the `.env` file of the folder.
//!
//! A service of an image of Postgres, MySQL or MariaDB is the server: `POSTGRES_DB` and the like are its own, and its host is
//! the service's name, as other services reach it.
//!
//! Without `--name` the services have to agree: one database is meant, or the services are listed. Relational databases
//! come before others, and what a program is given before what a server is. Services of a profile that `COMPOSE_PROFILES` does
//! not name are left out.
//!
//! Deliberate differences:
//! - What another service lacks (`${X:?}`) is no error of this one.
//! - A database without a host is an error: in a container localhost is the container itself.
//! - An override file counts where the file is the one that Compose finds by itself, or where `COMPOSE_FILE` names both; a
//!   file of another name is read alone, as with `docker compose --file`. Included files of another machine are an error.

mod given;
mod project;

use std::borrow::Cow;
use std::path::Path;

use crate::database::Database;
use crate::document::node_ref::Located;
use crate::document::{Node, shown_key};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::resolution::Resolved;
use crate::resolution::candidate::{Answer, Candidate};
use crate::secret::{Secret, SecretStr};
use crate::settings::file::File;
use crate::settings::system::compose::given::{listed, location_of, no_service};
use crate::settings::system::compose::project::{DEFAULT_FILES, Project};
use crate::settings::system::rules::{Facts, Question, Rules, warn_of};
use crate::source::Source;
use crate::template::Syntax;
use crate::vars::Vars;

/// The rules of this system.
pub(in crate::settings) struct Compose;

impl Rules for Compose {
    fn facts(&self) -> Facts {
        Facts {
            about: "A service of Docker Compose, named by --name; environment, env_file and .env",
            default_files: DEFAULT_FILES,
            syntax: Some(Syntax::Compose),
            ..Facts::default()
        }
    }

    fn is_named(&self, file: &File) -> bool {
        let stem = file.name().split('.').next().unwrap_or_default();
        file.is_yaml() && ["compose", "docker-compose"].contains(&stem)
    }

    fn detect(&self, _file: &File, root: &Node) -> bool {
        let keys = ["image", "build", "env_file", "depends_on", "extends"];
        let services = root.get("services").and_then(Node::entries);
        let mut services = services.unwrap_or_default().iter();
        services.any(|service| keys.iter().any(|key| service.node.get(key).is_some()))
    }

    fn is_lenient(&self, _name: &str) -> bool {
        true
    }

    fn variables<'v>(&self, folder: Option<&Path>, vars: &'v Vars) -> Result<Cow<'v, Vars>, Error> {
        let file = folder.map(|folder| folder.join(".env"));
        match file.filter(|file| file.is_file()) {
            Some(file) => vars.clone().with_dotenv_path(file).map(Cow::Owned),
            None => Ok(Cow::Borrowed(vars)),
        }
    }

    fn read(&self, url: &str, source: Source, _question: &Question<'_>) -> Answer {
        let database = url.parse::<Database>();
        let database = database.map_err(|error| error.with_source(&source))?;
        Ok(Resolved::from_argument("--url", database))
    }

    fn candidates<'q>(&'q self, question: &'q Question<'q>) -> Result<Vec<Candidate<'q>>, Error> {
        let root = question.file(
            "there is no compose.yaml",
            "name the file with `--file`, and the service with `--name`",
        )?;
        Ok(vec![Candidate::new(services(root).source(), move || {
            let project = Project::of(question, root)?;
            let mut found = answer(question, root, &project)?;
            found.warnings.extend(project.warning);
            Ok(found)
        })])
    }
}

/// The images that are a server, by a piece of their name, and the prefixes of the variables that they read.
const IMAGES: &[(&str, &[&str])] = &[
    ("postgres", &["POSTGRES_"]),
    ("postgis", &["POSTGRES_"]),
    ("pgvector", &["POSTGRES_"]),
    ("timescale", &["POSTGRES_"]),
    ("mysql", &["MYSQL_"]),
    ("percona", &["MYSQL_"]),
    ("mariadb", &["MARIADB_", "MYSQL_"]),
];

/// The database of the service that is named, or of the only one.
fn answer(question: &Question<'_>, root: &Located<'_>, project: &Project<'_>) -> Answer {
    let names = project.names();
    if names.is_empty() && !project.has("services") {
        let detail = "expected the key `services`, a map of services";
        let help = "this is not a file of Docker Compose: leave `--system` out";
        return Err(root.error(ErrorKind::MissingKey, detail, help));
    }
    match question.connection {
        Some(name) if names.contains(&name) => ServiceAnswer::of(name, project, question)?.resolved,
        Some(name) => Err(no_service(&names, name).with_source(&services(root).source())),
        None => only_one(project, root, question),
    }
}

/// The services of the file that was named, or the file.
fn services<'s>(root: &Located<'s>) -> Located<'s> {
    root.get("services").unwrap_or_else(|| root.clone())
}

/// What a service means.
struct ServiceAnswer<'s> {
    service: &'s str,
    is_server: bool,
    resolved: Answer,
}

impl<'s> ServiceAnswer<'s> {
    /// # Errors
    ///
    /// What is wrong with the service itself.
    fn of(name: &'s str, project: &Project<'_>, question: &Question<'_>) -> Result<Self, Error> {
        let all = project.all_of(name);
        let given = project.given(name, &mut Vec::new())?;
        let (Some(service), Some(mut given)) = (all.first(), given) else {
            return Err(no_service(&project.names(), name));
        };
        let mut vars = given.vars(question.vars)?;
        let image = given.image.as_deref();
        let is_server = image.is_some_and(|image| serve(image, service, &mut vars));
        let resolved = (question.choose)(&vars);
        let resolved = resolved.map_err(|error| match error.kind() {
            ErrorKind::NotFound => no_database(service),
            _ => error.each(|error| placed(error, &vars, service)),
        });
        let resolved = resolved.and_then(|found| with_host(found, service));
        Ok(Self {
            service: name,
            is_server,
            resolved: resolved.map(|found| {
                let mut found = found.placed(|source| location_of(source, &vars));
                found.warnings.extend(given.unset.iter().map(warn_of));
                found
            }),
        })
    }
}

fn placed(error: Error, vars: &Vars, service: &Located<'_>) -> Error {
    match error.origin().map(|source| location_of(source, vars)) {
        Some(location) => error.with_source(&location),
        None => error.with_source(&service.source()),
    }
}

fn no_database(service: &Located<'_>) -> Error {
    let detail = format!("the service `{}` is given none", shown_key(service.name));
    let help = "give it DATABASE_URL in its `environment`, or name another service with `--name`";
    service.error(ErrorKind::NotFound, detail, help)
}

fn with_host(found: Resolved<Database>, service: &Located<'_>) -> Answer {
    if found.value().engine() == Engine::Sqlite || found.value().hosts().next().is_some() {
        return Ok(found);
    }
    let detail = format!(
        "the service `{}` is given a database, but no host of it",
        shown_key(service.name)
    );
    let help = "set its host to the name of the service that the database is";
    Err(service.error(ErrorKind::MissingKey, detail, help))
}

/// Without a name: the one database that the services agree on.
fn only_one(project: &Project<'_>, root: &Located<'_>, question: &Question<'_>) -> Answer {
    let mut answers = Vec::new();
    let enabled = question.vars.get("COMPOSE_PROFILES")?;
    let enabled = enabled.map_or("", SecretStr::expose);
    let is_enabled = |name: &&str| {
        let all = project.all_of(name);
        let profiles = all.iter().filter_map(|service| service.given("profiles"));
        let profiles: Vec<_> = profiles.flat_map(|profiles| profiles.members()).collect();
        let is_named = |profile: &str| enabled.split(',').any(|name| name.trim() == profile);
        let mut named = profiles.iter().filter_map(Located::text);
        profiles.is_empty() || is_named("*") || named.any(is_named)
    };
    let names = project.names();
    for name in names.into_iter().filter(is_enabled) {
        let ServiceAnswer {
            service,
            is_server,
            resolved,
        } = ServiceAnswer::of(name, project, question)?;
        match resolved {
            Ok(found) => {
                let is_relational = [Engine::Postgres, Engine::MySql, Engine::Sqlite]
                    .contains(&found.value().engine());
                answers.push(((!is_relational, is_server), service, found));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let best = answers.iter().map(|(rank, ..)| *rank).min();
    answers.retain(|(rank, ..)| Some(*rank) == best);
    let names: Vec<_> = answers.iter().map(|(_, name, _)| *name).collect();
    let agree = answers
        .windows(2)
        .all(|pair| pair[0].2.value() == pair[1].2.value());
    if !agree {
        let detail = format!("the services {} use different ones", listed(&names));
        let help = "name the service with `--name`";
        return Err(services(root).error(ErrorKind::Ambiguous, detail, help));
    }
    let first = answers.into_iter().next();
    first.map(|(.., found)| found).ok_or_else(|| {
        let detail = "no service is given one by `environment` or `env_file`";
        let help =
            "give DATABASE_URL to the service that uses it, or choose a variable with `--var`";
        services(root).error(ErrorKind::NotFound, detail, help)
    })
}

/// Whether an image is a server; the service's name is the host then.
fn serve(image: &str, service: &Located<'_>, vars: &mut Vars) -> bool {
    let image = image.rsplit('/').next().unwrap_or_default();
    let name = image.split([':', '@']).next().unwrap_or_default();
    let Some((_, prefixes)) = IMAGES.iter().find(|(known, _)| name.contains(known)) else {
        return false;
    };
    let found = prefixes.iter().find(|prefix| vars.has_prefix(prefix));
    let Some(prefix) = found else {
        return false;
    };
    let host = format!("{prefix}HOST");
    if !vars.is_set(&host) {
        vars.set(&host, Ok(Secret::from(service.name)), service.source());
    }
    if *prefix == "POSTGRES_" {
        // The image's own defaults.
        default_of(vars, "POSTGRES_USER", "postgres", service);
        let user = vars.get("POSTGRES_USER").ok().flatten();
        let user = user.map_or_else(String::new, |user| user.expose().to_owned());
        default_of(vars, "POSTGRES_DB", &user, service);
    }
    true
}

fn default_of(vars: &mut Vars, name: &str, value: &str, service: &Located<'_>) {
    if !vars.is_set(name) {
        vars.set(name, Ok(Secret::from(value)), service.source());
    }
}
