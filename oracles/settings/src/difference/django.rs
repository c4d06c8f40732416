//! On Django's `DATABASES`, and on `DATABASE_URL` with dj-database-url and django-environ.

use super::{Difference, difference, says};
use crate::compare::Finding;

// What dj-database-url and django-environ have in common.
const CAPITALS: Difference = difference("a host keeps its capitals", |f| {
    let (ours, theirs) = f.both();
    f.is_field("host") && ours.map(str::to_ascii_lowercase).as_deref() == theirs
});
const PORT: Difference = difference("a port is a number from 1 to 65535", |f| {
    f.we_reject(&["expected a number from"])
});
const NO_HOST: Difference = difference("what looks like a host of SQLite is refused", |f| {
    f.we_reject(&["SQLite has no hosts"]) && says(f, &["sqlite:"])
});
const EMPTY_PASSWORD: Difference = difference("an empty password of MySQL's is one", |f| {
    f.is_field("password") && f.both() == (Some(""), None)
});
const SOCKET: Difference = difference(
    "an escaped path without a host is a socket of MySQL's",
    |f| (f.is_field("host") || f.is_field("database")) && says(f, &[":///a%2Fb", "@/a%2Fb"]),
);
const RAW: Difference = difference(
    "raw delimiters, blanks and percent signs in a password are refused",
    |f| {
        f.we_reject(&[
            "unescaped delimiter",
            "unescaped space",
            "invalid percent escape",
        ])
    },
);
const SLASHES: Difference = difference("a URL has `://`", |f| {
    f.we_reject(&["expected `://`"]) && says(f, &["sqlite:"])
});

/// All of them, with Django: none.
pub const LIST: &[Difference] = &[];

/// All of them, with dj-database-url.
pub const DJ_DATABASE_URL: &[Difference] = &[
    CAPITALS,
    PORT,
    NO_HOST,
    EMPTY_PASSWORD,
    SOCKET,
    RAW,
    SLASHES,
    difference("a raw `[`, `/` or `#` in a password is read", |f| {
        f.it_rejects(&["not a valid url"])
    }),
];

/// All of them, with django-environ.
pub const DJANGO_ENVIRON: &[Difference] = &[
    CAPITALS,
    difference(
        "a URL without a path, or with a raw `#` or `[`, is read like others; django-environ escapes it once more: escapes stay, and `[::1]` breaks",
        |f| {
            is_escaped_again(f)
                && (["user", "password", "database"]
                    .iter()
                    .any(|name| f.is_field(name))
                    && theirs_holds(f, "%")
                    || f.it_rejects(&["Port could not be cast"]) && says(f, &["[::1]"]))
        },
    ),
    difference(
        "a host is decoded, so that a socket can be one; django-environ keeps its escapes",
        |f| {
            f.is_field("host")
                && f.both().0.is_some_and(|ours| ours.starts_with('/'))
                && theirs_holds(f, "%2F")
        },
    ),
    difference(
        "a `+` in a path is a `+`; django-environ makes a blank of it",
        |f| f.is_field("database") && f.both() == (Some("a+b"), Some("a b")),
    ),
    difference(
        "a scheme is one of a database; django-environ takes any for the engine",
        |f| f.we_reject(&["expected the scheme of a database"]) && says(f, &["nope://"]),
    ),
    difference(
        "a value that starts with `$` is refused; django-environ takes the variable of that name",
        |f| f.we_reject(&["is not expanded"]) && says(f, &["$OTHER_URL"]),
    ),
    PORT,
    NO_HOST,
    EMPTY_PASSWORD,
    SOCKET,
    RAW,
    SLASHES,
];

/// Whether the URL has no path for Python, which django-environ then escapes once more.
fn is_escaped_again(finding: &Finding) -> bool {
    let url = finding.case.vars.get("DATABASE_URL");
    let rest = url.and_then(|url| url.split_once("://"));
    rest.is_some_and(|(_, rest)| !rest.contains('/') || rest.contains(['#', '[']))
}

fn theirs_holds(finding: &Finding, word: &str) -> bool {
    finding.both().1.is_some_and(|theirs| theirs.contains(word))
}
