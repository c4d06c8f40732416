//! On `config/database.yml`, with `ActiveRecord`. It lays texts together and checks nothing; an adapter fails later.

use super::{Difference, both, difference, field, it_refuses, says, we_refuse};

/// All of them.
pub const LIST: &[Difference] = &[
    difference(
        "a password stays what the variable holds; in Ruby YAML makes another value of it, or nothing of the file",
        |f| {
            let mangled = matches!(
                both(f),
                (Some("0123"), Some("83")) | (Some("yes"), Some("true"))
            );
            (mangled && field(f, "password"))
                || it_refuses(f, &["YAML syntax error"]) && says(f, &["a: b", "sqlite3:"])
        },
    ),
    difference("a port is a number from 1 to 65535", |f| {
        we_refuse(f, &["expected a number from"])
    }),
    difference("a section needs an adapter or a URL", |f| {
        we_refuse(f, &["expected `url` or `adapter`", "is not set"])
    }),
    difference(
        "what looks like a host of SQLite, or like its memory below the root, is refused",
        |f| {
            we_refuse(
                f,
                &[
                    "SQLite has no hosts",
                    "and not the memory",
                    "a database of SQLite is a file",
                ],
            ) && says(f, &["sqlite3"])
        },
    ),
    difference(
        "a raw `#`, `^` or `%` in a password is read, or refused by name; Ruby's parser refuses the URL",
        |f| it_refuses(f, &["InvalidURIError", "InvalidComponentError"]),
    ),
    difference(
        "a URL breaks no section but its own; in Rails `shared` fails for all over one, and an empty `DATABASE_URL` does",
        |f| {
            let is_empty = f
                .case
                .vars
                .get("DATABASE_URL")
                .is_some_and(String::is_empty);
            it_refuses(f, &["undefined method `reverse_merge!'"])
                && f.case.text().contains("shared:")
                || it_refuses(f, &["Database URL cannot be empty"]) && is_empty
        },
    ),
    difference(
        "`PRIMARY_DATABASE_URL` is enough without a file; Rails asks for `DATABASE_URL`, Active Record does not",
        |f| it_refuses(f, &["Could not load database configuration"]),
    ),
    difference(
        "an escaped path without a host is a socket of MySQL's",
        |f| (field(f, "host") || field(f, "database")) && says(f, &[":///a%2Fb", "@/a%2Fb"]),
    ),
];
