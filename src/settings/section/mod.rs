//! What settings say of one database, field by field, made into a config.
//!
//! Settings of the engine (`sslmode`, `charset`) are read as the query of a URL is, so that every spelling, every check and
//! every "did you mean" is the same; the error then has the field's own location. A URL that the settings name comes first:
//! fields give what it leaves open.

mod assemble;
mod base;
mod build;
mod check;
mod collect;
mod engine;
mod slot;
mod tls;

pub(super) use base::Base;
pub(super) use collect::{Fields, setting};
pub(super) use slot::Slot;
pub(super) use tls::is_switch;
