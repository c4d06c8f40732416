//! `dburl mysql`: the client of MySQL or MariaDB. It reads its password in `MYSQL_PWD`, and no variable for the user, the database or
//! TLS, so those are flags; the two clients have different ones for TLS.

use std::ffi::OsString;
use std::io;
use std::process::Command;

use database_url::mysql::{Config, Keyword, SslMode};
use database_url::{Database, Vars};
use serde_json::json;

use crate::Status;
use crate::args::Client;
use crate::verb::Ended;
use crate::verb::exec::{chosen, clear, replace, wrong_client};
use crate::view::Out;

/// Which client it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavor {
    MySql,
    MariaDb,
}

impl Flavor {
    /// For what MariaDB's client has no flag for.
    fn is_mysql(self, name: &'static str) -> Result<(), Rejection> {
        match self {
            Self::MySql => Ok(()),
            Self::MariaDb => reject(name, "use MySQL's client; MariaDB's has no such flag"),
        }
    }
}

/// A setting that a client has no option for, with the fix.
struct Rejection {
    name: &'static str,
    help: &'static str,
}

fn reject<T>(name: &'static str, help: &'static str) -> Result<T, Rejection> {
    Err(Rejection { name, help })
}

pub(crate) fn run(client: &Client, vars: &Vars, out: &mut Out) -> Ended {
    let database = chosen(&client.selection, vars, out)?;
    let Database::MySql(config) = &database else {
        let help = "use `dburl psql` for Postgres, or `dburl exec -- CMD` for another client";
        return wrong_client("mysql", &database, help, out);
    };
    let Some((program, flavor)) = installed() else {
        let message = "neither `mysql` nor `mariadb` is found";
        let help = "install a client, such as Debian's mariadb-client or default-mysql-client";
        return Ok(out.fail(Status::NoCommand, "cannot-run", message, help)?);
    };
    match flags(config, flavor, out)? {
        Ok(flags) => {
            let mut command = Command::new(program);
            clear(&mut command);
            if let Some(password) = config.password() {
                command.env("MYSQL_PWD", password.expose());
            }
            command.args(flags).args(&client.arguments);
            replace(command, out)
        }
        Err(Rejection { name, help }) => {
            let message = format!("the client `{program}` takes {name} in no variable and no flag");
            let object = json!({ "kind": "not-representable", "component": name, "message": message, "help": help });
            Ok(out.reject(Status::Rejected, &object, &message, Some(help))?)
        }
    }
}

/// The installed client and its vendor: both are called `mysql`.
fn installed() -> Option<(&'static str, Flavor)> {
    ["mysql", "mariadb"].into_iter().find_map(|program| {
        let output = Command::new(program).arg("--version").output().ok()?;
        let version = String::from_utf8_lossy(&output.stdout).to_ascii_lowercase();
        let flavor = if version.contains("mariadb") {
            Flavor::MariaDb
        } else {
            Flavor::MySql
        };
        Some((program, flavor))
    })
}

/// Everything but the password, which no flag may hold.
fn flags(
    config: &Config,
    flavor: Flavor,
    out: &mut Out,
) -> io::Result<Result<Vec<OsString>, Rejection>> {
    let mut flags = match location(config).and_then(|mut flags| {
        flags.extend(tls(config, flavor)?);
        Ok(flags)
    }) {
        Ok(flags) => flags,
        Err(rejection) => return Ok(Err(rejection)),
    };
    for (keyword, value) in config
        .keywords()
        .filter(|(keyword, _)| !keyword.is_location())
    {
        let value = value.expose();
        match keyword {
            Keyword::Charset => flags.push(format!("--default-character-set={value}")),
            Keyword::ConnectTimeoutMs => {
                let seconds = value.parse::<u64>().unwrap_or_default().div_ceil(1000);
                flags.push(format!("--connect-timeout={seconds}"));
            }
            Keyword::Compress if value == "true" => flags.push("--compress".to_owned()),
            Keyword::LocalInfile => {
                flags.push(format!("--local-infile={}", u8::from(value == "true")));
            }
            keyword if is_of_tls(keyword) => {}
            keyword => out.note(
                &format!("lost {keyword}: the client has no flag for it"),
                Some("set it in the session, or leave it out"),
            )?,
        }
    }
    Ok(Ok(flags.into_iter().map(OsString::from).collect()))
}

