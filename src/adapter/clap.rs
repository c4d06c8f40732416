//! clap: a config as an argument's type, whose error shows the message and the help, and not the value as clap's own would.

use std::ffi::OsStr;
use std::marker::PhantomData;
use std::str::FromStr;

use ::clap::builder::{TypedValueParser, ValueParserFactory};
use ::clap::error::ErrorKind;
use ::clap::{Arg, Command};

use crate::database::Database;
use crate::error::Error;
use crate::{error, mysql, postgres, service, sqlite};

/// Reads a type of this crate from an argument; see [`ValueParserFactory`].
#[derive(Debug)]
pub struct Parser<T>(PhantomData<fn() -> T>);

impl<T> Clone for Parser<T> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<T> TypedValueParser for Parser<T>
where
    T: FromStr<Err = Error> + Clone + Send + Sync + 'static,
{
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, ::clap::Error> {
        let text = value.to_str().ok_or_else(|| {
            let detail = "a connection string is UTF-8";
            Error::new(error::ErrorKind::InvalidUtf8, detail)
        });
        text.and_then(str::parse)
            .map_err(|error| rejected(&error, command, argument))
    }
}

/// clap's own constructors keep the value.
#[cold]
fn rejected(error: &Error, command: &Command, argument: Option<&Arg>) -> ::clap::Error {
    let of = argument.map_or_else(String::new, |argument| format!(" for '{argument}'"));
    let help = error.help().unwrap_or_default();
    let help: Vec<_> = help.lines().map(|line| format!("\n  {line}")).collect();
    let message = format!("invalid value{of}: {error}{}\n", help.concat());
    ::clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
}

/// A type that is read from a connection string.
macro_rules! arguments {
    ($($type:ty),*) => {
        $(
            /// The error shows the message and the help, and not the value. Set `hide_env_values` next to `env`, since
            /// `--help` shows the variable's value otherwise.
            impl ValueParserFactory for $type {
                type Parser = Parser<Self>;

                fn value_parser() -> Parser<Self> {
                    Parser(PhantomData)
                }
            }
        )*
    };
}

arguments!(
    Database,
    postgres::Config,
    mysql::Config,
    sqlite::Config,
    service::Config
);
