//! Rails' `database.yml`: which section, which of several databases.
#![expect(clippy::too_many_lines, reason = "a table is as long as its rows")]

use crate::common::settings::{Ask, compare};
use database_url::settings::System;

fn file(text: &str) -> Ask {
    of_path("config/database.yml", text)
}

fn of_path(path: &str, text: &str) -> Ask {
    Ask::file(System::Rails, path, text).of("production")
}

fn unsaid(text: &str) -> Ask {
    Ask::file(System::Rails, "config/database.yml", text)
}

#[test]
fn databases_of_the_environment() {
    compare(&[
        (
            "a section is a database",
            file("production: { adapter: postgresql, encoding: unicode, pool: 5, host: db.example, port: 5433, username: app, password: hunter2, database: shop, connect_timeout: 5 }"),
            &[
                r#"postgres://app:hunter2@db.example:5433/shop?connect_timeout=5&encoding=unicode&pool=5 encoding="unicode" pool=5"#,
                "user<production.username@1:104 password<production.password@1:119 connect_timeout<production.connect_timeout@1:161 database<production.database@1:138 host<production.host@1:70 port<production.port@1:88 encoding<production.encoding@1:46 pool<production.pool@1:61",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "adapters are named as in Rails",
            file("production: { adapter: mysql2, host: h, database: d }"),
            &[
                "mysql://h/d",
                "host<production.host@1:38 database<production.database@1:51",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "trilogy is one of MySQL",
            file("production: { adapter: trilogy, host: h, database: d, ssl: true }"),
            &[
                "mysql://h/d?ssl-mode=REQUIRED",
                "host<production.host@1:39 database<production.database@1:52 ssl_mode<production.ssl@1:60",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "PostGIS is one of Postgres",
            file("production: { adapter: postgis, database: d }"),
            &[
                "postgres:///d",
                "database<production.database@1:43",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "JDBC adapters are those of their engine",
            file("production: { adapter: jdbcpostgresql, database: d }"),
            &[
                "postgres:///d",
                "database<production.database@1:50",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "an unknown adapter is refused",
            file("production: { adapter: postgressql, database: d }"),
            &[
                "unknown-scheme production.adapter@1:24 +help",
            ],
        ),
        (
            "a path of SQLite stays relative",
            file("production: { adapter: sqlite3, database: storage/production.sqlite3, timeout: 5000 }"),
            &[
                "sqlite3:storage/production.sqlite3 timeout=5000",
                "database<production.database@1:43 timeout<production.timeout@1:80",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "libpq gets no socket",
            file("production: { adapter: postgresql, socket: /var/run/postgresql, database: d }"),
            &[
                "postgres:///d",
                "database<production.database@1:75",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!key-ignored",
            ],
        ),
        (
            "a socket beside a host of MySQL",
            file("production: { adapter: mysql2, host: localhost, socket: /tmp/mysql.sock, username: root, password: , database: d }"),
            &[
                "mysql://root@localhost/d?socket=%2Ftmp%2Fmysql.sock",
                "user<production.username@1:84 host<production.host@1:38 database<production.database@1:112 socket<production.socket@1:57",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "symbols are words",
            file("production: { adapter: mysql2, host: h, database: d, ssl_mode: :verify_identity, sslca: /etc/ca.pem }"),
            &[
                "mysql://h/d?ssl-mode=VERIFY_IDENTITY&ssl-ca=%2Fetc%2Fca.pem",
                "host<production.host@1:38 database<production.database@1:51 ssl_mode<production.ssl_mode@1:64 ssl_ca<production.sslca@1:89",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "Active Record's username comes before the driver's user",
            file("production: { adapter: postgresql, user: driver, username: rails, database: d }"),
            &[
                "postgres://rails@/d",
                "user<production.username@1:60 database<production.database@1:77",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "the driver's user alone",
            file("production: { adapter: postgresql, user: driver, database: d }"),
            &[
                "postgres://driver@/d",
                "user<production.user@1:42 database<production.database@1:60",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "maps and lists are for Rails",
            file("production: { adapter: postgresql, database: d, variables: { statement_timeout: 1000 }, tags: [a, 1, true, ~] }"),
            &[
                r#"postgres:///d variables={statement_timeout:1000} tags=["a",1,true,null]"#,
                "database<production.database@1:46 variables<production.variables@1:49 tags<production.tags@1:89",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "a dollar is text",
            file(r#"production: { adapter: postgresql, database: $SHOP_DB, schema_search_path: "$user,public" }"#).with("SHOP_DB", "x"),
            &[
                r#"postgres:///%24SHOP_DB?schema_search_path=%24user%2Cpublic schema_search_path="$user,public""#,
                "database<production.database@1:46 schema_search_path<production.schema_search_path@1:76",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!unexpanded-reference",
            ],
        ),
        (
            "a section may be a URL",
            file("production: postgres://app:hunter2@db.example/shop"),
            &[
                "postgres://app:hunter2@db.example/shop",
                "user,password,database,host<production@1:13",
                "production@1:13 used, PRIMARY_DATABASE_URL unset, DATABASE_URL unset",
            ],
        ),
        (
            "a section that is null is none",
            file("production:"),
            &[
                "not-found @1:1 +help",
            ],
        ),
        (
            "a section without an adapter is incomplete",
            file("production: { database: d }"),
            &[
                "missing-key production@1:1 +help",
            ],
        ),
        (
            "a section that is a list is refused",
            file("production: [a]"),
            &[
                "invalid-value production@1:1 +help",
            ],
        ),
        (
            "a file that is a list is refused",
            file("- production"),
            &[
                "invalid-value @1:1 +help",
            ],
        ),
        (
            "a port that is none is refused where it stands",
            file("production: { adapter: postgresql, port: 54x, database: d }"),
            &[
                "invalid-value production.port@1:42 port +help",
            ],
        ),
        (
            "a part that is a map is refused, and every other with it",
            file("production: { adapter: postgresql, host: [a], port: { b: 1 }, database: d }"),
            &[
                "invalid-value production.host@1:36 host +help",
                "invalid-value production.port@1:47 port +help",
            ],
        ),
        (
            "development is where nothing is said",
            unsaid("development: { adapter: sqlite3, database: dev.sqlite3 }"),
            &[
                "sqlite3:dev.sqlite3",
                "database<development.database@1:44",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, development@1:1 used",
            ],
        ),
        (
            "RAILS_ENV comes before RACK_ENV",
            unsaid("staging: { adapter: sqlite3, database: staging.sqlite3 }").with("RAILS_ENV", "staging").with("RACK_ENV", "production"),
            &[
                "sqlite3:staging.sqlite3",
                "database<staging.database@1:40",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, staging@1:1 used",
            ],
        ),
        (
            "a blank RAILS_ENV is unset",
            unsaid("production: { adapter: sqlite3, database: production.sqlite3 }").with("RAILS_ENV", " ").with("RACK_ENV", "production"),
            &[
                "sqlite3:production.sqlite3",
                "database<production.database@1:43",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "both blank: development",
            unsaid("development: { adapter: sqlite3, database: dev.sqlite3 }").with("RAILS_ENV", "").with("RACK_ENV", ""),
            &[
                "sqlite3:dev.sqlite3",
                "database<development.database@1:44",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, development@1:1 used",
            ],
        ),
        (
            "anchors and merge keys",
            file("default: &default\n  adapter: postgresql\n  pool: 5\nproduction:\n  <<: *default\n  database: d\n  pool: 7"),
            &[
                "postgres:///d?pool=7 pool=7",
                "database<production.database@6:13 pool<production.pool@7:9",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@4:1 used",
            ],
        ),
    ]);
}

#[test]
fn several_databases() {
    compare(&[
        (
            "the first is meant",
            file("production: { main: { adapter: postgresql, database: m }, cache: { adapter: sqlite3, database: c.sqlite3 } }"),
            &[
                "postgres:///m",
                "database<production.main.database@1:54",
                "MAIN_DATABASE_URL unset, production.main@1:15 used",
            ],
        ),
        (
            "another by its name",
            file("production: { main: { adapter: postgresql, database: m }, cache: { adapter: sqlite3, database: c.sqlite3 } }").named("cache"),
            &[
                "sqlite3:c.sqlite3",
                "database<production.cache.database@1:96",
                "CACHE_DATABASE_URL unset, production.cache@1:59 used",
            ],
        ),
        (
            "a name that is none",
            file("production: { main: { adapter: postgresql, database: m }, cache: { adapter: sqlite3, database: c.sqlite3 } }").named("queue"),
            &[
                "unknown-section production@1:1 +help",
            ],
        ),
        (
            "a section with a scalar is one database",
            file("production: { adapter: postgresql, cache: { adapter: sqlite3, database: c.sqlite3 } }").named("cache"),
            &[
                "unknown-section production@1:1 +help",
            ],
        ),
        (
            "the one database is called primary",
            file("production: { adapter: postgresql, database: d }").named("primary"),
            &[
                "postgres:///d",
                "database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "shared stands below the section",
            file("shared: { adapter: postgresql, pool: 9, host: h }\nproduction: { database: d, pool: 3 }"),
            &[
                "postgres://h/d?pool=3 pool=3",
                "database<production.database@2:25 host<shared.host@1:47 pool<production.pool@2:34",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@2:1 used",
            ],
        ),
        (
            "shared stands below every database",
            file("shared: { adapter: postgresql, pool: 9 }\nproduction: { primary: { database: d }, cache: { database: c } }").named("cache"),
            &[
                "postgres:///c?pool=9 pool=9",
                "database<production.cache.database@2:60 pool<shared.pool@1:38",
                "CACHE_DATABASE_URL unset, production.cache@2:41 used",
            ],
        ),
        (
            "shared by names",
            file("shared: { cache: { adapter: sqlite3 }, primary: { adapter: postgresql } }\nproduction: { primary: { database: d }, cache: { database: c } }").named("cache"),
            &[
                "sqlite3:c",
                "database<production.cache.database@2:60",
                "CACHE_DATABASE_URL unset, production.cache@2:41 used",
            ],
        ),
        (
            "shared makes no environment",
            file("shared: { adapter: postgresql, database: d }").of("staging"),
            &[
                "not-found @1:1 +help",
            ],
        ),
        (
            "shared is no environment",
            file("shared: { adapter: postgresql, database: d }").of("shared"),
            &[
                "not-found @1:1 +help",
            ],
        ),
        (
            "a URL of shared counts",
            file("shared: { url: postgres://s/d }\nproduction: { pool: 3 }"),
            &[
                "postgres://s/d?pool=3 pool=3",
                "database,host<shared.url@1:16 pool<production.pool@2:21",
                "shared.url@1:16 used, PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@2:1 used",
            ],
        ),
        (
            "null in the section hides it",
            file("shared: { url: postgres://s/d }\nproduction: { url: , adapter: postgresql, database: own }\n"),
            &[
                "postgres:///own",
                "database<production.database@2:53",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@2:1 used",
            ],
        ),
    ]);
}
