//! Every spelling of every setting, with what its value means there; and names that are none, but look like one.

use crate::mysql::keyword::Keyword;
use crate::suggest::is_one_edit;
use crate::warning::WarningCode;

/// What a parameter of some name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A place, such as the user's name.
    Place(Keyword),
    Text(Keyword),
    Number(Keyword),
    /// Whole seconds, kept as milliseconds.
    Seconds(Keyword),
    /// As Go writes it, `1m30s`.
    Duration(Keyword),
    /// A duration if it has a unit; else it is somebody else's parameter.
    PerhapsDuration(Keyword),
    Bool(Keyword),
    /// As Go spells a boolean.
    GoBool(Keyword),
    /// The opposite is what counts.
    Not(Keyword),
    Compress,
    /// A character set by its name in Java.
    JavaCharset,
    Timezone,
    Tls(Spelling),
}

/// The spellings of TLS settings, by how their values are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// A mode in words.
    Mode,
    /// go-sql-driver's `tls`.
    Go,
    /// `ssl`: a boolean, or mysql2's object or profile.
    Ssl,
    RequireAndVerify,
    Require,
    Use,
    Disabled,
    VerifyCa,
    VerifyIdentity,
    /// Prisma's `sslaccept`.
    Accept,
    /// The crate mysql's `danger_…`: any of them alone asks for TLS.
    AcceptInvalid,
    SkipDomain,
}

use Keyword as K;
use Meaning::{
    Bool, Compress, Duration, GoBool, JavaCharset, Not, Number, PerhapsDuration, Place, Seconds,
    Text, Timezone, Tls,
};

