//! What each driver makes of one string, compared with us: by hand, in the order of the grammar. `Other` rows are the deliberate
//! differences, with the reason.

use database_url_mysql_oracles::compare::{Outcome, What, compare};
use database_url_mysql_oracles::ours;
use database_url_mysql_oracles::peer::Peer;

/// What a driver makes of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// The same as we, in every field.
    Same,
    /// It rejects the text; we may accept it.
    No,
    /// It accepts the text and reads something else, or accepts what we reject: this is why.
    Other(&'static str),
}

use Says::{No, Other, Same};

/// Text, whether we accept it; then sqlx, mysql and `mysql_async`.
type Row = (&'static str, bool, Says, Says, Says);

const ANY_SCHEME: Says = Other("sqlx never looks at the scheme");
const NO_USER: Says = Other("sqlx logs in as root when no user is given");
const DROPS: Says = Other("sqlx drops the parameter");
const HASH: Says = Other("a fragment is dropped, and with it what was meant");
const EMPTY_PASSWORD: Says = Other("an empty password is none to the crate `url`");
const LOSSY: Says = Other("U+FFFD is sent as the password");
const CUT: Says = Other("only the first segment of the path is the database");
const ESCAPED_HOST: Says = Other("the host is not decoded");
const KEPT_ESCAPE: Says = Other("a bad escape is kept as it is");
const DELETED: Says = Other("a tab or newline is deleted");

#[rustfmt::skip] // a table: one row per line
const SCHEMES: &[Row] = &[
    ("mysql://nora:s3cret@db.acme.test/shop", true, Same, Same, Same),
    ("MySQL://nora:s3cret@db.acme.test/shop", true, Same, Same, Same),
    ("mariadb://nora:s3cret@db.acme.test/shop", true, Same, No, No),
    ("mysql2://nora:s3cret@db.acme.test/shop", true, Same, No, No),
    ("trilogy://nora:s3cret@db.acme.test/shop", true, Same, No, No),
    ("mysql+pymysql://nora:s3cret@db.acme.test/shop", true, Same, No, No),
    ("mysqlx://nora:s3cret@db.acme.test/shop", true, Other("the X protocol's port is 33060"), No, No),
    ("postgres://nora:s3cret@db.acme.test/shop", false, ANY_SCHEME, No, No),
    ("https://nora:s3cret@db.acme.test/shop", false, ANY_SCHEME, No, No),
    ("jdbc:mysql://nora:s3cret@db.acme.test/shop", false, ANY_SCHEME, No, No),
    ("mysql:/db.acme.test/shop", false, ANY_SCHEME, No, No),
    ("mysql:db.acme.test/shop", false, ANY_SCHEME, No, No),
    ("nora:s3cret@tcp(db.acme.test)/shop", false, Other("a DSN's user is a scheme, too"), No, No),
    ("mysql://nora:s3cret@tcp(db.acme.test:3307)/shop", false, No, No, No),
    ("db.acme.test/shop", false, No, No, No),
    ("", false, No, No, No),
];

#[rustfmt::skip] // a table: one row per line
const CREDENTIALS: &[Row] = &[
    ("mysql://nora@db.acme.test/shop", true, Same, Same, Same),
    ("mysql://db.acme.test/shop", true, NO_USER, Same, Same),
    ("mysql://nora:@db.acme.test/shop", true, EMPTY_PASSWORD, EMPTY_PASSWORD, EMPTY_PASSWORD),
    ("mysql://:s3cret@db.acme.test/shop", true, NO_USER, Other("an empty user is none"), Other("an empty user is none")),
    ("mysql://nora@corp:s3cret@db.acme.test/shop", true, Same, Same, Same),
    ("mysql://nora:s3:cret@db.acme.test/shop", true, Same, Same, Same),
    ("mysql://nora:p%40ss%2Fw%3Ard%3F%23@db.acme.test/shop", true, Same, Same, Same),
    ("mysql://no%3Ara:pw@db.acme.test/shop", true, Same, Same, Same),
    ("mysql://nora:a+b@db.acme.test/shop", true, Same, Same, Same),
    ("mysql://n\u{f6}ra:p\u{e4}ss@db.acme.test/shop", true, Same, Same, Same),
    ("mysql://nora:%252F@db.acme.test/shop", true, Same, Same, Same),
    ("mysql://nora:50%@db.acme.test/shop", false, KEPT_ESCAPE, KEPT_ESCAPE, KEPT_ESCAPE),
    ("mysql://nora:%zz@db.acme.test/shop", false, KEPT_ESCAPE, KEPT_ESCAPE, KEPT_ESCAPE),
    ("mysql://nora:%FFpw@db.acme.test/shop", false, No, LOSSY, LOSSY),
    ("mysql://nora:a%00b@db.acme.test/shop", false, Other("NUL in the password"), Other("NUL in the password"), Other("NUL in the password")),
    ("mysql://nora:#pw@db.acme.test/shop", false, HASH, HASH, HASH),
    ("mysql://nora:p#w@db.acme.test/shop", false, No, No, No),
    ("mysql://nora:12/34@db.acme.test/shop", false, Other("host nora, port 12"), Other("host nora, port 12"), Other("host nora, port 12")),
    ("mysql://nora:p/w@db.acme.test/shop", false, No, No, No),
    ("mysql://nora:p?w@db.acme.test/shop", false, No, No, No),
    ("mysql://nora:p\nw@db.acme.test/shop", false, DELETED, DELETED, DELETED),
    (" mysql://nora:s3cret@db.acme.test/shop", false, Other("blanks round the text are dropped"), Other("blanks round the text are dropped"), Other("blanks round the text are dropped")),
    ("mysql://nora:****@db.acme.test/shop", false, Other("a mask is taken for a password"), Other("a mask is taken for a password"), Other("a mask is taken for a password")),
    ("mysql://nora:${DB_PASSWORD}@db.acme.test/shop", false, Other("never expanded"), Other("never expanded"), Other("never expanded")),
];

#[rustfmt::skip] // a table: one row per line
const LOCATIONS: &[Row] = &[
    ("mysql://nora@mysql_primary/shop", true, Same, Same, Same),
    ("mysql://nora@10.0.0.7:3307/shop", true, Same, Same, Same),
    ("mysql://nora@[::1]:3307/shop", true, Same, Same, Same),
    ("mysql://nora@[fe80::1%25eth0]/shop", true, No, No, No),
    ("mysql://nora@2001:db8::7/shop", false, No, No, No),
    ("mysql://nora@DB.Acme.TEST/shop", true, Same, Other("the name is put in lower case"), Same),
    ("mysql://nora@b%C3%BCcher.test/shop", true, ESCAPED_HOST, Other("the name is put in punycode"), ESCAPED_HOST),
    ("mysql://nora@db.acme.test:/shop", true, Same, Same, Same),
    ("mysql://nora@db.acme.test:03307/shop", true, Same, Same, Same),
    ("mysql://nora@db.acme.test:0/shop", false, Other("port 0"), Other("port 0"), Other("port 0")),
    ("mysql://nora@db.acme.test:65536/shop", false, No, No, No),
    ("mysql://nora@db.acme.test:3306x/shop", false, No, No, No),
    ("mysql://nora@alpha.test,beta.test/shop", true, Other("one host with a comma in it"), Other("one host with a comma in it"), Other("one host with a comma in it")),
    ("mysql://nora@alpha.test:1,beta.test:2/shop", true, No, No, No),
    ("mysql://nora@db.acme.test", true, Same, Same, Same),
    ("mysql://nora@db.acme.test/", true, Same, Same, Same),
    ("mysql://nora@db.acme.test/a%2Fb", true, Same, Same, Same),
    ("mysql://nora@db.acme.test/sales%202024", true, Same, Same, Same),
    ("mysql://nora@db.acme.test/a+b", true, Same, Same, Same),
    ("mysql://nora@db.acme.test/shop/", true, Other("the database `shop/`"), Same, Same),
    ("mysql://nora@db.acme.test/a/b", false, Other("the database `a/b`"), CUT, CUT),
    ("mysql://nora@db.acme.test//shop", false, Other("slashes in front are dropped"), CUT, CUT),
    ("mysql://nora@db.acme.test/x/../shop", false, Other("dots are walked"), Other("dots are walked"), Other("dots are walked")),
    ("mysql://nora@db.acme.test/%2E%2E", true, Other("dots are walked, even escaped"), Other("dots are walked, even escaped"), Other("dots are walked, even escaped")),
    ("mysql://nora@db.acme.test/sh%zzop", false, KEPT_ESCAPE, KEPT_ESCAPE, KEPT_ESCAPE),
    ("mysql://nora@db.acme.test/shop#x", false, HASH, HASH, HASH),
];

#[rustfmt::skip] // a table: one row per line
const SOCKETS: &[Row] = &[
    ("mysql://nora@localhost/shop?socket=/run/mysqld/mysqld.sock", true, Same, Same, Same),
    ("mysql://nora@localhost/shop?socket=/cloudsql/p:r:i", true, Same, Same, Same),
    ("mysql:///shop?socket=/run/mysqld/mysqld.sock", true, NO_USER, No, No),
    ("mysql://nora:s3cret@/shop?socket=/run/mysqld/mysqld.sock", true, No, No, No),
    ("mysql://nora@localhost/shop?unix_socket=/run/mysqld/mysqld.sock", true, DROPS, No, No),
    ("mysql://nora@localhost/shop?socketPath=/run/mysqld/mysqld.sock", true, DROPS, No, No),
    ("mysql://nora@localhost/shop?socket=(/run/mysqld/mysqld.sock)", true, Other("with parentheses"), Other("with parentheses"), Other("with parentheses")),
    ("mysql://nora@%2Frun%2Fmysqld%2Fmysqld.sock/shop", true, ESCAPED_HOST, No, ESCAPED_HOST),
    ("mysql://nora@(%2Frun%2Fmysqld.sock)/shop", true, Other("a host in parentheses"), No, Other("a host in parentheses")),
    ("mysql://nora@localhost/shop?socket=/a.sock&unix_socket=/b.sock", false, DROPS, No, No),
    ("mysql://nora@localhost%2Ftmp/shop", false, ESCAPED_HOST, No, ESCAPED_HOST),
];

#[rustfmt::skip] // a table: one row per line
const PARAMETERS: &[Row] = &[
    ("mysql://u@h/d?ssl-mode=REQUIRED", true, Same, No, No),
    ("mysql://u@h/d?sslmode=verify_identity&ssl-ca=/ca.pem", true, Same, No, No),
    ("mysql://u@h/d?ssl-mode=verify-ca", true, No, No, No),
    ("mysql://u@h/d?ssl_mode=REQUIRED", true, DROPS, No, No),
    ("mysql://u@h/d?SSL-MODE=REQUIRED", true, DROPS, No, No),
    ("mysql://u@h/d?ssl-ca=/ca.pem", true, Other("a CA alone leaves TLS optional"), No, No),
    ("mysql://u@h/d?require_ssl=true", true, DROPS, No, Same),
    ("mysql://u@h/d?require_ssl=true&verify_ca=false&verify_identity=false", true, DROPS, No, Same),
    ("mysql://u@h/d?require_ssl=true&verify_identity=false", true, DROPS, No, Same),
    ("mysql://u@h/d?require_ssl=false", true, DROPS, No, Same),
    ("mysql://u@h/d?danger_skip_domain_validation=true", true, DROPS, Same, No),
    ("mysql://u@h/d?danger_accept_invalid_certs=true", true, DROPS, Same, No),
    ("mysql://u@h/d?danger_accept_invalid_certs=false", true, DROPS, Same, No),
    ("mysql://u@h/d?danger_accept_invalid_certs=true&danger_accept_invalid_certs=false", false, DROPS, Other("the last one wins"), No),
    ("mysql://u@h/d?root_cert_path=/ca.pem", true, DROPS, Other("mysql checks the name as well"), No),
    ("mysql://u@h/d?verify_ca=true&verify_identity=true", true, DROPS, No, Other("verification alone leaves TLS off")),
    ("mysql://u@h/d?useSSL=true&sslMode=VERIFY_IDENTITY", true, DROPS, No, No),
    ("mysql://u@h/d?ssl-mode=REQUIRED&sslMode=DISABLED", false, Other("the second is dropped"), No, No),
    ("mysql://u@h/d?ssl-mode=REQUIRED&ssl-mode=DISABLED", false, Other("the last one wins"), No, No),
    ("mysql://u@h/d?ssl-mod=REQUIRED", false, DROPS, No, No),
    ("mysql://u@h/d?charset=utf8mb4&collation=utf8mb4_unicode_ci", true, Same, No, No),
    ("mysql://u@h/d?charset=utf8mb4;ssl-mode=REQUIRED", false, Other("the charset `utf8mb4;ssl-mode`…"), No, No),
    ("mysql://u@h/d?encoding=utf8mb4", true, Same, No, No),
    ("mysql://u@h/d?encoding=latin1", true, DROPS, No, No),
    ("mysql://u@h/d?statement-cache-capacity=7", true, Same, No, No),
    ("mysql://u@h/d?stmt_cache_size=7", true, DROPS, Same, Same),
    ("mysql://u@h/d?pool_min=2&pool_max=9", true, Same, Same, Same),
    ("mysql://u@h/d?pool_min=5&pool_max=2", false, DROPS, No, No),
    ("mysql://u@h/d?tcp_connect_timeout_ms=1500", true, Same, Same, No),
    ("mysql://u@h/d?compress=true", true, Same, Same, No),
    ("mysql://u@h/d?compress=false", true, Same, No, No),
    ("mysql://u@h/d?compress=9", true, Same, Same, No),
    ("mysql://u@h/d?compression=fast", true, Same, No, Same),
    ("mysql://u@h/d?prefer_socket=false&enable_cleartext_plugin=true", true, Same, Same, Same),
    ("mysql://u@h/d?max_allowed_packet=4194304", true, Same, Same, Same),
    ("mysql://u@h/d?max_allowed_packet=1", true, Same, Same, Other("1024 at least")),
    ("mysql://u@h/d?client_found_rows=true", true, Same, No, Same),
    ("mysql://u@h/d?reconnect=true", true, Same, No, No),
    ("mysql://u@h/d?flag=", true, Same, No, No),
    ("mysql://u@h/d?connect_timeout=soon", false, DROPS, No, No),
    ("mysql://h/d?user=nora&password=s3cret", true, Other("sqlx logs in as root, without the password"), Same, No),
    ("mysql://u@h/d?host=other.test", false, DROPS, Other("the parameter replaces the host"), No),
    ("mysql://u@h/d?port=3307", true, DROPS, Same, No),
];

#[test]
fn schemes() {
    check(SCHEMES);
}

#[test]
fn credentials() {
    check(CREDENTIALS);
}

#[test]
fn hosts_ports_and_databases() {
    check(LOCATIONS);
}

#[test]
fn sockets() {
    check(SOCKETS);
}

#[test]
fn parameters() {
    check(PARAMETERS);
}

#[track_caller]
fn check(rows: &[Row]) {
    let mut failures = Vec::new();
    for &(text, accepted, sqlx, mysql, mysql_async) in rows {
        let ours = ours::read(Peer::Sqlx, text);
        if ours.is_ok() != accepted {
            failures.push(format!("{text:?}: ours: {ours:?}"));
        }
        for (peer, expected) in Peer::CRATES.into_iter().zip([sqlx, mysql, mysql_async]) {
            let outcome = compare(peer, text);
            let fits = match &outcome {
                Outcome::Same => expected == Same,
                Outcome::BothReject => expected == No,
                Outcome::Differ(findings) => match &findings[0].what {
                    What::ItRejects(_) => expected == No,
                    What::WeReject(..) | What::Field { .. } => matches!(expected, Other(_)),
                },
            };
            if !fits {
                failures.push(format!(
                    "{text:?}, {peer:?}: expected {expected:?}, found {outcome:?}"
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
