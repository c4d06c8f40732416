//! The one table of harmless names: parameters of every engine and driver, and keys of settings files.

use crate::libpq::keywords;
use crate::shown::form::Form;
use crate::sorted::Index;

use Form::{
    Ciphers, Group, Identifier, List, Number, OneOf, Origin, Path, PathOr, PathOrName, Tags, Truth,
    Zone,
};

/// The rows of libpq's keywords.
macro_rules! of_libpq {
    ($($name:ident: $keyword:ident {
        doc: $doc:literal, value: $kind:ident $(($type:ty))?, $(shown: $form:expr,)? drivers: $($rest:tt)*
    })*) => {
        const OF_LIBPQ: &[(&str, Form)] = &[$($((plain!($name), $form),)?)*];
    };
}

/// A name without `_`.
macro_rules! plain {
    ($name:ident) => {{
        const PLAIN: &([u8; LONGEST], usize) = &plain(stringify!($name));
        match std::str::from_utf8(PLAIN.0.split_at(PLAIN.1).0) {
            Ok(name) => name,
            Err(_) => "",
        }
    }};
}

const fn plain(name: &str) -> ([u8; LONGEST], usize) {
    let (mut plain, mut len, mut at) = ([0; LONGEST], 0, 0);
    while at < name.len() {
        if name.as_bytes()[at] != b'_' {
            plain[len] = name.as_bytes()[at];
            len += 1;
        }
        at += 1;
    }
    (plain, len)
}

keywords!(of_libpq);

