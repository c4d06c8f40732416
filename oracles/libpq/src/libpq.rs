//! A safe face of the few libpq functions the oracle needs; the only module with `unsafe`.
//!
//! - **Stage one**, [`parse`], is `PQconninfoParse`.
//! - **Stage two**, [`options`], is `pqConnectOptions2` and the port check of `PQconnectPoll`, reached through
//!   `PQconnectStart`. Nothing may be connected to, so every host becomes a socket directory that does not exist and
//!   every address a string that is no address; the number of elements stays, and libpq looks at nothing else of them
//!   before it connects. When the options are good, libpq goes through all the hosts, fails at each with a message known
//!   beforehand, and says nothing else: exactly that is read as "accepted".
//! - **Integers**, [`integer`], is `pqParseIntParam`. libpq calls it for `connect_timeout` and the TCP settings only when
//!   they are used, but for `port` always, so the oracle puts the text in the place of a port.
//!
//! `PQconnectStart` is given a keyword/value text, not `PQconnectStartParams` two arrays: `conninfo_array_parse` takes an
//! empty value for an absent one, while `sslmode=''` in a connection string is an error.
//!
//! # What the oracle leaves out
//! - `service` and `passfile` are about files: the one is dropped, the other points to a file that does not exist.
//! - `gssencmode=require`: this libpq is built without GSSAPI and rejects it; other builds accept it, and so do we. It is
//!   dropped before the check.
//! - `user` and `password` are filled in when they are missing or empty, to keep libpq from the user database.

#![allow(unsafe_code, reason = "a C library is asked")]

use std::ffi::{CStr, CString, c_char, c_int};
use std::ptr;
use std::sync::Once;

// Only its build script matters: it compiles libpq and has it linked.
use pq_src as _;

/// A keyword and its value, as libpq holds it: bytes without NUL.
pub type Setting = (String, Vec<u8>);

/// A directory that must not exist, so that every connection to a socket in it fails at once.
const NOWHERE: &str = "/nonexistent-dburl";

/// Not a numeric address, and `AI_NUMERICHOST` keeps `getaddrinfo` from asking anybody else.
const NO_ADDRESS: &str = "!";

/// How libpq begins to say that it cannot connect to a socket in that directory.
const SOCKET_FAILURE: &str = "connection to server on socket \"/nonexistent-dburl/.s.PGSQL.";

#[repr(C)]
struct PQconninfoOption {
    keyword: *mut c_char,
    envvar: *mut c_char,
    compiled: *mut c_char,
    val: *mut c_char,
    label: *mut c_char,
    dispchar: *mut c_char,
    dispsize: c_int,
}

/// `PGconn`, which only libpq looks into.
#[repr(C)]
struct Connection {
    _private: [u8; 0],
}

unsafe extern "C" {
    safe fn PQlibVersion() -> c_int;
    fn PQconninfoParse(conninfo: *const c_char, errmsg: *mut *mut c_char) -> *mut PQconninfoOption;
    fn PQconndefaults() -> *mut PQconninfoOption;
    fn PQconninfoFree(options: *mut PQconninfoOption);
    fn PQfreemem(memory: *mut std::ffi::c_void);
    fn PQconnectStart(conninfo: *const c_char) -> *mut Connection;
    fn PQconnectdb(conninfo: *const c_char) -> *mut Connection;
    fn PQerrorMessage(connection: *const Connection) -> *const c_char;
    fn PQfinish(connection: *mut Connection);
}

/// What `PQconninfoParse` makes of the text: the keywords that have a value, in libpq's order.
///
/// # Errors
/// libpq's message, when it rejects the text.
///
/// # Panics
/// When the text holds a NUL, which a C string cannot carry.
pub fn parse(text: &[u8]) -> Result<Vec<Setting>, String> {
    prepare();
    let text = CString::new(text).expect("no NUL in a text for libpq");
    let mut message: *mut c_char = ptr::null_mut();
    // SAFETY: `text` is a C string, `message` a valid location for a pointer.
    let options = unsafe { PQconninfoParse(text.as_ptr(), &raw mut message) };
    if options.is_null() {
        // SAFETY: without options, libpq has put a C string there (or null, when memory ran out) and left it to us.
        return Err(unsafe { take_message(message) });
    }
    // SAFETY: the array of options is libpq's own, ends with a null keyword, and is freed once, here.
    unsafe {
        let settings = read_settings(options);
        PQconninfoFree(options);
        Ok(settings)
    }
}

