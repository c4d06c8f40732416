//! The property of raw passwords: whatever a password is, written raw between `scheme://user:` and `@host`, the result is an
//! error, or exactly the user, the password and the hosts that were meant. Cases are made from numbers, so that the tests
//! here, the release test of the fuzz package and its fuzz target share them.
//!
//! Excluded, since no reader could tell: a password that makes the whole a URL without credentials (`5432/d?x=y` before
//! `@host` without port, path and query), one that holds a whole `@host/d?sslrootcert=/…`, and one that begins another URL of
//! a list (`,nats://`).

use database_url::{Database, Format, ParseOptions, SecretStr};

/// Numbers that look random, from a seed (`SplitMix64`).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("less than a usize")
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

// ---- shapes

/// A host with its port, as meant.
type Place = (&'static str, Option<u16>);

/// The rest of a connection string after the password: how the hosts are written, and which they are.
type Hosts = (&'static str, &'static [Place]);

const ONE: &[Hosts] = &[
    ("db.example", &[("db.example", None)]),
    ("db.example:5432", &[("db.example", Some(5432))]),
    ("[2001:db8::1]:5432", &[("2001:db8::1", Some(5432))]),
    ("10.0.0.1:1", &[("10.0.0.1", Some(1))]),
];
const SEVERAL: &[Hosts] = &[
    ("db.example", &[("db.example", None)]),
    ("db.example:5432", &[("db.example", Some(5432))]),
    ("[2001:db8::1]", &[("2001:db8::1", None)]),
    (
        "h1.example:5432,h2.example:5433",
        &[("h1.example", Some(5432)), ("h2.example", Some(5433))],
    ),
    (
        "h1.example,h2.example",
        &[("h1.example", None), ("h2.example", None)],
    ),
];
const BARE: &[Hosts] = &[("db.example", &[("db.example", None)])];
const ADDRESSES: &[Hosts] = &[
    (
        "(address=db.example:33060,priority=5)",
        &[("db.example", Some(33060))],
    ),
    (
        "[(address=h1.example:1,priority=5),(address=h2.example:2,priority=4)]",
        &[("h1.example", Some(1)), ("h2.example", Some(2))],
    ),
    ("db.example:33060", &[("db.example", Some(33060))]),
];
const JAVA: &[Hosts] = &[
    ("db.example:3306", &[("db.example", Some(3306))]),
    (
        "address=(host=db.example)(port=3306)",
        &[("db.example", Some(3306))],
    ),
    (
        "[h1.example:1,h2.example:2]",
        &[("h1.example", Some(1)), ("h2.example", Some(2))],
    ),
];
const DSN: &[Hosts] = &[
    ("tcp(db.example:3306)", &[("db.example", Some(3306))]),
    ("tcp([::1]:3306)", &[("::1", Some(3306))]),
];
const NONE: &[Hosts] = &[("", &[])];

/// What comes before the password, the hosts, the paths and the queries that may follow.
type Family = (
    &'static [&'static str],
    &'static [Hosts],
    &'static [&'static str],
    &'static [&'static str],
);

