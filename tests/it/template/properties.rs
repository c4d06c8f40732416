//! Properties of templates over arbitrary texts and variables: values are opaque, literals are kept, nothing is shown.
//!
//! Failing cases are not written to disk, so that no run changes the source tree; a found case becomes a named test.

use crate::common::arbitrary::{assert_linear, cases, text};
use crate::common::secret;
use database_url::settings::template::{Syntax, expand, masked, variables};
use database_url::{ErrorKind, Vars};
use proptest::prelude::*;
use proptest::sample::select;

const SYNTAXES: [Syntax; 3] = [Syntax::Shell, Syntax::Compose, Syntax::Conduit];

/// Pieces of which templates are made; `~` stands for a secret, which is never part of a name.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "$A", "${A}", "$X", "${X}", "$E", "$BIG", "${X:-", "${X-", "${E:-", "${A:-", "${X:=", "${E=", "${A:+", "${X+", "${E:?", "${X?",
    "${A:?", "}", "}", "}", "}", "$", "$$", "\\", "\\$", "\\}", "\\\n", "\n", "\"", "'", "`", "$(", ")", "$[", "$1", "${#A}", "${A%x}",
    "${", "{", "-", " ", "é", "🔑", "/~/", " ~", "${X:?~ ~}", "${A/~}", "${ ~}",
];

fn hostile() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(PIECES), 0..14).prop_map(|pieces| pieces.concat())
}

/// A is set to any text, E is empty, X is not set.
fn vars(value: &str) -> Vars {
    Vars::from([("A", value), ("E", ""), ("BIG", "0123456789")])
}

fn given(syntax: Syntax, template: &str, vars: &Vars) -> Result<Option<String>, Vec<ErrorKind>> {
    match expand(syntax, template, vars) {
        Ok(expansion) => Ok(expansion.value().map(|value| value.expose().to_owned())),
        Err(error) => Err(error.iter().map(database_url::Error::kind).collect()),
    }
}

