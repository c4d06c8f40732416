//! Django's `DATABASES`, and dj-database-url's variable.
#![expect(clippy::too_many_lines, reason = "a table is as long as its rows")]

use crate::common::settings::{Ask, compare};
use database_url::settings::System;

fn file(text: &str) -> Ask {
    of_path("databases.json", text)
}

fn of_path(path: &str, text: &str) -> Ask {
    Ask::file(System::Django, path, text)
}

fn nothing() -> Ask {
    Ask::nothing(System::Django)
}

#[test]
fn databases() {
    compare(&[
        (
            "the database called default",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "USER": "app", "PASSWORD": "hunter2", "HOST": "db.example", "PORT": 5433}}"#),
            &[
                "postgres://app:hunter2@db.example:5433/shop",
                "user<default.USER@1:81 password<default.PASSWORD@1:100 database<default.NAME@1:65 host<default.HOST@1:119 port<default.PORT@1:141",
                "default@1:2 used",
            ],
        ),
        (
            "below DATABASES",
            file(r#"{"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}, "DEBUG": true}"#),
            &[
                "postgres:///shop",
                "database<DATABASES.default.NAME@1:79",
                "DATABASES.default@1:16 used",
            ],
        ),
        (
            "another by its alias",
            file(r#"{"DATABASES": {"default": {}, "replica": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "CONN_MAX_AGE": 60, "TEST": {"MIRROR": "default"}}}}"#).named("replica"),
            &[
                r#"postgres:///d CONN_MAX_AGE=60 TEST={MIRROR:"default"}"#,
                "database<DATABASES.replica.NAME@1:94 CONN_MAX_AGE<DATABASES.replica.CONN_MAX_AGE@1:115 TEST<DATABASES.replica.TEST@1:119",
                "DATABASES.replica@1:31 used",
            ],
        ),
        (
            "an alias that is none",
            file(r#"{"DATABASES": {"default": {}, "replica": {"ENGINE": "django.db.backends.postgresql", "NAME": "d"}}}"#).named("nope"),
            &[
                "unknown-section DATABASES@1:2 +help",
            ],
        ),
        (
            "an empty database is none",
            file(r#"{"DATABASES": {"default": {}, "replica": {"ENGINE": "django.db.backends.postgresql", "NAME": "d"}}}"#),
            &[
                "missing-key DATABASES.default@1:16 +help",
            ],
        ),
        (
            "the old name of the backend",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql_psycopg2", "NAME": "d"}}"#),
            &[
                "postgres:///d",
                "database<default.NAME@1:74",
                "default@1:2 used",
            ],
        ),
        (
            "GeoDjango",
            file(r#"{"default": {"ENGINE": "django.contrib.gis.db.backends.postgis", "NAME": "d"}}"#),
            &[
                "postgres:///d",
                "database<default.NAME@1:74",
                "default@1:2 used",
            ],
        ),
        (
            "MySQL's own connector",
            file(r#"{"default": {"ENGINE": "mysql.connector.django", "NAME": "d", "HOST": "h"}}"#),
            &[
                "mysql://h/d",
                "host<default.HOST@1:71 database<default.NAME@1:58",
                "default@1:2 used",
            ],
        ),
        (
            "Oracle",
            file(r#"{"default": {"ENGINE": "django.db.backends.oracle", "NAME": "xe", "USER": "a", "HOST": "h", "PORT": "1540"}}"#),
            &[
                "oracle://a@h:1540/xe",
                "user<default.USER@1:75 host<default.HOST@1:88 port<default.PORT@1:101 database<default.NAME@1:61",
                "default@1:2 used",
            ],
        ),
        (
            "no such backend",
            file(r#"{"default": {"ENGINE": "django.db.backends.posgresql", "NAME": "d"}}"#),
            &[
                "unknown-scheme default.ENGINE@1:24 +help",
            ],
        ),
        (
            "nothing is left to the driver",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "USER": "", "PASSWORD": "", "HOST": "", "PORT": ""}}"#),
            &[
                "postgres:///d",
                "database<default.NAME@1:65",
                "default@1:2 used",
            ],
        ),
        (
            "for MySQL, too",
            file(r#"{"default": {"ENGINE": "django.db.backends.mysql", "NAME": "", "USER": "", "PASSWORD": null, "HOST": "", "PORT": ""}}"#),
            &[
                "mysql://",
                "",
                "default@1:2 used",
            ],
        ),
        (
            "a host with a slash is a folder of sockets",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "HOST": "/var/run/postgresql"}}"#),
            &[
                "postgres://%2Fvar%2Frun%2Fpostgresql/d",
                "database<default.NAME@1:65 host<default.HOST@1:78",
                "default@1:2 used",
            ],
        ),
        (
            "and a socket of MySQL",
            file(r#"{"default": {"ENGINE": "django.db.backends.mysql", "NAME": "d", "HOST": "/tmp/mysql.sock"}}"#),
            &[
                "mysql:///d?socket=%2Ftmp%2Fmysql.sock",
                "database<default.NAME@1:60 socket<default.HOST@1:73",
                "default@1:2 used",
            ],
        ),
        (
            "Postgres needs a name",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": ""}}"#),
            &[
                "missing-key default@1:2 +help",
            ],
        ),
        (
            "null is the database postgres",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": null}}"#),
            &[
                "postgres:///postgres",
                "database<default.NAME@1:65",
                "default@1:2 used",
            ],
        ),
        (
            "a service has one",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"service": "shop", "passfile": ".pgpass"}}}"#),
            &[
                "postgres:///?service=shop&passfile=.pgpass",
                "service<default.OPTIONS.service@1:80 passfile<default.OPTIONS.passfile@1:100",
                "default@1:2 used",
            ],
        ),
        (
            "a name that is too long",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"}}"#),
            &[
                "invalid-value default.NAME@1:65 database +help",
            ],
        ),
        (
            "a path of SQLite",
            file(r#"{"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3", "OPTIONS": {"timeout": 20}}}"#),
            &[
                "sqlite:///db.sqlite3 timeout=20",
                "database<default.NAME@1:62 timeout<default.OPTIONS.timeout@1:99",
                "default@1:2 used",
            ],
        ),
        (
            "an absolute one",
            file(r#"{"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/db.sqlite3"}}"#),
            &[
                "sqlite:////srv/db.sqlite3",
                "database<default.NAME@1:62",
                "default@1:2 used",
            ],
        ),
        (
            "SQLite needs a name",
            file(r#"{"default": {"ENGINE": "django.db.backends.sqlite3"}}"#),
            &[
                "missing-key default@1:2 +help",
            ],
        ),
        (
            "a port that is none",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "PORT": 70000}}"#),
            &[
                "invalid-value default.PORT@1:78 port +help",
            ],
        ),
        (
            "parts that are none, together",
            file(r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": ["d"], "USER": {"a": 1}}}"#),
            &[
                "invalid-value default.NAME@1:57 database +help",
                "invalid-value default.USER@1:72 user +help",
            ],
        ),
        (
            "YAML, and a password that looks like a number",
            of_path("databases.yaml", "default: { ENGINE: django.db.backends.postgresql, NAME: d, PASSWORD: 0123, USER: on }"),
            &[
                "postgres://on:0123@/d",
                "user<default.USER@1:82 password<default.PASSWORD@1:70 database<default.NAME@1:57",
                "default@1:1 used",
            ],
        ),
        (
            "a dollar and a tag are text",
            of_path("databases.yaml", r#"default: { ENGINE: django.db.backends.postgresql, NAME: d, PASSWORD: "$X<%= 1 %>" }"#),
            &[
                "postgres://:%24X%3C%25%3D%201%20%25%3E@/d",
                "password<default.PASSWORD@1:70 database<default.NAME@1:57",
                "default@1:1 used",
            ],
        ),
        (
            "a database may be a URL",
            file(r#"{"default": "postgres://app:hunter2@h/d?conn_max_age=60"}"#),
            &[
                "postgres://app:hunter2@h/d?conn_max_age=60 conn_max_age=60",
                "user,password,database,host,conn_max_age<default@1:13",
                "default@1:13 used",
            ],
        ),
    ]);
}

#[test]
fn options() {
    compare(&[
        (
            "settings of libpq",
            file(
                r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "OPTIONS": {"sslmode": "verify-full", "options": "-c search_path=a", "isolation_level": 4, "pool": true}}}"#,
            ),
            &[
                "postgres:///d?options=-c%20search_path%3Da&sslmode=verify-full&isolation_level=4&pool=true isolation_level=4 pool=true",
                "database<default.NAME@1:65 options<default.OPTIONS.options@1:119 sslmode<default.OPTIONS.sslmode@1:93 isolation_level<default.OPTIONS.isolation_level@1:158 pool<default.OPTIONS.pool@1:169",
                "default@1:2 used",
            ],
        ),
        (
            "HOST comes before the driver's host",
            file(
                r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "HOST": "h", "OPTIONS": {"host": "x"}}}"#,
            ),
            &[
                "postgres://h/d",
                "database<default.NAME@1:65 host<default.HOST@1:78",
                "default@1:2 used",
            ],
        ),
        (
            "which counts without it",
            file(
                r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "HOST": "", "OPTIONS": {"host": "x"}}}"#,
            ),
            &[
                "postgres://x/d",
                "database<default.NAME@1:65 host<default.OPTIONS.host@1:102",
                "default@1:2 used",
            ],
        ),
        (
            "a mode that is none",
            file(
                r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "OPTIONS": {"sslmode": "on"}}}"#,
            ),
            &["invalid-value default.OPTIONS.sslmode@1:93 sslmode"],
        ),
        (
            "TLS under another engine's name",
            file(
                r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "OPTIONS": {"ssl_mode": "REQUIRED"}}}"#,
            ),
            &["unknown-keyword default.OPTIONS.ssl_mode@1:94 query +help"],
        ),
        (
            "options that are a list",
            file(
                r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "OPTIONS": ["a"]}}"#,
            ),
            &["invalid-value default.OPTIONS@1:70 +help"],
        ),
        (
            "mysqlclient's map",
            file(
                r#"{"default": {"ENGINE": "django.db.backends.mysql", "NAME": "d", "HOST": "h", "OPTIONS": {"ssl": {"ca": "/ca.pem"}, "charset": "utf8mb4", "init_command": "SET x"}}}"#,
            ),
            &[
                "mysql://h/d?ssl-mode=VERIFY_CA&ssl-ca=%2Fca.pem&charset=utf8mb4&init_command=SET%20x",
                "host<default.HOST@1:73 database<default.NAME@1:60 ssl_mode,ssl_ca<default.OPTIONS.ssl.ca@1:104 charset<default.OPTIONS.charset@1:127 init_command<default.OPTIONS.init_command@1:154",
                "default@1:2 used",
            ],
        ),
        (
            "an empty map asks for nothing, and is told",
            file(
                r#"{"default": {"ENGINE": "django.db.backends.mysql", "NAME": "d", "HOST": "h", "OPTIONS": {"ssl": {}}}}"#,
            ),
            &[
                "mysql://h/d",
                "host<default.HOST@1:73 database<default.NAME@1:60",
                "default@1:2 used",
                "!weaker-than-asked",
            ],
        ),
        (
            "mysqlclient's mode",
            file(
                r#"{"default": {"ENGINE": "django.db.backends.mysql", "NAME": "d", "HOST": "h", "OPTIONS": {"ssl_mode": "VERIFY_IDENTITY", "ssl": {"ca": "/ca.pem"}}}}"#,
            ),
            &[
                "mysql://h/d?ssl-mode=VERIFY_IDENTITY&ssl-ca=%2Fca.pem",
                "host<default.HOST@1:73 database<default.NAME@1:60 ssl_mode<default.OPTIONS.ssl_mode@1:102 ssl_ca<default.OPTIONS.ssl.ca@1:135",
                "default@1:2 used",
            ],
        ),
    ]);
}

