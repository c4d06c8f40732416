//! What is at either end of a value, and belongs to no connection string.

use database_url::ErrorKind::{SurroundingQuotes, SurroundingSpaces, UnescapedDelimiter};
use database_url::postgres::Config;

use crate::mistake::rejected;

#[test]
fn whitespace_and_characters_without_width_are_named() {
    let characters = [
        (' ', "a space"),
        ('\t', "a tab"),
        ('\n', "a line end"),
        ('\r', "a line end"),
        ('\u{a0}', "a no-break space (U+00A0)"),
        ('\u{3000}', "a Unicode space (U+3000)"),
        ('\u{2028}', "a Unicode space (U+2028)"),
        ('\u{200b}', "a zero-width space (U+200B)"),
        ('\u{200e}', "a character without width (U+200E)"),
        ('\u{2060}', "a character without width (U+2060)"),
        ('\u{feff}', "a byte order mark (U+FEFF)"),
    ];
    for (character, name) in characters {
        for url in [
            "postgres://app:Zq7secret@h/d",
            "mysql://app:Zq7secret@h/d",
            "redis://:Zq7secret@h",
            "sqlite:app.db",
        ] {
            rejected(&[
                (
                    &format!("{character}{url}"),
                    SurroundingSpaces,
                    &format!("starts with {name}"),
                    "remove it",
                ),
                (
                    &format!("{url}{character}"),
                    SurroundingSpaces,
                    &format!("ends with {name}"),
                    "remove it",
                ),
            ]);
        }
    }
    rejected(&[(
        r"postgres://app:Zq7secret@h/d\n",
        SurroundingSpaces,
        r"`\n`",
        "%5C",
    )]);
}

#[test]
fn quotation_marks_brackets_and_punctuation_are_named() {
    for quote in ['"', '\'', '`', '”', '’', '»'] {
        let input = format!("postgres://app:Zq7secret@h/d{quote}");
        rejected(&[(
            &input,
            SurroundingQuotes,
            &format!("a quotation mark ({quote})"),
            "remove",
        )]);
    }
    for bracket in [')', ']', '}', '>'] {
        let input = format!("mysql://app:Zq7secret@h/d{bracket}");
        rejected(&[(
            &input,
            SurroundingQuotes,
            &format!("a lone bracket (`{bracket}`)"),
            "remove",
        )]);
    }
    rejected(&[
        (
            "<postgres://app:Zq7secret@h/d>",
            SurroundingQuotes,
            "starts with a lone bracket",
            "remove",
        ),
        (
            "postgres://app:Zq7secret@h/d;",
            UnescapedDelimiter,
            "ends with `;`",
            "%3B",
        ),
        (
            "mysql://app:Zq7secret@h/d,",
            UnescapedDelimiter,
            "ends with `,`",
            "%2C",
        ),
        (
            "postgres://app:Zq7secret@h/d?sslmode=require;",
            UnescapedDelimiter,
            "ends with `;`",
            "%3B",
        ),
        (
            "host=h dbname=d\"",
            SurroundingQuotes,
            "quotation mark",
            "remove",
        ),
    ]);
}

#[test]
fn what_may_end_a_string_is_data() {
    for input in [
        "postgres://[::1]",
        "postgres://h/d%22",
        "postgres://h/d%3B",
        "postgres://h/a(b)",
        "host=h password='a b'",
        "host=h password=ab\"",
        r"host=h dbname=d\'",
        r"host=h dbname=d\ ",
        "host=h dbname=a)",
    ] {
        assert!(
            input.parse::<Config>().is_ok(),
            "{input}: {:?}",
            input.parse::<Config>()
        );
    }
    assert!(
        "jdbc:mysql://address=(host=h)(port=3306)"
            .parse::<database_url::Database>()
            .is_ok()
    );
    assert!(
        "sqlserver://h;".parse::<database_url::Database>().is_err(),
        "no host ends with it"
    );
}
