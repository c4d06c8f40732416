//! Every spelling of every setting, with what its value means there.

use std::str::FromStr;

use crate::config::url::Holds;
use crate::error::{Error, ErrorKind, Stage};
use crate::mysql::keyword::Keyword;
use crate::mysql::tls;
use crate::sorted::Index;

/// What a parameter of some name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A location, such as the user's name.
    Location(Keyword),
    Text(Keyword),
    Number(Keyword),
    /// Whole seconds, kept as milliseconds.
    Seconds(Keyword),
    /// As Go writes it, `1m30s`.
    Duration(Keyword),
    /// A duration if it has a unit; else it is someone else's parameter.
    PerhapsDuration(Keyword),
    Bool(Keyword),
    /// As Go spells a boolean.
    GoBool(Keyword),
    /// The opposite is what counts.
    Not(Keyword),
    Compress,
    /// A level of compression, which is not kept under a name of ours.
    Level,
    /// A character set by its name in Java.
    JavaCharset,
    Timezone,
    Tls(Spelling),
    Switch(tls::Switch),
}

/// The spellings of TLS settings that are more than true or false, by how their values are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// A mode in words.
    Mode,
    /// go-sql-driver's `tls`.
    Go,
    /// `ssl`: a boolean, or mysql2's object or profile.
    Ssl,
    /// Prisma's `sslaccept`.
    Accept,
}

/// Which driver's names the parameters have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// Every known spelling.
    Common,
    /// The same, with the legacy ones of MariaDB's JDBC driver.
    MariaDb,
    /// go-sql-driver's, all others being variables of the server.
    Go,
}

impl Names {
    /// What a parameter means, if it is known.
    pub(super) fn find(self, name: &str) -> Option<Meaning> {
        match self {
            Self::Common => find(name),
            Self::MariaDb => find_of_mariadb(name).or_else(|| find(name)),
            Self::Go => find_go(name),
        }
    }

    /// A bit for each setting that a parameter gives; none for an extra.
    pub(super) fn settings(self, name: &str, value: &str) -> u64 {
        match self.find(name) {
            Some(meaning) if !self.is_extra(name, value) => match meaning {
                // mysql2's object holds certificates, too.
                Tls(Spelling::Ssl) => {
                    let certificates = K::SslCa.bit() | K::SslCert.bit() | K::SslKey.bit();
                    K::SslMode.bit() | certificates
                }
                // It may be the path of a socket.
                Location(K::Host) => K::Host.bit() | K::Socket.bit(),
                meaning => meaning.keyword().bit(),
            },
            _ => 0,
        }
    }

    /// Whether a parameter with this value is not one of ours.
    pub(super) fn is_extra(self, name: &str, value: &str) -> bool {
        match self.find(name) {
            None | Some(Level) => true,
            Some(PerhapsDuration(_)) => is_bare_number(value),
            Some(_) => false,
        }
    }
}

use Keyword as K;
use Meaning::{
    Bool, Compress, Duration, GoBool, JavaCharset, Level, Location, Not, Number, PerhapsDuration,
    Seconds, Switch, Text, Timezone, Tls,
};
use tls::Switch as S;

