//! Cases: option files, variables and a command line, always from a seed.

use std::fmt;
use std::path::{Path, PathBuf};

use support::random::Random;

use super::handshake::{HOSTS, Listeners};
use super::write;

/// The folder of all cases, which goes with it.
pub(super) struct Surroundings {
    pub(super) folder: PathBuf,
}

impl Surroundings {
    pub(super) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("dburl-client-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self { folder }
    }
}

impl Drop for Surroundings {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A command line with what is around it.
pub(super) struct Case {
    pub(super) arguments: Vec<String>,
    /// What the arguments give, as a URL; empty where they give nothing.
    pub(super) url: String,
    /// The only file that is read; else those of every client.
    pub(super) only_file: Option<PathBuf>,
    pub(super) vars: Vec<(String, String)>,
    pub(super) offers_tls: bool,
    files: Vec<PathBuf>,
}

impl Case {
    pub(super) fn new(
        random: &mut Random,
        surroundings: &Surroundings,
        listeners: &Listeners,
    ) -> Self {
        let mut maker = Maker {
            random,
            folder: &surroundings.folder,
            listeners,
        };
        maker.case()
    }

    pub(super) fn names_socket(&self) -> bool {
        self.url.contains("?socket=")
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?} {:?} {:?}", self.arguments, self.url, self.vars)?;
        for file in &self.files {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            writeln!(f, "--- {}\n{text}", file.display())?;
        }
        Ok(())
    }
}

struct Maker<'c> {
    random: &'c mut Random,
    folder: &'c Path,
    listeners: &'c Listeners,
}

