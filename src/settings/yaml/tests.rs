use super::parse;
use crate::settings::document::{dump, positions};

#[track_caller]
fn shape(text: &str) -> String {
    let node = parse(text, &positions(text));
    node.map_or_else(|failure| dump::failure(&failure), |node| dump::shape(&node))
}

#[test]
fn probe() {
    for text in [
        "",
        "# c\n",
        "---\n",
        "a",
        "a: 1\nb:\n- x\n- 'y'\n",
        "\u{feff}a: é\r\nü: [1, \"\u{1F600}\", z]\r\nlast: x\r\n",
        "a: &x {b: 1, c: 2}\nd: *x\ne:\n  <<: *x\n  b: 3\nf: {b: 9, <<: [*x, {q: 1, c: 5}]}\n",
        "a: &x 1\n*x : 2\n",
        "? a\n: b\n",
        "? [a]\n: b\n",
        "{a, b: }",
        "[a: 1]",
        "a: 1\na: 2\n",
        "x: {a: {b: 1, \"b\": 2}}",
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\n",
        "a: 1\n---\n",
        "a: !ruby/object:Foo {}\n",
        "a: !foo 1",
        "a: !!str 1",
        "a: !!int \"5\"",
        "a: !!int x",
        "a: ! 5",
        "!!map {a: 1}",
        "a: @b\n",
        "a: b: c\n",
        "a: *x\n",
        "a: &a [*a]",
        "a:\n\tb: 1\n",
        "a: 'x\n",
        "a: \"\\q\"",
        "a: [1, 2\nb: 3",
        "a\nb: 1",
        "{{ x }}: 1",
        "a: |\n  x\n  y\nb: >-\n  x\n  y\n",
        "<<: 1\na: 2",
        "<<: ~\na: 1",
        "<<: [1]",
        "<<: {a: 1}\n<<: {a: 2, b: 3}\na: 0",
        "'<<': 1",
        ": 1",
        "url: postgres://u:p@h/d?a=b#c\n",
        "a: x\u{2028}y",
        "a: x\u{85}",
        "a: x\u{0}",
        "- a\n -b\n",
        "a:\n  - b\n c: 1\n",
        "%FOO\na: 1",
        "a: !<tag:yaml.org,2002:str> 1",
        "a: &b !!str 1\nc: *b",
        "a: \"x\" y",
        "a: 0x1f\nb: 1",
        "'a' : 1",
        "\"postgres://u:p@h\": [1, {a: 1, a: 2}]",
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
    let _ = shape("");
}
