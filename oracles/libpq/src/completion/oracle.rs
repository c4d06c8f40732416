//! What libpq itself makes of a case.

#![allow(
    unsafe_code,
    reason = "a C library is asked, and it reads the process environment"
)]

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char, c_int};
use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::Path;

use super::Case;
use crate::libpq::keywords;

#[repr(C)]
struct ConninfoOption {
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
    fn PQconnectStart(conninfo: *const c_char) -> *mut Connection;
    fn PQconninfo(connection: *mut Connection) -> *mut ConninfoOption;
    fn PQconndefaults() -> *mut ConninfoOption;
    fn PQconninfoFree(options: *mut ConninfoOption);
    fn PQerrorMessage(connection: *const Connection) -> *const c_char;
    fn PQhost(connection: *const Connection) -> *const c_char;
    fn PQport(connection: *const Connection) -> *const c_char;
    fn PQpass(connection: *const Connection) -> *const c_char;
    fn PQuser(connection: *const Connection) -> *const c_char;
    fn PQdb(connection: *const Connection) -> *const c_char;
    fn PQfinish(connection: *mut Connection);
    fn dup(fd: c_int) -> c_int;
    fn dup2(from: c_int, to: c_int) -> c_int;
    fn close(fd: c_int) -> c_int;
}

/// What libpq reports after its own completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// `PQconninfo`: the keywords that have a value.
    pub keywords: BTreeMap<String, String>,
    /// `PQhost` of the last server that was tried.
    pub host: String,
    /// `PQport`.
    pub port: String,
    /// `PQpass`.
    pub password: String,
    /// `PQuser`.
    pub user: String,
    /// `PQdb`.
    pub database: String,
}

/// The variables that libpq reads next to those of its table.
const OTHERS: [&str; 5] = [
    "PGSERVICEFILE",
    "PGSYSCONFDIR",
    "PGREQUIRESSL",
    "HOME",
    "PGPASSFILE",
];

/// libpq, and the names of its variables.
#[derive(Debug)]
pub struct Oracle {
    names: Vec<String>,
    null: File,
}

impl Oracle {
    /// Gets ready. No other thread may run: the environment of the process changes with every case.
    ///
    /// # Panics
    /// When `/dev/null` cannot be opened.
    #[must_use]
    pub fn new() -> Self {
        let of_table = keywords().into_iter().filter_map(|(_, name, ..)| name);
        let names = of_table.chain(OTHERS.map(str::to_owned)).collect();
        let null = File::options()
            .write(true)
            .open("/dev/null")
            .expect("/dev/null");
        Self { names, null }
    }

    /// The system user, as libpq has it.
    ///
    /// # Panics
    /// When libpq knows none.
    #[must_use]
    pub fn system_user(&self) -> String {
        self.set(&Case::default());
        // SAFETY: the array ends with a null keyword, and is freed once.
        let defaults = unsafe { values(PQconndefaults()) };
        defaults.get("user").expect("a system user").clone()
    }

    /// What libpq reports; its message, where it rejects the case.
    ///
    /// # Errors
    /// libpq's own.
    ///
    /// # Panics
    /// When the files of the case cannot be written.
    pub fn report(&self, case: &Case, folder: &Path) -> Result<Report, String> {
        case.write(folder).expect("files of the case");
        self.set(case);
        let string = CString::new(case.string.as_str()).expect("no NUL");
        // SAFETY: libpq gets a C string; what it returns is copied before the connection is finished, once.
        unsafe {
            let connection = self.quietly(|| PQconnectStart(string.as_ptr()));
            let text = |text: *const c_char| {
                if text.is_null() {
                    String::new()
                } else {
                    CStr::from_ptr(text).to_string_lossy().into_owned()
                }
            };
            let message = text(PQerrorMessage(connection));
            let report = Report {
                keywords: values(PQconninfo(connection)),
                host: text(PQhost(connection)),
                port: text(PQport(connection)),
                password: text(PQpass(connection)),
                user: text(PQuser(connection)),
                database: text(PQdb(connection)),
            };
            PQfinish(connection);
            match complaint(&message) {
                None => Ok(report),
                Some(complaint) => Err(complaint.to_owned()),
            }
        }
    }

    fn set(&self, case: &Case) {
        for name in &self.names {
            // SAFETY: there is one thread.
            unsafe { std::env::remove_var(name) };
        }
        for (name, value) in &case.vars {
            // SAFETY: there is one thread.
            unsafe { std::env::set_var(name, value) };
        }
    }

    /// libpq warns of password files on standard error.
    unsafe fn quietly<T>(&self, call: impl FnOnce() -> T) -> T {
        // SAFETY: the descriptors are open, and standard error is put back.
        unsafe {
            let saved = dup(2);
            dup2(self.null.as_raw_fd(), 2);
            let result = call();
            dup2(saved, 2);
            close(saved);
            result
        }
    }
}

impl Default for Oracle {
    fn default() -> Self {
        Self::new()
    }
}

/// Copies and frees the values of an array.
///
/// # Safety
/// The array is libpq's own, ends with a null keyword, and is freed by no other.
unsafe fn values(options: *mut ConninfoOption) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    // SAFETY: promised by the caller.
    unsafe {
        let text = |text: *mut c_char| CStr::from_ptr(text).to_string_lossy().into_owned();
        let mut option = options.cast_const();
        while !(*option).keyword.is_null() {
            if !(*option).val.is_null() {
                values.insert(text((*option).keyword), text((*option).val));
            }
            option = option.add(1);
        }
        PQconninfoFree(options);
    }
    values
}

/// What the message says in addition to that no server could be reached; nothing, if that is all.
fn complaint(message: &str) -> Option<&str> {
    message.lines().find(|line| {
        let is_unreached = line.starts_with("connection to server ")
            || line.starts_with("could not parse network address ")
            || line.starts_with("\tIs the server running ")
            || line.is_empty();
        !is_unreached
    })
}
