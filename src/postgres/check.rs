//! The options check: what libpq rejects when a connection starts (`pqConnectOptions2`), plus what it rejects only when
//! a value is used (integers in `pqParseIntParam`, ports in `PQconnectPoll`).

use std::borrow::Cow;

use crate::config::store::{Store, bits};
use crate::config::value::{count, int, port};
use crate::error::{Error, ErrorKind, Listed, Stage};
use crate::postgres::keyword::{COUNT, Check, Keyword};
use crate::postgres::session::{ProtocolVersion, RequireAuth};
use crate::postgres::tls::{self, SslMode, TlsVersion};
use crate::sorted::is_same;

use ErrorKind::{Conflict, CountMismatch, InvalidValue};

/// What is wrong with which keyword, and with which element of its list.
pub(crate) struct CheckFailure {
    pub(crate) keyword: Keyword,
    pub(crate) element: Option<usize>,
    pub(crate) error: Error,
}

impl CheckFailure {
    #[cold]
    fn new(
        keyword: Keyword,
        kind: ErrorKind,
        detail: impl Into<Cow<'static, str>>,
        help: &'static str,
    ) -> Self {
        let error = Error::new(kind, detail).of(keyword.component());
        Self {
            keyword,
            element: None,
            error: error.stage_is(Stage::Options).with_help(help),
        }
    }

    fn value(keyword: Keyword, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(keyword, InvalidValue, detail, "")
    }
}

type Checked = Result<(), CheckFailure>;

/// The keywords whose values are checked against one another.
const CROSS: u64 = Keyword::SslNegotiation.bit()
    | Keyword::SslRootCert.bit()
    | Keyword::SslMaxProtocolVersion.bit()
    | Keyword::MaxProtocolVersion.bit();

/// The same, and the parts that a config may give reason to warn of.
#[cfg(any(feature = "json", feature = "yaml"))]
pub(super) const TOGETHER: u64 = CROSS
    | Keyword::User.bit()
    | Keyword::Password.bit()
    | Keyword::Host.bit()
    | Keyword::HostAddr.bit()
    | Keyword::Port.bit()
    | Keyword::Dbname.bit();

/// The keywords whose values need no check of their own.
const UNCHECKED: u64 = {
    let (mut set, mut index) = (0, 0);
    while index < COUNT {
        if let Check::Any = Keyword::ALL[index].row().check {
            set |= Keyword::ALL[index].bit();
        }
        index += 1;
    }
    set
};

/// Checks a whole config. Where hosts and ports are two lists of the same netlocs, they are `as_many`.
#[inline]
pub(crate) fn check(store: &Store<COUNT>, as_many: bool) -> Checked {
    hosts(store, as_many)?;
    // As in `values`, whose closure would keep this from being inlined where a string is parsed.
    for index in bits(store.set() & !UNCHECKED) {
        value(Keyword::ALL[index], store.get(index).unwrap_or_default())?;
    }
    if store.set() & CROSS == 0 {
        Ok(())
    } else {
        combinations(store)
    }
}

/// Checks each value that is set by itself.
#[cfg(any(feature = "json", feature = "yaml"))]
pub(super) fn values<'v>(set: u64, get: impl Fn(usize) -> Option<&'v str>) -> Checked {
    bits(set & !UNCHECKED)
        .try_for_each(|index| value(Keyword::ALL[index], get(index).unwrap_or_default()))
}

fn get(store: &Store<COUNT>, keyword: Keyword) -> Option<&str> {
    store.get(keyword as usize)
}

/// As many names as addresses, and as many ports as hosts, or one.
#[inline]
fn hosts(store: &Store<COUNT>, as_many: bool) -> Checked {
    match store.bytes(Keyword::Port as usize) {
        _ if store.set() & Keyword::HostAddr.bit() != 0 => all_hosts(store),
        None => Ok(()),
        Some([b'1'..=b'9', rest @ ..]) if rest.len() < 4 && rest.iter().all(u8::is_ascii_digit) => {
            Ok(())
        }
        Some(ports) if as_many && plain_ports(ports).is_some() => Ok(()),
        Some(_) => all_hosts(store),
    }
}

