//! Names that are in no table: settings of Postgres, misspelt ones of ours, and those of other drivers.

use crate::config::tls_name::is_tls_name;
use crate::did_you_mean::{Letters, is_one_edit};
use crate::mysql::alias::Meaning::{self, Bool, Location, Switch, Text, Tls};
use crate::mysql::alias::{GO_NAMES, NAMES, Names, find};
use crate::mysql::keyword::Keyword as K;
use crate::warning::WarningCode;

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

/// Official names with a word of TLS that have no canonical one, and take nothing away where they are dropped.
const OFFICIAL: &[&str] = &[
    "disable_tls_resumption",                    // mysql_async
    "secure_auth",                               // mysql and mysql_async: no passwords of MySQL 3
    "ssl_fips_mode",                             // the client mysql
    "ssl_key_password",                          // PyMySQL
    "ssl_session_data",                          // the client mysql
    "ssl_session_data_continue_on_failed_reuse", // the client mysql
    "tls_sni_servername",                        // the client mysql
];

/// What to do about a name that is about TLS and not known.
pub(super) const TLS_HELP: &str = "the names are `ssl-mode`, `ssl-ca`, `ssl-cert` and `ssl-key`, such as `ssl-mode=VERIFY_IDENTITY`";

/// What is to be done with a name that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    KeepWithWarning(WarningCode),
    /// Nearly the name of a setting of TLS or authentication, which would have no effect.
    Misspelt(&'static str),
    /// Postgres' word for a TLS or authentication setting, and MySQL's.
    OfPostgres(Option<&'static str>),
}

/// A name in lower case without `-` and `_`.
fn plain(name: &str) -> impl Iterator<Item = u8> {
    let kept = name.bytes().filter(|byte| !matches!(byte, b'-' | b'_'));
    kept.map(|byte| byte.to_ascii_lowercase())
}

/// Longer than every known name.
const LONGEST: usize = 40;

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

/// Whether a name is that of a TLS setting.
const fn is_of_tls(meaning: Meaning) -> bool {
    match meaning {
        Tls(_) | Switch(_) => true,
        Text(keyword) => keyword.is_of_tls(),
        _ => false,
    }
}

/// Whether a name is that of a setting of TLS or authentication, which would have no effect where it is misspelt.
const fn is_dangerous(meaning: Meaning) -> bool {
    is_of_tls(meaning)
        || matches!(
            meaning,
            Location(K::Password)
                | Bool(K::Cleartext | K::AllowPublicKeyRetrieval)
                | Text(K::ServerPublicKey)
        )
}

/// How many names are dangerous to misspell.
const COUNT: usize = {
    let (mut count, mut at) = (0, 0);
    while at < NAMES.len() {
        count += is_dangerous(NAMES[at].1) as usize;
        at += 1;
    }
    count
};

/// Whether a parameter is about TLS, known or not.
pub(super) fn is_about_tls(names: Names, name: &str) -> bool {
    is_tls_name(name)
        || names
            .find(name)
            .or_else(|| find(name))
            .is_some_and(is_of_tls)
}

/// Those names, and each as it is compared.
static DANGEROUS: [(&str, Plain); COUNT] = {
    let mut names = [(
        "",
        Plain {
            text: [0; LONGEST],
            len: 0,
        },
    ); COUNT];
    let (mut count, mut at) = (0, 0);
    while at < NAMES.len() {
        if is_dangerous(NAMES[at].1) {
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

/// The letters of all names that a name may be meant to be.
static LETTERS: [Letters; COUNT + POSTGRES.len() + OFFICIAL.len()] = {
    let (mut names, mut at) = ([""; COUNT + POSTGRES.len() + OFFICIAL.len()], 0);
    while at < names.len() {
        names[at] = if at < COUNT {
            DANGEROUS[at].0
        } else if at < COUNT + POSTGRES.len() {
            POSTGRES[at - COUNT].0
        } else {
            OFFICIAL[at - COUNT - POSTGRES.len()]
        };
        at += 1;
    }
    Letters::of_all(&names)
};

/// The verdict on a name that those names do not have.
pub(super) fn classify_in(names: Names, name: &str) -> Verdict {
    match names {
        Names::Common | Names::MariaDb => classify(name),
        Names::Go => classify_go(name),
    }
}

/// Whether a name that those names do not have is about TLS, and kept.
pub(super) fn is_unknown_tls(names: Names, name: &str) -> bool {
    classify_in(names, name) == Verdict::KeepWithWarning(WarningCode::UnknownTlsName)
}

/// The verdict on a name that is in no table.
pub(super) fn classify(name: &str) -> Verdict {
    // A name that is longer than all that are known is near to none of them.
    let may_be_known = Letters::of(name).may_be_near(&LETTERS);
    let Some(spelt) = Plain::of(name).filter(|_| may_be_known) else {
        return unknown(name);
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
    let is_in = |table: &[&str]| {
        let mut known = table.iter().map(|known| plain(known));
        known.any(|known| known.eq(spelt.as_bytes().iter().copied()))
    };
    if is_in(OFFICIAL) {
        return Verdict::Keep;
    }
    let equal = || {
        DANGEROUS
            .iter()
            .find(|(_, known)| known.as_bytes() == spelt.as_bytes())
    };
    let nearly = || DANGEROUS.iter().find(|(_, known)| spelt.is_nearly(known));
    let meant = equal().or_else(nearly).filter(|_| !is_in(UNRELATED));
    meant.map_or_else(|| unknown(name), |(meant, _)| Verdict::Misspelt(meant))
}

/// The verdict on a name that is like no other.
fn unknown(name: &str) -> Verdict {
    // `pkcs12_path` and `pkcs12_pass` are the crate mysql's.
    let start = name.get(..6);
    if is_tls_name(name) || start.is_some_and(|start| start.eq_ignore_ascii_case("pkcs12")) {
        Verdict::KeepWithWarning(WarningCode::UnknownTlsName)
    } else {
        Verdict::Keep
    }
}

/// The verdict on a name in a Go DSN that is not Go's: one that spells TLS otherwise would be sent to the server as
/// `SET name=…`.
fn classify_go(name: &str) -> Verdict {
    match find(name) {
        Some(meaning) if is_of_tls(meaning) => {
            let mut names = GO_NAMES.iter().map(|(known, _)| *known);
            let meant = names.find(|known| known.eq_ignore_ascii_case(name));
            Verdict::Misspelt(meant.unwrap_or("tls"))
        }
        Some(_) => Verdict::Keep,
        None => classify(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_known_name_is_nearly_another() {
        for name in OFFICIAL.iter().chain(UNRELATED) {
            assert!(!matches!(classify(name), Verdict::Misspelt(_)), "{name}");
        }
    }

    #[test]
    fn dangerous_names_differ_from_others() {
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
            assert_eq!(classify(name), verdict, "{name}");
        }
        assert_eq!(classify_go("ssl-mode"), Verdict::Misspelt("tls"));
        assert_eq!(classify_go("reconnect"), Verdict::Keep);
    }
}
