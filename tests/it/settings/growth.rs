//! What hostile settings files cost. The only test of its file: others beside it would be measured, too.

use crate::common::arbitrary::assert_linear;
use database_url::Vars;
use database_url::settings::{Settings, System};

#[test]
fn hostile_files_cost_in_proportion_to_their_length() {
    let read = |path: &'static str| {
        let vars = Vars::default();
        move |text: &str| {
            if let Ok(settings) = Settings::from_text(path, text) {
                drop(settings.system(System::Plain).resolve(&vars));
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
