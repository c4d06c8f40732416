//! Conversions to and from the types of other crates, one file per crate, each behind its feature.

#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "url")]
mod url;
