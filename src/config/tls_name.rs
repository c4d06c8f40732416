//! One rule for every engine and for settings files: which names of parameters are about TLS.
//!
//! A name that no table knows, but that is about TLS, is at least a warning with the name in it: who wrote
//! `?verify_ssl=true` wants more than a driver does that drops the name.

use std::collections::HashSet;

use memchr::{memchr, memchr_iter};

use crate::bytes::Bytes;
use crate::did_you_mean::Letters;
use crate::error::Error;
use crate::grammar::guard::delimiter;
use crate::secret::SecretStr;
use crate::shown;
use crate::span::{Component, Span};
use crate::warning::{Warning, WarningCode};

/// A name is about TLS if one of its words is one of these.
const WORDS: &[&str] = &[
    "ca",
    "cacert",
    "cafile",
    "encrypt",
    "encrypted",
    "secure",
    "ssl",
    "starttls",
    "tls",
    "verify",
];

/// Or if a word begins or ends with one of these: `sslmode`, `usetls`.
const AFFIXES: [&str; 2] = ["ssl", "tls"];

/// Or if it is one of these, without its separators and in any case.
const WHOLE: [&str; 3] = ["cacertfile", "rejectunauthorized", "trustservercertificate"];

/// Whether a parameter's name is about TLS, in any case and style: `requireSSL`, `verify-ca`, `ssl.mode`, `CAfile`.
///
/// Words are split at everything that is no letter or digit, and at case. (`cache`, `replica`, `classLoader` and
/// `cancelSignalTimeout` are not about TLS.)
pub(crate) fn is_tls_name(name: &str) -> bool {
    is_tls_name_of(name, Letters::of(name))
}

/// The same for a name whose letters are known.
#[inline]
pub(crate) fn is_tls_name_of(name: &str, letters: Letters) -> bool {
    has_letters(letters) && has_part(name) && is_tls_name_by_words(name)
}

/// The same without a look at what most names lack.
#[cold]
fn is_tls_name_by_words(name: &str) -> bool {
    let is_tls_segment = |segment: &str| {
        is_tls_word(segment)
            || words(segment, Run::KeepsLast).any(is_tls_word)
            || words(segment, Run::GivesLast).any(is_tls_word)
    };
    name.split(|character: char| !character.is_ascii_alphanumeric())
        .any(is_tls_segment)
        || WHOLE.iter().any(|whole| folded(name).eq(whole.bytes()))
        || AFFIXES.iter().any(|affix| {
            folded(name).take(affix.len()).eq(affix.bytes())
                || folded(name).rev().take(affix.len()).eq(affix.bytes().rev())
        })
}

/// Whether a name has the letters of a part of a word or affix above; most names do not.
#[inline]
fn has_letters(letters: Letters) -> bool {
    static PARTS: [Letters; 7] = Letters::of_all(&["sl", "ca", "cry", "cur", "ify", "jec", "rus"]);
    PARTS.iter().any(|part| letters.has_all_of(*part))
}

/// Whether a name has such a part; what is no letter and no digit is passed over.
#[inline(never)]
fn has_part(name: &str) -> bool {
    /// For each letter those that may follow it, a bit for each; not 0 for what is a letter or a digit.
    static FOLLOWERS: [u32; 256] = {
        let pairs = [b"ss", b"tl", b"ca", b"cr", b"cu", b"if", b"je", b"ru"];
        let (mut table, mut byte) = ([0; 256], 0_u8);
        while byte < 128 {
            table[byte as usize] = byte.is_ascii_alphanumeric() as u32;
            let mut at = 0;
            while at < pairs.len() {
                let [first, second] = *pairs[at];
                if byte.to_ascii_lowercase() == first {
                    table[byte as usize] |= 1 << (second & 31);
                }
                at += 1;
            }
            byte += 1;
        }
        table
    };
    let (bytes, mut followers) = (name.as_bytes(), 0_u32);
    (0..bytes.len()).any(|at| match FOLLOWERS[usize::from(bytes[at])] {
        0 => false,
        next => {
            let follows = followers >> (bytes[at] & 31) & 1 != 0;
            followers = next;
            follows && is_part(bytes, at)
        }
    })
}

/// What separates no letters: `s-sl` begins as `ssl` does.
static KEPT: Bytes = Bytes::alphanumeric_and(b"");

