//! The table of libpq 18's 50 keywords (`PQconninfoOptions` in fe-connect.c). Parsing, checking, rendering, masking and
//! documentation all read it.

use std::fmt;

use crate::postgres::session::{
    ChannelBinding, GssEncMode, LoadBalanceHosts, ProtocolVersion, TargetSessionAttrs,
};
use crate::postgres::tls::{SslCertMode, SslMode, SslNegotiation};
use crate::span::Component;

/// How a keyword's value is checked before a connection is tried.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// Any text.
    Any,
    /// Not by itself: the lists of hosts, addresses and ports are checked together.
    Hosts,
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

/// variant: name, environment variable, libpq's compiled default, check, topic, whether secret, first libpq: what it is.
macro_rules! keywords {
    ($($variant:ident: $name:literal, $env:expr, $default:expr, $check:expr, $topic:ident, $secret:literal, $since:literal,
       $doc:literal;)*) => {
        /// A keyword of libpq 18: the name of one setting.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Keyword { $(#[doc = concat!("`", $name, "`: ", $doc, " (since libpq ", $since, ").")] $variant,)* }

        impl Keyword {
            /// All of them, in libpq's order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
        }

        /// The rows, indexed by keyword.
        const ROWS: [Row; COUNT] = [$(Row {
            name: $name, env: $env, default: $default, check: $check, topic: Topic::$topic, secret: $secret,
            since: $since,
        }),*];
    };
}

/// How many keywords libpq 18 has.
pub(crate) const COUNT: usize = Keyword::ALL.len();

