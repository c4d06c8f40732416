//! The libpq dialect accepts what libpq 18 accepts, and means the same: every rule of its two grammars, as tables.

use crate::common::{Failures, Pairs, keywords, sorted};
use database_url::postgres::{Config, Dialect};
use database_url::{ErrorKind, Stage};

/// A string and the keywords that libpq finds in it.
type Accepted<'a> = (&'a str, &'a str, Pairs<'a>);
/// A string, the stage at which libpq rejects it, and why.
type Rejected<'a> = (&'a str, &'a str, Stage, ErrorKind);

fn parse(text: &str) -> Result<Config, database_url::Error> {
    Config::parse_in(Dialect::Libpq, text)
}

#[track_caller]
fn ok(input: &str, expected: Pairs<'_>) {
    let config = parse(input).expect("libpq accepts it");
    assert_eq!(keywords(&config), sorted(expected));
    assert_eq!(config.extras().count(), 0, "libpq keeps no unknown names");
    assert_eq!(config.warnings().count(), 0, "libpq warns of nothing");
}

#[track_caller]
fn rejected(input: &str, stage: Stage, kind: ErrorKind) {
    let error = parse(input).expect_err("libpq refuses it");
    assert_eq!((error.stage(), error.kind()), (Some(stage), kind));
}

