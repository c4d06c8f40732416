use super::parse;
use crate::document::dump;
use crate::document::dump::{failure, shape, tree};
use crate::document::{MAX_DEPTH, MAX_NODES, Node, positions};
use crate::secret::Secret;

/// What is read, as `show` has it, or why nothing is.
fn read(text: &str, show: fn(&Node) -> String) -> String {
    let node = parse(&Secret::from(text).into(), &positions(text), false);
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
            ("", "@1:1"),
            ("# nothing\n", "@1:1"),
            ("---\n", "@2:1"),
            ("a: 1\n...\n", "{a@1:1: 1@1:4}@1:1"),
            ("a", "a@1:1"),
            ("a:\nb:\n", "{a@1:1: @1:2, b@2:1: @2:2}@1:1"),
            (
                "a: 1\nb:\n- x\n- 'y'\n",
                "{a@1:1: 1@1:4, b@2:1: [x@3:3, \"y\"@4:3]@3:3}@1:1",
            ),
            (
                "a: {b: [1], c: }",
                "{a@1:1: {b@1:5: [1@1:9]@1:8, c@1:13: @1:14}@1:4}@1:1",
            ),
            ("[a: 1]", "[{a@1:2: 1@1:5}@1:2]@1:1"),
            ("? a\n: b\n", "{a@1:3: b@2:3}@1:1"),
            ("a: &x 1\nb: *x\n", "{a@1:1: 1@1:4, b@2:1: 1@1:4}@1:1"),
            (
                "a: |\n  x\n\n  y\nb: >-\n  x\n  y\nc: z",
                "{a@1:1: \"x\\n\\ny\\n\"@2:3, b@5:1: \"x y\"@6:3, c@8:1: z@8:4}@1:1",
            ),
            (
                "\u{feff}a: é\r\nü: [1, \"\u{1f600}\", z]\r\nlast: x\r\n",
                "{a@1:1: é@1:4, ü@2:1: [1@2:5, \"😀\"@2:8, z@2:13]@2:4, last@3:1: x@3:7}@1:1",
            ),
            ("a: 1\rb: 2\n", "{a@1:1: 1@1:4, b@2:1: 2@2:4}@1:1"),
        ],
    );
}

#[test]
fn locations_hold_after_many_wide_characters() {
    let text = format!("a: {}\nb: [é, x] # é\nc: y\n", "é\u{1f600}".repeat(500));
    let shown = read(&text, tree);
    assert!(
        shown.ends_with("b@2:1: [é@2:5, x@2:8]@2:4, c@3:1: y@3:4}@1:1"),
        "{shown}"
    );
}

#[test]
fn texts_stay_as_they_are_written() {
    check(
        shape,
        &[
            (
                "a: postgres://u:p@h/d?a=b#c\n",
                "{a: postgres://u:p@h/d?a=b#c}",
            ),
            ("a: x # y\n", "{a: x}"),
            (
                "[0123, 1e5, ~, null, yes, 0x1f, 1_000, 12:30]",
                "[0123, 1e5, ~, null, yes, 0x1f, 1_000, 12:30]",
            ),
            (
                r#"["\x41\u00e9\n", 'it''s', "a
              b"]"#,
                r#"["Aé\n", "it's", "a b"]"#,
            ),
            ("[a b, 'c']", "[a b, \"c\"]"),
            ("{a, b}", "{a: , b: }"),
        ],
    );
}

#[test]
fn an_alias_is_all_that_its_anchor_names() {
    check(
        shape,
        &[
            (
                "a: &x {b: [1, \"2\"]}\nc: *x\nd: [*x]",
                "{a: {b: [1, \"2\"]}, c: {b: [1, \"2\"]}, d: [{b: [1, \"2\"]}]}",
            ),
            ("a: &x 1\nb: &x 2\nc: *x", "{a: 1, b: 2, c: 2}"),
            ("&k a: 1\nb: *k", "{a: 1, b: a}"),
            ("a: &k x\n*k : 2", "{a: x, x: 2}"),
            ("a: &e\nb: *e", "{a: , b: }"),
            (
                "a: &x [1, &y 2]\nb: [*x, *y]",
                "{a: [1, 2], b: [[1, 2], 2]}",
            ),
        ],
    );
}

