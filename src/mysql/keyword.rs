//! The table of settings: one row per meaning, whatever its spellings. Parsing, rendering, masking, JSON and documentation
//! all read it.

use std::fmt;

use crate::config::url;
use crate::libpq::optional;
use crate::span::Component;

/// What a setting's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
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
    pub(crate) kind: ValueKind,
    /// The spelling in a rendered URL.
    pub(crate) url: &'static str,
    /// go-sql-driver's and Connector/J's names, where they have one.
    pub(crate) go: Option<&'static str>,
    pub(crate) jdbc: Option<&'static str>,
}

/// `settings!(name_of_a_macro)`: the rows, which that macro takes. Of each: the method's name, variant and canonical name; what it
/// is; the type of its value (with a getter by hand if it is a `part`); what the drivers do with it, unless `mysql_async` or
/// `sqlx` says otherwise; its kind; its names in a rendered URL, in go-sql-driver and in Connector/J.
macro_rules! settings {
    ($then:ident) => {
        $then! {
            user: User = "user" {
                doc: "the user's name",
                value: text, drivers: Expressed,
                kind: Location, url: "user", jdbc: "user",
            }
            password: Password = "password" {
                doc: "the password; `u:@h` has an empty one, `u@h` none",
                value: secret, drivers: Expressed,
                kind: Location, url: "password", jdbc: "password",
            }
            host: Host = "host" {
                doc: "a list of names or addresses",
                value: part, drivers: Expressed,
                kind: Location, url: "host",
            }
            port: Port = "port" {
                doc: "a list of ports, next to the hosts",
                value: port, drivers: Expressed,
                kind: Location, url: "port",
            }
            priority: Priority = "priority" {
                doc: "a list of priorities from 0 to 100, next to the hosts",
                value: part,
                drivers: lost(&[], "connects to one host", "remove it"),
                kind: Location, url: "priority",
            }
            dbname: Database = "database" {
                doc: "the database (schema); there is no default",
                value: part, drivers: Expressed,
                kind: Location, url: "database",
            }
            socket: Socket = "socket" {
                doc: "the path of a Unix socket, or of a named pipe of Windows; it comes before the hosts",
                value: text, drivers: Expressed,
                kind: Location, url: "socket", jdbc: "localSocket",
            }
            net: Net = "net" {
                doc: "the network of a Go DSN that is neither `tcp` nor `unix`: one that a Go program registers",
                value: text,
                drivers: rejected(&[], "knows TCP and Unix sockets only", "name a host, or a socket by `socket`"),
                kind: Location, url: "net",
            }
            address: Address = "address" {
                doc: "the address in that network",
                value: text,
                drivers: rejected(&[], "knows TCP and Unix sockets only", "name a host, or a socket by `socket`"),
                kind: Location, url: "address",
            }
            ssl_mode: SslMode = "ssl_mode" {
                doc: "`disabled`, `preferred`, `required`, `verify_ca` or `verify_identity`; drivers take one of the first two if it is unset",
                value: word(SslMode),
                drivers: rejected(&["disabled", "required", "verify_ca", "verify_identity"],
                    "has no mode that goes on without TLS", "use `REQUIRED`, `VERIFY_IDENTITY` or `DISABLED`"),
                sqlx: Expressed,
                kind: Text, url: "ssl-mode", go: "tls", jdbc: "sslMode",
            }
            ssl_ca: SslCa = "ssl_ca" {
                doc: "the path of the trusted certificates, or their text where mysql2's `ssl` object gave it",
                value: text, drivers: Expressed,
                kind: Text, url: "ssl-ca", jdbc: "trustCertificateKeyStoreUrl",
            }
            ssl_capath: SslCapath = "ssl_capath" {
                doc: "the directory of the trusted certificates",
                value: text,
                drivers: rejected(&[], "reads no folder of certificates", "name one file by `ssl-ca`"),
                kind: Text, url: "ssl-capath",
            }
            ssl_cert: SslCert = "ssl_cert" {
                doc: "the path of the client's certificate",
                value: text,
                drivers: rejected(&[], "takes a client certificate by its TLS backend only", IDENTITY),
                sqlx: Expressed,
                kind: Text, url: "ssl-cert", jdbc: "clientCertificateKeyStoreUrl",
            }
            ssl_key: SslKey = "ssl_key" {
                doc: "the path of the client's key, or its text where mysql2's `ssl` object gave it; treated as secret",
                value: secret,
                drivers: rejected(&[], "takes a client certificate by its TLS backend only", IDENTITY),
                sqlx: Expressed,
                kind: Secret, url: "ssl-key",
            }
            ssl_cipher: SslCipher = "ssl_cipher" {
                doc: "a list of ciphers, as the TLS library of the client spells them",
                value: text,
                drivers: rejected(&[], "takes its TLS backend's ciphers", "remove it"),
                kind: Text, url: "ssl-cipher", jdbc: "tlsCiphersuites",
            }
            ssl_crl: SslCrl = "ssl_crl" {
                doc: "the path of the revoked certificates",
                value: text,
                drivers: rejected(&[], "reads no lists of revoked certificates", "remove it"),
                kind: Text, url: "ssl-crl",
            }
            ssl_crlpath: SslCrlpath = "ssl_crlpath" {
                doc: "the directory of the revoked certificates",
                value: text,
                drivers: rejected(&[], "reads no lists of revoked certificates", "remove it"),
                kind: Text, url: "ssl-crlpath",
            }
            tls_version: TlsVersion = "tls_version" {
                doc: "a list of versions, such as `TLSv1.2,TLSv1.3`",
                value: text,
                drivers: rejected(&["TLSv1.2,TLSv1.3", "TLSv1.3,TLSv1.2"], "takes TLS 1.2 and 1.3 alike",
                    "remove it, and set `tls_version` in the server"),
                kind: Text, url: "tls-version", jdbc: "tlsVersions",
            }
            charset: Charset = "charset" {
                doc: "the character set, such as `utf8mb4`",
                value: text,
                drivers: lost(&["utf8mb4", "utf8", "utf-8"], "always speaks utf8mb4", "remove it"),
                sqlx: Expressed,
                kind: Text, url: "charset", go: "charset", jdbc: "characterEncoding",
            }
            collation: Collation = "collation" {
                doc: "the collation",
                value: text, drivers: Expressed,
                kind: Text, url: "collation", go: "collation", jdbc: "connectionCollation",
            }
            timezone: Timezone = "timezone" {
                doc: "the session's time zone: a name, or an offset such as `+02:00`",
                value: text, drivers: Expressed,
                kind: Text, url: "timezone", go: "time_zone", jdbc: "connectionTimeZone",
            }
            init_command: InitCommand = "init_command" {
                doc: "SQL that is sent after connecting, which may hold anything; treated as secret",
                value: secret, drivers: Expressed,
                sqlx: lost(&[], "has no first command", "run it in `after_connect` of the pool"),
                kind: Secret, url: "init_command",
            }
            connect_timeout: ConnectTimeoutMs = "connect_timeout_ms" {
                doc: "milliseconds to wait for a connection",
                value: duration, drivers: Expressed,
                mysql_async: lost(&["0"], "has no timeout for the network", "use `tokio::time::timeout`"),
                sqlx: lost(&[], "has no timeout for connecting", "set `acquire_timeout` of the pool"),
                kind: Number, url: "connect_timeout_ms", go: "timeout", jdbc: "connectTimeout",
            }
            read_timeout: ReadTimeoutMs = "read_timeout_ms" {
                doc: "milliseconds to wait for an answer",
                value: duration, drivers: Expressed,
                mysql_async: lost(&["0"], "has no timeout for the network", "use `tokio::time::timeout`"),
                sqlx: lost(&["0"], "has no timeout for the network", "use `tokio::time::timeout`, or `max_execution_time`"),
                kind: Number, url: "read_timeout_ms", go: "readTimeout", jdbc: "socketTimeout",
            }
            write_timeout: WriteTimeoutMs = "write_timeout_ms" {
                doc: "milliseconds to wait until something is sent",
                value: duration, drivers: Expressed,
                mysql_async: lost(&["0"], "has no timeout for the network", "use `tokio::time::timeout`"),
                sqlx: lost(&["0"], "has no timeout for the network", "use `tokio::time::timeout`, or `max_execution_time`"),
                kind: Number, url: "write_timeout_ms", go: "writeTimeout",
            }
            pool_min: PoolMin = "pool_min" {
                doc: "the fewest connections of the pool",
                value: number, drivers: Expressed,
                sqlx: lost(&[], "has it in its pool", "set `min_connections` of the pool"),
                kind: Number, url: "pool_min", jdbc: "minPoolSize",
            }
            pool_max: PoolMax = "pool_max" {
                doc: "the most connections of the pool",
                value: number, drivers: Expressed,
                sqlx: lost(&[], "has it in its pool", "set `max_connections` of the pool"),
                kind: Number, url: "pool_max", jdbc: "maxPoolSize",
            }
            compress: Compress = "compress" {
                doc: "`true`, `false`, a level from 0 to 9, `fast` or `best`",
                value: text, drivers: Expressed,
                sqlx: lost(&["false"], "never compresses", "remove it"),
                kind: Compress, url: "compress", go: "compress", jdbc: "useCompression",
            }
            statement_cache: StatementCache = "statement_cache" {
                doc: "how many prepared statements are kept",
                value: number, drivers: Expressed,
                kind: Number, url: "statement-cache-capacity", jdbc: "prepStmtCacheSize",
            }
            max_allowed_packet: MaxAllowedPacket = "max_allowed_packet" {
                doc: "the longest packet, in bytes; 0 asks the server",
                value: number, drivers: Expressed,
                sqlx: lost(&["0"], "takes what the server allows", "remove it"),
                kind: Number, url: "max_allowed_packet", go: "maxAllowedPacket", jdbc: "maxAllowedPacket",
            }
            prefer_socket: PreferSocket = "prefer_socket" {
                doc: "whether a connection to this machine moves over to the server's socket",
                value: boolean, drivers: Expressed,
                sqlx: lost(&["false"], "stays with the host", "name the socket by `socket`"),
                kind: Bool, url: "prefer_socket",
            }
            cleartext: Cleartext = "cleartext" {
                doc: "whether the password may be sent in clear text",
                value: boolean, drivers: Expressed,
                kind: Bool, url: "enable_cleartext_plugin", go: "allowCleartextPasswords",
            }
            allow_public_key_retrieval: AllowPublicKeyRetrieval = "allow_public_key_retrieval" {
                doc: "whether the RSA key is requested from the server, which anyone in between could replace",
                value: boolean,
                drivers: rejected(&["true"], "asks the server for its key", "use TLS: `ssl-mode=VERIFY_IDENTITY`"),
                kind: Bool, url: "allow_public_key_retrieval", jdbc: "allowPublicKeyRetrieval",
            }
            server_public_key: ServerPublicKey = "server_public_key" {
                doc: "the server's RSA key by path or name, for passwords without TLS",
                value: text, drivers: Expressed,
                mysql_async: rejected(&[], "asks the server for its key", "use TLS: `ssl-mode=VERIFY_IDENTITY`"),
                sqlx: rejected(&[], "asks the server for its key", "use TLS: `ssl-mode=VERIFY_IDENTITY`"),
                kind: Text, url: "server_public_key", go: "serverPubKey", jdbc: "serverRSAPublicKeyFile",
            }
            local_infile: LocalInfile = "local_infile" {
                doc: "whether the server may request files of this machine",
                value: boolean,
                drivers: lost(&["false"], "sends files by a handler only", "set a handler in the options"),
                kind: Bool, url: "local_infile", go: "allowAllFiles", jdbc: "allowLoadLocalInfile",
            }
            found_rows: FoundRows = "found_rows" {
                doc: "whether an update counts the rows found instead of those changed",
                value: boolean, drivers: Expressed,
                sqlx: lost(&["true"], "always counts the rows found", "remove it"),
                kind: Bool, url: "found_rows", go: "clientFoundRows",
            }
            reconnect: Reconnect = "reconnect" {
                doc: "whether a lost connection is made again",
                value: boolean,
                drivers: lost(&["false"], "does not connect again by itself", "use a pool"),
                kind: Bool, url: "reconnect", jdbc: "autoReconnect",
            }
        }
    };
}

