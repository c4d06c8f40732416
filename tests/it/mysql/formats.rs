//! MySQL's other formats: Go DSNs and JDBC URLs, fact by fact, and what happens to a string of the wrong format.

use crate::common::Failures;
use database_url::mysql::Config;
use database_url::{Database, Engine, Error, ErrorKind, Format, ParseOptions};

fn url(text: &str) -> Result<Config, Error> {
    text.parse()
}

/// Rows of a format, accepted or rejected.
macro_rules! go_dsn {
    (accepts $($rows:tt)*) => { mysql_accepts!(Config::from_go_dsn; $($rows)*) };
    (rejects $($rows:tt)*) => { mysql_rejects!(Config::from_go_dsn; $($rows)*) };
}
macro_rules! jdbc {
    (accepts $($rows:tt)*) => { mysql_accepts!(Config::from_jdbc; $($rows)*) };
    (rejects $($rows:tt)*) => { mysql_rejects!(Config::from_jdbc; $($rows)*) };
}

// ---- Go DSNs

#[test]
fn the_parts_of_a_go_dsn() {
    go_dsn! { accepts
        "all parts": "ada:pw@tcp(db1:3307)/shop?charset=utf8mb4"
            => { user: "ada", password: "pw", hosts: "db1:3307", database: "shop", charset: "utf8mb4" };
        "nothing at all": "" => {};
        "the shortest": "/" => {};
        "nobody": "@/" => {};
        "a database": "/shop" => { database: "shop" };
        "a user": "ada@/shop" => { user: "ada", database: "shop" };
        "a network without its address": "ada@tcp/shop" => { user: "ada", database: "shop" };
        "an address without its network": "(db1:3306)/shop" => { hosts: "db1:3306", database: "shop" };
        "an empty password is none": "ada:@tcp(db1)/" => { user: "ada", hosts: "db1" };
        "no port": "tcp(db1)/" => { hosts: "db1" };
        "an empty port is none": "tcp(db1:)/" => { hosts: "db1" };
        "a port alone": "tcp(:3307)/" => { hosts: ":3307" };
        "the last `/` splits": "ada:p/w@tcp(db1)/shop" => { user: "ada", password: "p/w", hosts: "db1", database: "shop" };
        "the last `@` before it": "ada:p@w@tcp(db1)/shop" => { user: "ada", password: "p@w", hosts: "db1", database: "shop" };
        "the first `:` in the credentials": "ada:p:w@tcp(db1)/" => { user: "ada", password: "p:w", hosts: "db1" };
        "parentheses of a password": "ada:p(w)@tcp(db1)/" => { user: "ada", password: "p(w)", hosts: "db1" };
        "credentials have no escapes": "a%41:p%2Bw+@tcp(db1)/" => { user: "a%41", password: "p%2Bw+", hosts: "db1" };
        "the database has, and keeps `+`": "/a%2Fb+c" => { database: "a/b+c" };
        "IPv6": "tcp([2001:db8::7]:3307)/" => { hosts: "[2001:db8::7]:3307" };
        "IPv6 without a port": "tcp([::1])/" => { hosts: "[::1]" };
        "IPv6 without brackets": "tcp(2001:db8::7)/" => { hosts: "[2001:db8::7]" };
        "a zone": "tcp([fe80::1%eth0]:3307)/" => { hosts: "[fe80::1%eth0]:3307" };
        "a socket": "ada@unix(/run/x.sock)/shop" => { user: "ada", socket: "/run/x.sock", database: "shop" };
        "IPv6 only": "ada@tcp6(db1:3306)/" => { user: "ada", net: "tcp6", hosts: "db1:3306" };
        "a network of the program's": "ada@cloudsql(p:europe-west1:main)/shop"
            => { user: "ada", net: "cloudsql", address: "p:europe-west1:main", database: "shop" };
    }
    go_dsn! { rejects
        "no slash": "ada:pw@tcp(db1:3306)«»" => UnknownFormat, "text", "user:password@tcp(host:3306)/database";
        "a host without its network": "ada:pw@«db1:3306»/shop" => InvalidValue, "net", "tcp(host:3306)";
        "parentheses do not close": "ada:pw@«tcp(db1»/shop" => UnknownFormat, "text", "tcp(host:3306)";
        "text behind the parentheses": "ada:pw@«tcp(db1)x»/shop" => UnknownFormat, "text", "tcp(host:3306)";
        "a raw `/` in a value": "«tcp(db1)/shop?loc=Europe»/Rome" => UnknownFormat, "text", "%2F";
        "a wrong port": "tcp(«db1:x»)/" => InvalidValue, "port", "tcp(host:3306)";
        "port 0": "tcp(«db1:0»)/" => InvalidValue, "port", "tcp(host:3306)";
        "a path as a host": "tcp(«/run/x.sock»)/" => InvalidValue, "host", "unix(/path)";
        "two hosts": "tcp(«db1,db2»)/" => InvalidValue, "host", "one host";
        "a bad escape": "/50«%»" => InvalidEscape, "database", "%25";
        "a line end": "ada:p«\n»w@tcp(db1)/" => ControlCharacter, "text", "remove it";
        "blanks round it": "« »ada@tcp(db1)/" => SurroundingSpaces, "text", "remove it";
        "somebody's log": "ada:«****»@tcp(db1)/" => MaskedValue, "password", "real value";
        "never filled in": "ada:«${PW}»@tcp(db1)/" => UnexpandedReference, "text", "expand it before";
    }
}

