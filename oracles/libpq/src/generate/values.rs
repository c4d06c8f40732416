//! What may be after a keyword: right, wrong and odd.

use support::random::Random;

/// A keyword's good values and the near misses.
struct Row {
    keyword: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
}

const fn row(
    keyword: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
) -> Row {
    Row { keyword, good, bad }
}

const INTEGERS: &[&str] = &[
    "0",
    "1",
    "10",
    " 5 ",
    "+5",
    "-1",
    "0777",
    "\t5\n",
    "2147483647",
    "-2147483648",
];
const NO_INTEGERS: &[&str] = &[
    "",
    " ",
    "x",
    "5x",
    "5 x",
    "0x10",
    "1.5",
    "2147483648",
    "-2147483649",
    "+-5",
    "\u{a0}5",
    "1,2",
];
const TEXTS: &[&str] = &[
    "ada",
    "a b",
    "x=y",
    "it's",
    r"back\slash",
    "50%",
    "é",
    "a+b",
    "a/b",
    "a@b:c",
    "#",
    "",
    "\u{1}",
    "-c a=b",
];
const PATHS: &[&str] = &["/etc/ssl/x.pem", "~/x", "", "system", "System"];
const TLS: &[&str] = &[
    "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3", "tlsv1.2", "TLSV1", "",
];
const NO_TLS: &[&str] = &[
    "TLSv1.0", "TLSv1.4", "1.2", " TLSv1.2", "SSLv3", "TLSv", "TLS1.2",
];
const PROTOCOLS: &[&str] = &["3.0", "3.2", "latest"];
const NO_PROTOCOLS: &[&str] = &["", "3", "3.1", "3.3", "Latest", "03.0", " 3.0", "196608"];
const SSLMODES: &[&str] = &[
    "disable",
    "allow",
    "prefer",
    "require",
    "verify-ca",
    "verify-full",
    "verify-full",
];
const NO_SSLMODES: &[&str] = &[
    "",
    "Require",
    "require ",
    "verify_ca",
    "verify",
    "on",
    "true",
    "requires",
    "r",
];
const FLAGS: &[&str] = &["0", "1", "", "yes", "2"];

/// All 50 keywords of libpq 18.
const ROWS: &[Row] = &[
    row("service", TEXTS, &[]),
    row("user", TEXTS, &[]),
    row("password", TEXTS, &[]),
    row("passfile", PATHS, &[]),
    row(
        "channel_binding",
        &["disable", "prefer", "require"],
        &["", "allow", "Require", "required", " prefer"],
    ),
    row("connect_timeout", INTEGERS, NO_INTEGERS),
    row("dbname", TEXTS, &[]),
    row("client_encoding", &["auto", "UTF8", "", "latin1"], &[]),
    row("options", TEXTS, &[]),
    row("application_name", TEXTS, &[]),
    row("fallback_application_name", TEXTS, &[]),
    row("keepalives", INTEGERS, NO_INTEGERS),
    row("keepalives_idle", INTEGERS, NO_INTEGERS),
    row("keepalives_interval", INTEGERS, NO_INTEGERS),
    row("keepalives_count", INTEGERS, NO_INTEGERS),
    row("tcp_user_timeout", INTEGERS, NO_INTEGERS),
    row("sslmode", SSLMODES, NO_SSLMODES),
    row(
        "sslnegotiation",
        &["postgres", "direct", "direct"],
        &["", "Direct", "direct ", "d", "ssl"],
    ),
    row("sslcompression", FLAGS, &[]),
    row("sslcert", PATHS, &[]),
    row("sslkey", PATHS, &[]),
    row(
        "sslcertmode",
        &["disable", "allow", "require"],
        &["", "prefer", "Require", "allow "],
    ),
    row("sslpassword", TEXTS, &[]),
    row(
        "sslrootcert",
        &["system", "system", "/etc/ca.pem", "", "System", " system"],
        &[],
    ),
    row("sslcrl", PATHS, &[]),
    row("sslcrldir", PATHS, &[]),
    row("sslsni", FLAGS, &[]),
    row("requirepeer", TEXTS, &[]),
    row(
        "require_auth",
        &[
            "",
            "md5",
            "none",
            "!none",
            "password,md5",
            "!gss,!sspi",
            "oauth,none",
        ],
        &[",", "trust", "MD5", "md5,md5"],
    ),
    row("min_protocol_version", PROTOCOLS, NO_PROTOCOLS),
    row("max_protocol_version", PROTOCOLS, NO_PROTOCOLS),
    row("ssl_min_protocol_version", TLS, NO_TLS),
    row("ssl_max_protocol_version", TLS, NO_TLS),
    row(
        "gssencmode",
        &["disable", "prefer", "require"],
        &["", "allow", "Require", "prefer "],
    ),
    row("krbsrvname", TEXTS, &[]),
    row("gsslib", TEXTS, &[]),
    row("gssdelegation", FLAGS, &[]),
    row("replication", &["database", "true", "off", "", "x"], &[]),
    row(
        "target_session_attrs",
        &[
            "any",
            "read-write",
            "read-only",
            "primary",
            "standby",
            "prefer-standby",
        ],
        &["", "Any", "master", "read_write", "any ", "prefer-standb"],
    ),
    row(
        "load_balance_hosts",
        &["disable", "random"],
        &["", "Random", "on", "random "],
    ),
    row("scram_client_key", &[], &[]),
    row("scram_server_key", &[], &[]),
    row("oauth_issuer", TEXTS, &[]),
    row("oauth_client_id", TEXTS, &[]),
    row("oauth_client_secret", TEXTS, &[]),
    row("oauth_scope", TEXTS, &[]),
    row("sslkeylogfile", PATHS, &[]),
    row("host", &[], &[]),
    row("hostaddr", &[], &[]),
    row("port", &[], &[]),
];

