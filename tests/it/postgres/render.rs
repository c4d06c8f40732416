//! What configs render to: URLs, libpq's two grammars, and the masked `Display` and `Debug`; and what setters reject.

use std::time::Duration;

use crate::common::{Failures, keywords};
use database_url::postgres::{Config, Dialect, Keyword, SslMode, SslNegotiation};
use database_url::{Component, Error, ErrorKind, Secret, Stage};

/// One config in every form; `libpq` and `conninfo` are empty where libpq cannot have it.
struct Forms {
    id: &'static str,
    input: &'static str,
    url: &'static str,
    libpq: &'static str,
    conninfo: &'static str,
    shown: &'static str,
}

/// Rows of `"what it shows": text => url, URL for libpq, keyword/value text, shown;`, all read by the libpq dialect
/// where it can, else by the default one. `=` stands for the form before.
macro_rules! forms {
    ($($id:literal: $input:literal => $url:literal, $libpq:literal, $conninfo:literal, $shown:literal;)*) => {
        &[$(Forms { id: $id, input: $input, url: $url, libpq: $libpq, conninfo: $conninfo, shown: $shown }),*]
    };
}

const FORMS: &[Forms] = forms! {
    "nothing": "" => "postgres://", "postgresql://", "", "postgres://";
    "typical": "postgres://app:hunter2@db.example:5433/shop?sslmode=verify-full"
        => "postgres://app:hunter2@db.example:5433/shop?sslmode=verify-full",
        "postgresql://app:hunter2@db.example:5433/shop?sslmode=verify-full",
        "user=app password=hunter2 dbname=shop host=db.example port=5433 sslmode=verify-full",
        "postgres://app:****@db.example:5433/shop?sslmode=verify-full";
    "the scheme is kept": "PostgreSQL+asyncpg://db1/shop"
        => "postgresql+asyncpg://db1/shop", "postgresql://db1/shop", "dbname=shop host=db1", "postgresql+asyncpg://db1/shop";
    "the directory of a socket with colons": "user=u host=/cloudsql/p:r:i dbname=d"
        => "postgres://u@%2Fcloudsql%2Fp%3Ar%3Ai/d", "postgresql://u@%2Fcloudsql%2Fp%3Ar%3Ai/d",
        "user=u dbname=d host=/cloudsql/p:r:i", "postgres://u@%2Fcloudsql%2Fp%3Ar%3Ai/d";
    "user only": "postgres://app@" => "postgres://app@", "postgresql://app@", "user=app", "postgres://app@";
    "password only": "password=pw" => "postgres://:pw@", "postgresql://:pw@", "password=pw", "postgres://:****@";
    "database only": "dbname=shop" => "postgres:///shop", "postgresql:///shop", "dbname=shop", "postgres:///shop";
    "port only": "port=6001" => "postgres://:6001", "postgresql://:6001", "port=6001", "postgres://:6001";
    "a setting only": "connect_timeout=5"
        => "postgres:///?connect_timeout=5", "postgresql:///?connect_timeout=5", "connect_timeout=5", "postgres:///?connect_timeout=5";
    "delimiters in every part": r"user=a:b@c password='p/w?x#y\'z' dbname=d/e?f host=db1"
        => "postgres://a%3Ab%40c:p%2Fw%3Fx%23y%27z@db1/d%2Fe%3Ff",
        "postgresql://a%3Ab%40c:p%2Fw%3Fx%23y%27z@db1/d%2Fe%3Ff",
        r"user='a:b\@c' password='p/w?x#y\'z' dbname='d/e?f' host=db1",
        "postgres://a%3A****:****@db1/d%2Fe%3Ff";
    "what guards look for": r"password='\****' user='$\{X}' dbname='\{{y}}'"
        => "postgres://%24%7BX%7D:%2A%2A%2A%2A@/%7B%7By%7D%7D",
        "postgresql://%24%7BX%7D:%2A%2A%2A%2A@/%7B%7By%7D%7D",
        r"user='\$\{X}' password='\*\*\*\*' dbname='\{\{y}}'",
        "postgres://%24%7BX%7D:****@/%7B%7By%7D%7D";
    "the mask of a tool": r"user='\[REDACTED]' password='\xxxxx'"
        => "postgres://%5BREDACTED%5D:%78xxxx@", "postgresql://%5BREDACTED%5D:%78xxxx@",
        r"user='\[REDACTED]' password='\xxxxx'", "postgres://%5BREDACTED%5D:****@";
    "blanks and backslashes": r"user=' a ' password=\\ application_name='a\nb'"
        => r"postgres://%20a%20:%5C@/?application_name=anb", r"postgresql://%20a%20:%5C@/?application_name=anb",
        r"user=' a ' password='\\' application_name=anb", "postgres://%20a%20:****@/?application_name=anb";
    "control characters": "postgres://u%0A:%01@h/%7F"
        => "postgres://u%0A:%01@h/%7F", "postgresql://u%0A:%01@h/%7F",
        "user='u\\\n' password='\\\x01' dbname='\\\x7f' host=h", "postgres://u%0A:****@h/%7F";
    "letters": "postgres://ада@bücher/книги"
        => "postgres://%D0%B0%D0%B4%D0%B0@b%C3%BCcher/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B8",
        "postgresql://%D0%B0%D0%B4%D0%B0@b%C3%BCcher/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B8",
        "user='ада' dbname='книги' host='bücher'",
        "postgres://%D0%B0%D0%B4%D0%B0@b%C3%BCcher/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B8";
    "IPv6": "host=::1 port=6001"
        => "postgres://[::1]:6001", "postgresql://[::1]:6001", "host=::1 port=6001", "postgres://[::1]:6001";
    "IPv6 with a zone": "postgres://[fe80::9%25eth1]/shop"
        => "postgres://[fe80::9%25eth1]/shop", "postgresql://[fe80::9%25eth1]/shop",
        "dbname=shop host=fe80::9%eth1", "postgres://[fe80::9%25eth1]/shop";
    "brackets as data": "host=[::1]" => "postgres://[%5B::1%5D]", "postgresql://[%5B::1%5D]", "host='\\[\\:\\:1\\]'", "postgres://[%5B::1%5D]";
    "a socket": "host=/run/pg port=6001 dbname=shop"
        => "postgres://%2Frun%2Fpg:6001/shop", "postgresql://%2Frun%2Fpg:6001/shop",
        "dbname=shop host=/run/pg port=6001", "postgres://%2Frun%2Fpg:6001/shop";
    "an abstract socket": "host=@pg user=app"
        => "postgres://app@%40pg", "postgresql://app@%40pg", "user=app host=@pg", "postgres://app@%40pg";
    "several hosts": "postgres://a:1,[::1],c:3/d"
        => "postgres://a:1,[::1],c:3/d", "postgresql://a:1,[::1],c:3/d", "dbname=d host=a,::1,c port=1,,3", "postgres://a:1,[::1],c:3/d";
    "several hosts without ports": "postgres://a,b"
        => "postgres://a,b", "postgresql://a,b", "host=a,b port=,", "postgres://a,b";
    "several hosts with one port": "host=a,b port=7"
        => "postgres:///?host=a%2Cb&port=7", "postgresql:///?host=a%2Cb&port=7", "host=a,b port=7", "postgres:///?host=a%2Cb&port=7";
    "several hosts, port unset": "host=a,b"
        => "postgres:///?host=a%2Cb", "postgresql:///?host=a%2Cb", "host=a,b", "postgres:///?host=a%2Cb";
    "addresses": "host=a,b hostaddr=10.0.0.1,::1 port=1,2"
        => "postgres://a:1,b:2/?hostaddr=10.0.0.1%2C%3A%3A1", "postgresql://a:1,b:2/?hostaddr=10.0.0.1%2C%3A%3A1",
        "host=a,b hostaddr=10.0.0.1,::1 port=1,2", "postgres://a:1,b:2/?hostaddr=10.0.0.1%2C%3A%3A1";
    "addresses alone": "hostaddr=10.0.0.1,10.0.0.2 port=1,2"
        => "postgres:///?hostaddr=10.0.0.1%2C10.0.0.2&port=1%2C2", "postgresql:///?hostaddr=10.0.0.1%2C10.0.0.2&port=1%2C2",
        "hostaddr=10.0.0.1,10.0.0.2 port=1,2", "postgres:///?hostaddr=10.0.0.1%2C10.0.0.2&port=1%2C2";
    "set but empty": "user='' password='' dbname='' host='' port='' options=''"
        => "postgres:///?user=&password=&dbname=&host=&port=&options=",
        "postgresql:///?user=&password=&dbname=&host=&port=&options=",
        "user='' password='' dbname='' host='' port='' options=''",
        "postgres:///?user=&password=****&dbname=&host=&port=&options=****";
    "an empty user before a password": "user='' password=pw host=h"
        => "postgres://:pw@h/?user=", "postgresql://:pw@h/?user=", "user='' password=pw host=h", "postgres://:****@h/?user=";
    "secret settings": "host=h options=-csearch_path=a sslpassword=p oauth_client_secret=s"
        => "postgres://h/?options=-csearch_path%3Da&sslpassword=p&oauth_client_secret=s",
        "postgresql://h/?options=-csearch_path%3Da&sslpassword=p&oauth_client_secret=s",
        "host=h options='-csearch_path=a' sslpassword=p oauth_client_secret=s",
        "postgres://h/?options=****&sslpassword=****&oauth_client_secret=****";
    "aliases": "postgres://h?ssl=true" => "postgres://h/?sslmode=require", "postgresql://h/?sslmode=require", "host=h sslmode=require", "postgres://h/?sslmode=require";
    "extras": "postgres://h/d?pool=5&token=t&a%26b=c%3Dd"
        => "postgres://h/d?pool=5&token=t&a%26b=c%3Dd", "", "", "postgres://h/d?pool=5&token=****&****=****";
    "extras behind settings": "postgres://h?schema=s&sslmode=require"
        => "postgres://h/?sslmode=require&schema=s", "", "", "postgres://h/?sslmode=require&schema=s";
    "JDBC": "jdbc:postgresql://h:1/d?user=u&password=p"
        => "postgresql://u:p@h:1/d", "postgresql://u:p@h:1/d", "user=u password=p dbname=d host=h port=1", "postgresql://u:****@h:1/d";
    "CockroachDB's port is written out": "cockroachdb://root@h/d"
        => "cockroachdb://root@h/d", "postgresql://root@h:26257/d", "user=root dbname=d host=h port=26257", "cockroachdb://root@h/d";
    "for the hosts without one": "cockroach://a:1,b"
        => "cockroach://a:1,b", "postgresql://a:1,b:26257", "host=a,b port=1,26257", "cockroach://a:1,b";
    "also without a host": "redshift:///d"
        => "redshift:///d", "postgresql://:5439/d", "dbname=d port=5439", "redshift:///d";
    "not where one is given": "redshift://h:1/d" => "redshift://h:1/d", "postgresql://h:1/d", "dbname=d host=h port=1", "redshift://h:1/d";
};

