//! libpq 18, built from source, as the oracle of `database-url`'s libpq dialect.
//!
//! Three pieces:
//! - [`libpq`] asks libpq what it makes of a string, at both its stages;
//! - [`compare`] puts the same text to our parser and says whether the two agree;
//! - [`generate`] makes the texts: written by the grammar, mutated, or hostile, always from a seed.
//!
//! The deterministic run is `tests/differential.rs`; the fuzz target `differential` calls [`compare::compare`] as well.

pub mod compare;
pub mod completion;
pub mod generate;
pub mod libpq;
pub mod shrink;
