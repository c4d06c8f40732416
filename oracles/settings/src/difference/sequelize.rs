//! On `config/config.json`, with sequelize-cli and with the library. Each lays texts together and checks nothing; a driver fails
//! later, or connects to the wrong place.

use serde_json::Value;

use super::{Difference, difference, says};
use crate::compare::Finding;

/// All of them.
pub const LIST: &[Difference] = &[
    difference(
        "an environment without a section is refused; the original takes the whole file",
        |f| f.we_reject(&["has no section for the environment"]),
    ),
    difference(
        "a raw `#` belongs to the password, or is refused; the original makes the user the host",
        |f| {
            says(f, &["#"])
                && (["host", "port", "user", "password", "database"]
                    .iter()
                    .any(|name| f.is_field(name))
                    || f.we_reject(&["a raw `#`"]))
                && !percent_in_database(f)
        },
    ),
    difference(
        "the database's name is decoded; the original keeps its escapes",
        percent_in_database,
    ),
    difference("a host keeps its capitals", |f| {
        let (ours, theirs) = f.both();
        f.is_field("host") && ours.map(str::to_ascii_lowercase).as_deref() == theirs
    }),
    difference(
        "a port is a number from 1 to 65535; the original puts others into the name",
        |f| f.we_reject(&["expected a number from"]),
    ),
    difference("raw delimiters and blanks in a password are refused", |f| {
        f.we_reject(&["unescaped delimiter", "unescaped space"])
    }),
    difference(
        "a section without dialect, or without a database, is refused before a driver does it",
        |f| f.we_reject(&["a section needs", "nothing names the database"]),
    ),
    difference(
        "what looks like a host of SQLite, or like its memory below the root, is refused",
        |f| f.we_reject(&["SQLite has no hosts", "and not the memory"]) && says(f, &["sqlite:"]),
    ),
    difference("a host is no file of SQLite's", |f| {
        f.is_field("database")
            && says(f, &["sqlite"])
            && f.case.text().contains("\"host\"")
            && f.both().0 == Some(":memory:")
    }),
    difference(
        "a URL without a path is read where the section names the database, and SQLite's without slashes",
        |f| f.it_rejects(&["parsing url"]),
    ),
    difference(
        "SQLite's path without slashes is kept whole; the original drops its first part, or all",
        |f| f.is_field("database") && says(f, &["sqlite:db/", "sqlite:dev", "sqlite::memory:"]),
    ),
    difference(
        "an empty password of Postgres is none, as libpq has it",
        |f| f.is_field("password") && f.both() == (None, Some("")),
    ),
    difference("no host is none, and no text", |f| {
        f.is_field("host") && f.both() == (None, Some(""))
    }),
    difference(
        "a URL whose path is empty leaves the section's database; the original has none then",
        |f| f.is_field("database") && f.both().0.is_some() && f.both().1 == Some(""),
    ),
    difference(
        "an empty password of Postgres in a URL leaves the section's; the original has none then",
        |f| {
            f.is_field("password")
                && f.both().0.is_some()
                && f.both().1 == Some("")
                && says(f, &["postgres"])
        },
    ),
    difference(
        "an escaped path without a host is a socket of MySQL's",
        |f| f.is_field("host") && f.both().0.is_some_and(|host| host.starts_with('/')),
    ),
];

