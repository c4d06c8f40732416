//! DSNs of go-sql-driver (`ParseDSN`).
//!
//! ```text
//! dsn = [user [":" password] "@"] [net ["(" address ")"]] "/" [database] ["?" name "=" value *("&" name "=" value)]
//! ```
//!
//! The last `/` of the whole text ends the address, the last `@` before it the credentials, and the first `:` in those the user.
//! Credentials and address have no escapes. The database is percent-decoded; so are the values of `loc`, `serverPubKey`,
//! `tls`, `connectionAttributes` and of all names that are not the driver's own, which it sends as `SET name=value`.

use memchr::{memchr, memrchr};

use crate::config::tls_name::reject_swallowed_in;
use crate::config::url::{self, HostKind, decoded_copy, invalid, kind_of_host, port};
use crate::engine::{after_jdbc, scheme_len};
use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::guard;
use crate::grammar::url::{HostForm, raw_param};
use crate::mistake::explained;
use crate::mysql::alias::{self, Names};
use crate::mysql::config::Config;
use crate::mysql::keyword::Keyword;
use crate::mysql::param::{self, Wrong};
use crate::mysql::reader::ParamReader;
use crate::secret::Secret;
use crate::span::{Component, Span};

impl Config {
    /// Reads a DSN of go-sql-driver: `user:password@tcp(host:3306)/database?tls=true`.
    ///
    /// Nothing but the database and some parameters is escaped: the last `/` ends the address, the last `@` before it the
    /// credentials, and the first `:` the user.
    ///
    /// # Errors
    ///
    /// If the text is not of that grammar, or a value cannot be used.
    pub fn from_go_dsn(text: &str) -> Result<Self, Error> {
        parse(text).map_err(|error| explained(error, text))
    }
}

fn parse(text: &str) -> Result<Config, Error> {
    // Nothing at all is a DSN: everything by default.
    if !text.is_empty() {
        url::surroundings(text)?;
    }
    let jdbc = after_jdbc(text).is_some();
    if jdbc || scheme_len(text).is_some() {
        return Err(a_url(text, jdbc));
    }
    url::reject_controls(text.as_bytes())?;
    guard::references(text.as_bytes(), false)?;
    let mut reader = ParamReader::new(text, Names::Go, "");
    let Some(slash) = memrchr(b'/', text.as_bytes()) else {
        if text.is_empty() {
            return reader.finish();
        }
        return Err(shape(
            Span::new(text.len(), text.len()),
            "the slash before the database is missing",
        ));
    };
    let net = credentials(&mut reader, slash)?;
    network(&mut reader, net)?;
    let end = text[slash..]
        .find('?')
        .map_or(text.len(), |found| slash + found);
    let database = Span::new(slash + 1, end);
    if !database.is_empty() {
        let name = decoded_copy(reader.raw(database), database, Component::Database, false)?;
        reader.set(Keyword::Database, name, database)?;
    }
    params(&mut reader, (end + 1).min(text.len()))?;
    reader.finish()
}

#[cold]
fn a_url(text: &str, jdbc: bool) -> Error {
    let help = if jdbc {
        "read a JDBC URL with `from_jdbc`, on the command line with `--format jdbc`"
    } else if text.contains('(') {
        "a Go DSN has no scheme: remove the `mysql://` before it"
    } else {
        "read a URL as one, on the command line with `--format url`; as a DSN it is written \
         user:password@tcp(host:3306)/database"
    };
    let detail = "expected a Go DSN, but this begins with a scheme";
    parse_error(
        ErrorKind::UnknownFormat,
        Component::Text,
        Span::default(),
        detail,
    )
    .with_help(help)
}

fn shape(span: Span, detail: &'static str) -> Error {
    parse_error(ErrorKind::UnknownFormat, Component::Text, span, detail).with_help(
        "write it as user:password@tcp(host:3306)/database; a `/` in a parameter's value is written %2F",
    )
}

/// User and password; gives the location of what is between them and the slash.
fn credentials(reader: &mut ParamReader<'_>, slash: usize) -> Result<Span, Error> {
    let before = &reader.text.as_bytes()[..slash];
    let Some(at) = memrchr(b'@', before) else {
        return Ok(Span::new(0, slash));
    };
    let colon = memchr(b':', &before[..at]).unwrap_or(at);
    let parts = [
        (Keyword::User, Span::new(0, colon)),
        (Keyword::Password, Span::new((colon + 1).min(at), at)),
    ];
    for (keyword, location) in parts {
        // The driver cannot tell an empty one from none.
        if !location.is_empty() {
            reader.set_raw(keyword, location)?;
        }
    }
    Ok(Span::new(at + 1, slash))
}

fn network(reader: &mut ParamReader<'_>, location: Span) -> Result<(), Error> {
    let text = &reader.text[location.range()];
    let (net, address) = match text.find('(') {
        None => (location, None),
        Some(_) if !text.ends_with(')') => {
            let detail = "the address in parentheses must end right before the `/`";
            return Err(shape(location, detail));
        }
        Some(open) => (
            Span::new(location.start(), location.start() + open),
            Some(Span::new(location.start() + open + 1, location.end() - 1)),
        ),
    };
    let address = address.filter(|address| !address.is_empty());
    let name = &reader.text[net.range()];
    match (name, address) {
        ("" | "tcp", None) => Ok(()),
        // Parentheses alone: the network is `tcp`.
        ("" | "tcp", Some(address)) => tcp(reader, address),
        ("tcp4" | "tcp6", Some(address)) => {
            reader.set_raw(Keyword::Net, net)?;
            tcp(reader, address)
        }
        ("unix", Some(address)) => reader.set_raw(Keyword::Socket, address),
        ("unix", None) => reader.set_raw(Keyword::Net, net),
        (name, Some(address))
            if name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte)) =>
        {
            reader.set_raw(Keyword::Net, net)?;
            reader.set_raw(Keyword::Address, address)
        }
        _ => Err(invalid(
            Component::Setting("net"),
            net,
            "expected `tcp(host:port)`, `unix(/path)`, or another network with its address",
        )
        .with_help(
            "write a host in parentheses after its network: user:password@tcp(host:3306)/database",
        )),
    }
}