#[test]
fn the_parameters_of_a_go_dsn() {
    go_dsn! { accepts
        "Go's own": "/?timeout=30s&readTimeout=1m30s&writeTimeout=500ms&maxAllowedPacket=0&collation=utf8mb4_bin"
            => { connect_timeout_ms: 30000, read_timeout_ms: 90000, write_timeout_ms: 500, max_allowed_packet: 0,
                 collation: "utf8mb4_bin" };
        "booleans": "/?allowAllFiles=1&allowCleartextPasswords=True&clientFoundRows=FALSE&compress=0"
            => { local_infile: true, cleartext: true, found_rows: false, compress: false };
        "`tls`": "/?tls=skip-verify" => { ssl_mode: "required" };
        "`tls=true` checks everything": "/?tls=true" => { ssl_mode: "verify_identity" };
        "`tls=preferred`": "/?tls=Preferred" => { ssl_mode: "preferred" };
        "`tls=false`": "/?tls=0" => { ssl_mode: "disabled" };
        "a list of character sets": "/?charset=utf8mb4,utf8" => { charset: "utf8mb4,utf8" };
        "which is not decoded": "/?charset=utf8%6Db4" => { charset: "utf8%6Db4" };
        "a key": "/?serverPubKey=my+key" => { server_public_key: "my key" };
        "the session's time zone": "/?time_zone=%27%2B02:00%27" => { timezone: "+02:00" };
        "the program's is kept": "/?loc=Europe%2FRome&parseTime=true" => {} ["loc": "Europe/Rome", "parseTime": "true"];
        "variables are decoded": "/?sql_mode=%27ANSI%27&x=a+b" => {} ["sql_mode": "'ANSI'", "x": "a b"];
        "no `=`, no parameter": "/shop?parseTime&charset=utf8" => { database: "shop", charset: "utf8" }
            warns "parameter-without-value";
        "the last one wins": "/?charset=utf8&charset=latin1" => { charset: "latin1" } warns "repeated-setting";
        "names are of one case": "/?Charset=utf8" => {} ["Charset": "utf8"];
        "another driver's word is a variable": "/?reconnect=true" => {} ["reconnect": "true"];
    }
    go_dsn! { rejects
        "a duration without its unit": "/?timeout=«30»" => InvalidValue, "connect_timeout_ms", "30s";
        "a registered configuration": "/?tls=«custom»" => InvalidValue, "ssl_mode", "registered in a Go program";
        "not Go's boolean": "/?clientFoundRows=«yes»" => InvalidValue, "found_rows", "`yes`";
        "MySQL's word for TLS": "/?«ssl-mode»=REQUIRED" => UnknownKeyword, "query", "`tls`";
        "Postgres' word for TLS": "/?«sslmode»=require" => UnknownKeyword, "query", "`tls`";
        "Java's word for TLS": "/?«useSSL»=true" => UnknownKeyword, "query", "`tls`";
        "a CA by its path": "/?«ssl-ca»=ca.pem" => UnknownKeyword, "query", "`tls`";
        "Postgres' CA": "/?«sslrootcert»=ca.pem" => UnknownKeyword, "query", "";
        "said twice": "/?tls=true&tls=«false»" => Conflict, "ssl_mode", "once";
        "Go's TLS in another case": "/?«TLS»=true" => UnknownKeyword, "query", "`tls`";
        "Go's fallback in another case": "/?«allowfallbacktoplaintext»=true" => UnknownKeyword, "query", "`allowFallbackToPlaintext`";
        "a key by its path": "/?«sslkey»=key.pem" => UnknownKeyword, "query", "`tls`";
        "a duration of its own": "/?timeTruncate=«1»" => InvalidValue, "timeTruncate", "30s";
        "a place that is a path": "/?loc=«%2Fetc%2Fpasswd»" => InvalidValue, "loc", "`Local`";
        "a level that is none": "/?compression-level=«abc»" => InvalidValue, "compression-level", "zstd";
        "removed long ago": "/?strict=«true»" => InvalidValue, "strict", "sql_mode";
    }
}

