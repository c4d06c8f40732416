//! What to do where there is no database: what is there already, and the way of the platform that the process runs on.

use crate::platform::family::FAMILIES;
use crate::platform::text;
use crate::vars::{Vars, is_name};

/// A variable that a platform sets for every process, and its way to a database.
const HINTS: &[(&str, &str)] = &[
    (
        "FLY_APP_NAME",
        "attach a database with `fly postgres attach`, which sets DATABASE_URL",
    ),
    (
        "RENDER",
        "set DATABASE_URL in the blueprint with `fromDatabase`, or in the service's environment",
    ),
    (
        "RAILWAY_PROJECT_ID",
        "refer to the database in the service's variables: `DATABASE_URL=${{Postgres.DATABASE_URL}}`",
    ),
    (
        "VERCEL",
        "connect a database to the project under Storage (`vercel env pull` gets its variables), or set DATABASE_URL",
    ),
    (
        "VCAP_APPLICATION",
        "bind a service with `cf bind-service APP SERVICE`, then `cf restage APP`; or set DATABASE_URL",
    ),
    (
        "PLATFORM_PROJECT",
        "add the database to the app's `relationships`, or set DATABASE_URL",
    ),
    (
        "DOKKU_APP_NAME",
        "link a database with `dokku postgres:link SERVICE APP` or `dokku mysql:link SERVICE APP`, or set DATABASE_URL",
    ),
];

const HEROKU: &str = "attach a database with `heroku addons:create heroku-postgresql` (MySQL: `heroku addons:create jawsdb`), \
    promote an attached one with `heroku pg:promote NAME`, or set DATABASE_URL";

const ANYWHERE: &str = "set DATABASE_URL, such as postgres://user:password@host:5432/database";

/// What the names of parts of a database end with, which are no URL.
const PART_ENDS: &[&str] = &[
    "HOST",
    "HOSTADDR",
    "PORT",
    "USER",
    "USERNAME",
    "NAME",
    "DATABASE",
    "DB",
    "PASSWORD",
    "PASS",
    "SERVICE",
    "CONNECTION",
    "DIALECT",
    "ENGINE",
    "SERVICE_HOST",
    "SERVICE_PORT",
];

/// The names under which Azure App Service publishes its connection strings.
const AZURE: &[&str] = &[
    "POSTGRESQLCONNSTR_",
    "MYSQLCONNSTR_",
    "SQLCONNSTR_",
    "SQLAZURECONNSTR_",
    "CUSTOMCONNSTR_",
];

/// The documents that can be read only with a feature of this crate.
const DOCUMENTS: &[(&str, bool, &str)] = &[
    (
        "VCAP_SERVICES",
        cfg!(feature = "vcap"),
        "VCAP_SERVICES is set, but this program was built without the feature `vcap` of database-url, which reads it",
    ),
    (
        "PLATFORM_RELATIONSHIPS",
        cfg!(feature = "platform-sh"),
        "PLATFORM_RELATIONSHIPS is set, but this program was built without the feature `platform-sh` of database-url, \
         which reads it",
    ),
];

/// What is there already, a line each, and how to get a database here, in the variable that is wanted.
pub(crate) fn remedy(vars: &Vars, wanted: &str) -> String {
    let mut lines = found(vars);
    lines.push(way(vars).replace("set DATABASE_URL", &format!("set {wanted}")));
    lines.join("\n")
}

/// Whether the process runs on Heroku, or its variables are from there.
pub(crate) fn is_heroku(vars: &Vars) -> bool {
    vars.is_set("DYNO")
        || vars
            .names()
            .any(|name| name.starts_with("HEROKU_POSTGRESQL_"))
}

fn way(vars: &Vars) -> &'static str {
    let unread = DOCUMENTS
        .iter()
        .find(|(var, read, _)| !read && vars.is_set(var));
    if let Some((_, _, help)) = unread {
        return help;
    }
    let here = HINTS.iter().find(|(marker, _)| vars.is_set(marker));
    match here {
        Some((_, help)) => help,
        None if is_heroku(vars) => HEROKU,
        None => ANYWHERE,
    }
}

/// The variables that say something of a database, but that are not read.
fn found(vars: &Vars) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |names: &[&str], what: &str| {
        if !names.is_empty() {
            lines.push(format!("found {}: {what}", listed(names)));
        }
    };
    let of_azure = |name: &&str| AZURE.iter().any(|start| name.starts_with(start));
    let (azure, names): (Vec<_>, Vec<_>) = vars.names().partition(of_azure);
    line(
        &azure,
        "connection strings of Azure App Service; write one as a URL in DATABASE_URL",
    );
    let holds_url = |name: &&str| {
        let value = vars.get(name).ok().flatten();
        is_name(name) && value.is_some_and(|value| text::is_database_url(value.expose()))
    };
    let (urls, names): (Vec<_>, Vec<_>) = names.into_iter().partition(holds_url);
    line(
        &urls,
        "the URL of a database under a name that is not looked at; choose it with `--var NAME`",
    );
    let families = FAMILIES.iter().map(|(start, _)| (*start, ""));
    let of_libpq = ("PG", "; libpq and `psql` read them by themselves");
    for (start, more) in families.chain([of_libpq]) {
        let is_part = |name: &&str| {
            let end = name.strip_prefix(start);
            end.is_some_and(|end| PART_ENDS.contains(&end))
        };
        let parts: Vec<_> = names.iter().copied().filter(is_part).collect();
        line(&parts, &format!("parts of a database, but no URL{more}"));
    }
    lines
}

/// A few names, and how many more there are.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 6;
    let shown = names
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