/// Host, user and database.
fn location(config: &Config) -> Result<Vec<String>, Rejection> {
    if config.hosts().nth(1).is_some() {
        return reject("several hosts", "leave one host in the URL");
    }
    if config.net().is_some() {
        return reject("net", "use a URL with a host or a socket");
    }
    let mut flags = Vec::new();
    match (config.socket(), config.hosts().next()) {
        (Some(socket), _) => flags.push(format!("--socket={socket}")),
        (None, Some(host)) => {
            // The client takes a socket for `localhost` otherwise.
            flags.push("--protocol=TCP".to_owned());
            flags.push(format!("--host={}", host.host().unwrap_or("localhost")));
            let port = host.port().unwrap_or(config.default_port());
            flags.push(format!("--port={port}"));
        }
        (None, None) => {}
    }
    for (keyword, flag) in [(Keyword::User, "user"), (Keyword::Database, "database")] {
        let Some(value) = config.get(keyword) else {
            continue;
        };
        // Arguments are seen by everyone on the machine.
        if keyword.mask(value.expose()) != value.expose() {
            return reject(
                keyword.as_str(),
                "it looks as if it held a password; escape user and password each by itself",
            );
        }
        flags.push(format!("--{flag}={}", value.expose()));
    }
    Ok(flags)
}

const TLS: &[(Keyword, &str)] = &[
    (Keyword::SslCa, "ssl-ca"),
    (Keyword::SslCapath, "ssl-capath"),
    (Keyword::SslCert, "ssl-cert"),
    (Keyword::SslKey, "ssl-key"),
    (Keyword::SslCipher, "ssl-cipher"),
    (Keyword::SslCrl, "ssl-crl"),
    (Keyword::SslCrlpath, "ssl-crlpath"),
    (Keyword::TlsVersion, "tls-version"),
];

/// Flags of MySQL's client alone.
const MYSQL_ONLY: &[(Keyword, &str)] = &[
    (Keyword::Cleartext, "--enable-cleartext-plugin"),
    (Keyword::AllowPublicKeyRetrieval, "--get-server-public-key"),
];

fn is_of_tls(keyword: Keyword) -> bool {
    let others = [Keyword::SslMode, Keyword::ServerPublicKey];
    let tables = TLS
        .iter()
        .map(|(known, _)| known)
        .chain(MYSQL_ONLY.iter().map(|(known, _)| known));
    others.iter().chain(tables).any(|known| *known == keyword)
}

fn tls(config: &Config, flavor: Flavor) -> Result<Vec<String>, Rejection> {
    let mut flags = match (config.ssl_mode(), flavor) {
        (None, _) => Vec::new(),
        (Some(mode), Flavor::MySql) => {
            vec![format!("--ssl-mode={}", mode.as_str().to_ascii_uppercase())]
        }
        (Some(SslMode::Disabled), Flavor::MariaDb) => vec!["--skip-ssl".to_owned()],
        // TLS if the server has it, and no more: which is all that `--ssl` means to that client.
        (Some(SslMode::Preferred), Flavor::MariaDb) => vec!["--ssl".to_owned()],
        (Some(SslMode::Required), Flavor::MariaDb) => {
            return reject(
                "ssl_mode=required",
                "MariaDB's client goes on without TLS unless it checks the certificate: use \
                       `ssl-mode=VERIFY_IDENTITY` with `ssl-ca`, or MySQL's client",
            );
        }
        // It checks the name with the chain, or neither.
        (Some(_), Flavor::MariaDb) => {
            vec!["--ssl".to_owned(), "--ssl-verify-server-cert".to_owned()]
        }
    };
    for (keyword, flag) in TLS {
        let Some(value) = config.get(*keyword).map(database_url::SecretStr::expose) else {
            continue;
        };
        if value.contains("-----BEGIN") || value.contains('\n') {
            return reject(
                keyword.as_str(),
                "the client reads a file: write the certificate or key to one, and name that",
            );
        }
        flags.push(format!("--{flag}={value}"));
    }
    for (keyword, flag) in MYSQL_ONLY {
        if config.flag(*keyword) == Some(true) {
            flavor.is_mysql(keyword.as_str())?;
            flags.push((*flag).to_owned());
        }
    }
    if let Some(path) = config.get(Keyword::ServerPublicKey) {
        flavor.is_mysql("server_public_key")?;
        flags.push(format!("--server-public-key-path={}", path.expose()));
    }
    Ok(flags)
}