/// In lower case and with `_` for `-`, in order. Only `connect-timeout` keeps its `-`: MySQL Shell's is milliseconds.
pub(super) const NAMES: &[(&str, Meaning)] = &[
    (
        "allow_public_key_retrieval",
        Bool(K::AllowPublicKeyRetrieval),
    ),
    ("allowallfiles", Bool(K::LocalInfile)),
    ("allowcleartextpasswords", Bool(K::Cleartext)),
    ("allowfallbacktoplaintext", Switch(S::Fallback)),
    ("allowloadlocalinfile", Bool(K::LocalInfile)),
    ("allowlocalinfile", Bool(K::LocalInfile)),
    ("allowpublickeyretrieval", Bool(K::AllowPublicKeyRetrieval)),
    ("autoreconnect", Bool(K::Reconnect)),
    ("cert_chain_path", Text(K::SslCert)),
    ("characterencoding", JavaCharset),
    ("charset", Text(K::Charset)),
    ("cipher_suites", Text(K::SslCipher)),
    ("cleartext", Bool(K::Cleartext)),
    ("client_found_rows", Bool(K::FoundRows)),
    ("clientcertificatekeystoreurl", Text(K::SslCert)),
    ("clientfoundrows", Bool(K::FoundRows)),
    ("collation", Text(K::Collation)),
    ("compress", Compress),
    ("compression", Compress),
    ("compression_level", Level),
    ("connect-timeout", Number(K::ConnectTimeoutMs)),
    ("connect_timeout", Seconds(K::ConnectTimeoutMs)),
    ("connect_timeout_ms", Number(K::ConnectTimeoutMs)),
    ("connection_limit", Number(K::PoolMax)),
    ("connectioncollation", Text(K::Collation)),
    ("connectionlimit", Number(K::PoolMax)),
    ("connectiontimezone", Timezone),
    ("connecttimeout", Number(K::ConnectTimeoutMs)),
    ("danger_accept_invalid_certs", Switch(S::AcceptInvalid)),
    ("danger_skip_domain_validation", Switch(S::SkipDomain)),
    ("database", Location(K::Database)),
    ("db", Location(K::Database)),
    ("db_name", Location(K::Database)),
    ("dbname", Location(K::Database)),
    ("default_character_set", Text(K::Charset)),
    ("enable_cleartext_plugin", Bool(K::Cleartext)),
    ("enablecleartextplugin", Bool(K::Cleartext)),
    ("enabledsslciphersuites", Text(K::SslCipher)),
    ("enabledsslprotocolsuites", Text(K::TlsVersion)),
    ("enabledtlsprotocols", Text(K::TlsVersion)),
    ("encoding", Text(K::Charset)),
    ("found_rows", Bool(K::FoundRows)),
    ("get_server_public_key", Bool(K::AllowPublicKeyRetrieval)),
    ("host", Location(K::Host)),
    ("init_command", Text(K::InitCommand)),
    ("keystore", Text(K::SslCert)),
    ("local_infile", Bool(K::LocalInfile)),
    ("localsocket", Location(K::Socket)),
    ("max_allowed_packet", Number(K::MaxAllowedPacket)),
    ("maxallowedpacket", Number(K::MaxAllowedPacket)),
    ("maxpoolsize", Number(K::PoolMax)),
    ("maxpreparedstatements", Number(K::StatementCache)),
    ("minpoolsize", Number(K::PoolMin)),
    ("net_read_timeout", Seconds(K::ReadTimeoutMs)),
    ("net_write_timeout", Seconds(K::WriteTimeoutMs)),
    ("password", Location(K::Password)),
    ("pool", Number(K::PoolMax)),
    ("pool_max", Number(K::PoolMax)),
    ("pool_min", Number(K::PoolMin)),
    ("port", Location(K::Port)),
    ("prefer_socket", Bool(K::PreferSocket)),
    ("prepstmtcachesize", Number(K::StatementCache)),
    ("priv_key_path", Text(K::SslKey)),
    ("read_timeout", Seconds(K::ReadTimeoutMs)),
    ("read_timeout_ms", Number(K::ReadTimeoutMs)),
    ("readtimeout", Duration(K::ReadTimeoutMs)),
    ("reconnect", Bool(K::Reconnect)),
    ("require_ssl", Switch(S::RequireAndVerify)),
    ("requiressl", Switch(S::Require)),
    ("root_cert_path", Text(K::SslCa)),
    ("server_key_path", Text(K::ServerPublicKey)),
    ("server_public_key", Text(K::ServerPublicKey)),
    ("server_public_key_path", Text(K::ServerPublicKey)),
    ("serverpubkey", Text(K::ServerPublicKey)),
    ("serverrsapublickeyfile", Text(K::ServerPublicKey)),
    ("serversslcert", Text(K::SslCa)),
    ("servertimezone", Timezone),
    ("socket", Location(K::Socket)),
    ("socketpath", Location(K::Socket)),
    ("sockettimeout", Number(K::ReadTimeoutMs)),
    ("ssl", Tls(Spelling::Ssl)),
    ("ssl_ca", Text(K::SslCa)),
    ("ssl_capath", Text(K::SslCapath)),
    ("ssl_cert", Text(K::SslCert)),
    ("ssl_check_hostname", Switch(S::VerifyIdentity)),
    ("ssl_cipher", Text(K::SslCipher)),
    ("ssl_crl", Text(K::SslCrl)),
    ("ssl_crlpath", Text(K::SslCrlpath)),
    ("ssl_disabled", Switch(S::Disabled)),
    ("ssl_key", Text(K::SslKey)),
    ("ssl_mode", Tls(Spelling::Mode)),
    ("ssl_verify_cert", Switch(S::VerifyCa)),
    ("ssl_verify_identity", Switch(S::VerifyIdentity)),
    ("ssl_verify_server_cert", Switch(S::VerifyIdentity)),
    ("sslaccept", Tls(Spelling::Accept)),
    ("sslca", Text(K::SslCa)),
    ("sslcapath", Text(K::SslCapath)),
    ("sslcert", Text(K::SslCert)),
    ("sslcipher", Text(K::SslCipher)),
    ("sslkey", Text(K::SslKey)),
    ("sslmode", Tls(Spelling::Mode)),
    ("sslverify", Switch(S::VerifyCa)),
    ("statement_cache", Number(K::StatementCache)),
    ("statement_cache_capacity", Number(K::StatementCache)),
    ("statement_limit", Number(K::StatementCache)),
    ("stmt_cache_size", Number(K::StatementCache)),
    ("tcp_connect_timeout_ms", Number(K::ConnectTimeoutMs)),
    ("time_zone", Timezone),
    ("timeout", PerhapsDuration(K::ConnectTimeoutMs)),
    ("timezone", Timezone),
    ("tls", Tls(Spelling::Go)),
    ("tls_ca", Text(K::SslCa)),
    ("tls_cert", Text(K::SslCert)),
    ("tls_ciphersuites", Text(K::SslCipher)),
    ("tls_key", Text(K::SslKey)),
    ("tls_mode", Tls(Spelling::Mode)),
    ("tls_version", Text(K::TlsVersion)),
    ("tls_versions", Text(K::TlsVersion)),
    ("tlsciphersuites", Text(K::SslCipher)),
    ("tlsversion", Text(K::TlsVersion)),
    ("tlsversions", Text(K::TlsVersion)),
    ("trustcertificatekeystoreurl", Text(K::SslCa)),
    ("truststore", Text(K::SslCa)),
    ("unix_socket", Location(K::Socket)),
    ("unixsocket", Location(K::Socket)),
    ("useaffectedrows", Not(K::FoundRows)),
    ("usecompression", Compress),
    ("user", Location(K::User)),
    ("usessl", Switch(S::Use)),
    ("verify_ca", Switch(S::VerifyCa)),
    ("verify_identity", Switch(S::VerifyIdentity)),
    ("verifyservercertificate", Switch(S::VerifyCa)),
    ("write_timeout", Seconds(K::WriteTimeoutMs)),
    ("write_timeout_ms", Number(K::WriteTimeoutMs)),
    ("writetimeout", Duration(K::WriteTimeoutMs)),
    ("zstd_compression_level", Level),
];