/// Every switch of go-sql-driver takes its words for true and false, and nothing else.
#[test]
fn the_switches_of_a_go_dsn() {
    for name in [
        "allowAllFiles",
        "allowCleartextPasswords",
        "allowFallbackToPlaintext",
        "allowNativePasswords",
        "allowOldPasswords",
        "checkConnLiveness",
        "clientFoundRows",
        "columnsWithAlias",
        "compress",
        "interpolateParams",
        "multiStatements",
        "parseTime",
        "rejectReadOnly",
        "tinyInt1IsBool",
    ] {
        for value in ["1", "true", "TRUE", "True", "0", "false", "FALSE", "False"] {
            let read = Config::from_go_dsn(&format!("/?{name}={value}"));
            assert!(read.is_ok(), "{name}={value}");
        }
        for value in ["maybe", "", "yes", "on", "2", "tRue", "%31"] {
            let error = Config::from_go_dsn(&format!("/?{name}={value}")).expect_err(name);
            assert_eq!(error.kind(), ErrorKind::InvalidValue, "{name}={value}");
        }
    }
}

// ---- JDBC URLs

#[test]
fn the_parts_of_a_jdbc_url() {
    jdbc! { accepts
        "all parts": "jdbc:mysql://ada:pw@db1:3307/shop?characterEncoding=UTF-8"
            => { user: "ada", password: "pw", hosts: "db1:3307", database: "shop", charset: "utf8mb4" };
        "nothing but a scheme": "jdbc:mysql://" => {};
        "any case": "JDBC:MySQL://db1/shop" => { hosts: "db1", database: "shop" };
        "blanks between the parts": "jdbc:mysql: // db1: 3306 / shop ?a=1"
            => { hosts: "db1:3306", database: "shop" } ["a": "1"];
        "`+` is a blank everywhere": "jdbc:mysql://ada:p+w@db1/my+shop"
            => { user: "ada", password: "p w", hosts: "db1", database: "my shop" };
        "escaped it is a plus sign": "jdbc:mysql://ada:p%2Bw@db1/" => { user: "ada", password: "p+w", hosts: "db1" };
        "user and password as parameters": "jdbc:mysql://db1/?user=ada&password=p%26w"
            => { user: "ada", password: "p&w", hosts: "db1" };
        "an `@` in the password": "jdbc:mysql://ada:p@w@db1/"
            => { user: "ada", password: "p@w", hosts: "db1" } warns "at-sign-in-credentials";
        "an empty password": "jdbc:mysql://ada:@db1/" => { user: "ada", password: "", hosts: "db1" };
        "a fragment is ignored": "jdbc:mysql://db1/shop#part" => { hosts: "db1", database: "shop" } warns "ignored-fragment";
        "a key without a value": "jdbc:mysql://db1/?flag&a=1" => { hosts: "db1" } ["a": "1"]
            warns "parameter-without-value";
        "several hosts": "jdbc:mysql://db1:3306,db2:3307/shop" => { hosts: "db1:3306 db2:3307", database: "shop" };
        "a user with brackets": "jdbc:mysql://[a]da:pw@db1/" => { user: "[a]da", password: "pw", hosts: "db1" };
        "a list in brackets": "jdbc:mysql://ada:pw@[db1:3306,db2]/shop"
            => { user: "ada", password: "pw", hosts: "db1:3306 db2", database: "shop" };
        "keys and values": "jdbc:mysql://(host=db1,port=3307)/shop" => { hosts: "db1:3307", database: "shop" };
        "address": "jdbc:mysql://address=(host=db1)(port=3307)/shop" => { hosts: "db1:3307", database: "shop" };
        "some of each": "jdbc:mysql://db1,(host=db2,port=3307),address=(host=db3)/" => { hosts: "db1 db2:3307 db3" };
        "IPv6": "jdbc:mysql://[2001:db8::7]:3307/" => { hosts: "[2001:db8::7]:3307" };
        "for load balancing": "jdbc:mysql:loadbalance://db1,db2/" => { hosts: "db1 db2" };
        "for replication": "jdbc:mysql:replication://db1,db2/" => { hosts: "db1 db2" };
        "a name for DNS SRV": "jdbc:mysql+srv://_mysql._tcp.example/shop" => { hosts: "_mysql._tcp.example", database: "shop" };
        "with a mode": "jdbc:mysql+srv:loadbalance://_mysql._tcp.example/" => { hosts: "_mysql._tcp.example" };
    }
    jdbc! { rejects
        "no slashes": "jdbc:mysql:«db1»/shop" => UnknownFormat, "scheme", "jdbc:mysql://host:3306/database";
        "an unknown mode": "jdbc:mysql:«failover»://db1/" => UnknownFormat, "scheme", "jdbc:mysql://";
        "Rails' adapter": "«jdbc:mysql2»://db1/" => UnknownFormat, "scheme", "jdbc:mysql://";
        "Postgres": "«jdbc:postgresql»://db1/shop" => WrongEngine, "scheme", "check which variable";
        "two slashes before the database": "jdbc:mysql://db1/«/»shop" => UnescapedDelimiter, "database", "%2F";
        "two question marks": "jdbc:mysql://db1/shop?«?»a=1" => UnescapedDelimiter, "query", "`&`";
        "a value without its key": "jdbc:mysql://db1/?«=1»" => MissingEquals, "query", "name=value";
        "a raw `#` in a password": "jdbc:mysql://ada:p«#»w@db1/" => UnescapedDelimiter, "text", "%23";
        "a raw `#` in the parameter": "jdbc:mysql://db1/?user=ada&password=p«#»w" => UnescapedDelimiter, "text", "%23";
        "a raw `/` in a password": "jdbc:mysql://ada:p«/»w@db1/" => UnescapedDelimiter, "password", "%2F";
        "the same credentials twice": "jdbc:mysql://ada:pw@db1,«a»da:pw@db2/" => UnescapedDelimiter, "user", "host:port,host:port";
        "not everybody has credentials": "jdbc:mysql://«ada:pw@db1,db2»/" => InvalidValue, "user", "as the parameters";
        "others have others": "jdbc:mysql://ada:pw@db1,«e»ve:pw@db2/" => UnescapedDelimiter, "user", "host:port,host:port";
        "a user of one host": "jdbc:mysql://«(host=db1,user=ada)»/" => InvalidBrackets, "host", "as parameters";
        "a host that is no value": "jdbc:mysql://«(db1)»/" => InvalidBrackets, "host", "(host=name,port=number)";
        "no key": "jdbc:mysql://«(=db1)»/" => InvalidBrackets, "host", "(host=name,port=number)";
        "an empty element": "jdbc:mysql://«db1,»/" => InvalidValue, "host", "single commas";
        "a wrong port": "jdbc:mysql://«db1:x»/" => InvalidValue, "port", "%3A";
        "brackets do not close": "jdbc:mysql://«[::1»/" => InvalidBrackets, "host", "[2001:db8::1]";
        "text behind brackets": "jdbc:mysql://«[::1]x»/" => InvalidValue, "host", "[2001:db8::1]";
        "another host": "jdbc:mysql://db1/?host=«db2»" => Conflict, "host", "keep the one";
        "DNS SRV and a port": "jdbc:mysql+srv://«db1:3306»/" => InvalidValue, "host", "jdbc:mysql://";
        "a bad escape": "jdbc:mysql://ada:«%»@db1/" => InvalidEscape, "password", "%25";
    }
}

