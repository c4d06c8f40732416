//! The order of libpq: string, service, variables, defaults, and who lost.

use database_url::credentials::{Completed, Completion};
use database_url::postgres::{Config, Dialect, Keyword};
use database_url::{Error, ErrorKind, Vars};

use crate::common::Failures;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn complete(string: &str, vars: Pairs<'_>) -> Result<Completed<Config>, Error> {
    let config = Config::parse_in(Dialect::Libpq, string).expect("a string");
    let vars: Vars = vars.iter().copied().collect();
    Completion::new(&vars).system_user("sys").postgres(&config)
}

/// A field as `value < source < what lost`.
fn reported(completed: &Completed<Config>, name: &str) -> String {
    let Some(field) = completed.field(name) else {
        return String::new();
    };
    let from = field.provenance();
    let from = from.map_or_else(|| "string".to_owned(), ToString::to_string);
    let lost = field.lost().iter().map(|source| format!(" < {source}"));
    format!(
        "{} from {from}{}",
        field.value().expose(),
        lost.collect::<String>()
    )
}

#[test]
fn each_keyword_has_one_winner() {
    let rows: &[(&str, Pairs<'_>, &str, &str)] = &[
        (
            "port=1",
            &[("PGPORT", "2")],
            "port",
            "1 from string < PGPORT",
        ),
        ("", &[("PGPORT", "2")], "port", "2 from PGPORT"),
        ("", &[], "port", "5432 from the default"),
        (
            "port=''",
            &[("PGPORT", "2")],
            "port",
            " from string < PGPORT",
        ),
        ("", &[("PGHOST", "")], "host", " from PGHOST"),
        ("", &[], "user", "sys from system_user"),
        (
            "user=''",
            &[("PGUSER", "b")],
            "user",
            "sys from system_user < PGUSER",
        ),
        (
            "",
            &[("PGUSER", "")],
            "user",
            "sys from system_user < PGUSER",
        ),
        (
            "",
            &[("PGUSER", "b")],
            "database",
            "b from the default, user",
        ),
        (
            "dbname=''",
            &[("PGDATABASE", "d")],
            "database",
            "sys from the default, user < PGDATABASE",
        ),
        (
            "",
            &[("PGREQUIRESSL", "1")],
            "sslmode",
            "require from PGREQUIRESSL",
        ),
        (
            "",
            &[("PGREQUIRESSL", "0")],
            "sslmode",
            "prefer from the default",
        ),
        (
            "",
            &[("PGREQUIRESSL", "1"), ("PGSSLMODE", "allow")],
            "sslmode",
            "allow from PGSSLMODE < PGREQUIRESSL",
        ),
        (
            "sslrootcert=system",
            &[],
            "sslmode",
            "verify-full from the default",
        ),
        (
            "",
            &[("PGSSLROOTCERT", "system")],
            "sslmode",
            "verify-full from the default",
        ),
        (
            "sslrootcert=system sslmode=verify-full",
            &[],
            "sslmode",
            "verify-full from string",
        ),
        (
            "",
            &[("PGCONNECT_TIMEOUT", "7")],
            "connect_timeout",
            "7 from PGCONNECT_TIMEOUT",
        ),
        ("", &[], "connect_timeout", ""),
    ];
    let mut failures = Failures::default();
    for (string, vars, field, expected) in rows {
        let id = format!("{string:?} {vars:?} {field}");
        match complete(string, vars) {
            Ok(completed) => {
                failures.compare(&id, reported(&completed, field), (*expected).to_owned());
            }
            Err(error) => failures.rejected(&id, &error),
        }
    }
    failures.finish();
}

#[test]
fn every_variable_of_the_table_is_read() {
    let mut failures = Failures::default();
    for &keyword in Keyword::ALL {
        let Some(name) = keyword.env() else { continue };
        let value = match keyword {
            Keyword::Service | Keyword::Passfile => continue,
            Keyword::HostAddr => "127.0.0.1",
            Keyword::Port | Keyword::ConnectTimeout => "1",
            Keyword::SslMode => "require",
            _ => keyword.default_value().unwrap_or(""),
        };
        match complete("", &[(name, value)]) {
            Ok(completed) => {
                let got = completed
                    .config()
                    .get(keyword)
                    .map(|text| text.expose().to_owned());
                let is_replaced = value.is_empty() && got.as_deref() == Some("sys");
                if !is_replaced {
                    failures.compare(name, got.as_deref(), Some(value));
                }
            }
            // An empty mode is an error, and then it is known who gave it.
            Err(error) => failures.compare(
                name,
                error.origin().map(ToString::to_string),
                Some(name.to_owned()),
            ),
        }
    }
    failures.finish();
}

#[test]
fn defaults_are_not_written_into_the_config() {
    let completed = complete("", &[]).expect("a config");
    assert_eq!(
        completed.config().to_conninfo().unwrap().expose(),
        "user=sys dbname=sys"
    );
    let defaults = completed.fields().filter(|field| field.is_default());
    let expected = Keyword::ALL
        .iter()
        .filter(|keyword| keyword.default_value().is_some());
    assert_eq!(defaults.count(), expected.count());
}

#[test]
fn a_value_that_cannot_be_used_names_its_variable() {
    let rows: &[(&str, Pairs<'_>, ErrorKind, &str)] = &[
        (
            "",
            &[("PGPORT", "hunter2")],
            ErrorKind::InvalidValue,
            "PGPORT",
        ),
        (
            "",
            &[("PGSSLMODE", "hunter2")],
            ErrorKind::InvalidValue,
            "PGSSLMODE",
        ),
        (
            "",
            &[("PGSSLMODE", "")],
            ErrorKind::InvalidValue,
            "PGSSLMODE",
        ),
        (
            "host=a,b",
            &[("PGPORT", "1,2,3")],
            ErrorKind::CountMismatch,
            "PGPORT",
        ),
        (
            "host=a",
            &[("PGHOSTADDR", "::1,::2")],
            ErrorKind::CountMismatch,
            "PGHOSTADDR",
        ),
        (
            "sslrootcert=system",
            &[("PGREQUIRESSL", "1")],
            ErrorKind::Conflict,
            "PGREQUIRESSL",
        ),
        (
            "",
            &[("PGHOST", "postgres://app:hunter2@h/d")],
            ErrorKind::InvalidValue,
            "PGHOST",
        ),
        (
            "",
            &[("PGPASSWORD", "${hunter2}")],
            ErrorKind::UnexpandedReference,
            "PGPASSWORD",
        ),
        (
            "",
            &[("PGPASSWORD", "****")],
            ErrorKind::MaskedValue,
            "PGPASSWORD",
        ),
    ];
    let mut failures = Failures::default();
    for (string, vars, kind, name) in rows {
        let id = format!("{string:?} {vars:?}");
        match complete(string, vars) {
            Ok(_) => failures.push(&id, "accepted"),
            Err(error) => {
                failures.compare(&id, error.kind(), *kind);
                failures.compare(
                    &id,
                    error.origin().map(ToString::to_string),
                    Some((*name).to_owned()),
                );
                let shown = format!("{error} {error:?} {:?}", error.help());
                failures.compare(&id, shown.contains("hunter2"), false);
            }
        }
    }
    failures.finish();
}

#[test]
fn what_is_not_used_need_not_be_good() {
    let vars = [("PGPORT", "x"), ("PGHOST", "${X}"), ("PGSSLMODE", "y")];
    let completed = complete("host=h port=1 sslmode=require", &vars).expect("a config");
    assert_eq!(
        completed.config().hosts().next().expect("a host").port(),
        Some(1)
    );
}

#[test]
fn an_address_of_the_environment_is_warned_of() {
    let codes = |string: &str, vars: Pairs<'_>| -> Vec<String> {
        let completed = complete(string, vars).expect("a config");
        let codes = completed.warnings().iter();
        codes.map(|warning| warning.code().to_string()).collect()
    };
    let address = ("PGHOSTADDR", "10.0.0.1");
    assert_eq!(codes("host=db.example", &[address]), ["address-redirects"]);
    assert_eq!(codes("host=h hostaddr=::1", &[address]), [""; 0]);
    assert_eq!(codes("", &[address, ("PGHOST", "h")]), [""; 0]);
}

#[test]
fn servers_are_what_libpq_reports() {
    let reported = |string: &str| -> Vec<String> {
        let completed = complete(string, &[]).expect("a config");
        let servers = completed.servers().iter();
        servers
            .map(|one| {
                format!(
                    "{}|{}|{}",
                    one.host(),
                    one.hostaddr().unwrap_or(""),
                    one.port()
                )
            })
            .collect()
    };
    assert_eq!(reported(""), ["/var/run/postgresql||5432"]);
    assert_eq!(
        reported("host=a,,c port=1,,3"),
        ["a||1", "/var/run/postgresql||5432", "c||3"]
    );
    assert_eq!(
        reported("host=a,b hostaddr=::1,"),
        ["a|::1|5432", "b||5432"]
    );
    assert_eq!(reported("hostaddr=::1 port=7"), ["::1|::1|7"]);
}

#[test]
fn a_scheme_keeps_its_port_and_a_query_its_extras() {
    let config: Config = "cockroachdb://h/d?pool=5".parse().expect("a URL");
    let completed = config
        .complete(&Vars::from([("USER", "app")]))
        .expect("a config");
    assert_eq!(completed.servers()[0].port(), 26257);
    assert_eq!(
        completed.config().to_url().unwrap().expose(),
        "cockroachdb://app@h/d?pool=5"
    );
}

#[test]
fn a_stranger_sets_nothing_that_reads_or_redirects() {
    let vars = Vars::from([
        ("PGPASSWORD", "hunter2"),
        ("PGSSLMODE", "require"),
        ("PGSERVICE", "x"),
    ]);
    let completion = || Completion::new(&vars).system_user("sys").untrusted();
    let mut failures = Failures::default();
    for (string, accepted) in [
        ("service=prod", false),
        ("passfile=/etc/passwd", false),
        ("sslcert=/c", false),
        ("sslkey=/k", false),
        ("sslrootcert=/r", false),
        ("sslcrl=/r", false),
        ("sslcrldir=/r", false),
        ("sslkeylogfile=/r", false),
        ("options=-csearch_path=x", false),
        ("hostaddr=10.0.0.1", false),
        ("oauth_issuer=https://x", false),
        ("sslrootcert=system sslmode=verify-full", true),
        ("host=h user=u password=p dbname=d connect_timeout=3", true),
    ] {
        let config: Config = string.parse().expect("a string");
        match completion().postgres(&config) {
            Ok(_) => failures.compare(string, true, accepted),
            Err(error) => failures.compare(
                string,
                (error.kind(), false),
                (ErrorKind::Untrusted, accepted),
            ),
        }
    }
    failures.finish();
    let config: Config = "host=h".parse().expect("a string");
    let completed = completion().postgres(&config).expect("a config");
    assert_eq!(
        completed.config().password(),
        None,
        "no secret of this machine is added"
    );
    assert!(completed.config().sslmode().is_some());
}
