//! Settings files: what they say of databases, with the variables of the process filled in.

#![expect(dead_code, reason = "what reads these is being built")]

mod document;
pub mod template;
