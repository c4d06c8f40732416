//! The command over what platforms hand out: list, explain and resolve, as JSON and as text.

use std::process::{Command, Output};

use serde_json::{Value, json};

fn run(vars: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dburl"));
    command.env_clear().envs(vars.iter().copied());
    command.args(arguments).output().expect("dburl runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn object(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// What a Heroku app with five add-ons has.
const HEROKU: &[(&str, &str)] = &[
    (
        "CLEARDB_DATABASE_URL",
        "mysql://b5a:k3y@us-cdbr.example/heroku_d?reconnect=true",
    ),
    (
        "REDISCLOUD_URL",
        "redis://rediscloud:k3y@redis.example:13133",
    ),
    ("GRAPHENEDB_URL", "http://app:k3y@graph.example:24789"),
    ("GRAPHENEDB_BOLT_URL", "bolt://graph.example:24786"),
    ("GRAPHENEDB_BOLT_USER", "v30"),
    ("GRAPHENEDB_BOLT_PASSWORD", "k3y"),
    ("BONSAI_URL", "https://app:k3y@bonsai.example"),
    ("DASHBOARD_URL", "https://app:k3y@dashboard.example"),
];

#[test]
fn list_tells_engine_role_and_aliases_of_everything() {
    let output = run(HEROKU, &["list", "--json"]);
    let list = object(&output);
    let rows: Vec<_> = list.as_array().expect("an array").iter().collect();
    let rows: Vec<_> = rows
        .iter()
        .map(|one| json!([one["var"], one["engine"], one["role"], one["aliases"]]))
        .collect();
    assert_eq!(
        rows,
        [
            json!(["BONSAI_URL", "elasticsearch", "attachment", []]),
            json!(["CLEARDB_DATABASE_URL", "mysql", "attachment", []]),
            json!([
                "GRAPHENEDB_BOLT_URL",
                "neo4j",
                "attachment",
                ["GRAPHENEDB_URL"]
            ]),
            json!([
                "GRAPHENEDB_URL",
                "neo4j",
                "attachment",
                ["GRAPHENEDB_BOLT_URL"]
            ]),
            json!(["REDISCLOUD_URL", "redis", "attachment", []]),
        ]
    );
    assert_eq!(
        list[1]["target"],
        json!({ "host": "us-cdbr.example", "port": 3306, "database": "heroku_d" })
    );
    let printed = run(HEROKU, &["list"]);
    assert!(!text(&printed.stdout).contains("k3y") && !text(&output.stdout).contains("k3y"));
}

#[test]
fn the_only_database_is_used_and_the_others_are_there_by_name() {
    let output = run(HEROKU, &["explain", "--json"]);
    let found = object(&output);
    assert_eq!(
        found["source"],
        json!({ "kind": "config-var", "name": "CLEARDB_DATABASE_URL" })
    );
    assert_eq!(found["warnings"][0]["code"], "not-promoted");
    assert_eq!(found["unused"], json!([]));
    let considered = found["considered"].as_array().map(Vec::len);
    assert_eq!(considered, Some(2));
    for (name, url) in [
        (
            "CLEARDB",
            "mysql://b5a:****@us-cdbr.example/heroku_d?reconnect=true\n",
        ),
        (
            "rediscloud",
            "redis://rediscloud:****@redis.example:13133\n",
        ),
        ("GRAPHENEDB", "http://app:****@graph.example:24789\n"),
        ("GRAPHENEDB_BOLT", "bolt://v30:****@graph.example:24786\n"),
    ] {
        let output = run(HEROKU, &["resolve", "-q", "--attachment", name]);
        assert_eq!(
            (text(&output.stdout), text(&output.stderr)),
            (url, ""),
            "{name}"
        );
    }
}

#[test]
fn services_of_a_document_have_a_source_of_their_own() {
    let document = json!({
        "p.mysql": [{ "name": "orders-db", "credentials": { "uri": "mysql://app:k3y@my.example:3306/d?reconnect=true" } }],
        "p-redis": [{ "name": "cache", "credentials": { "host": "redis.example", "port": 6379, "password": "k3y" } }]
    });
    let document = document.to_string();
    let vars = [("VCAP_SERVICES", &*document)];
    let found = object(&run(&vars, &["resolve", "--json"]));
    assert_eq!(
        found["source"],
        json!({ "kind": "platform", "name": "VCAP_SERVICES", "service": "orders-db" })
    );
    assert_eq!(found["provenance"]["user"]["kind"], "platform");
    let cache = run(&vars, &["resolve", "--attachment", "cache"]);
    assert_eq!(text(&cache.stdout), "redis://:****@redis.example:6379\n");
    let list = object(&run(&vars, &["list", "--json"]));
    assert_eq!(
        (&list[0]["name"], &list[0]["var"], &list[1]["engine"]),
        (&json!("cache"), &json!("VCAP_SERVICES"), &json!("mysql"))
    );
    let explained = run(&vars, &["explain"]);
    assert!(
        text(&explained.stdout).contains("VCAP_SERVICES/orders-db, user"),
        "{}",
        text(&explained.stdout)
    );
    let broken = run(&[("VCAP_SERVICES", "{\"a\": [{\"k3y\"")], &["resolve"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(
        text(&broken.stderr).starts_with("dburl: VCAP_SERVICES: invalid document")
            && !text(&broken.stderr).contains("k3y")
    );
}

#[test]
fn parts_are_reported_variable_by_variable() {
    let vars = [
        ("MYSQLHOST", "containers.example"),
        ("MYSQLPORT", "7654"),
        ("MYSQLUSER", "root"),
        ("MYSQLPASSWORD", "k3y"),
        ("MYSQLDATABASE", "railway"),
    ];
    let found = object(&run(&vars, &["explain", "--json"]));
    let from = |field: &str| found["provenance"][field]["name"].as_str();
    assert_eq!(
        [
            from("host"),
            from("port"),
            from("user"),
            from("password"),
            from("database")
        ],
        vars.map(|(name, _)| Some(name))
    );
    assert_eq!(found["password"], "****");
}

#[test]
fn nothing_to_use_is_reported_with_the_platforms_remedy() {
    let output = run(&[("VCAP_APPLICATION", "{}")], &["list"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text(&output.stderr).contains("cf bind-service"),
        "{}",
        text(&output.stderr)
    );
    let output = run(&[("REDIS_URL", "redis://cache.example")], &["resolve"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text(&output.stderr).contains("REDIS_URL"),
        "{}",
        text(&output.stderr)
    );
}

/// What looks like a password in the wrong place is masked in every view.
#[test]
fn no_view_shows_a_swallowed_password() {
    let everything = "app%3Ahunter2%40h";
    let urls = [
        format!("postgres://{everything}"),
        format!("postgres://{everything}@db.example"),
        format!("mysql://%2F{everything}/shop"),
        "mysql://h/shop?ssl-cert=-----BEGIN PRIVATE KEY-----hunter2".to_owned(),
        format!("mongodb://%2F{everything}/shop"),
        format!("redis+socket:///run/{everything}"),
        format!("redis+sentinel://h/{everything}/0"),
        format!("sqlserver://h/{everything}"),
    ];
    for url in &urls {
        let verbs: [&[&str]; 6] = [
            &["explain"],
            &["explain", "--json"],
            &["resolve"],
            &["resolve", "--json"],
            &["list"],
            &["list", "--json"],
        ];
        for verb in verbs {
            let output = run(&[("DATABASE_URL", url)], verb);
            for printed in [text(&output.stdout), text(&output.stderr)] {
                assert!(!printed.contains("hunter2"), "{url} {verb:?}: {printed}");
            }
        }
    }
}
