//! libpq's order, keyword by keyword (`conninfo_add_defaults`, `pqConnectOptions2`).

use crate::config::value;
use crate::error::{Error, ErrorKind};
use crate::postgres::{Config, Keyword};
use crate::secret::{Secret, SecretStr};
use crate::shown;
use crate::source::Source;
use crate::span::Component;
use crate::warning::{Warning, WarningCode};

use super::completed::{Completed, Server, from, from_default};
use super::file::NamedFile;
use super::passfile::{Passfile, PasswordKey};
use super::slots::{SlotKey, Slots};
use super::{Completion, environment, service_file};

/// Sets `sslmode` where `PGSSLMODE` does not, if it begins with `1`.
const REQUIRE_SSL: &str = "PGREQUIRESSL";

/// What a stranger may not set.
const UNTRUSTED: &[(Keyword, &str)] = &[
    (Keyword::Service, READS_FILE),
    (Keyword::Passfile, READS_FILE),
    (Keyword::SslCert, READS_FILE),
    (Keyword::SslKey, READS_FILE),
    (Keyword::SslRootCert, READS_FILE),
    (Keyword::SslCrl, READS_FILE),
    (Keyword::SslCrlDir, READS_FILE),
    (Keyword::SslKeyLogFile, "it writes a file of this machine"),
    (Keyword::GssLib, "it chooses a library of this machine"),
    (Keyword::Options, "it is a command line for the server"),
    (Keyword::HostAddr, CONNECTS),
    (Keyword::OauthIssuer, CONNECTS),
];
pub(super) const READS_FILE: &str = "it reads a file of this machine";
const CONNECTS: &str = "it decides where else to connect";

pub(super) fn complete(
    completion: &Completion<'_>,
    config: &Config,
) -> Result<Completed<Config>, Error> {
    let mut warnings = Vec::new();
    let mut slots = Slots::of(|keyword| config.get(keyword));
    if completion.untrusted {
        let is_system = |text: &SecretStr<'_>| text.expose() == "system";
        trusted(UNTRUSTED, |keyword| {
            let is_root = keyword == Keyword::SslRootCert;
            config
                .get(keyword)
                .filter(|text| !(is_root && is_system(text)))
        })?;
    } else {
        add_service(&mut slots, completion, &mut warnings)?;
    }
    add_environment(&mut slots, completion)?;
    add_user(&mut slots, completion);
    warnings.extend(redirection(&slots));
    let mut completed = assembled(&slots, config)?;
    add_defaults(&mut slots, config);
    let mut servers = servers(completion, &slots, config);
    if !completion.untrusted && slots.given(Keyword::Password).is_none() {
        add_passwords(&mut servers, &mut slots, completion, &mut warnings)?;
        if let Some(password) = common_password(&servers, &mut warnings) {
            completed = completed.with_password(password.0.expose())?;
            slots.replace(Keyword::Password, password.0.expose(), from(password.1));
        }
    }
    Ok(Completed {
        config: completed,
        fields: slots.fields(),
        servers,
        warnings,
    })
}

/// Whether a string from a stranger sets nothing that it may not set.
pub(super) fn trusted<'c, K: SlotKey>(
    rejected: &[(K, &str)],
    get: impl Fn(K) -> Option<SecretStr<'c>>,
) -> Result<(), Error> {
    let mut rejected = rejected.iter();
    let set = rejected.find(|(key, _)| get(*key).is_some_and(|text| !text.is_empty()));
    match set {
        None => Ok(()),
        Some((key, why)) => {
            let part = key.part();
            let error = Error::new(ErrorKind::Untrusted, (*why).to_owned()).of(part);
            Err(error.with_help(format!("remove `{part}` from the string")))
        }
    }
}