#[test]
fn every_form_is_what_it_should_be() {
    let mut failures = Failures::default();
    for Forms {
        id,
        input,
        url,
        libpq,
        conninfo,
        shown,
    } in FORMS
    {
        let config = match Config::parse_in(Dialect::Libpq, input).or_else(|_| input.parse()) {
            Ok(config) => config,
            Err(error) => {
                failures.rejected(id, &error);
                continue;
            }
        };
        failures.compare(id, config.to_url().unwrap().expose(), url);
        failures.compare(id, &*config.to_string(), shown);
        failures.compare(id, format!("{config:?}"), format!("Config({shown})"));
        failures.compare(id, format!("{config:#?}"), format!("Config({shown})"));
        let (libpq_url, text) = (config.to_libpq_url(), config.to_conninfo());
        failures.compare(id, libpq_url.as_ref().map_or("", Secret::expose), libpq);
        failures.compare(id, text.as_ref().map_or("", Secret::expose), conninfo);
        failures.compare(
            id,
            url.parse::<Config>().is_ok_and(|read| read == config),
            true,
        );
    }
    failures.finish();
}

#[test]
fn extras_are_not_for_libpq() {
    let config: Config = "postgres://h/d?pool=5&token=t"
        .parse()
        .expect("extras are kept");
    for error in [config.to_conninfo().err(), config.to_libpq_url().err()] {
        let error = error.expect("libpq refuses extras");
        assert_eq!(error.kind(), ErrorKind::NotRepresentable);
        assert_eq!(
            error.to_string(),
            "cannot represent query: libpq refuses the 2 parameter(s) that are none of its keywords"
        );
        assert!(error.help().is_some() && error.stage().is_none() && error.span().is_none());
    }
    let plain = config.without_extras();
    assert_eq!(
        plain.to_libpq_url().expect("no extras").expose(),
        "postgresql://h/d"
    );
}

