//! Files are recognised by their name and by what they hold; none is answered with the database of another.

use database_url::Vars;
use database_url::settings::{Settings, System};

use crate::common::Failures;

const PG: &str = "production:\n  adapter: postgresql\n  host: db.example\n  database: shop\n";
const PRISMA: &str =
    "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n";
const ALEMBIC: &str = "[alembic]\nsqlalchemy.url = postgresql://app:hunter2@h/d\n";
const TAGS: &str = ":concurrency: 5\nproduction:\n  :url: <%= ENV[\"DATABASE_URL\"] %>\n";
const REDIS: &str = "production:\n  url: <%= ENV[\"REDIS_URL\"] %>\n  ssl_params:\n    verify_mode: <%= OpenSSL::SSL::VERIFY_NONE %>\n";
const PARTS: &str = "production:\n  host: <%= ENV.fetch(\"H\", \"cache.example\") %>\n  port: 6380\n  password: <%= ENV[\"PW\"] %>\n";
const MONGOID: &str =
    "production:\n  clients:\n    default:\n      uri: mongodb://app:hunter2@m1.example/shop\n";
const HOSTS: &str = concat!(
    "production:\n",
    "  sessions:\n",
    "    default:\n",
    "      database: shop\n",
    "      hosts:\n",
    "        - m1.example:27017\n",
    "        - m2.example:27018\n",
);
const SOLID: &str = "production:\n  database: cache\n  max_size: <%= 256.megabytes %>\n";
const SECRETS: &str =
    "production:\n  secret_key_base: <%= ENV.fetch(\"SECRET_KEY_BASE\") %>\n  api: x\n";
const SECRET_URL: &str = "production:\n  secret_key_base: <%= ENV.fetch(\"SECRET_KEY_BASE\") %>\n  redis_url: redis://h/1\n";
const CABLE: &str = "production:\n  adapter: redis\n  url: <%= ENV[\"REDIS_URL\"] %>\n";
const SEQUELIZE: &str = r#"{"production": {"url": "postgres://h/d", "dialectOptions": {}}}"#;

