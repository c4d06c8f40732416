//! The oracles.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use support::process::{ask_json, installed};

use crate::case::{Answer, Case, Reading};
use crate::{line, shell};

/// A program that is asked what it makes of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oracle {
    /// bash, as a shell.
    Bash,
    /// dash, as the other shell, which is Debian's `/bin/sh` and runs Procfiles.
    Dash,
    /// compose-go, the library that `docker compose` is made of.
    Compose,
    /// Ruby's ERB, with `ActiveSupport` as in Rails.
    Erb,
    /// sequelize-cli, which migrations run with.
    Sequelize,
    /// The library sequelize, as `models/index.js` of `sequelize init` calls it.
    SequelizeLibrary,
    /// `ActiveRecord`, with the lines of railties that read `config/database.yml`.
    Rails,
    /// dj-database-url: `DATABASE_URL` alone.
    DjDatabaseUrl,
    /// django-environ: `DATABASE_URL` alone, too.
    DjangoEnviron,
    /// What Django's backends give their drivers of `DATABASES`.
    Django,
}

impl Oracle {
    /// What the oracle makes of each case.
    ///
    /// # Panics
    /// If the oracle is missing or fails, or if a case for Django is no JSON.
    #[must_use]
    pub fn read(self, cases: &[Case]) -> Vec<Answer> {
        match self {
            Self::Bash => shell::expand("bash", cases),
            Self::Dash => shell::expand("dash", cases),
            Self::Compose => line::expand(&mut Command::new(installed("compose")), cases),
            Self::Erb => line::expand(&mut ruby("erb.rb"), cases),
            Self::Sequelize => read(&mut node("sequelize.js"), cases, file, of_sequelize),
            Self::SequelizeLibrary => ask_json(&mut node("sequelize.js"), cases.iter().map(file))
                .iter()
                .map(|both| answer(&both["library"], of_sequelize))
                .collect(),
            Self::Rails => read(&mut ruby("rails.rb"), cases, file, of_rails),
            Self::DjDatabaseUrl => {
                let question = |case: &Case| json!({ "by": "dj-database-url", "vars": case.vars });
                read(&mut python("databases.py"), cases, question, of_databases)
            }
            Self::DjangoEnviron => {
                let question = |case: &Case| json!({ "by": "django-environ", "vars": case.vars });
                read(&mut python("databases.py"), cases, question, of_databases)
            }
            Self::Django => {
                let question = |case: &Case| {
                    let databases: Value = serde_json::from_str(case.text()).expect("JSON");
                    json!({ "by": "django", "databases": databases, "name": case.connection.as_deref().unwrap_or("default") })
                };
                read(&mut python("databases.py"), cases, question, of_django)
            }
        }
    }
}

/// An oracle's own program, in this package.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("programs")
        .join(name)
}

fn node(name: &str) -> Command {
    let mut node = Command::new("node");
    node.env("NODE_PATH", installed("npm/node_modules"))
        .arg(program(name));
    node
}

fn ruby(name: &str) -> Command {
    let mut ruby = Command::new("ruby");
    // Ruby takes its variables for text in the locale's encoding.
    ruby.env("LC_ALL", "C.UTF-8")
        .env("RUBYLIB", installed("rails"))
        .arg(program(name));
    ruby
}

fn python(name: &str) -> Command {
    let mut python = Command::new(installed("python/bin/python"));
    python.arg(program(name));
    python
}

fn file(case: &Case) -> Value {
    json!({
        "file": case.text,
        "vars": case.vars,
        "environment": case.environment,
        "name": case.connection,
    })
}

fn read(
    command: &mut Command,
    cases: &[Case],
    question: impl Fn(&Case) -> Value,
    reading: impl Fn(&Value) -> Reading,
) -> Vec<Answer> {
    ask_json(command, cases.iter().map(question))
        .iter()
        .map(|given| answer(given, &reading))
        .collect()
}

fn answer(given: &Value, reading: impl Fn(&Value) -> Reading) -> Answer {
    match given["error"].as_str() {
        Some(message) => Err(message.to_owned()),
        // What dj-database-url says of a variable that is unset or empty, and django-environ of an empty one.
        None if given["value"] == json!({}) => Err("no database".to_owned()),
        None => Ok(reading(&given["value"])),
    }
}

/// The fields under the oracle's names, without those that have nothing, and for Django that is the empty text, too.
fn given(value: &Value, names: &[(&'static str, &str)]) -> Reading {
    let mut reading = fields(value, names);
    reading.retain(|_, text| !text.is_empty());
    reading
}

/// The fields under the oracle's names, without those that are null.
fn fields(value: &Value, names: &[(&'static str, &str)]) -> Reading {
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let field = |&(ours, theirs): &(&'static str, &str)| Some((ours, text(&value[theirs])?));
    names.iter().filter_map(field).collect()
}

fn of_sequelize(config: &Value) -> Reading {
    if config["dialect"] == "sqlite" {
        // As in the library's connection manager, an empty host is not one.
        let host = &config["host"];
        let file = [
            &config["storage"],
            if host == "localhost" {
                &Value::Null
            } else {
                host
            },
        ];
        let file = file
            .into_iter()
            .find_map(Value::as_str)
            .filter(|file| !file.is_empty());
        let file = file.unwrap_or(":memory:").to_owned();
        return [("engine", "sqlite".to_owned()), ("database", file)].into();
    }
    let names = [
        ("engine", "dialect"),
        ("user", "username"),
        ("password", "password"),
        ("host", "host"),
        ("port", "port"),
        ("database", "database"),
    ];
    engine_named(fields(config, &names))
}

fn of_rails(found: &Value) -> Reading {
    if found["config"]["adapter"] == "sqlite3" {
        // The rest is there, and not looked at.
        return engine_named(fields(
            &found["config"],
            &[("engine", "adapter"), ("database", "database")],
        ));
    }
    let names = [
        ("engine", "adapter"),
        ("user", "username"),
        ("password", "password"),
        ("host", "host"),
        ("port", "port"),
        ("database", "database"),
    ];
    engine_named(fields(&found["config"], &names))
}

fn of_databases(config: &Value) -> Reading {
    let names = [
        ("engine", "ENGINE"),
        ("user", "USER"),
        ("password", "PASSWORD"),
        ("host", "HOST"),
        ("port", "PORT"),
        ("database", "NAME"),
    ];
    engine_named(given(config, &names))
}

fn of_django(found: &Value) -> Reading {
    let vendor = found["vendor"].as_str().unwrap_or_default();
    let given = &found["given"];
    let (database, host) = match vendor {
        "mysql" if given["unix_socket"].is_string() => ("database", "unix_socket"),
        "postgresql" => ("dbname", "host"),
        _ => ("database", "host"),
    };
    let names = [
        ("user", "user"),
        ("password", "password"),
        ("host", host),
        ("port", "port"),
        ("database", database),
    ];
    let mut reading = self::given(given, &names);
    reading.insert("engine", vendor.to_owned());
    engine_named(reading)
}

/// The engine by our name: the systems name it by its dialect, adapter or backend.
fn engine_named(mut reading: Reading) -> Reading {
    if let Some(engine) = reading.get_mut("engine") {
        let bare = engine.rsplit('.').next().unwrap_or_default();
        let named = match bare {
            "postgresql"
            | "postgis"
            | "postgresql_psycopg2"
            | "postgres"
            | "django_cockroachdb"
            | "django_redshift_backend" => "postgres",
            "mysql" | "mysql2" | "mariadb" | "trilogy" => "mysql",
            "sqlite3" | "spatialite" => "sqlite",
            other => other,
        };
        *engine = named.to_owned();
    }
    reading
}