// ---- setters

#[track_caller]
fn made(config: Result<Config, Error>) -> Config {
    config.expect("the setter takes it")
}

#[test]
fn setters_build_what_they_say() {
    let config =
        made(Config::new().with_hosts([("db1", Some(5433)), ("::1", None), ("/run/pg", Some(1))]));
    let config = made(
        config
            .with_user("a@b")
            .and_then(|config| config.with_password("****")),
    );
    let config = made(
        config
            .with_dbname("${X}")
            .and_then(|config| config.with_sslmode(SslMode::VerifyFull)),
    );
    let config = made(config.with_connect_timeout(Duration::from_millis(1001)));
    let config = made(
        config
            .with_extra("pool", "5")
            .and_then(|config| config.with_extra("a b", "****")),
    );
    assert_eq!(
        config.to_url().unwrap().expose(),
        "postgres://a%40b:%2A%2A%2A%2A@db1:5433,[::1],%2Frun%2Fpg:1/%24%7BX%7D?connect_timeout=2&sslmode=verify-full&pool=5&a%20b=%2A%2A%2A%2A"
    );
    assert_eq!(
        config.to_string(),
        "postgres://a%40b:****@db1:5433,[::1],%2Frun%2Fpg:1/%24%7BX%7D?connect_timeout=2&sslmode=verify-full&pool=5&****=****"
    );
    assert_eq!(
        config,
        config
            .to_url()
            .unwrap()
            .expose()
            .parse()
            .expect("it is of the grammar")
    );

    let config = made(config.with_hosts([("", None)]));
    assert_eq!(
        (config.get(Keyword::Host), config.get(Keyword::Port)),
        (None, None)
    );
    let config = made(config.with_hosts([("", None), ("", Some(7))]));
    let hosts: Vec<_> = config
        .hosts()
        .map(|host| (host.host(), host.port()))
        .collect();
    assert_eq!(hosts, [(Some(""), None), (Some(""), Some(7))]);
    let unset = made(config.with_hosts([]));
    assert_eq!(unset.hosts().count(), 0);
}