/// MariaDB's driver decodes nothing, and takes user and password as parameters only.
#[test]
fn the_urls_of_mariadbs_driver() {
    jdbc! { accepts
        "nothing is decoded": "jdbc:mariadb://db1/my%20shop?user=a+b&password=b%2Bc"
            => { user: "a+b", password: "b%2Bc", hosts: "db1", database: "my%20shop" };
        "its modes": "jdbc:mariadb:load-balance-read://db1,db2/" => { hosts: "db1 db2" };
        "roles": "jdbc:mariadb:replication://address=(host=db1)(port=3307)(type=primary),address=(host=db2)(type=replica)/shop"
            => { hosts: "db1:3307 db2", database: "shop" };
        "a socket": "jdbc:mariadb://localhost/shop?localSocket=/run/x.sock"
            => { hosts: "localhost", socket: "/run/x.sock", database: "shop" };
        "a socket in an address": "jdbc:mariadb://address=(localSocket=/run/x.sock)/shop"
            => { socket: "/run/x.sock", database: "shop" };
        "`trust`": "jdbc:mariadb://db1/?sslMode=trust" => { hosts: "db1", ssl_mode: "required" };
        "MySQL's names": "jdbc:mariadb://db1/?sslMode=VERIFY_CA" => { hosts: "db1", ssl_mode: "verify_ca" };
        "a certificate": "jdbc:mariadb://db1/?serverSslCert=/ca.pem" => { hosts: "db1", ssl_mode: "verify_ca", ssl_ca: "/ca.pem" };
        "a mode of an old release": "jdbc:mariadb:failover://db1,db2/" => { hosts: "db1 db2" };
        "useSsl verifies all": "jdbc:mariadb://db1/?useSsl=true" => { hosts: "db1", ssl_mode: "verify_identity" };
        "useSsl without a value": "jdbc:mariadb://db1/?USESSL=" => { hosts: "db1", ssl_mode: "verify_identity" };
        "useSsl with any certificate": "jdbc:mariadb://db1/?useSsl=true&trustServerCertificate=true"
            => { hosts: "db1", ssl_mode: "required" };
        "useSsl with any name": "jdbc:mariadb://db1/?disableSslHostnameVerification=true&useSsl=true"
            => { hosts: "db1", ssl_mode: "verify_ca" };
        "useSsl that is weakened no more": "jdbc:mariadb://db1/?useSsl=true&trustServerCertificate=false"
            => { hosts: "db1", ssl_mode: "verify_identity" };
        "useSsl and the same mode": "jdbc:mariadb://db1/?useSsl=true&sslMode=verify-full"
            => { hosts: "db1", ssl_mode: "verify_identity" };
        "useSsl off": "jdbc:mariadb://db1/?useSsl=false" => { hosts: "db1", ssl_mode: "disabled" };
        "a pool": "jdbc:mariadb://db1/?minPoolSize=1&maxPoolSize=5" => { hosts: "db1", pool_min: 1, pool_max: 5 };
    }
    jdbc! { rejects
        "credentials before the host": "jdbc:mariadb://ada:pw«@»db1/" => UnescapedDelimiter, "user", "?user=…&password=…";
        "a port that is a password": "jdbc:mariadb://«ada:pw»/" => InvalidValue, "port", "?user=…&password=…";
        "TLS of one host": "jdbc:mariadb://address=«(host=db1)(sslMode=trust)»/" => InvalidBrackets, "host", "as parameters";
        "an unknown mode": "jdbc:mariadb:«fabric»://db1/" => UnknownFormat, "scheme", "jdbc:mariadb://";
        "useSsl and another mode": "jdbc:mariadb://db1/?useSsl=true&trustServerCertificate=true&sslMode=«verify-full»"
            => Conflict, "ssl_mode", "once";
        "useSsl and no TLS": "jdbc:mariadb://db1/?sslMode=disable&useSsl=«true»" => Conflict, "ssl_mode", "once";
        "useSsl twice": "jdbc:mariadb://db1/?useSsl=true&useSSL=«false»" => Conflict, "ssl_mode", "keep";
    }
}

