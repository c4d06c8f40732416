//! Generated logs: no secret is left, every other byte is as before, and chunks do not matter.

use std::io::Write;

use database_url::{Redactor, Vars, encode};
use proptest::prelude::*;
use proptest::sample::select;

use crate::common::arbitrary::{assert_linear, assert_linear_strictly, cases, text};

/// Lines with a secret: `§` is percent-encoded, `¤` as it is, `¶` as in a JSON string.
const LINES: &[&str] = &[
    "2026-11-28T10:00:00Z INFO connecting to postgres://app:§@db.example:5432/shop",
    "[web.1] url=mysql://app:§@db.example/shop?ssl-mode=REQUIRED user=ops@example.com",
    r#"{"level":"error","url":"redis://:§@cache.example:6379/0","mail":"ops@example.com"}"#,
    r#"{"msg":"cannot reach \"amqp://app:§@mq.example/v\": timeout","n":[1,2]}"#,
    "see <mongodb://app:§@m1.example,m2.example/shop?replicaSet=rs0>.",
    "jdbc:postgresql://db.example/shop?user=app&password=§&sslmode=require",
    "the password is ¤ and nothing else",
    "encoded it is §, as JSON \"¶\".",
    "a line without any secret: 10:30, a=b, x@y, https://example.com/?q=a:b@c",
    "",
];

fn secret() -> impl Strategy<Value = String> {
    let piece = select(
        "@:/?#[]%&=+,;!$*(){}|~^\"\\' éß🔑"
            .chars()
            .collect::<Vec<_>>(),
    );
    proptest::collection::vec((piece, "[A-Za-z0-9]{2,4}"), 3..8).prop_map(|pieces| {
        let pieces = pieces.iter();
        pieces
            .flat_map(|(mark, word)| [word.clone(), mark.to_string(), word.clone()])
            .collect()
    })
}

/// Words with what connections are found by between them.
fn like_a_connection() -> impl Strategy<Value = String> {
    let mark = select(vec![
        "",
        "@",
        ":",
        "://",
        "@tcp(",
        "@qr(9",
        "/",
        "?",
        "=",
        "&",
        ";",
        "password=",
        "file:",
        "postgres://",
        "%40",
        "1",
    ]);
    let piece = (mark, "[A-Za-z0-9]{1,4}").prop_map(|(mark, word)| format!("{mark}{word}"));
    proptest::collection::vec(piece, 3..8)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("a shorter one is a word", |value| value.len() >= 8)
}

fn filled(line: &str, plain: &str, encoded: &str, json: &str) -> String {
    line.replace('§', encoded)
        .replace('¤', plain)
        .replace('¶', json)
}

fn in_chunks(redactor: &Redactor, input: &[u8], sizes: &[usize]) -> Vec<u8> {
    let mut out = redactor.writer(Vec::new());
    let (mut rest, mut sizes) = (input, sizes.iter().cycle());
    while !rest.is_empty() {
        let len = sizes.next().copied().unwrap_or(1).clamp(1, rest.len());
        out.write_all(&rest[..len])
            .expect("a vector takes everything");
        rest = &rest[len..];
    }
    out.finish().expect("a vector takes everything")
}

/// As in a JSON string, without the quotation marks.
fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_log_has_no_secret_and_is_the_same_else(
        secret in secret(), lines in proptest::collection::vec(select(LINES), 1..12),
        sizes in proptest::collection::vec(1_usize..90, 1..5),
    ) {
        let redactor = Redactor::new().with_secret(&secret);
        let join = |lines: Vec<String>| lines.join("\n");
        let encoded = encode(&secret);
        let log = join(lines.iter().map(|line| filled(line, &secret, encoded.expose(), &json(&secret))).collect());
        let expected = join(lines.iter().map(|line| filled(line, "****", "****", "****")).collect());
        let shown = redactor.redact(&log);
        prop_assert_eq!(&shown, &expected, "{}", log);
        let chunked = in_chunks(&redactor, log.as_bytes(), &sizes);
        prop_assert_eq!(String::from_utf8_lossy(&chunked), shown.as_str());
        prop_assert_eq!(redactor.redact(&shown), shown.as_str(), "again");
    }

    /// Each character as it is, or escaped once or twice.
    #[test]
    fn a_secret_is_found_however_each_character_is_written(
        written in proptest::collection::vec((select("%%%%25%41aB\\\\/n@ ".chars().collect::<Vec<_>>()), 0_usize..4), 8..24),
    ) {
        let secret: String = written.iter().map(|(c, _)| *c).collect();
        prop_assume!(secret.trim().len() == secret.len());
        let line: String = written.iter().map(|(c, how)| match how {
            0 => c.to_string(),
            1 => format!("%{:02x}", u32::from(*c)),
            2 => format!("%25{:02X}", u32::from(*c)),
            _ => json(&c.to_string()),
        }).collect();
        let shown = Redactor::new().with_secret(&secret).redact(&line);
        prop_assert_eq!(shown, "****", "{} as {}", secret, line);
    }

    /// Also one that looks like a connection string, with a password or without one.
    #[test]
    fn the_value_of_a_secret_variable_is_masked_whole(value in like_a_connection()) {
        let redactor = Redactor::of(&Vars::from([("DB_PASSWORD", value.as_str())]));
        let line = format!("log {value} end");
        prop_assert_eq!(redactor.redact(&line), "log **** end", "{}", line);
    }

    #[test]
    fn chunks_do_not_matter_to_any_input(pieces in proptest::collection::vec(text(), 0..8), sizes in proptest::collection::vec(1_usize..30, 1..5)) {
        let input = pieces.join("://a:b@");
        let redactor = Redactor::new().with_secret("host=${X}");
        prop_assert_eq!(in_chunks(&redactor, input.as_bytes(), &sizes), redactor.redact(&input).into_bytes());
    }

    #[test]
    fn bytes_that_are_no_text_are_kept(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assume!(!bytes.contains(&b':') && !bytes.contains(&b'=') && !bytes.contains(&b'@'));
        prop_assert_eq!(in_chunks(&Redactor::new(), &bytes, &[7]), bytes);
    }
}

