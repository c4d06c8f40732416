//! Settings files: what they say of databases, with the variables of the process filled in.

#![expect(dead_code, reason = "what reads these is being built")]

mod document;
#[cfg(feature = "json")]
mod json;
pub mod template;
#[cfg(feature = "yaml")]
mod yaml;