macro_rules! rows {
    ($($method:ident: $variant:ident = $name:literal {
        doc: $doc:literal, value: $value:ident $(($type:ty))?,
        drivers: $cell:expr, $(mysql_async: $mysql_async:expr,)? $(sqlx: $sqlx:expr,)?
        kind: $kind:ident, url: $url:literal, $(go: $go:literal,)? $(jdbc: $jdbc:literal,)?
    })*) => {
        /// A setting of MySQL by its canonical name, which is also its name in JSON.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Keyword { $(#[doc = concat!("`", $name, "`: ", $doc, ".")] $variant,)* }

        impl Keyword {
            /// All of them, in the table's order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
        }

        const ROWS: &[Row] = &[$(Row {
            name: $name,
            kind: ValueKind::$kind,
            url: $url,
            go: optional!($($go)?),
            jdbc: optional!($($jdbc)?),
        }),*];
    };
}

/// How many there are.
pub(crate) const COUNT: usize = Keyword::ALL.len();

settings!(rows);
pub(crate) use settings;

// The slots that `config::url` knows by number.
const _: () = assert!(
    Keyword::User as usize == url::USER
        && Keyword::Password as usize == url::PASSWORD
        && Keyword::Host as usize == url::HOST
        && Keyword::Port as usize == url::PORT
        && Keyword::Priority as usize == url::PRIORITY
        && Keyword::Database as usize == url::DATABASE
        && Keyword::Socket as usize == url::SOCKET
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
        matches!(self, Self::Password) || matches!(self.row().kind, ValueKind::Secret)
    }

    /// Whether it says where and as whom to connect (`user`, `host`…), and is no parameter.
    #[must_use]
    pub const fn is_location(self) -> bool {
        matches!(self.row().kind, ValueKind::Location)
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
