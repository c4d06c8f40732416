//! MySQL's properties over arbitrary configs and arbitrary texts: rendering loses nothing, parsing never panics, and
//! all getters agree.
//!
//! Failing cases are not written to disk, so that no run changes the source tree; a found case becomes a named test.

use crate::common::arbitrary::{cases, location_is_in_text, text};
use database_url::mysql::{Config, Keyword, SslMode, Value};
use database_url::{Database, Error, ErrorKind, Format, SecretStr};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

// ---- arbitrary configs

/// A valid canonical value of a setting by itself; hosts, ports and priorities come from [`servers`].
fn value(keyword: Keyword) -> BoxedStrategy<String> {
    let words = |words: &'static [&'static str]| select(words).prop_map(String::from).boxed();
    match keyword.as_str() {
        "ssl_mode" => words(&[
            "disabled",
            "preferred",
            "required",
            "verify_ca",
            "verify_identity",
        ]),
        "ssl_ca" | "ssl_capath" | "ssl_cert" | "ssl_key" => {
            text().prop_map(|text| text + "x").boxed()
        }
        "socket" => prop_oneof![
            text().prop_map(|text| text + "x"),
            select(vec!["/run/x.sock", "(/run/x.sock)", "()", "(", r"\\.\pipe"])
                .prop_map(String::from),
        ]
        .boxed(),
        "compress" => words(&["true", "false", "fast", "best", "0", "9"]),
        "timezone" => words(&["+02:00", "-7:30", "Europe/Rome", "'UTC'", "", "a b"]),
        "net" => words(&["tcp", "tcp6", "unix", "cloudsql", "x(y"]),
        "address" => words(&["project:region:name", "/x", ")", "a@b"]),
        "charset" => prop_oneof![
            words(&["utf8mb4", "latin1", "UTF-8", "utf8mb4,utf8"]),
            text()
        ]
        .boxed(),
        name if name.ends_with("_ms") => (0..=u64::from(u32::MAX) * 1000)
            .prop_map(|number| number.to_string())
            .boxed(),
        "pool_min" => (0..3_u64).prop_map(|number| number.to_string()).boxed(),
        "pool_max" => (3..99_u64).prop_map(|number| number.to_string()).boxed(),
        "statement_cache" | "max_allowed_packet" => {
            any::<u32>().prop_map(|number| number.to_string()).boxed()
        }
        "prefer_socket"
        | "cleartext"
        | "allow_public_key_retrieval"
        | "local_infile"
        | "found_rows"
        | "reconnect" => words(&["true", "false"]),
        _ => text().boxed(),
    }
}

/// Hosts, ports and priorities of lengths that fit.
fn servers() -> impl Strategy<Value = Vec<(Keyword, String)>> {
    let host = prop_oneof![
        4 => "[a-z]{1,5}(_[a-z]{2})?",
        1 => select(vec!["::1", "fe80::1%eth0", "10.0.0.1", "bü", "a%b", "a=b", "tcp"]).prop_map(String::from),
    ];
    let port = prop_oneof![3 => (1..=u16::MAX).prop_map(|port| port.to_string()), 1 => Just(String::new())];
    let server = (host, port, 0..=100_u8);
    (proptest::collection::vec(server, 0..4), any::<[bool; 3]>()).prop_map(
        |(servers, [ports, priorities, shared])| {
            let list = |part: &dyn Fn(&(String, String, u8)) -> String| {
                servers.iter().map(part).collect::<Vec<_>>().join(",")
            };
            let mut settings = Vec::new();
            if !servers.is_empty() {
                settings.push((Keyword::Host, list(&|server| server.0.clone())));
                if priorities {
                    settings.push((Keyword::Priority, list(&|server| server.2.to_string())));
                }
            }
            let port = list(&|server| server.1.clone());
            if shared {
                settings.push((Keyword::Port, "4006".to_owned()));
            } else if ports && port.bytes().any(|byte| byte != b',') {
                settings.push((Keyword::Port, port));
            }
            settings
        },
    )
}

