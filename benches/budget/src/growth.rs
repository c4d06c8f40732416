//! What must grow linearly: every kind of input whose parts can be many, read by the command `dburl`, as a user runs it.
//!
//! A row makes an input of so many parts, all of which are different. Reading twice as many costs at most [`BOUND`] times as many
//! instructions over `dburl --version`: 2 is linear, 4 is a square. The sizes are small, so that the table takes a minute or two: a
//! loop over all others is over the bound once it is a tenth of what a part costs, which for attachments is one of five instructions.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, iter, num, thread};

use bench_support::valgrind::{self, Error};

/// How much doubling may cost.
pub const BOUND: f64 = 2.2;

/// One kind of input.
pub struct Growth {
    pub name: String,
    /// The arguments of `dburl`, which the path of the input follows.
    arguments: &'static str,
    /// The name of the file that the input is, or [`STDIN`].
    file: &'static str,
    head: String,
    unit: fn(usize) -> String,
    tail: &'static str,
    /// How many parts the smaller input has.
    parts: usize,
    /// As many lines on standard input, for a file that is about them.
    stdin: fn(usize) -> String,
    /// A variable that has the path, or that of the folder, in place of an argument.
    variable: Option<&'static str>,
    /// What the file `f{i}` next to the input holds, for an input that names it.
    named: Option<fn(usize) -> String>,
}

/// For each row what doubling costs, in their order; as many at a time as the machine has processors.
///
/// # Errors
/// If valgrind is missing or the command rejects an input.
pub fn ratios(rows: &[Growth], dburl: &Path) -> Result<Vec<f64>, Error> {
    let start = valgrind::of_command(dburl, &["--version"], &[], "")?;
    let next = AtomicUsize::new(0);
    let measure = || {
        let mine = iter::from_fn(|| {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let row = rows.get(number)?;
            Some(row.ratio(dburl, start).map(|ratio| (number, ratio)))
        });
        mine.collect::<Result<Vec<_>, _>>()
    };
    let processors = thread::available_parallelism().map_or(1, num::NonZero::get);
    let parts: Result<Vec<_>, _> = thread::scope(|scope| {
        let started: Vec<_> = (0..processors).map(|_| scope.spawn(measure)).collect();
        let ended = started.into_iter();
        ended.map(|part| part.join().expect("no panic")).collect()
    });
    let mut ratios: Vec<_> = parts?.into_iter().flatten().collect();
    ratios.sort_by_key(|(number, _)| *number);
    Ok(ratios.into_iter().map(|(_, ratio)| ratio).collect())
}

impl Growth {
    fn parts(self, parts: usize) -> Self {
        Self { parts, ..self }
    }

    fn stdin(self, stdin: fn(usize) -> String) -> Self {
        Self { stdin, ..self }
    }

    fn variable(self, name: &'static str) -> Self {
        Self {
            variable: Some(name),
            ..self
        }
    }

    fn named(self, named: fn(usize) -> String) -> Self {
        Self {
            named: Some(named),
            ..self
        }
    }

    /// What twice as many parts cost, as a multiple of what so many do.
    fn ratio(&self, dburl: &Path, start: f64) -> Result<f64, Error> {
        let cost = |parts| Ok::<_, Error>(self.instructions(dburl, parts)? - start);
        Ok(cost(2 * self.parts)? / cost(self.parts)?)
    }

    fn instructions(&self, dburl: &Path, parts: usize) -> Result<f64, Error> {
        let all = |unit| (FIRST..FIRST + parts).map(unit).collect::<String>();
        let text = format!("{}{}{}", self.head, all(self.unit), self.tail);
        let mut arguments: Vec<&str> = self.arguments.split(' ').collect();
        if self.file == STDIN {
            return valgrind::of_command(dburl, &arguments, &[], &text);
        }
        let path = self.write(dburl, &text, parts).map_err(Error::Start)?;
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let variable = self.variable.map(|name| {
            let folder = path.parent().filter(|_| name.ends_with("_HOME"));
            (name.to_owned(), text(folder.unwrap_or(&path)))
        });
        let argument = text(&path);
        if variable.is_none() {
            arguments.push(&argument);
        }
        let variables: Vec<_> = variable.into_iter().collect();
        valgrind::of_command(dburl, &arguments, &variables, &all(self.stdin))
    }

