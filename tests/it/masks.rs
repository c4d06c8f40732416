//! Data that looks like the mask of a tool is escaped by every renderer, so that the result reads back as the same data.

use database_url::postgres::{Dialect, Keyword};
use database_url::{Database, SecretStr, encode, mysql, postgres, service, sqlite};

use crate::common::Failures;

const MASKS: &[&str] = &[
    "***",
    "*****",
    "xxxxx",
    "XXXXXXXX",
    "REDACTED",
    "FILTERED",
    "[REDACTED]",
    "<masked>",
    "(hidden)",
    "-filtered-",
    "***FILTERED***",
    "•••",
    "⬤⬤⬤",
    "{protected}",
];

#[test]
fn what_looks_like_a_mask_reads_back_as_data() {
    let mut failures = Failures::default();
    for mask in MASKS {
        let config = postgres::Config::new().with(Keyword::Host, "h");
        let config = config
            .and_then(|config| config.with_password(mask))
            .unwrap();
        let config = config.with(Keyword::SslPassword, mask).unwrap();
        let conninfo = config.to_conninfo().unwrap();
        let texts = [
            config.to_url().unwrap(),
            config.to_libpq_url().unwrap(),
            conninfo,
        ];
        for text in texts {
            for dialect in [Dialect::Default, Dialect::Libpq] {
                let back = postgres::Config::parse_in(dialect, text.expose());
                failures.compare(
                    &format!("{mask} postgres {dialect:?}"),
                    back.as_ref(),
                    Ok(&config),
                );
            }
        }
        let config = config.with_extra("note", mask).unwrap();
        let back = config.to_url().unwrap().expose().parse();
        failures.compare(&format!("{mask} extra"), back.as_ref(), Ok(&config));

        let config = mysql::Config::new()
            .with(mysql::Keyword::Host, "h")
            .unwrap();
        let config = config
            .with_password(mask)
            .and_then(|config| config.with_extra("note", mask))
            .unwrap();
        for url in [config.to_url(), config.to_canonical_url()] {
            let back = url.and_then(|url| url.expose().parse());
            failures.compare(&format!("{mask} mysql"), back.as_ref(), Ok(&config));
        }
        if let Ok(dsn) = config.to_go_dsn() {
            let back = mysql::Config::from_go_dsn(dsn.expose());
            failures.compare(
                &format!("{mask} go-dsn"),
                back.as_ref().map(mysql::Config::password),
                Ok(config.password()),
            );
        }

        let url = format!(
            "redis://:{}@h/0?note={}",
            encode(mask).expose(),
            encode(mask).expose()
        );
        let redis: service::Config = url.parse().unwrap();
        failures.compare(
            &format!("{mask} redis"),
            redis.to_url().unwrap().expose().parse().as_ref(),
            Ok(&redis),
        );
        let file: sqlite::Config = format!("sqlite:/a?note={}", encode(mask).expose())
            .parse()
            .unwrap();
        failures.compare(
            &format!("{mask} sqlite"),
            file.to_url().unwrap().expose().parse().as_ref(),
            Ok(&file),
        );

        let url = format!("postgres://u:{}@h/d", encode(mask).expose());
        let parsed = url.parse::<Database>();
        let password = parsed
            .as_ref()
            .map(|found| found.password().map(SecretStr::expose));
        failures.compare(&format!("{mask} encode"), password, Ok(Some(*mask)));
    }
    failures.finish();
}
