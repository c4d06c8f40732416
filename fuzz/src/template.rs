//! Templates: values are opaque, failures have locations, and nothing is shown; `~` stands for a secret.

use std::fmt::Write;

use database_url::settings::template::{Syntax, expand, masked, variables};
use database_url::{Error, ErrorKind, Vars};

use crate::no_secret::{SECRET, holds_piece, shown_of_error, shown_of_warnings};

/// Stands for a value that no grammar has a meaning for.
const INERT: &str = "\u{e000}";
/// A value that every grammar would have a meaning for.
const HOSTILE: &str = "${B:?}$B\\$B`$(B)$$'\"}{\n";

/// # Panics
/// When something is found.
pub fn shell(text: &str) {
    check(Syntax::Shell, text);
}

/// # Panics
/// When something is found.
pub fn compose(text: &str) {
    check(Syntax::Compose, text);
}

/// # Panics
/// When something is found.
pub fn conduit(text: &str) {
    check(Syntax::Conduit, text);
}

/// A is set, E is empty, the others are not set.
fn vars(value: &str) -> Vars {
    Vars::from([("A", value), ("E", "")])
}

fn check(syntax: Syntax, text: &str) {
    if text.contains(INERT) || holds_piece(text) {
        // The fuzzer has learnt a word that only this module may use.
        return;
    }
    opaque(syntax, text);
    verdicts(syntax, text);
    // A secret is no part of a name.
    hidden(syntax, &text.replace('~', &format!("/{SECRET}/")));
}

fn given(syntax: Syntax, text: &str, value: &str) -> Result<Option<String>, Error> {
    let expansion = expand(syntax, text, &vars(value))?;
    Ok(expansion.value().map(|value| value.expose().to_owned()))
}

/// Assignments multiply, so of two values the longer one alone may give too much.
fn is_too_long<T>(outcome: &Result<T, Error>) -> bool {
    outcome.as_ref().is_err_and(|error| {
        let mut all = error.iter();
        all.any(|error| error.kind() == ErrorKind::TooLong)
    })
}

/// Another value in a variable's location changes nothing else.
fn opaque(syntax: Syntax, text: &str) {
    let inert = given(syntax, text, INERT);
    let expected = inert.map(|text| text.map(|text| text.replace(INERT, HOSTILE)));
    let found = given(syntax, text, HOSTILE);
    // Assignments multiply, so of two values the longer one alone may give too much.
    let is_too_long = |error: &Error| {
        let mut all = error.iter();
        all.any(|error| error.kind() == ErrorKind::TooLong)
    };
    let outcomes = [&found, &expected];
    if outcomes
        .iter()
        .any(|outcome| outcome.as_ref().is_err_and(is_too_long))
    {
        return;
    }
    assert_eq!(found, expected);
    if !text.contains(['$', '\\', '`']) {
        assert_eq!(expected, Ok(Some(text.to_owned())));
    }
}

/// Whether a template is well-formed does not depend on the variables.
fn verdicts(syntax: Syntax, text: &str) {
    let of_the_text = |error: &Error| -> Vec<Error> {
        let failures = error.iter().cloned();
        let kinds = [ErrorKind::InvalidTemplate, ErrorKind::LimitExceeded];
        failures
            .filter(|error| kinds.contains(&error.kind()))
            .collect()
    };
    let rejected =
        variables(syntax, text).map_err(|error| error.iter().cloned().collect::<Vec<_>>());
    let rejected = rejected.err().unwrap_or_default();
    for vars in [vars(INERT), Vars::new()] {
        let failed = expand(syntax, text, &vars).err();
        for error in failed.iter().flat_map(Error::iter) {
            // That all together is too long has no location in the template.
            let Some(span) = error.span() else {
                assert_eq!(error.kind(), ErrorKind::TooLong);
                continue;
            };
            assert!(text.get(span.range()).is_some(), "{span:?}");
        }
        // Beyond a hundred failures, those of the variables take the place of others.
        if failed
            .as_ref()
            .is_none_or(|error| error.iter().count() < 100)
        {
            assert_eq!(
                failed.as_ref().map(of_the_text).unwrap_or_default(),
                rejected
            );
        }
    }
}

/// Whether masks replace values and whatever may be a secret of the template itself, and nothing else is changed.
fn is_masked(mask: &str, text: &str) -> bool {
    let Some((first, others)) = mask.split_once("****") else {
        return mask == text;
    };
    let (middle, last) = others.rsplit_once("****").unwrap_or(("", others));
    let rest = text
        .strip_prefix(first)
        .and_then(|rest| rest.strip_suffix(last));
    let mut pieces = middle.split("****");
    let rest = pieces.try_fold(rest, |rest, piece| {
        let (_, after) = rest?.split_once(piece)?;
        Some(Some(after))
    });
    rest.flatten().is_some()
}

fn hidden(syntax: Syntax, text: &str) {
    let vars = vars(SECRET);
    let mut shown = String::new();
    match expand(syntax, text, &vars) {
        Err(error) => error
            .iter()
            .for_each(|error| shown += &shown_of_error(error)),
        Ok(expansion) => {
            shown += &shown_of_warnings(expansion.warnings());
            let _ = write!(shown, "{expansion:?} {:?}", expansion.variable());
            let inert = given(syntax, text, INERT);
            let mask = masked(syntax, text, &vars);
            if is_too_long(&inert) || is_too_long(&mask) {
                return;
            }
            let inert = inert.expect("the same verdict");
            let expected = inert.map(|text| text.replace(INERT, "****"));
            match (mask.expect("the same verdict"), expected) {
                // A value that the template assigns is masked whole.
                (Some(_), Some(_)) if syntax == Syntax::Shell && text.contains('=') => {}
                (Some(mask), Some(expected)) => {
                    assert!(is_masked(&mask, &expected), "{mask:?} for {expected:?}");
                }
                (mask, expected) => assert_eq!(mask, expected),
            }
        }
    }
    let _ = write!(shown, "{:?}", variables(syntax, text));
    assert!(!holds_piece(&shown), "{text:?}: {shown}");
}