/// A file's name and text, the system it is taken for, and the URL it gives (or the kind of the error).
const ROWS: &[(&str, &str, System, &str)] = &[
    (
        "config/database.yml",
        PG,
        System::Rails,
        "postgres://db.example/shop",
    ),
    (
        "database.yml.example",
        PG,
        System::Rails,
        "postgres://db.example/shop",
    ),
    (
        "config/database.travis.yml",
        PG,
        System::Rails,
        "postgres://db.example/shop",
    ),
    (
        "database.yml.erb",
        "production:\n  url: <%= ENV['U'] || 'mysql://h/d' %>\n",
        System::Rails,
        "mysql://h/d",
    ),
    (
        "prisma/schema.prisma",
        PRISMA,
        System::Plain,
        "unknown-system: a Prisma schema",
    ),
    (
        "alembic.ini",
        ALEMBIC,
        System::Plain,
        "unknown-system: an INI file",
    ),
    (
        "alembic",
        ALEMBIC,
        System::Plain,
        "unknown-system: an INI file",
    ),
    (
        "Cargo.toml",
        "[package]\nname = \"x\"\n",
        System::Plain,
        "unknown-system: a TOML file",
    ),
    (
        "config/config.js",
        "module.exports = {}",
        System::Plain,
        "unknown-system: a program",
    ),
    (
        "settings.py",
        "DATABASES = {}",
        System::Plain,
        "unknown-system: a program",
    ),
    (
        "application.properties",
        "a=b",
        System::Plain,
        "unknown-system: a file of Java properties",
    ),
    (
        ".env.production",
        "A=b",
        System::Plain,
        "unknown-system: a `.env` file",
    ),
    (
        "run",
        "#!/bin/sh\n",
        System::Plain,
        "unknown-system: a program",
    ),
    (
        "config/sidekiq.yml",
        TAGS,
        System::Rails,
        "unknown-system: tags of ERB",
    ),
    (
        "config/storage.yml",
        "amazon:\n  key: <%= ENV['K'] %>\n",
        System::Rails,
        "unknown-system: tags of ERB",
    ),
    (
        "config/redis.yml",
        REDIS,
        System::Rails,
        "redis://cache.example/1 !weaker-than-asked",
    ),
    (
        "config/redis.yml.sample",
        PARTS,
        System::Rails,
        "redis://:r3dis@cache.example:6380",
    ),
    (
        "config/redis.yml",
        "production: localhost:6379\n",
        System::Rails,
        "redis://localhost:6379",
    ),
    (
        "config/redis.yml",
        "production: redis://h/2\n",
        System::Rails,
        "redis://h/2",
    ),
    (
        "config/redis.yml",
        "url: redis://h/3\n",
        System::Rails,
        "redis://h/3",
    ),
    (
        "config/redis.yml",
        "test:\n  url: redis://h/3\n",
        System::Rails,
        "not-found: no section",
    ),
    (
        "config/redis.yml",
        "production:\n  url: postgres://h/d\n",
        System::Rails,
        "wrong-engine: postgres",
    ),
    (
        "config/mongoid.yml",
        MONGOID,
        System::Rails,
        "mongodb://app:hunter2@m1.example/shop",
    ),
    (
        "config/mongoid.yml",
        HOSTS,
        System::Rails,
        "mongodb://m1.example:27017,m2.example:27018/shop",
    ),
    (
        "config/mongoid.yml",
        "production:\n  x: 1\n",
        System::Rails,
        "missing-key: `clients`",
    ),
    (
        "config/cache.yml",
        SOLID,
        System::Rails,
        "not-found: database.yml",
    ),
    (
        "config/queue.yml",
        "production:\n  workers: <%= 1 %>\n",
        System::Rails,
        "not-found: database.yml",
    ),
    (
        "config/secrets.yml",
        SECRETS,
        System::Rails,
        "not-found: one key that holds",
    ),
    (
        "config/secrets.yml",
        SECRET_URL,
        System::Rails,
        "redis://h/1",
    ),
    (
        "config/cable.yml",
        CABLE,
        System::Rails,
        "redis://cache.example/1",
    ),
    (
        "config/action_cable.yml",
        CABLE,
        System::Rails,
        "redis://cache.example/1",
    ),
    (
        "compose.yaml",
        "services:\n  web:\n    environment:\n      DATABASE_URL: postgres://h/d\n",
        System::Compose,
        "postgres://h/d",
    ),
    (
        "config/services.yaml",
        "services:\n  app:\n    environment:\n      DATABASE_URL: x\n",
        System::Plain,
        "unknown-system: Docker Compose",
    ),
    (
        "config/config.json",
        SEQUELIZE,
        System::Sequelize,
        "postgres://h/d",
    ),
    (
        "portal_config.yml",
        "settings:\n  DATABASES:\n    default: {ENGINE: django.db.backends.mysql, NAME: d, HOST: h}\n",
        System::Django,
        "mysql://h/d",
    ),
    (
        "architect.yml",
        "databases:\n  default: {ENGINE: django.db.backends.mysql, NAME: d, HOST: h}\n",
        System::Django,
        "mysql://h/d",
    ),
    (
        "app.yml",
        "databases:\n  default: {host: h, database: d, adapter: mysql2}\n",
        System::Plain,
        "mysql://h/d",
    ),
    (
        "config/locales/database.de.yml",
        "de:\n  models:\n    database: Datenbank\n",
        System::Plain,
        "missing-key: nothing here says",
    ),
    (
        "config/database.fr.yml",
        "fr:\n  url: Adresse\n",
        System::Plain,
        "missing-key: nothing here says",
    ),
    (
        "config/database.ci.yml",
        PARTS,
        System::Rails,
        "unknown-system: not one that names a database",
    ),
    (
        "config/database.ci.yml",
        "production: <%= ENV['U'] || 'mysql://h/d' %>\n",
        System::Rails,
        "mysql://h/d",
    ),
    (
        "config/neo4j.yml",
        PG,
        System::Rails,
        "not-found: no server of its own",
    ),
    (
        "config/sidekiq.yml",
        ":concurrency: 5\n:queues:\n  - default\n",
        System::Plain,
        "missing-key: nothing here says",
    ),
    (
        "config/sidekiq.yml",
        "production:\n  :concurrency: 5\n",
        System::Plain,
        "missing-key: nothing here says",
    ),
    (
        "config/resque.yml",
        "production: <%= ENV.fetch('R', 'cache.example:6380') %>\n",
        System::Rails,
        "redis://cache.example:6380",
    ),
    (
        "config/redis.yml",
        "production:\n  :host: cache.example\n  :port: 6380\n  :db: 2\n",
        System::Rails,
        "redis://cache.example:6380/2",
    ),
    (
        "config/queue.yml",
        "production:\n  workers:\n    - queues: '*'\n",
        System::Rails,
        "not-found: a connection of database.yml",
    ),
    (
        "config/mongoid.yml",
        "production:\n  clients:\n    default:\n      database: d\n      hosts:\n        - <%= ENV['M'] %>\n",
        System::Rails,
        "unset-variable: M is not set",
    ),
    (
        "config/secrets.yml",
        "production:\n  secret_key_base: <%= ENV['SECRET_KEY_BASE'] %>\n  cache_url: <%= ENV['CACHE'] %>\n",
        System::Rails,
        "unset-variable: CACHE is not set",
    ),
];

#[test]
fn no_file_is_answered_with_the_database_of_another() {
    let vars = Vars::from([
        ("REDIS_URL", "redis://cache.example/1"),
        ("PW", "r3dis"),
        ("RAILS_ENV", "production"),
        ("NODE_ENV", "production"),
    ]);
    let mut failures = Failures::default();
    for (path, text, system, expected) in ROWS {
        let settings = Settings::from_str(path, *text).expect("not too long");
        failures.compare(&format!("{path}: system"), settings.system(), *system);
        let found = match settings.resolve(&vars) {
            Ok(resolved) => {
                let mut found = resolved
                    .value()
                    .to_url()
                    .expect("a URL")
                    .expose()
                    .to_owned();
                for warning in resolved.warnings() {
                    found.push_str(" !");
                    found.push_str(warning.code().as_str());
                }
                found
            }
            Err(error) => {
                assert!(error.help().is_some(), "{path}: {error}");
                let phrase = expected.split_once(": ").map_or("", |(_, phrase)| phrase);
                let shown = error.to_string();
                let shown = if shown.contains(phrase) {
                    phrase
                } else {
                    &shown
                };
                format!("{}: {shown}", error.kind().as_str())
            }
        };
        failures.compare(path, found, (*expected).to_owned());
    }
    failures.finish();
}

#[test]
fn database_url_is_for_database_yml_alone() {
    let vars = Vars::from([
        (
            "DATABASE_URL",
            "postgres://app:hunter2@primary.example/shop",
        ),
        ("RAILS_ENV", "production"),
    ]);
    for (path, text, ..) in ROWS {
        let settings = Settings::from_str(path, *text).expect("not too long");
        let Ok(resolved) = settings.resolve(&vars) else {
            continue;
        };
        let is_primary = resolved.to_string().contains("primary.example");
        assert!(
            !is_primary || path.contains("database."),
            "{path}: {resolved}"
        );
    }
}
