//! The whole of yaml-test-suite, which `oracles/settings/install` obtains: each valid document is read as the suite says or
//! rejected for a documented limit, and each invalid one is rejected.
//!
//! It runs with `cargo test --features full --lib -- --ignored yaml_test_suite`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::document::{Node, NodeValue, ScalarKind, json, positions, yaml};
use crate::secret::Secret;

/// A documented limit of the reader, and the valid documents that are rejected for it.
struct Limit {
    /// What the message has of it.
    part: &'static str,
    name: &'static str,
    cases: &'static str,
}

const LIMITS: &[Limit] = &[
    Limit {
        part: "expected one document",
        name: "several documents",
        cases: "35KP 6XDY 6ZKB 7Z25 9DXL 9KAX JHB9 KSS4 L383 M7A3 PUW8 RZT7 U9NS UT92 W4TN",
    },
    Limit {
        part: "no list and no map",
        name: "a key that is a list or a map",
        cases: "4FJ6 6BFJ 6PBE 9MMW KK5P LX3P M2N8/00 M2N8/01 M5DY Q9WF RZP5 SBG9 V9D5 X38W XW4D",
    },
    Limit {
        part: "expected a key",
        name: "an empty key",
        cases: "2JQS 6M2F CFD4 DFF7 FH7J FRK4 NHX8 NKF9 PW8X S3PD SM9W/01 UKK6/00",
    },
    Limit {
        part: "tag",
        name: "a tag that is not of YAML's own",
        cases: "2XXW 565N 5TYM 6CK3 6WLZ 7FWL 9WXW C4HZ CC74 CUP7 J7PZ M5C3 P76L UGM3 Z67P Z9M4",
    },
];

/// Invalid, and taken: the second line of a string in quotation marks may begin at its key's column, as for libyaml.
const TAKEN: &[&str] = &["QB6E"];

/// Valid, but there is nothing to compare with.
const WITHOUT_JSON: usize = 2;

#[test]
#[ignore = "needs `oracles/settings/install`"]
fn yaml_test_suite() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/oracles/yaml-test-suite");
    let mut cases = Vec::new();
    collect(&root, &mut cases);
    cases.sort();
    let mut outcomes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in &cases {
        let id = case.strip_prefix(&root).expect("a case");
        let id = id.display().to_string();
        outcomes.entry(outcome(case)).or_default().push(id);
    }
    let mut of = |name: &str| outcomes.remove(name).unwrap_or_default();
    let valid = [of("valid"), of("invalid")].concat().len();
    assert_eq!(of("without JSON").len(), WITHOUT_JSON);
    assert_eq!(of("taken"), TAKEN);
    let mut limited = 0;
    for limit in LIMITS {
        let rejected = of(limit.name);
        assert_eq!(rejected.join(" "), limit.cases, "{}", limit.name);
        limited += rejected.len();
    }
    assert!(outcomes.is_empty(), "{outcomes:#?}");
    assert_eq!((cases.len(), valid, limited), (402, 341, 58));
}

fn collect(folder: &Path, cases: &mut Vec<PathBuf>) {
    if folder.join("in.yaml").is_file() {
        return cases.push(folder.to_owned());
    }
    for entry in fs::read_dir(folder).expect("the suite is installed") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            collect(&path, cases);
        }
    }
}

/// What became of a case: `valid` and `invalid` are as the suite says.
fn outcome(case: &Path) -> &'static str {
    let text = fs::read_to_string(case.join("in.yaml")).expect("UTF-8");
    let is_valid = !case.join("error").exists();
    let expected = fs::read_to_string(case.join("in.json"));
    match (
        yaml::parse(&Secret::from(&*text).into(), &positions(&text), false),
        is_valid,
        expected,
    ) {
        (Err(_), false, _) => "invalid",
        (Ok(_), false, _) => "taken",
        (Err(failure), true, _) => {
            let message = failure.error.to_string();
            let limit = LIMITS.iter().find(|limit| message.contains(limit.part));
            limit.map_or("rejected", |limit| limit.name)
        }
        (Ok(_), true, Err(_)) => "without JSON",
        (Ok(node), true, Ok(expected)) => {
            // An empty stream has no document at all.
            let expected = if expected.trim().is_empty() {
                "null"
            } else {
                &expected
            };
            let wanted = json::parse(&Secret::from(expected).into());
            let is_same = wanted.is_ok_and(|wanted| same(&node, &wanted));
            if is_same { "valid" } else { "read otherwise" }
        }
    }
}

fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (NodeValue::List(ones), NodeValue::List(others)) => {
            ones.len() == others.len()
                && ones.iter().zip(others).all(|(one, other)| same(one, other))
        }
        (NodeValue::Map(ones), NodeValue::Map(others)) => {
            let is_same =
                |key: &str, node: &Node| other.get(key).is_some_and(|other| same(node, other));
            ones.len() == others.len() && ones.iter().all(|entry| is_same(&entry.key, &entry.node))
        }
        (NodeValue::Scalar(one), NodeValue::Scalar(other)) => match (one.kind(), other.kind()) {
            (ScalarKind::Text, ScalarKind::Text) => one.text.expose() == other.text.expose(),
            (one, other) => one == other,
        },
        _ => false,
    }
}
