//! Databases that a platform gives part by part, each part in a variable of its own.

use crate::common::Failures;
use database_url::{
    Attachments, Database, Error, ErrorKind, Outcome, Resolved, Resolver, Role, Vars, WarningCode,
};

const CLEVER: &[(&str, &str)] = &[
    ("POSTGRESQL_ADDON_HOST", "pg.example"),
    ("POSTGRESQL_ADDON_PORT", "5433"),
    ("POSTGRESQL_ADDON_USER", "app"),
    ("POSTGRESQL_ADDON_PASSWORD", "k3y@:/?#%"),
    ("POSTGRESQL_ADDON_DB", "shop"),
];

/// Variables as they are set, and as they are changed: set otherwise, or not at all.
type Pairs<'a> = &'a [(&'a str, &'a str)];
type Changes<'a> = &'a [(&'a str, Option<&'a str>)];

/// The variables of a platform, with some of them set otherwise, or not at all.
fn with(base: Pairs<'_>, changes: Changes<'_>) -> Vars {
    let is_other = |name: &str| changes.iter().any(|(other, _)| *other == name);
    let kept = base.iter().copied().filter(|(name, _)| !is_other(name));
    let new = changes
        .iter()
        .filter_map(|(name, value)| Some((*name, (*value)?)));
    kept.chain(new).collect()
}

fn resolve(vars: &Vars) -> Result<Resolved<Database>, Error> {
    Resolver::new(vars).resolve()
}

fn exposed(database: &Database) -> String {
    database.to_url().expect("a URL").expose().to_owned()
}

#[test]
fn parts_are_put_together_as_they_are() {
    let rows: &[(Changes<'_>, &str)] = &[
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
            Ok(found) => failures.compare(url, exposed(found.value()), (*url).to_owned()),
            Err(error) => failures.rejected(url, &error),
        }
    }
    failures.finish();
}

