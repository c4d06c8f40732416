//! MySQL's URLs, rule by rule: schemes, parts, escapes, hosts, sockets, and parameters that fill the holes.
//!
//! A row says all that the URL gives (`hosts` in one line, as `db1:3306 db2`), or where and why it is rejected.

use crate::common::Failures;
use crate::common::mysql::hosts;
use database_url::mysql::Config;

fn url(text: &str) -> Result<Config, database_url::Error> {
    text.parse()
}

/// Rows that are accepted.
macro_rules! accepts {
    ($($rows:tt)*) => { mysql_accepts!(url; $($rows)*) };
}

/// Rows that are rejected.
macro_rules! rejects {
    ($($rows:tt)*) => { mysql_rejects!(url; $($rows)*) };
}

// ---- schemes

#[test]
fn schemes_are_known_in_any_case_with_their_drivers_and_ports() {
    let mut failures = Failures::default();
    for (scheme, drivers, port) in [
        (
            "mysql",
            &[
                "pymysql",
                "mysqldb",
                "asyncmy",
                "aiomysql",
                "mysqlconnector",
                "pyodbc",
                "cymysql",
            ][..],
            3306,
        ),
        ("mysql2", &[], 3306),
        ("trilogy", &[], 3306),
        ("mariadb", &["pymysql", "mariadbconnector", "asyncmy"], 3306),
        ("mysqlgis", &[], 3306),
        ("mysql-connector", &[], 3306),
        ("maria", &["tcp", "udp"], 3306),
        ("percona", &["tcp"], 3306),
        ("aurora", &["tcp"], 3306),
        ("memsql", &["tcp"], 3306),
        // TiDB listens on 4000, but its URLs mean 3306.
        ("tidb", &["tcp"], 3306),
        ("vitess", &["tcp"], 3306),
        ("mysqlx", &["srv"], 33060),
    ] {
        let with_driver = drivers.iter().map(|driver| format!("{scheme}+{driver}"));
        for written in with_driver.chain([scheme.to_owned()]) {
            for written in [written.to_uppercase(), written] {
                match url(&format!("{written}://ada@db1/shop")) {
                    Ok(config) => {
                        let lower = written.to_ascii_lowercase();
                        failures.compare(&written, config.scheme(), Some(&*lower));
                        failures.compare(&written, config.default_port(), port);
                        // The port is known, but not given.
                        failures.compare(&written, hosts(&config), "db1".to_owned());
                    }
                    Err(error) => failures.rejected(&written, &error),
                }
            }
        }
    }
    failures.finish();
}

#[test]
fn other_schemes_are_rejected_by_name() {
    rejects! {
        "Postgres": "«postgres»://ada:pw@db1/shop" => WrongEngine, "scheme", "check which variable";
        "Redis": "«redis»://db1" => WrongEngine, "scheme", "check which variable";
        "SQLite": "«sqlite»:///shop.db" => WrongEngine, "scheme", "check which variable";
        "the web": "«https»://db1/shop" => UnknownScheme, "scheme", "mysql://";
        "misspelt": "«mysq»://db1/shop" => UnknownScheme, "scheme", "did you mean `mysql://`?";
        "misspelt MariaDB": "«marladb»://db1/shop" => UnknownScheme, "scheme", "did you mean `mariadb://`?";
        "no `//`": "«»mysql:ada:pw@db1/shop" => UnknownFormat, "text", "add `//`";
        "one slash": "«»mysql:/db1/shop" => UnknownFormat, "text", "add `//`";
        "JDBC": "«»jdbc:mysql://db1/shop" => UnknownFormat, "text", "jdbc";
        "a Go DSN": "«»ada:pw@tcp(db1:3306)/shop" => UnknownFormat, "text", "go-dsn";
        "no scheme": "«»ada:pw@db1:3306/shop" => UnknownFormat, "text", "mysql://user:password@host:3306/database";
        "a bare word": "«»shop" => UnknownFormat, "text", "mysql://";
    }
    let error = url("").expect_err("nothing");
    assert_eq!(error.kind(), database_url::ErrorKind::Empty);
}

// ---- rule 1: where user, password, hosts, database and parameters begin and end

