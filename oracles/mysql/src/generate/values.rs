//! What may be in a part: right, wrong and odd.

use support::random::Random;

/// The driver whose words a URL speaks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Dialect {
    Sqlx,
    Mysql,
    MysqlAsync,
    /// Other people's words: all three drop or reject them.
    Foreign,
    Go,
}

/// A name with its good values and the near misses.
struct Row {
    name: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
}

const fn row(
    name: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
) -> Row {
    Row { name, good, bad }
}

const BOOL: &[&str] = &["true", "false"];
const NO_BOOL: &[&str] = &["", "TRUE", "1", "yes", "on", "tru"];
const COUNT: &[&str] = &["0", "1", "7", "32", "100", "007"];
const NO_COUNT: &[&str] = &[
    "",
    "-1",
    "x",
    "1.5",
    "0x10",
    " 5",
    "+5",
    "99999999999999999999",
];
const MODES: &[&str] = &[
    "DISABLED",
    "PREFERRED",
    "REQUIRED",
    "VERIFY_CA",
    "VERIFY_IDENTITY",
    "required",
    "Verify_Identity",
];
const NO_MODES: &[&str] = &["", "REQUIRE", "verify-full", "true", "VERIFY CA", "on"];
const PATHS: &[&str] = &["/etc/ssl/ca.pem", "ca.pem", "/a b/c.pem", "/ü.pem"];
const SOCKETS: &[&str] = &[
    "/run/mysqld/mysqld.sock",
    "/tmp/my sql.sock",
    "/cloudsql/p:r:i",
    "rel.sock",
    "",
];
const TIMEZONES: &[&str] = &[
    "+00:00",
    "+02:00",
    "-03:30",
    "Europe/Berlin",
    "SYSTEM",
    "UTC",
];
const LEVELS: &[&str] = &["fast", "best", "true", "0", "1", "6", "9"];
const NO_LEVELS: &[&str] = &["", "false", "no", "10", "zlib", "-1"];
const WORDS: &[&str] = &["utf8mb4", "latin1", "utf8mb4_unicode_ci", "x", "", "a b"];
const DURATION: &[&str] = &["30s", "1500ms", "1m30s", "0", "1h", "1.5s", "100us", "0s"];
const NO_DURATION: &[&str] = &["", "30", "s", "1 s", "1x", "1e3s", "30S"];
const GO_BOOL: &[&str] = &["true", "false", "1", "0", "TRUE", "False"];
const GO_NO_BOOL: &[&str] = &["", "yes", "tRUE", "2", "on"];

const SQLX: &[Row] = &[
    row("ssl-mode", MODES, NO_MODES),
    row("sslmode", MODES, NO_MODES),
    row("ssl-ca", PATHS, &[""]),
    row("sslca", PATHS, &[""]),
    row("ssl-cert", PATHS, &[""]),
    row("sslcert", PATHS, &[""]),
    row("ssl-key", PATHS, &[""]),
    row("sslkey", PATHS, &[""]),
    row("charset", WORDS, &[]),
    row("collation", WORDS, &[]),
    row("statement-cache-capacity", COUNT, NO_COUNT),
    row("socket", SOCKETS, &[]),
    row("timezone", TIMEZONES, &[]),
    row("time-zone", TIMEZONES, &[]),
];

const MYSQL: &[Row] = &[
    row("tcp_connect_timeout_ms", COUNT, NO_COUNT),
    row("pool_min", COUNT, NO_COUNT),
    row("pool_max", COUNT, NO_COUNT),
    row("compress", LEVELS, NO_LEVELS),
    row("prefer_socket", BOOL, NO_BOOL),
    row("enable_cleartext_plugin", BOOL, NO_BOOL),
    row("stmt_cache_size", COUNT, NO_COUNT),
    row(
        "max_allowed_packet",
        &["1024", "4194304", "1073741824"],
        NO_COUNT,
    ),
    row("socket", SOCKETS, &[]),
    row("server_key_path", PATHS, &[]),
    row("root_cert_path", PATHS, &[]),
    row("danger_accept_invalid_certs", BOOL, NO_BOOL),
    row("danger_skip_domain_validation", BOOL, NO_BOOL),
    row("tcp_keepalive_time_ms", COUNT, NO_COUNT),
    row("secure_auth", BOOL, NO_BOOL),
    row("user", &["nora", "ada b", "é"], &[]),
    row("password", &["s3cret", "p@ss", ""], &[]),
    row(
        "host",
        &["db.acme.test", "10.0.0.1", "/run/mysqld/mysqld.sock"],
        &[],
    ),
    row("port", &["3306", "3307", "1"], &["0", "70000", "x"]),
    row("db_name", &["shop", "other"], &[]),
];

