//! What a variable, or a field of a service, may hold: the URL of a database or service, or a web address.

use crate::database::Database;
use crate::engine::{Engine, Scheme, scheme_len};
use crate::error::{Error, ErrorKind};
use crate::span::Component;

/// Reads a URL where the name of a variable, or a service's own, tells the engine; it decides what a web address is.
pub(crate) fn parse(text: &str, engine: Option<Engine>) -> Result<Database, Error> {
    let database = text.parse::<Database>()?;
    Ok(match (database, engine) {
        (Database::Service(config), Some(engine)) => config.of_engine(engine).into(),
        (database, _) => database,
    })
}

/// The error for a web address where the name promises a database.
pub(crate) fn web_address() -> Error {
    let detail = "expected a database URL, found a web address";
    Error::new(ErrorKind::UnknownScheme, detail)
        .of(Component::Scheme)
        .with_help("copy the connection string: a database URL begins with postgres://, mysql:// and the like")
}

/// Whether a service is reached by a web address; no database is.
pub(crate) fn takes_web_addresses(engine: Engine) -> bool {
    matches!(engine, Engine::Neo4j | Engine::Other("elasticsearch"))
}

pub(crate) fn is_web_address(text: &str) -> bool {
    has_scheme(text, &["http", "https"])
}

/// Whether a string is the address of Prisma's own proxy.
pub(crate) fn is_proxy(text: &str) -> bool {
    has_scheme(text, &["prisma", "prisma+postgres"])
}

fn has_scheme(text: &str, schemes: &[&str]) -> bool {
    let scheme = scheme_len(text).map(|len| &text[..len]);
    scheme.is_some_and(|scheme| {
        schemes
            .iter()
            .any(|known| known.eq_ignore_ascii_case(scheme))
    })
}

/// Whether a value may begin as the URL of an engine: most do not, which this tells at once.
pub(crate) fn may_be_database_url(value: &[u8]) -> bool {
    Scheme::may_begin(value) || value.starts_with(b"jdbc:")
}

/// Whether a string begins as the URL of an engine. A `file:` is one only where the name says so.
pub(crate) fn is_database_url(text: &str) -> bool {
    engine(text).is_some()
        && !text
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("file:"))
}

/// The engine that a string's scheme tells, whether or not the rest can be read.
pub(crate) fn engine(text: &str) -> Option<Engine> {
    let text = text.strip_prefix("jdbc:").unwrap_or(text);
    let scheme = scheme_len(text).map(|len| &text[..len]);
    let scheme = scheme.or_else(|| Some(text.split_once(':')?.0).filter(|_| Scheme::of_file(text)));
    Scheme::find(scheme?).map(|row| row.engine)
}