#[test]
fn a_merge_gives_way_to_keys_of_the_map_itself() {
    let defaults = "d: &d {a: 1, b: 2}\ne: &e {b: 3, c: 4}\n";
    let rows = [
        ("<<: *d\nb: 9", "a: 1, b: 9"),
        ("b: 9\n<<: *d", "b: 9, a: 1"),
        ("<<: [*d, *e]", "b: 2, c: 4, a: 1"),
        ("<<: [*e, *d]", "a: 1, b: 3, c: 4"),
        ("<<: *d\n<<: *e", "a: 1, b: 3, c: 4"),
        ("<<: {z: 0, <<: *e}\ny: 1", "z: 0, b: 3, c: 4, y: 1"),
        ("<<:\na: 5", "a: 5"),
        ("<<: [~, *d]", "a: 1, b: 2"),
        ("'<<': 7", "<<: 7"),
        ("!!str <<: 7", "<<: 7"),
        ("!!merge <<: {q: 1}", "q: 1"),
    ];
    for (map, expected) in rows {
        let text = format!("{defaults}x:\n  {}\n", map.replace('\n', "\n  "));
        let shown = read(&text, shape);
        let x = shown.split_once("x: ").map(|(_, x)| x);
        assert_eq!(x, Some(&*format!("{{{expected}}}}}")), "{map:?}: {shown}");
    }
}

#[test]
fn tags_of_yaml_itself_are_honoured() {
    check(
        shape,
        &[
            ("a: !!str 1", "{a: \"1\"}"),
            ("a: !<tag:yaml.org,2002:str> 1", "{a: \"1\"}"),
            ("a: ! 1", "{a: \"1\"}"),
            ("a: !!str", "{a: \"\"}"),
            ("a: !!int \"5\"", "{a: 5}"),
            ("a: !!float 5", "{a: 5}"),
            ("a: !!bool 'true'", "{a: true}"),
            ("a: !!null ''", "{a: }"),
            ("!!map {a: !!seq [1]}", "{a: [1]}"),
            ("%TAG !y! tag:yaml.org,2002:\n--- !y!str 1", "\"1\""),
        ],
    );
}

#[test]
fn a_duplicate_key_is_rejected_with_both_locations() {
    let second = "duplicate key: it is at";
    let rows = [
        (
            "a: 1\na: 2\n",
            format!("2:1 a {second} line 1, column 1 already"),
        ),
        (
            "x: {a: [{b: 1, \"b\": 2}]}",
            format!("1:16 x.a[0].b {second} line 1, column 10 already"),
        ),
        (
            "a: 1\n'a': 2\na: 3",
            format!("2:1 a {second} line 1, column 1 already"),
        ),
        (
            "pg://u:secret@h: {a: 1, a: 2}",
            format!("1:25 ?.a {second} line 1, column 19 already"),
        ),
    ];
    for (text, expected) in rows {
        assert_eq!(read(text, tree), expected, "{text:?}");
    }
}

