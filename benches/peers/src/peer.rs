//! Who is compared: each peer as one function that parses a string and drops what came of it.

use std::collections::HashMap;
use std::ffi::{c_char, c_void};
use std::hint::black_box;
use std::ptr;
use std::sync::LazyLock;

use bench_support::inputs::TEMPLATE_VARS;
use database_url::settings::template::{Syntax, expand};
use database_url::{Vars, mysql, postgres};
// libpq is only named below by its C symbols; without this line it would not be linked.
use pq_src as _;

/// One way to read a connection string.
pub struct Peer {
    pub name: &'static str,
    /// Parses the text and drops the result; whether the text was accepted.
    pub parse: fn(&Text) -> bool,
}

/// Those that read Postgres; the first is the one that the others are measured against.
pub const POSTGRES: &[Peer] = &[
    peer("ours", |text| {
        done(&text.as_str().parse::<postgres::Config>())
    }),
    COPY,
    peer("tokio-postgres", |text| {
        done(&text.as_str().parse::<tokio_postgres::Config>())
    }),
    peer("libpq", libpq),
    URL,
    peer("sqlx", |text| {
        done(&text.as_str().parse::<sqlx::postgres::PgConnectOptions>())
    }),
];

/// Those that read MySQL.
pub const MYSQL: &[Peer] = &[
    peer("ours", |text| done(&text.as_str().parse::<mysql::Config>())),
    COPY,
    peer("mysql_async", |text| {
        done(&mysql_async::Opts::from_url(text.as_str()))
    }),
    peer("mysql", |text| {
        done(&::mysql::Opts::from_url(text.as_str()))
    }),
    URL,
    peer("sqlx", |text| {
        done(&text.as_str().parse::<sqlx::mysql::MySqlConnectOptions>())
    }),
];

/// Those that fill variables in; all from a map, which is made once.
pub const TEMPLATES: &[Peer] = &[
    peer("ours", |text| fill(Syntax::Shell, text)),
    peer("ours-compose", |text| fill(Syntax::Compose, text)),
    COPY,
    peer("shellexpand", |text| {
        let value = |name: &str| Ok::<_, ()>(MAP.get(name).map(String::as_str));
        done(&shellexpand::env_with_context(text.as_str(), value))
    }),
    peer("subst", |text| {
        done(&subst::substitute(text.as_str(), &*MAP))
    }),
    peer("envsubst", |text| {
        done(&envsubst::substitute(text.as_str(), &MAP))
    }),
];

static MAP: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    TEMPLATE_VARS.map(own).into_iter().collect()
});
static VARS: LazyLock<Vars> = LazyLock::new(|| Vars::from(TEMPLATE_VARS));

fn fill(syntax: Syntax, text: &Text) -> bool {
    done(&expand(syntax, text.as_str(), &VARS))
}

const COPY: Peer = peer("copy", |text| done(&Ok::<_, ()>(text.as_str().to_owned())));
const URL: Peer = peer("url", |text| done(&url::Url::parse(text.as_str())));

const fn peer(name: &'static str, parse: fn(&Text) -> bool) -> Peer {
    Peer { name, parse }
}

/// Whether a string was accepted; the compiler must take the result, which the caller drops, for used.
fn done<T, E>(result: &Result<T, E>) -> bool {
    black_box(result).is_ok()
}

/// A string that Rust and C can both read without a copy.
pub struct Text(String);

impl Text {
    pub fn new(mut text: String) -> Self {
        text.push('\0');
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0[..self.0.len() - 1]
    }

    fn as_ptr(&self) -> *const c_char {
        self.0.as_ptr().cast()
    }
}

unsafe extern "C" {
    fn PQconninfoParse(conninfo: *const c_char, errmsg: *mut *mut c_char) -> *mut c_void;
    fn PQconninfoFree(options: *mut c_void);
    fn PQfreemem(memory: *mut c_void);
}

fn libpq(text: &Text) -> bool {
    let mut message = ptr::null_mut();
    // SAFETY: the text ends with NUL and outlives the call; what libpq made is freed once, by libpq's own functions,
    // which take null.
    unsafe {
        let options = black_box(PQconninfoParse(text.as_ptr(), &raw mut message));
        PQconninfoFree(options);
        PQfreemem(message.cast());
        !options.is_null()
    }
}
