//! Values that are valid, but that no one is likely to mean. They are looked at when warnings are requested, not while parsing.

use std::collections::HashMap;

use crate::bytes::contains;
use crate::config::value::{Host, is_list_name};
use crate::engine::Engine;
use crate::grammar::guard;
use crate::secret::{Secret, SecretStr};
use crate::warning::{Warning, WarningCode, WarningSet};

/// What a config says, as far as it is looked at.
pub(crate) struct Values<'c> {
    pub(crate) engine: Engine,
    /// The port that the scheme means.
    pub(crate) default_port: u16,
    pub(crate) user: Option<&'c str>,
    pub(crate) password: Option<&'c str>,
    pub(crate) hosts: Vec<Host<'c>>,
    pub(crate) database: Option<&'c str>,
    /// Settings that are paths of files, by name.
    pub(crate) paths: Vec<(&'static str, &'c str)>,
    /// Whether an address makes up for a missing host.
    pub(crate) has_socket: bool,
    /// A parameter that is given twice with different values.
    pub(crate) repeated: Option<&'c str>,
}

/// The method `warnings` of a config, by what differs between the engines.
macro_rules! warnings {
    (
        $config:ident: $engine:expr,
        database: $database:expr,
        paths: $paths:expr,
        has_socket: $has_socket:expr,
        unknown_tls: $name:ident => $is_unknown:expr, $help:expr,
    ) => {
        impl Config {
            /// What was accepted, but may not be meant.
            pub fn warnings(&self) -> impl Iterator<Item = Warning> + use<> {
                let $config = self;
                let unknown = self.extra_pairs().filter(|($name, _)| $is_unknown);
                let unknown = crate::config::tls_name::warnings(unknown, $help);
                let values = crate::mistake::Values {
                    engine: $engine,
                    default_port: self.default_port(),
                    user: self.user(),
                    password: self.password().map(crate::secret::SecretStr::expose),
                    hosts: self.hosts().collect(),
                    database: $database,
                    paths: $paths,
                    has_socket: $has_socket,
                    repeated: crate::mistake::repeated(&self.warnings, &mut self.extra_pairs()),
                };
                let own = values.warnings(&self.warnings).into_iter();
                own.chain(unknown)
            }
        }
    };
}
pub(crate) use warnings;

/// The values of names so far.
#[derive(Default)]
pub(crate) struct Given<'p>(HashMap<&'p str, &'p [u8]>);

impl<'p> Given<'p> {
    /// Whether the name had another value before.
    pub(crate) fn differs(&mut self, name: &'p str, value: &'p [u8]) -> bool {
        let earlier = self.0.insert(name, value);
        earlier.is_some_and(|earlier| earlier != value)
    }
}

/// The first of the parameters that is given twice with different values, if there is one to warn of. A name that may be
/// something else is not shown.
pub(crate) fn repeated<'c>(
    noted: &WarningSet,
    pairs: &mut dyn Iterator<Item = (&'c str, SecretStr<'c>)>,
) -> Option<&'c str> {
    if !noted.contains(WarningCode::RepeatedSetting) {
        return None;
    }
    let mut given = Given::default();
    let mut pairs = pairs.filter(|(name, _)| !is_list_name(name));
    let (name, _) = pairs.find(|(name, value)| given.differs(name, value.expose().as_bytes()))?;
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    (name.len() <= 40 && name.bytes().all(in_name)).then_some(name)
}

