//! Where variables are looked up, and what can be the name of one.

use crate::error::Error;
use crate::secret::SecretStr;
use crate::template::walk::name_len;

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
    !text.is_empty() && name_len(text.as_bytes()) == text.len()
}
