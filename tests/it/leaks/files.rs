//! Settings files of every system, and templates.

use database_url::settings::template::{Syntax, expand, masked, variables};
use database_url::settings::{DjangoArguments, Settings, System};
use database_url::{Resolver, Setting, Vars};
use proptest::prelude::*;
use proptest::sample::select;

use super::inputs::{connection_string, quoted, secret};
use super::shown::{of_answer, of_errors};
use crate::common::arbitrary::cases;
use crate::common::secret::{debugged, hidden, of_warnings};

/// Files with a secret, quoted, where `§` is, as value and as key.
const FILES: &[(System, &str, &str)] = &[
    (
        System::Sequelize,
        "config.json",
        r#"{"development": {"dialect": "postgres", "host": "h", "database": "d", "NAME": §}}"#,
    ),
    (
        System::Sequelize,
        "config.json",
        r#"{"development": {"dialect": "mysql", "host": "h", "database": "d", "dialectOptions": {"NAME": §, "ssl": {"NAME": §}}}}"#,
    ),
    (
        System::Sequelize,
        "config.json",
        r#"{"development": {"dialect": "postgres", "host": "h", "database": "d", "pool": {"max": §, §: 5}, "define": {"NAME": [§, 5]}}}"#,
    ),
    (
        System::Sequelize,
        "config.json",
        r#"{"development": {"dialect": "postgres", "host": "h", "database": "d", §: {"x": §}}, §: {}}"#,
    ),
    (
        System::Sequelize,
        "config.json",
        r#"{"development": {"dialect": §, "use_env_variable": §}}"#,
    ),
    (
        System::Sequelize,
        "config.json",
        r#"{"development": {"url": "postgres://u@h/d", "NAME": §, "host": §}}"#,
    ),
    (
        System::Rails,
        "database.yml",
        "development:\n  adapter: postgresql\n  host: h\n  database: d\n  NAME: §\n",
    ),
    (
        System::Rails,
        "database.yml",
        "development:\n  adapter: mysql2\n  host: h\n  database: d\n  NAME: §\n  §: 5\n",
    ),
    (
        System::Rails,
        "database.yml",
        "development:\n  adapter: postgresql\n  database: d\n  pool: <%= ENV['S'] %>\n  variables:\n    NAME: §\n    §: §\n",
    ),
    (
        System::Rails,
        "database.yml",
        "development:\n  adapter: §\n  host: §\n",
    ),
    (
        System::Rails,
        "database.yml",
        "development:\n  url: postgres://u@h/d\n  NAME: <%= ENV.fetch('S') %>\n§: §\n",
    ),
    (
        System::Rails,
        "database.yml",
        "development:\n  adapter: postgresql\n  NAME: <%= §.upcase %>\n",
    ),
    (
        System::Rails,
        "cable.yml",
        "development:\n  adapter: redis\n  url: redis://h/1\n  NAME: §\n",
    ),
    (
        System::Conduit,
        "config.yaml",
        "database:\n  host: h\n  port: 1\n  databaseName: d\n  NAME: §\n",
    ),
    (System::Conduit, "config.yaml", "database: §\n§: 1\n"),
    (
        System::Conduit,
        "config.yaml",
        "database:\n  host: §\n  port: §\n  databaseName: d\n  isTemporary: §\n",
    ),
    (
        System::Django,
        "databases.json",
        r#"{"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "h", "NAME": "d", "OPTIONS": {"NAME": §, §: 1}}}"#,
    ),
    (
        System::Django,
        "databases.json",
        r#"{"default": {"ENGINE": §, "PORT": §, "CONN_MAX_AGE": §, "TEST": {"NAME": §}}}"#,
    ),
    (
        System::Django,
        "databases.json",
        r#"{"default": {"ENGINE": "django.db.backends.mysql", "HOST": "h", "NAME": "d", "OPTIONS": {"ssl": {"NAME": §}}, "NAME": "x"}, §: {}}"#,
    ),
    (
        System::Plain,
        "config.yml",
        "database:\n  adapter: postgres\n  host: h\n  database: d\n  NAME: §\n  pool: ${S}\n",
    ),
    (System::Plain, "config.yml", "§: postgres://u@h/d\n"),
    (System::Plain, "config.yml", "databases:\n  - §\n  - §: x\n"),
    (
        System::Plain,
        "config.json",
        r#"{"database": {"host": "h", "database": "d", "adapter": "postgres", "options": {"NAME": [§]}}, "x": "${S:?NAME}"}"#,
    ),
    (
        System::Procfile,
        "Procfile",
        "web: run --connect postgres://h/d --NAME §\n",
    ),
];

fn name() -> impl Strategy<Value = &'static str> {
    select(vec![
        "pool",
        "max",
        "timeout",
        "encoding",
        "schema_search_path",
        "prepared_statements",
        "sslmode",
        "sslcert",
        "sslrootcert",
        "sslkey",
        "ssl_ca",
        "ca",
        "cert",
        "key",
        "application_name",
        "appname",
        "logging",
        "timezone",
        "define",
        "storage",
        "replication",
        "retry",
        "statement_timeout",
        "variables",
        "checkout_timeout",
        "idle_timeout",
        "reaping_frequency",
        "min_messages",
        "advisory_locks",
        "migrations_paths",
        "seeds",
        "schema_dump",
        "connect_timeout",
        "charset",
        "collation",
        "options",
        "max_connections",
        "token",
        "CONN_MAX_AGE",
        "ATOMIC_REQUESTS",
        "TIME_ZONE",
        "x",
    ])
}

