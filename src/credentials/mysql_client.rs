//! The order of the client `mysql`: command line, option files, variables, defaults.

use crate::config::value;
use crate::error::{Error, ErrorKind};
use crate::mysql::{Config, Keyword, SslMode};
use crate::secret::{Secret, SecretStr};
use crate::source::Source;
use crate::warning::Warning;

use super::completed::{Completed, Server, from};
use super::libpq::{READS_FILE, trusted};
use super::option_file::{self, OptionLine};
use super::option_tls::Tls;
use super::slots::Slots;
use super::{Completion, environment};

/// What an option's value is.
#[derive(Clone, Copy)]
enum Form {
    Text,
    /// Of TLS, which it turns on.
    Tls,
    /// Seconds, for a keyword of milliseconds.
    Seconds,
}

/// The options that say where, as whom and how safely to connect; others are about the client.
const OPTIONS: &[(&str, Keyword, Form)] = &[
    ("user", Keyword::User, Form::Text),
    ("password", Keyword::Password, Form::Text),
    ("host", Keyword::Host, Form::Text),
    ("port", Keyword::Port, Form::Text),
    ("socket", Keyword::Socket, Form::Text),
    ("database", Keyword::Database, Form::Text),
    ("ssl-ca", Keyword::SslCa, Form::Tls),
    ("ssl-capath", Keyword::SslCapath, Form::Tls),
    ("ssl-cert", Keyword::SslCert, Form::Tls),
    ("ssl-key", Keyword::SslKey, Form::Tls),
    ("ssl-cipher", Keyword::SslCipher, Form::Tls),
    ("ssl-crl", Keyword::SslCrl, Form::Tls),
    ("ssl-crlpath", Keyword::SslCrlpath, Form::Tls),
    ("tls-version", Keyword::TlsVersion, Form::Text),
    ("default-character-set", Keyword::Charset, Form::Text),
    ("init-command", Keyword::InitCommand, Form::Text),
    ("connect-timeout", Keyword::ConnectTimeoutMs, Form::Seconds),
];

/// The port that the client takes for none.
const DEFAULT_PORT: &str = "0";

/// The variables of the client and of its library.
const VARIABLES: &[(&str, Keyword)] = &[
    ("MYSQL_HOST", Keyword::Host),
    ("MYSQL_TCP_PORT", Keyword::Port),
    ("MYSQL_UNIX_PORT", Keyword::Socket),
    ("MARIADB_UNIX_PORT", Keyword::Socket),
    ("MYSQL_PWD", Keyword::Password),
];

/// What a stranger may not set.
const UNTRUSTED: &[(Keyword, &str)] = &[
    (Keyword::Socket, "it connects to this machine"),
    (Keyword::SslCa, READS_FILE),
    (Keyword::SslCapath, READS_FILE),
    (Keyword::SslCert, READS_FILE),
    (Keyword::SslKey, READS_FILE),
    (Keyword::SslCrl, READS_FILE),
    (Keyword::SslCrlpath, READS_FILE),
    (Keyword::ServerPublicKey, READS_FILE),
    (Keyword::InitCommand, "it is SQL for the server"),
    (
        Keyword::LocalInfile,
        "it lets the server read files of this machine",
    ),
];

pub(super) fn complete(
    completion: &Completion<'_>,
    config: &Config,
) -> Result<Completed<Config>, Error> {
    let mut warnings = Vec::new();
    let mut slots = Slots::of(|keyword| config.get(keyword));
    let mut is_tcp = false;
    if completion.untrusted {
        let set = |keyword| config.get(keyword).filter(|text| text.expose() != "false");
        trusted(UNTRUSTED, set)?;
    } else {
        is_tcp = add_files(&mut slots, completion, &mut warnings)?;
    }
    add_variables(&mut slots, completion)?;
    match completion.user() {
        Some((user, source)) if slots.given(Keyword::User).is_none() => {
            slots.replace(Keyword::User, user, from(source));
        }
        _ => {}
    }
    settle_location(&mut slots, is_tcp);
    settle_tls(&mut slots);
    let completed = assembled(&slots, config)?;
    if slots.given(Keyword::Socket).is_none() {
        slots.default(Keyword::Host, "localhost");
        slots.default(Keyword::Port, &config.default_port().to_string());
    }
    Ok(Completed {
        servers: servers(&completed, &slots),
        config: completed,
        fields: slots.fields(),
        warnings,
    })
}