const FAMILIES: &[Family] = &[
    (
        &[
            "postgres://app:",
            "postgresql://app:",
            "postgresql+psycopg://app:",
            "cockroachdb://app:",
            "redshift://app:",
        ],
        SEVERAL,
        &["", "/", "/shop"],
        &[
            "",
            "?sslmode=verify-full",
            "?application_name=web&pool=5",
            "?sslrootcert=/etc/ca.pem",
        ],
    ),
    (
        &[
            "mysql://app:",
            "mysql2://app:",
            "mariadb://app:",
            "mysql+pymysql://app:",
        ],
        SEVERAL,
        &["", "/", "/shop"],
        &[
            "",
            "?ssl-mode=REQUIRED",
            "?charset=utf8mb4&pool=5",
            "?ssl-ca=/etc/ca.pem",
        ],
    ),
    (
        &["mysqlx://app:"],
        ADDRESSES,
        &["", "/shop"],
        &["", "?ssl-mode=REQUIRED"],
    ),
    (
        &["mysql://app:"],
        NONE,
        &["/shop"],
        &["?socket=/run/mysqld.sock"],
    ),
    (
        &["redis://app:", "rediss://app:", "valkey://app:"],
        SEVERAL,
        &["", "/", "/0"],
        &["", "?timeout=5", "?client_name=web&protocol=3"],
    ),
    (
        &["redis+sentinel://app:"],
        SEVERAL,
        &["/main", "/main/0"],
        &["", "?timeout=5"],
    ),
    (
        &["unix://app:", "redis+socket://app:"],
        NONE,
        &["/run/redis.sock"],
        &["", "?timeout=5"],
    ),
    (
        &["mongodb://app:"],
        SEVERAL,
        &["", "/", "/shop"],
        &[
            "",
            "?authSource=admin",
            "?ssl=true&appName=@acct@",
            "?tlsCAFile=/etc/ca.pem",
        ],
    ),
    (
        &["mongodb+srv://app:"],
        BARE,
        &["", "/shop"],
        &["", "?retryWrites=true&w=majority", "?appName=@acct@"],
    ),
    (
        &["amqp://app:", "amqps://app:"],
        SEVERAL,
        &["", "/", "/vhost", "/%2f"],
        &["", "?heartbeat=30"],
    ),
    (
        &[
            "neo4j://app:",
            "neo4j+s://app:",
            "bolt://app:",
            "http://app:",
            "https://app:",
        ],
        ONE,
        &["", "/", "/shop"],
        &["", "?policy=eu"],
    ),
    (
        &["sqlserver://app:"],
        ONE,
        &["", "/instance"],
        &["", "?database=shop", "?database=shop&encrypt=true"],
    ),
    (
        &["mssql://app:", "mssql+pyodbc://app:", "azuresql://app:"],
        ONE,
        &["", "/shop"],
        &["", "?driver=ODBC+Driver+18+for+SQL+Server", "?encrypt=true"],
    ),
    (
        &[
            "oracle://app:",
            "oracle+oracledb://app:",
            "smtp://app:",
            "smtps://app:",
            "snowflake://app:",
        ],
        ONE,
        &["", "/", "/shop", "/a/b"],
        &["", "?timeout=5", "?service_name=shop"],
    ),
    (
        &["ldap://app:", "ldaps://app:"],
        ONE,
        &["", "/dc=example"],
        &["", "?uid?sub?(cn=x)"],
    ),
    (
        &[
            "clickhouse://app:",
            "elasticsearch://app:",
            "memcached://app:",
            "nats://app:",
            "kafka://app:",
            "kafka+ssl://app:",
        ],
        SEVERAL,
        &["", "/", "/shop"],
        &["", "?timeout=5"],
    ),
    (
        &["jdbc:mysql://app:", "jdbc:mysql:loadbalance://app:"],
        JAVA,
        &["", "/", "/shop"],
        &[
            "",
            "?useSSL=true",
            "?characterEncoding=UTF-8&sslMode=REQUIRED",
        ],
    ),
    (
        &["jdbc:mariadb://app:", "jdbc:postgresql://app:"],
        ONE,
        &["/", "/shop"],
        &["", "?user=ada&password=pw", "?ApplicationName=web"],
    ),
    (
        &["app:"],
        DSN,
        &["/", "/shop"],
        &["", "?charset=utf8mb4", "?tls=true&parseTime=true"],
    ),
    (
        &["sqlite+pysqlcipher://:"],
        NONE,
        &["//app.db", "/app.db"],
        &["", "?cipher=aes-256-cfb"],
    ),
];

/// A connection string without its password.
pub(crate) struct Shape {
    before: &'static str,
    hosts: Hosts,
    after: (&'static str, &'static str),
}

impl Shape {
    pub(crate) fn of(random: &mut Random) -> Self {
        let (before, hosts, paths, queries) = random.of(FAMILIES);
        Self {
            before: random.of(before),
            hosts: random.of(hosts),
            after: (random.of(paths), random.of(queries)),
        }
    }

    pub(crate) fn with(&self, password: &str) -> String {
        let (path, query) = self.after;
        format!("{}{password}@{}{path}{query}", self.before, self.hosts.0)
    }

    fn format(&self) -> Format {
        match self.before {
            "app:" => Format::GoDsn,
            before if before.starts_with("jdbc:") => Format::Jdbc,
            _ => Format::Url,
        }
    }

