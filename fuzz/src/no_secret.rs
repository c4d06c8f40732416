//! No output shows a secret: neither of a config, whose secrets are masked, nor of an error, which shows no input at all.
//!
//! In the input `~` stands for a secret, wherever the fuzzer puts it. If the text is rejected, no piece of the secret may
//! be in any message: it might have been a password, and no one can tell. If it is accepted, and the secret ended up in
//! secret locations only, it may not be in `Display`, `Debug` or a warning.

use std::error::Error as _;
use std::fmt::Write;

use database_url::postgres::Config;
use database_url::{Error, Warning, WarningCode};

use crate::all_options;

/// What every `~` becomes. No word of a message has four letters in a row with it, and neither has a percent escape: it is
/// made of letters that are no hexadecimal digits.
pub(crate) const SECRET: &str = "ZqWxKvJz";

/// As short a piece of a secret as must not be shown.
const PIECE: usize = 4;

/// The keywords that are secret. Not taken from the crate's table, which is what is tested here.
const SECRET_KEYWORDS: [&str; 4] = ["password", "sslpassword", "oauth_client_secret", "options"];

/// The extras whose values may be words, paths or lists of them, in lower case and without delimiters: such a value is shown, and
/// the secret is a word. A copy as well: anyone who adds one has to say so twice.
#[rustfmt::skip]
const HARMLESS_EXTRAS: &[&str] = &[
    "applicationname", "appname", "authmechanism", "authsource", "certchainpath", "channel", "channelprefix",
    "characterencoding", "charset", "cipher", "ciphersuites", "clientcertificatekeystoreurl", "clientencoding",
    "clientname", "collate", "collation", "compression", "compressionalgorithms", "compressors",
    "connectioncollation", "connectiontimezone", "createdat", "currentschema", "database", "db",
    "defaultcharacterset", "define", "deletedat", "driver", "encoding", "encrypt", "engine",
    "fallbackapplicationname", "flags", "gsslib", "krbsrvname", "loc", "locale", "logging", "migrationspaths",
    "migrationstoragetablename", "minmessages", "modeof", "net", "oauthclientid", "oauthissuer", "oauthscope",
    "passfile", "priority", "privkeypath", "protocol", "readconcernlevel", "readpreferencetags", "replicaset",
    "requireauth", "requirepeer", "retry", "role", "rootcertpath", "schema", "schemadump", "schemasearchpath",
    "searchpath", "seederstoragetablename", "seeds", "serverkeypath", "serverpubkey", "serverpublickey",
    "serverpublickeypath", "serverrsapublickeyfile", "serversslcert", "servertimezone", "service", "servicename",
    "srvservicename", "sslca", "sslcapath", "sslcert", "sslcipher", "sslcrl", "sslcrldir", "sslcrlpath", "sslkey",
    "sslkeylogfile", "sslrootcert", "tablename", "timezone", "tls", "tlsca", "tlscert", "tlsciphersuites", "tlskey",
    "tlsmode", "tlsversion", "tlsversions", "trustcertificatekeystoreurl", "updatedat", "verify", "vfs",
    "virtualhost", "w", "warehouse",
];

/// Whether an extra of this name may show the secret.
pub(crate) fn is_harmless(name: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace(['_', '-', '.', ' '], "");
    HARMLESS_EXTRAS.contains(&&*plain)
}

/// # Panics
/// When a piece of a secret is shown.
pub fn check(text: &str) {
    if holds_piece(text) {
        // The fuzzer has learnt the secret and may have written it anywhere.
        return;
    }
    let text = text.replace('~', SECRET);
    for (_, options) in all_options() {
        let shown = match options.parse(&text) {
            Ok(config) if is_secret_only(&config) => shown_of_config(&config),
            Ok(_) => continue,
            Err(error) => shown_of_error(&error),
        };
        assert!(!holds_piece(&shown), "shown for {text:?}: {shown:?}");
    }
}

/// Whether no public part holds the secret: neither a keyword's value, nor an extra's name, nor the value of an extra
/// that is known to be harmless.
fn is_secret_only(config: &Config) -> bool {
    let public_value = config.keywords().any(|(keyword, value)| {
        !SECRET_KEYWORDS.contains(&keyword.as_str()) && holds_piece(value.expose())
    });
    let public_extra = config.extras().any(|extra| {
        let (name, value) = (extra.name(), extra.value());
        holds_piece(name) || (is_harmless(name) && holds_piece(value.expose()))
    });
    let public_scheme = config.scheme().is_some_and(holds_piece);
    !public_value && !public_extra && !public_scheme
}

fn shown_of_config(config: &Config) -> String {
    let mut shown = format!("{config} {config:?} {config:#?} {:?}", config.password());
    for (keyword, value) in config.keywords() {
        write!(shown, " {keyword} {value:?}").expect("writing to a string");
    }
    for extra in config.extras() {
        write!(shown, " {:?}", extra.value()).expect("writing to a string");
    }
    shown.push_str(&shown_of_warnings(config.warnings()));
    let rendered = [config.to_url(), config.to_conninfo(), config.to_libpq_url()];
    write!(shown, " {rendered:?}").expect("writing to a string");
    shown
}

pub(crate) fn shown_of_warnings(warnings: impl Iterator<Item = Warning>) -> String {
    let mut shown = String::new();
    // A parameter's name that is an identifier is shown by contract.
    let named = [WarningCode::UnknownTlsName, WarningCode::RepeatedSetting];
    let warnings = warnings.filter(|warning| !named.contains(&warning.code()));
    for warning in warnings {
        let (message, help) = (warning.message(), warning.help());
        write!(shown, " {warning} {warning:?} {message} {help}").expect("writing to a string");
    }
    shown
}

pub(crate) fn shown_of_error(error: &Error) -> String {
    let mut shown = format!(
        "{error} {error:?} {error:#?} {:?} {:?}",
        error.help(),
        error.origin()
    );
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(shown, " {error} {error:?}").expect("writing to a string");
        cause = error.source();
    }
    shown
}

/// Whether a piece of the secret is in the text, in whatever case.
pub(crate) fn holds_piece(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let secret = SECRET.to_ascii_lowercase();
    (0..=secret.len() - PIECE).any(|start| text.contains(&secret[start..start + PIECE]))
}
