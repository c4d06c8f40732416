//! Cases from a seed. The same few users, databases and hosts everywhere, so that lines of password files match often.

use std::path::Path;

use super::{Case, CaseFile};
use crate::generate::values::value;
use crate::libpq::keywords;
use support::random::Random;

/// A generator of cases.
#[derive(Debug)]
pub struct Cases {
    random: Random,
    folder: String,
    /// Keywords with their variables.
    table: Vec<(String, Option<String>)>,
}

const SERVICES: &[&str] = &["prod", "p", "prod]", "", "a b", "Prod", "[prod"];
const USERS: &[&str] = &["app", "ap:p", "a\\b", "", "*"];
const DATABASES: &[&str] = &["shop", "sh:op", "", "*", "s\\:"];
const PASSWORDS: &[&str] = &[
    "pw", "p:w", "p\\w", "", " p ", "p#w", "p=w", "*", "é", "%41",
];
const PORTS: &[&str] = &["5432", "1", "05432", " 7", "", "6001", "0", "x"];
/// Directories that are not there, abstract sockets that nothing listens to, and the default.
const HOSTS: &[&str] = &["/nx1", "/nx2", "/n:x", "@nx", "", "/tmp", "/nx1/"];
/// Only next to an invalid address: no name is looked up.
const NAMES: &[&str] = &[
    "db.example",
    "::1",
    "localhost",
    "",
    "/nx1",
    "10.0.0.1",
    "a\\b",
];
const MODES: &[u32] = &[
    0o600, 0o600, 0o600, 0o600, 0o600, 0o600, 0o400, 0o700, 0o640, 0o604,
];

impl Cases {
    /// Cases whose files are in a folder.
    ///
    /// # Panics
    /// When the folder's path is not UTF-8.
    #[must_use]
    pub fn new(seed: u64, folder: &Path) -> Self {
        let table = keywords()
            .into_iter()
            .map(|(keyword, variable, ..)| (keyword, variable));
        Self {
            random: Random::new(seed),
            folder: folder.to_str().expect("a folder in UTF-8").to_owned(),
            table: table.collect(),
        }
    }
}

impl Iterator for Cases {
    type Item = Case;

    fn next(&mut self) -> Option<Case> {
        let table = std::mem::take(&mut self.table);
        let case = Maker {
            random: &mut self.random,
            folder: &self.folder,
            table: &table,
        }
        .case();
        self.table = table;
        Some(case)
    }
}

/// One case in the making.
struct Maker<'c> {
    random: &'c mut Random,
    folder: &'c str,
    table: &'c [(String, Option<String>)],
}