/// TLS settings of MariaDB's JDBC driver from before it had `sslMode`, in lower case. To Connector/J `useSSL` is another one,
/// and the other two are unknown.
const MARIADB_NAMES: [(&str, Meaning); 3] = [
    ("usessl", Switch(S::UseOfMariaDb)),
    ("trustservercertificate", Switch(S::TrustCertificate)),
    ("disablesslhostnameverification", Switch(S::TrustHostname)),
];

/// go-sql-driver's own parameters; it sends all others to the server as `SET name=value`. Names are of one case.
pub(super) const GO_NAMES: &[(&str, Meaning)] = &[
    ("allowAllFiles", GoBool(K::LocalInfile)),
    ("allowCleartextPasswords", GoBool(K::Cleartext)),
    ("allowFallbackToPlaintext", Switch(S::Fallback)),
    ("charset", Text(K::Charset)),
    ("clientFoundRows", GoBool(K::FoundRows)),
    ("collation", Text(K::Collation)),
    ("compress", GoBool(K::Compress)),
    ("maxAllowedPacket", Number(K::MaxAllowedPacket)),
    ("readTimeout", Duration(K::ReadTimeoutMs)),
    ("serverPubKey", Text(K::ServerPublicKey)),
    ("time_zone", Timezone),
    ("timeout", Duration(K::ConnectTimeoutMs)),
    ("tls", Tls(Spelling::Go)),
    ("writeTimeout", Duration(K::WriteTimeoutMs)),
];

/// Longer than every known name.
const LONGEST: usize = 32;

