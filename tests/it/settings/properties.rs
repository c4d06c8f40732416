//! Properties of settings files over arbitrary values and documents: values stay in their locations, nothing is shown, all is reported.
//!
//! Failing cases are not written to disk, so that no run changes the source tree; a found case becomes a named test.

use std::fmt::Write as _;

use crate::common::arbitrary::{cases, text};
use crate::common::secret::{debugged, hidden, marker, of_error, of_warnings};
use database_url::settings::{Settings, System};
use database_url::{Database, Error, Resolved, SecretStr, Vars};
use proptest::prelude::*;
use proptest::sample::select;

/// Files with a password from the variable PW, in all the ways that a file can name one.
const WITH_PASSWORD: &[(System, &str, &str)] = &[
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: postgresql\n  password: <%= ENV['PW'] %>\n  host: h\n  database: d\n  pool: 5\n",
    ),
    (
        System::Rails,
        "config/database.yml",
        "production: { adapter: mysql2, host: h, password: \"<%= ENV.fetch('PW') { 'x' } %>\", database: d }\n",
    ),
    (
        System::Rails,
        "config/database.yml",
        "production:\n  adapter: postgresql\n  password: '<%= ENV['PW'] %>'\n  host: h\n  database: d\n",
    ),
    (
        System::Sequelize,
        "config/config.json",
        r#"{"production": {"dialect": "postgres", "host": "h", "password": {"use_env_variable": "PW"}, "database": "d"}}"#,
    ),
    (
        System::Conduit,
        "config.yaml",
        "database:\n  host: h\n  password: $PW\n  port: 1\n  databaseName: d\n",
    ),
    (
        System::Plain,
        "app.yaml",
        "adapter: postgres\nhost: h\npassword: ${PW}\ndbname: d\npool: 5\n",
    ),
    (
        System::Plain,
        "app.yaml",
        "{ adapter: mysql, host: h, password: \"${PW-x}\", dbname: d }\n",
    ),
    (
        System::Plain,
        "app.json",
        r#"{"adapter": "postgres", "host": "h", "password": "$PW", "dbname": "d", "pool": 5}"#,
    ),
];

fn requested(system: System, path: &str, text: &str) -> Settings {
    let settings = Settings::from_str(path, text)
        .expect("short")
        .with_system(system);
    match system {
        System::Rails | System::Sequelize => settings.with_environment("production"),
        _ => settings,
    }
}

fn resolved(
    system: System,
    path: &str,
    text: &str,
    password: &str,
) -> Result<Resolved<Database>, TestCaseError> {
    let answer = requested(system, path, text).resolve(&Vars::from([("PW", password)]));
    answer.map_err(|error| TestCaseError::fail(format!("{path} {password:?}: {error}")))
}

/// All that is shown, except for the password and for warnings, which may be about it.
fn next_to_password(resolved: &Resolved<Database>) -> String {
    let mut given = format!(
        "{} {:?} {:?}",
        resolved.value().engine(),
        resolved.value().user(),
        resolved.value().dbname()
    );
    for host in resolved.value().hosts() {
        let _ = write!(given, " {:?}:{:?}", host.host(), host.port());
    }
    for (name, setting) in resolved.extras() {
        let _ = write!(given, " {name}={setting:?}");
    }
    for (name, from) in resolved.fields() {
        let _ = write!(given, " {name}<{}", from.source());
    }
    for (source, outcome) in resolved.considered() {
        let _ = write!(given, " {source} {outcome}");
    }
    given
}

/// Pieces of documents, of values and of templates; `~` stands for a secret, which is never a variable's name nor a plain key.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "production:", "development:", "default:", "shared:", "database:", "primary:", "url:", "password:", "host:", "port:", "adapter:",
    "dialect:", "ENGINE:", "NAME:", "OPTIONS:", "DATABASES:", "use_env_variable:", "var:", "ssl:", "dialectOptions:", "storage:",
    " postgresql", " mysql", " sqlite3", " redis", " ~", " \"~\"", " '~'", " ${PW}", " $PW", " <%= ENV['PW'] %>", " ${X:-~}", " ${X:?~}",
    " <%= '~' %>", " <%= ~ %>", " postgres://u:~@h/d", " ~://h", " http://~", " 5", " null", " true", " []", " {}", " &a", " *a",
    "<<: *a", " [", "]", " {", "}", ",", "\n", "\n", "\n", "\n  ", "\n  ", "\n    ", "- ", "<% if ENV['PW'] %>", "<% end %>", "# ~", ": ~", "postgres://u:~@h: ", "~/~: ",
    "!ruby/object:~ ", "---", " |\n", "\t",
];

fn hostile() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

/// Everything that a resolution prints.
fn printed(settings: &Settings, answer: &Result<Resolved<Database>, Error>) -> Vec<String> {
    let mut printed = debugged(settings);
    match answer {
        Ok(resolved) => {
            printed.extend(debugged(resolved));
            printed.extend(of_warnings(resolved.warnings().iter().cloned()));
        }
        Err(error) => printed.extend(error.iter().flat_map(of_error)),
    }
    printed
}

