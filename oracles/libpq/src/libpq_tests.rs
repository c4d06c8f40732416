//! The oracle is checked: each verdict here is libpq's documented behaviour, or read in `fe-connect.c`.

use super::*;

use std::io::{ErrorKind, Read};
use std::net::TcpListener;
use std::thread;

#[track_caller]
fn checked(text: &str) -> Result<(), String> {
    options(&parse(text.as_bytes()).expect("a text that parses"))
}

#[track_caller]
fn ok(text: &str) {
    assert_eq!(checked(text), Ok(()), "{text}");
}

#[track_caller]
fn rejected(text: &str, part_of_message: &str) {
    let message = checked(text).expect_err(text);
    assert!(message.contains(part_of_message), "{text}: {message}");
}

#[test]
fn parse_gives_what_was_set_and_nothing_else() {
    let settings = parse(b"postgres://ada:p%ff@h1,h2:5433/?sslmode=&user=bob").unwrap();
    let expected: [(&str, &[u8]); 5] = [
        ("user", b"bob"),
        ("password", b"p\xff"),
        ("host", b"h1,h2"),
        ("port", b",5433"),
        ("sslmode", b""),
    ];
    let mut expected: Vec<Setting> = expected.map(|(k, v)| (k.into(), v.into())).into();
    let mut settings = settings;
    expected.sort();
    settings.sort();
    assert_eq!(settings, expected);
    assert!(
        parse(b"postgres://h/d?x=1")
            .unwrap_err()
            .contains("invalid URI query parameter")
    );
}

#[test]
fn hosts_addresses_and_ports_are_counted() {
    ok("");
    ok("host=a,b,c port=1,2,3");
    ok("host=a,b,c port=1");
    ok("host=a,b,c port=,,");
    ok("host=,, port=1,2,3");
    ok("host='' port=1");
    ok("hostaddr=1.1.1.1,x host=a,b");
    ok("hostaddr=, host=a,");
    ok("hostaddr=1.1.1.1,2.2.2.2 port=7");
    rejected(
        "host=a,b,c port=1,2",
        "could not match 2 port numbers to 3 hosts",
    );
    rejected("port=1,2", "could not match 2 port numbers to 1 hosts");
    rejected(
        "hostaddr=a,b host=c",
        "could not match 1 host names to 2 hostaddr values",
    );
    rejected(
        "host=a,b hostaddr=c",
        "could not match 2 host names to 1 hostaddr values",
    );
    rejected(
        "host=a,b hostaddr=, port=1,2,3",
        "could not match 3 port numbers to 2 hosts",
    );
}

#[test]
fn every_port_is_checked() {
    for port in [" 5432 ", "+5432", "0777", "65535", "1", "", "\u{b}7\u{c}"] {
        ok(&format!("port='{port}'"));
        ok(&format!(
            "host=a,b,c port='1,2,{port}' load_balance_hosts=random"
        ));
        ok(&format!(
            "host=a,b,c port='1,2,{port}' target_session_attrs=prefer-standby"
        ));
        ok(&format!("hostaddr=a,b,c port='{port},1,2'"));
    }
    for port in [
        "0",
        "65536",
        "-1",
        "5432a",
        "0x10",
        "99999999999",
        " ",
        "\u{a0}1",
        "1 2",
        "4294967297",
    ] {
        rejected(&format!("port='{port}'"), "invalid");
        for host in ["host", "hostaddr"] {
            for lists in [
                format!("{host}=a,b,c port='1,2,{port}'"),
                format!("{host}=a,b,c port='{port},1,2'"),
            ] {
                rejected(&lists, "invalid");
                rejected(&format!("{lists} load_balance_hosts=random"), "invalid");
                rejected(
                    &format!("{lists} target_session_attrs=prefer-standby"),
                    "invalid",
                );
            }
        }
    }
}

#[test]
fn encryption_is_as_in_a_libpq_with_openssl() {
    for mode in [
        "disable",
        "allow",
        "prefer",
        "require",
        "verify-ca",
        "verify-full",
    ] {
        ok(&format!("sslmode={mode}"));
    }
    ok("sslcertmode=require");
    ok("sslrootcert=system");
    ok("sslrootcert=system sslmode=verify-full");
    ok("sslmode=require sslnegotiation=direct");
    ok("sslrootcert=system sslnegotiation=direct");
    ok("ssl_min_protocol_version=tlsV1.1 ssl_max_protocol_version=TLSV1.1");
    ok("ssl_min_protocol_version='' ssl_max_protocol_version=''");
    ok("gssencmode=require");
    rejected("sslrootcert=system sslmode=require", "weak sslmode");
    rejected("sslnegotiation=direct", "weak sslmode");
    rejected(
        "ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2",
        "invalid SSL protocol version range",
    );
    rejected("gssencmode=Require", "invalid gssencmode value");
}