impl Maker<'_> {
    fn case(&mut self) -> Case {
        let mut files: Vec<_> = ["d/a.cnf", "d/b.cnf", "d/c.txt", "included"]
            .map(|name| self.file(name, false))
            .into();
        let mut vars = self.variables();
        let mut arguments = Vec::new();
        let mut only_file = None;
        if self.random.chance(50) {
            let main = self.file("main.cnf", true);
            arguments.push(format!("--defaults-file={}", main.display()));
            vars.retain(|(name, _)| name != "HOME" && !name.ends_with("_HOME"));
            files.push(main.clone());
            only_file = Some(main);
        } else {
            for name in ["home/.my.cnf", "of_mysql/my.cnf", "of_mariadb/my.cnf"] {
                files.push(self.file(name, true));
            }
        }
        let url = self.command_line(&mut arguments);
        Case {
            arguments,
            url,
            only_file,
            vars,
            offers_tls: self.random.chance(30),
            files,
        }
    }

    fn variables(&mut self) -> Vec<(String, String)> {
        let mut vars = Vec::new();
        let path = |name: &str| self.folder.join(name).display().to_string();
        let (home, mysql, mariadb) = (path("home"), path("of_mysql"), path("of_mariadb"));
        let mut put = |name: &str, often: usize, value: &str, random: &mut Random| {
            if random.chance(often) {
                vars.push((name.to_owned(), value.to_owned()));
            }
        };
        let random = &mut *self.random;
        put("HOME", 90, &home, random);
        put("MYSQL_HOME", 20, &mysql, random);
        put("MARIADB_HOME", 20, &mariadb, random);
        let suffixes = ["X", "_y", ""];
        for name in ["MYSQL_GROUP_SUFFIX", "MARIADB_GROUP_SUFFIX"] {
            let suffix = random.pick(&suffixes);
            put(name, 20, suffix, random);
        }
        let host = random.pick(&[HOSTS[0], HOSTS[1], HOSTS[2], "localhost", ""]);
        put("MYSQL_HOST", 30, host, random);
        let port = self.listeners.ports[random.below(2)].to_string();
        put("MYSQL_TCP_PORT", 40, &port, random);
        for name in ["MYSQL_UNIX_PORT", "MARIADB_UNIX_PORT"] {
            let socket = &self.listeners.sockets[random.below(2)];
            put(name, 30, socket, random);
        }
        let password = random.pick(&["k3y", "", "p@ss:w/rd", "\u{e9} \u{1f511}", "'"]);
        put("MYSQL_PWD", 40, password, random);
        vars
    }

    /// Arguments, and the URL that means the same. `localhost` is a host in a URL and the socket for the client, so it is not
    /// among them.
    fn command_line(&mut self, arguments: &mut Vec<String>) -> String {
        if self.random.chance(50) {
            return String::new();
        }
        let random = &mut *self.random;
        let mut url = "mysql://".to_owned();
        if random.chance(40) {
            let user = random.pick(&["cli", "c l", "c%i"]);
            arguments.push(format!("--user={user}"));
            url += database_url::encode(user).expose();
            if random.chance(50) {
                let password = random.pick(&["s3cret", "a@b", ""]);
                arguments.push(format!("--password={password}"));
                url += ":";
                url += database_url::encode(password).expose();
            }
            url += "@";
        }
        let mut socket = None;
        if random.chance(60) {
            let host = random.pick(&HOSTS);
            arguments.push(format!("--host={host}"));
            url += host;
            if random.chance(50) {
                let port = self.listeners.ports[random.below(2)];
                arguments.push(format!("--port={port}"));
                url += ":";
                url += &port.to_string();
            }
        } else if random.chance(50) {
            let path = &self.listeners.sockets[random.below(2)];
            arguments.push(format!("--socket={path}"));
            socket = Some(path);
        }
        url += "/";
        if random.chance(40) {
            arguments.push("--database=of_cli".to_owned());
            url += "of_cli";
        }
        if let Some(path) = socket {
            url += "?socket=";
            url += database_url::encode(path).expose();
        }
        url
    }

    fn file(&mut self, name: &str, may_include: bool) -> PathBuf {
        let path = self.folder.join(name);
        let text = self.text(may_include);
        write(&path, &text);
        path
    }

    fn text(&mut self, may_include: bool) -> String {
        let mut text = "[client]\n".to_owned();
        for _ in 0..self.random.few(9) {
            text += &match self.random.below(12) {
                0..2 => self.group(),
                2 if may_include => self.include(),
                _ => self.option(),
            };
            text += self
                .random
                .pick(&["\n", "\n", "\n", "\r\n", " \n", "\n\n", " # c\n"]);
        }
        text
    }

    fn group(&mut self) -> String {
        let name = self.random.pick(&[
            "client",
            "client",
            "mysql",
            "mysqld",
            "client-server",
            "client-mariadb",
            "mariadb-client",
            "clientX",
            "client_y",
            "mysqlX",
            "clientx",
            "CLIENT",
            "mysqldump",
        ]);
        format!("[{name}]")
    }

    fn include(&mut self) -> String {
        let folder = self.folder.display();
        let (directive, target) = match self.random.below(20) {
            0..6 => ("includedir", "d"),
            6 => ("includedir", "missing"),
            7..11 => ("include", "missing"),
            _ => ("include", "included"),
        };
        format!("!{directive} {folder}/{target}")
    }

    fn option(&mut self) -> String {
        let random = &mut *self.random;
        let port = self.listeners.ports[random.below(2)].to_string();
        let socket = self.listeners.sockets[random.below(2)].clone();
        let (name, values): (&str, &[&str]) = match random.below(16) {
            0..3 => (
                "host",
                &[HOSTS[0], HOSTS[1], HOSTS[2], "localhost", "localhost", ""],
            ),
            3..5 => ("port", &[&port, &port, &port, "", "0"]),
            5..7 => ("socket", &[&socket]),
            7 => ("user", &["app", "'a b'", "a\\sb", "\"q#\"", "", "\u{e9}"]),
            8..10 => (
                "password",
                &[
                    "hunter2", "\"p#w\"", "'it\\'s'", "a\\\\b", "", "p=w", "\\\"", "'a' 'b'",
                ],
            ),
            10 => ("database", &["shop", "'s h'", "", "a\\\\b"]),
            11 => return self.switch(),
            12 => (
                "protocol",
                &["tcp", "TCP", "socket", "", "SOCKET", "t", "bogus"],
            ),
            13 => ("connect_timeout", &["3", "0"]),
            14 => ("default-character-set", &["utf8mb4", "latin1"]),
            _ => ("loose-prompt", &["x"]),
        };
        let name = match random.below(8) {
            0 => name.replace('-', "_"),
            1 => format!("loose-{name}"),
            2 => name.to_uppercase(),
            _ => name.to_owned(),
        };
        let equals = random.pick(&["=", "=", " = ", "\t=", "= "]);
        format!("{name}{equals}{}", random.pick(values))
    }

    /// An option that is on or off, or has its value missing.
    fn switch(&mut self) -> String {
        let name = self.random.pick(&[
            "ssl",
            "ssl=0",
            "ssl=1",
            "ssl=ON",
            "ssl=false",
            "ssl=off",
            "ssl=",
            "ssl=maybe",
            "skip-ssl",
            "skip_ssl",
            "skip-ssl=0",
            "disable-ssl",
            "enable-ssl",
            "enable-ssl=0",
            "ssl-verify-server-cert",
            "ssl-verify-server-cert=0",
            "ssl_verify_server_cert=1",
            "skip-ssl-verify-server-cert",
            "skip-password",
            "disable-password",
            "loose-skip-ssl",
            "user",
            "host",
            "database",
            "compress",
            "no-beep",
        ]);
        name.to_owned()
    }
}