/// Each platform's parts, the URL that they make, and the variable that names them.
const GROUPS: &[(Pairs<'_>, &str, &str)] = &[
    (
        &[
            ("MYSQLHOST", "containers.example"),
            ("MYSQLPORT", "7654"),
            ("MYSQLUSER", "root"),
            ("MYSQLPASSWORD", "k/y"),
            ("MYSQLDATABASE", "railway"),
        ],
        "mysql://root:k%2Fy@containers.example:7654/railway",
        "MYSQLHOST",
    ),
    (
        &[
            ("STACKHERO_MYSQL_HOST", "my.example"),
            ("STACKHERO_MYSQL_PORT", "3306"),
            ("STACKHERO_MYSQL_USER", "root"),
            ("STACKHERO_MYSQL_ROOT_PASSWORD", "k3y"),
        ],
        "mysql://root:k3y@my.example:3306",
        "STACKHERO_MYSQL_HOST",
    ),
    (
        &[
            ("MYSQL_ADDON_HOST", "my.example"),
            ("MYSQL_ADDON_PORT", "3306"),
            ("MYSQL_ADDON_USER", "app"),
            ("MYSQL_ADDON_PASSWORD", ""),
            ("MYSQL_ADDON_DB", "shop"),
        ],
        "mysql://app:@my.example:3306/shop",
        "MYSQL_ADDON_HOST",
    ),
    (
        &[
            ("POSTGRESQL_ADDON_HOST", "pg.example"),
            ("POSTGRESQL_ADDON_USER", "app"),
        ],
        "postgresql://app@pg.example",
        "POSTGRESQL_ADDON_HOST",
    ),
];

#[test]
fn every_platform_that_gives_parts_is_read() {
    let mut failures = Failures::default();
    for (pairs, url, host) in GROUPS {
        let vars = with(pairs, &[]);
        match resolve(&vars) {
            Ok(found) => {
                failures.compare(url, exposed(found.value()), (*url).to_owned());
                failures.compare(url, found.source().name(), Some(*host));
                failures.compare(url, found.warnings()[0].code(), WarningCode::NotPromoted);
                let from_parts = found
                    .fields()
                    .all(|(_, from)| from.source().name().is_some_and(|name| vars.is_set(name)));
                failures.compare(url, from_parts, true);
            }
            Err(error) => failures.rejected(url, &error),
        }
    }
    failures.finish();
}

#[test]
fn credentials_may_be_next_to_a_url() {
    let vars = |url| {
        Vars::from([
            ("GRAPHENEDB_BOLT_URL", url),
            ("GRAPHENEDB_BOLT_USER", "v30"),
            ("GRAPHENEDB_BOLT_PASSWORD", "k@y"),
        ])
    };
    let open = vars("bolt+s://hobby.example:24786");
    let found = Resolver::new(&open)
        .attachment("GRAPHENEDB_BOLT")
        .resolve()
        .unwrap();
    assert_eq!(
        exposed(found.value()),
        "bolt+s://v30:k%40y@hobby.example:24786"
    );
    let from = |field: &str| {
        found
            .fields()
            .find(|(name, _)| *name == field)
            .map(|(_, from)| from.to_string())
    };
    assert_eq!(from("user").as_deref(), Some("GRAPHENEDB_BOLT_USER"));
    assert_eq!(
        from("password").as_deref(),
        Some("GRAPHENEDB_BOLT_PASSWORD")
    );
    assert_eq!(from("host").as_deref(), Some("GRAPHENEDB_BOLT_URL, host"));
    let whole = vars("bolt://app:k3y@hobby.example:24786");
    let found = Resolver::new(&whole)
        .config_var("GRAPHENEDB_BOLT_URL")
        .resolve()
        .unwrap();
    assert_eq!(exposed(found.value()), "bolt://app:k3y@hobby.example:24786");
}

#[test]
fn a_jdbc_url_has_its_credentials_next_to_it() {
    for (name, url, expected) in [
        (
            "JDBC_DATABASE",
            "jdbc:postgresql://pg.example:5432/shop?sslmode=require",
            "postgresql://app:k%40%26y@pg.example:5432/shop?sslmode=require",
        ),
        (
            "SPRING_DATASOURCE",
            "jdbc:mysql://my.example/shop",
            "mysql://app:k%40%26y@my.example/shop",
        ),
        (
            "SPRING_DATASOURCE",
            "jdbc:mariadb://my.example/shop",
            "mariadb://app:k%40%26y@my.example/shop",
        ),
        (
            "SPRING_DATASOURCE",
            "jdbc:mysql://my.example/shop?user=own&password=pw",
            "mysql://own:pw@my.example/shop",
        ),
        (
            "SPRING_DATASOURCE",
            "jdbc:mysql://my.example/shop?user=app",
            "mysql://app:k%40%26y@my.example/shop",
        ),
        (
            "SPRING_DATASOURCE",
            "jdbc:mysql://my.example/shop?user=own",
            "mysql://own@my.example/shop",
        ),
    ] {
        let vars = Vars::from([
            (format!("{name}_URL"), url),
            (format!("{name}_USERNAME"), "app"),
            (format!("{name}_PASSWORD"), "k@&y"),
        ]);
        assert_eq!(exposed(resolve(&vars).unwrap().value()), expected, "{url}");
    }
}

#[test]
fn servers_may_be_a_list() {
    let vars = Vars::from([
        ("MEMCACHIER_SERVERS", "mc1.example:11211,mc2.example:11212"),
        ("MEMCACHIER_USERNAME", "app"),
        ("MEMCACHIER_PASSWORD", "k/y"),
    ]);
    let found = Resolver::new(&vars).attachment("MEMCACHIER").resolve();
    let found = found.unwrap();
    let hosts: Vec<_> = found
        .value()
        .hosts()
        .map(|one| (one.host(), one.port()))
        .collect();
    assert_eq!(
        hosts,
        [
            (Some("mc1.example"), Some(11211)),
            (Some("mc2.example"), Some(11212))
        ]
    );
    // A cache is no database.
    assert_eq!(resolve(&vars).unwrap_err().kind(), ErrorKind::NotFound);
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
            ErrorKind::SurroundingSpaces,
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
            error.origin().and_then(|source| source.name()),
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
