use super::parse;
use crate::settings::document::{dump, positions};
#[test]
fn probe() {
    for text in [
        "",
        "{}",
        " [ ] ",
        "{\"a\": 1, \"b\": [true, null, \"x\\u00e9\\ud83d\\ude00\"]}",
        "{\"a\":1,}",
        "[1,]",
        "[1 2]",
        "{\"a\" 1}",
        "{a:1}",
        "'x'",
        "01",
        "-",
        "1.",
        "1e5",
        "-0",
        "1e",
        "nul",
        "\"a",
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "// x\n1",
        "1 2",
        "{\"a\":1,\"a\":2}",
        "{\"p\":[0,{\"a\":1,\"b\":2,\"a\":3}]}",
        "\"\t\"",
        "\u{feff}\r\n  1",
        "[[1]",
    ] {
        let r = parse(text, &positions(text));
        println!(
            "{text:?}\n   {}",
            r.map_or_else(
                |f| format!("ERR {} [{:?}]", dump::failure(&f), f.error.help()),
                |n| dump::tree(&n)
            )
        );
    }
}
