//! On Django's `DATABASES`, and on `DATABASE_URL` with dj-database-url.

use super::{Difference, both, difference, field, it_refuses, says, we_refuse};

/// All of them, with Django: none.
pub const LIST: &[Difference] = &[];

/// All of them, with dj-database-url.
pub const DJ_DATABASE_URL: &[Difference] = &[
    difference("a host keeps its capitals", |f| {
        let (ours, theirs) = both(f);
        field(f, "host") && ours.map(str::to_ascii_lowercase).as_deref() == theirs
    }),
    difference("a port is a number from 1 to 65535", |f| {
        we_refuse(f, &["expected a number from"])
    }),
    difference("what looks like a host of SQLite is refused", |f| {
        we_refuse(f, &["SQLite has no hosts"]) && says(f, &["sqlite:"])
    }),
    difference("an empty password of MySQL's is one", |f| {
        field(f, "password") && both(f) == (Some(""), None)
    }),
    difference(
        "an escaped path without a host is a socket of MySQL's",
        |f| (field(f, "host") || field(f, "database")) && says(f, &[":///a%2Fb", "@/a%2Fb"]),
    ),
    difference(
        "raw delimiters, blanks and percent signs in a password are refused",
        |f| {
            we_refuse(
                f,
                &[
                    "unescaped delimiter",
                    "unescaped space",
                    "invalid percent escape",
                ],
            )
        },
    ),
    difference("a URL has `://`", |f| {
        we_refuse(f, &["expected `://`"]) && says(f, &["sqlite:"])
    }),
    difference("a raw `[`, `/` or `#` in a password is read", |f| {
        it_refuses(f, &["not a valid url"])
    }),
];
