//! Where variables are looked up, and what can be the name of one.

use crate::bytes::Bytes;
use crate::error::Error;
use crate::secret::SecretStr;

/// Where a template looks its variables up.
pub(crate) trait Lookup {
    /// A variable's value; set but empty is `Some("")`. The error of a variable that cannot be read is passed on.
    fn get(&self, name: &str) -> Result<Option<SecretStr<'_>>, Error>;
}

/// Whether a string that is no variable may be repeated in a message: a password has lower-case letters, a name has not.
pub(crate) fn is_conventional(name: &str) -> bool {
    is_name(name) && !name.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether a string can be a variable's name. A URL given by mistake cannot, and is then not repeated in any message.
pub(crate) fn is_name(text: &str) -> bool {
    let is_start = text
        .bytes()
        .next()
        .is_some_and(|first| !first.is_ascii_digit());
    is_start && const { Bytes::alphanumeric_and(b"_") }.has_all_of(text)
}
