//! What go-sql-driver makes of one DSN, compared with us: by hand, in the order of its grammar.

use database_url_mysql_oracles::compare::{Outcome, What, compare_with};
use database_url_mysql_oracles::go;
use database_url_mysql_oracles::peer::Peer;

/// What go-sql-driver makes of a DSN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// The same as we.
    Same,
    /// It rejects the DSN, and so do we.
    No,
    /// It reads something else, or accepts what we reject: this is why.
    Other(&'static str),
    /// We accept what it rejects: this is why.
    OnlyWe(&'static str),
}

use Says::{No, OnlyWe, Other, Same};

#[rustfmt::skip] // a table: one row per line
const DSNS: &[(&str, Says)] = &[
    // The last slash, then the last at-sign before it, then the first colon.
    ("", Same),
    ("/", Same),
    ("nora:s3cret@tcp(db.acme.test:3307)/shop", Same),
    ("nora:s3cret@tcp(db.acme.test)/shop", Same),
    ("nora:p@ss(1)/x@tcp(db.acme.test)/shop", Same),
    ("nora:p:w@/shop", Same),
    ("nora@/shop", Same),
    ("nora:@/shop", Same),
    (":pw@/shop", Same),
    ("@/", Same),
    ("nora:50%25@/shop", Same),
    ("nora:50%@/shop", Same),
    ("shop", No),
    ("nora:s3cret@tcp(db.acme.test:3307)", No),
    // Networks.
    ("unix(/run/mysqld/mysqld.sock)/shop", Same),
    ("nora@unix/shop", Same),
    ("cloudsql(p:r:i)/shop", Same),
    ("cloudsql/shop", No),
    ("tcp6([::1]:3307)/shop", Same),
    ("tcp6/shop", No),
    ("tcp(2001:db8::7)/shop", Same),
    ("tcp([::1]:3307)/shop", Same),
    ("tcp([::1])/shop", Other("go-sql-driver makes [[::1]]:3306 of it, which nobody can dial")),
    ("tcp(db.acme.test/shop", No),
    ("tcp(db.acme.test)x/shop", No),
    ("mysql://nora:pw@db.acme.test:3306/shop", No),
    ("mysql://nora:pw@tcp(db.acme.test:3306)/shop", Other("the user `mysql` with the password `//nora:pw`")),
    // The database is decoded, with plus signs kept.
    ("/my%2Fshop", Same),
    ("/a+b", Same),
    ("/a%20b", Same),
    ("/sh%zz", No),
    ("/a%00b", Other("NUL in the database")),
    ("/a%FFb", Other("not UTF-8")),
    // Parameters.
    ("/shop?charset=utf8mb4,utf8&collation=utf8mb4_unicode_ci", Same),
    ("/shop?charset=utf8%6Db4", Same),
    ("/shop?collation=a+b", Same),
    ("/shop?timeout=1m30s&readTimeout=1500ms&writeTimeout=1.5s", Same),
    ("/shop?timeout=30", No),
    ("/shop?timeout=soon", No),
    ("/shop?timeout=0", Same),
    ("/shop?maxAllowedPacket=0", Same),
    ("/shop?maxAllowedPacket=x", No),
    ("/shop?compress=1&allowAllFiles=TRUE&clientFoundRows=True&allowCleartextPasswords=false", Same),
    ("/shop?compress=yes", No),
    ("/shop?parseTime=true&loc=Europe%2FBerlin", Same),
    ("/shop?sql_mode=%27ANSI%27&x=a+b", Same),
    ("/shop?x=%zz", No),
    ("/shop?x=a/b", No),
    ("/shop?flag", Same),
    ("/shop?x=1&x=2", Same),
    ("/shop?tls=true", Same),
    ("/shop?tls=1", Same),
    ("/shop?tls=skip-verify", Same),
    ("/shop?tls=Skip-Verify", Same),
    ("/shop?tls=preferred", Same),
    ("/shop?tls=false", Same),
    ("/shop?tls=registered", No),
    ("/shop?tls=true&tls=false", Other("the last one wins, and TLS is off")),
    ("/shop?ssl-mode=REQUIRED", Other("sent as SET ssl-mode=REQUIRED")),
    ("/shop?reconnect=true", Same),
    ("/shop?TIMEOUT=30s", Same),
    ("/shop?parseTime=yes", No),
    ("/shop?checkConnLiveness=maybe", No),
    ("/shop?timeTruncate=1", No),
    ("/shop?timeTruncate=-1us", Same),
    ("/shop?strict=true", No),
    ("/shop?tls=true&allowFallbackToPlaintext=true", Same),
    ("/shop?tls=skip-verify&allowFallbackToPlaintext=1", Same),
    ("/shop?tls=false&allowFallbackToPlaintext=true", Same),
    ("/shop?allowFallbackToPlaintext=true", Same),
    ("/shop?allowFallbackToPlaintext=yes", No),
    ("/shop?loc=%2Fetc%2Fpasswd", No),
    ("/shop?compression-level=abc", Other("sent as SET compression-level=abc")),
    ("/shop?loc=Nowhere", OnlyWe("Go's table of time zones is none of ours")),
    ("/shop?serverPubKey=registered", OnlyWe("the name may be registered in code")),
];

#[test]
fn go_sql_driver_and_we() {
    let dsns: Vec<String> = DSNS.iter().map(|(dsn, _)| (*dsn).to_owned()).collect();
    let mut failures = Vec::new();
    for ((dsn, expected), theirs) in DSNS.iter().zip(go::read(&dsns)) {
        let outcome = compare_with(Peer::Go, dsn, theirs);
        let fits = match &outcome {
            Outcome::Same => *expected == Same,
            Outcome::BothReject => *expected == No,
            Outcome::Differ(findings) => match &findings[0].what {
                What::ItRejects(_) => matches!(expected, OnlyWe(_)),
                What::WeReject(..) | What::Field { .. } => matches!(expected, Other(_)),
            },
        };
        if !fits {
            failures.push(format!("{dsn:?}: expected {expected:?}, found {outcome:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
