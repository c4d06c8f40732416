//! Databases that a platform gives part by part, each part in a variable of its own.

mod common;

use common::Failures;
use database_url::{
    Attachments, Database, Error, ErrorKind, Outcome, Resolved, Resolver, Role, Vars,
};

const CLEVER: &[(&str, &str)] = &[
    ("POSTGRESQL_ADDON_HOST", "pg.example"),
    ("POSTGRESQL_ADDON_PORT", "5433"),
    ("POSTGRESQL_ADDON_USER", "app"),
    ("POSTGRESQL_ADDON_PASSWORD", "k3y@:/?#%"),
    ("POSTGRESQL_ADDON_DB", "shop"),
];

/// The variables of a platform, with some of them set otherwise, or not at all.
fn with(base: &[(&str, &str)], changes: &[(&str, Option<&str>)]) -> Vars {
    let changed = |name: &str| changes.iter().any(|(other, _)| *other == name);
    let kept = base.iter().copied().filter(|(name, _)| !changed(name));
    let new = changes
        .iter()
        .filter_map(|(name, value)| Some((*name, (*value)?)));
    kept.chain(new).collect()
}

fn resolve(vars: &Vars) -> Result<Resolved<Database>, Error> {
    Resolver::new(vars).resolve()
}

fn postgres_url(database: &Database) -> String {
    match database {
        Database::Postgres(config) => config.to_url().expose().to_owned(),
        other => panic!("a Postgres database, not {}", other.engine()),
    }
}

#[test]
fn parts_are_put_together_as_they_are() {
    let rows: &[(&[(&str, Option<&str>)], &str)] = &[
        (
            &[],
            "postgresql://app:k3y%40%3A%2F%3F%23%25@pg.example:5433/shop",
        ),
        (
            &[
                ("POSTGRESQL_ADDON_PORT", None),
                ("POSTGRESQL_ADDON_DB", Some("")),
            ],
            "postgresql://app:k3y%40%3A%2F%3F%23%25@pg.example",
        ),
        (
            &[
                ("POSTGRESQL_ADDON_PASSWORD", Some("'quoted' $PATH + %41")),
                ("POSTGRESQL_ADDON_HOST", Some("::1")),
            ],
            "postgresql://app:%27quoted%27%20%24PATH%20%2B%20%2541@[::1]:5433/shop",
        ),
        (
            &[
                ("POSTGRESQL_ADDON_PASSWORD", None),
                ("POSTGRESQL_ADDON_USER", Some("a:b/c@d")),
            ],
            "postgresql://a%3Ab%2Fc%40d@pg.example:5433/shop",
        ),
    ];
    let mut failures = Failures::default();
    for (changes, url) in rows {
        match resolve(&with(CLEVER, changes)) {
            Ok(found) => failures.compare(url, postgres_url(&found), (*url).to_owned()),
            Err(error) => failures.refused(url, &error),
        }
    }
    failures.finish();
}

#[test]
fn every_field_comes_from_the_variable_of_its_part() {
    let vars = with(CLEVER, &[]);
    let found = resolve(&vars).unwrap();
    assert_eq!(
        found.to_string(),
        "postgresql://app:****@pg.example:5433/shop (from POSTGRESQL_ADDON_HOST)"
    );
    let mut fields: Vec<_> = found
        .fields()
        .map(|(field, from)| (field, from.to_string()))
        .collect();
    fields.sort_unstable();
    let expected = [
        ("database", "POSTGRESQL_ADDON_DB"),
        ("host", "POSTGRESQL_ADDON_HOST"),
        ("password", "POSTGRESQL_ADDON_PASSWORD"),
        ("port", "POSTGRESQL_ADDON_PORT"),
        ("user", "POSTGRESQL_ADDON_USER"),
    ];
    assert_eq!(
        fields,
        expected.map(|(field, from)| (field, from.to_owned()))
    );
    let list = Attachments::of(&vars);
    let names: Vec<_> = list.iter().map(|one| (one.name(), one.role())).collect();
    assert_eq!(names, [("POSTGRESQL_ADDON_HOST", Role::Attachment)]);
}

