//! What a scheme means in addition to its engine and port: how the path is read, whether TLS is used, how many servers there are.

use crate::did_you_mean::nearest;
use crate::engine::{Engine, Path, Scheme, Servers, Transport, scheme_chars, scheme_len};
use crate::error::{Error, ErrorKind, Listed, parse_error};
use crate::grammar::guard;
use crate::service::tls::{Tls, TlsBase};
use crate::span::{Component, Span};

/// One scheme with its suffix.
#[derive(Clone, Copy, Debug)]
pub(super) struct ServiceKind {
    pub(super) name: &'static str,
    pub(super) path: Path,
    pub(super) tls: TlsBase,
    pub(super) servers: Servers,
    pub(super) engine: Engine,
    pub(super) default_port: u16,
}

/// A row of the table below.
type Row = (&'static str, Path, TlsBase, Servers);

/// The engines whose suffix says something; any other suffix is rejected, since it may have requested TLS.
const EXACT: &[Row] = {
    use {Path as P, Servers as S, TlsBase as B};
    &[
        ("redis", P::Number, B::Plain, S::Many),
        ("rediss", P::Number, B::Encrypted, S::Many),
        ("redis+sentinel", P::Sentinel, B::Plain, S::Many),
        ("rediss+sentinel", P::Sentinel, B::Encrypted, S::Many),
        ("redis+socket", P::Socket, B::Plain, S::One),
        ("redis+unix", P::Socket, B::Plain, S::One),
        ("valkey", P::Number, B::Plain, S::Many),
        ("valkeys", P::Number, B::Encrypted, S::Many),
        ("valkey+sentinel", P::Sentinel, B::Plain, S::Many),
        ("valkeys+sentinel", P::Sentinel, B::Encrypted, S::Many),
        ("valkey+socket", P::Socket, B::Plain, S::One),
        ("valkey+unix", P::Socket, B::Plain, S::One),
        ("unix", P::Socket, B::Plain, S::One),
        ("mongodb", P::Name, B::Parameters(Tls::Off), S::Many),
        ("mongodb+srv", P::Name, B::Parameters(Tls::On), S::Srv),
        ("amqp", P::Vhost, B::Plain, S::Many),
        ("amqps", P::Vhost, B::Encrypted, S::Many),
        ("neo4j", P::Name, B::Plain, S::One),
        ("neo4j+s", P::Name, B::Encrypted, S::One),
        ("neo4j+ssc", P::Name, B::SelfSigned, S::One),
        ("bolt", P::Name, B::Plain, S::One),
        ("bolt+s", P::Name, B::Encrypted, S::One),
        ("bolt+ssc", P::Name, B::SelfSigned, S::One),
        ("bolt+routing", P::Name, B::Plain, S::One),
        ("http", P::Free, B::Plain, S::One),
        ("https", P::Free, B::Encrypted, S::One),
    ]
};

/// The suffixes of the generic kind that request TLS.
const SECURE_SUFFIXES: &[&str] = &["ssl", "tls", "https", "s"];

/// Sentinels listen on a port of their own.
const SENTINEL_PORT: u16 = 26379;

impl ServiceKind {
    /// The kind of a string, with the location of its scheme.
    pub(super) fn of(text: &str) -> Result<(Self, Span), Error> {
        let Some(len) = scheme_len(text) else {
            return Err(without_scheme(text));
        };
        Ok((Self::of_scheme(&text[..len])?, Span::new(0, len)))
    }

    /// The kind of a scheme.
    pub(super) fn of_scheme(scheme: &str) -> Result<Self, Error> {
        let span = Span::new(0, scheme.len());
        let Some(row) = Scheme::find_any(scheme) else {
            return Err(unknown(scheme, span));
        };
        match row.engine {
            Engine::Postgres | Engine::MySql | Engine::Sqlite => {
                Err(wrong_engine(row.engine, span))
            }
            _ => match row.service {
                Some(service) => Ok(Self::generic(scheme, row, service)),
                None => Self::exact(scheme, row).ok_or_else(|| unknown_suffix(scheme, span)),
            },
        }
    }

    fn exact(scheme: &str, row: Scheme) -> Option<Self> {
        let found = EXACT
            .iter()
            .find(|(name, ..)| name.eq_ignore_ascii_case(scheme))?;
        Some(Self::new(*found, row))
    }

    /// The suffix of a scheme is a driver's name, or says that TLS is used.
    fn generic(scheme: &str, row: Scheme, service: (Path, Transport, Servers)) -> Self {
        let (path, transport, servers) = service;
        let is_secure = |suffix: &str| {
            let mut secure = SECURE_SUFFIXES.iter();
            secure.any(|secure| secure.eq_ignore_ascii_case(suffix))
        };
        let tls = match transport {
            _ if scheme.split('+').skip(1).any(is_secure) => TlsBase::Encrypted,
            Transport::Plain => TlsBase::Plain,
            Transport::Encrypted => TlsBase::Encrypted,
            Transport::ByParameters => TlsBase::Parameters(Tls::DriverDefault),
        };
        Self::new((row.name, path, tls, servers), row)
    }

    const fn new((name, path, tls, servers): Row, row: Scheme) -> Self {
        let default_port = if matches!(path, Path::Sentinel) {
            SENTINEL_PORT
        } else {
            row.default_port
        };
        Self {
            name,
            path,
            tls,
            servers,
            engine: row.engine,
            default_port,
        }
    }

    /// Whether it is this scheme, suffix included unless it is of the generic kind.
    pub(super) fn is(self, name: &str) -> bool {
        self.name == name
    }

    pub(super) const fn is_mongodb(self) -> bool {
        matches!(self.engine, Engine::MongoDb)
    }

    /// Whether a host may be the path of a socket.
    pub(super) fn takes_sockets(self) -> bool {
        let local =
            matches!(self.engine, Engine::Redis | Engine::MongoDb) && self.servers != Servers::Srv;
        local || self.is("memcached")
    }

    /// Whether drivers take a user without a password for a token or a password.
    pub(super) fn takes_tokens(self) -> bool {
        matches!(self.engine, Engine::Redis)
            || ["http", "https", "nats", "elasticsearch", "elasticsearchs"].contains(&self.name)
    }
}

#[cold]
fn without_scheme(text: &str) -> Error {
    let len = scheme_chars(text);
    let colon = text[len..].starts_with(':');
    let known = Scheme::find_any(&text[..len]).filter(|_| colon);
    if text.starts_with('$') {
        return guard::reference(Span::new(0, text.len()));
    }
    if let Err(error) = guard::references(text.as_bytes(), false) {
        return error;
    }
    let (detail, help) = match known.map(|row| row.engine) {
        Some(Engine::Sqlite) => return wrong_engine(Engine::Sqlite, Span::new(0, len)),
        Some(_) => ("expected `://` after the scheme", "add the `//`"),
        None if text[..len].eq_ignore_ascii_case("jdbc") && colon => (
            "JDBC URLs are read for Postgres and MySQL only",
            "write the URL of the service without `jdbc:`",
        ),
        None => (
            "expected a URL",
            "the URL of a service begins with its scheme, such as redis:// or amqps://",
        ),
    };
    parse_error(
        ErrorKind::UnknownFormat,
        Component::Text,
        Span::new(0, len),
        detail,
    )
    .with_help(help)
}

#[cold]
fn wrong_engine(engine: Engine, span: Span) -> Error {
    let help = match engine {
        Engine::Postgres => "read it as `postgres::Config`, or any URL as `Database`",
        Engine::MySql => "read it as `mysql::Config`, or any URL as `Database`",
        _ => "read it as `sqlite::Config`, or any URL as `Database`",
    };
    let detail = format!("expected the URL of a service, but this is one of {engine}");
    Error::new(ErrorKind::WrongEngine, detail)
        .at(Component::Scheme, span)
        .stage_is(crate::error::Stage::Parse)
        .with_help(help)
}

#[cold]
fn unknown(scheme: &str, span: Span) -> Error {
    let help = Scheme::suggestion(scheme).map_or_else(
        || {
            let known: Vec<_> = Scheme::of_services().collect();
            let (last, others) = known.split_last().unwrap_or((&"", &[]));
            format!("known are {} and {last}", others.join(", "))
        },
        |meant| format!("did you mean `{meant}://`?"),
    );
    let detail = "expected the scheme of a service";
    parse_error(ErrorKind::UnknownScheme, Component::Scheme, span, detail).with_help(help)
}

/// The scheme of a known engine with a suffix that it does not have.
#[cold]
fn unknown_suffix(scheme: &str, span: Span) -> Error {
    let scheme = scheme.to_ascii_lowercase();
    let base = scheme.split('+').next().unwrap_or_default();
    let names = || {
        let of_base = move |name: &&str| name.split('+').next() == Some(base);
        EXACT.iter().map(|(name, ..)| *name).filter(of_base)
    };
    let help = match nearest(&scheme, names().collect::<Vec<_>>().into_iter()) {
        Some(meant) => format!("did you mean `{meant}://`?"),
        None => match base {
            "redis" | "valkey" | "amqp" => {
                format!("with TLS it is `{base}s://`, without `{base}://`")
            }
            _ => format!("the spellings are {}", Listed(&names().collect::<Vec<_>>())),
        },
    };
    let detail = "the suffix after `+` is not known, and it may have requested TLS";
    parse_error(ErrorKind::UnknownScheme, Component::Scheme, span, detail).with_help(help)
}
