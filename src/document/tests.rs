use super::*;
use crate::did_you_mean::Letters;
use crate::source::is_plain_key;

#[test]
fn a_plain_scalar_is_what_the_core_schema_says_and_a_quoted_one_is_text() {
    let rows = [
        ("", ScalarKind::Null),
        ("~", ScalarKind::Null),
        ("null", ScalarKind::Null),
        ("nULL", ScalarKind::Text),
        ("true", ScalarKind::Bool(true)),
        ("False", ScalarKind::Bool(false)),
        ("yes", ScalarKind::Text),
        ("on", ScalarKind::Text),
        ("0", ScalarKind::Integer(0)),
        ("-12", ScalarKind::Integer(-12)),
        ("+5", ScalarKind::Integer(5)),
        ("0123", ScalarKind::Text),
        ("-01", ScalarKind::Text),
        ("00", ScalarKind::Text),
        ("0x1f", ScalarKind::Text),
        ("0o17", ScalarKind::Text),
        ("1_000", ScalarKind::Text),
        ("12:30", ScalarKind::Text),
        ("1.5", ScalarKind::Float(1.5)),
        (".5", ScalarKind::Float(0.5)),
        ("1.", ScalarKind::Float(1.0)),
        ("0e1", ScalarKind::Float(0.0)),
        ("1e3", ScalarKind::Float(1000.0)),
        ("1e999", ScalarKind::Text),
        ("1.2.3", ScalarKind::Text),
        ("-", ScalarKind::Text),
        (".", ScalarKind::Text),
        (".inf", ScalarKind::Text),
        ("nan", ScalarKind::Text),
        ("infinity", ScalarKind::Text),
        (
            "9223372036854775808",
            ScalarKind::Float(9_223_372_036_854_775_808.0),
        ),
    ];
    for (text, expected) in rows {
        assert_eq!(Scalar::new(text, Style::Plain).kind(), expected, "{text:?}");
        assert_eq!(
            Scalar::new(text, Style::Quoted).kind(),
            ScalarKind::Text,
            "{text:?}"
        );
    }
}

#[test]
fn only_plain_names_are_shown() {
    let long = "k".repeat(65);
    let rows = [
        ("url", "url"),
        ("db-1.host_2", "db-1.host_2"),
        (&long[..63], &long[..63]),
        (&long, "?"),
        ("", "?"),
        ("a b", "?"),
        ("pg://u:p@h", "?"),
        ("é", "?"),
    ];
    for (key, shown) in rows {
        assert_eq!(shown_key(key), shown, "{key:?}");
    }
}

#[test]
fn a_way_is_joined_by_dots_and_brackets() {
    let failure = DocumentFailure::new(too_deep(), Position::new(1, 1));
    let failure = failure
        .under("url")
        .under_index(3)
        .under("a b")
        .under("production");
    assert_eq!(failure.key, "production.?[3].url");
}

/// The rule itself, without the table that makes it fast.
fn counted(text: &str, offset: usize) -> Position {
    let (mut line, mut column) = (1, 1);
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if at >= offset {
            break;
        }
        let next = characters.peek().map(|(_, next)| *next);
        let ends = character == '\n' || (character == '\r' && next != Some('\n'));
        match character {
            _ if ends => (line, column) = (line + 1, 1),
            '\u{feff}' if at == 0 => {}
            _ => column += 1,
        }
    }
    Position::new(line, column)
}

#[test]
fn positions_count_lines_and_characters_from_one() {
    let texts = [
        String::new(),
        "\u{feff}a\r\nb\rc\nd\n\n\r\r\n".to_owned(),
        "x".repeat(32),
        "x".repeat(33),
        format!("{}\n{}\r\n", "é\u{1f600}".repeat(40), "\u{feff}".repeat(20)).repeat(3),
    ];
    for text in texts {
        let location = positions(&text);
        for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)) {
            assert_eq!(
                location(offset),
                counted(&text, offset),
                "{text:?} at {offset}"
            );
        }
        assert_eq!(location(text.len() + 9), counted(&text, text.len()));
    }
}

#[test]
fn the_first_duplicate_key_is_found() {
    let rows = [
        ("", None),
        ("abc", None),
        ("aba", Some((2, 0))),
        ("abba", Some((2, 1))),
        ("abaa", Some((2, 0))),
    ];
    for (keys, expected) in rows {
        for others in [0, 40, 80] {
            let keys = keys.chars().map(String::from);
            let others = (0..others).map(|number| format!("a{number}"));
            let keys: Vec<_> = keys.chain(others).map(|key| Key::from(&*key)).collect();
            assert_eq!(first_duplicate(&keys, |key| key), expected, "{keys:?}");
        }
    }
}

#[test]
fn a_key_knows_its_letters_and_whether_it_is_a_word() {
    let bytes = (0..=0x7f).map(char::from);
    let names = bytes.flat_map(|one| ["", "a", "A_b", "é", "0.-"].map(|rest| (one, rest)));
    for (one, rest) in names {
        for name in [
            rest.to_owned(),
            format!("{one}{rest}"),
            format!("{rest}{one}"),
        ] {
            let key = Key::from(&*name);
            assert!(key.letters() == Letters::of(&name), "{name:?}");
            assert_eq!(key.is_word(), is_plain_key(&name), "{name:?}");
        }
    }
    assert!(Key::from("a23456789_123456789b").is_word());
    assert!(!Key::from("a23456789_123456789bc").is_word());
}
