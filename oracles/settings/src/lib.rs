//! The judges of `database-url`'s templates and settings files.
//!
//! - [`process`] starts a judge once for all questions, [`shell`] and [`line`](mod@line) ask them;
//! - [`generate`] makes the templates, always from a seed;
//! - [`compare`] puts what a judge says beside what we say, [`difference`] lists the differences that are meant to be, and
//!   [`tally`] counts them.

pub mod case;
pub mod compare;
pub mod difference;
pub mod generate;
pub mod judge;
pub mod line;
pub mod number;
pub mod ours;
pub mod process;
pub mod shell;
pub mod tally;