fn requested(settings: &Settings, vars: &Vars) -> Vec<String> {
    let mut shown = debugged(settings);
    let answer = settings.resolve(vars);
    shown.extend(of_answer(&answer));
    shown.extend(of_answer(
        &Resolver::new(vars).settings(settings, None).resolve(),
    ));
    match settings.render(vars) {
        Ok(rendered) => {
            shown.extend(debugged(&rendered));
            shown.extend(of_warnings(rendered.warnings().iter().cloned()));
        }
        Err(error) => shown.extend(of_errors(&error)),
    }
    match settings.variables() {
        Ok(uses) => shown.extend(debugged(&uses)),
        Err(error) => shown.extend(of_errors(&error)),
    }
    shown
}

/// The lines under the errors of a file.
fn excerpts(settings: &Settings, vars: &Vars, text: &str) -> Vec<String> {
    let errors = settings.resolve(vars).err().into_iter();
    let errors = errors.chain(settings.render(vars).err());
    errors
        .flat_map(|error| {
            let failures = error.iter();
            let excerpts = failures.filter_map(|error| error.excerpt_of_file(text));
            excerpts.collect::<Vec<_>>()
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_secret_in_a_file_is_not_shown((marker, text) in secret(), (system, path, file) in select(FILES), name in name()) {
        let file = file.replace("NAME", name).replace('§', &quoted(&text));
        let vars = Vars::from([("S", &*text)]);
        let settings = Settings::from_str(path, file.clone()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for settings in [settings.clone().with_system(system), settings] {
            hidden(&requested(&settings, &vars), &marker, &file)?;
            hidden(&excerpts(&settings, &vars, &file), &marker, &file)?;
        }
    }

    #[test]
    fn questions_about_a_file_show_nothing((marker, text) in secret(), (system, path, file) in select(FILES)) {
        let file = file.replace('§', "5");
        let vars = Vars::from([("NODE_ENV", &*text), ("RAILS_ENV", &*text)]);
        let settings = || Settings::from_str(path, file.clone()).map(|settings| settings.with_system(system));
        let arguments = DjangoArguments::new().env(&text).engine(&text).test_options(Setting::Map(vec![(text.clone(), Setting::Null)]));
        let nothing = Vars::new();
        let mut shown = Vec::new();
        for (vars, change) in [
            (&vars, (|settings: Settings, _: &str| settings) as fn(Settings, &str) -> Settings),
            (&nothing, |settings, text| settings.with_environment(text)),
            (&nothing, |settings, text| settings.with_connection(text)),
        ] {
            let settings = settings().map_err(|error| TestCaseError::fail(error.to_string()))?;
            shown.extend(requested(&change(settings, &text), vars));
        }
        let settings = settings().map_err(|error| TestCaseError::fail(error.to_string()))?;
        shown.extend(requested(&settings.with_django(arguments.clone()), &vars));
        shown.extend(requested(&Settings::without_file(System::Django).with_django(arguments), &nothing));
        let elsewhere = Settings::from_str(&text, file).map_err(|error| TestCaseError::fail(error.to_string()))?;
        if !text.starts_with(['/', '.', '~', '\\']) {
            shown.extend(requested(&elsewhere, &nothing));
        }
        hidden(&shown, &marker, &text)?;
    }

    #[test]
    fn a_url_that_is_given_is_not_shown((marker, text) in connection_string(), system in select(System::ALL)) {
        let settings = Settings::without_file(system).with_url(&text);
        let answer = settings.resolve(&Vars::new());
        let mut shown = debugged(&settings);
        // A connection string is shown as such.
        if answer.is_err() {
            shown.extend(of_answer(&answer));
        }
        hidden(&shown, &marker, &text)?;
    }

    #[test]
    fn a_template_that_is_a_connection_string_is_masked((marker, text) in connection_string(), around in any::<bool>()) {
        let template = if around { format!("run {text} $X\n{text}") } else { text };
        for syntax in [Syntax::Shell, Syntax::Compose, Syntax::Erb] {
            let shown = masked(syntax, &template, &Vars::from([("X", "x")]));
            let shown = shown.ok().flatten().unwrap_or_default();
            hidden(&[shown], &marker, &template)?;
        }
    }

    #[test]
    fn a_template_shows_no_secret((marker, text) in secret(), at in 0_usize..9) {
        let template = [
            format!("${{{text}}}"), format!("${{A:?{text}}}"), format!("$({text})"), format!("${{A:-{text}"),
            format!("<%= {text} %>"), format!("<%= ENV[{text}] %>"), format!("<%= ENV['A'] || {text} %>"), format!("<% {text} %>"),
            format!("{text}$"),
        ][at].clone();
        let vars = Vars::from([("A", &*text)]);
        for syntax in [Syntax::Shell, Syntax::Compose, Syntax::Conduit, Syntax::Erb] {
            let mut shown = Vec::new();
            match expand(syntax, &template, &vars) {
                Ok(expansion) => {
                    shown.extend(debugged(&expansion));
                    shown.extend(of_warnings(expansion.warnings()));
                }
                Err(error) => shown.extend(of_errors(&error)),
            }
            shown.extend(masked(syntax, &template, &vars).err().iter().flat_map(of_errors));
            match variables(syntax, &template) {
                Ok(variables) => shown.extend(debugged(&variables)),
                Err(error) => shown.extend(of_errors(&error)),
            }
            hidden(&shown, &marker, &template)?;
        }
        for syntax in [Syntax::Shell, Syntax::Compose] {
            let shown = masked(syntax, "x${A}y $A ${A:-z}", &vars).unwrap_or_default().unwrap_or_default();
            hidden(&[shown], &marker, &text)?;
        }
    }
}
