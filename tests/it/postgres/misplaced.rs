//! What stands in the wrong place: refused by the default dialect, where its raw text gives it away, and never an escaped
//! form, which is data.

use database_url::postgres::{Config, Dialect, Keyword};
use database_url::{Component, ErrorKind, SecretStr, Warning, WarningCode};

#[track_caller]
fn refused(text: &str, component: &str, at: &str, help: &str) {
    let error = text.parse::<Config>().expect_err(text);
    assert_eq!(
        error.kind(),
        ErrorKind::UnescapedDelimiter,
        "{text}: {error}"
    );
    assert_eq!(
        error.component().map(Component::as_str),
        Some(component),
        "{text}: {error}"
    );
    let span = error.span().expect("a place");
    assert_eq!(&text[span.range()], at, "{text}: {error}");
    assert!(
        error.help().is_some_and(|found| found.contains(help)),
        "{text}: {:?}",
        error.help()
    );
    assert!(
        Config::parse_in(Dialect::Libpq, text).is_ok(),
        "{text}: libpq takes it"
    );
}

#[track_caller]
fn accepted(text: &str, keyword: Keyword, value: &str) {
    let config: Config = text
        .parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(
        config.get(keyword).map(SecretStr::expose),
        Some(value),
        "{text}"
    );
}

#[test]
fn credentials_behind_the_host() {
    refused("postgres:///app:pw@h/d", "password", "/", "%2F");
    refused("postgres://h/app:pw@h2/d", "password", "/", "%40");
    refused("postgres://h/d?host=u:pw@h", "host", "@", "%40");
    // A password `1/x?user=z`, and the real host behind it.
    refused("postgres://u:1/x?user=z@h:5432/d", "password", "/", "%2F");
    accepted(
        "postgres://h:5432/d?application_name=a%40b:1",
        Keyword::ApplicationName,
        "a@b:1",
    );
    refused("host=u:pw@h", "host", "@", "%40");
    accepted("postgres://h/app%3Apw%40x", Keyword::Dbname, "app:pw@x");
    accepted("postgres://h/a@b", Keyword::Dbname, "a@b");
    accepted("postgres://h/a@b:c", Keyword::Dbname, "a@b:c");
    accepted(r"host=a\@b", Keyword::Host, "a@b");
    accepted("host=@abstract", Keyword::Host, "@abstract");
}

#[test]
fn the_question_mark_of_a_password_in_jdbc() {
    let error = "jdbc:postgresql://nora:12?b=c@h".parse::<Config>();
    let error = error.expect_err("the host would be `nora`");
    assert_eq!(error.kind(), ErrorKind::UnescapedDelimiter);
    assert_eq!(error.component(), Some(Component::Password));
    for text in [
        "jdbc:postgresql:shop?user=a@b",
        "jdbc:postgresql://h/shop?user=a@b",
        "jdbc:postgresql://h:5432/shop?user=a@b",
    ] {
        accepted(text, Keyword::User, "a@b");
    }
}

#[test]
fn a_url_as_a_part_of_one() {
    refused(
        "postgres://h/d?dbname=postgres://u@h2/d",
        "database",
        ":",
        "give the URL alone",
    );
    refused(
        "dbname=postgres://u@h/d",
        "database",
        ":",
        "give the URL alone",
    );
    refused("host=postgres://u@h/d", "host", ":", "give the URL alone");
    accepted(r"dbname=a\://b", Keyword::Dbname, "a://b");
    accepted("postgres://h/a%3A//b", Keyword::Dbname, "a://b");
    accepted(
        "postgres://h/d?oauth_issuer=https://issuer.example",
        Keyword::OauthIssuer,
        "https://issuer.example",
    );
}

#[test]
fn settings_behind_the_wrong_separator() {
    refused("user=app;password=pw", "user", ";", "blanks");
    refused("host=h;port=1;user=u", "host", ";", "blanks");
    refused("postgres://h/d;sslmode=require", "database", ";", "`?`");
    refused("postgres://h/d&sslmode=require", "database", "&", "`?`");
    accepted("postgres://h/d;x=y", Keyword::Dbname, "d;x=y");
    accepted("postgres://h/d;sslmode", Keyword::Dbname, "d;sslmode");
    accepted(
        "postgres://h/d%3Bsslmode=require",
        Keyword::Dbname,
        "d;sslmode=require",
    );
    accepted(
        r"dbname=d\;sslmode=require",
        Keyword::Dbname,
        "d;sslmode=require",
    );
    accepted("password=a;user=b", Keyword::Password, "a;user=b");
}

#[test]
fn a_colon_in_the_user_name_is_warned_of_and_hidden() {
    let config: Config = "postgres://app%3Apw@h/d".parse().expect("a config");
    assert_eq!(config.user(), Some("app:pw"));
    assert_eq!(
        config
            .warnings()
            .map(|found| Warning::code(&found))
            .collect::<Vec<_>>(),
        [WarningCode::ColonInUser]
    );
    assert_eq!(config.to_string(), "postgres://app%3A****@h/d");
    assert_eq!(config.to_url().expose(), "postgres://app%3Apw@h/d");
}

/// What libpq's dialect takes is shown without what looks like a password, and rendered in full where it is asked for.
#[test]
fn what_libpq_takes_is_masked_by_structure() {
    for (text, shown) in [
        ("postgres://u:p@ss@h/d", "postgres://u:****@****/d"),
        ("postgres:///app:pw@h/d", "postgres:///****"),
        ("host=u:pw@h", "postgres://****"),
        ("dbname=d;password=pw", "postgres:///****"),
        ("user=u;password=pw", "postgres://****@"),
    ] {
        let config = Config::parse_in(Dialect::Libpq, text).expect("libpq takes it");
        assert_eq!(config.to_string(), shown, "{text}");
        assert_eq!(
            config.to_url().expose().parse::<Config>().as_ref(),
            Ok(&config),
            "{text}"
        );
        let conninfo = config.to_conninfo().expect("no extras");
        assert_eq!(conninfo.expose().parse::<Config>(), Ok(config), "{text}");
    }
}

#[test]
fn a_reference_that_is_the_whole_text_and_a_file_are_told_as_such() {
    let kind = |text: &str| text.parse::<Config>().expect_err(text).kind();
    assert_eq!(kind("$DATABASE_URL"), ErrorKind::UnexpandedReference);
    assert_eq!(kind("sqlite:app.db"), ErrorKind::WrongEngine);
    assert_eq!(kind("sqlite3::memory:"), ErrorKind::WrongEngine);
}
