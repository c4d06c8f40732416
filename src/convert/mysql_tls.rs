//! What the notations of MySQL share: TLS in the words of the drivers, and timeouts in seconds.

use crate::convert::lost::guard;
use crate::convert::parts::Parts;
use crate::error::Error;

/// Whole seconds, rounded up: a shorter wait would be another one.
pub(super) fn seconds(milliseconds: &str) -> String {
    let milliseconds: u64 = milliseconds.parse().unwrap_or_default();
    milliseconds.div_ceil(1000).to_string()
}

/// What only the client of MySQL has an option for, and the Ruby and Python drivers do not.
pub(super) fn require_names(parts: &Parts<'_>, reader: &str) -> Result<(), Error> {
    for name in ["ssl_crl", "ssl_crlpath"] {
        if parts.get(name).is_some() {
            return Err(guard(name, reader));
        }
    }
    Ok(())
}