// ---- a string of the wrong format

/// Rows of a format requested, a string of another one, the kind of the error, and a piece of the help.
const WRONG_FORMATS: &[(Format, &str, ErrorKind, &str)] = &[
    (
        Format::Auto,
        "ada:pw@tcp(db1)/shop",
        ErrorKind::UnknownFormat,
        "`go-dsn`",
    ),
    (
        Format::Auto,
        "mysql://ada:pw@tcp(db1:3306)/shop",
        ErrorKind::InvalidValue,
        "remove the `mysql://`",
    ),
    (
        Format::Auto,
        "mysql:ada@db1/shop",
        ErrorKind::UnknownFormat,
        "add `//`",
    ),
    (
        Format::Auto,
        "jdbc:oracle:thin:@db1",
        ErrorKind::WrongEngine,
        "without `jdbc:`",
    ),
    (
        Format::Auto,
        "jdbc:mysq://db1",
        ErrorKind::UnknownScheme,
        "mysql",
    ),
    (
        Format::Url,
        "ada:pw@tcp(db1)/shop",
        ErrorKind::UnknownFormat,
        "`go-dsn`",
    ),
    (
        Format::Url,
        "mysql://ada:pw@tcp(db1:3306)/shop",
        ErrorKind::InvalidValue,
        "`go-dsn`",
    ),
    (
        Format::Url,
        "jdbc:mysql://db1/shop",
        ErrorKind::UnknownFormat,
        "`jdbc`",
    ),
    (
        Format::Url,
        "jdbc:mariadb://db1/shop",
        ErrorKind::UnknownFormat,
        "`jdbc`",
    ),
    (
        Format::Jdbc,
        "mysql://db1/shop",
        ErrorKind::UnknownFormat,
        "`url`",
    ),
    (
        Format::Jdbc,
        "postgres://db1/shop",
        ErrorKind::UnknownFormat,
        "jdbc:postgresql:",
    ),
    (
        Format::Jdbc,
        "ada:pw@tcp(db1)/shop",
        ErrorKind::UnknownFormat,
        "jdbc:mysql://",
    ),
    (
        Format::GoDsn,
        "mysql://ada:pw@db1/shop",
        ErrorKind::UnknownFormat,
        "--format url",
    ),
    (
        Format::GoDsn,
        "mysql://ada:pw@tcp(db1:3306)/shop",
        ErrorKind::UnknownFormat,
        "remove the `mysql://`",
    ),
    (
        Format::GoDsn,
        "jdbc:mysql://db1/shop",
        ErrorKind::UnknownFormat,
        "--format jdbc",
    ),
    (
        Format::GoDsn,
        "postgres://db1/shop",
        ErrorKind::UnknownFormat,
        "--format url",
    ),
    (
        Format::Conninfo,
        "mysql://db1/shop",
        ErrorKind::UnknownFormat,
        "`url`",
    ),
    (
        Format::Conninfo,
        "postgres://db1/shop",
        ErrorKind::UnknownFormat,
        "`url`",
    ),
];

