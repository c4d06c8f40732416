//! What holds of the attachments and the choice among them, whatever variables are set.

use database_url::{
    Attachment, Attachments, Outcome, Resolver, Role, Source, Vars, WarningCode, platform,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A name of the table, or one like it.
fn names() -> impl Strategy<Value = String> {
    let rows: Vec<_> = platform::VARIABLES
        .iter()
        .map(platform::Variable::name)
        .collect();
    let others = [
        "MYSQLHOST",
        "MYSQLUSER",
        "MYSQLPASSWORD",
        "MEMCACHIER_SERVERS",
        "GRAPHENEDB_BOLT_USER",
        "POSTGRESQL_ADDON_HOST",
        "POSTGRESQL_ADDON_PORT",
        "REPORTS_URL",
        "A_URI",
        "VCAP_SERVICES",
        "PLATFORM_RELATIONSHIPS",
        "DATABASE_URL",
        "DATABASE_URL",
    ];
    let stems = select(vec!["RED", "DATABASE", "POSTGRES", "A_B2"]);
    (select([rows, others.to_vec()].concat()), stems)
        .prop_map(|(name, stem)| name.replace('*', stem))
}

fn values() -> impl Strategy<Value = String> {
    let values = vec![
        "",
        "h",
        "5432",
        "nonsense",
        "${{Db.DATABASE_URL}}",
        "https://u:k3y@h/",
        "redis://:k3y@h:6379/0",
        "postgres://u:k3y@h/d",
        "postgres://u:k3y@h/d",
        "postgres://u:n3w@h/d",
        "postgres://v:k3y@g/d",
        "postgres://u:k3y@h:6543/d?pgbouncer=true",
        "postgres://u:p@ss@h/d",
        "mysql://u:k3y@h/d",
        "mongodb://u:k3y@h,g/d",
        "jdbc:mysql://h/d",
        "sqlite:///d.sqlite3",
        "bolt://h:7687",
        "{}",
        r#"{"a":[{"name":"db","credentials":{"uri":"postgres://u:k3y@h/d"}},{"name":"DB","credentials":{"uri":"amqp://h"}}]}"#,
    ];
    select(values).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn attachments_and_choice_agree(pairs in vec((names(), values()), 0..7)) {
        let vars: Vars = pairs.into_iter().collect();
        let list = Attachments::of(&vars);
        for one in list.iter() {
            let shown = one.source().to_string();
            for alias in one.aliases() {
                let other = list.iter().find(|other| other.source().to_string() == alias);
                prop_assert!(other.is_some_and(|other| other.aliases().any(|own| own == shown)), "{shown} {alias}");
                prop_assert_eq!(other.map(Attachment::is_promoted), Some(one.is_promoted()));
            }
            let is_primary = one.role() == Role::Primary && one.database().is_ok();
            let next_to_primary = one.aliases().any(|alias| alias == "DATABASE_URL");
            prop_assert_eq!(one.is_promoted(), is_primary || next_to_primary);

            // What the list shows can be given as an attachment's name, and means the same.
            let named = Resolver::new(&vars).attachment(&shown).resolve();
            match (one.database(), named) {
                (Ok(database), Ok(found)) => prop_assert_eq!((found.source(), found.value()), (one.source(), database)),
                (Err(rejected), Err(error)) => prop_assert_eq!(rejected, &error),
                (content, named) => prop_assert!(false, "{shown}: {content:?} {named:?}"),
            }
        }
        if let Ok(found) = Resolver::new(&vars).resolve() {
            let considered: Vec<_> = found.considered().collect();
            let used = considered.iter().filter(|(_, outcome)| *outcome == Outcome::Used);
            prop_assert_eq!(used.map(|(source, _)| *source).collect::<Vec<_>>(), [found.source()]);
            let primary = Source::ConfigVar("DATABASE_URL".to_owned());
            prop_assert_eq!(considered[0].0, &primary);
            let unset = considered.iter().filter(|(_, outcome)| *outcome == Outcome::Unset).count();
            prop_assert_eq!(unset, usize::from(*found.source() != primary));
            let warned = found.warnings().iter().any(|warning| warning.code() == WarningCode::NotPromoted);
            prop_assert_eq!(warned, *found.source() != primary);
            prop_assert!(list.of_source(found.source()).is_some());
        }
    }
}
