//! Names in a query that are no keywords: which are foreign and harmless, and which are misspelt and dangerous.

use std::str::FromStr;

use crate::config::tls_name::is_tls_name_of;
use crate::did_you_mean::{self, Letters};
use crate::error::{Error, ErrorKind, Stage};
use crate::postgres::keyword::{COUNT, Keyword, Topic};

/// TLS settings of other drivers. They are kept with a warning, since libpq does not act on them.
const FOREIGN_TLS: &[&str] = &[
    "sslaccept",               // Prisma
    "sslidentity",             // Prisma
    "sslfactory",              // pgjdbc
    "sslfactoryarg",           // pgjdbc
    "sslhostnameverifier",     // pgjdbc
    "sslpasswordcallback",     // pgjdbc
    "sslresponsetimeout",      // pgjdbc
    "sslinline",               // lib/pq
    "usessl",                  // MySQL Connector/J
    "verifyca",                // mysql_async
    "verifyidentity",          // mysql_async
    "verifyservercertificate", // MySQL Connector/J
];

/// An edit away from a TLS or authentication keyword, but known for something else.
const UNRELATED: &[&str] = &[
    "sqlmode", // MySQL
];

/// What to do about a name that is about TLS and that libpq does not know.
pub(crate) const TLS_HELP: &str =
    "libpq takes `sslmode`, `sslrootcert`, `sslcert` and `sslkey`, such as `sslmode=verify-full`";

/// The aliases that libpq translates; they are no keywords of their own.
pub(crate) const ALIASES: &[&str] = &["ssl", "requiressl"];

/// pg8000's name for the file of a socket; it is always read.
pub(super) const UNIX_SOCK: &str = "unix_sock";

/// The names that other programs and engines have for a keyword of libpq.
const FOREIGN_KEYWORDS: &[(&str, Keyword)] = &[
    ("database", Keyword::Dbname),
    ("username", Keyword::User),
    ("socket", Keyword::Host),
    ("unix_socket", Keyword::Host),
    (UNIX_SOCK, Keyword::Host),
];

/// What else is written for a keyword, but is not used as that.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("db", "dbname"),
    ("hostname", "host"),
    ("server", "host"),
    ("pass", "password"),
    ("passwd", "password"),
    ("pwd", "password"),
    ("uid", "user"),
];

/// The keyword that a name of another program means.
pub(super) fn foreign(name: &[u8]) -> Option<Keyword> {
    let row = FOREIGN_KEYWORDS
        .iter()
        .find(|(known, _)| known.as_bytes() == name);
    row.map(|(_, keyword)| *keyword)
}

/// What is to be done with a name in a query that is no keyword.
pub(crate) enum Verdict {
    /// An extra.
    Keep,
    /// An extra that looks like a TLS setting.
    KeepWithWarning,
    /// So near to a TLS or authentication keyword that keeping it would drop what was requested.
    Misspelt(&'static str),
}

/// Lower-cased and without `-` and `_`, as spellings of one name differ.
fn normalised(name: &str) -> impl Iterator<Item = u8> + Clone {
    name.bytes()
        .filter(|byte| !matches!(byte, b'-' | b'_'))
        .map(|byte| byte.to_ascii_lowercase())
}

/// The letters of the keywords that are dangerous to misspell; of the others, those of an alias.
static DANGEROUS: [Letters; COUNT] = {
    let (mut names, mut at) = ([ALIASES[0]; COUNT], 0);
    while at < COUNT {
        if is_dangerous(Keyword::ALL[at]) {
            names[at] = Keyword::ALL[at].as_str();
        }
        at += 1;
    }
    names[Keyword::Host as usize] = ALIASES[1];
    Letters::of_all(&names)
};

const fn is_dangerous(keyword: Keyword) -> bool {
    !matches!(keyword.row().topic, Topic::Other)
}

/// The letters that the names of environment variables begin with.
const ENV: [u8; 2] = *b"pg";

/// The verdict of the default dialect on a name that is no keyword. (`slmode=require` connects without TLS elsewhere.)
pub(crate) fn classify(name: &str) -> Verdict {
    let letters = Letters::of(name);
    if is_foreign_tls(name, letters) {
        return Verdict::KeepWithWarning;
    }
    let is_of_env = normalised(name).take(ENV.len()).eq(ENV);
    let meant = (is_of_env || letters.may_be_near(&DANGEROUS)).then(|| meant(name));
    match meant.flatten() {
        Some(meant) => Verdict::Misspelt(meant),
        None if is_tls_name_of(name, letters) => Verdict::KeepWithWarning,
        None => Verdict::Keep,
    }
}

/// The keyword of TLS or authentication that a name is near to.
fn meant(name: &str) -> Option<&'static str> {
    let plain: Vec<u8> = normalised(name).collect();
    let dangerous = |keyword: &&Keyword| is_dangerous(**keyword);
    let dangerous = Keyword::ALL.iter().filter(dangerous);
    let meant = spelt_otherwise(&plain, dangerous.clone()).or_else(|| of_env(&plain, dangerous));
    meant.filter(|_| UNRELATED.iter().all(|known| known.as_bytes() != plain))
}