const MYSQL_ASYNC: &[Row] = &[
    row("require_ssl", &["true", "true", "false"], NO_BOOL),
    row("verify_ca", BOOL, NO_BOOL),
    row("verify_identity", BOOL, NO_BOOL),
    row("built_in_roots", BOOL, NO_BOOL),
    row("pool_min", COUNT, NO_COUNT),
    row("pool_max", COUNT, NO_COUNT),
    row(
        "compression",
        &["fast", "best", "true", "on", "0", "1", "9"],
        NO_LEVELS,
    ),
    row("prefer_socket", BOOL, NO_BOOL),
    row("enable_cleartext_plugin", BOOL, NO_BOOL),
    row("stmt_cache_size", COUNT, NO_COUNT),
    row(
        "max_allowed_packet",
        &["1024", "4194304", "1073741824", "1", "9999999999"],
        NO_COUNT,
    ),
    row("client_found_rows", BOOL, NO_BOOL),
    row("socket", SOCKETS, &[]),
    row("inactive_connection_ttl", COUNT, NO_COUNT),
    row("conn_ttl", COUNT, NO_COUNT),
    row("tcp_keepalive", COUNT, NO_COUNT),
    row("wait_timeout", COUNT, NO_COUNT),
];

const FOREIGN: &[Row] = &[
    row("sslMode", MODES, NO_MODES),
    row("useSSL", BOOL, NO_BOOL),
    row("verify_ssl", BOOL, &[]),
    row("ssl_check_hostname", BOOL, NO_BOOL),
    row(
        "tls",
        &["true", "false", "skip-verify", "preferred"],
        &["registered"],
    ),
    row("ssl_ca", PATHS, &[]),
    row("SSL-MODE", MODES, NO_MODES),
    row("encoding", WORDS, &[]),
    row("connect_timeout", COUNT, NO_COUNT),
    row("connectTimeout", COUNT, NO_COUNT),
    row("read_timeout", COUNT, NO_COUNT),
    row("reconnect", BOOL, &[]),
    row("pool", &["5"], &[]),
    row("unix_socket", SOCKETS, &[]),
    row("socketPath", SOCKETS, &[]),
    row("local_infile", BOOL, NO_BOOL),
    row("allowPublicKeyRetrieval", BOOL, NO_BOOL),
    row("database", &["shop", "other"], &[]),
    row("user", &["nora", "other"], &[]),
    row("flag", WORDS, &[]),
    row("application_name", WORDS, &[]),
    row("ssl-mod", MODES, &[]),
    row("init_command", &["SET sql_mode='ANSI'"], &[]),
];

const GO: &[Row] = &[
    row(
        "tls",
        &[
            "true",
            "false",
            "skip-verify",
            "preferred",
            "Skip-Verify",
            "1",
        ],
        &["registered", "", "%zz"],
    ),
    row(
        "charset",
        &["utf8mb4", "utf8mb4,utf8", "latin1", "utf%384"],
        &[],
    ),
    row("collation", &["utf8mb4_unicode_ci", "x", "a%20b"], &[]),
    row("timeout", DURATION, NO_DURATION),
    row("readTimeout", DURATION, NO_DURATION),
    row("writeTimeout", DURATION, NO_DURATION),
    row("maxAllowedPacket", COUNT, NO_COUNT),
    row("allowAllFiles", GO_BOOL, GO_NO_BOOL),
    row("allowCleartextPasswords", GO_BOOL, GO_NO_BOOL),
    row("clientFoundRows", GO_BOOL, GO_NO_BOOL),
    row("compress", GO_BOOL, GO_NO_BOOL),
    row("allowFallbackToPlaintext", GO_BOOL, GO_NO_BOOL),
    row("allowNativePasswords", GO_BOOL, GO_NO_BOOL),
    row("checkConnLiveness", GO_BOOL, GO_NO_BOOL),
    row("columnsWithAlias", GO_BOOL, GO_NO_BOOL),
    row("parseTime", GO_BOOL, GO_NO_BOOL),
    row("multiStatements", GO_BOOL, GO_NO_BOOL),
    row("interpolateParams", GO_BOOL, GO_NO_BOOL),
    row("rejectReadOnly", GO_BOOL, GO_NO_BOOL),
    row("timeTruncate", DURATION, NO_DURATION),
    row(
        "loc",
        &["UTC", "Local", "Europe%2FBerlin"],
        &["Nowhere", "%zz"],
    ),
    row("time_zone", &["%27%2B02%3A00%27", "%27UTC%27"], &["%"]),
    row("sql_mode", &["%27ANSI%27", "a+b", ""], &["%zz"]),
    row("serverPubKey", &[], &["registered"]),
    row("connectionAttributes", &["program_name:web"], &["%zz"]),
    row("x", WORDS, &["%"]),
];

