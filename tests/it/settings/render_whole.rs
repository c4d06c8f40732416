//! Settings files with their variables filled in: what is written, what is masked, and that it reads back as the same.

use crate::common::arbitrary;
use database_url::settings::{Rendered, Settings, System};
use database_url::{ErrorKind, Setting, Vars};
use proptest::prelude::*;
use serde_json::{Value, json};

fn vars() -> Vars {
    Vars::from([
        ("DATABASE_URL", "postgres://app:hunter2@db.example/shop"),
        ("PW", "hunter2: #x"),
        ("HOST", "db.example"),
        ("POOL", "0123"),
        ("N", "5"),
        ("YES", "yes"),
        ("EMPTY", ""),
    ])
}

fn rendered(path: &str, text: &str) -> Rendered {
    let settings = Settings::from_str(path, text).expect("a file");
    settings.render(&vars()).expect("it is rendered")
}

/// Each row: a file's name, its text, what it gives, and what of that is shown.
const ROWS: &[(&str, &str, &str, &str)] = &[
    (
        "app.yaml",
        "db: # the database\n  url: ${DATABASE_URL}\n  pool: ${POOL}\n  n: ${N}\n  ssl: ${YES}\n  empty: ${EMPTY}\n  kept: yes\n  \
           when: 12:30\n  text: \"5\"\n  none: ~\n  nil:\n",
        "db:\n  url: postgres://app:hunter2@db.example/shop\n  pool: \"0123\"\n  \"n\": 5\n  ssl: \"yes\"\n  empty: \"\"\n  kept: yes\n  \
           when: 12:30\n  text: \"5\"\n  none: ~\n  nil: null\n",
        "db:\n  url: \"****\"\n  pool: \"****\"\n  \"n\": \"****\"\n  ssl: \"****\"\n  empty: \"\"\n  kept: yes\n  \
           when: 12:30\n  text: \"5\"\n  none: ~\n  nil: null\n",
    ),
    (
        "app.yaml",
        "a: &a [1, [], {}, [x, [y]], {k: v, l: [z]}]\nb: *a\n",
        concat!(
            "a:\n",
            "  - 1\n",
            "  - []\n",
            "  - {}\n",
            "  - - x\n",
            "    - - y\n",
            "  - k: v\n",
            "    l:\n",
            "      - z\n",
            "b:\n",
            "  - 1\n",
            "  - []\n",
            "  - {}\n",
            "  - - x\n",
            "    - - y\n",
            "  - k: v\n",
            "    l:\n",
            "      - z\n",
        ),
        "",
    ),
    (
        "app.yaml",
        "a: postgres://${HOST}:$PW@${HOST}/shop?sslmode=require\nb: postgres://u:literal@${HOST}/shop\nc: mysql://u:literal@h/d?x=1\n\
         d: https://u:literal@h/\ne: postgres://h/shop\nf: a@b.example\ng: redis://:pre${N}@h\nh: host=$HOST password=literal\n",
        "a: \"postgres://db.example:hunter2: #x@db.example/shop?sslmode=require\"\nb: postgres://u:literal@db.example/shop\n\
         c: mysql://u:literal@h/d?x=1\nd: https://u:literal@h/\ne: postgres://h/shop\nf: a@b.example\ng: redis://:pre5@h\n\
         h: host=db.example password=literal\n",
        "a: \"****\"\nb: \"****\"\nc: mysql://u:****@h/d?x=****\nd: https://u:****@h/\n\
         e: postgres://h/shop\nf: a@b.example\ng: \"****\"\nh: \"****\"\n",
    ),
    (
        "database.yml",
        "<% if ENV['PW'] %>\nproduction:\n  password: \"<%= ENV['PW'] %>\"\n  host: <%= ENV['HOST'] || 'x' %>\n  \
           pool: <%= ENV.fetch('NONE') { 5 } %>\n  secret_key_base: abc\n  token: true\n  api_key: 12\n<% end %>\n",
        concat!(
            "production:\n",
            "  password: \"hunter2: #x\"\n",
            "  host: db.example\n",
            "  pool: 5\n",
            "  secret_key_base: abc\n",
            "  token: true\n",
            "  api_key: 12\n",
        ),
        concat!(
            "production:\n",
            "  password: \"****\"\n",
            "  host: \"****\"\n",
            "  pool: 5\n",
            "  secret_key_base: \"****\"\n",
            "  token: true\n",
            "  api_key: \"****\"\n",
        ),
    ),
    (
        "config.yaml",
        "database: $DATABASE_URL\nport: 8888\nother: $NONE\n",
        "database: postgres://app:hunter2@db.example/shop\nport: 8888\nother: null\n",
        "database: \"****\"\nport: 8888\nother: null\n",
    ),
    (
        "config.json",
        r#"{"production":{"use_env_variable":"DATABASE_URL","password":{"use_env_variable":"PW"},"n":1.50},"l":[1,[]],"o":{},
            "test":{"password":"literal","url":"postgres://u:literal@h/d"}}"#,
        "{\n  \"production\": {\n    \"use_env_variable\": \"DATABASE_URL\",\n    \"password\": {\n      \"use_env_variable\": \"PW\"\n    \
           },\n    \"n\": 1.50\n  },\n  \"l\": [\n    1,\n    []\n  ],\n  \"o\": {},\n  \"test\": {\n    \"password\": \"literal\",\n    \
           \"url\": \"postgres://u:literal@h/d\"\n  }\n}\n",
        "{\n  \"production\": {\n    \"use_env_variable\": \"DATABASE_URL\",\n    \"password\": {\n      \"use_env_variable\": \"PW\"\n    \
           },\n    \"n\": 1.50\n  },\n  \"l\": [\n    1,\n    []\n  ],\n  \"o\": {},\n  \"test\": {\n    \"password\": \"****\",\n    \
           \"url\": \"postgres://u:****@h/d\"\n  }\n}\n",
    ),
    (
        "secrets.yml",
        "production:\n  name: literal\n  nr: 5\n",
        "production:\n  name: literal\n  nr: 5\n",
        "production:\n  name: \"****\"\n  nr: 5\n",
    ),
    // A number stays one unless its key wants a string; a key that YAML takes for a truth value or a number is quoted.
    (
        "app.yaml",
        "db:\n  password: ${N}\n  database: ${N}\n  port: ${N}\n  'on': ${N}\n  '8080': x\n  null: x\n",
        "db:\n  password: \"5\"\n  database: \"5\"\n  port: 5\n  \"on\": 5\n  \"8080\": x\n  \"null\": x\n",
        "db:\n  password: \"****\"\n  database: \"****\"\n  port: \"****\"\n  \"on\": \"****\"\n  \"8080\": x\n  \"null\": x\n",
    ),
    // Which piece of a URL that cannot be read is a password is not known.
    (
        "app.yaml",
        "a: postgres://app:p/w@h/d\nb: redis://h:port\nc: 'jdbc:postgresql//u:p'\nd: https://t0ken@git.example/x\ne: https://docs.example/x\n\
         f: 'password = literal'\ng: '{\"password\":\"literal\"}'\nprimary_key: id\nkeyspace: shop\nrequirepass: literal\n",
        "a: postgres://app:p/w@h/d\nb: redis://h:port\nc: \"jdbc:postgresql//u:p\"\nd: https://t0ken@git.example/x\ne: https://docs.example/x\n\
         f: \"password = literal\"\ng: \"{\\\"password\\\":\\\"literal\\\"}\"\nprimary_key: id\nkeyspace: shop\nrequirepass: literal\n",
        "a: \"****\"\nb: \"****\"\nc: \"****\"\nd: https://****@git.example/x\ne: https://docs.example/x\n\
         f: \"password = ****\"\ng: \"****\"\nprimary_key: id\nkeyspace: shop\nrequirepass: \"****\"\n",
    ),
    // Two keys that are masked stay two.
    (
        "app.yaml",
        "u:literal@h: 1\nv:literal@h: 2\n",
        "u:literal@h: 1\nv:literal@h: 2\n",
        "\"****\": 1\n\"********\": 2\n",
    ),
    ("empty.yaml", "", "null\n", ""),
    ("one.yaml", "$HOST", "db.example\n", "\"****\"\n"),
];

