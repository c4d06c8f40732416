//! crate docs

mod adapter;
pub mod attachment;
mod database;
mod error;
mod keywords;
pub mod lint;
mod place;
pub mod postgres;
mod provenance;
mod resolve;
mod scheme;
mod secret;
mod suggest;
mod syntax;
mod value;
mod vars;
mod warning;

pub use attachment::{Attachment, Attachments};
pub use database::{Database, Target};
pub use error::{Error, ErrorKind, Stage};
pub use place::{Component, Span};
pub use postgres::Dialect;
pub use provenance::{Provenance, Source};
pub use resolve::{Outcome, Resolved, Resolver};
pub use scheme::Engine;
pub use secret::{Secret, SecretStr};
pub use value::Host;
pub use vars::Vars;
pub use warning::{Warning, WarningCode};

/// The longest connection string that is read: 1 MiB.
pub const MAX_LEN: usize = 1 << 20;

/// Escapes a text so that it is data in every part of a URL: everything but letters, digits and `-._~`.
///
/// ```
/// assert_eq!(database_url::encode("p@ss/word").expose(), "p%40ss%2Fword");
/// ```
#[must_use]
pub fn encode(text: &str) -> Secret {
    let mut encoded = String::with_capacity(text.len() * 3);
    encoded.extend(syntax::percent::encode(text));
    Secret::new(encoded)
}
