//! Active Record's environment variables, and URLs as it reads them.
#![expect(clippy::too_many_lines, reason = "a table is as long as its rows")]

use crate::common::settings::{Ask, compare};
use database_url::settings::System;

fn file(text: &str) -> Ask {
    of_path("config/database.yml", text)
}

fn of_path(path: &str, text: &str) -> Ask {
    Ask::file(System::Rails, path, text).of("production")
}

fn nothing() -> Ask {
    Ask::nothing(System::Rails).of("production")
}

#[test]
fn variables_of_the_process() {
    compare(&[
        (
            "no file is needed",
            nothing().with("DATABASE_URL", "postgres://app:hunter2@db.example/shop"),
            &[
                "postgres://app:hunter2@db.example/shop",
                "user,password,database,host<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
            ],
        ),
        (
            "nor a section",
            file("development: { adapter: sqlite3, database: d }").with("DATABASE_URL", "postgres://db.example/shop"),
            &[
                "postgres://db.example/shop",
                "database,host<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
            ],
        ),
        (
            "nothing at all",
            nothing(),
            &[
                "not-found  +help",
            ],
        ),
        (
            "a file without the section",
            file("development: { adapter: sqlite3, database: d }"),
            &[
                "not-found @1:1 +help",
            ],
        ),
        (
            "an empty file",
            file(""),
            &[
                "not-found @1:1 +help",
            ],
        ),
        (
            "DATABASE_URL wins where it says something",
            file("production: { adapter: postgresql, host: h, port: 5433, username: me, password: own, database: d, pool: 3 }").with("DATABASE_URL", "postgres://svc:k3y@db.example/shop"),
            &[
                "postgres://svc:k3y@db.example:5433/shop?pool=3 pool=3",
                "user,password,database,host<DATABASE_URL port<production.port@1:51 pool<production.pool@1:105",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, production@1:1 shadowed",
            ],
        ),
        (
            "the section's engine gives way",
            file("production: { adapter: postgresql, encoding: utf8 }").with("DATABASE_URL", "mysql2://db.example/shop"),
            &[
                "mysql2://db.example/shop?charset=utf8",
                "host,database<DATABASE_URL charset<production.encoding@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, production@1:1 shadowed",
                "!engine-mismatch",
            ],
        ),
        (
            "PRIMARY_DATABASE_URL comes first",
            nothing().with("PRIMARY_DATABASE_URL", "postgres://p/d").with("DATABASE_URL", "postgres://d/d"),
            &[
                "postgres://p/d",
                "database,host<PRIMARY_DATABASE_URL",
                "PRIMARY_DATABASE_URL used, DATABASE_URL shadowed",
                "!variable-ignored",
            ],
        ),
        (
            "a database of another name has its own variable",
            file("production: { primary: { adapter: sqlite3, database: p }, cache: { adapter: sqlite3, pool: 3 } }").named("cache").with("CACHE_DATABASE_URL", "postgres://c/x").with("DATABASE_URL", "postgres://d/d"),
            &[
                "postgres://c/x?pool=3 pool=3",
                "database,host<CACHE_DATABASE_URL pool<production.cache.pool@1:92",
                "CACHE_DATABASE_URL used, production.cache@1:59 shadowed",
                "!engine-mismatch",
            ],
        ),
        (
            "DATABASE_URL is for primary",
            file("production: { cache: { adapter: sqlite3, database: c }, primary: { adapter: postgresql, pool: 3 } }").with("DATABASE_URL", "postgres://d/d"),
            &[
                "sqlite3:c",
                "database<production.cache.database@1:52",
                "CACHE_DATABASE_URL unset, production.cache@1:15 used",
            ],
        ),
        (
            "DATABASE_URL is for nothing where no database is called primary",
            file("production: { main: { adapter: postgresql, database: m }, cache: { adapter: sqlite3, database: c } }").with("DATABASE_URL", "postgres://d/d"),
            &[
                "postgres:///m",
                "database<production.main.database@1:54",
                "MAIN_DATABASE_URL unset, production.main@1:15 used",
                "!variable-ignored",
            ],
        ),
        (
            "a variable makes primary alone",
            nothing().named("cache").with("CACHE_DATABASE_URL", "postgres://c/x"),
            &[
                "not-found  +help",
            ],
        ),
        (
            "a name with letters that no variable has",
            file("production: { a-b: { adapter: sqlite3, database: c } }").named("a-b").with("A-B_DATABASE_URL", "postgres://c/x"),
            &[
                "sqlite3:c",
                "database<production.a-b.database@1:50",
                "production.a-b@1:15 used",
            ],
        ),
        (
            "url in the section beats them all",
            file("production: { url: postgres://u/d, host: h, pool: 3, username: me }").with("DATABASE_URL", "postgres://d/d").with("PRIMARY_DATABASE_URL", "postgres://p/d"),
            &[
                "postgres://me@u/d?pool=3 pool=3",
                "user<production.username@1:64 database,host<production.url@1:20 pool<production.pool@1:51",
                "production.url@1:20 used, PRIMARY_DATABASE_URL shadowed, DATABASE_URL shadowed, production@1:1 used",
                "!variable-ignored",
            ],
        ),
        (
            "so does a section that is a URL",
            file("production: postgres://u/d").with("DATABASE_URL", "postgres://d/d"),
            &[
                "postgres://u/d",
                "database,host<production@1:13",
                "production@1:13 used, PRIMARY_DATABASE_URL unset, DATABASE_URL shadowed",
                "!variable-ignored",
            ],
        ),
        (
            "an unset variable in url leaves DATABASE_URL",
            file("production: { url: <%= ENV['X'] %>, pool: 3 }").with("DATABASE_URL", "postgres://d/d"),
            &[
                "postgres://d/d?pool=3 pool=3",
                "database,host<DATABASE_URL pool<production.pool@1:43",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, production@1:1 shadowed",
                "!unset-variable",
            ],
        ),
        (
            "and without it the section",
            file("production: { url: <%= ENV['X'] %>, adapter: postgresql, database: fallback }"),
            &[
                "postgres:///fallback",
                "database<production.database@1:68",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!unset-variable",
            ],
        ),
        (
            "with nothing beside it the unset variable is the failure",
            file("production: { url: <%= ENV['X'] %>, pool: 3 }"),
            &[
                "unset-variable production.url@1:20 +help",
            ],
        ),
        (
            "in quotation marks it is an empty URL",
            file(r#"production: { url: "<%= ENV['X'] %>", adapter: postgresql }"#).with("DATABASE_URL", "postgres://d/d"),
            &[
                "empty production.url@1:20 +help",
            ],
        ),
        (
            "an empty DATABASE_URL is an error",
            file("production: { adapter: postgresql, database: d }").with("DATABASE_URL", ""),
            &[
                "empty-variable DATABASE_URL +help",
            ],
        ),
        (
            "an empty one that nothing reads is told",
            file("production: { url: postgres://u/d }").with("DATABASE_URL", ""),
            &[
                "postgres://u/d",
                "database,host<production.url@1:20",
                "production.url@1:20 used, PRIMARY_DATABASE_URL unset, DATABASE_URL empty, production@1:1 used",
                "!variable-ignored",
            ],
        ),
        (
            "an empty PRIMARY_DATABASE_URL is an error",
            nothing().with("PRIMARY_DATABASE_URL", "").with("DATABASE_URL", "postgres://d/d"),
            &[
                "empty-variable PRIMARY_DATABASE_URL +help",
            ],
        ),
        (
            "tests on data that others use",
            file("test: { adapter: postgresql, database: shop_test }").of("test").with("DATABASE_URL", "postgres://d/d"),
            &[
                "postgres://d/d",
                "database,host<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, test@1:1 shadowed",
                "!same-database",
            ],
        ),
        (
            "a URL of the caller replaces the file",
            file("production: { adapter: postgresql, pool: 3 }").url("postgres://c/d").with("DATABASE_URL", "postgres://d/d"),
            &[
                "postgres://c/d",
                "database,host<--url",
                "--url used",
            ],
        ),
    ]);
}

#[test]
fn urls_as_active_record_reads_them() {
    compare(&[
        (
            "blanks of a URL are not given",
            file("production: { adapter: postgresql, username: svc, password: own, database: d, pool: 3 }").with("DATABASE_URL", "postgres://svc:@db.example/?pool=&application_name=web"),
            &[
                "postgres://svc:own@db.example/d?application_name=web&pool=3 pool=3",
                "user,host,application_name<DATABASE_URL password<production.password@1:61 database<production.database@1:76 pool<production.pool@1:85",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, production@1:1 shadowed",
            ],
        ),
        (
            "a query comes before the rest of the URL",
            nothing().with("DATABASE_URL", "postgres://u:p@h:1/d?host=/tmp&port=9&user=x&password=y&dbname=e"),
            &[
                "postgres://x:y@%2Ftmp:9/e",
                "user,password,database,host,port<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
                "!repeated-setting",
            ],
        ),
        (
            "some parameters are truth values or numbers",
            nothing().with("DATABASE_URL", "postgres://h/d?replica=false&database_tasks=true&query_cache=100&schema_dump=false&prepared_statements=false&pool=7"),
            &[
                "postgres://h/d?replica=false&database_tasks=true&query_cache=100&schema_dump=false&prepared_statements=false&pool=7 replica=false database_tasks=true query_cache=100 schema_dump=false",
                "database,host,replica,database_tasks,query_cache,schema_dump<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
            ],
        ),
        (
            "a plus stays",
            nothing().with("DATABASE_URL", "postgres://u+v:p+w@h/d?application_name=a+b"),
            &[
                "postgres://u%2Bv:p%2Bw@h/d?application_name=a%2Bb",
                "user,password,database,host,application_name<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
            ],
        ),
        (
            "sqlite3 without slashes is relative",
            nothing().with("DATABASE_URL", "sqlite3:storage/p.sqlite3"),
            &[
                "sqlite3:storage/p.sqlite3",
                "database<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
            ],
        ),
        (
            "with one or three it is absolute",
            nothing().with("DATABASE_URL", "sqlite3:///srv/p.sqlite3"),
            &[
                "sqlite3:/srv/p.sqlite3",
                "database<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
            ],
        ),
        (
            "in memory",
            nothing().with("DATABASE_URL", "sqlite3::memory:"),
            &[
                "sqlite3::memory:",
                "database<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
            ],
        ),
        (
            "a JDBC URL is read, too",
            file("production: { adapter: jdbcpostgresql, pool: 3 }").with("DATABASE_URL", "jdbc:postgresql://h:5/d?user=u&password=p"),
            &[
                "postgresql://u:p@h:5/d?pool=3 pool=3",
                "user,password,database,host,port<DATABASE_URL pool<production.pool@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, production@1:1 shadowed",
            ],
        ),
        (
            "a name alone is no URL",
            nothing().with("DATABASE_URL", "just_a_name"),
            &[
                "unknown-format DATABASE_URL text +help",
            ],
        ),
        (
            "nor is a URL without its scheme",
            nothing().with("DATABASE_URL", "svc:hunter2@h/d"),
            &[
                "unknown-format DATABASE_URL text +help",
            ],
        ),
        (
            "a raw hash and a raw caret",
            nothing().with("DATABASE_URL", "postgres://svc:p#w^x@h/d"),
            &[
                "postgres://svc:p%23w%5Ex@h/d",
                "user,password,database,host<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
                "!raw-hash",
            ],
        ),
        (
            "several hosts",
            nothing().with("DATABASE_URL", "postgres://h1:1,h2:2/d"),
            &[
                "postgres://h1:1,h2:2/d",
                "database,host,port<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
            ],
        ),
        (
            "a user without a host",
            nothing().with("DATABASE_URL", "postgres://u:p@/d"),
            &[
                "postgres://u:p@/d",
                "user,password,database<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used",
            ],
        ),
        (
            "TLS that the URL takes back is told",
            file("production: { adapter: postgresql, sslmode: verify-full, sslrootcert: /ca.pem }").with("DATABASE_URL", "postgres://h/d?sslmode=disable"),
            &[
                "postgres://h/d?sslmode=disable&sslrootcert=%2Fca.pem",
                "database,host,sslmode<DATABASE_URL sslrootcert<production.sslrootcert@1:71",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, production@1:1 shadowed",
                "!weaker-than-asked",
            ],
        ),
        (
            "TLS beside a URL that says nothing of it",
            file("production: { adapter: postgresql, sslmode: verify-full }").with("DATABASE_URL", "postgres://h/d"),
            &[
                "postgres://h/d?sslmode=verify-full",
                "database,host<DATABASE_URL sslmode<production.sslmode@1:45",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, production@1:1 shadowed",
            ],
        ),
        (
            "a password that goes to another host is told",
            file("production: { adapter: postgresql, host: own, username: me, password: hunter2 }").with("DATABASE_URL", "postgres://me@other/d"),
            &[
                "postgres://me:hunter2@other/d",
                "user,database,host<DATABASE_URL password<production.password@1:71",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, production@1:1 shadowed",
                "!suspicious-value",
            ],
        ),
        (
            "a password that no other host has is not",
            file("production: { adapter: postgresql, username: me, password: hunter2 }\n").with("DATABASE_URL", "postgres://h/d"),
            &[
                "postgres://me:hunter2@h/d",
                "user<production.username@1:46 password<production.password@1:60 database,host<DATABASE_URL",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL used, production@1:1 shadowed",
            ],
        ),
    ]);
}

#[test]
fn what_gives_nothing_to_connect_to() {
    compare(&[
        (
            "a cache is no database of Active Record",
            file("production:\n  adapter: postgresql\n")
                .with("DATABASE_URL", "redis://cache.example/0"),
            &["wrong-engine DATABASE_URL +help"],
        ),
        (
            "nor is a queue",
            file("production:\n  url: amqp://mq.example/vh\n"),
            &["wrong-engine production.url@2:8 +help"],
        ),
        (
            "the add-on of a section that counts on it is missing",
            file("production: { adapter: postgresql, url: <%= ENV['X'] %> }"),
            &["unset-variable production.url@1:41 +help"],
        ),
        (
            "a database beside it is enough",
            file("production: { adapter: postgresql, url: <%= ENV['X'] %>, database: d }"),
            &[
                "postgres:///d",
                "database<production.database@1:68",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!unset-variable",
            ],
        ),
        (
            "what ends a host in a URL is in none",
            file("production: { adapter: postgresql, database: d, host: 'u:k3y@db.example' }"),
            &["invalid-value production.host@1:55 host +help"],
        ),
        (
            "several hosts, and the folder of a socket, are hosts",
            file(
                "production: { adapter: postgresql, database: d, host: 'a.example,/run/postgresql' }",
            ),
            &[
                "postgres:///d?host=a.example%2C%2Frun%2Fpostgresql",
                "database<production.database@1:46 host<production.host@1:55",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "a key that is no name is not told",
            file("production: { adapter: postgresql, database: d, 'u:k3y@h': 1 }"),
            &["unknown-key production.?@1:60 +help"],
        ),
    ]);
}
