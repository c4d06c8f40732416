//! The keywords of libpq, by the table in `libpq.rs`. Parsing, checking, rendering, masking and documentation all read it.

use std::fmt;

use crate::libpq::{keywords, optional};
use crate::postgres::session::{
    ChannelBinding, GssEncMode, LoadBalanceHosts, ProtocolVersion, Replication, TargetSessionAttrs,
};
use crate::postgres::tls::{SslCertMode, SslMode, SslNegotiation, TlsVersion};
use crate::sorted::is_same;
use crate::span::Component;

/// How a keyword's value is checked before a connection is tried.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// Any text; the lists of hosts, addresses and ports are checked together.
    Any,
    /// An integer, as `pqParseIntParam` reads one.
    Int,
    /// One of these words, in exactly this spelling.
    Words(&'static [&'static str]),
    /// `require_auth`.
    AuthMethods,
    /// A version of TLS in any case, or empty.
    Tls,
    /// Base64 of 32 bytes.
    ScramKey,
}

/// What a keyword is about, as far as it changes how mistakes are treated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// A contradiction is an error, and so is a misspelt name.
    Tls,
    /// A misspelt name is an error.
    Auth,
    Other,
}

/// One row of the table.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) env: Option<&'static str>,
    pub(crate) default: Option<&'static str>,
    pub(crate) check: Check,
    pub(crate) topic: Topic,
    pub(crate) secret: bool,
    pub(crate) since: &'static str,
}

/// The enum and its rows.
macro_rules! rows {
    ($($name:ident: $variant:ident {
        doc: $doc:literal, value: $kind:ident $(($type:ident))?, $(shown: $form:expr,)?
        drivers: $cell:expr, $(tokio_postgres: $tokio_postgres:expr,)? $(sqlx: $sqlx:expr,)?
        since: $since:literal, $(env: $env:literal,)? $(default: $default:literal,)? topic: $topic:ident,
    })*) => {
        /// A keyword of libpq 18: the name of one setting.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Keyword {$(
            #[doc = concat!(
                "`", stringify!($name), "`: ", $doc, " (since libpq ", $since,
                $("; `", $env, "`",)? $("; default `", $default, "`",)? ")."
            )]
            $variant,
        )*}

        impl Keyword {
            /// All of them, in libpq's order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
        }

        /// The rows, indexed by keyword.
        const ROWS: [Row; COUNT] = [$(Row {
            name: stringify!($name),
            env: optional!($($env)?),
            default: optional!($($default)?),
            check: check(stringify!($kind), optional!($($type::WORDS)?)),
            topic: Topic::$topic,
            secret: matches!(stringify!($kind).as_bytes(), b"secret" | b"key"),
            since: $since,
        }),*];
    };
}

/// How a value of a kind is checked; `words` are those of its type.
const fn check(kind: &str, words: Option<&'static [&'static str]>) -> Check {
    match (kind.as_bytes(), words) {
        (b"word", Some(words)) => Check::Words(words),
        (b"any_case", _) => Check::Tls,
        (b"methods", _) => Check::AuthMethods,
        (b"key", _) => Check::ScramKey,
        (b"switch" | b"seconds" | b"milliseconds" | b"count", _) => Check::Int,
        _ => Check::Any,
    }
}

/// How many keywords libpq 18 has.
pub(crate) const COUNT: usize = Keyword::ALL.len();

keywords!(rows);

