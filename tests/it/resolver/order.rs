//! Which variable is used, what lost, and what is reported to the person who deploys at night.

use database_url::postgres::{Config, Keyword};
use database_url::{
    Attachments, Component, Database, Error, ErrorKind, Outcome, Resolved, Resolver, Role, Source,
    Vars, WarningCode,
};

const PRIMARY: &str = "postgres://app:k3y@ec2-1.example:5432/shop";
const SAME_OTHERWISE_SPELT: &str = "postgresql://app:k3y@EC2-1.Example/shop";
const OTHER_PASSWORD: &str = "postgres://app:n3w@ec2-1.example/shop";
const OTHER_USER: &str = "postgres://readonly:k3y@ec2-1.example/shop";
const OTHER_DATABASE: &str = "postgres://app:k3y@ec2-2.example/shop";

fn resolve(vars: &[(&str, &str)]) -> Result<Resolved<Database>, Error> {
    Resolver::new(&vars.iter().copied().collect()).resolve()
}

#[track_caller]
fn rejected(vars: &[(&str, &str)], kind: ErrorKind, message: &str, help: &str) {
    let error = resolve(vars).unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
    assert!(
        error.help().is_some_and(|found| found.contains(help)),
        "{:?}",
        error.help()
    );
}

fn considered<T>(resolved: &Resolved<T>) -> Vec<(String, Outcome)> {
    resolved
        .considered()
        .map(|(source, outcome)| (source.to_string(), outcome))
        .collect()
}

fn codes<T>(resolved: &Resolved<T>) -> Vec<WarningCode> {
    resolved
        .warnings()
        .iter()
        .map(database_url::Warning::code)
        .collect()
}

// ---- rule 1: DATABASE_URL

#[test]
fn database_url_comes_first() {
    let found = resolve(&[
        ("DATABASE_URL", PRIMARY),
        ("HEROKU_POSTGRESQL_BRONZE_URL", OTHER_DATABASE),
    ])
    .unwrap();
    assert_eq!(
        found.source(),
        &Source::ConfigVar("DATABASE_URL".to_owned())
    );
    assert_eq!(
        found.to_string(),
        "postgres://app:****@ec2-1.example:5432/shop (from DATABASE_URL)"
    );
    assert_eq!(
        considered(&found),
        [
            ("DATABASE_URL".to_owned(), Outcome::Used),
            ("HEROKU_POSTGRESQL_BRONZE_URL".to_owned(), Outcome::Shadowed)
        ]
    );
    assert_eq!(codes(&found), []);
}

#[test]
fn set_but_empty_is_never_unset() {
    for vars in [
        &[
            ("DATABASE_URL", ""),
            ("HEROKU_POSTGRESQL_BRONZE_URL", PRIMARY),
        ][..],
        &[("DATABASE_URL", "")][..],
    ] {
        rejected(
            vars,
            ErrorKind::EmptyVariable,
            "DATABASE_URL: set but empty: expected a database URL",
            "unset it",
        );
    }
    rejected(
        &[
            ("HEROKU_POSTGRESQL_BRONZE_URL", PRIMARY),
            ("HEROKU_POSTGRESQL_JADE_URL", ""),
        ],
        ErrorKind::EmptyVariable,
        "HEROKU_POSTGRESQL_JADE_URL: set but empty: expected a database URL",
        "unset it",
    );
}

#[test]
fn what_comes_first_and_cannot_be_read_is_an_error_with_its_name() {
    let vars = [
        ("DATABASE_URL", "postgres://app:p@ss@h/d"),
        ("HEROKU_POSTGRESQL_BRONZE_URL", PRIMARY),
    ];
    let error = resolve(&vars).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnescapedDelimiter);
    assert_eq!(
        error.origin(),
        Some(&Source::ConfigVar("DATABASE_URL".to_owned()))
    );
    assert!(
        error
            .to_string()
            .starts_with("DATABASE_URL: unescaped delimiter in password at byte 16"),
        "{error}"
    );
}

#[test]
fn what_lost_is_reported_even_if_it_could_not_be_used() {
    let found = resolve(&[
        ("DATABASE_URL", PRIMARY),
        ("HEROKU_POSTGRESQL_AMBER_URL", ""),
        ("HEROKU_POSTGRESQL_BLACK_URL", "nonsense"),
    ]);
    let outcomes: Vec<_> = found
        .unwrap()
        .considered()
        .map(|(_, outcome)| outcome)
        .collect();
    assert_eq!(outcomes, [Outcome::Used, Outcome::Empty, Outcome::Invalid]);
}

// ---- rule 2: the colours