#[test]
fn parts_are_named_by_their_host_or_by_their_urls_name() {
    let vars = with(
        CLEVER,
        &[("DATABASE_URL", Some("postgres://other.example/d"))],
    );
    for name in ["POSTGRESQL_ADDON_HOST", "postgresql_addon"] {
        let found = Resolver::new(&vars).attachment(name).resolve().unwrap();
        assert_eq!(
            found.source().name(),
            Some("POSTGRESQL_ADDON_HOST"),
            "{name}"
        );
    }
    let found = Resolver::new(&vars)
        .config_var("POSTGRESQL_ADDON_HOST")
        .resolve();
    assert_eq!(found.unwrap().warnings(), []);
    let outcomes: Vec<_> = resolve(&vars)
        .unwrap()
        .considered()
        .map(|(_, outcome)| outcome)
        .collect();
    assert_eq!(outcomes, [Outcome::Used, Outcome::Shadowed]);
}

#[test]
fn where_there_is_a_url_the_parts_say_nothing_new() {
    for url in ["POSTGRESQL_ADDON_URI", "POSTGRESQL_ADDON_DIRECT_URI"] {
        let vars = with(CLEVER, &[(url, Some("postgres://app:k3y@pg.example/shop"))]);
        let list = Attachments::of(&vars);
        let found: Vec<_> = list.iter().map(database_url::Attachment::var).collect();
        assert_eq!(found, [url]);
    }
    // Without a host there is nothing to put together.
    let vars = with(CLEVER, &[("POSTGRESQL_ADDON_HOST", None)]);
    assert_eq!(Attachments::of(&vars).iter().count(), 0);
}

#[test]
fn an_error_names_the_variable_of_the_part() {
    let secret = "QXZJqxzjQXZ";
    let rows: &[(&str, &str, ErrorKind)] = &[
        ("POSTGRESQL_ADDON_HOST", "", ErrorKind::EmptyVariable),
        (
            "POSTGRESQL_ADDON_HOST",
            " pg.example",
            ErrorKind::SurroundingBlanks,
        ),
        (
            "POSTGRESQL_ADDON_HOST",
            "${QXZJ.HOST}",
            ErrorKind::UnexpandedReference,
        ),
        ("POSTGRESQL_ADDON_PORT", secret, ErrorKind::InvalidValue),
        ("POSTGRESQL_ADDON_PORT", "0", ErrorKind::InvalidValue),
        (
            "POSTGRESQL_ADDON_USER",
            "${{Db.QXZJ}}",
            ErrorKind::UnexpandedReference,
        ),
        ("POSTGRESQL_ADDON_USER", "a\0QXZJ", ErrorKind::NulByte),
        ("POSTGRESQL_ADDON_PASSWORD", "****", ErrorKind::MaskedValue),
        (
            "POSTGRESQL_ADDON_PASSWORD",
            "${{Db.QXZJ}}",
            ErrorKind::UnexpandedReference,
        ),
        ("POSTGRESQL_ADDON_PASSWORD", "QXZJ\0", ErrorKind::NulByte),
        (
            "POSTGRESQL_ADDON_DB",
            "\"QXZJ\"",
            ErrorKind::SurroundingQuotes,
        ),
    ];
    let mut failures = Failures::default();
    for &(name, value, kind) in rows {
        let vars = with(
            CLEVER,
            &[(name, Some(value)), ("POSTGRESQL_ADDON_X", Some(secret))],
        );
        let error = resolve(&vars).unwrap_err();
        let id = format!("{name}={value:?}");
        failures.compare(&id, error.kind(), kind);
        failures.compare(
            &id,
            error.provenance().and_then(|source| source.name()),
            Some(name),
        );
        let shown = format!(
            "{error} {error:?} {:?} {:?}",
            error.help(),
            Attachments::of(&vars)
        );
        failures.compare(&id, shown.contains("QXZJ") || shown.contains("k3y"), false);
    }
    failures.finish();
}