/// Whether a letter of a name is the second one of such a part. `ca` is one at the start of a word only: `application` has
/// it, too.
#[inline(never)]
fn is_part(bytes: &[u8], second: usize) -> bool {
    let before = bytes[..second].iter().rposition(|byte| KEPT.has(*byte));
    let Some(first) = before else {
        return false;
    };
    let word = [bytes[first], bytes[second]].map(|byte| byte | 0x20);
    let is_upper = |byte: &u8| byte.is_ascii_uppercase();
    let last = bytes[..first].last().filter(|byte| KEPT.has(**byte));
    let begins = last.is_none_or(is_upper) || is_upper(&bytes[first]);
    let next = bytes[second + 1..].iter().find(|byte| KEPT.has(**byte));
    // `encrypted`, `secure`, `verify`, `reject…`, `trust…`.
    word == *b"ca" && begins
        || next.is_some_and(|next| {
            let parts = [b"ssl", b"tls", b"cry", b"cur", b"ify", b"jec", b"rus"];
            parts.contains(&&[word[0], word[1], next | 0x20])
        })
}

/// The letters and digits of a name in lower case.
fn folded(name: &str) -> impl DoubleEndedIterator<Item = u8> {
    let kept = name.bytes().filter(u8::is_ascii_alphanumeric);
    kept.map(|byte| byte.to_ascii_lowercase())
}

fn is_tls_word(word: &str) -> bool {
    let has_affix = |affix: &&str| {
        let len = affix.len();
        let is = |part: Option<&str>| part.is_some_and(|part| part.eq_ignore_ascii_case(affix));
        is(word.get(..len)) || is(word.len().checked_sub(len).and_then(|at| word.get(at..)))
    };
    AFFIXES.iter().any(has_affix) || WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Which word the last capital of a run belongs to: `CAFile` is `CA` and `File`, but `CAfile` is `CA` and `file`.
#[derive(Clone, Copy, PartialEq)]
enum Run {
    KeepsLast,
    GivesLast,
}

/// The words of a name that is written in one, split at case.
fn words(segment: &str, run: Run) -> impl Iterator<Item = &str> {
    let bytes = segment.as_bytes();
    let begins_word = move |at: usize| {
        let is_upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        let is_lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        match run {
            _ if is_upper(at) && !is_upper(at - 1) => true,
            Run::GivesLast => is_upper(at) && is_lower(at + 1),
            Run::KeepsLast => is_lower(at) && is_upper(at - 1) && at > 1 && is_upper(at - 2),
        }
    };
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = segment.get(start..).filter(|rest| !rest.is_empty())?;
        let end = (start + 1..segment.len()).find(|&at| begins_word(at));
        let len = end.map_or(rest.len(), |end| end - start);
        start += len;
        Some(&rest[..len])
    })
}

/// Rejects a setting of TLS that is part of a raw value, since it follows a wrong separator or none, where it has no effect:
/// `?charset=utf8mb4,ssl-mode=REQUIRED`, `/shop,sslmode=require`.
#[inline]
pub(crate) fn reject_swallowed(raw: &[u8], component: Component, span: Span) -> Result<(), Error> {
    if memchr(b'=', raw).is_none() {
        return Ok(());
    }
    swallowed(raw).map_or(Ok(()), |at| {
        let detail = "a setting of TLS inside another value, where it has no effect";
        Err(delimiter(component, span.start() + at, detail).with_help(
            "a `?` comes before the first parameter and an `&` before each further one; a `=` that is data is written %3D",
        ))
    })
}

/// As [`reject_swallowed`], for a parameter. A user or a secret is kept as it is.
#[inline]
pub(crate) fn reject_swallowed_in(text: &[u8], name: Span, value: Span) -> Result<(), Error> {
    // The shortest is `x,ca=1`.
    if value.range().len() < 6 || memchr(b'=', &text[value.range()]).is_none() {
        return Ok(());
    }
    let name = String::from_utf8_lossy(&text[name.range()]).to_ascii_lowercase();
    let is_login = ["pass", "pwd", "secret", "token", "user"];
    if is_login.iter().any(|part| name.contains(part)) {
        return Ok(());
    }
    reject_swallowed(&text[value.range()], Component::Query, value)
}

/// Where the name of a setting of TLS begins in a raw value.
fn swallowed(raw: &[u8]) -> Option<usize> {
    let in_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    memchr_iter(b'=', raw).find_map(|equals| {
        let is_value = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'/';
        raw.get(equals + 1).filter(|byte| is_value(byte))?;
        let mut start = equals - raw[..equals].iter().rev().take_while(in_name).count();
        // What is written of a separator in JSON is no part of the name: `\n`, `\u0026`. One that is escaped is data.
        start += match raw[..start].last() {
            Some(b'%') => return None,
            Some(b'\\') if raw[start] == b'u' => 5,
            Some(b'\\') => 1,
            _ => 0,
        };
        let name = std::str::from_utf8(raw.get(start..equals)?).ok()?;
        is_tls_name(name).then_some(start)
    })
}