fn all_hosts(store: &Store<COUNT>) -> Checked {
    let given = |keyword| get(store, keyword).filter(|list| !list.is_empty());
    let hostaddr = given(Keyword::HostAddr);
    if let (Some(hostaddr), Some(host)) = (hostaddr, given(Keyword::Host)) {
        let (names, hosts) = (count(host), count(hostaddr));
        if names != hosts {
            let detail = format!("{names} in `host`, but {hosts} in `hostaddr`");
            let help = "give each host its address, in the same order";
            return Err(CheckFailure::new(
                Keyword::HostAddr,
                CountMismatch,
                detail,
                help,
            ));
        }
    }
    let hosts = || hostaddr.or_else(|| given(Keyword::Host));
    match store.bytes(Keyword::Port as usize).map(plain_ports) {
        None | Some(Some(1)) => Ok(()),
        Some(Some(given)) if given == hosts().map_or(1, count) => Ok(()),
        Some(_) => given(Keyword::Port).map_or(Ok(()), |ports| self::ports(ports, hosts())),
    }
}

/// How many ports a list has, if each is nothing but digits, or empty; `None` says nothing of them.
fn plain_ports(list: &[u8]) -> Option<usize> {
    let (mut given, mut port, mut is_empty) = (1, 0, true);
    for &byte in list {
        match byte {
            b'0'..=b'9' => {
                port = port * 10 + u32::from(byte - b'0');
                is_empty = false;
            }
            b',' if is_empty || port > 0 => {
                given += 1;
                (port, is_empty) = (0, true);
            }
            _ => return None,
        }
        if port > u32::from(u16::MAX) {
            return None;
        }
    }
    (is_empty || port > 0).then_some(given)
}

/// Each a port, and one of them or as many as the hosts.
#[cold]
fn ports(ports: &str, hosts: Option<&str>) -> Checked {
    let mut given = 0;
    for (element, text) in ports.split(',').enumerate() {
        given += 1;
        if !text.is_empty() && port(text).is_none() {
            let detail = "expected a number from 1 to 65535";
            let help =
                "if it belongs to a password, write its `/` as %2F, `@` as %40 and `:` as %3A";
            let failure = CheckFailure::new(Keyword::Port, InvalidValue, detail, help);
            return Err(CheckFailure {
                element: Some(element),
                ..failure
            });
        }
    }
    if given == 1 {
        return Ok(());
    }
    let hosts = hosts.map_or(1, count);
    if given == hosts {
        return Ok(());
    }
    let detail = format!("{given} ports for {hosts} hosts");
    let help = "give one port for all hosts, or one for each";
    Err(CheckFailure::new(
        Keyword::Port,
        CountMismatch,
        detail,
        help,
    ))
}

#[inline]
fn value(keyword: Keyword, text: &str) -> Checked {
    if is_valid(keyword, text) {
        Ok(())
    } else {
        Err(invalid(keyword, text))
    }
}

fn is_valid(keyword: Keyword, text: &str) -> bool {
    match keyword.row().check {
        Check::Any => true,
        Check::Int => int(text).is_some(),
        Check::Words(words) => words
            .iter()
            .any(|word| is_same(word.as_bytes(), text.as_bytes())),
        Check::AuthMethods => RequireAuth::parse(text).is_ok(),
        Check::Tls => text.is_empty() || TlsVersion::from_any_case(text).is_some(),
        Check::ScramKey => base64_len(text.as_bytes()) == Some(32),
    }
}

