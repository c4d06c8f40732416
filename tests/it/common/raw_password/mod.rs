//! The property of raw passwords: whatever a password is, written raw between `scheme://user:` and `@host`, the result is an
//! error, or exactly the user, the password and the hosts that were meant. Cases are made from numbers, so that the tests
//! here, the release test of the fuzz package and its fuzz target share them.
//!
//! Excluded, since no reader could tell: a password that makes the whole a URL without credentials (`5432/d?x=y` before
//! `@host` without port, path and query), one that holds a whole `@host/d?sslrootcert=/…`, and one that begins another URL of
//! a list (`,nats://`).

mod shape;

use database_url::{Database, ParseOptions, SecretStr};

pub(crate) use shape::Shape;

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
const FILES: &str = "cacert cacertfile cacerts cafile capath cert certchainpath certfile certificate clientcert \
    clientcertificatekeystoreurl clientcertkey clientkey keyfile keystore mywalletdirectory passfile privatekey \
    privatekeyfile privkeypath rootcertpath servercertificate serversslcert sslca sslcacerts sslcafile sslcalocation \
    sslcapath sslcert sslcertfile sslcertificateauthorityfile sslcertificatelocation sslclientcertificatekeyfile sslcrl \
    sslcrldir sslcrlfile sslkey sslkeyfile sslkeylocation sslkeystorelocation sslrootcert ssltruststorelocation tlsca \
    tlscacert tlscafile tlscert tlscertificatefile tlscertificatekeyfile tlscrlfile tlskey trustcertificatekeystoreurl \
    truststore walletlocation";

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
    let of_file = set.any(|name| FILES.split(' ').any(|file| file == name));
    let starts_url = password.contains(',') && password.contains("://");
    without_credentials || (of_file && !shape.hosts.0.contains(':')) || starts_url
}

// ---- the property

/// How a password was taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Excluded,
    Rejected,
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
        return Ok(Taken::Rejected);
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

/// Reads a password written as its escapes, which is kept whatever it is.
///
/// # Errors
///
/// If it is rejected, or not read as it was meant.
fn read_escaped(shape: &Shape, password: &str) -> Result<(), String> {
    let escaped = database_url::encode(password);
    let text = shape.with(escaped.expose());
    match ParseOptions::new().format(shape.format()).parse(&text) {
        Ok(config) if is_meant(&config, shape, escaped.expose()) => Ok(()),
        Ok(config) => Err(format!("{text:?} is read as {config}")),
        Err(error) => Err(format!("{text:?}: {error}")),
    }
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

/// Reads the passwords of some numbers written as their escapes.
///
/// # Panics
///
/// With the first that do not come back, if there are any.
pub(crate) fn assert_escaped(seeds: std::ops::Range<u64>) {
    let lost = seeds.filter_map(|seed| {
        let mut random = Random(seed);
        let (shape, password) = (Shape::of(&mut random), password(&mut random));
        let result = read_escaped(&shape, &password);
        result.err().filter(|_| shape.takes_credentials())
    });
    let lost: Vec<_> = lost.take(20).collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// Counts how the cases of some numbers are taken: rejected, and read as meant.
///
/// # Panics
///
/// With the first misreadings, if there are any.
pub(crate) fn count(seeds: std::ops::Range<u64>) -> (u64, u64) {
    let (mut rejected, mut read_well) = (0, 0);
    let mut misread = Vec::new();
    for seed in seeds {
        let mut random = Random(seed);
        let (shape, password) = (Shape::of(&mut random), password(&mut random));
        match read(&shape, &password) {
            Ok(Taken::Rejected) => rejected += 1,
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
    (rejected, read_well)
}