keywords! {
    Service: "service", Some("PGSERVICE"), None, Check::Any, Other, false, "7.1", "a section of the service file";
    User: "user", Some("PGUSER"), None, Check::Any, Auth, false, "7.1", "the user's name; the system user's if unset";
    Password: "password", Some("PGPASSWORD"), None, Check::Any, Auth, true, "7.1", "the password, secret";
    Passfile: "passfile", Some("PGPASSFILE"), None, Check::Any, Auth, false, "10", "path of the password file";
    ChannelBinding: "channel_binding", Some("PGCHANNELBINDING"), Some("prefer"), Check::Words(ChannelBinding::WORDS),
        Auth, false, "13", "`disable`, `prefer` or `require`";
    ConnectTimeout: "connect_timeout", Some("PGCONNECT_TIMEOUT"), None, Check::Int, Other, false, "7.4",
        "seconds to wait for each host; zero or less is forever";
    Dbname: "dbname", Some("PGDATABASE"), None, Check::Any, Other, false, "7.1", "the database; the user's name if unset";
    Host: "host", Some("PGHOST"), None, Check::Hosts, Other, false, "7.1",
        "a list of names, addresses, or directories of Unix sockets";
    HostAddr: "hostaddr", Some("PGHOSTADDR"), None, Check::Hosts, Other, false, "7.1", "a list of numeric addresses";
    Port: "port", Some("PGPORT"), Some("5432"), Check::Hosts, Other, false, "7.1",
        "a list of ports, or one for all hosts";
    ClientEncoding: "client_encoding", Some("PGCLIENTENCODING"), None, Check::Any, Other, false, "9.1",
        "an encoding, or `auto` for the locale's";
    Options: "options", Some("PGOPTIONS"), Some(""), Check::Any, Other, true, "7.1",
        "command-line options for the server, treated as secret";
    ApplicationName: "application_name", Some("PGAPPNAME"), None, Check::Any, Other, false, "9.0",
        "shown in the server's statistics and logs";
    FallbackApplicationName: "fallback_application_name", None, None, Check::Any, Other, false, "9.0",
        "used where `application_name` is unset";
    Keepalives: "keepalives", None, None, Check::Int, Other, false, "9.0", "0 turns TCP keepalives off";
    KeepalivesIdle: "keepalives_idle", None, None, Check::Int, Other, false, "9.0", "seconds before the first keepalive";
    KeepalivesInterval: "keepalives_interval", None, None, Check::Int, Other, false, "9.0",
        "seconds between keepalives";
    KeepalivesCount: "keepalives_count", None, None, Check::Int, Other, false, "9.0", "keepalives that may be lost";
    TcpUserTimeout: "tcp_user_timeout", None, None, Check::Int, Other, false, "12",
        "milliseconds that sent data may stay unacknowledged";
    SslMode: "sslmode", Some("PGSSLMODE"), Some("prefer"), Check::Words(SslMode::WORDS), Tls, false, "8.0",
        "`disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`";
    SslNegotiation: "sslnegotiation", Some("PGSSLNEGOTIATION"), Some("postgres"), Check::Words(SslNegotiation::WORDS),
        Tls, false, "17", "`postgres` or `direct`";
    SslCompression: "sslcompression", Some("PGSSLCOMPRESSION"), Some("0"), Check::Any, Tls, false, "9.2",
        "`1` requests compression";
    SslCert: "sslcert", Some("PGSSLCERT"), None, Check::Any, Tls, false, "9.0", "path of the client's certificate";
    SslKey: "sslkey", Some("PGSSLKEY"), None, Check::Any, Tls, false, "8.4", "path of the client's key";
    SslCertMode: "sslcertmode", Some("PGSSLCERTMODE"), None, Check::Words(SslCertMode::WORDS), Tls, false, "16",
        "`disable`, `allow` or `require`";
    SslPassword: "sslpassword", None, None, Check::Any, Tls, true, "13", "the password of the client's key, secret";
    SslRootCert: "sslrootcert", Some("PGSSLROOTCERT"), None, Check::Any, Tls, false, "9.0",
        "path of the trusted certificates, or `system`";
    SslCrl: "sslcrl", Some("PGSSLCRL"), None, Check::Any, Tls, false, "9.0", "path of the revoked certificates";
    SslCrlDir: "sslcrldir", Some("PGSSLCRLDIR"), None, Check::Any, Tls, false, "14",
        "directory of the revoked certificates";
    SslSni: "sslsni", Some("PGSSLSNI"), Some("1"), Check::Any, Tls, false, "14", "`1` sends the host's name in TLS";
    RequirePeer: "requirepeer", Some("PGREQUIREPEER"), None, Check::Any, Auth, false, "9.1",
        "the system user that must own the server's socket";
    RequireAuth: "require_auth", Some("PGREQUIREAUTH"), None, Check::AuthMethods, Auth, false, "16",
        "a list of acceptable ways to authenticate";
    MinProtocolVersion: "min_protocol_version", Some("PGMINPROTOCOLVERSION"), None,
        Check::Words(ProtocolVersion::WORDS), Other, false, "18", "`3.0`, `3.2` or `latest`";
    MaxProtocolVersion: "max_protocol_version", Some("PGMAXPROTOCOLVERSION"), None,
        Check::Words(ProtocolVersion::WORDS), Other, false, "18", "`3.0`, `3.2` or `latest`";
    SslMinProtocolVersion: "ssl_min_protocol_version", Some("PGSSLMINPROTOCOLVERSION"), Some("TLSv1.2"), Check::Tls,
        Tls, false, "13", "`TLSv1`, `TLSv1.1`, `TLSv1.2` or `TLSv1.3`";
    SslMaxProtocolVersion: "ssl_max_protocol_version", Some("PGSSLMAXPROTOCOLVERSION"), None, Check::Tls, Tls, false,
        "13", "`TLSv1`, `TLSv1.1`, `TLSv1.2` or `TLSv1.3`";
    GssEncMode: "gssencmode", Some("PGGSSENCMODE"), Some("prefer"), Check::Words(GssEncMode::WORDS), Auth, false, "12",
        "`disable`, `prefer` or `require`";
    KrbSrvName: "krbsrvname", Some("PGKRBSRVNAME"), Some("postgres"), Check::Any, Auth, false, "7.4",
        "the Kerberos service";
    GssLib: "gsslib", Some("PGGSSLIB"), None, Check::Any, Auth, false, "8.3", "`gssapi`, on Windows";
    GssDelegation: "gssdelegation", Some("PGGSSDELEGATION"), Some("0"), Check::Any, Auth, false, "17",
        "`1` forwards credentials";
    Replication: "replication", None, None, Check::Any, Other, false, "9.0", "sent to the server: `true`, `database`…";
    TargetSessionAttrs: "target_session_attrs", Some("PGTARGETSESSIONATTRS"), Some("any"),
        Check::Words(TargetSessionAttrs::WORDS), Other, false, "10",
        "`any`, `read-write`, `read-only`, `primary`, `standby` or `prefer-standby`";
    LoadBalanceHosts: "load_balance_hosts", Some("PGLOADBALANCEHOSTS"), Some("disable"),
        Check::Words(LoadBalanceHosts::WORDS), Other, false, "16", "`disable` or `random`";
    ScramClientKey: "scram_client_key", None, None, Check::ScramKey, Auth, true, "18",
        "base64 of 32 bytes, as good as a password, secret";
    ScramServerKey: "scram_server_key", None, None, Check::ScramKey, Auth, true, "18", "base64 of 32 bytes, secret";
    OauthIssuer: "oauth_issuer", None, None, Check::Any, Auth, false, "18", "URL of the issuer";
    OauthClientId: "oauth_client_id", None, None, Check::Any, Auth, false, "18", "the client's identifier";
    OauthClientSecret: "oauth_client_secret", None, None, Check::Any, Auth, true, "18", "the client's secret";
    OauthScope: "oauth_scope", None, None, Check::Any, Auth, false, "18", "the requested scopes";
    SslKeyLogFile: "sslkeylogfile", None, None, Check::Any, Tls, false, "18",
        "path of a file that TLS keys are written to";
}

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
        (keyword.as_str().as_bytes() == name).then_some(keyword)
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

/// The second, the middle and the sixth byte (or the last), which no two names share.
const fn mixed(name: &[u8]) -> usize {
    let len = name.len();
    if len < 4 {
        return 0;
    }
    let sixth = if len > 5 { 5 } else { len - 1 };
    (name[1] as usize) | (name[len / 2] as usize) << 8 | (name[sixth] as usize) << 16
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
            "servicefile",
        ] {
            assert_eq!(Keyword::find(name.as_bytes()), None, "{name}");
        }
        assert_eq!(Keyword::ALL.len(), COUNT);
    }
}
