//! Conversions to and from the types of other crates, one file per crate, each behind its feature.

#[cfg(feature = "clap-4")]
mod clap;
#[cfg(feature = "miette-7")]
mod miette;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "serde")]
mod serialize;
#[cfg(feature = "url")]
mod url;

#[cfg(feature = "serde")]
pub use serialize::exposed;