/// Names in lower case without `_`, `-`, `.` and spaces, each with the form of its value; those of libpq's keywords are in
/// `libpq.rs`. Every other name is taken for that of a secret.
const OTHERS: &[(&str, Form)] = &[
    ("absconnttl", Number),
    ("absconnttljitter", Number),
    ("acquire", Number),
    ("acquiretimeout", Number),
    ("acquiretimeoutmillis", Number),
    ("advisorylocks", Truth),
    ("allowallfiles", Truth),
    ("allowcleartextpasswords", Truth),
    ("allowloadlocalinfile", Truth),
    ("allowlocalinfile", Truth),
    ("allowmultiqueries", Truth),
    ("allowpublickeyretrieval", Truth),
    ("applicationintent", OneOf(&["readwrite", "readonly"])),
    ("appname", Identifier),
    ("atomicrequests", Truth),
    ("authmechanism", Identifier),
    ("authsource", Identifier),
    ("autocommit", Truth),
    ("autoreconnect", Truth),
    ("autovacuum", OneOf(&["none", "full", "incremental"])),
    ("benchmark", Truth),
    ("blockedconnectiontimeout", Number),
    ("builtinroots", Truth),
    ("busytimeout", Number),
    ("cache", OneOf(&["shared", "private"])),
    ("cachedstatements", Number),
    ("cacheprepstmts", Truth),
    ("cachesize", Number),
    ("certchainpath", Path),
    ("channel", Identifier),
    ("channelmax", Number),
    ("channelprefix", Identifier),
    ("characterencoding", Identifier),
    ("charset", Identifier),
    ("checkhealth", Truth),
    ("checkouttimeout", Number),
    ("checksamethread", Truth),
    ("cipher", Identifier),
    ("cipherpagesize", Number),
    ("ciphersuites", Ciphers),
    ("cleartext", Truth),
    ("clientcertificatekeystoreurl", Path),
    ("clientflag", Number),
    ("clientfoundrows", Truth),
    ("clientname", Identifier),
    ("collate", Identifier),
    ("collation", Identifier),
    ("columnswithalias", Truth),
    ("compress", OneOf(&["fast", "best", "zlib", "zstd"])),
    ("compression", Identifier),
    ("compressionalgorithms", List),
    ("compressionlevel", Number),
    ("compressors", List),
    ("connectionattempts", Number),
    ("connectioncollation", Identifier),
    ("connectionlimit", Number),
    ("connectiontimeout", Number),
    ("connectiontimezone", Zone),
    ("connecttimeoutms", Number),
    ("connhealthchecks", Truth),
    ("connmaxage", Number),
    ("connmaxidletime", Number),
    ("connmaxlifetime", Number),
    ("connttl", Number),
    ("createdat", Identifier),
    ("currentschema", Identifier),
    ("dangeracceptinvalidcerts", Truth),
    ("dangerskipdomainvalidation", Truth),
    ("database", Identifier),
    ("databasetasks", Truth),
    ("db", Identifier),
    ("decoderesponses", Truth),
    ("defaultcharacterset", Identifier),
    (
        "defaulttransactionmode",
        OneOf(&["immediate", "deferred", "exclusive"]),
    ),
    ("define", Group),
    ("deletedat", Identifier),
    ("deprecateeof", Truth),
    ("detecttypes", Number),
    ("dialtimeout", Number),
    ("directconnection", Truth),
    ("disableserversidecursors", Truth),
    ("disabletlsresumption", Truth),
    ("driver", Identifier),
    ("enablecleartextplugin", Truth),
    ("encoding", Identifier),
    ("encrypt", Identifier),
    ("engine", Identifier),
    ("evict", Number),
    ("fetchsize", Number),
    ("flags", List),
    ("foreignkeys", Truth),
    ("foundrows", Truth),
    ("framemax", Number),
    ("freezetablename", Truth),
    ("getserverpublickey", Truth),
    ("healthcheckinterval", Number),
    ("heartbeat", Number),
    ("heartbeatfrequencyms", Number),
    ("idle", Number),
    ("idleintransactionsessiontimeout", Number),
    ("idletimeout", Number),
    ("idletimeoutmillis", Number),
    ("immutable", Truth),
    ("inactiveconnectionttl", Number),
    ("interpolateparams", Truth),
    (
        "isolationlevel",
        OneOf(&[
            "deferred",
            "immediate",
            "exclusive",
            "autocommit",
            "serializable",
            "repeatableread",
            "readcommitted",
            "readuncommitted",
        ]),
    ),
    ("istemporary", Truth),
    ("journal", Truth),
    (
        "journalmode",
        OneOf(&["delete", "truncate", "persist", "memory", "wal", "off"]),
    ),
    ("kdfiter", Number),
    ("keepalive", Number),
    ("loadbalanced", Truth),
    ("loc", Zone),
    ("locale", Identifier),
    ("localinfile", Truth),
    ("localthresholdms", Number),
    ("lockingmode", OneOf(&["normal", "exclusive"])),
    ("locktimeout", Number),
    ("logging", Identifier),
    ("logintimeout", Number),
    ("max", Number),
    ("maxallowedpacket", Number),
    ("maxconnectionlifetime", Number),
    ("maxconnections", Number),
    ("maxidle", Number),
    ("maxidleconnectionlifetime", Number),
    ("maxidleconns", Number),
    ("maxidletimems", Number),
    ("maximumpoolsize", Number),
    ("maxlifetime", Number),
    ("maxopen", Number),
    ("maxopenconns", Number),
    ("maxoverflow", Number),
    ("maxpoolsize", Number),
    ("maxpreparedstatements", Number),
    ("maxstalenessseconds", Number),
    ("maxthreads", Number),
    ("maxuses", Number),
    ("migrationspaths", Path),
    (
        "migrationstorage",
        OneOf(&["json", "sequelize", "none", "umzug"]),
    ),
    ("migrationstoragetablename", Identifier),
    ("min", Number),
    ("minconnections", Number),
    ("minidle", Number),
    ("minimumidle", Number),
    ("minmessages", Identifier),
    ("minpoolsize", Number),
    ("minthreads", Number),
    ("mmapsize", Number),
    ("mode", OneOf(&["ro", "rw", "rwc", "memory"])),
    ("modeof", Identifier),
    ("multistatements", Truth),
    ("multisubnetfailover", Truth),
    ("native", Truth),
    ("net", Identifier),
    ("netreadtimeout", Number),
    ("netwritetimeout", Number),
    ("nolock", Truth),
    ("pagesize", Number),
    ("paranoid", Truth),
    ("parsetime", Truth),
    ("pgbouncer", Truth),
    ("pool", Number),
    ("poolmax", Number),
    ("poolmaxconnidletime", Number),
    ("poolmaxconnlifetime", Number),
    ("poolmaxconns", Number),
    ("poolmin", Number),
    ("poolminconns", Number),
    ("poolrecycle", Number),
    ("poolsize", Number),
    ("pooltimeout", Number),
    ("prefersocket", Truth),
    ("preparedstatements", Truth),
    ("preparethreshold", Number),
    ("prepstmtcachesize", Number),
    ("priority", List),
    ("privkeypath", Path),
    ("protocol", Identifier),
    ("psow", Truth),
    ("querycache", Truth),
    ("querytimeout", Number),
    ("queuelimit", Number),
    ("readconcernlevel", Identifier),
    ("readonly", Truth),
    (
        "readpreference",
        OneOf(&[
            "primary",
            "primarypreferred",
            "secondary",
            "secondarypreferred",
            "nearest",
        ]),
    ),
    ("readpreferencetags", Tags),
    ("readtimeout", Number),
    ("readtimeoutms", Number),
    ("reapingfrequency", Number),
    ("reconnect", Truth),
    ("rejectreadonly", Truth),
    ("rejectunauthorized", Truth),
    ("replica", Truth),
    ("replicaset", Identifier),
    ("requiressl", Truth),
    ("resetconnection", Truth),
    ("retry", Group),
    ("retrydelay", Number),
    ("retryontimeout", Truth),
    ("retryreads", Truth),
    ("retrywrites", Truth),
    ("role", Identifier),
    ("rootcertpath", Path),
    ("schema", Identifier),
    ("schemadump", Identifier),
    ("schemasearchpath", List),
    ("searchpath", List),
    ("secure", Truth),
    ("secureauth", Truth),
    (
        "seederstorage",
        OneOf(&["json", "sequelize", "none", "umzug"]),
    ),
    ("seederstoragetablename", Identifier),
    ("seeds", Identifier),
    ("serverkeypath", Path),
    ("serverpubkey", PathOrName),
    ("serverpublickey", PathOrName),
    ("serverpublickeypath", Path),
    ("serverrsapublickeyfile", Path),
    ("serverselectiontimeoutms", Number),
    ("serversslcert", Path),
    ("servertimezone", Zone),
    ("servicename", Identifier),
    ("skipverify", Truth),
    ("socketconnecttimeout", Number),
    ("socketkeepalive", Truth),
    ("sockettimeout", Number),
    ("sockettimeoutms", Number),
    ("srvmaxhosts", Number),
    ("srvservicename", Identifier),
    (
        "ssl",
        OneOf(&[
            "amazon rds",
            "require",
            "prefer",
            "verify-ca",
            "verify-full",
            "disable",
            "allow",
            "strict",
        ]),
    ),
    ("sslaccept", OneOf(&["strict", "accept_invalid_certs"])),
    ("sslca", Path),
    ("sslcapath", Path),
    (
        "sslcertreqs",
        OneOf(&[
            "none",
            "optional",
            "required",
            "CERT_NONE",
            "CERT_OPTIONAL",
            "CERT_REQUIRED",
        ]),
    ),
    ("sslcheckhostname", Truth),
    ("sslcipher", Ciphers),
    ("sslcrlpath", Path),
    ("ssldisabled", Truth),
    ("sslverify", Truth),
    ("sslverifycert", Truth),
    ("sslverifyidentity", Truth),
    ("sslverifyservercert", Truth),
    ("statementcache", Number),
    ("statementcachecapacity", Number),
    ("statementcachesize", Number),
    ("statementlimit", Number),
    ("statementtimeout", Number),
    ("stmtcachesize", Number),
    ("strict", Truth),
    ("synchronous", OneOf(&["off", "normal", "full", "extra"])),
    ("tablename", Identifier),
    ("tcpconnecttimeoutms", Number),
    ("tcpkeepalive", Number),
    ("tcpkeepaliveprobecount", Number),
    ("tcpkeepaliveprobeintervalsecs", Number),
    ("tcpkeepalivetimems", Number),
    ("tcpnodelay", Truth),
    ("tcpusertimeoutms", Number),
    ("tempstore", OneOf(&["default", "file", "memory"])),
    ("timeout", Number),
    ("timestamps", Truth),
    ("timezone", Zone),
    ("tls", Identifier),
    ("tlsallowinvalidcertificates", Truth),
    ("tlsallowinvalidhostnames", Truth),
    ("tlsca", Path),
    ("tlscert", Path),
    ("tlsciphersuites", Ciphers),
    ("tlsinsecure", Truth),
    ("tlskey", Path),
    ("tlsmode", Identifier),
    ("tlsversion", List),
    ("tlsversions", List),
    (
        "transactionmode",
        OneOf(&["immediate", "deferred", "exclusive"]),
    ),
    ("trustcertificatekeystoreurl", Path),
    ("trustservercertificate", Truth),
    ("ttlcheckinterval", Number),
    ("underscored", Truth),
    ("updatedat", Identifier),
    ("uri", Truth),
    ("useaffectedrows", Truth),
    ("usecompression", OneOf(&["fast", "best", "zlib", "zstd"])),
    ("usemetadatatable", Truth),
    ("usessl", Truth),
    ("useunicode", Truth),
    (
        "uuidrepresentation",
        OneOf(&[
            "standard",
            "csharpLegacy",
            "javaLegacy",
            "pythonLegacy",
            "unspecified",
        ]),
    ),
    ("verify", Identifier),
    ("verifyca", Truth),
    ("verifyidentity", Truth),
    ("verifyservercertificate", Truth),
    ("vfs", Identifier),
    ("virtualhost", Identifier),
    ("w", Identifier),
    ("waitqueuetimeoutms", Number),
    ("waittimeout", Number),
    ("warehouse", Identifier),
    ("writetimeout", Number),
    ("writetimeoutms", Number),
    ("wtimeoutms", Number),
    ("zlibcompressionlevel", Number),
];