/// All of them, with the library.
pub const LIBRARY: &[Difference] = &[
    difference(
        "a section's `url` counts, as for sequelize-cli; the library does not look at it",
        |f| section(f)["url"].is_string(),
    ),
    difference(
        "a file may be one section without its environment's name; the library wants the name",
        |f| f.it_rejects(&["(reading 'use_env_variable')"]) && section(f).is_null(),
    ),
    difference(
        "no port is none; the library puts the dialect's own there",
        |f| {
            let (ours, theirs) = f.both();
            f.is_field("port")
                && ours.is_none()
                && matches!(theirs, Some("3306" | "5432"))
                && section(f)["port"].is_null()
        },
    ),
    difference(
        "a URL without a port has none, as for sequelize-cli; the library keeps the section's",
        |f| {
            f.is_field("port")
                && f.both().0.is_none()
                && !section(f)["port"].is_null()
                && !url(f).is_empty()
        },
    ),
    difference(
        "no host is none; the library has `localhost` or an empty text there",
        |f| {
            f.is_field("host")
                && f.both().0.is_none()
                && matches!(f.both().1, Some("localhost" | ""))
        },
    ),
    difference("a host keeps its capitals", |f| {
        let (ours, theirs) = f.both();
        f.is_field("host") && ours.map(str::to_ascii_lowercase).as_deref() == theirs
    }),
    difference(
        "the database's name is decoded; the library keeps its escapes",
        percent_in_database,
    ),
    difference("an empty password of MySQL's is one", |f| {
        f.is_field("password") && f.both().0 == Some("")
    }),
    difference(
        "a section without a database is refused before a driver does it",
        |f| f.we_reject(&["nothing names the database"]),
    ),
    difference("a port is a number from 1 to 65535", |f| {
        f.we_reject(&["expected a number from"])
    }),
    difference("raw delimiters and blanks in a password are refused", |f| {
        f.we_reject(&["unescaped delimiter", "unescaped space"])
    }),
    difference(
        "what looks like a host of SQLite, or like its memory below the root, or has no path, is refused",
        |f| {
            f.we_reject(&[
                "SQLite has no hosts",
                "and not the memory",
                "expected a path",
            ]) && says(f, &["sqlite:"])
        },
    ),
    difference("a host is no file of SQLite's", |f| {
        f.is_field("database")
            && section(f)["host"].is_string()
            && f.both().0 == Some(":memory:")
            && f.both().1 == section(f)["host"].as_str()
    }),
    difference(
        "an escaped path without a host is a socket of MySQL's",
        |f| f.is_field("host") && f.both().0.is_some_and(|host| host.starts_with('/')),
    ),
    difference(
        "a URL of Postgres may have a user or a port without a host, or a raw `#` in its password; the library's `new URL` refuses it",
        |f| {
            let url = url(f);
            f.it_rejects(&["Invalid URL"])
                && (["@:", "@?", "://:", "#"]
                    .iter()
                    .any(|odd| url.contains(odd))
                    || url.ends_with('@'))
        },
    ),
    difference(
        "an escaped colon belongs to the user; the library divides user and password there",
        |f| (f.is_field("user") || f.is_field("password")) && url(f).contains("u%3Ax:"),
    ),
    difference(
        "another host in the query of a URL of MySQL's is refused; the library prefers it",
        |f| f.we_reject(&["conflicting host"]) && url(f).contains("?host="),
    ),
    difference(
        "a URL's file of SQLite counts, as for sequelize-cli; the library prefers the section's `storage`",
        |f| {
            let storage = &section(f)["storage"];
            let kept = storage.as_str().zip(f.both().1);
            f.is_field("database")
                && kept.is_some_and(|(storage, theirs)| theirs.ends_with(storage))
        },
    ),
    difference(
        "slashes at the start of SQLite's path are kept; the library makes one of them",
        |f| {
            let (ours, theirs) = f.both();
            let one = ours.map(|ours| format!("/{}", ours.trim_start_matches('/')));
            f.is_field("database") && url(f).starts_with("sqlite:") && one.as_deref() == theirs
        },
    ),
    difference(
        "SQLite's path without slashes is relative; the library writes the working directory before it",
        |f| {
            let (ours, theirs) = f.both();
            f.is_field("database")
                && ["sqlite:db/", "sqlite:dev"]
                    .iter()
                    .any(|start| url(f).starts_with(start))
                && ours
                    .zip(theirs)
                    .is_some_and(|(ours, theirs)| theirs.ends_with(&format!("/{ours}")))
        },
    ),
];

/// The section that is requested, or null.
fn section(finding: &Finding) -> Value {
    let environment = finding.case.environment.as_deref();
    let mut file: Value = serde_json::from_str(finding.case.text()).unwrap_or_default();
    file[environment.unwrap_or("development")].take()
}

/// The URL in the variable that the section names.
fn url(finding: &Finding) -> &str {
    let section = section(finding);
    let named = section["use_env_variable"].as_str();
    let url = named.and_then(|name| finding.case.vars.get(name));
    url.map_or("", String::as_str)
}

fn percent_in_database(f: &Finding) -> bool {
    f.is_field("database") && f.both().1.is_some_and(|theirs| theirs.contains('%'))
}
