//! What is in the wrong place: rejected by the default dialect, where its raw text gives it away, and never an escaped
//! form, which is data.

use crate::common::codes;
use database_url::postgres::{Config, Dialect, Keyword};
use database_url::{Component, ErrorKind, SecretStr, Warning, WarningCode};

#[track_caller]
fn rejected(text: &str, component: &str, at: &str, help: &str) {
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
        text.starts_with("jdbc:") || Config::parse_in(Dialect::Libpq, text).is_ok(),
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
fn credentials_after_the_host() {
    rejected("postgres:///app:pw@h/d", "password", "/", "%2F");
    rejected("postgres://h/app:pw@h2/d", "password", "/", "%40");
    rejected("postgres://h/d?host=u:pw@h", "host", "@", "%40");
    // A password `1/x?user=z`, and the real host after it.
    rejected("postgres://u:1/x?user=z@h:5432/d", "password", "@", "%2F");
    accepted(
        "postgres://h:5432/d?application_name=a%40b:1",
        Keyword::ApplicationName,
        "a@b:1",
    );
    rejected("host=u:pw@h", "host", "@", "%40");
    accepted("postgres://h/app%3Apw%40x", Keyword::Dbname, "app:pw@x");
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
    rejected(
        "postgres://h/d?dbname=postgres://h2/d",
        "database",
        ":",
        "give the URL alone",
    );
    rejected(
        "dbname=postgres://u@h/d",
        "database",
        ":",
        "give the URL alone",
    );
    rejected("host=postgres://u@h/d", "host", ":", "give the URL alone");
    accepted(r"dbname=a\://b", Keyword::Dbname, "a://b");
    accepted("postgres://h/a%3A//b", Keyword::Dbname, "a://b");
    accepted(
        "postgres://h/d?oauth_issuer=https://issuer.example",
        Keyword::OauthIssuer,
        "https://issuer.example",
    );
}

#[test]
fn a_host_is_no_path_and_a_path_no_host() {
    // Google's Django codelab.
    rejected(
        "postgres://u:p@//cloudsql/p:r:i/shop",
        "database",
        "/",
        "?host=/directory",
    );
    rejected("postgres:////run/pg/shop", "database", "/", "%2F");
    // With one slash less it is still no name of a database.
    rejected(
        "postgres://u:p@/cloudsql/p:r:i/shop",
        "database",
        "c",
        "?host=/directory",
    );
    rejected("postgres:///run/pg/shop", "database", "r", "%2F");
    rejected("postgres:///db1:5432/shop", "database", "d", "two slashes");
    rejected("postgres:///db1:5432", "database", "d", "%3A");
    rejected("postgres://u:p@h//shop", "database", "/", "remove one");
    rejected(
        "jdbc:postgresql:///db1:5432/shop",
        "database",
        "d",
        "two slashes",
    );
    rejected("jdbc:postgresql://h//shop", "database", "/", "remove one");
    rejected("dbname=/run/pg/shop", "database", "/", "?host=/directory");
    rejected("dbname=db1:5432", "database", "d", "two slashes");
    rejected(
        "postgres:///?dbname=db1:5432",
        "database",
        "d",
        "two slashes",
    );
    accepted("host=h dbname=a:1", Keyword::Dbname, "a:1");
    accepted(r"dbname=db1\:5432", Keyword::Dbname, "db1:5432");
    rejected("host=db1:5432", "host", ":", "host=name port=5432");
    rejected("host=a,db1:5432", "host", ":", "host=name port=5432");
    rejected("host=[::1] port=5432", "host", "[", "no brackets");
    rejected(
        "postgres://u:p@/d?host=db1:5432",
        "host",
        ":",
        "host=name&port=5432",
    );
    rejected("postgres://u:p@/d?host=[::1]", "host", "[", "no brackets");
    rejected(
        "host=/run/pg/.s.PGSQL.5432",
        "host",
        "/",
        "host=/directory port=5432",
    );
    rejected(
        "postgres://%2Frun%2F.s.PGSQL.5432/d",
        "host",
        "%",
        "host=/directory port=5432",
    );
    accepted("host=::1", Keyword::Host, "::1");
    accepted("host=fe80::1%eth0,::1", Keyword::Host, "fe80::1%eth0,::1");
    accepted("postgres:///d?host=::1", Keyword::Host, "::1");
    accepted(
        "postgres:///d?host=/cloudsql/p:r:i",
        Keyword::Host,
        "/cloudsql/p:r:i",
    );
    accepted(
        "postgres://%2Fcloudsql%2Fp%3Ar%3Ai/d",
        Keyword::Host,
        "/cloudsql/p:r:i",
    );
    accepted("postgres:///a:b", Keyword::Dbname, "a:b");
    accepted("postgres:///db1%3A5432", Keyword::Dbname, "db1:5432");
    accepted("postgres://h/%2Fd", Keyword::Dbname, "/d");
    accepted(r"host=db1\:5432", Keyword::Host, "db1:5432");
}

#[test]
fn names_of_other_drivers_set_what_nothing_else_sets() {
    for (text, keyword, value) in [
        ("postgres://h?database=shop", Keyword::Dbname, "shop"),
        ("postgres://h/d?username=app", Keyword::User, "app"),
        ("postgres:///d?socket=/run/pg", Keyword::Host, "/run/pg"),
        (
            "postgres:///d?unix_socket=/run/pg",
            Keyword::Host,
            "/run/pg",
        ),
        ("postgres://h/d?database=d", Keyword::Dbname, "d"),
        (
            "jdbc:postgresql://h/?database=shop",
            Keyword::Dbname,
            "shop",
        ),
    ] {
        accepted(text, keyword, value);
        let config: Config = text.parse().expect(text);
        assert_eq!(codes(&config), ["foreign-keyword"], "{text}");
        assert_eq!(config.extras().count(), 0, "{text}");
    }
    for text in [
        "postgres://h/d?database=shop",
        "postgres://app@h/d?username=eve",
        "postgres://h/d?socket=/run/pg",
        "postgres:///?database=a&dbname=b",
        "postgres:///?dbname=a&database=b",
    ] {
        let error = text.parse::<Config>().expect_err(text);
        assert_eq!(error.kind(), ErrorKind::Conflict, "{text}");
    }
}

#[test]
fn several_hosts_of_sqlalchemy_are_a_list() {
    let config: Config =
        "postgresql+psycopg2://u:p@/d?host=a:1&host=b%3A2&host=[::1]:3&sslmode=require"
            .parse()
            .expect("SQLAlchemy's form");
    assert_eq!(
        config.get(Keyword::Host).map(SecretStr::expose),
        Some("a,b,::1")
    );
    assert_eq!(
        config.get(Keyword::Port).map(SecretStr::expose),
        Some("1,2,3")
    );
    accepted(
        "postgresql+psycopg://u@/d?host=a&host=b",
        Keyword::Host,
        "a,b",
    );
    for text in [
        "postgresql+psycopg2://u:p@h/d?host=a:1&host=b:2",
        "postgresql+asyncpg:///d?host=a:1",
    ] {
        assert!(text.parse::<Config>().is_err(), "{text}");
    }
}

#[test]
fn schemes_of_sockets_and_of_no_driver() {
    for (text, help) in [
        ("postgresql+uds://u:p@/d", "?host=/directory"),
        ("postgres+unix:///run/pg", "?host=/directory"),
        ("jdbc:postgres://h/d", "jdbc:postgresql://"),
    ] {
        let error = text.parse::<Config>().expect_err(text);
        assert!(
            error.help().is_some_and(|found| found.contains(help)),
            "{text}"
        );
    }
}

#[test]
fn a_bracket_of_a_password_is_no_partner_of_the_last_one() {
    accepted("postgres://u:p]w@[::1]", Keyword::Host, "::1");
    assert!("postgres://u:p[w@h/d]".parse::<Config>().is_err());
}

#[test]
fn an_escape_that_is_no_utf_8_is_pointed_at() {
    for (text, span) in [
        ("postgres://h/d?x=%FF", 17..20),
        ("postgres://h/d?a=b&%FF=c", 19..22),
        ("postgres://h/%FF", 13..16),
    ] {
        let error = text.parse::<Config>().expect_err(text);
        assert_eq!(
            error.span().map(database_url::Span::range),
            Some(span),
            "{text}"
        );
    }
}

#[test]
fn settings_after_the_wrong_separator() {
    rejected("user=app;password=pw", "user", ";", "spaces");
    rejected("host=h;port=1;user=u", "host", ";", "spaces");
    rejected("postgres://h/d;sslmode=require", "database", ";", "`?`");
    rejected("postgres://h/d&sslmode=require", "database", "&", "`?`");
    rejected("postgres://h/d;pool=5", "database", ";", "`?`");
    accepted("postgres://h/d;x", Keyword::Dbname, "d;x");
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
    assert_eq!(config.to_url().unwrap().expose(), "postgres://app%3Apw@h/d");
}

/// What libpq's dialect takes is shown without what looks like a password, and rendered in full where it is requested.
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
            config.to_url().unwrap().expose().parse::<Config>().as_ref(),
            Ok(&config),
            "{text}"
        );
        let conninfo = config.to_conninfo().expect("no extras");
        assert_eq!(conninfo.expose().parse::<Config>(), Ok(config), "{text}");
    }
}

#[test]
fn a_reference_as_the_whole_value_and_a_file_are_named_as_such() {
    let kind = |text: &str| text.parse::<Config>().expect_err(text).kind();
    assert_eq!(kind("$DATABASE_URL"), ErrorKind::UnexpandedReference);
    assert_eq!(kind("sqlite:app.db"), ErrorKind::WrongEngine);
    assert_eq!(kind("sqlite3::memory:"), ErrorKind::WrongEngine);
}
