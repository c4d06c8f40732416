//! The oracles of `database-url`'s templates and settings files.
//!
//! - [`process`] starts an oracle once for all questions, [`shell`] and [`line`](mod@line) ask them;
//! - [`generate`] makes the templates, always from a seed;
//! - [`compare`] puts what an oracle says beside what we say, [`difference`] lists the differences that are meant to be, and
//!   [`tally`] counts them.

pub mod case;
pub mod compare;
pub mod difference;
pub mod generate;
pub mod line;
pub mod number;
pub mod oracle;
pub mod ours;
pub mod process;
pub mod shell;
pub mod tally;
