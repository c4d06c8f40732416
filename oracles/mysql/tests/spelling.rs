//! A URL that works in a driver still works in it after it went through this crate: `to_url` keeps each setting as it was
//! written, where one canonical name would be unknown to most drivers.

use database_url::mysql::Config;
use database_url_mysql_oracles::generate::{Form, Generator};
use database_url_mysql_oracles::peer::Peer;

#[rustfmt::skip] // a table: one row per line
const WORK: &[(Peer, &str)] = &[
    (Peer::MysqlAsync, "mysql://u:p@h/d?require_ssl=true"),
    (Peer::MysqlAsync, "mysql://u:p@h/d?require_ssl=true&verify_ca=false&pool_min=1&pool_max=5"),
    (Peer::MysqlAsync, "mysql://u:p@h/d?compression=fast&stmt_cache_size=5&prefer_socket=false"),
    (Peer::MysqlAsync, "mysql://u:p@h/d?tcp_keepalive=5&conn_ttl=10&enable_cleartext_plugin=true"),
    (Peer::Mysql, "mysql://u:p@h/d?tcp_connect_timeout_ms=1500&compress=best"),
    (Peer::Mysql, "mysql://u:p@h/d?danger_skip_domain_validation=true&root_cert_path=/ca.pem"),
    (Peer::Mysql, "mysql://h?user=u&password=p&db_name=d&port=3307"),
    (Peer::Mysql, "mysql://u:p@h/d?tcp_keepalive_time_ms=5&secure_auth=true&server_key_path=/k.pem"),
    (Peer::Sqlx, "mysql://u:p@h/d?ssl-mode=VERIFY_CA&ssl-ca=/ca.pem&sslcert=/c.pem&sslkey=/k.pem"),
    (Peer::Sqlx, "mysql://u:p@h/d?sslmode=REQUIRED&statement-cache-capacity=5&charset=latin1"),
    (Peer::Sqlx, "mysql://u:p@localhost/d?socket=/run/x.sock"),
];

#[test]
fn what_works_in_a_driver_works_after_it_went_through_this_crate() {
    let mut failures = Vec::new();
    for (peer, text) in WORK {
        let before = peer.read(text).expect(text);
        let config: Config = text.parse().expect(text);
        let url = config.to_url().expect(text);
        let after = peer.read(url.expose());
        if after.as_ref() != Ok(&before) {
            failures.push(format!("{peer:?} {text}\n  {}\n  {after:?}", url.expose()));
        }
        // The same with another password, which no setting depends on.
        let config = config.with_password("p@ss/w").expect(text);
        let url = config.to_url().expect(text);
        if let Err(error) = peer.read(url.expose()) {
            failures.push(format!("{peer:?} {text}\n  {}\n  {error}", url.expose()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Over generated URLs: none that a driver takes, and we read as it does, is lost to it.
#[test]
fn no_generated_url_is_lost_to_its_driver() {
    let (mut compared, mut failures) = (0, Vec::new());
    for text in Generator::new(Form::Url, 7).take(40_000) {
        let Ok(config) = text.parse::<Config>() else {
            continue;
        };
        let url = config.to_url().expect("a URL");
        for peer in Peer::CRATES {
            let (Ok(before), Ok(ours)) = (
                peer.read(&text),
                database_url_mysql_oracles::ours::read(peer, &text),
            ) else {
                continue;
            };
            // The peers do not decode hosts, and what looks like no host is escaped here.
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]/,".contains(c);
            if before != ours
                || !before
                    .get("host")
                    .is_none_or(|host| host.chars().all(is_plain))
            {
                continue;
            }
            compared += 1;
            let after = peer.read(url.expose());
            if after.as_ref() != Ok(&before) {
                failures.push(format!(
                    "{peer:?} {text:?}\n  {:?}\n  {after:?}",
                    url.expose()
                ));
            }
        }
    }
    assert!(compared > 5_000, "{compared}");
    let shown: Vec<_> = failures.iter().take(10).map(String::as_str).collect();
    assert!(
        failures.is_empty(),
        "{} of {compared}:\n{}",
        failures.len(),
        shown.join("\n")
    );
}