/// One row of libpq's own table: a keyword, its environment variable, its compiled default, and libpq's mark for how it
/// is shown (`*` for a password).
pub type Known = (String, Option<String>, Option<String>, String);

/// libpq's table of keywords (`PQconndefaults`), in its order.
///
/// # Panics
/// When libpq has no memory for it.
#[must_use]
pub fn keywords() -> Vec<Known> {
    prepare();
    // SAFETY: libpq returns an array that ends with a null keyword, or null without memory; it is freed once.
    unsafe {
        let options = PQconndefaults();
        assert!(!options.is_null(), "libpq has no memory");
        let text = |text: *mut c_char| {
            (!text.is_null()).then(|| CStr::from_ptr(text).to_string_lossy().into_owned())
        };
        let mut known = Vec::new();
        let mut option = options.cast_const();
        while let Some(keyword) = text((*option).keyword) {
            let mark = text((*option).dispchar).unwrap_or_default();
            known.push((
                keyword,
                text((*option).envvar),
                text((*option).compiled),
                mark,
            ));
            option = option.add(1);
        }
        PQconninfoFree(options);
        known
    }
}

/// Whether libpq's options check lets these settings pass, with the port numbers of all hosts.
///
/// # Errors
/// libpq's message, when it rejects them.
///
/// # Panics
/// When a value holds a NUL.
pub fn options(settings: &[Setting]) -> Result<(), String> {
    let (conninfo, hosts) = harmless(settings);
    let message = connection_message(&conninfo, PQconnectStart);
    match complaint(&message, hosts) {
        Some(complaint) => Err(complaint.to_owned()),
        None => Ok(()),
    }
}

/// Whether `pqParseIntParam` takes the text for an integer.
#[must_use]
pub fn integer(text: &[u8]) -> bool {
    // An empty port is the default one, and a comma makes a list of ports; neither is an integer for strtol.
    if text.is_empty() || text.contains(&b',') {
        return false;
    }
    let mut conninfo = format!("host={NOWHERE} user=u password=p dbname=d port=").into_bytes();
    quote(text, &mut conninfo);
    !connection_message(&conninfo, PQconnectStart).contains("invalid integer value")
}

/// Whether libpq takes the text as the value of an integer keyword at the time it uses it: on a TCP connection to
/// `port` of 127.0.0.1, where someone must listen, accept and hang up.
///
/// Too slow to be asked about every text; it is there to show that [`integer`] is the same question.
#[must_use]
pub fn integer_in_use(keyword: &str, text: &[u8], port: u16) -> bool {
    let mut conninfo = format!(
        "hostaddr=127.0.0.1 port={port} user=u password=p dbname=d sslmode=disable {keyword}="
    )
    .into_bytes();
    quote(text, &mut conninfo);
    // `connect_timeout` is read by `pqConnectDBComplete` only, so the whole connection must be tried.
    !connection_message(&conninfo, PQconnectdb).contains("invalid integer value")
}

/// Once per process, before libpq is first used: the version must be 18, and no `PG*` variable may add to the text.
fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        assert_eq!(PQlibVersion() / 10_000, 18, "the oracle is libpq 18");
        assert!(
            !std::path::Path::new(NOWHERE).exists(),
            "{NOWHERE} must not exist"
        );
        #[expect(
            clippy::disallowed_methods,
            reason = "libpq reads the process environment"
        )]
        let names = std::env::vars_os().map(|(name, _)| name);
        for name in names.filter(|name| name.as_encoded_bytes().starts_with(b"PG")) {
            // SAFETY: no libpq function has run yet, and Rust's own readers of the environment share a lock with this.
            unsafe { std::env::remove_var(name) };
        }
    });
}

/// The settings as a keyword/value text that reaches no one, and the number of hosts libpq will try.
fn harmless(settings: &[Setting]) -> (Vec<u8>, usize) {
    let value = |keyword: &str| {
        settings
            .iter()
            .find(|(name, _)| name == keyword)
            .map_or(&b""[..], |(_, value)| value.as_slice())
    };
    let host = list_of(NOWHERE, value("host"));
    let hostaddr = list_of(NO_ADDRESS, value("hostaddr"));
    let mut conninfo = format!("user=u password=p dbname=d passfile={NOWHERE}/pgpass").into_bytes();
    let mut put = |keyword: &str, value: &[u8]| {
        conninfo.extend_from_slice(format!(" {keyword}=").as_bytes());
        quote(value, &mut conninfo);
    };
    // Without a host libpq would try its default socket directory, which may exist.
    let no_one = host.is_empty() && hostaddr.is_empty();
    put("host", if no_one { NOWHERE } else { &host }.as_bytes());
    put("hostaddr", hostaddr.as_bytes());
    for (keyword, value) in settings {
        match keyword.as_str() {
            "user" | "password" | "dbname" | "host" | "hostaddr" | "passfile" | "service" => {}
            "gssencmode" if value == b"require" => {}
            keyword => put(keyword, value),
        }
    }
    let list = if hostaddr.is_empty() {
        &host
    } else {
        &hostaddr
    };
    (conninfo, 1 + list.matches(',').count())
}

