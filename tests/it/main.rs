//! The tests of the library and of the command, as one program; the console blocks of the pages are run by `tests/docs.rs`.

#[macro_use]
mod common;

mod adapter;
mod api;
mod builder;
#[cfg(feature = "cli")]
mod cli;
mod convert;
mod credentials;
mod cycles;
#[cfg(all(feature = "json", feature = "yaml"))]
mod diagnose;
mod docs;
mod driver;
mod english;
mod excerpt;
mod growth;
mod layout;
mod leaks;
mod legitimate;
mod masks;
mod mistake;
mod mysql;
mod platform;
mod pool;
mod postgres;
mod purpose;
mod raw_passwords;
mod redact;
mod resolver;
mod service;
#[cfg(all(feature = "json", feature = "yaml"))]
mod settings;
mod sqlite;
#[cfg(any(feature = "json", feature = "yaml"))]
mod template;
mod tls;
mod vars;
