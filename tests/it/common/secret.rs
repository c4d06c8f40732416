//! What the tests of leaks share: secrets that no message spells by chance, and all that can be printed.

use std::fmt::Debug;

use database_url::{Error, Extra, Warning};
use proptest::prelude::*;
use proptest::sample::select;

/// How long a piece of a secret may be shown: three characters come together by chance.
const PIECE: usize = 4;

/// A string of letters that no message, keyword or help holds four of in a row.
pub(crate) fn marker() -> impl Strategy<Value = String> {
    "[QXZJqxzj]{8,16}"
}

/// Every character as `%XX`.
pub(crate) fn escaped(text: &str) -> String {
    let digit = |nibble: u8| char::from(b"0123456789ABCDEF"[usize::from(nibble)]);
    text.bytes()
        .flat_map(|byte| ['%', digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Whether a string holds a piece of the marker, as it is or escaped, in any case of the digits.
pub(crate) fn shows(shown: &str, marker: &str) -> bool {
    let upper = shown.to_ascii_uppercase();
    let pieces = (0..=marker.len() - PIECE).map(|start| &marker[start..start + PIECE]);
    pieces
        .into_iter()
        .any(|piece| shown.contains(piece) || upper.contains(&escaped(piece)))
}

/// Everything that can be printed of a value.
pub(crate) fn debugged(value: &dyn Debug) -> Vec<String> {
    vec![format!("{value:?}"), format!("{value:#?}")]
}

pub(crate) fn of_error(error: &Error) -> Vec<String> {
    let mut shown = debugged(error);
    shown.push(error.to_string());
    shown.push(format!("{:?} {}", error.kind(), error.kind()));
    shown.push(format!("{:?} {:?}", error.component(), error.stage()));
    shown.extend(error.component().map(|component| component.to_string()));
    shown.extend(error.help().map(str::to_owned));
    shown.extend(error.origin().map(|source| format!("{source} {source:?}")));
    shown.extend(debugged(&error.span()));
    let dynamic: &dyn std::error::Error = error;
    shown.extend(dynamic.source().map(ToString::to_string));
    shown
}

/// All but name and value themselves, which are exposed by contract.
pub(crate) fn of_extra(extra: &Extra<'_>) -> Vec<String> {
    let mut shown = debugged(extra);
    shown.extend(debugged(&extra.value()));
    shown.extend([
        extra.to_string(),
        extra.masked_name().to_owned(),
        extra.masked_value().to_owned(),
    ]);
    shown
}

pub(crate) fn of_warnings(warnings: impl Iterator<Item = Warning>) -> Vec<String> {
    let texts = |warning: Warning| {
        let mut shown = debugged(&warning);
        shown.extend([
            warning.to_string(),
            warning.message().to_owned(),
            warning.help().to_owned(),
        ]);
        shown
    };
    warnings.flat_map(texts).collect()
}

#[track_caller]
pub(crate) fn hidden(shown: &[String], marker: &str, input: &str) -> Result<(), TestCaseError> {
    for text in shown {
        prop_assert!(!shows(text, marker), "{input:?} shows {marker:?}: {text:?}");
    }
    Ok(())
}

/// A secret with what else passwords are made of round it, as it is put into a string.
pub(crate) fn dressed() -> impl Strategy<Value = (String, String)> {
    let dress = select(vec!["", "1", "-_.", "%21", "~", "$", "!"]);
    (marker(), dress.clone(), dress, any::<bool>()).prop_map(|(marker, before, after, escape)| {
        let middle = if escape {
            escaped(&marker)
        } else {
            marker.clone()
        };
        (marker, format!("{before}{middle}{after}"))
    })
}
