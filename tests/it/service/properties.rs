//! Properties of services over arbitrary texts, URLs and parts: rendering loses nothing, and no secret is shown.
//!
//! Failing cases are not written to disk, so that no run changes the source tree; a found case becomes a named test.

use crate::common::arbitrary::{cases, location_is_in_text, text as part};
use crate::common::secret;
use database_url::encode;
use database_url::service::Config;
use proptest::prelude::*;
use proptest::sample::select;

const SCHEMES: &[&str] = &[
    "redis",
    "rediss",
    "redis+sentinel",
    "redis+socket",
    "unix",
    "valkeys",
    "mongodb",
    "mongodb+srv",
    "amqp",
    "amqps",
    "neo4j",
    "neo4j+ssc",
    "bolt+s",
    "http",
    "sqlserver",
    "mssql+pymssql",
    "oracle",
    "ldap",
    "elasticsearch",
    "memcached",
    "nats",
    "kafka+ssl",
    "smtp",
    "snowflake",
    "clickhouse",
];

/// A string rich in what the grammar looks for; `hunter2` is a secret wherever it is.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = vec![
        "/",
        "?",
        "&",
        "=",
        "@",
        ":",
        ",",
        "%2F",
        "%40",
        "%25",
        "%",
        "+",
        ";",
        "[::1]",
        "[",
        "(",
        ")",
        "host",
        "h.test",
        ":6379",
        "1",
        "main",
        "hunter2",
        ":hunter2@",
        "password=hunter2",
        "token=hunter2",
        "db=2",
        "database=x",
        "tls=true",
        "ssl=false",
        "?sub",
        "kafka+ssl://",
        "nats://",
        "é",
        "****",
        "$",
        "{",
        " ",
        "%C3%A9",
        "(address=h,priority=1)",
    ];
    let start = (
        select(SCHEMES.to_vec()),
        select(vec!["", "u:hunter2@", ":hunter2@", "hunter2@"]),
    );
    let rest = proptest::collection::vec(select(pieces), 0..8);
    (start, rest).prop_map(|((scheme, user), rest)| format!("{scheme}://{user}{}", rest.concat()))
}

/// The URL of any parts, all of them escaped.
fn url() -> impl Strategy<Value = String> {
    let server = prop_oneof![
        Just("h.test".to_owned()),
        Just("[fe80::1%25eth0]:7".to_owned()),
        "[a-z]{1,5}:[1-9][0-9]{0,3}",
    ];
    let params = proptest::collection::vec(("[a-z]{2,9}Key", part()), 0..3);
    let userinfo = proptest::option::of((part(), proptest::option::of(part())));
    let path = proptest::option::of(prop_oneof![part(), "[0-9]{1,3}"]);
    (select(SCHEMES.to_vec()), userinfo, server, path, params).prop_map(
        |(scheme, userinfo, server, path, params)| {
            let encode = |text: &str| encode(text).expose().to_owned();
            let userinfo = userinfo.map(|(user, password)| {
                let password = password.map(|password| format!(":{}", encode(&password)));
                format!("{}{}@", encode(&user), password.unwrap_or_default())
            });
            let path = path.map(|path| format!("/{}", encode(&path)));
            let params: Vec<_> = params
                .iter()
                .map(|(name, value)| format!("{name}={}", encode(value)))
                .collect();
            let query = if params.is_empty() {
                String::new()
            } else {
                format!("?{}", params.join("&"))
            };
            format!(
                "{scheme}://{}{server}{}{query}",
                userinfo.unwrap_or_default(),
                path.unwrap_or_default()
            )
        },
    )
}

fn is_rendered_as_the_same(config: &Config) -> Result<(), TestCaseError> {
    let url = config.to_url().unwrap();
    let again = url.expose().parse::<Config>();
    prop_assert_eq!(again.as_ref(), Ok(config), "{}", url.expose());
    let again = again.expect("compared");
    prop_assert_eq!(again.tls(), config.tls());
    prop_assert_eq!(again.to_url().unwrap(), url);
    Ok(())
}

proptest! {
    #![proptest_config(cases(2048))]

    #[test]
    fn what_is_read_is_rendered_as_the_same(text in hostile()) {
        match text.parse::<Config>() {
            Ok(config) => is_rendered_as_the_same(&config)?,
            Err(error) => {
                let given = secret::of_error(&error).concat();
                prop_assert!(!given.contains("hunter2"), "{}", given);
                location_is_in_text(&text, &error)?;
            }
        }
    }

    #[test]
    fn any_parts_are_rendered_as_the_same(text in url()) {
        if let Ok(config) = text.parse::<Config>() {
            is_rendered_as_the_same(&config)?;
        }
    }

    #[test]
    fn parts_set_by_value_are_read_back(
        scheme in select(SCHEMES.to_vec()), user in part(), password in part(), database in part(),
    ) {
        let host = if ["unix", "redis+socket"].contains(&scheme) { "/run/x.sock" } else { "h.test" };
        let config: Config = format!("{scheme}://{host}").parse().expect("a bare URL");
        let config = config.with_user(&user).expect("a user");
        let config = config.with_password(&password).expect("a password");
        prop_assert_eq!(config.user(), Some(&*user));
        prop_assert_eq!(config.password().map(|password| password.expose().to_owned()), Some(password));
        if let Ok(config) = config.with_dbname(&database) {
            is_rendered_as_the_same(&config)?;
        }
    }

    #[test]
    fn passwords_and_tokens_are_never_shown(
        scheme in select(SCHEMES.to_vec()), user in "[a-f]{0,4}", name in "[a-f]{3,8}Token", (marker, dressed) in secret::dressed(),
    ) {
        let host = if ["unix", "redis+socket"].contains(&scheme) { "/run/x.sock" } else { "h.test" };
        let text = format!("{scheme}://{user}:{dressed}@{host}?{name}={dressed}");
        let config: Config = text.parse().expect("a URL");
        let mut shown = secret::debugged(&config);
        shown.push(config.to_string());
        shown.extend(secret::of_warnings(config.warnings()));
        secret::hidden(&shown, &marker, &text)?;
    }

    #[test]
    fn what_is_rejected_shows_nothing(
        scheme in select(SCHEMES.to_vec()), before in part(), after in part(), (marker, dressed) in secret::dressed(),
    ) {
        let text = format!("{scheme}://{before}{dressed}{after}");
        if let Err(error) = text.parse::<Config>() {
            secret::hidden(&secret::of_error(&error), &marker, &text)?;
        }
    }
}