static INDEX: Index<1024> = Index::of(OTHERS);
static INDEX_OF_LIBPQ: Index<128> = Index::of(OF_LIBPQ);

/// Longer than every name of the table.
const LONGEST: usize = 40;

/// The form of a name's value, if the name is harmless in any spelling.
pub(super) fn form(name: &str) -> Option<Form> {
    let mut plain = [0; LONGEST];
    let mut len = 0;
    let kept = name.bytes().filter(|byte| !b"_-. ".contains(byte));
    for byte in kept {
        *plain.get_mut(len)? = byte.to_ascii_lowercase();
        len += 1;
    }
    let plain = &plain[..len];
    let of_libpq = || INDEX_OF_LIBPQ.find(OF_LIBPQ, plain);
    INDEX.find(OTHERS, plain).or_else(of_libpq).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_all_names_are_found() {
        assert!(OTHERS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (name, known) in OTHERS.iter().chain(OF_LIBPQ) {
            assert_eq!(form(name), Some(*known), "{name}");
        }
        for (spelling, known) in [
            ("max_connections", Number),
            ("maxConnections", Number),
            ("MAX-CONNECTIONS", Number),
            ("app name", Identifier),
        ] {
            assert_eq!(form(spelling), Some(known), "{spelling}");
        }
        for name in [
            "",
            "token",
            "password",
            "api_key",
            "options",
            &"x".repeat(99),
        ] {
            assert_eq!(form(name), None, "{name}");
        }
    }
}