#[test]
fn setters_keep_extras_and_scheme() {
    let config: Config = "cockroachdb://h/d?pool=5&sslmode=require&x=1"
        .parse()
        .expect("it is valid");
    let config = made(
        config
            .with_user("u")
            .and_then(|config| config.without(Keyword::SslMode)),
    );
    assert_eq!(
        config.to_url().unwrap().expose(),
        "cockroachdb://u@h/d?pool=5&x=1"
    );
    assert_eq!(config.default_port(), 26257);
}

#[test]
fn several_settings_can_depend_on_each_other() {
    let alone = Config::new().with_sslnegotiation(SslNegotiation::Direct);
    assert_eq!(
        alone.map_err(|error| error.kind()),
        Err(ErrorKind::Conflict)
    );
    let both = made(Config::new().with_all([
        (Keyword::SslNegotiation, "direct"),
        (Keyword::SslMode, "require"),
    ]));
    assert_eq!(
        keywords(&both),
        [("sslmode", "require"), ("sslnegotiation", "direct")]
    );
    let error = both.without(Keyword::SslMode).expect_err("direct needs it");
    assert_eq!(
        (error.kind(), error.stage()),
        (ErrorKind::Conflict, Some(Stage::Options))
    );
}

#[track_caller]
fn rejected(id: &str, made: Result<Config, Error>, kind: ErrorKind, component: Option<&str>) {
    let error = made.expect_err(id);
    let got = error.component().map(Component::as_str);
    assert_eq!((error.kind(), got), (kind, component), "{id}");
}

/// Rows of `"what it shows": config => kind, component;`.
macro_rules! rejected {
    ($($id:literal: $made:expr => $kind:ident, $component:expr;)*) => {
        $(rejected($id, $made, ErrorKind::$kind, $component);)*
    };
}

