//! No secret of MySQL's in any output: a marker is put where secrets are, and anywhere in texts that cannot be parsed; then
//! neither it, nor a piece of it, nor an escaped form is in anything that can be printed.
//!
//! Failing cases are not written to disk, so that no run changes the source tree; a found case becomes a named test.

use crate::common::arbitrary::cases;
use crate::common::secret::{debugged, dressed, hidden, of_error, of_extra, of_warnings};
use database_url::mysql::{Config, Keyword};
use database_url::{Database, Error, Format, Resolver, Vars, Warning, WarningCode};
use proptest::prelude::*;
use proptest::sample::select;

type Read = fn(&str) -> Result<Config, Error>;

fn of_config(config: &Config) -> Vec<String> {
    let mut shown = debugged(config);
    shown.push(config.to_string());
    shown.extend(of_warnings(config.warnings()));
    for rendered in [config.to_url(), config.to_go_dsn(), config.to_jdbc()] {
        shown.extend(debugged(&rendered));
        shown.extend(rendered.err().iter().flat_map(of_error));
    }
    shown.extend(debugged(&config.keywords().collect::<Vec<_>>()));
    shown.extend(debugged(&config.params().collect::<Vec<_>>()));
    for (keyword, text) in config.keywords() {
        shown.push(keyword.mask(text.expose()).into_owned());
    }
    // As the command shows them.
    for extra in config.extras().chain(config.written()) {
        shown.extend(of_extra(&extra));
    }
    shown.extend(debugged(&(config.password(), config.init_command())));
    let database = Database::from(config.clone());
    shown.extend(debugged(&database));
    shown.push(database.to_string());
    shown.extend(of_warnings(database.warnings()));
    shown.extend(debugged(&database.target()));
    shown
}

const URL: Read = str::parse;
const DSN: Read = Config::from_go_dsn;
const JDBC: Read = Config::from_jdbc;

/// Texts with a secret where `§` is; all are accepted.
const LOCATIONS: &[(Read, &str)] = &[
    (URL, "mysql://u:§@h/d"),
    (URL, "mysql://u:x%2F§%40y@h:1,i:2/d?ssl-mode=REQUIRED"),
    (URL, "mysql://u:a@§@h/d"),
    (URL, "mysql://:§@h/"),
    (URL, "mysql://u:[§]@h/d"),
    (URL, "mysql://h/d?user=u&password=§"),
    (URL, "mysql://u:§@h/d?password=§"),
    (URL, "mysql://h/d?init_command=SET%20PASSWORD%3D§"),
    (URL, "mysql://h/d?init-command=§&charset=utf8mb4"),
    (URL, "mysql://h/d?token=§&parseTime=true&pool=5"),
    (URL, "mysql://h/d?sslpassword=§&sslaccept=strict"),
    (URL, "mysql://h/d?trustCertificateKeyStorePassword=§"),
    (URL, "mysql://h/d?§"),
    (
        URL,
        "mysql://h/d?ssl={\"key\":\"§\",\"passphrase\":\"§\",\"ca\":\"x\"}",
    ),
    (
        URL,
        "mysql://h/d?ssl={\"pfx\":\"§\\n\",\"rejectUnauthorized\":false}",
    ),
    (
        URL,
        "mysql://h/d?ssl-key=-----BEGIN%20PRIVATE%20KEY-----%0A§&ssl-mode=REQUIRED",
    ),
    (URL, "mysql://h/d?sslkey=MIIEvQ§&ssl-mode=REQUIRED"),
    (URL, "mysql://u%3A§@h/d"),
    (URL, "mysql://h/u:§%40i"),
    (URL, "mysql://h/password%3D§"),
    (URL, "mysqlx://u:§@[(address=h,priority=1)]/d"),
    (URL, "mysqlx+srv://u:§@h/d"),
    (URL, "mariadb+pymysql://u:§@/d?unix_socket=/run/x"),
    (DSN, "u:§@tcp(h:1)/d"),
    (DSN, "u:/@:§@unix(/run/x)/d?tls=true"),
    (DSN, "u:§@cloudsql(a:b:c)/d"),
    (DSN, "u@tcp(h)/d?socket=§&ssl_key_password=§&user=§"),
    (DSN, "u@tcp(h)/d?connectionAttributes=§"),
    (DSN, "u@tcp(h)/d?password=§&init_command=§"),
    (JDBC, "jdbc:mysql://u:§@h/d"),
    (JDBC, "jdbc:mysql://h/d?user=u&password=§"),
    (
        JDBC,
        "jdbc:mysql://h/d?clientCertificateKeyStorePassword=§&useSSL=true",
    ),
    (JDBC, "jdbc:mysql://h/d?user=u&password=x&password=§"),
    (JDBC, "jdbc:mariadb://h/d?user=u&password=§&keyPassword=§"),
];

