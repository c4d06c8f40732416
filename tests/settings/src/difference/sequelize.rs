//! On `config/config.json`, with sequelize-cli. It lays texts together and checks nothing; a driver fails later, or connects to
//! the wrong place.

use super::{Difference, both, difference, field, it_refuses, says, we_refuse};

/// All of them.
pub const LIST: &[Difference] = &[
    difference(
        "an environment without a section is refused; the original takes the whole file",
        |f| we_refuse(f, &["has no section for the environment"]),
    ),
    difference(
        "a raw `#` belongs to the password, or is refused; the original makes the user the host",
        |f| {
            says(f, &["#"])
                && (["host", "port", "user", "password", "database"]
                    .iter()
                    .any(|name| field(f, name))
                    || we_refuse(f, &["a raw `#`"]))
                && !percent_in_database(f)
        },
    ),
    difference(
        "the database's name is decoded, as the library does it",
        percent_in_database,
    ),
    difference("a host keeps its capitals", |f| {
        let (ours, theirs) = both(f);
        field(f, "host") && ours.map(str::to_ascii_lowercase).as_deref() == theirs
    }),
    difference(
        "a port is a number from 1 to 65535; the original puts others into the name",
        |f| we_refuse(f, &["expected a number from"]),
    ),
    difference("raw delimiters and blanks in a password are refused", |f| {
        we_refuse(f, &["unescaped delimiter", "unescaped space"])
    }),
    difference(
        "a section without dialect, or without a database, is refused before a driver does it",
        |f| we_refuse(f, &["a section needs", "nothing names the database"]),
    ),
    difference(
        "what looks like a host of SQLite, or like its memory below the root, is refused",
        |f| we_refuse(f, &["SQLite has no hosts", "and not the memory"]) && says(f, &["sqlite:"]),
    ),
    difference("a host is no file of SQLite's", |f| {
        field(f, "database")
            && says(f, &["sqlite"])
            && f.case.text().contains("\"host\"")
            && both(f).0 == Some(":memory:")
    }),
    difference(
        "a URL without a path is read where the section names the database, and SQLite's without slashes",
        |f| it_refuses(f, &["parsing url"]),
    ),
    difference(
        "SQLite's path without slashes is kept whole; the original drops its first part, or all",
        |f| field(f, "database") && says(f, &["sqlite:db/", "sqlite:dev", "sqlite::memory:"]),
    ),
    difference(
        "an empty password of Postgres is none, as libpq has it",
        |f| field(f, "password") && both(f) == (None, Some("")),
    ),
    difference("no host is none, and no text", |f| {
        field(f, "host") && both(f) == (None, Some(""))
    }),
    difference(
        "a URL whose path is empty leaves the section's database; the original has none then",
        |f| field(f, "database") && both(f).0.is_some() && both(f).1 == Some(""),
    ),
    difference(
        "an empty password of Postgres in a URL leaves the section's; the original has none then",
        |f| {
            field(f, "password")
                && both(f).0.is_some()
                && both(f).1 == Some("")
                && says(f, &["postgres"])
        },
    ),
    difference(
        "an escaped path without a host is a socket of MySQL's",
        |f| field(f, "host") && both(f).0.is_some_and(|host| host.starts_with('/')),
    ),
];

fn percent_in_database(f: &crate::compare::Finding) -> bool {
    field(f, "database") && both(f).1.is_some_and(|theirs| theirs.contains('%'))
}
