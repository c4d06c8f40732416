//! What is looked at where settings are one choice of several: each source once, in the order in which it is looked at.

use database_url::settings::Settings;
use database_url::{Resolver, Vars};

const FILE: &str = "production:\n  adapter: postgresql\n  database: shop\n";

/// The choices `before`, then the file, then `after`.
fn considered(vars: &Vars, before: &str, after: &str) -> String {
    let file = Settings::from_str("config/database.yml", FILE).unwrap();
    let resolver = Resolver::new(vars)
        .config_var(before)
        .settings(&file, "production")
        .config_var(after);
    let found = resolver.default_url("mysql://root@localhost/d").resolve();
    let found = found.unwrap();
    let each = found.considered();
    let each = each.map(|(source, outcome)| match source.file() {
        Some(location) => format!("{} {outcome}", location.key()),
        None => format!("{source} {outcome}"),
    });
    each.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_settings_own_order_is_kept_between_the_other_choices() {
    let vars = Vars::from([("B_URL", "postgres://b/d")]);
    assert_eq!(
        considered(&vars, "A_URL", "B_URL"),
        "A_URL unset, PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production used, B_URL shadowed, the default shadowed"
    );
    assert_eq!(
        considered(&vars, "DATABASE_URL", "B_URL"),
        "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production used, B_URL shadowed, the default shadowed"
    );
    assert_eq!(
        considered(&vars, "B_URL", "A_URL"),
        "B_URL used, production shadowed, A_URL unset, the default shadowed"
    );
}
