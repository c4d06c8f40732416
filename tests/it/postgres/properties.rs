//! Properties over arbitrary configs and arbitrary texts: rendering loses nothing, parsing never panics, and where both
//! dialects read a string they read it alike.
//!
//! Failing cases are not written to disk, so that no run changes the source tree; a found case becomes a named test.

use crate::common::arbitrary::{assert_linear, cases, location_is_in_text, text};
use crate::common::{extras, keywords};
use database_url::postgres::{Config, Dialect, Keyword};
use database_url::{Error, ErrorKind};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

// ---- arbitrary configs

/// A valid value of a keyword by itself; hosts, addresses and ports come from [`servers`].
fn value(keyword: Keyword) -> BoxedStrategy<String> {
    let words = |words: &'static [&'static str]| select(words).prop_map(String::from).boxed();
    match keyword.as_str() {
        "sslmode" => words(&[
            "disable",
            "allow",
            "prefer",
            "require",
            "verify-ca",
            "verify-full",
        ]),
        "sslnegotiation" => words(&["postgres", "direct"]),
        "sslcertmode" => words(&["disable", "allow", "require"]),
        "channel_binding" | "gssencmode" => words(&["disable", "prefer", "require"]),
        "target_session_attrs" => words(&[
            "any",
            "read-write",
            "read-only",
            "primary",
            "standby",
            "prefer-standby",
        ]),
        "load_balance_hosts" => words(&["disable", "random"]),
        "min_protocol_version" | "max_protocol_version" => words(&["3.0", "3.2", "latest"]),
        "ssl_min_protocol_version" | "ssl_max_protocol_version" => {
            words(&["", "TLSv1", "TLSv1.1", "tlsv1.2", "TLSV1.3"])
        }
        "require_auth" => words(&[
            "",
            "md5",
            "!md5",
            "password,scram-sha-256",
            "!none,!oauth,!gss",
            "sspi",
        ]),
        "sslrootcert" => prop_oneof![Just("system".to_owned()), text()].boxed(),
        "scram_client_key" | "scram_server_key" => "[A-Za-z0-9+/]{43}=".boxed(),
        "connect_timeout"
        | "keepalives"
        | "keepalives_idle"
        | "keepalives_interval"
        | "keepalives_count"
        | "tcp_user_timeout" => prop_oneof![
            any::<i32>().prop_map(|number| number.to_string()),
            "[ \t]{0,2}[+-]?0{0,3}[0-9]{1,5}[ \n]{0,2}",
        ]
        .boxed(),
        _ => text().boxed(),
    }
}

/// `host`, `hostaddr` and `port`, of lengths that fit; each may be unset, or set but empty.
fn servers() -> impl Strategy<Value = Vec<(Keyword, String)>> {
    let element = || {
        let host = text().prop_map(|text| text.replace(',', ""));
        prop_oneof![
            3 => "[a-z]{1,5}(\\.[a-z]{2})?",
            1 => select(vec!["/run/pg", "@abs", "::1", "fe80::1%eth0", ""]).prop_map(String::from),
            2 => host,
        ]
    };
    let port = || {
        prop_oneof![
            4 => (1..=u16::MAX).prop_map(|port| port.to_string()),
            1 => select(vec!["", " 7 ", "+7", "007"]).prop_map(String::from),
        ]
    };
    (0_usize..4).prop_flat_map(move |count| {
        let list = move |used: bool, strategy: BoxedStrategy<String>| {
            let used = if used && count > 0 {
                count..=count
            } else {
                0..=0
            };
            proptest::collection::vec(strategy, used).prop_map(|elements| elements.join(","))
        };
        let lists = (any::<[bool; 2]>(), 0..4).prop_flat_map(move |([host, hostaddr], ports)| {
            let hosts = if host || hostaddr { count.max(1) } else { 1 };
            let ports = match ports {
                0 => 0,
                1 => 1,
                _ => hosts,
            };
            (
                list(host, element().boxed()),
                list(hostaddr, "[0-9.:]{1,9}".boxed()),
                proptest::collection::vec(port(), ports).prop_map(|elements| elements.join(",")),
                any::<[bool; 3]>(),
            )
        });
        lists.prop_map(|(host, hostaddr, port, set_when_empty)| {
            [
                (Keyword::Host, host),
                (Keyword::HostAddr, hostaddr),
                (Keyword::Port, port),
            ]
            .into_iter()
            .zip(set_when_empty)
            .filter(|((_, list), keep)| *keep || !list.is_empty())
            .map(|(setting, _)| setting)
            .collect()
        })
    })
}

