//! The table of settings: one row per meaning, whatever its spellings. Parsing, rendering, masking, JSON and documentation
//! all read it.

use std::fmt;

use crate::fill;
use crate::span::Component;

/// What a setting's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Where and as whom to connect; no parameter of its own.
    Location,
    Text,
    /// A string that may hold secrets.
    Secret,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Bool,
    /// `true`, `false`, a level from 0 to 9, `fast` or `best`.
    Compress,
}

/// One row of the table.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// The spelling in a rendered URL.
    pub(crate) url: &'static str,
    /// go-sql-driver's and Connector/J's names, where they have one.
    pub(crate) go: Option<&'static str>,
    pub(crate) jdbc: Option<&'static str>,
}

/// variant: canonical name, kind, spelling in URLs, Go's name, JDBC's name: what it is.
macro_rules! keywords {
    ($($variant:ident: $name:literal, $kind:ident, $url:literal, $go:expr, $jdbc:expr, $doc:literal;)*) => {
        /// A setting of MySQL by its canonical name, which is also its name in JSON.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Keyword { $(#[doc = concat!("`", $name, "`: ", $doc, ".")] $variant,)* }

        impl Keyword {
            /// All of them, in the table's order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
        }

        const ROWS: &[Row] = &[$(Row { name: $name, kind: Kind::$kind, url: $url, go: $go, jdbc: $jdbc }),*];
    };
}

/// How many there are.
pub(crate) const COUNT: usize = Keyword::ALL.len();

keywords! {
    User: "user", Location, "user", None, Some("user"), "the user's name";
    Password: "password", Location, "password", None, Some("password"), "the password, secret";
    Host: "host", Location, "host", None, None, "a list of names or addresses";
    Port: "port", Location, "port", None, None, "a list of ports, next to the hosts";
    Priority: "priority", Location, "priority", None, None, "a list of priorities from 0 to 100, next to the hosts";
    Database: "database", Location, "database", None, None, "the database (schema)";
    Socket: "socket", Location, "socket", None, Some("localSocket"), "the path of a Unix socket, or of a named pipe";
    Net: "net", Location, "net", None, None, "a network of go-sql-driver other than `tcp`";
    Address: "address", Location, "address", None, None, "the address in that network";
    SslMode: "ssl_mode", Text, "ssl-mode", Some("tls"), Some("sslMode"),
        "`disabled`, `preferred`, `required`, `verify_ca` or `verify_identity`";
    SslCa: "ssl_ca", Text, "ssl-ca", None, Some("trustCertificateKeyStoreUrl"), "path of the trusted certificates";
    SslCapath: "ssl_capath", Text, "ssl-capath", None, None, "directory of the trusted certificates";
    SslCert: "ssl_cert", Text, "ssl-cert", None, Some("clientCertificateKeyStoreUrl"),
        "path of the client's certificate";
    SslKey: "ssl_key", Secret, "ssl-key", None, None,
        "path of the client's key, or its text where mysql2's `ssl` object gave it; treated as secret";
    SslCipher: "ssl_cipher", Text, "ssl-cipher", None, Some("tlsCiphersuites"), "a list of ciphers";
    SslCrl: "ssl_crl", Text, "ssl-crl", None, None, "path of the revoked certificates";
    SslCrlpath: "ssl_crlpath", Text, "ssl-crlpath", None, None, "directory of the revoked certificates";
    TlsVersion: "tls_version", Text, "tls-version", None, Some("tlsVersions"), "a list of versions of TLS";
    Charset: "charset", Text, "charset", Some("charset"), Some("characterEncoding"),
        "the character set, such as `utf8mb4`";
    Collation: "collation", Text, "collation", Some("collation"), Some("connectionCollation"), "the collation";
    Timezone: "timezone", Text, "timezone", Some("time_zone"), Some("connectionTimeZone"),
        "the session's time zone: a name, or an offset such as `+02:00`";
    InitCommand: "init_command", Secret, "init_command", None, None,
        "SQL that is sent after connecting, treated as secret";
    ConnectTimeoutMs: "connect_timeout_ms", Number, "connect_timeout_ms", Some("timeout"), Some("connectTimeout"),
        "milliseconds to wait for a connection";
    ReadTimeoutMs: "read_timeout_ms", Number, "read_timeout_ms", Some("readTimeout"), Some("socketTimeout"),
        "milliseconds to wait for an answer";
    WriteTimeoutMs: "write_timeout_ms", Number, "write_timeout_ms", Some("writeTimeout"), None,
        "milliseconds to wait until something is sent";
    PoolMin: "pool_min", Number, "pool_min", None, Some("minPoolSize"), "the fewest connections of the pool";
    PoolMax: "pool_max", Number, "pool_max", None, Some("maxPoolSize"), "the most connections of the pool";
    Compress: "compress", Compress, "compress", Some("compress"), Some("useCompression"),
        "`true`, `false`, a level from 0 to 9, `fast` or `best`";
    StatementCache: "statement_cache", Number, "statement-cache-capacity", None, Some("prepStmtCacheSize"),
        "how many prepared statements are kept";
    MaxAllowedPacket: "max_allowed_packet", Number, "max_allowed_packet", Some("maxAllowedPacket"),
        Some("maxAllowedPacket"), "the longest packet, in bytes; 0 asks the server";
    PreferSocket: "prefer_socket", Bool, "prefer_socket", None, None,
        "whether a connection to this machine moves over to the server's socket";
    Cleartext: "cleartext", Bool, "enable_cleartext_plugin", Some("allowCleartextPasswords"), None,
        "whether the password may be sent in clear text";
    AllowPublicKeyRetrieval: "allow_public_key_retrieval", Bool, "allow_public_key_retrieval", None,
        Some("allowPublicKeyRetrieval"), "whether the RSA key is requested from the server";
    ServerPublicKey: "server_public_key", Text, "server_public_key", Some("serverPubKey"),
        Some("serverRSAPublicKeyFile"), "the server's RSA key, by path or name";
    LocalInfile: "local_infile", Bool, "local_infile", Some("allowAllFiles"), Some("allowLoadLocalInfile"),
        "whether the server may request files of this machine";
    FoundRows: "found_rows", Bool, "found_rows", Some("clientFoundRows"), None,
        "whether an update counts the rows found instead of those changed";
    Reconnect: "reconnect", Bool, "reconnect", None, Some("autoReconnect"),
        "whether a lost connection is made again";
}

