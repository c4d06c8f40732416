//! An error as the programs and crates that print errors show it: with what to do.

use database_url::postgres::Config;
use database_url::{Error, Resolver, Vars};

const MESSAGE: &str = "invalid port at byte 16: expected a number from 1 to 65535";

fn error() -> Error {
    let error = "postgres://db/d?port=0".parse::<Config>();
    error.expect_err("no such port")
}

fn with_help() -> Error {
    let error = "postgres://db/d?slmode=require".parse::<Config>();
    error.expect_err("no such keyword")
}

#[test]
fn main_and_unwrap_show_the_help() {
    let error = with_help();
    assert_eq!(error.help(), Some("did you mean `sslmode`?"));
    // `main` prints `Error: {:?}`, and `unwrap` the same after a sentence of its own.
    let expected = format!("{error}\n  help: did you mean `sslmode`?");
    assert_eq!(format!("{error:?}"), expected);
    assert_eq!(format!("{error:#?}"), expected);
    assert_eq!(
        format!("{error:#}"),
        format!("{error} (did you mean `sslmode`?)")
    );
}

#[test]
fn help_of_several_lines_is_indented() {
    let error = Resolver::new(&Vars::new())
        .resolve()
        .expect_err("nothing is set");
    let help = error.help().expect("help");
    let lines: Vec<_> = help.lines().collect();
    assert_eq!(
        format!("{error:?}"),
        format!("{error}\n  help: {}", lines.join("\n  "))
    );
}

#[test]
fn the_source_is_the_help_alone() {
    let of = |error: &Error| {
        let error: &dyn std::error::Error = error;
        error
            .source()
            .map(|source| (source.to_string(), source.source().is_none()))
    };
    assert_eq!(
        of(&with_help()),
        Some(("help: did you mean `sslmode`?".to_owned(), true))
    );
    if error().help().is_none() {
        assert_eq!(of(&error()), None);
        assert_eq!(format!("{0} {0:#} {0:?}", error()), [MESSAGE; 3].join(" "));
    }
}

#[test]
fn anyhow_shows_the_help() {
    let error = with_help();
    let message = error.to_string();
    let error = anyhow::Error::from(error);
    // A backtrace may follow.
    let expected = format!("{message}\n\nCaused by:\n    help: did you mean `sslmode`?");
    assert!(format!("{error:?}").starts_with(&expected), "{error:?}");
    assert_eq!(
        format!("{error:#}"),
        format!("{message}: help: did you mean `sslmode`?")
    );
    let error = error.context("cannot connect");
    assert_eq!(
        format!("{error:#}"),
        format!("cannot connect: {message}: help: did you mean `sslmode`?")
    );
}