/// A name in the table's spelling.
fn normalised<'b>(name: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    buffer
        .get_mut(..name.len())?
        .copy_from_slice(name.as_bytes());
    // All of it, which is few vector instructions.
    for byte in buffer.iter_mut() {
        *byte = match *byte {
            b'-' => b'_',
            byte => byte.to_ascii_lowercase(),
        };
    }
    let buffer = &mut buffer[..name.len()];
    if buffer == b"connect_timeout" {
        buffer[7] = name.as_bytes()[7];
    }
    Some(buffer)
}

static INDEX: Index<512> = Index::of(NAMES);

/// What a parameter of a URL means, if it is known.
pub(super) fn find(name: &str) -> Option<Meaning> {
    let mut buffer = [0; LONGEST];
    let name = normalised(name, &mut buffer)?;
    INDEX.find(NAMES, name).copied()
}

fn find_of_mariadb(name: &str) -> Option<Meaning> {
    let mut names = MARIADB_NAMES.iter();
    let found = names.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(found.1)
}

/// What a parameter of a Go DSN means.
pub(super) fn find_go(name: &str) -> Option<Meaning> {
    let found = GO_NAMES.iter().find(|(known, _)| *known == name)?;
    Some(found.1)
}

/// What the values of parameters may hold, by their raw names.
pub(super) fn holds(raw_name: &[u8]) -> Holds {
    match std::str::from_utf8(raw_name).ok().and_then(find) {
        Some(Location(K::Socket | K::Host)) => Holds::Socket,
        Some(Text(K::SslCa | K::SslCapath | K::SslCert | K::SslKey)) => Holds::Path,
        _ => Holds::Text,
    }
}

/// As [`holds`], for a JDBC URL.
pub(super) fn holds_in_jdbc(raw_name: &[u8], mariadb: bool) -> Holds {
    match std::str::from_utf8(raw_name)
        .ok()
        .map(str::trim)
        .and_then(find)
    {
        Some(Location(K::User | K::Password)) if mariadb => Holds::Anything,
        Some(Location(K::User | K::Password)) => Holds::Login,
        _ => holds(raw_name),
    }
}

/// Whether a parameter says where or as whom to connect.
pub(super) fn is_location(name: &str) -> bool {
    matches!(find(name), Some(Location(_)))
}

/// Whether a value is a number without a unit, or nothing.
pub(super) fn is_bare_number(value: &str) -> bool {
    value.is_empty() || value.parse::<f64>().is_ok()
}

/// The canonical name that is most likely meant.
pub(super) fn keyword_meant(name: &str) -> Option<&'static str> {
    find(name)
        .filter(|meaning| *meaning != Level)
        .map(|meaning| meaning.keyword().as_str())
}

/// By the canonical name.
impl FromStr for Keyword {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let found = Self::ALL
            .iter()
            .copied()
            .find(|known| known.as_str() == name);
        found.ok_or_else(|| {
            let help = keyword_meant(name).map(|meant| format!("did you mean `{meant}`?"));
            let detail = "expected the canonical name of a setting of MySQL";
            Error::new(ErrorKind::UnknownKeyword, detail)
                .stage_is(Stage::Parse)
                .with_help(help.unwrap_or_default())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order_and_reachable() {
        for table in [NAMES, GO_NAMES] {
            assert!(
                table.windows(2).all(|pair| pair[0].0 < pair[1].0),
                "{table:?}"
            );
        }
        for (name, meaning) in NAMES {
            assert_eq!(find(name), Some(*meaning), "{name}");
            assert_eq!(find(&name.to_uppercase()), Some(*meaning), "{name}");
            if *name != "connect_timeout" {
                assert_eq!(find(&name.replace('_', "-")), Some(*meaning), "{name}");
            }
        }
        assert_eq!(find("Connect-Timeout"), Some(Number(K::ConnectTimeoutMs)));
        assert_eq!(find(&"x".repeat(LONGEST + 1)), None);
    }

    #[test]
    fn every_setting_is_known_by_the_names_it_is_rendered_with() {
        let only_of_hosts = [K::Net, K::Address, K::Priority];
        for &keyword in Keyword::ALL
            .iter()
            .filter(|keyword| !only_of_hosts.contains(keyword))
        {
            for name in [keyword.as_str(), keyword.row().url] {
                assert!(keyword_meant(name) == Some(keyword.as_str()), "{name}");
            }
            if let Some(name) = keyword.row().go {
                assert!(find_go(name).is_some(), "{name}");
            }
            if let Some(name) = keyword.row().jdbc {
                assert!(keyword_meant(name) == Some(keyword.as_str()), "{name}");
            }
        }
    }
}