/// Texts, where they are rejected, and what was expected there.
const MALFORMED: &[(&str, &str, &str)] = &[
    (
        "a:\n  b: 1\n  url:x\n",
        "3:6 a",
        "expected a space after the `:` of a key",
    ),
    (
        "a:\n  url:x\n  b: 1\n",
        "2:6",
        "expected a space after the `:` of a key",
    ),
    (
        "a:\n  - url:x\n    b: 1\n",
        "2:8 a[1]",
        "expected a space after the `:` of a key",
    ),
    (
        "a: 1\n---\nb: 2\n",
        "2:1",
        "expected one document, and here begins a second one",
    ),
    (
        "a: 1\n---\n",
        "2:1",
        "expected one document, and here begins a second one",
    ),
    (
        "a: 1\n...\nb: 2",
        "3:1",
        "expected one document, and here begins a second one",
    ),
    (
        "? [a]\n: b\n",
        "1:3",
        "expected a key that is no list and no map",
    ),
    (
        "{{ x }}: 1",
        "1:1",
        "expected a key that is no list and no map",
    ),
    (
        "a: &x [1]\n*x : 2",
        "2:1",
        "expected a key that is no list and no map",
    ),
    (": 1", "1:1", "expected a key"),
    (
        "a: !ruby/object:Gem {}\n",
        "1:4 a",
        "expected no object of Ruby; none is made from settings",
    ),
    (
        "a: !hunter2 1",
        "1:4 a",
        "expected no tag but YAML's own, such as `!!str`",
    ),
    (
        "a: !!binary aGk=",
        "1:4 a",
        "expected no tag but YAML's own, such as `!!str`",
    ),
    (
        "a: !!set {x}",
        "1:4 a",
        "expected no tag but YAML's own, such as `!!str`",
    ),
    (
        "a: !x!y 1",
        "1:4 a",
        "expected no tag but YAML's own, such as `!!str`",
    ),
    (
        "a: !!int x",
        "1:4 a",
        "expected a value of the type that its tag names",
    ),
    (
        "a: *x\n",
        "1:4 a",
        "expected an anchor (`&name`) before its alias (`*name`)",
    ),
    (
        "a: &x [*x]",
        "1:8 a[0]",
        "expected no alias within what it stands for",
    ),
    (
        "<<: 1\n",
        "1:5",
        "expected a map, or a list of maps, after `<<`",
    ),
    (
        "p:\n  <<: [{}, 1]\n",
        "2:12 p",
        "expected a map, or a list of maps, after `<<`",
    ),
    (
        "a: @b\n",
        "1:4 a",
        "expected no value that begins with `@`, `%` or a backtick",
    ),
    (
        "a: %b\n",
        "1:4 a",
        "expected no value that begins with `@`, `%` or a backtick",
    ),
    (
        "a: b: c\n",
        "1:5",
        "expected no second `: ` in a value, and no line that is indented deeper than its key",
    ),
    ("a:\n\tb: 1\n", "2:2 a", "expected no tab here"),
    (
        "a:\n  - b\n c: 1\n",
        "3:2",
        "expected the indentation of the lines around it",
    ),
    (
        "a: 'x\n",
        "1:4 a",
        "expected a quotation mark at the value's end",
    ),
    ("a: \"\\q\"", "1:4 a", "expected an escape of YAML"),
    (
        "a: \"x\" y",
        "1:8 a",
        "expected nothing after the quotation mark that ends a value",
    ),
    (
        "a: [1, 2\nb: 3",
        "2:2 a[1]",
        "expected `,` or the bracket that closes the list or map",
    ),
];

#[test]
fn lines_at_the_column_of_their_key_are_taken_as_libyaml_does() {
    check(
        tree,
        &[
            (
                "a:\n  b: [\n    \"x\"\n  ]\n  c: 1\n",
                r#"{a@1:1: {b@2:3: ["x"@3:5]@2:6, c@5:3: 1@5:6}@2:3}@1:1"#,
            ),
            (
                "a:\n  b: [\n    'x', # c\n  ]\n",
                r#"{a@1:1: {b@2:3: ["x"@3:5]@2:6}@2:3}@1:1"#,
            ),
            (
                "a:\n  b: \"x\n  y\n\n  z\"\n  c: 1\n",
                r#"{a@1:1: {b@2:3: "x y\nz"@2:6, c@6:3: 1@6:6}@2:3}@1:1"#,
            ),
            (
                "a:\n  b: 'it''s\n  y'\n  c: [\n    'd'\n  ]\n",
                r#"{a@1:1: {b@2:3: "it's y"@2:6, c@4:3: ["d"@5:5]@4:6}@2:3}@1:1"#,
            ),
        ],
    );
}

#[test]
fn what_is_no_settings_is_rejected_at_its_location() {
    for (text, location, expected) in MALFORMED {
        let location = if location.contains(' ') {
            (*location).to_owned()
        } else {
            format!("{location} ")
        };
        assert_eq!(
            read(text, tree),
            format!("{location} invalid document: {expected}"),
            "{text:?}"
        );
    }
}

