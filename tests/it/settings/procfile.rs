//! Procfiles: the variables of their commands, and the database that a command is given.

use database_url::settings::{Settings, System};
use database_url::{Error, ErrorKind, Vars};

const PROCFILE: &str = "\
# processes
web: bundle exec puma -p ${PORT:-3000} -e ${RACK_ENV:-development}
release: dart run conduit db upgrade --connect $DATABASE_URL

console: heroku run 'psql \\$DATABASE_URL'\r
";

fn vars() -> Vars {
    Vars::from([
        ("DATABASE_URL", "postgres://app:hunter2@db.example/shop"),
        (
            "ODD",
            "postgres://app:a%20b@db.example/shop?application_name=--url",
        ),
        ("ARGUMENT", "--url sqlite::memory:"),
        ("PW", "hunter2"),
        ("LINES", "a\nb: c"),
    ])
}

fn file(text: &str) -> Settings {
    Settings::from_str("app/Procfile", text).expect("a file")
}

fn resolved(command: &str) -> Result<String, Error> {
    let settings = file(&format!("web: {command}\n"));
    settings
        .resolve(&vars())
        .map(|resolved| resolved.to_string())
}

#[test]
fn a_procfile_is_known_by_its_name() {
    for name in ["Procfile", "app/Procfile", "Procfile.dev"] {
        let settings = Settings::from_str(name, "web: x").expect("a file");
        assert_eq!(settings.system(), System::Procfile);
    }
    let settings = Settings::from_str("commands", "web: x --url $PW:x").expect("a file");
    assert_eq!(settings.system(), System::Plain);
}

#[test]
fn commands_are_filled_in_line_by_line() {
    let rendered = file(PROCFILE).render(&vars()).expect("it is rendered");
    assert_eq!(
        rendered.text().expose(),
        "web: bundle exec puma -p 3000 -e development\n\
         release: dart run conduit db upgrade --connect postgres://app:hunter2@db.example/shop\n\
         console: heroku run 'psql $DATABASE_URL'\n"
    );
    assert_eq!(
        rendered.masked(),
        "web: bundle exec puma -p 3000 -e development\n\
         release: dart run conduit db upgrade --connect ****\n\
         console: heroku run 'psql $DATABASE_URL'\n"
    );
    let uses = file(PROCFILE).variables().expect("a list");
    let uses: Vec<_> = uses
        .iter()
        .map(|one| format!("{} {} {}", one.name(), one.has_default(), one.location()))
        .collect();
    let expected = [
        "PORT true app/Procfile:2:6: web",
        "RACK_ENV true app/Procfile:2:6: web",
        "DATABASE_URL false app/Procfile:3:10: release",
    ];
    assert_eq!(uses, expected);
}

#[test]
fn secrets_of_the_commands_themselves_are_masked() {
    let text = "a: x --password lit\nb: x --password=lit\nc: x --url postgres://u:lit@h/d\nd: x --password $PW\ne: x --mail a@b\n";
    let rendered = file(text).render(&vars()).expect("it is rendered");
    let expected = "a: ****\nb: ****\nc: ****\nd: x --password ****\ne: x --mail a@b\n";
    assert_eq!(rendered.masked(), expected);
}

#[test]
fn the_database_is_what_a_command_is_given() {
    let shop = "postgres://app:****@db.example/shop (from DATABASE_URL)";
    let here = |url: &str| format!("{url} (from app/Procfile:1:6: web)");
    let literal = here("postgres://app:****@db.example/shop");
    let rows: &[(&str, &str)] = &[
        ("x --connect $DATABASE_URL", shop),
        ("x --connect=$DATABASE_URL -v", shop),
        ("x --connection \"$DATABASE_URL\"", shop),
        ("x --url=\"${DATABASE_URL}\" && y", shop),
        ("x \"--database-url\" ${DATABASE_URL}", shop),
        ("sh -c 'exec x --url $DATABASE_URL'", shop),
        ("sh -c \"exec x --url '$DATABASE_URL'\"", shop),
        ("x --url ${NONE:-$DATABASE_URL}", shop),
        ("(x --url $DATABASE_URL)", shop),
        ("x --url $DATABASE_URL --connect $ODD", shop),
        ("x --urls a $ARGUMENT --url $DATABASE_URL", shop),
        ("x --url postgres://app:$PW@db.example/shop", &literal),
        (
            "x --url \"postgres://app:hunter2@db.example/shop\"",
            &literal,
        ),
        (
            "x ${NONE:- --url sqlite::memory:} --url $DATABASE_URL",
            shop,
        ),
    ];
    for (command, expected) in rows {
        assert_eq!(resolved(command).as_deref(), Ok(*expected), "{command}");
    }
}