/// Settings with valid values. What contradicts another setting is left out.
fn config() -> impl Strategy<Value = Config> {
    let lists = [Keyword::Host, Keyword::Port, Keyword::Priority];
    let others: Vec<_> = Keyword::ALL
        .iter()
        .copied()
        .filter(|keyword| !lists.contains(keyword))
        .collect();
    let settings = subsequence(others, 0..=9).prop_flat_map(|keywords| {
        let settings: Vec<_> = keywords
            .into_iter()
            .map(|keyword| value(keyword).prop_map(move |text| (keyword, text)))
            .collect();
        settings
    });
    let bases = vec![
        "",
        "mysql://",
        "MariaDB+pymysql://",
        "tidb://",
        "mysqlx://",
        "mysqlx+srv://",
        "jdbc:mysql://",
        "jdbc:mysql+srv:loadbalance://",
        "jdbc:mariadb:sequential://",
        "/",
    ];
    let name = prop_oneof![
        text(),
        select(vec![
            "parseTime",
            "timeout",
            "sslidentity",
            "a b",
            "sql_mode"
        ])
        .prop_map(String::from)
    ];
    let extras = proptest::collection::vec((name, prop_oneof![text(), Just("5".to_owned())]), 0..3);
    (select(bases), servers(), settings, extras).prop_map(|(base, servers, settings, extras)| {
        let mut config = match base {
            "" => Ok(Config::new()),
            "/" => Config::from_go_dsn(base),
            base if base.starts_with("jdbc:") => Config::from_jdbc(base),
            base => base.parse(),
        }
        .expect("a bare scheme");
        let with = |config: &Config, settings: &[(Keyword, String)]| {
            let given = settings.iter().map(|(keyword, text)| (*keyword, &**text));
            config.clone().with_all(given)
        };
        for settings in [&servers, &settings] {
            config = with(&config, settings).unwrap_or_else(|error| {
                let expected = [ErrorKind::Conflict, ErrorKind::InvalidValue];
                assert!(expected.contains(&error.kind()), "{error}");
                config
            });
        }
        for (name, value) in extras {
            match config.clone().with_extra(&name, &value) {
                Ok(more) => config = more,
                Err(error) => assert_eq!(error.kind(), ErrorKind::UnknownKeyword, "{error}"),
            }
        }
        config
    })
}

type Read = fn(&str) -> Result<Config, Error>;

/// What is rendered in any of the three forms reads as the same config, and is rendered in the same way again.
fn comes_back(config: &Config) -> Result<(), TestCaseError> {
    let forms: [(Result<_, Error>, Read); 3] = [
        (config.to_url(), str::parse),
        (config.to_go_dsn(), Config::from_go_dsn),
        (config.to_jdbc(), Config::from_jdbc),
    ];
    for (index, (rendered, read)) in forms.into_iter().enumerate() {
        let rendered = match rendered {
            Ok(rendered) => rendered,
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::NotRepresentable);
                continue;
            }
        };
        let read = read(rendered.expose());
        let read =
            read.map_err(|error| TestCaseError::fail(format!("{:?}: {error}", rendered.expose())))?;
        let again = [read.to_url(), read.to_go_dsn(), read.to_jdbc()];
        prop_assert!(
            read == *config,
            "{:?}\nbecame {:?}",
            rendered.expose(),
            again[0]
        );
        prop_assert_eq!(read.default_port(), config.default_port());
        prop_assert!(read.hosts().eq(config.hosts()));
        prop_assert_eq!(
            again[index].as_ref().ok().map(database_url::Secret::expose),
            Some(rendered.expose())
        );
    }
    Ok(())
}

