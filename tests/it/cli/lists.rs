//! Parameters that may be given several times are lists in JSON, whatever their number.

use std::process::Command;

use serde_json::{Value, json};

fn parse(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_dburl"))
        .env_clear()
        .args(["parse", "--json"])
        .args(arguments)
        .output()
        .expect("dburl runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn repeatable_parameters_keep_all_their_values() {
    for (url, name, expected) in [
        (
            "mongodb://h/d?readPreferenceTags=dc:ny,rack:1&readPreferenceTags=dc:ny&readPreferenceTags=",
            "readPreferenceTags",
            json!(["dc:ny,rack:1", "dc:ny", ""]),
        ),
        (
            "mongodb://h/d?readPreferenceTags=dc:ny",
            "readPreferenceTags",
            json!(["dc:ny"]),
        ),
        (
            "amqps://h?auth_mechanism=external&heartbeat=5&auth_mechanism=plain",
            "auth_mechanism",
            json!(["external", "plain"]),
        ),
        (
            "sqlite:///app.db?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)",
            "_pragma",
            json!(["busy_timeout(5000)", "journal_mode(WAL)"]),
        ),
        ("redis://h?db=1&timeout=5&timeout=5", "timeout", json!("5")),
    ] {
        let object = parse(&["--show-secrets", url]);
        assert_eq!(object["extra"][name], expected, "{object}");
        assert_eq!(object["keywords"][name], expected, "{object}");
        // Masked, there are as many.
        let masked = parse(&[url]);
        let len = |value: &Value| value.as_array().map(Vec::len);
        assert_eq!(len(&masked["extra"][name]), len(&expected), "{masked}");
    }
}