/// Whether a name that is no keyword is about TLS, and kept.
pub(crate) fn is_unknown_tls(name: &str) -> bool {
    // Most names are not, which needs no comparison with all keywords.
    let letters = Letters::of(name);
    let may_be = is_tls_name_of(name, letters) || is_foreign_tls(name, letters);
    may_be && matches!(classify(name), Verdict::KeepWithWarning)
}

fn is_foreign_tls(name: &str, letters: Letters) -> bool {
    static LETTERS: [Letters; FOREIGN_TLS.len()] = Letters::of_all(FOREIGN_TLS);
    let mut known = FOREIGN_TLS.iter().zip(&LETTERS);
    known.any(|(known, of)| *of == letters && normalised(name).eq(known.bytes()))
}

/// The keyword of a name that is the keyword's environment variable, such as `PGSSLMODE`.
fn of_env<'k>(
    plain: &[u8],
    mut keywords: impl Iterator<Item = &'k Keyword>,
) -> Option<&'static str> {
    let is_env = |keyword: &&Keyword| {
        let env = keyword.env();
        env.is_some_and(|env| normalised(env).eq(plain.iter().copied()))
    };
    keywords.find(is_env).map(|keyword| keyword.as_str())
}

/// The keyword or alias that a name is most likely meant to be.
pub(crate) fn suggestion(name: &str) -> Option<&'static str> {
    let other = OTHER_NAMES.iter().find(|(known, _)| *known == name);
    foreign(name.as_bytes())
        .map(Keyword::as_str)
        .or_else(|| other.map(|(_, meant)| *meant))
        .or_else(|| spelt_otherwise(&normalised(name).collect::<Vec<_>>(), Keyword::ALL.iter()))
}

/// The keyword or alias of the same normalised spelling, else the keyword one edit away from it.
fn spelt_otherwise<'k>(
    plain: &[u8],
    keywords: impl Iterator<Item = &'k Keyword> + Clone,
) -> Option<&'static str> {
    let mut keywords = keywords.map(|keyword| keyword.as_str());
    let mut names = ALIASES.iter().copied().chain(keywords.clone());
    names
        .find(|known| normalised(known).eq(plain.iter().copied()))
        .or_else(|| keywords.find(|known| is_one_edit(plain, known)))
}

/// Shorter names are an edit away from too many words.
const LEAST: usize = 5;

/// As [`did_you_mean::is_one_edit`](crate::did_you_mean::is_one_edit), against the normalised spelling of a keyword.
fn is_one_edit(plain: &[u8], known: &str) -> bool {
    // An edit leaves the first or the last letter as it is, and changes the length by one at most, which spares nearly all
    // comparisons.
    let known_bytes = known.as_bytes();
    if plain.first() != known_bytes.first() && plain.last() != known_bytes.last() {
        return false;
    }
    let len = normalised(known).count();
    plain.len() >= LEAST
        && plain.len().abs_diff(len) <= 1
        && did_you_mean::is_one_edit(plain, &normalised(known).collect::<Vec<_>>())
}

impl FromStr for Keyword {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::find(name.as_bytes()).ok_or_else(|| {
            let help = suggestion(name).map(|meant| format!("did you mean `{meant}`?"));
            Error::new(ErrorKind::UnknownKeyword, "expected a keyword of libpq 18")
                .stage_is(Stage::Parse)
                .with_help(help.unwrap_or_default())
        })
    }
}