#[test]
fn parts_end_where_they_end() {
    accepts! {
        "all parts": "mysql://ada:pw@db1:3307/shop?charset=utf8mb4"
            => { user: "ada", password: "pw", hosts: "db1:3307", database: "shop", charset: "utf8mb4" };
        "nothing but a scheme": "mysql://" => {};
        "a host": "mysql://db1" => { hosts: "db1" };
        "no database": "mysql://ada@db1/" => { user: "ada", hosts: "db1" };
        "no path before the parameters": "mysql://db1?charset=utf8" => { hosts: "db1", charset: "utf8" };
        "an empty query": "mysql://db1/shop?" => { hosts: "db1", database: "shop" };
        "only a database": "mysql:///shop" => { database: "shop" };
        "the last `@` ends the credentials": "mysql://ada@corp:pw@db1" => { user: "ada@corp", password: "pw", hosts: "db1" }
            warns "at-sign-in-credentials";
        "an `@` in the password": "mysql://ada:p@ss@db1" => { user: "ada", password: "p@ss", hosts: "db1" }
            warns "at-sign-in-credentials";
        "the first `:` ends the user": "mysql://ada:p:w@db1" => { user: "ada", password: "p:w", hosts: "db1" };
        "`/` in parentheses": "mysql://ada@(/run/x.sock)/shop" => { user: "ada", socket: "/run/x.sock", database: "shop" };
    }
}

// ---- rules 2 and 3: absent, empty, given

#[test]
fn the_password_is_absent_or_empty_or_given() {
    accepts! {
        "absent": "mysql://ada@db1" => { user: "ada", hosts: "db1" };
        "empty": "mysql://ada:@db1" => { user: "ada", password: "", hosts: "db1" };
        "given": "mysql://ada:pw@db1" => { user: "ada", password: "pw", hosts: "db1" };
        "the user is empty": "mysql://:pw@db1" => { user: "", password: "pw", hosts: "db1" };
        "both are empty": "mysql://:@db1" => { user: "", password: "", hosts: "db1" };
        "an empty user alone": "mysql://@db1" => { user: "", hosts: "db1" };
        "nobody": "mysql://db1" => { hosts: "db1" };
        "an empty parameter": "mysql://ada@db1/?password=" => { user: "ada", password: "", hosts: "db1" };
    }
}

// ---- rules 4 and 5: escapes

#[test]
fn every_part_is_decoded_once() {
    accepts! {
        "user and password": "mysql://a%40b:p%3Aw%2F%3F%23@db1" => { user: "a@b", password: "p:w/?#", hosts: "db1" };
        "once only": "mysql://ada:%2525@db1" => { user: "ada", password: "%25", hosts: "db1" };
        "of either case": "mysql://ada:%c3%A9@db1" => { user: "ada", password: "é", hosts: "db1" };
        "raw UTF-8": "mysql://adä:pä@bü.test/shöp" => { user: "adä", password: "pä", hosts: "bü.test", database: "shöp" };
        "the host": "mysql://b%C3%BCro.test" => { hosts: "büro.test" };
        "the database": "mysql://db1/a%2Fb%20c" => { hosts: "db1", database: "a/b c" };
        "a name": "mysql://db1/?conn%65ct_timeout=5" => { hosts: "db1", connect_timeout_ms: 5000 };
        "a value": "mysql://db1/?charset=utf8%6Db4" => { hosts: "db1", charset: "utf8mb4" };
        "`+` is a plus sign before the query": "mysql://a+b:p+w@c+d/e+f"
            => { user: "a+b", password: "p+w", hosts: "c+d", database: "e+f" };
        "`+` is a blank in the query": "mysql://db1/?init_command=SET+a&note=b+c" => { hosts: "db1", init_command: "SET a" }
            ["note": "b c"];
        "an escaped `+` stays": "mysql://db1/?note=b%2Bc" => { hosts: "db1" } ["note": "b+c"];
        "a time zone gets it back": "mysql://db1/?timezone=+02:00" => { hosts: "db1", timezone: "+02:00" };
        "in every spelling": "mysql://db1/?serverTimezone=+2:00" => { hosts: "db1", timezone: "+2:00" };
        "a time zone without it": "mysql://db1/?time_zone=-07:30" => { hosts: "db1", timezone: "-07:30" };
        "a time zone's name": "mysql://db1/?time-zone=Europe/Rome" => { hosts: "db1", timezone: "Europe/Rome" };
    }
    rejects! {
        "`%` at the end": "mysql://ada:pw«%»@db1" => InvalidEscape, "password", "%25";
        "one digit": "mysql://ada:pw«%»4@db1" => InvalidEscape, "password", "%25";
        "no digits": "mysql://ada:«%»zz@db1" => InvalidEscape, "password", "%25";
        "in the user": "mysql://a«%»z:pw@db1" => InvalidEscape, "user", "%25";
        "in the host": "mysql://ada@db«%»" => InvalidEscape, "host", "%25";
        "in the database": "mysql://db1/50«%»" => InvalidEscape, "database", "%25";
        "in a value": "mysql://db1/?note=50«%»" => InvalidEscape, "query", "%25";
        "in a name": "mysql://db1/?no«%»te=5" => InvalidEscape, "query", "%25";
        "not UTF-8": "mysql://ada:«%FF»@db1" => InvalidUtf8, "password", "UTF-8";
        "half of a character": "mysql://ada@db1/«sh%C3»" => InvalidUtf8, "database", "UTF-8";
        "an escaped NUL": "mysql://ada:p«%»00w@db1" => NulByte, "password", "remove it";
        "a raw NUL": "mysql://ada:p«\0»w@db1" => NulByte, "text", "remove it";
        "a line end in a password": "mysql://ada:p«\n»w@db1" => ControlCharacter, "text", "%0A";
        "a tab in the host": "mysql://ada@d«\t»b1" => ControlCharacter, "text", "remove it";
        "a line end behind": "mysql://db1/shop«\n»" => SurroundingSpaces, "text", "remove it";
        "a blank before": "« »mysql://db1/shop" => SurroundingSpaces, "text", "remove it";
    }
}