/// Texts with a secret where `§` is that are rejected, whether the secret is at fault or not.
const REJECTED: &[(Read, &str)] = &[
    (URL, "§"),
    (URL, " mysql://u:§@h"),
    (URL, "\"mysql://u:§@h\""),
    (URL, "mysql://u:§@h:x/d"),
    (URL, "mysql://u:x@h:§/d"),
    (URL, "mysql://u:x/§@h/d"),
    (URL, "mysql://u:1/d?§@h/d"),
    (URL, "mysql://u:1/d?x=§@h:1/d"),
    (URL, "mysql://u:§/x@h/d"),
    (URL, "mysql://u:§?x@h/d"),
    (URL, "mysql://u:§#x@h/d"),
    (URL, "mysql://u:§%@h/d"),
    (URL, "mysql://u:§%00@h/d"),
    (URL, "mysql://u:§%ff@h/d"),
    (URL, "mysql://u:§\n@h/d"),
    (URL, "mysql://u:${§}@h/d"),
    (URL, "mysql://u:p@[§/d"),
    (URL, "mysql://u:p@[§]/d"),
    (URL, "mysql://u:p@(§)/d"),
    (URL, "mysql://u:p@h,(address=§,priority=§)/d"),
    (URL, "mysql://u:p@a:b:§/d"),
    (URL, "mysql://h/§/x"),
    (URL, "mysql://h/d?ssl-mode=§"),
    (URL, "mysql://h/d?tls=§"),
    (URL, "mysql://h/d?sslaccept=§"),
    (URL, "mysql://h/d?ssl=§"),
    (URL, "mysql://h/d?ssl={\"key\":\"§\""),
    (URL, "mysql://h/d?ssl={\"§\":[]}"),
    (URL, "mysql://h/d?require_ssl=§"),
    (URL, "mysql://h/d?connect_timeout=§"),
    (URL, "mysql://h/d?readTimeout=§s"),
    (URL, "mysql://h/d?compress=§"),
    (URL, "mysql://h/d?reconnect=§"),
    (URL, "mysql://h/d?port=§"),
    (URL, "mysql://u:§@h/d?password=other"),
    (URL, "mysql://u:§@h/d?user=other"),
    (URL, "mysql://h/d?init_command=§&init-command=x"),
    (URL, "mysql://h/d?sslmdoe=§"),
    (URL, "mysql://h/d?sslrootcert=§"),
    (URL, "mysql://h/d?x=§;y=§"),
    (URL, "mysql:u:§@h"),
    (URL, "§://u:§@h/d"),
    (URL, "postgres://u:§@h/d"),
    (URL, "jdbc:mysql://u:§@h/d"),
    (URL, "u:§@tcp(h)/d"),
    (DSN, "mysql://u:§@h/d"),
    (DSN, "u:§@h"),
    (DSN, "u:§@h/d"),
    (DSN, "u:§@tcp(h/d"),
    (DSN, "u:§@tcp(h:x)/d"),
    (DSN, "u:x@tcp(§:§)/d"),
    (DSN, "u:§@tcp(h)/d%"),
    (DSN, "u:§@tcp(h)/d?x=%"),
    (DSN, "u@tcp(h)/d?tls=§"),
    (DSN, "u@tcp(h)/d?timeout=§"),
    (DSN, "u@tcp(h)/d?ssl-mode=§"),
    (JDBC, "§"),
    (JDBC, "mysql://u:§@h/d"),
    (JDBC, "jdbc:§://u:§@h/d"),
    (JDBC, "jdbc:mysql:§://h/d"),
    (JDBC, "jdbc:mysql://u:§@h,v:x@i/d"),
    (JDBC, "jdbc:mysql://(host=h,password=§)/d"),
    (JDBC, "jdbc:mysql://(host=§ §)/d"),
    (JDBC, "jdbc:mysql://u:§#x@h/d"),
    (JDBC, "jdbc:mysql://u:1/§@h/d"),
    (JDBC, "jdbc:mysql://u:1?§@h/d"),
    (JDBC, "jdbc:mysql://h:§/d"),
    (JDBC, "jdbc:mysql://h/d?=§"),
    (JDBC, "jdbc:mysql://h/d?password=§%"),
    (JDBC, "jdbc:mariadb://u:§@h/d"),
    (JDBC, "jdbc:mariadb://h/d?user=u&password=§#x"),
];

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_secret_in_place_of_a_name_is_not_shown((marker, secret) in dressed(), (read, location) in select(LOCATIONS)) {
        let text = location.replace('§', &secret);
        let config = read(&text).map_err(|error| TestCaseError::fail(format!("{text:?}: {error}")))?;
        // The name of a parameter holds no secret, but nothing else may show it.
        let is_name = location.ends_with("?§");
        let shown = if is_name { of_warnings(config.warnings()) } else { of_config(&config) };
        hidden(&shown, &marker, &text)?;
        // Changing a config keeps its secrets.
        let changed = config.with_user("eve").map_err(|error| TestCaseError::fail(error.to_string()))?;
        if !is_name {
            hidden(&of_config(&changed), &marker, &text)?;
        }
    }

    #[test]
    fn a_rejected_text_is_not_shown((marker, secret) in dressed(), (read, location) in select(REJECTED)) {
        let text = location.replace('§', &secret);
        match read(&text) {
            Ok(config) => prop_assert!(false, "{text:?} is accepted: {:?}", config),
            Err(error) => hidden(&of_error(&error), &marker, &text)?,
        }
        for format in FORMATS {
            if let Err(error) = Database::parse(format, &text) {
                hidden(&of_error(&error), &marker, &text)?;
            }
        }
        let vars = Vars::from([("CLEARDB_DATABASE_URL", &*text)]);
        hidden(&debugged(&vars), &marker, &text)?;
        if let Err(error) = Resolver::new(&vars).resolve() {
            hidden(&of_error(&error), &marker, &text)?;
        }
    }

    #[test]
    fn setters_and_their_errors_show_no_value((marker, secret) in dressed(), index in 0..Keyword::ALL.len()) {
        let keyword = Keyword::ALL[index];
        match Config::new().with(keyword, &secret) {
            Ok(config) if keyword.is_secret() => hidden(&of_config(&config), &marker, keyword.as_str())?,
            Ok(config) => hidden(&of_warnings(config.warnings()), &marker, keyword.as_str())?,
            Err(error) => hidden(&of_error(&error), &marker, keyword.as_str())?,
        }
        let config = Config::new().with_extra("token", &secret).map_err(|error| TestCaseError::fail(error.to_string()))?;
        hidden(&of_config(&config), &marker, "token")?;
        let rejected = [
            Config::new().with(keyword, &format!("{secret}\0")).err(),
            Config::new().with_extra(&format!("{secret}\0"), "").err(),
            Config::new().with_hosts([(&*format!("{secret},"), None)]).err(),
            secret.parse::<Keyword>().err(),
        ];
        for error in rejected {
            hidden(&of_error(&error.expect("all are refused")), &marker, "setters")?;
        }
    }
}