/// A warning for each of the parameters, whose names are about TLS and in no table; `help` tells what the engine has instead.
pub(crate) fn warnings<'n>(
    params: impl Iterator<Item = (&'n str, SecretStr<'n>)>,
    help: &'static str,
) -> Vec<Warning> {
    let mut seen = HashSet::new();
    params
        .map(|(name, value)| shown::param(name, value.expose()).0)
        .filter(|name| seen.insert(*name))
        .map(|name| warning(name, help))
        .collect()
}

fn warning(name: &str, help: &'static str) -> Warning {
    let message =
        format!("`{name}` looks like a TLS setting, but is not known and changes nothing");
    Warning::new(WarningCode::UnknownTlsName, message, help)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_shortcuts_change_no_answer(name in "([a-zA-Z]|[sSlLtT]|[-_. 1]|ca|cur|rus|é){0,9}(Ca|ssl|ify|)[a-z]?") {
            prop_assert_eq!(is_tls_name(&name), is_tls_name_by_words(&name));
        }
    }

    #[test]
    fn names_with_a_word_of_tls_are_about_tls() {
        for name in [
            "ssl",
            "TLS",
            "sslmode",
            "ssl-mode",
            "SSL_MODE",
            "ssl.mode",
            "db_sslmode",
            "useSSL",
            "useTls",
            "use_tls",
            "usetls",
            "requireSSL",
            "require_ssl",
            "StartTLS",
            "start_tls",
            "starttls",
            "smtp_starttls_auto",
            "verify",
            "verify_ssl",
            "verifyServerCertificate",
            "verify-peer",
            "skip_verify",
            "InsecureSkipVerify",
            "no.verify",
            "encrypt",
            "Encrypt",
            "encrypted",
            "column_encrypted",
            "secure",
            "is_secure",
            "ca",
            "CA",
            "ca_file",
            "caFile",
            "CAFile",
            "CAfile",
            "CApath",
            "cafile",
            "cacert",
            "mysqlCA",
            "server-ca",
            "trustServerCertificate",
            "TRUST_SERVER_CERTIFICATE",
            "Trust Server Certificate",
            "rejectUnauthorized",
            "reject-unauthorized",
            "sSl_MoDe",
            "dbVeRiFy_ssl",
            "_tls",
            "ssl[mode]",
        ] {
            assert!(is_tls_name(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_hold_its_letters_are_not() {
        for name in [
            "",
            "_",
            "cache",
            "cacheSize",
            "cache_size",
            "catalog",
            "replica",
            "replicaSet",
            "cancelSignalTimeout",
            "classLoader",
            "class_loader",
            "cast",
            "locale",
            "scale",
            "local_infile",
            "applicationIntent",
            "application_name",
            "encryption_key",
            "verification",
            "verified",
            "insecurely",
            "securityProtocol",
            "certificate",
            "cert",
            "key",
            "timeout",
            "session_vars",
            "pool_recycle",
            "cascade",
            "africa",
            "tcpKeepAlive",
            "useAffectedRows",
            "details",
            "titles",
            "CACHE",
            "CATALOG",
            "Cache",
            "hasSlots",
            "pgbouncer",
            "é",
        ] {
            assert!(!is_tls_name(name), "{name}");
        }
    }

    /// Every word, in every case and with every separator, next to words that are not about TLS.
    #[test]
    fn a_word_of_tls_is_found_in_any_style() {
        let title = |word: &str| word[..1].to_uppercase() + &word[1..];
        for word in WORDS {
            let upper = word.to_uppercase();
            for separator in ["_", "-", ".", " "] {
                for word in [*word, &upper, &title(word)] {
                    for name in [
                        word.to_owned(),
                        format!("{word}{separator}mode"),
                        format!("db{separator}{word}"),
                        format!("DB{separator}{word}{separator}MODE"),
                    ] {
                        assert!(is_tls_name(&name), "{name}");
                    }
                }
            }
            for name in [
                format!("{word}Mode"),
                format!("db{}", title(word)),
                format!("db{}Mode", title(word)),
                format!("db{upper}"),
                format!("db{upper}Mode"),
                format!("db{upper}mode"),
                format!("{}Mode", title(word)),
            ] {
                assert!(is_tls_name(&name), "{name}");
            }
        }
    }

    #[test]
    fn each_name_is_in_one_warning_and_only_an_identifier_is_shown() {
        let names = ["ssl_a", "x@ssl", "ssl_a", "y:ssl", "SSL.a"];
        let params = names.map(|name| (name, SecretStr::new("true")));
        // What has no value may be the rest of a password.
        let params = params.into_iter().chain([("ssl_b", SecretStr::new(""))]);
        let messages: Vec<_> = warnings(params, "")
            .iter()
            .map(|warning| warning.message().to_owned())
            .collect();
        assert_eq!(messages.len(), 3);
        for (message, shown) in messages.iter().zip(["`ssl_a`", "`****`", "`SSL.a`"]) {
            assert!(message.contains(shown), "{message}");
        }
    }
}