#[test]
fn the_only_attached_database_is_used_with_a_warning() {
    let found = resolve(&[
        ("HEROKU_POSTGRESQL_BRONZE_URL", PRIMARY),
        ("HEROKU_POSTGRESQL_JADE_2_URL", SAME_OTHERWISE_SPELT),
    ]);
    let found = found.unwrap();
    assert_eq!(found.source().name(), Some("HEROKU_POSTGRESQL_BRONZE_URL"));
    assert_eq!(codes(&found), [WarningCode::NotPromoted]);
    assert!(
        found.warnings()[0]
            .help()
            .contains("heroku pg:promote HEROKU_POSTGRESQL_BRONZE")
    );
}

#[test]
fn several_databases_are_an_error_that_lists_them() {
    rejected(
        &[
            ("HEROKU_POSTGRESQL_BRONZE_URL", PRIMARY),
            ("HEROKU_POSTGRESQL_JADE_URL", OTHER_DATABASE),
        ],
        ErrorKind::Ambiguous,
        "several databases are configured: DATABASE_URL is not set, and HEROKU_POSTGRESQL_BRONZE_URL, \
         HEROKU_POSTGRESQL_JADE_URL hold different databases",
        "heroku pg:promote",
    );
}

#[test]
fn one_database_with_several_credentials_is_an_error_too() {
    for other in [OTHER_PASSWORD, OTHER_USER] {
        let vars = [
            ("HEROKU_POSTGRESQL_BRONZE_URL", PRIMARY),
            ("HEROKU_POSTGRESQL_JADE_URL", other),
        ];
        let error = resolve(&vars).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Ambiguous);
        assert!(
            error.to_string().ends_with("hold different credentials"),
            "{error}"
        );
    }
}

#[test]
fn one_target_with_other_tls_or_options_is_an_error() {
    let base = "postgres://app:k3y@db.example/shop";
    let rows = [
        ("", "?sslmode=verify-full"),
        ("?sslmode=require", "?sslmode=disable"),
        ("?sslrootcert=/a.pem", "?sslrootcert=/b.pem"),
        ("?options=-c%20role%3Da", ""),
        ("", "?channel_binding=require"),
        ("?require_auth=scram-sha-256", ""),
        ("", "?verify_ssl=true"),
    ];
    for (one, other) in rows {
        let error = resolve(&[
            ("HEROKU_POSTGRESQL_BRONZE_URL", &format!("{base}{one}")),
            ("HEROKU_POSTGRESQL_JADE_URL", &format!("{base}{other}")),
        ])
        .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Ambiguous, "{one} {other}");
        assert!(
            error
                .to_string()
                .ends_with("hold different TLS settings or `options`"),
            "{error}"
        );
    }
    let same = [
        ("?sslmode=prefer", ""),
        ("?channel_binding=prefer", ""),
        ("?application_name=a", "?application_name=b"),
    ];
    for (one, other) in same {
        let found = resolve(&[
            ("HEROKU_POSTGRESQL_BRONZE_URL", &format!("{base}{one}")),
            ("HEROKU_POSTGRESQL_JADE_URL", &format!("{base}{other}")),
        ]);
        assert!(found.is_ok(), "{one} {other}");
    }
}

#[test]
fn a_connection_pool_is_never_a_candidate() {
    for pool in [
        "DATABASE_CONNECTION_POOL_URL",
        "HEROKU_POSTGRESQL_BRONZE_CONNECTION_POOL_URL",
    ] {
        assert_eq!(
            resolve(&[(pool, PRIMARY)]).unwrap_err().kind(),
            ErrorKind::NotFound,
            "{pool}"
        );
    }
}

#[test]
fn names_that_are_not_quite_a_colour_are_no_candidates() {
    for name in [
        "HEROKU_POSTGRESQL_URL",
        "HEROKU_POSTGRESQL__URL_",
        "HEROKU_POSTGRESQL_bronze_URL",
        "MY_DATABASE_URL",
    ] {
        assert_eq!(
            resolve(&[(name, PRIMARY)]).unwrap_err().kind(),
            ErrorKind::NotFound,
            "{name}"
        );
    }
}

// ---- rule 5: the default, or an error that says what to do

#[test]
fn the_default_is_used_where_nothing_is_set() {
    let vars = Vars::new();
    let found = Resolver::new(&vars)
        .default_url("postgres://localhost/dev")
        .resolve()
        .unwrap();
    assert_eq!(
        found.to_string(),
        "postgres://localhost/dev (from the default)"
    );
    assert_eq!(
        considered(&found),
        [
            ("DATABASE_URL".to_owned(), Outcome::Unset),
            ("the default".to_owned(), Outcome::Used)
        ]
    );
    let vars = Vars::from([("DATABASE_URL", PRIMARY)]);
    let found = Resolver::new(&vars)
        .default_url("nonsense")
        .resolve()
        .unwrap();
    assert_eq!(
        considered(&found)[1],
        ("the default".to_owned(), Outcome::Shadowed)
    );
}

