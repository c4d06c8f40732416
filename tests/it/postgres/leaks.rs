//! No secret in any output: a marker is put where secrets are, and anywhere in texts that cannot be parsed; then
//! neither it, nor a piece of it, nor an escaped form is in anything that can be printed.
//!
//! Failing cases are not written to disk, so that no run changes the source tree; a found case becomes a named test.

use crate::common::arbitrary::cases;
use crate::common::secret::{debugged, dressed, hidden, of_error, of_extra, of_warnings, shows};
use database_url::postgres::{Config, Dialect, Keyword};
use database_url::{Secret, Vars, Warning, WarningCode};
use proptest::prelude::*;
use proptest::sample::select;

fn of_config(config: &Config) -> Vec<String> {
    let mut shown = debugged(config);
    shown.push(config.to_string());
    shown.extend(of_warnings(config.warnings()));
    let secrets = [
        Some(config.to_url().unwrap()),
        config.to_conninfo().ok(),
        config.to_libpq_url().ok(),
    ];
    shown.extend(secrets.iter().flat_map(|secret| debugged(secret)));
    shown.extend(
        config
            .keywords()
            .filter(|(keyword, _)| keyword.is_secret())
            .flat_map(|pair| debugged(&pair)),
    );
    shown.extend(config.extras().flat_map(|extra| of_extra(&extra)));
    shown.extend(debugged(
        &config.password().map(|view| (view, view.to_secret())),
    ));
    shown
}

/// Texts with a secret where `§` is; all are accepted.
const LOCATIONS: &[&str] = &[
    "postgres://u:§@h/d",
    "postgres://u:x%2F§%40y@h/d?sslmode=require",
    "postgres://u:[§]@h/d#x",
    "postgres://:§@",
    "postgres://h/d?password=§",
    "postgres://u:§@h/d?password=§x",
    "postgres://h/d?sslpassword=§",
    "postgres://h/d?oauth_client_secret=§",
    "postgres://h/d?options=-c%20app.key%3D§",
    "postgres://h/d?token=§&pool=5",
    "postgres://h/d?sslfactoryarg=§",
    "postgres://a,b/d?tls_secret=§",
    "cockroachdb://u:§@h/d",
    "password=§ host=h",
    "password='a b\\'§' host=h",
    "password= §",
    "host=h sslpassword=§ options='-c a=§'",
    "jdbc:postgresql://h/d?user=u&password=§",
    "jdbc:postgresql://h/d?socketFactoryArg=§",
];

