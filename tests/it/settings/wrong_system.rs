//! Every kind of file, read as one of every system: its own database, or an error that says where and what to do.

use database_url::settings::{Settings, System};
use database_url::{Error, Vars};

use std::fs;
use std::path::Path;

use crate::common::Failures;

/// A file, what it holds, and the systems that find its database in it.
type Row = (&'static str, &'static str, &'static [System]);

const FILES: &[Row] = &[
    (
        "database.yml",
        "production:\n  adapter: postgresql\n  host: own.example\n  database: own\n",
        &[],
    ),
    (
        "cable.yml",
        "production:\n  adapter: redis\n  url: redis://own.example/1\n",
        &[System::Rails],
    ),
    (
        "redis.yml",
        "production:\n  url: redis://own.example/1\n",
        &[System::Rails],
    ),
    (
        "mongoid.yml",
        "production:\n  clients:\n    default:\n      uri: mongodb://own.example/own\n",
        &[System::Rails],
    ),
    ("cache.yml", "production:\n  database: cache\n", &[]),
    (
        "queue.yml",
        "production:\n  workers:\n    - queues: all\n",
        &[],
    ),
    (
        "neo4j.yml",
        "production:\n  url: bolt://own.example\n",
        &[System::Rails],
    ),
    (
        "secrets.yml",
        "production:\n  secret_key_base: hunter2\n",
        &[],
    ),
    (
        "config.json",
        "{\"production\": {\"dialect\": \"postgres\", \"host\": \"own.example\", \"database\": \"own\"}}",
        &[System::Sequelize],
    ),
    (
        "config.yaml",
        "database:\n  host: own.example\n  port: 5432\n  username: app\n  databaseName: own\n",
        &[System::Conduit],
    ),
    (
        "databases.json",
        "{\"default\": {\"ENGINE\": \"django.db.backends.postgresql\", \"HOST\": \"own.example\", \"NAME\": \"own\"}}",
        &[System::Django],
    ),
    (
        "compose.yaml",
        "services:\n  web:\n    image: x\n    environment:\n      DATABASE_URL: postgres://own.example/own\n",
        &[System::Compose],
    ),
    (
        "Procfile",
        "web: run --url postgres://own.example/own\n",
        &[System::Procfile],
    ),
    (
        "app.yaml",
        "url: postgres://own.example/own\n",
        &[System::Plain],
    ),
    ("sidekiq.yml", "production:\n  concurrency: 5\n", &[]),
    (
        "half.yml",
        "production:\n  adapter: postgresql\nservices:\n  web:\n    image: x\n",
        &[],
    ),
    (
        "half.yaml",
        "database: own\nservices:\n  web:\n    environment: hunter2\n",
        &[],
    ),
    (
        "half.json",
        "{\"default\": {\"ENGINE\": 5}, \"production\": {\"use_env_variable\": []}}",
        &[],
    ),
    ("broken.yml", "production: [\n", &[]),
    ("broken.json", "{\"production\": ", &[]),
    ("empty.yml", "", &[]),
    ("list.yml", "- hunter2\n- b\n", &[]),
    ("scalar.yml", "hunter2\n", &[]),
    ("circle.yml", "production: &p\n  url: &u [*p]\n", &[]),
    ("number.json", "5", &[]),
];

/// What Active Record makes of `DATABASE_URL` where the section has no URL.
const MEANS_DATABASE_URL: &[&str] = &["database.yml", "half.yml"];

#[test]
fn no_system_answers_with_what_is_not_in_the_file() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong_system");
    drop(fs::remove_dir_all(&folder));
    let vars = Vars::from([
        ("DATABASE_URL", "postgres://primary.example/main"),
        ("RAILS_ENV", "production"),
        ("NODE_ENV", "production"),
    ]);
    let mut failures = Failures::default();
    for (name, text, owners) in FILES {
        // Each by itself: some files are read next to others.
        let folder = folder.join(name.replace('.', "_"));
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(name);
        fs::write(&path, text).expect("a file");
        for &system in System::ALL {
            let settings = Settings::from_path(&path).expect("a file");
            let found = settings.with_system(system).resolve(&vars);
            let id = format!("{name} as {system}");
            match found {
                Ok(found) => {
                    let shown = found.to_string();
                    let is_rails = system == System::Rails && MEANS_DATABASE_URL.contains(name);
                    let host = if is_rails {
                        "primary.example"
                    } else {
                        "own.example"
                    };
                    failures.compare(&id, shown.contains(host), true);
                }
                Err(error) => {
                    failures.compare(&id, owners.contains(&system), false);
                    check(&mut failures, &id, name, &error);
                }
            }
        }
    }
    failures.finish();
}

/// An error names the file, a position in it, and what to do, and shows nothing of what is in it.
fn check(failures: &mut Failures, id: &str, name: &str, error: &Error) {
    for error in error.iter() {
        let file = error.origin().and_then(|source| source.file());
        let names_it = file.is_some_and(|file| file.path().ends_with(name));
        let has_position = file.is_some_and(|file| file.position().is_some());
        let shown = format!("{id}: {error}");
        failures.compare(&format!("{shown}: the file"), names_it, true);
        failures.compare(&format!("{shown}: a position"), has_position, true);
        failures.compare(&format!("{shown}: a fix"), error.help().is_some(), true);
        let is_shown = format!("{error:?}{error}").contains("hunter2");
        failures.compare(&format!("{id}: a piece of the file"), is_shown, false);
    }
}