proptest! {
    #![proptest_config(cases(1024))]

    /// What a variable holds is never read: another text in its place changes nothing else.
    #[test]
    fn values_are_opaque(template in hostile(), value in text()) {
        // Any text but the empty one, which operators request, and the placeholder.
        let value = format!("{}.", value.replace('\u{e000}', ""));
        for syntax in SYNTAXES {
            let inert = given(syntax, &template, &vars("\u{e000}"));
            let expected = inert.map(|text| text.map(|text| text.replace('\u{e000}', &value)));
            prop_assert_eq!(given(syntax, &template, &vars(&value)), expected, "{} {:?}", syntax, template);
        }
    }

    #[test]
    fn text_without_references_is_itself(text in text()) {
        for (syntax, special) in [(Syntax::Shell, "$\\`"), (Syntax::Compose, "$"), (Syntax::Conduit, "$")] {
            let text: String = text.chars().filter(|&c| !special.contains(c)).collect();
            prop_assert_eq!(given(syntax, &text, &vars("v")), Ok(Some(text.clone())));
            let shown = masked(syntax, &text, &vars("v")).ok().flatten().unwrap_or_default();
            prop_assert!(shown == text || shown.contains("****"), "{} {:?}: {}", syntax, text, shown);
            prop_assert_eq!(variables(syntax, &text), Ok(Vec::new()));
        }
    }

    /// Every text can be written in the shell's and Compose's syntax.
    #[test]
    fn escapes_are_undone(text in text()) {
        let escape = |special: &str, escape: char| -> String {
            let piece = |c| if special.contains(c) { vec![escape, c] } else { vec![c] };
            text.chars().flat_map(piece).collect()
        };
        prop_assert_eq!(given(Syntax::Shell, &escape("$\\`", '\\'), &vars("v")), Ok(Some(text.clone())));
        let as_default = format!("${{X:-{}}}", escape("$\\`\"}", '\\'));
        if !text.contains('\'') {
            prop_assert_eq!(given(Syntax::Shell, &as_default, &vars("v")), Ok(Some(text.clone())));
        }
        prop_assert_eq!(given(Syntax::Compose, &escape("$", '$'), &vars("v")), Ok(Some(text.clone())));
    }

    /// Whether a template is well-formed does not depend on the variables, and every failure has its location.
    #[test]
    fn verdicts_are_about_the_template(template in hostile(), value in text()) {
        for syntax in SYNTAXES {
            let rejected = variables(syntax, &template).err();
            for vars in [vars(&value), Vars::new()] {
                let failed = expand(syntax, &template, &vars).err();
                let failures = failed.iter().flat_map(database_url::Error::iter);
                let of_the_text: Vec<_> = failures.filter(|error| error.kind() == ErrorKind::InvalidTemplate).collect();
                prop_assert_eq!(of_the_text, rejected.iter().flat_map(database_url::Error::iter).collect::<Vec<_>>());
                for error in failed.iter().flat_map(database_url::Error::iter) {
                    let span = error.span();
                    prop_assert!(span.is_some_and(|span| template.get(span.range()).is_some()), "{:?} {:?}", template, span);
                    prop_assert!(error.help().is_some());
                }
            }
            for variable in variables(syntax, &template).unwrap_or_default() {
                let name = template[variable.span().range()].replace("\\\n", "");
                prop_assert!(variable.name() == name || variable.name() == "?", "{:?}", template);
            }
        }
    }

    #[test]
    fn a_sole_variable_is_the_whole_text(template in hostile(), value in text()) {
        for syntax in SYNTAXES {
            let vars = vars(&value);
            let Ok(expansion) = expand(syntax, &template, &vars) else { continue };
            let Some(name) = expansion.variable() else { continue };
            prop_assert_eq!(expansion.value(), vars.get(name).unwrap());
        }
    }

    /// Neither a value nor a template's own text is shown; a mask hides the values and nothing else.
    #[test]
    fn nothing_is_shown(template in hostile(), marker in secret::marker()) {
        let template = template.replace('~', &marker);
        for syntax in SYNTAXES {
            let mut shown = Vec::new();
            for vars in [vars(&marker), Vars::new()] {
                match expand(syntax, &template, &vars) {
                    Err(error) => {
                        shown.extend(secret::of_error(&error));
                        error.iter().for_each(|error| shown.extend(secret::of_error(error)));
                    }
                    Ok(expansion) => {
                        shown.extend(secret::debugged(&expansion));
                        shown.extend(secret::of_warnings(expansion.warnings()));
                    }
                }
            }
            match variables(syntax, &template) {
                Err(error) => shown.extend(secret::of_error(&error)),
                Ok(found) => shown.extend(secret::debugged(&found)),
            }
            for text in shown {
                prop_assert!(!secret::shows(&text, &marker), "{:?}: {}", template, text);
            }
        }
    }

    #[test]
    fn a_mask_hides_values_alone(template in hostile(), marker in secret::marker()) {
        let template = template.replace('~', "literal");
        for syntax in SYNTAXES {
            let hidden = masked(syntax, &template, &vars(&marker));
            let real = given(syntax, &template, &vars(&marker));
            prop_assert_eq!(hidden.is_ok(), real.is_ok());
            let (Ok(hidden), Ok(real)) = (hidden, real) else { continue };
            let expected = real.map(|text| text.replace(&marker, "****").replace("0123456789", "****"));
            let expected = if syntax == Syntax::Conduit && template.starts_with('$') {
                expected.map(|text| if text.is_empty() { text } else { "****".to_owned() })
            } else {
                expected
            };
            // What looks like a password in the template itself is hidden, too, or its whole line is.
            let (hidden, expected) = (hidden.unwrap_or_default(), expected.unwrap_or_default());
            if syntax == Syntax::Shell && template.contains('=') {
                // A value that the template assigns is hidden whole, with the ends of its lines.
                continue;
            }
            prop_assert_eq!(hidden.lines().count(), expected.lines().count());
            for (hidden, expected) in hidden.lines().zip(expected.lines()) {
                let is_masked = !expected.is_empty() && hidden.contains("****");
                prop_assert!(hidden == expected || is_masked, "{} {:?}: {}", syntax, template, hidden);
            }
        }
    }
}

#[test]
fn costs_grow_with_the_text() {
    for syntax in SYNTAXES {
        let vars = vars("v");
        let read = |text: &str| {
            let _ = expand(syntax, text, &vars);
            let _ = variables(syntax, text);
        };
        #[rustfmt::skip]
        let rows = [
            ("", "x", ""), ("", "$A", ""), ("", "$X", ""), ("", "$", ""), ("", "\\", ""), ("", "\\\n", ""), ("$", "\\\n", "A"), ("", "${A}", ""),
            ("", "${A", ""), ("", "${", ""), ("", "${X:-", ""), ("", "${X:-}", ""), ("", "${X:-{", ""), ("", "${X:-{}", ""), ("", "${X:-{", "}"),
            ("${X:-", "{", "}"), ("${X:-", "'", "}"), ("${X:-", "\"", "}"), ("", "`", ""), ("", "${X:=v}$X", ""), ("", "${X:=", "}"), ("", "${!", ""),
            ("", "${A!}", ""), ("", "$(", ""), ("", "${X:-\n", ""), ("", "${X?}", ""),
        ];
        assert_linear(read, &rows);
    }
}
