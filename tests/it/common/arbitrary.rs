//! What the tests of properties share: arbitrary texts, and a test of growth.

use std::time::Duration;

use database_url::Error;
use proptest::prelude::*;
use proptest::sample::select;
use rustix::time::{ClockId, clock_gettime};

/// So many cases, or as many times as many as `DATABASE_URL_CASES` is.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    #[expect(
        clippy::disallowed_methods,
        reason = "the variable is the test's, not the library's"
    )]
    let times = std::env::var("DATABASE_URL_CASES");
    let times = times.map_or(1, |times| times.parse().expect("a number of times"));
    ProptestConfig {
        cases: cases * times,
        max_global_rejects: 1024 * times,
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

/// An error's location lies in the text, on boundaries of characters.
pub(crate) fn location_is_in_text(text: &str, error: &Error) -> Result<(), TestCaseError> {
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

/// The shortest processor time of a few runs.
fn fastest(work: impl Fn()) -> Duration {
    let run = |_| {
        let start = clock_gettime(ClockId::ThreadCPUTime);
        work();
        let end = clock_gettime(ClockId::ThreadCPUTime);
        Duration::try_from(end - start).unwrap_or_default()
    };
    (0..3).map(run).min().unwrap_or_default()
}

/// Why the work is not linear, if it is not: sixteen times the input costs sixteen times as much; 256 times would be quadratic.
/// Other programs that share the processor's caches may make it more, but hardly `most` times as much.
fn growth<T>(
    make: impl Fn(usize) -> T,
    work: impl Fn(&T),
    len: usize,
    most: u32,
) -> Option<String> {
    let (short, long) = (make(len), make(16 * len));
    let is_slow = |_| {
        let (short, long) = (fastest(|| work(&short)), fastest(|| work(&long)));
        (long > short * most).then(|| format!("{short:?} became {long:?}"))
    };
    let measured: Vec<_> = (0..4).map_while(is_slow).collect();
    (measured.len() == 4).then(|| measured.join(", "))
}

/// Each row is the head of an input, a unit that is repeated, and the tail.
pub(crate) fn assert_linear(parse: impl Fn(&str), rows: &[(&str, &str, &str)]) {
    let slow = rows.iter().filter_map(|(head, unit, tail)| {
        let make = |len| format!("{head}{}{tail}", unit.repeat(len / unit.len()));
        let slow = growth(make, |input: &String| parse(input), 1 << 14, 64)?;
        Some(format!("{head:?} {unit:?} {tail:?}: {slow}"))
    });
    let slow: Vec<_> = slow.collect();
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// The same for an input of so many parts, which need not be alike.
#[track_caller]
pub(crate) fn assert_linear_in<T>(parts: usize, make: impl Fn(usize) -> T, work: impl Fn(&T)) {
    let slow = growth(make, work, parts, 64);
    assert!(slow.is_none(), "{slow:?}");
}

/// The same, where doubling the parts costs at most 2.4 times as much.
#[track_caller]
pub(crate) fn assert_linear_strictly<T>(
    parts: usize,
    make: impl Fn(usize) -> T,
    work: impl Fn(&T),
) {
    let slow = growth(make, work, parts, 32);
    assert!(slow.is_none(), "{slow:?}");
}
