//! Variables, `.env` files, platforms' documents and templates.

use database_url::{Resolver, Vars};
use proptest::prelude::*;
use proptest::sample::select;

use super::inputs::{connection_string, secret};
use super::shown::{of_answer, of_errors, of_lint, of_vars};
use crate::common::arbitrary::cases;
use crate::common::secret::{debugged, hidden};

const URLS: &[&str] = &[
    "DATABASE_URL",
    "HEROKU_POSTGRESQL_RED_URL",
    "HEROKU_POSTGRESQL_RED_CONNECTION_POOL_URL",
    "CLEARDB_DATABASE_URL",
    "REDISCLOUD_URL",
    "GRAPHENEDB_URL",
    "POSTGRES_URL",
    "VCAP_SERVICES",
    "PLATFORM_RELATIONSHIPS",
    "MYSQL_PUBLIC_URL",
];

type Pairs = &'static [(&'static str, &'static str)];

/// Variables of a database in parts, and those that are replaced by a secret.
const PARTS: &[(Pairs, &[&str])] = &[
    (
        &[
            ("DB_CONNECTION", "pgsql"),
            ("DB_HOST", "h"),
            ("DB_DATABASE", "d"),
            ("DB_USERNAME", "u"),
        ],
        &[
            "DB_CONNECTION",
            "DB_HOST",
            "DB_PORT",
            "DB_PASSWORD",
            "DB_SSLMODE",
            "DB_ADAPTER",
        ],
    ),
    (
        &[
            ("MYSQLHOST", "h"),
            ("MYSQLDATABASE", "d"),
            ("MYSQLUSER", "u"),
        ],
        &["MYSQLHOST", "MYSQLPORT", "MYSQLPASSWORD"],
    ),
    (
        &[
            ("POSTGRES_HOST", "h"),
            ("POSTGRES_DB", "d"),
            ("POSTGRES_USER", "u"),
        ],
        &["POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_PASSWORD"],
    ),
    (
        &[("PGHOST", "h"), ("PGDATABASE", "d"), ("PGUSER", "u")],
        &[
            "PGHOST",
            "PGPORT",
            "PGPASSWORD",
            "PGSSLMODE",
            "PGAPPNAME",
            "PGSERVICE",
            "PGPASSFILE",
            "PGSSLCERT",
            "PGOPTIONS",
            "PGHOSTADDR",
        ],
    ),
];

/// Names whose value is shown by contract, unless it is a connection string.
const NAMES: &[&str] = &[
    "DB_DATABASE",
    "DB_USERNAME",
    "MYSQLDATABASE",
    "MYSQLUSER",
    "POSTGRES_DB",
    "POSTGRES_USER",
    "PGDATABASE",
    "PGUSER",
];

fn all_of(vars: &Vars) -> Vec<String> {
    let answer = Resolver::new(vars).resolve();
    let mut shown = of_answer(&answer);
    if let Ok(resolved) = &answer {
        shown.extend(of_lint(vars, resolved));
    }
    shown.extend(of_vars(vars));
    shown
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_secret_in_a_variable_is_not_shown((marker, text) in secret(), name in select(URLS)) {
        let vars = Vars::from([(name, &*text)]);
        // As one of these it is a URL that may hold the secret where it is shown by contract.
        let shown = match Resolver::new(&vars).resolve() {
            Ok(_) => debugged(&vars),
            Err(_) => all_of(&vars),
        };
        hidden(&shown, &marker, &text)?;
    }

    #[test]
    fn a_secret_in_a_part_is_not_shown((marker, text) in secret(), family in select(PARTS), at in 0_usize..16) {
        let (parts, names) = family;
        let name = names[at % names.len()];
        let others = parts.iter().copied().filter(|(other, _)| *other != name);
        let vars: Vars = others.chain([(name, &*text)]).collect();
        hidden(&all_of(&vars), &marker, &format!("{name}={text}"))?;
    }

    #[test]
    fn a_connection_string_in_a_name_is_not_shown((marker, text) in connection_string(), family in select(PARTS), name in select(NAMES)) {
        let others = family.0.iter().copied().filter(|(other, _)| *other != name);
        let vars: Vars = others.chain([(name, &*text)]).collect();
        hidden(&all_of(&vars), &marker, &format!("{name}={text}"))?;
    }

    #[test]
    fn what_the_caller_names_is_not_shown((marker, text) in secret(), set in any::<bool>()) {
        let vars = if set { Vars::from([("DATABASE_URL", "postgres://u:p@h/d")]) } else { Vars::new() };
        for resolver in [
            Resolver::new(&vars).config_var(&text),
            Resolver::new(&vars).attachment(&text),
            Resolver::new(&vars).config_var(&text).attachment(&text).config_var("X"),
        ] {
            let mut shown = debugged(&resolver);
            shown.extend(of_answer(&resolver.resolve()));
            hidden(&shown, &marker, &text)?;
        }
        if let Err(error) = vars.get(&text) {
            hidden(&of_errors(&error), &marker, &text)?;
        }
        hidden(&debugged(&vars.origin(&text)), &marker, &text)?;
    }

    #[test]
    fn a_line_of_an_env_file_is_not_shown((marker, text) in secret(), at in 0_usize..12) {
        // A word before an `=` is the name of a variable.
        prop_assume!(text.split('=').next().map(str::trim) != Some(&*marker));
        let line = [
            format!("DATABASE_URL={text}"),
            format!("DATABASE_URL='{text}'"),
            format!("DATABASE_URL=\"{text}\""),
            format!("DATABASE_URL=\"{text}"),
            format!("export {text}=x"),
            text.clone(),
            format!("{text}: x"),
            format!("A=${{{text}}}"),
            format!("A=${{B:?{text}}}"),
            format!("A=x #{text}"),
            format!("A=$({text})"),
            format!("A='{text}\nB=1"),
        ][at].clone();
        let path = if text.starts_with(['/', '.', '~', '\\']) { ".env" } else { &text };
        match Vars::new().with_dotenv_str(path, &line) {
            Ok(vars) => {
                let mut shown = debugged(&vars);
                shown.extend(debugged(&vars.warnings()));
                hidden(&shown, &marker, &line)?;
            }
            Err(error) => hidden(&of_errors(&error), &marker, &line)?,
        }
    }
}