fn add_service(
    slots: &mut Slots<Keyword>,
    completion: &Completion<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<(), Error> {
    let own = slots.text(Keyword::Service).map(str::to_owned);
    let (service, by) = match own {
        Some(service) => (service, None),
        None => match completion.vars.get("PGSERVICE")? {
            Some(service) => (service.expose().to_owned(), Some(var("PGSERVICE"))),
            None => return Ok(()),
        },
    };
    for setting in service_file::load(completion, &service, by, warnings)? {
        slots.offer(setting.keyword, setting.value.expose(), setting.source);
    }
    Ok(())
}

fn add_environment(slots: &mut Slots<Keyword>, completion: &Completion<'_>) -> Result<(), Error> {
    for &keyword in Keyword::ALL {
        let Some(name) = keyword.env() else { continue };
        if completion.untrusted && is_withheld(keyword) {
            continue;
        }
        if slots.text(keyword).is_some() {
            // What is not used need not be readable.
            if completion.vars.is_set(name) {
                slots.lost(keyword, var(name));
            }
        } else if let Some(value) = environment::get(completion.vars, name, keyword.component())? {
            slots.offer(keyword, value, var(name));
        }
    }
    let requires = completion.var(REQUIRE_SSL);
    if requires.is_some_and(|value| value.starts_with('1')) {
        slots.offer(Keyword::SslMode, "require", var(REQUIRE_SSL));
    }
    Ok(())
}

/// What of this machine is not added to a string from a stranger.
fn is_withheld(keyword: Keyword) -> bool {
    let reads = UNTRUSTED
        .iter()
        .any(|&(known, why)| known == keyword && why == READS_FILE);
    keyword.is_secret() || (reads && keyword != Keyword::SslRootCert)
}

fn add_user(slots: &mut Slots<Keyword>, completion: &Completion<'_>) {
    match completion.user() {
        Some((name, source)) if slots.given(Keyword::User).is_none() => {
            slots.replace(Keyword::User, name, from(source));
        }
        _ => {}
    }
    if slots.given(Keyword::Dbname).is_none() {
        let user = slots.given(Keyword::User).map(str::to_owned);
        if let Some(user) = user {
            slots.replace(Keyword::Dbname, &user, from_default(Component::User));
        }
    }
}

fn add_defaults(slots: &mut Slots<Keyword>, config: &Config) {
    if slots.text(Keyword::SslRootCert) == Some("system") {
        slots.default(Keyword::SslMode, "verify-full");
    }
    slots.default(Keyword::Port, &config.default_port().to_string());
    for &keyword in Keyword::ALL {
        if let Some(value) = keyword.default_value() {
            slots.default(keyword, value);
        }
    }
}

/// The address of another source than the host's.
fn redirection(slots: &Slots<Keyword>) -> Option<Warning> {
    let by = slots.source(Keyword::HostAddr)?;
    let is_own = slots.given(Keyword::Host).is_some() && slots.source(Keyword::Host).is_none();
    if !is_own || slots.given(Keyword::HostAddr).is_none() {
        return None;
    }
    let message = format!("{by} decides where to connect, whatever the host of the string is");
    let help = "unset it, or give the address and the host together";
    Some(Warning::new(WarningCode::AddressRedirects, message, help))
}

/// What completion itself acts on, so that the config says nothing of it any more: few drivers know these.
const CONSUMED: [Keyword; 2] = [Keyword::Service, Keyword::Passfile];

/// The config with everything but defaults; an error names the source of the value that is wrong.
fn assembled(slots: &Slots<Keyword>, config: &Config) -> Result<Config, Error> {
    let mut base = config.clone();
    for keyword in CONSUMED {
        if base.get(keyword).is_some() {
            base = base.without(keyword)?;
        }
    }
    let added = slots.added();
    let added = added.filter(|(keyword, _)| !CONSUMED.contains(keyword));
    base.with_all(added).map_err(|error| slots.blame(error))
}

/// The servers to try: the lists of hosts, addresses and ports, element by element.
fn servers(completion: &Completion<'_>, slots: &Slots<Keyword>, config: &Config) -> Vec<Server> {
    let list = |keyword| {
        slots
            .given(keyword)
            .map(|list| list.split(',').collect::<Vec<_>>())
    };
    let (hosts, addresses) = (list(Keyword::Host), list(Keyword::HostAddr));
    let ports = list(Keyword::Port).unwrap_or_default();
    let count = addresses.as_ref().or(hosts.as_ref()).map_or(1, Vec::len);
    let lists = [Keyword::Host, Keyword::HostAddr].map(|keyword| slots.given(keyword));
    let is_hidden = lists
        .into_iter()
        .flatten()
        .any(|list| shown::hides_hosts(list.split(',')));
    let element = |list: &Option<Vec<&str>>, index: usize| {
        let element = list.as_ref()?.get(index).copied();
        element.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let default = config.default_port();
    (0..count)
        .map(|index| {
            let hostaddr = element(&addresses, index);
            let host = element(&hosts, index).or_else(|| hostaddr.clone());
            let port = if ports.len() == 1 {
                ports.first()
            } else {
                ports.get(index)
            };
            let port = port.filter(|port| !port.is_empty());
            let password = slots.given(Keyword::Password);
            Server {
                host: host.unwrap_or_else(|| completion.socket_dir.clone()),
                hostaddr,
                port: port.and_then(|port| value::port(port)).unwrap_or(default),
                port_text: port.map_or_else(|| default.to_string(), |port| (*port).to_owned()),
                password: password.map(Secret::from),
                password_from: None,
                is_hidden,
            }
        })
        .collect()
}

/// Looks up each server's password in the password file.
fn add_passwords(
    servers: &mut [Server],
    slots: &mut Slots<Keyword>,
    completion: &Completion<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<(), Error> {
    let Some(file) = password_file(slots, completion) else {
        return Ok(());
    };
    let given = (slots.given(Keyword::Dbname), slots.given(Keyword::User));
    let (Some(database), Some(user)) = given else {
        return Ok(());
    };
    warnings.extend(file.relative());
    let Some(passfile) = Passfile::open(file, warnings) else {
        return Ok(());
    };
    for server in servers {
        let is_default = server.host == completion.socket_dir;
        let key = PasswordKey {
            host: if is_default {
                "localhost"
            } else {
                &server.host
            },
            port: &server.port_text,
            database,
            user,
        };
        if let Some((password, source)) = passfile.find(&key)? {
            server.password = Some(password);
            server.password_from = Some(source);
        }
    }
    Ok(())
}

/// The password file that is meant; the default one becomes the default of `passfile`.
fn password_file(slots: &mut Slots<Keyword>, completion: &Completion<'_>) -> Option<NamedFile> {
    if let Some(path) = slots.given(Keyword::Passfile) {
        let by = slots.source(Keyword::Passfile).cloned();
        let by = by.unwrap_or(Source::Argument("passfile"));
        return Some(NamedFile::named(path, by));
    }
    let name = if cfg!(windows) {
        "pgpass.conf"
    } else {
        ".pgpass"
    };
    let path = completion.home_of_libpq()?.join(name);
    slots.replace_by_default(Keyword::Passfile, &path.to_string_lossy());
    Some(NamedFile::unasked(path))
}

/// The password that all servers share, with its source.
fn common_password(servers: &[Server], warnings: &mut Vec<Warning>) -> Option<(Secret, Source)> {
    let first = servers.first()?;
    if servers
        .iter()
        .any(|server| server.password != first.password)
    {
        warnings.push(WarningCode::PasswordsDiffer.into());
        return None;
    }
    let password = first
        .password
        .clone()
        .filter(|password| !password.expose().is_empty())?;
    Some((password, first.password_from.clone()?))
}

fn var(name: &str) -> Source {
    Source::ConfigVar(name.to_owned())
}