/// Keywords with valid values. What contradicts another setting is left out.
fn config() -> impl Strategy<Value = Config> {
    let lists = [Keyword::Host, Keyword::HostAddr, Keyword::Port];
    let others: Vec<_> = Keyword::ALL
        .iter()
        .copied()
        .filter(|keyword| !lists.contains(keyword))
        .collect();
    let settings = subsequence(others, 0..=10).prop_flat_map(|keywords| {
        let settings: Vec<_> = keywords
            .into_iter()
            .map(|keyword| value(keyword).prop_map(move |text| (keyword, text)))
            .collect();
        settings
    });
    let bases = vec![
        "",
        "postgres://",
        "PostgreSQL+asyncpg://",
        "cockroachdb://",
        "redshift://",
        "jdbc:postgresql:",
    ];
    (select(bases), servers(), settings).prop_map(|(base, servers, settings)| {
        let base: Config = if base.is_empty() {
            Config::new()
        } else {
            base.parse().expect("a bare scheme")
        };
        let all: Vec<_> = servers.into_iter().chain(settings).collect();
        let given = || all.iter().map(|(keyword, text)| (*keyword, &**text));
        let contradicting = [
            "sslnegotiation",
            "sslrootcert",
            "ssl_max_protocol_version",
            "max_protocol_version",
        ];
        base.clone().with_all(given()).unwrap_or_else(|error| {
            assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
            let rest = given().filter(|(keyword, _)| !contradicting.contains(&keyword.as_str()));
            base.with_all(rest).expect("each value is valid by itself")
        })
    })
}

/// The same with extras; a name that is (nearly) a keyword's is left out.
fn config_with_extras() -> impl Strategy<Value = Config> {
    let name = prop_oneof![
        text(),
        select(vec!["pool", "schema", "sslaccept", "a b"]).prop_map(String::from)
    ];
    let extras = proptest::collection::vec((name, text()), 0..4);
    (config(), extras).prop_map(|(mut config, extras)| {
        for (name, value) in extras {
            match config.clone().with_extra(&name, &value) {
                Ok(more) => config = more,
                Err(error) => assert_eq!(error.kind(), ErrorKind::UnknownKeyword, "{error}"),
            }
        }
        config
    })
}

/// The same hosts, with the scheme's port where none is given.
fn targets(config: &Config) -> Vec<(Option<String>, Option<String>, u16)> {
    let owned = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    let mut targets: Vec<_> = config
        .hosts()
        .map(|host| {
            (
                owned(host.host()),
                owned(host.hostaddr()),
                host.port().unwrap_or(config.default_port()),
            )
        })
        .collect();
    if targets.is_empty() {
        targets.push((None, None, config.default_port()));
    }
    targets
}

/// What libpq reads back is the same config; where the scheme has a port of its own, the same with ports written out.
fn same_for_libpq(config: &Config, text: &str) -> Result<(), TestCaseError> {
    let read = Config::parse_in(Dialect::Libpq, text);
    let read = read.map_err(|error| TestCaseError::fail(format!("{text:?}: {error}")))?;
    prop_assert_eq!(targets(&read), targets(config));
    if config.default_port() == 5432 {
        prop_assert!(
            &read == config,
            "{:?} became {:?}",
            keywords(config),
            keywords(&read)
        );
        return Ok(());
    }
    let others = |config: &Config| -> Vec<(String, String)> {
        let others = keywords(config)
            .into_iter()
            .filter(|(keyword, _)| *keyword != "port");
        others
            .map(|(keyword, text)| (keyword.to_owned(), text.to_owned()))
            .collect()
    };
    prop_assert_eq!(others(&read), others(config));
    Ok(())
}