/// Files whose database is what PW holds, or is made of it.
const OF_VARIABLE: &[(System, &str, &str)] = &[
    (
        System::Rails,
        "config/database.yml",
        "production: { url: <%= ENV['PW'] %> }",
    ),
    (
        System::Rails,
        "config/database.yml",
        "production: { adapter: \"<%= ENV['PW'] %>\", database: d }",
    ),
    (
        System::Rails,
        "config/cable.yml",
        "production: { adapter: redis, url: <%= ENV['PW'] %> }",
    ),
    (
        System::Sequelize,
        "config/config.json",
        r#"{"production": {"use_env_variable": "PW"}}"#,
    ),
    (System::Conduit, "config.yaml", "database: $PW"),
    (
        System::Conduit,
        "config.yaml",
        "database: { host: $PW, port: $PW, databaseName: $PW, isTemporary: $PW }",
    ),
    (System::Plain, "app.yaml", "url: ${PW}"),
    (
        System::Plain,
        "app.yaml",
        "{ adapter: postgres, host: \"${PW}\", port: \"${PW}\", sslmode: \"${PW}\" }",
    ),
    (System::Plain, "app.yaml", "{ adapter: \"${PW}\", host: h }"),
];

proptest! {
    #![proptest_config(cases(256))]

    /// What a variable holds is the password, and nothing else than the password depends on it.
    #[test]
    fn a_value_stays_in_its_place(value in text()) {
        for (system, path, text) in WITH_PASSWORD {
            let inert = resolved(*system, path, text, "inert")?;
            let given = resolved(*system, path, text, &value)?;
            // Nothing in a plain scalar is null to YAML.
            let is_null = value.is_empty() && text.contains("password: <%=");
            let expected = Some(value.as_str()).filter(|_| !is_null);
            prop_assert_eq!(given.value().password().map(SecretStr::expose), expected, "{}", path);
            if !is_null {
                prop_assert_eq!(next_to_password(&given), next_to_password(&inert), "{} {:?}", path, value);
            }
        }
    }

    /// No document makes a system stumble, and none is shown.
    #[test]
    fn no_piece_of_a_document_is_shown(text in hostile(), marker in marker(), system in select(System::ALL)) {
        // The slashes keep it from being a key that is shown.
            let text = text.replace('~', &format!("/{marker}/"));
        let pairs = [("PW", marker.as_str()), ("NODE_ENV", "production"), ("RAILS_ENV", "production")];
        for path in ["config/database.yml", "config/cable.yml", "config/secrets.yml", "app.json"] {
            let settings = Settings::from_str(path, text.clone()).expect("short").with_system(system);
            let answer = settings.resolve(&Vars::from(pairs));
            // A host, a name, a setting may be shown where it was accepted.
            let shown = match &answer {
                Ok(resolved) => of_warnings(resolved.warnings().iter().cloned()),
                Err(_) => printed(&settings, &answer),
            };
            hidden(&shown, &marker, &text)?;
        }
    }

    /// What a variable holds is not shown, whether it is a URL or nearly one.
    #[test]
    fn no_piece_of_a_variable_is_shown(value in text(), marker in marker()) {
        let near = [
            format!("{value}{marker}"),
            format!("postgres://u:{marker}{value}@h/d"),
            format!("mysql://{marker}:{value}/{marker}"),
        ];
        for value in &near {
            for (system, path, text) in OF_VARIABLE {
                let settings = requested(*system, path, text);
                let answer = settings.resolve(&Vars::from([("PW", value.as_str())]));
                if answer.is_err() {
                    hidden(&printed(&settings, &answer), &marker, value)?;
                }
            }
        }
    }

    /// Passwords are hidden in what prints a whole answer.
    #[test]
    fn no_piece_of_a_password_is_shown(value in text(), marker in marker()) {
        for (system, path, text) in WITH_PASSWORD {
            let password = format!("{value}{marker}");
            let settings = requested(*system, path, text);
            let answer = settings.resolve(&Vars::from([("PW", password.as_str())]));
            let mut shown = printed(&settings, &answer);
            shown.extend(answer.map(|resolved| resolved.to_string()));
            hidden(&shown, &marker, &password)?;
            let literal = text.replace("<%= ENV['PW'] %>", &marker).replace("${PW}", &marker).replace("$PW", &marker);
            let settings = requested(*system, path, &literal);
            let answer = settings.resolve(&Vars::from([("PW", "x")]));
            let mut shown = printed(&settings, &answer);
            shown.extend(answer.map(|resolved| resolved.to_string()));
            hidden(&shown, &marker, &literal)?;
        }
    }

    /// Every variable that is missing is reported with the line, the column and the key where it is used.
    #[test]
    fn every_failure_has_its_location(missing in proptest::collection::vec(any::<bool>(), 1..12)) {
        let mut text = String::from("adapter: postgres\nhost: h\n");
        let mut expected = Vec::new();
        for (line, is_missing) in (3..).zip(missing) {
            let value = if is_missing { "${NOPE}" } else { "x" };
            let _ = writeln!(text, "key{line:02}: {value}");
            if is_missing {
                expected.push(format!("app.yaml:{line}:8: key{line:02}"));
            }
        }
        let answer = requested(System::Plain, "app.yaml", &text).resolve(&Vars::new());
        let error = answer.err();
        let locations = error.iter().flat_map(Error::iter).filter_map(Error::origin);
        let locations: Vec<_> = locations.map(ToString::to_string).collect();
        prop_assert_eq!(locations, expected);
    }
}
