//! Settings files with their variables.

use super::tree::Tree;
use super::url::url;
use crate::case::Case;
use support::random::Random;

const PASSWORDS: &[&str] = &[
    "hunter2", "0123", "yes", "a: b", "p@ss", "x#y", "", "null", "1e3",
];

/// `config/config.json`.
pub(super) fn sequelize(random: &mut Random) -> Case {
    const SCHEMES: &[&str] = &["postgres", "mysql", "mariadb", "sqlite", "postgresql"];
    let section = |random: &mut Random| {
        let mut entries = Vec::new();
        let by_variable = random.chance(55);
        if by_variable {
            entries.push((
                "use_env_variable",
                Tree::text(random.pick(&["DATABASE_URL", "DATABASE_URL", "OTHER_URL", "NOPE"])),
            ));
        }
        if random.chance(12) {
            entries.push(("url", Tree::Text(url(random, SCHEMES))));
        }
        if !by_variable || random.chance(40) {
            fields(
                random,
                &["username", "password", "host", "port", "database"],
                &mut entries,
            );
        }
        if random.chance(if by_variable { 50 } else { 95 }) {
            entries.push((
                "dialect",
                Tree::text(random.pick(&[
                    "mysql", "postgres", "mariadb", "sqlite", "postgres", "mysql",
                ])),
            ));
        }
        if random.chance(10) {
            entries.push((
                "storage",
                Tree::text(random.pick(&["/srv/x.sqlite", "db/dev.sqlite", ":memory:"])),
            ));
        }
        if random.chance(20) {
            entries.push(("pool", Tree::raw(r#"{"max": 4}"#)));
        }
        if random.chance(10) {
            entries.push((
                "dialectOptions",
                Tree::raw(r#"{"ssl": {"require": true, "rejectUnauthorized": false}}"#),
            ));
        }
        Tree::Map(entries)
    };
    let root = if random.chance(6) {
        section(random)
    } else {
        let mut entries = vec![("development", section(random))];
        if random.chance(85) {
            entries.push(("production", section(random)));
        }
        Tree::Map(entries)
    };
    let mut case = Case {
        text: Some(root.json()),
        environment: environment(random),
        ..Case::default()
    };
    variables(random, &["DATABASE_URL", "OTHER_URL"], SCHEMES, &mut case);
    case
}

/// `config/config.json`, with URLs that the library reads in its own way.
pub(super) fn sequelize_library(random: &mut Random) -> Case {
    let mut case = sequelize(random);
    if random.chance(20) {
        let url = random.pick(&[
            "mysql:///a%2Fb",
            "mysql://app@/a%2Fb",
            "mysql://u%3Ax:hunter2@localhost/shop",
            "postgres://app@:5432/shop",
            "postgres://app:a#b@localhost/shop",
            "postgres://app@localhost/shop?host=/run/postgresql",
            "mysql://app@localhost/shop?host=db.internal",
            "sqlite:////srv/x.db",
            "sqlite:db/dev.sqlite3",
            "sqlite:dev.sqlite3",
        ]);
        case.vars.insert("DATABASE_URL".to_owned(), url.to_owned());
    }
    case
}

/// `config/database.yml`.
pub(super) fn rails(random: &mut Random) -> Case {
    const SCHEMES: &[&str] = &[
        "postgres",
        "postgresql",
        "mysql2",
        "mysql",
        "trilogy",
        "sqlite3",
    ];
    let mut root = Vec::new();
    let has_default = random.chance(60);
    if has_default {
        let mut entries = vec![("&", Tree::raw("default"))];
        rails_fields(random, &mut entries);
        root.push(("default", Tree::Map(entries)));
    }
    if random.chance(10) {
        root.push((
            "shared",
            Tree::Map(vec![
                ("pool", Tree::raw("9")),
                ("host", Tree::text("shared.example")),
            ]),
        ));
    }
    for name in ["development", "production"] {
        if random.chance(90) {
            let section = rails_section(random, has_default, SCHEMES);
            root.push((name, section));
        }
    }
    let mut text = String::new();
    Tree::Map(root).yaml(0, &mut text);
    let mut case = Case {
        text: Some(text).filter(|_| random.chance(96)),
        environment: environment(random),
        connection: random.chance(25).then(|| {
            random
                .pick(&["primary", "cache", "cache", "nope"])
                .to_owned()
        }),
        ..Case::default()
    };
    variables(random, &["DATABASE_URL"], SCHEMES, &mut case);
    for name in ["PRIMARY_DATABASE_URL", "CACHE_DATABASE_URL", "SECTION_URL"] {
        if random.chance(15) {
            case.vars.insert(name.to_owned(), url(random, SCHEMES));
        }
    }
    if random.chance(50) {
        case.vars.insert(
            "DB_HOST".to_owned(),
            random.pick(&["db.internal", "", "10.0.0.7"]).to_owned(),
        );
    }
    if random.chance(50) {
        // What YAML would make of it is another matter, and on the list.
        case.vars.insert(
            "DB_PASSWORD".to_owned(),
            random
                .pick(&["hunter2", "k3y", "0123", "a: b", "yes", ""])
                .to_owned(),
        );
    }
    case
}

fn rails_section(random: &mut Random, has_default: bool, schemes: &[&str]) -> Tree {
    if random.chance(5) {
        return Tree::Text(url(random, schemes));
    }
    let database = |random: &mut Random| {
        let mut entries = Vec::new();
        if has_default && random.chance(70) {
            entries.push(("<<", Tree::raw("*default")));
        }
        rails_fields(random, &mut entries);
        match random.below(10) {
            0 => entries.push(("url", Tree::Text(url(random, schemes)))),
            1 => entries.push(("url", Tree::raw("<%= ENV['SECTION_URL'] %>"))),
            _ => {}
        }
        Tree::Map(entries)
    };
    if random.chance(25) {
        let first = random.pick(&["primary", "primary", "main"]);
        let first = if first == "main" { "main" } else { "primary" };
        return Tree::Map(vec![(first, database(random)), ("cache", database(random))]);
    }
    database(random)
}

fn rails_fields(random: &mut Random, entries: &mut Vec<(&'static str, Tree)>) {
    if random.chance(75) {
        entries.push((
            "adapter",
            Tree::text(random.pick(&["postgresql", "postgresql", "mysql2", "sqlite3", "trilogy"])),
        ));
    }
    if random.chance(40) {
        let pool = random.pick(&[
            "5",
            "<%= ENV.fetch(\"RAILS_MAX_THREADS\") { 5 } %>",
            "<%= ENV['NOPE'] || 3 %>",
        ]);
        entries.push(("pool", Tree::raw(pool)));
    }
    fields(random, &["username", "host", "port", "database"], entries);
    if random.chance(30) {
        let has_host = entries.iter().any(|(key, _)| *key == "host");
        if !has_host {
            entries.push((
                "host",
                Tree::raw(random.pick(&[
                    "<%= ENV['DB_HOST'] %>",
                    "<%= ENV.fetch(\"DB_HOST\", \"localhost\") %>",
                    "<%= ENV['DB_HOST'].presence || 'localhost' %>",
                ])),
            ));
        }
    }
    if random.chance(50) {
        let password = random.pick(&[
            "<%= ENV['DB_PASSWORD'] %>",
            "\"<%= ENV['DB_PASSWORD'] %>\"",
            "<%= ENV['DB_PASSWORD'].to_json %>",
            "plain",
            "0123",
        ]);
        entries.push(("password", Tree::raw(password)));
    }
}

fn fields(random: &mut Random, names: &[&'static str], entries: &mut Vec<(&'static str, Tree)>) {
    for name in names {
        // Without a name there is no database.
        if random.chance(
            if name.eq_ignore_ascii_case("database") || *name == "NAME" {
                8
            } else {
                40
            },
        ) {
            continue;
        }
        let tree = match *name {
            "port" | "PORT" => Tree::raw(random.pick(&["5433", "3306", "\"6432\""])),
            "password" | "PASSWORD" if random.chance(15) => Tree::raw("null"),
            "password" | "PASSWORD" => Tree::text(random.pick(PASSWORDS)),
            "host" | "HOST" => {
                Tree::text(random.pick(&["localhost", "127.0.0.1", "Db.Example", "db.internal"]))
            }
            "username" | "USER" => Tree::text(random.pick(&["root", "app", "nora"])),
            _ => Tree::text(random.pick(&["shop", "shop_dev", "a b", "db.x"])),
        };
        entries.push((name, tree));
    }
}

/// `DATABASE_URL` alone, as dj-database-url reads it.
pub(super) fn dj_database_url(random: &mut Random) -> Case {
    const SCHEMES: &[&str] = &[
        "postgres",
        "postgresql",
        "pgsql",
        "postgis",
        "mysql",
        "mysql2",
        "sqlite",
        "redshift",
        "cockroach",
        "timescale",
        "nope",
    ];
    let mut case = Case::default();
    variables(random, &["DATABASE_URL"], SCHEMES, &mut case);
    case
}

/// `DATABASE_URL` alone, as django-environ reads it: with several hosts, and sockets after a fourth slash.
pub(super) fn django_environ(random: &mut Random) -> Case {
    const SCHEMES: &[&str] = &[
        "postgres",
        "postgresql",
        "pgsql",
        "psql",
        "postgis",
        "mysql",
        "mysql2",
        "sqlite",
        "redshift",
        "cockroachdb",
        "nope",
    ];
    let mut case = Case::default();
    variables(random, &["DATABASE_URL"], SCHEMES, &mut case);
    if random.chance(8) {
        let url = random.pick(&[
            "postgres://app:hunter2@db1.example:5432,db2.example:6432/shop",
            "postgres://app:hunter2@db1.example,db2.example/shop",
            "postgres:////run/postgresql/shop",
            "postgres://app:hunter2@/run/postgresql/shop",
            "postgres://app@%2Frun%2Fpostgresql/shop",
            "postgres://app@%2Frun%2FpostgreSQL/shop",
            "mysql://app@%2Frun%2Fmysqld.sock/shop",
            "postgres://app:hunter2@localhost/a+b",
            "mysql:///a%2Fb",
            "$OTHER_URL",
        ]);
        case.vars.insert("DATABASE_URL".to_owned(), url.to_owned());
        variables(random, &["OTHER_URL"], SCHEMES, &mut case);
    }
    case
}

/// `DATABASES`.
pub(super) fn django(random: &mut Random) -> Case {
    const ENGINES: &[&str] = &[
        "postgresql",
        "mysql",
        "sqlite3",
        "postgresql_psycopg2",
        "postgresql",
        "mysql",
    ];
    let database = |random: &mut Random| {
        let engine = random.pick(ENGINES);
        let mut entries = vec![("ENGINE", Tree::Text(format!("django.db.backends.{engine}")))];
        if engine == "sqlite3" {
            entries.push((
                "NAME",
                Tree::text(random.pick(&["/srv/x.sqlite3", "db.sqlite3", ":memory:"])),
            ));
            return Tree::Map(entries);
        }
        fields(
            random,
            &["NAME", "USER", "PASSWORD", "HOST", "PORT"],
            &mut entries,
        );
        let has_host = entries.iter().any(|(key, _)| *key == "HOST");
        if !has_host && random.chance(50) {
            entries.push((
                "HOST",
                Tree::text(random.pick(&[
                    "/tmp",
                    "/var/run/postgresql",
                    "",
                    "/run/mysqld/mysqld.sock",
                ])),
            ));
        }
        if random.chance(25) {
            entries.push(("CONN_MAX_AGE", Tree::raw("60")));
        }
        if random.chance(25) {
            let options = if engine.starts_with("postgresql") {
                r#"{"sslmode": "require"}"#
            } else {
                r#"{"charset": "utf8mb4"}"#
            };
            entries.push(("OPTIONS", Tree::raw(options)));
        }
        Tree::Map(entries)
    };
    let mut root = vec![("default", database(random))];
    if random.chance(40) {
        root.push(("replica", database(random)));
    }
    Case {
        text: Some(Tree::Map(root).json()),
        connection: random
            .chance(30)
            .then(|| random.pick(&["default", "replica", "replica"]).to_owned()),
        ..Case::default()
    }
}

fn environment(random: &mut Random) -> Option<String> {
    let name = random.pick(&["", "development", "production", "production", "staging"]);
    Some(name.to_owned())
        .filter(|name| !name.is_empty() && (name != "staging" || random.chance(40)))
}

fn variables(random: &mut Random, names: &[&str], schemes: &[&str], case: &mut Case) {
    for name in names {
        if random.chance(75) {
            let value = if random.chance(4) {
                String::new()
            } else {
                url(random, schemes)
            };
            case.vars.insert((*name).to_owned(), value);
        }
    }
}