#[test]
fn the_right_format_is_named() {
    let mut failures = Failures::default();
    for &(format, text, kind, help) in WRONG_FORMATS {
        let id = format!("{format:?} {text}");
        match ParseOptions::new().format(format).parse(text) {
            Ok(_) => failures.push(&id, "accepted"),
            Err(error) => {
                failures.compare(&id, error.kind(), kind);
                let given = error.help().unwrap_or_default();
                if !given.contains(help) {
                    failures.push(&id, &format!("no {help:?} in {given:?}"));
                }
            }
        }
    }
    failures.finish();
    mysql_rejects! { url;
        "a Go DSN behind a scheme": "mysql://ada:pw@«tcp(db1»:3306)/shop" => InvalidValue, "host", "remove the `mysql://`";
        "JDBC": "«»jdbc:mariadb://db1/shop" => UnknownFormat, "text", "from_jdbc";
        "a Go DSN": "«»ada@unix(/x)/shop" => UnknownFormat, "text", "from_go_dsn";
    }
    go_dsn! { rejects
        "a URL": "«»mysql://ada:pw@db1/shop" => UnknownFormat, "text", "--format url";
        "JDBC": "«»jdbc:mysql://db1/shop" => UnknownFormat, "text", "from_jdbc";
    }
    jdbc! { rejects
        "a URL": "«»mysql://db1/shop" => UnknownFormat, "scheme", "`url`";
        "a Go DSN": "«»ada:pw@tcp(db1)/shop" => UnknownFormat, "scheme", "jdbc:mysql://";
    }
}