/// Names that are no keywords, or are in one of the two grammars only.
const ODD_NAMES: &[&str] = &[
    "ssl",
    "requiressl",
    "slmode",
    "SSLMODE",
    "Host",
    "hosts",
    "servicefile",
    "tty",
    "authtype",
    "database",
    "username",
    "search_path",
    "",
    "x",
    "user ",
    "port\t",
    "pass word",
    "h'ost",
];

/// Settings that bear on each other, tried together more often than chance would.
const GROUPS: &[&[&str]] = &[
    &["sslmode", "sslnegotiation", "sslrootcert"],
    &["ssl_min_protocol_version", "ssl_max_protocol_version"],
    &["min_protocol_version", "max_protocol_version"],
    &["host", "hostaddr", "port"],
    &["host", "port"],
    &[
        "hostaddr",
        "port",
        "load_balance_hosts",
        "target_session_attrs",
    ],
    &[
        "keepalives",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
    ],
    &["scram_client_key", "scram_server_key", "require_auth"],
    &["user", "user", "dbname"],
    &["ssl", "sslmode", "requiressl"],
];

/// Keywords and values, before any quoting or escaping. `odd` is the percentage of values that are not good ones.
pub(super) fn settings(random: &mut Random, most: usize, odd: usize) -> Vec<(String, String)> {
    let mut settings = Vec::new();
    for _ in 0..=random.few(most) {
        settings.push(setting(random, odd));
    }
    if random.chance(30) {
        for &keyword in GROUPS[random.below(GROUPS.len())] {
            if random.chance(75) {
                settings.push((keyword.to_owned(), value(random, keyword, odd)));
            }
        }
    }
    settings
}

fn setting(random: &mut Random, odd: usize) -> (String, String) {
    let name = if random.chance(odd / 4) {
        random.pick(ODD_NAMES)
    } else {
        ROWS[random.below(ROWS.len())].keyword
    };
    (name.to_owned(), value(random, name, odd))
}

/// A value for the keyword.
pub(crate) fn value(random: &mut Random, keyword: &str, odd: usize) -> String {
    if random.chance(odd / 3) {
        return text(random);
    }
    match keyword {
        "host" => list(random, odd, host),
        "hostaddr" => list(random, odd, |random, _| {
            random
                .pick(&["10.0.0.1", "::1", "", "127.1", "h"])
                .to_owned()
        }),
        "port" => list(random, odd, port),
        "require_auth" if random.chance(60) => methods(random),
        "scram_client_key" | "scram_server_key" => key(random, odd),
        "ssl" => random
            .pick(&["true", "true", "true", "false", "1", "TRUE", ""])
            .to_owned(),
        "requiressl" => random
            .pick(&["1", "0", "10", "", "true", "'1", "\\1"])
            .to_owned(),
        _ => match ROWS.iter().find(|row| row.keyword == keyword) {
            Some(row) if !row.bad.is_empty() && random.chance(odd) => {
                random.pick(row.bad).to_owned()
            }
            Some(row) => random.pick(row.good).to_owned(),
            None => text(random),
        },
    }
}