    /// The files, in a folder of their own: rows are measured at the same time, and systems know their files by name.
    fn write(&self, dburl: &Path, text: &str, parts: usize) -> io::Result<PathBuf> {
        let folder = dburl.with_file_name("growth").join(&self.name);
        fs::create_dir_all(&folder)?;
        let path = folder.join(self.file);
        fs::write(&path, text)?;
        if let Some(named) = self.named {
            for i in FIRST..FIRST + parts {
                fs::write(folder.join(format!("f{i}")), named(i))?;
            }
        }
        // libpq reads no password file that others may read.
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        Ok(path)
    }
}

/// The rows, section by section.
pub fn rows() -> Vec<Growth> {
    let mut rows = sections();
    rows.extend(services_of_files());
    rows.extend(environments());
    rows.extend(templates());
    rows.extend(variables());
    rows.extend(strings());
    rows.extend(documents());
    rows.extend(credentials());
    rows
}

/// In place of a file's name.
const STDIN: &str = "";
/// Parts that cost a hundred thousand instructions each, those that cost ten thousand, and those that cost a thousand.
const FEW: usize = 250;
const SOME: usize = 500;
const MANY: usize = 2_000;
/// The number of the first part: all numbers are of one length.
const FIRST: usize = 10_000;
const EXPLAIN: &str = "explain --environment production --file";