#[test]
fn a_database_is_read_in_the_format_requested() {
    let read = |format, text: &str| {
        let found = ParseOptions::new().format(format).parse(text).expect(text);
        let Database::MySql(config) = &found else {
            panic!("{text}: {:?}", found.engine());
        };
        assert_eq!(found.engine(), Engine::MySql);
        (
            config.scheme().map(str::to_owned),
            config.dbname().map(str::to_owned),
        )
    };
    let shop = |scheme: Option<&str>| (scheme.map(str::to_owned), Some("shop".to_owned()));
    assert_eq!(
        read(Format::Auto, "mysql2://db1/shop"),
        shop(Some("mysql2"))
    );
    assert_eq!(read(Format::Url, "MySQL://db1/shop"), shop(Some("mysql")));
    assert_eq!(
        read(Format::Auto, "jdbc:mysql://db1/shop"),
        shop(Some("jdbc:mysql"))
    );
    assert_eq!(
        read(Format::Auto, "jdbc:mariadb://db1/shop"),
        shop(Some("jdbc:mariadb"))
    );
    assert_eq!(
        read(Format::Jdbc, "jdbc:mysql:loadbalance://db1,db2/shop"),
        shop(Some("jdbc:mysql:loadbalance"))
    );
    assert_eq!(read(Format::GoDsn, "ada:pw@tcp(db1)/shop"), shop(None));
    let found: Database = "mariadb://db1/shop".parse().expect("a URL");
    assert_eq!(found.engine(), Engine::MySql);
}
