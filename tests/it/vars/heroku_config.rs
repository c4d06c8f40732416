//! What `heroku config --shell` and `--json` print, as variables.

use crate::common::arbitrary::{cases, text};
use database_url::{ErrorKind, SecretStr, Vars};
use proptest::prelude::*;

fn value<'v>(vars: &'v Vars, name: &str) -> Option<&'v str> {
    vars.get(name).expect("a value").map(SecretStr::expose)
}

/// How Heroku quotes: nothing, single quotes with backslashes doubled, or, for what holds `'` or a line end, double quotes.
fn quoted(value: &str) -> String {
    let is_special = |c: char| c.is_whitespace() || "\"#!$&'()*,:;<=>?@[\\]^`{|}".contains(c);
    if !value.contains(is_special) {
        return value.to_owned();
    }
    if !value.contains(['\'', '\n']) {
        return format!("'{}'", value.replace('\\', "\\\\"));
    }
    let escaped = |c: char| {
        if "\"\\$`!".contains(c) {
            format!("\\{c}")
        } else {
            c.to_string()
        }
    };
    let escaped: String = value.chars().map(escaped).collect();
    format!("\"{}\"", escaped.replace('\n', "\\n"))
}

#[test]
fn each_kind_of_quoting_is_undone() {
    for (line, expected) in [
        ("K=abc", "abc"),
        ("K=", ""),
        ("K=a/b-c.d_e%20+~", "a/b-c.d_e%20+~"),
        (
            "K='postgres://u:p@h/d?a=1&b=2'",
            "postgres://u:p@h/d?a=1&b=2",
        ),
        ("K='a b'", "a b"),
        ("K='a\\\\nb'", "a\\nb"),
        ("K='a\"$x'", "a\"$x"),
        ("K=\"it's\"", "it's"),
        ("K=\"a\\nb\"", "a\nb"),
        ("K=\"a\\\\nb'\"", "a\\nb'"),
        (
            "K=\"it's \\! \\$x \\`y\\` \\\"z\\\" \\\\\"",
            "it's ! $x `y` \"z\" \\",
        ),
        ("K='a b'\r", "a b"),
        ("\u{feff}K=abc\r\n\r\n", "abc"),
    ] {
        let vars = Vars::from_heroku_shell_str("config", line).expect(line);
        assert_eq!(value(&vars, "K"), Some(expected), "{line}");
        assert!(vars.warnings().is_empty());
    }
    let vars = Vars::from_heroku_shell_str("config.sh", "A=1\nDATABASE_URL='postgres://h/d'\n")
        .expect("variables");
    assert_eq!(
        vars.origin("DATABASE_URL").expect("a place").to_string(),
        "config.sh:2:1"
    );
}

#[test]
fn what_heroku_does_not_write_is_rejected_by_line_and_column() {
    for (text, kind, location) in [
        ("=== app Config Vars", ErrorKind::InvalidName, "c:1:1"),
        (
            "DATABASE_URL: postgres://hunter2",
            ErrorKind::InvalidName,
            "c:1:1",
        ),
        (
            "postgres://u:hunter2@h/d?a=1",
            ErrorKind::InvalidName,
            "c:1:1",
        ),
        ("A=1\nK='hunter2", ErrorKind::UnterminatedQuote, "c:2:3: K"),
        ("K='a'hunter2", ErrorKind::InvalidDocument, "c:1:6: K"),
        ("K='é'\\''hunter2'", ErrorKind::InvalidDocument, "c:1:6: K"),
        ("K=\"a\\x\"", ErrorKind::InvalidDocument, "c:1:5: K"),
        ("K='a\\x'", ErrorKind::InvalidDocument, "c:1:5: K"),
        ("K=\"a\\", ErrorKind::InvalidDocument, "c:1:5: K"),
        ("K=a b", ErrorKind::InvalidDocument, "c:1:4: K"),
        ("K=$hunter2", ErrorKind::InvalidDocument, "c:1:3: K"),
        ("K=1\nK=2", ErrorKind::DuplicateKey, "c:2:1: K"),
        ("K=\0", ErrorKind::NulByte, "c:1:3"),
    ] {
        let error = Vars::from_heroku_shell_str("c", text).expect_err(text);
        assert_eq!(error.kind(), kind, "{text}: {error}");
        assert_eq!(
            error.origin().expect("a place").to_string(),
            location,
            "{text}"
        );
        assert!(
            !format!("{error}{error:?}{:?}", error.help()).contains("hunter2"),
            "{error}"
        );
    }
    let error = Vars::from_heroku_shell_str("c", "a b\nK='\nL=1\n").expect_err("two failures");
    assert_eq!(error.iter().count(), 2);
}