/// Every getter has an answer, and those of the same thing agree.
fn getters_agree(config: &Config) -> Result<(), TestCaseError> {
    let text = |keyword| config.get(keyword).map(SecretStr::expose);
    prop_assert_eq!(config.user(), text(Keyword::User));
    prop_assert_eq!(config.password(), config.get(Keyword::Password));
    prop_assert_eq!(config.dbname(), text(Keyword::Database));
    prop_assert_eq!(config.socket(), text(Keyword::Socket));
    prop_assert_eq!(
        config.ssl_mode().map(SslMode::as_str),
        text(Keyword::SslMode)
    );
    prop_assert_eq!(
        (config.net(), config.address()),
        (text(Keyword::Net), text(Keyword::Address))
    );
    let names = text(Keyword::Host).map_or(0, |names| names.split(',').count());
    let hosts: Vec<_> = config.hosts().collect();
    let port_alone = names == 0 && text(Keyword::Port).is_some();
    prop_assert_eq!(hosts.len(), names + usize::from(port_alone));
    prop_assert!(hosts.iter().all(|host| host.port() != Some(0)));
    for (keyword, value) in config.params() {
        let shown = match value {
            Value::Text(text) => text.expose().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(given) => given.to_string(),
            _ => String::new(),
        };
        prop_assert_eq!(Some(&*shown), text(keyword));
        let flag = config.flag(keyword).map(|flag| flag.to_string());
        prop_assert!(flag.is_none_or(|flag| Some(&*flag) == text(keyword)));
    }
    let milliseconds =
        |time: Option<std::time::Duration>| time.map(|time| time.as_millis().to_string());
    for (time, keyword) in [
        (config.connect_timeout(), Keyword::ConnectTimeoutMs),
        (config.read_timeout(), Keyword::ReadTimeoutMs),
        (config.write_timeout(), Keyword::WriteTimeoutMs),
    ] {
        let time = milliseconds(time);
        prop_assert_eq!(time.as_deref(), text(keyword));
    }
    for (number, keyword) in [
        (config.pool_min(), Keyword::PoolMin),
        (config.pool_max(), Keyword::PoolMax),
        (config.statement_cache(), Keyword::StatementCache),
        (config.max_allowed_packet(), Keyword::MaxAllowedPacket),
    ] {
        let number = number.map(|number| number.to_string());
        prop_assert_eq!(number.as_deref(), text(keyword));
    }
    prop_assert_eq!(
        (
            config.ssl_ca(),
            config.ssl_cert(),
            config.ssl_key().map(SecretStr::expose)
        ),
        (
            text(Keyword::SslCa),
            text(Keyword::SslCert),
            text(Keyword::SslKey)
        )
    );
    prop_assert_eq!(
        (config.charset(), config.collation(), config.timezone()),
        (
            text(Keyword::Charset),
            text(Keyword::Collation),
            text(Keyword::Timezone)
        )
    );
    prop_assert_eq!(
        (config.init_command(), config.compress()),
        (config.get(Keyword::InitCommand), text(Keyword::Compress))
    );
    let has_ca = text(Keyword::SslCa).or(text(Keyword::SslCapath)).is_some();
    prop_assert!(
        !has_ca
            || config
                .ssl_mode()
                .is_some_and(|mode| mode != SslMode::Disabled)
    );
    let shown = format!(
        "{config} {config:?} {:?}",
        config.warnings().collect::<Vec<_>>()
    );
    prop_assert!(
        config
            .keywords()
            .all(|(_, text)| !text.expose().contains('\0'))
            && !shown.contains('\0')
    );
    Ok(())
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn what_is_rendered_reads_as_the_same_config(config in config()) {
        comes_back(&config)?;
        getters_agree(&config)?;
    }

    #[test]
    fn what_was_set_is_what_is_got(config in config(), user in text(), password in text(), dbname in text()) {
        let made = config.with_user(&user).and_then(|config| config.with_password(&password));
        let made = made.and_then(|config| config.with_dbname(&dbname)).expect("any text without NUL");
        prop_assert_eq!(made.user(), Some(&*user));
        prop_assert_eq!(made.password().map(SecretStr::expose), Some(&*password));
        prop_assert_eq!(made.dbname(), Some(&*dbname));
        let unset = made.without(Keyword::Password).expect("nothing depends on it");
        prop_assert!(unset.password().is_none());
    }
}

// ---- arbitrary texts

