//! What the oracle packages of `database-url` share.
//!
//! - [`random`] and [`edit`] make inputs, always from a seed, and [`number`](mod@number) reads how many;
//! - [`process`] starts a program once for all questions, [`server`] starts servers;
//! - [`compare`] puts an oracle's reading next to ours, with the list of deliberate differences, and [`tally`] counts them.

pub mod compare;
pub mod edit;
pub mod number;
pub mod process;
pub mod random;
pub mod server;
pub mod tally;