/// Keys of a section, on every system and engine.
fn sections() -> Vec<Growth> {
    let mut rows = Vec::new();
    for adapter in ["postgresql", "mysql2", "sqlite3"] {
        let head = format!("production:\n  adapter: {adapter}\n  database: shop\n");
        let name = format!("rails-{adapter}");
        rows.push(grow(name, EXPLAIN, "database.yml", head, key_2, ""));
    }
    for dialect in ["postgres", "mysql", "mssql", "sqlite"] {
        let head = format!(
            r#"{{"production":{{"dialect":"{dialect}","host":"h","database":"shop","storage":"s""#
        );
        let options = format!(r#"{head},"dialectOptions":{{"a":1"#);
        let name = format!("sequelize-{dialect}");
        rows.push(grow(name, EXPLAIN, "config.json", head, member, "}}"));
        let name = format!("sequelize-options-{dialect}");
        rows.push(grow(name, EXPLAIN, "config.json", options, member, "}}}"));
    }
    for engine in ["postgresql", "mysql", "sqlite3", "oracle"] {
        let head = format!(
            r#"{{"DATABASES":{{"default":{{"ENGINE":"django.db.backends.{engine}","NAME":"shop","HOST":"h""#
        );
        let options = format!(r#"{head},"OPTIONS":{{"a":1"#);
        let name = format!("django-{engine}");
        rows.push(grow(
            name,
            "explain --file",
            "django.json",
            head,
            member,
            "}}}",
        ));
        let name = format!("django-options-{engine}");
        rows.push(grow(
            name,
            "explain --file",
            "django.json",
            options,
            member,
            "}}}}",
        ));
    }
    for (engine, url) in [
        ("postgres", "postgres://h/d"),
        ("mysql", "mysql://h/d"),
        ("redis", "redis://h/1"),
        ("mongodb", "mongodb://h/d"),
        ("sqlite", "sqlite:///x"),
    ] {
        let head = format!("production:\n  url: {url}\n");
        let name = format!("plain-{engine}");
        rows.push(grow(name, EXPLAIN, "app.yaml", head, key_2, ""));
    }
    rows
}

/// Keys of the files of services and of the systems that have no engine in them.
fn services_of_files() -> Vec<Growth> {
    const CONDUIT: &str = "explain --system conduit --file";
    const COMPOSE: &str = "explain --name web --file";
    const WEB: &str = "services:\n  web:\n    environment:\n";
    let url = format!("{WEB}      DATABASE_URL: postgres://h/shop\n");
    let list = format!("{WEB}      - DATABASE_URL=postgres://h/shop\n");
    let mongoid = "production:\n  clients:\n    default:\n      database: shop\n      hosts:\n        - h:27017\n";
    let options = format!("{mongoid}      options:\n");
    let conduit = "database:\n  host: h\n  port: 1\n  databaseName: shop\n";
    #[rustfmt::skip] // a table: one row per line
    let rows = vec![
        grow("conduit", CONDUIT, "heroku.yaml", conduit, key_0, ""),
        grow("cable-url", EXPLAIN, "cable.yml", "production:\n  adapter: redis\n  url: redis://h/1\n", key_2, ""),
        grow("redis-parts", EXPLAIN, "redis.yml", "production:\n  host: h\n", key_2, ""),
        grow("neo4j", EXPLAIN, "neo4j.yml", "production:\n  type: bolt\n  url: bolt://h:7688\n", key_2, ""),
        grow("secrets", EXPLAIN, "secrets.yml", "production:\n  redis_url: redis://h/2\n", key_2, ""),
        grow("mongoid-options", EXPLAIN, "mongoid.yml", options, key_8, ""),
        grow("mongoid-hosts", EXPLAIN, "mongoid.yml", mongoid, |i| format!("        - h{i}:27017\n"), ""),
        grow("compose-map", COMPOSE, "compose.yaml", url.as_str(), |i| format!("      K{i}: v\n"), ""),
        grow("compose-unset", COMPOSE, "compose.yaml", url.as_str(), |i| format!("      K{i}: ${{V{i}}}\n"), ""),
        grow("compose-list", COMPOSE, "compose.yaml", list, |i| format!("      - K{i}=v\n"), ""),
        grow("compose-files", COMPOSE, "compose.yaml", "services:\n  web:\n    env_file:\n", |i| format!("      - f{i}\n"), "").parts(FEW).named(|i| format!("DATABASE_URL=postgres://h/d{i}\nK{i}=$K{}\n", i - 1)),
        grow("compose-services", COMPOSE, "compose.yaml", url.as_str(), |i| format!("  s{i}:\n    image: x\n"), ""),
        grow("compose-others", COMPOSE, "compose.yaml", url, |i| format!("  s{i}:\n    environment:\n      DATABASE_URL: postgres://h/d{i}\n"), ""),
        grow("procfile", "explain --file", "Procfile", "web: app --url postgres://h/d\n", |i| format!("p{i}: x $A{i}\n"), ""),
    ];
    rows
}

/// Environments, connections and aliases of one file, all of which are compared in `explain`.
fn environments() -> Vec<Growth> {
    const RAILS: &str = "production:\n  adapter: postgresql\n  database: shop\n";
    const MERGED: &str =
        "default: &default\n  adapter: postgresql\n  database: shop\nproduction:\n  <<: *default\n";
    const DJANGO: &str =
        r#"{"DATABASES":{"default":{"ENGINE":"django.db.backends.postgresql","NAME":"shop"}"#;
    let rails = |i| format!("e{i}:\n  adapter: postgresql\n  database: shop{i}\n");
    let url = |i| format!("e{i}:\n  url: <%= ENV['URL'] || 'postgres://h/d{i}' %>\n");
    let merged = |i| format!("e{i}:\n  <<: *default\n  database: shop{i}\n");
    let connection = |i| format!("  c{i}:\n    adapter: postgresql\n    database: shop{i}\n");
    let sequelize = |i| format!(r#","e{i}":{{"dialect":"postgres","database":"shop{i}"}}"#);
    let django =
        |i| format!(r#","a{i}":{{"ENGINE":"django.db.backends.postgresql","NAME":"shop{i}"}}"#);
    #[rustfmt::skip] // a table: one row per line
    let rows = vec![
        grow("environments-rails", EXPLAIN, "database.yml", RAILS, rails, "").parts(FEW),
        grow("environments-rails-check", "check --environment production --file", "database.yml", RAILS, rails, "").parts(FEW),
        grow("environments-rails-url", EXPLAIN, "database.yml", "production:\n  url: postgres://h/shop\n", url, "").parts(FEW),
        grow("environments-rails-merged", EXPLAIN, "database.yml", MERGED, merged, "").parts(FEW),
        grow("environments-sequelize", EXPLAIN, "config.json", r#"{"production":{"dialect":"postgres","database":"shop"}"#, sequelize, "}").parts(FEW),
        grow("connections-rails", "explain --name primary --environment production --file", "database.yml", "production:\n  primary:\n    adapter: postgresql\n    database: shop\n", connection, "").parts(FEW),
        grow("aliases-django", "explain --file", "django.json", DJANGO, django, "}}").parts(FEW),
    ];
    rows
}

/// Scalars of ERB and lines with variables.
fn templates() -> Vec<Growth> {
    const RAILS: &str = "production:\n  adapter: postgresql\n  database: shop\n";
    let scalar = |i| format!("  key{i}: <%= ENV['A{i}'] || 'v' %>\n");
    let condition = |i| format!("<% if ENV['A{i}'] %>\n  key{i}: x\n<% end %>\n");
    let assignment = |i| format!("<% a{i} = ENV['X'] %>\n");
    let line = |i| format!("a ${{V{i}:-x}} b\n");
    #[rustfmt::skip] // a table: one row per line
    let rows = vec![
        grow("erb-scalars", EXPLAIN, "database.yml", RAILS, scalar, ""),
        grow("erb-unset", EXPLAIN, "database.yml", RAILS, |i| format!("  key{i}: <%= ENV['A{i}'] %>\n"), ""),
        grow("erb-unknown", EXPLAIN, "database.yml", "x:\n  adapter: postgresql\nproduction:\n  adapter: postgresql\n  database: shop\nothers:\n", |i| format!("  key{i}: <%= method{i} %>\n"), ""),
        grow("erb-conditions", EXPLAIN, "database.yml", RAILS, condition, ""),
        grow("erb-assignments", EXPLAIN, "database.yml", RAILS, assignment, ""),
        grow("render-rails", "render", "database.yml", RAILS, scalar, ""),
        grow("render-list-rails", "render --list", "database.yml", RAILS, scalar, ""),
        grow("render-compose", "render", "compose.yaml", "services:\n", |i| format!("  s{i}:\n    environment:\n      A: ${{V{i}:-x}}\n"), ""),
        grow("expand-shell", "expand --syntax shell -", STDIN, "", line, "").parts(MANY),
        grow("expand-compose", "expand --syntax compose -", STDIN, "", line, "").parts(MANY),
    ];
    rows
}

/// Attachments, aliases and other variables, of a file of them.
fn variables() -> Vec<Growth> {
    const PROMOTED: &str = "DATABASE_URL=postgres://app:k@db.example/shop\n";
    let mut rows = Vec::new();
    for (verb, arguments) in [
        ("explain", "explain --env-file"),
        ("resolve", "resolve --env-file"),
        ("list", "list --env-file"),
        ("list-json", "list --json --env-file"),
        ("check", "check --env-file"),
    ] {
        let mut row = |kind: &str, unit| {
            let name = format!("{kind}-{verb}");
            rows.push(grow(name, arguments, "vars.env", PROMOTED, unit, "").parts(2 * SOME));
        };
        row("attachments", |i| {
            format!("HEROKU_POSTGRESQL_C{i}_URL=postgres://app:k@db{i}.example/shop\n")
        });
        row("aliases", |i| {
            format!("HEROKU_POSTGRESQL_C{i}_URL=postgres://app:k@db.example/shop\n")
        });
        row("copies", |i| {
            format!("HEROKU_POSTGRESQL_C{i}_URL=postgres://app:k{i}@db.example/shop\n")
        });
    }
    let services =
        |i| format!(r#",{{"name":"s{i}","credentials":{{"uri":"postgres://u:p@h{i}/d"}}}}"#);
    let vcap = r#"VCAP_SERVICES={"x":[{"name":"s","credentials":{"uri":"postgres://u:p@h/d"}}"#;
    let unrelated = |i| format!("V{i}=x\n");
    #[rustfmt::skip] // a table: one row per line
    rows.extend([
        grow("env-lines", "explain --env-file", "vars.env", PROMOTED, unrelated, "").parts(MANY),
        grow("env-urls", "explain --env-file", "vars.env", PROMOTED, |i| format!("V{i}_URL=mysql://app:k@db{i}.example/shop\n"), ""),
        grow("env-families", "list --env-file", "vars.env", PROMOTED, |i| format!("A{i}_DB_HOST=h\nA{i}_DB_NAME=d\nA{i}_DB_USER=u\n"), ""),
        grow("env-references", "explain --env-file", "vars.env", PROMOTED, |i| format!("V{}=x${{V{i}}}\n", i + 1), ""),
        grow("vcap-services", "list --env-file", "vars.env", vcap, services, "]}\n"),
        grow("heroku-json", "list --vars", "heroku.json", r#"{"DATABASE_URL":"postgres://h/d""#, |i| format!(r#","HEROKU_POSTGRESQL_C{i}_URL":"postgres://h{i}/d""#), "}"),
    ]);
    rows
}

/// Hosts and parameters of a connection string, lines of standard input, and secrets to mask.
fn strings() -> Vec<Growth> {
    const HEAD: &str = "postgres://u:p@h/d?a=1";
    let mut rows = Vec::new();
    for (name, head) in [
        ("postgres", HEAD),
        ("mysql", "mysql://u:p@h/d?a=1"),
        ("redis", "redis://h/1?a=1"),
        ("mongodb", "mongodb://h/d?a=1"),
        ("sqlite", "sqlite:///d?a=1"),
        ("jdbc-postgresql", "jdbc:postgresql://h/d?a=1"),
        ("jdbc-mysql", "jdbc:mysql://h/d?a=1"),
    ] {
        let name = format!("params-{name}");
        rows.push(grow(name, "parse -", STDIN, head, parameter, "\n"));
    }
    for (name, head) in [
        ("postgres", "postgres://h"),
        ("mysql", "mysql://h"),
        ("mongodb", "mongodb://h"),
        ("jdbc-postgresql", "jdbc:postgresql://h"),
        ("jdbc-mysql", "jdbc:mysql://h"),
    ] {
        let name = format!("hosts-{name}");
        rows.push(
            grow(
                name,
                "parse -",
                STDIN,
                head,
                |i| format!(",h{i}:10"),
                "/d\n",
            )
            .parts(MANY),
        );
    }
    #[rustfmt::skip] // a table: one row per line
    rows.extend([
        grow("keyword-value", "parse -", STDIN, "host=h", |i| format!(" application_name=x{i}"), "\n").parts(MANY),
        grow("convert-conninfo", "convert --show-secrets --to conninfo -", STDIN, HEAD, parameter, "\n"),
        grow("convert-jdbc", "convert --show-secrets --to jdbc -", STDIN, HEAD, parameter, "\n"),
        grow("convert-rails", "convert --show-secrets --to rails -", STDIN, HEAD, parameter, "\n"),
        grow("lines", "parse -", STDIN, "", |i| format!("postgres://u:p@h{i}/d\n"), "").parts(MANY),
        grow("redact-lines", "redact", STDIN, "", |i| format!("x postgres://u:p{i}@h/d y\n"), "").parts(MANY),
        grow("redact-one-line", "redact", STDIN, "", |i| format!("postgres://u:p{i}@h/d "), "\n").parts(2 * MANY),
        grow("redact-secrets", "redact --env-file", "vars.env", "", |i| format!("K{i}_PASSWORD=secret{i:08}\n"), "").stdin(|i| format!("a secret{i:08} b\n")),
        grow("redact-quotes", "redact", STDIN, "", |i| format!("password=\"x{i} "), "\n").parts(MANY),
    ]);
    rows
}

/// Nodes of YAML and JSON next to the section that is read.
fn documents() -> Vec<Growth> {
    const YAML: &str = "production:\n  url: postgres://h/d\n";
    const JSON: &str = r#"{"production":{"url":"postgres://h/d"},"x":[0"#;
    #[rustfmt::skip] // a table: one row per line
    let rows = vec![
        grow("yaml-maps", EXPLAIN, "app.yaml", YAML, |i| format!("k{i}: {{a: {i}}}\n"), "").parts(MANY),
        grow("yaml-sequence", EXPLAIN, "app.yaml", "production:\n  url: postgres://h/d\nx:\n", |i| format!("- v{i}\n"), "").parts(MANY),
        grow("yaml-anchors", EXPLAIN, "app.yaml", YAML, |i| format!("k{i}: &a{i} {{a: {i}}}\nl{i}: *a{i}\n"), "").parts(MANY),
        grow("json-array", EXPLAIN, "app.json", JSON, |i| format!(",{i}"), "]}").parts(MANY),
        grow("json-maps", EXPLAIN, "app.json", JSON, |i| format!(r#",{{"a{i}":{i}}}"#), "]}").parts(MANY),
    ];
    rows
}

/// Files of the clients of databases, of which one entry is used.
fn credentials() -> Vec<Growth> {
    const LIBPQ: &str = "explain --complete --default postgres://u@h/d?service=s";
    #[rustfmt::skip] // a table: one row per line
    let rows = vec![
        grow("pgpass", "explain --complete --default postgres://u@h/d", "pgpass", "", |i| format!("h{i}:*:*:*:x\n"), "h:*:*:*:x\n").parts(MANY).variable("PGPASSFILE"),
        grow("service-file", LIBPQ, "pg_service.conf", "", |i| format!("[s{i}]\nhost=h\n"), "[s]\nuser=x\n").parts(MANY).variable("PGSERVICEFILE"),
        grow("service-keys", LIBPQ, "pg_service.conf", "[s]\nuser=x\n", |i| format!("# {i}\n"), "").parts(MANY).variable("PGSERVICEFILE"),
        grow("option-file", "explain --complete --default mysql://u@h/d", "my.cnf", "[client]\npassword=x\n", |i| format!("loose_k{i}=v\n"), "").parts(MANY).variable("MYSQL_HOME"),
    ];
    rows
}

fn key_0(i: usize) -> String {
    format!("key{i}: v{i}\n")
}

fn key_2(i: usize) -> String {
    format!("  key{i}: v{i}\n")
}

fn key_8(i: usize) -> String {
    format!("        key{i}: v{i}\n")
}

fn member(i: usize) -> String {
    format!(r#","key{i}":"v{i}""#)
}

fn parameter(i: usize) -> String {
    format!("&key{i}=v{i}")
}

/// A row with parts of which each costs some thousands of instructions.
fn grow(
    name: impl Into<String>,
    arguments: &'static str,
    file: &'static str,
    head: impl Into<String>,
    unit: fn(usize) -> String,
    tail: &'static str,
) -> Growth {
    Growth {
        name: format!("growth-{}", name.into()),
        arguments,
        file,
        head: head.into(),
        unit,
        tail,
        parts: SOME,
        stdin: |_| String::new(),
        variable: None,
        named: None,
    }
}
