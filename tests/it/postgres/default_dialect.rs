//! The default dialect: libpq's grammar, but what would silently connect to the wrong place is rejected, with the fix.

use crate::common::{Failures, Pairs, codes, extras, keywords, marked, sorted};
use database_url::postgres::{Config, Format, ParseOptions, UnknownKeywords};
use database_url::{Error, ErrorKind, MAX_LEN, Span, Stage};

fn parse(text: &str) -> Result<Config, Error> {
    text.parse()
}

/// A row: what it shows, the text, its keywords, its extras, and the codes of its warnings.
type Accepted<'a> = (&'a str, &'a str, Pairs<'a>, Pairs<'a>, &'a [&'a str]);

#[track_caller]
fn accepts(table: &[Accepted<'_>]) {
    let mut failures = Failures::default();
    for (id, input, expected, kept, warned) in table {
        match parse(input) {
            Ok(config) => {
                failures.compare(id, keywords(&config), sorted(expected));
                failures.compare(id, extras(&config), kept.to_vec());
                failures.compare(id, codes(&config), warned.to_vec());
            }
            Err(error) => failures.rejected(id, &error),
        }
    }
    failures.finish();
}

/// A row: what it shows, the text with `«…»` round the location, the kind, the component, and a piece of the help.
type Rejected<'a> = (&'a str, &'a str, ErrorKind, &'a str, &'a str);

#[track_caller]
fn rejects(table: &[Rejected<'_>]) {
    let mut failures = Failures::default();
    for (id, input, kind, component, help) in table {
        let (text, span) = marked(input);
        match parse(&text) {
            Ok(config) => failures.push(id, &format!("accepted as {:?}", keywords(&config))),
            Err(error) => {
                let location = error.span().map(|span| (span.start(), span.end()));
                let got = (
                    error.kind(),
                    error.component().map_or("", |part| part.as_str()),
                    location,
                );
                failures.compare(id, got, (*kind, component, span));
                failures.compare(id, error.stage().is_some(), true);
                if !error.help().unwrap_or_default().contains(help) {
                    failures.push(id, &format!("no {help:?} in {:?}", error.help()));
                }
            }
        }
    }
    failures.finish();
}

/// Rows of `"what it shows": text => { keyword: value, … } [extra: value, …] [warnings];`.
macro_rules! accepts {
    ($($id:literal: $input:literal => { $($keyword:ident: $value:literal),* }
        $([$($name:literal: $extra:literal),*])? $(warns $($code:literal),*)?;)*) => {
        accepts(&[$((
            $id,
            $input,
            &[$((stringify!($keyword), $value)),*],
            &[$($(($name, $extra)),*)?],
            &[$($($code),*)?],
        )),*])
    };
}

/// Rows of `"what it shows": text with «…» => kind, component, piece of the help;`.
macro_rules! rejects {
    ($($id:literal: $input:literal => $kind:ident, $component:literal, $help:literal;)*) => {
        rejects(&[$(($id, $input, ErrorKind::$kind, $component, $help)),*])
    };
}

mod delimiters;

// ---- schemes and formats

#[test]
fn schemes_are_known_in_any_case_and_mean_their_port() {
    let mut failures = Failures::default();
    for (scheme, port) in [
        ("postgres", 5432),
        ("postgresql", 5432),
        ("postgis", 5432),
        ("pgsql", 5432),
        ("psql", 5432),
        ("pg", 5432),
        ("cockroach", 26257),
        ("cockroachdb", 26257),
        ("crdb", 26257),
        ("redshift", 5439),
        ("timescale", 5432),
        ("timescaledb", 5432),
        ("timescalegis", 5432),
    ] {
        for written in [
            scheme.to_owned(),
            scheme.to_uppercase(),
            format!("{scheme}+psycopg2"),
            format!("{}+AsyncPG", scheme.to_uppercase()),
        ] {
            match parse(&format!("{written}://ada@db1/shop")) {
                Ok(config) => {
                    let lower = written.to_ascii_lowercase();
                    failures.compare(&written, config.scheme(), Some(&*lower));
                    failures.compare(&written, config.default_port(), port);
                    failures.compare(
                        &written,
                        config.hosts().next().and_then(|host| host.port()),
                        None,
                    );
                    failures.compare(&written, config.dbname(), Some("shop"));
                }
                Err(error) => failures.rejected(&written, &error),
            }
        }
    }
    failures.finish();
}

#[test]
fn other_schemes_and_formats_are_named() {
    rejects! {
        "MySQL": "«mysql»://ada:pw@db1/shop" => WrongEngine, "scheme", "check which variable";
        "MariaDB": "«mariadb»://db1" => WrongEngine, "scheme", "check which variable";
        "Rails": "«mysql2»://db1" => WrongEngine, "scheme", "check which variable";
        "SQLAlchemy": "«mysql+pymysql»://db1" => WrongEngine, "scheme", "check which variable";
        "Redis": "«rediss»://:pw@db1:6379" => WrongEngine, "scheme", "check which variable";
        "SQLite": "«sqlite»:///shop.db" => WrongEngine, "scheme", "check which variable";
        "MongoDB": "«mongodb»://db1/shop" => WrongEngine, "scheme", "check which variable";
        "AMQP": "«amqps»://db1/shop" => WrongEngine, "scheme", "check which variable";
        "misspelt": "«postgre»://db1/shop" => UnknownScheme, "scheme", "did you mean `postgres://`?";
        "misspelt long": "«postgressql»://db1/shop" => UnknownScheme, "scheme", "did you mean `postgresql://`?";
        "the web": "«https»://db1/shop" => UnknownScheme, "scheme", "postgres://";
        "a bare word": "«»shop" => UnknownFormat, "text", "postgres://";
        "host and database": "«»db1:5432/shop" => UnknownFormat, "text", "postgres://";
        "one slash": "«»postgres:/db1" => UnknownFormat, "text", "postgres://";
        "no keyword": "«»server=db1" => UnknownFormat, "text", "host=";
        "a Go DSN": "«»ada:pw@tcp(db1:3306)/shop" => UnknownFormat, "text", "--format go-dsn";
        "nothing": "«»" => Empty, "text", "";
        "JDBC of another engine": "«jdbc:mysql»://db1/shop" => WrongEngine, "scheme", "check which variable";
    }
}

#[test]
fn keyword_value_text_is_read_as_libpq_reads_it() {
    accepts! {
        "plain": "host=db1 user=ada dbname=shop" => { host: "db1", user: "ada", dbname: "shop" };
        "blanks round `=`": "host = db1" => { host: "db1" };
        "quoted": r"password='p w\'' user=ada" => { password: "p w'", user: "ada" };
        "escaped blank at the end": r"password=x\ " => { password: "x " };
        "the blank after `=` reaches the next word": "password= user=ada"
            => { password: "user=ada" } warns "value-after-blanks";
        "quoted, it is meant": "password= 'user=ada'" => { password: "user=ada" };
        "`#` is data": "password=a#b" => { password: "a#b" };
        "requiressl": "requiressl=1 host=db1" => { sslmode: "require", host: "db1" };
    }
    rejects! {
        "unknown": "host=db1 «pool»=5" => UnknownKeyword, "text", "";
        "nearly known": "host=db1 «slmode»=require" => UnknownKeyword, "text", "did you mean `sslmode`?";
        "nearly known, no TLS": "host=db1 «dbnme»=shop" => UnknownKeyword, "text", "did you mean `dbname`?";
        "no `=`": "host=db1 «shop»" => MissingEquals, "text", "single quotes";
        "not closed": "password=«'p w»" => UnterminatedQuote, "text", "\\'";
        "TLS twice": "sslmode=require sslmode=«disable»" => Conflict, "sslmode", "keep the one";
        "masked": "password='«****»'" => MaskedValue, "password", "real value";
        "reference": "password=«${PW}» user=ada" => UnexpandedReference, "text", "%24";
    }
}

#[test]
fn a_format_can_be_requested() {
    let kind = |format, text: &str| {
        let parsed = ParseOptions::new().format(format).parse(text);
        parsed
            .map_err(|error| error.kind())
            .map(|config| config.dbname().map(str::to_owned))
    };
    let shop = Ok(Some("shop".to_owned()));
    assert_eq!(kind(Format::Url, "postgres://db1/shop"), shop);
    assert_eq!(kind(Format::Url, "PSQL://db1/shop"), shop);
    assert_eq!(kind(Format::Conninfo, "dbname=shop"), shop);
    assert_eq!(kind(Format::Jdbc, "jdbc:postgresql:shop"), shop);
    assert_eq!(
        kind(Format::Url, "dbname=shop"),
        Err(ErrorKind::UnknownFormat)
    );
    assert_eq!(
        kind(Format::Url, "jdbc:postgresql:shop"),
        Err(ErrorKind::UnknownFormat)
    );
    assert_eq!(
        kind(Format::Jdbc, "postgres://db1/shop"),
        Err(ErrorKind::UnknownFormat)
    );
    assert_eq!(
        kind(Format::Conninfo, "postgres://db1/shop"),
        Err(ErrorKind::UnknownFormat)
    );
}

// ---- names of a query

#[test]
fn unknown_names_are_kept_in_order() {
    accepts! {
        "those of frameworks": "postgres://h/d?pool=5&schema=public&sslmode=require&conn_max_age=600&pgbouncer=true"
            => { host: "h", dbname: "d", sslmode: "require" }
            ["pool": "5", "schema": "public", "conn_max_age": "600", "pgbouncer": "true"];
        "twice": "postgres://h?x=1&y=2&x=3" => { host: "h" } ["x": "1", "y": "2", "x": "3"] warns "repeated-setting";
        "twice the same": "postgres://h?x=1&x=1" => { host: "h" } ["x": "1", "x": "1"];
        "decoded": "postgres://h?a%20b=c%26d&e=" => { host: "h" } ["a b": "c&d", "e": ""];
        "upper case": "postgres://h?Pool=5&HOST=x" => { host: "h" } ["Pool": "5", "HOST": "x"];
        "settings of the server": "postgres://h?search_path=a,b&statement_timeout=5s"
            => { host: "h" } ["search_path": "a,b", "statement_timeout": "5s"];
        "near to a keyword of no danger": "postgres://h?applicationName=x&connectTimeout=5"
            => { host: "h" } ["applicationName": "x", "connectTimeout": "5"];
        "others' TLS": "postgres://h?tls_ca=/x" => { host: "h" } ["tls_ca": "/x"] warns "unknown-tls-name";
        "MySQL's": "postgres://h?useSSL=true" => { host: "h" } ["useSSL": "true"] warns "unknown-tls-name";
        "others' spelling": "postgres://h?SSL-CA=/x" => { host: "h" } ["SSL-CA": "/x"] warns "unknown-tls-name";
    }
    // Names that other drivers own are kept, however near they are to one of ours.
    for name in ["sslaccept", "sslidentity", "sslfactory", "sslFactory"] {
        let config = parse(&format!("postgres://h?{name}=x")).expect(name);
        assert_eq!(extras(&config), [(name, "x")]);
    }
    let strict = ParseOptions::new().unknown_keywords(UnknownKeywords::Deny);
    let error = strict.parse("postgres://h/d?pool=5").expect_err("denied");
    assert_eq!(
        (error.kind(), error.stage()),
        (ErrorKind::UnknownKeyword, Some(Stage::Parse))
    );
    assert_eq!(error.span().map(Span::range), Some(15..19));
}

#[test]
fn misspelt_names_of_tls_and_authentication_are_rejected() {
    rejects! {
        "a letter missing": "postgres://h?«slmode»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "a letter more": "postgres://h?«ssslmode»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "two swapped": "postgres://h?«sslmdoe»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "another letter": "postgres://h?«sslmodf»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "MySQL's": "postgres://h?«ssl_mode»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "hyphen": "postgres://h?«ssl-mode»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "camel case": "postgres://h?«sslMode»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "upper case": "postgres://h?«SSLMODE»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "escaped": "postgres://h?«sl%6Dode»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "an alias": "postgres://h?«SSL»=true" => UnknownKeyword, "query", "did you mean `ssl`?";
        "another alias": "postgres://h?«requireSSL»=1" => UnknownKeyword, "query", "did you mean `requiressl`?";
        "root certificate": "postgres://h?«ssl_root_cert»=/x" => UnknownKeyword, "query", "did you mean `sslrootcert`?";
        "key": "postgres://h?«ssl_key»=/x" => UnknownKeyword, "query", "did you mean `sslkey`?";
        "binding": "postgres://h?«channelBinding»=require" => UnknownKeyword, "query", "did you mean `channel_binding`?";
        "auth": "postgres://h?«require_aut»=md5" => UnknownKeyword, "query", "did you mean `require_auth`?";
        "gss": "postgres://h?«gss_enc_mode»=require" => UnknownKeyword, "query", "did you mean `gssencmode`?";
        "password": "postgres://h?«pasword»=x" => UnknownKeyword, "query", "did you mean `password`?";
        "Password": "postgres://h?«Password»=x" => UnknownKeyword, "query", "did you mean `password`?";
        "after others": "postgres://h?pool=5&«sslmod»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
    }
}

#[test]
fn ssl_is_an_alias_of_sslmode() {
    for (value, mode) in [
        ("true", "require"),
        ("1", "require"),
        ("yes", "require"),
        ("on", "require"),
        ("false", "disable"),
        ("0", "disable"),
        ("no", "disable"),
        ("off", "disable"),
    ] {
        let config = parse(&format!("postgres://h?ssl={value}&pool=5")).expect(value);
        assert_eq!(
            keywords(&config),
            [("host", "h"), ("sslmode", mode)],
            "{value}"
        );
        assert_eq!(extras(&config), [("pool", "5")], "{value}");
    }
    rejects! {
        "another value": "postgres://h?ssl=«maybe»" => InvalidValue, "ssl", "sslmode";
        "no value": "postgres://h?ssl=«»" => InvalidValue, "ssl", "sslmode";
        "Node's": "postgres://h?ssl=«no-verify»" => InvalidValue, "ssl", "`sslmode=require`";
    }
}

#[test]
fn contradictions_are_errors_for_tls_and_warnings_otherwise() {
    accepts! {
        "the same twice": "postgres://h?sslmode=require&ssl=true" => { host: "h", sslmode: "require" };
        "the later wins": "postgres://u:p@h/a?user=v&dbname=b"
            => { user: "v", password: "p", host: "h", dbname: "b" } warns "repeated-setting";
        "said twice, and the same": "postgres://u@h?user=u" => { user: "u", host: "h" };
    }
    rejects! {
        "weaker later": "postgres://h?sslmode=verify-full&ssl=«true»" => Conflict, "sslmode", "keep the one";
        "stronger later": "postgres://h?ssl=false&sslmode=«require»" => Conflict, "sslmode", "keep the one";
        "ssl twice": "postgres://h?ssl=on&ssl=«off»" => Conflict, "sslmode", "keep the one";
        "requiressl": "postgres://h?requiressl=1&sslmode=«prefer»" => Conflict, "sslmode", "keep the one";
        "certificates": "postgres://h?sslrootcert=/a&sslrootcert=«/b»" => Conflict, "sslrootcert", "keep the one";
    }
}

// ---- guards on the raw text

#[test]
fn text_that_is_no_finished_url_is_rejected() {
    rejects! {
        "masked password": "postgres://u:«****»@h/db" => MaskedValue, "password", "%2A";
        "masked by parameter": "postgres://h?password=«****»" => MaskedValue, "password", "%2A";
        "masked key": "postgres://h?sslpassword=«****»" => MaskedValue, "sslpassword", "%2A";
        "shell": "postgres://u:«${PW}»@h/db" => UnexpandedReference, "text", "%24";
        "shell with a default": "postgres://u:p@h:«${PORT:-5432}»/db" => UnexpandedReference, "text", "%24";
        "command": "postgres://u:«$(cat pw)»@h/db" => UnexpandedReference, "text", "%24";
        "template": "postgres://u:«{{ password }}»@h/db" => UnexpandedReference, "text", "%7B";
        "the whole text": "«${DATABASE_URL}»" => UnexpandedReference, "text", "%24";
        "in a value": "postgres://h?application_name=«${APP}»" => UnexpandedReference, "text", "%24";
        "blank before": "« »postgres://h/db" => SurroundingSpaces, "text", "remove";
        "blank behind": "postgres://h/db« »" => SurroundingSpaces, "text", "remove";
        "line end": "postgres://h/db«\n»" => SurroundingSpaces, "text", "remove";
        "Windows line end": "postgres://h/db\r«\n»" => SurroundingSpaces, "text", "remove";
        "tab": "«\t»postgres://h/db" => SurroundingSpaces, "text", "remove";
        "a backslash hides no line end in a URL": "postgres://h/db\\«\n»" => SurroundingSpaces, "text", "remove";
        "only a blank": "« »" => SurroundingSpaces, "text", "remove";
        "byte order mark": "«\u{feff}»postgres://h/db" => SurroundingSpaces, "text", "remove";
        "quotes": "«\"»postgres://h/db\"" => SurroundingQuotes, "text", "quotation marks";
        "single quotes": "«'»postgres://h/db'" => SurroundingQuotes, "text", "quotation marks";
        "typographic quotes": "«“»postgres://h/db”" => SurroundingQuotes, "text", "quotation marks";
        "NUL": "postgres://h/d«\0»b" => NulByte, "text", "remove";
    }
}

#[test]
fn escaped_forms_are_data() {
    accepts! {
        "mask": "postgres://u:%2A%2A%2A%2A@h" => { user: "u", password: "****", host: "h" };
        "one of four": "postgres://u:***%2A@h" => { user: "u", password: "****", host: "h" };
        "dollar": "postgres://u:%24%7BPW%7D@h" => { user: "u", password: "${PW}", host: "h" };
        "brace": "postgres://u:%7B{PW}}@h" => { user: "u", password: "{{PW}}", host: "h" };
        "a lone dollar": "postgres://u:$PW$@h" => { user: "u", password: "$PW$", host: "h" };
        "not closed": "postgres://u:${PW@h" => { user: "u", password: "${PW", host: "h" };
        "blanks": "postgres://u:%20p%20@h/%20d%20" => { user: "u", password: " p ", host: "h", dbname: " d " };
        "mask in keyword/value text": r"password=\****" => { password: "****" };
        "mask in quotes": r"password='\****'" => { password: "****" };
        "dollar in keyword/value text": r"password=\${PW}" => { password: "${PW}" };
        "brace in keyword/value text": r"password=$\{PW}" => { password: "${PW}" };
        "quotes inside": "postgres://u:\"p'@h" => { user: "u", password: "\"p'", host: "h" };
    }
}

#[test]
fn suspicious_texts_are_accepted_with_a_warning() {
    accepts! {
        "Supabase's placeholder": "postgres://u:[YOUR-PASSWORD]@h"
            => { user: "u", password: "[YOUR-PASSWORD]", host: "h" } warns "placeholder-password";
        "a tutorial's": "postgres://u:<password>@h"
            => { user: "u", password: "<password>", host: "h" } warns "placeholder-password";
        "no placeholder": "postgres://u:[a1]@h" => { user: "u", password: "[a1]", host: "h" };
        "a hash": "postgres://u:p@h/d#x" => { user: "u", password: "p", host: "h", dbname: "d#x" } warns "raw-hash";
        "blanks that libpq 17 kept": "postgres://u:p@ h / d"
            => { user: "u", password: "p", host: "h", dbname: "d" } warns "trimmed-blanks";
        "several": "postgres://u:p#@h/ d?user=v"
            => { user: "v", password: "p#", host: "h", dbname: "d" } warns "raw-hash", "trimmed-blanks", "repeated-setting";
    }
    let hash = parse("postgres://u:p#w@h")
        .expect("a warning")
        .warnings()
        .next()
        .expect("one");
    assert!(hash.help().starts_with("write it as %23"));
}

// ---- JDBC

#[test]
fn jdbc_urls_are_read_as_pgjdbc_reads_them() {
    accepts! {
        "host and database": "jdbc:postgresql://h:5433/d" => { host: "h", port: "5433", dbname: "d" };
        "database only": "jdbc:postgresql:d" => { dbname: "d" };
        "host only": "jdbc:postgresql://h/" => { host: "h" };
        "any case": "JDBC:PostgreSQL://h/d" => { host: "h", dbname: "d" };
        "credentials": "jdbc:postgresql://h/d?user=u&password=p%40+w" => { host: "h", dbname: "d", user: "u", password: "p@ w" };
        "hosts": "jdbc:postgresql://a:1,[::1]:2/d" => { host: "a,::1", port: "1,2", dbname: "d" };
        "ssl": "jdbc:postgresql://h/d?ssl=true" => { host: "h", dbname: "d", sslmode: "verify-full" };
        "its own names": "jdbc:postgresql://h/d?ApplicationName=x&targetServerType=preferSecondary&loadBalanceHosts=true"
            => { host: "h", dbname: "d", application_name: "x", target_session_attrs: "prefer-standby", load_balance_hosts: "random" };
        "extras": "jdbc:postgresql://h/d?prepareThreshold=0&currentSchema=a,b"
            => { host: "h", dbname: "d" } ["prepareThreshold": "0", "currentSchema": "a,b"];
    }
    rejects! {
        "credentials before the host": "jdbc:postgresql://u:p«@»h/d" => UnescapedDelimiter, "user", "?user=";
        "port": "jdbc:postgresql://«h:x»/d" => InvalidValue, "port", "";
        "misspelt": "jdbc:postgresql://h/d?«slmode»=require" => UnknownKeyword, "query", "did you mean `sslmode`?";
        "TLS twice": "jdbc:postgresql://h/d?ssl=true&sslmode=«disable»" => Conflict, "sslmode", "keep the one";
        "masked": "jdbc:postgresql://h/d?password=«****»" => MaskedValue, "password", "%2A";
        "reference": "jdbc:postgresql://h/d?password=«${PW}»" => UnexpandedReference, "text", "%24";
    }
    for text in [
        "jdbc:postgresql://h\0x/d",
        "jdbc:postgresql://h/d\0",
        "jdbc:postgresql://h/d?a=\0",
    ] {
        assert_eq!(
            parse(text).map_err(|error| error.kind()),
            Err(ErrorKind::NulByte),
            "{text:?}"
        );
    }
}

// ---- inputs on which parsers differ

#[test]
fn the_inputs_on_which_other_parsers_differ() {
    accepts! {
        "two hosts": "postgres://h1:1,h2:2/d" => { host: "h1,h2", port: "1,2", dbname: "d" };
        "one port for both": "postgres://h1,h2/d?port=7"
            => { host: "h1,h2", port: "7", dbname: "d" } warns "repeated-setting";
        "the host replaced": "postgres://h/d?host=g" => { host: "g", dbname: "d" } warns "repeated-setting";
        "a socket": "postgres://%2Frun%2Fpg/d" => { host: "/run/pg", dbname: "d" };
        "a socket by parameter": "postgres://?host=/run/pg" => { host: "/run/pg" };
        "an abstract socket": "postgres://%40abs/d" => { host: "@abs", dbname: "d" };
        "no host": "postgres://u@:6001/d" => { user: "u", port: "6001", dbname: "d" } warns "missing-host";
        "a plus sign": "postgres://h?application_name=a+b" => { host: "h", application_name: "a+b" };
        "case": "postgres://H.Ex.COM/%2Fd" => { host: "H.Ex.COM", dbname: "/d" };
        "letters": "postgres://bücher/b%2Fc" => { host: "bücher", dbname: "b/c" };
        "sslmode=allow": "postgres://h?sslmode=allow" => { host: "h", sslmode: "allow" };
        "requiressl=1": "postgres://h?requiressl=1" => { host: "h", sslmode: "require" };
        "hostaddr beside host": "postgres://h?hostaddr=10.0.0.1" => { host: "h", hostaddr: "10.0.0.1" };
        "keepalives_count": "postgres://h?keepalives_count=3" => { host: "h", keepalives_count: "3" };
    }
    rejects! {
        "counts": "postgres://h1,h2/d?port=«1,2,3»" => CountMismatch, "port", "one port";
        "bad escape": "postgres://u:50«%»@h" => InvalidEscape, "password", "%25";
        "NUL": "postgres://u:a«%»00@h" => NulByte, "password", "remove";
        "not UTF-8": "postgres://u:«%ff»@h" => InvalidUtf8, "password", "UTF-8";
        "space": "postgres://u:p« »w@h" => UnescapedSpace, "password", "%20";
        "two `=`": "postgres://h?options=-ca«=»b" => ExtraEquals, "query", "%3D";
        "port 0": "postgres://h:«0»/d" => InvalidValue, "port", "";
        "port 65536": "postgres://a,h:«65536»/d" => InvalidValue, "port", "";
        "brackets": "postgres://«[]»/d" => InvalidBrackets, "host", "2001:db8::1";
        "bogus": "postgres://h?sslmode=«bogus»" => InvalidValue, "sslmode", "";
        "upper case": "postgres://h?sslmode=«REQUIRE»" => InvalidValue, "sslmode", "lower case";
        "system": "postgres://h?sslrootcert=system&sslmode=«require»" => Conflict, "sslmode", "verify-full";
        "direct": "postgres://h?sslnegotiation=direct&sslmode=«prefer»" => Conflict, "sslmode", "verify-full";
    }
}

#[test]
fn messages_name_the_component_the_location_and_what_was_expected() {
    for (text, message) in [
        ("", "empty at byte 0: expected a connection string"),
        (
            "postgres://u:p@h:x/d",
            "invalid port at byte 17: expected a number from 1 to 65535",
        ),
        (
            "postgres://u:12/34@h/d",
            "unescaped delimiter in password at byte 15: a raw `/` ends the host, so the part before it would be read as host and port",
        ),
        (
            "postgres://h?sslmode=x",
            "invalid sslmode at byte 21: expected `disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`",
        ),
        (
            "postgres://a,b:1,c:2/d?port=1,2",
            "mismatched number of port at byte 28: 2 ports for 3 hosts",
        ),
        (
            "mysql://h",
            "wrong engine in scheme at byte 0: expected a Postgres URL, but this is one of mysql",
        ),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.to_string(), message);
        assert!(format!("{error:?}").starts_with(message));
    }
}

// ---- size

#[test]
fn large_inputs_are_read_up_to_one_mebibyte() {
    let kind = |text: &str| parse(text).map(drop).map_err(|error| error.kind());
    assert_eq!(kind(&"%41".repeat(349_525)), Err(ErrorKind::UnknownFormat));
    let escaped = format!("postgres://u:{}@h", "%41".repeat(349_520));
    let config = parse(&escaped).expect("it is within the limit");
    assert_eq!(
        config.password().map(|text| text.expose().len()),
        Some(349_520)
    );
    let hosts = vec!["db1:5433"; 10_000].join(",");
    assert_eq!(
        parse(&format!("postgres://{hosts}/d"))
            .map(|config| config.hosts().count())
            .ok(),
        Some(10_000)
    );

    let full = format!("postgres://h/{}", "x".repeat(MAX_LEN - 13));
    assert_eq!(kind(&full), Ok(()));
    // The limit may fall into the middle of a character; the location still lies on a boundary.
    for tail in ["x", "é", "🔑🔑"] {
        let text = format!("{}{tail}", &full[..MAX_LEN - tail.len() / 2]);
        let error = parse(&text).expect_err("too long");
        assert_eq!(error.kind(), ErrorKind::TooLong);
        let span = error.span().expect("a place");
        assert!(text.get(span.range()).is_some(), "{tail}: {span:?}");
    }
}