impl Values<'_> {
    /// What was noted while parsing, and what the values give reason to.
    pub(crate) fn warnings(&self, noted: &WarningSet) -> Vec<Warning> {
        if noted.is_silent() {
            return noted.iter().collect();
        }
        let mut set = noted.clone();
        if self.has_placeholder_password() {
            set.insert(WarningCode::PlaceholderPassword);
        }
        for (name, value) in self.parts() {
            if is_placeholder(name, value) {
                set.insert_about(WarningCode::PlaceholderValue, name);
            }
            if is_missing(value) {
                set.insert_about(WarningCode::MissingValue, name);
            }
            if guard::control(value.as_bytes(), false).is_some() {
                set.insert_about(WarningCode::ControlCharacter, name);
            }
        }
        for (name, path) in &self.paths {
            if path.starts_with("~/") || path.starts_with('$') || path.starts_with("%USERPROFILE%")
            {
                set.insert_about(WarningCode::HomeDirectory, name);
            }
        }
        self.note_hosts(&mut set);
        let named = |warning: Warning| match (warning.code(), self.repeated) {
            (code @ WarningCode::RepeatedSetting, Some(name)) => {
                let mut names: Vec<&str> = noted.names(code).collect();
                names.push(name);
                Warning::named(code, &names)
            }
            _ => warning,
        };
        set.iter().map(named).collect()
    }

    fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let hosts = self
            .hosts
            .iter()
            .filter_map(|host| Some(("host", host.host()?)));
        let given = [
            ("user", self.user),
            ("password", self.password),
            ("database", self.database),
        ];
        let given = given
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        given.chain(hosts)
    }

    /// Words of documentation and of Prisma's and Supabase's templates.
    fn has_placeholder_password(&self) -> bool {
        const CAPITALS: [&str; 8] = [
            "PASSWORD",
            "PASSWD",
            "PASS",
            "PWD",
            "PW",
            "SECRET",
            "DB_PASSWORD",
            "DATABASE_PASSWORD",
        ];
        const WORDS: [&str; 7] = [
            "randompassword",
            "changeme",
            "replaceme",
            "passwordhere",
            "yourpassword",
            "yourpasswordhere",
            "insertpasswordhere",
        ];
        let Some(password) = self.password else {
            return false;
        };
        let letters = || letters(password).filter(|one| *one != '.');
        let first = letters().next();
        let is_word = |word: &&str| word.chars().next() == first && letters().eq(word.chars());
        let yours = || {
            let mut plain = String::with_capacity(password.len());
            plain.extend(letters());
            let plain = Secret::new(plain);
            let mut words = ["pass", "pw", "secret"].iter();
            words.any(|word| contains(plain.expose(), word))
        };
        let of_example = matches!(self.user, Some("user" | "username"))
            && matches!(password, "password" | "pass")
            && self
                .hosts
                .iter()
                .any(|host| matches!(host.host(), Some("host" | "hostname")));
        CAPITALS.contains(&password)
            || WORDS.iter().any(is_word)
            || begins_with_your(&mut letters()) && yours()
            || of_example
    }

    /// Ports and hosts of other engines, and ports without a host.
    fn note_hosts(&self, set: &mut WarningSet) {
        for host in &self.hosts {
            let port = host.port().filter(|port| *port != self.default_port);
            if let Some(other) = port
                .and_then(engine_of_port)
                .filter(|other| *other != self.engine)
            {
                set.insert_about(WarningCode::OtherEnginePort, other.as_str());
            }
            let name = host.host().filter(|name| !name.is_empty());
            if let Some(other) = name.and_then(|name| engine_of_host(name, self.engine)) {
                set.insert_about(WarningCode::OtherEngineHost, other.as_str());
            }
        }
        let is_only_a_port = |host: &Host<'_>| {
            let given = host.host().or(host.hostaddr());
            given.is_none_or(str::is_empty) && host.port().is_some()
        };
        // A socket is usual for Postgres, and an empty variable for the others.
        let is_gap =
            self.engine == Engine::MySql && self.password.is_some() && self.hosts.is_empty();
        if !self.has_socket && (is_gap || self.hosts.iter().any(is_only_a_port)) {
            set.insert(WarningCode::MissingHost);
        }
    }
}

/// Whether a part is the word of a template. Passwords have more of them.
fn is_placeholder(name: &str, value: &str) -> bool {
    let words: &[&str] = match name {
        "user" => &["USER", "USERNAME", "DB_USER", "DATABASE_USER", "johndoe"],
        "host" => &["HOST", "HOSTNAME", "DB_HOST", "DATABASE_HOST", "SERVER"],
        "database" => &["DATABASE", "DBNAME", "DB_NAME", "DATABASE_NAME"],
        _ => return false,
    };
    let mut letters = letters(value);
    let is_yours = begins_with_your(&mut letters);
    let is_rest = |before: &str, after: &str| {
        let word = [before, name, after].into_iter().flat_map(str::chars);
        letters.clone().eq(word)
    };
    words.contains(&value)
        || is_yours && (is_rest("", "") || is_rest("db", "") || is_rest("", "name"))
}

/// The characters of a value in lower case, without those that join words.
fn letters(value: &str) -> impl Iterator<Item = char> + Clone {
    let letters = value.chars().filter(|one| !matches!(one, '-' | '_' | ' '));
    letters.map(|one| one.to_ascii_lowercase())
}

fn begins_with_your(letters: &mut impl Iterator<Item = char>) -> bool {
    "your".chars().all(|one| letters.next() == Some(one))
}

fn is_missing(value: &str) -> bool {
    let words = ["undefined", "null", "None", "nil", "NaN", "[object Object]"];
    value.starts_with(['u', 'n', 'N', '[']) && words.contains(&value)
}

/// The engine whose default port it is. Only those that are set by mistake: many programs listen on others.
fn engine_of_port(port: u16) -> Option<Engine> {
    Some(match port {
        5432 => Engine::Postgres,
        3306 | 33060 => Engine::MySql,
        6379 => Engine::Redis,
        27017 => Engine::MongoDb,
        5672 => Engine::Amqp,
        1433 => Engine::Other("sqlserver"),
        _ => return None,
    })
}

/// The engine that a host is named after, if it is another one.
fn engine_of_host(host: &str, own: Engine) -> Option<Engine> {
    const WORDS: &[(&str, Engine)] = &[
        ("postgres", Engine::Postgres),
        ("postgresql", Engine::Postgres),
        ("postgis", Engine::Postgres),
        ("mysql", Engine::MySql),
        ("mariadb", Engine::MySql),
        ("redis", Engine::Redis),
        ("mongo", Engine::MongoDb),
        ("mongodb", Engine::MongoDb),
        ("rabbitmq", Engine::Amqp),
    ];
    let of_label = |label: &[u8]| {
        WORDS
            .iter()
            .find(|(word, _)| word.as_bytes().eq_ignore_ascii_case(label))
            .map(|(_, engine)| *engine)
    };
    let labels = host.as_bytes().split(|&byte| byte == b'.');
    let mut found = labels.filter_map(of_label);
    let first = found.next()?;
    (first != own && found.all(|other| other != own)).then_some(first)
}
