//! The order of the client `mysql`: command line, option files, variables, defaults.

use crate::error::{Error, ErrorKind};
use crate::mysql::{Config, Keyword, SslMode};
use crate::secret::{Secret, SecretStr};
use crate::source::Source;
use crate::value;
use crate::warning::Warning;

use super::completed::{Completed, Server, from};
use super::libpq::{READS_FILE, trusted};
use super::option_file::{self, Setting};
use super::slots::Slots;
use super::{Completion, environment};

/// What an option's value is.
#[derive(Clone, Copy)]
enum Form {
    Text,
    /// Seconds, for a keyword of milliseconds.
    Seconds,
    /// `ssl-mode` in Oracle's words.
    Mode,
    /// A truth value that means a mode of TLS.
    Tls(SslMode),
}

/// The options that say where, as whom and how safely to connect; others are about the client.
const OPTIONS: &[(&str, Keyword, Form)] = &[
    ("user", Keyword::User, Form::Text),
    ("password", Keyword::Password, Form::Text),
    ("host", Keyword::Host, Form::Text),
    ("port", Keyword::Port, Form::Text),
    ("socket", Keyword::Socket, Form::Text),
    ("database", Keyword::Database, Form::Text),
    ("ssl-mode", Keyword::SslMode, Form::Mode),
    (
        "ssl-verify-server-cert",
        Keyword::SslMode,
        Form::Tls(SslMode::VerifyIdentity),
    ),
    ("ssl", Keyword::SslMode, Form::Tls(SslMode::Required)),
    ("ssl-ca", Keyword::SslCa, Form::Text),
    ("ssl-capath", Keyword::SslCapath, Form::Text),
    ("ssl-cert", Keyword::SslCert, Form::Text),
    ("ssl-key", Keyword::SslKey, Form::Text),
    ("ssl-cipher", Keyword::SslCipher, Form::Text),
    ("ssl-crl", Keyword::SslCrl, Form::Text),
    ("ssl-crlpath", Keyword::SslCrlpath, Form::Text),
    ("tls-version", Keyword::TlsVersion, Form::Text),
    ("default-character-set", Keyword::Charset, Form::Text),
    ("init-command", Keyword::InitCommand, Form::Text),
    ("connect-timeout", Keyword::ConnectTimeoutMs, Form::Seconds),
];

/// The variables of the client and of its library.
const VARIABLES: &[(&str, Keyword)] = &[
    ("MYSQL_HOST", Keyword::Host),
    ("MYSQL_TCP_PORT", Keyword::Port),
    ("MYSQL_UNIX_PORT", Keyword::Socket),
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
    if completion.untrusted {
        let set = |keyword| config.get(keyword).filter(|text| text.expose() != "false");
        trusted(UNTRUSTED, set)?;
    } else {
        add_files(&mut slots, completion, &mut warnings)?;
    }
    for &(name, keyword) in VARIABLES {
        if completion.untrusted && keyword == Keyword::Password {
            continue;
        }
        if let Some(value) = environment::get(completion.vars, name, keyword.component())? {
            // The library takes an empty variable for an unset one, but an empty password.
            if !value.is_empty() || keyword == Keyword::Password {
                slots.offer(keyword, value, Source::ConfigVar(name.to_owned()));
            }
        }
    }
    match completion.user() {
        Some((user, source)) if slots.given(Keyword::User).is_none() => {
            slots.replace(Keyword::User, user, from(source));
        }
        _ => {}
    }
    settle_place(&mut slots);
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

/// What the option files give; a later line wins, so they are offered from the last on.
fn add_files(
    slots: &mut Slots<Keyword>,
    completion: &Completion<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<(), Error> {
    for setting in option_file::load(completion, warnings)?.into_iter().rev() {
        let Some((keyword, value)) = read(&setting)? else {
            continue;
        };
        slots.offer(keyword, value.expose(), setting.source);
    }
    Ok(())
}

/// The setting that an option means. One without a value prompts for a password, or turns something on.
fn read(setting: &Setting) -> Result<Option<(Keyword, Secret)>, Error> {
    let name = setting.name.strip_prefix("loose-").unwrap_or(&setting.name);
    if matches!(name, "skip-ssl" | "disable-ssl") {
        return Ok(Some((Keyword::SslMode, SslMode::Disabled.as_str().into())));
    }
    let Some(&(_, keyword, form)) = OPTIONS.iter().find(|(known, ..)| *known == name) else {
        return Ok(None);
    };
    let text = setting.value.as_ref().map(Secret::expose);
    let invalid = |detail: &'static str| {
        let error = Error::new(ErrorKind::InvalidValue, detail);
        Err(error.of(keyword.component()).said_by(&setting.source))
    };
    let value = match (form, text) {
        (Form::Text, Some(text)) => text.to_owned(),
        (Form::Tls(mode), None | Some("1" | "ON" | "on" | "TRUE" | "true")) => {
            mode.as_str().to_owned()
        }
        // Without the check there may still be TLS.
        (Form::Tls(SslMode::VerifyIdentity), Some(_)) | (_, None) => return Ok(None),
        (Form::Tls(_), Some(_)) => SslMode::Disabled.as_str().to_owned(),
        (Form::Mode, Some(text)) => match text.parse::<SslMode>() {
            Ok(mode) => mode.as_str().to_owned(),
            Err(_) => match SslMode::from_spelling(text) {
                Some(mode) => mode.as_str().to_owned(),
                None => return invalid("expected a mode such as REQUIRED"),
            },
        },
        (Form::Seconds, Some(text)) => match text
            .parse::<u64>()
            .ok()
            .and_then(|seconds| seconds.checked_mul(1000))
        {
            Some(milliseconds) => milliseconds.to_string(),
            None => return invalid("expected a number of seconds"),
        },
    };
    Ok(Some((keyword, value.into())))
}

/// A host and a socket name two servers. The string decides, else the host; but `localhost` is the socket for the client.
fn settle_place(slots: &mut Slots<Keyword>) {
    if slots.given(Keyword::Socket).is_none() {
        return;
    }
    let is_local = |host| matches!(host, "" | "localhost");
    let is_local = slots.text(Keyword::Host).is_none_or(is_local);
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
