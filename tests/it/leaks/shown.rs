//! All that can be printed of a value.

use database_url::convert::{Lost, Notation};
use database_url::diagnose::Diagnostics;
use database_url::driver::Driver;
use database_url::postgres::Config;
use database_url::{Attachments, Database, Error, Guard, Host, Resolved, Setting, Source, Vars};

use crate::common::secret::{debugged, of_error, of_extra, of_warnings};

pub(crate) fn of_database(database: &Database) -> Vec<String> {
    let mut shown = debugged(database);
    shown.push(database.to_string());
    shown.extend(debugged(&database.target()));
    shown.push(database.target().masked_database().into_owned());
    shown.extend(of_warnings(database.warnings()));
    shown.extend(debugged(&database.hosts().collect::<Vec<Host<'_>>>()));
    shown.extend(database.extras().flat_map(|extra| of_extra(&extra)));
    shown.extend(debugged(&(database.password(), database.to_url())));
    shown.extend(of_conversions(database));
    for other in ["postgres://h/d", "mysql://h/d", "sqlite:d", "redis://h"] {
        let other = other.parse().expect("a URL");
        shown.extend([database.differences(&other), other.differences(database)].concat());
    }
    match database {
        Database::Postgres(config) => shown.extend(of_postgres(config)),
        Database::MySql(config) => {
            for (keyword, value) in config.keywords() {
                shown.push(keyword.mask(value.expose()).into_owned());
            }
            shown.extend(debugged(&config.params().collect::<Vec<_>>()));
            shown.extend(config.written().flat_map(|extra| of_extra(&extra)));
        }
        Database::Service(config) => {
            let parts = [
                (database_url::Component::User, config.user()),
                (database_url::Component::Database, config.dbname()),
                (database_url::Component::Setting("socket"), config.socket()),
                (
                    database_url::Component::Setting("instance"),
                    config.instance(),
                ),
                (
                    database_url::Component::Setting("service"),
                    config.sentinel_service(),
                ),
            ];
            for (component, text) in parts {
                shown.extend(text.map(|text| config.mask(component, text).into_owned()));
            }
        }
        Database::Sqlite(config) => {
            let name = config.dbname();
            let mask = |name| {
                config
                    .mask(database_url::Component::Database, name)
                    .into_owned()
            };
            shown.extend(name.map(mask));
        }
        _ => {}
    }
    shown
}

fn of_conversions(database: &Database) -> Vec<String> {
    let mut shown = Vec::new();
    for notation in Notation::ALL {
        match database.convert(*notation) {
            Ok(conversion) => {
                shown.extend(debugged(&conversion));
                shown.push(conversion.masked().to_owned());
                let texts = |lost: &Lost| [lost.name(), lost.message(), lost.help()].join("\n");
                shown.extend(conversion.lost().iter().map(texts));
            }
            Err(error) => shown.extend(of_errors(&error)),
        }
    }
    shown
}

fn of_postgres(config: &Config) -> Vec<String> {
    let keywords = config.keywords();
    let mut shown: Vec<_> = keywords
        .map(|(keyword, value)| keyword.mask(value.expose()).into_owned())
        .collect();
    shown.extend(debugged(&config.keywords().collect::<Vec<_>>()));
    for error in [config.to_conninfo().err(), config.to_libpq_url().err()]
        .iter()
        .flatten()
    {
        shown.extend(of_error(error));
    }
    shown
}

pub(crate) fn of_errors(error: &Error) -> Vec<String> {
    error.iter().chain([error]).flat_map(of_error).collect()
}

fn of_source(source: &Source) -> Vec<String> {
    let mut shown = debugged(source);
    shown.push(source.to_string());
    shown.extend(
        [source.name(), source.service()]
            .into_iter()
            .flatten()
            .map(str::to_owned),
    );
    if let Some(location) = source.file() {
        shown.extend([
            location.path().to_owned(),
            location.key().to_owned(),
            location.to_string(),
        ]);
    }
    shown
}

/// As JSON has it.
fn of_setting(setting: &Setting) -> Vec<String> {
    match setting {
        Setting::Text(text) => vec![text.expose().to_owned()],
        Setting::List(list) => list.iter().flat_map(of_setting).collect(),
        Setting::Map(members) => {
            let members = members.iter();
            members
                .flat_map(|(name, one)| [vec![name.clone()], of_setting(one)].concat())
                .collect()
        }
        other => debugged(other),
    }
}

pub(crate) fn of_resolved(resolved: &Resolved<Database>) -> Vec<String> {
    let mut shown = debugged(resolved);
    shown.push(resolved.to_string());
    shown.extend(of_database(resolved.value()));
    shown.extend(of_source(resolved.source()));
    shown.extend(of_warnings(resolved.warnings().iter().cloned()));
    shown.extend(
        resolved
            .considered()
            .flat_map(|(source, _)| of_source(source)),
    );
    for (_, from) in resolved.fields() {
        shown.extend(
            [
                debugged(&from),
                of_source(from.source()),
                vec![from.to_string()],
            ]
            .concat(),
        );
    }
    for (name, setting) in resolved.extras() {
        shown.extend(debugged(&setting));
        let from = resolved.extra_provenance(name);
        shown.extend(from.iter().flat_map(|from| of_source(from.source())));
    }
    for (name, setting) in resolved.masked_extras() {
        shown.push(name.to_owned());
        shown.extend(of_setting(&setting));
    }
    shown
}

pub(crate) fn of_answer(answer: &Result<Resolved<Database>, Error>) -> Vec<String> {
    match answer {
        Ok(resolved) => of_resolved(resolved),
        Err(error) => of_errors(error),
    }
}

pub(crate) fn of_vars(vars: &Vars) -> Vec<String> {
    let mut shown = debugged(vars);
    shown.extend(of_warnings(vars.warnings().iter().cloned()));
    let attachments = Attachments::of(vars);
    shown.extend(debugged(&attachments));
    for attachment in attachments.iter() {
        shown.extend(debugged(attachment));
        shown.extend([attachment.name(), attachment.var()].map(str::to_owned));
        shown.extend(of_source(attachment.source()));
        match attachment.database() {
            Ok(database) => shown.extend(of_database(database)),
            Err(error) => shown.extend(of_errors(error)),
        }
    }
    shown
}

pub(crate) fn of_lint(vars: &Vars, resolved: &Resolved<Database>) -> Vec<String> {
    let diagnostics = Diagnostics::new(vars);
    let ambient = diagnostics.ambient(resolved.value());
    let mut shown = diagnostics.unused(resolved);
    shown.extend(debugged(&ambient));
    for driver in [Driver::Sqlx, Driver::Mysql, Driver::Redis] {
        for finding in Diagnostics::new(vars).driver(driver).findings(resolved) {
            shown.extend(debugged(&finding));
            shown.extend([finding.to_string(), finding.help().to_owned()]);
            shown.extend(finding.source().iter().flat_map(|source| of_source(source)));
        }
    }
    if let Err(error) = Guard::new().local().test().check(resolved.value(), vars) {
        shown.extend(of_errors(&error));
    }
    shown.extend(resolved.value().differences(&Database::from(Config::new())));
    shown
}
