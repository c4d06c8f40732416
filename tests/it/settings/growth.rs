//! What hostile settings files cost. The only test of its file: others next to it would be measured, too.

use crate::common::arbitrary::{assert_linear, assert_linear_strictly};
use database_url::diagnose::Diagnostics;
use database_url::settings::{Settings, System};
use database_url::{ErrorKind, Vars};

/// A file of many settings: its name, what comes before them, one of them by its number, and what comes after them.
type Row = (
    &'static str,
    &'static str,
    fn(usize) -> String,
    &'static str,
);

const SECTIONS: &[Row] = &[
    (
        "database.yml",
        "production:\n  adapter: postgresql\n  database: shop\n",
        yaml,
        "",
    ),
    (
        "database.yml",
        "production:\n  adapter: mysql2\n  database: shop\n",
        yaml,
        "",
    ),
    (
        "database.yml",
        "production:\n  adapter: sqlite3\n  database: shop\n",
        yaml,
        "",
    ),
    (
        "database.yml",
        "production:\n  adapter: postgresql\n  database: shop\n  variables:\n",
        nested,
        "",
    ),
    (
        "database.yml",
        "production:\n  adapter: postgresql\n  database: shop\n",
        erb,
        "",
    ),
    (
        "database.yml",
        "production:\n  url: postgres://h/shop?a=1\n",
        yaml,
        "",
    ),
    (
        "database.yml",
        "production:\n  url: \"postgres://h/shop?a=1",
        query,
        "\"\n",
    ),
    (
        "database.yml",
        "production:\n  url: \"mysql2://h/shop?a=1",
        query,
        "\"\n",
    ),
    (
        "config.json",
        "{\"production\":{\"dialect\":\"postgres\",\"database\":\"shop\"",
        json,
        "}}",
    ),
    (
        "config.json",
        "{\"production\":{\"dialect\":\"mysql\",\"database\":\"shop\"",
        json,
        "}}",
    ),
    (
        "config.json",
        "{\"production\":{\"dialect\":\"mssql\",\"host\":\"h\",\"database\":\"shop\"",
        json,
        "}}",
    ),
    (
        "config.json",
        "{\"production\":{\"dialect\":\"sqlite\",\"storage\":\"shop\"",
        json,
        "}}",
    ),
    (
        "config.json",
        "{\"production\":{\"dialect\":\"postgres\",\"database\":\"shop\",\"dialectOptions\":{\"a\":1",
        json,
        "}}}",
    ),
    (
        "config.json",
        "{\"production\":{\"dialect\":\"mysql\",\"database\":\"shop\",\"dialectOptions\":{\"a\":1",
        json,
        "}}}",
    ),
    (
        "config.json",
        "{\"production\":{\"url\":\"postgres://h/shop?a=",
        query,
        "\"}}",
    ),
    (
        "config.json",
        "{\"production\":{\"url\":\"mysql://h/shop?a=",
        query,
        "\"}}",
    ),
    (
        "django.json",
        "{\"DATABASES\":{\"default\":{\"ENGINE\":\"django.db.backends.postgresql\",\"NAME\":\"shop\",\"OPTIONS\":{\"a\":1",
        json,
        "}}}}",
    ),
    (
        "django.json",
        "{\"DATABASES\":{\"default\":{\"ENGINE\":\"django.db.backends.mysql\",\"NAME\":\"shop\",\"OPTIONS\":{\"a\":1",
        json,
        "}}}}",
    ),
    (
        "django.json",
        "{\"DATABASES\":{\"default\":{\"ENGINE\":\"django.db.backends.postgresql\",\"NAME\":\"shop\"",
        json,
        "}}}",
    ),
    (
        "heroku.yaml",
        "database:\n  host: h\n  port: 1\n  databaseName: shop\n",
        conduit,
        "",
    ),
];

const ENVIRONMENTS: &[Row] = &[
    (
        "database.yml",
        "production:\n  adapter: postgresql\n  database: shop\n",
        section,
        "",
    ),
    (
        "database.yml",
        "production:\n  url: <%= ENV[\"URL\"] %>\n",
        section_of_url,
        "",
    ),
    (
        "config.json",
        "{\"production\":{\"dialect\":\"postgres\",\"database\":\"shop\"}",
        member,
        "}",
    ),
];

/// Files that many things are wrong with, or whose parts that are not used lack variables.
const FAILURES: &[Row] = &[
    ("heroku.yaml", "database:\n  host: h\n", yaml, ""),
    (
        "database.yml",
        "production:\n  adapter: postgresql\n  database: shop\n",
        ruby,
        "",
    ),
    (
        "database.yml",
        "production:\n  adapter: postgresql\n  database: shop\n",
        condition,
        "",
    ),
    (
        "compose.yaml",
        "services:\n  web:\n    environment:\n      DATABASE_URL: postgres://h/shop\n",
        service,
        "",
    ),
    ("app.json", "{\"a\":1", secret_key, "}"),
];