const FORMATS: [Format; 5] = [
    Format::Auto,
    Format::Url,
    Format::Conninfo,
    Format::GoDsn,
    Format::Jdbc,
];

/// Pieces of connection strings; a secret among them may be anywhere.
fn scattered() -> impl Strategy<Value = (String, String)> {
    let pieces = vec![
        "mysql://",
        "u",
        ":",
        "@",
        "/",
        "?",
        "&",
        "=",
        ",",
        "[",
        "]",
        "(",
        ")",
        " ",
        "'",
        "\\",
        "#",
        "%",
        "%00",
        "%ff",
        "${",
        "}",
        ";",
        "tcp(",
        "unix(",
        "host=",
        "&password=",
        "&init_command=",
        "&ssl-mode=",
        "&ssl={\"key\":\"",
        "\"}",
        "&ssl-key=",
        "&tls=",
        "&x=",
        "port=",
        "(address=",
        "priority=",
        "jdbc:mysql://",
        "jdbc:mariadb://",
        "postgres://",
        "§",
        "§",
        "§",
    ];
    let starts = vec![
        "mysql://",
        "mysql://u:",
        "mysql://h/d?",
        "mysqlx://u@[",
        "u:",
        "u@tcp(",
        "u@tcp(h)/d?",
        "jdbc:mysql://",
        "jdbc:mysql://h/d?",
        "jdbc:mariadb://h/d?",
        "",
    ];
    (
        dressed(),
        select(starts),
        proptest::collection::vec(select(pieces), 1..9),
    )
        .prop_map(|((marker, secret), start, pieces)| {
            let text = format!("{start}{}§", pieces.concat());
            (marker, text.replace('§', &secret))
        })
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn nothing_of_any_text_is_in_errors_and_warnings((marker, text) in scattered()) {
        for read in [URL, DSN, JDBC] {
            match read(&text) {
                Ok(config) => hidden(&of_warnings(config.warnings().filter(is_nameless)), &marker, &text)?,
                Err(error) => hidden(&of_error(&error), &marker, &text)?,
            }
        }
        for format in FORMATS {
            match Database::parse(format, &text) {
                Ok(database) => hidden(&of_warnings(database.warnings().filter(is_nameless)), &marker, &text)?,
                Err(error) => hidden(&of_error(&error), &marker, &text)?,
            }
        }
    }
}

/// A name that is an identifier is shown by contract.
fn is_nameless(warning: &Warning) -> bool {
    warning.code() != WarningCode::UnknownTlsName
}
