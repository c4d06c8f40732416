use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;

use super::parse;
use crate::document::dump;
use crate::document::dump::{failure, shape, tree};
use crate::document::{MAX_DEPTH, MAX_NODES, Node, NodeValue, Style, positions};
use crate::error::ErrorKind;
use crate::secret::Secret;

/// What is read, as `show` has it, or why nothing is.
fn read(text: &str, show: fn(&Node) -> String) -> String {
    let node = parse(&Secret::from(text).into());
    node.map_or_else(|rejected| failure(&rejected), |node| show(&node))
}

#[track_caller]
fn check(show: fn(&Node) -> String, rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(read(text, show), *expected, "{text:?}");
    }
}

#[test]
fn keys_and_values_have_their_locations() {
    check(
        tree,
        &[
            ("{}", "{}@1:1"),
            (" [ ] ", "[]@1:2"),
            ("\u{feff}\r\n  1", "1@2:3"),
            (
                "{\"é\": 1,\r\n \"b\": [true, \"x\"]}",
                "{é@1:2: 1@1:7, b@2:2: [true@2:8, \"x\"@2:14]@2:7}@1:1",
            ),
        ],
    );
}

#[test]
fn texts_are_unescaped_and_all_else_stays_as_written() {
    check(
        shape,
        &[
            (r#"["\"\\\/\b\f\n\r\t"]"#, r#"["\"\\/\u{8}\u{c}\n\r\t"]"#),
            (r#""x\u00e9\uD83D\ude00y""#, "\"xé😀y\""),
            (
                "[1e5, -0, 1.50, 0.1E+2, null, true]",
                "[1e5, -0, 1.50, 0.1E+2, null, true]",
            ),
            (
                r#"{"": 1, "<<": {"a": 2}, "*": "&"}"#,
                "{: 1, <<: {a: 2}, *: \"&\"}",
            ),
        ],
    );
}

#[test]
fn what_is_no_json_is_rejected_at_its_location() {
    let value = "expected a value";
    let rows = [
        ("", "1:1", value),
        ("[1,]", "1:4 [1]", value),
        ("{\"a\": }", "1:7 a", value),
        ("'x'", "1:1", value),
        ("// x\n1", "1:1", value),
        ("[01]", "1:2 [0]", value),
        ("+1", "1:1", value),
        ("1.", "1:1", value),
        (".5", "1:1", value),
        ("1e", "1:1", value),
        ("NaN", "1:1", value),
        ("nul", "1:1", value),
        (
            "{\"a\":1,}",
            "1:8",
            "expected a key in double quotation marks",
        ),
        ("{a:1}", "1:2", "expected a key in double quotation marks"),
        ("{\"a\" 1}", "1:6 a", "expected `:` after the key"),
        ("[1 2]", "1:4", "expected `,` or `]`"),
        ("{\"a\":{\"b\":[1}}", "1:13 a.b", "expected `,` or `]`"),
        ("{\"a\":1", "1:7", "expected `,` or `}`"),
        (
            "1 2",
            "1:3",
            "expected nothing after the document's one value",
        ),
        ("\"a", "1:3", "expected `\"` at the end of a string"),
        ("\"a\nb\"", "1:3", "expected `\"` at the end of a string"),
        (
            "\"a\tb\"",
            "1:3",
            "expected `\\t` or `\\r` in place of the character itself",
        ),
        (r#""a\x""#, "1:3", "expected an escape of JSON"),
        (r#""\ud800""#, "1:2", "expected an escape of JSON"),
        (r#""\ud800\u0041""#, "1:2", "expected an escape of JSON"),
        (r#""\udc00""#, "1:2", "expected an escape of JSON"),
        (r#""\u+123""#, "1:2", "expected an escape of JSON"),
        ("\"\\u00é\"", "1:2", "expected an escape of JSON"),
        ("[\"é\\né\", \"ü\", x]", "1:15 [2]", value),
    ];
    for (text, location, expected) in rows {
        let location = if location.contains(' ') {
            location.to_owned()
        } else {
            format!("{location} ")
        };
        assert_eq!(
            read(text, tree),
            format!("{location} invalid document: {expected}"),
            "{text:?}"
        );
    }
    check(
        tree,
        &[
            (
                "{\"a\":1,\"a\":2}",
                "1:8 a duplicate key: it is at line 1, column 2 already",
            ),
            (
                "{\"p\":[0,{\"a\":1,\"b\":2,\"\\u0061\":3}]}",
                "1:22 p[1].a duplicate key: it is at line 1, column 10 already",
            ),
            (
                "{\"pg://u:secret@h\":1,\"pg://u:secret@h\":1}",
                "1:22 ? duplicate key: it is at line 1, column 2 already",
            ),
            ("\"\0\"", "1:2  NUL byte: expected a file of text"),
            (
                "\"\u{1f}\"",
                "1:2  control character: expected a file of text",
            ),
        ],
    );
}

#[test]
fn what_no_string_may_hold_is_found_at_each_of_its_bytes() {
    let ends = ["\t", "\r", "\n", "\0", "\u{1f}", "\u{7f}", "\\x", ""];
    for (length, end) in (0..20).flat_map(|length| ends.map(|end| (length, end))) {
        for (open, character) in [("[\"", "a"), ("[\"", "é"), ("{\"", "a"), ("{\"", "é")] {
            let start = open.to_owned() + &character.repeat(length) + end;
            let rests = ["", "b", "bbbbbbbbb\"]"];
            for rest in if end.is_empty() { &rests[..1] } else { &rests } {
                let text = start.clone() + rest;
                let location = format!("1:{} ", length + 3);
                assert!(read(&text, tree).starts_with(&location), "{text:?}");
            }
        }
    }
}

fn in_a_small_thread(text: String) -> String {
    dump::in_a_small_thread(move || read(&text, |_| "read".to_owned()))
}

#[test]
fn depth_number_and_size_are_bounded() {
    let lists = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let maps = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    for deep in [lists, maps] {
        assert_eq!(in_a_small_thread(deep(MAX_DEPTH)), "read");
        for depth in [MAX_DEPTH + 1, 1000, 150_000] {
            let read = in_a_small_thread(deep(depth));
            let bound =
                "document beyond its limits: expected at most 64 maps and lists within each other";
            assert!(read.ends_with(bound), "{depth}: {read}");
        }
    }
    let wide = |values: usize| format!("[{}0]", "0,".repeat(values - 2));
    assert_eq!(in_a_small_thread(wide(MAX_NODES)), "read");
    assert!(in_a_small_thread(wide(MAX_NODES + 1)).contains("expected at most 100000 values"));
    let fits = format!("\"{}\"", "x".repeat(crate::limits::MAX_LEN - 2));
    assert_eq!(in_a_small_thread(fits.clone()), "read");
    assert!(in_a_small_thread(fits + " ").contains("expected a file of at most 1 MiB"));
}

/// Whether a tree is what serde reads.
fn is_the_same(node: &Node, value: &serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match (&node.value, value) {
        (NodeValue::Scalar(scalar), Json::String(text)) => {
            scalar.style == Style::Quoted && scalar.text.expose() == text
        }
        (NodeValue::Scalar(scalar), value) => {
            let plain = serde_json::from_str::<Json>(scalar.text.expose());
            scalar.style == Style::Plain && plain.is_ok_and(|plain| plain == *value)
        }
        (NodeValue::List(nodes), Json::Array(values)) => {
            nodes.len() == values.len()
                && nodes
                    .iter()
                    .zip(values)
                    .all(|(node, value)| is_the_same(node, value))
        }
        (NodeValue::Map(entries), Json::Object(values)) => {
            entries.len() == values.len()
                && entries.iter().all(|entry| {
                    values
                        .get(&*entry.key)
                        .is_some_and(|value| is_the_same(&entry.node, value))
                })
        }
        _ => false,
    }
}

/// Texts rich in what the grammar looks for, and texts that are JSON.
fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\"a\"",
        "\"b\":",
        "\"\\u00e9\"",
        "\\ud83d\\ude00",
        "\\n",
        "\\u",
        "u0041",
        "0",
        "1",
        "-",
        "+",
        ".",
        "e",
        "E5",
        "1.5",
        "null",
        "true",
        "false",
        "nul",
        " ",
        "\n",
        "\t",
        "\r",
        "é",
        "\u{2028}",
        "/",
        "//",
        "'",
        "{\"a\":1}",
        "[1,2]",
    ];
    let loose = proptest::collection::vec(select(pieces), 0..12).prop_map(|p| p.concat());
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<f64>()
            .prop_filter("finite", |n| n.is_finite())
            .prop_map(|n| n.to_string()),
        any::<String>().prop_map(|text| serde_json::Value::from(text).to_string()),
    ];
    let whole = scalar.prop_recursive(4, 32, 5, |inner| {
        let key = prop_oneof!["[a-c]{0,2}", any::<String>()];
        let key = key.prop_map(|key| serde_json::Value::from(key).to_string());
        let entry = (key, inner.clone()).prop_map(|(key, value)| format!("{key} : {value}"));
        prop_oneof![
            proptest::collection::vec(inner, 0..4)
                .prop_map(|list| format!("[{}]", list.join(" ,"))),
            proptest::collection::vec(entry, 0..4).prop_map(|map| format!("{{{}}}", map.join(","))),
        ]
    });
    prop_oneof![loose, whole]
}

/// Each string without escapes is a piece of the document, and is where the document has it.
fn are_located(node: &Node, document: &str) {
    let location = positions(document);
    match &node.value {
        NodeValue::Scalar(scalar) => {
            let written = scalar.text.expose();
            let offset = written
                .as_ptr()
                .addr()
                .wrapping_sub(document.as_ptr().addr());
            if document
                .get(offset..)
                .is_some_and(|rest| rest.starts_with(written))
            {
                let start = offset - usize::from(scalar.style == Style::Quoted);
                assert_eq!(node.position, location(start), "{document:?}");
            } else {
                assert!(document.contains('\\'), "{document:?}");
            }
        }
        NodeValue::List(nodes) => nodes.iter().for_each(|node| are_located(node, document)),
        NodeValue::Map(entries) => {
            for entry in entries.iter() {
                let mut quotes = document.match_indices('"').map(|(at, _)| location(at));
                assert!(quotes.any(|at| at == entry.key_position), "{document:?}");
                are_located(&entry.node, document);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn serde_reads_the_same(text in text()) {
        let document = Arc::new(Secret::from(&*text));
        let ours = parse(&document);
        if let Ok(node) = &ours {
            are_located(node, document.expose());
        }
        match (&ours, serde_json::from_str::<serde_json::Value>(&text)) {
            (Ok(node), Ok(value)) => prop_assert!(is_the_same(node, &value), "{text:?}"),
            (Err(_), Err(_)) => {}
            // serde keeps the last of keys that are twice, takes DEL, and no numbers beyond those of its types.
            (Err(rejected), Ok(_)) => {
                let kind = rejected.error.kind();
                let is_ours = matches!(kind, ErrorKind::DuplicateKey | ErrorKind::ControlCharacter);
                prop_assert!(is_ours, "{text:?}: {}", failure(rejected));
            }
            (Ok(_), Err(error)) => prop_assert!(error.to_string().starts_with("number out of range"), "{text:?}: {error}"),
        }
    }
}
