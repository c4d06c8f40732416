//! What to do where there is no database, in the words of the platform that the process runs on.

use crate::vars::Vars;

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
        "connect a database to the project under Storage; `vercel env pull` gets its variables",
    ),
    (
        "VCAP_APPLICATION",
        "bind a service with `cf bind-service APP SERVICE`, then `cf restage APP`",
    ),
    (
        "PLATFORM_PROJECT",
        "add the database to the app's `relationships`, or set DATABASE_URL",
    ),
    (
        "DOKKU_APP_NAME",
        "link a database with `dokku postgres:link SERVICE APP` or `dokku mysql:link SERVICE APP`",
    ),
];

const HEROKU: &str = "attach a database with `heroku addons:create heroku-postgresql` (MySQL: `heroku addons:create jawsdb`), \
    promote an attached one with `heroku pg:promote NAME`, or set DATABASE_URL";

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

/// How to get a database here.
pub(crate) fn remedy(vars: &Vars) -> &'static str {
    let unread = DOCUMENTS
        .iter()
        .find(|(var, read, _)| !read && vars.is_set(var));
    if let Some((_, _, help)) = unread {
        return help;
    }
    let here = HINTS.iter().find(|(marker, _)| vars.is_set(marker));
    here.map_or(HEROKU, |(_, help)| help)
}
