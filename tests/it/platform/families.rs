//! Databases in parts by the names that apps and images use.

use crate::common::Failures;
use database_url::postgres::Config;
use database_url::{
    Attachment, Attachments, Database, Error, ErrorKind, Outcome, Resolved, Resolver, Vars,
    WarningCode, mysql,
};

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn resolve(vars: Pairs<'_>) -> Result<Resolved<Database>, Error> {
    Resolver::new(&vars.iter().copied().collect()).resolve()
}

fn exposed(database: &Database) -> String {
    database.to_url().expect("a URL").expose().to_owned()
}

/// Variables, and the URL that they make.
const WHOLE: &[(Pairs<'_>, &str)] = &[
    // Laravel
    (
        &[
            ("DB_CONNECTION", "pgsql"),
            ("DB_HOST", "db"),
            ("DB_PORT", "5433"),
            ("DB_DATABASE", "shop"),
            ("DB_USERNAME", "app"),
            ("DB_PASSWORD", "k3y@/"),
        ],
        "pgsql://app:k3y%40%2F@db:5433/shop",
    ),
    (
        &[("DB_CONNECTION", "mysql"), ("DB_DATABASE", "shop")],
        "mysql:///shop",
    ),
    (
        &[("DB_CONNECTION", "sqlite"), ("DB_DATABASE", "/srv/app.db")],
        "sqlite:/srv/app.db",
    ),
    // Without the engine's variable, the port tells.
    (
        &[("DB_HOST", "db"), ("DB_NAME", "shop"), ("DB_PORT", "3306")],
        "mysql://db:3306/shop",
    ),
    // Django, Doctrine, knex
    (
        &[
            ("DB_ENGINE", "django.db.backends.postgresql"),
            ("DB_NAME", "shop"),
            ("DB_USER", "app"),
        ],
        "postgresql://app@/shop",
    ),
    (
        &[
            ("DB_DRIVER", "pdo_mysql"),
            ("DB_HOST", "db"),
            ("DB_NAME", "shop"),
        ],
        "mysql://db/shop",
    ),
    (
        &[
            ("DATABASE_CLIENT", "better-sqlite3"),
            ("DATABASE_NAME", "app.db"),
        ],
        "sqlite:app.db",
    ),
    (
        &[
            ("DB_ADAPTER", "mysql2"),
            ("DB_HOST", "db"),
            ("DB_NAME", "shop"),
            ("DB_PASSWORD", ""),
        ],
        "mysql2://:@db/shop",
    ),
    (
        &[
            ("DATABASE_ADAPTER", "postgresql"),
            ("DATABASE_HOST", "db"),
            ("DATABASE_NAME", "shop"),
            ("DATABASE_USER", "app"),
            ("DATABASE_SSLMODE", "verify-full"),
        ],
        "postgresql://app@db/shop?sslmode=verify-full",
    ),
    (
        &[
            ("POSTGRES_HOST", "/run/pg"),
            ("POSTGRES_USER", "app"),
            ("POSTGRES_PASSWORD", "x"),
            ("POSTGRES_DB", "shop"),
            ("POSTGRES_SSL", "true"),
        ],
        "postgres://app:x@%2Frun%2Fpg/shop?sslmode=require",
    ),
    (
        &[("POSTGRES_SERVER", "::1"), ("POSTGRES_DB", "shop")],
        "postgres://[::1]/shop",
    ),
    (
        &[
            ("MYSQL_HOST", "db"),
            ("MYSQL_DATABASE", "shop"),
            ("MYSQL_ROOT_PASSWORD", "x"),
            ("MYSQL_SSL_MODE", "REQUIRED"),
        ],
        "mysql://root:x@db/shop?ssl-mode=REQUIRED",
    ),
    (
        &[
            ("MARIADB_HOST", "db"),
            ("MARIADB_DATABASE", "shop"),
            ("MARIADB_USER", "app"),
        ],
        "mariadb://app@db/shop",
    ),
    // What the image of the server reads, where nothing else is set.
    (
        &[
            ("POSTGRES_USER", "app"),
            ("POSTGRES_PASSWORD", "x"),
            ("POSTGRES_DB", "shop"),
        ],
        "postgres://app:x@/shop",
    ),
    (
        &[
            ("POSTGRESQL_USERNAME", "app"),
            ("POSTGRESQL_DATABASE", "shop"),
        ],
        "postgres://app@/shop",
    ),
    // One family, never two.
    (
        &[
            ("DB_CONNECTION", "pgsql"),
            ("DB_HOST", "db"),
            ("DB_DATABASE", "shop"),
            ("POSTGRES_PASSWORD", "x"),
            ("POSTGRES_DB", "other"),
        ],
        "pgsql://db/shop",
    ),
    (
        &[
            ("DB_HOST", "db"),
            ("DB_NAME", "shop"),
            ("POSTGRES_HOST", "db"),
            ("POSTGRES_DB", "shop"),
            ("POSTGRES_USER", "app"),
        ],
        "postgres://app@db/shop",
    ),
    // Two spellings that agree.
    (
        &[
            ("POSTGRES_HOST", "db"),
            ("POSTGRES_DB", "shop"),
            ("POSTGRES_DATABASE", "shop"),
        ],
        "postgres://db/shop",
    ),
    // An incomplete family need not be good.
    (
        &[
            ("DB_PASSWORD", "${X}"),
            ("DB_NAME", "x"),
            ("POSTGRES_HOST", "db"),
            ("POSTGRES_DB", "shop"),
        ],
        "postgres://db/shop",
    ),
];

#[test]
fn a_family_is_put_together() {
    let mut failures = Failures::default();
    for (vars, url) in WHOLE {
        match resolve(vars) {
            Ok(found) => {
                failures.compare(url, exposed(found.value()), (*url).to_owned());
                let codes: Vec<_> = found
                    .warnings()
                    .iter()
                    .map(|warning| warning.code().as_str())
                    .collect();
                failures.compare(url, codes.contains(&"parts-used"), true);
                for (field, from) in found.fields() {
                    let name = from.source().name().unwrap_or_default();
                    let is_named = vars.iter().any(|(known, _)| *known == name);
                    failures.compare(&format!("{url}: {field} from {name}"), is_named, true);
                    failures.compare(url, found.warnings()[0].message().contains(name), true);
                }
            }
            Err(error) => failures.rejected(url, &error),
        }
    }
    failures.finish();
}

/// Variables, and the error that they are.
const UNUSABLE: &[(Pairs<'_>, ErrorKind, &str)] = &[
    (
        &[
            ("DB_HOST", "a"),
            ("DB_NAME", "d"),
            ("POSTGRES_HOST", "b"),
            ("POSTGRES_DB", "d"),
        ],
        ErrorKind::Ambiguous,
        "give another host",
    ),
    (
        &[
            ("DB_HOST", "a"),
            ("DB_NAME", "d"),
            ("POSTGRES_HOST", "a"),
            ("POSTGRES_DB", "e"),
        ],
        ErrorKind::Ambiguous,
        "give another database",
    ),
    (
        &[
            ("MYSQL_HOST", "a"),
            ("MYSQL_DATABASE", "d"),
            ("POSTGRES_HOST", "a"),
            ("POSTGRES_DB", "d"),
        ],
        ErrorKind::Ambiguous,
        "give another engine",
    ),
    (
        &[("POSTGRES_DB", "d"), ("MYSQL_DATABASE", "d")],
        ErrorKind::Ambiguous,
        "give another engine",
    ),
    (
        &[("DB_HOST", "a"), ("DB_NAME", "d")],
        ErrorKind::UnsetVariable,
        "DB_CONNECTION",
    ),
    (
        &[
            ("DB_CONNECTION", "hunter2"),
            ("DB_HOST", "a"),
            ("DB_NAME", "d"),
        ],
        ErrorKind::InvalidValue,
        "DB_CONNECTION: ",
    ),
    (
        &[("POSTGRES_HOST", "a:5432"), ("POSTGRES_DB", "d")],
        ErrorKind::InvalidValue,
        "POSTGRES_HOST: ",
    ),
    (
        &[
            ("POSTGRES_HOST", "postgres://hunter2@h"),
            ("POSTGRES_DB", "d"),
        ],
        ErrorKind::InvalidValue,
        "POSTGRES_HOST: ",
    ),
    (
        &[
            ("POSTGRES_HOST", "a"),
            ("POSTGRES_PORT", "hunter2"),
            ("POSTGRES_DB", "d"),
        ],
        ErrorKind::InvalidValue,
        "POSTGRES_PORT: ",
    ),
    (
        &[
            ("POSTGRES_HOST", "a"),
            ("POSTGRES_DB", "d"),
            ("POSTGRES_PASSWORD", "${hunter2}"),
        ],
        ErrorKind::UnexpandedReference,
        "POSTGRES_PASSWORD: ",
    ),
    (
        &[
            ("POSTGRES_HOST", "a"),
            ("POSTGRES_DB", "d"),
            ("POSTGRES_DATABASE", "hunter2"),
        ],
        ErrorKind::Conflict,
        "POSTGRES_DB",
    ),
    (
        &[
            ("POSTGRES_HOST", "a"),
            ("POSTGRES_DB", "d"),
            ("POSTGRES_SSLMODE", "hunter2"),
        ],
        ErrorKind::InvalidValue,
        "POSTGRES_SSLMODE: ",
    ),
    (&[("DB_HOST", "a")], ErrorKind::NotFound, ""),
    (
        &[("POSTGRES_HOST", "a"), ("POSTGRES_USER", "u")],
        ErrorKind::NotFound,
        "",
    ),
];

#[test]
fn families_that_cannot_be_used_are_errors() {
    let mut failures = Failures::default();
    for (vars, kind, message) in UNUSABLE {
        let id = format!("{vars:?}");
        match resolve(vars) {
            Ok(found) => failures.push(&id, &format!("accepted: {found}")),
            Err(error) => {
                failures.compare(&id, error.kind(), *kind);
                let shown = format!("{error} {:?}", error.help());
                failures.compare(&shown, shown.contains(message), true);
                failures.compare(&shown, shown.contains("hunter2"), false);
            }
        }
    }
    failures.finish();
}

#[test]
fn a_variable_of_tls_that_is_not_read_is_warned_of() {
    let parts = [
        ("DB_CONNECTION", "pgsql"),
        ("DB_HOST", "db"),
        ("DB_DATABASE", "shop"),
    ];
    for (name, value, is_warned) in [
        ("DB_SSLROOTCERT", "/ca.pem", true),
        ("DB_REQUIRE_SSL", "true", true),
        ("DB_CA_CERT", "/ca.pem", true),
        ("DB_TLS", "1", true),
        ("DB_TLS", "false", false),
        ("DB_SSLMODE", "require", false),
        ("DB_CACHE", "true", false),
        ("POSTGRES_TLS", "true", false),
    ] {
        let resolved = resolve(&[&parts[..], &[(name, value)]].concat()).expect("a database");
        let mut warnings = resolved.warnings().iter();
        let named = warnings.any(|warning| {
            warning.code() == WarningCode::UnknownTlsName && warning.message().contains(name)
        });
        assert_eq!(named, is_warned, "{name}");
    }
}

const TWO: Pairs<'_> = &[
    ("DB_HOST", "one"),
    ("DB_PORT", "5432"),
    ("DB_NAME", "shop"),
    ("DB_USER", "app"),
    ("DB_PASSWORD", "hunter2"),
    ("MYSQL_HOST", "two"),
    ("MYSQL_DATABASE", "shop"),
];

#[test]
fn families_are_listed_and_can_be_named() {
    let vars: Vars = TWO.iter().copied().collect();
    let attachments = Attachments::of(&vars);
    let listed: Vec<_> = attachments.iter().map(Attachment::var).collect();
    assert_eq!(listed, ["DB_HOST", "MYSQL_HOST"]);

    let error = Resolver::new(&vars).resolve().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
    assert!(error.help().unwrap().ends_with("(`--var DB_HOST`)"));

    let chosen = Resolver::new(&vars).config_var("DB_HOST").resolve();
    let chosen = chosen.expect("the family");
    assert_eq!(
        exposed(chosen.value()),
        "postgres://app:hunter2@one:5432/shop"
    );
    let mut fields = chosen.fields();
    let (_, from) = fields.find(|(name, _)| *name == "user").expect("a user");
    assert_eq!(from.to_string(), "DB_USER");
    assert!(chosen.warnings().is_empty(), "{:?}", chosen.warnings());
}

#[test]
fn a_family_may_be_the_database_of_a_url() {
    let url = ("DATABASE_URL", "postgres://app:hunter2@one/shop");
    for (password, is_stale) in [("hunter2", false), ("old", true)] {
        let others = [("DB_PASSWORD", password), url];
        let vars: Vars = TWO[..4].iter().copied().chain(others).collect();
        let attachments = Attachments::of(&vars);
        let family = attachments.of_var("DB_HOST").expect("the family");
        let aliases: Vec<_> = family.aliases().collect();
        assert_eq!(
            (aliases, family.is_stale()),
            (vec!["DATABASE_URL"], is_stale)
        );
    }
    // An incomplete family is not one.
    for vars in [&TWO[..2], &TWO[3..5]] {
        let vars: Vars = vars.iter().copied().collect();
        assert_eq!(Attachments::of(&vars).iter().count(), 0);
    }
}

#[test]
fn a_link_of_kubernetes_is_no_port() {
    let vars = [
        ("POSTGRES_HOST", "db"),
        ("POSTGRES_DB", "shop"),
        ("POSTGRES_PORT", "tcp://10.0.0.1:5432"),
    ];
    let found = resolve(&vars).expect("a database");
    assert_eq!(exposed(found.value()), "postgres://db/shop");
    let shown = found
        .warnings()
        .iter()
        .find(|warning| warning.code().as_str() == "service-link");
    assert!(
        shown
            .expect("a warning")
            .message()
            .starts_with("POSTGRES_PORT ")
    );
}

#[test]
fn urls_come_before_parts_and_parts_before_libpq() {
    let parts = [("POSTGRES_HOST", "db"), ("POSTGRES_DB", "shop")];
    let with = |name, value| resolve(&[parts[0], parts[1], (name, value)]).expect("a database");
    let found = with("DATABASE_URL", "postgres://h/d");
    let considered: Vec<_> = found
        .considered()
        .map(|(source, outcome)| (source.to_string(), outcome))
        .collect();
    assert_eq!(
        considered,
        [
            ("DATABASE_URL".to_owned(), Outcome::Used),
            ("POSTGRES_HOST".to_owned(), Outcome::Shadowed)
        ]
    );
    assert_eq!(
        exposed(with("CLEARDB_DATABASE_URL", "mysql://h/d").value()),
        "mysql://h/d"
    );
    assert_eq!(
        exposed(with("PGHOST", "other").value()),
        "postgres://db/shop"
    );
    // What an image reads is the last resort.
    let found =
        resolve(&[("POSTGRES_DB", "x"), ("PGHOST", "h"), ("USER", "app")]).expect("a database");
    assert_eq!(exposed(found.value()), "postgres://app@h/app");
}

#[test]
fn a_program_of_one_engine_passes_over_the_other() {
    let vars = Vars::from([
        ("MYSQL_HOST", "m"),
        ("MYSQL_DATABASE", "d"),
        ("POSTGRES_HOST", "p"),
        ("POSTGRES_DB", "d"),
    ]);
    assert_eq!(
        Config::resolve(&vars).expect("a database").to_string(),
        "postgres://p/d (from POSTGRES_HOST)"
    );
    assert_eq!(
        mysql::Config::resolve(&vars)
            .expect("a database")
            .to_string(),
        "mysql://m/d (from MYSQL_HOST)"
    );
    let vars = Vars::from([("DB_HOST", "h"), ("DB_NAME", "d")]);
    assert_eq!(
        Config::resolve(&vars).expect("a database").to_string(),
        "postgres://h/d (from DB_HOST)"
    );
}

#[test]
fn the_variables_of_libpq_are_the_last_to_name_a_location() {
    let base = [
        ("USER", "app"),
        ("PGPASSWORD", "hunter2"),
        ("PGSSLMODE", "require"),
    ];
    let mut failures = Failures::default();
    for (name, value, url) in [
        (
            "PGHOST",
            "db",
            "postgres://app:hunter2@db/app?sslmode=require",
        ),
        (
            "PGDATABASE",
            "shop",
            "postgres://app:hunter2@/shop?sslmode=require",
        ),
        (
            "PGHOSTADDR",
            "10.0.0.1",
            "postgres://app:hunter2@/app?hostaddr=10.0.0.1&sslmode=require",
        ),
    ] {
        let vars = [base[0], base[1], base[2], (name, value)];
        match resolve(&vars) {
            Ok(found) => {
                failures.compare(name, exposed(found.value()), url.to_owned());
                failures.compare(name, found.source().to_string(), name.to_owned());
                let from = found
                    .fields()
                    .find(|(field, _)| *field == "password")
                    .map(|(_, from)| from.to_string());
                failures.compare(name, from, Some("PGPASSWORD".to_owned()));
            }
            Err(error) => failures.rejected(name, &error),
        }
    }
    failures.compare(
        "alone",
        resolve(&base).unwrap_err().kind(),
        ErrorKind::NotFound,
    );
    failures.compare(
        "other",
        mysql::Config::resolve(&Vars::from([("PGHOST", "h")]))
            .unwrap_err()
            .kind(),
        ErrorKind::NotFound,
    );
    failures.compare(
        "service",
        resolve(&[("PGSERVICE", "x")]).unwrap_err().kind(),
        ErrorKind::UnknownSection,
    );
    failures.finish();
}
