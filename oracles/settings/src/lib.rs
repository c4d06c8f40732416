//! The oracles of `database-url`'s templates and settings files.
//!
//! - [`oracle`] has the programs, [`shell`] and [`line`](mod@line) ask them;
//! - [`generate`] makes the templates, always from a seed;
//! - [`compare`] compares an oracle's reading with ours, [`difference`] lists the differences that are meant to be, and
//!   [`support::tally`] counts them.

pub mod case;
pub mod compare;
pub mod difference;
pub mod generate;
pub mod line;
pub mod oracle;
pub mod ours;
pub mod shell;
