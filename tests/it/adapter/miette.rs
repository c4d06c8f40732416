//! Errors through miette: code and help, and no source code.

use database_url::postgres::Config;
use miette::{Diagnostic, NarratableReportHandler, Report};

#[test]
fn an_error_is_a_diagnostic_with_code_and_help() {
    let text = "postgres://app:hunter2@db/d?slmode=require";
    let error = text.parse::<Config>().expect_err("misspelt");
    let code = error.code().map(|code| code.to_string());
    assert_eq!(code.as_deref(), Some("database_url::unknown-keyword"));
    let help = Diagnostic::help(&error).map(|help| help.to_string());
    assert_eq!(help.as_deref(), Some("did you mean `sslmode`?"));
    assert!(error.source_code().is_none() && error.labels().is_none() && error.related().is_none());
}

#[test]
fn a_report_shows_the_help_and_nothing_of_the_input() {
    let text = "postgres://app:hunter2@db/d?slmode=require";
    let error = text.parse::<Config>().expect_err("misspelt");
    let mut shown = format!("{:?}", Report::new(error.clone()));
    let handler = NarratableReportHandler::new();
    handler
        .render_report(&mut shown, &error)
        .expect("a string takes it");
    for expected in [
        "unknown keyword",
        "database_url::unknown-keyword",
        "did you mean `sslmode`?",
    ] {
        assert!(shown.contains(expected), "{shown}");
    }
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[cfg(feature = "json")]
#[test]
fn several_failures_are_related() {
    use database_url::Vars;
    use database_url::settings::{Settings, System};

    let text = r#"{"default": {"ENGINE": "django.db.backends.postgresql", "PORT": "x", "HOST": "a b", "OPTIONS": {"sslmode": "no"}}}"#;
    let settings = Settings::from_str("databases.json", text)
        .expect("a file")
        .with_system(System::Django);
    let error = settings
        .resolve(&Vars::new())
        .expect_err("two values are wrong");
    let related = error.related().map_or(0, Iterator::count);
    assert_eq!(related + 1, error.iter().count());
}
