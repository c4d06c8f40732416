//! The masked input under an error, with carets under the location.

use database_url::settings::Settings;
use database_url::{Database, Format, Vars};

fn excerpt(input: &str) -> Option<String> {
    let error = input.parse::<Database>().expect_err(input);
    error.excerpt(input)
}

#[test]
fn carets_are_under_the_location() {
    for (input, line, carets) in [
        (
            "postgres://app:hunter2@h:70000/d",
            "postgres://****:****/****",
            "                ^^^^",
        ),
        (
            "postgres://app:hunter2@h/d?sslmode=x",
            "postgres://****?sslmode=****",
            "                        ^^^^",
        ),
        (
            "Postgres+x://h/d?sslmode=x&y=1",
            "postgres+****://****?sslmode=****&****",
            "                             ^^^^",
        ),
        (
            "postgres://app:p@hunter2/d@h/x",
            "postgres://****@****",
            "               ^",
        ),
        ("host=h port=hunter2", "**** port=****", "          ^^^^"),
        ("port=hunter2", "port=****", "     ^^^^"),
        (
            "jdbc:mysql://h/d?sslMode=hunter2",
            "jdbc:mysql://****?sslMode=****",
            "                          ^^^^",
        ),
        (
            "postgres://h/d?sslmod=hunter2",
            "postgres://****?****=****",
            "                ^^^^",
        ),
        (
            "mysql://app:hunter%zz2@h/d",
            "mysql://****%****",
            "            ^",
        ),
    ] {
        assert_eq!(excerpt(input), Some(format!("{line}\n{carets}")), "{input}");
    }
}

#[test]
fn what_is_not_known_is_not_shown() {
    for input in ["hunter2://h/d", "hunter2", "hunter2 x=1", ""] {
        assert_eq!(excerpt(input), None, "{input}");
    }
    let error = "postgres://app:hunter2@h:70000/d"
        .parse::<Database>()
        .expect_err("a port");
    for other in ["", "postgres://h", "postgres://äöüäöüäöü", "x"] {
        assert_eq!(error.excerpt(other), None, "{other}");
    }
}

/// The excerpt of the first error of a settings file.
fn of_file(path: &str, environment: &str, text: &str) -> Option<String> {
    let settings = Settings::from_str(path, text).and_then(|settings| {
        let settings = settings.with_environment(environment);
        settings.resolve(&Vars::new()).map(drop)
    });
    settings.expect_err(text).excerpt_of_file(text)
}

#[test]
fn a_line_of_a_file_has_its_key_and_carets_under_the_value() {
    let yaml = |lines: &str| format!("production:\n  adapter: postgresql\n{lines}\n");
    for (lines, line, carets) in [
        ("  port: hunter2", "port: ****", "      ^^^^"),
        ("  port: \"hunter2\"", "port: ****", "      ^^^^"),
        ("  'port' : hunter2 # x", "port: ****", "      ^^^^"),
        ("  host: a\n  host: hunter2", "host: ****", "^^^^"),
        ("  {port: hunter2}", "", ""),
        (
            "  url: postgres://app:hunter2@h:7o/d",
            "url: postgres://****:****/****",
            "                     ^^^^",
        ),
        (
            "  url: \"postgres://app:hunter2@h:7o/d\"",
            "url: postgres://****:****/****",
            "                     ^^^^",
        ),
        (
            "  url: <%= ENV.fetch(\"DATABASE_URL\") %>",
            "url: ****",
            "     ^^^^",
        ),
    ] {
        let found = of_file("config/database.yml", "production", &yaml(lines));
        let expected = (!line.is_empty()).then(|| format!("{line}\n{carets}"));
        assert_eq!(found, expected, "{lines}");
    }
    let json = r#"{"production": {"dialect": "postgres", "database": "d", "port": "hunter2"}}"#;
    assert_eq!(
        of_file("config/config.json", "production", json).as_deref(),
        Some("port: ****\n      ^^^^")
    );
}

#[test]
fn a_line_of_variables_has_its_name() {
    for text in [
        "DATABASE_URL=\"hunter2\n",
        "A=1\nexport DATABASE_URL='hunter2",
        "A=1\r\nDATABASE_URL=\"hunter2\r\n",
    ] {
        let error = Vars::new().with_dotenv_str(".env", text).expect_err(text);
        assert_eq!(
            error.excerpt_of_file(text).as_deref(),
            Some("DATABASE_URL: ****\n              ^^^^"),
            "{text:?}: {error}"
        );
        for other in ["", "hunter2", "hunter2\nhunter2\n\u{e9}"] {
            assert_eq!(error.excerpt_of_file(other), None, "{other}");
        }
    }
}

/// Parts whose first character has several bytes, where the error is about the whole part.
#[test]
fn a_location_is_never_within_a_character() {
    let shapes = [
        ":///X:80",
        ":///X/x",
        "://X:80:90/d",
        "://u@X@h/d",
        "://X:p/q@h/d",
        "://h/X&sslmode=require",
        "://h/d?X",
        "://h/d?X=1&ssl",
        "://h:X/d",
        "://h/X;ssl=1",
        "://X/.s.PGSQL.1",
        "://h/d?host=X/.s.PGSQL.1",
        "://h/d?sslmode=X",
        ":///X&timezone=+02:00",
    ];
    let schemes = [
        "postgres",
        "mysql",
        "mysqlx",
        "jdbc:postgresql",
        "jdbc:mysql",
        "redis",
        "mongodb",
        "sqlite",
        "amqp",
    ];
    let urls = schemes
        .iter()
        .flat_map(|scheme| shapes.iter().map(move |rest| format!("{scheme}{rest}")));
    let others = [
        "host=X/.s.PGSQL.1",
        "host=h dbname=X:80",
        "X:p@tcp(h:1)/d?X",
        "dbname=X/y sslmode=Y",
    ];
    let texts: Vec<_> = urls.chain(others.map(str::to_owned)).collect();
    let mut errors = 0;
    for (text, character) in texts
        .iter()
        .flat_map(|text| ["é", "日", "🦀"].map(|character| (text, character)))
    {
        let text = text.replace('X', character);
        let Err(error) = Database::parse(Format::Auto, &text) else {
            continue;
        };
        errors += 1;
        let span = error.span().expect("an error in a string has a location");
        assert!(text.get(span.range()).is_some(), "{text}: {span:?}");
    }
    assert!(errors > 100, "{errors}");
}