/// A string of no kind in particular.
pub(super) fn text(random: &mut Random) -> String {
    if random.chance(60) {
        return random.pick(TEXTS).to_owned();
    }
    (0..random.few(12)).map(|_| random.char()).collect()
}

/// One host of a list.
pub(super) fn host(random: &mut Random, odd: usize) -> String {
    if random.chance(odd / 2) {
        return text(random);
    }
    random
        .pick(&[
            "h",
            "db.internal",
            "10.0.0.1",
            "::1",
            "fe80::1%eth0",
            "/run/pg",
            "/tmp",
            "@abstract",
            "",
            "H.Ex.COM",
            "bücher",
            "a b",
            "./rel",
        ])
        .to_owned()
}

/// One port of a list.
pub(super) fn port(random: &mut Random, odd: usize) -> String {
    const BAD: &[&str] = &[
        "0",
        "65536",
        "-1",
        "5432a",
        "0x10",
        "99999999999",
        " ",
        "5 5",
        "1:2",
        "\u{a0}7",
        "+",
        "4294967297",
        "18446744073709551617",
        "５",
    ];
    const STRANGE: &[&str] = &[
        " 5432 ",
        "+5432",
        "0777",
        "\t7",
        "7\n",
        "000000000000000000000000001",
        "-0",
        "\u{b}1\u{c}",
        "00",
    ];
    if random.chance(odd / 2) {
        random.pick(BAD).to_owned()
    } else if random.chance(10) {
        random.pick(STRANGE).to_owned()
    } else {
        random.pick(&["5432", "1", "65535", "6001", ""]).to_owned()
    }
}

/// A list, often of one; long ones are rare.
fn list(random: &mut Random, odd: usize, element: impl Fn(&mut Random, usize) -> String) -> String {
    let count = match random.below(20) {
        0..11 => 1,
        11..16 => 2,
        16..19 => 3,
        _ => 1 + random.few(40),
    };
    let elements: Vec<String> = (0..count).map(|_| element(random, odd / count)).collect();
    elements.join(",")
}

/// A list for `require_auth`.
fn methods(random: &mut Random) -> String {
    const METHODS: &[&str] = &[
        "password",
        "md5",
        "gss",
        "sspi",
        "scram-sha-256",
        "oauth",
        "none",
    ];
    let negative = random.chance(40);
    let methods: Vec<String> = (0..=random.few(5))
        .map(|_| {
            let method = if random.chance(4) {
                random.pick(&["", "PASSWORD", " md5", "scram", "!", "!!md5", "cert"])
            } else {
                random.pick(METHODS)
            };
            let mark = if negative ^ random.chance(4) { "!" } else { "" };
            format!("{mark}{method}")
        })
        .collect();
    methods.join(",")
}

/// A SCRAM key: base64 of 32 bytes, or nearly.
fn key(random: &mut Random, odd: usize) -> String {
    if random.chance(odd / 4) {
        // Padding where it does not belong; `pg_b64_decode` has its own mind about that.
        let group = random.pick(&["AA==", "AA=A", "AAA=", "====", "AAAA"]);
        return random.pick(&["AA==", "AAA=", "AAAA", ""]).to_owned()
            + &group.repeat(8 + random.below(28));
    }
    let bytes = if random.chance(odd) {
        random.below(40)
    } else {
        32
    };
    let mut key = base64(random, bytes);
    if random.chance(odd) {
        let location = random.below(key.len() + 1);
        match random.below(4) {
            0 => key.truncate(location),
            1 => key.insert_str(
                location,
                random.pick(&["=", " ", "\n", "-", "_", "A", "AAAA", "\u{1}", "é"]),
            ),
            2 => key.push_str(random.pick(&["=", "==", "====", " ", "A==="])),
            _ => key = key.replace('=', random.pick(&["", "A", "=="])),
        }
    }
    key
}

/// Random bytes in base64; the bits the padding leaves over are random too.
fn base64(random: &mut Random, bytes: usize) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = (bytes * 8).div_ceil(6);
    let mut text: String = (0..digits)
        .map(|_| char::from(DIGITS[random.below(64)]))
        .collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}
