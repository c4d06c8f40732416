//! sequelize-cli's `config/config.json`.
#![expect(clippy::too_many_lines, reason = "a table is as long as its rows")]

use crate::common::settings::{Ask, compare};
use database_url::settings::System;

fn file(text: &str) -> Ask {
    of_path("config/config.json", text)
}

fn of_path(path: &str, text: &str) -> Ask {
    Ask::file(System::Sequelize, path, text).of("production")
}

fn unsaid(text: &str) -> Ask {
    Ask::file(System::Sequelize, "config/config.json", text)
}

fn nothing() -> Ask {
    Ask::nothing(System::Sequelize).of("production")
}

#[test]
fn sections() {
    compare(&[
        (
            "a section is a database",
            file(r#"{"production": {"dialect": "mysql", "host": "127.0.0.1", "port": 3307, "username": "root", "password": null, "database": "shop"}}"#),
            &[
                "mysql://root@127.0.0.1:3307/shop",
                "user<production.username@1:84 host<production.host@1:45 port<production.port@1:66 database<production.database@1:122",
                "production@1:2 used",
            ],
        ),
        (
            "a port may be a text",
            file(r#"{"production": {"dialect": "postgres", "host": "h", "port": "5433", "database": "d"}}"#),
            &[
                "postgres://h:5433/d",
                "database<production.database@1:81 host<production.host@1:48 port<production.port@1:61",
                "production@1:2 used",
            ],
        ),
        (
            "MariaDB is one of MySQL",
            file(r#"{"production": {"dialect": "mariadb", "host": "h", "database": "d"}}"#),
            &[
                "mysql://h/d",
                "host<production.host@1:47 database<production.database@1:64",
                "production@1:2 used",
            ],
        ),
        (
            "SQLite takes its file from storage",
            file(r#"{"production": {"dialect": "sqlite", "storage": "db/x.sqlite", "database": "unused"}}"#),
            &[
                "sqlite3:db/x.sqlite",
                "database<production.storage@1:49",
                "production@1:2 used",
            ],
        ),
        (
            "without storage it is in memory",
            file(r#"{"production": {"dialect": "sqlite"}}"#),
            &[
                "sqlite3::memory:",
                "database<production@1:2",
                "production@1:2 used",
            ],
        ),
        (
            "which is told where a name was meant for it",
            file(r#"{"production": {"dialect": "sqlite", "database": "shop.sqlite"}}"#),
            &[
                "sqlite3::memory:",
                "database<production@1:2",
                "production@1:2 used",
                "!key-ignored",
            ],
        ),
        (
            "what is Sequelize's stays",
            file(r#"{"production": {"dialect": "postgres", "host": "h", "database": "d", "pool": {"max": 4}, "logging": false, "timezone": "+02:00", "define": null}}"#),
            &[
                r#"postgres://h/d pool={max:4} logging=false timezone="+02:00" define=null"#,
                "database<production.database@1:65 host<production.host@1:48 pool<production.pool@1:70 logging<production.logging@1:101 timezone<production.timezone@1:120 define<production.define@1:140",
                "production@1:2 used",
            ],
        ),
        (
            "NODE_ENV names the section",
            unsaid(r#"{"production": {"dialect": "postgres", "database": "p"}, "development": {"dialect": "postgres", "database": "d"}}"#).with("NODE_ENV", "production"),
            &[
                "postgres:///p",
                "database<production.database@1:52",
                "production@1:2 used",
            ],
        ),
        (
            "development without it",
            unsaid(r#"{"production": {"dialect": "postgres", "database": "p"}, "development": {"dialect": "postgres", "database": "d"}}"#),
            &[
                "postgres:///d",
                "database<development.database@1:109",
                "development@1:58 used",
            ],
        ),
        (
            "or where it is blank",
            unsaid(r#"{"production": {"dialect": "postgres", "database": "p"}, "development": {"dialect": "postgres", "database": "d"}}"#).with("NODE_ENV", ""),
            &[
                "postgres:///d",
                "database<development.database@1:109",
                "development@1:58 used",
            ],
        ),
        (
            "a section that is not there",
            file(r#"{"production": {"dialect": "postgres", "database": "p"}}"#).of("staging"),
            &[
                "unknown-section @1:1 +help",
            ],
        ),
        (
            "a file without sections is one",
            file(r#"{"use_env_variable": "U"}"#).of("staging").with("U", "postgres://h/d"),
            &[
                "postgres://h/d",
                "database,host<U",
                "U used",
            ],
        ),
        (
            "a section that is a list",
            file(r#"{"production": ["a"]}"#),
            &[
                "unknown-section @1:1 +help",
            ],
        ),
        (
            "a section that is null",
            file(r#"{"production": null, "development": {"dialect": "postgres", "database": "p"}}"#),
            &[
                "unknown-section @1:1 +help",
            ],
        ),
        (
            "nothing says which engine",
            file(r#"{"production": {"database": "d", "host": "h"}}"#),
            &[
                "missing-key production@1:2 +help",
            ],
        ),
        (
            "an unknown dialect",
            file(r#"{"production": {"database": "d", "dialect": "postgress"}}"#),
            &[
                "unknown-scheme production.dialect@1:45 +help",
            ],
        ),
        (
            "nothing names the database",
            file(r#"{"production": {"host": "h", "dialect": "postgres"}}"#),
            &[
                "missing-key production@1:2 +help",
            ],
        ),
        (
            "parts that are none, together",
            file(r#"{"production": {"dialect": "postgres", "database": "d", "port": {}, "host": ["a"], "dialectOptions": true}}"#),
            &[
                "invalid-value production.port@1:57 port +help",
                "invalid-value production.host@1:69 host +help",
                "invalid-value production.dialectOptions@1:102 +help",
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
            "no file, but a URL",
            nothing().url("postgres://u:k3y@h/d"),
            &[
                "postgres://u:k3y@h/d",
                "user,password,database,host<--url",
                "--url used",
            ],
        ),
        (
            "a URL of the caller replaces the file",
            file(r#"{"production": {"dialect": "mysql", "database": "own", "pool": {"max": 4}}}"#).url("postgres://u:k3y@h/d"),
            &[
                "postgres://u:k3y@h/d",
                "user,password,database,host<--url",
                "--url used",
            ],
        ),
    ]);
}

#[test]
fn urls() {
    compare(&[
        (
            "the URL wins over host, port, database and dialect",
            file(r#"{"production": {"use_env_variable": "U", "dialect": "mysql", "host": "own", "port": 1, "database": "own", "username": "own", "pool": {"max": 4}}}"#).with("U", "postgres://svc:k3y@db.example:6432/shop"),
            &[
                "postgres://svc:k3y@db.example:6432/shop pool={max:4}",
                "user,password,database,host,port<U pool<production.pool@1:126",
                "U used",
                "!engine-mismatch",
            ],
        ),
        (
            "a port that it leaves out is nobody's",
            file(r#"{"production": {"use_env_variable": "U", "dialect": "postgres", "port": 1}}"#).with("U", "postgres://db.example/shop"),
            &[
                "postgres://db.example/shop",
                "database,host<U",
                "U used",
            ],
        ),
        (
            "user and password stay where it has none",
            file(r#"{"production": {"use_env_variable": "U", "dialect": "postgres", "username": "own", "password": "hunter2"}}"#).with("U", "postgres://db.example/shop"),
            &[
                "postgres://own:hunter2@db.example/shop",
                "user<production.username@1:77 password<production.password@1:96 database,host<U",
                "U used",
            ],
        ),
        (
            "a password that goes to another host is told",
            file(r#"{"production": {"use_env_variable": "U", "dialect": "postgres", "host": "h", "username": "own", "password": "hunter2"}}"#).with("U", "postgres://own@other/shop"),
            &[
                "postgres://own:hunter2@other/shop",
                "user,database,host<U password<production.password@1:109",
                "U used",
                "!suspicious-value",
            ],
        ),
        (
            "the section names the database where the URL does not",
            file(r#"{"production": {"use_env_variable": "U", "database": "own"}}"#).with("U", "postgres://db.example"),
            &[
                "postgres://db.example/own",
                "database<production.database@1:54 host<U",
                "U used",
            ],
        ),
        (
            "nobody names it",
            file(r#"{"production": {"use_env_variable": "U"}}"#).with("U", "postgres://db.example"),
            &[
                "missing-key U +help",
            ],
        ),
        (
            "url beats use_env_variable",
            file(r#"{"production": {"url": "postgres://w/d", "use_env_variable": "U"}}"#).with("U", "postgres://u/d"),
            &[
                "postgres://w/d",
                "database,host<production.url@1:24",
                "production.url@1:24 used, U shadowed",
            ],
        ),
        (
            "url beats one that is empty",
            file(r#"{"production": {"url": "postgres://w/d", "use_env_variable": "U"}}"#).with("U", ""),
            &[
                "postgres://w/d",
                "database,host<production.url@1:24",
                "production.url@1:24 used, U empty",
            ],
        ),
        (
            "url beats what is no name of a variable",
            file(r#"{"production": {"url": "postgres://w/d", "use_env_variable": "postgres://u:hunter2@h/d"}}"#),
            &[
                "postgres://w/d",
                "database,host<production.url@1:24",
                "production.url@1:24 used",
            ],
        ),
        (
            "url beats one that is not set",
            file(r#"{"production": {"url": "postgres://w/d", "use_env_variable": "U"}}"#),
            &[
                "postgres://w/d",
                "database,host<production.url@1:24",
                "production.url@1:24 used, U unset",
            ],
        ),
        (
            "a url that is null is none",
            file(r#"{"production": {"url": null, "use_env_variable": "U"}}"#).with("U", "postgres://u/d"),
            &[
                "postgres://u/d",
                "database,host<U",
                "U used",
            ],
        ),
        (
            "an empty url is an error",
            file(r#"{"production": {"url": "", "use_env_variable": "U"}}"#).with("U", "postgres://u/d"),
            &[
                "empty production.url@1:24 +help",
            ],
        ),
        (
            "a url that is no text",
            file(r#"{"production": {"url": ["postgres://w/d"]}}"#),
            &[
                "invalid-value production.url@1:17",
            ],
        ),
        (
            "the variable is not set",
            file(r#"{"production": {"use_env_variable": "U", "dialect": "mysql", "database": "d"}}"#),
            &[
                "unset-variable production.use_env_variable@1:37 +help",
            ],
        ),
        (
            "it is set, but empty",
            file(r#"{"production": {"use_env_variable": "U", "dialect": "mysql", "database": "d"}}"#).with("U", ""),
            &[
                "empty-variable U +help",
            ],
        ),
        (
            "a URL in place of a name",
            file(r#"{"production": {"use_env_variable": "postgres://svc:hunter2@h/d"}}"#),
            &[
                "invalid-name production.use_env_variable@1:37 +help",
            ],
        ),
        (
            "a dollar before the name",
            file(r#"{"production": {"use_env_variable": "$U"}}"#).with("U", "postgres://u/d"),
            &[
                "invalid-name production.use_env_variable@1:37 +help",
            ],
        ),
        (
            "one part from a variable",
            file(r#"{"production": {"username": {"use_env_variable": "DBU"}, "password": {"use_env_variable": "DBP"}, "database": "d", "dialect": "postgres"}}"#).with("DBU", "app").with("DBP", "0123"),
            &[
                "postgres://app:0123@/d",
                "user<DBU password<DBP database<production.database@1:111",
                "DBU used, DBP used, production@1:2 used",
            ],
        ),
        (
            "all that are not set, together",
            file(r#"{"production": {"username": {"use_env_variable": "DBU"}, "password": {"use_env_variable": "DBP"}, "database": "d", "dialect": "postgres"}}"#),
            &[
                "unset-variable production.username.use_env_variable@1:50 +help",
                "unset-variable production.password.use_env_variable@1:91 +help",
            ],
        ),
        (
            "the URL itself from a variable",
            file(r#"{"production": {"url": {"use_env_variable": "U"}}}"#).with("U", "postgres://u/d"),
            &[
                "postgres://u/d",
                "database,host<U",
                "U used",
            ],
        ),
        (
            "a dollar in a text is text",
            file(r#"{"production": {"dialect": "postgres", "database": "d", "username": "$USER", "host": "h"}}"#),
            &[
                "postgres://%24USER@h/d",
                "user<production.username@1:69 database<production.database@1:52 host<production.host@1:86",
                "production@1:2 used",
                "!unexpanded-reference",
            ],
        ),
        (
            "a raw hash in the password",
            file(r#"{"production": {"use_env_variable": "U"}}"#).with("U", "postgres://svc:hash#tag@db.example/shop"),
            &[
                "postgres://svc:hash%23tag@db.example/shop",
                "user,password,database,host<U",
                "U used",
                "!raw-hash",
            ],
        ),
        (
            "a port that is none",
            file(r#"{"production": {"use_env_variable": "U"}}"#).with("U", "postgres://svc:k3y@db.example:abc/shop"),
            &[
                "invalid-value U port +help",
            ],
        ),
        (
            "the query is kept",
            file(r#"{"production": {"use_env_variable": "U"}}"#).with("U", "postgres://h/d?application_name=web&pool=3"),
            &[
                "postgres://h/d?application_name=web&pool=3",
                "database,host,application_name<U",
                "U used",
            ],
        ),
        (
            "a file of SQLite without slashes is relative, as for the library",
            file(r#"{"production": {"use_env_variable": "U"}}"#).with("U", "sqlite:db/shop.sqlite"),
            &[
                "sqlite:db/shop.sqlite",
                "database<U",
                "U used",
            ],
        ),
        (
            "with three slashes it is absolute",
            file(r#"{"production": {"use_env_variable": "U"}}"#).with("U", "sqlite:///srv/shop.sqlite"),
            &[
                "sqlite:/srv/shop.sqlite",
                "database<U",
                "U used",
            ],
        ),
        (
            "a URL of another engine than the dialect",
            file(r#"{"production": {"use_env_variable": "U", "dialect": "postgres"}}"#).with("U", "mysql://h/d"),
            &[
                "mysql://h/d",
                "host,database<U",
                "U used",
                "!engine-mismatch",
            ],
        ),
    ]);
}

#[test]
fn tls() {
    compare(&[
        (
            "Heroku's recipe",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": {"require": true, "rejectUnauthorized": false}}}}"#).with("U", "postgres://h/d"),
            &[
                "postgres://h/d?sslmode=require",
                "database,host<U sslmode<production.dialectOptions.ssl@1:61",
                "U used",
            ],
        ),
        (
            "an object verifies",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": {"require": true, "ca": "PEM"}}}}"#).with("U", "postgres://h/d"),
            &[
                r#"postgres://h/d?sslmode=verify-full ssl.ca="PEM""#,
                "database,host<U sslmode<production.dialectOptions.ssl@1:61 ssl.ca<production.dialectOptions.ssl.ca@1:92",
                "U used",
            ],
        ),
        (
            "so does true",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": true}}}"#).with("U", "postgres://h/d"),
            &[
                "postgres://h/d?sslmode=verify-full",
                "database,host<U sslmode<production.dialectOptions.ssl@1:68",
                "U used",
            ],
        ),
        (
            "a text is no `false`",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": {"rejectUnauthorized": "false"}}}}"#).with("U", "postgres://h/d"),
            &[
                "postgres://h/d?sslmode=verify-full",
                "database,host<U sslmode<production.dialectOptions.ssl@1:61",
                "U used",
            ],
        ),
        (
            "false switches it off",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": false}}}"#).with("U", "postgres://h/d"),
            &[
                "postgres://h/d?sslmode=disable",
                "database,host<U sslmode<production.dialectOptions.ssl@1:68",
                "U used",
            ],
        ),
        (
            "node-postgres' own word",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": "no-verify"}}}"#).with("U", "postgres://h/d"),
            &[
                "postgres://h/d?sslmode=require",
                "database,host<U sslmode<production.dialectOptions.ssl@1:68",
                "U used",
            ],
        ),
        (
            "another word is none",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": "require"}}}"#).with("U", "postgres://h/d"),
            &[
                "invalid-value production.dialectOptions.ssl@1:68 +help",
            ],
        ),
        (
            "it asks for more than the URL",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": true}}}"#).with("U", "postgres://h/d?sslmode=disable"),
            &[
                "postgres://h/d?sslmode=verify-full",
                "database,host<U sslmode<production.dialectOptions.ssl@1:68",
                "U used",
            ],
        ),
        (
            "it asks for less",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": {"rejectUnauthorized": false}}}}"#).with("U", "postgres://h/d?sslmode=verify-full"),
            &[
                "postgres://h/d?sslmode=verify-full",
                "database,host,sslmode<U",
                "U used",
            ],
        ),
        (
            "MySQL: an object verifies the authority",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": {"ca": "PEM"}}}}"#).with("U", "mysql://h/d"),
            &[
                r#"mysql://h/d?ssl-mode=VERIFY_CA ssl.ca="PEM""#,
                "host,database<U ssl_mode<production.dialectOptions.ssl@1:61 ssl.ca<production.dialectOptions.ssl.ca@1:75",
                "U used",
            ],
        ),
        (
            "MySQL: and the name where that is asked",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": {"verifyIdentity": true}}}}"#).with("U", "mysql://h/d"),
            &[
                "mysql://h/d?ssl-mode=VERIFY_IDENTITY",
                "host,database<U ssl_mode<production.dialectOptions.ssl@1:61",
                "U used",
            ],
        ),
        (
            "MySQL: nothing is verified",
            file(r#"{"production": {"use_env_variable": "U", "dialectOptions": {"ssl": {"rejectUnauthorized": false}}}}"#).with("U", "mysql://h/d?ssl-mode=PREFERRED"),
            &[
                "mysql://h/d?ssl-mode=REQUIRED",
                "host,database<U ssl_mode<production.dialectOptions.ssl@1:61",
                "U used",
            ],
        ),
        (
            "MySQL: a profile",
            file(r#"{"production": {"dialect": "mysql", "host": "h", "database": "d", "dialectOptions": {"ssl": "Amazon RDS", "charset": "utf8mb4"}}}"#),
            &[
                "mysql://h/d?ssl-mode=VERIFY_CA&charset=utf8mb4",
                "host<production.host@1:45 database<production.database@1:62 ssl_mode<production.dialectOptions.ssl@1:93 charset<production.dialectOptions.charset@1:118",
                "production@1:2 used",
            ],
        ),
        (
            "beside dialectOptions nothing acts on it",
            file(r#"{"production": {"dialect": "postgres", "host": "h", "database": "d", "ssl": true}}"#),
            &[
                "postgres://h/d?sslmode=verify-full",
                "database<production.database@1:65 host<production.host@1:48 sslmode<production.ssl@1:77",
                "production@1:2 used",
                "!weaker-than-asked",
            ],
        ),
        (
            "an engine that has another switch",
            file("{\"production\": {\"dialect\": \"mssql\", \"host\": \"h\", \"database\": \"d\", \"dialectOptions\": {\"ssl\": true}}}\n"),
            &[
                "mssql://h/d ssl=true",
                "host<production.host@1:45 database<production.database@1:62 ssl<production.dialectOptions.ssl@1:93",
                "production@1:2 used",
                "!weaker-than-asked",
            ],
        ),
    ]);
}
