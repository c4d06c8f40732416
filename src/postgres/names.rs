//! Names in a query that are no keywords: which are foreign and harmless, and which are misspelt and dangerous.

use crate::postgres::keyword::{Keyword, Topic};
use crate::suggest::is_one_edit;

/// Names of other drivers that look like a TLS or authentication keyword of libpq, but are known and mean
/// something else. They are kept with a warning, since libpq would not act on them.
const FOREIGN: &[&str] = &[
    "sslaccept",           // Prisma
    "sslidentity",         // Prisma
    "sslfactory",          // pgjdbc
    "sslfactoryarg",       // pgjdbc
    "sslhostnameverifier", // pgjdbc
    "sslpasswordcallback", // pgjdbc
    "sslresponsetimeout",  // pgjdbc
    "sslinline",           // lib/pq
];

/// Extras that are never secret, and may be shown.
const HARMLESS: &[&str] = &[
    "pool",
    "pool_size",
    "pool_timeout",
    "max_pool_size",
    "min_pool_size",
    "schema",
    "currentSchema",
    "search_path",
    "pgbouncer",
    "reconnect",
    "connection_limit",
    "socket_timeout",
    "statement_cache_size",
    "statement-cache-capacity",
    "prepared_statements",
    "prepareThreshold",
    "checkout_timeout",
    "idle_timeout",
    "max_lifetime",
    "conn_max_age",
    "conn_health_checks",
    "statement_timeout",
    "lock_timeout",
    "timezone",
    "encoding",
    "sslaccept",
];

/// The aliases that libpq translates; they are no keywords of their own.
pub(crate) const ALIASES: &[&str] = &["ssl", "requiressl"];

/// What is to be done with a name in a query that is no keyword.
pub(crate) enum Verdict {
    /// An extra.
    Keep,
    /// An extra that looks like a TLS setting.
    KeepWithWarning,
    /// So near to a TLS or authentication keyword that keeping it would drop what was asked for.
    Misspelt(&'static str),
}

/// Lower-cased and without `-` and `_`, as spellings of one name differ.
fn normalised(name: &str) -> String {
    name.chars()
        .filter(|character| !matches!(character, '-' | '_'))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The verdict of the default dialect (issue tracker and spec: `slmode=require` connects without TLS in other parsers).
pub(crate) fn judge(name: &str) -> Verdict {
    let plain = normalised(name);
    if FOREIGN.contains(&plain.as_str()) {
        return Verdict::KeepWithWarning;
    }
    let dangerous = |keyword: &&Keyword| keyword.row().topic != Topic::Other;
    if let Some(meant) = spelt_otherwise(&plain, Keyword::ALL.iter().filter(dangerous)) {
        return Verdict::Misspelt(meant);
    }
    if plain.starts_with("ssl") || plain.starts_with("tls") {
        Verdict::KeepWithWarning
    } else {
        Verdict::Keep
    }
}

/// The keyword or alias that a name is most likely meant to be.
pub(crate) fn suggestion(name: &str) -> Option<&'static str> {
    spelt_otherwise(&normalised(name), Keyword::ALL.iter())
}

/// The keyword or alias of the same normalised spelling, else the keyword one edit away from it.
fn spelt_otherwise<'k>(
    plain: &str,
    keywords: impl Iterator<Item = &'k Keyword> + Clone,
) -> Option<&'static str> {
    let keywords = keywords.map(|keyword| keyword.as_str());
    let mut names = ALIASES.iter().copied().chain(keywords.clone());
    names.find(|known| normalised(known) == plain).or_else(|| {
        keywords
            .into_iter()
            .find(|known| is_one_edit(plain.as_bytes(), normalised(known).as_bytes()))
    })
}

/// Whether an extra may be shown.
pub(crate) fn is_harmless(name: &str) -> bool {
    HARMLESS.contains(&name)
}
