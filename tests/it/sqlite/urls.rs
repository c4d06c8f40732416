//! SQLite: the same text in every family, what is rejected and where, and what is shown.

use crate::common::arbitrary::{cases, location_is_in_text};
use crate::common::secret;
use crate::common::{Failures, marked};
use database_url::sqlite::{Cache, Config, Family, Mode};
use database_url::{Component, ErrorKind};
use proptest::prelude::*;
use proptest::sample::select;

/// What a config says, as a table writes it.
fn facts(config: &Config) -> String {
    let mut facts = vec![format!("{:?}", config.dbname().unwrap_or_default())];
    if config.is_memory() {
        facts.push("memory".to_owned());
    }
    if config.is_absolute() {
        facts.push("absolute".to_owned());
    }
    assert_eq!(
        config.path(),
        config.dbname().filter(|_| !config.is_memory())
    );
    facts.extend(
        config
            .password()
            .map(|password| format!("password={}", password.expose())),
    );
    facts.extend(
        config
            .extras()
            .map(|extra| format!("?{}={}", extra.name(), extra.value().expose())),
    );
    facts.extend(
        config
            .warnings()
            .map(|warning| format!("!{}", warning.code())),
    );
    facts.join(" ")
}

const FAMILIES: [Family; 4] = [Family::Python, Family::Rails, Family::Sqlx, Family::Uri];