#[test]
fn a_file_is_written_whole_in_its_own_grammar() {
    for (path, text, expected, _) in ROWS {
        assert_eq!(rendered(path, text).text().expose(), *expected, "{path}");
    }
}

#[test]
fn what_is_secret_is_masked() {
    for (path, text, real, expected) in ROWS {
        let expected = if expected.is_empty() { real } else { expected };
        let rendered = rendered(path, text);
        assert_eq!(rendered.masked(), *expected, "{path}");
        assert_eq!(rendered.to_string(), rendered.masked());
        assert!(!format!("{rendered:?}").contains("hunter2"));
    }
}

#[test]
fn what_is_not_set_is_warned_of_or_rejected_together() {
    let rendered = rendered("config.yaml", "database: $NONE\nother: $ecret\n");
    let messages: Vec<_> = rendered
        .warnings()
        .iter()
        .map(database_url::Warning::message)
        .collect();
    let expected = [
        "config.yaml:1:11: database: NONE is not set",
        "config.yaml:2:8: other: this variable is not set",
    ];
    assert_eq!(messages, expected);
    let text = "a: ${NONE}\nb: ${NOPE:?}\nc: ${N:-x}\n";
    let settings = Settings::from_str("app.yaml", text).expect("a file");
    let error = settings.render(&vars()).expect_err("two are not set");
    assert_eq!(error.iter().count(), 2);
    assert!(
        Settings::without_file(System::Rails)
            .render(&vars())
            .is_err()
    );
}

