//! Settings files as a whole: the variables that they use, and what they say with those filled in.

use database_url::settings::{Settings, System, VariableUse};

const ERB: &str = "\
default: &default
  pool: <%= ENV.fetch(\"POOL\") { 5 } %>
production:
  <<: *default
<% if ENV[\"REPLICA\"] %>
  host: <%= ENV.fetch(\"HOST\") %>
<% end %>
  url: \"<%= ENV['DATABASE_URL'] || ENV['OTHER_URL'] %>\"
";

const CONDUIT: &str = "port: $PORT\ndatabase: $DATABASE_URL\nlogging:\n  key: $ecret\n";

const PLAIN: &str = "\
db: &db
  var: [BRONZE_URL, DATABASE_URL]
  url: postgres://${USER:-app}:$PW@${HOST:?}/shop
copy: *db
";

const SEQUELIZE: &str = r#"{
  "production": { "use_env_variable": "DATABASE_URL", "password": { "use_env_variable": "PW" } },
  "test": { "use_env_variable": "TEST_URL", "url": "sqlite::memory:" }
}"#;

fn row(one: &VariableUse) -> String {
    let need = match (one.is_required(), one.has_default()) {
        (true, false) => "required",
        (true, true) => "both",
        (false, true) => "default",
        (false, false) => "optional",
    };
    format!("{} {need} {}", one.name(), one.location())
}

#[test]
fn a_file_lists_each_use_of_a_variable_with_its_location() {
    let rows: &[(&str, &str, &[&str])] = &[
        (
            "database.yml",
            ERB,
            &[
                "POOL default database.yml:2:24: default.pool",
                "REPLICA default database.yml:5:12",
                "HOST required database.yml:6:24: production.host",
                "DATABASE_URL optional database.yml:8:18: production.url",
                "OTHER_URL optional database.yml:8:41: production.url",
            ],
        ),
        (
            "config.yaml",
            CONDUIT,
            &[
                "PORT optional config.yaml:1:7: port",
                "DATABASE_URL required config.yaml:2:11: database",
                "? optional config.yaml:4:8: logging.key",
            ],
        ),
        (
            "app.yaml",
            PLAIN,
            &[
                "BRONZE_URL optional app.yaml:2:9: db.var[0]",
                "DATABASE_URL optional app.yaml:2:21: db.var[1]",
                "USER default app.yaml:3:8: db.url",
                "PW required app.yaml:3:8: db.url",
                "HOST required app.yaml:3:8: db.url",
            ],
        ),
        (
            "config.json",
            SEQUELIZE,
            &[
                "DATABASE_URL required config.json:2:39: production.use_env_variable",
                "PW required config.json:2:89: production.password.use_env_variable",
                "TEST_URL default config.json:3:33: test.use_env_variable",
            ],
        ),
        ("plain.json", r#"{ "default": { "ENGINE": "x.$Y" } }"#, &[]),
    ];
    for (path, text, expected) in rows {
        let settings = Settings::from_str(path, *text).expect("a file");
        let uses = settings.variables().expect(path);
        assert_eq!(
            uses.iter().map(row).collect::<Vec<_>>(),
            *expected,
            "{path}"
        );
    }
}

#[test]
fn branches_that_have_the_same_key_are_listed_both() {
    let text = "production:\n<% if ENV['A'] %>\n  url: <%= ENV['B'] %>\n<% else %>\n  url: <%= ENV['C'] %>\n<% end %>\n";
    let settings = Settings::from_str("database.yml", text).expect("a file");
    let uses = settings.variables().expect("a list");
    let expected = [
        "A default database.yml:2:12",
        "B optional database.yml:3:17",
        "C optional database.yml:5:17: production.url",
    ];
    assert_eq!(uses.iter().map(row).collect::<Vec<_>>(), expected);
}

#[test]
fn what_a_system_reads_next_to_its_file_is_not_listed() {
    let settings = Settings::without_file(System::Rails);
    assert_eq!(settings.variables(), Ok(Vec::new()));
}

#[test]
fn all_that_is_wrong_with_templates_is_reported_together() {
    let rows = [
        (
            "database.yml",
            "url: <%= 'x %>\nb: <% end %>\n",
            ["database.yml:1:10", "database.yml:2:7"],
        ),
        (
            "a.yaml",
            "b: ${A\nc: ${}\n",
            ["a.yaml:1:4: b", "a.yaml:2:4: c"],
        ),
        (
            "a.json",
            "{\"a\":{\"use_env_variable\":\"postgres://u:p@h/d\"},\n\"b\":{\"use_env_variable\":\"$X\"}}",
            [
                "a.json:1:26: a.use_env_variable",
                "a.json:2:25: b.use_env_variable",
            ],
        ),
    ];
    for (path, text, expected) in rows {
        let settings = Settings::from_str(path, text).expect("a file");
        let errors = settings.variables().expect_err(path);
        let locations: Vec<_> = errors
            .iter()
            .map(|error| error.origin().expect("a place").to_string())
            .collect();
        assert_eq!(locations, expected);
    }
}