/// A list with as many elements as `list` has, each of them `element`; an empty list stays empty.
fn list_of(element: &str, list: &[u8]) -> String {
    if list.is_empty() {
        return String::new();
    }
    let elements = list.split(|&byte| byte == b',').map(|_| element);
    elements.collect::<Vec<_>>().join(",")
}

/// Appends the value in quotes, as keyword/value text wants it.
fn quote(value: &[u8], conninfo: &mut Vec<u8>) {
    conninfo.push(b'\'');
    for &byte in value {
        if matches!(byte, b'\'' | b'\\') {
            conninfo.push(b'\\');
        }
        conninfo.push(byte);
    }
    conninfo.push(b'\'');
}

/// What the message says apart from the fact that each of the `hosts` was tried in vain; nothing, if that is all.
///
/// `prefer-standby` makes libpq go through the hosts a second time.
fn complaint(message: &str, hosts: usize) -> Option<&str> {
    let mut rest = message;
    let mut tried = 0;
    while let Some(after) = after_one_failure(rest) {
        rest = after.strip_prefix('\n').unwrap_or(after);
        tried += 1;
    }
    if rest.is_empty() {
        assert!(
            tried == hosts || tried == 2 * hosts,
            "{tried} of {hosts} hosts tried"
        );
        return None;
    }
    rest.split(SOCKET_FAILURE).next()
}

/// Removes libpq's words about one host that cannot be reached from the front of the message.
fn after_one_failure(message: &str) -> Option<&str> {
    if let Some(rest) = message.strip_prefix("could not parse network address \"!\": ") {
        return rest.strip_prefix("Name or service not known");
    }
    message
        .strip_prefix(SOCKET_FAILURE)?
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .strip_prefix("\" failed: No such file or directory\n")?
        .strip_prefix("\tIs the server running locally and accepting connections on that socket?")
}

/// The error message of a connection that was tried and is closed again.
fn connection_message(
    conninfo: &[u8],
    connect: unsafe extern "C" fn(*const c_char) -> *mut Connection,
) -> String {
    prepare();
    let conninfo = CString::new(conninfo).expect("no NUL in a value for libpq");
    // SAFETY: `connect` is given a C string; the connection it returns is read, and finished once, before we leave.
    // The message belongs to the connection and is copied.
    unsafe {
        let connection = connect(conninfo.as_ptr());
        assert!(!connection.is_null(), "libpq ran out of memory");
        let message = CStr::from_ptr(PQerrorMessage(connection))
            .to_string_lossy()
            .into_owned();
        PQfinish(connection);
        message
    }
}

/// Copies and frees a message libpq has left to us.
///
/// # Safety
/// `message` is null, or a C string that libpq allocated and no one else frees.
unsafe fn take_message(message: *mut c_char) -> String {
    if message.is_null() {
        return String::from("out of memory");
    }
    // SAFETY: promised by the caller.
    unsafe {
        let text = CStr::from_ptr(message).to_string_lossy().into_owned();
        PQfreemem(message.cast());
        text
    }
}

/// Copies the settings that have a value out of libpq's array.
///
/// # Safety
/// `options` is an array that `PQconninfoParse` returned, not yet freed.
unsafe fn read_settings(options: *const PQconninfoOption) -> Vec<Setting> {
    let mut settings = Vec::new();
    // SAFETY: the array ends with an element whose keyword is null, and all its texts are C strings or null.
    unsafe {
        let mut option = options;
        while !(*option).keyword.is_null() {
            if !(*option).val.is_null() {
                let keyword = CStr::from_ptr((*option).keyword)
                    .to_string_lossy()
                    .into_owned();
                settings.push((keyword, CStr::from_ptr((*option).val).to_bytes().to_vec()));
            }
            option = option.add(1);
        }
    }
    settings
}

#[cfg(test)]
#[path = "libpq_tests.rs"]
mod tests;