proptest! {
    #![proptest_config(cases(4))]

    /// Where a line is longer than what is held, secrets are still whole.
    #[test]
    fn a_line_of_any_length_has_no_secret(secret in secret(), gaps in proptest::collection::vec(0_usize..40_000, 1..12), fill in select(vec!["x", "ab ", "{\"a\":1},"])) {
        let redactor = Redactor::new().with_secret(&secret);
        let (mut log, mut expected) = (String::new(), String::new());
        let encoded = encode(&secret);
        for (gap, line) in gaps.iter().zip(LINES.iter().cycle()) {
            let gap = format!(" {} ", fill.repeat(gap / fill.len()));
            log += &(filled(line, &secret, encoded.expose(), &json(&secret)) + &gap);
            expected += &(filled(line, "****", "****", "****") + &gap);
        }
        let whole = redactor.redact(&log);
        prop_assert!(whole == expected, "{}", log.len());
        let chunked = in_chunks(&redactor, log.as_bytes(), &[1, 100, 4096, 70_000]);
        prop_assert!(chunked == whole.into_bytes());
    }
}

/// What does not end is masked until something ends it.
#[test]
fn a_password_of_any_length_is_masked() {
    let password = "hunter2-".repeat(30_000);
    for head in ["postgres://app:", "host=h password=", "x postgres://app:"] {
        let line = format!("{head}{password}@db.example/shop next\nlast");
        let shown = Redactor::new().redact(&line);
        assert!(!shown.contains("unter2"), "{head}");
        assert!(
            shown.starts_with(head) && shown.ends_with(" next\nlast"),
            "{head}"
        );
    }
}

#[test]
fn hostile_logs_cost_in_proportion_to_their_length() {
    let redactor = Redactor::new()
        .with_secret("aaaaaaaaaaaaaaab")
        .with_secret("%%%%%%%%%%%%%%%%b")
        .with_secret("%25%25%25%25%25%25%25b");
    assert_linear(
        |text| drop(redactor.redact(text)),
        &[
            ("", "a://", ""),
            ("", "a://b:c", ""),
            ("", "://", ""),
            ("", "1://", ""),
            ("", "a-1", "://"),
            ("", "pgpgpgpgpgpgpgpgpg://b:c@", ""),
            ("", "postgres://b:c", ""),
            ("'", "postgres://", ""),
            ("", "'postgres://b:c ", ""),
            ("", "\"postgres://u:p@h ", ""),
            ("", "postgres://u:p@h,", ""),
            ("", "postgres://u:p@h/x?a=", ""),
            ("postgres://u:p@h/x?", "password=&", ""),
            ("", "password=", ""),
            ("", "password='", ""),
            ("", "password={", ""),
            ("", "\"password\":\"", ""),
            ("", "@t(", ""),
            ("", "a:@t(", ""),
            ("", "\"@t(", ""),
            ("", "jdbc:oracle:thin:", ""),
            ("", ":", ""),
            ("", "=", ""),
            ("", "\\", "\""),
            ("", "a", ""),
            ("", "%25", ""),
            ("", "%2525", ""),
            ("", "%25252", ""),
            ("", "\n", ""),
            ("", "file:", ""),
        ],
    );
}

#[test]
fn many_secrets_on_many_lines_cost_in_proportion_to_both() {
    let kinds: [fn(usize) -> String; 4] = [
        |number| format!("secret-of-a-variable-{number:06}"),
        |number| format!("50%25-\\-secret-{number:06}"),
        |number| format!("{number:06}-secret-of-a-variable"),
        |number| format!("{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
    ];
    for secret in kinds {
        assert_linear_strictly(
            250,
            |count| {
                let vars = (0..count).map(|number| (format!("A{number}_SECRET"), secret(number)));
                let lines = (0..count).map(|number| format!("{number}: {}\n", secret(number)));
                (vars.collect::<Vars>(), lines.collect::<String>())
            },
            |(vars, lines)| {
                let shown = Redactor::of(vars).redact(lines);
                assert!(shown.lines().all(|line| line.ends_with(": ****")));
            },
        );
    }
}