/// Each text, the family of its scheme, and what it says there.
#[rustfmt::skip] // a table: one row per line
const BY_SCHEME: &[(&str, Family, &str)] = &[
    ("sqlite:///app.db", Family::Python, r#""app.db""#),
    ("sqlite:///db/app.db", Family::Python, r#""db/app.db""#),
    ("sqlite:////srv/app.db", Family::Python, r#""/srv/app.db" absolute"#),
    ("sqlite://", Family::Python, r#"":memory:" memory"#),
    ("sqlite:///", Family::Python, r#"":memory:" memory"#),
    ("sqlite://:memory:", Family::Python, r#"":memory:" memory"#),
    ("sqlite:///:memory:", Family::Python, r#"":memory:" memory"#),
    ("sqlite://?timeout=5", Family::Python, r#"":memory:" memory ?timeout=5"#),
    ("sqlite:///C:/app.db", Family::Python, r#""C:/app.db" absolute"#),
    (r"sqlite:///C:\app.db", Family::Python, r#""C:\\app.db" absolute"#),
    ("sqlite:///a%20b%3F.db", Family::Python, r#""a b?.db""#),
    ("sqlite:///a+b c.db", Family::Python, r#""a+b c.db""#),
    ("SQLite+aiosqlite:///app.db", Family::Python, r#""app.db""#),
    ("spatialite:///geo.db", Family::Python, r#""geo.db""#),
    ("sqlite:///app.db?mode=ro", Family::Python, r#""app.db" ?mode=ro"#),
    ("sqlite:///app.db?mode=memory", Family::Python, r#""app.db" ?mode=memory"#),
    ("sqlite:///file:app.db?mode=memory&uri=true", Family::Python, r#""file:app.db" memory ?mode=memory ?uri=true"#),
    ("sqlite:///file::memory:?cache=shared&uri=true", Family::Python, r#""file::memory:" memory ?cache=shared ?uri=true"#),
    ("sqlite:///file:/srv/app.db?uri=true", Family::Python, r#""file:/srv/app.db" absolute ?uri=true"#),
    ("sqlite+pysqlcipher://:p%2Fw@/app.db?kdf_iter=1", Family::Python, r#""app.db" password=p/w ?kdf_iter=1"#),
    ("sqlite+pysqlcipher://:pw@//srv/app.db", Family::Python, r#""/srv/app.db" absolute password=pw"#),
    ("sqlite3:db/dev.sqlite3", Family::Rails, r#""db/dev.sqlite3""#),
    ("sqlite3:/srv/app.db", Family::Rails, r#""/srv/app.db" absolute"#),
    ("sqlite3:///srv/app.db", Family::Rails, r#""/srv/app.db" absolute"#),
    ("sqlite3:////srv/app.db", Family::Rails, r#""//srv/app.db" absolute"#),
    ("sqlite3::memory:", Family::Rails, r#"":memory:" memory"#),
    ("sqlite3:app.db?pool=5&timeout=1", Family::Rails, r#""app.db" ?pool=5 ?timeout=1"#),
    ("sqlite::memory:", Family::Sqlx, r#"":memory:" memory"#),
    ("sqlite:app.db?mode=rwc", Family::Sqlx, r#""app.db" ?mode=rwc"#),
    ("sqlite:/srv/app.db", Family::Sqlx, r#""/srv/app.db" absolute"#),
    ("sqlite:?mode=memory", Family::Sqlx, r#"":memory:" memory ?mode=memory"#),
    ("file:data.db", Family::Uri, r#""data.db""#),
    ("file:data.db?mode=memory&cache=shared", Family::Uri, r#""data.db" memory ?mode=memory ?cache=shared"#),
    ("file::memory:?cache=shared", Family::Uri, r#"":memory:" memory ?cache=shared"#),
    ("file:/srv/data.db", Family::Uri, r#""/srv/data.db" absolute"#),
    ("file:///srv/data.db", Family::Uri, r#""/srv/data.db" absolute"#),
    ("file://localhost/srv/data.db", Family::Uri, r#""/srv/data.db" absolute"#),
    ("file:////srv/data.db", Family::Uri, r#""//srv/data.db" absolute"#),
    ("file:///C:/data.db", Family::Uri, r#""C:/data.db" absolute"#),
    ("file:data.db?vfs=unix-none&immutable=1&nolock=1", Family::Uri, r#""data.db" ?vfs=unix-none ?immutable=1 ?nolock=1"#),
    ("file:data.db?a=1&a=2", Family::Uri, r#""data.db" ?a=1 ?a=2 !repeated-setting"#),
];

#[test]
fn the_scheme_tells_the_family() {
    let mut failures = Failures::default();
    for (text, family, expected) in BY_SCHEME {
        match text.parse::<Config>() {
            Ok(config) => {
                failures.compare(
                    text,
                    (config.family(), facts(&config)),
                    (*family, (*expected).to_owned()),
                );
                failures.compare(text, Config::parse_as(*family, text).as_ref(), Ok(&config));
                failures.compare(text, config.to_url().unwrap().expose().parse(), Ok(config));
            }
            Err(error) => failures.rejected(text, &error),
        }
    }
    failures.finish();
}

/// One text in the readings of Python, Rails and sqlx; `None` is an error.
#[rustfmt::skip] // a table: one row per line
const BY_CHOICE: &[(&str, [Option<&str>; 3])] = &[
    ("sqlite:app.db", [None, Some("app.db"), Some("app.db")]),
    ("sqlite://app.db", [None, None, Some("app.db")]),
    ("sqlite:///app.db", [Some("app.db"), Some("/app.db"), Some("/app.db")]),
    ("sqlite:////app.db", [Some("/app.db"), Some("//app.db"), Some("//app.db")]),
    ("sqlite:/app.db", [None, Some("/app.db"), Some("/app.db")]),
    ("sqlite://localhost/app.db", [None, None, Some("localhost/app.db")]),
    ("sqlite://", [Some(":memory:"), None, None]),
    ("sqlite:", [None, None, None]),
    ("sqlite::memory:", [None, Some(":memory:"), Some(":memory:")]),
    ("sqlite://:memory:", [Some(":memory:"), None, Some(":memory:")]),
    ("sqlite:///:memory:", [Some(":memory:"), None, None]),
    ("sqlite3:///app.db", [Some("app.db"), Some("/app.db"), Some("/app.db")]),
];

#[test]
fn an_explicit_choice_is_followed() {
    let mut failures = Failures::default();
    for (text, expected) in BY_CHOICE {
        for (family, expected) in FAMILIES.into_iter().zip(expected) {
            let id = format!("{text} as {family:?}");
            let config = Config::parse_as(family, text);
            failures.compare(
                &id,
                config.as_ref().ok().and_then(Config::dbname),
                *expected,
            );
            if let Ok(config) = config {
                failures.compare(
                    &id,
                    Config::parse_as(family, config.to_url().unwrap().expose()),
                    Ok(config),
                );
            }
        }
    }
    failures.finish();
}

/// Each text, with marks round what the error points at, its kind and component, and a word of its help.
#[rustfmt::skip] // a table: one row per line
const REJECTED: &[(&str, ErrorKind, Component, &str)] = &[
    ("sqlite://«app.db»", ErrorKind::InvalidValue, Component::Host, "sqlite:////srv/app.db"),
    ("sqlite://«localhost»/app.db", ErrorKind::InvalidValue, Component::Host, "lose the data"),
    ("sqlite://«u:pw@h»/app.db", ErrorKind::InvalidValue, Component::Host, "three slashes"),
    ("sqlite+pysqlcipher://«u:pw@»/app.db", ErrorKind::InvalidValue, Component::Host, ""),
    ("sqlite+pysqlcipher://:p«/»w@/app.db", ErrorKind::UnescapedDelimiter, Component::Password, "%2F"),
    ("sqlite+pysqlcipher://:«****»@/app.db", ErrorKind::MaskedValue, Component::Password, ""),
    ("sqlite3://«host»/app.db", ErrorKind::InvalidValue, Component::Host, "sqlite3:/srv/app.db"),
    ("file://«host»/app.db", ErrorKind::InvalidValue, Component::Host, "file:///"),
    ("sqlite3:«»", ErrorKind::InvalidValue, Component::Database, ":memory:"),
    ("sqlite:«»", ErrorKind::InvalidValue, Component::Database, ":memory:"),
    ("file://«»", ErrorKind::InvalidValue, Component::Database, ":memory:"),
    ("sqlite3://«/:memory:»", ErrorKind::InvalidValue, Component::Database, "sqlite3::memory:"),
    ("«sqlite+aiosqlite»:app.db", ErrorKind::UnknownFormat, Component::Text, "sqlite:///app.db"),
    ("«spatialite»:app.db", ErrorKind::UnknownFormat, Component::Text, "first letter"),
    ("«sqlite3+x»:app.db", ErrorKind::UnknownScheme, Component::Scheme, ""),
    ("«sqlit»:///app.db", ErrorKind::UnknownScheme, Component::Scheme, "did you mean `sqlite:`"),
    ("«ftp»://h/app.db", ErrorKind::UnknownScheme, Component::Scheme, "spatialite"),
    ("«postgres»://h/app", ErrorKind::WrongEngine, Component::Scheme, "`Database`"),
    ("«redis»://h/0", ErrorKind::WrongEngine, Component::Scheme, "`Database`"),
    ("«»db/dev.sqlite3", ErrorKind::UnknownFormat, Component::Text, "sqlite:///"),
    ("«»", ErrorKind::Empty, Component::Text, ""),
    ("sqlite:///app.db«#»x", ErrorKind::UnescapedDelimiter, Component::Text, "%23"),
    ("sqlite:///a«%»00b", ErrorKind::NulByte, Component::Database, ""),
    ("sqlite:///a«\0»b", ErrorKind::NulByte, Component::Text, ""),
    ("sqlite:///a«\t»b", ErrorKind::ControlCharacter, Component::Text, ""),
    ("sqlite:///a«%»zz", ErrorKind::InvalidEscape, Component::Database, "%25"),
    ("sqlite:///«%FF»", ErrorKind::InvalidUtf8, Component::Database, "UTF-8"),
    ("sqlite:///«${DB}».sqlite", ErrorKind::UnexpandedReference, Component::Text, "%24"),
    ("sqlite:///app.db«\n»", ErrorKind::SurroundingSpaces, Component::Text, ""),
    ("sqlite:///postgres«:»//u:pw@h/d", ErrorKind::UnescapedDelimiter, Component::Database, "%3A"),
    ("sqlite:///app.db«&»mode=ro", ErrorKind::UnescapedDelimiter, Component::Database, "`?`"),
    ("sqlite:///app.db?a=b«;»mode=ro", ErrorKind::UnescapedDelimiter, Component::Query, "%3B"),
    ("file:app.db?mode=«bogus»", ErrorKind::InvalidValue, Component::Setting("mode"), ""),
    ("file:app.db?cache=«»", ErrorKind::InvalidValue, Component::Setting("cache"), ""),
    ("file:app.db?immutable=«perhaps»", ErrorKind::InvalidValue, Component::Setting("immutable"), ""),
    ("file:app.db«?mode=ro&mode=rw»", ErrorKind::Conflict, Component::Query, "keep"),
    ("file:app.db?key=«****»", ErrorKind::MaskedValue, Component::Query, ""),
];

#[test]
fn what_is_rejected_is_located_and_explained() {
    let mut failures = Failures::default();
    for (text, kind, component, help) in REJECTED {
        let (plain, span) = marked(text);
        let Err(error) = plain.parse::<Config>() else {
            failures.push(text, "accepted");
            continue;
        };
        let location = error.span().map(|span| (span.start(), span.end()));
        failures.compare(
            text,
            (error.kind(), error.component(), location),
            (*kind, Some(*component), span),
        );
        if !error.help().unwrap_or_default().contains(help) {
            failures.push(text, error.help().unwrap_or("no help"));
        }
    }
    failures.finish();
}

#[test]
fn file_belongs_to_sqlite_itself() {
    for (family, text) in [
        (Family::Rails, "file:app.db"),
        (Family::Uri, "sqlite:///app.db"),
    ] {
        let error = Config::parse_as(family, text).expect_err(text);
        assert_eq!(error.kind(), ErrorKind::UnknownScheme, "{text}");
    }
}

#[test]
fn parameters_are_typed() {
    let text = "file:app.db?mode=ro&cache=private&immutable=YES&vfs=unix&journal_mode=wal";
    let config: Config = text.parse().expect("a URL");
    assert_eq!(
        (config.mode(), config.cache()),
        (Some(Mode::ReadOnly), Some(Cache::Private))
    );
    assert_eq!(
        (config.immutable(), config.vfs(), config.journal_mode()),
        (Some(true), Some("unix"), Some("wal"))
    );
}

#[test]
fn secrets_are_masked() {
    for (text, expected) in [
        (
            "sqlite+pysqlcipher://:pw@/app.db",
            "sqlite+pysqlcipher://:****@/app.db",
        ),
        (
            "file:app.db?key=pw&hexkey=ab&password=pw&mode=ro",
            "file:app.db?key=****&hexkey=****&password=****&mode=ro",
        ),
        ("sqlite:///nora:pw@db.test/shop", "sqlite:///****"),
        ("sqlite:///srv/nora@home.db", "sqlite:///srv/nora%40home.db"),
    ] {
        let config: Config = text.parse().expect(text);
        assert_eq!(config.to_string(), expected);
        assert_eq!(format!("{config:?}"), format!("Config({expected})"));
    }
}

#[test]
fn a_path_is_given_as_it_is() {
    for family in FAMILIES {
        for path in [
            "app.db",
            "/srv/a b?#%.db",
            ":memory:",
            "db/@x.sqlite3",
            "a://b",
            "//srv/x",
            "ü:$${x}",
        ] {
            let config = Config::from_path(family, path).expect(path);
            assert_eq!(config.dbname(), Some(path), "{family:?}");
        }
        assert!(
            Config::from_path(family, "").is_err() && Config::from_path(family, "a\0b").is_err()
        );
    }
}

// ---- properties

/// A string rich in what the grammars look for; `hunter2` is a secret wherever it is.
fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "/",
        "//",
        ":",
        ":memory:",
        "?",
        "&",
        "=",
        "@",
        "%2F",
        "%20",
        "%",
        "#",
        "+",
        ";",
        "\\",
        "C:",
        "file:",
        "localhost",
        "app.db",
        "db/",
        "mode=memory",
        "mode=ro",
        "cache=shared",
        "uri=true",
        "key=hunter2",
        "hunter2",
        ":hunter2@",
        "é",
        "****",
        "${X}",
        " ",
    ];
    let start = select(vec![
        "sqlite:",
        "sqlite://",
        "sqlite:///",
        "sqlite3:",
        "sqlite3://",
        "file:",
        "file://",
        "spatialite:///",
        "sqlite+pysqlcipher://:hunter2@",
        "SQLite+x://",
        "",
    ]);
    (start, proptest::collection::vec(select(pieces), 0..7))
        .prop_map(|(start, pieces)| format!("{start}{}", pieces.concat()))
}

proptest! {
    #![proptest_config(cases(2048))]

    #[test]
    fn what_is_read_is_rendered_as_the_same(text in text(), family in select(FAMILIES.to_vec())) {
        for parsed in [text.parse::<Config>(), Config::parse_as(family, &text)] {
            match parsed {
                Ok(config) => {
                    let again = Config::parse_as(config.family(), config.to_url().unwrap().expose());
                    prop_assert_eq!(again.as_ref(), Ok(&config));
                }
                Err(error) => {
                    let given = secret::of_error(&error).concat();
                    prop_assert!(!given.contains("hunter2"), "{}", given);
                    location_is_in_text(&text, &error)?;
                }
            }
        }
    }

    #[test]
    fn any_path_is_rendered_as_the_same(path in "[^\0]{1,12}", family in select(FAMILIES.to_vec())) {
        if let Ok(config) = Config::from_path(family, &path) {
            prop_assert!(config.dbname() == Some(&path) || family == Family::Uri, "{:?}", config);
            let again = Config::parse_as(family, config.to_url().unwrap().expose());
            prop_assert_eq!(again.as_ref(), Ok(&config));
        }
    }

    #[test]
    fn secrets_are_never_shown(name in "[a-f]{1,8}_?key", path in "[a-f/]{1,9}", (marker, dressed) in secret::dressed()) {
        for text in [
            format!("sqlite:///{path}?{name}={dressed}"),
            format!("sqlite+pysqlcipher://:{dressed}@/{path}"),
            format!("sqlite:///nora:{dressed}@{path}"),
        ] {
            let config: Config = text.parse().expect("a URL");
            let mut shown = secret::debugged(&config);
            shown.push(config.to_string());
            secret::hidden(&shown, &marker, &text)?;
        }
    }
}