// ---- rules 6 and 7: a character of the password that would end it

#[test]
fn a_swallowed_delimiter_is_rejected_with_its_escape() {
    rejects! {
        "`/`": "mysql://ada:12«/»34@db1/shop" => UnescapedDelimiter, "password", "%2F";
        "`/` behind letters": "mysql://ada:a«/»b@db1/shop" => UnescapedDelimiter, "password", "%2F";
        "`/` first": "mysql://ada:«/»b@db1/shop" => UnescapedDelimiter, "password", "%2F";
        "`?`": "mysql://ada:12«?»34@db1/shop" => UnescapedDelimiter, "password", "%3F";
        "`#`": "mysql://ada:«#»pw@db1/shop" => UnescapedDelimiter, "text", "%23";
        "`#` at the end": "mysql://db1/shop«#»part" => UnescapedDelimiter, "text", "%23";
        "`#` in a value": "mysql://ada@db1/shop?password=a«#»b" => UnescapedDelimiter, "text", "%23";
        "a second `?`": "mysql://db1/shop?charset=utf8mb4«?»ssl-mode=REQUIRED" => UnescapedDelimiter, "query", "%3F";
        "two `?`": "mysql://db1/shop?«?»ssl-mode=REQUIRED" => UnescapedDelimiter, "query", "%3F";
        "`&` as XML has it": "mysql://db1/shop?charset=utf8&amp«;»ssl-mode=REQUIRED" => UnescapedDelimiter, "query", "`&` alone";
        "`@` and `/`": "mysql://ada:p@ss/word«@»db1/shop" => UnescapedDelimiter, "database", "%2F";
        "`@` and `?`": "mysql://ada:p@ss?word«@»db1/shop?charset=utf8" => UnescapedDelimiter, "query", "%3F";
        "`@` in the database": "mysql://ada@db1/sh«@»op" => UnescapedDelimiter, "database", "%40";
        "`@` of a parameter": "mysql://ada@db1/?note=a«@»b" => UnescapedDelimiter, "query", "%40";
        "a later `@`": "mysql://ada:7/1?x«@»db1/shop?email=a@b.example" => UnescapedDelimiter, "password", "%2F";
        "credentials of each host": "mysql://ada:pw«@»db1,eve:pw@db2/shop" => UnescapedDelimiter, "user", "host:port,host:port";
        "credentials behind the host": "mysql://«/»ada:pw@db1/shop" => UnescapedDelimiter, "password", "%2F";
        "`;` between parameters": "mysql://db1/shop?charset=utf8«;»ssl-mode=REQUIRED" => UnescapedDelimiter, "query", "&";
        "`;` before the parameters": "mysql://db1/shop«;»charset=utf8" => UnescapedDelimiter, "database", "`?`";
        "`&` before the parameters": "mysql://db1/shop«&»charset=utf8" => UnescapedDelimiter, "database", "`?`";
    }
    accepts! {
        "escaped they are data": "mysql://ada:12%2F3%3F4%235@db1/sh%3Bop"
            => { user: "ada", password: "12/3?4#5", hosts: "db1", database: "sh;op" };
        "brackets of a password": "mysql://ada:p(w[x@db1" => { user: "ada", password: "p(w[x", hosts: "db1" };
        "an escaped `@` of a parameter": "mysql://ada@db1/?note=a%40b" => { user: "ada", hosts: "db1" } ["note": "a@b"];
    }
}