// The slots that `fill` knows by number.
const _: () = assert!(
    Keyword::User as usize == fill::USER
        && Keyword::Password as usize == fill::PASSWORD
        && Keyword::Host as usize == fill::HOST
        && Keyword::Port as usize == fill::PORT
        && Keyword::Priority as usize == fill::PRIORITY
        && Keyword::Database as usize == fill::DATABASE
        && Keyword::Socket as usize == fill::SOCKET
        && COUNT <= 64
);

impl Keyword {
    /// The canonical name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Whether its value is never shown.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::Password) || matches!(self.row().kind, Kind::Secret)
    }

    /// Whether it says where and as whom to connect (`user`, `host`…), and is no parameter.
    #[must_use]
    pub const fn is_location(self) -> bool {
        matches!(self.row().kind, Kind::Location)
    }

    /// Whether it is a setting of TLS: given twice, the values must be the same.
    pub(crate) const fn is_of_tls(self) -> bool {
        matches!(
            self,
            Self::SslMode | Self::SslCipher | Self::SslCrl | Self::SslCrlpath | Self::TlsVersion
        ) || self.is_certificate()
    }

    /// Whether an empty value could be mistaken for TLS that is requested, or is not.
    pub(crate) const fn is_certificate(self) -> bool {
        matches!(
            self,
            Self::SslCa | Self::SslCapath | Self::SslCert | Self::SslKey
        )
    }

    /// Whether a connection without it could be one with less TLS, or with other means of authentication.
    #[cfg(feature = "convert")]
    pub(crate) fn guards_connection(self) -> bool {
        let is_of_authentication = matches!(
            self,
            Self::Cleartext | Self::AllowPublicKeyRetrieval | Self::ServerPublicKey
        );
        let name = self.as_str();
        is_of_authentication || name.starts_with("ssl_") || name.starts_with("tls_")
    }

    pub(crate) const fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// A bit of its own, for sets.
    pub(crate) const fn bit(self) -> u64 {
        1 << self as u32
    }

    /// The part of a connection string that gives it.
    pub(crate) const fn component(self) -> Component {
        match self {
            Self::User => Component::User,
            Self::Password => Component::Password,
            Self::Host => Component::Host,
            Self::Port => Component::Port,
            Self::Database => Component::Database,
            _ => Component::Setting(self.row().name),
        }
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