/// Words of the dialect, decoded. `odd` is the percentage of values that are not good ones.
pub(super) fn settings(random: &mut Random, dialect: Dialect, odd: usize) -> Vec<(String, String)> {
    let rows = match dialect {
        Dialect::Sqlx => SQLX,
        Dialect::Mysql => MYSQL,
        Dialect::MysqlAsync => MYSQL_ASYNC,
        Dialect::Foreign => FOREIGN,
        Dialect::Go => GO,
    };
    let mut settings: Vec<(String, String)> = Vec::new();
    for _ in 0..=random.few(4) {
        let row = &rows[random.below(rows.len())];
        // Names are seldom given twice; when they are, it is an oddity.
        if settings.iter().any(|(name, _)| name == row.name) && !random.chance(1 + odd) {
            continue;
        }
        let values = match row.bad {
            bad if !bad.is_empty() && random.chance(odd) => bad,
            bad if row.good.is_empty() => bad,
            _ => row.good,
        };
        settings.push((row.name.to_owned(), random.pick(values).to_owned()));
    }
    settings
}

/// A user name, a password or a database.
pub(super) fn text(random: &mut Random) -> String {
    const TEXTS: &[&str] = &[
        "nora",
        "s3cret",
        "shop",
        "a b",
        "x=y",
        "it's",
        "p@ss",
        "a:b",
        "a/b",
        "50%",
        "é",
        "a+b",
        "#1",
        "why?",
        "[x]",
        "(x)",
        r"back\slash",
        "a&b",
        "日本",
        "\"q\"",
        "<pw>",
        "a;b",
        "..",
        ".",
        "****",
        "${DB}",
        "a,b",
        "%41",
        "~`|^{}",
    ];
    if random.chance(75) {
        return random.pick(TEXTS).to_owned();
    }
    (0..=random.few(10)).map(|_| random.char()).collect()
}

/// A host as it is written in a URL.
pub(super) fn host(random: &mut Random, odd: usize) -> &'static str {
    const GOOD: &[&str] = &[
        "db.acme.test",
        "db.acme.test",
        "localhost",
        "127.0.0.1",
        "10.0.0.7",
        "mysql_primary",
        "H.Acme.TEST",
        "[::1]",
        "[2001:db8::7]",
        "db-1",
    ];
    const ODD: &[&str] = &[
        "",
        "bücher.test",
        "b%C3%BCcher.test",
        "%64b.test",
        "[2001:DB8:0::0007]",
        "[fe80::1%25eth0]",
        "::1",
        "[::1",
        "[x]",
        "h1,h2",
        "h1:3307,h2",
        "%2Frun%2Fmysqld.sock",
        "(/run/x.sock)",
        "a b",
        "a%20b",
        "127.1",
        "0x7f.1",
        ".",
        "a<b",
        "db.acme.test.",
        "-",
        "*",
        "!",
        "a'b",
        "..%2Frel",
        "localhost%2Fx",
    ];
    let hosts = if random.chance(odd) { ODD } else { GOOD };
    random.pick(hosts)
}

/// A port.
pub(super) fn port(random: &mut Random, odd: usize) -> &'static str {
    if random.chance(odd / 2) {
        random.pick(&[
            "0",
            "65536",
            "-1",
            "+3306",
            "3306x",
            " 1",
            "٣",
            "99999999999",
            ":",
            "00",
        ])
    } else {
        random.pick(&["3306", "3307", "1", "65535", "03307", ""])
    }
}
