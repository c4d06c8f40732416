//! On `config/database.yml`, with `ActiveRecord`. It lays texts together and checks nothing; an adapter fails later.

use super::{Difference, difference, says};

/// All of them.
pub const LIST: &[Difference] = &[
    difference(
        "a password stays what the variable holds; in Ruby YAML makes another value of it, or nothing of the file",
        |f| {
            let mangled = matches!(
                f.both(),
                (Some("0123"), Some("83")) | (Some("yes"), Some("true"))
            );
            (mangled && f.is_field("password"))
                || f.it_rejects(&["YAML syntax error"]) && says(f, &["a: b", "sqlite3:"])
        },
    ),
    difference("a port is a number from 1 to 65535", |f| {
        f.we_reject(&["expected a number from"])
    }),
    difference("a section needs an adapter or a URL", |f| {
        f.we_reject(&["expected `url` or `adapter`", "is not set"])
    }),
    difference(
        "what looks like a host of SQLite, or like its memory below the root, is refused",
        |f| {
            f.we_reject(&[
                "SQLite has no hosts",
                "and not the memory",
                "a database of SQLite is a file",
            ]) && says(f, &["sqlite3"])
        },
    ),
    difference(
        "a raw `#`, `^` or `%` in a password is read, or refused by name; Ruby's parser refuses the URL",
        |f| f.it_rejects(&["InvalidURIError", "InvalidComponentError"]),
    ),
    difference(
        "a URL breaks no section but its own; in Rails `shared` fails for all over one, and an empty `DATABASE_URL` does",
        |f| {
            let is_empty = f
                .case
                .vars
                .get("DATABASE_URL")
                .is_some_and(String::is_empty);
            f.it_rejects(&["undefined method `reverse_merge!'"])
                && f.case.text().contains("shared:")
                || f.it_rejects(&["Database URL cannot be empty"]) && is_empty
        },
    ),
    difference(
        "`PRIMARY_DATABASE_URL` is enough without a file; Rails asks for `DATABASE_URL`, Active Record does not",
        |f| f.it_rejects(&["Could not load database configuration"]),
    ),
    difference(
        "an escaped path without a host is a socket of MySQL's",
        |f| (f.is_field("host") || f.is_field("database")) && says(f, &[":///a%2Fb", "@/a%2Fb"]),
    ),
];