impl Maker<'_> {
    fn case(&mut self) -> Case {
        // With addresses, each source gives as many names as addresses.
        let named = self.random.chance(30);
        let count = if self.random.chance(25) {
            2 + self.random.below(2)
        } else {
            1
        };
        let string = self.settings(named, count, 5);
        let mut vars = self.variables(named, count);
        let files = self.files(named, count);
        if named {
            vars.retain(|(name, _)| name != "PGHOSTADDR");
            vars.push(("PGHOSTADDR".to_owned(), vec!["!"; count].join(",")));
        }
        Case {
            string: self.string(&string),
            vars,
            files,
        }
    }

    /// Settings of one source.
    fn settings(&mut self, named: bool, count: usize, most: usize) -> Vec<(String, String)> {
        let mut settings = Vec::new();
        for _ in 0..self.random.few(most) {
            let keyword = self.keyword();
            // An address of its own would be one that is reached.
            if keyword == "hostaddr" {
                continue;
            }
            let value = self.value(&keyword, named, count);
            settings.push((keyword, value));
        }
        settings
    }

    fn keyword(&mut self) -> String {
        const OFTEN: &[&str] = &[
            "user",
            "password",
            "dbname",
            "host",
            "port",
            "passfile",
            "service",
            "sslmode",
            "sslrootcert",
        ];
        if self.random.chance(60) {
            return self.random.pick(OFTEN).to_owned();
        }
        self.table[self.random.below(self.table.len())].0.clone()
    }

    fn value(&mut self, keyword: &str, named: bool, count: usize) -> String {
        let random = &mut *self.random;
        match keyword {
            "user" => random.pick(USERS).to_owned(),
            "dbname" => random.pick(DATABASES).to_owned(),
            "password" => random.pick(PASSWORDS).to_owned(),
            "host" => {
                let pool = if named { NAMES } else { HOSTS };
                let count = if random.chance(3) { count + 1 } else { count };
                let hosts: Vec<_> = (0..count).map(|_| random.pick(pool)).collect();
                hosts.join(",")
            }
            "port" => {
                let count = if random.chance(70) { 1 } else { count };
                let odd = random.chance(2);
                let ports = if odd {
                    PORTS
                } else {
                    &PORTS[..PORTS.len() - 2]
                };
                let ports: Vec<_> = (0..count).map(|_| random.pick(ports)).collect();
                ports.join(",")
            }
            "service" => {
                if random.chance(85) {
                    "prod".to_owned()
                } else {
                    random.pick(SERVICES).to_owned()
                }
            }
            "passfile" => {
                let name = random.pick(&["named.pass", "home/.pgpass", "missing", "home", ""]);
                if name.is_empty() {
                    String::new()
                } else {
                    format!("{}/{name}", self.folder)
                }
            }
            // libpq looks at integers when it uses them.
            "connect_timeout"
            | "keepalives"
            | "keepalives_idle"
            | "keepalives_interval"
            | "keepalives_count"
            | "tcp_user_timeout" => random.pick(&["0", "1", " 5 ", "-1", "0777"]).to_owned(),
            // This libpq is built without GSSAPI.
            "gssencmode" => random.pick(&["disable", "prefer"]).to_owned(),
            _ => value(random, keyword, 4),
        }
    }

    fn variables(&mut self, named: bool, count: usize) -> Vec<(String, String)> {
        let mut vars = Vec::new();
        for (keyword, value) in self.settings(named, count, 6) {
            let variable = self.table.iter().find(|(known, _)| *known == keyword);
            if let Some((_, Some(variable))) = variable {
                vars.retain(|(name, _)| name != variable);
                vars.push((variable.clone(), value));
            }
        }
        let mut put = |name: &str, value: String| vars.push((name.to_owned(), value));
        let folder = self.folder;
        put(
            "HOME",
            format!(
                "{folder}/{}",
                if self.random.chance(95) {
                    "home"
                } else {
                    "missing"
                }
            ),
        );
        put(
            "PGSYSCONFDIR",
            format!(
                "{folder}/{}",
                if self.random.chance(80) {
                    "etc"
                } else {
                    "missing"
                }
            ),
        );
        if self.random.chance(25) {
            put(
                "PGSERVICE",
                self.random.pick(&["prod", "prod", "prod", "p"]).to_owned(),
            );
        }
        if self.random.chance(12) {
            put(
                "PGSERVICEFILE",
                format!(
                    "{folder}/{}",
                    self.random.pick(&[
                        "named.service",
                        "named.service",
                        "named.service",
                        "missing"
                    ])
                ),
            );
        }
        if self.random.chance(10) {
            put(
                "PGREQUIRESSL",
                self.random.pick(&["1", "0", "1x", ""]).to_owned(),
            );
        }
        vars
    }

    fn files(&mut self, named: bool, count: usize) -> Vec<CaseFile> {
        let mut files = Vec::new();
        for path in ["home/.pgpass", "named.pass"] {
            if self.random.chance(60) {
                let content = self.passfile(named);
                let mode = MODES[self.random.below(MODES.len())];
                files.push(CaseFile {
                    path,
                    content,
                    mode,
                });
            }
        }
        for (path, often) in [
            ("home/.pg_service.conf", 60),
            ("etc/pg_service.conf", 40),
            ("named.service", 60),
        ] {
            if self.random.chance(often) {
                let content = self.service_file(named, count);
                files.push(CaseFile {
                    path,
                    content,
                    mode: 0o644,
                });
            }
        }
        files
    }

    fn passfile(&mut self, named: bool) -> Vec<u8> {
        let mut text = Vec::new();
        for _ in 0..=self.random.few(8) {
            let line = self.password_line(named);
            text.extend_from_slice(line.as_bytes());
            let end = self
                .random
                .pick(&["\n", "\n", "\n", "\r\n", "\n\n", "\r\r\n", ""]);
            text.extend_from_slice(end.as_bytes());
        }
        text
    }

    fn password_line(&mut self, named: bool) -> String {
        let random = &mut *self.random;
        if random.chance(6) {
            return random
                .pick(&[
                    "# comment",
                    "",
                    "#*:*:*:*:x",
                    "a:b",
                    "*:*:*:*",
                    "*:*:*:*:",
                    "\\",
                    "*:*:*:*:x\\",
                    " *:*:*:*:x",
                    "::::",
                    "**:*:*:*:x",
                ])
                .to_owned();
        }
        let hosts = if named {
            NAMES
        } else {
            &["/nx1", "localhost", "/tmp", "@nx", "/nx1/", "/n:x"][..]
        };
        let pools = [
            hosts,
            &["5432", "1", "05432", "6001", " 7"],
            DATABASES,
            &["app", "ap:p", "a\\b", "root", "*"],
        ];
        let mut fields = Vec::new();
        for pool in pools {
            let field = random.pick(pool);
            let field = match random.below(10) {
                0..5 => "*".to_owned(),
                5..8 => field.replace('\\', "\\\\").replace(':', "\\:"),
                8 => field.to_owned(),
                _ => field.chars().flat_map(|c| ['\\', c]).collect(),
            };
            fields.push(field);
        }
        let password = random.pick(PASSWORDS);
        fields.push(if random.chance(70) {
            password.replace('\\', "\\\\").replace(':', "\\:")
        } else {
            password.to_owned()
        });
        fields.join(":")
    }

    fn service_file(&mut self, named: bool, count: usize) -> Vec<u8> {
        let mut text = String::new();
        for _ in 0..=self.random.below(3) {
            let name = if self.random.chance(70) {
                "prod"
            } else {
                self.random.pick(SERVICES)
            };
            let random = &mut *self.random;
            text += random.pick(&["", "", "", " ", "\t"]);
            let rest = random.pick(&["", "", "", " x", "]", "  "]);
            text += &["[", name, "]", rest, "\n"].concat();
            for (keyword, value) in self.settings(named, count, 5) {
                // A line end would be another line, and a nested service is an error.
                if value.contains('\n') || (keyword == "service" && self.random.chance(80)) {
                    continue;
                }
                let random = &mut *self.random;
                let (before, after) = (
                    random.pick(&["", "", "", " ", "\t"]),
                    random.pick(&["", "", "", " ", "\r", "\x0b"]),
                );
                text += &[before, &keyword, "=", &value, after, "\n"].concat();
            }
            if self.random.chance(3) {
                let random = &mut *self.random;
                text += random.pick(&[
                    "host",
                    "host = x\n",
                    "hots=x\n",
                    "ssl=true\n",
                    "=x\n",
                    "# c\n",
                    "\n",
                    "requiressl=1\n",
                    "[\n",
                    "[]\n",
                ]);
            }
            if self.random.chance(1) {
                let len = 1015 + self.random.below(10);
                text += &["application_name=", &"x".repeat(len - 17), "\n"].concat();
            }
        }
        text.into_bytes()
    }

    /// Settings as a string of either grammar.
    fn string(&mut self, settings: &[(String, String)]) -> String {
        if self.random.chance(30) {
            let pairs: Vec<_> = settings
                .iter()
                .map(|(keyword, value)| format!("{keyword}={}", escaped(value)))
                .collect();
            let query = if pairs.is_empty() { "" } else { "?" };
            return format!("postgresql:///{query}{}", pairs.join("&"));
        }
        let quoted = |value: &str| value.replace('\\', "\\\\").replace('\'', "\\'");
        let pairs: Vec<_> = settings
            .iter()
            .map(|(keyword, value)| format!("{keyword}='{}'", quoted(value)))
            .collect();
        pairs.join(" ")
    }
}

fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(3 * value.len());
    for byte in value.bytes() {
        let digit = |digit: u8| char::from(b"0123456789abcdef"[usize::from(digit)]);
        text.extend(['%', digit(byte >> 4), digit(byte & 15)]);
    }
    text
}