/// In lower case and with `_` for `-`, in order. Only `connect-timeout` keeps its `-`: MySQL Shell's is milliseconds.
const NAMES: &[(&str, Meaning)] = &[
    (
        "allow_public_key_retrieval",
        Bool(K::AllowPublicKeyRetrieval),
    ),
    ("allowallfiles", Bool(K::LocalInfile)),
    ("allowcleartextpasswords", Bool(K::Cleartext)),
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
    ("connect-timeout", Number(K::ConnectTimeoutMs)),
    ("connect_timeout", Seconds(K::ConnectTimeoutMs)),
    ("connect_timeout_ms", Number(K::ConnectTimeoutMs)),
    ("connection_limit", Number(K::PoolMax)),
    ("connectioncollation", Text(K::Collation)),
    ("connectionlimit", Number(K::PoolMax)),
    ("connectiontimezone", Timezone),
    ("connecttimeout", Number(K::ConnectTimeoutMs)),
    ("danger_accept_invalid_certs", Tls(Spelling::AcceptInvalid)),
    ("danger_skip_domain_validation", Tls(Spelling::SkipDomain)),
    ("database", Place(K::Database)),
    ("db", Place(K::Database)),
    ("db_name", Place(K::Database)),
    ("dbname", Place(K::Database)),
    ("default_character_set", Text(K::Charset)),
    ("enable_cleartext_plugin", Bool(K::Cleartext)),
    ("enablecleartextplugin", Bool(K::Cleartext)),
    ("encoding", Text(K::Charset)),
    ("found_rows", Bool(K::FoundRows)),
    ("get_server_public_key", Bool(K::AllowPublicKeyRetrieval)),
    ("host", Place(K::Host)),
    ("init_command", Text(K::InitCommand)),
    ("local_infile", Bool(K::LocalInfile)),
    ("localsocket", Place(K::Socket)),
    ("max_allowed_packet", Number(K::MaxAllowedPacket)),
    ("maxallowedpacket", Number(K::MaxAllowedPacket)),
    ("maxpoolsize", Number(K::PoolMax)),
    ("maxpreparedstatements", Number(K::StatementCache)),
    ("minpoolsize", Number(K::PoolMin)),
    ("net_read_timeout", Seconds(K::ReadTimeoutMs)),
    ("net_write_timeout", Seconds(K::WriteTimeoutMs)),
    ("password", Place(K::Password)),
    ("pool", Number(K::PoolMax)),
    ("pool_max", Number(K::PoolMax)),
    ("pool_min", Number(K::PoolMin)),
    ("port", Place(K::Port)),
    ("prefer_socket", Bool(K::PreferSocket)),
    ("prepstmtcachesize", Number(K::StatementCache)),
    ("priv_key_path", Text(K::SslKey)),
    ("read_timeout", Seconds(K::ReadTimeoutMs)),
    ("read_timeout_ms", Number(K::ReadTimeoutMs)),
    ("readtimeout", Duration(K::ReadTimeoutMs)),
    ("reconnect", Bool(K::Reconnect)),
    ("require_ssl", Tls(Spelling::RequireAndVerify)),
    ("requiressl", Tls(Spelling::Require)),
    ("root_cert_path", Text(K::SslCa)),
    ("server_key_path", Text(K::ServerPublicKey)),
    ("server_public_key", Text(K::ServerPublicKey)),
    ("server_public_key_path", Text(K::ServerPublicKey)),
    ("serverpubkey", Text(K::ServerPublicKey)),
    ("serverrsapublickeyfile", Text(K::ServerPublicKey)),
    ("serversslcert", Text(K::SslCa)),
    ("servertimezone", Timezone),
    ("socket", Place(K::Socket)),
    ("socketpath", Place(K::Socket)),
    ("sockettimeout", Number(K::ReadTimeoutMs)),
    ("ssl", Tls(Spelling::Ssl)),
    ("ssl_ca", Text(K::SslCa)),
    ("ssl_capath", Text(K::SslCapath)),
    ("ssl_cert", Text(K::SslCert)),
    ("ssl_cipher", Text(K::SslCipher)),
    ("ssl_crl", Text(K::SslCrl)),
    ("ssl_crlpath", Text(K::SslCrlpath)),
    ("ssl_disabled", Tls(Spelling::Disabled)),
    ("ssl_key", Text(K::SslKey)),
    ("ssl_mode", Tls(Spelling::Mode)),
    ("ssl_verify_cert", Tls(Spelling::VerifyCa)),
    ("ssl_verify_identity", Tls(Spelling::VerifyIdentity)),
    ("ssl_verify_server_cert", Tls(Spelling::VerifyIdentity)),
    ("sslaccept", Tls(Spelling::Accept)),
    ("sslca", Text(K::SslCa)),
    ("sslcapath", Text(K::SslCapath)),
    ("sslcert", Text(K::SslCert)),
    ("sslcipher", Text(K::SslCipher)),
    ("sslkey", Text(K::SslKey)),
    ("sslmode", Tls(Spelling::Mode)),
    ("sslverify", Tls(Spelling::VerifyCa)),
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
    ("tls_key", Text(K::SslKey)),
    ("tls_mode", Tls(Spelling::Mode)),
    ("tls_version", Text(K::TlsVersion)),
    ("tlsciphersuites", Text(K::SslCipher)),
    ("tlsversions", Text(K::TlsVersion)),
    ("trustcertificatekeystoreurl", Text(K::SslCa)),
    ("unix_socket", Place(K::Socket)),
    ("unixsocket", Place(K::Socket)),
    ("useaffectedrows", Not(K::FoundRows)),
    ("usecompression", Compress),
    ("user", Place(K::User)),
    ("usessl", Tls(Spelling::Use)),
    ("verify_ca", Tls(Spelling::VerifyCa)),
    ("verify_identity", Tls(Spelling::VerifyIdentity)),
    ("verifyservercertificate", Tls(Spelling::VerifyCa)),
    ("write_timeout", Seconds(K::WriteTimeoutMs)),
    ("write_timeout_ms", Number(K::WriteTimeoutMs)),
    ("writetimeout", Duration(K::WriteTimeoutMs)),
];