proptest! {
    #![proptest_config(cases(384))]

    #[test]
    fn a_rendered_url_parses_back_to_the_same_config(config in config_with_extras()) {
        let url = config.to_url().unwrap();
        match url.expose().parse::<Config>() {
            Ok(read) => {
                prop_assert!(read == config, "{:?}\nbecame {:?}", url.expose(), read.to_url().unwrap().expose());
                prop_assert_eq!(extras(&read), extras(&config));
                let again = read.to_url().unwrap();
                prop_assert_eq!(again.expose(), url.expose());
            }
            Err(error) => prop_assert!(false, "{:?}: {error}", url.expose()),
        }
    }

    #[test]
    fn what_is_rendered_for_libpq_means_the_same_to_it(config in config()) {
        let url = config.to_libpq_url().expect("no extras");
        prop_assert!(url.expose().starts_with("postgresql://"));
        same_for_libpq(&config, url.expose())?;
        let conninfo = config.to_conninfo().expect("no extras");
        same_for_libpq(&config, conninfo.expose())?;
        // The default dialect reads keyword/value text alike, unless there is none.
        if !conninfo.expose().is_empty() {
            let read: Result<Config, Error> = conninfo.expose().parse();
            let read = read.map_err(|error| TestCaseError::fail(format!("{:?}: {error}", conninfo.expose())))?;
            prop_assert_eq!(targets(&read), targets(&config));
        }
    }

    #[test]
    fn extras_are_rejected_for_libpq_and_can_be_taken_off(config in config_with_extras()) {
        let plain = config.without_extras();
        prop_assert_eq!(keywords(&plain), keywords(&config));
        prop_assert!(extras(&plain).is_empty());
        let rejected = !extras(&config).is_empty();
        for rendered in [config.to_conninfo(), config.to_libpq_url()] {
            let kind = rendered.map(drop).map_err(|error| error.kind());
            prop_assert_eq!(kind, if rejected { Err(ErrorKind::NotRepresentable) } else { Ok(()) });
        }
        same_for_libpq(&plain, plain.to_conninfo().expect("no extras").expose())?;
    }

    #[test]
    fn what_was_set_is_what_is_got(config in config(), user in text(), password in text(), dbname in text()) {
        let made = config.with_user(&user).and_then(|config| config.with_password(&password));
        let made = made.and_then(|config| config.with_dbname(&dbname)).expect("any text without NUL");
        prop_assert_eq!(made.user(), Some(&*user));
        prop_assert_eq!(made.password().map(database_url::SecretStr::expose), Some(&*password));
        prop_assert_eq!(made.dbname(), Some(&*dbname));
        let unset = made.without(Keyword::Password).expect("nothing depends on it");
        prop_assert!(unset.password().is_none());
    }
}

// ---- arbitrary texts

/// Texts near the grammars: their pieces in any order, mostly after a scheme.
fn grammar_like() -> impl Strategy<Value = String> {
    let starts = vec![
        "postgres://",
        "postgres://",
        "postgres://u:p@h",
        "postgresql://h/",
        "postgres://h/d?",
        "POSTGRES://",
        "cockroach://",
        "jdbc:postgresql://",
        "jdbc:postgresql:",
        "host=",
        "user=u ",
        "",
    ];
    let pieces = vec![
        "u",
        "h",
        "p",
        "d",
        ":",
        ":",
        "@",
        "@",
        "/",
        "/",
        "?",
        "?",
        "&",
        "&",
        "=",
        "=",
        ",",
        ",",
        "[",
        "]",
        "[::1]",
        "%41",
        "%2F",
        "%2c",
        "%C3",
        "%A9",
        "%zz",
        "%00",
        "%",
        "+",
        "#",
        " ",
        "\t",
        "\n",
        "\0",
        "'",
        "\\",
        "\\ ",
        "é",
        "🔑",
        "5432",
        "0",
        "70000",
        "-1",
        "**",
        "****",
        "$",
        "{",
        "}",
        "${X}",
        "$(",
        ")",
        "{{",
        "}}",
        "host=",
        "port=",
        "hostaddr=",
        "user=",
        "password=",
        "password='",
        "dbname=",
        "&sslmode=require",
        "sslmode=disable",
        "&ssl=true",
        "ssl=off",
        "&requiressl=1",
        "slmode=",
        "pool=5",
        "&application_name=",
        "sslrootcert=system",
        "sslnegotiation=direct",
        "require_auth=md5,!none",
        "connect_timeout=",
        "schema=a",
        "sslaccept=x",
        "<password>",
    ];
    (
        select(starts),
        proptest::collection::vec(select(pieces), 0..12),
    )
        .prop_map(|(start, pieces)| format!("{start}{}", pieces.concat()))
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => grammar_like(),
        2 => (select(vec!["postgres://", "postgres://h/?", "host='", ""]), text(), text())
            .prop_map(|(start, one, two)| format!("{start}{one}{two}")),
        1 => any::<String>(),
    ]
}

