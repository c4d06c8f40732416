//! Conduit's configuration.
#![expect(clippy::too_many_lines, reason = "a table is as long as its rows")]

use crate::common::settings::{Ask, compare};
use database_url::settings::System;

fn file(text: &str) -> Ask {
    of_path("config.yaml", text)
}

fn of_path(path: &str, text: &str) -> Ask {
    Ask::file(System::Conduit, path, text)
}

fn nothing() -> Ask {
    Ask::nothing(System::Conduit)
}

#[test]
fn values() {
    compare(&[
        (
            "a variable",
            file("database: $DATABASE_URL")
                .with("DATABASE_URL", "postgres://svc:k3y@db.example:5432/shop"),
            &[
                "postgres://svc:k3y@db.example:5432/shop",
                "user,password,database,host,port<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "the query counts, and no port is none",
            file("database: $D").with("D", "postgres://svc:a:b@h/d?sslmode=require"),
            &[
                "postgres://svc:a%3Ab@h/d?sslmode=require",
                "user,password,database,host,sslmode<D",
                "D used",
            ],
        ),
        (
            "the scheme counts",
            file("database: $D").with("D", "mysql://svc:k3y@h:3306/d"),
            &[
                "mysql://svc:k3y@h:3306/d",
                "user,password,host,port,database<D",
                "D used",
            ],
        ),
        (
            "a URL",
            file("database: postgres://svc:k3y@h:5432/d"),
            &[
                "postgres://svc:k3y@h:5432/d",
                "user,password,database,host,port<database@1:11",
                "database@1:11 used",
            ],
        ),
        (
            "in quotation marks",
            file(r#"database: "$D""#).with("D", "postgres://h/d"),
            &["postgres://h/d", "database,host<D", "D used"],
        ),
        (
            "not set",
            file("database: $D"),
            &["unset-variable database@1:11 +help"],
        ),
        (
            "set, but empty",
            file("database: $D").with("D", ""),
            &["empty-variable D +help"],
        ),
        (
            "braces are part of the name",
            file("database: ${D}").with("D", "postgres://h/d"),
            &["unset-variable database@1:11 +help"],
        ),
        (
            "so is a second dollar",
            file("database: $$D").with("D", "postgres://h/d"),
            &["unset-variable database@1:11 +help"],
        ),
        (
            "a dollar inside is text",
            file("database: postgres://h/a$D").with("D", "x"),
            &[
                "postgres://h/a%24D",
                "database,host<database@1:11",
                "database@1:11 used",
            ],
        ),
        (
            "what it holds is not filled in again",
            file("database: $D")
                .with("D", "postgres://u:$E@h/d")
                .with("E", "x"),
            &[
                "postgres://u:%24E@h/d",
                "user,password,database,host<D",
                "D used",
            ],
        ),
        (
            "no path",
            file("database: $D").with("D", "postgres://h:5432"),
            &["missing-key D database +help"],
        ),
        (
            "two segments",
            file("database: $D").with("D", "postgres://h:5432/a/b"),
            &["missing-key D database +help"],
        ),
        (
            "a slash in a name",
            file("database: $D").with("D", "postgres://h:5432/a%2Fb"),
            &["postgres://h:5432/a%2Fb", "database,host,port<D", "D used"],
        ),
        (
            "other keys have variables of their own",
            file("port: $PORT\ndatabase: $D\nlist: [$X]").with("D", "postgres://h/d"),
            &["postgres://h/d", "database,host<D", "D used"],
        ),
        ("no key", file("port: 80"), &["missing-key @1:1 +help"]),
        (
            "another key by its name",
            file("reports: postgres://h/d").named("reports"),
            &[
                "postgres://h/d",
                "database,host<reports@1:10",
                "reports@1:10 used",
            ],
        ),
        (
            "a list",
            file("database: [a]"),
            &["invalid-value database@1:1 +help"],
        ),
        (
            "a number",
            file("database: 5"),
            &["unknown-format database@1:11 text +help"],
        ),
        (
            "null",
            file("database:"),
            &["invalid-value database@1:9 +help"],
        ),
        (
            "no file",
            nothing().with("DATABASE_URL", "postgres://h/d"),
            &["not-found  +help"],
        ),
        (
            "what stands in a Procfile",
            nothing()
                .with("DATABASE_URL", "postgres://h/d")
                .url("$DATABASE_URL"),
            &[
                "postgres://h/d",
                "database,host<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "of which the variable is not set",
            nothing().url("$DATABASE_URL"),
            &["unset-variable DATABASE_URL +help"],
        ),
        (
            "a URL of the caller replaces the file",
            file("database: $D").url("postgres://c/d"),
            &["postgres://c/d", "database,host<--url", "--url used"],
        ),
    ]);
}

#[test]
fn maps() {
    compare(&[
        (
            "all parts",
            file("database: { host: h, port: 5433, databaseName: d, username: svc, password: k3y, isTemporary: true }"),
            &[
                "postgres://svc:k3y@h:5433/d isTemporary=true",
                "user<database.username@1:61 password<database.password@1:76 database<database.databaseName@1:48 host<database.host@1:19 port<database.port@1:28 isTemporary<database.isTemporary@1:94",
                "database@1:1 used",
            ],
        ),
        (
            "user and password are not needed",
            file("database: { host: h, port: 5433, databaseName: d }"),
            &[
                "postgres://h:5433/d",
                "database<database.databaseName@1:48 host<database.host@1:19 port<database.port@1:28",
                "database@1:1 used",
            ],
        ),
        (
            "the others are, together",
            file("database: { username: svc }"),
            &[
                "missing-key database@1:1 +help",
                "missing-key database@1:1 +help",
                "missing-key database@1:1 +help",
            ],
        ),
        (
            "null is not there",
            file("database: { host: ~, port: 5433, databaseName: d }"),
            &[
                "missing-key database@1:1 +help",
            ],
        ),
        (
            "all from variables",
            file("database: { host: $H, port: $P, databaseName: $D, username: $U, password: $W, isTemporary: $T }").with("H", "h").with("P", "5433").with("D", "d").with("U", "svc").with("W", "0123").with("T", "true"),
            &[
                "postgres://svc:0123@h:5433/d isTemporary=true",
                "user<U password<W database<D host<H port<P isTemporary<T",
                "database@1:1 used",
            ],
        ),
        (
            "empty stays empty",
            file("database: { host: h, port: 5433, databaseName: d, username: $U, password: $W }").with("U", "").with("W", ""),
            &[
                "postgres://h:5433/d?user=&password=",
                "user<U password<W database<database.databaseName@1:48 host<database.host@1:19 port<database.port@1:28",
                "database@1:1 used",
            ],
        ),
        (
            "all that are not set, together",
            file("database: { host: $H, port: 5433, databaseName: d, password: $W }"),
            &[
                "unset-variable database.host@1:19 +help",
                "unset-variable database.password@1:62 +help",
            ],
        ),
        (
            "a password with a dollar is taken for a name, and not shown",
            file("database: { host: h, port: 5433, databaseName: d, password: $tr0ng!pw }"),
            &[
                "unset-variable database.password@1:61 +help",
            ],
        ),
        (
            "a port that is none",
            file("database: { host: h, port: $P, databaseName: d }").with("P", "tcp"),
            &[
                "invalid-value P port +help",
            ],
        ),
        (
            "a truth value that is none",
            file("database: { host: h, port: 1, databaseName: d, isTemporary: 1 }"),
            &[
                "invalid-value database.isTemporary@1:61",
            ],
        ),
        (
            "other keys are refused, together",
            file("database: { host: h, port: 1, databaseName: d, sslmode: require, user: u }"),
            &[
                "unknown-key database.sslmode@1:57 +help",
                "unknown-key database.user@1:72 +help",
            ],
        ),
        (
            "a part that is a map",
            file("database: { host: { a: b }, port: 1, databaseName: d }"),
            &[
                "invalid-value database.host@1:13 host +help",
            ],
        ),
        (
            "the map alone",
            of_path("database.yaml", "host: h\nport: \"5433\"\ndatabaseName: d\npassword: yes\n"),
            &[
                "postgres://:yes@h:5433/d",
                "password<password@4:11 database<databaseName@3:15 host<host@1:7 port<port@2:7",
                "@1:1 used",
            ],
        ),
    ]);
}
