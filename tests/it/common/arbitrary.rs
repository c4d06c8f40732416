//! What the tests of properties share: arbitrary texts, and a test of growth.

use std::time::Duration;

use database_url::Error;
use proptest::prelude::*;
use proptest::sample::select;
use rustix::time::{ClockId, clock_gettime};

pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Any text that a config can hold, rich in what grammars and guards look for.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let delimiters: Vec<char> = "@:/?#[]%&=+,;'\"\\ \t\n\r\x0b\x0c\x01\x7f${}()*<>|~"
        .chars()
        .collect();
    let piece = prop_oneof![
        4 => select(delimiters).prop_map(String::from),
        3 => "[a-zA-Z0-9]{1,6}",
        2 => any::<char>().prop_filter("no NUL", |&c| c != '\0').prop_map(String::from),
        1 => select(vec!["****", "${X}", "{{x}}", "%41", "%00", "[YOUR-PASSWORD]", "host=", "\u{feff}", "é", "🔑"])
            .prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// An error's place lies in the text, on boundaries of characters.
pub(crate) fn place_is_in_text(text: &str, error: &Error) -> Result<(), TestCaseError> {
    prop_assert!(error.stage().is_some(), "{text:?}: {error} has no stage");
    prop_assert!(
        error.component().is_some(),
        "{text:?}: {error} has no component"
    );
    let span = error.span();
    prop_assert!(
        span.is_some_and(|span| text.get(span.range()).is_some()),
        "{text:?}: {span:?}"
    );
    Ok(())
}

/// The shortest processor time of a few runs of `parse` on `unit` repeated to `len` bytes.
fn fastest(
    parse: impl Fn(&str),
    runs: usize,
    (head, unit, tail): (&str, &str, &str),
    len: usize,
) -> Duration {
    let text = format!("{head}{}{tail}", unit.repeat(len / unit.len()));
    let run = |_| {
        let start = clock_gettime(ClockId::ThreadCPUTime);
        parse(&text);
        let end = clock_gettime(ClockId::ThreadCPUTime);
        Duration::try_from(end - start).unwrap_or_default()
    };
    (0..runs).map(run).min().unwrap_or_default()
}

/// Each row is the head of a text, a unit that is repeated, and the tail. Sixteen times the length costs sixteen times as
/// much; 256 times would be quadratic. Other programs that share the processor's caches may make it more, but hardly four times
/// as much.
pub(crate) fn assert_linear(parse: impl Fn(&str), rows: &[(&str, &str, &str)]) {
    let mut slow = Vec::new();
    for &row in rows {
        let is_slow = |_| {
            let short = fastest(&parse, 3, row, 1 << 14);
            let long = fastest(&parse, 3, row, 1 << 18);
            (long > short * 64).then(|| format!("{row:?}: {short:?} became {long:?}"))
        };
        let measured: Vec<_> = (0..4).map_while(is_slow).collect();
        if measured.len() == 4 {
            slow.extend(measured);
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
