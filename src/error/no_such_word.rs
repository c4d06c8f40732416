//! The error of a string that is not one of a closed set of values.

use std::fmt;

use crate::did_you_mean::nearest;
use crate::error::{Error, ErrorKind, from_words};
use crate::warning::WarningCode;

/// As many as a message lists.
const LISTED: usize = 8;

from_words!(WarningCode);
from_words!(ErrorKind);

/// A string that is not one of the words. The error names the words, and not the string.
pub(crate) fn no_such_word(
    word: &str,
    words: impl ExactSizeIterator<Item = &'static str> + Clone,
) -> Error {
    let meant = nearest(word, words.clone());
    let detail = match words.len() {
        0..=LISTED => format!("expected {}", Listed(&words.collect::<Vec<_>>())),
        count => format!("expected one of {count} names"),
    };
    let error = Error::new(ErrorKind::InvalidValue, detail);
    match meant {
        Some(meant) => error.with_help(format!("did you mean `{meant}`?")),
        None => error,
    }
}

/// `a`, `b` or `c`, for messages.
pub(crate) struct Listed<'a>(pub(crate) &'a [&'a str]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            let joint = match index {
                0 => "",
                _ if index + 1 == self.0.len() => " or ",
                _ => ", ",
            };
            write!(f, "{joint}`{word}`")?;
        }
        Ok(())
    }
}