#[test]
fn what_was_masked_or_never_filled_in_is_rejected() {
    rejects! {
        "somebody's log": "mysql://ada:«****»@db1" => MaskedValue, "password", "real value";
        "the shell's": "mysql://ada:«${PW}»@db1" => UnexpandedReference, "text", "%24";
        "a command's": "mysql://ada:«$(cat pw)»@db1" => UnexpandedReference, "text", "%24";
        "a template's": "mysql://ada:«{{ pw }}»@db1" => UnexpandedReference, "text", "%7B";
        "Railway's": "«${{Db.MYSQL_URL}»}" => UnexpandedReference, "text", "expand it before";
        "quoted": "«\"»mysql://ada:pw@db1\"" => SurroundingQuotes, "text", "quotation marks";
    }
    accepts! {
        "escaped it is data": "mysql://ada:%2A%2A%2A%2A%24%7BPW%7D@db1" => { user: "ada", password: "****${PW}", hosts: "db1" };
        "a placeholder": "mysql://ada:[YOUR-PASSWORD]@db1" => { user: "ada", password: "[YOUR-PASSWORD]", hosts: "db1" }
            warns "placeholder-password";
    }
}

// ---- rules 8 and 9: one host, and its port

#[test]
fn a_host_is_a_name_or_an_address() {
    accepts! {
        "underscores, as in Docker": "mysql://mysql_primary" => { hosts: "mysql_primary" };
        "its case is kept": "mysql://DB1.Example" => { hosts: "DB1.Example" };
        "IPv4": "mysql://10.0.0.1:3307" => { hosts: "10.0.0.1:3307" };
        "IPv6": "mysql://[2001:db8::7]:3307/shop" => { hosts: "[2001:db8::7]:3307", database: "shop" };
        "IPv6 without a port": "mysql://ada@[::1]" => { user: "ada", hosts: "[::1]" };
        "an escaped zone": "mysql://[fe80::1%25eth0]:3307" => { hosts: "[fe80::1%eth0]:3307" };
        "leading zeros": "mysql://db1:03306" => { hosts: "db1:3306" };
        "the greatest port": "mysql://db1:65535" => { hosts: "db1:65535" };
        "an empty port is none": "mysql://db1:/shop" => { hosts: "db1", database: "shop" };
        "a port alone": "mysql://:3307/shop" => { hosts: ":3307", database: "shop" } warns "missing-host";
    }
    rejects! {
        "IPv6 without brackets": "mysql://ada@«2001:db8::7»/shop" => InvalidBrackets, "host", "[2001:db8::1]";
        "no address in brackets": "mysql://[«db1»]" => InvalidValue, "host", "IPv6";
        "empty brackets": "mysql://[«»]/shop" => InvalidValue, "host", "IPv6";
        "brackets do not close": "mysql://«[::1/shop»" => InvalidBrackets, "host", "[2001:db8::1]";
        "text behind brackets": "mysql://[::1]«»x/shop" => InvalidBrackets, "host", "[2001:db8::1]";
        "an empty zone": "mysql://[«fe80::1%25»]" => InvalidValue, "host", "IPv6";
        "a raw zone": "mysql://[fe80::1«%»eth0]" => InvalidEscape, "host", "%25";
        "a blank": "mysql://«db%201»/shop" => InvalidValue, "host", "percent escape";
        "a backslash": "mysql://«db\\1»/shop" => InvalidValue, "host", "percent escape";
        "`<`": "mysql://«<host>»/shop" => InvalidValue, "host", "percent escape";
        "an inner `/`": "mysql://«localhost%2Ftmp%2Fx.sock»/shop" => InvalidValue, "host", "%2F";
        "port 0": "mysql://db1:«0»/shop" => InvalidValue, "port", "%3A";
        "too great a port": "mysql://db1:«65536»/shop" => InvalidValue, "port", "%3A";
        "letters": "mysql://ada@db1:«pw»/shop" => InvalidValue, "port", "%3A";
        "a sign": "mysql://db1:«+3306»/shop" => InvalidValue, "port", "%3A";
        "an escaped digit": "mysql://db1:«%33306»/shop" => InvalidValue, "port", "%3A";
    }
}

