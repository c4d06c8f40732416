//! The arguments of the verbs that check a database before it is used.

#![expect(clippy::doc_markdown, reason = "these comments are the text of --help")]

use std::time::Duration;

use clap::{Args, ValueEnum};
use database_url::driver::Driver;

use crate::args::{Selection, Variables, words};

// What is checked, and how strictly.
#[derive(Args)]
pub(crate) struct Checking {
    /// Also report what this driver rejects, ignores or reads differently
    #[arg(long, value_name = "DRIVER", value_parser = words::driver())]
    pub(crate) target: Option<Driver>,

    /// Also log in, and print server, version, user, database and TLS (needs the feature connect)
    #[arg(long)]
    pub(crate) connect: bool,

    /// Fail on warnings, too
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,

    #[command(flatten)]
    pub(crate) selection: Selection,
}

/// What fails in addition to errors.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings, but no notes
    Warnings,
}

// How long a login is tried.
#[derive(Args)]
pub(crate) struct Waiting {
    /// How long: 30s, 500ms, 2m
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = timeout)]
    pub(crate) timeout: Timeout,

    #[command(flatten)]
    pub(crate) selection: Selection,
}

/// A time as it is typed.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "connect"),
    expect(dead_code, reason = "nothing logs in")
)]
pub(crate) struct Timeout(pub(crate) Duration);

/// A number with its unit; seconds where there is none.
fn timeout(text: &str) -> Result<Timeout, &'static str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let millis = match unit {
        "ms" => 1,
        "s" | "" => 1000,
        "m" => 60_000,
        _ => return Err("expected a time such as 30s"),
    };
    let number: u32 = number.parse().map_err(|_| "expected a time such as 30s")?;
    Ok(Timeout(Duration::from_millis(u64::from(number) * millis)))
}

// What a database has to be.
#[derive(Args)]
pub(crate) struct Expectations {
    /// local: every host is this machine. test: the database's name has the word test. HOST/DATABASE: this one. Repeat it for
    /// all that has to be met
    #[arg(long, value_name = "WHAT", required = true)]
    pub(crate) expect: Vec<String>,

    /// A host that counts as this machine, such as a container's name
    #[arg(long, value_name = "HOST")]
    pub(crate) also: Vec<String>,

    #[command(flatten)]
    pub(crate) selection: Selection,
}

// The two databases that are compared.
#[derive(Args)]
pub(crate) struct Comparison {
    /// The name of a variable, file:PATH#ENVIRONMENT, or - for a line of standard input (alone: for two lines)
    #[arg(value_name = "A")]
    pub(crate) one: String,

    /// The same for the other database
    #[arg(value_name = "B")]
    pub(crate) two: Option<String>,

    #[command(flatten)]
    pub(crate) variables: Variables,
}

impl Comparison {
    pub(crate) fn reads_stdin(&self) -> bool {
        self.one == "-" || self.two.as_deref() == Some("-")
    }
}