#[test]
fn an_empty_value_is_not_an_absent_one() {
    for keyword in [
        "sslmode",
        "sslnegotiation",
        "sslcertmode",
        "gssencmode",
        "channel_binding",
    ] {
        rejected(&format!("{keyword}=''"), "invalid");
    }
    for keyword in [
        "target_session_attrs",
        "load_balance_hosts",
        "min_protocol_version",
        "max_protocol_version",
    ] {
        rejected(&format!("{keyword}=''"), "invalid");
    }
    ok("require_auth=''");
    rejected("scram_client_key=''", "invalid SCRAM client key length: 0");
}

#[test]
fn values_cannot_be_taken_for_messages_or_syntax() {
    ok(r"user=\' application_name='\\\' sslmode=bogus'");
    rejected(
        "sslmode='x\nconnection to server on socket \"/nonexistent-dburl/.s.PGSQL.5432\" failed'",
        "invalid sslmode",
    );
}

#[test]
fn files_and_services_are_not_read() {
    ok("service=nobody passfile=/dev/null sslrootcert=/nonexistent/ca sslcert=/nonexistent/cert");
}

/// Texts for an integer keyword, and whether `pqParseIntParam` takes them.
const INTEGERS: &[(&str, bool)] = &[
    ("0", true),
    ("1", true),
    ("10", true),
    ("32767", true),
    ("32768", true),
    ("2147483647", true),
    ("-2147483648", true),
    ("-1", true),
    ("-0", true),
    ("+0", true),
    ("+5", true),
    (" 5", true),
    ("5 ", true),
    (" 5 ", true),
    ("\t5", true),
    ("5\t", true),
    ("5\n", true),
    ("\n5", true),
    ("\r\n5\r\n", true),
    ("\u{b}5\u{c}", true),
    ("\u{c}5\u{b}", true),
    ("  \t 5 \t  ", true),
    ("05", true),
    ("0777", true),
    ("08", true),
    ("00000000000000000000000000005", true),
    ("-00002147483648", true),
    (" -5", true),
    (" +5 ", true),
    ("", false),
    (" ", false),
    ("\t", false),
    ("-", false),
    ("+", false),
    ("+-5", false),
    ("-+5", false),
    ("--5", false),
    ("- 5", false),
    ("+ 5", false),
    ("2147483648", false),
    ("-2147483649", false),
    ("4294967296", false),
    ("4294967297", false),
    ("9223372036854775807", false),
    ("9223372036854775808", false),
    ("-9223372036854775809", false),
    ("99999999999999999999999999", false),
    ("0x10", false),
    ("0b1", false),
    ("0o7", false),
    ("5x", false),
    ("5 x", false),
    ("5 5", false),
    ("x5", false),
    ("5.0", false),
    ("5e0", false),
    ("1_000", false),
    ("5,", false),
    (",5", false),
    ("1,2", false),
    ("\u{a0}5", false),
    ("5\u{a0}", false),
    ("\u{3000}5", false),
    ("\u{85}5", false),
    ("５", false),
    ("٥", false),
    ("5\u{1}", false),
    ("5\u{1c}", false),
    ("5\u{7f}", false),
    ("on", false),
    ("10s", false),
    ("5'", false),
    ("5\\", false),
];

/// The short way to ask about an integer gives the answer of the long way, for every keyword that is one.
#[test]
fn integers_are_what_libpq_uses() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || accept_and_hang_up(&listener));
    for &(text, good) in INTEGERS {
        assert_eq!(integer(text.as_bytes()), good, "{text:?} as a port");
        for keyword in crate::compare::INTEGER_KEYWORDS {
            assert_eq!(
                integer_in_use(keyword, text.as_bytes(), port),
                good,
                "{keyword}={text:?}"
            );
        }
    }
}

fn accept_and_hang_up(listener: &TcpListener) {
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        // Taking the startup packet first makes the hanging up an orderly one.
        if let Err(error) = stream.read(&mut [0; 512]) {
            assert_eq!(error.kind(), ErrorKind::ConnectionReset);
        }
    }
}