// ---- rule 10: several hosts

#[test]
fn several_hosts_and_their_priorities() {
    accepts! {
        "two": "mysql://ada:pw@db1:3306,db2:3307/shop"
            => { user: "ada", password: "pw", hosts: "db1:3306 db2:3307", database: "shop" };
        "not all have a port": "mysql://db1,db2:3307,db3" => { hosts: "db1 db2:3307 db3" };
        "of every kind": "mariadb://db1,10.0.0.1,[::1]:3307" => { hosts: "db1 10.0.0.1 [::1]:3307" };
        "an escaped one": "mysql://b%C3%BC1,db2" => { hosts: "bü1 db2" };
        "in brackets": "mysqlx://ada@[db1:33061,db2]/shop" => { user: "ada", hosts: "db1:33061 db2", database: "shop" };
        "IPv6 in brackets": "mysqlx://[[::1]:33061,db2]" => { hosts: "[::1]:33061 db2" };
        "with priorities": "mysqlx://[(address=db1:33061,priority=100),(address=db2,priority=0)]/shop"
            => { hosts: "db1:33061/100 db2/0", database: "shop" };
        "with spaces": "mysqlx://[(address=db1:33061, priority=100), ( address = db2 , priority = 0 )]/shop"
            => { hosts: "db1:33061/100 db2/0", database: "shop" };
        "without brackets, with spaces": "mysqlx://ada:pw@(address=db1:33061,priority=100), (address=db2,priority=0)/shop"
            => { user: "ada", password: "pw", hosts: "db1:33061/100 db2/0", database: "shop" };
        "one with its priority": "mysqlx://[(address=db1,priority=5)]" => { hosts: "db1/5" };
        "addresses without priorities": "mysqlx://[(address=db1),(address=db2:33061)]" => { hosts: "db1 db2:33061" };
        "an address in brackets": "mysqlx://[(address=[::1]:33061,priority=90),(address=db2,priority=80)]"
            => { hosts: "[::1]:33061/90 db2/80" };
        "a name for DNS SRV": "mysqlx+srv://ada@_mysqlx._tcp.example/shop"
            => { user: "ada", hosts: "_mysqlx._tcp.example", database: "shop" };
    }
    rejects! {
        "an empty element": "mysql://db1,«»,db2" => InvalidValue, "host", "db1:3306,db2:3306";
        "a comma at the end": "mysql://db1,«»/shop" => InvalidValue, "host", "single commas";
        "one has a wrong port": "mysql://db1:3306,db2:«x»/shop" => InvalidValue, "port", "%3A";
        "not all have a priority": "mysqlx://«[(address=db1,priority=5),(address=db2)]»" => CountMismatch, "priority", "priority=90";
        "too great a priority": "mysqlx://«[(address=db1,priority=101),(address=db2,priority=1)]»"
            => InvalidValue, "priority", "priority=90";
        "no number": "mysqlx://«[(address=db1,priority=x)]»" => InvalidValue, "priority", "priority=90";
        "not an address": "mysqlx://[(«host=db1»)]" => InvalidValue, "host", "address";
        "two addresses": "mysqlx://[(«address=db1,address=db2»)]" => InvalidBrackets, "host", "[2001:db8::1]";
        "DNS SRV and a port": "mysqlx+srv://db1:«33060»/shop" => InvalidValue, "port", "mysqlx://";
        "DNS SRV and two hosts": "mysqlx+srv://«db1,db2»/shop" => InvalidValue, "host", "mysqlx://";
        "a socket beside a host": "mysql://db1,«%2Frun%2Fx.sock»/shop" => InvalidValue, "host", "socket";
    }
}

// ---- rule 11: the database