#[test]
fn a_command_that_names_no_database_is_an_error() {
    let rows = [
        ("x", ErrorKind::NotFound),
        ("x --urls $DATABASE_URL", ErrorKind::NotFound),
        ("x --url", ErrorKind::NotFound),
        ("x $ARGUMENT", ErrorKind::NotFound),
        ("x --url $NONE", ErrorKind::UnsetVariable),
        ("x --url ''", ErrorKind::Empty),
        ("x --url \\$DATABASE_URL", ErrorKind::UnexpandedReference),
        ("x --url \"postgres://\"$PW", ErrorKind::InvalidValue),
        ("x --url \"$DATABASE_URL", ErrorKind::InvalidValue),
        ("x $(y) --url $DATABASE_URL", ErrorKind::InvalidTemplate),
        ("x --url `y`", ErrorKind::InvalidTemplate),
    ];
    for (command, expected) in rows {
        let error = resolved(command).expect_err(command);
        assert_eq!(error.kind(), expected, "{command}: {error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
}

#[test]
fn an_operator_of_the_shell_cuts_no_password() {
    for mark in ["&", ";", "|", "(", ")", "<", ">", "&&"] {
        for command in [
            format!("x --url postgres://app:{mark}hunter2@db.example/shop"),
            format!("x --connect=postgres://app:1{mark}2@db.example/shop"),
        ] {
            let error = resolved(&command).expect_err(&command);
            assert_eq!(error.kind(), ErrorKind::InvalidValue, "{command}: {error}");
            assert!(!format!("{error} {error:?}").contains("hunter2"));
        }
    }
    let literal = resolved("x --url postgres://app:pw@db.example/shop; y a@b");
    assert!(literal.is_ok(), "{literal:?}");
}

#[test]
fn a_process_is_chosen_by_name() {
    let text = "web: x $(y) --url sqlite::memory:\nrelease: x --url $DATABASE_URL\n";
    let release = file(text).with_connection("release").resolve(&vars());
    assert_eq!(
        release.expect("a database").to_string(),
        "postgres://app:****@db.example/shop (from DATABASE_URL)"
    );
    let error = file(text)
        .resolve(&vars())
        .expect_err("the first is refused");
    assert_eq!(error.kind(), ErrorKind::InvalidTemplate);
    let error = file(text).with_connection("worker").resolve(&vars());
    let error = error.expect_err("there is no worker");
    assert_eq!(error.help(), Some("it has web, release"));
    assert_eq!(error.kind(), ErrorKind::UnknownSection);
}

#[test]
fn other_lines_are_rejected_by_location() {
    let rows = [
        ("web x\n", "app/Procfile:1:1"),
        ("web: x\n  y\n", "app/Procfile:2:1"),
        ("a b: x\n", "app/Procfile:1:1"),
        ("web: x\nweb: y\n", "app/Procfile:2:1: web"),
        ("web: $(x)\n\nb: `x`\n", "app/Procfile:1:6: web"),
        ("web: x $LINES\n", "app/Procfile:1:6: web"),
    ];
    for (text, location) in rows {
        let error = file(text).render(&vars()).expect_err(text);
        let first = error.iter().next().unwrap();
        let source = first.origin().expect("a place").to_string();
        assert_eq!(source, location, "{text}");
    }
}