#[track_caller]
fn accepts(table: &[Accepted<'_>]) {
    let mut failures = Failures::default();
    for (id, input, expected) in table {
        match parse(input) {
            Ok(config) => failures.compare(id, keywords(&config), sorted(expected)),
            Err(error) => failures.rejected(id, &error),
        }
    }
    failures.finish();
}

#[track_caller]
fn rejects(table: &[Rejected<'_>]) {
    let mut failures = Failures::default();
    for (id, input, stage, kind) in table {
        match parse(input) {
            Ok(config) => failures.push(id, &format!("accepted as {:?}", keywords(&config))),
            Err(error) => {
                failures.compare(id, (error.stage(), error.kind()), (Some(*stage), *kind));
            }
        }
    }
    failures.finish();
}

/// Rows of `"what it shows": text => { keyword: value, … };`.
macro_rules! accepts {
    ($($id:literal: $input:literal => { $($keyword:ident: $value:literal),* };)*) => {
        accepts(&[$(($id, $input, &[$((stringify!($keyword), $value)),*])),*])
    };
}

/// Rows of `"what it shows": text => stage, kind;`.
macro_rules! rejects {
    ($($id:literal: $input:literal => $stage:ident, $kind:ident;)*) => {
        rejects(&[$(($id, $input, Stage::$stage, ErrorKind::$kind)),*])
    };
}

// ---- which grammar

#[test]
fn only_the_two_schemes_in_lower_case_begin_a_uri() {
    accepts! {
        "short scheme": "postgres://" => {};
        "long scheme": "postgresql://" => {};
        "nothing at all is keyword/value text": "" => {};
        "blanks only": " \t\r\n" => {};
        "a leading blank makes it keyword/value text": " host=db1" => { host: "db1" };
    }
    rejects! {
        "upper case": "POSTGRES://db1/shop" => Parse, MissingEquals;
        "mixed case": "Postgresql://db1/shop" => Parse, MissingEquals;
        "upper case and `=`": "POSTGRES://db1/?user=ada" => Parse, UnknownKeyword;
        "leading blank": " postgres://db1/shop" => Parse, MissingEquals;
        "byte order mark": "\u{feff}postgres://db1/shop" => Parse, MissingEquals;
        "quoted": "\"postgres://db1/shop\"" => Parse, MissingEquals;
        "one slash": "postgres:/db1" => Parse, MissingEquals;
        "no scheme": "://db1/shop" => Parse, MissingEquals;
        "misspelt": "postgre://db1/shop" => Parse, MissingEquals;
        "another engine": "mysql://ada:pw@db1/shop" => Parse, MissingEquals;
        "JDBC": "jdbc:postgresql://db1/shop" => Parse, MissingEquals;
        "JDBC with parameters": "jdbc:postgresql://db1/shop?user=ada" => Parse, UnknownKeyword;
        "with a driver": "postgresql+psycopg2://db1/shop" => Parse, MissingEquals;
        "a bare word": "shop" => Parse, MissingEquals;
        "a NUL in a URI": "postgres://db1/sh\0op" => Parse, NulByte;
        "a NUL in keyword/value text": "host=db1 \0user=ada" => Parse, NulByte;
    }
}

// ---- URIs

#[test]
fn credentials_end_at_the_first_at_sign_before_a_slash() {
    accepts! {
        "user and password": "postgres://ada:pw@db1" => { user: "ada", password: "pw", host: "db1" };
        "user only": "postgres://ada@" => { user: "ada" };
        "password only": "postgres://:pw@db1" => { password: "pw", host: "db1" };
        "empty password is not stored": "postgres://ada:@db1" => { user: "ada", host: "db1" };
        "empty user is not stored": "postgres://@db1" => { host: "db1" };
        "both empty": "postgres://:@db1" => { host: "db1" };
        "colons belong to the password": "postgres://ada:p:w:@db1" => { user: "ada", password: "p:w:", host: "db1" };
        "the first `@` ends it": "postgres://ada:pw@9@db1" => { user: "ada", password: "pw", host: "9@db1" };
        "`?` does not end the search": "postgres://db1?user=a@db2" => { user: "db1?user=a", host: "db2" };
        "an abstract socket taken for a host": "postgres://?host=@sock" => { user: "?host=", host: "sock" };
        "`#` is data": "postgres://ada:p#w@db1" => { user: "ada", password: "p#w", host: "db1" };
        "brackets are data": "postgres://ada:p[w]@db1" => { user: "ada", password: "p[w]", host: "db1" };
        "commas are data": "postgres://a,b:p,w@db1" => { user: "a,b", password: "p,w", host: "db1" };
        "a slash before the `@`": "postgres://ada:55/9@db1/shop" => { host: "ada", port: "55", dbname: "9@db1/shop" };
        "a slash, and no port": "postgres://h/x@y" => { host: "h", dbname: "x@y" };
        "raw control characters are data": "postgres://ada:p\tw\n\x7f@db1" => { user: "ada", password: "p\tw\n\x7f", host: "db1" };
        "raw letters of any script": "postgres://ада:🔑@bücher/книги" => { user: "ада", password: "🔑", host: "bücher", dbname: "книги" };
        "`$` and `*` are data": "postgres://ada:${PW}****@db1" => { user: "ada", password: "${PW}****", host: "db1" };
    }
    rejects! {
        "a slash makes host and port of it": "postgres://ada:pw/9@db1/shop" => Options, InvalidValue;
        "an `@` in the user name": "postgres://ada@corp:pw@db1/shop" => Options, InvalidValue;
    }
}

#[test]
fn hosts_and_ports_become_two_lists() {
    accepts! {
        "host": "postgres://db1" => { host: "db1" };
        "host and port": "postgres://db1:6001" => { host: "db1", port: "6001" };
        "port only": "postgres://:6001" => { port: "6001" };
        "user and port": "postgres://ada@:6001" => { user: "ada", port: "6001" };
        "an empty port is not stored": "postgres://db1:/" => { host: "db1" };
        "case is kept": "postgres://DB1.Example.COM/Shop" => { host: "DB1.Example.COM", dbname: "Shop" };
        "two hosts without ports": "postgres://a,b" => { host: "a,b", port: "," };
        "the second has a port": "postgres://a,b:5433" => { host: "a,b", port: ",5433" };
        "both have one": "postgres://a:1,b:2" => { host: "a,b", port: "1,2" };
        "the middle one has none": "postgres://a:1,b,c:3" => { host: "a,b,c", port: "1,,3" };
        "an empty first host": "postgres://,b" => { host: ",b", port: "," };
        "an empty last host": "postgres://a," => { host: "a,", port: "," };
        "ports without hosts": "postgres://:1,:2" => { host: ",", port: "1,2" };
        "colons without ports": "postgres://a:,b:" => { host: "a,b", port: "," };
        "the same host twice": "postgres://a,a" => { host: "a,a", port: "," };
        "credentials hold for all": "postgres://ada:pw@a:1,b:2/shop" => { user: "ada", password: "pw", host: "a,b", port: "1,2", dbname: "shop" };
        "an escaped comma makes two hosts": "postgres://a%2Cb/shop" => { host: "a,b", dbname: "shop" };
        "an escaped comma makes two ports": "postgres://a,b:1%2C/shop?port=1,2" => { host: "a,b", port: "1,2", dbname: "shop" };
        "leading zeros and a sign": "postgres://a:0777,b:+5432" => { host: "a,b", port: "0777,+5432" };
        "escaped blanks round a port": "postgres://a:%205432%09" => { host: "a", port: " 5432\t" };
    }
    rejects! {
        "a second colon is in the port": "postgres://a:1:2" => Options, InvalidValue;
        "port 0": "postgres://a:0" => Options, InvalidValue;
        "port 65536": "postgres://a:65536" => Options, InvalidValue;
        "negative": "postgres://a:-1" => Options, InvalidValue;
        "letters": "postgres://a:abc" => Options, InvalidValue;
        "digits and letters": "postgres://a:5432a" => Options, InvalidValue;
        "hexadecimal": "postgres://a:0x10" => Options, InvalidValue;
        "huge": "postgres://a:99999999999" => Options, InvalidValue;
        "a backslash": "postgres://ada:pw@a:6001\\shop" => Options, InvalidValue;
        "one of several": "postgres://a:1,b:x,c:3" => Options, InvalidValue;
        "of a socket, too": "postgres://%2Frun:0/shop" => Options, InvalidValue;
        "an escaped comma and one port too many": "postgres://a:1%2C2" => Options, CountMismatch;
    }
}

#[test]
fn brackets_hold_anything_but_nothing() {
    accepts! {
        "IPv6": "postgres://[::1]/shop" => { host: "::1", dbname: "shop" };
        "with a port": "postgres://[2001:db8::1]:6001" => { host: "2001:db8::1", port: "6001" };
        "with an empty port": "postgres://[::1]:/shop" => { host: "::1", dbname: "shop" };
        "with a zone": "postgres://[fe80::9%25eth1]/" => { host: "fe80::9%eth1" };
        "in a list": "postgres://[::1],db1:6001" => { host: "::1,db1", port: ",6001" };
        "no address": "postgres://[not-an-ip]/" => { host: "not-an-ip" };
        "delimiters": "postgres://[a/b?c:d]/shop" => { host: "a/b?c:d", dbname: "shop" };
        "an `@` behind a slash": "postgres://[a/b@c]/shop" => { host: "a/b@c", dbname: "shop" };
        "a comma makes two hosts": "postgres://[a,b]/shop" => { host: "a,b", dbname: "shop" };
        "an opening bracket inside": "postgres://[[::1]/shop" => { host: "[::1", dbname: "shop" };
        "kept in a parameter": "postgres:///?host=[::1]" => { host: "[::1]" };
        "not needed in a parameter": "postgres:///?host=::1" => { host: "::1" };
    }
    rejects! {
        "empty": "postgres://[]/shop" => Parse, InvalidBrackets;
        "not closed": "postgres://[::1/shop" => Parse, InvalidBrackets;
        "not closed, in a list": "postgres://a,[::1/shop" => Parse, InvalidBrackets;
        "text behind": "postgres://[::1]x/shop" => Parse, InvalidBrackets;
        "an `@` behind": "postgres://ada@[::1]@x" => Parse, InvalidBrackets;
        "closed twice": "postgres://[[::1]]/shop" => Parse, InvalidBrackets;
        "a raw zone": "postgres://[fe80::9%eth1]/" => Parse, InvalidEscape;
        "an escaped opening bracket is none": "postgres://%5b::1]/shop" => Options, InvalidValue;
    }
}

#[test]
fn the_database_ends_at_the_question_mark_only() {
    accepts! {
        "host and database": "postgres://db1/shop" => { host: "db1", dbname: "shop" };
        "database only": "postgres:///shop" => { dbname: "shop" };
        "user and database": "postgres://ada@/shop" => { user: "ada", dbname: "shop" };
        "an empty one is not stored": "postgres://db1/" => { host: "db1" };
        "slashes": "postgres://db1/a/b" => { host: "db1", dbname: "a/b" };
        "two slashes first": "postgres://db1//shop" => { host: "db1", dbname: "/shop" };
        "an at sign": "postgres://db1/a@b" => { host: "db1", dbname: "a@b" };
        "an at sign first": "postgres://db1/@shop" => { host: "db1", dbname: "@shop" };
        "colons": "postgres://db1/a:b" => { host: "db1", dbname: "a:b" };
        "there is no fragment": "postgres://db1/shop#x" => { host: "db1", dbname: "shop#x" };
        "dots are kept": "postgres://db1/a/../b" => { host: "db1", dbname: "a/../b" };
        "a URL is not expanded": "postgres://db1/postgres://db2/x" => { host: "db1", dbname: "postgres://db2/x" };
        "settings are not expanded": "postgres://db1/host%3Ddb2" => { host: "db1", dbname: "host=db2" };
        "no slash before the query": "postgres://db1?dbname=shop" => { host: "db1", dbname: "shop" };
        "an empty query": "postgres://db1?" => { host: "db1" };
        "nothing but a query": "postgres://?user=ada" => { user: "ada" };
    }
}

#[test]
fn parts_are_percent_decoded_once_and_strictly() {
    accepts! {
        "user": "postgres://%61d%61@db1" => { user: "ada", host: "db1" };
        "any case": "postgres://ada:%2f%2F%3a@db1" => { user: "ada", password: "//:", host: "db1" };
        "once": "postgres://ada:%2541@db1" => { user: "ada", password: "%41", host: "db1" };
        "UTF-8": "postgres://ada:%F0%9F%94%91@db1" => { user: "ada", password: "🔑", host: "db1" };
        "a line end": "postgres://ada:a%0Ab@db1" => { user: "ada", password: "a\nb", host: "db1" };
        "a plus sign stays one": "postgres://a+b:p+w@db1/?application_name=a+b" => { user: "a+b", password: "p+w", host: "db1", application_name: "a+b" };
        "database": "postgres://db1/b%2Fc%3Fd" => { host: "db1", dbname: "b/c?d" };
        "port": "postgres://db1:%36001" => { host: "db1", port: "6001" };
        "a name": "postgres://db1?u%73er=ada" => { host: "db1", user: "ada" };
        "a value": "postgres://db1?options=-csearch_path%3Da%26b" => { host: "db1", options: "-csearch_path=a&b" };
    }
    rejects! {
        "short at the end": "postgres://db1/shop%4" => Parse, InvalidEscape;
        "lone": "postgres://ada:50%@db1" => Parse, InvalidEscape;
        "no digits": "postgres://db1/%zz" => Parse, InvalidEscape;
        "JavaScript's": "postgres://db1/?application_name=%u0041" => Parse, InvalidEscape;
        "in a host": "postgres://a,b%/shop" => Parse, InvalidEscape;
        "in a port": "postgres://db1:%3/shop" => Parse, InvalidEscape;
        "in a name": "postgres://db1/?%zz=1" => Parse, InvalidEscape;
        "NUL in a password": "postgres://ada:a%00b@db1" => Parse, NulByte;
        "NUL in a name": "postgres://db1/?appli%00cation_name=x" => Parse, NulByte;
        "not UTF-8 (libpq takes bytes)": "postgres://ada:%ff@db1" => Parse, InvalidUtf8;
        "half a character": "postgres://%C3@db1" => Parse, InvalidUtf8;
        "an escaped `=` does not split": "postgres://db1/?sslmode%3Dallow=" => Parse, UnknownKeyword;
    }
}

#[test]
fn raw_spaces_are_dropped_at_the_ends_of_a_part_and_rejected_inside() {
    accepts! {
        "user and password": "postgres://ada : pw @db1" => { user: "ada", password: "pw", host: "db1" };
        "port": "postgres://db1: 6001 /shop" => { host: "db1", port: "6001", dbname: "shop" };
        "names and values": "postgres://db1? sslmode = require " => { host: "db1", sslmode: "require" };
        "only spaces are an empty text": "postgres:// @db1/ " => { user: "", host: "db1", dbname: "" };
        "escaped ones are kept": "postgres://ada:%20pw%20@db1" => { user: "ada", password: " pw ", host: "db1" };
        "tabs are data": "postgres://ada:\tpw@db1" => { user: "ada", password: "\tpw", host: "db1" };
        "the ends of the list of hosts": "postgres:// a,b /shop" => { host: "a,b", port: ",", dbname: "shop" };
    }
    rejects! {
        "in a password": "postgres://ada:p w@db1" => Parse, UnescapedSpace;
        "in options": "postgres://db1/?options=-c geqo" => Parse, UnescapedSpace;
        "the list of hosts is one part": "postgres://a, b/shop" => Parse, UnescapedSpace;
        "in a name": "postgres://db1/?ssl mode=x" => Parse, UnescapedSpace;
        "before a second `=`": "postgres://db1/?options=-c geqo=off" => Parse, ExtraEquals;
    }
}

// ---- parameters

#[test]
fn a_query_is_pairs_with_one_equals_sign_each() {
    accepts! {
        "several": "postgres://db1/?user=ada&connect_timeout=12" => { host: "db1", user: "ada", connect_timeout: "12" };
        "one `&` at the end": "postgres://db1/?user=ada&" => { host: "db1", user: "ada" };
        "an empty value is set": "postgres://db1/?application_name=" => { host: "db1", application_name: "" };
        "`;` is data": "postgres://db1/?application_name=a;b" => { host: "db1", application_name: "a;b" };
        "delimiters are data": "postgres://db1/?application_name=a/b:c@d?e" => { host: "db1", application_name: "a/b:c@d?e" };
        "`#` is data": "postgres://db1/?application_name=a#b" => { host: "db1", application_name: "a#b" };
    }
    rejects! {
        "no `=`": "postgres://db1/?sslmode" => Parse, MissingEquals;
        "no `=` later": "postgres://db1/?sslmode=require&user" => Parse, MissingEquals;
        "two `=`": "postgres://db1/?options=-csearch_path=x" => Parse, ExtraEquals;
        "an empty pair": "postgres://db1/?user=a&&port=1" => Parse, MissingEquals;
        "a leading `&`": "postgres://db1/?&user=a" => Parse, MissingEquals;
        "two `&` at the end": "postgres://db1/?user=a&&" => Parse, MissingEquals;
        "an empty name": "postgres://db1/?=x" => Parse, UnknownKeyword;
        "upper case": "postgres://db1/?SSLMODE=require" => Parse, UnknownKeyword;
        "unknown": "postgres://db1/?pool=15" => Parse, UnknownKeyword;
        "another's spelling": "postgres://db1/?username=ada" => Parse, UnknownKeyword;
        "a setting of the server": "postgres://db1/?search_path=a" => Parse, UnknownKeyword;
        "only pgx knows it": "postgres://db1/?servicefile=/etc/svc" => Parse, UnknownKeyword;
        "gone from libpq": "postgres://db1/?tty=a" => Parse, UnknownKeyword;
    }
}

#[test]
fn later_settings_win_also_over_the_authority() {
    accepts! {
        "everything": "postgres://ada:pw@a:1/x?host=b&port=2&user=eve&password=p2&dbname=y" => { user: "eve", password: "p2", host: "b", port: "2", dbname: "y" };
        "with an empty text": "postgres://ada@a/x?user=&host=" => { user: "", host: "", dbname: "x" };
        "twice in the query": "postgres://a?sslmode=allow&sslmode=require" => { host: "a", sslmode: "require" };
        "one port for the new list": "postgres://a:6001/x?host=a,b,c" => { host: "a,b,c", port: "6001", dbname: "x" };
        "a socket": "postgres:///shop?host=/run/pg" => { host: "/run/pg", dbname: "shop" };
        "hostaddr stands beside": "postgres://a/x?hostaddr=10.0.0.1" => { host: "a", hostaddr: "10.0.0.1", dbname: "x" };
    }
    rejects! {
        "the ports of the authority stay": "postgres://a,b/x?host=c" => Options, CountMismatch;
    }
}

#[test]
fn two_aliases_mean_sslmode() {
    accepts! {
        "ssl=true": "postgres://a?ssl=true" => { host: "a", sslmode: "require" };
        "escaped": "postgres://a?s%73l=tr%75e" => { host: "a", sslmode: "require" };
        "the later one wins": "postgres://a?sslmode=verify-full&ssl=true" => { host: "a", sslmode: "require" };
        "requiressl=1": "postgres://a?requiressl=1" => { host: "a", sslmode: "require" };
        "requiressl=1x": "postgres://a?requiressl=1x" => { host: "a", sslmode: "require" };
        "requiressl=0": "postgres://a?requiressl=0" => { host: "a", sslmode: "prefer" };
        "requiressl=": "postgres://a?requiressl=" => { host: "a", sslmode: "prefer" };
        "in keyword/value text": "host=a requiressl=1" => { host: "a", sslmode: "require" };
        "empty in keyword/value text": "requiressl=''" => { sslmode: "prefer" };
    }
    rejects! {
        "ssl=1": "postgres://a?ssl=1" => Parse, UnknownKeyword;
        "ssl=TRUE": "postgres://a?ssl=TRUE" => Parse, UnknownKeyword;
        "ssl=false": "postgres://a?ssl=false" => Parse, UnknownKeyword;
        "ssl in keyword/value text": "host=a ssl=true" => Parse, UnknownKeyword;
    }
}

// ---- keyword/value text

#[test]
fn settings_are_separated_by_ascii_spaces() {
    accepts! {
        "plain": "host=a port=1 dbname=x user=ada password=pw" => { host: "a", port: "1", dbname: "x", user: "ada", password: "pw" };
        "every blank": "host\t=\n\r\x0b\x0ca\x0bdbname = x" => { host: "a", dbname: "x" };
        "other blanks are data": "user=\u{a0}ada application_name=\u{3000}x" => { user: "\u{a0}ada", application_name: "\u{3000}x" };
        "blanks after `=` reach the next word": "password= user=ada" => { password: "user=ada" };
        "empty at the end": "user=ada password=" => { user: "ada", password: "" };
        "later wins": "user=a user=b" => { user: "b" };
        "nothing is decoded": "password=a%00b%zz" => { password: "a%00b%zz" };
        "nothing is a comment": "password=p#w;x,y" => { password: "p#w;x,y" };
        "`=` in a value": "password=a=b" => { password: "a=b" };
        "a URL is not expanded": "dbname=postgres://b/x" => { dbname: "postgres://b/x" };
        "brackets are kept": "host=[::1]" => { host: "[::1]" };
        "an abstract socket": "host=@pg" => { host: "@pg" };
    }
    rejects! {
        "a word": "host" => Parse, MissingEquals;
        "a word at the end": "host=a user" => Parse, MissingEquals;
        "a blank in a list": "host=a, b port=1" => Parse, MissingEquals;
        "an empty keyword": "=x" => Parse, UnknownKeyword;
        "unknown": "host=a database=x" => Parse, UnknownKeyword;
        "upper case": "Host=a" => Parse, UnknownKeyword;
        "semicolons do not separate": "Host=a;Port=1" => Parse, UnknownKeyword;
    }
}

#[test]
fn quotes_and_backslashes_escape() {
    accepts! {
        "quoted": "user='ada' password='p w'" => { user: "ada", password: "p w" };
        "empty": "password='' user=ada" => { password: "", user: "ada" };
        "a quote inside": r"password='it\'s'" => { password: "it's" };
        "any character": r"password='\a\\\ '" => { password: r"a\ " };
        "unquoted": r"password=a\ b\\c user=ada" => { password: r"a b\c", user: "ada" };
        "a last backslash is dropped": r"password=a\" => { password: "a" };
        "only a backslash": r"password=\" => { password: "" };
        "a quote that is not first": "password=p'w'" => { password: "p'w'" };
        "double quotes are data": "password=\"p" => { password: "\"p" };
        "no blank behind a quote": "password='p'user=ada" => { password: "p", user: "ada" };
        "line ends inside": "options='a\nb'" => { options: "a\nb" };
        "an escaped letter of two bytes": r"password=\é" => { password: "é" };
    }
    rejects! {
        "doubled quotes": "password='p''w'" => Parse, MissingEquals;
        "double quotes do not quote": "password=\"p w\"" => Parse, MissingEquals;
        "not closed": "password='p w" => Parse, UnterminatedQuote;
        "closed by an escaped quote": r"password='p\'" => Parse, UnterminatedQuote;
        "ends in a backslash": r"password='p\" => Parse, UnterminatedQuote;
    }
}

// ---- hosts, ports, options

#[test]
fn lists_must_be_of_one_length() {
    accepts! {
        "one port for all": "host=a,b,c port=1" => { host: "a,b,c", port: "1" };
        "as many ports": "host=a,b port=1,2" => { host: "a,b", port: "1,2" };
        "empty ports": "host=a,b port=," => { host: "a,b", port: "," };
        "an empty list is none": "host='' hostaddr=10.0.0.1,10.0.0.2 port=''" => { host: "", hostaddr: "10.0.0.1,10.0.0.2", port: "" };
        "addresses count before names": "hostaddr=10.0.0.1,10.0.0.2 port=1,2" => { hostaddr: "10.0.0.1,10.0.0.2", port: "1,2" };
        "names and addresses": "host=a,b hostaddr=10.0.0.1," => { host: "a,b", hostaddr: "10.0.0.1," };
        "blanks belong to a name": "host='a, b' port='1, 2'" => { host: "a, b", port: "1, 2" };
        "addresses are not looked at": "hostaddr=no-address" => { hostaddr: "no-address" };
    }
    rejects! {
        "too many ports": "host=a,b port=1,2,3" => Options, CountMismatch;
        "too few ports": "host=a,b,c port=1,2" => Options, CountMismatch;
        "two ports, no host": "port=1,2" => Options, CountMismatch;
        "a comma after the port": "host=a port=1," => Options, CountMismatch;
        "more names than addresses": "host=a,b hostaddr=10.0.0.1" => Options, CountMismatch;
        "more addresses than names": "postgres://a/?hostaddr=10.0.0.1,10.0.0.2" => Options, CountMismatch;
    }
}

/// Rows of `keyword: texts that it takes; texts that it refuses;`.
macro_rules! values {
    ($($keyword:ident: [$($taken:expr),*] not [$($rejected:expr),*];)*) => {
        &[$((stringify!($keyword), &[$($taken),*], &[$($rejected),*])),*]
    };
}

const SCRAM_KEY: &str = "BZu9qBYkzsSeSJU9tpu/HpjR0c8N9Av1rR8NQbjGNeo=";

const VALUES: &[(&str, &[&str], &[&str])] = values! {
    sslmode: ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]
        not ["", "REQUIRE", "true", "verify_full", " require"];
    channel_binding: ["disable", "prefer", "require"] not ["", "yes", "Require"];
    gssencmode: ["disable", "prefer"] not ["", "always"];
    sslcertmode: ["disable", "allow", "require"] not ["", "prefer"];
    sslnegotiation: ["postgres"] not ["", "tls", "direct"];
    target_session_attrs: ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"]
        not ["", "master", "read_write"];
    load_balance_hosts: ["disable", "random"] not ["", "true", "round-robin"];
    min_protocol_version: ["3.0", "3.2", "latest"] not ["", "3", "3.1", "Latest"];
    max_protocol_version: ["3.0", "3.2", "latest"] not ["", "4.0"];
    ssl_min_protocol_version: ["", "TLSv1", "tlsV1.1", "TLSV1.2", "TLSv1.3"] not ["TLSv1.4", "SSLv3", "1.2"];
    ssl_max_protocol_version: ["", "tlsv1.2", "TLSv1.3"] not ["TLSv1", "TLSv1.1", "x"];
    require_auth: ["", "md5", "scram-sha-256,md5", "!password,!none", "oauth", "gss,sspi"]
        not ["md5,!none", "!md5,none", "md5,md5", "!md5,!md5", "kerberos", "md5,", ",", "!", "MD5", "md5, gss"];
    connect_timeout: ["0", "-1", "+10", " 10 ", "007", "2147483647"]
        not ["", "ten", "1.5", "10s", "2147483648", "0x1"];
    keepalives_idle: ["0", "60"] not ["x"];
    tcp_user_timeout: ["0", "30000"] not ["30s"];
    scram_client_key: [SCRAM_KEY] not ["", "x", "BZu9qBYk", "BZu9qBYkzsSeSJU9tpu/HpjR0c8N9Av1rR8NQbjGNe=="];
    scram_server_key: [SCRAM_KEY] not ["not base64"];
    sslcompression: ["", "1", "x"] not [];
    sslsni: ["", "0", "x"] not [];
    gssdelegation: ["", "x"] not [];
    replication: ["", "database", "x"] not [];
    client_encoding: ["", "auto", "x"] not [];
};

#[test]
fn values_are_checked_at_the_options_stage() {
    let mut failures = Failures::default();
    for (keyword, taken, rejected) in VALUES {
        for value in *taken {
            let id = format!("{keyword} takes {value:?}");
            match parse(&format!("{keyword}='{value}'")) {
                Ok(config) => failures.compare(&id, keywords(&config), vec![(*keyword, *value)]),
                Err(error) => failures.rejected(&id, &error),
            }
        }
        for value in *rejected {
            let id = format!("{keyword} refuses {value:?}");
            let stage = parse(&format!("{keyword}='{value}'"))
                .err()
                .map(|error| error.stage());
            failures.compare(&id, stage, Some(Some(Stage::Options)));
        }
    }
    failures.finish();
}

#[test]
fn values_are_checked_against_one_another() {
    accepts! {
        "direct and require": "sslnegotiation=direct sslmode=require" => { sslnegotiation: "direct", sslmode: "require" };
        "direct and system": "sslnegotiation=direct sslrootcert=system" => { sslnegotiation: "direct", sslrootcert: "system" };
        "system alone": "sslrootcert=system" => { sslrootcert: "system" };
        "system and verify-full": "sslrootcert=system sslmode=verify-full" => { sslrootcert: "system", sslmode: "verify-full" };
        "a path may be weak": "sslrootcert=/system sslmode=disable" => { sslrootcert: "/system", sslmode: "disable" };
        "TLS range": "ssl_min_protocol_version=TLSv1 ssl_max_protocol_version=tlsv1" => { ssl_min_protocol_version: "TLSv1", ssl_max_protocol_version: "tlsv1" };
        "no TLS minimum": "ssl_min_protocol_version='' ssl_max_protocol_version=TLSv1" => { ssl_min_protocol_version: "", ssl_max_protocol_version: "TLSv1" };
        "protocol range": "min_protocol_version=3.0 max_protocol_version=3.2" => { min_protocol_version: "3.0", max_protocol_version: "3.2" };
        "latest is 3.2": "min_protocol_version=latest max_protocol_version=3.2" => { min_protocol_version: "latest", max_protocol_version: "3.2" };
    }
    rejects! {
        "direct alone": "sslnegotiation=direct" => Options, Conflict;
        "direct and prefer": "sslnegotiation=direct sslmode=prefer" => Options, Conflict;
        "system and less": "sslrootcert=system sslmode=verify-ca" => Options, Conflict;
        "TLS range": "ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2" => Options, Conflict;
        "the TLS minimum is 1.2 if unset": "ssl_max_protocol_version=TLSv1.1" => Options, Conflict;
        "protocol range": "min_protocol_version=3.2 max_protocol_version=3.0" => Options, Conflict;
        "protocol range, latest": "min_protocol_version=latest max_protocol_version=3.0" => Options, Conflict;
    }
}

// ---- inputs on which parsers differ

#[test]
fn the_inputs_on_which_other_parsers_differ() {
    accepts! {
        "two hosts and ports": "postgres://h1:1,h2:2/d" => { host: "h1,h2", port: "1,2", dbname: "d" };
        "one port by parameter": "postgres://h1,h2/d?port=7" => { host: "h1,h2", port: "7", dbname: "d" };
        "the host by parameter": "postgres://h/d?host=g" => { host: "g", dbname: "d" };
        "an escaped socket": "postgres://%2Frun%2Fpg/d" => { host: "/run/pg", dbname: "d" };
        "a socket by parameter": "postgres://?host=/run/pg" => { host: "/run/pg" };
        "an abstract socket": "postgres://%40abs/d" => { host: "@abs", dbname: "d" };
        "an abstract socket by parameter": "postgres:///?host=@abs" => { host: "@abs" };
        "no host": "postgres://u@/d" => { user: "u", dbname: "d" };
        "no host, but a port": "postgres://u@:6001/d" => { user: "u", port: "6001", dbname: "d" };
        "a raw `?` in a password": "postgres://u:p?w@h/d" => { user: "u", password: "p?w", host: "h", dbname: "d" };
        "an at sign in the database": "postgres://h/a@b" => { host: "h", dbname: "a@b" };
        "an at sign in a value": "postgres://h/?application_name=a@b" => { host: "h", application_name: "a@b" };
        "TLS that is checked": "postgres://h/d?sslmode=verify-full" => { host: "h", dbname: "d", sslmode: "verify-full" };
        "a service and a password file": "postgres://h/d?service=s&passfile=/p" => { host: "h", dbname: "d", service: "s", passfile: "/p" };
        "keepalives_count": "postgres://h/d?keepalives_count=3" => { host: "h", dbname: "d", keepalives_count: "3" };
        "brackets round a name": "postgres://[zz]/d" => { host: "zz", dbname: "d" };
    }
    rejects! {
        "a misspelt name": "postgres://h/d?slmode=require" => Parse, UnknownKeyword;
        "a parameter of the server": "postgres://h/d?statement_timeout=5" => Parse, UnknownKeyword;
        "sslmode=bogus": "postgres://h/d?sslmode=bogus" => Options, InvalidValue;
        "sslmode=REQUIRE": "postgres://h/d?sslmode=REQUIRE" => Options, InvalidValue;
        "a raw slash in a password": "postgres://u:pw/9@h/d" => Options, InvalidValue;
        "sslrootcert=system with less": "postgres://h/d?sslrootcert=system&sslmode=require" => Options, Conflict;
        "sslnegotiation=direct alone": "postgres://h/d?sslnegotiation=direct" => Options, Conflict;
    }
}

#[test]
fn every_keyword_is_known_in_both_grammars() {
    let known = database_url::postgres::Keyword::ALL;
    assert_eq!(known.len(), 50);
    for keyword in known {
        let value = match keyword.as_str() {
            "sslmode" | "channel_binding" | "gssencmode" | "sslcertmode" | "load_balance_hosts" => {
                "disable"
            }
            "sslnegotiation" => "postgres",
            "target_session_attrs" => "any",
            "min_protocol_version" | "max_protocol_version" => "3.2",
            "ssl_min_protocol_version" | "ssl_max_protocol_version" => "TLSv1.2",
            "require_auth" => "md5",
            "scram_client_key" | "scram_server_key" => {
                "BZu9qBYkzsSeSJU9tpu/HpjR0c8N9Av1rR8NQbjGNeo%3D"
            }
            _ => "1",
        };
        let decoded = value.replace("%3D", "=");
        ok(
            &format!("postgres://?{keyword}={value}"),
            &[(keyword.as_str(), &decoded)],
        );
        ok(
            &format!("{keyword} = '{decoded}'"),
            &[(keyword.as_str(), &decoded)],
        );
        rejected(
            &format!("postgres://?{keyword}_={value}"),
            Stage::Parse,
            ErrorKind::UnknownKeyword,
        );
    }
}

#[test]
fn large_inputs_are_read_up_to_one_mebibyte() {
    let escaped = format!("postgres://ada:{}@db1", "%41".repeat(349_519));
    let config = parse(&escaped).expect("libpq has no limit");
    let letters = "A".repeat(349_519);
    assert_eq!(keywords(&config)[1], ("password", &*letters));

    let hosts: Vec<_> = (0..10_000)
        .map(|index| format!("db{index}:{}", index + 1))
        .collect();
    let config =
        parse(&format!("postgres://{}/shop", hosts.join(","))).expect("any number of hosts");
    assert_eq!(config.hosts().count(), 10_000);
    assert_eq!(
        config.hosts().last().map(|host| (host.host(), host.port())),
        Some((Some("db9999"), Some(10_000)))
    );

    let full = format!("password={}", "x".repeat(database_url::MAX_LEN - 9));
    ok(&full, &[("password", &full[9..])]);
    rejected(&format!("{full}x"), Stage::Parse, ErrorKind::TooLong);
    let bare = "%41".repeat(349_525);
    rejected(&bare, Stage::Parse, ErrorKind::MissingEquals);
}