#[test]
fn the_database_is_the_path() {
    accepts! {
        "a parameter of that name": "mysql://db1/?database=shop" => { hosts: "db1", database: "shop" };
        "no default": "mysql://ada@db1" => { user: "ada", hosts: "db1" };
        "one slash at the end is dropped": "mysql://db1/shop/" => { hosts: "db1", database: "shop" };
        "before the parameters, too": "mysql://db1/shop/?charset=utf8" => { hosts: "db1", database: "shop", charset: "utf8" };
        "an escaped slash is data": "mysql://db1/a%2Fb" => { hosts: "db1", database: "a/b" };
    }
    rejects! {
        "a host and its port": "mysql:///«d»b1:3306/shop" => UnescapedDelimiter, "database", "two slashes";
        "a host and its port alone": "mysql:///«d»b1:3306" => UnescapedDelimiter, "database", "%3A";
        "a socket before it": "mysql://ada:pw@/«/»cloudsql/p:r:i/shop" => UnescapedDelimiter, "database", "?socket=/path";
        "an inner slash": "mysql://db1/a«/»b" => UnescapedDelimiter, "database", "%2F";
        "two slashes": "mysql://db1/«/»shop" => UnescapedDelimiter, "database", "%2F";
        "two slashes at the end": "mysql://db1/shop«/»/" => UnescapedDelimiter, "database", "%2F";
        "nothing but slashes": "mysql://db1/«/»" => UnescapedDelimiter, "database", "%2F";
    }
}

// ---- rule 12: how parameters are read

#[test]
fn parameters_are_separated_and_compared() {
    accepts! {
        "`k` is an empty one": "mysql://db1/?flag" => { hosts: "db1" } ["flag": ""] warns "parameter-without-value";
        "`k=` too": "mysql://db1/?flag=" => { hosts: "db1" } ["flag": ""];
        "the first `=` splits": "mysql://db1/?note=a=b=c" => { hosts: "db1" } ["note": "a=b=c"];
        "empty pairs are ignored": "mysql://db1/?&a=1&&b=2&" => { hosts: "db1" } ["a": "1", "b": "2"];
        "case does not matter": "mysql://db1/?CHARSET=utf8&Pool_Max=5" => { hosts: "db1", charset: "utf8", pool_max: 5 };
        "nor do `-` and `_`": "mysql://db1/?pool-max=5&time-zone=UTC" => { hosts: "db1", pool_max: 5, timezone: "UTC" };
        "twice the same": "mysql://db1/?charset=utf8&encoding=utf8" => { hosts: "db1", charset: "utf8" };
        "unknown ones are kept in order": "mysql://db1/?b=2&a=1" => { hosts: "db1" } ["b": "2", "a": "1"];
        "unknown ones twice": "mysql://db1/?a=1&a=2" => { hosts: "db1" } ["a": "1", "a": "2"] warns "repeated-setting";
        "unknown ones twice alike": "mysql://db1/?a=1&a=1" => { hosts: "db1" } ["a": "1", "a": "1"];
        "their case is kept": "mysql://db1/?flagX=1" => { hosts: "db1" } ["flagX": "1"];
        "a raw `;` alone is data": "mysql://db1/?note=a;b" => { hosts: "db1" } ["note": "a;b"];
    }
    rejects! {
        "twice": "mysql://db1/?charset=utf8&charset=«latin1»" => Conflict, "charset", "keep the one";
        "in two spellings": "mysql://db1/?charset=utf8&encoding=«latin1»" => Conflict, "charset", "two spellings";
        "seconds and milliseconds": "mysql://db1/?connect_timeout=5&connectTimeout=«5»"
            => Conflict, "connect_timeout_ms", "keep the one";
    }
}

#[test]
fn connect_timeout_is_read_in_the_unit_of_its_spelling() {
    accepts! {
        "drivers: seconds": "mysql://db1/?connect_timeout=5" => { hosts: "db1", connect_timeout_ms: 5000 };
        "MySQL Shell: milliseconds": "mysql://db1/?connect-timeout=5" => { hosts: "db1", connect_timeout_ms: 5 }
            warns "ambiguous-timeout";
        "both, alike": "mysql://db1/?connect_timeout=5&connect-timeout=5000" => { hosts: "db1", connect_timeout_ms: 5000 }
            warns "ambiguous-timeout";
    }
    rejects! {
        "both, not alike": "mysql://db1/?connect_timeout=5&connect-timeout=«5»" => Conflict, "connect_timeout_ms", "keep the one";
    }
}

