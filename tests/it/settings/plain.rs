//! Any YAML or JSON that names a database.
#![expect(clippy::too_many_lines, reason = "a table is as long as its rows")]

use crate::common::settings::{Ask, compare};
use database_url::settings::System;

fn file(text: &str) -> Ask {
    of_path("app.yaml", text)
}

fn of_path(path: &str, text: &str) -> Ask {
    Ask::file(System::Plain, path, text)
}

fn nothing() -> Ask {
    Ask::nothing(System::Plain)
}

#[test]
fn sections() {
    compare(&[
        (
            "the file is one",
            file("url: postgres://u:p@h/d"),
            &[
                "postgres://u:p@h/d",
                "user,password,database,host<url@1:6",
                "url@1:6 used",
            ],
        ),
        (
            "a key holds it",
            file("app: x\ndatabase: { url: postgres://u:p@h/d }"),
            &[
                "postgres://u:p@h/d",
                "user,password,database,host<database.url@2:18",
                "database.url@2:18 used",
            ],
        ),
        (
            "the key is a URL",
            file("database: postgres://u:p@h/d"),
            &[
                "postgres://u:p@h/d",
                "user,password,database,host<database@1:11",
                "database@1:11 used",
            ],
        ),
        (
            "keys in keys",
            file("databases: { default: { url: postgres://h/d } }"),
            &[
                "postgres://h/d",
                "database,host<databases.default.url@1:30",
                "databases.default.url@1:30 used",
            ],
        ),
        (
            "by environment",
            file("production: { database: { url: postgres://h/d } }").of("production"),
            &[
                "postgres://h/d",
                "database,host<production.database.url@1:32",
                "production.database.url@1:32 used",
            ],
        ),
        (
            "an environment that is not there",
            file("production: { url: postgres://h/d }").of("staging"),
            &[
                "unknown-section @1:1 +help",
            ],
        ),
        (
            "by name",
            file("databases: { main: { url: postgres://h/d }, reports: { url: postgres://r/d } }").named("reports"),
            &[
                "postgres://r/d",
                "database,host<databases.reports.url@1:61",
                "databases.reports.url@1:61 used",
            ],
        ),
        (
            "a name that is not there",
            file("databases: { main: { url: postgres://h/d } }").named("nope"),
            &[
                "unknown-section @1:1 +help",
            ],
        ),
        (
            "nothing says which database",
            file("a: 1"),
            &[
                "missing-key @1:1 +help",
            ],
        ),
        (
            "a key that is a URL is not shown",
            file("postgres://u:hunter2@h/d: 1"),
            &[
                "unknown-key ?@1:27 +help",
            ],
        ),
        (
            "a list",
            file("- postgres://h/d"),
            &[
                "invalid-value @1:1 +help",
            ],
        ),
        (
            "no file",
            nothing().with("DATABASE_URL", "postgres://h/d"),
            &[
                "not-found  +help",
            ],
        ),
        (
            "a URL of the caller",
            file("url: ${X}").url("postgres://c/d"),
            &[
                "postgres://c/d",
                "database,host<--url",
                "--url used",
            ],
        ),
        (
            "JSON",
            of_path("app.json", r#"{"database": {"adapter": "postgres", "host": "h", "password": "${PW}", "dbname": "d"}}"#).with("PW", "a\"b"),
            &[
                "postgres://:a%22b@h/d",
                "password<PW database<database.dbname@1:82 host<database.host@1:46",
                "database@1:2 used",
            ],
        ),
    ]);
}

#[test]
fn parts() {
    compare(&[
        (
            "the usual names",
            file(
                "{ driver: mysql, hostname: h, port: 3307, user: u, pass: p, dbname: d, charset: utf8mb4 }",
            ),
            &[
                "mysql://u:p@h:3307/d?charset=utf8mb4",
                "user<user@1:49 password<pass@1:58 host<hostname@1:28 port<port@1:37 database<dbname@1:69 charset<charset@1:81",
                "@1:1 used",
            ],
        ),
        (
            "a file",
            file("{ type: sqlite, filename: db.sqlite3 }"),
            &[
                "sqlite:///db.sqlite3",
                "database<filename@1:27",
                "@1:1 used",
            ],
        ),
        (
            "Redis with TLS",
            file("{ type: redis, host: h, tls: true }"),
            &[
                "rediss://h tls=true",
                "host<host@1:22 tls<tls@1:30",
                "@1:1 used",
            ],
        ),
        (
            "an engine that is none",
            file("{ type: postgress, host: h }"),
            &["unknown-scheme type@1:9 +help"],
        ),
        (
            "two that contradict",
            file("{ adapter: postgres, user: a, username: b, host: h }"),
            &["conflict username@1:41 user +help"],
        ),
        (
            "two that agree",
            file("{ adapter: postgres, user: a, username: a, host: h }"),
            &[
                "postgres://a@h",
                "user<username@1:41 host<host@1:50",
                "@1:1 used",
            ],
        ),
        (
            "a section's own name",
            file("{ adapter: postgres, name: main, database: d, host: h }"),
            &[
                r#"postgres://h/d name="main""#,
                "database<database@1:44 host<host@1:53 name<name@1:28",
                "@1:1 used",
            ],
        ),
        (
            "a name that is the database's",
            file("{ adapter: postgres, name: d, host: h }"),
            &[
                "postgres://h/d",
                "database<name@1:28 host<host@1:37",
                "@1:1 used",
            ],
        ),
        (
            "beside a URL they are what it leaves open",
            file(
                "{ url: postgres://h/d, user: u, password: p, host: own, sslmode: require, pool: 3 }",
            ),
            &[
                "postgres://u:p@h/d?sslmode=require&pool=3 pool=3",
                "user<user@1:30 password<password@1:43 database,host<url@1:8 sslmode<sslmode@1:66 pool<pool@1:81",
                "url@1:8 used",
                "!suspicious-value",
            ],
        ),
        (
            "a password that goes elsewhere is told",
            file("{ url: postgres://x@h/d, user: u, password: p }"),
            &[
                "postgres://x:p@h/d",
                "user,database,host<url@1:8 password<password@1:45",
                "url@1:8 used",
                "!suspicious-value",
            ],
        ),
        (
            "TLS that the URL takes back is told",
            file(r#"{ url: "postgres://h/d?sslmode=disable", sslmode: require }"#),
            &[
                "postgres://h/d?sslmode=disable",
                "database,host,sslmode<url@1:8",
                "url@1:8 used",
                "!weaker-than-asked",
            ],
        ),
        (
            "and TLS that it does not have",
            file("{ url: redis://h, ssl: true }"),
            &[
                "redis://h ssl=true",
                "host<url@1:8 ssl<ssl@1:24",
                "url@1:8 used",
                "!weaker-than-asked",
            ],
        ),
        (
            "another engine than the URL's",
            file("{ url: postgres://h/d, adapter: mysql }"),
            &[
                "postgres://h/d",
                "database,host<url@1:8",
                "url@1:8 used",
                "!engine-mismatch",
            ],
        ),
        ("an empty URL", file(r#"url: """#), &["empty url@1:6 +help"]),
        (
            "a URL that is null",
            file("{ url: , adapter: postgres, dbname: d }"),
            &["postgres:///d", "database<dbname@1:37", "@1:1 used"],
        ),
        (
            "a URL that is a list",
            file("url: [postgres://h/d]"),
            &["invalid-value url@1:1"],
        ),
        (
            "texts that look like something else",
            file("{ adapter: postgres, user: no, password: 0123, dbname: 1e3 }"),
            &[
                "postgres://no:0123@/1e3",
                "user<user@1:28 password<password@1:42 database<dbname@1:56",
                "@1:1 used",
            ],
        ),
    ]);
}

#[test]
fn variables() {
    compare(&[
        (
            "Compose's syntax",
            file(r#"{ adapter: postgres, host: $H, port: "${PORT:-5433}", password: "${PW}", dbname: "a$$b" }"#).with("H", "h").with("PW", "a: b #c"),
            &[
                "postgres://:a%3A%20b%20%23c@h:5433/a%24b",
                "password<PW database<dbname@1:82 host<H port<port@1:38",
                "@1:1 used",
            ],
        ),
        (
            "what it holds is not filled in again",
            file(r#"{ adapter: postgres, host: h, password: "${PW}" }"#).with("PW", "${H}$H"),
            &[
                "postgres://:%24%7BH%7D%24H@h",
                "password<PW host<host@1:28",
                "@1:1 used",
                "!suspicious-value",
            ],
        ),
        (
            "every one that is not set, by its line",
            file("adapter: postgres\nhost: ${H}\npassword: ${PW:?hunter2}\nother: [$Z]"),
            &[
                "unset-variable host@2:7 +help",
                "unset-variable password@3:11 text +help",
                "unset-variable other[0]@4:9 +help",
            ],
        ),
        (
            "empty is not unset",
            file(r#"{ adapter: postgres, host: h, password: "${PW}", user: "${U-u}" }"#).with("PW", ""),
            &[
                "postgres://u@h/?password=",
                "user<user@1:56 password<PW host<host@1:28",
                "@1:1 used",
            ],
        ),
        (
            "but counts as such with a colon",
            file(r#"{ adapter: postgres, host: h, password: "${PW:-d}" }"#).with("PW", ""),
            &[
                "postgres://:d@h",
                "password<password@1:41 host<host@1:28",
                "@1:1 used",
            ],
        ),
        (
            "a template that is none",
            file(r#"{ adapter: postgres, password: "${hunter2" }"#),
            &[
                "invalid-template password@1:32 text +help",
            ],
        ),
        (
            "the first variable that is set",
            file("{ var: [JADE, BRONZE, DATABASE_URL], url: mysql://root@localhost/d }").with("BRONZE", "postgres://b/d").with("DATABASE_URL", "postgres://d/d"),
            &[
                "postgres://b/d",
                "database,host<BRONZE",
                "JADE unset, BRONZE used, DATABASE_URL shadowed, url@1:43 shadowed",
            ],
        ),
        (
            "one that is empty, after the one that is used",
            file("{ var: [BRONZE, DATABASE_URL] }").with("BRONZE", "postgres://b/d").with("DATABASE_URL", ""),
            &[
                "postgres://b/d",
                "database,host<BRONZE",
                "BRONZE used, DATABASE_URL empty",
            ],
        ),
        (
            "none: what stands beside them",
            file("{ var: [BRONZE, DATABASE_URL], url: mysql://root@localhost/d }"),
            &[
                "mysql://root@localhost/d",
                "user,host,database<url@1:37",
                "BRONZE unset, DATABASE_URL unset, url@1:37 used",
            ],
        ),
        (
            "none: the parts",
            file("{ var: BRONZE, adapter: mysql, user: root, database: d }"),
            &[
                "mysql://root@/d",
                "user<user@1:38 database<database@1:54",
                "BRONZE unset, @1:1 used",
            ],
        ),
        (
            "set, but empty",
            file("{ var: [BRONZE, DATABASE_URL] }").with("BRONZE", "").with("DATABASE_URL", "postgres://d/d"),
            &[
                "empty-variable BRONZE +help",
            ],
        ),
        (
            "none, and nothing beside them",
            file("{ var: [BRONZE, DATABASE_URL] }"),
            &[
                "unset-variable var@1:3 +help",
            ],
        ),
        (
            "a URL is no name",
            file("{ var: postgres://u:hunter2@h/d }\n"),
            &[
                "invalid-name var@1:8 +help",
            ],
        ),
    ]);
}

#[test]
fn misplaced_and_unread() {
    compare(&[
        (
            "a URL in place of a host",
            file(r#"{ adapter: postgres, host: "postgres://u:hunter2@h/d" }"#),
            &["invalid-value host@1:28 host +help"],
        ),
        (
            "a URL in place of a database's name",
            file(r#"{ adapter: mysql, host: h, dbname: "mysql://u:hunter2@h/d" }"#),
            &["invalid-value dbname@1:36 database +help"],
        ),
        (
            "a password may look like one",
            file(r#"{ adapter: postgres, host: h, password: "http://x" }"#),
            &[
                "postgres://:http%3A%2F%2Fx@h",
                "password<password@1:41 host<host@1:28",
                "@1:1 used",
            ],
        ),
        (
            "a variable's name in place of a URL",
            file("url: DATABASE_URL").with("DATABASE_URL", "postgres://h/d"),
            &["unknown-format url@1:6 text +help"],
        ),
        (
            "TLS by a map that no engine has",
            file("{ adapter: postgres, host: h, ssl: { rejectUnauthorized: false } }"),
            &[
                "postgres://h ssl={rejectUnauthorized:false}",
                "host<host@1:28 ssl<ssl@1:31",
                "@1:1 used",
                "!weaker-than-asked",
            ],
        ),
        (
            "but by the engine's own word beside it",
            file(
                "{ adapter: postgres, host: h, sslmode: require, ssl: { rejectUnauthorized: false } }",
            ),
            &[
                "postgres://h/?sslmode=require ssl={rejectUnauthorized:false}",
                "host<host@1:28 sslmode<sslmode@1:40 ssl<ssl@1:49",
                "@1:1 used",
            ],
        ),
        (
            "a certificate, and TLS by the authority",
            file("{ adapter: mysql, host: h, sslca: /ca, sslkey: /k, sslcert: /c }"),
            &[
                "mysql://h/?ssl-mode=VERIFY_CA&ssl-ca=%2Fca&ssl-cert=%2Fc&ssl-key=%2Fk",
                "host<host@1:25 ssl_mode,ssl_ca<sslca@1:35 ssl_cert<sslcert@1:61 ssl_key<sslkey@1:48",
                "@1:1 used",
            ],
        ),
        (
            "a certificate without TLS",
            file("{ adapter: mysql, host: h, sslkey: /k, sslcert: /c }"),
            &[
                "mysql://h/?ssl-cert=%2Fc&ssl-key=%2Fk",
                "host<host@1:25 ssl_cert<sslcert@1:49 ssl_key<sslkey@1:36",
                "@1:1 used",
                "!certificate-unused !certificate-unused",
            ],
        ),
        (
            "a database of SQL Server is no instance",
            file("{ adapter: sqlserver, host: h, dbname: d }"),
            &[
                "sqlserver://h?database=d",
                "host<host@1:29 database<dbname@1:40",
                "@1:1 used",
            ],
        ),
        (
            "SQLite has no TLS",
            file("{ adapter: sqlite, path: d, sslmode: require }\n"),
            &[
                r#"sqlite:///d sslmode="require""#,
                "database<path@1:26 sslmode<sslmode@1:38",
                "@1:1 used",
            ],
        ),
    ]);
}