/// Whether the default dialect may reject what libpq takes: its guards, and nothing else.
fn is_guard(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Empty
            | ErrorKind::SurroundingSpaces
            | ErrorKind::SurroundingQuotes
            | ErrorKind::ControlCharacter
            | ErrorKind::InvalidBrackets
            | ErrorKind::UnescapedSpace
            | ErrorKind::UnescapedDelimiter
            | ErrorKind::MaskedValue
            | ErrorKind::UnexpandedReference
            | ErrorKind::Conflict
    )
}

/// Whether a query holds `ssl` with a value that libpq does not take; libpq takes `true` only.
fn has_ssl_alias(text: &str) -> bool {
    text.split(['?', '&'])
        .any(|param| param.trim_start_matches(' ').starts_with("ssl="))
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn parsing_never_panics_and_points_into_the_text(text in any_text()) {
        for dialect in [Dialect::Default, Dialect::Libpq] {
            match Config::parse_in(dialect, &text) {
                Ok(config) => {
                    prop_assert!(keywords(&config).iter().all(|(_, value)| !value.contains('\0')), "{text:?}");
                    let _ = (config.to_string(), config.hosts().count(), config.warnings().count());
                }
                Err(error) => location_is_in_text(&text, &error)?,
            }
        }
    }

    #[test]
    fn parsing_rendering_and_parsing_is_parsing(text in any_text()) {
        for dialect in [Dialect::Default, Dialect::Libpq] {
            let Ok(config) = Config::parse_in(dialect, &text) else { continue };
            let url = config.to_url().unwrap();
            let read = Config::parse_in(Dialect::Default, url.expose());
            prop_assert!(read.as_ref().is_ok_and(|read| *read == config), "{text:?} -> {:?} -> {read:?}", url.expose());
            same_for_libpq(&config.without_extras(), config.without_extras().to_conninfo().expect("none").expose())?;
        }
    }

    /// A string that begins with `postgres://` or `postgresql://`, or is keyword/value text, and that the default dialect
    /// accepts without extras, means the same to libpq, keyword by keyword; only `ssl=` with another value than `true`
    /// is rejected there. The other way round, the default dialect rejects what libpq accepts by its guards only.
    #[test]
    fn what_both_dialects_accept_means_the_same(text in any_text()) {
        let default: Result<Config, Error> = text.parse();
        let libpq = Config::parse_in(Dialect::Libpq, &text);
        match (default, libpq) {
            (Ok(default), Ok(libpq)) => prop_assert_eq!(keywords(&default), keywords(&libpq), "{:?}", text),
            (Ok(default), Err(error)) => {
                let only_ours = !(text.starts_with("postgres://") || text.starts_with("postgresql://")) && default.scheme().is_some();
                let excused = only_ours || default.extras().next().is_some() || has_ssl_alias(&text);
                prop_assert!(excused, "{text:?} is accepted, but by libpq it is not: {error}");
                prop_assert!(only_ours || error.kind() == ErrorKind::UnknownKeyword, "{text:?}: {error}");
            }
            (Err(error), Ok(_)) => {
                // Text that libpq tries as keyword/value text must begin with a keyword here, and libpq takes any
                // `requiressl` that begins with `1`.
                let excused = is_guard(error.kind()) || text.contains("requiressl=");
                prop_assert!(excused, "{text:?}: {error}");
            }
            (Err(_), Err(_)) => {}
        }
    }
}

// ---- growth

#[test]
fn hostile_texts_cost_in_proportion_to_their_length() {
    assert_linear(
        |text| drop(text.parse::<Config>()),
        &[
            ("postgres://u:", "${", "@h"),
            ("postgres://u:", "$(", "@h"),
            ("postgres://u:", "{{x", "@h"),
            ("password=", "${", ""),
            ("password='", "\\", "'"),
            ("password='", "\\${", "'"),
            ("postgres://u:", "%41", "@h"),
            ("postgres://u", "@", ""),
            ("postgres://", "h:1,", "h/d"),
            ("postgres://", "h:x,", "h/d@"),
            ("postgres://", "[::1],", "h/d"),
            ("postgres://h/?", "a=&", ""),
            ("postgres://h/?", "user=a&user=b&", ""),
            ("jdbc:postgresql://h/d?", "a=b&", ""),
            ("require_auth=", "md5,", "md5"),
            ("", "x", "://"),
        ],
    );
}
