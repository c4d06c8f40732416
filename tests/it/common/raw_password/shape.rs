//! Connection strings without their password: every kind of host, path and query that may follow it.

use database_url::Format;

use super::Random;

/// A host with its port, as meant.
type Location = (&'static str, Option<u16>);

/// The rest of a connection string after the password: how the hosts are written, and which they are.
type Hosts = (&'static str, &'static [Location]);

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
            "?useSSL=true#x",
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
    pub(super) before: &'static str,
    pub(super) hosts: Hosts,
    pub(super) after: (&'static str, &'static str),
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

    pub(super) fn format(&self) -> Format {
        match self.before {
            "app:" => Format::GoDsn,
            before if before.starts_with("jdbc:") => Format::Jdbc,
            _ => Format::Url,
        }
    }

    /// Whether user and password may come before the host.
    pub(super) fn takes_credentials(&self) -> bool {
        let jdbc = self.before.strip_prefix("jdbc:");
        jdbc.is_none_or(|rest| rest.starts_with("mysql"))
    }

    pub(super) fn user(&self) -> Option<&'static str> {
        (!self.before.starts_with("sqlite")).then_some("app")
    }

    /// The password as its format decodes it; `None` for a malformed escape.
    pub(super) fn decoded(&self, password: &str) -> Option<String> {
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