#[test]
fn json_is_one_object_of_texts() {
    let text =
        "{\n  \"DATABASE_URL\": \"postgres://u:p%40@h/d\",\n  \"K\": \"it's \\\"x\\\"\\n$y\"\n}\n";
    let vars = Vars::from_heroku_json_str("config.json", text).expect("variables");
    assert_eq!(value(&vars, "DATABASE_URL"), Some("postgres://u:p%40@h/d"));
    assert_eq!(value(&vars, "K"), Some("it's \"x\"\n$y"));
    assert_eq!(vars.origin("K").expect("a file").to_string(), "config.json");
    for (text, location) in [
        ("{\"K\": \"hunter2\",\n}", "c:2:1"),
        ("", "c:1:1"),
        ("{\"K\": 5}", "c"),
        ("{\"K\": null}", "c"),
        ("{\"K\": {\"hunter2\": \"hunter2\"}}", "c"),
        ("{\"a hunter2\": \"x\"}", "c"),
        ("[\"hunter2\"]", "c"),
        ("\"hunter2\"", "c"),
        ("{\"key\": \"DATABASE_URL\", \"value\": \"hunter2\"}", "c"),
    ] {
        let error = Vars::from_heroku_json_str("c", text).expect_err(text);
        assert_eq!(error.kind(), ErrorKind::InvalidDocument, "{text}: {error}");
        assert_eq!(
            error.origin().expect("a place").to_string(),
            location,
            "{text}"
        );
        assert!(
            !format!("{error}{error:?}{:?}", error.help()).contains("hunter2"),
            "{error}"
        );
    }
}

/// As in the other form; serde would keep the last, and Heroku's own tools write no such file.
#[test]
fn a_name_that_is_there_twice_is_an_error() {
    for (text, location) in [
        (r#"{"A": "hunter2", "B": "x", "A": "hunter2"}"#, "c:1:28: A"),
        ("{\"A\": \"x\",\n \"\\u0041\" : \"hunter2\"}", "c:2:2: A"),
        (r#"{"a b": "x", "a b": "y"}"#, "c:1:14"),
        (r#"{"B": "\"A\": {[", "A": "x\\", "A": "y"}"#, "c:1:32: A"),
    ] {
        let error = Vars::from_heroku_json_str("c", text).expect_err(text);
        assert_eq!(error.kind(), ErrorKind::DuplicateKey, "{text}: {error}");
        let origin = error.origin().expect("a place").to_string();
        assert!(location.starts_with(&*origin), "{text}: {origin}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error}");
    }
    for text in [
        r#"{"A": "A", "B": "A"}"#,
        r#"{"A": "\"A\":", "B": "\"A\":"}"#,
    ] {
        let vars = Vars::from_heroku_json_str("c", text).expect(text);
        assert_eq!(vars.names().count(), 2, "{text}");
    }
}

#[test]
fn a_file_tells_itself_which_of_the_two_it_is() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("heroku_config");
    std::fs::write(&path, "A='x y'\n").expect("a file");
    assert_eq!(
        value(&Vars::from_heroku_path(&path).expect("variables"), "A"),
        Some("x y")
    );
    std::fs::write(&path, " \n{\"A\": \"x y\"}").expect("a file");
    let read = Vars::from_heroku_path(&path);
    assert_eq!(value(&read.expect("variables"), "A"), Some("x y"));
    let error = Vars::from_heroku_path(folder.join("missing")).expect_err("no file");
    assert_eq!(error.kind(), ErrorKind::Unreadable);
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn whatever_heroku_quotes_comes_back(one in text(), other in text()) {
        let printed = format!("A={}\nB={}\n", quoted(&one), quoted(&other));
        // A carriage return at the very end of a bare value cannot be: Heroku quotes it.
        let vars = Vars::from_heroku_shell_str("config", &printed).expect("variables");
        prop_assert_eq!(value(&vars, "A"), Some(&*one));
        prop_assert_eq!(value(&vars, "B"), Some(&*other));
    }
}