fn yaml(number: usize) -> String {
    format!("  key{number}: v{number}\n")
}

fn conduit(number: usize) -> String {
    format!("key{number}: v{number}\n")
}

fn nested(number: usize) -> String {
    format!("    key{number}: v{number}\n")
}

fn erb(number: usize) -> String {
    format!("  key{number}: <%= ENV[\"A{number}\"] || \"v\" %>\n")
}

fn ruby(number: usize) -> String {
    format!("  key{number}: <%= method{number} %>\n")
}

fn condition(number: usize) -> String {
    format!("<% if method{number} %>\n  key{number}: v\n<% end %>\n")
}

fn service(number: usize) -> String {
    format!("  s{number}:\n    environment:\n      A: ${{V{number}}}\n")
}

/// Keys that are all masked alike.
fn secret_key(number: usize) -> String {
    format!(",\"postgres://u:k{number}@h/d\":\"v\"")
}

fn json(number: usize) -> String {
    format!(",\"key{number}\":\"v{number}\"")
}

fn query(number: usize) -> String {
    format!("&key{number}=v{number}")
}

fn section(number: usize) -> String {
    format!("e{number}:\n  adapter: postgresql\n  database: shop{number}\n")
}

fn section_of_url(number: usize) -> String {
    format!("e{number}:\n  url: <%= ENV[\"URL\"] %>\n")
}

fn member(number: usize) -> String {
    format!(",\"e{number}\":{{\"dialect\":\"postgres\",\"database\":\"shop{number}\"}}")
}

fn file((path, head, unit, tail): Row, count: usize) -> Settings {
    let text = format!("{head}{}{tail}", (0..count).map(unit).collect::<String>());
    let settings = Settings::from_str(path, text).expect("settings");
    settings.with_environment("production")
}

#[test]
fn different_keys_of_a_section_cost_in_proportion() {
    let vars = Vars::default();
    for &row in SECTIONS {
        let answer = file(row, 100).resolve(&vars);
        assert!(answer.is_ok(), "{row:?}: {answer:?}");
        assert_linear_strictly(
            250,
            |count| file(row, count),
            |settings| drop(settings.resolve(&vars)),
        );
    }
}

#[test]
fn environments_cost_in_proportion() {
    let vars = Vars::from([("URL", "postgres://h/shop")]);
    for &row in ENVIRONMENTS {
        let used = file(row, 1).resolve(&vars).expect("a database");
        assert_linear_strictly(
            125,
            |count| file(row, count),
            |settings| {
                drop(
                    Diagnostics::new(&vars)
                        .settings(settings)
                        .same_database(&used),
                );
            },
        );
    }
}

#[test]
fn what_is_wrong_costs_in_proportion() {
    let vars = Vars::default();
    for &row in FAILURES {
        assert_linear_strictly(
            100,
            |count| file(row, count),
            |settings| {
                drop(settings.resolve(&vars));
                drop(settings.render(&vars));
            },
        );
    }
}

#[test]
fn hostile_files_cost_in_proportion_to_their_length() {
    let read = |path: &'static str| {
        let vars = Vars::default();
        move |text: &str| {
            if let Ok(settings) = Settings::from_str(path, text) {
                drop(settings.with_system(System::Plain).resolve(&vars));
            }
        }
    };
    assert_linear(
        read("x.yaml"),
        &[
            ("", "- ", "x"),
            ("", "[", ""),
            ("", "? a\n", ""),
            ("[", "a,", "]"),
            ("[", "[a]: 1, ", "]"),
            ("{", "a: 1, ", "}"),
            ("{", "<<: {a: 1}, ", "}"),
            ("a: |\n", "  x\n", ""),
            ("a: \"", "\\n", "\""),
            ("a: 'x", "\n\n", "'"),
            ("a: ", "x ", ""),
            ("a: [", "&a x, ", "]"),
            ("a: &a x\nb: [", "*a, ", "]"),
            ("a: &a {b: 1}\nc: {<<: [", "*a, ", "]}"),
            ("a: é\nb: [", "é, ", "]"),
            ("", "%FOO\n", ""),
            ("", "...\n", ""),
            ("", "\n", ""),
            ("", "# c\n", ""),
            ("", "\r", ""),
            ("", "é", ": 1"),
        ],
    );
    assert_linear(
        read("x.json"),
        &[
            ("[", "1,", "1]"),
            ("[", "{},", "1]"),
            ("{", "\"a\":1,", "\"b\":1}"),
            ("[", "\"\\u00e9\",", "1]"),
            ("\"", "\\ud83d\\ude00", "\""),
            ("\"", "\t", "\""),
            ("\"", "é", "\""),
            ("", " ", "1"),
            ("", "1", ""),
        ],
    );
}

#[test]
fn a_file_without_an_end_is_not_read_whole() {
    let error = Settings::from_path("/dev/zero").map(drop);
    let kind = error.expect_err("it is no settings file").kind();
    assert_eq!(kind, ErrorKind::TooLong);
}