fn add_variables(slots: &mut Slots<Keyword>, completion: &Completion<'_>) -> Result<(), Error> {
    for &(name, keyword) in VARIABLES {
        if completion.untrusted && keyword == Keyword::Password {
            continue;
        }
        let Some(value) = environment::get(completion.vars, name, keyword.component())? else {
            continue;
        };
        let source = Source::ConfigVar(name.to_owned());
        match keyword {
            // The library takes an empty variable for an unset one, but an empty password.
            _ if value.is_empty() && keyword != Keyword::Password => {}
            Keyword::Port if value == DEFAULT_PORT => {}
            // For the client an empty port of a file, or 0, is not one.
            Keyword::Port if slots.given(keyword).is_none() => {
                slots.replace(keyword, value, from(source));
            }
            _ => slots.offer(keyword, value, source),
        }
    }
    Ok(())
}

/// What the option files give; a later line wins, so they are offered from the last on. Whether `protocol` is TCP.
fn add_files(
    slots: &mut Slots<Keyword>,
    completion: &Completion<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<bool, Error> {
    let settings = option_file::load(completion, warnings)?;
    let (mut tls, mut is_tcp, mut read) = (Tls::default(), false, Vec::new());
    for setting in &settings {
        let name = setting.name.strip_prefix("loose-").unwrap_or(&setting.name);
        if name == "protocol" {
            is_tcp = protocol_is_tcp(setting)?;
        } else if !tls.note(name, setting)? {
            read.extend(option(name, setting, &mut tls)?);
        }
    }
    for (keyword, value, source) in read.into_iter().rev() {
        slots.offer(keyword, value.expose(), source);
    }
    if let Some((mode, source)) = tls.mode() {
        slots.offer(Keyword::SslMode, mode.as_str(), source);
    }
    Ok(is_tcp)
}

/// The setting that an option means, with its line.
fn option(
    name: &str,
    setting: &OptionLine,
    tls: &mut Tls,
) -> Result<Option<(Keyword, Secret, Source)>, Error> {
    let found = |keyword, value: Secret| Ok(Some((keyword, value, setting.source.clone())));
    if matches!(name, "skip-password" | "disable-password") {
        return found(Keyword::Password, "".into());
    }
    let Some(&(_, keyword, form)) = OPTIONS.iter().find(|(known, ..)| *known == name) else {
        return Ok(None);
    };
    let Some(text) = setting.text() else {
        // The client prompts for a password, and rejects the others.
        return if keyword == Keyword::Password {
            Ok(None)
        } else {
            Err(invalid(setting, keyword, "expected `option=value`"))
        };
    };
    match form {
        Form::Seconds => match text.parse::<u64>().ok().and_then(|n| n.checked_mul(1000)) {
            Some(milliseconds) => found(keyword, milliseconds.to_string().into()),
            None => Err(invalid(setting, keyword, "expected a number of seconds")),
        },
        Form::Text if keyword == Keyword::Port && text == DEFAULT_PORT => found(keyword, "".into()),
        Form::Text => found(keyword, text.into()),
        Form::Tls => {
            tls.turned_on(keyword, setting);
            found(keyword, text.into())
        }
    }
}

/// Whether `protocol` is TCP, so that a local host is not the socket. The client takes any beginning of a name.
fn protocol_is_tcp(setting: &OptionLine) -> Result<bool, Error> {
    let text = setting.text().unwrap_or_default().to_ascii_lowercase();
    let is_known = ["tcp", "socket", "pipe", "memory"]
        .iter()
        .any(|name| name.starts_with(&text));
    if is_known {
        Ok(text.starts_with('t'))
    } else {
        let detail = "expected `tcp` or `socket`";
        let error = Error::new(ErrorKind::InvalidValue, detail);
        Err(error.with_source(&setting.source))
    }
}

fn invalid(setting: &OptionLine, keyword: Keyword, detail: &'static str) -> Error {
    let error = Error::new(ErrorKind::InvalidValue, detail).of(keyword.component());
    error.with_source(&setting.source)
}

/// A host and a socket name two servers. The string decides, else the host; but `localhost` is the socket for the client, unless
/// `protocol` is TCP.
fn settle_location(slots: &mut Slots<Keyword>, is_tcp: bool) {
    if is_tcp && slots.given(Keyword::Host).is_none() && !slots.is_own(Keyword::Socket) {
        slots.replace(Keyword::Host, "localhost", from(Source::Default));
    }
    if slots.given(Keyword::Socket).is_none() {
        return;
    }
    let is_local = |host| matches!(host, "" | "localhost");
    let is_local = !is_tcp && slots.text(Keyword::Host).is_none_or(is_local);
    if slots.is_own(Keyword::Host) || (!is_local && !slots.is_own(Keyword::Socket)) {
        if !slots.is_own(Keyword::Socket) {
            slots.yields(Keyword::Socket, Keyword::Host);
        }
        return;
    }
    for keyword in [Keyword::Host, Keyword::Port] {
        if !slots.is_own(keyword) {
            slots.yields(keyword, Keyword::Socket);
        }
    }
}

/// Without TLS the certificates of a file are not used.
fn settle_tls(slots: &mut Slots<Keyword>) {
    if slots.text(Keyword::SslMode) != Some(SslMode::Disabled.as_str()) {
        return;
    }
    for keyword in [Keyword::SslCa, Keyword::SslCapath] {
        if !slots.is_own(keyword) {
            slots.yields(keyword, Keyword::SslMode);
        }
    }
}

/// The config with everything but defaults; an error names the source of the value that is wrong.
fn assembled(slots: &Slots<Keyword>, config: &Config) -> Result<Config, Error> {
    let hosts = slots.text(Keyword::Host).map_or(1, value::count);
    let ports = slots
        .text(Keyword::Port)
        .map(|port| vec![port; hosts].join(","));
    // An empty option takes an earlier one back; only a password may be empty.
    let is_given =
        |(keyword, text): &(Keyword, &str)| !text.is_empty() || *keyword == Keyword::Password;
    let added = slots.added().filter(is_given);
    let added = added.map(|(keyword, text)| match (keyword, &ports) {
        (Keyword::Port, Some(ports)) => (keyword, ports.as_str()),
        _ => (keyword, text),
    });
    let assembled = config.clone().with_all(added);
    assembled.map_err(|error| slots.blame(error))
}

/// The servers to try: the socket, else the hosts.
fn servers(config: &Config, slots: &Slots<Keyword>) -> Vec<Server> {
    let is_hidden = config.hosts().any(|host| host.is_hidden);
    let server = |host: &str, port: Option<u16>| {
        let port = port.unwrap_or_else(|| config.default_port());
        Server {
            host: host.to_owned(),
            hostaddr: None,
            port,
            port_text: port.to_string(),
            password: config.password().map(SecretStr::to_secret),
            password_from: None,
            is_hidden,
        }
    };
    if let Some(socket) = config.socket() {
        return vec![server(socket, None)];
    }
    let hosts = config
        .hosts()
        .map(|host| server(host.host().unwrap_or("localhost"), host.port()));
    let hosts: Vec<_> = hosts.collect();
    if hosts.is_empty() {
        let port = slots.text(Keyword::Port).and_then(value::port);
        vec![server("localhost", port)]
    } else {
        hosts
    }
}
