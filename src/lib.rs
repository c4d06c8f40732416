//! crate docs

mod error;
mod keywords;
mod place;
pub mod postgres;
mod provenance;
mod scheme;
mod secret;
mod suggest;
mod syntax;
mod value;
mod warning;

pub use error::{Error, ErrorKind, Stage};
pub use place::{Component, Span};
pub use postgres::Dialect;
pub use provenance::{Provenance, Source};
pub use scheme::Engine;
pub use secret::{Secret, SecretStr};
pub use value::Host;
pub use warning::{Warning, WarningCode};

/// The longest connection string that is read: 1 MiB.
pub const MAX_LEN: usize = 1 << 20;
