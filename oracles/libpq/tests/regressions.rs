//! Texts on which the two once disagreed, or where it would be easy to: each has a name and is compared by itself.

use database_url_libpq_oracle::compare::{Agreement, compare};

use Agreement::{Accepted, NotUtf8, OutOfReach, RejectedAtOptions, RejectedAtParse};

/// Name, text, and what both make of it.
const TEXTS: &[(&str, &str, Agreement)] = &[
    // conninfo_uri_parse_options
    ("a prefix alone is a URI", "postgres://", Accepted),
    (
        "the first at-sign ends the credentials",
        "postgres://u:pw@9@h",
        Accepted,
    ),
    (
        "a slash before the at-sign leaves no credentials",
        "postgres://u:pw/9@h/d",
        RejectedAtOptions,
    ),
    (
        "a port swallows a password",
        "postgres://u:55/9@h/d",
        Accepted,
    ),
    (
        "a question mark does not end the credentials",
        "postgres://h?user=a@b",
        Accepted,
    ),
    ("an empty user is not stored", "postgres://:p@h", Accepted),
    (
        "a user of spaces is stored empty",
        "postgres:// @h",
        Accepted,
    ),
    (
        "commas are appended to both lists",
        "postgres://h1,h2",
        Accepted,
    ),
    (
        "an escaped comma splits",
        "postgres://h1%2Ch2:1,h3:2",
        RejectedAtOptions,
    ),
    ("brackets may hold anything", "postgres://[a,b]", Accepted),
    (
        "brackets may not be empty",
        "postgres://[]",
        RejectedAtParse,
    ),
    (
        "nothing may follow a bracket",
        "postgres://[::1]x",
        RejectedAtParse,
    ),
    (
        "brackets that do not close",
        "postgres://[::1",
        RejectedAtParse,
    ),
    (
        "a bracket within a name is data",
        "postgres://a[b]c",
        Accepted,
    ),
    (
        "a second colon is of the port",
        "postgres://h:1:2",
        RejectedAtOptions,
    ),
    (
        "a number sign is data",
        "postgres://h/d#x?sslmode=require",
        Accepted,
    ),
    ("later slashes are data", "postgres://h//d/e", Accepted),
    // conninfo_uri_decode
    (
        "blanks round a part are dropped",
        "postgres:// u : p @ h : 1 / d ? sslmode = require ",
        Accepted,
    ),
    (
        "blanks in a part are refused",
        "postgres://u:p w@h",
        RejectedAtParse,
    ),
    (
        "the host list is one part",
        "postgres://h1, h2",
        RejectedAtParse,
    ),
    ("a tab is data", "postgres://u:p\tw@h", Accepted),
    ("an escaped blank is data", "postgres://%20u%20@h", Accepted),
    ("an escaped NUL", "postgres://u:%00@h", RejectedAtParse),
    ("an escape cut short", "postgres://u:%4@h", RejectedAtParse),
    (
        "an escape without digits",
        "postgres://u:50%@h",
        RejectedAtParse,
    ),
    ("not UTF-8", "postgres://u:%ff@h", NotUtf8),
    (
        "not UTF-8, and replaced by a later value",
        "postgres://%ff@h?user=a",
        NotUtf8,
    ),
    (
        "not UTF-8, as the value of requiressl",
        "postgres://h?requiressl=%ff",
        NotUtf8,
    ),
    ("half a character", "postgres://u:%c3@h/%a9", NotUtf8),
    // conninfo_uri_parse_params
    ("a trailing ampersand", "postgres://h?user=a&", Accepted),
    (
        "two ampersands",
        "postgres://h?user=a&&dbname=b",
        RejectedAtParse,
    ),
    (
        "a second equals sign",
        "postgres://h?options=-ca=b",
        RejectedAtParse,
    ),
    ("an escaped name", "postgres://h?u%73er=a", Accepted),
    (
        "the host list is replaced, the ports stay",
        "postgres://h1,h2/d?host=h3",
        RejectedAtOptions,
    ),
    (
        "ssl is true or nothing",
        "postgres://h?ssl=TRUE",
        RejectedAtParse,
    ),
    (
        "ssl decoded",
        "postgres://h?s%73l=t%72ue&ssl = true ",
        Accepted,
    ),
    (
        "ssl replaces",
        "postgres://h?sslmode=verify-full&ssl=true",
        Accepted,
    ),
    (
        "requiressl other than 1",
        "postgres://h?sslmode=require&requiressl=",
        Accepted,
    ),
    // conninfo_parse
    ("nothing", "", Accepted),
    ("blanks alone", " \t\n\u{b}\u{c}\r", Accepted),
    (
        "a no-break space is no blank",
        "\u{a0}user=a",
        RejectedAtParse,
    ),
    (
        "a value is looked for across blanks",
        "password= \n user=ada",
        Accepted,
    ),
    (
        "text may follow a closing quote",
        "password='p'user=ada",
        Accepted,
    ),
    ("quotes are not doubled", "password='a''b'", RejectedAtParse),
    ("a quote that does not end", r"user='a\'", RejectedAtParse),
    ("a lone backslash at the end", r"user=a\", Accepted),
    ("an escaped blank at the end", r"user=a\ ", Accepted),
    ("a quote that is not first", "user=a'b'c", Accepted),
    ("an empty name", "=x", RejectedAtParse),
    ("ssl is for URIs", "ssl=true", RejectedAtParse),
    ("requiressl is for both", "requiressl=1", Accepted),
    ("requiressl, escaped", r"requiressl=\1", Accepted),
    (
        "requiressl, quoted and escaped",
        r"requiressl='\1'",
        Accepted,
    ),
    ("requiressl across blanks", "requiressl= 1", Accepted),
    (
        "another scheme's URI",
        "POSTGRES://h/d?user=x",
        RejectedAtParse,
    ),
    // pqConnectOptions2
    (
        "an empty host list with ports",
        "host='' port=1,2",
        RejectedAtOptions,
    ),
    ("a port list of one comma", "host=a,b port=,", Accepted),
    (
        "one comma of ports for no host",
        "port=,",
        RejectedAtOptions,
    ),
    (
        "a bad port of the last host",
        "host=a,b port=1,x",
        RejectedAtOptions,
    ),
    (
        "authentication methods twice",
        "require_auth=md5,md5",
        RejectedAtOptions,
    ),
    (
        "the absence of authentication twice",
        "require_auth=none,none",
        RejectedAtOptions,
    ),
    ("mixed methods", "require_auth=md5,!none", RejectedAtOptions),
    ("an empty method", "require_auth=md5,", RejectedAtOptions),
    (
        "gss and sspi share a bit",
        "require_auth=!gss,!sspi",
        Accepted,
    ),
    ("an empty mode", "sslmode=''", RejectedAtOptions),
    (
        "system certificates and no mode",
        "sslrootcert=system",
        Accepted,
    ),
    (
        "system certificates and a weak mode",
        "sslrootcert=system sslmode=verify-ca",
        RejectedAtOptions,
    ),
    (
        "direct and system certificates",
        "sslrootcert=system sslnegotiation=direct",
        Accepted,
    ),
    (
        "direct and no mode",
        "sslnegotiation=direct",
        RejectedAtOptions,
    ),
    (
        "the least TLS version is 1.2 if unset",
        "ssl_max_protocol_version=TLSv1.1",
        RejectedAtOptions,
    ),
    (
        "the least TLS version may be none",
        "ssl_min_protocol_version='' ssl_max_protocol_version=TLSv1",
        Accepted,
    ),
    (
        "the latest protocol is 3.2",
        "min_protocol_version=latest max_protocol_version=3.2",
        Accepted,
    ),
    (
        "the latest protocol is more than 3.0",
        "min_protocol_version=latest max_protocol_version=3.0",
        RejectedAtOptions,
    ),
    // pqParseIntParam
    ("an integer with blanks", "connect_timeout=' +5 '", Accepted),
    ("an empty integer", "connect_timeout=''", RejectedAtOptions),
    (
        "an integer that is not used",
        "keepalives=0 keepalives_idle=x",
        RejectedAtOptions,
    ),
    // pg_b64_decode
    (
        "a key of 32 bytes",
        "scram_client_key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        Accepted,
    ),
    (
        "a key with bits left over",
        "scram_client_key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
        Accepted,
    ),
    (
        "a key with a blank",
        "scram_client_key='AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAA='",
        RejectedAtOptions,
    ),
    (
        "a key without padding",
        "scram_client_key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        RejectedAtOptions,
    ),
    // ours
    ("a NUL", "user=a\0b", OutOfReach),
];

#[test]
fn both_agree() {
    let mut failures = Vec::new();
    for (name, text, expected) in TEXTS {
        match compare(text) {
            Ok(agreement) if agreement == *expected => {}
            Ok(agreement) => failures.push(format!("{name}: {agreement:?}: {text:?}")),
            Err(disagreement) => {
                failures.push(format!("{name}, expected {expected:?}: {disagreement}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// `pg_b64_decode` does not look at what follows a padding, except that each group then stands for as many bytes as the
/// first padded one.
#[test]
fn keys_with_padding_inside() {
    let ten = "AAAA".repeat(10);
    for (key, expected) in [
        ("AA==".repeat(32), Accepted),
        ("AA=A".repeat(32), Accepted),
        (format!("AA=={}", "AAAA".repeat(31)), Accepted),
        (format!("AA=={}", "====".repeat(31)), Accepted),
        ("AAA=".repeat(16), Accepted),
        (format!("{ten}AA=="), RejectedAtOptions),
        (format!("{ten}AAA=AAA="), RejectedAtOptions),
        (format!("{ten}AA==AA=="), Accepted),
        (format!("{ten}A==="), RejectedAtOptions),
        (format!("={ten}"), RejectedAtOptions),
        (format!("{}AAA=", "AAA-".repeat(10)), RejectedAtOptions),
        (format!("{ten}AAA=="), RejectedAtOptions),
        (format!("{ten}AAA====="), RejectedAtOptions),
    ] {
        assert_eq!(
            compare(&format!("scram_server_key='{key}'")),
            Ok(expected),
            "{key}"
        );
    }
}

#[test]
fn a_text_of_more_than_one_mebibyte_is_rejected() {
    let text = format!("postgres://u:{}@h/d", "p".repeat(1 << 20));
    assert_eq!(compare(&text), Ok(OutOfReach));
}

#[test]
fn a_text_of_one_mebibyte_is_accepted() {
    let (start, end) = ("postgres://u:", "@h/d");
    let text = format!(
        "{start}{}{end}",
        "%41".repeat(((1 << 20) - start.len() - end.len()) / 3)
    );
    assert_eq!(compare(&text), Ok(Accepted));
}

#[test]
fn ten_thousand_hosts_are_accepted() {
    let hosts = vec!["h:5432"; 10_000].join(",");
    assert_eq!(compare(&format!("postgres://{hosts}/d")), Ok(Accepted));
}
