//! The service file and the password file of libpq.

use std::path::Path;

use database_url::credentials::{Completed, Completion};
use database_url::postgres::{Config, Dialect};
use database_url::{Error, ErrorKind, FileLocation, Position, SecretStr, Vars, Warning};

use super::{home, protect};
use crate::common::Failures;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn complete(home: &Path, string: &str, vars: Pairs<'_>) -> Result<Completed<Config>, Error> {
    let config = Config::parse_in(Dialect::Libpq, string).expect("a string");
    let vars: Vars = vars.iter().copied().collect();
    let completion = Completion::new(&vars).home(home).system_user("sys");
    completion.sysconf_dir(home.join("etc")).postgres(&config)
}

fn codes(completed: &Completed<Config>) -> Vec<&'static str> {
    let codes = completed.warnings().iter().map(Warning::code);
    codes.map(database_url::WarningCode::as_str).collect()
}

#[test]
fn a_service_gives_what_the_string_leaves_open() {
    let text = "# all\n[other]\nhost=no\n[prod] x\n  host=db.internal \nport=6432\nport=7\nuser=\n\n[prod]\nhost=no\n";
    let home = home("service", &[(".pg_service.conf", text)]);
    let completed = complete(
        &home,
        "service=prod port=1",
        &[("PGUSER", "b"), ("PGHOST", "h")],
    );
    let completed = completed.expect("a config");
    assert_eq!(
        completed.config().to_conninfo().unwrap().expose(),
        "user=sys dbname=sys host=db.internal port=1"
    );
    let location = |name: &str| {
        let field = completed.field(name).expect("a field");
        let from = field
            .provenance()
            .map(ToString::to_string)
            .unwrap_or_default();
        let from = from.rsplit('/').next().unwrap_or_default().to_owned();
        (from, field.lost().len())
    };
    assert_eq!(
        location("host"),
        (".pg_service.conf:5:3: prod.host".to_owned(), 1)
    );
    assert_eq!(location("port"), (String::new(), 2));
    assert_eq!(
        completed
            .field("host")
            .unwrap()
            .provenance()
            .unwrap()
            .source()
            .kind(),
        "service-file"
    );
}