/// A tree that JSON can write.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(|number: f64| json!(number)),
        arbitrary::text().prop_map(Value::from),
        "(-|0x?|[1-9]|[.:_e+]|y|no|true|~|null|<<|---|[?] |%){1,3}".prop_map(Value::from),
    ];
    let key = prop_oneof!["[a-z]{1,3}", "k{90,120}", arbitrary::text()];
    leaf.prop_recursive(5, 40, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// What a file without variables says; `None`: it is no file.
fn read(path: &str, text: &str) -> Option<Rendered> {
    let settings = Settings::from_str(path, text)
        .ok()?
        .with_system(System::Django);
    settings.render(&Vars::new()).ok()
}

proptest! {
    #![proptest_config(arbitrary::cases(400))]

    #[test]
    fn what_is_written_reads_back_as_the_same(tree in tree()) {
        let text = tree.to_string();
        for path in ["a.json", "a.yaml"] {
            let Some(one) = read(path, &text) else { continue };
            let again = read(path, one.text().expose());
            prop_assert!(again.is_some(), "{path}: {:?}", one.text().expose());
            prop_assert_eq!(again.map(|again| again.value()), Some(one.value()), "{}", one.text().expose());
            let shown = read(path, &one.masked());
            prop_assert_eq!(shown.map(|shown| shown.value()), Some(one.masked_value()), "{}", one.masked());
        }
    }

    #[test]
    fn a_value_stays_in_its_scalar(value in arbitrary::text()) {
        let vars = Vars::from([("V", value.as_str())]);
        let text = "a: ${V}\nb: \"${V}\"\nc: [x, \"x${V}\"]\n${V}: $$\n";
        let settings = Settings::from_str("a.yaml", text).expect("a file").with_system(System::Plain);
        let one = settings.render(&vars).expect("V is set");
        let again = read("a.yaml", one.text().expose());
        prop_assert_eq!(again.map(|again| again.value()), Some(one.value()), "{}", one.text().expose());
        let Setting::Map(members) = one.value() else { panic!("a map") };
        prop_assert_eq!(members.len(), 4);
        let Setting::Text(quoted) = &members[1].1 else { panic!("a text") };
        prop_assert_eq!(quoted.expose(), value);
    }
}

/// What YAML 1.1 takes for something else than a string, beyond what YAML 1.2 does.
fn is_typed(text: &str) -> bool {
    let words = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "", "<<", "=",
    ];
    let number = text.trim_start_matches(['-', '+']);
    words.contains(&text.to_lowercase().as_str())
        || number.starts_with(|c: char| c.is_ascii_digit())
        || number.to_lowercase().starts_with(".inf")
        || number.to_lowercase().starts_with(".nan")
        || (number.starts_with('.') && number[1..].starts_with(|c: char| c.is_ascii_digit()))
}