#[test]
fn characters_that_no_editor_shows_are_rejected() {
    check(
        tree,
        &[
            ("a: x\0", "1:5  NUL byte: expected a file of text"),
            (
                "a: \u{1}",
                "1:4  control character: expected a file of text",
            ),
            (
                "a: \u{7f}",
                "1:4  control character: expected a file of text",
            ),
            (
                "a: x\u{2028}y",
                "1:5  control character: expected none, and no line end but LF and CR: readers of YAML disagree on the others",
            ),
            (
                "é: x\u{85}",
                "1:5  control character: expected none, and no line end but LF and CR: readers of YAML disagree on the others",
            ),
            (
                "a: 1\n\u{feff}b: 1",
                "2:1  invalid document: expected no byte order mark within the document",
            ),
        ],
    );
}

fn in_a_small_thread(text: String) -> String {
    dump::in_a_small_thread(move || read(&text, |_| "read".to_owned()))
}

#[test]
fn depth_is_bounded() {
    let flow = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let block = |depth: usize| format!("{}x", "- ".repeat(depth));
    let maps = |depth: usize| format!("{}x{}", "{a: ".repeat(depth), "}".repeat(depth));
    let keys = |depth: usize| format!("{}x", "? ".repeat(depth));
    let chain = |depth: usize| {
        let links = (1..depth).map(|n| format!("a{n}: &a{n} {{<<: *a{}}}\n", n - 1));
        format!("a0: &a0 {{x: 1}}\n{}", links.collect::<String>())
    };
    let aliases = |depth: usize| {
        let links = (1..depth).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1));
        format!("a0: &a0 []\n{}", links.collect::<String>())
    };
    for deep in [flow, block, maps] {
        assert_eq!(in_a_small_thread(deep(MAX_DEPTH)), "read");
    }
    for deep in [chain, aliases] {
        assert_eq!(in_a_small_thread(deep(MAX_DEPTH - 1)), "read");
    }
    for deep in [flow, block, maps, chain, aliases] {
        for depth in [MAX_DEPTH + 1, 200, 300, 20_000] {
            let read = in_a_small_thread(deep(depth));
            assert!(
                read.ends_with("document beyond its limits: expected at most 64 maps and lists within each other"),
                "{depth}: {read}"
            );
        }
    }
    assert!(in_a_small_thread(keys(500_000)).contains("expected a key that is no list and no map"));
}

#[test]
fn the_number_of_values_is_bounded() {
    let bound = "document beyond its limits: expected at most 100000 values, where each alias counts as all that it stands for";
    let laughs: Vec<_> = (1..20)
        .map(|n| format!("a{n}: &a{n} [*a{p}, *a{p}, *a{p}, *a{p}]\n", p = n - 1))
        .collect();
    let laughs = format!("a0: &a0 x\n{}", laughs.concat());
    let maps = laughs
        .replace('[', "{<<: [")
        .replace(']', "]}")
        .replacen(" x", " {k: 1}", 1);
    let entries: Vec<_> = (0..1000).map(|n| format!("k{n}: 1, ")).collect();
    let entries = entries.concat();
    let merges = format!("a: &a {{{entries}}}\nb: {{<<: [{}]}}", "*a, ".repeat(200));
    let twice = format!("a: &a [{}]\nb: *a\nc: *a", "x, ".repeat(MAX_NODES / 2));
    let plain = format!("[{}]", "x,".repeat(MAX_NODES));
    let empty = format!("[{}]", "[],".repeat(MAX_NODES));
    for bomb in [laughs, maps, merges, twice, plain, empty] {
        let head = bomb[..20].to_owned();
        let read = in_a_small_thread(bomb);
        assert!(read.ends_with(bound), "{head}: {read}");
    }
    assert_eq!(
        in_a_small_thread(format!("[{}]", "x,".repeat(MAX_NODES - 1))),
        "read"
    );
}

#[test]
fn the_size_is_bounded() {
    let fits = format!("a: {}", "x".repeat(crate::limits::MAX_LEN - 3));
    assert_eq!(in_a_small_thread(fits.clone()), "read");
    assert_eq!(
        in_a_small_thread(fits + "x"),
        "1:1  text too long: expected a file of at most 1 MiB"
    );
}
