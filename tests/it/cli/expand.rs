//! `dburl expand`: templates of every syntax, with the values of variables masked unless exposure is requested.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const VARS: [(&str, &str); 3] = [("HOST", "db.example"), ("PW", "hunter2"), ("E", "")];

fn run(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dburl"));
    command.env_clear().envs(VARS).arg("expand").args(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("dburl starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A run that does not read its input leaves a broken pipe.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("dburl ends")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn object(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn values_are_shown_on_demand_only() {
    let template = "postgres://app:$PW@${HOST}/${NAME:-shop}$E";
    let output = run(&[template], "");
    assert_eq!(text(&output.stdout), "postgres://app:****@****/shop\n");
    assert_eq!(text(&output.stderr), "");
    let output = run(&["--json", template], "");
    let expected = json!({ "ok": true, "value": "postgres://app:****@****/shop", "warnings": [] });
    assert_eq!(object(&output), expected);
    let output = run(&["--show-secrets", template], "");
    assert_eq!(
        text(&output.stdout),
        "postgres://app:hunter2@db.example/shop\n"
    );
}

#[test]
fn a_secret_of_the_template_itself_is_shown_on_demand_only() {
    for (template, shown) in [
        (
            "postgres://app:hunter2@db/shop",
            "postgres://app:****@db/shop",
        ),
        ("postgres://app:hunter2@$HOST/shop", "****"),
        (
            "run --url postgres://app:hunter2@db/shop -v",
            "run --url postgres://app:****@db/shop -v",
        ),
        ("host=db password=hunter2 x", "host=db **** x"),
        ("run --password hunter2", "****"),
        ("a b\tc:d e@f $HOST", "a b\tc:d e@f ****"),
    ] {
        let output = run(&[template], "");
        assert_eq!(text(&output.stdout), format!("{shown}\n"), "{template}");
    }
}

#[test]
fn standard_input_is_taken_as_it_is() {
    for (input, expected) in [
        ("$HOST", "db.example"),
        ("$HOST\n", "db.example\n"),
        ("", ""),
    ] {
        let output = run(&["--show-secrets", "-"], input);
        assert_eq!(text(&output.stdout), expected);
        let output = run(&["--show-secrets", "--json", "-"], input);
        assert_eq!(object(&output)["value"], expected);
    }
}

#[test]
fn each_syntax_has_its_own_dollar() {
    let value = |syntax, template| {
        let arguments = ["--json", "--show-secrets", "--syntax", syntax, "-"];
        object(&run(&arguments, template))["value"].clone()
    };
    assert_eq!(value("shell", r"\$HOST $HOST"), "$HOST db.example");
    assert_eq!(value("compose", "$$HOST $HOST"), "$HOST db.example");
    assert_eq!(value("conduit", "$HOST"), "db.example");
    assert_eq!(value("conduit", "$E"), "");
    assert_eq!(value("conduit", "$NOPE"), Value::Null);
    assert_eq!(value("conduit", "HOST"), "HOST");
}

#[test]
fn variables_that_are_not_set_are_warned_of() {
    let output = run(&["<$NOPE>"], "");
    assert_eq!(
        (output.status.code(), text(&output.stdout)),
        (Some(0), "<>\n")
    );
    assert_eq!(
        text(&output.stderr),
        "warning: NOPE is not set, and stands for nothing [unset-variable]\n  set it, or give it a default in the template\n"
    );
    let warnings = &object(&run(&["--json", "<$NOPE>"], ""))["warnings"];
    assert_eq!(
        (
            warnings[0]["code"].as_str(),
            warnings.as_array().map(Vec::len)
        ),
        (Some("unset-variable"), Some(1))
    );
    let output = run(&["--syntax", "conduit", "$NOPE"], "");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), ""));
}

#[test]
fn all_failures_are_reported() {
    let template = "u:s3cret@${NOPE:?s3cret} $(id) ${E:?}";
    let output = run(&[template], "");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    let reported: Vec<_> = text(&output.stderr)
        .lines()
        .filter(|line| line.starts_with("dburl:"))
        .collect();
    assert_eq!(
        reported,
        [
            "dburl: unset variable at byte 11: NOPE has to be set here",
            "dburl: invalid template at byte 25: commands are not run: `$(`",
            "dburl: set but empty at byte 33: E must not be empty here",
        ]
    );
    let output = run(&["--json", template], "");
    assert_eq!(output.status.code(), Some(1));
    let error = &object(&output)["error"];
    assert_eq!(
        (&error["kind"], &error["span"]),
        (&json!("unset-variable"), &json!([11, 15]))
    );
    assert_eq!(error["errors"][2]["kind"], "empty-variable");
    assert!(!text(&output.stdout).contains("s3cret"));
    let output = run(&["--syntax", "sh", "x"], "");
    assert_eq!(output.status.code(), Some(2));
}