#[test]
fn variable() {
    compare(&[
        (
            "DATABASE_URL",
            nothing().with("DATABASE_URL", "postgres://svc:k3y@db.example:6432/shop"),
            &[
                "postgres://svc:k3y@db.example:6432/shop",
                "user,password,database,host,port<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        ("not set", nothing(), &["not-found  +help"]),
        (
            "a cache is no database of Django",
            nothing().with("DATABASE_URL", "redis://cache.example/0"),
            &["wrong-engine DATABASE_URL +help"],
        ),
        (
            "set, but empty",
            nothing().with("DATABASE_URL", ""),
            &["empty-variable DATABASE_URL +help"],
        ),
        (
            "the value of another variable",
            nothing()
                .with("DATABASE_URL", "$REAL_URL")
                .with("REAL_URL", "postgres://h/d"),
            &["unexpanded-reference DATABASE_URL text +help"],
        ),
        (
            "no such scheme",
            nothing().with("DATABASE_URL", "foo://h/d"),
            &["unknown-scheme DATABASE_URL scheme +help"],
        ),
        (
            "three slashes are relative",
            nothing().with("DATABASE_URL", "sqlite:///rel.sqlite3"),
            &[
                "sqlite:///rel.sqlite3",
                "database<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "four are absolute",
            nothing().with("DATABASE_URL", "sqlite:////srv/shop.sqlite3"),
            &[
                "sqlite:////srv/shop.sqlite3",
                "database<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "none is in memory",
            nothing().with("DATABASE_URL", "sqlite://"),
            &[
                "sqlite:///:memory:",
                "database<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "said is in memory as well",
            nothing().with("DATABASE_URL", "sqlite://:memory:"),
            &[
                "sqlite:///:memory:",
                "database<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "numbers, truth values and lists",
            nothing().with(
                "DATABASE_URL",
                "postgres://h/d?conn_max_age=60&atomic=true&a=1&a=x&b=007",
            ),
            &[
                r#"postgres://h/d?conn_max_age=60&atomic=true&a=1&a=x&b=007 conn_max_age=60 atomic=true a=[1,"x"] b=7"#,
                "database,host,conn_max_age,atomic,a,b<DATABASE_URL",
                "DATABASE_URL used",
                "!repeated-setting",
            ],
        ),
        (
            "currentSchema is a search path",
            nothing().with("DATABASE_URL", "postgres://h/d?currentSchema=sales"),
            &[
                "postgres://h/d?options=-c%20search_path%3Dsales",
                "database,host,options<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "beside other options",
            nothing().with(
                "DATABASE_URL",
                "postgres://h/d?options=-c%20geqo%3Doff&currentSchema=sales",
            ),
            &[
                "postgres://h/d?options=-c%20geqo%3Doff%20-c%20search_path%3Dsales",
                "database,host,options<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "MySQL's authority",
            nothing().with("DATABASE_URL", "mysql://h/d?ssl-ca=/ca.pem"),
            &[
                "mysql://h/d?ssl-ca=%2Fca.pem",
                "host,database,ssl_mode,ssl_ca<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "a folder of sockets",
            nothing().with("DATABASE_URL", "postgres://%2Ftmp/d"),
            &[
                "postgres://%2Ftmp/d",
                "database,host<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "several hosts",
            nothing().with("DATABASE_URL", "postgres://h1:5432,h2:5433/d"),
            &[
                "postgres://h1:5432,h2:5433/d",
                "database,host,port<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "pgsql",
            nothing().with("DATABASE_URL", "pgsql://h/d"),
            &[
                "pgsql://h/d",
                "database,host<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "TimescaleDB",
            nothing().with("DATABASE_URL", "timescalegis://h/d"),
            &[
                "timescalegis://h/d",
                "database,host<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "Oracle with GIS",
            nothing().with("DATABASE_URL", "oraclegis://h/d"),
            &[
                "oraclegis://h/d",
                "host,database<DATABASE_URL",
                "DATABASE_URL used",
            ],
        ),
        (
            "a URL of the caller",
            nothing()
                .url("postgres://u:p@h/d")
                .with("DATABASE_URL", "postgres://other/d"),
            &[
                "postgres://u:p@h/d",
                "user,password,database,host<--url",
                "--url used",
            ],
        ),
    ]);
}
