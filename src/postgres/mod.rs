//! Postgres connection strings: libpq's grammar, its 50 keywords, and a typed, checked, masked [`Config`].

mod accessors;
mod assembly;
mod builder;
mod change;
mod check;
mod config;
mod display;
mod jdbc;
mod keyword;
mod location;
mod mask;
mod options;
mod parse;
mod session;
mod tls;
mod unknown;
mod url;

pub(crate) use assembly::Assembly;
pub use builder::Builder;
pub use config::Config;
pub use keyword::Keyword;
pub use options::{Dialect, ParseOptions, UnknownKeywords};

pub use crate::engine::Format;
pub use session::{
    AuthMethod, ChannelBinding, GssEncMode, LoadBalanceHosts, ProtocolVersion, Replication,
    RequireAuth, TargetSessionAttrs,
};
pub use tls::{SslCertMode, SslMode, SslNegotiation, TlsVersion};
