//! A name that a file does not have: the names that it has, and the one that was most likely meant.

use database_url::Vars;
use database_url::settings::{Settings, System};

#[test]
fn the_names_that_there_are_come_with_the_nearest() {
    const RAILS: &str = "default: &d\n  adapter: mysql2\nproduction:\n  <<: *d\n  primary: {database: a}\n  queue: {database: b}\n\
        test:\n  <<: *d\n";
    const SEQUELIZE: &str = r#"{"production": {"dialect": "mysql"}, "test": {}}"#;
    const DJANGO: &str =
        r#"{"default": {"ENGINE": "django.db.backends.sqlite3"}, "replica": {"ENGINE": "x"}}"#;
    const PROCFILE: &str = "web: x\nrelease: y\n";
    let both = "it has production, test";
    let did = |name| format!("did you mean `{name}`? ");
    // The system, its file, the environment, the connection, and the first line of the help.
    let rows = [
        (
            System::Rails,
            RAILS,
            "produktion",
            "",
            did("production") + both,
        ),
        (System::Rails, RAILS, "Test", "", did("test") + both),
        (System::Rails, RAILS, "staging", "", both.to_owned()),
        (
            System::Rails,
            RAILS,
            "production",
            "queu",
            did("queue") + "it has primary, queue",
        ),
        (
            System::Sequelize,
            SEQUELIZE,
            "prod",
            "",
            did("production") + both,
        ),
        (System::Sequelize, SEQUELIZE, "x", "", both.to_owned()),
        (
            System::Django,
            DJANGO,
            "",
            "replika",
            did("replica") + "it has default, replica",
        ),
        (
            System::Procfile,
            PROCFILE,
            "",
            "relaese",
            did("release") + "it has web, release",
        ),
    ];
    for (system, text, environment, connection, expected) in rows {
        let path = if system == System::Procfile {
            "Procfile"
        } else {
            "config.yml"
        };
        let settings = Settings::from_str(path, text)
            .expect(text)
            .with_system(system);
        let settings = if environment.is_empty() {
            settings
        } else {
            settings.with_environment(environment)
        };
        let settings = if connection.is_empty() {
            settings
        } else {
            settings.with_connection(connection)
        };
        let error = settings.resolve(&Vars::new()).expect_err(environment);
        let help = error.help().unwrap_or_default().lines().next();
        assert_eq!(
            help,
            Some(&*expected),
            "{system} {environment} {connection}: {error}"
        );
    }
}