impl Keyword {
    /// The name that libpq knows it by.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// The environment variable that libpq reads where the connection string says nothing.
    #[must_use]
    pub const fn env(self) -> Option<&'static str> {
        self.row().env
    }

    /// The value that libpq 18 uses where no one says anything. (`gssencmode` is `disable` in builds without GSSAPI.)
    #[must_use]
    pub const fn default_value(self) -> Option<&'static str> {
        self.row().default
    }

    /// Whether its value is never shown.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        self.row().secret
    }

    /// The first release of libpq that knows it.
    #[must_use]
    pub const fn since(self) -> &'static str {
        self.row().since
    }

    /// Those whose values are [secret](Self::is_secret).
    pub(crate) const SECRETS: u64 = {
        let (mut set, mut index) = (0, 0);
        while index < COUNT {
            if ROWS[index].secret {
                set |= 1 << index;
            }
            index += 1;
        }
        set
    };

    pub(crate) const fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// A bit of its own, for sets.
    pub(crate) const fn bit(self) -> u64 {
        1 << self as u32
    }

    /// Whether it is a setting of TLS.
    pub(crate) const fn is_of_tls(self) -> bool {
        matches!(self.row().topic, Topic::Tls)
    }

    /// Whether its raw text is looked at for what belongs elsewhere: a URL, credentials, or the next setting.
    pub(crate) const fn is_guarded(self) -> bool {
        matches!(
            self,
            Self::User | Self::Host | Self::HostAddr | Self::Port | Self::Dbname
        )
    }

    /// Whether a connection without it could be one with less TLS, or with other means of authentication.
    pub(crate) fn guards_connection(self) -> bool {
        self.row().topic != Topic::Other
    }

    /// The part of a connection string that gives it.
    pub(crate) const fn component(self) -> Component {
        match self {
            Self::User => Component::User,
            Self::Password => Component::Password,
            Self::Host => Component::Host,
            Self::HostAddr => Component::HostAddr,
            Self::Port => Component::Port,
            Self::Dbname => Component::Database,
            _ => Component::Setting(self.row().name),
        }
    }

    /// The keyword of exactly this name.
    #[inline]
    pub(crate) fn find(name: &[u8]) -> Option<Self> {
        let slot = INDEX[slot_of(name, SEED)];
        let keyword = *Self::ALL.get(slot as usize)?;
        is_same(keyword.as_str().as_bytes(), name).then_some(keyword)
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// The index is a perfect hash over the names, found while compiling, so that a lookup is one comparison.

const SLOTS: usize = 512;
const EMPTY: u8 = u8::MAX;
const SEED: usize = perfect_seed();
const INDEX: [u8; SLOTS] = index(SEED);

#[inline]
const fn slot_of(name: &[u8], seed: usize) -> usize {
    (mixed(name).wrapping_mul(seed) >> 20) % SLOTS
}

/// The third, the middle and the sixth byte (or the last), which no two names share.
const fn mixed(name: &[u8]) -> usize {
    let len = name.len();
    if len < 4 {
        return 0;
    }
    let sixth = if len > 5 { 5 } else { len - 1 };
    (name[2] as usize) | (name[len / 2] as usize) << 8 | (name[sixth] as usize) << 16
}

// A new keyword for which this fails needs other bytes in `mixed`: no seed would be found.
const _: () = {
    let mut row = 0;
    while row < COUNT {
        let mut other = 0;
        while other < row {
            assert!(
                mixed(ROWS[row].name.as_bytes()) != mixed(ROWS[other].name.as_bytes()),
                "two keywords have the same three bytes"
            );
            other += 1;
        }
        row += 1;
    }
};

const fn index(seed: usize) -> [u8; SLOTS] {
    let mut slots = [EMPTY; SLOTS];
    let mut row = 0;
    while row < COUNT {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "there are fewer than 255 rows"
        )]
        {
            slots[slot_of(ROWS[row].name.as_bytes(), seed)] = row as u8;
        }
        row += 1;
    }
    slots
}

const fn perfect_seed() -> usize {
    let mut seed = 0x9e37_79b1_usize;
    loop {
        let slots = index(seed);
        let (mut used, mut slot) = (0, 0);
        while slot < SLOTS {
            used += (slots[slot] != EMPTY) as usize;
            slot += 1;
        }
        if used == COUNT {
            return seed;
        }
        seed += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_keyword_and_nothing_else() {
        for &keyword in Keyword::ALL {
            assert_eq!(Keyword::find(keyword.as_str().as_bytes()), Some(keyword));
            assert_eq!(
                Keyword::find(keyword.as_str().to_uppercase().as_bytes()),
                None
            );
        }
        for name in [
            "",
            "x",
            "ssl",
            "requiressl",
            "sslmod",
            "database",
            "service_name",
        ] {
            assert_eq!(Keyword::find(name.as_bytes()), None, "{name}");
        }
        assert_eq!(Keyword::ALL.len(), COUNT);
    }
}
