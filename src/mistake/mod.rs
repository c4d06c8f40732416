//! What a value that is wrong, or that looks wrong, was most likely meant to be.
//!
//! [`whole`] knows what is set in place of a connection string, [`part`] what is written in place of one of its parts: both
//! explain an error after it happened, so they cost nothing where there is none. [`values`] warns of what is valid but
//! unlikely. Nothing here decides what is accepted, and nothing shows a piece of the input.

mod explanation;
mod part;
mod values;
mod whole;

use crate::error::{Error, ErrorKind};
use crate::mistake::explanation::Explanation;
use crate::span::Component;

pub(crate) use values::{Given, Values, repeated, warnings};

/// The same error, with what the string was most likely meant to be, where that is clear.
#[cold]
pub(crate) fn explained(error: Error, text: &str) -> Error {
    let explanation = match error.kind() {
        ErrorKind::UnknownFormat | ErrorKind::UnknownScheme | ErrorKind::WrongEngine => {
            let of_any = error.kind() == ErrorKind::UnknownFormat && error.detail() == ANY_FORMAT;
            whole::explanation(text, of_any)
        }
        ErrorKind::SurroundingQuotes => {
            whole::explanation(text.trim_matches(['"', '\'', '`', ' ', ';', ',']), false)
        }
        ErrorKind::UnexpandedReference => whole::with_reference(text),
        ErrorKind::UnescapedSpace => part::space(text, &error),
        ErrorKind::InvalidEscape | ErrorKind::InvalidUtf8 | ErrorKind::NulByte => {
            Some(part::escape(text, &error))
        }
        ErrorKind::InvalidValue | ErrorKind::UnescapedDelimiter | ErrorKind::InvalidBrackets => {
            let of_port = error.component() == Some(Component::Port);
            part::doubled(text)
                .or_else(|| part::token(text))
                .or_else(|| part::address(text))
                .or_else(|| part::two_ports(text))
                .or_else(|| part::port(text, &error).filter(|_| of_port))
        }
        _ => None,
    };
    match explanation {
        Some(Explanation { detail: "", help }) => error.with_help(help),
        Some(Explanation { detail, help }) => error.with_detail(detail).with_help(help),
        None => error,
    }
}

/// The error of a port that has a field or a variable of its own.
pub(crate) fn of_port(error: Error, value: &str) -> Error {
    match part::of_port(value) {
        Some(Explanation { detail, help }) => error.with_detail(detail).with_help(help),
        None => error.with_help("write the number alone, such as 5432"),
    }
}

/// What an error says where no format was named, and the string is of none.
pub(crate) const ANY_FORMAT: &str = "expected a URL or a keyword/value string";