#[test]
fn service_files_are_looked_at_in_order() {
    let files = [
        (".pg_service.conf", "[a]\nhost=own\n"),
        ("etc/pg_service.conf", "[a]\nhost=etc\n[b]\nhost=etc\n"),
        ("named", "[a]\nhost=named\n"),
    ];
    let home = home("service_order", &files);
    let named = home.join("named").to_str().expect("UTF-8").to_owned();
    let host = |vars: Pairs<'_>| {
        complete(&home, "", vars).map(|completed| completed.servers()[0].host().to_owned())
    };
    assert_eq!(host(&[("PGSERVICE", "a")]).unwrap(), "own");
    assert_eq!(host(&[("PGSERVICE", "b")]).unwrap(), "etc");
    assert_eq!(
        host(&[("PGSERVICE", "a"), ("PGSERVICEFILE", &named)]).unwrap(),
        "named"
    );
    assert_eq!(
        host(&[("PGSERVICE", "b"), ("PGSERVICEFILE", &named)]).unwrap(),
        "etc"
    );
    assert_eq!(
        host(&[("PGSERVICE", "b"), ("PGSYSCONFDIR", "/nonexistent")])
            .unwrap_err()
            .kind(),
        ErrorKind::UnknownSection
    );
    let error = host(&[("PGSERVICE", "a"), ("PGSERVICEFILE", "/hunter2")]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    assert_eq!(error.origin().unwrap().to_string(), "PGSERVICEFILE");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[test]
fn lines_that_are_no_settings_are_errors_with_their_line() {
    let mut failures = Failures::default();
    let long = format!("host={}\n", "x".repeat(1018));
    for (index, (line, kind)) in [
        ("hunter2", ErrorKind::MissingEquals),
        ("host = hunter2", ErrorKind::UnknownKeyword),
        ("hots=hunter2", ErrorKind::UnknownKeyword),
        ("service=hunter2", ErrorKind::InvalidDocument),
        ("requiressl=1", ErrorKind::UnknownKeyword),
        ("ssl=true", ErrorKind::UnknownKeyword),
        ("ldap://hunter2", ErrorKind::MissingEquals),
        (&long, ErrorKind::TooLong),
    ]
    .into_iter()
    .enumerate()
    {
        let text = format!("[a]\n{line}\n");
        let home = home(
            &format!("service_bad_{index}"),
            &[(".pg_service.conf", &text)],
        );
        match complete(&home, "service=a", &[]) {
            Ok(_) => failures.push(line, "accepted"),
            Err(error) => {
                failures.compare(line, error.kind(), kind);
                let file = error.origin().and_then(|source| source.file());
                let number = file.and_then(FileLocation::position).map(Position::line);
                failures.compare(line, number, Some(2));
                failures.compare(
                    line,
                    format!("{error} {:?}", error.help()).contains("hunter2"),
                    false,
                );
            }
        }
        // Another section's lines are not looked at.
        let text = format!("[b]\n{line}\n[a]\nhost=h\n");
        let home = super::home(
            &format!("service_bad_{index}"),
            &[(".pg_service.conf", &text)],
        );
        let is_read = complete(&home, "service=a", &[]).is_ok();
        failures.compare(line, is_read, kind != ErrorKind::TooLong);
    }
    failures.finish();
}

const PASSFILE: &str = "\
# *:*:*:*:comment
db:5432:shop:app:first
db:5432:shop:app:second
db:5432:*:app:any database
*:6000:shop:app:tr ail  \r
localhost:5432:shop:app:socket
/nx:5432:shop:app:directory
::1:5432:shop:app:address
a\\:b:5432:shop:app:es\\:ca\\\\ped:rest
empty:5432:shop:app:
bare:5432:shop:app
";

#[test]
fn the_first_line_that_matches_has_the_password() {
    let home = home("passfile", &[(".pgpass", PASSFILE)]);
    let mut failures = Failures::default();
    for (string, expected) in [
        ("host=db", Some(("first", 2))),
        ("host=db port=05432", None),
        ("host=db dbname=x", Some(("any database", 4))),
        ("host=other port=6000", Some(("tr ail  ", 5))),
        ("", Some(("socket", 6))),
        ("host=/var/run/postgresql", Some(("socket", 6))),
        ("host=/nx", Some(("directory", 7))),
        ("host=/ny", None),
        ("hostaddr=::1", Some(("address", 8))),
        ("host=a:b", Some(("es:ca\\ped", 9))),
        ("host=empty", None),
        ("host=bare", None),
        ("host=db user=other", None),
        ("host=db password=own", Some(("own", 0))),
        ("host=db password=''", Some(("first", 2))),
    ] {
        let string = if string.contains("user=") {
            string.to_owned()
        } else {
            format!("user=app {string}")
        };
        let string = if string.contains("dbname=") {
            string
        } else {
            format!("{string} dbname=shop")
        };
        let config = Config::parse_in(Dialect::Libpq, &string).expect("a string");
        let vars = Vars::new();
        let completed = Completion::new(&vars)
            .home(&home)
            .postgres(&config)
            .expect("a config");
        let line = completed.servers()[0]
            .password_source()
            .and_then(|source| Some(source.file()?.position()?.line()));
        let password = completed.config().password().map(SecretStr::expose);
        let got = password
            .filter(|password| !password.is_empty())
            .map(|password| (password, line.unwrap_or(0)));
        failures.compare(&string, got, expected);
    }
    failures.finish();
}

#[test]
fn hosts_with_different_passwords_share_none() {
    let home = home(
        "passfile_hosts",
        &[(".pgpass", "a:*:*:*:x\nb:*:*:*:y\nc:*:*:*:x\n")],
    );
    let completed = complete(&home, "host=a,c", &[]).expect("a config");
    assert_eq!(completed.config().password().unwrap().expose(), "x");
    let completed = complete(&home, "host=a,b", &[]).expect("a config");
    assert_eq!(
        (completed.config().password(), codes(&completed)),
        (None, vec!["passwords-differ"])
    );
    assert_eq!(completed.servers()[1].password().unwrap().expose(), "y");
}

#[cfg(unix)]
#[test]
fn a_password_file_that_others_can_read_is_ignored() {
    let home = home("passfile_modes", &[(".pgpass", "*:*:*:*:hunter2\n")]);
    let mut failures = Failures::default();
    for (mode, used) in [
        (0o600, true),
        (0o400, true),
        (0o700, true),
        (0o640, false),
        (0o604, false),
        (0o610, false),
        (0o601, false),
    ] {
        protect(&home.join(".pgpass"), mode);
        let completed = complete(&home, "host=h", &[]).expect("a config");
        failures.compare(
            &format!("{mode:o}"),
            completed.config().password().is_some(),
            used,
        );
        failures.compare(&format!("{mode:o}"), codes(&completed).is_empty(), used);
    }
    failures.finish();
    protect(&home.join(".pgpass"), 0o640);
    let completed = complete(&home, "host=h", &[]).expect("a config");
    assert!(
        completed.warnings()[0]
            .message()
            .contains("/.pgpass: the password file is ignored")
    );
}

#[test]
fn a_password_file_that_was_named_is_missed() {
    let home = home("passfile_named", &[]);
    let completed = complete(&home, "host=h", &[]).expect("a config");
    assert_eq!(codes(&completed), [""; 0]);
    let completed = complete(&home, "host=h", &[("PGPASSFILE", "hunter2")]).expect("a config");
    assert_eq!(
        codes(&completed),
        ["relative-path", "password-file-ignored"]
    );
    let shown = format!("{:?}", completed.warnings());
    assert!(
        shown.contains("PGPASSFILE") && !shown.contains("hunter2"),
        "{shown}"
    );
    let completed = complete(&home, "host=h", &[("PGPASSFILE", "/")]).expect("a config");
    assert_eq!(codes(&completed), ["password-file-ignored"]);
}

#[test]
fn nothing_shows_a_password() {
    let files = [
        (".pgpass", "*:*:*:*:hunter2\n"),
        (".pg_service.conf", "[a]\nhost=h\nsslpassword=hunter2\n"),
    ];
    let home = home("leaks", &files);
    let completed = complete(&home, "service=a", &[("PGOPTIONS", "hunter2")]).expect("a config");
    assert_eq!(completed.config().password().unwrap().expose(), "hunter2");
    let shown = format!("{completed:?} {}", completed.config());
    assert!(!shown.contains("hunter2"), "{shown}");
}