#[test]
fn setters_reject_what_no_string_could_hold() {
    let new = Config::new;
    rejected! {
        "NUL in a user": new().with_user("a\0b") => NulByte, Some("user");
        "NUL in a password": new().with_password("\0") => NulByte, Some("password");
        "NUL in a database": new().with_dbname("a\0") => NulByte, Some("database");
        "NUL in a host": new().with_hosts([("a\0", None)]) => NulByte, Some("host");
        "NUL in a setting": new().with_application_name("\0") => NulByte, Some("application_name");
        "NUL in an extra's name": new().with_extra("a\0", "") => NulByte, Some("query");
        "NUL in an extra": new().with_extra("a", "\0") => NulByte, Some("query");
        "a comma in a host": new().with_hosts([("a,b", None)]) => InvalidValue, Some("host");
        "port 0": new().with_hosts([("a", Some(0))]) => InvalidValue, Some("port");
        "no mode": new().with(Keyword::SslMode, "REQUIRE") => InvalidValue, Some("sslmode");
        "no number": new().with(Keyword::ConnectTimeout, "") => InvalidValue, Some("connect_timeout");
        "too many ports": new().with(Keyword::Port, "1,2") => CountMismatch, Some("port");
        "an extra without a name": new().with_extra("", "x") => UnknownKeyword, Some("query");
        "an extra named as a keyword": new().with_extra("user", "x") => UnknownKeyword, Some("query");
        "an extra named as an alias": new().with_extra("ssl", "true") => UnknownKeyword, Some("query");
        "an extra named nearly so": new().with_extra("ssl_mode", "x") => UnknownKeyword, Some("query");
    }
    let long = new().with_connect_timeout(Duration::from_secs(1 << 31));
    rejected(
        "too long",
        long,
        ErrorKind::InvalidValue,
        Some("connect_timeout"),
    );
}

#[test]
fn the_longest_timeout_is_rejected_and_does_not_overflow() {
    let error = Config::new()
        .with_connect_timeout(Duration::MAX)
        .expect_err("too many seconds");
    assert_eq!(error.kind(), ErrorKind::InvalidValue);
}

#[test]
fn spelling_does_not_matter_to_equality() {
    let read = |text: &str| text.parse::<Config>().expect("it is valid");
    let one = read("postgres://u:%70@h:5433/d?ssl=true&pool=5");
    assert_eq!(
        one,
        read("POSTGRESQL://u:p@h:5433/d?pool=5&sslmode=require")
    );
    assert_eq!(one, one.clone());
    assert_ne!(one, read("postgres://u:p@h:5433/d?ssl=true"), "extras");
    assert_ne!(
        read("postgres://h"),
        read("postgres://h?user="),
        "set but empty"
    );
    assert_ne!(read("postgres://h"), read("redshift://h"), "the port meant");
    assert_eq!(Config::new(), read("postgres://"));
}

/// SQLAlchemy decodes no host, and takes several only in the query; `oracles/convert` asks it.
#[test]
fn a_url_of_sqlalchemy_has_sockets_and_lists_in_its_query() {
    let rows = [
        (
            "postgresql+psycopg://u@/d?host=/run/pg",
            "postgresql+psycopg://u@/d?host=%2Frun%2Fpg",
        ),
        (
            "postgresql+psycopg://u@/d?host=a:1&host=b:2",
            "postgresql+psycopg://u@/d?host=a%2Cb&port=1%2C2",
        ),
        (
            "postgresql+psycopg://u@a:1/d",
            "postgresql+psycopg://u@a:1/d",
        ),
        (
            "postgresql+psycopg://u@[::1]:1/d",
            "postgresql+psycopg://u@[::1]:1/d",
        ),
        ("postgres://u@/d?host=/run/pg", "postgres://u@%2Frun%2Fpg/d"),
        ("postgres://u@/d?host=/a/b:c", "postgres://u@%2Fa%2Fb%3Ac/d"),
    ];
    for (text, expected) in rows {
        let config: Config = text.parse().expect(text);
        let url = config.to_url().expect(text);
        assert_eq!(url.expose(), expected);
        assert_eq!(
            url.expose().parse::<Config>().as_ref(),
            Ok(&config),
            "{text}"
        );
    }
}