// ---- rule 13: parameters that say where and as whom

#[test]
fn parameters_fill_what_the_url_leaves_open() {
    accepts! {
        "all of them": "mysql://?user=ada&password=pw&host=db1&port=3307&database=shop"
            => { user: "ada", password: "pw", hosts: "db1:3307", database: "shop" };
        "db": "mysql://db1?db=shop" => { hosts: "db1", database: "shop" };
        "db_name": "mysql://db1?db_name=shop" => { hosts: "db1", database: "shop" };
        "dbname": "mysql://db1/?dbname=shop" => { hosts: "db1", database: "shop" };
        "the port of the host": "mysql://db1/?port=3307" => { hosts: "db1:3307" };
        "one port for all hosts": "mysql://db1,db2/?port=3307" => { hosts: "db1:3307 db2:3307" };
        "the same again": "mysql://ada:pw@db1:3307/shop?user=ada&password=pw&host=db1&port=3307&db=shop"
            => { user: "ada", password: "pw", hosts: "db1:3307", database: "shop" };
        "an empty port and socket are none": "mysql://db1/?port=&socket=" => { hosts: "db1" };
        "an empty host is none": "mysql://db1/?host=" => { hosts: "db1" };
        "an address of IPv6": "mysql:///shop?host=::1" => { hosts: "[::1]", database: "shop" };
        "a host that is a socket": "mysql://ada@/shop?host=/run/x.sock"
            => { user: "ada", socket: "/run/x.sock", database: "shop" };
    }
    rejects! {
        "another host": "mysql://ada:pw@db1/shop?host=«db2»" => Conflict, "host", "keep the one";
        "another user": "mysql://ada@db1/?user=«root»" => Conflict, "user", "keep the one";
        "another password": "mysql://ada:pw@db1/?password=«pw2»" => Conflict, "password", "keep the one";
        "a password beside an empty one": "mysql://ada:@db1/?password=«pw»" => Conflict, "password", "keep the one";
        "another port": "mysql://db1:3306/?port=«3307»" => Conflict, "port", "keep the one";
        "another database": "mysql://db1/shop?database=«test»" => Conflict, "database", "keep the one";
        "two databases": "mysql://db1/?db=shop&dbname=«test»" => Conflict, "database", "keep the one";
        "no port": "mysql://db1/?port=«x»" => InvalidValue, "port", "one number";
        "several ports": "mysql://db1,db2/?port=«3306,3307»" => InvalidValue, "port", "db1:3306,db2:3307";
        "a port of its own": "mysql:///shop?host=«db1:3307»" => InvalidValue, "host", "host=name&port=3306";
        "an address in brackets": "mysql:///shop?host=«[::1]»" => InvalidValue, "host", "host=name&port=3306";
        "credentials in the host": "mysql:///shop?host=«ada:pw@db1»" => InvalidValue, "host", "as `user` and `password`";
    }
}

// ---- rule 14 is in mysql_formats.rs, tests/leaks.rs and the fuzz targets. Sockets:

