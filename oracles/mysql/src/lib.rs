//! The oracles of `database-url`'s MySQL side.
//!
//! - [`peer`] asks the crates sqlx, mysql and `mysql_async`, and [`go`] asks go-sql-driver, what they make of a string;
//! - [`ours`] is what we make of it, in each peer's own terms and with its defaults;
//! - [`compare`] puts the same string to both, [`difference`] lists the differences that are meant to be, and
//!   [`support::tally`] counts them;
//! - [`generate`] makes the texts, always from a seed;
//! - [`server`] starts MariaDB servers, which say what a config is worth in the end, and [`login`] asks them.

pub mod compare;
pub mod difference;
pub mod generate;
pub mod go;
pub mod login;
pub mod ours;
pub mod peer;
pub mod reading;
pub mod server;
pub mod split;
