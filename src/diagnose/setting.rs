//! Single settings: names that are nearly known, dangerous ones, and those that a pooler loses.

use crate::attachment::{Attachment, Attachments};
use crate::database::Database;
use crate::diagnose::{Code, Finding};
use crate::did_you_mean::nearest;
use crate::mysql;
use crate::platform::Role;
use crate::postgres;
use crate::resolution::Resolved;
use crate::resolver::direct::names_a_pooler;
use crate::secret::SecretStr;
use crate::shown;

/// Names of pools and frameworks, and keys of settings files.
const NAMES: &[&str] = &[
    "adapter",
    "application_name",
    "connection_limit",
    "database",
    "dialect",
    "encoding",
    "max_connections",
    "password",
    "pgbouncer",
    "pool_timeout",
    "reconnect",
    "schema",
    "search_path",
    "socket",
    "statement_timeout",
    "storage",
    "timeout",
    "username",
    "variables",
    "prepared_statements",
    "connect_timeout",
    "min_connections",
    "idle_timeout",
    "max_lifetime",
];

/// An unknown name that is one letter away from a known one.
pub(super) fn near_misses(resolved: &Resolved<Database>) -> Vec<Finding> {
    let known: Vec<&'static str> = match resolved.value() {
        Database::Postgres(_) => postgres::Keyword::ALL
            .iter()
            .map(|keyword| keyword.as_str())
            .collect(),
        Database::MySql(_) => mysql::Keyword::ALL
            .iter()
            .map(|keyword| keyword.as_str())
            .collect(),
        _ => Vec::new(),
    };
    let extras = resolved.value().extras();
    let extras = extras.map(|extra| (extra.name(), extra.masked_name()));
    let keys = resolved.extras().map(|(name, _)| (name, shown::name(name)));
    let names = extras.chain(keys);
    let names = names.filter(|(name, _)| name.len() >= 5 && !shown::is_known(name));
    let near = names.filter_map(|(name, shown)| {
        let folded = name.to_ascii_lowercase().replace('-', "_");
        let meant = nearest(&folded, known.iter().chain(NAMES).copied())?;
        if meant == folded {
            return None;
        }
        let message = format!("`{shown}` is no known setting, but `{meant}` is");
        let help = format!("write `{meant}`, or remove it");
        Some(Finding::new(Code::NearMissName, message, help).at(resolved, name))
    });
    near.collect()
}

/// Settings that hand power to the server or to anyone who writes the connection string: the name without separators, why, and
/// what to do.
const DANGERS: &[(&[&str], &str, &str)] = &[
    (
        &["allowurlinlocalinfile"],
        "lets the server make the client read URLs and send what they hold",
        "remove it",
    ),
    (
        &["allowloadlocalinfileinpath"],
        "lets the server read files of the client",
        "remove it, if no LOAD DATA LOCAL is used",
    ),
    (
        &["autodeserialize"],
        "runs the code of objects that the database holds",
        "remove it, and map the columns by hand",
    ),
    (
        &[
            "queryinterceptors",
            "statementinterceptors",
            "connectionlifecycleinterceptors",
        ],
        "loads classes that the URL names",
        IN_CODE,
    ),
    (
        &["propertiestransform", "socketfactory"],
        "loads a class that the URL names",
        IN_CODE,
    ),
    (
        &["socketfactoryarg"],
        "hands a string to a class that the URL names",
        IN_CODE,
    ),
    (
        &["sslfactory"],
        "loads a class that the URL names, which may check no certificate",
        "remove it, and write sslmode=verify-full",
    ),
    (
        &["loggerfile"],
        "lets the URL write a file of the client",
        "configure the log in code",
    ),
];

const IN_CODE: &str = "set it in code, if it is needed";

/// Settings that are dangerous by themselves, or without TLS.
pub(super) fn dangers(resolved: &Resolved<Database>) -> Vec<Finding> {
    let finding = |name: &str, why: &str, fix: &'static str| {
        let message = format!("`{name}` {why}");
        Finding::new(Code::DangerousSetting, message, fix).at(resolved, name)
    };
    let mut findings = Vec::new();
    if let Database::MySql(config) = resolved.value() {
        use mysql::Keyword as K;
        let is_on = |keyword: K| {
            let value = config.get(keyword).map(SecretStr::expose);
            value.is_some_and(|value| matches!(value, "true" | "1"))
        };
        let has_tls = config.ssl_mode().is_some_and(mysql::SslMode::requires_tls)
            || config.socket().is_some();
        let mut report = |keyword: K, why, fix| {
            let found = is_on(keyword).then(|| finding(keyword.as_str(), why, fix));
            findings.extend(found);
        };
        let why = "lets the server read files of the client";
        report(
            K::LocalInfile,
            why,
            "remove it, if no LOAD DATA LOCAL is used",
        );
        if !has_tls {
            let why = "takes the key for the password from a server that nothing checks";
            let fix = "require TLS with ssl-mode=VERIFY_IDENTITY, or name the key";
            report(K::AllowPublicKeyRetrieval, why, fix);
            let why = "sends the password as it is, without TLS";
            report(
                K::Cleartext,
                why,
                "require TLS with ssl-mode=VERIFY_IDENTITY",
            );
        }
    }
    for (name, value) in resolved.value().extra_pairs() {
        let folded = name.to_ascii_lowercase().replace(['-', '_'], "");
        let is_off = value.is_empty() || value.expose().eq_ignore_ascii_case("false");
        let mut dangers = DANGERS.iter().filter(|_| !is_off);
        let danger = dangers.find(|(known, ..)| known.contains(&&*folded));
        findings.extend(danger.map(|(_, why, fix)| finding(shown::name(name), why, fix)));
    }
    findings
}

/// Settings of a session that are given as parameters or as keys.
const OF_SESSIONS: &[&str] = &[
    "search_path",
    "currentschema",
    "schema_search_path",
    "statement_timeout",
    "lock_timeout",
    "variables",
    "idle_in_transaction_session_timeout",
    "default_transaction_isolation",
];

/// A session that begins with settings, behind a pooler that shares sessions.
pub(super) fn pooled(resolved: &Resolved<Database>, attachments: &Attachments) -> Option<Finding> {
    let Database::Postgres(config) = resolved.value() else {
        return None;
    };
    let role = attachments
        .of_source(resolved.source())
        .map(Attachment::role);
    let port = config.hosts().find_map(|host| host.port());
    let is_pooled = role == Some(Role::Pooled)
        || names_a_pooler(resolved.value())
        || matches!(port, Some(6432 | 6543));
    if !is_pooled {
        return None;
    }
    let extras = config.extra_pairs().map(|(name, _)| name);
    let mut names = extras.chain(resolved.extras().map(|(name, _)| name));
    let of_session = |name: &&str| {
        let mut known = OF_SESSIONS.iter();
        known.any(|known| known.eq_ignore_ascii_case(name))
    };
    let name = match config.get(postgres::Keyword::Options) {
        Some(options) if !options.is_empty() => "options",
        _ => names.find(of_session)?,
    };
    let message =
        format!("`{name}` sets the session, but a pooler shares sessions between clients");
    let help = "use the direct URL (`--direct`), or set it with ALTER ROLE ... SET";
    Some(Finding::new(Code::PooledSession, message, help).at(resolved, name))
}