    fn user(&self) -> Option<&'static str> {
        (!self.before.starts_with("sqlite")).then_some("app")
    }

    /// The password as its format decodes it; `None` for a malformed escape.
    fn decoded(&self, password: &str) -> Option<String> {
        match self.before {
            "app:" => Some(password.to_owned()),
            before if before.starts_with("jdbc:mysql") => decoded(&password.replace('+', " ")),
            _ => decoded(password),
        }
    }
}

/// A string with its escapes decoded once, if they are well-formed.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

// ---- passwords

const PIECES: &[&str] = &[
    "@",
    "@",
    "@",
    "/",
    "/",
    "/",
    "?",
    "?",
    ":",
    ":",
    "#",
    "&",
    "=",
    "=",
    ",",
    "[",
    "]",
    "(",
    ")",
    "%",
    "%41",
    "%2F",
    "+",
    ";",
    " ",
    "'",
    "\"",
    "\\",
    "$",
    "{",
    "}",
    "<",
    ">",
    "|",
    "~",
    "!",
    "*",
    "^",
    "`",
    "-",
    ".",
    "_",
    "1",
    "5432",
    "3306",
    "x",
    "h2",
    "evil.example",
    "Zq9",
    "é",
    "//",
    "@/",
    "@h2",
    "@h2:5432",
    "@h2/d",
    "@h2:1/d",
    "?x=",
    "?user=",
    "&user=",
    "/d",
    "/d?",
    "?sslmode=disable",
    "?application_name=",
    "?appName=",
    "?host=",
    "?password=",
    "(address=",
    "tcp(",
    "://",
    "app:",
    ",app:",
    "\u{7f}",
    "\u{a0}",
    "$PW",
    "****",
    "==",
    "tls=false",
];

const NAMES: &[&str] = &[
    "x",
    "name",
    "application_name",
    "user",
    "username",
    "options",
    "host",
    "sslmode",
    "appName",
    "email",
    "pool",
    "database",
    "client_name",
    "charset",
    "socket",
    "tls",
    "ssl-ca",
    "&",
    "",
    "a=b&c",
    "amp;x",
    "sslrootcert",
    "xcert",
    "my_file",
    "location",
];

/// A password rich in what delimits something else.
pub(crate) fn password(random: &mut Random) -> String {
    let some = |random: &mut Random| {
        let count = random.below(4);
        (0..count).map(|_| random.of(PIECES)).collect::<String>()
    };
    match random.below(4) {
        // Shaped like the rest of a URL: `x@h2/d?name=y`.
        0 => {
            let (start, value) = (some(random), some(random));
            let host = random.of(&["h2", "h2:5432", "h2:", "[::1]", "", "h2,h3", "h2:1,h3:2"]);
            let path = random.of(&["/d", "/", "", "/d/e", "//d"]);
            let name = random.of(NAMES);
            let at = random.of(&["@", "@", "@", "@@", ""]);
            let slash = random.of(&["", "", "/"]);
            format!("{start}{at}{host}{path}?{name}={slash}{value}")
        }
        // Shaped like a port and what follows it.
        1 => {
            let (middle, value) = (some(random), some(random));
            let (port, name) = (
                random.of(&["5432", "1", "", "70000", "1,h2:2", "1,h2"]),
                random.of(NAMES),
            );
            let path = random.of(&["/d", "/", "", "/d/e"]);
            let mark = random.of(&["?", "?", "", "&", "#"]);
            format!("{port}{path}{middle}{mark}{name}={value}")
        }
        // Base64 and the like.
        2 => {
            let bytes: String = (0..random.below(24))
                .map(|_| char::from(random.of(b"abcXYZ0189+/=-_")))
                .collect();
            format!("{bytes}{}", some(random))
        }
        _ => (0..random.below(9)).map(|_| random.of(PIECES)).collect(),
    }
}

/// Settings that take the path of a file, without what spellings differ in.
const FILES: &[&str] = &[
    "cacert",
    "cacertfile",
    "cacerts",
    "cafile",
    "capath",
    "cert",
    "certchainpath",
    "certfile",
    "certificate",
    "clientcert",
    "clientcertificatekeystoreurl",
    "clientcertkey",
    "clientkey",
    "keyfile",
    "keystore",
    "mywalletdirectory",
    "passfile",
    "privatekey",
    "privatekeyfile",
    "privkeypath",
    "rootcertpath",
    "servercertificate",
    "serversslcert",
    "sslca",
    "sslcacerts",
    "sslcafile",
    "sslcalocation",
    "sslcapath",
    "sslcert",
    "sslcertfile",
    "sslcertificateauthorityfile",
    "sslcertificatelocation",
    "sslclientcertificatekeyfile",
    "sslcrl",
    "sslcrldir",
    "sslcrlfile",
    "sslkey",
    "sslkeyfile",
    "sslkeylocation",
    "sslkeystorelocation",
    "sslrootcert",
    "ssltruststorelocation",
    "tlsca",
    "tlscacert",
    "tlscafile",
    "tlscert",
    "tlscertificatefile",
    "tlscertificatekeyfile",
    "tlscrlfile",
    "tlskey",
    "trustcertificatekeystoreurl",
    "truststore",
    "walletlocation",
];