#[test]
fn a_default_that_cannot_be_read_is_named_as_such() {
    let vars = Vars::new();
    let error = Resolver::new(&vars)
        .default_url("postgres://h:x")
        .resolve()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the default: invalid port at byte 13: expected a number from 1 to 65535"
    );
}

#[test]
fn nothing_at_all_is_an_error_that_says_what_to_do() {
    rejected(
        &[],
        ErrorKind::NotFound,
        "no database is configured: DATABASE_URL is not set, nor another variable that holds a database",
        "set DATABASE_URL, such as postgres://",
    );
}

// ---- named by the caller

#[test]
fn named_variables_are_tried_in_order() {
    let vars = Vars::from([("DATABASE_URL", PRIMARY), ("B_URL", OTHER_DATABASE)]);
    let found = Resolver::new(&vars)
        .config_var("A_URL")
        .config_var("B_URL")
        .config_var("DATABASE_URL")
        .resolve();
    let found = found.unwrap();
    assert_eq!(
        considered(&found),
        [
            ("A_URL".to_owned(), Outcome::Unset),
            ("B_URL".to_owned(), Outcome::Used),
            ("DATABASE_URL".to_owned(), Outcome::Shadowed)
        ]
    );
    let error = Resolver::new(&vars)
        .config_var("A_URL")
        .resolve()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "no database is configured: A_URL is not set"
    );
    assert_eq!(
        error.help(),
        Some("these variables hold one, and can be chosen by name: DATABASE_URL, B_URL")
    );
}

#[test]
fn an_attachment_has_three_spellings() {
    let vars = Vars::from([
        ("DATABASE_URL", OTHER_DATABASE),
        ("HEROKU_POSTGRESQL_BRONZE_URL", PRIMARY),
    ]);
    for name in [
        "BRONZE",
        "HEROKU_POSTGRESQL_BRONZE",
        "HEROKU_POSTGRESQL_BRONZE_URL",
        "bronze",
    ] {
        let found = Resolver::new(&vars).attachment(name).resolve().unwrap();
        assert_eq!(
            found.source().name(),
            Some("HEROKU_POSTGRESQL_BRONZE_URL"),
            "{name}"
        );
    }
    for name in ["DATABASE", "DATABASE_URL"] {
        let found = Resolver::new(&vars).attachment(name).resolve().unwrap();
        assert_eq!(found.source().name(), Some("DATABASE_URL"), "{name}");
    }
    let error = Resolver::new(&vars)
        .attachment("ROSE")
        .resolve()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn an_attachment_that_two_variables_claim_is_an_error_if_they_differ() {
    let vars = |other| {
        Vars::from([
            ("BRONZE_URL", PRIMARY),
            ("HEROKU_POSTGRESQL_BRONZE_URL", other),
        ])
    };
    let differing = vars(OTHER_DATABASE);
    let error = Resolver::new(&differing)
        .attachment("BRONZE")
        .resolve()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
    assert!(
        Resolver::new(&differing)
            .attachment("HEROKU_POSTGRESQL_BRONZE")
            .resolve()
            .is_ok()
    );
    assert!(
        Resolver::new(&vars(PRIMARY))
            .attachment("BRONZE")
            .resolve()
            .is_ok()
    );
}

#[test]
fn a_url_where_a_name_belongs_is_not_repeated() {
    let vars = Vars::from([("DATABASE_URL", PRIMARY)]);
    for resolver in [
        Resolver::new(&vars).config_var(PRIMARY),
        Resolver::new(&vars).attachment(PRIMARY),
    ] {
        let error = resolver.resolve().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidName);
        let shown = format!("{error} {error:?} {:?} {resolver:?}", error.help());
        assert!(!shown.contains("k3y"), "{shown}");
    }
}

// ---- typed, with provenance

#[test]
fn a_web_app_gets_a_postgres_config_or_a_clear_rejection() {
    let config = Config::resolve(&Vars::from([(
        "DATABASE_URL",
        "postgres://app@h/shop?user=other&pool=5",
    )]))
    .unwrap();
    assert_eq!(config.value().user(), Some("other"));
    let from = config.provenance(Keyword::User).unwrap();
    assert_eq!(
        (from.to_string().as_str(), from.component()),
        ("DATABASE_URL, query", Some(Component::Query))
    );
    assert_eq!(
        config.provenance(Keyword::Host).unwrap().component(),
        Some(Component::Host)
    );
    assert_eq!(config.provenance(Keyword::Port), None);
    let error =
        Config::resolve(&Vars::from([("DATABASE_URL", "mysql://app:k3y@h/shop")])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongEngine);
}

// ---- attachments

fn attachments(vars: &[(&str, &str)]) -> Attachments {
    Attachments::of(&vars.iter().copied().collect())
}