/// What is wrong with a value that is not [valid](is_valid).
#[cold]
fn invalid(keyword: Keyword, text: &str) -> CheckFailure {
    let words = match keyword.row().check {
        Check::Any | Check::Int => return CheckFailure::value(keyword, "expected an integer"),
        Check::ScramKey => return CheckFailure::value(keyword, "expected base64 of 32 bytes"),
        Check::AuthMethods => {
            let detail = RequireAuth::parse(text).err();
            return CheckFailure::value(keyword, detail.unwrap_or_default());
        }
        Check::Tls => TlsVersion::WORDS,
        Check::Words(words) => words,
    };
    let help = match keyword {
        _ if words.iter().any(|word| word.eq_ignore_ascii_case(text)) => "write it in lower case",
        Keyword::SslMode => tls::help_for_mode(text).unwrap_or_default(),
        _ => "",
    };
    let detail = format!("expected {}", Listed(words));
    CheckFailure::new(keyword, InvalidValue, detail, help)
}

/// What may not be given together.
fn combinations(store: &Store<COUNT>) -> Checked {
    let given = get(store, Keyword::SslMode).and_then(SslMode::from_word);
    let system = get(store, Keyword::SslRootCert) == Some("system");
    // conninfo_add_defaults: `sslrootcert=system` makes verify-full the default.
    let mode = given.unwrap_or(if system {
        SslMode::VerifyFull
    } else {
        SslMode::Prefer
    });
    if get(store, Keyword::SslNegotiation) == Some("direct") && !mode.requires_tls() {
        let detail = "`sslnegotiation=direct` needs `require`, `verify-ca` or `verify-full`";
        // What is not given has no location in the text.
        let keyword = given.map_or(Keyword::SslNegotiation, |_| Keyword::SslMode);
        let help = "add `sslmode=verify-full`";
        return Err(CheckFailure::new(keyword, Conflict, detail, help));
    }
    if system && mode != SslMode::VerifyFull {
        let detail = "`sslrootcert=system` needs `verify-full`";
        let help = "write `sslmode=verify-full`";
        return Err(CheckFailure::new(Keyword::SslMode, Conflict, detail, help));
    }
    tls_versions(store)?;
    let version = |keyword| get(store, keyword).and_then(ProtocolVersion::from_word);
    match (
        version(Keyword::MinProtocolVersion),
        version(Keyword::MaxProtocolVersion),
    ) {
        (Some(min), Some(max)) if min.is_later_than(max) => {
            let detail = "it is earlier than `min_protocol_version`";
            let keyword = Keyword::MaxProtocolVersion;
            Err(CheckFailure::new(keyword, Conflict, detail, ""))
        }
        _ => Ok(()),
    }
}

/// `sslVerifyProtocolRange`. An unset minimum is TLSv1.2, an empty one is no limit.
fn tls_versions(store: &Store<COUNT>) -> Checked {
    let version =
        |keyword, default| TlsVersion::from_any_case(get(store, keyword).unwrap_or(default));
    let min = version(Keyword::SslMinProtocolVersion, "TLSv1.2");
    match (min, version(Keyword::SslMaxProtocolVersion, "")) {
        (Some(min), Some(max)) if min > max => {
            let detail = "it is earlier than `ssl_min_protocol_version`, which is TLSv1.2 if unset";
            let keyword = Keyword::SslMaxProtocolVersion;
            Err(CheckFailure::new(keyword, Conflict, detail, ""))
        }
        _ => Ok(()),
    }
}

/// How many bytes a base64 text stands for, or `None` if it is not base64; as `pg_b64_decode`, which takes no spaces and, once
/// a `=` was seen, anything of the alphabet.
fn base64_len(text: &[u8]) -> Option<usize> {
    let (mut len, mut digits) = (0, 0);
    let mut bytes_per_group = 3;
    for &byte in text {
        match byte {
            b'=' if bytes_per_group < 3 => {}
            b'=' if digits >= 2 => bytes_per_group = digits - 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => {}
            _ => return None,
        }
        digits += 1;
        if digits == 4 {
            len += bytes_per_group;
            digits = 0;
        }
    }
    (digits == 0).then_some(len)
}