/// Texts with a secret where `§` is that are rejected, whether the secret is at fault or not.
const REJECTED: &[&str] = &[
    "§",
    " postgres://u:§@h",
    "\"postgres://u:§@h\"",
    "postgres://u:§@h:x/d",
    "postgres://u:x/§@h/d",
    "postgres://u:§/x@h/d",
    "postgres://u:x@§@h/d",
    "postgres://u:§@x@h/d",
    "postgres://u:§?x@h/d",
    "postgres://u:§%@h/d",
    "postgres://u:a §@h/d",
    "postgres://u:${§}@h/d",
    "postgres://u:[§@[h/d",
    "postgres://u:§@h/d?§",
    "postgres://u:§@h/d?§=x=y",
    "postgres://h/d?sslmode=§",
    "postgres://h/d?sslmode=require&sslmode=§",
    "postgres://h/d?ssl=§",
    "postgres://h/d?scram_client_key=§",
    "postgres://h/d?scram_server_key=§%3D",
    "postgres://h/d?require_auth=§,§",
    "postgres://h/d?connect_timeout=§",
    "postgres://h/d?slmode=§",
    "§://u:§@h/d",
    "jdbc:§://u:§@h/d",
    "jdbc:postgresql://u:§@h/d",
    "jdbc:postgresql://h:§/d",
    "jdbc:postgresql://h/d?targetServerType=§",
    "mysql://u:§@h/d",
    "host=h §=x",
    "host=h password='§",
    "host=h password=x §",
    "host=h port=§",
    "user=§ sslmode=§",
];

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_secret_in_place_of_a_name_is_not_shown((marker, secret) in dressed(), location in select(LOCATIONS)) {
        let text = location.replace('§', &secret);
        let config: Config = text.parse().map_err(|error| TestCaseError::fail(format!("{text:?}: {error}")))?;
        hidden(&of_config(&config), &marker, &text)?;
        if let Ok(config) = Config::parse_in(Dialect::Libpq, &text) {
            hidden(&of_config(&config), &marker, &text)?;
        }
        // Changing a config keeps its secrets.
        let changed = config.with_user("eve").map_err(|error| TestCaseError::fail(error.to_string()))?;
        hidden(&of_config(&changed), &marker, &text)?;
    }

    #[test]
    fn a_rejected_text_is_not_shown((marker, secret) in dressed(), location in select(REJECTED)) {
        let text = location.replace('§', &secret);
        match text.parse::<Config>() {
            Ok(config) => prop_assert!(false, "{text:?} is accepted: {config:?}"),
            Err(error) => hidden(&of_error(&error), &marker, &text)?,
        }
        if let Err(error) = Config::parse_in(Dialect::Libpq, &text) {
            hidden(&of_error(&error), &marker, &text)?;
        }
        let vars = Vars::from([("DATABASE_URL", &*text)]);
        hidden(&debugged(&vars), &marker, &text)?;
        if let Err(error) = Config::resolve(&vars) {
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
        if let Err(error) = Config::new().with(keyword, &format!("{secret}\0")) {
            hidden(&of_error(&error), &marker, keyword.as_str())?;
        }
        let key = format!("{}{}", marker, "A".repeat(43 - marker.len())) + "=";
        for keyword in [Keyword::ScramClientKey, Keyword::ScramServerKey] {
            let config = Config::new().with(keyword, &key).map_err(|error| TestCaseError::fail(error.to_string()))?;
            hidden(&of_config(&config), &marker, keyword.as_str())?;
        }
        let config = Config::new().with_extra("token", &secret).map_err(|error| TestCaseError::fail(error.to_string()))?;
        hidden(&of_config(&config), &marker, "token")?;
        for error in [Config::new().with_extra(&format!("{secret}\0"), "").err(), Config::new().with_hosts([(&*format!("{secret},"), None)]).err(), secret.parse::<Keyword>().err()] {
            hidden(&of_error(&error.expect("all are refused")), &marker, "setters")?;
        }
        hidden(&debugged(&Secret::from(&*secret)), &marker, "Secret")?;
    }
}

/// Pieces of connection strings; a secret among them may be anywhere.
fn scattered() -> impl Strategy<Value = (String, String)> {
    let pieces = vec![
        "postgres://",
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
        " ",
        "'",
        "\\",
        "#",
        "%",
        "%00",
        "%ff",
        "${",
        "}",
        "host=",
        "password=",
        "sslmode=",
        "&ssl=",
        "port=",
        "jdbc:postgresql:",
        "mysql://",
        "§",
        "§",
        "§",
    ];
    let starts = select(vec![
        "postgres://",
        "postgres://u:",
        "postgres://h/?",
        "host=h ",
        "password='",
        "jdbc:postgresql:",
        "",
    ]);
    (
        dressed(),
        starts,
        proptest::collection::vec(select(pieces), 1..9),
    )
        .prop_map(|((marker, secret), start, pieces)| {
            (
                marker,
                format!("{start}{}§", pieces.concat()).replace('§', &secret),
            )
        })
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn nothing_of_any_text_is_in_errors_and_warnings((marker, text) in scattered()) {
        for dialect in [Dialect::Default, Dialect::Libpq] {
            match Config::parse_in(dialect, &text) {
                Ok(config) => hidden(&of_warnings(config.warnings().filter(is_nameless)), &marker, &text)?,
                Err(error) => hidden(&of_error(&error), &marker, &text)?,
            }
        }
    }
}

#[test]
fn the_check_itself_finds_pieces() {
    assert!(shows("a QXZJ b", "QXZJqxzj"));
    assert!(shows("a %51%58%5a%4A b", "QXZJqxzj"));
    assert!(shows("jqxz", "QXZJqxzjQXZjqxz"));
    assert!(!shows("QXZ Jqx %51%58%5A", "QXZJqxzj"));
}

/// A name that is an identifier is shown by contract.
fn is_nameless(warning: &Warning) -> bool {
    warning.code() != WarningCode::UnknownTlsName
}