#[test]
fn one_database_has_aliases_whatever_the_spelling_and_the_credentials() {
    let found = attachments(&[
        ("DATABASE_URL", PRIMARY),
        ("HEROKU_POSTGRESQL_BRONZE_URL", SAME_OTHERWISE_SPELT),
        ("REPORTS_URL", OTHER_USER),
        ("HEROKU_POSTGRESQL_JADE_URL", OTHER_DATABASE),
        ("UNRELATED_URL", "https://example.com/"),
        ("DATABASE", PRIMARY),
    ]);
    let names: Vec<_> = found
        .iter()
        .map(|attachment| (attachment.name(), attachment.is_promoted()))
        .collect();
    assert_eq!(
        names,
        [
            ("DATABASE", true),
            ("HEROKU_POSTGRESQL_BRONZE", true),
            ("HEROKU_POSTGRESQL_JADE", false),
            ("REPORTS", true)
        ]
    );
    assert_eq!(
        found
            .of_var("REPORTS_URL")
            .unwrap()
            .aliases()
            .collect::<Vec<_>>(),
        ["DATABASE_URL", "HEROKU_POSTGRESQL_BRONZE_URL"]
    );
    assert!(found.iter().all(|attachment| !attachment.is_stale()));
}

#[test]
fn the_same_host_with_another_port_database_or_socket_is_another_database() {
    for other in [
        "postgres://app:k3y@ec2-1.example:5433/shop",
        "postgres://app:k3y@ec2-1.example/Shop",
        "postgres://app:k3y@%2Frun/shop",
        "cockroachdb://app:k3y@ec2-1.example/shop",
        "postgres://app:k3y@ec2-1.example,ec2-3.example/shop",
    ] {
        let found = attachments(&[
            ("DATABASE_URL", PRIMARY),
            ("HEROKU_POSTGRESQL_JADE_URL", other),
        ]);
        assert!(
            found
                .of_var("DATABASE_URL")
                .unwrap()
                .aliases()
                .next()
                .is_none(),
            "{other}"
        );
    }
}

#[test]
fn a_copy_with_another_password_is_stale_and_the_platforms_own_is_the_fresh_one() {
    let vars = [
        ("DATABASE_URL", PRIMARY),
        ("HEROKU_POSTGRESQL_BRONZE_URL", OTHER_PASSWORD),
        ("REPORTS_URL", PRIMARY),
    ];
    let stale = |found: &Attachments, var: &str| found.of_var(var).unwrap().is_stale();
    let found = attachments(&vars);
    assert!(stale(&found, "DATABASE_URL") && stale(&found, "REPORTS_URL"));
    assert!(!stale(&found, "HEROKU_POSTGRESQL_BRONZE_URL"));
    let found = attachments(&[("DATABASE_URL", PRIMARY), ("REPORTS_URL", OTHER_PASSWORD)]);
    assert!(stale(&found, "REPORTS_URL") && !stale(&found, "DATABASE_URL"));
    assert_eq!(codes(&resolve(&vars).unwrap()), [WarningCode::StaleCopy]);
}

#[test]
fn poolers_belong_to_their_database() {
    let found = attachments(&[
        ("DATABASE_URL", PRIMARY),
        (
            "DATABASE_CONNECTION_POOL_URL",
            "postgres://app:k3y@ec2-1.example:5433/shop",
        ),
    ]);
    let primary = found.of_var("DATABASE_URL").unwrap();
    let pools: Vec<_> = found
        .pools(primary)
        .map(|pool| (pool.var(), pool.role()))
        .collect();
    assert_eq!(pools, [("DATABASE_CONNECTION_POOL_URL", Role::Pooled)]);
}

#[test]
fn a_variable_that_holds_no_database_is_listed_with_its_error() {
    let found = attachments(&[
        ("DATABASE_URL", ""),
        ("HEROKU_POSTGRESQL_JADE_URL", "postgres://h:x"),
    ]);
    let kinds: Vec<_> = found
        .iter()
        .map(|attachment| attachment.database().unwrap_err().kind())
        .collect();
    assert_eq!(kinds, [ErrorKind::EmptyVariable, ErrorKind::InvalidValue]);
}

// ---- nothing leaks

#[test]
fn debug_of_everything_is_masked() {
    let vars = Vars::from([
        ("DATABASE_URL", PRIMARY),
        ("HEROKU_POSTGRESQL_JADE_URL", "postgres://h:k3y/d"),
    ]);
    let resolver = Resolver::new(&vars).default_url(PRIMARY);
    let found = Resolver::new(&vars).resolve().unwrap();
    let shown = format!(
        "{vars:?} {vars:#?} {resolver:?} {found:?} {found} {:?}",
        Attachments::of(&vars)
    );
    assert!(shown.contains("****") && !shown.contains("k3y"), "{shown}");
}