/// The first line of a block map: its key and its value, each as written.
fn first_line(text: &str) -> (&str, &str) {
    text.lines()
        .next()
        .and_then(|line| line.split_once(": "))
        .unwrap_or_default()
}

const TYPED: &str = "[-+]?(0x1f|0o7|0123|1_000|1:30|12e3|[.]5|[.]inf|[.]nan|2001-01-01|5)|yes|No|ON|off|true|False|NULL|~|<<|=|y|n";

proptest! {
    #![proptest_config(arbitrary::cases(1000))]

    #[test]
    fn a_string_stays_a_string(value in TYPED, key in TYPED) {
        let vars = Vars::from([("V", value.as_str())]);
        for name in ["password", "database", "user"] {
            let text = format!("{name}: ${{V}}\n");
            let settings = Settings::from_str("a.yaml", text).expect("a file").with_system(System::Plain);
            let rendered = settings.render(&vars).expect("V is set").text();
            let (_, written) = first_line(rendered.expose());
            prop_assert!(written.starts_with('"') || !is_typed(written), "{}", rendered.expose());
        }
        let text = format!("{{\"{key}\": \"{value}\"}}");
        let rendered = read("a.yaml", &text).expect("a file").text();
        let (name, written) = first_line(rendered.expose());
        prop_assert!(written.starts_with('"'), "{}", rendered.expose());
        prop_assert!(name.starts_with('"') || !is_typed(name), "{}", rendered.expose());
    }

    #[test]
    fn no_secret_is_shown(
        key in "(db|my|redis|)[_.-]?(pass|pwd|pw|passwd|password|auth|token|secret|credentials|api_key|apiKey)",
        around in "(postgres|redis|https|mongodb|jdbc:mysql|x)://(app|):~(/|[?]|#|@|:|%|)[a-z]{0,3}@h(:5|/d|[?]a=b|)",
        setting in "(host=h |)(password|PGPASSWORD|sslpassword) ?= ?['\"]?~['\"]?( port=x|)",
    ) {
        let secret = "s3cr3tv4lue";
        let text = json!({
            key.as_str(): secret,
            "nested": {key.as_str(): {"x": [secret]}},
            "url": around.replace('~', secret),
            "args": setting.replace('~', secret),
            "text": format!("{{\"{key}\": \"{secret}\"}}"),
        })
        .to_string();
        for path in ["a.json", "a.yaml"] {
            let settings = Settings::from_str(path, text.as_str()).expect("a file");
            for system in [System::Plain, System::Rails, System::Sequelize, System::Django] {
                let Ok(rendered) = settings.clone().with_system(system).render(&Vars::new()) else {
                    continue;
                };
                prop_assert!(!rendered.masked().contains(secret), "{}", rendered.masked());
            }
        }
    }
}

#[test]
fn text_that_aliases_and_variables_multiply_is_bounded() {
    let long = "x".repeat(100_000);
    let aliases = format!("a: &a {long}\nb: [{}]\n", "*a,".repeat(1000));
    let keys = format!("a: &a {{? {long} : 1}}\nb: [{}]\n", "*a,".repeat(1000));
    let variables = format!("a: [{}]\n", "$LONG,".repeat(1000));
    let vars = Vars::from([("LONG", long.as_str())]);
    for text in [aliases, keys, variables] {
        let settings = Settings::from_str("a.yaml", text).expect("a file");
        let error = settings.render(&vars).expect_err("it is bounded");
        assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{error}");
        assert_eq!(error.iter().count(), 1);
    }
}