const ADDRESS: &str = "write tcp(host:3306), or tcp([2001:db8::1]:3306); a Go DSN has one host";

/// `host`, `host:port`, `[IPv6]:port`, or an IPv6 address alone.
fn tcp(reader: &mut ParamReader<'_>, address: Span) -> Result<(), Error> {
    let text = &reader.text[address.range()];
    let (host, form, number) = match text
        .strip_prefix('[')
        .and_then(|inside| inside.split_once(']'))
    {
        Some((host, "")) => (host, HostForm::Address, None),
        Some((host, after)) => (
            host,
            HostForm::Address,
            after.strip_prefix(':').or(Some("x")),
        ),
        None if text.matches(':').count() > 1 => (text, HostForm::Address, None),
        None => {
            let (host, number) = text
                .split_once(':')
                .map_or((text, None), |(host, number)| (host, Some(number)));
            (host, HostForm::Name, number)
        }
    };
    match kind_of_host(host.as_bytes(), form) {
        Ok(HostKind::Host | HostKind::Absent) => {}
        Ok(HostKind::Socket) => {
            return Err(
                invalid(Component::Host, address, "it is the path of a socket")
                    .with_help("write unix(/path)"),
            );
        }
        Err(detail) => return Err(invalid(Component::Host, address, detail).with_help(ADDRESS)),
    }
    let number = number.filter(|number| !number.is_empty());
    let number = number
        .map(|text| port(text.as_bytes()).ok_or_else(|| url::no_port(address).with_help(ADDRESS)))
        .transpose()?;
    let at = reader.at(address);
    reader.config.set_hosts(&[(Secret::from(host), number)], at)
}

fn params(reader: &mut ParamReader<'_>, start: usize) -> Result<(), Error> {
    let query = Span::new(start, reader.text.len());
    guard::separators(reader.text.as_bytes(), query, false)?;
    let (text, mut at) = (reader.text.as_bytes(), start);
    while let Some((raw_name, location, next)) = raw_param(text, at, text.len()) {
        at = next;
        if raw_name.end() == location.start() {
            reader.without_value(raw_name)?;
            continue;
        }
        reject_swallowed_in(text, raw_name, location)?;
        let name = Secret::from(&reader.text[raw_name.range()]);
        let value = if is_escaped(name.expose()) {
            decoded_copy(reader.raw(location), location, Component::Query, true)?
        } else {
            Secret::from(&reader.text[location.range()])
        };
        if let Some((name, takes)) = other(name.expose()) {
            let checked = takes.check(value.expose());
            checked.map_err(|wrong| wrong.at(Component::Setting(name), location))?;
        }
        reader.param(name, value, raw_name, location)?;
    }
    Ok(())
}

/// What a parameter of go-sql-driver takes that is not kept under a name of ours.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    Bool,
    Duration,
    /// The name of a time zone.
    Location,
    /// A level of compression; not the driver's, but people write it, and no server has such a variable.
    Level,
    /// The driver stops with a panic.
    Removed,
}

const OTHERS: &[(&str, Takes)] = &[
    ("allowDeprecatedPasswords", Takes::Bool),
    ("allowNativePasswords", Takes::Bool),
    ("allowOldPasswords", Takes::Bool),
    ("checkConnLiveness", Takes::Bool),
    ("columnsWithAlias", Takes::Bool),
    ("compression-level", Takes::Level),
    ("interpolateParams", Takes::Bool),
    ("loc", Takes::Location),
    ("multiStatements", Takes::Bool),
    ("parseTime", Takes::Bool),
    ("rejectReadOnly", Takes::Bool),
    ("strict", Takes::Removed),
    ("timeTruncate", Takes::Duration),
    ("tinyInt1IsBool", Takes::Bool),
];

fn other(name: &str) -> Option<(&'static str, Takes)> {
    OTHERS.iter().copied().find(|(known, _)| *known == name)
}

impl Takes {
    fn check(self, value: &str) -> Result<(), Wrong> {
        match self {
            Self::Bool => param::go_boolean(value).map(drop),
            Self::Duration => {
                let value = value.strip_prefix('-').unwrap_or(value);
                let duration = param::go_nanoseconds(value);
                duration.map(drop).ok_or_else(param::duration_expected)
            }
            Self::Location if is_location(value) => Ok(()),
            Self::Location => Err(Wrong::new(
                "expected the name of a time zone",
                "write it as in the time zone database, such as `Europe/Rome`, `UTC` or `Local`",
            )),
            Self::Level => param::level(value),
            Self::Removed => Err(Wrong::new(
                "the driver has no such parameter any more, and stops where it finds it",
                "remove it, or set `sql_mode`",
            )),
        }
    }
}

/// Whether it can be a name of the time zone database; nothing is `UTC` (`time.LoadLocation`).
fn is_location(name: &str) -> bool {
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-/".contains(&byte);
    name.bytes().all(in_name) && !name.starts_with('/')
}

/// Whether go-sql-driver decodes the value of a parameter: of few of its own, and of all that are the server's.
fn is_escaped(name: &str) -> bool {
    match (alias::find_go(name), other(name)) {
        (Some(_), _) => ["tls", "serverPubKey", "time_zone"].contains(&name),
        (None, Some((_, takes))) => matches!(takes, Takes::Location | Takes::Level),
        (None, None) => true,
    }
}