/// Settings that take the path of a socket.
const SOCKETS: &[&str] = &["host", "localsocket", "socket", "socketpath", "unixsocket"];

/// Whether no reader could tell what is meant.
fn is_excluded(shape: &Shape, password: &str) -> bool {
    let digits = password.trim_start_matches(|byte: char| byte.is_ascii_digit());
    let (path, query) = shape.after;
    let mariadb = shape.before.starts_with("jdbc:mariadb");
    let bare = !shape.hosts.0.contains(':') && path.is_empty() && query.is_empty();
    let login = password.contains("user") || password.contains("password");
    let without_credentials = digits.len() < password.len()
        && digits.starts_with(['/', ',', '?'])
        && !password.split('?').next().unwrap_or_default().contains('@')
        && (bare || (mariadb && login));
    let folded = password.replace(['-', '_', '.'], "").to_ascii_lowercase();
    let params = folded.split(['?', '&']).skip(1);
    let mut set = params.filter_map(|param| Some(param.split_once("=/")?.0));
    let of_file = set.clone().any(|name| FILES.contains(&name));
    let of_socket = set.any(|name| SOCKETS.contains(&name)) && password.contains("@/");
    let starts_url = password.contains(',') && password.contains("://");
    without_credentials || ((of_file || of_socket) && !shape.hosts.0.contains(':')) || starts_url
}

// ---- the property

/// How a password was taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Excluded,
    Refused,
    Read,
}

/// Reads a password written raw.
///
/// # Errors
///
/// If it is read, but not as it was meant.
pub(crate) fn read(shape: &Shape, password: &str) -> Result<Taken, String> {
    if is_excluded(shape, password) {
        return Ok(Taken::Excluded);
    }
    let text = shape.with(password);
    let Ok(config) = ParseOptions::new().format(shape.format()).parse(&text) else {
        return Ok(Taken::Refused);
    };
    if is_meant(&config, shape, password) {
        return Ok(Taken::Read);
    }
    let warned = config.warnings().count();
    let hosts: Vec<_> = config
        .hosts()
        .map(|host| (host.host(), host.port()))
        .collect();
    Err(format!(
        "{text:?} is read as {:?} at {hosts:?}, with {warned} warnings",
        config.user()
    ))
}

fn is_meant(config: &Database, shape: &Shape, password: &str) -> bool {
    // libpq keeps no empty password.
    let read = config.password().map_or("", SecretStr::expose);
    let hosts = config
        .hosts()
        .filter(|host| host.host().is_some() || host.port().is_some());
    let hosts = hosts.map(|host| (host.host().unwrap_or_default(), host.port()));
    config.user() == shape.user()
        && Some(read) == shape.decoded(password).as_deref()
        && hosts.eq(shape.hosts.1.iter().copied())
}

/// Counts how the cases of some numbers are taken: refused, and read as meant.
///
/// # Panics
///
/// With the first misreadings, if there are any.
pub(crate) fn count(seeds: std::ops::Range<u64>) -> (u64, u64) {
    let (mut refused, mut read_well) = (0, 0);
    let mut misread = Vec::new();
    for seed in seeds {
        let mut random = Random(seed);
        let (shape, password) = (Shape::of(&mut random), password(&mut random));
        match read(&shape, &password) {
            Ok(Taken::Refused) => refused += 1,
            Ok(Taken::Read) => read_well += 1,
            Ok(Taken::Excluded) => {}
            Err(what) => misread.push(what),
        }
    }
    let shown = misread
        .iter()
        .take(20)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        misread.is_empty(),
        "{} misreadings:\n{shown}",
        misread.len()
    );
    (refused, read_well)
}