/// go-sql-driver's own parameters; it sends all others to the server as `SET name=value`. Names are of one case.
const GO_NAMES: &[(&str, Meaning)] = &[
    ("allowAllFiles", GoBool(K::LocalInfile)),
    ("allowCleartextPasswords", GoBool(K::Cleartext)),
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

/// Settings of Postgres, with MySQL's spelling where it has one. Those of TLS and authentication would have no effect.
const POSTGRES: &[(&str, Option<&str>)] = &[
    ("application_name", None),
    ("channel_binding", None),
    ("client_encoding", Some("charset")),
    ("gssencmode", None),
    ("hostaddr", Some("host")),
    ("options", Some("init_command")),
    ("require_auth", None),
    ("search_path", None),
    ("sslcertmode", None),
    ("sslcrl", Some("ssl-crl")),
    ("sslcrldir", Some("ssl-crlpath")),
    ("ssl_max_protocol_version", Some("tls-version")),
    ("ssl_min_protocol_version", Some("tls-version")),
    ("sslnegotiation", None),
    ("sslrootcert", Some("ssl-ca")),
    ("target_session_attrs", None),
];

/// An edit away from a TLS setting, but well known for something else.
const UNRELATED: &[&str] = &["sqlmode"];

/// Longer than every known name.
const LONGEST: usize = 40;

/// A name in the table's spelling.
fn normalised<'b>(name: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let buffer = buffer.get_mut(..name.len())?;
    for (to, byte) in buffer.iter_mut().zip(name.bytes()) {
        *to = match byte {
            b'-' => b'_',
            byte => byte.to_ascii_lowercase(),
        };
    }
    if name.eq_ignore_ascii_case("connect-timeout") {
        buffer[7] = b'-';
    }
    std::str::from_utf8(buffer).ok()
}

/// What a parameter of a URL means, if it is known.
pub(super) fn find(name: &str) -> Option<Meaning> {
    let mut buffer = [0; LONGEST];
    let name = normalised(name, &mut buffer)?;
    let found = NAMES.binary_search_by(|(known, _)| known.cmp(&name)).ok()?;
    Some(NAMES[found].1)
}

/// What a parameter of a Go DSN means.
pub(super) fn find_go(name: &str) -> Option<Meaning> {
    let found = GO_NAMES.iter().find(|(known, _)| *known == name)?;
    Some(found.1)
}

/// Whether a parameter says where or as whom to connect.
pub(super) fn is_place(name: &str) -> bool {
    matches!(find(name), Some(Place(_)))
}

/// Whether a parameter says something of TLS.
pub(super) fn speaks_of_tls(name: &str) -> bool {
    find(name).is_some_and(is_of_tls)
}

/// Whether a parameter is somebody else's, with the value it has.
pub(super) fn is_extra(name: &str, value: &str) -> bool {
    match find(name) {
        None => true,
        Some(PerhapsDuration(_)) => is_bare_number(value),
        Some(_) => false,
    }
}

/// Whether a value is a number without a unit, or nothing.
pub(super) fn is_bare_number(value: &str) -> bool {
    value.is_empty() || value.parse::<f64>().is_ok()
}

/// The canonical name that is most likely meant.
pub(super) fn keyword_meant(name: &str) -> Option<&'static str> {
    find(name).map(|meaning| meaning.keyword().as_str())
}

/// What is to be done with a name that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    KeepWithWarning(WarningCode),
    /// Nearly the name of a TLS setting, which would have no effect.
    Misspelt(&'static str),
    /// Postgres' word for a TLS or authentication setting, and MySQL's.
    OfPostgres(Option<&'static str>),
}

/// A name in lower case without `-` and `_`.
fn plain(name: &str) -> impl Iterator<Item = u8> {
    let kept = name.bytes().filter(|byte| !matches!(byte, b'-' | b'_'));
    kept.map(|byte| byte.to_ascii_lowercase())
}

/// The same, collected without allocating: a query may hold very many names.
#[derive(Clone, Copy)]
struct Plain {
    text: [u8; LONGEST],
    len: usize,
}

impl Plain {
    /// `None` for a name that is longer than all that are known.
    const fn of(name: &str) -> Option<Self> {
        let name = name.as_bytes();
        let (mut text, mut len, mut at) = ([0; LONGEST], 0, 0);
        while at < name.len() {
            if !matches!(name[at], b'-' | b'_') {
                if len == LONGEST {
                    return None;
                }
                text[len] = name[at].to_ascii_lowercase();
                len += 1;
            }
            at += 1;
        }
        Some(Self { text, len })
    }

    fn as_bytes(&self) -> &[u8] {
        &self.text[..self.len]
    }

    /// Whether it is a name, or an edit away from it; `tls` and `ssl` are an edit away from too many words.
    fn is_nearly(&self, known: &Self) -> bool {
        let (spelt, known) = (self.as_bytes(), known.as_bytes());
        known == spelt
            || (known.len() > 4
                && known.len().abs_diff(spelt.len()) <= 1
                && is_one_edit(spelt, known))
    }
}

/// Whether a name is that of a TLS setting, which would have no effect where it is misspelt.
const fn is_of_tls(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Tls(_) | Text(K::SslCa | K::SslCapath | K::SslCert | K::SslKey | K::SslCrl | K::SslCrlpath)
    )
}