#[test]
fn sockets_in_every_spelling() {
    let mut failures = Failures::default();
    for spelling in [
        "socket",
        "unix_socket",
        "unix-socket",
        "socketPath",
        "localSocket",
        "unixSocket",
    ] {
        for value in ["/run/x.sock", "%2Frun%2Fx.sock", "(/run/x.sock)"] {
            for start in [
                "mysql:///shop",
                "mysql://ada:pw@/shop",
                "mysql://localhost/shop",
            ] {
                let text = format!("{start}?{spelling}={value}");
                match url(&text) {
                    Ok(config) => {
                        failures.compare(&text, config.socket(), Some("/run/x.sock"));
                        failures.compare(&text, config.dbname(), Some("shop"));
                    }
                    Err(error) => failures.rejected(&text, &error),
                }
            }
        }
    }
    failures.finish();
    accepts! {
        "in the place of the host": "mysql://ada:pw@%2Frun%2Fx.sock/shop"
            => { user: "ada", password: "pw", socket: "/run/x.sock", database: "shop" };
        "without a database": "mysql://ada@%2frun%2fx.sock" => { user: "ada", socket: "/run/x.sock" };
        "in parentheses": "mysql://ada@(/run/x.sock)" => { user: "ada", socket: "/run/x.sock" };
        "relative": "mysqlx://ada@(./x.sock)/shop" => { user: "ada", socket: "./x.sock", database: "shop" };
        "one up": "mysqlx://ada@(../x.sock)" => { user: "ada", socket: "../x.sock" };
        "relative and escaped": "mysql://ada@.%2Fx.sock" => { user: "ada", socket: "./x.sock" };
        "one up and escaped": "mysql://ada@..%2Fx.sock" => { user: "ada", socket: "../x.sock" };
        "in the path": "mysql://ada@/run%2Fx.sock/shop" => { user: "ada", socket: "/run/x.sock", database: "shop" };
        "in the path, with its slash": "mysql://ada@/%2Frun%2Fx.sock/shop"
            => { user: "ada", socket: "/run/x.sock", database: "shop" };
        "in the path alone": "mysqlx:///run%2Fx.sock" => { socket: "/run/x.sock" };
        "credentials without a host": "mysql://ada:pw@/shop?socket=/run/x.sock"
            => { user: "ada", password: "pw", socket: "/run/x.sock", database: "shop" };
        "beside a host it wins, and both are kept": "mysql://ada@localhost:3306/shop?socket=/run/x.sock"
            => { user: "ada", hosts: "localhost:3306", socket: "/run/x.sock", database: "shop" };
        "Google Cloud's": "mysql://ada@/shop?unix_socket=/cloudsql/p:europe-west1:main"
            => { user: "ada", socket: "/cloudsql/p:europe-west1:main", database: "shop" };
        "a pipe of Windows": "mysqlx://ada@\\\\.\\MySQL/shop" => { user: "ada", socket: "\\\\.\\MySQL", database: "shop" };
        "a pipe in parentheses": "mysqlx://ada@(\\\\.\\MySQL)/shop"
            => { user: "ada", socket: "\\\\.\\MySQL", database: "shop" };
        "an escaped pipe": "mysql://ada@%5C%5C.%5CMySQL" => { user: "ada", socket: "\\\\.\\MySQL" };
        "the host `.`": "mysql://ada@./shop?socket=MySQL" => { user: "ada", hosts: ".", socket: "MySQL", database: "shop" };
        "localhost is a host": "mysql://localhost/shop" => { hosts: "localhost", database: "shop" };
    }
    rejects! {
        "two paths": "mysql:///shop?socket=/a&unix_socket=«/b»" => Conflict, "socket", "two spellings";
        "the host's and another": "mysql://%2Fa/shop?socket=«/b»" => Conflict, "socket", "keep the one";
        "a port": "mysql://«%2Frun%2Fx.sock»:3306/shop" => InvalidValue, "host", "socket";
        "a port behind parentheses": "mysql://(/run/x.sock)«:3306»/shop" => InvalidBrackets, "host", "(/path)";
        "not a path": "mysql://(«x.sock»)/shop" => InvalidValue, "host", "socket";
        "parentheses do not close": "mysql://ada@«(/run/x.sock/shop»" => InvalidBrackets, "host", "(/path)";
        "a raw path": "mysql:///run«/»x.sock/shop" => UnescapedDelimiter, "database", "?socket=/path";
        "dburl's scheme": "mysql+unix:///«run/x.sock/shop»" => InvalidValue, "socket", "?socket=/path";
        "empty parentheses": "mysql:///shop?socket=«()»" => InvalidValue, "socket", "";
    }
}

/// MySQL Shell takes `//ada@/x` for a socket, everyone else for a database.
#[test]
fn a_path_without_a_host_is_a_socket_for_x_devapi_only() {
    accepts! {
        "X DevAPI": "mysqlx://ada@/x" => { user: "ada", socket: "/x" };
        "X DevAPI, with a database": "mysqlx://ada@/x/shop" => { user: "ada", socket: "/x", database: "shop" };
        "everybody else": "mysql://ada@/x" => { user: "ada", database: "x" };
        "MariaDB": "mariadb:///x" => { database: "x" };
        "X DevAPI, with a host": "mysqlx://ada@db1/x" => { user: "ada", hosts: "db1", database: "x" };
        "behind a host it is a database": "mysql://ada@db1/run%2Fx.sock" => { user: "ada", hosts: "db1", database: "run/x.sock" };
    }
}
