//! Of a pooled and a direct URL of one database, the direct one: what migrations need.

use database_url::{Database, Error, Outcome, Resolved, Resolver, Vars, WarningCode};

use crate::common::Failures;

const DIRECT: &str = "postgres://app:k3y@ep-1.example/shop";
const POOLED: &str = "postgres://app:k3y@ep-1-pooler.example/shop";
const OTHER: &str = "postgres://app:k3y@ep-2.example/other";

/// The variables, the one that is named, and the one that is used.
type Row<'r> = (&'r [(&'r str, &'r str)], Option<&'r str>, &'r str);

fn resolve(vars: &[(&str, &str)], named: Option<&str>) -> Result<Resolved<Database>, Error> {
    let vars: Vars = vars.iter().copied().collect();
    let resolver = Resolver::new(&vars).direct();
    let resolver = match named {
        Some(name) => resolver.config_var(name),
        None => resolver,
    };
    resolver.resolve()
}

#[test]
fn the_direct_url_of_the_same_database_is_used() {
    #[rustfmt::skip]
    let rows: &[Row] = &[
        (&[("DATABASE_URL", POOLED), ("DATABASE_URL_UNPOOLED", DIRECT)], None, "DATABASE_URL_UNPOOLED"),
        (&[("DATABASE_URL", POOLED), ("DIRECT_URL", DIRECT)], None, "DIRECT_URL"),
        (&[("DATABASE_URL", POOLED), ("DIRECT_DATABASE_URL", DIRECT)], Some("DATABASE_URL"), "DIRECT_DATABASE_URL"),
        (&[("POSTGRES_URL", POOLED), ("POSTGRES_URL_NON_POOLING", DIRECT)], None, "POSTGRES_URL_NON_POOLING"),
        (&[("POSTGRES_URL", POOLED), ("POSTGRES_URL_NON_POOLING", DIRECT)], Some("POSTGRES_URL"), "POSTGRES_URL_NON_POOLING"),
        (&[("SHOP_URL", POOLED), ("SHOP_URL_UNPOOLED", DIRECT)], Some("SHOP_URL"), "SHOP_URL_UNPOOLED"),
        (&[("DATABASE_URL", DIRECT), ("DATABASE_CONNECTION_POOL_URL", POOLED)], Some("DATABASE_CONNECTION_POOL_URL"), "DATABASE_URL"),
        (&[("DATABASE_URL", DIRECT), ("DATABASE_CONNECTION_POOL_URL", POOLED)], None, "DATABASE_URL"),
        (&[("DATABASE_URL", POOLED), ("DIRECT_URL", OTHER)], Some("DIRECT_URL"), "DIRECT_URL"),
    ];
    let mut failures = Failures::default();
    for (vars, named, expected) in rows {
        let found = resolve(vars, *named);
        let used = found.as_ref().map(|found| found.source().to_string());
        failures.compare(&format!("{vars:?}"), used, Ok((*expected).to_owned()));
        let warned = found.is_ok_and(|found| warned(&found));
        failures.compare(&format!("{vars:?}, warned"), warned, false);
    }
    failures.finish();
}

#[test]
fn a_direct_url_of_another_database_is_not_used() {
    let found = resolve(&[("DATABASE_URL", POOLED), ("DIRECT_URL", OTHER)], None).unwrap();
    assert_eq!(found.source().name(), Some("DATABASE_URL"));
    assert!(warned(&found));
}

#[test]
fn a_pooler_without_a_direct_url_is_warned_of() {
    let urls = [
        POOLED,
        "postgres://app:k3y@db.example/shop?pgbouncer=true",
        "postgres://app.ref:k3y@aws-0-eu.pooler.supabase.com:6543/postgres",
    ];
    for url in urls {
        assert!(
            warned(&resolve(&[("DATABASE_URL", url)], None).unwrap()),
            "{url}"
        );
    }
    assert!(!warned(
        &resolve(&[("DATABASE_URL", DIRECT)], None).unwrap()
    ));
}

#[test]
fn the_pooled_url_is_shadowed() {
    let vars = [("DATABASE_URL", POOLED), ("DATABASE_URL_UNPOOLED", DIRECT)];
    let found = resolve(&vars, None).unwrap();
    let considered: Vec<_> = found.considered().take(2).collect();
    let considered: Vec<_> = considered
        .iter()
        .map(|(source, outcome)| (source.to_string(), *outcome))
        .collect();
    let expected = [
        ("DATABASE_URL_UNPOOLED", Outcome::Used),
        ("DATABASE_URL", Outcome::Shadowed),
    ];
    assert_eq!(
        considered,
        expected.map(|(name, outcome)| (name.to_owned(), outcome))
    );
}

fn warned<T>(found: &Resolved<T>) -> bool {
    found
        .warnings()
        .iter()
        .any(|warning| warning.code() == WarningCode::Pooled)
}
