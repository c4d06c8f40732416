//! No marked secret comes out of anything: a connection string or a password with delimiters is put where neither belongs, in
//! each setting, name, key, path, variable and argument, and then looked for in all that can be printed.
//!
//! What is shown by contract is no position: a plain word as a user, a host, a database, a name, or a harmless value.
//! `DATABASE_URL_CASES=100` runs a hundred times as many inputs, as `.ci/run` does.

mod builders;
#[cfg(feature = "cli")]
mod command;
#[cfg(all(feature = "json", feature = "yaml"))]
mod files;
mod inputs;
mod shown;
mod strings;
mod variables;
