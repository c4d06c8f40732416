//! Sections of settings files: what they hold, and the work on them.

use std::hint::black_box;

use database_url::settings::Settings;
use database_url::{Error, Vars};

/// A section of so many settings that no engine has.
pub fn section_of_others(count: usize) -> String {
    let setting = |number| format!(",\"setting{number:06}\":\"value{number:05}\"");
    let settings: String = (0..count).map(setting).collect();
    format!(
        r#"{{"production":{{"dialect":"postgres","database":"shop","username":"app"{settings}}}}}"#
    )
}

pub const SECTION_0: &str = r#"{"production":{"dialect":"postgres","database":"shop","username":"app","dialectOptions":{}}}"#;
pub const SECTION_URL: &str = r#"{"production":{"url":"postgres://app@h/shop"}}"#;
pub const RAILS_0: &str = "production:\n  adapter: postgresql\n  database: shop\n";
pub const DJANGO_0: &str =
    r#"{"default":{"ENGINE":"django.db.backends.postgresql","NAME":"shop","OPTIONS":{}}}"#;

/// Settings of Postgres that can be together.
const SETTINGS: [(&str, &str); 40] = [
    ("application_name", "shop"),
    ("connect_timeout", "5"),
    ("client_encoding", "UTF8"),
    ("keepalives", "1"),
    ("keepalives_idle", "60"),
    ("keepalives_interval", "10"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "1000"),
    ("fallback_application_name", "app"),
    ("options", "-c geqo=off"),
    ("sslmode", "verify-full"),
    ("sslrootcert", "/etc/ca.pem"),
    ("sslcert", "/etc/c.pem"),
    ("sslkey", "/etc/k.pem"),
    ("sslcrl", "/etc/crl.pem"),
    ("sslcrldir", "/etc/crl"),
    ("sslsni", "1"),
    ("sslcompression", "0"),
    ("sslnegotiation", "postgres"),
    ("ssl_min_protocol_version", "TLSv1.2"),
    ("ssl_max_protocol_version", "TLSv1.3"),
    ("sslcertmode", "allow"),
    ("requirepeer", "postgres"),
    ("krbsrvname", "postgres"),
    ("gsslib", "gssapi"),
    ("gssencmode", "disable"),
    ("gssdelegation", "0"),
    ("channel_binding", "prefer"),
    ("require_auth", "scram-sha-256"),
    ("target_session_attrs", "any"),
    ("load_balance_hosts", "disable"),
    ("replication", "false"),
    ("min_protocol_version", "3.0"),
    ("max_protocol_version", "3.2"),
    ("passfile", "/etc/pgpass"),
    ("sslkeylogfile", "/tmp/keys"),
    ("oauth_issuer", "https://issuer.example"),
    ("oauth_client_id", "shop"),
    ("oauth_scope", "database"),
    ("hostaddr", "10.0.0.1"),
];

/// So many members of an object.
fn members(count: usize) -> String {
    let settings = SETTINGS[..count].iter();
    let members = settings.map(|(name, value)| format!(r#""{name}":"{value}""#));
    members.collect::<Vec<_>>().join(",")
}

pub fn section_of(count: usize) -> String {
    SECTION_0.replace("{}", &format!("{{{}}}", members(count)))
}

/// The same next to a URL.
pub fn url_section_of(count: usize) -> String {
    let settings = format!(r#","dialectOptions":{{{}}}}}}}"#, members(count));
    SECTION_URL.replace("}}", &settings)
}

pub fn mysql_section_of(count: usize) -> String {
    let settings = [
        ("charset", "utf8mb4"),
        ("connectTimeout", "5000"),
        ("collation", "utf8mb4_bin"),
        ("compress", "true"),
    ];
    let members = settings[..count].iter();
    let members: Vec<_> = members
        .map(|(name, value)| format!(r#""{name}":"{value}""#))
        .collect();
    let section = SECTION_0.replace("postgres", "mysql");
    section.replace("{}", &format!("{{{}}}", members.join(",")))
}

pub fn django_of(count: usize) -> String {
    DJANGO_0.replace("{}", &format!("{{{}}}", members(count)))
}

pub fn rails_of(count: usize) -> String {
    let settings = SETTINGS[..count].iter();
    let lines = settings.map(|(name, value)| format!("  {name}: \"{value}\"\n"));
    format!("{RAILS_0}{}", lines.collect::<String>())
}

pub fn rails(text: &str, n: u32) {
    resolve(text, n, |text| Settings::from_str("database.yml", text));
}

pub fn django(text: &str, n: u32) {
    let vars = Vars::default();
    for _ in 0..n {
        let database = Settings::from_str("django.json", black_box(text))
            .and_then(|settings| settings.resolve(&vars));
        assert!(black_box(&database).is_ok(), "the settings are rejected");
    }
}

pub fn section(text: &str, n: u32) {
    resolve(text, n, |text| Settings::from_str("config.json", text));
}

pub fn document(text: &str, n: u32) {
    reject(text, n, "config.json");
}

pub fn rails_document(text: &str, n: u32) {
    reject(text, n, "database.yml");
}

pub fn django_document(text: &str, n: u32) {
    reject(text, n, "django.json");
}

/// A section that the document does not have: the work ends before any section is read.
fn reject(text: &str, n: u32, name: &str) {
    let vars = Vars::default();
    for _ in 0..n {
        let settings = Settings::from_str(name, black_box(text)).expect("a copy of the text");
        let settings = settings.with_environment("none").with_connection("none");
        let rejected = settings.resolve(&vars);
        assert!(black_box(&rejected).is_err(), "there is such a section");
    }
}

/// The work includes the copy of the text, and dropping it and the tree, with the wipe.
pub fn resolve(text: &str, n: u32, read: fn(&str) -> Result<Settings, Error>) {
    let vars = Vars::default();
    for _ in 0..n {
        let database = read(black_box(text))
            .and_then(|settings| settings.with_environment("production").resolve(&vars));
        assert!(black_box(&database).is_ok(), "the settings are rejected");
    }
}