/// How many names are of TLS settings.
const TLS_COUNT: usize = {
    let (mut count, mut at) = (0, 0);
    while at < NAMES.len() {
        count += is_of_tls(NAMES[at].1) as usize;
        at += 1;
    }
    count
};

/// Those names, and each as it is compared.
static TLS_NAMES: [(&str, Plain); TLS_COUNT] = {
    let mut names = [(
        "",
        Plain {
            text: [0; LONGEST],
            len: 0,
        },
    ); TLS_COUNT];
    let (mut count, mut at) = (0, 0);
    while at < NAMES.len() {
        if is_of_tls(NAMES[at].1) {
            names[count] = match Plain::of(NAMES[at].0) {
                Some(plain) => (NAMES[at].0, plain),
                None => panic!("LONGEST is longer than every name"),
            };
            count += 1;
        }
        at += 1;
    }
    names
};

/// The verdict on a name that is in no table.
pub(super) fn judge(name: &str) -> Verdict {
    let Some(spelt) = Plain::of(name) else {
        // It is longer than all that are known.
        let mut start = [0; 6];
        start
            .iter_mut()
            .zip(plain(name))
            .for_each(|(to, byte)| *to = byte);
        return unknown(&start);
    };
    let of_postgres = POSTGRES
        .iter()
        .find(|(known, _)| plain(known).eq(spelt.as_bytes().iter().copied()));
    if let Some((known, ours)) = of_postgres {
        let dangerous = known.starts_with("ssl")
            || matches!(*known, "channel_binding" | "require_auth" | "gssencmode");
        return if dangerous {
            Verdict::OfPostgres(*ours)
        } else {
            Verdict::KeepWithWarning(WarningCode::PostgresName)
        };
    }
    let meant = TLS_NAMES.iter().find(|(_, known)| spelt.is_nearly(known));
    match meant.filter(|_| {
        !UNRELATED
            .iter()
            .any(|known| known.as_bytes() == spelt.as_bytes())
    }) {
        Some((meant, _)) => Verdict::Misspelt(meant),
        None => unknown(spelt.as_bytes()),
    }
}

/// The verdict on a name that is like no other.
fn unknown(spelt: &[u8]) -> Verdict {
    // `pkcs12_path` and `pkcs12_pass` are the crate mysql's.
    let of_tls = [&b"ssl"[..], b"tls", b"pkcs12"];
    if of_tls.iter().any(|start| spelt.starts_with(start)) {
        Verdict::KeepWithWarning(WarningCode::UnknownTlsName)
    } else {
        Verdict::Keep
    }
}

/// The verdict on a name in a Go DSN that is not Go's: one that spells TLS otherwise would be sent to the server as
/// `SET name=…`.
pub(super) fn judge_go(name: &str) -> Verdict {
    match find(name) {
        Some(Tls(_) | Text(K::SslCa | K::SslCapath)) => Verdict::Misspelt("tls"),
        Some(_) => Verdict::Keep,
        None => judge(name),
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

    #[test]
    fn dangerous_names_are_told_from_others() {
        for (name, verdict) in [
            ("flag", Verdict::Keep),
            ("sql_mode", Verdict::Keep),
            ("sslmdoe", Verdict::Misspelt("ssl_mode")),
            ("ssl_mod", Verdict::Misspelt("ssl_mode")),
            ("requiressl_", Verdict::Misspelt("require_ssl")),
            ("sslrootcert", Verdict::OfPostgres(Some("ssl-ca"))),
            ("ssl-negotiation", Verdict::OfPostgres(None)),
            (
                "application_name",
                Verdict::KeepWithWarning(WarningCode::PostgresName),
            ),
            (
                "sslidentity",
                Verdict::KeepWithWarning(WarningCode::UnknownTlsName),
            ),
        ] {
            assert_eq!(judge(name), verdict, "{name}");
        }
        assert_eq!(judge_go("ssl-mode"), Verdict::Misspelt("tls"));
        assert_eq!(judge_go("reconnect"), Verdict::Keep);
    }
}
