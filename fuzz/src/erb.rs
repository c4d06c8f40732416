//! ERB: nothing panics, values are filled in once, text without tags stays as it is, and no value is shown.

use std::fmt::Write;

use database_url::settings::template::{Expansion, Syntax, expand, masked, variables};
use database_url::{Error, Vars};

use crate::no_secret::{SECRET, holds_piece};

/// A value that would be another text if it were expanded again.
const TAG: &str = "<%= ENV['A'] %>: x";

/// # Panics
/// When a string without tags is changed, a value is expanded again, or an error contradicts itself or shows a value.
pub fn check(text: &str) {
    // A name may be shown, so none may be the mark.
    if holds_piece(text) {
        return;
    }
    read(text);
    // With a mark that no name of a variable can hold: such a name is shown.
    read(&text.replace('~', &format!("@{SECRET}@")));
}

fn vars_with(secret: &str) -> Vars {
    Vars::from([("A", "1"), ("E", ""), ("TAG", TAG), ("SECRET", secret)])
}

fn read(text: &str) {
    let vars = vars_with(SECRET);
    match expand(Syntax::Erb, text, &vars) {
        Ok(expansion) => {
            check_expansion(text, &expansion);
            if !holds_piece(text) {
                let shown = masked(Syntax::Erb, text, &vars).expect("it was expanded");
                // Text round a tag that gives nothing can spell a piece by itself, whatever the variable holds.
                let others = vars_with("another");
                let spelt = masked(Syntax::Erb, text, &others).ok() == Some(shown.clone());
                assert!(
                    spelt || !holds_piece(&shown.unwrap_or_default()),
                    "{text:?}"
                );
            }
        }
        Err(error) => check_error(text, &error),
    }
}

fn check_expansion(text: &str, expansion: &Expansion) {
    let value = expansion.value().expect("ERB gives a text").expose();
    assert!(text.contains("<%") || value == text, "{text:?}: {value:?}");
    assert!(expansion.variable() != Some("TAG") || value == TAG);
    let listed = variables(Syntax::Erb, text).expect("it was expanded");
    for name in expansion.unset() {
        let is_listed = listed.iter().any(|variable| variable.name() == name);
        assert!(is_listed, "{name} in {text:?}");
    }
    for variable in &listed {
        assert_eq!(&text[variable.span().range()], variable.name(), "{text:?}");
    }
}

fn check_error(text: &str, error: &Error) {
    let mut shown = String::new();
    for error in error.iter() {
        write!(shown, "{error} {error:?} {:?}", error.help()).expect("writing to a string");
        let is_location = error
            .span()
            .is_none_or(|span| text.get(span.range()).is_some());
        assert!(is_location, "{error} in {text:?}");
    }
    assert!(!holds_piece(&shown), "{text:?}: {shown:?}");
}