/// How texts near the grammars begin.
#[rustfmt::skip] // many short pieces
const STARTS: &[&str] = &[
    "mysql://", "mysql://", "mysql://u:p@h", "mysql://h/d?", "mysql://h/d?", "mysqlx://",
    "MariaDB://u@", "mysqlx+srv://", "u:p@tcp(", "u:p@tcp(h)/d?", "unix(/x)/", "jdbc:mysql://",
    "jdbc:mysql://h/d?", "jdbc:mariadb://", "jdbc:mysql+srv://", "",
];

/// What they go on with, in any order.
#[rustfmt::skip] // many short pieces
const PIECES: &[&str] = &[
    "u", "h", "p", "d", ":", ":", "@", "@", "/", "/", "?", "?", "&", "&", "=", "=", ",", ",", "[",
    "]", "(", ")", "[::1]", "[fe80::1%25e]", "%41", "%2F", "%2c", "%C3", "%A9", "%zz", "%00", "%",
    "+", "#", ";", " ", "\t", "\n", "\0", "'", "\"", "\\", "é", "🔑", "\u{3000}", "3306", "007", "0",
    "70000", "****", "${X}", "$(", "{{", "}}", "{", "}", "(address=", "priority=", "(host=",
    "port=", "address=", "&host=", "&user=", "&password=", "&database=", "&socket=", "&socket=(/x)",
    "localSocket=", "&ssl-mode=REQUIRED", "&sslMode=disabled", "&useSSL=true", "&require_ssl=true",
    "&verify_ca=false", "&ssl-ca=", "&ssl-ca=x", "&ssl={}", "&ssl={\"ca\":\"\"}", "&ssl=true",
    "&tls=skip-verify", "&tls=", "&connect_timeout=4294967295", "&timeout=30s", "&timeout=5",
    "&timezone=+02:00", "&time_zone='UTC'", "&compress=fast", "&pool_min=9", "&pool=5",
    "&charset=utf8mb4", "&characterEncoding=UTF-8", "&useAffectedRows=true", "&init_command=",
    "&parseTime=true", "&a=1", "&sslmdoe=x", "&sslrootcert=x", "&application_name=x", "<password>",
];

/// Texts near the grammars: their pieces in any order, mostly after a scheme.
fn grammar_like() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(select(PIECES), 0..12);
    (select(STARTS), pieces).prop_map(|(start, pieces)| format!("{start}{}", pieces.concat()))
}

fn any_text() -> impl Strategy<Value = String> {
    let starts = vec![
        "mysql://",
        "mysql://h/?",
        "u:p@tcp(h)/",
        "jdbc:mysql://",
        "jdbc:mariadb://h/d?",
        "",
    ];
    prop_oneof![
        8 => grammar_like(),
        2 => (select(starts), text(), text()).prop_map(|(start, one, two)| format!("{start}{one}{two}")),
        1 => any::<String>(),
    ]
}

const GRAMMARS: [Read; 3] = [str::parse, Config::from_go_dsn, Config::from_jdbc];
const FORMATS: [Format; 5] = [
    Format::Auto,
    Format::Url,
    Format::Conninfo,
    Format::GoDsn,
    Format::Jdbc,
];

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn parsing_never_panics_and_points_into_the_text(text in any_text()) {
        for read in GRAMMARS {
            match read(&text) {
                Ok(config) => getters_agree(&config)?,
                Err(error) => location_is_in_text(&text, &error)?,
            }
        }
        for format in FORMATS {
            match Database::parse(format, &text) {
                Ok(database) => {
                    let shown = (database.to_string(), database.target(), database.hosts().count());
                    let debugged = format!("{shown:?} {database:?}");
                    prop_assert!(!debugged.is_empty());
                }
                Err(error) => location_is_in_text(&text, &error)?,
            }
        }
    }

    #[test]
    fn parsing_rendering_and_parsing_is_parsing(text in any_text()) {
        for read in GRAMMARS {
            if let Ok(config) = read(&text) {
                comes_back(&config).map_err(|error| TestCaseError::fail(format!("{text:?}: {error}")))?;
            }
        }
    }
}
