//! The client `mysql` itself: where it connects, as whom, with which password and database, and whether it begins TLS, is what
//! we complete a string to, on generated option files, variables and command lines.
//!
//! Servers that do no more than shake hands are at the other end, so a client shows what it uses before it is rejected.
//! `DBURL_DIFF_CASES` is how many cases (default 3,000; each is a process), `DBURL_DIFF_SEED` where they start.

mod case;
mod handshake;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use database_url::Vars;
use database_url::credentials::{Completed, Completion};
use database_url::mysql::{Config, SslMode};

use case::{Case, Surroundings};
use handshake::{Contact, Listeners, Location};
use support::number::cases_and_seed;
use support::random::Random;

const CASES: usize = 3_000;
const SEED: u64 = 0x6462_7572_6c00_0004;

/// How both agree. Each has to occur once in a hundred cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    /// A login over TCP, without TLS.
    Tcp,
    /// A login over a socket.
    Socket,
    /// TLS begins.
    Tls,
    /// The distribution's own socket, where no server is; for us `localhost`, if it is compiled into the client.
    Default,
    /// The port that is compiled in, where no server of ours is.
    Unreached,
    /// The string names a socket, and the client would take the host of a file or a variable. We do not, as the list of
    /// differences says.
    OwnSocket,
    /// Both reject.
    Rejected,
}

use Agreement::{Default as ByDefault, OwnSocket, Rejected, Socket, Tcp, Tls, Unreached};

#[test]
fn the_client_connects_as_we_complete() {
    let (cases, seed) = cases_and_seed(CASES, SEED);
    let surroundings = Surroundings::new();
    let listeners = Listeners::new(&surroundings.folder);
    let user = system_user();
    let mut random = Random::new(seed);
    let (mut counts, mut shown) = (BTreeMap::<_, usize>::new(), Vec::new());
    for _ in 0..cases {
        let case = Case::new(&mut random, &surroundings, &listeners);
        match compare(&case, &listeners, &user) {
            Ok(agreement) => *counts.entry(agreement).or_default() += 1,
            Err(what) => shown.push(format!("{what}\n{case}")),
        }
    }
    eprintln!("{cases} cases: {counts:?}");
    let first: Vec<_> = shown.iter().take(5).map(String::as_str).collect();
    assert!(
        shown.is_empty(),
        "{} disagreements:\n{}",
        shown.len(),
        first.join("\n\n")
    );
    for agreement in [Tcp, Socket, Tls, ByDefault, Unreached, OwnSocket, Rejected] {
        let count = counts.get(&agreement).copied().unwrap_or(0);
        assert!(count * 100 >= cases, "{agreement:?}: {count} of {cases}");
    }
}

/// The files that every client reads first. A test cannot write these, so their order is what the client itself prints.
#[test]
fn the_files_for_everyone_are_those_of_the_client() {
    let output = client().arg("--help").output().expect("the client runs");
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        help.contains("\n/etc/my.cnf /etc/mysql/my.cnf ~/.my.cnf \n"),
        "{help}"
    );
    assert!(help.contains(
        "The following groups are read: mysql mariadb-client client client-server client-mariadb"
    ));
}

fn client() -> Command {
    let mut client = Command::new("mariadb");
    client.env_clear().stdin(Stdio::null());
    client
}

/// One case before the client and before us.
fn compare(case: &Case, listeners: &Listeners, user: &str) -> Result<Agreement, String> {
    let theirs = theirs(case, listeners);
    let ours = ours(case, user);
    match (theirs, ours) {
        (Err(_), Err(_)) => Ok(Rejected),
        (Err(message), Ok(_)) => Err(format!("the client rejects ({message}), we complete")),
        (Ok(contact), Err(error)) => Err(format!(
            "the client is {contact:?}, we reject: {error} {:?}",
            error.origin()
        )),
        (
            Ok(Contact {
                location: Location::Tcp(..),
                ..
            }),
            Ok(completed),
        ) if case.names_socket() && completed.config().socket().is_some() => Ok(OwnSocket),
        (Ok(contact), Ok(completed)) => agree(&contact, &completed, listeners),
    }
}

fn agree(
    contact: &Contact,
    completed: &Completed<Config>,
    listeners: &Listeners,
) -> Result<Agreement, String> {
    let config = completed.config();
    let differ = |what: &str| Err(format!("{what}: {contact:?}, we have {completed:?}"));
    let server = completed.servers().first().ok_or("no server")?;
    let is_local = server.host() == "localhost" && config.socket().is_none();
    let agreement = match &contact.location {
        Location::Socket(path) if config.socket() == Some(path) => {
            if !listeners.has_socket(path) {
                return Ok(ByDefault);
            }
            Socket
        }
        // The directory is the distribution's own.
        Location::Socket(path) if is_local && !listeners.has_socket(path) => return Ok(ByDefault),
        Location::Tcp(host, port) => {
            let is_same = server.host() == host || is_local && host == "127.0.0.1";
            if config.socket().is_some()
                || !is_same
                || port.is_some_and(|port| port != server.port())
            {
                return differ("place");
            }
            if port.is_none() {
                return if listeners.has_port(server.port()) {
                    differ("port")
                } else {
                    Ok(Unreached)
                };
            }
            Tcp
        }
        Location::Socket(_) => return differ("place"),
    };
    let mode = config.ssl_mode();
    if contact.offers_tls {
        return match (contact.begins_tls, mode) {
            // The client's own default.
            (true, mode) if mode != Some(SslMode::Disabled) => Ok(Tls),
            (false, Some(SslMode::Disabled)) => Ok(agreement),
            _ => differ("TLS"),
        };
    }
    let Some(login) = &contact.login else {
        // It requires TLS, and went away.
        let is_strict = matches!(mode, Some(SslMode::VerifyIdentity));
        return if is_strict { Ok(Tls) } else { differ("login") };
    };
    if mode == Some(SslMode::VerifyIdentity) {
        return differ("TLS");
    }
    let given = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let password = config.password().map(database_url::SecretStr::expose);
    if login.user != given(config.user()) {
        return differ("user");
    }
    if login.database != given(config.dbname()) {
        return differ("database");
    }
    if login.scramble != handshake::scramble(password.unwrap_or_default()) {
        return differ("password");
    }
    Ok(agreement)
}

/// What the client uses; the message, where it rejects the case.
fn theirs(case: &Case, listeners: &Listeners) -> Result<Contact, String> {
    listeners.offer_tls(case.offers_tls);
    let output = client()
        .envs(case.vars.iter().map(|(name, value)| (name, value)))
        .args(&case.arguments)
        .output()
        .expect("the client runs: apt-get install mariadb-client-core");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    if let Some(location) = Location::unreached(&message) {
        return Ok(Contact::none(location));
    }
    if !message.contains("ERROR ") {
        return Err(message);
    }
    Ok(listeners.contact())
}

fn ours(case: &Case, user: &str) -> Result<Completed<Config>, database_url::Error> {
    let config = match case.url.as_str() {
        "" => Config::new(),
        url => url.parse()?,
    };
    let vars: Vars = case.vars.iter().map(|(k, v)| (&**k, &**v)).collect();
    let completion = Completion::new(&vars).system_user(user);
    match &case.only_file {
        Some(file) => completion
            .home("/nonexistent")
            .option_files([file])
            .mysql(&config),
        None => completion.mysql(&config),
    }
}

fn system_user() -> String {
    let output = Command::new("id").arg("-un").output().expect("id");
    let name = String::from_utf8(output.stdout).expect("a name");
    name.trim().to_owned()
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}
